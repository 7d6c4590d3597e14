//! The inside of a geometry: positions, lines, rings, each looked at once.
//!
//! A file in the wrong coordinate system has the same mistake ten thousand times; each kind of mistake is
//! therefore told once a file, at its first place, with the number of features that have it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::Geometry;
use super::envelope::{Parts, Place, Raw, offset_of};
use crate::diag::{Code, Diagnostic, Report};
use crate::geo::{MultiPolygon, Polygon, Position, Ring};
use crate::source::Span;

/// Mistakes that are told once a file.
#[derive(Default)]
pub(super) struct Tallies {
    found: BTreeMap<Code, Tally>,
}

struct Tally {
    first: Diagnostic,
    features: usize,
    last_feature: usize,
}

impl Tallies {
    fn add(&mut self, code: Code, number: usize, first: impl FnOnce() -> Diagnostic) {
        let tally = self.found.entry(code).or_insert_with(|| Tally { first: first(), features: 0, last_feature: 0 });
        if tally.last_feature != number {
            tally.last_feature = number;
            tally.features += 1;
        }
    }

    /// Tells each kind of mistake.
    pub(super) fn report(self, report: &mut Report) {
        for (_, tally) in self.found {
            report.push(tally.first.arg("count", tally.features));
        }
    }
}

/// A position as an array of at least two numbers; heights and what follows are passed over.
struct Pair(Position);

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairVisitor;
        impl<'de> Visitor<'de> for PairVisitor {
            type Value = Pair;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("[経度, 緯度] (a position [longitude, latitude])")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Pair, A::Error> {
                let short = || serde::de::Error::custom("[経度, 緯度] の数が足りない (a position needs two numbers)");
                let lon = seq.next_element()?.ok_or_else(short)?;
                let lat = seq.next_element()?.ok_or_else(short)?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Pair(Position { lon, lat }))
            }
        }
        deserializer.deserialize_seq(PairVisitor)
    }
}

#[derive(serde::Deserialize)]
struct RawGeometry<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    coordinates: Option<Raw<'a>>,
}

/// The geometry of a feature; `None` when a problem was reported.
pub(super) fn read(
    place: &Place<'_>,
    parts: &Parts<'_>,
    tallies: &mut Tallies,
    report: &mut Report,
) -> Option<Geometry> {
    let Some(raw) = parts.geometry else { return Some(Geometry::Nothing) };
    let mut malformed = |span: Span, cause: &'static str, kind: &str| {
        let problem = Diagnostic::new(Code::FeatureMalformed).at(&span).because(cause);
        report.push(problem.arg("feature", place.number).arg("kind", kind));
    };
    let geometry: RawGeometry<'_> = match serde_json::from_str(raw.as_str()) {
        Ok(geometry) => geometry,
        Err(_) => {
            malformed(raw.span(place.path, place.text), "parts", "");
            return None;
        }
    };
    let kind = geometry.kind.unwrap_or_default();
    if kind == "GeometryCollection" {
        let problem = Diagnostic::new(Code::FeatureIsACollection).at(&raw.span(place.path, place.text));
        report.push(problem.arg("feature", place.number));
        return None;
    }
    let Some(coordinates) = geometry.coordinates else {
        malformed(raw.span(place.path, place.text), "no_coordinates", "");
        return None;
    };
    match nested(&kind, coordinates.as_str()) {
        None => {
            malformed(raw.span(place.path, place.text), "kind", &kind);
            None
        }
        Some(Err(error)) => {
            report.push(unreadable(place, coordinates, &error));
            None
        }
        Some(Ok(nest)) => sound(&Reader { place, coordinates }, nest, tallies),
    }
}

/// Coordinates folded to the plural kinds.
enum Nest {
    Points(Vec<Pair>),
    Lines(Vec<Vec<Pair>>),
    Areas(Vec<Vec<Vec<Pair>>>),
}

/// `None` for a kind that GeoJSON does not have.
fn nested(kind: &str, text: &str) -> Option<Result<Nest, serde_json::Error>> {
    Some(match kind {
        "Point" => serde_json::from_str(text).map(|pair| Nest::Points(vec![pair])),
        "MultiPoint" => serde_json::from_str(text).map(Nest::Points),
        "LineString" => serde_json::from_str(text).map(|line| Nest::Lines(vec![line])),
        "MultiLineString" => serde_json::from_str(text).map(Nest::Lines),
        "Polygon" => serde_json::from_str(text).map(|rings| Nest::Areas(vec![rings])),
        "MultiPolygon" => serde_json::from_str(text).map(Nest::Areas),
        _ => return None,
    })
}

