//! The base map that a site brings along: `resources/map/base.pmtiles`.
//!
//! In: the archive's bytes and the frame of the areas. Out: surfaces, lines and stations of the tiles in the frame,
//! cut to their tiles and joined over all of them; or one plain message that says what is wrong with the file.
//! Reads nothing outside the frame, and never more than the limits below.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::{Archive, Flaw, TileKey};
use super::merge::{GridPoint, Piece, join, unite};
use super::schema::{self, Meaning};
use super::tile::{Feature, Form, Layer, UNITS, layers};
use super::{FOLDER, Layers, Line, LineKind, Place, PlaceKind, Surface, SurfaceKind};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::geo::{BBox, MultiPolygon, Point, Polygon, Position, Rect, Ring, clip_line, clip_ring, simplify_line};
use crate::source::{SourcePath, Span};

/// The name of the archive that is read.
const FILE: &str = "base.pmtiles";
/// Streets are complete at this zoom; more would be finer than any drawing.
const ZOOM: u8 = 14;
/// No archive has a higher zoom.
const ZOOM_MAX: u8 = 22;
/// Room around the areas, in degrees: neighbours, and rails that do not stop in mid-air.
const MARGIN_DEG: f64 = 0.02;
/// About 130 km of Japan in both directions at zoom 14.
const TILES_MAX: u64 = 4096;
/// Points of everything drawn, together.
const POINTS_MAX: usize = 8_000_000;
/// Corners of lines smaller than a unit of the grid (60 cm at zoom 14) are no corners.
const TOLERANCE_UNITS: f64 = 1.0;
/// Ponds and lawns smaller than a garden are left out.
const SURFACE_UNITS2_MIN: i64 = 400;
/// Stations come after those that the site names itself.
const STATION_PRIORITY: i32 = 3;

/// Reads the base map out of an archive.
pub(super) fn read(path: &SourcePath, bytes: &[u8], around: Option<BBox>) -> Checked<Layers> {
    let (mut layers, mut report) = (Layers::default(), Report::new());
    if path.as_str() != format!("{FOLDER}/{FILE}") {
        report.push(Diagnostic::new(Code::BaseArchiveName).at(&Span::file(path)).arg("file", path.file_name()));
        return Checked::new(layers, report);
    }
    match Archive::open(bytes) {
        Err(flaw) => report.push(told(&flaw, path)),
        Ok(mut archive) => {
            layers.base_credit = Some(credit(&archive));
            if let Some(around) = around {
                add(&mut archive, around, path, &mut Found { layers: &mut layers, report: &mut report });
            }
        }
    }
    Checked::new(layers, report)
}

/// The credit that an archive asks for, without its links; a dash where it asks for none.
fn credit(archive: &Archive<'_>) -> String {
    let metadata = archive.metadata().ok();
    let metadata = metadata.and_then(|json| serde_json::from_slice::<serde_json::Value>(&json).ok());
    let written = metadata.as_ref().and_then(|metadata| metadata.get("attribution")?.as_str()).unwrap_or_default();
    let mut text = String::new();
    let mut in_tag = false;
    for c in written.chars().take(2000) {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && !c.is_control() => text.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { "—".to_owned() } else { words.join(" ") }
}

/// Where a reading leaves what it found.
struct Found<'a> {
    layers: &'a mut Layers,
    report: &'a mut Report,
}

fn add(archive: &mut Archive<'_>, around: BBox, path: &SourcePath, found: &mut Found<'_>) {
    let Some(grid) = Grid::over(around, archive.zooms()) else {
        let problem = Diagnostic::new(Code::BaseArchiveTooMuch).at(&Span::file(path));
        return found.report.push(problem.arg("limit", format!("{TILES_MAX} tiles / タイル")));
    };
    let mut gathered = Gathered::default();
    for key in grid.tiles() {
        match archive.tile(key) {
            Ok(None) => {}
            Ok(Some(bytes)) => gathered.tile(&bytes, (key.x - grid.left, key.y - grid.top)),
            // Most flaws of one tile are those of all; one message is enough.
            Err(Flaw::Damaged) => gathered.unreadable += 1,
            Err(flaw) => return found.report.push(told(&flaw, path)),
        }
        if gathered.points > POINTS_MAX {
            let problem = Diagnostic::new(Code::BaseArchiveTooMuch).at(&Span::file(path));
            return found.report.push(problem.arg("limit", format!("{POINTS_MAX} points / 点")));
        }
    }
    gathered.judge(archive, path, found.report);
    gathered.into_layers(&grid, found.layers);
}

