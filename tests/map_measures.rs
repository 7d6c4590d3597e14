//! The measures of maps on real boundaries: every set of `../shared/data-map` with invented facilities, 10 to 200 an
//! area, clustered, 20 of them in one building. What a map must reach holds on every one; the best that is known
//! stands beside it. Skips with a line where the data is absent.
//!
//! With `SUMIKA_MAPS_OUT=DIR` the drawings are written there, to be looked at.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files and may stop at what it cannot read"
)]

mod map_measures {
    pub(crate) mod ground;
    pub(crate) mod tally;
}

use map_measures::ground::{self, Ground};
use map_measures::tally::{Tally, keep};
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
            let drawing = if medium == "paper" { draw_sheet(&scene, &Foot::default()) } else { draw(&scene) }.unwrap();
            keep(&name, &drawing);
            tally.add(&name, &frame, &marks, &drawing);
        }
    }
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
