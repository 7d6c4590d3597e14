//! Words for places on the earth and shapes in the plane.
//!
//! In: longitudes and latitudes in WGS84 degrees. Out: polygons that can be asked whether they hold a
//! position, a local projection to metres, and the plane geometry that drawings need (clipping,
//! simplification that keeps shared borders shared, places for labels). Knows nothing of sites.
//!
//! Trigonometry goes through `libm`, so that every system computes the same bytes.

mod clip;
mod coverage;
mod gap;
mod label_point;
mod polygon;
mod projection;
mod simplify;
mod sweep;
mod untangle;

pub use clip::{Rect, clip_line, clip_ring, enters};
pub use coverage::{Border, Coverage, Detail, PlanePolygon, Simplified, crossed_by};
pub use gap::Gap;
pub use label_point::{LabelPoint, label_point};
pub use polygon::{MultiPolygon, Polygon, Ring};
pub use projection::{Point, Projection, distance_m, point_segment_distance};
pub use simplify::{signed_area, simplify_line, visvalingam_weights};
pub use sweep::{Sweep, sweep};

/// A place on the earth in WGS84 degrees, longitude first as in GeoJSON.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Position {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl Position {
    /// True when both numbers are finite and name a place on the earth.
    #[must_use]
    pub fn is_on_earth(self) -> bool {
        self.lon.is_finite() && self.lat.is_finite() && self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
    }

    /// True inside a generous frame around Japan's islands.
    #[must_use]
    pub fn is_in_japan(self) -> bool {
        (122.0..=154.5).contains(&self.lon) && (20.0..=46.5).contains(&self.lat)
    }

    /// True when the two numbers would lie in Japan the other way round and do not as they stand.
    #[must_use]
    pub fn looks_swapped(self) -> bool {
        !self.is_in_japan() && Self { lon: self.lat, lat: self.lon }.is_in_japan()
    }

    /// Why the two numbers can't be meant for a place in Japan.
    #[must_use]
    pub fn misplaced(self) -> Option<Misplaced> {
        if self.lat.abs() < 1e-6 && self.lon.abs() < 1e-6 {
            Some(Misplaced::Zero)
        } else if self.looks_swapped() {
            Some(Misplaced::Swapped)
        } else if self.is_on_earth() && self.is_in_japan() {
            None
        } else {
            Some(Misplaced::Abroad)
        }
    }
}

/// What two numbers are that are no place in Japan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misplaced {
    /// Both zero: not filled in.
    Zero,
    /// Longitude for latitude.
    Swapped,
    /// In another country, or nowhere on the earth.
    Abroad,
}

/// The smallest frame of degrees around something.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BBox {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl BBox {
    /// The frame around positions; `None` without any.
    #[must_use]
    pub fn around(positions: impl IntoIterator<Item = Position>) -> Option<Self> {
        positions.into_iter().fold(None, |frame: Option<Self>, p| {
            let point = Self { west: p.lon, south: p.lat, east: p.lon, north: p.lat };
            Some(frame.map_or(point, |frame| frame.union(point)))
        })
    }

    /// The smallest frame around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// True when the position lies inside or on the frame.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        (self.west..=self.east).contains(&position.lon) && (self.south..=self.north).contains(&position.lat)
    }

    /// The middle.
    #[must_use]
    pub fn centre(&self) -> Position {
        Position { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }
}
