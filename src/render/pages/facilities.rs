//! Areas, facilities, categories, services.

use std::collections::BTreeMap;

use super::json_ld;
use super::{Bench, Head, Outcome};
use crate::area::{Area, AreaId};
use crate::article::Kind;
use crate::diag::Diagnostic;
use crate::facility::{Answer, Facility, Serves, Status};
use crate::figure::Number;
use crate::render::maps::Drawn;
use crate::render::publications;
use crate::render::studio::event::directions;
use crate::render::studio::facility::{address_line, name as facility_name};
use crate::render::studio::parts::Entries;
use crate::render::studio::{Studio, phone_view};
use crate::render::view::{
    AreaPage, AreaView, CategoryPage, CategoryTag, CategoryView, FacilityGroup, FacilityPage, FacilityView, FactView,
    FigureRow, Kept, Link, ReviewView, ServicePage, ServiceView,
};
use crate::site::{ArticleNo, FacilityNo, PageKind, Topic};
use crate::vocabulary::{CategoryId, Scene, ServiceId};

/// The category whose facilities are the first desk of an area.
const SUPPORT_CENTER: &str = "support_center";

/// Other facilities shown at the end of a facility's page.
const NEARBY: usize = 6;

pub(super) fn area(mut bench: Bench<'_>, id: &AreaId) -> Outcome {
    let studio = bench.studio;
    let site = studio.site;
    let Some(area) = site.public.areas.get(id) else { unreachable!("the plan of pages lists areas that exist") };
    let standing = site.facilities.standing.get(id).map_or(&[][..], Vec::as_slice);
    let visiting = site.facilities.visiting.get(id).map_or(&[][..], Vec::as_slice);
    let drawn = studio.maps.area(studio, id, standing);
    let entries = Entries { level: 4, drawn: Some(&drawn), visits: false, anchored: true };
    let elsewhere = Entries { drawn: None, visits: true, ..entries };
    let about = site.articles_about(&Topic::Area(id.clone()), studio.lang);
    let of_kind = |kinds: &[Kind]| -> Vec<ArticleNo> {
        about.iter().copied().filter(|&no| kinds.contains(&site.article(no).article.kind)).collect()
    };
    let coming = studio.upcoming().iter().filter(|no| about.contains(no));
    let view = AreaView {
        id: id.to_string(),
        name: area.name_in(studio.lang.as_str()).to_owned(),
        kana: area.kana.clone().unwrap_or_default(),
        members: area.members.join(studio.words().get("list_join")),
        figures: figures(studio, area),
        count: standing.len(),
        visiting_count: visiting.len(),
        support_centers_html: support_centers(studio, (standing, entries), (visiting, elsewhere))?,
        groups: studio.by_category(standing, entries)?,
        visiting: studio.by_category(visiting, elsewhere)?,
        events: studio.event_cards(coming),
        stories_html: studio.cards_html(&of_kind(&[Kind::Story]), &mut bench.used)?,
        articles_html: studio.cards_html(&of_kind(&[Kind::Guide, Kind::News, Kind::Page]), &mut bench.used)?,
        categories: studio.category_counts(),
        others: other_areas(studio, id),
        ics_href: area_file(studio, id, "events.ics"),
        feed_href: area_file(studio, id, "feed.xml"),
        map: drawn.view,
        print_href: studio.href(&PageKind::AreaPrint(id.clone())),
    };
    let verified = standing.iter().filter_map(|&no| site.facility(no).facility.verified_on).max();
    let feed = Link {
        label: studio.words().fill("feed_area", &[("name", area.name_in(studio.lang.as_str()))]),
        href: view.feed_href.clone(),
    };
    let head = Head {
        kind: "area",
        printed: true,
        title: studio.words().fill("area_title", &[("name", area.name_in(studio.lang.as_str()))]),
        description: studio
            .words()
            .fill("area_lead", &[("name", area.name_in(studio.lang.as_str())), ("n", &standing.len().to_string())]),
        section: "areas",
        breadcrumb: Vec::from_iter(studio.list_link(&PageKind::Areas)),
        feeds: vec![feed.into()],
        emergency: true,
        review: verified.map(|day| ReviewView { date: studio.date(day), by: None, next: None, stale: false }),
        ..Head::default()
    };
    let view = AreaPage { page: bench.head(head), area: view };
    bench.finish(view)
}

fn area_file(studio: &Studio<'_>, id: &AreaId, name: &str) -> String {
    studio.href_of(&publications::area_file(studio.site, studio.lang, id, name))
}

/// All other areas, or of many the ones beside this: the rest are on the page of all areas.
fn other_areas(studio: &Studio<'_>, id: &AreaId) -> Vec<Kept<Link>> {
    let areas = &studio.site.public.areas;
    let listed: Vec<&Area> = match areas.len() > OTHERS_MAX {
        true => areas.neighbours(id),
        false => areas.iter().filter(|area| &area.id != id).collect(),
    };
    listed.into_iter().map(|area| studio.area_link(&area.id)).collect()
}

/// A page that names more areas than this is read by nobody.
const OTHERS_MAX: usize = 24;

