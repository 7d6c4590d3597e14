//! Maps drawn at build time: one inline SVG, without script, font, tile or request; it works on paper too.
//!
//! In: outlines and layers, prepared once for the whole site; then for each map what it is about, the marks
//! to set, and the words of its language. Out: the SVG, and for each mark the cell of the grid in which it
//! was *drawn*, for the list beside the map. Knows no site model; what is on the map is the caller's choice.
//!
//! The rooms: `prepared` (metres), `frame` (what is seen, and pixels), `base` (everything under the marks),
//! `place` (where marks go), `mark` (how they look), `label` (names), `grid`, `furniture` (scale, north),
//! `locator` (thousands of small maps of single places), `sheet` (panels as elements), `words`, `svg` (characters).

mod base;
mod frame;
mod furniture;
mod grid;
mod label;
mod locator;
mod mark;
mod overview;
mod place;
mod prepared;
mod sheet;
mod svg;
mod words;

use crate::geo::{MultiPolygon, Point, Position};
use crate::vocabulary;

use frame::View;
use sheet::Panel;
use svg::escaped;

pub use frame::{Frame, Medium};
pub use grid::Cell;
pub use locator::{Locators, Spot};
pub use mark::legend_symbol_svg;
pub use overview::{Overview, draw_overview};
pub use prepared::Prepared;
pub use sheet::Foot;
pub use words::MapWords;

/// An area as maps see it.
#[derive(Clone, Copy, Debug)]
pub struct Outline<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its number on the map of all areas.
    pub number: u32,
    /// Its page.
    pub href: &'a str,
    /// Its polygons.
    pub shape: &'a MultiPolygon,
}

/// Something to be marked, in the order of the list beside the map.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Its number in the list.
    pub number: u32,
    /// Where it is.
    pub position: Position,
    /// The form and colour of its category.
    pub look: vocabulary::Marker,
    /// What a screen reader says of it: number, name, category. The cell is added.
    pub label: String,
    /// Where it leads: its entry in the list.
    pub href: String,
    /// Identifier of its category, for filters.
    pub category: String,
}

/// What a map is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus<'a> {
    /// The area with this identifier.
    Area(&'a str),
    /// All areas, under the municipality's name, or the site's.
    Everything(&'a str),
}

/// One map with marks.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The prepared base.
    pub prepared: &'a Prepared,
    /// What the map is about.
    pub focus: Focus<'a>,
    /// What is marked.
    pub marks: &'a [Mark],
    /// The words of the page's language.
    pub words: &'a MapWords,
    /// Begins every `id` in the SVG: two maps on a page must differ in it.
    pub id_prefix: &'a str,
    /// How large it may be.
    pub frame: Frame,
}

/// A drawn map.
///
/// For scripts and style sheets: the `<svg>` has `data-proj` (longitude and latitude of its left upper corner, pixels
/// of a degree to the east and to the south) and `data-ground` (left, top, width and height of the part that shows
/// the ground). What lies under everything is in `<g class="ground">`. Each mark is an `<a>` in `<g class="marks">`
/// whose `id` is the prefix, `-` and its number, with the numbers that it stands for in `data-n` and their categories
/// in `data-category`, both separated by blanks.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Drawing {
    /// The `<svg>` element.
    pub svg: String,
    /// Its enlarged parts, each an `<svg>` element of its own, to stand below it.
    pub insets: Vec<Inset>,
    /// For each mark, in order, the cell in which it stands; none for a mark outside the frame.
    pub cells: Vec<Option<Cell>>,
    /// What the description says, for a paragraph beside the map.
    pub facts: Facts,
}

/// An enlarged part of a map, with a grid of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Inset {
    /// What it is called: 拡大図1.
    pub title: String,
    /// The `<svg>` element.
    pub svg: String,
}

/// What can be counted on a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Marks that are drawn.
    pub shown: usize,
    /// Marks outside the frame.
    pub outside: usize,
    /// How many lie in the north-west, north-east, south-west and south-east of the frame.
    pub quadrants: [usize; 4],
}

