//! One window drawn: the ground, names, marks, furniture.
//!
//! Names of stations, and of most landmarks, have their places before any mark does; what is moved makes way for
//! them. The rest of the names take what is left.

use std::rc::Rc;

use super::base::{Base, PlaceOnMap};
use super::frame::View;
use super::furniture::Furniture;
use super::grid::{self, Cell};
use super::label::{self, Labels, Obstacles};
use super::measure::Seen;
use super::place::{self, Effort, Ground, Merging, Setting};
use super::{Scene, inset, mark};
use crate::geo::{PlanePolygon, Point, Rect};
use crate::layer::PlaceKind;

/// What one window has to show.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) view: View,
    /// Numbers of the marks that stand in it, with their true places.
    pub(super) standing: Vec<(usize, Point)>,
    /// What is drawn larger elsewhere.
    pub(super) boxes: Vec<Rect>,
    /// What the whole map may still spend.
    pub(super) effort: Rc<Effort>,
}

impl Plan {
    /// True when the other window, whatever its number, shows the same part with the same marks.
    pub(super) fn shows_the_same(&self, other: &Self) -> bool {
        self.view.frames_the_same(&other.view) && self.standing == other.standing && self.boxes == other.boxes
    }
}

/// A window with all that stands in it.
pub(super) struct Laid<'a> {
    pub(super) base: Base<'a>,
    pub(super) places: Vec<PlaceOnMap>,
    pub(super) furniture: Furniture,
    pub(super) setting: Setting,
    pub(super) labels: Labels,
}

/// Sets marks and names in a window: names first; where that leaves the marks too little room, fewer of them.
pub(super) fn lay<'a>(scene: &Scene<'a>, plan: &Plan, focus: Option<usize>) -> Laid<'a> {
    let base = Base::new(scene.prepared, &plan.view, focus);
    let places = base.places(&plan.view);
    let positions: Vec<Point> = plan.standing.iter().map(|(_, truth)| *truth).collect();
    let furniture = furniture(plan, &positions, &places);
    let wanted = label::wanted(&places, &plan.boxes);
    let is_station = |at: &usize| places.get(*at).is_some_and(|place| place.kind == PlaceKind::Station);
    let stations = wanted.iter().copied().filter(is_station).collect();
    let mut choices: Vec<Vec<usize>> = vec![wanted, stations, Vec::new()];
    choices.dedup();
    let mut laid = Laid { base, places, furniture, setting: Setting::default(), labels: Labels::default() };
    let mut least = f64::INFINITY;
    for reserved in choices {
        let (setting, labels) = lay_with(scene, plan, (&laid, &reserved));
        let lack = lack(plan, &laid.places, (&setting, &labels));
        if lack < least {
            (least, laid.setting, laid.labels) = (lack, setting, labels);
        }
        if least <= 0.0 || plan.effort.is_spent() {
            break;
        }
    }
    laid
}

/// Marks and names, where the names of these places come before any mark.
fn lay_with(scene: &Scene<'_>, plan: &Plan, (laid, wanted): (&Laid<'_>, &[usize])) -> (Setting, Labels) {
    let (view, places) = (&plan.view, &laid.places);
    let positions: Vec<Point> = plan.standing.iter().map(|(_, truth)| *truth).collect();
    let mut taken: Vec<Rect> = laid.furniture.boxes().to_vec();
    taken.extend(&plan.boxes);
    let reserved = label::reserve(places, &positions, (view, &taken, wanted));
    taken.extend(reserved.iter().flat_map(|name| [name.frame, label::square(name.symbol)]));
    let surface = focus_surface(&laid.base);
    let shy = shy(places, &reserved);
    let (effort, merging) = (plan.effort.as_ref(), Merging::Allowed);
    let ground = Ground { view, effort, taken: &taken, shy: &shy, focus: &surface, merging };
    let setting = place::place(&plan.standing, scene.marks, &ground);
    let obstacles = Obstacles { view, furniture: &laid.furniture, setting: &setting, boxes: &plan.boxes };
    let labels = label::labels(&laid.base, places, reserved, &obstacles);
    (setting, labels)
}

/// What a window lacks: faults of its marks, and names that should be there.
fn lack(plan: &Plan, places: &[PlaceOnMap], (setting, labels): (&Setting, &Labels)) -> f64 {
    let wanted = label::wanted(places, &plan.boxes);
    let missing = |kind: PlaceKind, needed: &dyn Fn(usize) -> f64| {
        let is_kind = |at: &&usize| places.get(**at).is_some_and(|place| place.kind == kind);
        let whole = wanted.iter().filter(is_kind).count();
        let named = wanted.iter().filter(is_kind).filter(|at| labels.named.contains(at)).count();
        (needed(whole) - named as f64).max(0.0)
    };
    let stations = missing(PlaceKind::Station, &|whole| whole as f64 * 0.9);
    let landmarks = missing(PlaceKind::Landmark, &|whole| label::landmarks_needed(whole) as f64);
    setting.faults + 1.5 * stations + landmarks
}

/// Scale and north arrow where the fewest marks and stations are.
fn furniture(plan: &Plan, positions: &[Point], places: &[PlaceOnMap]) -> Furniture {
    let places = places.iter().filter(|place| place.is_inside).map(|place| place.point);
    let points: Vec<Point> = positions.iter().copied().chain(places).collect();
    Furniture::choose(&plan.view, &points, &plan.boxes)
}

