//! One group after another at its cheapest free place.

use std::cell::LazyCell;
use std::sync::LazyLock;

use crate::geo::{self, PlanePolygon, Point, Rect};

use super::board::Board;
use super::clearing::Clearing;
use super::mend::{THINNINGS, Thinning};
use super::{Form, Ground, Group, LEADER_SHARE_MIN, Leader, Merging, crosses, leaders};
use crate::render::map::grid;

/// Farther rings are tried only for what finds no room near by.
const RINGS_MAX: usize = 90;
const PASSES: usize = 3;
/// Costs beside the distance in radii.
const CROSSING: f64 = 6.0;
const STATION: f64 = 2.0;
const DOT: f64 = 1.5;
const UNDER_MARK: f64 = 1.2;
const OTHER_CELL: f64 = 0.7;
/// A dot or a line is in the way of a group from so far.
const MARGIN_PX: f64 = 1.5;
/// Places are on a grid of tenths, as they are written: none moves by so much on its way to it.
pub(super) const GRID_PX: f64 = 0.1;

/// Directions on each ring.
static RINGS: LazyLock<Vec<Vec<Point>>> = LazyLock::new(|| (0..RINGS_MAX).map(directions).collect());

/// Groups with what stands where.
#[derive(Clone)]
pub(super) struct Setter<'a> {
    pub(super) groups: Vec<Group>,
    pub(super) lines: Vec<Vec<Leader>>,
    pub(super) ground: &'a Ground<'a>,
    board: Board,
    /// Groups whose places are marked by lines.
    pub(super) moved: Vec<usize>,
    /// How much is merged at once.
    pub(super) thinning: Thinning,
}

/// How far a group may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// As far as the medium allows.
    Near,
    /// To the end of the map.
    Anywhere,
}

impl<'a> Setter<'a> {
    pub(super) fn new(groups: Vec<Group>, ground: &'a Ground<'a>) -> Self {
        let lines = vec![Vec::new(); groups.len()];
        let board = Board::new(&ground.view.map);
        Self { groups, lines, ground, board, moved: Vec::new(), thinning: THINNINGS[0] }
    }

