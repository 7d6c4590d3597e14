//! Whole sites made of what public bodies publish, from `../shared/data`; skipped with a line where it is absent.
//!
//! (a) Care services and hospitals of Sapporo on its school districts. (b) Takamatsu's medical institutions on the
//! municipal boundaries of Kagawa. Each is imported, opened and built, and the counts are printed.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reads files and prints what it counted"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sumika::area::{self, Areas, AreasConfig};
use sumika::artifact::{Artifact, Body};
use sumika::diag::{Code, Language, Report, Severity, format::human};
use sumika::facility::{Column, Facility};
use sumika::import::{Imported, Input, Options, Row, kaigo, list, standard};
use sumika::japan::municipality_code::MunicipalityCode;
use sumika::pipeline::{self, Opened};
use sumika::select::{Medium, Request};
use sumika::source::{SourcePath, Sources, Text, decode};

fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let bytes = std::fs::read(file).ok();
    if bytes.is_none() {
        println!("skipped: shared/data/{path} is not here");
    }
    bytes
}

fn input(path: &str) -> Option<Input> {
    let bytes = shared(path)?;
    let (text, encoding) = decode(&bytes).expect("the published files can be decoded");
    let name = path.rsplit('/').next().expect("a name");
    Some(Input::new(SourcePath::new(name).expect("a path"), Text { text: Arc::from(text), encoding }))
}

fn put(sources: &mut Sources, path: &str, bytes: &[u8]) {
    sources.insert_text(SourcePath::new(path).expect("a path"), bytes);
}

/// A site of a municipality with areas and no list yet.
fn site(name: &str, code: &str, areas: &str, properties: &str) -> Option<Sources> {
    let mut sources = Sources::new();
    let configuration = format!(
        "[site]\ntitle = \"{name} 在宅療養ガイド\"\ndescription = \"試し\"\nbase_url = \"https://example.jp/\"\n\
         languages = [\"ja\"]\n[[municipality]]\ncode = \"{code}\"\nname = \"{name}\"\n\
         [desk]\nname = \"相談窓口\"\nemail = \"desk@example.jp\"\n[emergency]\ntext = \"119番へ\"\n[areas]\n{properties}\n"
    );
    put(&mut sources, "sumika.toml", configuration.as_bytes());
    put(&mut sources, "resources/areas.geojson", &shared(areas)?);
    Some(sources)
}

struct Built {
    opened: Opened,
    report: Report,
    outputs: BTreeMap<String, Body>,
    fatal: bool,
    took: Duration,
}

fn build(sources: &Sources) -> Built {
    let started = Instant::now();
    let mut report = Report::new();
    let opened = pipeline::open(sources).into(&mut report);
    let at = "2026-07-01T00:00:00Z".parse().expect("an instant");
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    let mut artifacts: Vec<Artifact> = Vec::new();
    let built = pipeline::build(&opened, &request, &mut artifacts).into(&mut report);
    let outputs = artifacts.into_iter().map(|artifact| (artifact.path.as_str().to_owned(), artifact.body)).collect();
    Built { opened, report, outputs, fatal: built.fatal, took: started.elapsed() }
}

fn page<'a>(built: &'a Built, path: &str) -> &'a str {
    match built.outputs.get(path) {
        Some(Body::Bytes(bytes)) => std::str::from_utf8(bytes).expect("pages are UTF-8"),
        other => panic!("{path}: {other:?}"),
    }
}

/// What holds for every such site.
fn laws(title: &str, built: &Built, rows: &[&Row]) {
    let library = &built.opened.library;
    let by_code = built.report.iter().fold(BTreeMap::<Code, usize>::new(), |mut codes, entry| {
        *codes.entry(entry.code).or_default() += 1;
        codes
    });
    let placed = library.facilities.iter().filter(|facility| facility.position.is_some()).count();
    println!(
        "{title}: {} rows in the lists, {placed} placed in {} areas, {} pages and files, {:.0} ms; {by_code:?}",
        rows.len(),
        library.areas.len(),
        built.outputs.len(),
        built.took.as_secs_f64() * 1000.0
    );
    let errors: Vec<String> = built
        .report
        .iter()
        .filter(|entry| entry.severity == Severity::Error)
        .map(|entry| format!("{} {}", entry.code, entry.message(Language::Ja)))
        .collect();
    assert!(errors.is_empty() && !built.fatal, "{title}: {errors:#?}");
    assert_eq!(library.facilities.len(), rows.len(), "{title}: every row of the lists is a facility");
    for facility in &library.facilities {
        in_exactly_one_area(facility, &library.areas);
        page(built, &format!("facilities/{}/index.html", facility.id));
    }
    for area in library.areas.iter() {
        let page = page(built, &format!("areas/{}/index.html", area.id));
        assert!(page.contains("<svg"), "{title}: {} has its map", area.id);
    }
}

