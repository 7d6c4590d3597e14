//! What lies beneath the markers of a drawn map: sea, water, parks, roads, rail, stations, landmarks.
//!
//! In: `resources/map/*.geojson`, and `resources/map/base.pmtiles` with the frame in which it matters. Out:
//! surfaces, lines and places, each with its kind, in the order of files and features. The kind is the file's name
//! (`rail.geojson`, `rail-jr.geojson`) unless a feature says another in `class`. Draws nothing and knows no areas.
//!
//! The rooms: `archive` (the container of a base map), `tile` (one vector tile), `schema` (what its layers mean),
//! `merge` (what tiles cut apart), `base` (all of these together).

mod archive;
mod base;
mod merge;
mod schema;
mod tile;

use std::collections::BTreeMap;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::feature::{self, Feature, Geometry};
use crate::geo::{BBox, MultiPolygon, Position};
use crate::source::{SourcePath, Sources, Span};
use crate::tree::{is_hidden, nearest};

/// Where layers are.
const FOLDER: &str = "resources/map";

/// What a surface is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SurfaceKind {
    /// 海.
    Sea,
    /// Lakes and wide rivers.
    Water,
    /// Parks and green.
    Park,
}

/// What a line is, in the order in which lines are drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineKind {
    /// Rivers and streams.
    Water,
    /// Streets of a neighbourhood; only paper shows them.
    MinorRoad,
    /// Ordinary through roads.
    MediumRoad,
    /// Prefectural and national roads.
    MajorRoad,
    /// Motorways.
    Highway,
    /// Railways.
    Rail,
}

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PlaceKind {
    /// A railway station.
    Station,
    /// Something that residents know: a town hall, a library, a shrine.
    Landmark,
}

/// A filled shape.
#[derive(Clone, Debug)]
pub struct Surface {
    /// What it is.
    pub kind: SurfaceKind,
    /// Its outline.
    pub shape: MultiPolygon,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its course.
    pub positions: Vec<Position>,
}

/// A place with a name.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// What residents call it.
    pub name: String,
    /// Where it is.
    pub position: Position,
    /// Larger numbers are named first where there is little room.
    pub priority: i32,
}

/// All layers of a site.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Filled shapes.
    pub surfaces: Vec<Surface>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Places.
    pub places: Vec<Place>,
    /// The credit that the base map asks for; `None` without one.
    pub base_credit: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Surface(SurfaceKind),
    Road,
    Rail,
    Place(PlaceKind),
}

const KINDS: [(&str, Kind); 7] = [
    ("sea", Kind::Surface(SurfaceKind::Sea)),
    ("water", Kind::Surface(SurfaceKind::Water)),
    ("park", Kind::Surface(SurfaceKind::Park)),
    ("road", Kind::Road),
    ("rail", Kind::Rail),
    ("station", Kind::Place(PlaceKind::Station)),
    ("landmark", Kind::Place(PlaceKind::Landmark)),
];

