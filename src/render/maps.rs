//! Maps of the model: which things are drawn, with which numbers, under which words.

use std::collections::BTreeMap;

use super::studio::Studio;
use super::studio::facility::OnMap;
use super::view::MapView;
use crate::area::AreaId;
use crate::site::{FacilityNo, Site};
use crate::vocabulary::CategoryId;

/// What all maps of a site share.
pub(super) struct Maps<'a> {
    site: &'a Site,
}

/// A map and what its list needs of it.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub view: Option<MapView>,
    on_map: BTreeMap<FacilityNo, OnMap>,
}

impl Drawn {
    pub(super) fn on_map(&self, no: FacilityNo) -> OnMap {
        self.on_map.get(&no).cloned().unwrap_or_default()
    }
}

impl<'a> Maps<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        Self { site }
    }

    /// The legend's mark of a category as inline SVG.
    pub(super) fn mark(&self, _category: &CategoryId) -> String {
        String::new()
    }

    /// An area's number on the map of all areas.
    pub(super) fn area_number(&self, id: &AreaId) -> Option<u32> {
        let area = self.site.public.areas.get(id)?;
        area.shape.as_ref()?;
        self.site.public.areas.order(id).and_then(|order| u32::try_from(order + 1).ok())
    }

    pub(super) fn overview(&self, _studio: &Studio<'_>, _prefix: &str) -> Option<MapView> {
        None
    }

    pub(super) fn area(&self, _studio: &Studio<'_>, _id: &AreaId, _standing: &[FacilityNo]) -> Drawn {
        Drawn::default()
    }

    pub(super) fn area_sketch(&self, _studio: &Studio<'_>, _id: &AreaId, _prefix: &str) -> Option<MapView> {
        None
    }

    pub(super) fn category(&self, _studio: &Studio<'_>, _id: &CategoryId, _ordered: &[FacilityNo]) -> Drawn {
        Drawn::default()
    }

    pub(super) fn facility(&self, _studio: &Studio<'_>, _no: FacilityNo) -> Option<MapView> {
        None
    }

    pub(super) fn place(&self, _studio: &Studio<'_>, _lat: f64, _lon: f64, _name: Option<&str>) -> Option<MapView> {
        None
    }
}
