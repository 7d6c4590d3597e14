//! Hard inputs, once and twice as large: each is read, selected, rendered and reported, and twice the input may cost at
//! most two and a half times the work.
//!
//! `cargo bench --bench doubling`; with names behind it, only those inputs. Work is processor time of all threads, the
//! least of three runs; an input that costs less than a few milliseconds is doubled until it costs more. It fails where
//! an input grows faster.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a bench takes the time and may stop")]

use std::fmt::Write;
use std::path::Path;

use rustix::time::{ClockId, clock_gettime};
use sumika::artifact::Artifact;
use sumika::diag::Language;
use sumika::diag::format::human;
use sumika::load::load;
use sumika::pipeline;
use sumika::select::{Medium, Request};
use sumika::source::{Limits, SourcePath, Sources};

/// So many times the work for twice the input.
const GROWTH_MAX: f64 = 2.5;
/// Below so many seconds a measure says nothing.
const TELLING_S: f64 = 0.1;
const RUNS: usize = 3;

/// A name, the file, how much of it at first, and its text.
type Input = (&'static str, &'static str, usize, fn(usize) -> String);

const PAGE: &str = "content/guides/hard.md";
const LIST: &str = "resources/facilities/hard.csv";
const ROADS: &str = "resources/map/road.geojson";
const AREAS: &str = "resources/areas.geojson";

const INPUTS: &[Input] = &[
    ("deep quotes", PAGE, 10_000, |n| page(&format!("{}あ\n", ">".repeat(n)))),
    ("quotes on many lines", PAGE, 10_000, |n| page(&"> > > > あ\n\n".repeat(n))),
    ("deep lists", PAGE, 5_000, |n| page(&format!("{}あ\n", "- ".repeat(n)))),
    ("long lists", PAGE, 20_000, |n| page(&"- あ\n".repeat(n))),
    ("backticks", PAGE, 400, |n| page(&(1..n).fold(String::new(), |text, at| text + "e" + &"`".repeat(at % 300)))),
    ("open links", PAGE, 20_000, |n| page(&"[a](<b".repeat(n))),
    ("open brackets", PAGE, 20_000, |n| page(&"[".repeat(n))),
    ("open pictures", PAGE, 20_000, |n| page(&"![a](".repeat(n))),
    ("open comments", PAGE, 20_000, |n| page(&"<!--".repeat(n))),
    ("open tags", PAGE, 20_000, |n| page(&"<a b='".repeat(n))),
    ("emphasis", PAGE, 20_000, |n| page(&"*_".repeat(n))),
    ("emphasis beside words", PAGE, 20_000, |n| page(&"あ**「い」_".repeat(n))),
    ("ruby", PAGE, 20_000, |n| page(&"{漢|か".repeat(n))),
    ("entities", PAGE, 40_000, |n| page(&"&".repeat(n))),
    ("footnotes", PAGE, 5_000, |n| page(&numbered(n, |at| format!("[^{at}]\n\n[^{at}]: あ\n\n")))),
    ("footnotes without text", PAGE, 20_000, |n| page(&"[^a] ".repeat(n))),
    ("link references", PAGE, 5_000, |n| {
        page(&numbered(n, |at| format!("[a{at}]\n\n[a{at}]: https://a.example/\n\n")))
    }),
    ("one reference often", PAGE, 20_000, |n| page(&format!("{}\n\n[a]: https://a.example/\n", "[a] ".repeat(n)))),
    ("headings", PAGE, 5_000, |n| page(&"## あ\n\n".repeat(n))),
    ("table rows", PAGE, 10_000, |n| page(&format!("|a|b|\n|-|-|\n{}", "|あ|い|\n".repeat(n)))),
    ("table columns", PAGE, 5_000, |n| page(&format!("{0}|\n{1}|\n{0}|\n", "|a".repeat(n), "|-".repeat(n)))),
    ("containers", PAGE, 5_000, |n| page(&"::: callout\nあ\n:::\n\n".repeat(n))),
    ("mistakes on one line", PAGE, 10_000, |n| page(&"[ここ](https://a.example/) ".repeat(n))),
    ("bare addresses", PAGE, 10_000, |n| page(&"https://a.example/b, ".repeat(n))),
    ("keys of TOML", PAGE, 5_000, |n| {
        format!("+++\ntitle = \"あ\"\n{}+++\n", numbered(n, |at| format!("a{at} = 1\n")))
    }),
    ("keys of YAML", PAGE, 5_000, |n| format!("---\ntitle: あ\n{}---\n", numbered(n, |at| format!("a{at}: 1\n")))),
    ("a broken front matter", PAGE, 5_000, |n| format!("+++\n{}+++\n", "a = = 1\n".repeat(n))),
    ("aliases", PAGE, 5_000, |n| list_of("aliases", n, |at| format!("/a{at}/"))),
    ("tags", PAGE, 5_000, |n| list_of("tags", n, |at| format!("a{at}"))),
    ("areas that are none", PAGE, 5_000, |n| list_of("areas", n, |at| format!("a{at}"))),
    ("one cell", LIST, 1 << 20, |n| rows(1, |_| format!("a,clinic,{}", "a".repeat(n)))),
    ("a quote that never ends", LIST, 1 << 20, |n| rows(1, |_| format!("a,clinic,\"{}", "a\n".repeat(n / 2)))),
    ("stray quotes", LIST, 20_000, |n| rows(n, |at| format!("a{at},clinic,a\"b"))),
    ("columns", LIST, 50_000, |n| rows(1, |_| format!("a,clinic,a{}", ",".repeat(n)))),
    ("rows of one id", LIST, 5_000, |n| rows(n, |at| format!("same,clinic,ひかり{at}"))),
    ("rows of one name", LIST, 2_000, |n| rows(n, |at| format!("a{at},clinic,ひかり"))),
    ("rows of no category", LIST, 5_000, |n| rows(n, |at| format!("a{at},klinik,ひかり{at}"))),
    ("rows", LIST, 1_000, |n| rows(n, |at| format!("a{at},clinic,ひかり{at}"))),
    ("a road of points", ROADS, 250_000, |n| road(&spiral(n))),
    ("a road that swings", ROADS, 250_000, |n| road(&swings(n))),
    ("roads", ROADS, 20_000, |n| collection(&vec![line("[140,35],[140.1,35.1]"); n])),
    ("roads abroad", ROADS, 20_000, |n| collection(&vec![line("[2,48],[3,49]"); n])),
    ("features that are none", ROADS, 20_000, |n| collection(&vec!["{}".to_owned(); n])),
    ("an area of points", AREAS, 40_000, |n| area(&ring(n))),
    ("an area of islets", AREAS, 2_000, islets),
    ("areas", AREAS, 100, squares),
];