fn kind_named(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

fn name_of(kind: Kind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

/// What was read of a site's layers.
#[derive(Debug, Default)]
pub struct Read {
    /// All that is sound.
    pub layers: Layers,
    /// Files with an error: nothing of them is drawn.
    pub lost: Vec<Span>,
}

/// Reads the layers of a site; of a base map what lies in the frame and a little around it.
pub fn read(sources: &Sources, around: Option<BBox>) -> Checked<Read> {
    let mut read = Read::default();
    let mut report = Report::new();
    let files = sources.texts_in(FOLDER, "geojson").map(|(path, source)| (path, drawing(path, &source.text)));
    let archives = sources.bytes_in(FOLDER, "pmtiles").map(|(path, bytes)| (path, base::read(path, bytes, around)));
    for (path, file) in files.chain(archives) {
        if file.report.has_errors() {
            read.lost.push(Span { path: path.clone(), start: 0, end: u32::MAX });
            report.append(file.report);
        } else {
            read.layers.append(file.into(&mut report));
        }
    }
    Checked::new(read, report)
}

/// Reads one file of features.
fn drawing(path: &SourcePath, text: &str) -> Checked<Layers> {
    let mut layers = Layers::default();
    let mut report = Report::new();
    let features = feature::read(path, text).into(&mut report);
    let stem = path.file_stem().to_lowercase();
    let mut reader = Reader { text, stem, layers: &mut layers, doubts: BTreeMap::new() };
    features.into_iter().for_each(|feature| reader.add(feature));
    for (_, (diagnostic, count)) in reader.doubts {
        report.push(diagnostic.arg("count", count));
    }
    Checked::new(layers, report)
}

impl Layers {
    fn append(&mut self, other: Self) {
        let Self { surfaces, lines, places, base_credit } = other;
        self.surfaces.extend(surfaces);
        self.lines.extend(lines);
        self.places.extend(places);
        self.base_credit = base_credit.or(self.base_credit.take());
    }
}

struct Reader<'a> {
    text: &'a str,
    stem: String,
    layers: &'a mut Layers,
    /// Told once a file for each thing doubted, with the number of features.
    doubts: BTreeMap<(Code, String), (Diagnostic, usize)>,
}

impl Reader<'_> {
    fn add(&mut self, feature: Feature) {
        let class = feature.text("class").unwrap_or_default().to_lowercase();
        let by_file = self.stem.split(['-', '_', '.', ' ']).next().and_then(kind_named);
        let Some(kind) = kind_named(&class).or(by_file) else {
            let written = if class.is_empty() { self.stem.clone() } else { class };
            let here = feature.head(self.text);
            self.doubt(Code::LayerKindUnknown, &written, || unknown(&here, &written));
            return;
        };
        if feature.geometry == Geometry::Nothing {
            return;
        }
        let head = feature.head(self.text);
        let (number, geometry) = (feature.number, feature.geometry.kind());
        if !self.draw(kind, &class, feature) {
            self.doubt(Code::LayerShapeUnfit, name_of(kind), || {
                let problem = Diagnostic::new(Code::LayerShapeUnfit).at(&head).arg("feature", number);
                problem.arg("geometry", geometry).arg("kind", name_of(kind)).arg("wanted", wanted(kind))
            });
        }
    }

    fn doubt(&mut self, code: Code, what: &str, first: impl FnOnce() -> Diagnostic) {
        self.doubts.entry((code, what.to_owned())).or_insert_with(|| (first(), 0)).1 += 1;
    }

    /// False when the geometry does not fit the kind.
    fn draw(&mut self, kind: Kind, class: &str, mut feature: Feature) -> bool {
        let geometry = match kind {
            Kind::Place(_) => Geometry::Nothing,
            _ => std::mem::replace(&mut feature.geometry, Geometry::Nothing),
        };
        match (kind, geometry) {
            (Kind::Surface(kind), Geometry::Areas(shape)) => self.layers.surfaces.push(Surface { kind, shape }),
            (Kind::Surface(SurfaceKind::Water), Geometry::Lines(lines)) => self.add_lines(LineKind::Water, lines),
            (Kind::Road, Geometry::Lines(lines)) => self.add_lines(road(class), lines),
            (Kind::Rail, Geometry::Lines(lines)) => {
                if !matches!(class, "yard" | "siding" | "spur") {
                    self.add_lines(LineKind::Rail, lines);
                }
            }
            (Kind::Place(kind), _) => self.add_place(kind, &feature),
            _ => return false,
        }
        true
    }

    /// A place without a name says nothing and is left out.
    fn add_place(&mut self, kind: PlaceKind, feature: &Feature) {
        let written = ["name", "名称", "station_name", "N02_005"];
        let property = written.into_iter().find(|name| feature.text(name).is_some_and(|text| !text.is_empty()));
        let Some((property, position)) = property.zip(middle(&feature.geometry)) else { return };
        let name = feature.text(property).unwrap_or_default();
        if let Some(hidden) = name.chars().find(|&c| is_hidden(c)) {
            let here = feature.property_span(self.text, property);
            self.doubt(Code::HiddenCharacter, property, || {
                let problem = Diagnostic::new(Code::HiddenCharacter).at(&here).arg("key", property);
                problem.arg("character", format!("U+{:04X}", u32::from(hidden)))
            });
            return;
        }
        let default = if kind == PlaceKind::Station { 3 } else { 2 };
        let priority = feature.text("priority").and_then(|text| text.parse().ok()).unwrap_or(default);
        self.layers.places.push(Place { kind, name, position, priority });
    }

    fn add_lines(&mut self, kind: LineKind, lines: Vec<Vec<Position>>) {
        let drawable = lines.into_iter().filter(|positions| positions.len() > 1);
        self.layers.lines.extend(drawable.map(|positions| Line { kind, positions }));
    }
}

