//! Ten thousand damaged tables and workbooks, the same ones on every run: each is answered, none stops the program,
//! and whoever is refused is told the file, the row and the column. Bases come from `../shared`; skipped without it.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and prints what it counted")]

#[path = "hostile/damage.rs"]
mod damage;

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sumika::area::Areas;
use sumika::diag::{Language, Severity};
use sumika::import::mapping::{self, Mapping};
use sumika::import::report::ImportReport;
use sumika::import::{Input, Options, events, kaigo, kouseikyoku, navii, own, standard};
use sumika::list::{Schema, canonical};
use sumika::source::{SourcePath, Text, decode};
use sumika::table::Table;
use sumika::vocabulary::Vocabulary;
use sumika::workbook::{self, Limits, Problem};

use damage::{Dice, damaged, peak_memory_mib};

const TABLES: usize = 7_000;
const WORKBOOKS: usize = 3_000;
/// Bytes of a base that are kept, cut at a line.
const HEAD: usize = 2_500;
const SLOWEST_ALLOWED: Duration = Duration::from_secs(10);
const MEMORY_ALLOWED_MIB: u64 = 1_024;

fn shared(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    files.retain(|file| file.is_file() && !file.ends_with("README.md"));
    files
}

fn bases(folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let files = folders.iter().flat_map(|folder| shared(folder));
    let wanted = files.filter(|file| file.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)));
    wanted.filter_map(|file| std::fs::read(file).ok()).collect()
}

/// Readers of everything that can be imported.
struct Readers {
    schema: Schema,
    vocabulary: Vocabulary,
    areas: Areas,
    mapping: Mapping,
    findings: usize,
}

impl Readers {
    fn new() -> Self {
        let vocabulary = Vocabulary::builtin();
        let schema = Schema::new(&vocabulary);
        let path = SourcePath::new("mapping.toml").expect("a path");
        let text = "category = \"clinic\"\n[columns]\nname = [\"name\", \"名称\"]\nphone = \"telephoneNumber\"\n[services]\nvisit = \"visits\"\n";
        let mapping = Mapping::parse(&path, text, &schema).value.expect("a mapping");
        Self { schema, vocabulary, areas: Areas::default(), mapping, findings: 0 }
    }

