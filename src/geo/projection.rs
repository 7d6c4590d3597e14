//! A local plane in metres: equirectangular around one latitude.

use super::Position;

/// Mean radius of the earth.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A point in a plane: metres east and north, or pixels right and down.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Up in metres, down in pixels.
    pub y: f64,
}

impl Point {
    /// How far the other point is.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }
}

/// Positions near a centre as metres from it; wrong by less than 0.1 % over 30 km.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Projection {
    centre: Position,
    metres_per_degree_lon: f64,
    metres_per_degree_lat: f64,
}

impl Projection {
    /// The plane that touches the earth at `centre`.
    #[must_use]
    pub fn at(centre: Position) -> Self {
        let metres_per_degree = EARTH_RADIUS_M.to_radians();
        Self {
            centre,
            metres_per_degree_lon: metres_per_degree * libm::cos(centre.lat.to_radians()),
            metres_per_degree_lat: metres_per_degree,
        }
    }

    /// Where the plane touches.
    #[must_use]
    pub fn centre(&self) -> Position {
        self.centre
    }

    /// Metres east and north of the centre.
    #[must_use]
    pub fn project(&self, position: Position) -> Point {
        Point {
            x: (position.lon - self.centre.lon) * self.metres_per_degree_lon,
            y: (position.lat - self.centre.lat) * self.metres_per_degree_lat,
        }
    }

    /// The position of a point of the plane.
    #[must_use]
    pub fn unproject(&self, point: Point) -> Position {
        Position {
            lon: self.centre.lon + point.x / self.metres_per_degree_lon,
            lat: self.centre.lat + point.y / self.metres_per_degree_lat,
        }
    }

    /// By how much a metre along a parallel at `lat` is longer or shorter in this plane.
    #[must_use]
    pub fn stretch_at(&self, lat: f64) -> f64 {
        let there = EARTH_RADIUS_M.to_radians() * libm::cos(lat.to_radians());
        if there > 0.0 { self.metres_per_degree_lon / there } else { 1.0 }
    }
}

/// Metres between two places along the earth (haversine).
#[must_use]
pub fn distance_m(a: Position, b: Position) -> f64 {
    let half_lat = libm::sin((b.lat - a.lat).to_radians() / 2.0);
    let half_lon = libm::sin((b.lon - a.lon).to_radians() / 2.0);
    let cosines = libm::cos(a.lat.to_radians()) * libm::cos(b.lat.to_radians());
    let chord = (half_lat * half_lat + cosines * half_lon * half_lon).clamp(0.0, 1.0);
    2.0 * EARTH_RADIUS_M * libm::asin(chord.sqrt())
}

/// How far a point is from the nearest point of a segment.
#[must_use]
pub fn point_segment_distance(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length2 = dx * dx + dy * dy;
    let along =
        if length2 > 0.0 { (((point.x - a.x) * dx + (point.y - a.y) * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    point.distance(Point { x: a.x + along * dx, y: a.y + along * dy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plane_and_the_sphere_agree_over_a_town() {
        let station = Position { lon: 140.113, lat: 35.613 };
        let hill = Position { lon: 140.25, lat: 35.52 };
        let plane = Projection::at(station);
        let flat_m = plane.project(station).distance(plane.project(hill));
        let round_m = distance_m(station, hill);
        assert!((flat_m - round_m).abs() / round_m < 0.001, "{flat_m} {round_m}");
    }

    #[test]
    fn projecting_and_back_returns_the_position() {
        let plane = Projection::at(Position { lon: 141.35, lat: 43.06 });
        let back = plane.unproject(plane.project(Position { lon: 141.4, lat: 43.1 }));
        assert!((back.lon - 141.4).abs() < 1e-9 && (back.lat - 43.1).abs() < 1e-9);
    }

    #[test]
    fn the_distance_to_a_segment_is_to_its_nearest_point() {
        let (a, b) = (Point { x: 0., y: 0. }, Point { x: 10., y: 0. });
        assert!((point_segment_distance(Point { x: 5., y: 3. }, a, b) - 3.0).abs() < 1e-12);
        assert!((point_segment_distance(Point { x: 13., y: 4. }, a, b) - 5.0).abs() < 1e-12);
    }
}
