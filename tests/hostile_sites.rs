//! Ten thousand damaged sites, the same ones on every run: in each, one file of a small whole site was damaged. Each
//! is read to its end or refused, nothing stops the program, and whatever is refused has its file, most often its line.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and prints what it counted")]

#[path = "hostile/damage.rs"]
mod damage;

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use sumika::diag::Severity;
use sumika::library;
use sumika::source::{SourcePath, Sources};

use damage::{Dice, damaged, peak_memory_mib};

const SITES: usize = 10_000;
const SLOWEST_ALLOWED: Duration = Duration::from_secs(10);
const MEMORY_ALLOWED_MIB: u64 = 1_024;
/// Of a hundred refusals so many name a line: only what is missing in an empty file has none.
const LINES_MIN: usize = 99;

/// Every text of the small base site of the cases.
fn texts() -> Vec<(SourcePath, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_base/small");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let texts = files.filter(|file| file.path().extension().is_some_and(|ending| ending != "png")).map(|file| {
        let below = file.path().strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
        let path = SourcePath::new(&below).expect("a path");
        (path, std::fs::read(file.path()).expect("a readable file"))
    });
    texts.collect()
}

/// What a damaged site was answered.
struct Told {
    refused: usize,
    with_line: usize,
    took: Duration,
}

/// Reads the site whose damage has this number; each has a die of its own.
fn read_damaged(texts: &[(SourcePath, Vec<u8>)], number: usize) -> Told {
    let mut dice = Dice(20_261_122 + number as u64);
    let mut sources = Sources::new();
    for (at, (path, bytes)) in texts.iter().enumerate() {
        let is_hit = at == number % texts.len();
        let bytes = if is_hit { damaged(bytes, &mut dice) } else { bytes.clone() };
        sources.insert_text(path.clone(), &bytes);
    }
    let began = Instant::now();
    let read = library::assemble(&sources);
    let mut told = Told { refused: 0, with_line: 0, took: began.elapsed() };
    for problem in read.report.iter().filter(|problem| problem.severity == Severity::Error) {
        let place = problem.primary.as_ref().expect("a refusal has its file");
        assert!(sources.get(&place.path).is_some() || place.path.as_str() == "sumika.toml", "{place:?}");
        // A file that is no text has no lines.
        if sources.text(&place.path).is_some() {
            told.refused += 1;
            told.with_line += usize::from(place.end > 0);
        }
    }
    told
}

#[test]
fn damaged_sites_are_answered() {
    let texts = texts();
    let told: Vec<Told> = (0..SITES).into_par_iter().map(|number| read_damaged(&texts, number)).collect();
    let sum = |count: fn(&Told) -> usize| told.iter().map(count).sum::<usize>();
    let (refused, with_line) = (sum(|one| one.refused), sum(|one| one.with_line));
    let slowest = told.iter().map(|one| one.took).max().unwrap_or_default();
    println!("{SITES} sites: {refused} refusals, {with_line} of them with a line, slowest {slowest:?}");
    assert!(refused > SITES / 10, "the damage is felt");
    assert!(with_line * 100 >= refused * LINES_MIN);
    println!("at most {} MiB", peak_memory_mib());
    assert!(slowest < SLOWEST_ALLOWED && peak_memory_mib() < MEMORY_ALLOWED_MIB);
}
