//! Many polygons against each other with one sweep of lines: how large each is, which overlap, which touch.
//!
//! Lines of equal latitude, dense where vertices are dense, are cut by every polygon; lengths times
//! distances are areas. An estimate: an overlap narrower than the distance between lines may be missed.

use std::collections::BTreeMap;

use super::gap::{Gap, Gaps, Stretch};
use super::{BBox, MultiPolygon, Position};

/// What a sweep found. Shapes are named by their number in the input.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sweep {
    /// Area of each shape in square degrees at the equator's scale of longitude times cosine.
    pub areas: Vec<f64>,
    /// Area that two shapes have in common, same unit; the lower number first.
    pub overlaps: BTreeMap<(usize, usize), f64>,
    /// How many lines pass from one shape directly into the other; the lower number first.
    pub touches: BTreeMap<(usize, usize), u32>,
    /// Ground between shapes that belongs to none, same unit, the largest first.
    pub gaps: Vec<Gap>,
}

/// Overlaps and gaps narrower than this (about two metres) come of rounding.
const NARROW_DEG: f64 = 0.00002;

/// Shapes this close (about thirty metres) touch.
const TOUCH_DEG: f64 = 0.0003;

struct Side {
    low: Position,
    high: Position,
    shape: usize,
    polygon: usize,
}

#[derive(Clone, Copy)]
struct Crossing {
    lon: f64,
    shape: usize,
    polygon: usize,
}

/// Sweeps shapes with at most `lines` lines from west to east and as many from south to north. Overlaps and gaps count
/// where both sweeps find them, so that a thin one between two lines does not, nor one that a line misses.
#[must_use]
pub fn sweep(shapes: &[&MultiPolygon], lines: usize) -> Sweep {
    let mut found = sweep_along(shapes, lines, |position| position);
    let across = sweep_along(shapes, lines, |position| Position { lon: position.lat, lat: position.lon });
    for (pair, count) in across.touches {
        *found.touches.entry(pair).or_default() += count;
    }
    let shrink = shapes.iter().filter_map(|shape| shape.bounds()).reduce(BBox::union);
    let shrink = shrink.map_or(1.0, |bounds| libm::cos(bounds.centre().lat.to_radians()));
    found.overlaps = found
        .overlaps
        .into_iter()
        .filter_map(|(pair, area)| across.overlaps.get(&pair).map(|other| (pair, area.min(other * shrink))))
        .collect();
    let turned = |frame: BBox| BBox { west: frame.south, south: frame.west, east: frame.north, north: frame.east };
    let is_known = |gap: &Gap| {
        across.gaps.iter().map(|other| turned(other.frame)).any(|other| {
            other.west <= gap.frame.east
                && gap.frame.west <= other.east
                && other.south <= gap.frame.north
                && gap.frame.south <= other.north
        })
    };
    found.gaps.retain(is_known);
    found
}

type Turn = fn(Position) -> Position;

fn sweep_along(shapes: &[&MultiPolygon], lines: usize, turn: Turn) -> Sweep {
    let mut sides = collect_sides(shapes, turn);
    sides.sort_by(|a, b| a.low.lat.total_cmp(&b.low.lat));
    let mut found = Sweep { areas: vec![0.0; shapes.len()], ..Sweep::default() };
    let mut gaps = Gaps::default();
    let is_turned = turn(Position { lon: 1.0, lat: 0.0 }).lon < 0.5;
    let mut active: Vec<usize> = Vec::new();
    let mut next = 0;
    for (lat, height) in line_places(shapes, lines, turn) {
        while let Some(side) = sides.get(next)
            && side.low.lat <= lat
        {
            active.push(next);
            next += 1;
        }
        active.retain(|&at| sides[at].high.lat > lat);
        let mut crossings: Vec<Crossing> = active.iter().map(|&at| crossing(&sides[at], lat)).collect();
        crossings.sort_by(|a, b| a.lon.total_cmp(&b.lon).then(a.polygon.cmp(&b.polygon)));
        let shrink = if is_turned { 1.0 } else { libm::cos(lat.to_radians()) };
        let stretches = walk(&crossings, height * shrink, &mut found);
        let covered = crossings.first().zip(crossings.last()).map(|(first, last)| (first.lon, last.lon));
        gaps.line((lat, height), covered, &stretches);
    }
    found.gaps = gaps.finish();
    found
}

fn collect_sides(shapes: &[&MultiPolygon], turn: Turn) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut number = 0;
    for (shape, polygons) in shapes.iter().enumerate() {
        for polygon in &polygons.polygons {
            for (a, b) in polygon.rings().flat_map(super::Ring::sides) {
                let (a, b) = (turn(a), turn(b));
                let (low, high) = if a.lat <= b.lat { (a, b) } else { (b, a) };
                if low.lat < high.lat {
                    sides.push(Side { low, high, shape, polygon: number });
                }
            }
            number += 1;
        }
    }
    sides
}

/// Latitudes of the lines, each with the height of the strip that it stands for.
fn line_places(shapes: &[&MultiPolygon], lines: usize, turn: Turn) -> Vec<(f64, f64)> {
    let rings = shapes.iter().flat_map(|shape| shape.rings());
    let mut lats: Vec<f64> = rings.flat_map(|ring| ring.positions()).map(|&position| turn(position).lat).collect();
    lats.sort_by(f64::total_cmp);
    lats.dedup();
    let step = lats.len().div_ceil(lines.max(1)).max(1);
    let last = lats.last().copied();
    let mut chosen: Vec<f64> = lats.into_iter().step_by(step).collect();
    if chosen.last().copied() != last {
        chosen.extend(last);
    }
    // A plain shape has few vertices; its strips are cut finer instead.
    let parts = (lines / chosen.len().max(1)).max(1);
    let strips = chosen.iter().zip(chosen.iter().skip(1));
    let cut = |(&low, &high): (&f64, &f64)| {
        let height = (high - low) / parts as f64;
        (0..parts).map(move |part| (low + (part as f64 + 0.5) * height, height))
    };
    strips.flat_map(cut).collect()
}

