//! The best place for a label inside a polygon: the point farthest from its border (after mapbox/polylabel).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::{PlanePolygon, Point, Rect, point_segment_distance};

/// A place with the room around it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LabelPoint {
    /// The place.
    pub point: Point,
    /// Distance to the nearest border.
    pub radius: f64,
}

/// No polygon needs more; it bounds the time for hostile ones.
const CELLS_MAX: usize = 1_000;

struct Cell {
    centre: Point,
    half: f64,
    depth: f64,
}

impl Cell {
    fn new(centre: Point, half: f64, polygon: &PlanePolygon) -> Self {
        Self { centre, half, depth: signed_depth(centre, polygon) }
    }

    /// No point of the cell can lie deeper.
    fn depth_max(&self) -> f64 {
        self.depth + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.depth_max()
            .total_cmp(&other.depth_max())
            .then(other.centre.x.total_cmp(&self.centre.x))
            .then(other.centre.y.total_cmp(&self.centre.y))
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The point of the polygon that is farthest from its border, to within `precision`.
#[must_use]
pub fn label_point(polygon: &PlanePolygon, precision: f64) -> Option<LabelPoint> {
    let frame = Rect::around(&polygon.exterior)?;
    let side = frame.width().min(frame.height());
    let middle = Point { x: f64::midpoint(frame.left, frame.right), y: f64::midpoint(frame.top, frame.bottom) };
    let mut best = Cell::new(middle, 0.0, polygon);
    if !side.is_finite() || side <= 0.0 {
        return Some(LabelPoint { point: middle, radius: 0.0 });
    }
    // A tendril must not cost a thousand starting cells.
    let half = (side / 2.0).max(frame.width().max(frame.height()) / 32.0);
    let mut heap = starting_cells(&frame, half, polygon);
    let mut seen = heap.len();
    while let Some(cell) = heap.pop() {
        if cell.depth_max() - best.depth <= precision || seen > CELLS_MAX {
            break;
        }
        let quarter = cell.half / 2.0;
        for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            let centre = Point { x: cell.centre.x + dx * quarter, y: cell.centre.y + dy * quarter };
            heap.push(Cell::new(centre, quarter, polygon));
        }
        seen += 4;
        if cell.depth > best.depth {
            best = cell;
        }
    }
    Some(LabelPoint { point: best.centre, radius: best.depth.max(0.0) })
}

fn starting_cells(frame: &Rect, half: f64, polygon: &PlanePolygon) -> BinaryHeap<Cell> {
    let mut heap = BinaryHeap::new();
    let mut y = frame.top + half;
    while y - half < frame.bottom {
        let mut x = frame.left + half;
        while x - half < frame.right {
            heap.push(Cell::new(Point { x, y }, half, polygon));
            x += 2.0 * half;
        }
        y += 2.0 * half;
    }
    heap
}

/// Distance to the border, negative outside.
fn signed_depth(point: Point, polygon: &PlanePolygon) -> f64 {
    let sides = polygon.rings().flat_map(|ring| ring.iter().zip(ring.iter().skip(1).chain(ring.first())));
    let nearest = sides.map(|(&a, &b)| point_segment_distance(point, a, b)).fold(f64::INFINITY, f64::min);
    if polygon.contains(point) { nearest } else { -nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(corners: &[(f64, f64)]) -> PlanePolygon {
        PlanePolygon { exterior: corners.iter().map(|&(x, y)| Point { x, y }).collect(), holes: Vec::new() }
    }

    #[test]
    fn the_middle_of_a_square() {
        let found = label_point(&polygon(&[(0., 0.), (10., 0.), (10., 10.), (0., 10.)]), 0.1).unwrap();
        assert!(found.point.distance(Point { x: 5., y: 5. }) < 0.2);
        assert!((found.radius - 5.0).abs() < 0.2);
    }

    #[test]
    fn the_point_of_a_horseshoe_lies_in_it() {
        let shoe =
            polygon(&[(0., 0.), (30., 0.), (30., 30.), (20., 30.), (20., 10.), (10., 10.), (10., 30.), (0., 30.)]);
        let found = label_point(&shoe, 0.5).unwrap();
        assert!(signed_depth(found.point, &shoe) > 4.0, "{found:?}");
    }

    #[test]
    fn a_flat_polygon_has_a_place_without_room() {
        let found = label_point(&polygon(&[(0., 0.), (10., 0.), (5., 0.)]), 0.5).unwrap();
        assert!(found.radius.abs() < 1e-9);
    }
}