impl Facts {
    /// The quadrant in which more than half of at least four marks lie, with their number.
    #[must_use]
    pub fn densest(&self) -> Option<(usize, usize)> {
        let (at, &count) = self.quadrants.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
        (self.shown >= 4 && count * 2 > self.shown).then_some((at, count))
    }
}

/// Draws a map with marks; `None` where its focus has no outline.
#[must_use]
pub fn draw(scene: &Scene<'_>) -> Option<Drawing> {
    let drawn = draw_panels(scene)?;
    let mut panels = drawn.panels.iter();
    let svg = panels.next().map(Panel::element).unwrap_or_default();
    let insets = panels.map(|panel| Inset { title: panel.title.clone(), svg: panel.element() }).collect();
    Some(Drawing { svg, insets, cells: drawn.cells, facts: drawn.facts })
}

/// Draws a map with its enlarged parts, legend and attribution as one element, for paper and for files.
#[must_use]
pub fn draw_sheet(scene: &Scene<'_>, foot: &Foot<'_>) -> Option<Drawing> {
    let drawn = draw_panels(scene)?;
    let svg = sheet::sheet(&drawn.panels, foot);
    Some(Drawing { svg, insets: Vec::new(), cells: drawn.cells, facts: drawn.facts })
}

struct Drawn {
    panels: Vec<Panel>,
    cells: Vec<Option<Cell>>,
    facts: Facts,
}

fn draw_panels(scene: &Scene<'_>) -> Option<Drawn> {
    let prepared = scene.prepared;
    let (number, frame, name) = match scene.focus {
        Focus::Area(id) => {
            let number = prepared.number_of(id)?;
            let area = prepared.areas.get(number)?;
            (Some(number), area.frame, area.name.as_str())
        }
        Focus::Everything(name) => (None, prepared.frame()?, name),
    };
    let view = View::around(prepared, frame, &scene.frame);
    let base = base::Base::new(prepared, &view, number);
    let truths: Vec<Option<Point>> = scene.marks.iter().map(|mark| view.place(mark.position)).collect();
    let facts = facts(&truths, &view);
    let furniture = furniture::Furniture::choose(&view, &truths);
    let stations = base.places(&view);
    let ground = place::Ground { view: &view, furniture: &furniture, stations: &stations };
    let placed = place::place(&truths, scene.marks, &ground);
    let labels =
        label::labels(&base, &stations, &label::Obstacles { view: &view, furniture: &furniture, placed: &placed });

    let title = words::filled(&scene.words.area_title, "name", name);
    let mut out = headed(scene.id_prefix, &title, &scene.words.description(&facts));
    base.write(&mut out);
    grid::write_lines(&mut out, &view);
    label::write(&mut out, &view, &stations, &labels);
    place::write_leaders(&mut out, &placed);
    furniture.write(&mut out, &view, scene.words);
    grid::write_bands(&mut out, &view);
    let cell = |placed: &Option<place::Placed>| placed.map(|placed| grid::cell(&view, placed.drawn));
    let cells: Vec<Option<Cell>> = placed.iter().map(cell).collect();
    mark::write_all(&mut out, scene, &placed, &cells);
    let panel = Panel { view, title: String::new(), id: scene.id_prefix.to_owned(), content: out };
    Some(Drawn { panels: vec![panel], cells, facts })
}

fn facts(truths: &[Option<Point>], view: &View) -> Facts {
    let mut facts = Facts::default();
    let (middle_x, middle_y) = view.middle();
    for truth in truths {
        let Some(point) = truth else {
            facts.outside += 1;
            continue;
        };
        facts.shown += 1;
        let at = usize::from(point.y >= middle_y) * 2 + usize::from(point.x >= middle_x);
        if let Some(count) = facts.quadrants.get_mut(at) {
            *count += 1;
        }
    }
    facts
}

/// Title and description.
fn headed(id_prefix: &str, title: &str, description: &str) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let id = escaped(id_prefix);
    out.push_str(&format!(
        "<title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escaped(title),
        escaped(description)
    ));
    out
}
