//! Maps of the model: which things are drawn, with which numbers, under which words.

mod sheet;
mod spoken;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::map::{
    Drawing, Focus, Frame, Locators, MapWords, Mark, Outline, Overview, Prepared, Scene, Spot, draw, draw_overview,
    legend_symbol_svg, merged_symbol_svg,
};
use super::studio::Studio;
use super::studio::facility::{OnMap, anchor};
use super::view::{InsetView, LegendEntry, MapView};
use crate::area::AreaId;
use crate::config::Lang;
use crate::facility::Status;
use crate::geo::Position;
use crate::site::{Address, FacilityNo, PageKind, Site};
use crate::theme::Theme;
use crate::vocabulary::CategoryId;

pub(super) use sheet::Sheet;

/// What a single place's map shows around it.
const SPOT_RADIUS_M: f64 = 500.0;

/// A category with more facilities than this has no map of its own.
const CATEGORY_MARKS_MAX: usize = 200;

/// What all maps of a site share.
pub(super) struct Maps<'a> {
    site: &'a Site,
    /// The ground with the addresses of one language.
    grounds: BTreeMap<&'a Lang, Prepared>,
    words: BTreeMap<&'a Lang, MapWords>,
    locators: Option<Locators>,
    marks: BTreeMap<&'a CategoryId, String>,
    sheets: sheet::Kept<'a>,
}

/// A map and what its list needs of it.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub view: Option<MapView>,
    on_map: BTreeMap<FacilityNo, OnMap>,
}

impl Drawn {
    pub(super) fn on_map(&self, no: FacilityNo) -> OnMap {
        let off = || OnMap { off: self.view.is_some(), ..OnMap::default() };
        self.on_map.get(&no).cloned().unwrap_or_else(off)
    }
}

