//! The outside of a GeoJSON file: the collection, its features, their parts; nothing of coordinates.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Report};
use crate::limits;
use crate::source::{SourcePath, Span};

/// Which feature of which file is being read.
pub(super) struct Place<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) text: &'a str,
    pub(super) number: usize,
}

/// A piece of the file that is valid JSON.
#[derive(Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(super) struct Raw<'a>(#[serde(borrow)] &'a RawValue);

impl<'a> Raw<'a> {
    pub(super) fn as_str(self) -> &'a str {
        self.0.get()
    }

    /// Where the piece lies: it is borrowed from `text`, so the addresses say it.
    pub(super) fn offset(self, text: &str) -> usize {
        (self.0.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
    }

    pub(super) fn span(self, path: &SourcePath, text: &str) -> Span {
        let start = self.offset(text);
        Span::new(path, start..start + self.0.get().len())
    }
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<Raw<'a>>,
    #[serde(borrow)]
    features: Option<Raw<'a>>,
    #[serde(borrow)]
    crs: Option<Raw<'a>>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    properties: Option<Map<String, Value>>,
    #[serde(borrow)]
    geometry: Option<Raw<'a>>,
}

/// A feature taken apart.
pub(super) struct Parts<'a> {
    pub(super) span: Span,
    pub(super) properties: Vec<(String, Value)>,
    pub(super) geometry: Option<Raw<'a>>,
}

/// The features of the file, unread; none when the file as a whole cannot be used.
pub(super) fn features<'a>(path: &SourcePath, text: &'a str, report: &mut Report) -> Vec<Raw<'a>> {
    match collection(path, text) {
        Ok(features) => features,
        Err(problem) => {
            report.push(*problem);
            Vec::new()
        }
    }
}

fn collection<'a>(path: &SourcePath, text: &'a str) -> Result<Vec<Raw<'a>>, Box<Diagnostic>> {
    if let Some(at) = too_deep(text) {
        let here = Span::new(path, at..at + 1);
        return Err(Box::new(Diagnostic::new(Code::GeoJsonTooDeep).at(&here).arg("limit", limits::JSON_DEPTH)));
    }
    let whole: Raw<'a> = serde_json::from_str(text).map_err(|error| syntax(path, text, &error))?;
    let not_a_collection = |found: &str| {
        let start = whole.offset(text);
        let here = Span::new(path, start..start + whole.as_str().chars().next().map_or(0, char::len_utf8));
        Box::new(Diagnostic::new(Code::GeoJsonNotACollection).at(&here).arg("found", found))
    };
    let top: Collection<'a> =
        serde_json::from_str(whole.as_str()).map_err(|_| not_a_collection(kind_of_json(whole.as_str())))?;
    let kind = top.kind.and_then(|kind| serde_json::from_str::<String>(kind.as_str()).ok()).unwrap_or_default();
    match kind.as_str() {
        "FeatureCollection" => {}
        "Topology" => {
            let here = top.kind.map_or_else(|| Span::file(path), |kind| kind.span(path, text));
            return Err(Box::new(Diagnostic::new(Code::GeoJsonIsTopoJson).at(&here)));
        }
        "" => return Err(not_a_collection("type がない (no type)")),
        other => return Err(not_a_collection(other)),
    }
    refuse_other_crs(path, text, top.crs)?;
    let features = top.features.ok_or_else(|| not_a_collection("features がない (no features)"))?;
    serde_json::from_str(features.as_str())
        .map_err(|_| not_a_collection("features が配列でない (features is no array)"))
}

fn kind_of_json(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'[') => "配列 (an array)",
        Some(b'"') => "文字列 (a string)",
        Some(b'{') => "重複した項目 (a member written twice)",
        _ => "値ひとつ (a single value)",
    }
}

/// Systems that differ from WGS84 by less than a step: CRS84, WGS84, JGD2000, JGD2011.
const CRS_ACCEPTED: [&str; 5] = ["CRS84", ":4326", ":6668", ":4612", "WGS84"];

fn refuse_other_crs(path: &SourcePath, text: &str, crs: Option<Raw<'_>>) -> Result<(), Box<Diagnostic>> {
    let Some(raw) = crs else { return Ok(()) };
    let value: Value = serde_json::from_str(raw.as_str()).unwrap_or(Value::Null);
    let name = value.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    if value.is_null() || CRS_ACCEPTED.iter().any(|accepted| name.ends_with(accepted)) {
        return Ok(());
    }
    let shown = if name.is_empty() { raw.as_str() } else { name };
    let shown: String = shown.chars().take(60).collect();
    Err(Box::new(Diagnostic::new(Code::GeoJsonCrs).at(&raw.span(path, text)).arg("crs", shown)))
}

/// Where the nesting passes the limit.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > limits::JSON_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn syntax(path: &SourcePath, text: &str, error: &serde_json::Error) -> Box<Diagnostic> {
    let at = offset_of(text, error);
    let rest = text.get(at..).unwrap_or_default();
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let here = Span::new(path, at..at + word.len().max(rest.chars().next().map_or(0, char::len_utf8)));
    if matches!(word.as_str(), "NaN" | "Infinity" | "nan" | "inf") {
        return Box::new(Diagnostic::new(Code::CoordinateNotANumber).at(&here).arg("value", word).arg("feature", "?"));
    }
    Box::new(Diagnostic::new(Code::GeoJsonSyntax).at(&here).because(cause_of(error)))
}

/// What is wrong, as one of the causes in `messages/geo.toml`: the reader's own words are for engineers.
fn cause_of(error: &serde_json::Error) -> &'static str {
    let said = error.to_string();
    let causes = [
        ("expected `:`", "no_colon"),
        ("expected `,`", "no_comma"),
        ("trailing comma", "extra_comma"),
        ("trailing characters", "extra"),
        ("invalid number", "number"),
        ("number out of range", "number"),
        ("key must be", "key"),
        ("invalid escape", "escape"),
        ("control character", "escape"),
    ];
    match error.classify() {
        serde_json::error::Category::Eof => "ends_early",
        _ => causes.iter().find(|(words, _)| said.starts_with(words)).map_or("other", |(_, cause)| cause),
    }
}

/// The byte that an error of `serde_json` points at (it counts lines, and columns in bytes, from one).
pub(super) fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(lines_before).map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The parts of one feature.
pub(super) fn parts<'a>(place: &Place<'_>, raw: Raw<'a>, report: &mut Report) -> Option<Parts<'a>> {
    let Place { path, text, number } = *place;
    let span = raw.span(path, text);
    let mut malformed = |cause: &'static str| {
        let start = span.range().start;
        let first_line = raw.as_str().lines().next().map_or(0, str::len);
        let here = Span::new(path, start..start + first_line.min(80).min(span.range().len()));
        report.push(Diagnostic::new(Code::FeatureMalformed).at(&here).arg("feature", number).because(cause));
    };
    match serde_json::from_str::<RawFeature<'a>>(raw.as_str()) {
        Err(_) => {
            malformed("parts");
            None
        }
        Ok(feature) if feature.kind.as_ref().and_then(Value::as_str) != Some("Feature") => {
            malformed("no_feature");
            None
        }
        Ok(feature) => {
            let properties = feature.properties.unwrap_or_default().into_iter().collect();
            let geometry = feature.geometry.filter(|geometry| geometry.as_str() != "null");
            Some(Parts { span, properties, geometry })
        }
    }
}
