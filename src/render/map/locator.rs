//! Small maps of single places, by the thousand: the ground is cut once into tiles, and each map takes its
//! window out of one tile.
//!
//! A tile reaches half a window beyond its cell on each side, so that the window around any place in the cell
//! lies within it.

use std::collections::BTreeMap;

use super::base::{PlaceOnMap, filled, rail_paths, stroked};
use super::frame::{Frame, View};
use super::furniture::Furniture;
use super::label::{Name, label_places, write_lines, write_symbol};
use super::mark::write_form;
use super::svg::{Path, escaped, number};
use super::{Drawing, Facts, MapWords, Prepared, grid, words};
use crate::geo::{Detail, Point, Position, Projection, Rect, clip_line, clip_ring, crossed_by, simplify_line};
use crate::layer::{LineKind, SurfaceKind};
use crate::vocabulary;

use super::base::{FOCUS, OUTSIDE, PARK, ROADS, SEA, WATER, WATER_LINE};

/// Of the names.
const FONT_PX: f64 = 13.0;
/// Radius of the mark.
const RADIUS_PX: f64 = 11.0;
/// More names than this are noise on a map of one place.
const NAMES_MAX: usize = 4;
/// Lines and borders are drawn this coarsely.
const TOLERANCE_PX: f64 = 1.0;

/// A place to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// Where it is.
    pub position: Position,
    /// What it is called.
    pub name: &'a str,
    /// The form and colour of its category.
    pub look: &'a vocabulary::Marker,
    /// The words of the page's language.
    pub words: &'a MapWords,
    /// Begins every `id` in the SVG.
    pub id_prefix: &'a str,
}

/// The ground under many places at one scale.
#[derive(Clone, Debug)]
pub struct Locators {
    projection: Projection,
    frame: Frame,
    px_per_m: f64,
    tiles: BTreeMap<(i32, i32), Tile>,
}

/// Ground in pixels of the whole plane, y downward.
#[derive(Clone, Debug, Default)]
struct Tile {
    land: Vec<Vec<Point>>,
    surfaces: Vec<(SurfaceKind, Vec<Point>)>,
    borders: Vec<(Side, Vec<Point>)>,
    lines: Vec<(LineKind, Vec<Point>)>,
    places: Vec<PlaceOnMap>,
}

/// What lies across a border.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Side {
    Area,
    Outside,
}

impl Locators {
    /// Cuts the tiles in which the positions lie. A map shows at least `radius_m` around its place.
    #[must_use]
    pub fn new(prepared: &Prepared, frame: Frame, radius_m: f64, positions: &[Position]) -> Self {
        let px_per_m = frame.width_px.min(frame.height_px_max) / 2.0 / radius_m.max(1.0);
        let mut locators = Self { projection: prepared.projection, frame, px_per_m, tiles: BTreeMap::new() };
        let ground = Ground::new(prepared, px_per_m);
        for &position in positions.iter().filter(|position| position.is_on_earth()) {
            let key = locators.key(locators.plane_px(position));
            if !locators.tiles.contains_key(&key) {
                let tile = ground.tile(&locators.tile_frame(key));
                locators.tiles.insert(key, tile);
            }
        }
        locators
    }

    fn plane_px(&self, position: Position) -> Point {
        let point = self.projection.project(position);
        Point { x: point.x * self.px_per_m, y: -point.y * self.px_per_m }
    }

    /// `data-proj` of the map around a position: its left upper corner, and pixels of a degree east and south.
    fn affine(&self, at: Position) -> String {
        let (here, beyond) = (self.plane_px(at), self.plane_px(Position { lon: at.lon + 1.0, lat: at.lat - 1.0 }));
        let (east, south) = (beyond.x - here.x, beyond.y - here.y);
        let lon = at.lon - self.frame.width_px / 2.0 / east;
        let lat = at.lat + self.frame.height_px_max / 2.0 / south;
        format!("{lon:.7} {lat:.7} {east:.1} {south:.1}")
    }

    fn key(&self, point: Point) -> (i32, i32) {
        ((point.x / self.frame.width_px).floor() as i32, (point.y / self.frame.height_px_max).floor() as i32)
    }

