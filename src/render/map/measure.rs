//! How good a map is, counted from what was set: the measures of a map's report.
//!
//! In: windows with marks and names where they stand. Out: numbers, and which of them miss what they must reach.
//! Counts what is drawn, not what was meant: it shares no code with the setting of marks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::base::PlaceOnMap;
use super::frame::{Frame, View};
use super::grid;
use super::label::Labels;
use super::place::{Form, Group, Leader, Setting, crosses, leaders};
use crate::geo::{Point, Rect};
use crate::layer::PlaceKind;

/// One window as it is measured.
pub(super) struct Seen<'a> {
    pub(super) view: &'a View,
    pub(super) setting: &'a Setting,
    pub(super) labels: &'a Labels,
    pub(super) places: &'a [PlaceOnMap],
    pub(super) furniture: [Rect; 2],
    pub(super) boxes: &'a [Rect],
}

/// Some of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// How many are.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    /// As a number from zero to one; one of nothing.
    #[must_use]
    pub fn value(self) -> f64 {
        if self.whole == 0 { 1.0 } else { self.part as f64 / self.whole as f64 }
    }
}

/// What was counted on a map with its enlarged parts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measures {
    /// Marks on the map.
    pub marks: usize,
    /// Those among them that share a box of numbers.
    pub merged: usize,
    /// Enlarged parts.
    pub insets: usize,
    /// Pairs of marks, names and furniture that cover each other, and what reaches out of the frame.
    pub overlaps: usize,
    /// Pairs of leader lines that cross.
    pub crossings: usize,
    /// Mean distance of marks from their places, in radii.
    pub shift_mean: f64,
    /// Greatest distance, in radii.
    pub shift_max: f64,
    /// Least distance between the centres of marks, in pixels of the drawing.
    pub gap_min: f64,
    /// Marks with at least 32 px for a finger.
    pub wide_targets: Share,
    /// Stations inside the area that have their names.
    pub stations: Share,
    /// Landmarks inside the area that have their names.
    pub landmarks: Share,
    /// Marks that stand in the cell of their true place.
    pub same_cell: Share,
    /// Kinds of marks on the map that have a form of their own.
    pub forms: Share,
}

/// Something that a map must reach and does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Missed {
    /// Something covers something, or lines cross.
    Overlap,
    /// Marks stand too far from their places.
    Shift,
    /// Stations or landmarks without names.
    Names,
    /// Two kinds of marks with one form.
    Forms,
}

impl Measures {
    /// What misses its least value on this medium.
    #[must_use]
    pub fn missed(&self, frame: &Frame) -> Vec<Missed> {
        let sizes = frame.sizes();
        let has_missed = [
            (Missed::Overlap, self.overlaps + self.crossings > 0 || self.gap_min < sizes.gap - 1e-6),
            (Missed::Shift, self.shift_mean > sizes.shift_mean_max + 1e-9 || self.shift_max > sizes.shift_max + 1e-9),
            (Missed::Names, self.stations.value() < 0.9 || self.landmarks.value() < 0.6),
            (Missed::Forms, self.forms.part < self.forms.whole),
        ];
        has_missed.into_iter().filter(|(_, is_missed)| *is_missed).map(|(missed, _)| missed).collect()
    }
}

impl Measures {
    /// How far the map is from what it must reach; nothing where it reaches all.
    pub(super) fn lack(&self, frame: &Frame) -> f64 {
        let sizes = frame.sizes();
        let over = |value: f64, most: f64| (value - most - 1e-9).max(0.0);
        let missing = |share: Share, least: f64| (least * share.whole as f64 - share.part as f64).max(0.0);
        20.0 * (self.overlaps + self.crossings) as f64
            + 20.0 * over(sizes.gap - 1e-6, self.gap_min)
            + 10.0 * over(self.shift_mean, sizes.shift_mean_max)
            + 2.0 * over(self.shift_max, sizes.shift_max)
            + missing(self.stations, 0.9)
            + missing(self.landmarks, 0.6)
    }
}

