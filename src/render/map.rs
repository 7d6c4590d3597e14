//! Maps drawn at build time: one inline SVG, without script, font, tile or request; it works on paper too.
//!
//! In: outlines and layers, prepared once for the whole site; then for each map what it is about, the marks
//! to set, and the words of its language. Out: the SVG, and for each mark the cell of the grid in which it
//! was *drawn*, for the list beside the map. Knows no site model; what is on the map is the caller's choice.
//!
//! The rooms: `prepared` (metres), `frame` (what is seen, and pixels), `base` (everything under the marks),
//! `inset` (what is drawn larger), `place` (where marks go), `mark` (how they look), `label` (names), `grid`,
//! `furniture` (scale, north), `panel` (one window with all of these), `measure` (how good it is),
//! `locator` (thousands of small maps of single places), `sheet` (panels as elements), `words`, `svg` (characters).

mod base;
mod frame;
mod furniture;
mod grid;
mod inset;
mod label;
mod locator;
mod mark;
mod measure;
mod overview;
mod panel;
mod place;
mod prepared;
mod sheet;
mod svg;
mod words;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::geo::{MultiPolygon, Point, Position, Rect};
use crate::vocabulary;

use frame::View;
use panel::{Laid, Plan};
use place::Effort;
use sheet::Panel;
use svg::escaped;

pub use frame::{Frame, Medium};
pub use grid::Cell;
pub use locator::{Locators, Spot};
pub use mark::{legend_symbol_svg, merged_symbol_svg};
pub use measure::{Measures, Missed, Share};
pub use overview::{Overview, draw_overview};
pub use prepared::Prepared;
pub use sheet::{CREDIT_JOIN, Foot};
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
    /// How good it is.
    pub measures: Measures,
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

/// Marks that cover more of a map than this have a part of it drawn larger.
const INK_MAX: f64 = 0.25;

/// Draws a map with marks; `None` where its focus has no outline.
#[must_use]
pub fn draw(scene: &Scene<'_>) -> Option<Drawing> {
    let drawn = draw_panels(scene)?;
    let mut panels = drawn.panels.iter();
    let svg = panels.next().map(Panel::element).unwrap_or_default();
    let insets = panels.map(|panel| Inset { title: panel.title.clone(), svg: panel.element() }).collect();
    Some(Drawing { svg, insets, cells: drawn.cells, facts: drawn.facts, measures: drawn.measures })
}

/// Draws a map with its enlarged parts, legend and attribution as one element, for paper and for files.
#[must_use]
pub fn draw_sheet(scene: &Scene<'_>, foot: &Foot<'_>) -> Option<Drawing> {
    let drawn = draw_panels(scene)?;
    let svg = sheet::sheet(&drawn.panels, foot);
    Some(Drawing { svg, insets: Vec::new(), cells: drawn.cells, facts: drawn.facts, measures: drawn.measures })
}

struct Drawn {
    panels: Vec<Panel>,
    cells: Vec<Option<Cell>>,
    facts: Facts,
    measures: Measures,
}