fn crossing(side: &Side, lat: f64) -> Crossing {
    let share = (lat - side.low.lat) / (side.high.lat - side.low.lat);
    let lon = side.low.lon + share * (side.high.lon - side.low.lon);
    Crossing { lon, shape: side.shape, polygon: side.polygon }
}

/// Walks one line from west to east with the polygons that are entered and left on the way.
fn walk(crossings: &[Crossing], height: f64, found: &mut Sweep) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut entered: Vec<Crossing> = Vec::new();
    let mut left: Option<Crossing> = None;
    let mut before = f64::NEG_INFINITY;
    for crossing in crossings {
        if !entered.is_empty() {
            count_stretch(&entered, (crossing.lon - before, height), found);
        }
        before = crossing.lon;
        if let Some(at) = entered.iter().position(|open| open.polygon == crossing.polygon) {
            entered.remove(at);
            left = Some(*crossing);
            continue;
        }
        if let Some(left) = left
            && entered.is_empty()
            && crossing.lon - left.lon > NARROW_DEG
        {
            stretches.push(Stretch { from: left.lon, to: crossing.lon, left: left.shape, right: crossing.shape });
        }
        if let Some(left) = left
            && left.shape != crossing.shape
            && crossing.lon - left.lon <= TOUCH_DEG
        {
            *found.touches.entry(ordered(left.shape, crossing.shape)).or_default() += 1;
        }
        for open in entered.iter().filter(|open| open.shape != crossing.shape) {
            *found.touches.entry(ordered(open.shape, crossing.shape)).or_default() += 1;
        }
        entered.push(*crossing);
    }
    stretches
}

fn count_stretch(entered: &[Crossing], (width, height): (f64, f64), found: &mut Sweep) {
    let area = width * height;
    let mut shapes: Vec<usize> = entered.iter().map(|open| open.shape).collect();
    shapes.sort_unstable();
    shapes.dedup();
    for (at, &shape) in shapes.iter().enumerate() {
        if let Some(total) = found.areas.get_mut(shape) {
            *total += area;
        }
        for &other in shapes.iter().skip(at + 1).filter(|_| width > NARROW_DEG) {
            *found.overlaps.entry((shape, other)).or_default() += area;
        }
    }
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Polygon, Ring};

    fn square(west: f64, south: f64, side: f64) -> MultiPolygon {
        let corners = [(west, south), (west + side, south), (west + side, south + side), (west, south + side)];
        let ring = Ring::new(corners.iter().map(|&(lon, lat)| Position { lon, lat }).collect()).unwrap();
        MultiPolygon { polygons: vec![Polygon::new(ring, Vec::new())] }
    }

    #[test]
    fn overlap_is_measured() {
        let (a, b) = (square(0., 0., 1.), square(0.5, 0.5, 1.));
        let found = sweep(&[&a, &b], 500);
        let share = found.overlaps[&(0, 1)] / found.areas[0];
        assert!((share - 0.25).abs() < 0.01, "{share}");
    }

    #[test]
    fn neighbours_touch_and_do_not_overlap() {
        let (a, b, far) = (square(0., 0., 1.), square(1., 0., 1.), square(5., 0., 1.));
        let above = square(0., 1., 1.);
        let found = sweep(&[&a, &b, &far, &above], 500);
        assert!(found.touches.contains_key(&(0, 1)));
        assert!(found.touches.contains_key(&(0, 3)));
        assert!(!found.touches.contains_key(&(1, 2)));
        assert!(found.overlaps.values().all(|&area| area < 1e-9));
    }

    #[test]
    fn a_gap_inside_is_found_and_a_bay_is_none() {
        // Four squares with a cross of streets between them, at first open on all sides, then closed.
        let open = vec![square(0., 0., 1.), square(1.1, 0., 1.), square(0., 1.1, 1.), square(1.1, 1.1, 1.)];
        let bridge = |west: f64, south: f64, east: f64, north: f64| {
            let corners = [(west, south), (east, south), (east, north), (west, north)];
            let ring = Ring::new(corners.iter().map(|&(lon, lat)| Position { lon, lat }).collect()).unwrap();
            MultiPolygon { polygons: vec![Polygon::new(ring, Vec::new())] }
        };
        let found = sweep(&open.iter().collect::<Vec<_>>(), 500);
        assert!(found.gaps.is_empty(), "{:?}", found.gaps);
        let mut closed = open;
        closed.push(bridge(1.0, 0.0, 1.1, 0.2));
        closed.push(bridge(1.0, 1.9, 1.1, 2.1));
        closed.push(bridge(0.0, 1.0, 0.2, 1.1));
        closed.push(bridge(1.9, 1.0, 2.1, 1.1));
        let found = sweep(&closed.iter().collect::<Vec<_>>(), 500);
        assert_eq!(found.gaps.len(), 1, "{:?}", found.gaps);
        assert!((found.gaps[0].area_deg2 - 0.33).abs() < 0.02, "{:?}", found.gaps);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(sweep(&[], 10), Sweep::default());
    }
}
