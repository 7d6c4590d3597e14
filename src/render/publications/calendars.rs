//! Calendar files: of each event, of each area, of all.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{about_area, area_file, events_file, put_file};
use crate::article::{Event as Authored, EventStatus, EventTime};
use crate::calendar::first_moment;
use crate::check::Output;
use crate::markdown::ruby;
use crate::render::ics::{Calendar, Event, When, render};
use crate::render::studio::Studio;
use crate::render::studio::event::ics_address;
use crate::site::ArticleNo;

pub(super) fn put(studio: &Studio<'_>, output: &mut Output<'_>) {
    let (site, lang) = (studio.site, studio.lang);
    let professionals = site.articles.for_professionals.get(lang).map_or(&[][..], Vec::as_slice);
    let public: Vec<ArticleNo> = studio.past().iter().rev().chain(studio.upcoming()).copied().collect();
    for &no in public.iter().chain(professionals) {
        let address = ics_address(&site.article_address(site.article(no)));
        put_file(output, &address, calendar(studio, &[no], String::new()));
    }
    let title = studio.config().title.get(lang);
    put_file(output, &events_file(site, lang), calendar(studio, &public, title.to_owned()));
    for area in site.public.areas.iter() {
        let about = about_area(site, &area.id, lang);
        let here: Vec<ArticleNo> = public.iter().copied().filter(|no| about.contains(no)).collect();
        let name = format!("{}{}{title}", area.name_in(lang.as_str()), studio.words().get("title_join"));
        put_file(output, &area_file(site, lang, &area.id, "events.ics"), calendar(studio, &here, name));
    }
}

fn calendar(studio: &Studio<'_>, numbers: &[ArticleNo], name: String) -> Vec<u8> {
    let events: Vec<Event> = numbers.iter().filter_map(|&no| event(studio, no)).collect();
    let name = match (name.is_empty(), events.first()) {
        (true, Some(event)) => event.title.clone(),
        _ => name,
    };
    render(&Calendar { name, description: None, lang: studio.lang.to_string(), events })
}

fn event(studio: &Studio<'_>, no: ArticleNo) -> Option<Event> {
    let site = studio.site;
    let public = site.article(no);
    let article = &public.article;
    let authored = article.event.as_ref()?;
    let place: Vec<&str> = [&authored.venue, &authored.address].into_iter().flatten().map(String::as_str).collect();
    let method = authored.method.map(|method| method.name().get(studio.lang.as_str()).to_owned());
    let areas = studio.area_links(article.areas.iter().map(|area| area.value.as_str()));
    let host = studio.base().origin.split("://").nth(1).unwrap_or_default().to_owned();
    Some(Event {
        uid: format!("{}@{host}", article.slug.value),
        stamp: stamp(studio, site.updated_of(public), authored)?,
        when: when(studio, authored)?,
        title: ruby::base_text(&article.title.value).into_owned(),
        description: Some(studio.summary(public)).filter(|text| !text.is_empty()),
        place: Some(place.join(" ")).filter(|text| !text.is_empty()),
        position: authored.position.as_ref().map(|place| (place.value.lon, place.value.lat)),
        page: Some(site.article_address(public).absolute(studio.base())),
        categories: method.into_iter().chain(areas.into_iter().map(|link| link.label.clone())).collect(),
        cancelled: authored.status.as_ref().is_some_and(|status| status.value == EventStatus::Cancelled),
    })
}

/// The last change that the content tells of, else the event's own day: never the day of the build.
fn stamp(studio: &Studio<'_>, updated: Option<Date>, event: &Authored) -> Option<Timestamp> {
    let day = updated.unwrap_or(event.starts.value.date());
    first_moment(day, &studio.config().zone)
}

fn when(studio: &Studio<'_>, event: &Authored) -> Option<When> {
    let zone = &studio.config().zone;
    let ends = event.ends.as_ref().map(|ends| ends.value);
    match event.starts.value {
        EventTime::Day(first) => {
            let last = ends.map_or(first, EventTime::date).max(first);
            Some(When::Days { first, last })
        }
        EventTime::At(starts) => {
            // A last day counts whole, as it does for what is over.
            let ends = ends.and_then(|ends| ends.is_over_at(zone));
            Some(When::Time { starts: zone.to_timestamp(starts).ok()?, ends })
        }
    }
}
