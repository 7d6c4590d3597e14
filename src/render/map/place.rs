//! Where marks go: at their places where there is room, else near by with a line to the true place.
//!
//! Marks of one building stand together as a block. Where marks would cover most of a neighbourhood, those in its
//! middle are merged into a box of numbers before anything is set. Then groups are set one after another, the largest
//! and most crowded first, each at the cheapest free candidate on rings around its place; then each is lifted and set
//! anew. What finds no room near its place, crosses another's line or keeps the average too far away is merged with
//! its neighbour. Insets have taken the crowds away before.

mod board;
mod clearing;
mod group;
mod mend;
mod seek;

use std::cell::Cell;
use std::collections::BTreeMap;

use super::Mark;
use super::frame::View;
use super::svg::{Path, number};
use crate::geo::{PlanePolygon, Point, Rect, distance_m};

pub(super) use group::{BOX_FONT_SHARE, BOX_LINE_SHARE, Form, Group, Member, Token, lines};
use mend::THINNINGS;
use seek::Setter;

/// Facilities nearer than this are in one building.
const SAME_BUILDING_M: f64 = 15.0;
/// No drawing parts more groups than this: where there are more, those of one square of the map begin as one.
const GROUPS_MAX: usize = 400;
/// A mark that moved less than this share of its radius needs no line to its true place.
pub(super) const LEADER_SHARE_MIN: f64 = 0.6;

/// What lacks more than this needs another window, not more merging.
const HOPELESS: f64 = 2.0;

/// How many places may still be sought for one map in all its tries, so that no crowd takes longer than a page may.
#[derive(Debug)]
pub(super) struct Effort(Cell<usize>);

/// Nearly all measured maps need less than 1,000; the hardest needs 17,000.
const EFFORT_MAX: usize = 60_000;
/// Among more marks than this, trying longer makes no better map.
const TRIED_MAX: usize = 250;
const EFFORT_OF_CROWDS: usize = 6_000;

impl Effort {
    /// For a map of so many marks.
    pub(super) fn of(marks: usize) -> Self {
        Self(Cell::new(if marks > TRIED_MAX { EFFORT_OF_CROWDS } else { EFFORT_MAX }))
    }

    fn spend(&self) {
        self.0.set(self.0.get().saturating_sub(1));
    }

    /// True when only what has to be done is still done.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// What marks have to respect.
pub(super) struct Ground<'a> {
    pub(super) view: &'a View,
    pub(super) effort: &'a Effort,
    /// What nothing may cover: scale and north arrow, reserved names, frames of insets.
    pub(super) taken: &'a [Rect],
    /// What is better not covered: stations without a reserved name.
    pub(super) shy: &'a [Point],
    /// The surface that the map is about: a mark that moved a little stays on its side of the border.
    pub(super) focus: &'a [PlanePolygon],
    /// Whether neighbours may share a box.
    pub(super) merging: Merging,
}

/// What happens where there is no room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Merging {
    /// Neighbours share a box of numbers.
    Allowed,
    /// Everything stands for itself, however far away.
    Never,
}

/// Marks where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    pub(super) groups: Vec<Group>,
    /// What it lacks: nothing where all stands near enough and nothing crosses.
    pub(super) faults: f64,
}

