//! Fewer vertices for the same look: Visvalingam–Whyatt weights for borders, Douglas–Peucker for lines.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::{Point, point_segment_distance};

/// Area of a ring whose first point is not repeated; positive when counter-clockwise with y upward.
#[must_use]
pub fn signed_area(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    let next = ring.iter().skip(1).chain(ring.first());
    let doubled: f64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y))
        .sum();
    doubled / 2.0
}

fn triangle_area(a: Point, b: Point, c: Point) -> f64 {
    ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() / 2.0
}

#[derive(PartialEq)]
struct Corner {
    area: f64,
    at: usize,
    version: u32,
}

impl Eq for Corner {}

impl Ord for Corner {
    fn cmp(&self, other: &Self) -> Ordering {
        self.area.total_cmp(&other.area).then(self.at.cmp(&other.at)).then(self.version.cmp(&other.version))
    }
}

impl PartialOrd for Corner {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Link {
    before: usize,
    after: usize,
    version: u32,
}

/// For each vertex of an open line the area of the corner at whose removal it goes (Visvalingam–Whyatt,
/// 1993); infinite for the two ends. Keeping all vertices of at least some weight is the simplified line,
/// so one computation serves every scale.
#[must_use]
pub fn visvalingam_weights(line: &[Point]) -> Vec<f64> {
    let mut weights = vec![f64::INFINITY; line.len()];
    let mut links: Vec<Link> =
        (0..line.len()).map(|at| Link { before: at.saturating_sub(1), after: at + 1, version: 0 }).collect();
    let corner = |before: usize, at: usize, after: usize| match (line.get(before), line.get(at), line.get(after)) {
        (Some(&a), Some(&b), Some(&c)) => triangle_area(a, b, c),
        _ => f64::INFINITY,
    };
    let inner = 1..line.len().saturating_sub(1);
    let mut heap: BinaryHeap<Reverse<Corner>> =
        inner.map(|at| Reverse(Corner { area: corner(at - 1, at, at + 1), at, version: 0 })).collect();
    let mut removed_so_far = 0.0_f64;
    while let Some(Reverse(Corner { area, at, version })) = heap.pop() {
        if links[at].version != version {
            continue;
        }
        removed_so_far = removed_so_far.max(area);
        weights[at] = removed_so_far;
        let (before, after) = (links[at].before, links[at].after);
        links[before].after = after;
        links[after].before = before;
        for touched in [before, after] {
            if touched == 0 || touched + 1 == line.len() {
                continue;
            }
            let link = &mut links[touched];
            link.version += 1;
            let (version, area) = (link.version, corner(link.before, touched, link.after));
            heap.push(Reverse(Corner { area, at: touched, version }));
        }
    }
    weights
}

/// Vertices between two that are kept in any case: a line on which each looks at all that follow it, as on one that
/// swings less and less, costs the square of its length.
const STEP: usize = 256;

/// The line with every vertex dropped that lies within `tolerance` of the simpler line (Douglas–Peucker, 1973).
#[must_use]
pub fn simplify_line(line: &[Point], tolerance: f64) -> Vec<Point> {
    let last = line.len().saturating_sub(1);
    let mut keep: Vec<bool> = (0..line.len()).map(|at| at.is_multiple_of(STEP) || at == last).collect();
    let mut spans: Vec<(usize, usize)> = (0..last).step_by(STEP).map(|at| (at, last.min(at + STEP))).collect();
    while let Some((first, last)) = spans.pop() {
        let (Some(&a), Some(&b)) = (line.get(first), line.get(last)) else { continue };
        let farthest = (first + 1..last).map(|at| (at, point_segment_distance(line[at], a, b))).fold(
            None,
            |best: Option<(usize, f64)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            },
        );
        if let Some((at, distance)) = farthest
            && distance > tolerance
        {
            keep[at] = true;
            spans.push((first, at));
            spans.push((at, last));
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(&point, _)| point).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert, proptest};

    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_small_corner_weighs_less_than_a_large_one() {
        let weights = visvalingam_weights(&points(&[(0., 0.), (1., 0.1), (2., 0.), (4., 5.), (6., 0.)]));
        assert!(weights[0].is_infinite() && weights[4].is_infinite());
        assert!(weights[1] < weights[2] && weights[2] < weights[3], "{weights:?}");
    }

    #[test]
    fn vertices_near_the_straight_line_go() {
        let line = points(&[(0., 0.), (5., 0.2), (10., 0.), (10., 10.)]);
        assert_eq!(simplify_line(&line, 0.5), points(&[(0., 0.), (10., 0.), (10., 10.)]));
        assert_eq!(simplify_line(&line, 0.1), line);
    }

    #[test]
    fn a_line_of_one_point_or_none_stays() {
        assert_eq!(simplify_line(&[], 1.0), []);
        assert_eq!(simplify_line(&points(&[(1., 1.)]), 1.0), points(&[(1., 1.)]));
        assert!(visvalingam_weights(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn every_dropped_vertex_was_near_the_simplified_line(
            line in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 2..40),
            tolerance in 0.1..20.0f64,
        ) {
            let line = points(&line);
            let simple = simplify_line(&line, tolerance);
            for &point in &line {
                let distance = simple
                    .iter()
                    .zip(simple.iter().skip(1))
                    .map(|(&a, &b)| point_segment_distance(point, a, b))
                    .fold(f64::INFINITY, f64::min);
                prop_assert!(distance <= tolerance + 1e-9);
            }
        }
    }
}