fn page(body: &str) -> String {
    format!("+++\ntitle = \"あ\"\n+++\n\n{body}")
}

fn numbered(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

fn list_of(key: &str, count: usize, make: impl Fn(usize) -> String) -> String {
    let items = numbered(count, |at| format!("\"{}\",\n", make(at)));
    format!("+++\ntitle = \"あ\"\n{key} = [\n{items}]\n+++\n\nあ\n")
}

fn rows(count: usize, make: impl Fn(usize) -> String) -> String {
    format!("id,category,name\n{}", numbered(count, |at| make(at) + "\n"))
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
}

fn line(positions: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"あ\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{positions}]}}}}"
    )
}

fn road(positions: &str) -> String {
    collection(&[line(positions)])
}

/// Positions that no simplification takes for a straight line.
fn spiral(count: usize) -> String {
    let mut positions = String::new();
    for at in 0..count {
        let turn = at as f64 * 0.01;
        let radius = 0.02 * at as f64 / count as f64;
        let (lon, lat) = (139.5 + radius * turn.cos(), 35.7 + radius * turn.sin());
        let _ = write!(positions, "{}[{lon:.7},{lat:.7}]", if at == 0 { "" } else { "," });
    }
    positions
}

/// A zigzag that swings less and less: the farthest vertex is always the next one.
fn swings(count: usize) -> String {
    let mut positions = String::new();
    for at in 0..count {
        let share = at as f64 / count as f64;
        let swing = if at % 2 == 0 { 0.02 } else { -0.02 } * (1.0 - 0.5 * share);
        let (lon, lat) = (139.48 + 0.04 * share, 35.7 + swing);
        let _ = write!(positions, "{}[{lon:.7},{lat:.7}]", if at == 0 { "" } else { "," });
    }
    positions
}