/// Sets the marks with these numbers in `marks`, which are all on the map at these points.
pub(super) fn place(standing: &[(usize, Point)], marks: &[Mark], ground: &Ground<'_>) -> Setting {
    let whole = Setter::new(buildings(standing, marks, ground.view), ground);
    let mut best: Option<(f64, Setter<'_>)> = None;
    let mut last: Option<Setter<'_>> = None;
    for thinning in THINNINGS {
        let thinned = whole.clone().thinned(thinning);
        // What begins the same ends the same.
        if last.as_ref().is_some_and(|last| last.begins_like(&thinned)) {
            continue;
        }
        let mut setter = thinned.clone();
        last = Some(thinned);
        setter.settle();
        setter.mend();
        let faults = setter.faults();
        let is_better = best.as_ref().is_none_or(|(least, _)| faults < *least);
        if is_better {
            best = Some((faults, setter));
        }
        let is_done = faults <= 0.0 || faults > HOPELESS || !is_better;
        if is_done || ground.merging == Merging::Never || ground.effort.is_spent() {
            break;
        }
    }
    best.map(|(faults, setter)| Setting { groups: setter.into_groups(), faults }).unwrap_or_default()
}

/// What groups cover of the map, as a share of it.
pub(super) fn ink(groups: &[Group], view: &View) -> f64 {
    let cover = groups.iter().map(|group| 4.0 * group.half.x * group.half.y).sum::<f64>();
    cover / (view.map.width() * view.map.height()).max(1.0)
}

/// How far the marks stand on the average from their places, in radii, and how many find no room.
pub(super) fn crowding(standing: &[(usize, Point)], marks: &[Mark], ground: &Ground<'_>) -> (f64, usize) {
    let mut setter = Setter::new(buildings(standing, marks, ground.view), ground);
    setter.settle();
    setter.crowding()
}

/// Groups of the marks that are in one building.
pub(super) fn buildings(standing: &[(usize, Point)], marks: &[Mark], view: &View) -> Vec<Group> {
    let mut blocks: Vec<Vec<Member>> = Vec::new();
    let mut near: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    let bucket = |mark: &Mark| {
        // About twenty metres: a building is in this or the next.
        ((mark.position.lon * 4_000.0).floor() as i64, (mark.position.lat * 5_000.0).floor() as i64)
    };
    for &(at, truth) in standing {
        let Some(mark) = marks.get(at) else { continue };
        let member = Member { mark: at, number: mark.number, shape: mark.look.shape, truth };
        let (column, row) = bucket(mark);
        let keys = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (column + dx, row + dy)));
        let known = keys.flat_map(|key| near.get(&key).into_iter().flatten()).copied().find(|&block| {
            let first = blocks.get(block).and_then(|block: &Vec<Member>| block.first());
            let first = first.and_then(|first| marks.get(first.mark));
            first.is_some_and(|first| distance_m(first.position, mark.position) < SAME_BUILDING_M)
        });
        match known.and_then(|block| blocks.get_mut(block)) {
            Some(block) => block.push(Member { truth: block.first().map_or(truth, |first| first.truth), ..member }),
            None => {
                near.entry((column, row)).or_default().push(blocks.len());
                blocks.push(vec![member]);
            }
        }
    }
    let mut groups: Vec<Group> = blocks.into_iter().map(|block| Group::of_building(block, &view.sizes)).collect();
    if groups.len() > GROUPS_MAX {
        groups = gathered(groups, view);
    }
    let centres: Vec<Point> = groups.iter().map(|group| group.centre).collect();
    for group in &mut groups {
        let reach = view.sizes.gap * 1.5;
        group.crowd = centres.iter().filter(|centre| centre.distance(group.centre) < reach).count();
    }
    groups
}

/// The groups of each of so many squares as one.
fn gathered(groups: Vec<Group>, view: &View) -> Vec<Group> {
    let side = (view.map.width() * view.map.height() / GROUPS_MAX as f64).sqrt().max(1.0);
    let mut squares: BTreeMap<(i64, i64), Vec<Group>> = BTreeMap::new();
    for group in groups {
        let at = |value: f64| (value / side).floor() as i64;
        squares.entry((at(group.centre.y), at(group.centre.x))).or_default().push(group);
    }
    let one = |mut square: Vec<Group>| match square.len() {
        1 => square.pop(),
        _ => Some(Group::merged(square.into_iter().flat_map(|group| group.members).collect(), &view.sizes)),
    };
    squares.into_values().filter_map(one).collect()
}

/// A line from a mark to a true place.
pub(super) type Leader = (Point, Point);

/// The lines of a group that stands there.
pub(super) fn leaders(group: &Group, at: Point, radius: f64) -> Vec<Leader> {
    let mut lines: Vec<Leader> = Vec::new();
    for member in &group.members {
        let from = group.nearest(at, member.truth);
        let is_hidden = group.form != Form::Single && group.cover(at).grown(-1.0).contains(member.truth);
        if from.distance(member.truth) > LEADER_SHARE_MIN * radius && !is_hidden {
            lines.push((from, member.truth));
        }
    }
    lines.dedup();
    lines
}

/// True when the two lines cross.
pub(super) fn crosses((a, b): Leader, (c, d): Leader) -> bool {
    if a.x.max(b.x) < c.x.min(d.x) || c.x.max(d.x) < a.x.min(b.x) {
        return false;
    }
    let turn = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

/// Lines from moved marks to their true places, with a dot there.
pub(super) fn write_leaders(out: &mut String, setting: &Setting, view: &View) {
    let mut lines = Path::default();
    let mut dots: Vec<Point> = Vec::new();
    for group in &setting.groups {
        let Some(at) = group.at else { continue };
        for (from, truth) in leaders(group, at, view.sizes.radius) {
            lines.line(&[truth, from]);
            dots.push(truth);
        }
    }
    dots.dedup();
    if dots.is_empty() {
        return;
    }
    out.push_str("<g class=\"leaders\" aria-hidden=\"true\" fill=\"none\">");
    lines.write(out, "stroke=\"#fff\" stroke-width=\"2.6\" stroke-opacity=\".8\"");
    lines.write(out, "stroke=\"#222\" stroke-width=\".9\"");
    out.push_str("<g fill=\"#222\" stroke=\"#fff\" stroke-width=\".8\">");
    for dot in dots {
        out.push_str(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"2.2\"/>", number(dot.x), number(dot.y)));
    }
    out.push_str("</g></g>");
}