impl<'a> Maps<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let grounds: BTreeMap<&Lang, Prepared> =
            site.languages().iter().map(|lang| (lang, ground(site, lang))).collect();
        let words = site.languages().iter().map(|lang| (lang, map_words(lang))).collect();
        let marks = site.public.vocabulary.categories.iter();
        Self {
            site,
            locators: grounds
                .values()
                .next()
                .filter(|_| site.public.areas.have_shapes())
                .map(|ground| Locators::new(ground, Frame::SPOT, SPOT_RADIUS_M, &positions(site))),
            grounds,
            words,
            marks: marks.map(|category| (&category.id, legend_symbol_svg(&category.marker))).collect(),
            sheets: site.public.areas.iter().map(|area| (&area.id, OnceLock::new())).collect(),
        }
    }

    /// The same in the theme's words.
    pub(super) fn spoken(mut self, theme: &Theme) -> Self {
        let words = |lang: &Lang| spoken::spoken(&theme.words(lang.as_str()).value, map_words(lang));
        self.words = self.site.languages().iter().map(|lang| (lang, words(lang))).collect();
        self
    }

    /// The legend's mark of a category as inline SVG.
    pub(super) fn mark(&self, category: &CategoryId) -> String {
        self.marks.get(category).cloned().unwrap_or_default()
    }

    /// An area's number on the map of all areas.
    pub(super) fn area_number(&self, id: &AreaId) -> Option<u32> {
        let drawn = self.site.public.areas.iter().filter(|area| area.shape.is_some());
        let at = drawn.enumerate().find(|(_, area)| &area.id == id).map(|(at, _)| at)?;
        u32::try_from(at + 1).ok()
    }

    /// All areas, each a link.
    pub(super) fn overview(&self, studio: &Studio<'_>, prefix: &str) -> Option<MapView> {
        let (ground, words) = self.of(studio)?;
        let name = whole_name(studio);
        let drawing =
            draw_overview(&Overview { prepared: ground, name, words, id_prefix: prefix, frame: Frame::PHONE })?;
        Some(self.view(studio, drawing, studio.word("areas_map"), String::new(), Vec::new()))
    }

    /// An area with the facilities that stand in it, numbered as in the list.
    pub(super) fn area(&self, studio: &Studio<'_>, id: &AreaId, standing: &[FacilityNo]) -> Drawn {
        let title = studio.words().fill("area_map", &[("name", &studio.area_name(id))]);
        let mut drawn = self.marked(studio, (Focus::Area(id.as_str()), &title), standing);
        drawn.view = drawn.view.map(|view| MapView { svg_href: map_file(studio, id), ..view });
        drawn
    }

    /// All areas with the facilities of one category, numbered as in the list. More than a map can hold are found
    /// area by area.
    pub(super) fn category(&self, studio: &Studio<'_>, name: &str, listed: &[FacilityNo]) -> Drawn {
        if listed.len() > CATEGORY_MARKS_MAX {
            return Drawn::default();
        }
        let title = studio.words().fill("category_map", &[("name", name)]);
        self.marked(studio, (Focus::Everything(name), &title), listed)
    }

    fn marked(&self, studio: &Studio<'_>, (focus, title): (Focus<'_>, &str), listed: &[FacilityNo]) -> Drawn {
        let (numbers, marks) = self.numbered(studio.lang, listed);
        let Some((ground, words)) = self.of(studio) else { return Drawn::default() };
        let scene = Scene { prepared: ground, focus, marks: &marks, words, id_prefix: "map", frame: Frame::PHONE };
        let Some(drawing) = draw(&scene) else { return Drawn::default() };
        let on_map = numbers.iter().zip(&marks).zip(&drawing.cells);
        let on_map = on_map.filter_map(|((&no, mark), cell)| {
            cell.as_ref().map(|cell| (no, OnMap { number: Some(mark.number), cell: cell.to_string(), off: false }))
        });
        let on_map = on_map.collect();
        let summary = words.description(&drawing.facts);
        let mut legend = self.legend(studio, &numbers);
        if drawing.measures.merged > 0 {
            legend.push(LegendEntry {
                id: String::new(),
                mark_html: merged_symbol_svg(),
                label: words.merged_legend.clone(),
            });
        }
        Drawn { view: Some(self.view(studio, drawing, title.to_owned(), summary, legend)), on_map }
    }

    /// How good the map of an area is, on the screen and on paper, in the site's first language.
    pub(super) fn measures(&self, id: &AreaId) -> Vec<(Frame, Drawing)> {
        let Some((&lang, ground)) = self.site.languages().first().and_then(|lang| self.grounds.get_key_value(lang))
        else {
            return Vec::new();
        };
        let Some(words) = self.words.get(lang) else { return Vec::new() };
        let listed = self.site.facilities.standing.get(id).map_or(&[][..], Vec::as_slice);
        let (_, marks) = self.numbered(lang, listed);
        let drawn = |frame: Frame| {
            let focus = Focus::Area(id.as_str());
            let scene = Scene { prepared: ground, focus, marks: &marks, words, id_prefix: "map", frame };
            Some((frame, draw(&scene)?))
        };
        [Frame::PHONE, Frame::A4].into_iter().filter_map(drawn).collect()
    }

    /// Marks of those that get one, numbered in the order of the list.
    fn numbered(&self, lang: &Lang, listed: &[FacilityNo]) -> (Vec<FacilityNo>, Vec<Mark>) {
        let (mut numbers, mut marks) = (Vec::new(), Vec::new());
        for &no in listed {
            if let Some(mark) = self.facility_mark(lang, no, marks.len() + 1) {
                numbers.push(no);
                marks.push(mark);
            }
        }
        (numbers, marks)
    }

    /// The category of each facility once, in the order of the list.
    fn categories(&self, numbers: &[FacilityNo]) -> Vec<&CategoryId> {
        let mut seen: Vec<&CategoryId> = Vec::new();
        for &no in numbers {
            let category = &self.site.facility(no).facility.category;
            if !seen.contains(&category) {
                seen.push(category);
            }
        }
        seen
    }

    /// A mark for what is open and has a place. What is paused stays in the list only.
    fn facility_mark(&self, lang: &Lang, no: FacilityNo, number: usize) -> Option<Mark> {
        let facility = &self.site.facility(no).facility;
        let category = self.site.public.vocabulary.category(facility.category.as_str())?;
        if facility.status == Status::Paused {
            return None;
        }
        let number = u32::try_from(number).ok()?;
        Some(Mark {
            number,
            position: facility.position?,
            look: category.marker.clone(),
            label: format!("{number} {} {}", facility.name, category.name.get(lang.as_str())),
            href: format!("#{}", anchor(facility)),
            category: facility.category.to_string(),
        })
    }

    fn legend(&self, studio: &Studio<'_>, numbers: &[FacilityNo]) -> Vec<LegendEntry> {
        let entry = |category: &CategoryId| {
            let count = studio.category_count(category);
            LegendEntry { id: category.to_string(), mark_html: count.mark_html, label: count.label }
        };
        self.categories(numbers).into_iter().map(entry).collect()
    }

    /// An area without marks, for articles.
    pub(super) fn area_sketch(&self, studio: &Studio<'_>, id: &AreaId, prefix: &str) -> Option<MapView> {
        let (ground, words) = self.of(studio)?;
        let scene = Scene {
            prepared: ground,
            focus: Focus::Area(id.as_str()),
            marks: &[],
            words,
            id_prefix: prefix,
            frame: Frame::PHONE,
        };
        let drawing = draw(&scene)?;
        let title = studio.words().fill("area_map", &[("name", &studio.area_name(id))]);
        let tools = studio.config().map.tiles.is_some();
        Some(MapView { tools, ..self.view(studio, drawing, title, String::new(), Vec::new()) })
    }

    /// Where a facility is.
    pub(super) fn facility(&self, studio: &Studio<'_>, no: FacilityNo) -> Option<MapView> {
        let facility = &self.site.facility(no).facility;
        let category = self.site.public.vocabulary.category(facility.category.as_str())?;
        let spot = Spot {
            position: facility.position?,
            name: &facility.name,
            look: &category.marker,
            words: self.words.get(studio.lang)?,
            id_prefix: "map",
        };
        self.spot(studio, &spot)
    }

    /// Where something else is, an event: within the areas only, for the ground beyond is empty.
    pub(super) fn place(&self, studio: &Studio<'_>, position: Position, name: &str) -> Option<MapView> {
        let desk = self.site.public.vocabulary.category("desk")?;
        if self.site.public.areas.locate(position).is_empty() {
            return None;
        }
        let spot = Spot { position, name, look: &desk.marker, words: self.words.get(studio.lang)?, id_prefix: "map" };
        self.spot(studio, &spot)
    }

    fn spot(&self, studio: &Studio<'_>, spot: &Spot<'_>) -> Option<MapView> {
        let drawing = self.locators.as_ref()?.draw(spot)?;
        let title = studio.words().fill("facility_map", &[("name", spot.name)]);
        let tools = studio.config().map.tiles.is_some();
        Some(MapView { tools, ..self.view(studio, drawing, title, String::new(), Vec::new()) })
    }

    fn of(&self, studio: &Studio<'_>) -> Option<(&Prepared, &MapWords)> {
        self.grounds.get(studio.lang).zip(self.words.get(studio.lang))
    }

    fn view(
        &self,
        studio: &Studio<'_>,
        drawing: Drawing,
        title: String,
        summary: String,
        legend: Vec<LegendEntry>,
    ) -> MapView {
        let attribution = &studio.config().map.attribution;
        MapView {
            svg_html: drawing.svg,
            insets: drawing
                .insets
                .into_iter()
                .map(|inset| InsetView { title: inset.title, svg_html: inset.svg })
                .collect(),
            title,
            summary,
            legend,
            attribution: attribution.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned()),
            tools: true,
            svg_href: String::new(),
        }
    }
}