    /// Sets all, then lifts and sets each anew until nothing moves.
    pub(super) fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|&at| {
            let group = &self.groups[at];
            let first = group.members.first().map(|member| member.mark);
            (std::cmp::Reverse((group.members.len(), group.crowd)), first)
        });
        for pass in 0..=PASSES {
            let mut has_moved = false;
            for &at in &order {
                has_moved |= self.reset(at, pass > 0);
            }
            if !has_moved {
                break;
            }
        }
        self.swap_crossed();
    }

    /// Sets a group anew; says whether it moved. What stands at its place is left, if it may be.
    pub(super) fn reset(&mut self, at: usize, is_settled: bool) -> bool {
        let before = self.groups[at].at;
        if self.groups[at].members.is_empty() || (is_settled && before.is_some() && self.lines[at].is_empty()) {
            return false;
        }
        self.put(at, None);
        let reach = if self.ground.merging == Merging::Allowed { Reach::Near } else { Reach::Anywhere };
        let found = self.best(at, reach);
        self.put(at, found);
        before != found
    }

    /// Moves a group there, or off the map.
    pub(super) fn put(&mut self, at: usize, place: Option<Point>) {
        if let Some(before) = self.groups[at].at {
            let cover = self.groups[at].cover(before);
            self.board.lift(at, &cover);
        }
        self.moved.retain(|other| *other != at);
        self.groups[at].at = place;
        self.lines[at].clear();
        let Some(place) = place else { return };
        let group = &self.groups[at];
        self.board.set(at, &group.cover(place));
        self.lines[at] = leaders(group, place, self.ground.view.sizes.radius);
        if !self.lines[at].is_empty() {
            self.moved.push(at);
        }
    }

    /// The cheapest free place within reach.
    pub(super) fn best(&self, at: usize, reach: Reach) -> Option<Point> {
        self.best_below(at, reach, f64::INFINITY)
    }

    /// The cheapest free place within reach whose cost, in radii, is below this.
    pub(super) fn best_below(&self, at: usize, reach: Reach, cost_max: f64) -> Option<Point> {
        self.ground.effort.spend();
        let group = &self.groups[at];
        let sizes = &self.ground.view.sizes;
        let step = sizes.radius / 2.0;
        let slack = slack(group, sizes.radius);
        let limit = if reach == Reach::Near { sizes.shift_max } else { f64::INFINITY };
        let mut clearing = self.clearing(at, (limit + slack) * sizes.radius);
        let lines = LazyCell::new(|| self.lines_near(at, (limit + slack) * sizes.radius));
        let mut best: (f64, Option<Point>) = (cost_max, None);
        for (ring, directions) in RINGS.iter().enumerate() {
            let distance = ring as f64 * step;
            let least = distance / sizes.radius - slack;
            if least > limit || least >= best.0 {
                break;
            }
            for direction in directions {
                let off = Point { x: direction.x * distance, y: direction.y * distance };
                let place = Point { x: group.centre.x + off.x, y: group.centre.y + off.y };
                if clearing.is_surely_taken(place) {
                    continue;
                }
                let least = group.least_shift(off) - GRID_PX / sizes.radius;
                if least > limit || least >= best.0 {
                    continue;
                }
                let place = snapped(place);
                // In a crowd most places are taken, which is seen sooner than the distances of all in a box.
                if !clearing.is_free(place) {
                    continue;
                }
                let Some(mean) = group.mean_shift_within(place, limit) else { continue };
                if mean >= best.0 {
                    continue;
                }
                let cost = mean + self.penalties(at, place, &lines);
                if cost < best.0 - 1e-9 && self.stays_home(group, place) {
                    best = (cost, Some(place));
                }
            }
        }
        best.1
    }

    /// The lines of others that a group, or its own lines, could meet at most so far from the middle of its places, in
    /// pixels; with where those others stand.
    fn lines_near(&self, at: usize, reach: f64) -> Vec<(Point, Leader)> {
        let group = &self.groups[at];
        let whole = group.cover(group.centre).grown(reach + GRID_PX + MARGIN_PX);
        let whole = group.members.iter().fold(whole, |frame, member| frame.with(member.truth));
        let others = self.moved.iter().filter(|other| **other != at);
        let standing = others.filter_map(|&other| Some((self.groups[other].at?, &self.lines[other])));
        let lines = standing.flat_map(|(there, lines)| lines.iter().map(move |line| (there, *line)));
        lines
            .filter(|(_, (from, to))| Rect::around(&[*from, *to]).is_some_and(|frame| frame.overlaps(&whole)))
            .collect()
    }

    /// What stands so near to the middle of a group's places that it could be in its way, in pixels.
    fn clearing(&self, at: usize, reach: f64) -> Clearing<'_> {
        let others = self.groups.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
        Clearing::around((&self.groups[at], reach), self.ground, others)
    }

    /// True when a group may stand there.
    pub(super) fn is_free(&self, at: usize, place: Point) -> bool {
        let reach = place.distance(self.groups[at].centre);
        self.clearing(at, reach).is_free(place)
    }

    /// A mark whose line would be hidden under it must not stand across the border.
    fn stays_home(&self, group: &Group, place: Point) -> bool {
        let Some(member) = group.members.first().filter(|_| group.form == Form::Single) else { return true };
        let distance = place.distance(member.truth);
        distance <= 0.0
            || distance > self.ground.view.sizes.radius + 3.0
            || holds(self.ground.focus, place) == holds(self.ground.focus, member.truth)
    }

    fn penalties(&self, at: usize, place: Point, near: &[(Point, Leader)]) -> f64 {
        let (group, sizes) = (&self.groups[at], &self.ground.view.sizes);
        let cover = group.cover(place).grown(MARGIN_PX);
        let stations = self.ground.shy.iter().filter(|point| cover.contains(**point)).count();
        let (mut dots, mut crossings, mut under) = (0_usize, 0_usize, 0_usize);
        let lines =
            if group.shift(place).1 > LEADER_SHARE_MIN { leaders(group, place, sizes.radius) } else { Vec::new() };
        let reach = (sizes.shift_max + 2.0) * sizes.radius * 2.0;
        for &(there, (from, truth)) in near {
            if (there.x - place.x).abs() > reach || (there.y - place.y).abs() > reach {
                continue;
            }
            dots += usize::from(cover.contains(truth));
            under += usize::from(passes_under((from, truth), &cover));
            crossings += lines.iter().filter(|line| crosses(**line, (from, truth))).count();
        }
        for line in &lines {
            under += self.marks_over(at, *line);
        }
        let is_elsewhere = group.form == Form::Single
            && grid::cell(self.ground.view, place) != grid::cell(self.ground.view, group.centre);
        STATION * stations as f64
            + DOT * dots as f64
            + CROSSING * crossings as f64
            + UNDER_MARK * under as f64
            + if is_elsewhere { OTHER_CELL } else { 0.0 }
    }

    /// How many other groups hide a part of the line.
    fn marks_over(&self, at: usize, line: Leader) -> usize {
        let Some(frame) = Rect::around(&[line.0, line.1]) else { return 0 };
        let mut over: Vec<usize> = self
            .board
            .near(&frame)
            .filter(|&other| {
                let group = &self.groups[other];
                other != at && group.at.is_some_and(|there| passes_under(line, &group.cover(there).grown(-2.0)))
            })
            .collect();
        over.sort_unstable();
        over.dedup();
        over.len()
    }

    /// Two marks of one size whose lines cross change places.
    pub(super) fn swap_crossed(&mut self) {
        for _ in 0..3 {
            let mut has_swapped = false;
            for (a, b) in self.crossed() {
                has_swapped |= self.swap(a, b);
            }
            if !has_swapped {
                break;
            }
        }
    }

    fn swap(&mut self, a: usize, b: usize) -> bool {
        let (Some(at_a), Some(at_b)) = (self.groups[a].at, self.groups[b].at) else { return false };
        let shift = |group: &Group, at: Point| group.shift(at).0;
        let before = shift(&self.groups[a], at_a) + shift(&self.groups[b], at_b);
        let after = shift(&self.groups[a], at_b) + shift(&self.groups[b], at_a);
        if after >= before {
            return false;
        }
        self.put(a, None);
        self.put(b, None);
        if self.is_free(a, at_b) {
            self.put(a, Some(at_b));
            if self.is_free(b, at_a) {
                self.put(b, Some(at_a));
                return true;
            }
        }
        self.put(a, Some(at_a));
        self.put(b, Some(at_b));
        false
    }

    /// Pairs of groups whose lines cross.
    pub(super) fn crossed(&self) -> Vec<(usize, usize)> {
        let mut moved = self.moved.clone();
        moved.sort_unstable();
        let mut pairs = Vec::new();
        for (at, &a) in moved.iter().enumerate() {
            for &b in moved.iter().skip(at + 1) {
                let cross = |line: &Leader| self.lines[b].iter().any(|other| crosses(*line, *other));
                if self.lines[a].iter().any(cross) {
                    pairs.push((a, b));
                }
            }
        }
        pairs
    }

    /// What is left of the groups.
    pub(super) fn into_groups(self) -> Vec<Group> {
        self.groups.into_iter().filter(|group| !group.members.is_empty()).collect()
    }
}

