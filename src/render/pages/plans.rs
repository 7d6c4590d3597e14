//! Editions, their archive, and the plan of a year as residents see it.

use super::{Bench, Head, Outcome};
use crate::area::Area;
use crate::article::{ArticleId, Kind};
use crate::diag::Diagnostic;
use crate::figure::Number;
use crate::markdown::ruby;
use crate::plan::{EditionId, Goal, Plan, Stage};
use crate::render::body::{body_html, with_own_ids};
use crate::render::pictures::Used;
use crate::render::studio::Studio;
use crate::render::view::{
    EditionArticle, EditionCard, EditionLocal, EditionPage, EditionStage, EditionView, EditionYear, EditionsPage,
    GoalView, Kept, Link, PlanPage, PlanReview, PlanView, StageView,
};
use crate::select::PublicEdition;
use crate::site::{ArticleNo, PageKind, Topic};

impl Studio<'_> {
    pub(in crate::render) fn edition_card(&self, edition: &PublicEdition, used: &mut Used) -> EditionCard {
        let authored = &edition.edition;
        EditionCard {
            slug: authored.id.to_string(),
            title: authored.title.get(self.lang).to_owned(),
            href: self.href(&PageKind::Edition(authored.id.clone())),
            release: self.date_at(authored.release.value),
            stage: self.stage_name(edition.fiscal_year, authored.stage),
            summary: authored.summary.as_ref().map_or_else(String::new, |text| text.get(self.lang).to_owned()),
            lead: self.lead(edition).map(|no| self.card(no, used)),
        }
    }

    /// As the year's plan calls it; where it does not, by its common name.
    fn stage_name(&self, year: i16, number: u8) -> String {
        let plan = self.site.public.plans.iter().find(|plan| plan.fiscal_year.value == year);
        let own = plan.and_then(|plan| plan.stages.iter().find(|stage| stage.number == number));
        if let Some(own) = own {
            return own.title.get(self.lang).to_owned();
        }
        let stage = crate::vocabulary::Stage::from_number(i64::from(number));
        stage.map_or_else(String::new, |stage| stage.name().get(self.lang.as_str()).to_owned())
    }

    /// The lead article, if it is public.
    fn lead(&self, edition: &PublicEdition) -> Option<ArticleNo> {
        let id = ArticleId::new(&edition.edition.lead.as_ref()?.value);
        self.site.translation(&id, self.lang)
    }

    fn year_label(&self, year: i16) -> String {
        let first_day = jiff::civil::date(year, 4, 1);
        self.words().date("fiscal_year", first_day)
    }
}

pub(super) fn editions(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("editions");
    let mut years: Vec<(i16, EditionYear)> = Vec::new();
    for edition in &studio.site.public.editions {
        let card = studio.edition_card(edition, &mut bench.used);
        match years.last_mut() {
            Some((year, group)) if *year == edition.fiscal_year => add_to_stage(group, card),
            _ => {
                let year = edition.fiscal_year;
                let plan = studio.site.public.plans.iter().any(|plan| plan.fiscal_year.value == year);
                let plan_href = if plan { studio.href(&PageKind::Plan(year)) } else { String::new() };
                let stages = vec![EditionStage { title: card.stage.clone(), editions: vec![card] }];
                years.push((year, EditionYear { title: studio.year_label(year), plan_href, stages }));
            }
        }
    }
    let head = Head { kind: "editions", title, description, section: "editions", ..Head::default() };
    let view = EditionsPage { page: bench.head(head), years: years.into_iter().map(|(_, year)| year).collect() };
    bench.finish(view)
}

/// Editions come newest first, so a stage's stand together.
fn add_to_stage(year: &mut EditionYear, card: EditionCard) {
    match year.stages.iter_mut().find(|stage| stage.title == card.stage) {
        Some(stage) => stage.editions.push(card),
        None => year.stages.push(EditionStage { title: card.stage.clone(), editions: vec![card] }),
    }
}

