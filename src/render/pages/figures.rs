//! Figures: the list of them, and one indicator, survey, or what the lists give.

use super::{Bench, Head, Outcome};
use crate::area::AreaId;
use crate::figure::{FigureId, Indicator, IndicatorKind, Survey, YearNote};
use crate::render::publications;
use crate::render::studio::Studio;
use crate::render::view::{
    ChangeView, FigureCard, FigureGroup, FigurePage, FigureSection, FigureView, FiguresPage, Kept, Link,
};
use crate::site::{PageKind, Poll, Series};

pub(super) fn figures(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("figures");
    let public = &studio.site.public;
    let mut groups: Vec<FigureGroup> = IndicatorKind::ALL
        .into_iter()
        .map(|kind| {
            let both = public.figures.indicators.iter().zip(&studio.site.figures.series);
            let items =
                both.filter(|(one, _)| one.kind == kind).map(|(one, series)| indicator_card(studio, one, series));
            group(studio, kind.id(), items.collect())
        })
        .collect();
    let surveys = public.figures.surveys.iter().zip(&studio.site.figures.polls);
    let surveys = surveys.map(|(survey, polls)| survey_card(studio, survey, polls)).collect();
    groups.push(group(studio, "surveys", surveys));
    if let Some(id) = lists_id(studio) {
        let dated = studio.site.figures.supply.as_of.map_or_else(String::new, |day| studio.date(day).short.clone());
        let card = FigureCard {
            title: studio.word("figure_lists"),
            href: studio.figure_href(&id),
            value: String::new(),
            year: if dated.is_empty() { dated } else { studio.words().fill("as_of", &[("date", &dated)]) },
        };
        groups.push(group(studio, "lists", vec![card]));
    }
    groups.retain(|group| !group.items.is_empty());
    let head = Head { kind: "figures", title, description, ..Head::default() };
    let view = FiguresPage { page: bench.head(head), groups, data_href: data_href(studio) };
    bench.finish(view)
}

fn group(studio: &Studio<'_>, key: &str, items: Vec<FigureCard>) -> FigureGroup {
    FigureGroup {
        title: studio.word(&format!("figures_{key}")),
        lead: studio.word(&format!("figures_{key}_lead")),
        items,
    }
}

fn indicator_card(studio: &Studio<'_>, indicator: &Indicator, series: &Series) -> FigureCard {
    let newest = series.newest();
    FigureCard {
        title: indicator.name.get(studio.lang).to_owned(),
        href: studio.figure_href(&indicator.id),
        value: newest.map_or_else(String::new, |(_, number)| studio.measured(number, indicator.unit.get(studio.lang))),
        year: newest.map_or_else(String::new, |(year, _)| studio.short_year(year)),
    }
}

fn survey_card(studio: &Studio<'_>, survey: &Survey, polls: &[Poll]) -> FigureCard {
    let mut years: Vec<i16> = polls.iter().flat_map(|poll| &poll.years).map(|year| year.year).collect();
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.into_iter().map(|year| studio.short_year(year)).collect();
    FigureCard {
        title: studio.survey_name(survey),
        href: studio.figure_href(&survey.id),
        value: studio.words().count("questions_count", polls.len()),
        year: years.join(studio.words().get("list_join")),
    }
}

/// The identifier of the lists' page, where it exists.
fn lists_id(studio: &Studio<'_>) -> Option<FigureId> {
    FigureId::new(FigureId::LISTS).filter(|_| !studio.site.figures.supply.is_empty())
}

fn data_href(studio: &Studio<'_>) -> String {
    publications::figures_file(studio.site).map_or_else(String::new, |file| studio.href_of(&file))
}