fn told(flaw: &Flaw, path: &SourcePath) -> Diagnostic {
    let diagnostic = match flaw {
        Flaw::NotAnArchive => Diagnostic::new(Code::BaseArchiveForeign),
        Flaw::Version(version) => Diagnostic::new(Code::BaseArchiveVersion).arg("version", version),
        Flaw::CutShort { wanted, found } => {
            Diagnostic::new(Code::BaseArchiveCutShort).arg("wanted", wanted).arg("found", found)
        }
        Flaw::Packing(name) => Diagnostic::new(Code::BaseArchivePacking).arg("packing", name),
        Flaw::Tiles(name) => Diagnostic::new(Code::BaseArchiveTiles).arg("tiles", name),
        Flaw::Damaged => Diagnostic::new(Code::BaseArchiveDamaged),
        Flaw::TooLarge { limit } => {
            Diagnostic::new(Code::BaseArchiveTooMuch).arg("limit", format!("{} MB", limit >> 20))
        }
    };
    diagnostic.at(&Span::file(path))
}

/// The tiles of a frame at one zoom.
struct Grid {
    zoom: u8,
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Grid {
    /// The tiles around a frame; coarser ones where there would be too many.
    fn over(around: BBox, (lowest, highest): (u8, u8)) -> Option<Self> {
        let mut zoom = ZOOM.clamp(lowest, highest);
        loop {
            let grid = Self::at(around, zoom)?;
            if grid.count() <= TILES_MAX {
                return Some(grid);
            }
            zoom = zoom.checked_sub(1).filter(|zoom| *zoom >= lowest)?;
        }
    }

    fn at(around: BBox, zoom: u8) -> Option<Self> {
        if zoom > ZOOM_MAX {
            return None;
        }
        let side = f64::from(1_u32 << zoom);
        let tile = |share: f64| (share * side).floor().clamp(0.0, side - 1.0) as u32;
        let (west, east) = (around.west - MARGIN_DEG, around.east + MARGIN_DEG);
        let (south, north) = (around.south - MARGIN_DEG, around.north + MARGIN_DEG);
        Some(Self {
            zoom,
            left: tile((west + 180.0) / 360.0),
            right: tile((east + 180.0) / 360.0),
            top: tile(mercator(north)),
            bottom: tile(mercator(south)),
        })
    }

    fn count(&self) -> u64 {
        u64::from(self.right - self.left + 1) * u64::from(self.bottom.saturating_sub(self.top) + 1)
    }

    fn tiles(&self) -> Vec<TileKey> {
        let rows = self.top..=self.bottom;
        rows.flat_map(|y| (self.left..=self.right).map(move |x| TileKey { zoom: self.zoom, x, y })).collect()
    }

    /// The place on the earth of a point of the grid.
    fn position(&self, (x, y): GridPoint) -> Position {
        let side = f64::from(1_u32 << self.zoom);
        let along = |first: u32, units: i32| (f64::from(first) + f64::from(units) / f64::from(UNITS)) / side;
        let turn = std::f64::consts::PI * (1.0 - 2.0 * along(self.top, y));
        Position { lon: along(self.left, x) * 360.0 - 180.0, lat: libm::atan(libm::sinh(turn)).to_degrees() }
    }
}

/// How far south a latitude lies on the map of the whole earth, from 0 to 1.
fn mercator(lat: f64) -> f64 {
    let lat = lat.clamp(-85.0, 85.0).to_radians();
    (1.0 - libm::asinh(libm::tan(lat)) / std::f64::consts::PI) / 2.0
}

/// What was found in the tiles so far.
#[derive(Default)]
struct Gathered {
    lines: BTreeMap<LineKind, Vec<Piece>>,
    rings: BTreeMap<SurfaceKind, Vec<Vec<GridPoint>>>,
    stations: Vec<(String, GridPoint)>,
    names: BTreeSet<String>,
    points: usize,
    read: usize,
    unreadable: usize,
}

impl Gathered {
    fn tile(&mut self, bytes: &[u8], (column, row): (u32, u32)) {
        let Some((names, layers)) = layers(bytes, schema::is_known) else {
            self.unreadable += 1;
            return;
        };
        self.read += 1;
        self.names.extend(names);
        let shift = |tile: u32| i32::try_from(tile).unwrap_or(0) * UNITS;
        let corner = (shift(column), shift(row));
        for layer in &layers {
            for feature in &layer.features {
                self.feature(layer, feature, corner);
            }
        }
    }

