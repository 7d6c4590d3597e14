//! Maps for paper: the sheet of an area with its legend and credit, on its page for printing and as a file.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Maps, whole_name};
use crate::area::AreaId;
use crate::render::map::{CREDIT_JOIN, Focus, Foot, Frame, Overview, Scene, draw_overview, draw_sheet};
use crate::render::studio::Studio;
use crate::render::studio::facility::anchor;
use crate::site::{FacilityNo, PageKind};
use crate::vocabulary::Marker;

/// A drawn sheet, whose marks lead to the entries of the list on the same page.
#[derive(Debug)]
pub(in crate::render) struct Sheet {
    /// One `<svg>` element, in millimetres.
    pub svg: String,
    /// Number and cell of each facility that is on it.
    pub on_map: BTreeMap<FacilityNo, (u32, String)>,
}

/// The sheets that stand both on a page for printing and in a file: A4, in the site's first language.
pub(super) type Kept<'a> = BTreeMap<&'a AreaId, OnceLock<Option<Arc<Sheet>>>>;

impl Maps<'_> {
    /// The sheet of an area for a page on A4; `None` where the area has no outline.
    pub(in crate::render) fn sheet(&self, studio: &Studio<'_>, id: &AreaId) -> Option<Arc<Sheet>> {
        let draw = || self.draw_sheet(studio, id, Frame::A4).map(Arc::new);
        let is_first = studio.lang == studio.config().default_language();
        match self.sheets.get(id).filter(|_| is_first) {
            Some(kept) => kept.get_or_init(draw).clone(),
            None => draw(),
        }
    }

    /// The sheet of an area as a file of its own: its marks lead to the facilities' pages, by their whole addresses.
    pub(in crate::render) fn sheet_file(&self, studio: &Studio<'_>, id: &AreaId, frame: Frame) -> Option<String> {
        let sheet = match frame == Frame::A4 {
            true => self.sheet(studio, id)?,
            false => Arc::new(self.draw_sheet(studio, id, frame)?),
        };
        let address =
            |no: FacilityNo| studio.site.address(&PageKind::Facility(no), studio.lang).absolute(studio.base());
        let numbers = sheet.on_map.keys();
        let pages = numbers.map(|&no| (anchor(&self.site.facility(no).facility), address(no))).collect();
        Some(led_to(&sheet.svg, &pages))
    }

    fn draw_sheet(&self, studio: &Studio<'_>, id: &AreaId, frame: Frame) -> Option<Sheet> {
        let (ground, words) = self.of(studio)?;
        let standing = self.site.facilities.standing.get(id).map_or(&[][..], Vec::as_slice);
        let (numbers, marks) = self.numbered(studio.lang, standing);
        let legend = self.kinds(studio, &numbers);
        let legend: Vec<(&Marker, &str)> = legend.iter().map(|(look, name)| (*look, name.as_str())).collect();
        let credit = credit(studio);
        let scene =
            Scene { prepared: ground, focus: Focus::Area(id.as_str()), marks: &marks, words, id_prefix: "map", frame };
        let drawing = draw_sheet(&scene, &Foot { legend: &legend, attribution: &credit })?;
        let cells = numbers.iter().zip(&marks).zip(&drawing.cells);
        let on_map = cells.filter_map(|((&no, mark), cell)| Some((no, (mark.number, cell.as_ref()?.to_string()))));
        Some(Sheet { on_map: on_map.collect(), svg: drawing.svg })
    }

    /// The map of all areas as a file.
    pub(in crate::render) fn overview_file(&self, studio: &Studio<'_>) -> Option<String> {
        let (ground, words) = self.of(studio)?;
        let overview =
            Overview { prepared: ground, name: whole_name(studio), words, id_prefix: "map", frame: Frame::A4 };
        let link = |path: &str| format!("href=\"{}{path}", studio.base().origin);
        draw_overview(&overview).map(|drawing| drawing.svg.replace("href=\"/", &link("/")))
    }

    /// Each category on the map once, in the order of the list.
    fn kinds(&self, studio: &Studio<'_>, numbers: &[FacilityNo]) -> Vec<(&Marker, String)> {
        let categories = self.categories(numbers);
        let known = categories.iter().filter_map(|id| self.site.public.vocabulary.category(id.as_str()));
        known.map(|category| (&category.marker, category.name.get(studio.lang.as_str()).to_owned())).collect()
    }
}

/// The drawing with the links to these anchors led elsewhere.
fn led_to(svg: &str, pages: &BTreeMap<String, String>) -> String {
    const LINK: &str = "href=\"#";
    let mut out = String::with_capacity(svg.len() * 2);
    let mut parts = svg.split(LINK);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let anchor = part.split('"').next().unwrap_or_default();
        match pages.get(anchor) {
            Some(page) => out.extend(["href=\"", page, part.get(anchor.len()..).unwrap_or_default()]),
            None => out.extend([LINK, part]),
        }
    }
    out
}

/// Source of the map's data, the site, and the licence.
fn credit(studio: &Studio<'_>) -> String {
    let config = studio.config();
    let source = config.map.attribution.as_ref().map_or("", |text| text.get(studio.lang));
    let parts = [source, config.title.get(studio.lang), config.licence.name.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(CREDIT_JOIN)
}