pub(super) fn figure(bench: Bench<'_>, id: &FigureId) -> Outcome {
    let studio = bench.studio;
    let public = &studio.site.public;
    let (title, view, origins) = if let Some(indicator) = public.figures.indicator(id.as_str()) {
        let series = studio.site.figures.series_of(public, id.as_str()).cloned().unwrap_or_default();
        let origins = indicator.values.iter().map(|value| value.row.path.clone()).take(1).collect();
        (indicator.name.get(studio.lang).to_owned(), indicator_view(studio, indicator, &series), origins)
    } else if let Some((survey, polls)) =
        public.figures.surveys.iter().zip(&studio.site.figures.polls).find(|(survey, _)| &survey.id == id)
    {
        let origins = survey.rows.iter().map(|row| row.row.path.clone()).take(1).collect();
        (studio.survey_name(survey), survey_view(studio, survey, polls), origins)
    } else {
        (studio.word("figure_lists"), lists_view(studio), Vec::new())
    };
    let description = match view.charts.first() {
        Some(chart) => chart.summary.clone(),
        None => view.definition.clone(),
    };
    let head = Head {
        kind: "figure",
        title,
        description,
        breadcrumb: vec![studio.link(studio.words().get("figures_title"), &PageKind::Figures)],
        ..Head::default()
    };
    let others = others(studio, id);
    let data_href = data_href(studio);
    let figure = FigureView { id: id.to_string(), data_href, others, ..view };
    let view = FigurePage { page: bench.head(head), figure };
    Bench { origins, ..bench }.finish(view)
}

fn text(studio: &Studio<'_>, localised: &Option<crate::config::Localised>) -> String {
    localised.as_ref().map_or_else(String::new, |localised| localised.get(studio.lang).to_owned())
}

fn indicator_view(studio: &Studio<'_>, indicator: &Indicator, series: &Series) -> FigureView {
    let kind = studio.word(&format!("kind_{}", indicator.kind.id()));
    FigureView {
        kind,
        notice: if indicator.home_deaths { studio.word("home_deaths_notice") } else { String::new() },
        charts: studio.series_charts(indicator, series),
        changes: changes(studio, indicator, series),
        definition: text(studio, &indicator.definition),
        unit: indicator.unit.get(studio.lang).to_owned(),
        source: text(studio, &indicator.source),
        why: text(studio, &indicator.why),
        hidden_note: if series.hides { studio.word("hidden_note") } else { String::new() },
        goals: goals(studio, indicator),
        ..FigureView::default()
    }
}

/// Why it changed, year by year: what the year's table says, else what its row says; then the areas' rows.
fn changes(studio: &Studio<'_>, indicator: &Indicator, series: &Series) -> Vec<ChangeView> {
    let mut changes = Vec::new();
    for point in series.points.iter().rev() {
        let year = studio.short_year(point.year);
        let told = said_of(studio, &indicator.years, point.year);
        let noted = point.whole.as_ref().and_then(|whole| whole.note.clone());
        changes.extend(told.or(noted).map(|text| ChangeView { year: year.clone(), text }));
        let of_area = |area: &AreaId, note: &str| {
            let area = studio.area_name(area);
            let text = studio.words().fill("note_of_area", &[("area", &area), ("text", note)]);
            ChangeView { year: year.clone(), text }
        };
        let areas = point.areas.iter().filter_map(|(area, reading)| Some(of_area(area, reading.note.as_ref()?)));
        changes.extend(areas);
    }
    changes
}

fn said_of(studio: &Studio<'_>, notes: &[YearNote], year: i16) -> Option<String> {
    let note = notes.iter().find(|note| note.year.value == year)?;
    note.changed.as_ref().map(|text| text.get(studio.lang).to_owned())
}

/// Goals of public plans that are seen by the indicator.
fn goals(studio: &Studio<'_>, indicator: &Indicator) -> Vec<Kept<Link>> {
    let mut links = Vec::new();
    for plan in &studio.site.public.plans {
        let own = |goal: &&crate::plan::Goal| {
            goal.indicator.as_ref().is_some_and(|named| named.value == indicator.id.as_str())
        };
        for goal in plan.goals.iter().filter(own) {
            let year = studio.short_year(plan.fiscal_year.value);
            let label = studio.words().fill("goal_of_year", &[("year", &year), ("text", goal.text.get(studio.lang))]);
            links.push(studio.link(&label, &PageKind::Plan(plan.fiscal_year.value)));
        }
    }
    links
}