    fn tile_frame(&self, (column, row): (i32, i32)) -> Rect {
        let (width, height) = (self.frame.width_px, self.frame.height_px_max);
        let (left, top) = (f64::from(column) * width, f64::from(row) * height);
        Rect {
            left: left - width / 2.0,
            top: top - height / 2.0,
            right: left + width * 1.5,
            bottom: top + height * 1.5,
        }
    }

    /// Draws one place; `None` for a position that was not among those given before.
    #[must_use]
    pub fn draw(&self, spot: &Spot<'_>) -> Option<Drawing> {
        let place = self.plane_px(spot.position);
        let tile = self.tiles.get(&self.key(place))?;
        let (width, height) = (self.frame.width_px, self.frame.height_px_max);
        let window = Rect { left: 0.0, top: 0.0, right: width, bottom: height };
        let cut = Cut { tile, window, shift: Point { x: place.x - width / 2.0, y: place.y - height / 2.0 } };
        let middle = Point { x: width / 2.0, y: height / 2.0 };
        let view = View::fixed(self.projection, window, self.px_per_m);
        let furniture = Furniture::choose(&view, &[middle], &[]);
        let (places, names) = cut.places(middle, &furniture);

        let mut out = opening(spot, &self.frame, &names, &self.affine(spot.position));
        cut.write_ground(&mut out);
        write_places(&mut out, &places, &names);
        furniture.write(&mut out, &view, spot.words);
        let (x, y) = (number(middle.x), number(middle.y));
        out.push_str(&format!("<g aria-hidden=\"true\" transform=\"translate({x} {y})\">"));
        write_form(&mut out, spot.look, RADIUS_PX - 1.0);
        out.push_str("</g>");
        grid::write_edge(&mut out, &view);
        out.push_str("</svg>");
        Some(Drawing { svg: out, facts: Facts { shown: 1, ..Facts::default() }, ..Drawing::default() })
    }
}

fn write_places(out: &mut String, places: &[PlaceOnMap], names: &[Name]) {
    if places.is_empty() {
        return;
    }
    out.push_str("<g aria-hidden=\"true\" font-size=\"13\" fill=\"#222\">");
    places.iter().for_each(|place| write_symbol(out, place));
    out.push_str("<g paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"2.6\">");
    for (point, anchor, name) in names {
        write_lines(out, (*point, *anchor), (name, FONT_PX));
    }
    out.push_str("</g>");
    out.push_str("</g>");
}

fn opening(spot: &Spot<'_>, frame: &Frame, names: &[Name], affine: &str) -> String {
    let mut out = String::with_capacity(3 * 1024);
    let (width, height) = (number(frame.width_px), number(frame.height_px_max));
    let id = escaped(spot.id_prefix);
    let title = words::filled(&spot.words.spot_title, "name", spot.name);
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t\" data-proj=\"{affine}\" \
         data-ground=\"0 0 {width} {height}\" font-family=\"sans-serif\">\
         <title id=\"{id}-t\">{}</title>",
        escaped(&title)
    ));
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(|(_, _, name)| name.as_str()).collect();
        let near = words::filled(&spot.words.near, "names", &names.join(&spot.words.comma));
        out.push_str(&format!("<desc>{}</desc>", escaped(&near)));
    }
    out
}

/// A window of a tile.
struct Cut<'a> {
    tile: &'a Tile,
    window: Rect,
    shift: Point,
}

