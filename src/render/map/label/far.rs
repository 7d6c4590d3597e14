//! A place farther away for a name that finds no room at its symbol, with a line that leads to it.
//!
//! In: the place and what stands on the map. Out: the name, what it covers, and its line, which touches nothing else.

use super::super::base::PlaceOnMap;
use super::super::place::{Leader, crosses};
use super::around::{Anchor, Candidate, text_frame, texts};
use super::{SYMBOL_PX, square};
use crate::geo::{Point, Rect, clip_line};

/// Distances of a name from its symbol, the near ones first.
const DISTANCES_PX: [f64; 7] = [22.0, 28.0, 35.0, 43.0, 52.0, 62.0, 74.0];
/// Directions that are tried.
const DIRECTIONS: usize = 24;
/// A line ends so near to its name.
const GAP_PX: f64 = 1.5;

/// What a name and its line must not touch.
pub(super) struct Others<'a> {
    /// The part of the drawing that may be written on.
    pub(super) inside: &'a Rect,
    /// What a name must not cover: marks, names, symbols, furniture, frames of enlarged parts.
    pub(super) taken: &'a [Rect],
    /// What a line must not run through.
    pub(super) covers: &'a [Rect],
    /// Lines of marks and of other names.
    pub(super) lines: &'a [Leader],
}

/// The nearest free place with its line, if there is one.
pub(super) fn candidate(place: &PlaceOnMap, font_px: f64, others: &Others<'_>) -> Option<(Candidate, Leader)> {
    let texts = texts(&place.name);
    let at = |distance: f64| {
        let of_text =
            |text: &String| (0..DIRECTIONS).find_map(|at| written(place, (text, font_px), (distance, at), others));
        texts.iter().find_map(of_text)
    };
    DISTANCES_PX.iter().find_map(|&distance| at(distance))
}

/// The text in this direction, where it and its line are free.
fn written(
    place: &PlaceOnMap,
    (text, font_px): (&str, f64),
    (distance, direction): (f64, usize),
    others: &Others<'_>,
) -> Option<(Candidate, Leader)> {
    let own = square(place.point);
    let is_other = |taken: &&Rect| **taken != own;
    let angle = std::f64::consts::TAU * direction as f64 / DIRECTIONS as f64;
    let toward = Point { x: libm::cos(angle), y: libm::sin(angle) };
    let anchor = match toward.x {
        x if x > 0.4 => Anchor::Start,
        x if x < -0.4 => Anchor::End,
        _ => Anchor::Middle,
    };
    // Its middle lies in the direction, wherever its first line stands.
    let standing = text_frame(Point { x: 0.0, y: 0.0 }, anchor, (text, font_px));
    let point = Point {
        x: place.point.x + toward.x * distance,
        y: place.point.y + toward.y * (distance + (standing.height() - font_px) / 2.0)
            - f64::midpoint(standing.top, standing.bottom),
    };
    let frame = text_frame(point, anchor, (text, font_px));
    if !others.inside.encloses(&frame)
        || others.taken.iter().filter(is_other).any(|taken| taken.overlaps(&frame))
        || others.lines.iter().any(|line| touches(*line, &frame))
    {
        return None;
    }
    let line = line(place.point, &frame);
    let is_clear = others.covers.iter().filter(is_other).all(|cover| !touches(line, cover))
        && others.lines.iter().all(|other| !crosses(line, *other));
    is_clear.then(|| (((point, anchor, text.to_owned()), frame), line))
}

/// From the edge of the symbol to the nearest point of the name.
fn line(symbol: Point, frame: &Rect) -> Leader {
    let near = frame.grown(GAP_PX);
    let end = Point { x: symbol.x.clamp(near.left, near.right), y: symbol.y.clamp(near.top, near.bottom) };
    let share = SYMBOL_PX / symbol.distance(end).max(SYMBOL_PX);
    let start = Point { x: symbol.x + (end.x - symbol.x) * share, y: symbol.y + (end.y - symbol.y) * share };
    (start, end)
}

fn touches(line: Leader, frame: &Rect) -> bool {
    !clip_line(&[line.0, line.1], frame).is_empty()
}
