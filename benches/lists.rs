//! Large lists: `cargo bench --bench lists [-- ROWS]`.
//!
//! Writes an invented file of the ministry's care services, imports it into a new list, and checks that list against
//! forty areas; then reviews a change of a list of a fifth as many rows. Prints the time of each step and the peak
//! memory. The bounds: 500,000 rows imported and checked within 5 s and 1 GiB, two lists of 100,000 rows reviewed
//! within 2 s. Without `--bench` (as `cargo test --benches` calls it) the file is tiny.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and the clock")]

use std::fmt::{Display, Write as _};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use sumika::area::{self, AreasConfig};
use sumika::diag::Language;
use sumika::doubt;
use sumika::import::list::{self, HeadingLanguage};
use sumika::import::{Input, Options, Row, kaigo};
use sumika::list::Schema;
use sumika::pipeline;
use sumika::review::markdown::{self, Wording};
use sumika::review::{self, Context, Lists};
use sumika::source::{Source, SourcePath, Sources, Text, decode};
use sumika::vocabulary::Vocabulary;

const HEADINGS: &str = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,\
電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,\
高齢者の方と障害者の方が同時一体的に利用できるサービス,介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考";

fn main() -> io::Result<()> {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let rows = typed.iter().find_map(|text| text.parse().ok());
    let is_measured = typed.iter().any(|text| text == "--bench");
    let rows: usize = rows.unwrap_or(if is_measured { 500_000 } else { 200 });
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("sumika-lists-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let source = folder.join("jigyosho_110.csv");
    write_source(&source, rows)?;
    let result = import_and_check(&folder, &source).and_then(|()| review(&source, rows / 5));
    std::fs::remove_dir_all(&folder)?;
    result
}

/// A row a line, written as it is made, so that the peak is the program's own.
fn write_source(file: &Path, rows: usize) -> io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "\u{feff}{HEADINGS}\r")?;
    for row in 0..rows {
        let (lat, lon) = (33.0 + (row % 997) as f64 / 1000.0, 133.0 + (row % 991) as f64 / 1000.0);
        writeln!(
            out,
            "132012,{row:010},東京都,こもれび市,訪問介護ステーション{row},ホウモンカイゴステーション,訪問介護,東京都こもれび市本町{}丁目{}－{},\
             こもれびビル{}階,{lat:.15},{lon:.15},042{:07},042-{:03}-{:04},1234567890123,株式会社こもれび{},{row:010},\
             \"平日,土曜日\",,0,https://example{row}.example.jp/,なし,通常の指定,なし,\r",
            row % 9 + 1,
            row % 31 + 1,
            row % 17 + 1,
            row % 12 + 1,
            row % 10_000_000,
            row / 10_000 % 1000,
            row % 10_000,
            row % 400,
        )?;
    }
    out.flush()
}

/// A text and how it was encoded.
fn read_text(file: &Path) -> io::Result<Text> {
    let bytes = std::fs::read(file)?;
    let (text, encoding) = decode(&bytes).map_err(|problem| io::Error::other(format!("{problem:?}")))?;
    Ok(Text { text: Arc::from(text), encoding })
}

/// Prints what took how long since the last step.
struct Steps {
    began: Instant,
    last: Instant,
    /// Milliseconds that all threads had worked at the beginning, and at the last step.
    worked: (u64, u64),
}

impl Steps {
    fn new() -> Self {
        let now = Instant::now();
        Self { began: now, last: now, worked: (worked_ms(), worked_ms()) }
    }

    fn step(&mut self, what: impl Display) {
        let (wall, worked) = (self.last.elapsed().as_millis(), worked_ms());
        println!("{wall:>8} ms  ({:>6} ms of work)  {what} (peak so far {})", worked - self.worked.1, peak());
        (self.last, self.worked.1) = (Instant::now(), worked);
    }

    fn total(&self, what: impl Display) {
        let (wall, worked) = (self.began.elapsed().as_millis(), worked_ms() - self.worked.0);
        println!("{wall:>8} ms  ({worked:>6} ms of work)  in all: {what}; peak {}", peak());
    }
}