impl Cut<'_> {
    fn here(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|point| Point { x: point.x - self.shift.x, y: point.y - self.shift.y }).collect()
    }

    fn surface(&self, rings: impl Iterator<Item = impl AsRef<[Point]>>) -> Path {
        let mut path = Path::default();
        rings.for_each(|ring| path.ring(&clip_ring(&self.here(ring.as_ref()), &self.window)));
        path
    }

    fn line(&self, lines: impl Iterator<Item = impl AsRef<[Point]>>) -> Path {
        let mut path = Path::default();
        for line in lines {
            clip_line(&self.here(line.as_ref()), &self.window).iter().for_each(|part| path.line(part));
        }
        path
    }

    fn kind(&self, kind: SurfaceKind) -> Path {
        self.surface(self.tile.surfaces.iter().filter(|(other, _)| *other == kind).map(|(_, ring)| ring))
    }

    fn lines(&self, kind: LineKind) -> Path {
        self.line(self.tile.lines.iter().filter(|(other, _)| *other == kind).map(|(_, line)| line))
    }

    fn write_ground(&self, out: &mut String) {
        out.push_str("<g class=\"ground\" aria-hidden=\"true\" fill=\"none\" stroke-linejoin=\"round\">");
        let (width, height) = (number(self.window.right), number(self.window.bottom));
        let outer = self.tile.borders.iter().filter(|(side, _)| *side == Side::Outside).map(|(_, line)| line);
        // Where the outer border is not in sight, the window is either all land or all outside.
        let is_uniform = self.line(outer).is_empty();
        let ground = if is_uniform && self.is_land() { FOCUS } else { OUTSIDE };
        out.push_str(&format!("<path d=\"M0 0h{width}v{height}h-{width}z\" fill=\"{ground}\"/>"));
        if !(is_uniform && self.is_land()) {
            self.kind(SurfaceKind::Sea).write(out, &filled(SEA));
        }
        if !is_uniform {
            self.surface(self.tile.land.iter()).write(out, &filled(FOCUS));
        }
        self.kind(SurfaceKind::Park).write(out, &filled(PARK));
        self.kind(SurfaceKind::Water).write(out, &filled(WATER));
        self.lines(LineKind::Water).write(out, &format!("stroke=\"{WATER_LINE}\" stroke-width=\"1.4\""));
        let roads: Vec<Path> = ROADS.iter().map(|(kind, ..)| self.lines(*kind)).collect();
        for (path, (_, casing, width, ..)) in roads.iter().zip(&ROADS) {
            path.write(out, &stroked(casing, *width));
        }
        for (path, (_, _, _, fill, width)) in roads.iter().zip(&ROADS) {
            path.write(out, &stroked(fill, *width));
        }
        rail_paths(out, &self.lines(LineKind::Rail), 2.4);
        self.line(self.tile.borders.iter().map(|(_, line)| line))
            .write(out, "class=\"border\" stroke=\"#6a3d6e\" stroke-width=\"1.4\" stroke-dasharray=\"6 2.5\"");
        out.push_str("</g>");
    }

    /// True when the middle of the window lies in an area.
    fn is_land(&self) -> bool {
        let Rect { right, bottom, .. } = self.window;
        let middle = Point { x: self.shift.x + right / 2.0, y: self.shift.y + bottom / 2.0 };
        self.tile.land.iter().filter(|ring| crossed_by(ring, middle) % 2 == 1).count() % 2 == 1
    }

    /// The places in the window, and the names of the nearest that find room.
    fn places(&self, middle: Point, furniture: &Furniture) -> (Vec<PlaceOnMap>, Vec<Name>) {
        let inside = self.window.grown(-4.0);
        let here = |place: &PlaceOnMap| {
            let point = Point { x: place.point.x - self.shift.x, y: place.point.y - self.shift.y };
            PlaceOnMap { point, ..place.clone() }
        };
        let on_window = |place: &&PlaceOnMap| {
            let point = Point { x: place.point.x - self.shift.x, y: place.point.y - self.shift.y };
            inside.contains(point) && point.distance(middle) > RADIUS_PX
        };
        let mut places: Vec<PlaceOnMap> = self.tile.places.iter().filter(on_window).map(here).collect();
        places.sort_by(|a, b| {
            let distance = |place: &PlaceOnMap| place.point.distance(middle);
            b.priority.cmp(&a.priority).then(distance(a).total_cmp(&distance(b)))
        });
        places.truncate(NAMES_MAX);
        let mark = Rect { left: middle.x, top: middle.y, right: middle.x, bottom: middle.y }.grown(RADIUS_PX + 2.0);
        let mut taken = furniture.boxes().to_vec();
        taken.push(mark);
        let names = label_places(&places, &inside, &mut taken, FONT_PX);
        (places, names)
    }
}

