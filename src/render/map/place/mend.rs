//! Merging: first, what is far too dense to be set; last, what finds no room, crosses another's line, or keeps the
//! average too far from the truth.

use crate::geo::Point;

use super::seek::{Reach, Setter};
use super::{Group, Member, Merging};

/// A merged box may keep its truths so far away, as a share of what the medium allows.
const MERGED_SHARE_MAX: f64 = 0.8;
/// Partners that are tried.
const PARTNERS_MAX: usize = 12;
/// Groups so near to a merged one are set anew, in gaps.
const POLISH_GAPS: f64 = 3.5;

/// How much is merged before anything is set.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Thinning {
    /// Marks that cover more of their neighbourhood than this are merged.
    ink_max: f64,
    /// What is merged at once lies so near together, as a share of how far a mark may stand.
    reach_share: f64,
}

impl Thinning {
    /// How far apart what is merged may lie, as a share of how far a mark may stand.
    fn merged_reach(self) -> f64 {
        self.reach_share.max(MERGED_SHARE_MAX)
    }
}

/// From little to much.
pub(super) const THINNINGS: [Thinning; 7] = [
    Thinning { ink_max: 0.75, reach_share: 0.7 },
    Thinning { ink_max: 0.6, reach_share: 0.8 },
    Thinning { ink_max: 0.45, reach_share: 0.9 },
    Thinning { ink_max: 0.32, reach_share: 0.95 },
    Thinning { ink_max: 0.22, reach_share: 1.0 },
    Thinning { ink_max: 0.15, reach_share: 1.0 },
    Thinning { ink_max: 0.1, reach_share: 1.0 },
];

/// Why two groups are merged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reason {
    /// One finds no room, or their lines cross.
    Need,
    /// Together they stand clearly nearer to their places.
    Nearness,
    /// Together they stand a little nearer.
    AnyNearness,
}

impl Reason {
    /// By how much nearer, in radii, marks must stand together than apart.
    fn gain_min(self) -> f64 {
        match self {
            Self::Need => f64::NEG_INFINITY,
            Self::Nearness => 0.2,
            Self::AnyNearness => 0.01,
        }
    }
}

