//! What a map shows and how large: one affine from metres to pixels.

use super::Prepared;
use crate::geo::{Detail, Point, Position, Projection, Rect};

/// How large a map may be, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// Its width.
    pub width_px: f64,
    /// Its greatest height; the height follows the area's form.
    pub height_px_max: f64,
}

impl Frame {
    /// The map on a phone.
    pub const PHONE: Self = Self { width_px: 344.0, height_px_max: 480.0 };
    /// The map of a single place.
    pub const SPOT: Self = Self { width_px: 320.0, height_px_max: 200.0 };
}

/// Room between what is shown and the edge.
const PADDING_PX: f64 = 14.0;
/// Width of the bands that hold the letters and numbers of the grid.
const BAND_PX: f64 = 15.0;
/// Side of a cell that is wanted.
const CELL_PX: f64 = 84.0;
/// A map is at least so high in proportion to its width.
const HEIGHT_SHARE_MIN: f64 = 0.55;
/// Nothing smaller than a neighbourhood fills a map.
const WIDTH_M_MIN: f64 = 400.0;

/// One map's window.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The part of the picture that shows the ground.
    pub(super) map: Rect,
    /// Columns and rows of the grid; none where there is no grid.
    pub(super) columns: u32,
    pub(super) rows: u32,
    projection: Projection,
    scale_x: f64,
    scale_y: f64,
    origin_m: Point,
}

impl View {
    /// The window around a rectangle of metres, with a grid.
    pub(super) fn around(prepared: &Prepared, focus: Rect, frame: &Frame) -> Self {
        Self::fitted(prepared, focus, frame, BAND_PX)
    }

    /// The same without a grid.
    pub(super) fn plain(prepared: &Prepared, focus: Rect, frame: &Frame) -> Self {
        Self::fitted(prepared, focus, frame, 0.0)
    }

    fn fitted(prepared: &Prepared, focus: Rect, frame: &Frame, band: f64) -> Self {
        let focus = at_least(focus, WIDTH_M_MIN);
        let middle = Point { x: f64::midpoint(focus.left, focus.right), y: f64::midpoint(focus.top, focus.bottom) };
        // The plane is true at its centre's latitude only; here a degree of longitude is a little longer or shorter.
        let stretch = prepared.projection.stretch_at(prepared.projection.unproject(middle).lat);
        let map_width = frame.width_px - band;
        let (room_x, room_y) = (map_width - 2.0 * PADDING_PX, frame.height_px_max - band - 2.0 * PADDING_PX);
        let scale = (room_x / (focus.width() / stretch)).min(room_y / focus.height());
        let needed = (focus.height() * scale + 2.0 * PADDING_PX).max(map_width * HEIGHT_SHARE_MIN).round();
        let map_height = needed.min(frame.height_px_max - band);
        let (scale_x, scale_y) = (scale / stretch, scale);
        let has_grid = band > 0.0;
        let cells = |length: f64| (length / CELL_PX).round().max(1.0) as u32;
        Self {
            width: frame.width_px,
            height: map_height + band,
            map: Rect { left: band, top: band, right: frame.width_px, bottom: map_height + band },
            columns: if has_grid { cells(map_width) } else { 0 },
            rows: if has_grid { cells(map_height) } else { 0 },
            projection: prepared.projection,
            scale_x,
            scale_y,
            origin_m: Point {
                x: middle.x - (map_width / 2.0 + band) / scale_x,
                y: middle.y + (map_height / 2.0 + band) / scale_y,
            },
        }
    }

    /// Pixels of a point in metres.
    pub(super) fn px(&self, point: Point) -> Point {
        Point { x: (point.x - self.origin_m.x) * self.scale_x, y: (self.origin_m.y - point.y) * self.scale_y }
    }

    /// A window of a fixed scale whose own place does not matter.
    pub(super) fn fixed(projection: Projection, map: Rect, px_per_m: f64) -> Self {
        Self {
            width: map.right,
            height: map.bottom,
            map,
            columns: 0,
            rows: 0,
            projection,
            scale_x: px_per_m,
            scale_y: px_per_m,
            origin_m: Point { x: 0.0, y: 0.0 },
        }
    }

    /// The position under a point in pixels.
    pub(super) fn position(&self, point: Point) -> Position {
        let x = self.origin_m.x + point.x / self.scale_x;
        self.projection.unproject(Point { x, y: self.origin_m.y - point.y / self.scale_y })
    }

    /// Pixels of a line or ring.
    pub(super) fn px_all(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|&point| self.px(point)).collect()
    }

    /// Pixels of a position, if it lies on the map.
    pub(super) fn place(&self, position: Position) -> Option<Point> {
        let point = self.px(self.projection.project(position));
        (position.is_on_earth() && self.map.contains(point)).then_some(point)
    }

    /// What is seen, in metres.
    pub(super) fn window_m(&self) -> Rect {
        let x = |px: f64| self.origin_m.x + px / self.scale_x;
        let y = |px: f64| self.origin_m.y - px / self.scale_y;
        Rect { left: x(self.map.left), right: x(self.map.right), top: y(self.map.bottom), bottom: y(self.map.top) }
    }

    /// Corners under half a pixel and islands under four square pixels are left out.
    pub(super) fn detail(&self) -> Detail {
        let px2_per_m2 = self.scale_x * self.scale_y;
        Detail { corner_m2: 0.25 / px2_per_m2, island_m2: 4.0 / px2_per_m2 }
    }

    /// Pixels of a metre.
    pub(super) fn px_per_m(&self) -> f64 {
        self.scale_y
    }

    /// The middle of the map.
    pub(super) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.map.left, self.map.right), f64::midpoint(self.map.top, self.map.bottom))
    }
}

fn at_least(focus: Rect, side_m: f64) -> Rect {
    let missing = (side_m - focus.width().max(focus.height())).max(0.0) / 2.0;
    focus.grown(missing)
}
