//! What a map shows and how large: one affine from metres to pixels.

use super::Prepared;
use crate::geo::{Detail, Point, Position, Projection, Rect};

/// What a map is drawn for. The pixel of a drawing is a CSS pixel on the screen, a quarter of a millimetre on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Medium {
    /// A page in a browser, laid out for a phone.
    Screen,
    /// A sheet, measured in millimetres, readable in grey.
    Paper,
}

/// How large a map may be, in pixels of the drawing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// Its width.
    pub width_px: f64,
    /// Its greatest height; the height follows the area's form.
    pub height_px_max: f64,
    /// What it is drawn for.
    pub medium: Medium,
}

impl Frame {
    /// The map on a phone.
    pub const PHONE: Self = Self { width_px: 344.0, height_px_max: 480.0, medium: Medium::Screen };
    /// The map of a single place.
    pub const SPOT: Self = Self { width_px: 320.0, height_px_max: 200.0, medium: Medium::Screen };
    /// The full width of a sheet of A4: 190 mm, at most 170 mm high without its inset.
    pub const A4: Self = Self { width_px: 760.0, height_px_max: 680.0, medium: Medium::Paper };
    /// One column of a newsletter: 93 mm, at most 80 mm high without its inset.
    pub const COLUMN: Self = Self { width_px: 372.0, height_px_max: 320.0, medium: Medium::Paper };

    /// True for a narrow sheet.
    fn is_column(&self) -> bool {
        self.medium == Medium::Paper && self.width_px < 500.0
    }

    /// The sizes of what stands on the map.
    pub(super) fn sizes(&self) -> Sizes {
        match self.medium {
            Medium::Screen => Sizes {
                radius: 11.0,
                gap: 24.0,
                number_font: 12.5,
                place_font: 13.0,
                area_font: 12.0,
                cell: 84.0,
                insets_max: 2,
                shift_mean_max: 1.0,
                shift_max: 4.0,
                searched_marks_max: usize::MAX,
                has_minor_roads: false,
            },
            Medium::Paper => Sizes {
                radius: 10.4,
                gap: 22.0,
                number_font: 13.2,
                place_font: 12.8,
                area_font: 11.2,
                cell: if self.is_column() { 120.0 } else { 160.0 },
                insets_max: 1,
                shift_mean_max: 0.5,
                shift_max: 3.0,
                searched_marks_max: if self.is_column() { 60 } else { usize::MAX },
                has_minor_roads: !self.is_column(),
            },
        }
    }
}

/// Sizes of one medium, in pixels of the drawing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Sizes {
    /// Radius of a mark; other forms have about the same surface as this circle.
    pub(super) radius: f64,
    /// Least distance between the centres of marks.
    pub(super) gap: f64,
    /// Of the number in a mark.
    pub(super) number_font: f64,
    /// Of the names of stations and landmarks.
    pub(super) place_font: f64,
    /// Of the names of neighbours.
    pub(super) area_font: f64,
    /// Side of a grid's cell that is wanted.
    pub(super) cell: f64,
    /// How many enlarged parts a map may have.
    pub(super) insets_max: usize,
    /// How far marks may stand from their places on the average, in radii.
    pub(super) shift_mean_max: f64,
    /// How far any mark may stand from its place, in radii.
    pub(super) shift_max: f64,
    /// Of a map of more marks than this only the first few layouts are tried: in a column of a newsletter more are a
    /// crowd, which a score of further layouts betters little.
    pub(super) searched_marks_max: usize,
    /// True where streets of neighbourhoods are drawn.
    pub(super) has_minor_roads: bool,
}

/// Room between what is shown and the edge.
const PADDING_PX: f64 = 14.0;
/// Width of the bands that hold the letters and numbers of the grid.
const BAND_PX: f64 = 15.0;
/// Height of an enlarged part for its width.
const INSET_ASPECT: f64 = 0.8;
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
    pub(super) medium: Medium,
    pub(super) sizes: Sizes,
    /// Zero for the map itself, else the number of its enlarged part.
    pub(super) panel: u32,
    projection: Projection,
    scale_x: f64,
    scale_y: f64,
    origin_m: Point,
}

impl View {
    /// True when the other window of the same map shows the same ground at the same size.
    pub(super) fn frames_the_same(&self, other: &Self) -> bool {
        let frame = |view: &Self| (view.map, view.scale_x, view.scale_y, view.origin_m);
        frame(self) == frame(other)
    }

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
        let sizes = frame.sizes();
        let cells = |length: f64| (length / sizes.cell).round().max(1.0) as u32;
        Self {
            width: frame.width_px,
            height: map_height + band,
            map: Rect { left: band, top: band, right: frame.width_px, bottom: map_height + band },
            columns: if has_grid { cells(map_width) } else { 0 },
            rows: if has_grid { cells(map_height) } else { 0 },
            medium: frame.medium,
            sizes,
            panel: 0,
            projection: prepared.projection,
            scale_x,
            scale_y,
            origin_m: Point {
                x: middle.x - (map_width / 2.0 + band) / scale_x,
                y: middle.y + (map_height / 2.0 + band) / scale_y,
            },
        }
    }

    /// How high the drawing of an enlarged part's ground is for its width.
    pub(super) fn inset_aspect(&self) -> f64 {
        (INSET_ASPECT * self.width - BAND_PX) / (self.width - BAND_PX)
    }

    /// The window that shows a box of this one larger.
    pub(super) fn enlarged(&self, part: &Rect, panel: u32) -> Self {
        let zoom = (self.width - BAND_PX) / part.width().max(1.0);
        let height = (part.height() * zoom).round() + BAND_PX;
        let cells = |length: f64| (length / self.sizes.cell).round().max(1.0) as u32;
        let corner = |at: f64, zoomed: f64| at - BAND_PX / zoomed;
        Self {
            height,
            map: Rect { left: BAND_PX, top: BAND_PX, right: self.width, bottom: height },
            columns: cells(self.width - BAND_PX),
            rows: cells(height - BAND_PX),
            panel,
            scale_x: self.scale_x * zoom,
            scale_y: self.scale_y * zoom,
            origin_m: Point {
                x: self.origin_m.x + corner(part.left, zoom) / self.scale_x,
                y: self.origin_m.y - corner(part.top, zoom) / self.scale_y,
            },
            ..*self
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
            medium: Medium::Screen,
            sizes: Frame::SPOT.sizes(),
            panel: 0,
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

    /// Pixels of a position, wherever it lies.
    pub(super) fn point(&self, position: Position) -> Point {
        self.px(self.projection.project(position))
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

    /// The affine from degrees: longitude and latitude of the left upper corner, pixels of a degree to the east and
    /// to the south.
    pub(super) fn affine(&self) -> [f64; 4] {
        let corner = self.position(Point { x: 0.0, y: 0.0 });
        let far = self.position(Point { x: 1000.0, y: 1000.0 });
        [corner.lon, corner.lat, 1000.0 / (far.lon - corner.lon), 1000.0 / (corner.lat - far.lat)]
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
