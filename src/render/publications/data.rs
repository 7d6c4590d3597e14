//! Open data: the public lists and areas as files.

use std::collections::BTreeMap;

use crate::check::Output;
use crate::config::Lang;
use crate::render::studio::Studio;
use crate::site::{Address, Site};

/// A file of the open data, as its page lists it.
pub(in crate::render) struct OpenDataFile {
    /// Key of its name among the theme's strings.
    pub key: &'static str,
    pub format: &'static str,
    pub address: Address,
}

pub(in crate::render) fn data_files(_site: &Site) -> Vec<OpenDataFile> {
    Vec::new()
}

pub(super) fn put(_site: &Site, _studios: &BTreeMap<&Lang, Studio<'_>>, _output: &mut Output<'_>) {}
