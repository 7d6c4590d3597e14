//! The measures of maps on real boundaries: every set of `../shared/data-map` with invented facilities, 10 to 200 an
//! area, clustered, 20 of them in one building. What a map must reach holds on every one; the best that is known
//! stands beside it. Skips with a line where the data is absent.
//!
//! With `SUMIKA_MAPS_OUT=DIR` the drawings are written there, to be looked at; `SUMIKA_MAPS_ONLY=NAME` draws one of them.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files and may stop at what it cannot read"
)]

mod map_measures {
    mod eyes;
    pub(crate) mod ground;
    pub(crate) mod pixels;
    pub(crate) mod tally;
}

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::Overlay;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use map_measures::ground::{self, Ground};
use map_measures::tally::{Tally, keep};
use sumika::geo::{Detail, Simplified, signed_area};
use sumika::render::map::{Focus, Foot, Frame, MapWords, Scene, draw, draw_sheet};

/// How many facilities an area has, one after another.
const COUNTS: [usize; 6] = [10, 20, 40, 60, 120, 200];

/// Draws some areas of a set, each with other counts, so that a set sees them all.
fn check_set(set: &Ground, tally: &mut Tally) {
    let step = set.areas.len().div_ceil(set.samples).max(1);
    for (at, area) in set.areas.iter().step_by(step).enumerate() {
        let count = COUNTS[(at + set.offset) % COUNTS.len()];
        let marks = ground::marks(area, count);
        let words = MapWords::japanese();
        for (medium, frame) in [("screen", Frame::PHONE), ("paper", Frame::A4)] {
            let scene = Scene {
                prepared: &set.prepared,
                focus: Focus::Area(area.id.as_str()),
                marks: &marks,
                words: &words,
                id_prefix: "m",
                frame,
            };
            let name = format!("{}-{}-{count}-{medium}", set.name, area.id);
            if std::env::var("SUMIKA_MAPS_ONLY").is_ok_and(|only| only != name) {
                continue;
            }
            let drawing = if medium == "paper" { draw_sheet(&scene, &Foot::default()) } else { draw(&scene) }.unwrap();
            keep(&name, &drawing);
            tally.add(&name, &frame, &marks, &drawing);
        }
    }
}

#[test]
fn the_same_bytes_on_one_thread_and_on_sixteen() {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};

    let Some(set) = ground::sets().into_iter().next() else { return };
    let drawn = |threads: usize| -> Vec<String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let all = || (0..6).into_par_iter().map(|at| drawing(&set, at)).collect();
        pool.install(all)
    };
    assert_eq!(drawn(1), drawn(16));
}

fn drawing(set: &Ground, at: usize) -> String {
    let area = &set.areas[at];
    let (marks, words) = (ground::marks(area, 40), MapWords::japanese());
    let focus = Focus::Area(area.id.as_str());
    let scene =
        Scene { prepared: &set.prepared, focus, marks: &marks, words: &words, id_prefix: "m", frame: Frame::PHONE };
    let drawing = draw(&scene).unwrap();
    drawing.svg + &drawing.insets.into_iter().map(|inset| inset.svg).collect::<String>()
}

#[test]
fn borders_cross_no_more_when_simplified_than_in_the_source() {
    for (name, areas, coverage) in ground::coverages() {
        let whole = coverage.simplified(Detail { corner_m2: 0.0, island_m2: 0.0 });
        let area = |of: &Simplified<'_>, at: usize| -> f64 {
            let rings = of.polygons(at).into_iter().map(|polygon| {
                let holes: f64 = polygon.holes.iter().map(|hole| signed_area(hole).abs()).sum();
                signed_area(&polygon.exterior).abs() - holes
            });
            rings.sum()
        };
        for px_m in [5.0, 20.0, 60.0] {
            let detail = Detail { corner_m2: 0.25 * px_m * px_m, island_m2: 4.0 * px_m * px_m };
            let simple = coverage.simplified(detail);
            let (before, after) = (whole.meetings(), simple.meetings());
            let total = |of: &Simplified<'_>| (0..areas).map(|at| area(of, at)).sum::<f64>();
            let error = (total(&simple) / total(&whole) - 1.0).abs();
            let apart = (0..areas).map(|at| difference_m2(&whole, &simple, at)).sum::<f64>() / total(&whole);
            println!("{name} at {px_m} m a pixel: symmetric difference {:.4} %", apart * 100.0);
            assert!(px_m > 20.0 || apart < 0.0015, "{name}: {apart} of the area is another's");
            println!(
                "{name} at {px_m} m a pixel: {before} meetings, simplified {after}; area wrong by {:.4} %",
                error * 100.0
            );
            assert!(after <= before, "{name}: {after} meetings of {before} in the source");
            assert!(before > 0 || error < 0.001, "{name}: area wrong by {error}");
        }
    }
}

/// What belongs to an area in one of the two drawings only, counted in decimetres.
fn difference_m2(whole: &Simplified<'_>, simple: &Simplified<'_>, at: usize) -> f64 {
    let contours = |of: &Simplified<'_>| -> Vec<Vec<IntPoint<i32>>> {
        let polygons = of.polygons(at);
        let rings = polygons.iter().flat_map(|polygon| polygon.rings());
        let whole = |length_m: f64| (length_m * 10.0).round() as i32;
        rings.map(|ring| ring.iter().map(|point| IntPoint::new(whole(point.x), whole(point.y))).collect()).collect()
    };
    let (before, after) = (contours(whole), contours(simple));
    let shapes = Overlay::from_subj_and_clip(&before, &after).overlay(OverlayRule::Xor, FillRule::EvenOdd);
    let surface = |contour: &Vec<IntPoint<i32>>| -> f64 {
        let next = contour.iter().skip(1).chain(contour.first());
        let twice =
            contour.iter().zip(next).map(|(a, b)| f64::from(a.x) * f64::from(b.y) - f64::from(b.x) * f64::from(a.y));
        twice.sum::<f64>() / 2.0
    };
    let of_shape = |shape: &Vec<Vec<IntPoint<i32>>>| shape.iter().map(surface).sum::<f64>().abs();
    shapes.iter().map(of_shape).sum::<f64>() / 100.0
}

#[test]
fn every_map_reaches_what_it_must() {
    let mut tally = Tally::default();
    for set in ground::sets() {
        check_set(&set, &mut tally);
    }
    tally.print();
    tally.assert_sound();
}
