//! Gaps of a coverage, gathered line by line: what no shape covers and no line leads out of.
//!
//! In: for each line of a sweep the stretches between shapes. Out: those that hang together and touch no outside. An
//! estimate: what is narrower than the distance between lines may fall apart.

use super::BBox;

/// Ground inside a coverage that belongs to no shape.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gap {
    /// Its size in square degrees.
    pub area_deg2: f64,
    /// The frame around it.
    pub frame: BBox,
    /// Shapes at two of its sides; the same twice for a hole in one shape.
    pub between: (usize, usize),
}

/// A stretch of a line between two shapes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) left: usize,
    pub(super) right: usize,
}

/// Gathers stretches.
#[derive(Default)]
pub(super) struct Gaps {
    parts: Vec<Part>,
    /// Stretches of the line before, each with its part.
    before: Vec<(Stretch, usize)>,
    /// First and last longitude of what the line before covers.
    covered: Option<(f64, f64)>,
}

struct Part {
    gap: Gap,
    /// The part that it was found to be one with.
    parent: usize,
    is_open: bool,
}

impl Gaps {
    /// Takes in the next line: its place, the height that it stands for, its first and last covered longitude. Its
    /// stretches come from west to east and share no ground, as those of the line before: both are walked once.
    pub(super) fn line(&mut self, (lat, height): (f64, f64), covered: Option<(f64, f64)>, stretches: &[Stretch]) {
        let mut here: Vec<(Stretch, usize)> = Vec::with_capacity(stretches.len());
        let before = std::mem::take(&mut self.before);
        let mut behind = 0;
        for stretch in stretches {
            let width = stretch.to - stretch.from;
            let frame =
                BBox { west: stretch.from, east: stretch.to, south: lat - height / 2.0, north: lat + height / 2.0 };
            let gap = Gap { area_deg2: width * height, frame, between: (stretch.left, stretch.right) };
            let number = self.parts.len();
            let is_open = !self.before_covers(stretch);
            self.parts.push(Part { gap, parent: number, is_open });
            behind += before.iter().skip(behind).take_while(|(other, _)| other.to <= stretch.from).count();
            for &(_, part) in before.iter().skip(behind).take_while(|(other, _)| other.from < stretch.to) {
                self.unite(part, number);
            }
            here.push((*stretch, number));
        }
        // What lies above the ends of this line is outside.
        for (other, part) in before {
            if covered.is_none_or(|(first, last)| other.from < first || other.to > last) {
                self.open(part);
            }
        }
        self.before = here;
        self.covered = covered;
    }

    /// True when the stretch lies within what the line before reaches.
    fn before_covers(&self, stretch: &Stretch) -> bool {
        self.covered.is_some_and(|(first, last)| first <= stretch.from && stretch.to <= last)
    }

    /// The part that stands for all that this one is one with. The way there is halved for who comes next.
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parent(at)
            && parent != at
        {
            let beyond = self.parent(parent).unwrap_or(parent);
            if let Some(part) = self.parts.get_mut(at) {
                part.parent = beyond;
            }
            at = beyond;
        }
        at
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.parts.get(at).map(|part| part.parent)
    }

    fn open(&mut self, at: usize) {
        let root = self.root(at);
        if let Some(part) = self.parts.get_mut(root) {
            part.is_open = true;
        }
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (keep, give) = (self.root(a), self.root(b));
        if keep == give {
            return;
        }
        let Some((gap, is_open)) = self.parts.get(give).map(|part| (part.gap, part.is_open)) else { return };
        if let Some(part) = self.parts.get_mut(give) {
            part.parent = keep;
        }
        if let Some(part) = self.parts.get_mut(keep) {
            part.gap.area_deg2 += gap.area_deg2;
            part.gap.frame = part.gap.frame.union(gap.frame);
            part.is_open |= is_open;
            if part.gap.between.0 == part.gap.between.1 {
                part.gap.between = gap.between;
            }
        }
    }

    /// The gaps, the largest first.
    pub(super) fn finish(mut self) -> Vec<Gap> {
        for (_, part) in std::mem::take(&mut self.before) {
            self.open(part);
        }
        let roots = self.parts.iter().enumerate().filter(|(at, part)| part.parent == *at && !part.is_open);
        let mut gaps: Vec<Gap> = roots.map(|(_, part)| part.gap).collect();
        gaps.sort_by(|a, b| b.area_deg2.total_cmp(&a.area_deg2).then(a.between.cmp(&b.between)));
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: f64, to: f64) -> Stretch {
        Stretch { from, to, left: 0, right: 1 }
    }

    /// A comb with so many teeth: each is a gap for a line, and one line joins them all.
    fn comb(teeth: usize) -> (usize, f64) {
        let mut gaps = Gaps::default();
        let covered = Some((-1.0, teeth as f64 + 1.0));
        let line: Vec<Stretch> = (0..teeth).map(|at| stretch(at as f64, at as f64 + 0.5)).collect();
        let back = [stretch(0.0, teeth as f64)];
        for (at, stretches) in [&[][..], &line, &line, &back, &[]].into_iter().enumerate() {
            gaps.line((at as f64, 1.0), covered, stretches);
        }
        let found = gaps.finish();
        (found.len(), found.iter().map(|gap| gap.area_deg2).sum())
    }

    #[test]
    fn a_line_of_many_stretches_is_walked_once() {
        assert_eq!(comb(3), (1, 6.0));
        // Each against each would be ten thousand million steps.
        assert_eq!(comb(100_000), (1, 200_000.0));
    }
}
