//! The features of a GeoJSON file, each with its place in the file.
//!
//! In: the text of a file from outside. Out: features whose geometry is sound (finite numbers on the earth,
//! closed rings of at least three positions) and a report that names file, line, column and the number of
//! each feature that is not. What a feature means is for the caller. Any ring order, a `crs` member that
//! says WGS84, and a third coordinate are accepted in silence.

mod coordinates;
mod envelope;

use serde_json::Value;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::geo::{MultiPolygon, Position};
use crate::limits;
use crate::source::{SourcePath, Span};

use coordinates::Tallies;

/// One feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its number in the file, from one.
    pub number: usize,
    /// From brace to brace.
    pub span: Span,
    /// In the order of the file.
    pub properties: Vec<(String, Value)>,
    /// What it draws.
    pub geometry: Geometry,
}

/// A sound geometry, with the `Multi…` kinds folded into the plain ones.
#[derive(Clone, PartialEq, Debug)]
pub enum Geometry {
    /// `null`: the feature has no place.
    Nothing,
    /// `Point` and `MultiPoint`.
    Points(Vec<Position>),
    /// `LineString` and `MultiLineString`.
    Lines(Vec<Vec<Position>>),
    /// `Polygon` and `MultiPolygon`.
    Areas(MultiPolygon),
}

impl Geometry {
    /// The name that GeoJSON has for it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "null",
            Self::Points(_) => "Point",
            Self::Lines(_) => "LineString",
            Self::Areas(_) => "Polygon",
        }
    }
}

impl Feature {
    /// A property as text: a string without blanks around it, or a number. `None` for anything else.
    #[must_use]
    pub fn text(&self, property: &str) -> Option<String> {
        self.properties.iter().find(|(name, _)| name == property).and_then(|(_, value)| match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// The first bytes of the feature, for messages about it as a whole.
    #[must_use]
    pub fn head(&self, text: &str) -> Span {
        const BYTES_MAX: usize = 60;
        let range = self.span.range();
        let first_line = text.get(range.clone()).and_then(|whole| whole.lines().next()).unwrap_or_default();
        let mut length = first_line.len().min(BYTES_MAX);
        while !first_line.is_char_boundary(length) {
            length -= 1;
        }
        Span::new(&self.span.path, range.start..range.start + length)
    }

    /// Where a property's name stands, or the head where it cannot be found.
    #[must_use]
    pub fn property_span(&self, text: &str, property: &str) -> Span {
        let range = self.span.range();
        let quoted = format!("\"{property}\"");
        let found = text.get(range.clone()).and_then(|whole| whole.find(&quoted));
        found.map_or_else(
            || self.head(text),
            |at| Span::new(&self.span.path, range.start + at..range.start + at + quoted.len()),
        )
    }

    /// The names of the properties, in the order of the file.
    pub fn property_names(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().map(|(name, _)| name.as_str())
    }

    /// True when the property is written, whatever its value.
    #[must_use]
    pub fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|(name, _)| name == property)
    }
}

/// The sound features of a file.
pub fn read(path: &SourcePath, text: &str) -> Checked<Vec<Feature>> {
    let mut report = Report::new();
    let mut tallies = Tallies::default();
    let mut features = Vec::new();
    let mut vertices = 0;
    for (at, raw) in envelope::features(path, text, &mut report).into_iter().enumerate() {
        let number = at + 1;
        if number > limits::FEATURES {
            let limit = Diagnostic::new(Code::TooManyFeatures).at(&raw.span(path, text));
            report.push(limit.arg("limit", limits::FEATURES));
            break;
        }
        let place = envelope::Place { path, text, number };
        let Some(parts) = envelope::parts(&place, raw, &mut report) else { continue };
        let Some(geometry) = coordinates::read(&place, &parts, &mut tallies, &mut report) else { continue };
        vertices += vertex_count(&geometry);
        if vertices > limits::VERTICES {
            report.push(Diagnostic::new(Code::TooManyVertices).at(&parts.span).arg("limit", limits::VERTICES));
            break;
        }
        features.push(Feature { number, span: parts.span, properties: parts.properties, geometry });
    }
    tallies.report(&mut report);
    Checked::new(features, report)
}

