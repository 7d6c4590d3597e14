//! One value over the years.

use super::Caption;
use super::pen::{Anchor, FAINT, FONT, INK, SOFT, Sheet, WIDTH, number, round_up, width};

/// A year.
#[derive(Clone, Debug)]
pub struct Dot {
    /// The year; places on the axis are as far apart as the years.
    pub year: i16,
    /// Its words below the axis.
    pub label: String,
    /// The value; none where it is hidden or not known: the line has a gap.
    pub value: Option<f64>,
    /// The value in words.
    pub shown: String,
}

const TOP: f64 = 34.0;
const BOTTOM: f64 = 178.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = WIDTH - 34.0;
const HEIGHT: f64 = 208.0;

/// The line. Its axis begins at zero, so that a small change looks small; `target` is drawn across.
#[must_use]
pub fn line(caption: Caption<'_>, dots: &[Dot], target: Option<(f64, &str)>) -> String {
    let mut sheet = Sheet::new();
    let highest = dots.iter().filter_map(|dot| dot.value).chain(target.map(|(value, _)| value)).fold(0.0, f64::max);
    let end = round_up(highest);
    let (first, last) = (dots.first().map_or(0, |dot| dot.year), dots.last().map_or(0, |dot| dot.year));
    let x = |year: i16| match i32::from(last) - i32::from(first) {
        0 => f64::midpoint(LEFT, RIGHT),
        span => LEFT + (RIGHT - LEFT) * f64::from(i32::from(year) - i32::from(first)) / f64::from(span),
    };
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * (value / end).clamp(0.0, 1.0);
    for part in 1..=2 {
        let height = y(end * f64::from(part) / 2.0);
        sheet.rule((0.0, height), (WIDTH, height), &format!(r#"stroke="{FAINT}""#));
    }
    sheet.rule((0.0, BOTTOM), (WIDTH, BOTTOM), &format!(r#"stroke="{SOFT}" stroke-width="1.5""#));
    if let Some((value, words)) = target {
        let height = y(value);
        sheet.rule(
            (0.0, height),
            (WIDTH, height),
            &format!(r#"stroke="{INK}" stroke-width="1.5" stroke-dasharray="6 4""#),
        );
        sheet.text((0.0, height - 5.0), Anchor::Start, &format!(r#" fill="{SOFT}""#), words);
    }
    let points: Vec<(f64, Option<f64>)> = dots.iter().map(|dot| (x(dot.year), dot.value.map(y))).collect();
    sheet.raw(&trace(&points));
    let mut free = f64::NEG_INFINITY;
    let mut free_below = f64::NEG_INFINITY;
    for (at, (dot, (x, y))) in dots.iter().zip(&points).enumerate() {
        let edge = at == 0 || at + 1 == dots.len();
        let last_edge = dots.last().map_or(0.0, |dot| width(&dot.shown));
        let before_last = at + 1 == dots.len() || x + width(&dot.shown) / 2.0 + 4.0 < RIGHT - last_edge / 2.0;
        let centre = inside(*x, width(&dot.shown));
        if let Some(y) = y {
            sheet.raw(&format!(
                r##"<circle cx="{}" cy="{}" r="5" fill="#00224e" stroke="#fff" stroke-width="2"/>"##,
                number(*x),
                number(*y)
            ));
            if centre - width(&dot.shown) / 2.0 > free && (edge || before_last) {
                sheet.text((centre, y - 11.0), Anchor::Middle, r#" font-weight="700""#, &dot.shown);
                free = centre + width(&dot.shown) / 2.0 + 2.0;
            }
        } else {
            sheet.text((inside(*x, width(&dot.shown)), BOTTOM - 8.0), Anchor::Middle, "", &dot.shown);
        }
        let below = inside(*x, width(&dot.label));
        if below - width(&dot.label) / 2.0 > free_below {
            sheet.text((below, BOTTOM + FONT + 6.0), Anchor::Middle, &format!(r#" fill="{SOFT}""#), &dot.label);
            free_below = below + width(&dot.label) / 2.0 + 4.0;
        }
    }
    sheet.finish(caption, HEIGHT)
}

/// The middle of a text that has to stay on the sheet.
fn inside(x: f64, width: f64) -> f64 {
    let half = width / 2.0;
    if half * 2.0 >= WIDTH { WIDTH / 2.0 } else { x.clamp(half, WIDTH - half) }
}

/// The path through the points, broken where one has no value.
fn trace(points: &[(f64, Option<f64>)]) -> String {
    let mut path = String::new();
    let mut down = false;
    for (x, y) in points {
        match y {
            Some(y) => {
                path.push_str(&format!("{}{} {}", if down { 'L' } else { 'M' }, number(*x), number(*y)));
                down = true;
            }
            None => down = false,
        }
    }
    format!(r##"<path d="{path}" fill="none" stroke="#00224e" stroke-width="3" stroke-linejoin="round"/>"##)
}