fn unknown(here: &Span, written: &str) -> Diagnostic {
    let near = nearest(written, KINDS.iter().map(|(name, _)| *name));
    let hint = near.map_or_else(|| "—".to_owned(), |name| format!("`{name}`"));
    Diagnostic::new(Code::LayerKindUnknown).at(here).arg("kind", written).arg("near", hint)
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Surface(SurfaceKind::Water) => "Polygon / LineString",
        Kind::Surface(_) => "Polygon",
        Kind::Road | Kind::Rail => "LineString",
        Kind::Place(_) => "Point",
    }
}

/// Our four classes and the usual ones of OpenStreetMap.
fn road(class: &str) -> LineKind {
    match class {
        "highway" | "motorway" | "trunk" => LineKind::Highway,
        "major" | "primary" | "secondary" => LineKind::MajorRoad,
        "minor" | "residential" | "unclassified" | "service" | "living_street" => LineKind::MinorRoad,
        _ => LineKind::MediumRoad,
    }
}

/// Stations may be drawn as platforms and landmarks as grounds: their middle stands for them.
fn middle(geometry: &Geometry) -> Option<Position> {
    match geometry {
        Geometry::Nothing => None,
        Geometry::Points(points) => points.first().copied(),
        Geometry::Lines(lines) => lines.first().and_then(|line| line.get(line.len() / 2)).copied(),
        Geometry::Areas(areas) => areas.bounds().as_ref().map(BBox::centre),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn collection(features: &[(&str, &str)]) -> String {
        let features: Vec<String> = features
            .iter()
            .map(|(properties, geometry)| {
                format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
            })
            .collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    fn read_file(path: &str, features: &[(&str, &str)]) -> (Layers, Vec<Code>) {
        let mut sources = Sources::new();
        sources.insert_text(SourcePath::new(path).unwrap(), collection(features).as_bytes());
        let checked = read(&sources, None);
        let codes = checked.report.iter().map(|diagnostic| diagnostic.code).collect();
        (checked.value.layers, codes)
    }

    const LINE: &str = r#"{"type":"LineString","coordinates":[[140,35],[140.1,35.1]]}"#;
    const POINT: &str = r#"{"type":"Point","coordinates":[140,35]}"#;
    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[140,35],[141,35],[141,36],[140,35]]]}"#;

    #[test]
    fn the_file_name_says_the_kind() {
        let (layers, codes) = read_file("resources/map/rail-jr.geojson", &[("{}", LINE)]);
        assert_eq!((layers.lines[0].kind, codes), (LineKind::Rail, vec![]));
    }

    #[test]
    fn a_class_says_another_kind_or_the_class_of_a_road() {
        let (layers, codes) = read_file(
            "resources/map/base.geojson",
            &[(r#"{"class":"park"}"#, SQUARE), (r#"{"class":"landmark","name":"図書館","priority":5}"#, SQUARE)],
        );
        assert_eq!(codes, []);
        assert_eq!(layers.surfaces[0].kind, SurfaceKind::Park);
        assert_eq!((layers.places[0].name.as_str(), layers.places[0].priority), ("図書館", 5));
        let (layers, _) = read_file("resources/map/road.geojson", &[(r#"{"class":"major"}"#, LINE)]);
        assert_eq!(layers.lines[0].kind, LineKind::MajorRoad);
    }

    #[test]
    fn what_cannot_be_drawn_is_told_once_a_file() {
        let (_, codes) = read_file("resources/map/rail.geojson", &[("{}", POINT), ("{}", POINT), ("{}", LINE)]);
        assert_eq!(codes, [Code::LayerShapeUnfit]);
        let (_, codes) = read_file("resources/map/eki.geojson", &[("{}", POINT), ("{}", POINT)]);
        assert_eq!(codes, [Code::LayerKindUnknown]);
    }

    #[test]
    fn a_station_without_a_name_is_not_drawn() {
        let (layers, codes) =
            read_file("resources/map/station.geojson", &[("{}", POINT), (r#"{"name":"中央"}"#, LINE)]);
        assert_eq!((layers.places.len(), codes), (1, vec![]));
    }
}