fn vertex_count(geometry: &Geometry) -> usize {
    match geometry {
        Geometry::Nothing => 0,
        Geometry::Points(points) => points.len(),
        Geometry::Lines(lines) => lines.iter().map(Vec::len).sum(),
        Geometry::Areas(areas) => areas.vertex_count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Vec<Feature>, Vec<(Code, String)>) {
        let path = SourcePath::new("resources/areas.geojson").unwrap();
        let checked = read(&path, text);
        let found = checked.report.iter().map(|diagnostic| {
            let range = diagnostic.primary.as_ref().map(Span::range).unwrap_or_default();
            (diagnostic.code, text.get(range).unwrap_or_default().to_owned())
        });
        (checked.value, found.collect())
    }

    fn one(geometry: &str) -> (Vec<Feature>, Vec<(Code, String)>) {
        read_text(&format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"a":1}},"geometry":{geometry}}}]}}"#
        ))
    }

    #[test]
    fn a_polygon_is_read_with_its_properties() {
        let (features, problems) = one(r#"{"type":"Polygon","coordinates":[[[140,35],[140,36,5],[141,36],[140,35]]]}"#);
        assert_eq!(problems, []);
        assert_eq!(features[0].text("a").as_deref(), Some("1"));
        assert!(matches!(&features[0].geometry, Geometry::Areas(areas) if areas.vertex_count() == 3));
    }

    #[test]
    fn each_unsound_coordinate_has_its_own_message_and_place() {
        let cases = [
            ("[[35.1,140.1],[140,36],[141,36],[35.1,140.1]]", Code::CoordinatesSwapped, "[35.1,140.1]"),
            ("[[140,35],[140,36],[999,36],[140,35]]", Code::CoordinateOffEarth, "[999,36]"),
            ("[[2,48],[2,49],[3,49],[2,48]]", Code::CoordinateOutsideJapan, "[2,48]"),
            ("[[140,35],[140,36],[140,35]]", Code::RingTooShort, "[140,35]"),
            ("[[140,35],[140,36],[141,36]]", Code::RingOpen, "[140,35]"),
            ("[[140,35],[140,36],[141,1e400],[140,35]]", Code::CoordinateNotANumber, "1e400"),
            ("[[140],[140,36],[141,36],[140,35]]", Code::FeatureMalformed, ""),
        ];
        for (ring, code, place) in cases {
            let (_, problems) = one(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#));
            assert_eq!(problems.len(), 1, "{ring}: {problems:?}");
            assert_eq!(problems[0].0, code, "{ring}");
            if !place.is_empty() {
                assert_eq!(problems[0].1, place, "{ring}");
            }
        }
    }

    #[test]
    fn what_is_no_collection_says_so() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        let cases = [
            ("", Code::GeoJsonSyntax),
            ("{", Code::GeoJsonSyntax),
            ("false", Code::GeoJsonNotACollection),
            (r#"{"type":"Point","coordinates":[140,35]}"#, Code::GeoJsonNotACollection),
            (r#"{"type":"Topology","objects":{},"arcs":[]}"#, Code::GeoJsonIsTopoJson),
            (r#"{"type":"FeatureCollection"}"#, Code::GeoJsonNotACollection),
            (
                r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2451"}},"features":[]}"#,
                Code::GeoJsonCrs,
            ),
            (deep.as_str(), Code::GeoJsonTooDeep),
        ];
        for (text, code) in cases {
            let (features, problems) = read_text(text);
            assert!(features.is_empty());
            assert_eq!(problems.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{text}");
        }
    }

    #[test]
    fn a_crs_that_says_wgs84_is_fine() {
        let (_, problems) = read_text(
            r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[]}"#,
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn a_geometry_collection_and_an_unknown_kind_are_refused() {
        assert_eq!(one(r#"{"type":"GeometryCollection","geometries":[]}"#).1[0].0, Code::FeatureIsACollection);
        assert_eq!(one(r#"{"type":"Circle","coordinates":[]}"#).1[0].0, Code::FeatureMalformed);
        assert_eq!(one("null").1, []);
    }
}
