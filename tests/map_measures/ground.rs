//! Sites made of the shared boundary files, and invented facilities in their areas.

use sumika::area::{self, Area, Areas, AreasConfig};
use sumika::geo::{Coverage, MultiPolygon, Position, Projection};
use sumika::layer::{self, Layers};
use sumika::render::map::{Mark, Outline, Prepared};
use sumika::source::{SourcePath, Sources};
use sumika::vocabulary::{Colour, Marker, Shape};

use std::path::{Path, PathBuf};

/// One boundary set, ready to be drawn.
pub(crate) struct Ground {
    pub(crate) name: &'static str,
    pub(crate) areas: Vec<Area>,
    pub(crate) prepared: Prepared,
    /// How many of its areas are drawn.
    pub(crate) samples: usize,
    /// With which of the counts it begins.
    pub(crate) offset: usize,
}

const LOOKS: [(Shape, bool, &str); 7] = [
    (Shape::Circle, false, "#0b4f9e"),
    (Shape::Square, false, "#a8320a"),
    (Shape::Diamond, false, "#1b6b3a"),
    (Shape::House, false, "#5b2a86"),
    (Shape::Circle, true, "#222222"),
    (Shape::Shield, false, "#0b4f9e"),
    (Shape::Tag, true, "#a8320a"),
];

fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data-map").join(path);
    if !found.exists() {
        println!("skipped: shared/data-map/{path} is not here");
        return None;
    }
    Some(found)
}

/// The features of several files as one collection.
fn collected(files: &[String]) -> Option<String> {
    let mut features: Vec<serde_json::Value> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(shared(file)?).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        features.extend(value["features"].as_array().unwrap().iter().cloned());
    }
    Some(serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string())
}

/// Areas of these files, united where they agree in the property.
pub(crate) fn areas(files: &[String], property: &str, name: &str) -> Option<Areas> {
    let mut sources = Sources::new();
    sources.insert_text(SourcePath::new("resources/areas.geojson").unwrap(), collected(files)?.as_bytes());
    let config =
        AreasConfig { id_property: property.to_owned(), name_property: name.to_owned(), ..AreasConfig::default() };
    Some(area::read(&sources, &config).value)
}

fn layers(files: &[(&str, &str)]) -> Option<Layers> {
    let mut sources = Sources::new();
    for (name, path) in files {
        let bytes = std::fs::read(shared(path)?).unwrap();
        sources.insert_text(SourcePath::new(&format!("resources/map/{name}.geojson")).unwrap(), &bytes);
    }
    Some(layer::read(&sources, None).value.layers)
}

/// The base of areas, each numbered in order.
pub(crate) fn prepared(areas: &[Area], layers: &Layers) -> Prepared {
    let outlines: Vec<Outline<'_>> = areas
        .iter()
        .zip(1..)
        .filter_map(|(area, number)| {
            let shape = area.shape.as_ref()?;
            Some(Outline { id: area.id.as_str(), name: &area.name, number, href: "/areas/", shape })
        })
        .collect();
    Prepared::new(&outlines, layers)
}

