//! Outlines and layers in metres, taken apart once; every map of a site is drawn from this.

use std::collections::BTreeMap;

use super::Outline;
use crate::geo::{BBox, Coverage, MultiPolygon, Point, Position, Projection, Rect};
use crate::layer::{Layers, LineKind, PlaceKind, SurfaceKind};

/// The base of all maps.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) projection: Projection,
    pub(super) areas: Vec<PreparedArea>,
    pub(super) coverage: Coverage,
    pub(super) surfaces: Vec<(SurfaceKind, Rect)>,
    pub(super) surface_coverage: Coverage,
    pub(super) lines: Vec<PreparedLine>,
    pub(super) places: Vec<PreparedPlace>,
    numbers: BTreeMap<String, usize>,
}

/// An area without its polygons, which the coverage holds under the same number.
#[derive(Clone, Debug)]
pub(super) struct PreparedArea {
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) href: String,
    pub(super) frame: Rect,
}

#[derive(Clone, Debug)]
pub(super) struct PreparedLine {
    pub(super) kind: LineKind,
    pub(super) points: Vec<Point>,
    pub(super) frame: Rect,
}

#[derive(Clone, Debug)]
pub(super) struct PreparedPlace {
    pub(super) kind: PlaceKind,
    pub(super) name: String,
    pub(super) priority: i32,
    pub(super) point: Point,
}

/// Places of one name nearer than this are one: a station of three lines.
const SAME_PLACE_M: f64 = 400.0;

impl Prepared {
    /// Projects and takes apart. Areas come in the order in which they are numbered.
    #[must_use]
    pub fn new(outlines: &[Outline<'_>], layers: &Layers) -> Self {
        let bounds = outlines.iter().filter_map(|outline| outline.shape.bounds()).reduce(BBox::union);
        let fallback = Position { lon: 135.0, lat: 35.0 };
        let projection = Projection::at(bounds.map_or(fallback, |bounds| bounds.centre()));
        let shapes: Vec<&MultiPolygon> = outlines.iter().map(|outline| outline.shape).collect();
        let surfaces: Vec<&MultiPolygon> = layers.surfaces.iter().map(|surface| &surface.shape).collect();
        let kinds = layers.surfaces.iter().map(|surface| surface.kind);
        Self {
            areas: outlines.iter().map(|outline| prepared_area(outline, &projection)).collect(),
            numbers: outlines.iter().enumerate().map(|(at, outline)| (outline.id.to_owned(), at)).collect(),
            coverage: Coverage::new(&shapes, &projection),
            surfaces: kinds.zip(surfaces.iter().map(|shape| frame_m(shape, &projection))).collect(),
            surface_coverage: Coverage::new(&surfaces, &projection),
            lines: layers.lines.iter().filter_map(|line| prepared_line(line, &projection)).collect(),
            places: prepared_places(layers, &projection),
            projection,
        }
    }

    /// The same, where islands with these positions are drawn however small they are.
    #[must_use]
    pub fn with_islands(mut self, positions: impl Iterator<Item = Position>) -> Self {
        let points: Vec<Point> = positions.map(|position| self.projection.project(position)).collect();
        self.coverage.keep_islands(&points);
        self
    }

    /// The number of the area with this identifier.
    pub(super) fn number_of(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The frame around all areas, in metres with y upward.
    pub(super) fn frame(&self) -> Option<Rect> {
        self.areas.iter().map(|area| area.frame).reduce(Rect::union)
    }
}

fn frame_m(shape: &MultiPolygon, projection: &Projection) -> Rect {
    let Some(bounds) = shape.bounds() else { return Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 } };
    let low = projection.project(Position { lon: bounds.west, lat: bounds.south });
    let high = projection.project(Position { lon: bounds.east, lat: bounds.north });
    Rect { left: low.x, top: low.y, right: high.x, bottom: high.y }
}

fn prepared_area(outline: &Outline<'_>, projection: &Projection) -> PreparedArea {
    PreparedArea {
        name: outline.name.to_owned(),
        number: outline.number,
        href: outline.href.to_owned(),
        frame: frame_m(outline.shape, projection),
    }
}

fn prepared_line(line: &crate::layer::Line, projection: &Projection) -> Option<PreparedLine> {
    let points: Vec<Point> = line.positions.iter().map(|&position| projection.project(position)).collect();
    let frame = Rect::around(&points)?;
    Some(PreparedLine { kind: line.kind, points, frame })
}

/// The most important first; of several of one name at one spot the first.
fn prepared_places(layers: &Layers, projection: &Projection) -> Vec<PreparedPlace> {
    let mut sorted: Vec<&crate::layer::Place> = layers.places.iter().collect();
    sorted.sort_by(|a, b| {
        let place = |place: &crate::layer::Place| (place.position.lon, place.position.lat);
        let ((a_lon, a_lat), (b_lon, b_lat)) = (place(a), place(b));
        let by_place = a_lon.total_cmp(&b_lon).then(a_lat.total_cmp(&b_lat));
        b.priority.cmp(&a.priority).then(a.kind.cmp(&b.kind)).then(a.name.cmp(&b.name)).then(by_place)
    });
    let mut places: Vec<PreparedPlace> = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
    for place in sorted {
        let point = projection.project(place.position);
        let known = by_name.entry(&place.name).or_default();
        if known.iter().all(|other| other.distance(point) > SAME_PLACE_M) {
            known.push(point);
            places.push(PreparedPlace { kind: place.kind, name: place.name.clone(), priority: place.priority, point });
        }
    }
    places
}