fn ring(count: usize) -> String {
    let mut positions = String::new();
    for at in 0..=count {
        let turn = std::f64::consts::TAU * (at % count) as f64 / count as f64;
        let radius = 0.05 + 0.001 * (turn * 97.0).sin();
        let (lon, lat) = (139.5 + radius * turn.cos(), 35.7 + radius * turn.sin());
        let _ = write!(positions, "{}[{lon:.7},{lat:.7}]", if at == 0 { "" } else { "," });
    }
    positions
}

fn polygon(id: &str, positions: &str) -> String {
    outline(id, "Polygon", &format!("[{positions}]"))
}

fn outline(id: &str, kind: &str, rings: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\",\"name\":\"{id}\"}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":[{rings}]}}}}"
    )
}

fn area(positions: &str) -> String {
    collection(&[polygon("a", positions)])
}

/// One area of so many islands of eight corners, in rows of a hundred.
fn islets(count: usize) -> String {
    let one = |at: usize| {
        let (west, south) = (139.0 + (at % 100) as f64 * 0.004, 35.0 + (at / 100) as f64 * 0.004);
        let corners = (0..=8).map(|corner| std::f64::consts::TAU * f64::from(corner % 8) / 8.0);
        let position = |turn: f64| format!("[{:.6},{:.6}]", west + 0.001 * turn.cos(), south + 0.001 * turn.sin());
        format!("[[{}]]", corners.map(position).collect::<Vec<_>>().join(","))
    };
    let polygons: Vec<String> = (0..count).map(one).collect();
    collection(&[outline("a", "MultiPolygon", &polygons.join(","))])
}

/// Areas side by side, in rows of twenty.
fn squares(count: usize) -> String {
    let one = |at: usize| {
        let (west, south) = (139.0 + (at % 20) as f64 * 0.01, 35.0 + (at / 20) as f64 * 0.01);
        let (east, north) = (west + 0.01, south + 0.01);
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        let positions: Vec<String> = corners.iter().map(|(lon, lat)| format!("[{lon:.2},{lat:.2}]")).collect();
        polygon(&format!("a{at}"), &positions.join(","))
    };
    collection(&(0..count).map(one).collect::<Vec<_>>())
}

/// The smallest site of the cases.
fn base() -> Sources {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [("cases/_base/minimal", ""), ("themes", "themes")] {
        for entry in walkdir::WalkDir::new(tests.join(from)) {
            let entry = entry.unwrap();
            let place = folder.path().join(to).join(entry.path().strip_prefix(tests.join(from)).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(place).unwrap();
            } else {
                std::fs::copy(entry.path(), place).unwrap();
            }
        }
    }
    load(folder.path(), &Limits::STANDARD).unwrap().sources
}

/// Processor seconds of reading, selecting, rendering and reporting.
fn work_s(sources: &Sources) -> f64 {
    let now_s = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
    };
    let at = "2026-07-01T00:00:00Z".parse().unwrap();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    let one = || {
        let began = now_s();
        let opened = pipeline::open(sources);
        let mut artifacts: Vec<Artifact> = Vec::new();
        let mut report = opened.report;
        report.append(pipeline::build(&opened.value, &request, &mut artifacts).report);
        let said = human::render(&report.sorted(), sources, Language::Ja, false);
        std::hint::black_box((said, artifacts));
        now_s() - began
    };
    (0..RUNS).map(|_| one()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let base = base();
    let mut too_fast = Vec::new();
    for (name, path, first, make) in INPUTS {
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let work = |count: usize| {
            let mut sources = base.clone();
            sources.insert_text(SourcePath::new(path).unwrap(), make(count).as_bytes());
            work_s(&sources)
        };
        let (mut count, mut small) = (*first, work(*first));
        // A text has at most four megabytes.
        while small < TELLING_S && make(count * 4).len() < 4 << 20 {
            count *= 2;
            small = work(count);
        }
        let large = work(count * 2);
        let growth = large / small;
        println!("{name:28} {count:9} {:9.1} ms  {:9} {:9.1} ms  x {growth:.2}", small * 1e3, count * 2, large * 1e3);
        if growth > GROWTH_MAX && large > TELLING_S {
            too_fast.push(*name);
        }
    }
    assert!(too_fast.is_empty(), "more than {GROWTH_MAX} times the work for twice the input: {too_fast:?}");
}