/// A boundary set by name: its files, the properties with id and name.
type Boundaries = (&'static str, Vec<String>, (&'static str, &'static str));

fn boundaries() -> [Boundaries; 6] {
    let n03 = |codes: &[&str]| codes.iter().map(|code| format!("n03/{code}.json")).collect::<Vec<_>>();
    let wards = n03(&[
        "12101", "12102", "12103", "12104", "12105", "12106", "12203", "12204", "12211", "12212", "12213", "12216",
        "12219", "12221", "12228", "12230", "12239",
    ]);
    let one = |path: &str| vec![path.to_owned()];
    [
        ("wards-n03", wards, ("name", "name")),
        ("muroran-n03", n03(&["01205", "01230", "01233"]), ("name", "name")),
        ("middle", one("districts/chiba_MiddleSchool.geojson"), ("A32_003", "A32_003")),
        ("elementary", one("districts/chiba_Elementary.geojson"), ("A27_007", "A27_007")),
        ("wards", one("districts/chiba_wards.geojson"), ("N03_007", "N03_004")),
        ("prefecture", one("n03/N03-21_12_210101.s0010.geojson"), ("N03_007", "N03_004")),
    ]
}

/// Every boundary set as borders in metres, with the number of its areas.
pub(crate) fn coverages() -> Vec<(&'static str, usize, Coverage)> {
    let found = boundaries().into_iter().filter_map(|(name, files, (id, label))| {
        let areas = areas(&files, id, label)?;
        let shapes: Vec<&MultiPolygon> = areas.iter().filter_map(|area| area.shape.as_ref()).collect();
        let centre = areas.bounds()?.centre();
        Some((name, shapes.len(), Coverage::new(&shapes, &Projection::at(centre))))
    });
    found.collect()
}

/// Every boundary set, with rail, stations and landmarks where there are any.
pub(crate) fn sets() -> Vec<Ground> {
    let chiba = [
        ("rail", "rail/rail_chiba.geojson"),
        ("station", "districts/chiba_station.geojson"),
        ("landmark", "osm/chiba_library.geojson"),
    ];
    let muroran = [("rail", "rail/rail_muroran.geojson")];
    let grounds = boundaries().into_iter().enumerate().filter_map(|(offset, (name, files, (id, label)))| {
        let base = if name == "muroran-n03" { &muroran[..] } else { &chiba[..] };
        let areas: Vec<Area> = areas(&files, id, label)?.iter().cloned().collect();
        let prepared = prepared(&areas, &layers(base)?);
        let samples = if name == "wards-n03" { 17 } else { 12 };
        Some(Ground { name, areas, prepared, samples, offset })
    });
    grounds.collect()
}

fn random(mut seed: u32) -> impl FnMut() -> f64 {
    move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / f64::from(1 << 24)
    }
}

/// So many invented facilities inside an area: three in four around three centres, every ninth in the house of its
/// predecessor, and of a hundred or more the last twenty in one house.
pub(crate) fn marks(area: &Area, count: usize) -> Vec<Mark> {
    let shape = area.shape.as_ref().unwrap();
    let bounds = shape.bounds().unwrap();
    let mut random = random(count as u32 * 77 + 5);
    let (width, height) = (bounds.east - bounds.west, bounds.north - bounds.south);
    let mut anywhere = || loop {
        let position = Position { lon: bounds.west + random() * width, lat: bounds.south + random() * height };
        if shape.contains(position) {
            return position;
        }
    };
    let centres = [anywhere(), anywhere(), anywhere()];
    let mut positions: Vec<Position> = Vec::new();
    let coincident = if count >= 100 { 20 } else { 0 };
    while positions.len() < count {
        let at = positions.len();
        let position = anywhere();
        let centre = centres[at % 3];
        let near = Position {
            lon: centre.lon + (position.lon - centre.lon) * 0.12,
            lat: centre.lat + (position.lat - centre.lat) * 0.12,
        };
        positions.push(match positions.last() {
            Some(&last) if at + coincident > count && at + coincident != count + 1 => last,
            Some(&last) if at % 9 == 8 => last,
            _ if at % 4 != 3 && shape.contains(near) => near,
            _ => position,
        });
    }
    positions.into_iter().zip(1..).map(|(position, number)| mark(position, number, count)).collect()
}

fn mark(position: Position, number: u32, count: usize) -> Mark {
    let kind = (number as usize - 1) * LOOKS.len() / count;
    let (shape, outlined, colour) = LOOKS[kind];
    Mark {
        number,
        position,
        look: Marker { shape, outlined, colour: Colour::parse(colour).unwrap() },
        label: format!("{number} さくら訪問看護ステーション 訪問看護"),
        href: format!("#f-{number}"),
        category: format!("kind-{kind}"),
    }
}