fn draw_panels(scene: &Scene<'_>) -> Option<Drawn> {
    let prepared = scene.prepared;
    let (focus, frame, name) = match scene.focus {
        Focus::Area(id) => {
            let number = prepared.number_of(id)?;
            let area = prepared.areas.get(number)?;
            (Some(number), area.frame, area.name.as_str())
        }
        Focus::Everything(name) => (None, prepared.frame()?, name),
    };
    let view = View::around(prepared, frame, &scene.frame);
    let truths: Vec<Option<Point>> = scene.marks.iter().map(|mark| view.place(mark.position)).collect();
    let facts = facts(&truths, &view);
    let Layout { plans, laid, measures } = layout(scene, view, (&truths, focus));
    let mut cells: Vec<Option<Cell>> = vec![None; scene.marks.len()];
    for (plan, laid) in plans.iter().zip(&laid) {
        for (mark, cell) in panel::cells(laid, &plan.view) {
            if let Some(slot) = cells.get_mut(mark) {
                *slot = Some(cell);
            }
        }
    }
    let drawn = scene.marks.iter().zip(&cells).filter(|(_, cell)| cell.is_some()).map(|(mark, _)| mark);
    let looks = drawn.map(|mark| (mark.category.as_str(), &mark.look));
    let measures = Measures { forms: measure::forms(looks), ..measures };
    let title = words::filled(&scene.words.area_title, "name", name);
    let panels = plans.iter().zip(&laid).map(|(plan, laid)| {
        let (id, heading, text) = headings(scene, plan, (&title, &facts));
        let content = headed(&id, &heading, &text) + &panel::write(scene, plan, laid, &cells);
        let title = if plan.view.panel > 0 { scene.words.inset_name(plan.view.panel) } else { String::new() };
        Panel { view: plan.view, title, id, content }
    });
    Some(Drawn { panels: panels.collect(), cells, facts, measures })
}

/// A map with its enlarged parts, where everything has its place.
struct Layout<'a> {
    plans: Vec<Plan>,
    laid: Vec<Rc<Laid<'a>>>,
    measures: Measures,
}

impl<'a> Layout<'a> {
    /// The same window, where this map has it.
    fn laid_like(&self, plan: &Plan) -> Option<Rc<Laid<'a>>> {
        let same = self.plans.iter().zip(&self.laid).find(|(known, _)| known.shows_the_same(plan));
        same.map(|(_, laid)| Rc::clone(laid))
    }
}

/// Layouts with what each lacks.
type Tried<'a> = Vec<(f64, Layout<'a>)>;

/// So many enlarged parts more than usual a map may have where it misses what it must reach without them.
const MORE_INSETS: usize = 3;
/// Parts around single names that are tried.
const SINGLES_MAX: usize = 2;
/// A map of more marks than this has the usual layout: no other would make it clear.
const EASED_MARKS_MAX: usize = 500;
/// Layouts that are tried of a crowd.
const TRIES_OF_CROWD: usize = 3;
/// Layouts that are tried.
const TRIES_MAX: usize = 10;
/// So many are tried where the best of those misses a name or two.
const TRIES_NEAR_MAX: usize = 36;
/// A map that lacks less than this misses a name or two.
const NEAR: f64 = 1.5;

/// The usual layout; where that misses something, a better one with parts more drawn larger around what it misses. Of
/// all that were tried, the one that misses least is eased next.
fn layout<'a>(scene: &Scene<'a>, view: View, (truths, focus): (&[Option<Point>], Option<usize>)) -> Layout<'a> {
    let effort = Rc::new(Effort::of(scene.marks.len()));
    let usual = plan(scene, (view, &effort), (truths, focus, Vec::new()), 0);
    let mut tried: Tried<'_> = vec![laid_out(scene, usual, focus, &[])];
    let mut eased: BTreeSet<usize> = BTreeSet::new();
    let least = |tried: &Tried<'_>, without: &BTreeSet<usize>| {
        let open = tried.iter().enumerate().filter(|(at, _)| !without.contains(at));
        open.min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0)).map(|(at, (lack, _))| (at, *lack))
    };
    let plans_max = view.sizes.insets_max + MORE_INSETS + 1;
    let is_crowd = scene.marks.len() > view.sizes.searched_marks_max;
    'all: while let Some((at, lack)) = least(&tried, &eased) {
        let can_be_eased = lack > 0.0 && !effort.is_spent() && scene.marks.len() <= EASED_MARKS_MAX;
        let Some((_, layout)) = tried.get(at).filter(|_| can_be_eased) else { break };
        let mut attempts = easier(layout, &view);
        if eased.is_empty() {
            // Most often, what is too full with the usual parts is not with the next one.
            attempts.insert(0, Attempt::Usual { parts: Vec::new(), more: 1 });
        }
        eased.insert(at);
        for attempt in attempts {
            let plans = match attempt {
                Attempt::Divided { plans, part } => divided(scene, plans, part),
                Attempt::Usual { parts, more } => plan(scene, (view, &effort), (truths, focus, parts), more),
            };
            let parts = |plans: &[Plan]| plans.first().map(|main| main.boxes.clone());
            let is_known = tried.iter().any(|(_, known)| parts(&known.plans) == parts(&plans));
            if is_known || plans.len() > plans_max {
                continue;
            }
            let next = laid_out(scene, plans, focus, &tried);
            tried.push(next);
            let is_near = || tried.iter().any(|(lack, _)| *lack < NEAR);
            if effort.is_spent()
                || tried.len() > TRIES_NEAR_MAX
                || (is_crowd && tried.len() > TRIES_OF_CROWD)
                || (tried.len() > TRIES_MAX && !is_near())
                || tried.last().is_some_and(|(lack, _)| *lack <= 0.0)
            {
                break 'all;
            }
        }
    }
    let best = least(&tried, &BTreeSet::new()).map_or(0, |(at, _)| at);
    tried.swap_remove(best).1
}

