//! Drawing: each real boundary file becomes a map that is sound SVG, small, and the same every time.

use std::fmt::Write;

use sumika::area::Areas;
use sumika::geo::Position;
use sumika::layer::{self, Layers};
use sumika::render::map::{
    Drawing, Focus, Frame, Locators, MapWords, Mark, Outline, Overview, Prepared, Scene, Spot, draw, draw_overview,
};
use sumika::source::{SourcePath, Sources};
use sumika::vocabulary::{Colour, Marker, Shape};

use super::read::areas;
use crate::shared;

const LOOKS: [(Shape, bool, &str); 7] = [
    (Shape::Circle, false, "#0b4f9e"),
    (Shape::Square, false, "#a8320a"),
    (Shape::Diamond, false, "#1b6b3a"),
    (Shape::House, false, "#5b2a86"),
    (Shape::Circle, true, "#222222"),
    (Shape::Shield, false, "#0b4f9e"),
    (Shape::Tag, true, "#a8320a"),
];

fn look(at: usize) -> Marker {
    let (shape, outlined, colour) = LOOKS[at % LOOKS.len()];
    Marker { shape, outlined, colour: Colour::parse(colour).unwrap() }
}

fn layers(files: &[(&str, &str)]) -> Layers {
    let mut sources = Sources::new();
    for (name, path) in files {
        if let Some(path) = shared(path) {
            let bytes = std::fs::read(path).unwrap();
            sources.insert_text(SourcePath::new(&format!("resources/map/{name}.geojson")).unwrap(), &bytes);
        }
    }
    let checked = layer::read(&sources, None);
    assert!(!checked.report.has_errors(), "{:?}", checked.report);
    checked.value.layers
}

fn chiba_layers() -> Layers {
    layers(&[
        ("rail", "data-map/rail/rail_chiba.geojson"),
        ("station", "data-map/districts/chiba_station.geojson"),
        ("landmark", "data-map/osm/chiba_library.geojson"),
    ])
}

struct Site {
    areas: Areas,
    hrefs: Vec<String>,
}

impl Site {
    fn new(areas: Areas) -> Self {
        let hrefs = areas.iter().map(|area| format!("/areas/{}/", area.id)).collect();
        Self { areas, hrefs }
    }

    fn prepared(&self, layers: &Layers) -> Prepared {
        let shapes = self.areas.iter().zip(&self.hrefs).enumerate();
        let outlines: Vec<Outline<'_>> = shapes
            .filter_map(|(at, (area, href))| {
                Some(Outline {
                    id: area.id.as_str(),
                    name: &area.name,
                    number: u32::try_from(at).unwrap() + 1,
                    href,
                    shape: area.shape.as_ref()?,
                })
            })
            .collect();
        Prepared::new(&outlines, layers)
    }

    /// So many invented places inside an area: some spread, some crowded, some in one building.
    fn marks(&self, id: &str, count: usize) -> Vec<Mark> {
        let area = self.areas.find(id).unwrap();
        let bounds = area.shape.as_ref().unwrap().bounds().unwrap();
        let mut seed = 12_345_u32;
        let mut random = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1 << 24)
        };
        let mut marks: Vec<Mark> = Vec::new();
        while marks.len() < count {
            let lon = bounds.west + random() * (bounds.east - bounds.west);
            let lat = bounds.south + random() * (bounds.north - bounds.south);
            let mut position = Position { lon, lat };
            if !area.shape.as_ref().unwrap().contains(position) {
                continue;
            }
            if marks.len() % 5 == 4 {
                position = marks[marks.len() - 1].position;
            }
            let number = u32::try_from(marks.len()).unwrap() + 1;
            marks.push(Mark {
                number,
                position,
                look: look(marks.len() * LOOKS.len() / count),
                label: format!("{number} さくら訪問看護ステーション 訪問看護"),
                href: format!("#f-{number}"),
                category: "visiting_nursing".to_owned(),
            });
        }
        marks
    }
}

fn keep(name: &str, drawing: &Drawing) {
    sound(name, &drawing.svg);
    if let Some(folder) = std::env::var_os("SUMIKA_MAPS_OUT") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.svg")), &drawing.svg).unwrap();
    }
}

