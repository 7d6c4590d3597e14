//! Polygons on the earth: any order of vertices accepted, kept in one normal form.

use super::{BBox, Position};

/// A closed line of at least three different positions; the first is not repeated at the end.
#[derive(Clone, PartialEq, Debug)]
pub struct Ring {
    positions: Vec<Position>,
}

impl Ring {
    /// A ring from positions in any order, closed or not; `None` when fewer than three differ.
    #[must_use]
    pub fn new(mut positions: Vec<Position>) -> Option<Self> {
        positions.dedup();
        while positions.len() > 1 && positions.first() == positions.last() {
            positions.pop();
        }
        let first = positions.first().copied()?;
        let second = positions.iter().copied().find(|&position| position != first)?;
        positions.iter().any(|&position| position != first && position != second).then_some(Self { positions })
    }

    /// The vertices, each once.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// The sides, the closing one included.
    pub fn sides(&self) -> impl Iterator<Item = (Position, Position)> {
        let next = self.positions.iter().skip(1).chain(self.positions.first());
        self.positions.iter().copied().zip(next.copied())
    }

    /// Twice the area in square degrees; positive when counter-clockwise.
    fn doubled_area_deg2(&self) -> f64 {
        let Some(&origin) = self.positions.first() else { return 0.0 };
        self.sides()
            .map(|(a, b)| (a.lon - origin.lon) * (b.lat - origin.lat) - (b.lon - origin.lon) * (a.lat - origin.lat))
            .sum()
    }

    /// True when the vertices run counter-clockwise, as RFC 7946 wants it of outer rings.
    #[must_use]
    pub fn is_counter_clockwise(&self) -> bool {
        self.doubled_area_deg2() > 0.0
    }

    fn turned(mut self, counter_clockwise: bool) -> Self {
        if self.is_counter_clockwise() != counter_clockwise {
            self.positions.reverse();
        }
        self
    }

    /// How often a ray to the east crosses the ring is odd. A side takes its southern end and leaves its
    /// northern one, and both directions of a side compute the same, so that of two polygons with a common
    /// side exactly one holds a position on it.
    fn is_odd(&self, position: Position) -> bool {
        self.sides().filter(|&(a, b)| crosses(a, b, position)).count() % 2 == 1
    }
}

fn crosses(a: Position, b: Position, position: Position) -> bool {
    if (a.lat > position.lat) == (b.lat > position.lat) {
        return false;
    }
    let (low, high) = if a.lat < b.lat { (a, b) } else { (b, a) };
    let turn = (high.lon - low.lon) * (position.lat - low.lat) - (position.lon - low.lon) * (high.lat - low.lat);
    turn > 0.0
}

/// One outline with its holes.
#[derive(Clone, PartialEq, Debug)]
pub struct Polygon {
    /// The outline, counter-clockwise.
    pub exterior: Ring,
    /// The holes, clockwise.
    pub holes: Vec<Ring>,
    frame: BBox,
}

impl Polygon {
    /// A polygon in normal form.
    #[must_use]
    pub fn new(exterior: Ring, holes: Vec<Ring>) -> Self {
        let first = exterior.positions.first().copied().unwrap_or(Position { lon: 0.0, lat: 0.0 });
        let point = BBox { west: first.lon, south: first.lat, east: first.lon, north: first.lat };
        let frame = BBox::around(exterior.positions.iter().copied()).unwrap_or(point);
        let holes = holes.into_iter().map(|hole| hole.turned(false)).collect();
        Self { exterior: exterior.turned(true), holes, frame }
    }

    /// The frame around it.
    #[must_use]
    pub fn bounds(&self) -> BBox {
        self.frame
    }

    /// The outline first, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.exterior).chain(&self.holes)
    }

    /// True when the position lies inside; of neighbours that share a border exactly one says so.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        self.frame.contains(position) && self.rings().filter(|ring| ring.is_odd(position)).count() % 2 == 1
    }
}

/// Polygons that belong together: a town with its islands.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MultiPolygon {
    /// In the order of the file.
    pub polygons: Vec<Polygon>,
}

impl MultiPolygon {
    /// True when one of the polygons holds the position.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        self.polygons.iter().any(|polygon| polygon.contains(position))
    }

    /// The frame around all; `None` without polygons.
    #[must_use]
    pub fn bounds(&self) -> Option<BBox> {
        self.polygons.iter().map(Polygon::bounds).reduce(BBox::union)
    }

    /// Every ring of every polygon.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.polygons.iter().flat_map(Polygon::rings)
    }

    /// How many vertices there are.
    #[must_use]
    pub fn vertex_count(&self) -> usize {
        self.rings().map(|ring| ring.positions.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Ring {
        Ring::new(corners.iter().map(|&(lon, lat)| Position { lon, lat }).collect()).unwrap()
    }

    fn square(west: f64, south: f64) -> Polygon {
        let (east, north) = (west + 1.0, south + 1.0);
        Polygon::new(ring(&[(west, south), (west, north), (east, north), (east, south)]), Vec::new())
    }

    #[test]
    fn a_clockwise_closed_ring_becomes_counter_clockwise_and_open() {
        let polygon = Polygon::new(ring(&[(0., 0.), (0., 1.), (1., 1.), (1., 0.), (0., 0.)]), Vec::new());
        assert!(polygon.exterior.is_counter_clockwise());
        assert_eq!(polygon.exterior.positions().len(), 4);
    }

    #[test]
    fn two_different_positions_make_no_ring() {
        let there_and_back = [(0., 0.), (1., 1.), (0., 0.), (1., 1.), (0., 0.)];
        assert!(Ring::new(there_and_back.iter().map(|&(lon, lat)| Position { lon, lat }).collect()).is_none());
    }

    #[test]
    fn a_position_on_a_shared_border_or_corner_lies_in_exactly_one_square() {
        let squares = [square(0., 0.), square(1., 0.), square(0., 1.), square(1., 1.)];
        for (lon, lat) in [(1., 0.5), (0.5, 1.), (1., 1.), (1., 1.5), (1.5, 1.)] {
            let held = squares.iter().filter(|polygon| polygon.contains(Position { lon, lat })).count();
            assert_eq!(held, 1, "({lon}, {lat})");
        }
    }

    #[test]
    fn a_hole_is_outside() {
        let hole = ring(&[(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]);
        let polygon = Polygon::new(square(0., 0.).exterior, vec![hole]);
        assert!(!polygon.contains(Position { lon: 0.5, lat: 0.5 }));
        assert!(polygon.contains(Position { lon: 0.1, lat: 0.5 }));
    }

    proptest! {
        #[test]
        fn turning_a_ring_changes_nothing_that_it_holds(
            corners in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 3..12),
            lon in 0.0..1.0f64,
            lat in 0.0..1.0f64,
            start in 0usize..12,
        ) {
            let Some(one) = Ring::new(corners.iter().map(|&(lon, lat)| Position { lon, lat }).collect()) else {
                return Ok(());
            };
            let mut turned = one.positions().to_vec();
            let count = turned.len();
            turned.rotate_left(start % count);
            turned.reverse();
            let other = Ring::new(turned).unwrap();
            let position = Position { lon, lat };
            let (one, other) = (Polygon::new(one, Vec::new()), Polygon::new(other, Vec::new()));
            prop_assert_eq!(one.contains(position), other.contains(position));
        }
    }
}
