//! Everything that is no page: feeds, calendars, open data, sitemap.

mod calendars;
mod data;
mod feeds;
mod figures;
mod sitemap;

use std::collections::BTreeMap;

use super::studio::Studio;
use crate::area::AreaId;
use crate::artifact::{Artifact, Body};
use crate::check::Output;
use crate::config::Lang;
use crate::site::{Address, ArticleNo, PageKind, Site, Topic};

pub(super) use data::{data_files, figures_file, label, put_open_data};

/// A file in an area's folder.
pub(super) fn area_file(site: &Site, lang: &Lang, id: &AreaId, name: &str) -> Address {
    let page = site.address(&PageKind::Area(id.clone()), lang);
    Address::file(page.path().trim_matches('/'), name)
}

/// The calendar of all events in a language.
pub(super) fn events_file(site: &Site, lang: &Lang) -> Address {
    let home = site.address(&PageKind::Home, lang);
    Address::file(home.path().trim_matches('/'), "events.ics")
}

/// Puts out all of them but the open data.
pub(super) fn put(site: &Site, studios: &BTreeMap<&Lang, Studio<'_>>, output: &mut Output<'_>) {
    for studio in studios.values() {
        feeds::put(studio, output);
        calendars::put(studio, output);
    }
    sitemap::put(site, output);
}

fn put_file(output: &mut Output<'_>, address: &Address, bytes: Vec<u8>) {
    // Only a name that no file system takes has no path; its page was reported.
    if let Some(path) = address.output_path() {
        output.put_file(Artifact { path, body: Body::Bytes(bytes), origins: Vec::new() });
    }
}

/// The articles that name the area.
fn about_area(site: &Site, id: &AreaId, lang: &Lang) -> Vec<ArticleNo> {
    site.articles_about(&Topic::Area(id.clone()), lang).to_vec()
}
