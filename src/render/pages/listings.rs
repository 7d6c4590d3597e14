//! Lists of articles: of a kind, of a scene, of a viewpoint, of events.

use std::collections::BTreeMap;

use super::{Bench, Head, Outcome};
use crate::area::Area;
use crate::article::{EventStatus, Kind};
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::Diagnostic;
use crate::render::publications;
use crate::render::studio::Studio;
use crate::render::view::{
    CardGroup, EventArea, EventCard, EventMonth, EventYear, EventsPage, ListingPage, ListingView, TopicPage, TopicView,
};
use crate::site::{ArticleNo, PageKind, Topic};
use crate::vocabulary::{Scene, Viewpoint};

pub(super) fn listing(mut bench: Bench<'_>, kind: Kind) -> Outcome {
    let studio = bench.studio;
    let section = kind.section().unwrap_or("pages");
    let (title, description) = bench.section_title(section);
    let numbers = studio.site.articles_of(kind, studio.lang);
    let (cards_html, groups) = match kind {
        Kind::Guide => guides(studio, numbers, &mut bench.used)?,
        _ => (studio.cards_html(numbers, &mut bench.used)?, Vec::new()),
    };
    let topics = match kind {
        Kind::Story => studio.viewpoint_counts(),
        Kind::Guide => studio.scene_counts(),
        _ => Vec::new(),
    };
    let listing = ListingView { kind: kind.id().to_owned(), cards_html, groups, topics };
    let section = match kind {
        Kind::Story => "stories",
        Kind::Guide => "guides",
        _ => "",
    };
    let emergency = kind == Kind::Guide;
    let head = Head { kind: "listing", title, description, section, emergency, listed: Some(kind), ..Head::default() };
    let view = ListingPage { page: bench.head(head), listing };
    bench.finish(view)
}

/// Guides by their first scene; those without one stand first.
fn guides(
    studio: &Studio<'_>,
    numbers: &[ArticleNo],
    used: &mut crate::render::pictures::Used,
) -> Result<(String, Vec<CardGroup>), Box<Diagnostic>> {
    let scene_of = |no: &ArticleNo| studio.site.article(*no).article.scenes.first().copied();
    let of = |scene: Option<Scene>| -> Vec<ArticleNo> {
        numbers.iter().copied().filter(|no| scene_of(no) == scene).collect()
    };
    let without = studio.cards_html(&of(None), used)?;
    let mut groups = Vec::new();
    for (scene, found) in Scene::ALL.iter().map(|&scene| (scene, of(Some(scene)))) {
        if found.is_empty() {
            continue;
        }
        groups.push(CardGroup {
            title: scene.name().get(studio.lang.as_str()).to_owned(),
            anchor: scene.id().to_owned(),
            href: studio.href(&PageKind::Scene(scene)),
            count: found.len(),
            cards_html: studio.cards_html(&found, used)?,
        });
    }
    Ok((without, groups))
}

pub(super) fn scene(mut bench: Bench<'_>, scene: Scene) -> Outcome {
    let studio = bench.studio;
    let lang = studio.lang.as_str();
    let others = Scene::ALL.iter().copied().filter(|other| *other != scene).collect::<Vec<_>>();
    let topic = TopicView {
        kind: "scene".to_owned(),
        id: scene.id().to_owned(),
        name: scene.name().get(lang).to_owned(),
        lead: scene.description().get(lang).to_owned(),
        services: studio.services_of(&[scene]),
        others: studio.scene_links(&others),
        ..about(studio, &Topic::Scene(scene), &mut bench.used)?
    };
    let emergency = matches!(scene, Scene::Emergency | Scene::EndOfLife);
    topic_page(bench, topic, emergency)
}

pub(super) fn viewpoint(mut bench: Bench<'_>, viewpoint: Viewpoint) -> Outcome {
    let studio = bench.studio;
    let lang = studio.lang.as_str();
    let others = Viewpoint::ALL.iter().copied().filter(|other| *other != viewpoint).collect::<Vec<_>>();
    let topic = TopicView {
        kind: "viewpoint".to_owned(),
        id: viewpoint.id().to_owned(),
        name: viewpoint.name().get(lang).to_owned(),
        lead: viewpoint.description().get(lang).to_owned(),
        others: studio.viewpoint_links(&others),
        ..about(studio, &Topic::Viewpoint(viewpoint), &mut bench.used)?
    };
    topic_page(bench, topic, false)
}