    fn read(&mut self, inputs: &[Input]) {
        let options = Options::default();
        let checks = own::Checks { schema: &self.schema, vocabulary: &self.vocabulary, areas: &self.areas };
        let reports: [ImportReport; 7] = [
            kaigo::import(inputs, &options).report,
            standard::import(inputs, &options).report,
            navii::import(inputs, &options).report,
            kouseikyoku::import(inputs, &options).report,
            events::import(inputs, &options).1,
            mapping::import(inputs, &options, &self.mapping, &self.schema).report,
            own::import(inputs, &options, &checks).report,
        ];
        for report in reports {
            let total = report.total();
            assert_eq!(total.read, total.imported + total.skipped + total.refused);
            for finding in report.findings.iter().filter(|finding| finding.severity != Severity::Note) {
                let place = finding.primary.as_ref().expect("a place");
                assert!(inputs.iter().any(|input| input.path == place.path), "{}", finding.message(Language::En));
                self.findings += 1;
            }
            let told = report.render(inputs, Language::Ja);
            assert!(
                report.findings.is_empty() || told.contains(inputs.first().map_or("", |input| input.path.as_str()))
            );
        }
        for input in inputs {
            let table = Table::parse(&input.path, &input.text).value;
            let form = canonical::canonical(&table, &self.schema);
            assert!(form.value.is_some() || form.report.has_errors(), "refused with a reason");
            assert!(!mapping::suggest(input, &self.schema).is_empty());
        }
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().min(HEAD);
    let line = bytes[..end].iter().rposition(|&byte| byte == b'\n').map_or(end, |at| at + 1);
    if bytes.len() > HEAD { &bytes[..line] } else { bytes }
}

#[test]
fn damaged_tables_are_answered() {
    let folders = [
        "data/mhlw-kaigo",
        "data/mhlw-navii",
        "data/takamatsu",
        "data/hokkaido",
        "data/koriyama",
        "corpora/csv",
        "corpora/csv-injection",
    ];
    let bases = bases(&folders, &["csv", "jsonl", "txt"]);
    if bases.is_empty() {
        println!("skipped: shared/ is not here");
        return;
    }
    let (mut dice, mut readers) = (Dice(20_261_122), Readers::new());
    let (mut undecodable, mut slowest) = (0, Duration::ZERO);
    for number in 0..TABLES {
        let bytes = damaged(head(&bases[number % bases.len()]), &mut dice);
        let began = Instant::now();
        match decode(&bytes) {
            Ok((text, encoding)) => {
                let path = SourcePath::new(&format!("damaged-{number}.csv")).expect("a path");
                readers.read(&[Input::new(path, Text { text: Arc::from(text), encoding })]);
            }
            Err(_) => undecodable += 1,
        }
        slowest = slowest.max(began.elapsed());
    }
    println!(
        "{TABLES} tables: {undecodable} refused for their encoding, {} findings with a place, slowest {slowest:?}",
        readers.findings
    );
    println!("at most {} MiB", peak_memory_mib());
    assert!(slowest < SLOWEST_ALLOWED && peak_memory_mib() < MEMORY_ALLOWED_MIB);
}

/// Other letters and digits where letters and digits stood: most of the XML stays XML, but says something else.
fn retyped(content: &mut [u8], dice: &mut Dice) {
    const LETTERS: &[u8] = b"0123456789ABCXYZabcsxyz.-+E";
    for _ in 0..1 + dice.roll(20) {
        let at = dice.roll(content.len());
        if let Some(byte) = content.get_mut(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            *byte = LETTERS[dice.roll(LETTERS.len())];
        }
    }
}

/// The files inside a workbook, damaged, and zipped again: what a damaged zip would hide.
fn damaged_inside(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let victim = dice.roll(archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.to_string();
        let mut content = Vec::new();
        file.take(1 << 18).read_to_end(&mut content).ok()?;
        if name.contains("sheet1") || name.contains("sharedStrings") {
            retyped(&mut content, dice);
        } else if index == victim {
            content = damaged(&content, dice);
        }
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, stored).ok()?;
        writer.write_all(&content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Old and foreign kinds of workbooks, bombs among them.
fn bases_of_other_kinds() -> Vec<Vec<u8>> {
    bases(&["corpora/xlsx"], &["xls", "xlsb"])
}

#[test]
fn damaged_workbooks_are_answered() {
    let bases = bases(&["data/takamatsu", "corpora/xlsx"], &["xlsx", "xlsm"]);
    let bases: Vec<Vec<u8>> = bases.into_iter().filter(|bytes| bytes.len() < 60_000).collect();
    if bases.is_empty() {
        println!("skipped: shared/ is not here");
        return;
    }
    for other in bases_of_other_kinds() {
        assert!(workbook::read(&other, &Limits::STANDARD).is_err(), "only workbooks are read");
    }
    let limits = Limits { unpacked_bytes: 8 << 20, cells: 20_000, ..Limits::STANDARD };
    let (mut dice, mut readers) = (Dice(42), Readers::new());
    let (mut refused, mut gave_up, mut sheets, mut slowest) = (0, 0, 0, Duration::ZERO);
    for number in 0..WORKBOOKS {
        let base = &bases[number % bases.len()];
        let bytes = match (number / bases.len(), number % 4) {
            (0, _) => base.clone(),
            (_, 0) => damaged(base, &mut dice),
            _ => damaged_inside(base, &mut dice).unwrap_or_else(|| damaged(base, &mut dice)),
        };
        let began = Instant::now();
        match workbook::read(&bytes, &limits) {
            Ok(found) => {
                let path = SourcePath::new(&format!("damaged-{number}.xlsx")).expect("a path");
                let inputs = Input::sheets(&path, found);
                let small: Vec<Input> =
                    inputs.into_iter().filter(|input| input.text.text.len() < 20_000).take(2).collect();
                sheets += small.len();
                readers.read(&small);
            }
            Err(problem) => {
                refused += 1;
                gave_up += usize::from(problem == Problem::Broken(workbook::GAVE_UP.to_owned()));
            }
        }
        slowest = slowest.max(began.elapsed());
    }
    println!(
        "{WORKBOOKS} workbooks: {refused} refused ({gave_up} where the reader gave up), {sheets} sheets read, {} findings with a place, slowest {slowest:?}",
        readers.findings
    );
    println!("at most {} MiB", peak_memory_mib());
    assert!(slowest < SLOWEST_ALLOWED && peak_memory_mib() < MEMORY_ALLOWED_MIB);
}