/// A layout to be tried.
enum Attempt {
    /// These windows, with this part drawn larger too.
    Divided { plans: Vec<Plan>, part: Rect },
    /// The usual windows with these parts, and so many parts more than usual.
    Usual { parts: Vec<Rect>, more: usize },
}

/// The windows of a layout with one part more that eases what it misses, and the usual windows with that part.
fn easier(layout: &Layout<'_>, view: &View) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for part in parts_for_trouble(layout, view) {
        if layout.plans.iter().all(|plan| plan.boxes.iter().all(|taken| !taken.overlaps(&part))) {
            attempts.push(Attempt::Divided { plans: layout.plans.clone(), part });
        }
        attempts.push(Attempt::Usual { parts: vec![part], more: 0 });
    }
    attempts
}

/// Parts that would ease what is missed, each a try: around the fullest box of numbers, around most of what is missed,
/// around the names, around one name each; and instead of a large part that misses something itself, a smaller one.
fn parts_for_trouble(layout: &Layout<'_>, view: &View) -> Vec<Rect> {
    let mut parts: Vec<Rect> = Vec::new();
    for (plan, laid) in layout.plans.iter().zip(&layout.laid) {
        let is_main = plan.view.panel == 0;
        let (mut nameless, mut far) = panel::trouble(plan, laid);
        for point in nameless.iter_mut().chain(&mut far) {
            *point = view.point(plan.view.position(*point));
        }
        let all: Vec<Point> = nameless.iter().chain(&far).copied().collect();
        let crowd = if is_main { panel::fullest(laid) } else { Vec::new() };
        let singles = nameless.iter().chain(far.first()).take(SINGLES_MAX).map(std::slice::from_ref);
        let taken = if is_main { plan.boxes.as_slice() } else { &[] };
        // A part of a part has to be smaller than it.
        let widest =
            if is_main { f64::INFINITY } else { 0.7 * view.map.width() * view.px_per_m() / plan.view.px_per_m() };
        for points in [crowd.as_slice(), &all, &nameless, &far].into_iter().chain(singles) {
            let found = inset::choose_for_names(points, view, taken, (view.inset_aspect(), widest));
            parts.extend(found.filter(|found| !parts.contains(found)));
        }
    }
    parts
}

