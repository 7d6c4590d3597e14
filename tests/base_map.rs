//! Base maps: the real archives of `../shared`, whole, cut short and with bytes changed.
//!
//! In: archives by path; each test skips with a line where they are absent. Out: what layers come of them, that none
//! makes the reading panic or hang, and that none makes it take much memory.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files and may stop at what it cannot read"
)]

mod base_map {
    mod schemas;
}

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sumika::diag::Code;
use sumika::geo::BBox;
use sumika::layer::{Layers, LineKind, SurfaceKind};
use sumika::source::{Source, SourcePath, Sources};

/// The middle of Firenze: four by three tiles at zoom 14.
const FIRENZE: BBox = BBox { west: 11.19, south: 43.75, east: 11.29, north: 43.80 };

/// A reading of damaged bytes may take so long, in a debug build beside other tests.
const PATIENCE: Duration = Duration::from_secs(20);

fn archive(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data-map/pmtiles").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: shared/data-map/pmtiles/{name} is not here");
    }
    bytes
}

fn read(bytes: &[u8]) -> (Layers, Vec<Code>) {
    let mut sources = Sources::new();
    let path = SourcePath::new("resources/map/base.pmtiles").unwrap();
    sources.insert(path, Source::Bytes(Arc::from(bytes)));
    let checked = sumika::layer::read(&sources, Some(FIRENZE));
    (checked.value.layers, checked.report.iter().map(|diagnostic| diagnostic.code).collect())
}

#[test]
fn a_real_city_has_roads_rails_rivers_and_parks() {
    let Some(bytes) = archive("protomaps_vector_ODbL_firenze.pmtiles") else { return };
    let began = Instant::now();
    let (layers, codes) = read(&bytes);
    assert_eq!(codes, []);
    let mut lines: BTreeMap<LineKind, (usize, usize)> = BTreeMap::new();
    for line in &layers.lines {
        let (count, points) = lines.entry(line.kind).or_default();
        *count += 1;
        *points += line.positions.len();
    }
    let mut surfaces: BTreeMap<SurfaceKind, usize> = BTreeMap::new();
    for surface in &layers.surfaces {
        *surfaces.entry(surface.kind).or_default() += 1;
    }
    println!("{:?}: {lines:?}, {surfaces:?}, {} stations", began.elapsed(), layers.places.len());
    for kind in [LineKind::Water, LineKind::MediumRoad, LineKind::MajorRoad, LineKind::Rail] {
        assert!(lines.contains_key(&kind), "no {kind:?}");
    }
    assert!(surfaces.contains_key(&SurfaceKind::Water) && surfaces.contains_key(&SurfaceKind::Park));
    assert!(layers.places.iter().any(|place| place.name == "Firenze Santa Maria Novella"), "{:?}", layers.places);
    assert!(layers.base_credit.as_deref().is_some_and(|credit| credit.contains("OpenStreetMap")));
    let frame = BBox::around(layers.lines.iter().flat_map(|line| line.positions.iter().copied())).unwrap();
    assert!(frame.contains(FIRENZE.centre()) && frame.east - frame.west < 0.2, "{frame:?}");
}

#[test]
fn the_small_archives_are_told_by_what_they_are() {
    for (name, wanted) in [
        ("empty.pmtiles", Code::BaseArchiveForeign),
        ("invalid.pmtiles", Code::BaseArchiveForeign),
        ("invalid_v4.pmtiles", Code::BaseArchiveVersion),
        ("test_fixture_1.pmtiles", Code::BaseArchiveLayers),
    ] {
        let Some(bytes) = archive(name) else { continue };
        let expected =
            if name == "test_fixture_1.pmtiles" { [wanted, Code::BaseArchiveElsewhere] } else { [wanted; 2] };
        let codes = read(&bytes).1;
        assert!(codes.len() == 1 && expected.contains(&codes[0]), "{name}: {codes:?}");
    }
}

#[test]
fn an_archive_cut_short_anywhere_says_so() {
    for name in ["test_fixture_1.pmtiles", "protomaps_vector_ODbL_firenze.pmtiles"] {
        let Some(bytes) = archive(name) else { continue };
        for share in [1, 2, 10, 127, 200, 400, 500, 900] {
            let length = bytes.len() * share / 1000;
            let wanted = if length < 8 { Code::BaseArchiveForeign } else { Code::BaseArchiveCutShort };
            assert_eq!(read(&bytes[..length]).1, [wanted], "{name} to {length} bytes");
        }
    }
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// Changes some bytes; where they count most, in the header and the directories, more often than elsewhere.
fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut changed = bytes.to_vec();
    for _ in 0..=dice.below(12) {
        let reach = [127, 800, changed.len()][dice.below(3)].min(changed.len());
        let at = dice.below(reach).max(8);
        match dice.below(4) {
            0 => changed[at] ^= 1 << dice.below(8),
            1 => changed[at] = 0xff,
            2 => changed[at] = u8::try_from(dice.below(256)).unwrap(),
            _ => {
                let end = (at + 8).min(changed.len());
                changed[at..end].fill(0xff);
            }
        }
    }
    if dice.below(8) == 0 {
        changed.truncate(dice.below(changed.len()));
    }
    changed
}

#[test]
fn changed_bytes_neither_panic_nor_hang() {
    let mut kinds: BTreeMap<Option<Code>, usize> = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    for (name, runs) in [("test_fixture_1.pmtiles", 4000), ("protomaps_vector_ODbL_firenze.pmtiles", 40)] {
        let Some(bytes) = archive(name) else { continue };
        for seed in 0..runs {
            let changed = mutated(&bytes, seed);
            let began = Instant::now();
            let (_, codes) = read(&changed);
            slowest = slowest.max(began.elapsed());
            assert!(codes.len() <= 1, "{name} {seed}: one message is enough: {codes:?}");
            assert!(began.elapsed() < PATIENCE, "{name} {seed}");
            *kinds.entry(codes.first().copied()).or_default() += 1;
        }
    }
    println!("slowest {slowest:?}: {kinds:?}");
}