pub(super) fn edition(mut bench: Bench<'_>, id: &EditionId) -> Outcome {
    let studio = bench.studio;
    let all = &studio.site.public.editions;
    let Some(at) = all.iter().position(|edition| &edition.edition.id == id) else {
        unreachable!("the plan of pages lists released editions")
    };
    let Some(edition) = all.get(at) else { unreachable!("a position found in the list") };
    bench.origins.push(edition.edition.extent.path.clone());
    let card = studio.edition_card(edition, &mut bench.used);
    let neighbour = |edition: &PublicEdition| {
        let authored = &edition.edition;
        studio.link(authored.title.get(studio.lang), &PageKind::Edition(authored.id.clone()))
    };
    let plan = studio.site.public.plans.iter().find(|plan| plan.fiscal_year.value == edition.fiscal_year);
    let within = studio.site.articles_about(&Topic::Edition(id.clone()), studio.lang);
    // The lead article stands at the top.
    let lead = studio.lead(edition);
    let others: Vec<ArticleNo> = within.iter().copied().filter(|no| Some(*no) != lead).collect();
    let newsletter = edition.edition.stage == 3;
    let areas = if edition.edition.stage == 2 { local_areas(studio, edition) } else { Vec::new() };
    let local = local(studio, &areas, (within, lead), &mut bench.used)?;
    // What stands in a section of an area does not stand below again.
    let elsewhere = |no: &ArticleNo| !areas.iter().any(|area| is_about(studio, *no, area.id.as_str()));
    let general: Vec<ArticleNo> = others.iter().copied().filter(elsewhere).collect();
    let is_event = |no: &&ArticleNo| studio.site.article(**no).article.kind == Kind::Event;
    let general_events = within.iter().filter(is_event).filter(|no| elsewhere(no));
    let view = EditionView {
        slug: card.slug,
        release: card.release,
        stage: card.stage,
        summary: card.summary.clone(),
        articles: if newsletter { articles(studio, lead, &others, &mut bench.used)? } else { Vec::new() },
        groups: if newsletter { Vec::new() } else { studio.groups_by_kind(&general, &mut bench.used)? },
        events: studio.event_cards(general_events),
        local,
        areas: studio.area_links(edition.edition.areas.iter().map(|area| area.value.as_str())),
        plan: plan.map(|plan| {
            let year = plan.fiscal_year.value;
            let title = studio.words().fill("plan_title", &[("year", &studio.year_label(year))]);
            studio.link(&title, &PageKind::Plan(year))
        }),
        previous: all.get(at + 1).map(neighbour),
        next: at.checked_sub(1).and_then(|newer| all.get(newer)).map(neighbour),
        lead: card.lead,
    };
    let head = Head {
        kind: "edition",
        printed: true,
        title: card.title,
        description: card.summary,
        section: "editions",
        breadcrumb: vec![studio.link(&studio.section_name("editions"), &PageKind::Editions)],
        image: view.lead.as_ref().and_then(|lead| lead.image.clone()),
        ..Head::default()
    };
    let view = EditionPage { page: bench.head(head), edition: view };
    bench.finish(view)
}

/// The areas of an edition; where none is named, all.
fn local_areas<'a>(studio: &Studio<'a>, edition: &PublicEdition) -> Vec<&'a Area> {
    let named = &edition.edition.areas;
    let is_named = |area: &&Area| named.is_empty() || named.iter().any(|name| name.value == area.id.as_str());
    studio.site.public.areas.iter().filter(is_named).collect()
}

fn is_about(studio: &Studio<'_>, no: ArticleNo, area: &str) -> bool {
    studio.site.article(no).article.areas.iter().any(|named| named.value == area)
}

/// A section for each area that the edition has something for, besides the lead.
fn local(
    studio: &Studio<'_>,
    areas: &[&Area],
    (within, lead): (&[ArticleNo], Option<ArticleNo>),
    used: &mut Used,
) -> Result<Vec<EditionLocal>, Box<Diagnostic>> {
    let mut sections = Vec::new();
    for area in areas {
        let others = within.iter().copied().filter(|no| Some(*no) != lead);
        let here = others.filter(|no| is_about(studio, *no, area.id.as_str()));
        let is_event = |no: &ArticleNo| studio.site.article(*no).article.kind == Kind::Event;
        let (events, articles): (Vec<ArticleNo>, Vec<ArticleNo>) = here.partition(is_event);
        if events.is_empty() && articles.is_empty() {
            continue;
        }
        sections.push(EditionLocal {
            area: studio.link(area.name_in(studio.lang.as_str()), &PageKind::Area(area.id.clone())),
            anchor: format!("area-{}", area.id),
            cards_html: studio.cards_html(&articles, used)?,
            events: studio.event_cards(&events),
        });
    }
    Ok(sections)
}

/// The articles whole: what the paper newsletter has, the page has.
fn articles(
    studio: &Studio<'_>,
    lead: Option<ArticleNo>,
    others: &[ArticleNo],
    used: &mut Used,
) -> Result<Vec<EditionArticle>, Box<Diagnostic>> {
    let mut articles = Vec::new();
    for no in lead.into_iter().chain(others.iter().copied()) {
        let public = studio.site.article(no);
        let article = &public.article;
        if article.kind == Kind::Event {
            continue;
        }
        let anchor = format!("article-{}", articles.len() + 1);
        let body = body_html(studio, public, 1, used)?;
        articles.push(EditionArticle {
            href: studio.article_href(public),
            kind_label: studio.kind_label(article.kind),
            title_html: ruby::to_html(&article.title.value),
            image: studio.article_image(public, used),
            body_html: with_own_ids(&body, &anchor),
            anchor,
        });
    }
    Ok(articles)
}