/// Counts all windows of one map together.
pub(super) fn measure(windows: &[Seen<'_>]) -> Measures {
    let mut measures =
        Measures { gap_min: f64::INFINITY, insets: windows.len().saturating_sub(1), ..Measures::default() };
    let mut sum = 0.0;
    let mut names: BTreeMap<(PlaceKind, &str), bool> = BTreeMap::new();
    for seen in windows {
        sum += marks(seen, &mut measures);
        measures.overlaps += overlaps(seen);
        measures.crossings += crossings(seen);
        for (at, place) in seen.places.iter().enumerate().filter(|(_, place)| place.is_inside) {
            *names.entry((place.kind, place.name.as_str())).or_default() |= seen.labels.named.contains(&at);
        }
    }
    measures.shift_mean = if measures.marks == 0 { 0.0 } else { sum / measures.marks as f64 };
    for ((kind, _), is_named) in names {
        let share = if kind == PlaceKind::Station { &mut measures.stations } else { &mut measures.landmarks };
        share.whole += 1;
        share.part += usize::from(is_named);
    }
    measures
}

/// Adds one window's marks; returns the sum of their shifts.
fn marks(seen: &Seen<'_>, measures: &mut Measures) -> f64 {
    let radius = seen.view.sizes.radius;
    let mut sum = 0.0;
    for group in &seen.setting.groups {
        let Some(at) = group.at else { continue };
        let middles = group.cells(at);
        measures.marks += group.members.len();
        measures.merged += if matches!(group.form, Form::Box { .. }) { group.members.len() } else { 0 };
        for (index, member) in group.members.iter().enumerate() {
            let shift = group.nearest(at, member.truth).distance(member.truth) / radius;
            sum += shift;
            measures.shift_max = measures.shift_max.max(shift);
            let drawn = middles.get(index).copied().unwrap_or(at);
            let is_same = grid::cell(seen.view, drawn) == grid::cell(seen.view, member.truth);
            measures.same_cell.whole += 1;
            measures.same_cell.part += usize::from(is_same);
        }
    }
    let symbols = symbols(&seen.setting.groups, radius);
    for (at, (middle, _)) in symbols.iter().enumerate() {
        let others = symbols.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (other, _))| other);
        let nearest = others.map(|other| other.distance(*middle)).fold(f64::INFINITY, f64::min);
        measures.gap_min = measures.gap_min.min(nearest);
        measures.wide_targets.whole += 1;
        measures.wide_targets.part += usize::from(nearest >= 32.0);
    }
    sum
}

/// Every single mark and box with what it covers.
fn symbols(groups: &[Group], radius: f64) -> Vec<(Point, Cover)> {
    let mut symbols = Vec::new();
    for group in groups {
        let Some(at) = group.at else { continue };
        if matches!(group.form, Form::Box { .. }) {
            symbols.push((at, Cover::of_frame(group.cover(at))));
        } else {
            for (member, middle) in group.members.iter().zip(group.cells(at)) {
                symbols.push((middle, Cover::of_form(member.shape, middle, radius)));
            }
        }
    }
    symbols
}

/// What a symbol covers: a convex outline.
struct Cover {
    /// Around it.
    frame: Rect,
    outline: Vec<Point>,
}

/// As many sides as a circle needs.
static ROUND: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let angle = |at: i32| std::f64::consts::TAU * f64::from(at) / 24.0;
    (0..24).map(|at| (libm::cos(angle(at)), libm::sin(angle(at)))).collect()
});

