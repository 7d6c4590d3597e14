//! Tables written by others are read without loss and without panic.
#![allow(clippy::disallowed_methods, reason = "a test reads the corpora from the disk")]

use std::path::{Path, PathBuf};

use sumika::source::{Source, SourcePath, Sources};
use sumika::table::Table;
use sumika::table::headings::{self, Known};

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {folder} is not here");
    None
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The table in a file; `None` where its bytes are in no encoding that is read.
fn read(file: &Path) -> Option<Table> {
    let path = SourcePath::new("table.csv").expect("a plain name");
    let mut sources = Sources::new();
    sources.insert_text(path.clone(), &std::fs::read(file).expect("the file is there"));
    match sources.get(&path) {
        Some(Source::Text(text)) => Some(Table::parse(&path, text).value),
        _ => None,
    }
}

fn assert_lossless(table: &Table, file: &Path) {
    let whole: String = table.rows().map(|row| row.text()).collect();
    assert_eq!(whole, table.text(), "{}", file.display());
    for row in table.rows() {
        for cell in row.cells() {
            assert_eq!(table.text().get(cell.span().range()), Some(cell.raw()), "{}", file.display());
        }
    }
}

#[test]
fn every_table_of_the_corpora_is_read_without_loss() {
    let Some(folder) = shared("corpora/csv") else { return };
    let files = files_below(&folder);
    let tables: Vec<_> = files.iter().filter_map(|file| Some((read(file)?, file))).collect();
    for (table, file) in &tables {
        assert_lossless(table, file);
    }
    assert!(tables.len() > files.len() / 2, "{} of {} are text", tables.len(), files.len());
}

#[test]
fn every_table_of_municipalities_is_read_without_loss() {
    let Some(folder) = shared("data") else { return };
    let files = files_below(&folder).into_iter().filter(|file| file.extension().is_some_and(|e| e == "csv"));
    for file in files {
        let table = read(&file).unwrap_or_else(|| panic!("{} is text", file.display()));
        assert_lossless(&table, &file);
        assert!(table.len() > 5, "{}", file.display());
    }
}

#[test]
fn headings_of_municipalities_are_found_under_their_titles() {
    let Some(folder) = shared("data") else { return };
    let known = [
        Known::new("name", &["事業所名", "name", "名称"]),
        Known::new("phone", &["電話番号", "telephone number", "telephoneNumber"]),
        Known::new("address", &["住所", "address", "所在地"]),
    ];
    let check = |file: &str, row: usize, rows: usize| {
        let table = read(&folder.join(file)).expect("text");
        let headings = headings::find(&table, &known).value.unwrap_or_else(|| panic!("{file} has headings"));
        assert_eq!((headings.row, headings.data(&table).count()), (row, rows), "{file}");
        assert!(headings.data(&table).all(|row| headings.ragged(&row).is_none()), "{file}");
    };
    check("mhlw-kaigo/jigyosho_760.csv", 0, 1466);
    check("mhlw-kaigo/jigyosho_770.csv", 0, 1106);
    check("takamatsu/hospital_data.csv", 0, 628);
    check("takamatsu/hospital_old_0062.csv", 1, 635);
    check("takamatsu/houkatsu_old_0045.csv", 6, 9);
}