pub(super) fn plan(mut bench: Bench<'_>, year: i16) -> Outcome {
    let studio = bench.studio;
    let plans = &studio.site.public.plans;
    let Some(plan) = plans.iter().find(|plan| plan.fiscal_year.value == year) else {
        unreachable!("the plan of pages lists public plans")
    };
    bench.origins.push(plan.path.clone());
    let label = studio.year_label(year);
    let text = |localised: &crate::config::Localised| localised.get(studio.lang).to_owned();
    let html = |localised: &Option<crate::config::Localised>| {
        localised.as_ref().map_or_else(String::new, |localised| ruby::to_paragraphs(localised.get(studio.lang)))
    };
    let view = PlanView {
        year_label: label.clone(),
        purpose_html: ruby::to_paragraphs(plan.purpose.get(studio.lang)),
        goals: plan
            .goals
            .iter()
            .map(|goal| GoalView {
                text: text(&goal.text),
                indicator: measured_by(studio, goal),
                from: goal.from.map_or_else(String::new, |value| with_unit(studio, goal, value)),
                to: goal.to.map_or_else(String::new, |value| with_unit(studio, goal, value)),
            })
            .collect(),
        stages: plan.stages.iter().map(|stage| stage_view(studio, plan, stage, &mut bench.used)).collect(),
        review: plan.review.as_ref().map(|review| PlanReview {
            changed_html: html(&review.changed),
            why_html: html(&review.why),
            next_html: html(&review.next),
        }),
        others: plans
            .iter()
            .filter(|other| other.fiscal_year.value != year)
            .map(|other| other_plan(studio, other))
            .collect(),
    };
    let head = Head {
        kind: "plan",
        title: studio.words().fill("plan_title", &[("year", &label)]),
        description: plan.purpose.get(studio.lang).to_owned(),
        source: Some(plan.path.clone()),
        ..Head::default()
    };
    let view = PlanPage { page: bench.head(head), plan: view };
    bench.finish(view)
}

/// The name of the figure by which a goal is seen; of a survey, with the question and the answer.
fn measured_by(studio: &Studio<'_>, goal: &Goal) -> String {
    let public = &studio.site.public;
    let Some(id) = goal.indicator.as_ref() else { return String::new() };
    let measure = public.figures.measure(&id.value);
    let name = measure.as_ref().and_then(|measure| measure.name());
    let name = name.map_or_else(String::new, |name| name.get(studio.lang).to_owned());
    let (Some(survey), Some(question), Some(answer)) = (public.figures.survey(&id.value), &goal.question, &goal.answer)
    else {
        return name;
    };
    let Some(poll) = studio.site.figures.poll_of(public, &id.value, &question.value) else { return name };
    let answer = survey.answer_in((&poll.text, &answer.value), studio.lang);
    let question = survey.question_in(&poll.text, studio.lang);
    studio.words().fill("plan_answer", &[("question", question), ("answer", answer)])
}

/// A value of a goal as the figure's own page writes it: 37.4%, 571人. Of a survey it is a share.
fn with_unit(studio: &Studio<'_>, goal: &Goal, value: f64) -> String {
    let figures = &studio.site.public.figures;
    let indicator = goal.indicator.as_ref().and_then(|id| figures.indicator(&id.value));
    let survey = goal.indicator.as_ref().and_then(|id| figures.survey(&id.value));
    let decimals = value.to_string().split_once('.').map_or(0, |(_, part)| part.len());
    let number = Number { value, decimals: u8::try_from(decimals).unwrap_or(u8::MAX) };
    match (indicator, survey) {
        (Some(indicator), _) => studio.measured(number, indicator.unit.get(studio.lang)),
        (None, Some(_)) => studio.measured(number, "%"),
        (None, None) => number.shown(),
    }
}

fn other_plan(studio: &Studio<'_>, plan: &Plan) -> Kept<Link> {
    let year = plan.fiscal_year.value;
    studio.link(&studio.year_label(year), &PageKind::Plan(year))
}

fn stage_view(studio: &Studio<'_>, plan: &Plan, stage: &Stage, used: &mut Used) -> StageView {
    let short = |day: jiff::civil::Date| studio.words().date_short(day);
    let period = match (stage.starts, stage.ends) {
        (Some(starts), Some(ends)) => studio.words().fill("period", &[("from", &short(starts)), ("to", &short(ends))]),
        (Some(starts), None) => studio.words().fill("period_from", &[("from", &short(starts))]),
        (None, _) => String::new(),
    };
    let released = studio.site.public.editions.iter().rev();
    let of_stage = released
        .filter(|edition| edition.fiscal_year == plan.fiscal_year.value && edition.edition.stage == stage.number);
    let goals = stage.goals.iter().filter_map(|id| plan.goals.iter().find(|goal| goal.id == id.value));
    StageView {
        number: stage.number,
        title: stage.title.get(studio.lang).to_owned(),
        purpose: stage.purpose.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned()),
        period,
        audiences: studio.audience_names(&stage.audiences),
        viewpoints: studio.viewpoint_links(&stage.viewpoints),
        goals: goals.map(|goal| goal.text.get(studio.lang).to_owned()).collect(),
        editions: of_stage.map(|edition| studio.edition_card(edition, used)).collect(),
    }
}
