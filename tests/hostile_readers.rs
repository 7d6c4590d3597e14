//! Each reader of outside bytes by itself, with damaged input, the same on every run: front matter, Markdown, tables in
//! UTF-8 and CP932, GeoJSON, headers and EXIF of pictures, and the small languages of cells. Nothing stops the program,
//! nothing takes long, and whatever is said about a text points into it. Workbooks are in `hostile_lists`, whole sites in
//! `hostile_sites`, base maps in `base_map`. Bases come from `../shared`; skipped without it.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and prints what it counted")]

#[path = "hostile/damage.rs"]
mod damage;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sumika::cache::Cache;
use sumika::calendar::date;
use sumika::calendar::hours::OpeningHours;
use sumika::diag::Report;
use sumika::japan::{phone, postal_code};
use sumika::markdown::{self, Options, Place};
use sumika::publish::Pictures;
use sumika::source::{ContentHash, Encoding, Limits, Source, SourcePath, Text, decode};
use sumika::table::Table;
use sumika::table::headings::{self, Known};
use sumika::{artifact, feature, load, tree};

use damage::{Dice, damaged, peak_memory_mib};

const RUNS: usize = 3_000;
const SLOWEST_ALLOWED: Duration = Duration::from_secs(10);
const MEMORY_ALLOWED_MIB: u64 = 1_024;
/// Bytes of a base that are kept.
const HEAD: usize = 20_000;

fn files(folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten().filter_map(Result::ok);
        paths.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)));
    let read = paths.iter().filter_map(|path| std::fs::read(path).ok());
    read.map(|bytes| bytes.get(..HEAD).map(<[u8]>::to_vec).unwrap_or(bytes)).collect()
}

/// The payloads of a file of one JSON object a line.
fn payloads(folder: &str) -> Vec<Vec<u8>> {
    let texts = files(&[folder], &["jsonl"]);
    let lines = texts.iter().flat_map(|text| text.split(|&byte| byte == b'\n'));
    let payload =
        |line: &[u8]| serde_json::from_slice::<serde_json::Value>(line).ok()?["payload"].as_str().map(str::to_owned);
    lines.filter_map(payload).map(String::into_bytes).collect()
}

/// Damages each base in turn; what `read` says must point into its text.
fn try_all(name: &str, bases: &[Vec<u8>], mut read: impl FnMut(&SourcePath, &str) -> Report) {
    if bases.is_empty() {
        println!("skipped: {name}: shared/ is not here");
        return;
    }
    let path = SourcePath::new("content/hard.txt").expect("a path");
    let (mut dice, mut said, mut slowest) = (Dice(20_261_123), 0, Duration::ZERO);
    for number in 0..RUNS {
        let bytes = damaged(&bases[number % bases.len()], &mut dice);
        let text = String::from_utf8_lossy(&bytes);
        let began = Instant::now();
        let report = read(&path, &text);
        slowest = slowest.max(began.elapsed());
        for problem in report.iter() {
            let place = problem.primary.as_ref().expect("a place");
            assert!(place.path == path && place.range().start <= text.len(), "{name}: {problem:?}");
            said += 1;
        }
    }
    let memory = peak_memory_mib();
    println!("{name}: {RUNS} texts, {said} things said, slowest {slowest:?}, at most {memory} MiB");
    assert!(slowest < SLOWEST_ALLOWED && memory < MEMORY_ALLOWED_MIB);
}

#[test]
fn damaged_front_matter_is_answered() {
    try_all("TOML", &files(&["corpora/toml"], &["toml"]), |path, text| tree::parse_toml(text, path, 0).report);
    try_all("YAML", &files(&["corpora/yaml"], &["yaml"]), |path, text| tree::parse_yaml(text, path, 0).report);
}

#[test]
fn damaged_markdown_is_answered() {
    let mut bases = payloads("corpora/markdown");
    bases.extend(payloads("corpora/xss"));
    try_all("Markdown", &bases, |path, text| {
        markdown::parse(text, Place { path, offset: 0 }, &Options::default()).report
    });
}

#[test]
fn damaged_geojson_is_answered() {
    let bases = files(&["corpora/geojson", "corpora/json", "corpora/json-fuzz"], &["geojson", "json"]);
    try_all("GeoJSON", &bases, |path, text| feature::read(path, text).report);
}