/// The centres of an area, which stand in its lists once more.
fn support_centers(
    studio: &Studio<'_>,
    here: (&[FacilityNo], Entries<'_>),
    elsewhere: (&[FacilityNo], Entries<'_>),
) -> Result<String, Box<Diagnostic>> {
    let is_center = |no: &FacilityNo| studio.site.facility(*no).facility.category.as_str() == SUPPORT_CENTER;
    let mut html = String::new();
    for (numbers, entries) in [here, elsewhere] {
        let centers: Vec<FacilityNo> = numbers.iter().copied().filter(is_center).collect();
        html.push_str(&studio.entries_html(&centers, Entries { level: 3, anchored: false, ..entries })?);
    }
    Ok(html)
}

/// The newest year's figures.
fn figures(studio: &Studio<'_>, area: &Area) -> Vec<FigureRow> {
    let Some(newest) = area.figures.iter().max_by_key(|figures| figures.year) else { return Vec::new() };
    let year = newest.year.to_string();
    let rows = [
        ("figure_population", newest.population),
        ("figure_over_75", newest.over_75),
        ("figure_households", newest.households),
    ];
    let row = |(key, value): (&str, Option<u64>)| {
        value.map(|value| FigureRow {
            label: studio.word(key),
            value: Number::whole(value).shown(),
            year: year.clone(),
        })
    };
    rows.into_iter().filter_map(row).collect()
}

pub(super) fn facility(mut bench: Bench<'_>, no: FacilityNo) -> Outcome {
    let studio = bench.studio;
    let public = studio.site.facility(no);
    let facility = &public.facility;
    bench.origins.push(facility.path().clone());
    let category = studio.category_tag(&facility.category);
    let area = facility.area.as_ref().map(|area| studio.area_link(area));
    let place = area.as_ref().map_or_else(|| category.label.clone(), |area| area.label.clone());
    let review = facility.verified_on.map(|day| ReviewView {
        date: studio.date(day),
        by: facility.source.clone(),
        next: None,
        stale: public.stale,
    });
    let mut breadcrumb = Vec::from_iter(studio.list_link(&PageKind::Areas));
    breadcrumb.extend(area.clone());
    let head = Head {
        kind: "facility",
        printed: true,
        title: facility.name.clone(),
        place,
        description: [category.label.as_str(), &address_line(facility)]
            .join(studio.words().get("gap"))
            .trim()
            .to_owned(),
        section: "areas",
        breadcrumb,
        json_ld: Some(json_ld::facility(studio, no)),
        review,
        source: Some(facility.path().clone()),
        ..Head::default()
    };
    let view = FacilityPage { page: bench.head(head), facility: facility_view(studio, no, category, area) };
    bench.finish(view)
}

fn facility_view(
    studio: &Studio<'_>,
    no: FacilityNo,
    category: Kept<CategoryTag>,
    area: Option<Kept<Link>>,
) -> FacilityView {
    let facility = &studio.site.facility(no).facility;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let serves = match &facility.serves {
        Serves::All => Vec::new(),
        Serves::Areas(areas) => areas.iter().map(|area| studio.area_link(area)).collect(),
    };
    FacilityView {
        id: facility.id.to_string(),
        name: facility_name(facility),
        kana: text(&facility.name_kana),
        category,
        paused: facility.status == Status::Paused,
        area,
        serves,
        serves_all: matches!(facility.serves, Serves::All),
        postal_code: facility.postal_code.as_ref().map_or_else(String::new, ToString::to_string),
        address: address_line(facility),
        map: studio.maps.facility(studio, no),
        directions_href: facility.position.map_or_else(String::new, |at| directions(at.lat, at.lon)),
        phone: facility.phone.as_ref().map(phone_view),
        fax: facility.fax.as_ref().map_or_else(String::new, |fax| fax.shown().to_owned()),
        email: text(&facility.email),
        url: text(&facility.url),
        hours: studio.hours_view(facility),
        yes: studio.answers(facility, Answer::Yes),
        ask: studio.answers(facility, Answer::Ask),
        no: studio.answers(facility, Answer::No),
        accepts: text(&facility.accepts),
        facts: facts(studio, facility),
        note: text(&facility.note),
        source: text(&facility.source),
        nearby: nearby(studio, no),
    }
}

fn facts(studio: &Studio<'_>, facility: &Facility) -> Vec<FactView> {
    let known = [
        ("fact_languages", &facility.languages),
        ("fact_accessibility", &facility.accessibility),
        ("fact_parking", &facility.parking),
        ("fact_operator", &facility.operator),
    ];
    let join = studio.words().get("list_join");
    let known = known.into_iter().filter_map(|(key, value)| {
        let value = value.as_ref()?.split([';', '；']).map(str::trim).filter(|part| !part.is_empty());
        Some(FactView { label: studio.word(key), value: value.collect::<Vec<_>>().join(join) })
    });
    let columns = studio.site.public.vocabulary.category(facility.category.as_str()).map_or(&[][..], |c| &c.columns);
    let extra = facility.extra.iter().map(|extra| {
        let column = columns.iter().find(|column| *column.id == *extra.column);
        let label = column.map_or(&*extra.column, |column| column.name.get(studio.lang.as_str()));
        FactView { label: label.to_owned(), value: extra.value.clone() }
    });
    extra.chain(known).collect()
}

/// Others of the same category in the same area.
fn nearby(studio: &Studio<'_>, no: FacilityNo) -> Vec<Kept<Link>> {
    let facility = &studio.site.facility(no).facility;
    let Some(area) = &facility.area else { return Vec::new() };
    let standing = studio.site.facilities.standing.get(area).map_or(&[][..], Vec::as_slice);
    let same = standing
        .iter()
        .filter(|&&other| other != no && studio.site.facility(other).facility.category == facility.category);
    same.take(NEARBY).map(|&other| studio.facility_link(other)).collect()
}

pub(super) fn category(bench: Bench<'_>, id: &CategoryId) -> Outcome {
    let studio = bench.studio;
    let count = studio.category_count(id);
    let all = studio.site.facilities.by_category.get(id).map_or(&[][..], Vec::as_slice);
    let ordered = by_area_order(studio, all);
    let drawn = studio.maps.category(studio, &count.label, &ordered);
    let head = Head {
        kind: "category",
        title: count.label.clone(),
        description: count.description.clone(),
        section: "areas",
        breadcrumb: Vec::from_iter(studio.list_link(&PageKind::Areas)),
        emergency: true,
        ..Head::default()
    };
    let category = CategoryView {
        id: id.to_string(),
        name: count.label,
        description: count.description,
        mark_html: count.mark_html,
        count: all.len(),
        groups: by_area(studio, (&ordered, &drawn))?,
        map: drawn.view,
        others: studio
            .site
            .categories()
            .filter(|other| *other != id)
            .map(|other| studio.category_count(other))
            .collect(),
    };
    let view = CategoryPage { page: bench.head(head), category };
    bench.finish(view)
}

/// In the order of the areas; those that stand in none come last.
fn by_area_order(studio: &Studio<'_>, numbers: &[FacilityNo]) -> Vec<FacilityNo> {
    let rank: BTreeMap<&AreaId, usize> =
        studio.site.public.areas.iter().enumerate().map(|(rank, area)| (&area.id, rank)).collect();
    let mut ordered = numbers.to_vec();
    ordered.sort_by_key(|&no| {
        let area = studio.site.facility(no).facility.area.as_ref();
        area.and_then(|area| rank.get(area)).copied().unwrap_or(usize::MAX)
    });
    ordered
}

fn by_area(
    studio: &Studio<'_>,
    (ordered, drawn): (&[FacilityNo], &Drawn),
) -> Result<Vec<FacilityGroup>, Box<Diagnostic>> {
    let entries = Entries { drawn: drawn.view.as_ref().map(|_| drawn), ..Entries::plain(3) };
    let area = |no: &FacilityNo| studio.site.facility(*no).facility.area.as_ref();
    let group = |run: &[FacilityNo]| {
        let area = run.first().and_then(area);
        let link = area.map(|area| studio.area_link(area));
        Ok(FacilityGroup {
            title: link.as_ref().map_or_else(|| studio.word("group_elsewhere"), |link| link.label.clone()),
            anchor: area.map_or_else(|| "a-elsewhere".to_owned(), |area| format!("a-{area}")),
            href: link.map_or_else(String::new, |link| link.href.clone()),
            count: run.len(),
            entries_html: studio.entries_html(run, entries)?,
            ..FacilityGroup::default()
        })
    };
    ordered.chunk_by(|a, b| area(a) == area(b)).map(group).collect()
}

/// Who needs such a service may need 119 first.
fn is_for_emergencies(studio: &Studio<'_>, id: &ServiceId) -> bool {
    let service = studio.site.public.vocabulary.service(id.as_str());
    service.is_some_and(|service| service.scenes.contains(&Scene::Emergency))
}

pub(super) fn service(bench: Bench<'_>, id: &ServiceId) -> Outcome {
    let studio = bench.studio;
    let count = studio.service_count(id);
    let nobody = crate::site::Offers::default();
    let offers = studio.site.facilities.by_service.get(id).unwrap_or(&nobody);
    let head = Head {
        kind: "service",
        title: count.label.clone(),
        description: count.description.clone(),
        section: "areas",
        breadcrumb: Vec::from_iter(studio.list_link(&PageKind::Areas)),
        emergency: is_for_emergencies(studio, id),
        ..Head::default()
    };
    let mut ask = studio.by_category(&offers.ask, Entries::plain(4))?;
    for group in &mut ask {
        group.anchor = format!("ask-{}", group.anchor);
    }
    let service = ServiceView {
        id: id.to_string(),
        name: count.label,
        description: count.description,
        count: offers.yes.len(),
        groups: studio.by_category(&offers.yes, Entries::plain(3))?,
        ask,
        others: studio.site.services().filter(|other| *other != id).map(|other| studio.service_count(other)).collect(),
    };
    let view = ServicePage { page: bench.head(head), service };
    bench.finish(view)
}