/// The address of an area's map as a file, which is in the site's first language only.
fn map_file(studio: &Studio<'_>, id: &AreaId) -> String {
    match studio.lang == studio.config().default_language() {
        true => map_address("areas", id.as_str()).href(studio.base()),
        false => String::new(),
    }
}

/// What the map of all areas shows: the municipality, or what the site calls itself.
fn whole_name<'s>(studio: &'s Studio<'_>) -> &'s str {
    let municipality = studio.config().municipalities.first();
    municipality.map_or_else(|| studio.config().title.get(studio.lang), |one| one.name.as_str())
}

/// Where the file of a map stands.
pub(super) fn map_address(folder: &str, name: &str) -> Address {
    Address::file(&format!("data/maps/{folder}"), &format!("{name}.svg"))
}

fn ground(site: &Site, lang: &Lang) -> Prepared {
    let areas: Vec<(&crate::area::Area, String)> = site
        .public
        .areas
        .iter()
        .filter(|area| area.shape.is_some())
        .map(|area| {
            let page = site.address(&PageKind::Area(area.id.clone()), lang);
            (area, page.href(&site.public.config.base_url))
        })
        .collect();
    let outlines = areas.iter().zip(1..).filter_map(|((area, href), number)| {
        let shape = area.shape.as_ref()?;
        Some(Outline { id: area.id.as_str(), name: area.name_in(lang.as_str()), number, href, shape })
    });
    let outlines: Vec<Outline<'_>> = outlines.collect();
    Prepared::new(&outlines, &site.public.layers).with_islands(positions(site).into_iter())
}

fn map_words(lang: &Lang) -> MapWords {
    if lang.is_japanese() { MapWords::japanese() } else { MapWords::english() }
}

/// Every place that gets a map of its own.
fn positions(site: &Site) -> Vec<Position> {
    let facilities = site.public.facilities.iter().filter_map(|public| public.facility.position);
    let events = site
        .public
        .articles
        .iter()
        .filter_map(|public| public.article.event.as_ref()?.position.as_ref().map(|position| position.value));
    facilities.chain(events).collect()
}