/// What `sumika import kaigo FILE --into LIST` does for a new list, and what `sumika check` does about it.
fn import_and_check(folder: &Path, source: &Path) -> io::Result<()> {
    let areas_text = areas_text();
    let mut sources = Sources::new();
    insert(&mut sources, "resources/areas.geojson", &areas_text);
    let areas = area::read(&sources, &AreasConfig::default()).value;
    let schema = Schema::new(&Vocabulary::builtin());
    let mut steps = Steps::new();
    let path = SourcePath::new("jigyosho_110.csv").ok_or_else(|| io::Error::other("a plain name"))?;
    let inputs = vec![Input::new(path, read_text(source)?)];
    steps.step("read and decoded");
    let imported = kaigo::import(&inputs, &Options { areas: Some(&areas), ..Options::default() });
    let total = imported.report.total();
    steps.step(format_args!("imported: {} read, {} imported, {} refused", total.read, total.imported, total.refused));
    let list = folder.join("care.csv");
    write_list((&list, &folder.join("care.kaigo.csv")), &imported.rows, &schema)?;
    drop((imported, inputs));
    steps.step("written as a list, and what it was made from beside it");
    if let Some(path) = SourcePath::new("resources/facilities/care.csv") {
        sources.insert(path, Source::Text(read_text(&list)?));
    }
    insert(&mut sources, "sumika.toml", CONFIG);
    let opened = pipeline::open(&sources);
    let library = opened.value.library;
    steps.step(format_args!("read again as a site: {} facilities", library.facilities.len()));
    let doubts = doubt::check(&library, &sources, jiff::civil::date(2026, 11, 22));
    let findings = opened.report.iter().count() + doubts.iter().count();
    steps.step(format_args!("checked as a whole: {findings} findings"));
    steps.total(format_args!("import and check of {} rows", total.read));
    Ok(())
}

const CONFIG: &str =
    "title = \"量\"\nbase_url = \"https://example.jp\"\n[desk]\nname = \"窓口\"\nphone = \"0910-00-0000\"\n";

fn insert(sources: &mut Sources, path: &str, text: &str) {
    if let Some(path) = SourcePath::new(path) {
        sources.insert_text(path, text.as_bytes());
    }
}

fn write_list((list, record): (&Path, &Path), rows: &[Row], schema: &Schema) -> io::Result<()> {
    let (mut list, mut record) = (std::fs::File::create(list)?, std::fs::File::create(record)?);
    let mut result = Ok(());
    list::write_pieces(rows, schema, HeadingLanguage::Japanese, &mut |piece, beside| {
        if result.is_ok() {
            result = list.write_all(piece.as_bytes()).and_then(|()| record.write_all(beside.as_bytes()));
        }
    });
    result
}

/// What `sumika review BASE` does with two lists: one row in fifty is another, one in a hundred is gone or new.
fn review(source: &Path, rows: usize) -> io::Result<()> {
    write_source(source, rows)?;
    let path = SourcePath::new("jigyosho_110.csv").ok_or_else(|| io::Error::other("a plain name"))?;
    let imported = kaigo::import(&[Input::new(path, read_text(source)?)], &Options::default());
    let before = list::write(&imported.rows, &Schema::new(&Vocabulary::builtin()), HeadingLanguage::Japanese);
    let mut after = String::with_capacity(before.len());
    for (at, line) in before.lines().enumerate() {
        match at % 100 {
            99 if at % 200 == 199 => {}
            99 => {
                after.push_str(&format!("{line}\n{}\n", line.replace("kaigo-", "new-").replace("こもれび", "ひだまり")))
            }
            49 => after.push_str(&format!("{}\n", line.replace("本町", "新町"))),
            48 => after.push_str(&format!("{}\n", line.replace(",133.", ",133.0"))),
            _ => after.push_str(&format!("{line}\n")),
        }
    }
    let vocabulary = Vocabulary::builtin();
    let mut sources = Sources::new();
    insert(&mut sources, "resources/areas.geojson", &areas_text());
    let areas = area::read(&sources, &AreasConfig::default()).value;
    let lists = |text: &str| {
        let path = SourcePath::new("resources/facilities/care.csv");
        path.map(|path| (path, sumika::list::text(text))).into_iter().collect::<Lists>()
    };
    let (base, head) = (lists(&before), lists(&after));
    let mut steps = Steps::new();
    let comparison = review::compare(&base, &head, Context { vocabulary: &vocabulary, areas: &areas });
    let (changed, added, removed) = (comparison.changed.len(), comparison.added.len(), comparison.removed.len());
    steps.step(format_args!("compared: {changed} changed, {added} added, {removed} removed"));
    let alarms = review::alarm::alarms(&comparison, 20);
    let wording =
        Wording { language: Language::Ja, preview: None, drawings: None, characters_max: markdown::COMMENT_CHARACTERS };
    let comment = markdown::render(&comparison, &alarms, wording);
    steps.step(format_args!("put into words: {} bytes", comment.len()));
    let json = review::json::render(&comparison);
    steps.step(format_args!("as JSON: {} bytes", json.len()));
    steps.total(format_args!("review of two lists of {rows} rows"));
    Ok(())
}

/// Eight by five squares around the invented points.
fn areas_text() -> String {
    let mut features = Vec::new();
    for at in 0..40 {
        let (west, south) = (133.0 + f64::from(at % 8) / 8.0, 33.0 + f64::from(at / 8) / 5.0);
        let (east, north) = (west + 0.125, south + 0.2);
        let mut feature = String::new();
        let _ = write!(
            feature,
            r#"{{"type":"Feature","properties":{{"id":"a{at}","name":"圏域{at}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        );
        features.push(feature);
    }
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// How long all threads have worked so far, whoever else uses the machine.
fn worked_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000 + u64::try_from(time.tv_nsec).unwrap_or(0) / 1_000_000
}

/// The most memory that the process ever held, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}