impl Setter<'_> {
    /// The mean shift of the marks in radii, and how many find no room.
    pub(super) fn crowding(&self) -> (f64, usize) {
        let homeless = self.alive().filter(|&at| self.groups[at].at.is_none());
        (self.mean_shift(), homeless.map(|at| self.groups[at].members.len()).sum())
    }

    fn alive(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.groups.len()).filter(|&at| !self.groups[at].members.is_empty())
    }

    fn mean_shift(&self) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for group in self.alive().map(|at| &self.groups[at]) {
            if let Some(at) = group.at {
                let members = group.members.len() as f64;
                sum += group.shift(at).0 * members;
                count += members;
            }
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// What the setting lacks: nothing where all stands near enough and nothing crosses.
    pub(super) fn faults(&self) -> f64 {
        let sizes = &self.ground.view.sizes;
        let shift = |at: usize| self.groups[at].at.map_or(0.0, |place| self.groups[at].shift(place).1);
        let farthest = self.alive().map(shift).fold(0.0, f64::max);
        let too_far = (farthest - sizes.shift_max).max(0.0);
        let too_far_off = (self.mean_shift() - sizes.shift_mean_max).max(0.0);
        let overlaps =
            self.alive().filter(|&at| self.groups[at].at.is_some_and(|place| !self.is_free(at, place))).count();
        too_far + 4.0 * too_far_off + self.crossed().len() as f64 + 5.0 * overlaps as f64
    }

    /// With the middle of each crowd merged at once, where it is denser than this.
    pub(super) fn thinned(mut self, thinning: Thinning) -> Self {
        self.thinning = thinning;
        if self.ground.merging == Merging::Allowed {
            self.thin();
        }
        self
    }

    /// True when the same marks are grouped, and as much may be merged.
    pub(super) fn begins_like(&self, other: &Self) -> bool {
        let marks = |group: &Group| group.members.iter().map(|member| member.mark).collect::<Vec<_>>();
        let is_same = |(a, b): (&Group, &Group)| a.members.len() == b.members.len() && marks(a) == marks(b);
        self.thinning.merged_reach() == other.thinning.merged_reach()
            && self.groups.iter().zip(&other.groups).all(is_same)
    }

    /// Merges until everything stands, nothing crosses and the average is near enough.
    pub(super) fn mend(&mut self) {
        if self.ground.merging == Merging::Never {
            return;
        }
        let limit = self.ground.view.sizes.shift_mean_max;
        // Each round merges two or settles one for good.
        for _ in 0..self.groups.len() * 4 {
            if self.ground.effort.is_spent() {
                break;
            }
            let homeless = self.alive().find(|&at| self.groups[at].at.is_none());
            if let Some(at) = homeless {
                self.house(at);
                continue;
            }
            if let Some(&(a, b)) = self.crossed().first() {
                let reason = Reason::Need;
                if self.merge(a, b, reason) || self.merge_near(a, reason) || self.merge_near(b, reason) {
                    continue;
                }
                break;
            }
            if self.mean_shift() <= limit || !self.merge_worst() {
                break;
            }
        }
        for at in self.alive().collect::<Vec<_>>() {
            if self.groups[at].at.is_none() {
                self.settle_anywhere(at);
            }
        }
    }

    /// Where marks would cover more of a neighbourhood than there is of it, those in its middle are merged at once.
    fn thin(&mut self) {
        let sizes = self.ground.view.sizes;
        let reach = sizes.radius * (sizes.shift_max + 0.4);
        let room = self.thinning.ink_max * std::f64::consts::PI * reach * reach;
        for _ in 0..self.groups.len() {
            let mut dense = self.ink_around(reach);
            dense.retain(|(ink, _)| *ink > room);
            dense.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            if !dense.into_iter().any(|(_, at)| self.gather(at)) {
                break;
            }
        }
    }

    /// The surface that groups take which are at most so far, in pixels, from each; itself included.
    fn ink_around(&self, reach: f64) -> Vec<(f64, usize)> {
        let mut spots: Vec<(Point, f64, usize)> = self
            .alive()
            .map(|at| {
                let (here, ink) = self.groups[at].spot();
                (here, ink, at)
            })
            .collect();
        spots.sort_by(|a, b| a.0.x.total_cmp(&b.0.x).then(a.2.cmp(&b.2)));
        let mut around: Vec<(f64, usize)> = spots.iter().map(|&(_, ink, at)| (ink, at)).collect();
        for (first, (here, ink, _)) in spots.iter().enumerate() {
            let later = spots.iter().enumerate().skip(first + 1);
            for (second, (there, other, _)) in later.take_while(|(_, (there, ..))| there.x - here.x < reach) {
                let (dx, dy) = (there.x - here.x, there.y - here.y);
                if dx * dx + dy * dy < reach * reach {
                    around[first].0 += other;
                    around[second].0 += ink;
                }
            }
        }
        around
    }

    /// Takes in what is near, as long as all of it stays near; says whether there was anything.
    fn gather(&mut self, at: usize) -> bool {
        let sizes = self.ground.view.sizes;
        let reach = sizes.radius * sizes.shift_max * self.thinning.reach_share;
        let mut has_merged = false;
        for other in self.partners(at, reach) {
            if let Some(merged) = self.merged(at, other) {
                self.replace(at, other, merged);
                has_merged = true;
            }
        }
        has_merged
    }

    /// A place for what has none: its own, with a neighbour, or wherever there is one.
    fn house(&mut self, at: usize) {
        if let Some(place) = self.best(at, Reach::Near) {
            self.put(at, Some(place));
        } else if !self.merge_near(at, Reason::Need) && !self.join(at) {
            self.settle_anywhere(at);
        }
    }

    /// Merges with the nearest that may be, though they have no place yet: with more of them there will be one.
    fn join(&mut self, at: usize) -> bool {
        let found =
            self.partners(at, f64::INFINITY).into_iter().find_map(|other| Some((other, self.merged(at, other)?)));
        let Some((other, merged)) = found else { return false };
        self.replace(at, other, merged);
        true
    }

    fn settle_anywhere(&mut self, at: usize) {
        let place = self.best(at, Reach::Anywhere);
        if place.is_none() {
            // The map is full: its nearest neighbour takes it in, whatever the distance.
            if let Some(&other) = self.partners(at, f64::INFINITY).first() {
                let merged = self.united(at, other);
                self.replace(at, other, merged);
                let place = self.best(at, Reach::Anywhere);
                let fallback = self.groups[at].centre;
                self.put(at, place.or(Some(fallback)));
            }
            return;
        }
        self.put(at, place);
    }

    fn merge_worst(&mut self) -> bool {
        let shift = |at: usize| self.groups[at].at.map_or(0.0, |place| self.groups[at].shift(place).0);
        let mut worst: Vec<(f64, usize)> = self.alive().map(|at| (shift(at), at)).collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let limit = self.ground.view.sizes.shift_mean_max * 0.8;
        let far: Vec<usize> = worst.iter().filter(|(shift, _)| *shift > limit).map(|(_, at)| *at).collect();
        let moved: Vec<usize> = worst.iter().filter(|(shift, _)| *shift > 0.3).map(|(_, at)| *at).collect();
        far.into_iter().any(|at| self.merge_near(at, Reason::Nearness))
            || moved.into_iter().any(|at| self.merge_near(at, Reason::AnyNearness))
    }

    /// Merges with the nearest neighbour that allows it.
    fn merge_near(&mut self, at: usize, reason: Reason) -> bool {
        self.partners(at, f64::INFINITY).into_iter().take(PARTNERS_MAX).any(|other| self.merge(at, other, reason))
    }

    /// Other groups at most so far away, in pixels, the nearest first.
    fn partners(&self, at: usize, reach: f64) -> Vec<usize> {
        let here = self.groups[at].centre;
        let others = self.alive().filter(|&other| other != at);
        let mut near: Vec<(f64, usize)> = others
            .map(|other| (self.groups[other].centre.distance(here), other))
            .filter(|(far, _)| *far <= reach)
            .collect();
        near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().map(|(_, other)| other).collect()
    }

    fn merge(&mut self, a: usize, b: usize, reason: Reason) -> bool {
        // Whether what is merged of need stays near enough is seen when it is set.
        let merged = if reason == Reason::Need { Some(self.united(a, b)) } else { self.merged(a, b) };
        let Some(merged) = merged else { return false };
        let before = self.shift_of(a) + self.shift_of(b);
        // Wherever it could stand, it would not be enough.
        if before - merged.least_sum() <= reason.gain_min() {
            return false;
        }
        let cost_max = (before - reason.gain_min()) / merged.members.len() as f64;
        let stood = [self.groups[a].at, self.groups[b].at];
        let (first, second) = self.replace(a, b, merged);
        if let Some(place) = self.best_below(a, Reach::Near, cost_max) {
            self.put(a, Some(place));
            self.polish(self.groups[a].centre);
            return true;
        }
        self.put(a, None);
        self.groups[a] = first;
        self.groups[b].members = second;
        self.put(a, stood[0]);
        self.put(b, stood[1]);
        false
    }

    /// How far all of a group stand from their places, in radii.
    fn shift_of(&self, at: usize) -> f64 {
        let group = &self.groups[at];
        group.at.map_or(0.0, |place| group.shift(place).0 * group.members.len() as f64)
    }

    /// Both as one, unless their places are too far apart.
    fn merged(&self, a: usize, b: usize) -> Option<Group> {
        if self.groups[a].members.is_empty() || self.groups[b].members.is_empty() {
            return None;
        }
        let merged = self.united(a, b);
        let (_, most) = merged.shift(merged.centre);
        (most <= self.ground.view.sizes.shift_max * self.thinning.merged_reach()).then_some(merged)
    }

    fn united(&self, a: usize, b: usize) -> Group {
        let members = self.groups[a].members.iter().chain(&self.groups[b].members).cloned().collect();
        let crowd = self.groups[a].crowd.max(self.groups[b].crowd);
        Group { crowd, ..Group::merged(members, &self.ground.view.sizes) }
    }

    /// Puts both as one, without a place yet, in the stead of the first; gives back that and the other's marks.
    fn replace(&mut self, a: usize, b: usize, merged: Group) -> (Group, Vec<Member>) {
        self.put(a, None);
        self.put(b, None);
        (std::mem::replace(&mut self.groups[a], merged), std::mem::take(&mut self.groups[b].members))
    }

    /// Sets anew what stands away from its place near there.
    fn polish(&mut self, centre: Point) {
        let reach = self.ground.view.sizes.gap * POLISH_GAPS;
        let mut near: Vec<usize> =
            self.moved.iter().copied().filter(|&at| self.groups[at].centre.distance(centre) < reach).collect();
        near.sort_unstable();
        for at in near {
            let before = self.groups[at].at;
            self.reset(at, false);
            if self.groups[at].at.is_none() {
                self.put(at, before);
            }
        }
    }
}
