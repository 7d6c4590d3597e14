//! Every limit of `src/limits.rs`, read at the limit and refused one beyond it, with its code; and both READMEs show the
//! table as it is. Sizes of files are tried with smaller limits: the comparison is the same, the disk is spared.

#![allow(clippy::disallowed_methods, reason = "a test writes the files that it has read")]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use sumika::diag::{Language, Report};
use sumika::limits::{self, Limit};
use sumika::markdown::{self, Options, Place};
use sumika::source::{Encoding, Limits, SourcePath, Text};
use sumika::table::Table;
use sumika::workbook::{self, Problem};
use sumika::{feature, library, load, tree};

/// The codes of what is said at a limit, and of what is said one beyond.
type Said = (BTreeSet<String>, BTreeSet<String>);

fn codes(report: &Report) -> BTreeSet<String> {
    report.iter().map(|problem| problem.code.to_string()).collect()
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path")
}

/// What loading and reading a site with these files says.
fn loaded(files: &[(&str, Vec<u8>)], limits: &Limits) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files.iter().chain(&[("sumika.toml", Vec::new())]) {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        std::fs::write(place, bytes).expect("a file");
    }
    match load::load(folder.path(), limits) {
        Ok(loaded) => codes(&library::assemble(&loaded.sources).report),
        Err(fault) => BTreeSet::from([fault.diagnostic(Language::En).code.to_string()]),
    }
}

/// One file at a limit and one byte, folder or pixel beyond.
fn file(path: &str, bytes: [Vec<u8>; 2], limits: &Limits) -> Said {
    let [at, beyond] = bytes.map(|bytes| loaded(&[(path, bytes)], limits));
    (at, beyond)
}

fn sized(path: &str, limits: &Limits) -> Said {
    file(path, [vec![b'a'; 100], vec![b'a'; 101]], limits)
}

fn files(limit: usize) -> Said {
    let read = |count: usize| {
        let names: Vec<String> = (1..count).map(|number| format!("content/{number}.txt")).collect();
        let files: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (name.as_str(), Vec::new())).collect();
        loaded(&files, &Limits { files: limit, ..Limits::STANDARD })
    };
    (read(limit), read(limit + 1))
}

fn folders(limit: usize) -> Said {
    let read = |depth: usize| {
        let place = format!("content/{}a.txt", "x/".repeat(depth));
        loaded(&[(&place, Vec::new())], &Limits { depth: limit, ..Limits::STANDARD })
    };
    (read(limit), read(limit + 1))
}

fn picture(limits: &[Limits; 2]) -> Said {
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::new(20, 10).write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    let [at, beyond] = limits.map(|limits| loaded(&[("content/a.png", png.get_ref().clone())], &limits));
    (at, beyond)
}

/// Text with something nested, read by `read`.
fn nested(limit: usize, read: impl Fn(&str) -> Report, make: impl Fn(usize) -> String) -> Said {
    (codes(&read(&make(limit))), codes(&read(&make(limit + 1))))
}

