//! Years of the sample site: every instant at which it changes, rendered and compared with what was there before.
//!
//! `cargo bench --bench year`. It fails when the site changes at an instant that the schedule does not list, or does
//! not change at one that it lists.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::unwrap_used, reason = "a bench reads the sample and stops")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sumika::artifact::{Artifact, Body};
use sumika::load::load;
use sumika::pipeline::{self, Opened};
use sumika::schedule;
use sumika::select::{Medium, Request};
use sumika::source::Limits;

fn request(at: Timestamp) -> Request {
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    Request { at, now, medium: Medium::Web, drafts: false, quarantine: false }
}

fn build(opened: &Opened, at: Timestamp) -> (BTreeMap<String, Body>, Duration) {
    let began = Instant::now();
    let mut artifacts: Vec<Artifact> = Vec::new();
    let built = pipeline::build(opened, &request(at), &mut artifacts);
    let took = began.elapsed();
    assert!(!built.report.has_errors(), "{at}: the sample has errors");
    (artifacts.into_iter().map(|artifact| (artifact.path.as_str().to_owned(), artifact.body)).collect(), took)
}

fn different(one: &BTreeMap<String, Body>, other: &BTreeMap<String, Body>) -> usize {
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).count()
}

fn main() {
    let sources = load(Path::new(env!("CARGO_MANIFEST_DIR")), &Limits::STANDARD).unwrap().sources;
    let opened = pipeline::open(&sources).value;
    let mut spent = Vec::new();
    for year in [2025, 2026] {
        let first: Timestamp = format!("{}-03-31T15:00:00Z", year).parse().unwrap();
        let last: Timestamp = format!("{}-03-31T14:59:59Z", year + 1).parse().unwrap();
        let looked = Instant::now();
        let changes = schedule::changes(&opened, &request(first), Some(last));
        println!("fiscal year {year}: {} changes, found in {:?}", changes.len(), looked.elapsed());
        let (mut before, _) = build(&opened, first);
        for change in &changes {
            let (until, _) = build(&opened, change.at.checked_sub(SignedDuration::from_secs(1)).unwrap());
            assert_eq!(different(&before, &until), 0, "something changed before {} that is not listed", change.at);
            let (after, took) = build(&opened, change.at);
            let files = different(&until, &after);
            assert!(files > 0, "{} is listed, and nothing changed", change.at);
            println!("  {}  {files:4} files differ  {:6.1} ms", change.at, took.as_secs_f64() * 1000.0);
            spent.push(took);
            before = after;
        }
        let (end, _) = build(&opened, last);
        assert_eq!(different(&before, &end), 0, "something changed at the end of the year that is not listed");
    }
    spent.sort();
    let at = |share: usize| spent.get(spent.len() * share / 100).copied().unwrap_or_default();
    println!("{} instants: median {:?}, 90th percentile {:?} an instant", spent.len(), at(50), at(90));
}
