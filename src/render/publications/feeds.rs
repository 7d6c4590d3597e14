//! The feed of the site and those of its areas.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{about_area, area_file, put_file};
use crate::article::Kind;
use crate::check::Output;
use crate::markdown::ruby;
use crate::render::feeds::{Category, Entry, Feed, render};
use crate::render::site_view::feed_address;
use crate::render::studio::Studio;
use crate::site::{Address, ArticleNo, PageKind};

pub(super) fn put(studio: &Studio<'_>, output: &mut Output<'_>) {
    let (site, lang) = (studio.site, studio.lang);
    let kinds = [Kind::Story, Kind::Guide, Kind::News, Kind::Event, Kind::Faq];
    let all: Vec<ArticleNo> = kinds.iter().flat_map(|&kind| site.articles_of(kind, lang)).copied().collect();
    let title = studio.config().title.get(lang).to_owned();
    let mut entries = entries(studio, &all);
    entries.extend(editions(studio));
    let address = feed_address(site, lang);
    let feed = feed(studio, &address, &site.address(&PageKind::Home, lang), title.clone(), entries);
    put_file(output, &address, render(&feed));
    for area in site.public.areas.iter() {
        let address = area_file(site, lang, &area.id, "feed.xml");
        let page = site.address(&PageKind::Area(area.id.clone()), lang);
        let title = format!("{}{}{title}", area.name_in(lang.as_str()), studio.words().get("title_join"));
        let entries = self::entries(studio, &about_area(site, &area.id, lang));
        put_file(output, &address, render(&feed_of(studio, &address, &page, title, entries)));
    }
}

fn feed(studio: &Studio<'_>, address: &Address, page: &Address, title: String, entries: Vec<Entry>) -> Feed {
    let subtitle = studio.config().description.get(studio.lang).to_owned();
    Feed { subtitle: Some(subtitle).filter(|text| !text.is_empty()), ..feed_of(studio, address, page, title, entries) }
}

fn feed_of(studio: &Studio<'_>, address: &Address, page: &Address, title: String, mut entries: Vec<Entry>) -> Feed {
    let config = studio.config();
    entries.sort_by(|a, b| (b.updated, &a.page).cmp(&(a.updated, &b.page)));
    entries.truncate(config.feed_entries);
    let municipalities: Vec<&str> = config.municipalities.iter().map(|one| one.name.as_str()).collect();
    Feed {
        address: address.absolute(&config.base_url),
        page: page.absolute(&config.base_url),
        lang: studio.lang.to_string(),
        title,
        subtitle: None,
        author: municipalities.join(studio.words().get("list_join")),
        rights: Some(config.licence.name.clone()),
        entries,
    }
}

/// Articles that have a day; one without cannot stand in a list by time.
fn entries(studio: &Studio<'_>, numbers: &[ArticleNo]) -> Vec<Entry> {
    numbers.iter().filter_map(|&no| entry(studio, no)).collect()
}

fn entry(studio: &Studio<'_>, no: ArticleNo) -> Option<Entry> {
    let site = studio.site;
    let public = site.article(no);
    let article = &public.article;
    let published = start_of(studio, site.day_of(public)?)?;
    let updated = site.updated_of(public).and_then(|day| start_of(studio, day)).unwrap_or(published);
    let areas = studio.area_links(article.areas.iter().map(|area| area.value.as_str()));
    let categories = article
        .areas
        .iter()
        .zip(areas)
        .map(|(id, link)| Category { term: id.value.clone(), label: link.label.clone() });
    let tags = article.tags.iter().map(|tag| Category { term: tag.clone(), label: tag.clone() });
    Some(Entry {
        page: site.article_address(public).absolute(studio.base()),
        title: ruby::base_text(&article.title.value).into_owned(),
        published,
        updated: updated.max(published),
        summary: studio.summary(public),
        categories: categories.chain(tags).collect(),
    })
}

fn editions(studio: &Studio<'_>) -> Vec<Entry> {
    let editions = studio.site.public.editions.iter().map(|public| {
        let edition = &public.edition;
        let page = studio.site.address(&PageKind::Edition(edition.id.clone()), studio.lang);
        Entry {
            page: page.absolute(studio.base()),
            title: edition.title.get(studio.lang).to_owned(),
            published: edition.release.value,
            updated: edition.release.value,
            summary: edition.summary.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned()),
            categories: Vec::new(),
        }
    });
    editions.collect()
}

/// The first moment of a day in the site's zone.
fn start_of(studio: &Studio<'_>, day: Date) -> Option<Timestamp> {
    crate::calendar::first_moment(day, &studio.config().zone)
}
