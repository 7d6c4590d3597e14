//! How long drawing takes: `cargo bench --bench maps`. One area with a wandering border, 60 and 300 marks in three
//! clusters, on the screen and on paper, on one core. Without `--bench` each is drawn once.

#![allow(clippy::disallowed_methods, clippy::panic, reason = "a benchmark reads the clock and may stop")]

use std::time::Instant;

use sumika::geo::{MultiPolygon, Polygon, Position, Ring};
use sumika::layer::Layers;
use sumika::render::map::{Focus, Frame, MapWords, Mark, Outline, Prepared, Scene, draw};
use sumika::vocabulary::{Colour, Marker, Shape};

fn random(mut seed: u32) -> impl FnMut() -> f64 {
    move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / f64::from(1 << 24)
    }
}

/// A round area of eight kilometres whose border has four thousand corners.
fn area() -> MultiPolygon {
    let mut random = random(7);
    let corners = (0..4_000).map(|at| {
        let angle = f64::from(at) / 4_000.0 * std::f64::consts::TAU;
        let radius = 0.04 + 0.006 * (angle * 7.0).sin() + 0.0004 * random();
        Position { lon: 140.1 + radius * angle.cos(), lat: 35.6 + radius * angle.sin() * 0.8 }
    });
    let Some(ring) = Ring::new(corners.collect()) else { panic!("four thousand corners are a ring") };
    MultiPolygon { polygons: vec![Polygon::new(ring, Vec::new())] }
}

fn marks(count: u32) -> Vec<Mark> {
    let mut random = random(count);
    let centres = [(140.085, 35.59), (140.11, 35.61), (140.12, 35.585)];
    (1..=count)
        .map(|number| {
            let (lon, lat) = centres[number as usize % 3];
            let spread = if number % 4 == 0 { 0.04 } else { 0.008 };
            let position =
                Position { lon: lon + (random() - 0.5) * spread, lat: lat + (random() - 0.5) * spread * 0.8 };
            Mark {
                number,
                position,
                look: Marker { shape: Shape::Circle, outlined: false, colour: Colour::INK },
                label: format!("{number} さくら訪問看護ステーション"),
                href: format!("#f-{number}"),
                category: "visiting_nursing".to_owned(),
            }
        })
        .collect()
}

fn main() {
    let rounds = if std::env::args().any(|text| text == "--bench") { 20 } else { 1 };
    let shape = area();
    let outline = Outline { id: "a", name: "区", number: 1, href: "/areas/a/", shape: &shape };
    let prepared = Prepared::new(&[outline], &Layers::default());
    let words = MapWords::japanese();
    for (medium, frame) in [("screen", Frame::PHONE), ("paper", Frame::A4)] {
        for count in [20, 60, 120, 300] {
            let marks = marks(count);
            let focus = Focus::Area("a");
            let scene = Scene { prepared: &prepared, focus, marks: &marks, words: &words, id_prefix: "m", frame };
            let began = Instant::now();
            let mut bytes = 0;
            for _ in 0..rounds {
                bytes = draw(&scene).map_or(0, |drawing| drawing.svg.len());
            }
            let each_ms = began.elapsed().as_secs_f64() * 1_000.0 / f64::from(rounds);
            println!("{medium}: {count} marks: {each_ms:.1} ms, {bytes} bytes");
        }
    }
}