/// Sets all marks and names of these windows, and says how far the map is from what it must reach. Most layouts differ
/// in a window or two from one that was tried before: the others are taken from it.
fn laid_out<'a>(
    scene: &Scene<'a>,
    plans: Vec<Plan>,
    focus: Option<usize>,
    tried: &[(f64, Layout<'a>)],
) -> (f64, Layout<'a>) {
    let known = |plan: &Plan| tried.iter().find_map(|(_, layout)| layout.laid_like(plan));
    let lay = |plan: &Plan| known(plan).unwrap_or_else(|| Rc::new(panel::lay(scene, plan, focus)));
    let laid: Vec<Rc<Laid<'a>>> = plans.iter().map(lay).collect();
    let seen: Vec<measure::Seen<'_>> = plans.iter().zip(&laid).map(|(plan, laid)| panel::seen(plan, laid)).collect();
    let measures = measure::measure(&seen);
    let lack = measures.lack(&scene.frame);
    (lack, Layout { plans, laid, measures })
}

/// The whole map, and the parts of it that are drawn larger: these, and others because too many marks or stations are
/// there, so many more than usual.
fn plan(
    scene: &Scene<'_>,
    (view, effort): (View, &Rc<Effort>),
    (truths, focus, parts): (&[Option<Point>], Option<usize>, Vec<Rect>),
    more: usize,
) -> Vec<Plan> {
    let standing = truths.iter().enumerate().filter_map(|(at, truth)| truth.map(|truth| (at, truth))).collect();
    let mut plans = vec![Plan { view, standing, boxes: Vec::new(), effort: Rc::clone(effort) }];
    let insets_max = view.sizes.insets_max + parts.len() + more;
    for part in parts {
        plans = divided(scene, plans, part);
    }
    while plans.len() <= insets_max {
        let Some(main) = plans.first() else { break };
        let Some(found) = crowded_part(scene, main, focus).or_else(|| nameless_part(scene, main, focus)) else {
            break;
        };
        plans = divided(scene, plans, found);
    }
    plans
}

/// Draws a part of the first window larger, as the last one.
fn divided(scene: &Scene<'_>, mut plans: Vec<Plan>, part: Rect) -> Vec<Plan> {
    let panel = plans.len() as u32;
    let Some(main) = plans.first_mut() else { return plans };
    let (inside, outside): (Vec<_>, Vec<_>) = main.standing.iter().partition(|(_, truth)| part.contains(*truth));
    let inset = main.view.enlarged(&part, panel);
    let here = |(at, _): (usize, Point)| Some((at, inset.point(scene.marks.get(at)?.position)));
    main.standing = outside;
    main.boxes.push(part);
    let (standing, effort) = (inside.into_iter().filter_map(here).collect(), Rc::clone(&main.effort));
    plans.push(Plan { view: inset, standing, boxes: Vec::new(), effort });
    plans
}

/// The part in which too many marks stand.
fn crowded_part(scene: &Scene<'_>, main: &Plan, focus: Option<usize>) -> Option<Rect> {
    if main.standing.len() <= 3 {
        return None;
    }
    let groups = place::buildings(&main.standing, scene.marks, &main.view);
    // What covers too much of the map is crowded, wherever it could be set.
    if place::ink(&groups, &main.view) <= INK_MAX {
        let (shift, homeless) = panel::crowding(scene, main, focus);
        if shift <= main.view.sizes.shift_mean_max && homeless == 0 {
            return None;
        }
    }
    inset::choose(&groups, &main.view, &main.boxes, main.view.inset_aspect())
}

/// The part in which too many stations and landmarks are.
fn nameless_part(scene: &Scene<'_>, main: &Plan, focus: Option<usize>) -> Option<Rect> {
    let nameless = panel::nameless(scene, main, focus);
    inset::choose_for_names(&nameless, &main.view, &main.boxes, (main.view.inset_aspect(), f64::INFINITY))
}

/// Prefix, title and description of a panel.
fn headings(scene: &Scene<'_>, plan: &Plan, (title, facts): (&str, &Facts)) -> (String, String, String) {
    if plan.view.panel == 0 {
        return (scene.id_prefix.to_owned(), title.to_owned(), scene.words.description(facts));
    }
    let inset = scene.words.inset_name(plan.view.panel);
    let title = words::filled(&words::filled(&scene.words.inset_title, "name", title), "inset", &inset);
    let count = words::filled(&scene.words.count, "count", &plan.standing.len().to_string());
    (format!("{}-inset-{}", scene.id_prefix, plan.view.panel), title, count)
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