/// True when a surface holds the point.
pub(super) fn holds(surface: &[PlanePolygon], point: Point) -> bool {
    surface.iter().any(|polygon| polygon.contains(point))
}

/// True when the line runs through the frame without ending in it.
fn passes_under(line: Leader, frame: &Rect) -> bool {
    !frame.contains(line.0) && !frame.contains(line.1) && geo::enters(line.0, line.1, frame)
}

/// How much farther than a mark a box may stand, in radii: it reaches its truths from farther away.
fn slack(group: &Group, radius: f64) -> f64 {
    let slack = group.half.x.max(group.half.y) / radius - 1.0;
    if group.form == Form::Single { 0.0 } else { slack.max(0.0) * 1.5 }
}

/// Directions of a ring, more on the larger ones, beginning in the east.
fn directions(ring: usize) -> Vec<Point> {
    let count = if ring == 0 { 1 } else { 12 + 2 * (ring.min(18) / 2) };
    let angle = |at: usize| std::f64::consts::TAU * at as f64 / count as f64;
    (0..count).map(|at| Point { x: libm::cos(angle(at)), y: libm::sin(angle(at)) }).collect()
}

/// On the grid of what is written, so that what is apart here is apart in the picture.
fn snapped(place: Point) -> Point {
    // A conversion takes far less time than `round`, and the map has fewer pixels than an integer has values.
    let tenth = |value: f64| ((value.abs() * 10.0 + 0.5) as i64 as f64 / 10.0).copysign(value);
    Point { x: tenth(place.x), y: tenth(place.y) }
}