impl Cover {
    fn of_frame(frame: Rect) -> Self {
        let Rect { left, top, right, bottom } = frame;
        let corner = |x, y| Point { x, y };
        let outline = vec![corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
        Self { frame, outline }
    }

    fn of_form(shape: crate::vocabulary::Shape, middle: Point, radius: f64) -> Self {
        let ring = 1.0 + 0.6 / radius;
        let at = |(x, y): &(f64, f64)| Point { x: middle.x + x * radius * ring, y: middle.y + y * radius * ring };
        let outline: Vec<Point> = match super::mark::corners(shape) {
            [] => ROUND.iter().map(at).collect(),
            corners => corners.iter().map(at).collect(),
        };
        let nowhere = Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        Self { frame: Rect::around(&outline).unwrap_or(nowhere), outline }
    }

    /// Convex outlines are apart where a side of one has all of the other beyond it.
    fn covers(&self, other: &Self) -> bool {
        if !self.frame.overlaps(&other.frame) {
            return false;
        }
        !parts(&self.outline, &other.outline) && !parts(&other.outline, &self.outline)
    }
}

/// True when a side of the first outline has the whole second one on its outer side.
fn parts(a: &[Point], b: &[Point]) -> bool {
    let sides = a.iter().zip(a.iter().skip(1).chain(a.first()));
    sides.into_iter().any(|(p, q)| {
        let turn = |r: &Point| (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
        b.iter().all(|point| turn(point) <= 1e-9) || b.is_empty()
    })
}

fn overlaps(seen: &Seen<'_>) -> usize {
    let symbols = symbols(&seen.setting.groups, seen.view.sizes.radius);
    let marks: Vec<&Cover> = symbols.iter().map(|(_, cover)| cover).collect();
    let mut count = 0;
    for (at, cover) in marks.iter().enumerate() {
        count += marks.iter().skip(at + 1).filter(|other| cover.covers(other)).count();
    }
    let names = &seen.labels.frames;
    let fixed: Vec<Cover> = seen.furniture.iter().chain(seen.boxes).map(|frame| Cover::of_frame(*frame)).collect();
    for (at, name) in names.iter().enumerate() {
        count += names.iter().skip(at + 1).filter(|other| other.overlaps(name)).count();
        let name = Cover::of_frame(*name);
        count += marks.iter().copied().chain(&fixed).filter(|cover| cover.covers(&name)).count();
    }
    count += marks.iter().map(|mark| fixed.iter().filter(|cover| cover.covers(mark)).count()).sum::<usize>();
    let map = seen.view.map;
    let out = marks.iter().map(|mark| mark.frame).chain(names.iter().copied()).filter(|frame| !map.encloses(frame));
    count + out.count()
}

fn crossings(seen: &Seen<'_>) -> usize {
    let radius = seen.view.sizes.radius;
    let of_marks = seen.setting.groups.iter().filter_map(|group| Some(leaders(group, group.at?, radius))).flatten();
    let lines: Vec<Leader> = of_marks.chain(seen.labels.lines.iter().copied()).collect();
    let pairs = lines
        .iter()
        .enumerate()
        .map(|(at, line)| lines.iter().skip(at + 1).filter(|other| crosses(*line, **other)).count());
    pairs.sum()
}

/// Names that a reader may confuse: kinds on the map, and how many forms they have.
pub(super) fn forms<'a>(looks: impl Iterator<Item = (&'a str, &'a crate::vocabulary::Marker)>) -> Share {
    let kinds: BTreeMap<&str, (&str, bool)> =
        looks.map(|(category, look)| (category, (look.shape.id(), look.outlined))).collect();
    let mut forms: Vec<(&str, bool)> = kinds.values().copied().collect();
    forms.sort_unstable();
    forms.dedup();
    Share { part: forms.len(), whole: kinds.len() }
}

#[cfg(test)]
mod tests {
    use super::super::mark::extent;
    use super::*;
    use crate::vocabulary::Shape;

    #[test]
    fn tips_that_touch_are_told_from_forms_beside_each_other() {
        let at = |x: f64| Cover::of_form(Shape::Diamond, Point { x, y: 0.0 }, 11.0);
        assert!(at(0.0).covers(&at(24.0)));
        assert!(!at(0.0).covers(&at(28.0)));
        let reach = extent(Shape::Diamond, 11.0);
        assert!((reach - 13.92).abs() < 1e-9);
    }
}