fn survey_view(studio: &Studio<'_>, survey: &Survey, polls: &[Poll]) -> FigureView {
    let sections = polls.iter().map(|poll| {
        let told = survey.questions.iter().find(|told| told.text.value == *poll.text);
        let mut changes: Vec<ChangeView> = Vec::new();
        let newest = poll.years.first().map_or_else(String::new, |year| studio.short_year(year.year));
        let said = told.and_then(|told| told.changed.as_ref());
        changes.extend(said.map(|text| ChangeView { year: newest, text: text.value.get(studio.lang).to_owned() }));
        for year in &poll.years {
            let label = studio.short_year(year.year);
            changes.extend(year.notes.iter().map(|note| ChangeView { year: label.clone(), text: note.clone() }));
        }
        FigureSection {
            anchor: poll.anchor.clone(),
            title: studio.survey_question(survey, poll),
            charts: studio.poll_charts(survey, poll),
            tables: Vec::new(),
            changes,
        }
    });
    let mut years: Vec<i16> = polls.iter().flat_map(|poll| &poll.years).map(|year| year.year).collect();
    years.sort_unstable();
    years.dedup();
    let changes = years.iter().rev().filter_map(|&year| {
        let text = said_of(studio, &survey.years, year)?;
        Some(ChangeView { year: studio.short_year(year), text })
    });
    let dated: Vec<String> = years.iter().map(|&year| studio.short_year(year)).collect();
    FigureView {
        kind: studio.word("kind_survey"),
        sections: sections.collect(),
        changes: changes.collect(),
        definition: text(studio, &survey.definition),
        source: text(studio, &survey.source),
        why: text(studio, &survey.why),
        dated: dated.join(studio.words().get("list_join")),
        hidden_note: if polls.iter().any(|poll| poll.hides) { studio.word("hidden_note") } else { String::new() },
        ..FigureView::default()
    }
}

fn lists_view(studio: &Studio<'_>) -> FigureView {
    let supply = &studio.site.figures.supply;
    let words = studio.words();
    let confirmed = supply.as_of.map(|day| words.fill("lists_confirmed", &[("date", &studio.date(day).long)]));
    let years: Vec<String> = supply.years().into_iter().map(|year| studio.short_year(year)).collect();
    let counted =
        (!years.is_empty()).then(|| words.fill("lists_people", &[("years", &years.join(words.get("list_join")))]));
    let section = |anchor: &str, charts, tables| FigureSection {
        anchor: anchor.to_owned(),
        title: studio.word(&format!("lists_{anchor}")),
        charts,
        tables,
        changes: Vec::new(),
    };
    FigureView {
        kind: studio.word("kind_structure"),
        sections: vec![
            section("charts", studio.supply_charts(supply), Vec::new()),
            section("tables", Vec::new(), studio.supply_tables(supply)),
        ],
        definition: studio.word("lists_definition"),
        source: studio.word("lists_source"),
        why: studio.word("lists_why"),
        dated: [confirmed, counted].into_iter().flatten().collect::<Vec<_>>().join(words.get("sentence_gap")),
        ..FigureView::default()
    }
}

fn others(studio: &Studio<'_>, id: &FigureId) -> Vec<Kept<Link>> {
    let figures = &studio.site.public.figures;
    let link = |other: &FigureId, label: String| Link { label, href: studio.figure_href(other) }.into();
    let indicators = figures.indicators.iter().map(|one| (&one.id, one.name.get(studio.lang).to_owned()));
    let surveys = figures.surveys.iter().map(|one| (&one.id, studio.survey_name(one)));
    let mut links: Vec<Kept<Link>> =
        indicators.chain(surveys).filter(|(other, _)| *other != id).map(|(other, label)| link(other, label)).collect();
    if let Some(lists) = lists_id(studio).filter(|lists| lists != id) {
        links.push(link(&lists, studio.word("figure_lists")));
    }
    links
}
