//! Reading: what real files hold, and that no broken file stops the machine.

use std::collections::BTreeSet;

use sumika::area::{self, Areas, AreasConfig};
use sumika::diag::{Code, Report};
use sumika::geo::Position;
use sumika::layer;
use sumika::source::{SourcePath, Sources};

use crate::shared;

/// Reads one shared boundary file as the areas of a site.
pub(crate) fn areas(path: &str, id: &str, name: &str) -> Option<(Areas, Report)> {
    let bytes = std::fs::read(shared(path)?).unwrap();
    let mut sources = Sources::new();
    sources.insert_text(SourcePath::new("resources/areas.geojson").unwrap(), &bytes);
    let config = AreasConfig { id_property: id.to_owned(), name_property: name.to_owned(), ..AreasConfig::default() };
    let checked = area::read(&sources, &config);
    Some((checked.value, checked.report))
}

fn codes(report: &Report) -> BTreeSet<Code> {
    report.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn sapporo_has_202_school_districts_and_every_inner_point_lies_in_exactly_one() {
    let Some((areas, report)) = areas("data/boundaries/sapporo_Elementary.geojson", "name", "name") else { return };
    assert!(!report.has_errors(), "{report:?}");
    assert_eq!(areas.len(), 202);
    let bounds = areas.bounds().unwrap();
    let steps = 150;
    let (mut inside, mut twice) = (0, 0);
    for across in 0..steps {
        for up in 0..steps {
            let share = |at: i32| (f64::from(at) + 0.5) / f64::from(steps);
            let position = Position {
                lon: bounds.west + (bounds.east - bounds.west) * share(across),
                lat: bounds.south + (bounds.north - bounds.south) * share(up),
            };
            match areas.locate(position).len() {
                0 => {}
                1 => inside += 1,
                _ => twice += 1,
            }
        }
    }
    println!("sapporo: {inside} of {} points inside, {twice} in two areas", steps * steps);
    assert!(inside > steps * steps / 3);
    assert_eq!(twice, 0);
}

#[test]
fn a_ward_code_as_id_unites_districts_and_says_so() {
    let Some((areas, report)) = areas("data/boundaries/sapporo_Elementary.geojson", "A27_005", "name") else { return };
    assert_eq!(areas.len(), 10);
    assert!(codes(&report).contains(&Code::AreaNamesDiffer));
}

#[test]
fn chiba_middle_schools_are_read_from_several_features_each() {
    let Some((areas, report)) = areas("data-map/districts/chiba_MiddleSchool.geojson", "A32_003", "A32_003") else {
        return;
    };
    assert!(!report.has_errors(), "{report:?}");
    assert!(areas.len() < 63, "{}", areas.len());
    let many = areas.iter().filter(|area| areas.neighbours(&area.id).len() >= 3).count();
    assert!(many > areas.len() / 2, "most districts have three neighbours or more: {many}");
}

#[test]
fn chiba_elementary_districts_overlap_and_that_is_told() {
    let Some((_, report)) = areas("data-map/districts/chiba_Elementary.geojson", "A27_007", "A27_007") else { return };
    assert!(!report.has_errors(), "{report:?}");
    assert!(codes(&report).contains(&Code::AreasOverlap));
    assert!(report.iter().filter(|diagnostic| diagnostic.code == Code::AreasOverlap).count() <= 10);
}

#[test]
fn kagawa_has_17_municipalities() {
    let Some((areas, report)) = areas("data/boundaries/N03-21_37_210101.json", "N03_007", "N03_004") else { return };
    assert!(!report.has_errors(), "{report:?}");
    assert_eq!(areas.len(), 17);
    let city_hall = Position { lon: 134.0467, lat: 34.3428 };
    assert_eq!(areas.locate(city_hall).first().unwrap().name, "高松市");
}

#[test]
fn takamatsu_of_162_features_is_one_area() {
    let Some((areas, report)) = areas("data/boundaries/geolonia_37201_takamatsu.json", "name", "name") else { return };
    assert!(!report.has_errors(), "{report:?}");
    assert_eq!(areas.len(), 1);
    assert_eq!(areas.iter().next().unwrap().shape.as_ref().unwrap().polygons.len(), 162);
}

#[test]
fn muroran_of_139_islets_is_one_area() {
    let Some((areas, _)) = areas("data-map/n03/01205.json", "name", "name") else { return };
    assert_eq!(areas.len(), 1);
    assert_eq!(areas.iter().next().unwrap().shape.as_ref().unwrap().polygons.len(), 139);
}

#[test]
fn lines_and_topojson_are_refused() {
    let Some((areas_of_lines, report)) = areas("data/boundaries/sapporo_wards.geojson", "name", "name") else { return };
    assert!(areas_of_lines.is_empty());
    assert_eq!(codes(&report), BTreeSet::from([Code::AreaIsNoPolygon]));
    let Some((_, report)) = areas("data/boundaries/N03-21_37_210101.topojson", "N03_007", "N03_004") else { return };
    assert_eq!(codes(&report), BTreeSet::from([Code::GeoJsonIsTopoJson]));
}

#[test]
fn no_file_of_the_corpora_stops_the_reader() {
    let mut read = 0;
    for folder in ["corpora/geojson", "corpora/json", "corpora/json-fuzz"] {
        let Some(folder) = shared(folder) else { continue };
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let bytes = std::fs::read(file).unwrap();
            let mut sources = Sources::new();
            sources.insert_text(SourcePath::new("resources/areas.geojson").unwrap(), &bytes);
            sources.insert_text(SourcePath::new("resources/map/landmark.geojson").unwrap(), &bytes);
            let areas = area::read(&sources, &AreasConfig::default());
            let layers = layer::read(&sources, None);
            for diagnostic in areas.report.iter().chain(layers.report.iter()) {
                assert!(diagnostic.primary.is_some(), "{}: {diagnostic:?}", file.display());
            }
            read += 1;
        }
    }
    println!("{read} files read");
}