/// The whole ground at the scale of the tiles.
struct Ground<'a> {
    prepared: &'a Prepared,
    px_per_m: f64,
    land: Vec<(Rect, Vec<Point>)>,
    surfaces: Vec<(SurfaceKind, Rect, Vec<Point>)>,
    borders: Vec<(Side, Rect, Vec<Point>)>,
}

impl<'a> Ground<'a> {
    fn new(prepared: &'a Prepared, px_per_m: f64) -> Self {
        let detail = Detail {
            corner_m2: (TOLERANCE_PX / px_per_m) * (TOLERANCE_PX / px_per_m),
            island_m2: 4.0 / (px_per_m * px_per_m),
        };
        let framed = |points: &[Point]| {
            let points: Vec<Point> =
                points.iter().map(|point| Point { x: point.x * px_per_m, y: -point.y * px_per_m }).collect();
            Rect::around(&points).map(|frame| (frame, points))
        };
        let simplified = prepared.coverage.simplified(detail);
        let polygons = (0..prepared.areas.len()).flat_map(|number| simplified.polygons(number));
        let land = polygons.flat_map(|polygon| polygon.rings().filter_map(|ring| framed(ring)).collect::<Vec<_>>());
        let surfaces_simplified = prepared.surface_coverage.simplified(detail);
        let surfaces = prepared.surfaces.iter().enumerate().flat_map(|(number, (kind, _))| {
            let rings = surfaces_simplified.polygons(number).into_iter();
            rings
                .flat_map(|polygon| polygon.rings().filter_map(|ring| framed(ring)).collect::<Vec<_>>())
                .map(|(frame, ring)| (*kind, frame, ring))
                .collect::<Vec<_>>()
        });
        let borders = simplified.borders().into_iter().filter_map(|border| {
            let side = if border.shapes.len() > 1 { Side::Area } else { Side::Outside };
            framed(border.points).map(|(frame, line)| (side, frame, line))
        });
        let borders = borders.collect();
        Self { prepared, px_per_m, land: land.collect(), surfaces: surfaces.collect(), borders }
    }

    fn tile(&self, frame: &Rect) -> Tile {
        let px = |point: &Point| Point { x: point.x * self.px_per_m, y: -point.y * self.px_per_m };
        let seen = |other: &Rect| other.overlaps(frame);
        let land = self.land.iter().filter(|(around, _)| seen(around)).map(|(_, ring)| clip_ring(ring, frame));
        let surfaces = self.surfaces.iter().filter(|(_, around, _)| seen(around));
        let surfaces = surfaces.map(|(kind, _, ring)| (*kind, clip_ring(ring, frame)));
        let borders = self.borders.iter().filter(|(_, around, _)| seen(around)).flat_map(|(side, _, line)| {
            clip_line(line, frame).into_iter().map(|part| (*side, part)).collect::<Vec<_>>()
        });
        let window_m = Rect {
            left: frame.left / self.px_per_m,
            right: frame.right / self.px_per_m,
            top: -frame.bottom / self.px_per_m,
            bottom: -frame.top / self.px_per_m,
        };
        let mut lines = Vec::new();
        for line in self.prepared.lines.iter().filter(|line| line.frame.overlaps(&window_m)) {
            let points: Vec<Point> = line.points.iter().map(px).collect();
            for part in clip_line(&points, frame) {
                lines.push((line.kind, simplify_line(&part, TOLERANCE_PX)));
            }
        }
        let places = self.prepared.places.iter().map(|place| PlaceOnMap {
            kind: place.kind,
            name: place.name.clone(),
            priority: place.priority,
            point: px(&place.point),
            is_inside: false,
        });
        Tile {
            land: land.filter(|ring| !ring.is_empty()).collect(),
            surfaces: surfaces.filter(|(_, ring)| !ring.is_empty()).collect(),
            borders: borders.collect(),
            lines,
            places: places.filter(|place| frame.contains(place.point)).collect(),
        }
    }
}
