//! Large lists: `cargo bench --bench lists [-- ROWS]`.
//!
//! Writes an invented file of the ministry's care services, imports it into a new list, and checks that list against
//! forty areas. Prints the time of each step and the peak memory. Without `--bench` (as `cargo test --benches` calls
//! it) the file is tiny.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and the clock")]

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use sumika::area::AreasConfig;
use sumika::area::{self, Areas};
use sumika::facility;
use sumika::import::{Input, Options, kaigo, list};
use sumika::list::Schema;
use sumika::source::{SourcePath, Sources, Text, decode};
use sumika::vocabulary::Vocabulary;

const HEADINGS: &str = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,\
電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,\
高齢者の方と障害者の方が同時一体的に利用できるサービス,介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考";

fn main() -> io::Result<()> {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let rows = typed.iter().find_map(|text| text.parse().ok());
    let rows: usize = rows.unwrap_or(if typed.iter().any(|text| text == "--bench") { 500_000 } else { 200 });
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let file = parent.join(format!("jigyosho_110-{}.csv", std::process::id()));
    write_source(&file, rows)?;
    let result = run(&file, rows);
    std::fs::remove_file(&file)?;
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

fn run(file: &Path, rows: usize) -> io::Result<()> {
    let areas = areas();
    let vocabulary = Vocabulary::builtin();
    let schema = Schema::new(&vocabulary);
    let began = Instant::now();
    let mut last = began;
    let mut step = |what: &str| {
        println!("{:>8} ms  {what}", last.elapsed().as_millis());
        last = Instant::now();
    };
    let (text, encoding) = decode(&std::fs::read(file)?).map_err(|problem| io::Error::other(format!("{problem:?}")))?;
    step("read and decoded");
    let path = SourcePath::new("jigyosho_110.csv").ok_or_else(|| io::Error::other("a plain name"))?;
    let inputs = vec![Input::new(path, Text { text: Arc::from(text), encoding })];
    let options = Options { areas: Some(&areas), ..Options::default() };
    let imported = kaigo::import(&inputs, &options);
    drop(inputs);
    step("imported");
    let total = imported.report.total();
    println!("             {} read, {} imported, {} refused", total.read, total.imported, total.refused);
    let text = list::write(&imported.rows, &schema, list::HeadingLanguage::Japanese);
    drop(imported);
    step("written as a list");
    let mut sources = Sources::new();
    if let Some(path) = SourcePath::new("resources/facilities/care.csv") {
        sources.insert_text(path, text.as_bytes());
    }
    drop(text);
    let checked = facility::read(&sources, &vocabulary, &areas);
    step("checked");
    println!("             {} facilities, {} findings", checked.value.len(), checked.report.iter().count());
    println!("{:>8} ms  in all; {rows} rows; peak {}", began.elapsed().as_millis(), peak());
    Ok(())
}

/// Eight by five squares around the invented points.
fn areas() -> Areas {
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
    let mut sources = Sources::new();
    if let Some(path) = SourcePath::new("resources/areas.geojson") {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        sources.insert_text(path, text.as_bytes());
    }
    area::read(&sources, &AreasConfig::default()).value
}

/// The most memory that the process ever held, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}