#[test]
fn damaged_tables_of_both_encodings_are_answered() {
    let known = [Known::new("name", &["名称"]).required(), Known::new("phone", &["電話番号"])];
    let bases = files(&["data/takamatsu", "data/hokkaido", "data/koriyama", "corpora/csv"], &["csv"]);
    let of_cp932 = |bytes: &[u8]| decode(bytes).is_ok_and(|(_, encoding)| encoding == Encoding::Cp932);
    println!("{} of {} tables are in CP932", bases.iter().filter(|bytes| of_cp932(bytes)).count(), bases.len());
    let (mut dice, mut refused, mut slowest) = (Dice(7), 0, Duration::ZERO);
    let path = SourcePath::new("resources/facilities/hard.csv").expect("a path");
    for number in 0..RUNS.min(bases.len() * RUNS) {
        let bytes = damaged(&bases[number % bases.len()], &mut dice);
        let began = Instant::now();
        match decode(&bytes) {
            Ok((text, encoding)) => {
                let table = Table::parse(&path, &Text { text: Arc::from(text), encoding });
                let found = headings::find(&table.value, &known);
                for problem in table.report.iter().chain(found.report.iter()) {
                    assert!(problem.primary.as_ref().is_some_and(|place| place.path == path), "{problem:?}");
                }
            }
            Err(_) => refused += 1,
        }
        slowest = slowest.max(began.elapsed());
    }
    println!("tables: {RUNS}, {refused} refused for their encoding, slowest {slowest:?}");
    assert!(slowest < SLOWEST_ALLOWED && peak_memory_mib() < MEMORY_ALLOWED_MIB);
}

#[test]
fn damaged_pictures_are_answered() {
    let endings = ["jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff"];
    let mut bases = files(&["corpora/exif"], &endings);
    bases.extend(files(&["corpora/png", "corpora/png-fuzz", "corpora/image"], &endings).into_iter().step_by(3));
    if bases.is_empty() {
        println!("skipped: pictures: shared/ is not here");
        return;
    }
    let (mut dice, mut sized, mut refused, mut shown) = (Dice(99), 0, 0, 0);
    let began = Instant::now();
    for round in 0..RUNS / 100 {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        std::fs::create_dir(&content).expect("a folder");
        std::fs::write(folder.path().join("sumika.toml"), "").expect("a file");
        for number in 0..100 {
            // The header and EXIF are at the front: most of the damage goes there.
            let base = &bases[(round * 100 + number) % bases.len()];
            let (front, rest) = base.split_at(base.len().min(1_500));
            let bytes = [damaged(front, &mut dice), rest.to_vec()].concat();
            std::fs::write(content.join(format!("{number}.jpg")), bytes).expect("a file");
        }
        let loaded = load::load(folder.path(), &Limits::STANDARD).expect("a site");
        let read = |path: &SourcePath, hash: ContentHash| loaded.folder.read(path, hash);
        let pictures = Pictures::new(&read, None::<Cache>, &Limits::STANDARD);
        for (path, source) in loaded.sources.iter().filter(|(path, _)| path.as_str().ends_with(".jpg")) {
            match source {
                Source::Blob(blob) if round % 15 == 0 => {
                    sized += 1;
                    let (source, hash, format) = (path.clone(), blob.hash, artifact::ImageFormat::Jpeg);
                    let job = artifact::ImageJob { source, hash, width_px: 64, format };
                    assert!(pictures.image(&job).is_ok_and(|bytes| !bytes.is_empty()));
                    shown += 1;
                }
                Source::Blob(_) => sized += 1,
                Source::Refused(_) => refused += 1,
                other => unreachable!("{path}: {other:?}"),
            }
        }
    }
    let memory = peak_memory_mib();
    println!(
        "pictures: {sized} sized, {refused} refused, {shown} decoded in {:?}, at most {memory} MiB",
        began.elapsed()
    );
    assert!(memory < MEMORY_ALLOWED_MIB);
}

#[test]
fn damaged_cells_are_answered() {
    let bases: Vec<Vec<u8>> = [
        "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00; Su,PH off",
        "月火水木金 9:00～17:30（土曜は正午まで）、第2・第4水曜休み",
        "24/7; Jan 01-03 off; PH off",
        "令和元年10月 1日",
        "昭32. 7. 1～令和11年12月31日",
        "（078）123-4567（代）内線12／0120-123-456",
        "〒862-0975　熊本市中央区新屋敷１−２３２階",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    try_all("cells", &bases, |_, text| {
        let hours = OpeningHours::parse(text);
        let _ = hours.map(|hours| (hours.week(), hours.on(jiff::civil::date(2026, 5, 6))));
        let _ = (date::parse(text), phone::Phone::parse(text), postal_code::PostalCode::parse(text));
        Report::new()
    });
}