    fn feature(&mut self, layer: &Layer, feature: &Feature, corner: GridPoint) {
        let texts = layer.texts(feature);
        let Some((form, parts)) = layer.parts(feature) else { return };
        let Some(meaning) = schema::meaning(&layer.name, &texts, form) else { return };
        let tile = Rect { left: 0.0, top: 0.0, right: f64::from(UNITS), bottom: f64::from(UNITS) };
        let on_grid = |points: &[Point]| -> Vec<GridPoint> {
            points.iter().map(|point| (corner.0 + point.x.round() as i32, corner.1 + point.y.round() as i32)).collect()
        };
        let name = || schema::name(&texts).unwrap_or_default().into_owned();
        for part in parts {
            match meaning {
                Meaning::Line(kind) => {
                    for piece in clip_line(&part, &tile) {
                        self.points += piece.len();
                        let piece = Piece { points: on_grid(&piece), name: name() };
                        self.lines.entry(kind).or_default().push(piece);
                    }
                }
                Meaning::Surface(kind) => {
                    let ring = on_grid(&clip_ring(&part, &tile));
                    self.points += ring.len();
                    if ring.len() > 2 {
                        self.rings.entry(kind).or_default().push(ring);
                    }
                }
                Meaning::Station => {
                    let inside = part.first().filter(|point| form == Form::Point && tile.contains(**point));
                    let at = inside.and_then(|point| on_grid(&[*point]).first().copied());
                    self.stations.extend(at.map(|at| (name(), at)).filter(|(name, _)| !name.is_empty()));
                }
            }
        }
    }

    /// What an editor should know of an archive that could be read.
    fn judge(&self, archive: &Archive<'_>, path: &SourcePath, report: &mut Report) {
        let here = |code| Diagnostic::new(code).at(&Span::file(path));
        let is_known = self.names.iter().any(|name| schema::is_known(name));
        if self.unreadable > 0 {
            report.push(here(Code::BaseTilesDamaged).arg("count", self.unreadable));
        } else if self.read == 0 {
            report.push(here(Code::BaseArchiveElsewhere));
        } else if !is_known {
            let names: Vec<&str> = self.names.iter().map(String::as_str).take(8).collect();
            report.push(here(Code::BaseArchiveLayers).arg("layers", names.join(", ")));
        } else if let Err(flaw) = archive.metadata() {
            report.push(told(&flaw, path));
        }
    }

    fn into_layers(self, grid: &Grid, layers: &mut Layers) {
        for (kind, pieces) in self.lines {
            let lines = join(pieces).into_iter().map(|line| Line { kind, positions: simple(&line, grid) });
            layers.lines.extend(lines.filter(|line| line.positions.len() > 1));
        }
        for (kind, rings) in self.rings {
            let polygons = unite(&rings).into_iter().filter_map(|rings| polygon(&rings, grid));
            layers
                .surfaces
                .extend(polygons.map(|polygon| Surface { kind, shape: MultiPolygon { polygons: vec![polygon] } }));
        }
        let stations: BTreeSet<(String, GridPoint)> = self.stations.into_iter().collect();
        layers.places.extend(stations.into_iter().map(|(name, at)| Place {
            kind: PlaceKind::Station,
            name: name.trim_end_matches('駅').to_owned(),
            position: grid.position(at),
            priority: STATION_PRIORITY,
        }));
    }
}

fn simple(line: &[GridPoint], grid: &Grid) -> Vec<Position> {
    let points: Vec<Point> = line.iter().map(|&(x, y)| Point { x: f64::from(x), y: f64::from(y) }).collect();
    let kept = simplify_line(&points, TOLERANCE_UNITS);
    kept.iter().map(|point| grid.position((point.x as i32, point.y as i32))).collect()
}

/// The outline comes first; small surfaces and small holes go.
fn polygon(rings: &[Vec<GridPoint>], grid: &Grid) -> Option<Polygon> {
    let mut rings = rings.iter().filter(|ring| doubled_area(ring).abs() >= 2 * SURFACE_UNITS2_MIN);
    let ring = |points: &Vec<GridPoint>| Ring::new(points.iter().map(|&point| grid.position(point)).collect());
    let exterior = ring(rings.next()?)?;
    Some(Polygon::new(exterior, rings.filter_map(ring).collect()))
}

fn doubled_area(ring: &[GridPoint]) -> i64 {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}
