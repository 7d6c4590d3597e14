//! Where a group may stand: what is near its place, gathered once before hundreds of places are tried.

use crate::geo::{Point, Rect};

use super::seek::GRID_PX;
use super::{Ground, Group};

/// The surroundings of a group.
pub(super) struct Clearing<'a> {
    group: &'a Group,
    /// Where its cover has to lie.
    map: Rect,
    gap: f64,
    taken: Vec<Rect>,
    barriers: Vec<Barrier<'a>>,
}

/// Another group in the way.
struct Barrier<'a> {
    group: &'a Group,
    there: Point,
    /// Only nearer than this, in either direction, the two can clash.
    near: Point,
    /// Nearer than this, in both directions, they clash wherever the place comes to lie on the grid.
    sure: Point,
}

impl<'a> Clearing<'a> {
    /// What may be in the way of a group that stands at most so far from the middle of its true places, in pixels.
    pub(super) fn around(
        (group, reach): (&'a Group, f64),
        ground: &Ground<'_>,
        others: impl Iterator<Item = &'a Group>,
    ) -> Self {
        let gap = ground.view.sizes.gap;
        let reach = reach + GRID_PX;
        let whole = group.cover(group.centre).grown(reach);
        let taken = ground.taken.iter().filter(|taken| taken.overlaps(&whole)).copied().collect();
        let widest = group.reach_max(gap) + reach;
        let barrier = |other: &'a Group| {
            let there = other.at?;
            let off = Point { x: (there.x - group.centre.x).abs(), y: (there.y - group.centre.y).abs() };
            // Most are so far away that this is enough.
            if off.x.max(off.y) >= widest + other.reach_max(gap) {
                return None;
            }
            let (near, sure) = (group.clash_reach(other, gap), group.clash_surely(other, gap));
            let sure = Point { x: sure.x - GRID_PX, y: sure.y - GRID_PX };
            let is_barrier = off.x < near.x + reach && off.y < near.y + reach;
            is_barrier.then_some(Barrier { group: other, there, near, sure })
        };
        Self { group, map: ground.view.map.grown(-1.5), gap, taken, barriers: others.filter_map(barrier).collect() }
    }

    /// True when what was in the way of the last place is in the way of this one too, which need not be on the grid.
    pub(super) fn is_surely_taken(&self, place: Point) -> bool {
        let is_in_way = |barrier: &Barrier<'_>| {
            (barrier.there.x - place.x).abs() < barrier.sure.x && (barrier.there.y - place.y).abs() < barrier.sure.y
        };
        self.barriers.first().is_some_and(is_in_way)
    }

    /// True when the place is on the map, free of names and furniture, and nothing else stands there.
    pub(super) fn is_free(&mut self, place: Point) -> bool {
        let cover = self.group.cover(place);
        if !self.map.encloses(&cover) || self.taken.iter().any(|taken| taken.overlaps(&cover)) {
            return false;
        }
        let is_in_way = |barrier: &Barrier<'_>| {
            (barrier.there.x - place.x).abs() < barrier.near.x
                && (barrier.there.y - place.y).abs() < barrier.near.y
                && self.group.clashes(place, barrier.group, barrier.there, self.gap)
        };
        let Some(found) = self.barriers.iter().position(is_in_way) else { return true };
        // It is in the way of the next place too, more likely than any other.
        self.barriers.swap(0, found);
        false
    }
}