/// The stations of a window whose names find no room, where so many are missing that a part of the map has to be drawn
/// larger for them.
pub(super) fn nameless(scene: &Scene<'_>, plan: &Plan, focus: Option<usize>) -> Vec<Point> {
    let view = &plan.view;
    let places = Base::new(scene.prepared, view, focus).places(view);
    let positions: Vec<Point> = plan.standing.iter().map(|(_, truth)| *truth).collect();
    let mut taken: Vec<Rect> = furniture(plan, &positions, &places).boxes().to_vec();
    taken.extend(&plan.boxes);
    let wanted = label::wanted(&places, &plan.boxes);
    let reserved = label::reserve(&places, &positions, (view, &taken, &wanted));
    let is_missing = |at: &usize| !reserved.iter().any(|name| name.place == *at);
    let is_station = |at: &usize| places.get(*at).is_some_and(|place| place.kind == PlaceKind::Station);
    let missing: Vec<Point> = wanted
        .iter()
        .filter(|at| is_station(at) && is_missing(at))
        .filter_map(|&at| places.get(at))
        .map(|place| place.point)
        .collect();
    let stations = wanted.iter().filter(|at| is_station(at)).count();
    if missing.len() * 10 > stations { missing } else { Vec::new() }
}

/// What a window could not do: places that should have names, and marks too far from theirs.
pub(super) fn trouble(plan: &Plan, laid: &Laid<'_>) -> (Vec<Point>, Vec<Point>) {
    let wanted = label::wanted(&laid.places, &plan.boxes);
    let nameless = wanted.into_iter().filter(|at| !laid.labels.named.contains(at));
    let nameless = nameless.filter_map(|at| laid.places.get(at)).map(|place| place.point).collect();
    let sizes = &plan.view.sizes;
    let far = laid.setting.groups.iter().filter(|group| {
        let shift = group.at.map(|at| group.shift(at));
        shift.is_some_and(|(mean, most)| most > sizes.shift_max || mean > 2.0 * sizes.shift_mean_max)
    });
    (nameless, far.flat_map(|group| &group.members).map(|member| member.truth).collect())
}

/// A box of more numbers than this takes the room of names.
const FULL_BOX_MIN: usize = 16;

/// The true places of the fullest box of numbers, where it takes the room of names.
pub(super) fn fullest(laid: &Laid<'_>) -> Vec<Point> {
    let fullest = laid.setting.groups.iter().max_by_key(|group| group.members.len());
    let full = fullest.filter(|group| group.members.len() >= FULL_BOX_MIN);
    full.map(|group| group.members.iter().map(|member| member.truth).collect()).unwrap_or_default()
}

/// Stations whose names have no place of their own.
fn shy(places: &[PlaceOnMap], reserved: &[label::Reserved]) -> Vec<Point> {
    let is_reserved = |at: usize| reserved.iter().any(|name| name.place == at);
    let others = places.iter().enumerate().filter(|(at, _)| !is_reserved(*at));
    others.map(|(_, place)| place.point).collect()
}

/// The polygons that the map is about; none where it is about everything.
pub(super) fn focus_surface(base: &Base<'_>) -> Vec<PlanePolygon> {
    let Some(focus) = base.focus else { return Vec::new() };
    let here = base.areas.iter().filter(|area| area.number == focus);
    here.flat_map(|area| area.polygons.clone()).collect()
}

/// How far the marks of a window would stand from their places without any merging, and how many found no room.
pub(super) fn crowding(scene: &Scene<'_>, plan: &Plan, focus: Option<usize>) -> (f64, usize) {
    let places = Base::new(scene.prepared, &plan.view, focus).places(&plan.view);
    let positions: Vec<Point> = plan.standing.iter().map(|(_, truth)| *truth).collect();
    let mut taken: Vec<Rect> = furniture(plan, &positions, &places).boxes().to_vec();
    taken.extend(&plan.boxes);
    let wanted = label::wanted(&places, &plan.boxes);
    let reserved = label::reserve(&places, &positions, (&plan.view, &taken, &wanted));
    taken.extend(reserved.iter().flat_map(|name| [name.frame, label::square(name.symbol)]));
    let (view, effort) = (&plan.view, plan.effort.as_ref());
    let ground = Ground { view, effort, taken: &taken, shy: &[], focus: &[], merging: Merging::Allowed };
    place::crowding(&plan.standing, scene.marks, &ground)
}

/// For each mark of the window, the cell in which it stands.
pub(super) fn cells(laid: &Laid<'_>, view: &View) -> Vec<(usize, Cell)> {
    let mut cells = Vec::new();
    for group in &laid.setting.groups {
        let Some(at) = group.at else { continue };
        let middles = group.cells(at);
        for (index, member) in group.members.iter().enumerate() {
            let middle = middles.get(index).copied().unwrap_or(at);
            cells.push((member.mark, grid::cell(view, middle)));
        }
    }
    cells
}

/// The window as a panel.
pub(super) fn write(scene: &Scene<'_>, plan: &Plan, laid: &Laid<'_>, cells: &[Option<Cell>]) -> String {
    let view = &plan.view;
    let mut out = String::with_capacity(16 * 1024);
    laid.base.write(&mut out);
    grid::write_lines(&mut out, view);
    inset::write(&mut out, &plan.boxes, scene.words);
    label::write(&mut out, view, &laid.places, &laid.labels);
    place::write_leaders(&mut out, &laid.setting, view);
    laid.furniture.write(&mut out, view, scene.words);
    grid::write_bands(&mut out, view);
    mark::write_all(&mut out, scene, &laid.setting, cells);
    out
}

/// What can be measured in the window.
pub(super) fn seen<'a>(plan: &'a Plan, laid: &'a Laid<'a>) -> Seen<'a> {
    Seen {
        view: &plan.view,
        setting: &laid.setting,
        labels: &laid.labels,
        places: &laid.places,
        furniture: laid.furniture.boxes(),
        boxes: &plan.boxes,
    }
}