fn topic_page(bench: Bench<'_>, topic: TopicView, emergency: bool) -> Outcome {
    let head = Head {
        kind: "topic",
        title: topic.name.clone(),
        description: topic.lead.clone(),
        emergency,
        ..Head::default()
    };
    let view = TopicPage { page: bench.head(head), topic };
    bench.finish(view)
}

fn about(
    studio: &Studio<'_>,
    topic: &Topic,
    used: &mut crate::render::pictures::Used,
) -> Result<TopicView, Box<Diagnostic>> {
    let numbers = studio.site.articles_about(topic, studio.lang);
    Ok(TopicView {
        groups: studio.groups_by_kind(numbers, used)?,
        questions: studio.questions_about(topic),
        categories: studio.category_counts(),
        events: studio.event_cards(studio.upcoming().iter().filter(|no| numbers.contains(no))),
        ..TopicView::default()
    })
}

pub(super) fn events(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("events");
    let professionals = studio.site.articles.for_professionals.get(studio.lang).into_iter().flatten().rev();
    let listed = Some(Kind::Event);
    let head = Head { kind: "events", title, description, section: "events", listed, ..Head::default() };
    let view = EventsPage {
        page: bench.head(head),
        upcoming: months(studio),
        past_years: years(studio),
        professionals: studio.event_cards(professionals),
        ics_href: studio.href_of(&publications::events_file(studio.site, studio.lang)),
    };
    bench.finish(view)
}

/// Past events by the fiscal year in which they began.
fn years(studio: &Studio<'_>) -> Vec<EventYear> {
    let mut by_year: BTreeMap<FiscalYear, Vec<ArticleNo>> = BTreeMap::new();
    for &no in studio.past() {
        if let Some(event) = &studio.site.article(no).article.event {
            by_year.entry(FiscalYear::of(event.starts.value.date())).or_default().push(no);
        }
    }
    let year = |(year, events): (FiscalYear, Vec<ArticleNo>)| EventYear {
        title: studio.words().date("fiscal_year", year.first_day()),
        anchor: format!("past-{year}"),
        told: told(studio, &events).unwrap_or_default(),
        areas: by_area(studio, &events),
        events: studio.event_cards(&events),
    };
    by_year.into_iter().rev().map(year).collect()
}

fn by_area(studio: &Studio<'_>, events: &[ArticleNo]) -> Vec<EventArea> {
    let in_area = |id: &str| -> Vec<ArticleNo> {
        let areas = |no: &ArticleNo| studio.site.article(*no).article.areas.iter().any(|area| area.value == id);
        events.iter().copied().filter(areas).collect()
    };
    let area = |area: &Area| {
        let told = told(studio, &in_area(area.id.as_str()))?;
        Some(EventArea {
            area: studio.link(area.name_in(studio.lang.as_str()), &PageKind::Area(area.id.clone())),
            told,
        })
    };
    studio.site.public.areas.iter().filter_map(area).collect()
}

/// `5回（のべ118人）`; people only where they were counted. What was cancelled did not take place; of nothing, nothing is
/// told.
fn told(studio: &Studio<'_>, events: &[ArticleNo]) -> Option<String> {
    let took_place = events
        .iter()
        .filter_map(|no| studio.site.article(*no).article.event.as_ref())
        .filter(|event| event.status.as_ref().is_none_or(|status| status.value != EventStatus::Cancelled));
    let (mut count, mut people, mut counted) = (0_usize, 0_i64, false);
    for event in took_place {
        count += 1;
        let came = event.result.as_ref().and_then(|result| result.participants);
        counted |= came.is_some();
        people += came.unwrap_or(0);
    }
    let key = if counted { "events_told" } else { "events_told_uncounted" };
    let told = || studio.words().fill(key, &[("n", &count.to_string()), ("people", &people.to_string())]);
    (count > 0).then(told)
}

/// Coming events by the month in which they begin.
fn months(studio: &Studio<'_>) -> Vec<EventMonth> {
    let mut months: Vec<EventMonth> = Vec::new();
    for &no in studio.upcoming() {
        let Some(event) = &studio.site.article(no).article.event else { continue };
        let Some(card): Option<EventCard> = studio.event_card(no) else { continue };
        let day = event.starts.value.date();
        let anchor = format!("m-{:04}-{:02}", day.year(), day.month());
        match months.last_mut() {
            Some(month) if month.anchor == anchor => month.events.push(card),
            _ => months.push(EventMonth { title: studio.words().month(day), anchor, events: vec![card] }),
        }
    }
    months
}