fn brackets(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

fn table(texts: [String; 2]) -> Said {
    let [at, beyond] = texts.map(|text| {
        let text = Text { text: Arc::from(text), encoding: Encoding::Utf8 };
        codes(&Table::parse(&path("list.csv"), &text).report)
    });
    (at, beyond)
}

fn geojson(texts: [String; 2]) -> Said {
    let [at, beyond] = texts.map(|text| codes(&feature::read(&path("a.geojson"), &text).report));
    (at, beyond)
}

/// A workbook of two sheets, three columns and four rows in each.
fn two_sheets() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..2 {
        let sheet = book.add_worksheet();
        for (row, column) in (0..4).flat_map(|row| (0..3).map(move |column| (row, column))) {
            sheet.write_string(row, column, "a").expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// That workbook, read with a limit that it reaches, and with one that is less by one.
fn book(change: impl Fn(&mut workbook::Limits, usize)) -> Said {
    let bytes = two_sheets();
    let [at, beyond] = [0, 1].map(|less| {
        let mut limits = workbook::Limits::STANDARD;
        change(&mut limits, less);
        let is_too_large = |problem: &Problem| match problem {
            Problem::OnSheet(_, _, inner) => matches!(**inner, Problem::TooLarge(..)),
            problem => matches!(problem, Problem::TooLarge(..)),
        };
        match workbook::read(&bytes, &limits) {
            Ok(_) => BTreeSet::new(),
            Err(problem) if is_too_large(&problem) => BTreeSet::from(["S1231".to_owned()]),
            Err(other) => BTreeSet::from([format!("{other:?}")]),
        }
    });
    (at, beyond)
}

/// Files inside that workbook, and their bytes unpacked.
fn contents() -> (usize, u64) {
    let mut archive = zip::ZipArchive::new(Cursor::new(two_sheets())).expect("a zip");
    let unpacked = (0..archive.len()).map(|at| archive.by_index(at).expect("a file").size()).sum();
    (archive.len(), unpacked)
}

/// Tries the files of a site and their pictures.
fn tried_by_loading(name: &str) -> Option<Said> {
    let standard = Limits::STANDARD;
    let [text_bytes, list_bytes, picture_bytes, base_map_bytes, attachment_bytes] = [100; 5];
    Some(match name {
        "FILES" => files(5),
        "FOLDERS" => folders(4),
        "TEXT_BYTES" => sized("content/a.txt", &Limits { text_bytes, ..standard }),
        "LIST_BYTES" => sized("content/a.json", &Limits { list_bytes, ..standard }),
        "PICTURE_BYTES" => {
            let said = sized("content/a.png", &Limits { picture_bytes, ..standard });
            // What is small enough is looked at, and is no picture.
            (said.0.into_iter().filter(|code| code != "S0109").collect(), said.1)
        }
        "BASE_MAP_BYTES" => {
            let said = sized("resources/map/base.pmtiles", &Limits { base_map_bytes, ..standard });
            (said.0.into_iter().filter(|code| code != "S1750").collect(), said.1)
        }
        "ATTACHMENT_BYTES" => sized("content/a.mp4", &Limits { attachment_bytes, ..standard }),
        "PICTURE_PIXELS" => picture(&[200, 199].map(|picture_pixels| Limits { picture_pixels, ..standard })),
        "PICTURE_SIDE_PX" => picture(&[20, 19].map(|picture_side_px| Limits { picture_side_px, ..standard })),
        "PICTURE_MEMORY_BYTES" => {
            picture(&[600, 599].map(|picture_memory_bytes| Limits { picture_memory_bytes, ..standard }))
        }
        _ => return None,
    })
}

/// Tries what stands in texts, at the true limits.
fn tried_by_reading(name: &str) -> Option<Said> {
    let toml = |text: &str| tree::parse_toml(text, &path("a.toml"), 0).report;
    let yaml = |text: &str| tree::parse_yaml(text, &path("a.md"), 0).report;
    let page = |text: &str| {
        markdown::parse(text, Place { path: &path("content/a.md"), offset: 0 }, &Options::default()).report
    };
    let around = |limit: usize, make: &dyn Fn(usize) -> String| [make(limit), make(limit + 1)];
    let collection = |features: String| format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let empty = |count: usize| collection(vec![r#"{"type":"Feature","geometry":null}"#; count].join(","));
    let line = |count: usize| {
        let positions = vec!["[140,35]"; count].join(",");
        collection(format!(r#"{{"type":"Feature","geometry":{{"type":"LineString","coordinates":[{positions}]}}}}"#))
    };
    Some(match name {
        "TOML_DEPTH" => nested(limits::TOML_DEPTH, toml, |depth| format!("a = {}", brackets(depth))),
        // The mapping itself is the first level.
        "YAML_DEPTH" => nested(limits::YAML_DEPTH, yaml, |depth| format!("a: {}\n", brackets(depth))),
        "MARKDOWN_DEPTH" => nested(limits::MARKDOWN_DEPTH, page, |depth| {
            let open = (0..depth).map(|at| format!("{} callout\n\n", ":".repeat(40 - at)));
            let close = (0..depth).rev().map(|at| format!("\n{}\n", ":".repeat(40 - at)));
            open.chain(["a\n".to_owned()]).chain(close).collect()
        }),
        "TABLE_ROWS" => table(around(limits::TABLE_ROWS, &|rows| "a,b\n".repeat(rows))),
        "TABLE_COLUMNS" => table(around(limits::TABLE_COLUMNS, &|columns| vec!["a"; columns].join(","))),
        "CELL_BYTES" => table(around(limits::CELL_BYTES, &|bytes| format!("{},b\n", "a".repeat(bytes)))),
        "JSON_DEPTH" => {
            let said = geojson(around(limits::JSON_DEPTH, &brackets));
            (said.0.into_iter().filter(|code| code != "S0703").collect(), said.1)
        }
        "FEATURES" => geojson(around(limits::FEATURES, &empty)),
        "VERTICES" => geojson(around(limits::VERTICES, &line)),
        _ => return None,
    })
}

fn tried_by_opening(name: &str) -> Option<Said> {
    let (entries, unpacked) = contents();
    Some(match name {
        "WORKBOOK_ENTRIES" => book(|limits, less| limits.entries = entries - less),
        "WORKBOOK_UNPACKED_BYTES" => book(|limits, less| limits.unpacked_bytes = unpacked - less as u64),
        "WORKBOOK_SHEETS" => book(|limits, less| limits.sheets = 2 - less),
        "WORKBOOK_ROWS" => book(|limits, less| limits.rows = if less == 0 { 4 } else { 3 }),
        "WORKBOOK_COLUMNS" => book(|limits, less| limits.columns = if less == 0 { 3 } else { 2 }),
        "WORKBOOK_CELLS" => book(|limits, less| limits.cells = 24 - less),
        _ => return None,
    })
}

#[test]
fn each_limit_is_read_at_the_limit_and_refused_one_beyond() {
    for Limit { name, code, .. } in limits::ALL {
        let tried = tried_by_loading(name).or_else(|| tried_by_reading(name)).or_else(|| tried_by_opening(name));
        let (at, beyond) = tried.unwrap_or_else(|| unreachable!("{name} is tried"));
        assert!(!at.contains(*code), "{name} at its limit: {at:?}");
        assert!(beyond.contains(*code), "{name} one beyond: {beyond:?}");
    }
}

#[test]
fn the_readmes_show_the_limits() {
    for (file, head) in [("README.md", "| What | At most | Past it |"), ("README.ja.md", "| もの | 上限 | 超えると |")]
    {
        let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a README");
        let words = |limit: &Limit| if file == "README.md" { limit.en } else { limit.ja };
        let row = |limit: &Limit| format!("| {} | {} | {} |\n", words(limit), limit.shown(), limit.code);
        let rows: String = limits::ALL.iter().map(row).collect();
        let table = format!("{head}\n|---|---|---|\n{rows}");
        assert!(readme.contains(&table), "{file} lacks\n{table}");
    }
}