fn in_exactly_one_area(facility: &Facility, areas: &Areas) {
    if let Some(position) = facility.position {
        let found: Vec<String> = areas.locate(position).iter().map(|area| area.id.to_string()).collect();
        assert_eq!(found.len(), 1, "{}: {found:?}", facility.id);
    }
}

fn lists(sources: &mut Sources, imports: &[(&str, &Imported)]) {
    for (name, imported) in imports {
        let text = list::write(
            &imported.rows,
            &sumika::list::Schema::new(&sumika::vocabulary::Vocabulary::builtin()),
            list::HeadingLanguage::Japanese,
        );
        put(sources, &format!("resources/facilities/{name}.csv"), text.as_bytes());
    }
}

#[test]
fn sapporo_on_its_school_districts() {
    let properties = "id = \"name\"\nname = \"name\"";
    let Some(mut sources) = site("札幌市", "011002", "boundaries/sapporo_Elementary.geojson", properties) else {
        return;
    };
    let files = ["mhlw-kaigo/jigyosho_760.csv", "mhlw-kaigo/jigyosho_770.csv", "hokkaido/hospital_list.csv"].map(input);
    let [Some(visits), Some(homes), Some(hospitals)] = files else { return };
    let config = AreasConfig { id_property: "name".to_owned(), ..AreasConfig::default() };
    let areas = area::read(&sources, &config).value;
    let options = Options {
        municipalities: MunicipalityCode::parse("011002").into_iter().collect(),
        cities: vec!["札幌市".to_owned()],
        areas: Some(&areas),
        ..Options::default()
    };
    let started = Instant::now();
    let care = kaigo::import(&[visits, homes], &options);
    let beds = standard::import(&[hospitals], &options);
    println!("imported in {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    println!("{}{}", care.report.table(Language::Ja), beds.report.table(Language::Ja));
    lists(&mut sources, &[("kaigo", &care), ("hospitals", &beds)]);
    let built = build(&sources);
    let rows: Vec<&Row> = care.rows.iter().chain(&beds.rows).collect();
    laws("札幌市", &built, &rows);
    assert_eq!((care.rows.len(), beds.rows.len()), (126, 206));
}

#[test]
fn takamatsu_on_the_boundaries_of_its_prefecture() {
    let properties = "id = \"N03_007\"\nname = \"N03_004\"";
    let Some(mut sources) = site("高松市", "372013", "boundaries/N03-21_37_210101.json", properties) else { return };
    let Some(file) = input("takamatsu/hospital_data.csv") else { return };
    let config = AreasConfig {
        id_property: "N03_007".to_owned(),
        name_property: "N03_004".to_owned(),
        ..AreasConfig::default()
    };
    let areas = area::read(&sources, &config).value;
    let options = Options {
        municipalities: MunicipalityCode::parse("372013").into_iter().collect(),
        cities: vec!["高松市".to_owned()],
        areas: Some(&areas),
        source: Some("高松市オープンデータ（CC BY 4.0）".to_owned()),
        ..Options::default()
    };
    let imported = standard::import(std::slice::from_ref(&file), &options);
    println!("{}", imported.report.render(&[file], Language::Ja));
    assert_eq!(imported.report.count(Code::ImportIdUnstable), 1);
    lists(&mut sources, &[("medical", &imported)]);
    let built = build(&sources);
    let rows: Vec<&Row> = imported.rows.iter().collect();
    laws("高松市", &built, &rows);
    let paused = rows.iter().find(|row| row.get(Column::Name) == "西岡耳鼻咽喉科医院").expect("the paused clinic");
    assert_eq!((paused.get(Column::Status), paused.get(Column::Lat)), ("paused", ""));
    let page = page(&built, &format!("facilities/{}/index.html", paused.id()));
    assert!(page.contains("西岡耳鼻咽喉科医院") && page.contains("休止"), "the paused clinic says so");
    if std::env::var_os("SUMIKA_SHOW").is_some() {
        println!("{}", human::render(&built.report, &sources, Language::Ja, false));
    }
}
