//! Simplified borders that would cross or touch each other get some of their vertices back.
//!
//! In: the arcs of a coverage at one scale. Out: the same arcs, finer where they met. A coverage whose borders do not
//! cross comes out so at every scale; borders that cross in the source are left as coarse as they were asked for.

use super::{Point, Rect};

/// Each round keeps corners of a quarter of the size.
const FINER: f64 = 0.25;
/// After so many rounds an arc has all its vertices.
const ROUNDS_MAX: usize = 7;

/// A side of an arc.
#[derive(Clone, Copy)]
struct Side {
    arc: usize,
    at: usize,
    a: Point,
    b: Point,
}

/// Makes arcs finer until none meets another. `line(arc, share)` is the arc at that share of the wanted corner, whole
/// at zero; `near` says which arcs matter.
pub(super) fn untangle(
    lines: &mut [Vec<Point>],
    near: Option<&Rect>,
    line: &dyn Fn(usize, f64) -> Vec<Point>,
    collapsed: &dyn Fn(&[Vec<Point>]) -> Vec<usize>,
) {
    let coarse: Vec<usize> = lines.iter().map(Vec::len).collect();
    let mut rounds = vec![0_usize; lines.len()];
    let mut stuck: Vec<usize> = Vec::new();
    // An arc may begin to meet others late, when its neighbour became finer; each is refined a bounded number of times.
    for pass in 0.. {
        let mut meeting: Vec<usize> = meetings(lines, near).into_iter().flat_map(|(a, b)| [a, b]).collect();
        meeting.extend(collapsed(lines));
        meeting.sort_unstable();
        meeting.dedup();
        stuck.clear();
        let mut is_finer = false;
        for arc in meeting {
            let (Some(round), Some(slot)) = (rounds.get_mut(arc), lines.get_mut(arc)) else { continue };
            if *round > ROUNDS_MAX {
                stuck.push(arc);
                continue;
            }
            *round += 1;
            let is_last = pass > ROUNDS_MAX || *round > ROUNDS_MAX - 2;
            let share = if is_last { 0.0 } else { libm::pow(FINER, *round as f64) };
            if share <= 0.0 {
                *round = ROUNDS_MAX + 1;
            }
            *slot = line(arc, share);
            is_finer = true;
        }
        if !is_finer {
            break;
        }
    }
    // What meets with all its vertices meets in the source too.
    for arc in stuck {
        if let Some(slot) = lines.get_mut(arc)
            && coarse.get(arc).is_some_and(|count| *count < slot.len())
        {
            *slot = line(arc, 1.0);
        }
    }
}

/// Pairs of arcs that cross, or touch elsewhere than at common ends.
pub(super) fn meetings(lines: &[Vec<Point>], near: Option<&Rect>) -> Vec<(usize, usize)> {
    let mut sides: Vec<Side> = Vec::new();
    for (arc, line) in lines.iter().enumerate() {
        for (at, (&a, &b)) in line.iter().zip(line.iter().skip(1)).enumerate() {
            let is_near = near.is_none_or(|near| frame(a, b).overlaps(&near.grown(1.0)));
            if is_near {
                sides.push(Side { arc, at, a, b });
            }
        }
    }
    sides.sort_by(|p, q| {
        let left = |side: &Side| side.a.x.min(side.b.x);
        left(p).total_cmp(&left(q)).then(p.arc.cmp(&q.arc)).then(p.at.cmp(&q.at))
    });
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut active: Vec<Side> = Vec::new();
    for side in sides {
        let here = frame(side.a, side.b);
        active.retain(|other| other.a.x.max(other.b.x) >= here.left);
        for other in &active {
            let there = frame(other.a, other.b);
            if there.top <= here.bottom && here.top <= there.bottom && meet(&side, other) {
                pairs.push((side.arc.min(other.arc), side.arc.max(other.arc)));
            }
        }
        active.push(side);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn frame(a: Point, b: Point) -> Rect {
    Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
}

fn turn(p: Point, q: Point, r: Point) -> f64 {
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
}

/// True when the point lies on the side, its ends excepted.
fn lies_on(point: Point, side: &Side) -> bool {
    point != side.a && point != side.b && turn(side.a, side.b, point) == 0.0 && frame(side.a, side.b).contains(point)
}

fn meet(p: &Side, q: &Side) -> bool {
    let shares_end = p.a == q.a || p.a == q.b || p.b == q.a || p.b == q.b;
    if lies_on(p.a, q) || lies_on(p.b, q) || lies_on(q.a, p) || lies_on(q.b, p) {
        return true;
    }
    let is_same = (p.a == q.a && p.b == q.b) || (p.a == q.b && p.b == q.a);
    if is_same {
        return true;
    }
    !shares_end && turn(p.a, p.b, q.a) * turn(p.a, p.b, q.b) < 0.0 && turn(q.a, q.b, p.a) * turn(q.a, q.b, p.b) < 0.0
}
