//! Events for residents: each serves a goal, through its edition or its stage.

use crate::article::{Article, Kind};
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::library::Library;
use crate::plan::Plan;

pub(super) fn check(library: &Library, report: &mut Report) {
    let language = library.config.default_language();
    let events = library.articles.iter().filter(|article| article.kind == Kind::Event && !article.is_index());
    for event in events.filter(|article| &article.lang == language) {
        expected(event, library, report);
        let Some(plan) = plan_of(event, library).filter(|plan| !plan.goals.is_empty()) else { continue };
        if !serves(event, plan, library) {
            report.push(Diagnostic::new(Code::EventServesNoGoal).at(&event.title.span));
        }
    }
}

/// What is expected is seen by an indicator that is there, and never by the share of deaths at home.
fn expected(article: &Article, library: &Library, report: &mut Report) {
    let expected = article.event.as_ref().and_then(|event| event.expected.as_ref());
    let Some(named) = expected.and_then(|expected| expected.indicator.as_ref()) else { return };
    let about = |code| Diagnostic::new(code).at(&named.span).arg("id", &named.value);
    match library.figures.indicator(&named.value) {
        None => report.push(about(Code::ExpectedIndicatorUnknown)),
        Some(indicator) if indicator.home_deaths => report.push(about(Code::HomeDeathsAsTarget)),
        Some(_) => {}
    }
}

/// The plan of the year in which an event for residents takes place.
fn plan_of<'a>(article: &Article, library: &'a Library) -> Option<&'a Plan> {
    let event = article.event.as_ref().filter(|event| !event.is_for_professionals())?;
    let year = FiscalYear::of(event.starts.value.date()).year();
    library.plans.iter().map(|plan| &**plan).find(|plan| plan.fiscal_year.value == year)
}

/// By its own stage, else by that of its edition, which may be of the year before.
fn serves(article: &Article, plan: &Plan, library: &Library) -> bool {
    let slug = article.edition.as_ref().map(|edition| edition.value.as_str());
    let mut editions = library.plans.iter().flat_map(|plan| &plan.editions);
    let edition = editions.find(|edition| Some(edition.id.as_str()) == slug);
    let Some(number) = article.stage.or(edition.map(|edition| edition.stage)) else { return false };
    plan.stages.iter().any(|stage| stage.number == number && !stage.goals.is_empty())
}