/// Well-formed, and nothing that the contract on SVG forbids.
fn sound(name: &str, svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(problem) => panic!("{name}: {problem}"),
        }
    }
    for forbidden in ["<style", "<script", "xlink:", "foreignObject", "url(", "NaN", "inf", " on"] {
        assert!(!svg.contains(forbidden), "{name} holds {forbidden}");
    }
    let addresses = svg.split("http").skip(1).filter(|rest| !rest.starts_with("://www.w3.org/2000/svg"));
    assert_eq!(addresses.count(), 0, "{name} refers outside");
}

fn area_map(site: &Site, prepared: &Prepared, id: &str, count: usize) -> Drawing {
    let (marks, words) = (site.marks(id, count), MapWords::japanese());
    let scene =
        Scene { prepared, focus: Focus::Area(id), marks: &marks, words: &words, id_prefix: "m1", frame: Frame::PHONE };
    let drawing = draw(&scene).unwrap();
    assert_eq!(drawing, draw(&scene).unwrap(), "twice the same");
    assert_eq!(drawing.cells.len(), count);
    assert!(drawing.cells.iter().all(Option::is_some), "all marks of {id} are drawn");
    assert_apart(id, &drawing.svg);
    drawing
}

/// No numbered mark covers another, and each names its cell.
fn assert_apart(id: &str, svg: &str) {
    let mut centres: Vec<(f64, f64)> = Vec::new();
    for mark in svg.split("<a ").skip(1) {
        let shift = mark.split("translate(").nth(1).and_then(|rest| rest.split(')').next()).unwrap();
        let (x, y) = shift.split_once(' ').unwrap();
        let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
        for &(other_x, other_y) in &centres {
            assert!((x - other_x).hypot(y - other_y) >= 23.8, "{id}: marks at {x} {y} and {other_x} {other_y}");
        }
        centres.push((x, y));
    }
}

#[test]
fn the_list_says_the_cell_of_the_drawn_mark() {
    let Some((areas, _)) = areas("data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003") else { return };
    let site = Site::new(areas);
    let drawing = area_map(&site, &site.prepared(&Layers::default()), "椿森中学校", 20);
    for (mark, cell) in drawing.svg.split("<a ").skip(1).zip(&drawing.cells) {
        let label = mark.split("aria-label=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(label.ends_with(&format!(" {}", cell.unwrap())), "{label}");
    }
}

/// What no map can part is drawn all the same, and does not take minutes.
#[test]
fn fifteen_hundred_places_of_one_district_are_drawn() {
    let Some((areas, _)) = areas("data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003") else { return };
    let site = Site::new(areas);
    let (marks, words) = (site.marks("椿森中学校", 1_500), MapWords::japanese());
    let prepared = site.prepared(&Layers::default());
    let focus = Focus::Area("椿森中学校");
    let scene =
        Scene { prepared: &prepared, focus, marks: &marks, words: &words, id_prefix: "m1", frame: Frame::PHONE };
    let drawing = draw(&scene).unwrap();
    sound("crowd", &drawing.svg);
    assert!(drawing.cells.iter().all(Option::is_some), "all marks are drawn");
}

#[test]
fn the_sample_site_of_this_repository_is_drawn() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("resources");
    let Ok(areas) = std::fs::read(root.join("areas.geojson")) else {
        println!("skipped: no resources/areas.geojson yet");
        return;
    };
    let mut sources = Sources::new();
    sources.insert_text(SourcePath::new("resources/areas.geojson").unwrap(), &areas);
    for kind in ["sea", "water", "park", "road", "rail", "station", "landmark"] {
        if let Ok(bytes) = std::fs::read(root.join(format!("map/{kind}.geojson"))) {
            sources.insert_text(SourcePath::new(&format!("resources/map/{kind}.geojson")).unwrap(), &bytes);
        }
    }
    let areas = sumika::area::read(&sources, &sumika::area::AreasConfig::default());
    let layers = layer::read(&sources, None);
    assert!(!areas.report.has_errors() && !layers.report.has_errors(), "{:?} {:?}", areas.report, layers.report);
    let site = Site::new(areas.value);
    let prepared = site.prepared(&layers.value.layers);
    let words = MapWords::japanese();
    let overview = Overview { prepared: &prepared, name: "市", words: &words, id_prefix: "all", frame: Frame::PHONE };
    keep("sample-overview", &draw_overview(&overview).unwrap());
    for area in site.areas.iter() {
        let marks = site.marks(area.id.as_str(), 20);
        let positions: Vec<Position> = marks.iter().map(|mark| mark.position).collect();
        keep(&format!("sample-{}", area.id), &area_map(&site, &prepared, area.id.as_str(), 20));
        let locators = Locators::new(&prepared, Frame::SPOT, 400.0, &positions);
        let look = look(1);
        let spot = Spot { position: positions[0], name: "薬局", look: &look, words: &words, id_prefix: "m1" };
        keep(&format!("sample-spot-{}", area.id), &locators.draw(&spot).unwrap());
    }
    let marks: Vec<Mark> = site.areas.iter().flat_map(|area| site.marks(area.id.as_str(), 6)).collect();
    let focus = Focus::Everything("市");
    let scene =
        Scene { prepared: &prepared, focus, marks: &marks, words: &words, id_prefix: "m1", frame: Frame::PHONE };
    keep("sample-everything", &draw(&scene).unwrap());
}

