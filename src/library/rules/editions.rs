//! Editions: within their year and stage, each at an instant of its own, led by an article of theirs, for a goal.

use jiff::civil::Date;

use super::year_of;
use crate::article::ArticleId;
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::library::Library;
use crate::plan::{Edition, Plan};

pub(super) fn check(plan: &Plan, library: &Library, report: &mut Report) {
    for edition in &plan.editions {
        let day = library.config.zone.to_datetime(edition.release.value).date();
        if let Some(year) = year_of(plan) {
            outside(edition, year, day, report);
        }
        stage(plan, edition, day, report);
        lead(edition, library, report);
    }
}

fn outside(edition: &Edition, year: FiscalYear, day: Date, report: &mut Report) {
    let code = if day < year.first_day() { Code::EditionBeforeYear } else { Code::EditionAfterYear };
    if !year.contains(day) {
        let told = Diagnostic::new(code).at(&edition.release.span).arg("slug", &edition.id).arg("day", day);
        report.push(told.arg("year", year).arg("next", year.year() + 1));
    }
}

fn stage(plan: &Plan, edition: &Edition, day: Date, report: &mut Report) {
    let about = |code| Diagnostic::new(code).at(&edition.span).arg("slug", &edition.id).arg("number", edition.stage);
    let Some(stage) = plan.stages.iter().find(|stage| stage.number == edition.stage) else {
        report.push(about(Code::EditionOfNoStage));
        return;
    };
    if stage.goals.is_empty() && !plan.goals.is_empty() {
        report.push(about(Code::EditionServesNoGoal).label(&stage.span, "stage"));
    }
    let early = stage.starts.is_some_and(|starts| day < starts);
    let late = stage.ends.is_some_and(|ends| day > ends);
    if early || late {
        report.push(about(Code::EditionOutsideStage).label(&stage.span, "stage"));
    }
}

/// The lead becomes public with its edition.
fn lead(edition: &Edition, library: &Library, report: &mut Report) {
    let Some(lead) = &edition.lead else { return };
    let Some(article) = library.article(&ArticleId::new(&lead.value), library.config.default_language()) else {
        return;
    };
    if article.edition.as_ref().is_some_and(|slug| slug.value == edition.id.as_str()) {
        return;
    }
    let other = Diagnostic::new(Code::LeadOfAnotherEdition).at(&lead.span).arg("id", &lead.value);
    let place = article.edition.as_ref().map_or(&article.title.span, |slug| &slug.span);
    report.push(other.arg("slug", &edition.id).label(place, "article"));
}

/// Of two editions at one instant nobody could tell which one is the newest.
pub(super) fn at_one_instant(library: &Library, report: &mut Report) {
    let all: Vec<&Edition> = library.plans.iter().flat_map(|plan| &plan.editions).collect();
    for (at, edition) in all.iter().enumerate() {
        let same = |other: &&&Edition| other.release.value == edition.release.value && other.id != edition.id;
        if let Some(other) = all.iter().take(at).find(same) {
            let both = Diagnostic::new(Code::EditionsAtOneInstant).at(&edition.release.span);
            let both = both.arg("slug", &edition.id).arg("other", &other.id);
            report.push(both.label(&other.release.span, "other"));
        }
    }
}
