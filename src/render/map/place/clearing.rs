//! Where a group may stand: what is near its place, gathered once before hundreds of places are tried.

use crate::geo::{Point, Rect};

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
}

impl<'a> Clearing<'a> {
    /// What may be in the way of a group that stands at most so far from the middle of its true places, in pixels.
    pub(super) fn around(
        (group, reach): (&'a Group, f64),
        ground: &Ground<'_>,
        others: impl Iterator<Item = &'a Group>,
    ) -> Self {
        let gap = ground.view.sizes.gap;
        // Places are on a grid of tenths.
        let reach = reach + 0.1;
        let whole = group.cover(group.centre).grown(reach);
        let taken = ground.taken.iter().filter(|taken| taken.overlaps(&whole)).copied().collect();
        let barrier = |other: &'a Group| {
            let (there, near) = (other.at?, group.clash_reach(other, gap));
            let is_near = |a: f64, b: f64, near: f64| (a - b).abs() < near + reach;
            let is_barrier = is_near(there.x, group.centre.x, near.x) && is_near(there.y, group.centre.y, near.y);
            is_barrier.then_some(Barrier { group: other, there, near })
        };
        Self { group, map: ground.view.map.grown(-1.5), gap, taken, barriers: others.filter_map(barrier).collect() }
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