#[test]
fn a_district_of_chiba() {
    let Some((areas, _)) = areas("data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003") else { return };
    let site = Site::new(areas);
    let prepared = site.prepared(&chiba_layers());
    for (id, count) in
        [("幕張中学校", 12), ("椿森中学校", 30), ("緑町中学校", 60), ("土気中学校", 8), ("若松中学校", 200)]
    {
        let drawing = area_map(&site, &prepared, id, count);
        println!("{id}: {count} marks, {} bytes", drawing.svg.len());
        keep(&format!("chiba-{id}-{count}"), &drawing);
    }
}

#[test]
fn all_districts_of_chiba_and_sapporo_and_all_towns_of_kagawa() {
    for (name, path, id, label) in [
        ("chiba", "data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003"),
        ("sapporo", "data/boundaries/sapporo_Elementary.geojson", "name", "name"),
        ("kagawa", "data/boundaries/N03-21_37_210101.json", "N03_007", "N03_004"),
        ("takamatsu", "data/boundaries/geolonia_37201_takamatsu.json", "name", "name"),
        ("muroran", "data-map/n03/01205.json", "name", "name"),
    ] {
        let Some((areas, _)) = areas(path, id, label) else { continue };
        let site = Site::new(areas);
        let prepared = site.prepared(&if name == "chiba" { chiba_layers() } else { Layers::default() });
        let words = MapWords::japanese();
        let overview = Overview { prepared: &prepared, name, words: &words, id_prefix: "all", frame: Frame::PHONE };
        let drawing = draw_overview(&overview).unwrap();
        println!("{name}: overview {} bytes", drawing.svg.len());
        keep(&format!("{name}-overview"), &drawing);
        // All of them are drawn when somebody wants to look; else a few of each.
        let step = if std::env::var_os("SUMIKA_MAPS_OUT").is_some() { 1 } else { site.areas.len().div_ceil(8) };
        for area in site.areas.iter().step_by(step) {
            let drawing = area_map(&site, &prepared, area.id.as_str(), 15);
            keep(&format!("{name}-{}", area.id), &drawing);
        }
    }
}

#[test]
fn single_places_are_small_and_many() {
    let Some((areas, _)) = areas("data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003") else { return };
    let site = Site::new(areas);
    let prepared = site.prepared(&chiba_layers());
    let mut positions = Vec::new();
    for area in site.areas.iter() {
        positions.extend(site.marks(area.id.as_str(), 90).into_iter().map(|mark| mark.position));
    }
    let locators = Locators::new(&prepared, Frame::SPOT, 500.0, &positions);
    let (words, look) = (MapWords::japanese(), look(0));
    let (mut total, mut largest) = (0, 0);
    for (at, &position) in positions.iter().enumerate() {
        let mut name = String::new();
        write!(name, "さくら薬局{at}号店").unwrap();
        let spot = Spot { position, name: &name, look: &look, words: &words, id_prefix: "m1" };
        let drawing = locators.draw(&spot).unwrap();
        total += drawing.svg.len();
        largest = largest.max(drawing.svg.len());
        if at % 700 == 0 {
            keep(&format!("spot-{at}"), &drawing);
        }
    }
    println!("{} places: {} bytes each, at most {largest}", positions.len(), total / positions.len());
    assert!(total / positions.len() < 3_000);
    let elsewhere = Position { lon: 135.0, lat: 35.0 };
    assert!(
        locators.draw(&Spot { position: elsewhere, name: "", look: &look, words: &words, id_prefix: "m" }).is_none()
    );
}
