//! Everything that is no page: feeds, calendars, open data, sitemap.

use std::collections::BTreeMap;

use super::studio::Studio;
use crate::area::AreaId;
use crate::check::Output;
use crate::config::Lang;
use crate::site::{Address, PageKind, Site};

/// A file of the open data, as its page lists it.
pub(super) struct OpenDataFile {
    /// Key of its name among the theme's strings.
    pub key: &'static str,
    pub format: &'static str,
    pub address: Address,
}

pub(super) fn data_files(_site: &Site) -> Vec<OpenDataFile> {
    Vec::new()
}

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

pub(super) fn put(_site: &Site, _studios: &BTreeMap<&Lang, Studio<'_>>, _output: &mut Output<'_>) {}
