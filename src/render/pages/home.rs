//! The home page and the list of areas.

use super::{Bench, Head, Outcome};
use crate::article::Kind;
use crate::render::studio::Studio;
use crate::render::view::{AreaCard, AreaGroup, AreasPage, HomePage, HomeView};
use crate::site::PageKind;

/// How many stories, events, questions and news the home page shows.
const STORIES: usize = 4;
const EVENTS: usize = 4;
const QUESTIONS: usize = 5;
const NEWS: usize = 3;

pub(super) fn home(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (site, lang) = (studio.site, studio.lang);
    let introduction = site.introduction("", lang);
    bench.origins.extend(introduction.map(|index| index.article.path.clone()));
    let title = introduction.map(|index| index.article.title.value.clone());
    let described = introduction.and_then(|index| index.article.description.clone());
    let config = studio.config();
    let edition = site.public.editions.first().map(|edition| studio.edition_card(edition, &mut bench.used));
    let first =
        |kind: Kind, count: usize| &site.articles_of(kind, lang)[..site.articles_of(kind, lang).len().min(count)];
    let home = HomeView {
        edition,
        scenes: studio.scene_counts(),
        viewpoints: studio.viewpoint_counts(),
        areas: area_groups(studio),
        map: studio.maps.overview(studio, "home"),
        categories: studio.category_counts(),
        stories_html: studio.cards_html(first(Kind::Story, STORIES), &mut bench.used)?,
        events: studio.event_cards(studio.upcoming().iter().take(EVENTS)),
        questions: first(Kind::Faq, QUESTIONS).iter().map(|&no| studio.question(no)).collect(),
        news: first(Kind::News, NEWS).iter().map(|&no| studio.card(no, &mut bench.used)).collect(),
    };
    let head = Head {
        kind: "home",
        printed: true,
        title: title.unwrap_or_else(|| config.title.get(lang).to_owned()),
        description: described.unwrap_or_else(|| config.description.get(lang).to_owned()),
        emergency: true,
        source: introduction.map(|index| index.article.path.clone()),
        image: home.edition.as_ref().and_then(|edition| edition.lead.as_ref()).and_then(|lead| lead.image.clone()),
        ..Head::default()
    };
    let view = HomePage { page: bench.head(head), home };
    bench.finish(view)
}

pub(super) fn areas(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("areas");
    let head = Head { kind: "areas", title, description, section: "areas", emergency: true, ..Head::default() };
    let view = AreasPage {
        page: bench.head(head),
        map: studio.maps.overview(studio, "areas"),
        groups: area_groups(studio),
        categories: studio.category_counts(),
        services: studio.service_counts(),
    };
    bench.finish(view)
}

/// All areas under one heading: which municipality an area belongs to is not known.
pub(super) fn area_groups(studio: &Studio<'_>) -> Vec<AreaGroup> {
    let site = studio.site;
    let cards = site.public.areas.iter().map(|area| AreaCard {
        id: area.id.to_string(),
        number: studio.maps.area_number(&area.id),
        name: area.name_in(studio.lang.as_str()).to_owned(),
        kana: area.kana.clone().unwrap_or_default(),
        href: studio.href(&PageKind::Area(area.id.clone())),
        members: area.members.join(studio.words().get("list_join")),
        count: site.facilities.standing.get(&area.id).map_or(0, Vec::len),
    });
    let areas: Vec<AreaCard> = cards.collect();
    if areas.is_empty() { Vec::new() } else { vec![AreaGroup { title: String::new(), areas }] }
}