fn unreadable(place: &Place<'_>, coordinates: Raw<'_>, error: &serde_json::Error) -> Diagnostic {
    let text = coordinates.as_str();
    let at = offset_of(text, error);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let start = text.get(..at).unwrap_or_default().trim_end_matches(is_number).len();
    let length = text.get(start..).unwrap_or_default().chars().take_while(|&c| is_number(c)).count();
    let from = coordinates.offset(place.text) + start;
    let here = Span::new(place.path, from..from + length.max(1));
    if error.to_string().starts_with("number out of range") {
        let value: String = text.get(start..start + length).unwrap_or_default().chars().take(40).collect();
        let problem = Diagnostic::new(Code::CoordinateNotANumber).at(&here);
        return problem.arg("feature", place.number).arg("value", value);
    }
    let problem = Diagnostic::new(Code::FeatureMalformed).at(&here);
    problem.arg("feature", place.number).because("positions")
}

struct Reader<'a> {
    place: &'a Place<'a>,
    coordinates: Raw<'a>,
}

impl Reader<'_> {
    /// The place in the file of the position with this number within the geometry.
    fn span_of(&self, number: usize) -> Span {
        let text = self.coordinates.as_str();
        let offset = self.coordinates.offset(self.place.text);
        let innermost = text.match_indices('[').filter(|(at, _)| {
            let inside = text.get(at + 1..).unwrap_or_default().trim_start();
            inside.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        });
        let start = innermost.map(|(at, _)| at).nth(number).unwrap_or(0);
        let length = text.get(start..).and_then(|rest| rest.find(']')).map_or(1, |end| end + 1);
        Span::new(self.place.path, offset + start..offset + start + length)
    }

    fn problem(&self, code: Code, position_number: usize, position: Position) -> Diagnostic {
        Diagnostic::new(code)
            .at(&self.span_of(position_number))
            .arg("feature", self.place.number)
            .arg("lon", position.lon)
            .arg("lat", position.lat)
    }
}

/// A whole geometry, checked; `None` when a position is off the earth or the axes are swapped.
fn sound(reader: &Reader<'_>, nest: Nest, tallies: &mut Tallies) -> Option<Geometry> {
    let mut number = 0;
    let mut usable = true;
    let mut check = |pairs: Vec<Pair>, tallies: &mut Tallies| -> Vec<Position> {
        let positions: Vec<Position> = pairs.into_iter().map(|Pair(position)| position).collect();
        for &position in &positions {
            if let Some(code) = doubt(position) {
                tallies.add(code, reader.place.number, || reader.problem(code, number, position));
                usable &= code == Code::CoordinateOutsideJapan;
            }
            number += 1;
        }
        positions
    };
    let geometry = match nest {
        Nest::Points(points) => Geometry::Points(check(points, tallies)),
        Nest::Lines(lines) => Geometry::Lines(lines.into_iter().map(|line| check(line, tallies)).collect()),
        Nest::Areas(polygons) => {
            let mut first = 0;
            let mut shape = MultiPolygon::default();
            for rings in polygons {
                let mut sound_rings = Vec::new();
                for pairs in rings {
                    let count = pairs.len();
                    let positions = check(pairs, tallies);
                    sound_rings.extend(sound_ring(reader, positions, first, tallies));
                    first += count;
                }
                let mut rings = sound_rings.into_iter();
                shape.polygons.extend(rings.next().map(|exterior| Polygon::new(exterior, rings.collect())));
            }
            Geometry::Areas(shape)
        }
    };
    usable.then_some(geometry)
}

fn doubt(position: Position) -> Option<Code> {
    if position.looks_swapped() {
        Some(Code::CoordinatesSwapped)
    } else if !position.is_on_earth() {
        Some(Code::CoordinateOffEarth)
    } else if !position.is_in_japan() {
        Some(Code::CoordinateOutsideJapan)
    } else {
        None
    }
}

fn sound_ring(
    reader: &Reader<'_>,
    positions: Vec<Position>,
    first_number: usize,
    tallies: &mut Tallies,
) -> Option<Ring> {
    let here = positions.first().copied().unwrap_or(Position { lon: 0.0, lat: 0.0 });
    let closed = positions.first() == positions.last();
    let ring = Ring::new(positions);
    let code = if ring.is_none() { Some(Code::RingTooShort) } else { (!closed).then_some(Code::RingOpen) };
    if let Some(code) = code {
        tallies.add(code, reader.place.number, || reader.problem(code, first_number, here));
    }
    ring
}
