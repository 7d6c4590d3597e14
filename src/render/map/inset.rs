//! Which parts of a map are drawn larger below it, chosen before any mark is moved.
//!
//! In: the marks at their true places. Out: the box that parts most marks that stand too close. Draws the frames of
//! the boxes on the main map; what is inside is a panel of its own.

use super::frame::View;
use super::place::Group;
use super::svg::{escaped, number, text_width};
use super::{MapWords, words};
use crate::geo::{Point, Rect};

/// Widths of boxes, as shares of the map's width.
const SHARES: [f64; 5] = [0.14, 0.2, 0.28, 0.36, 0.42];
/// Boxes are tried around so many marks.
const CENTRES_MAX: usize = 90;
/// Nothing smaller than this is a part of a town.
const WIDTH_M_MIN: f64 = 120.0;
/// A box parts at least so many pairs, and this share of all that are too close.
const GAIN_MIN: f64 = 3.0;
const GAIN_SHARE_MIN: f64 = 0.12;
/// A larger box shows what is around; a smaller one parts better. For equal gain the smaller.
const SIZE_COST: f64 = 0.15;
/// A box around a name may have it so far from its middle, as a share of its sides.
const ASIDE_SHARE: f64 = 0.15;
const SHIFTS: [f64; 3] = [0.0, -1.0, 1.0];
const NAME_FONT_PX: f64 = 12.0;

/// A pair of groups that would cover each other.
struct Pair {
    /// Their numbers.
    groups: [usize; 2],
    /// Their middles.
    first: Point,
    second: Point,
    distance: f64,
    needed: f64,
    weight: f64,
}

/// The best box, if one is worth it. `aspect` is the height of the enlarged drawing for its width.
pub(super) fn choose(groups: &[Group], view: &View, taken: &[Rect], aspect: f64) -> Option<Rect> {
    let pairs = close_pairs(groups, view.sizes.gap);
    let total: f64 = pairs.iter().map(|pair| pair.weight).sum();
    let mut centres: Vec<usize> = pairs.iter().flat_map(|pair| pair.groups).collect();
    centres.sort_unstable();
    centres.dedup();
    let mut best: Option<(f64, Rect)> = None;
    for centre in sampled(&centres).filter_map(|&at| groups.get(at)).map(|group| group.centre) {
        let mut near: Vec<&Pair> = pairs.iter().collect();
        // Each box lies in the one before: of that, only what it touches is looked at.
        for share in SHARES.into_iter().rev() {
            let width = view.map.width() * share;
            if width / view.px_per_m() < WIDTH_M_MIN || width * aspect > view.map.height() * 0.6 {
                continue;
            }
            let found = boxed(centre, (width, width * aspect), &view.map);
            let gain = gain(&mut near, &found, 1.0 / share);
            if taken.iter().any(|other| other.overlaps(&found.grown(2.0))) {
                continue;
            }
            let score = gain - SIZE_COST * share * total;
            let is_worth = gain >= GAIN_MIN && gain >= GAIN_SHARE_MIN * total;
            if is_worth && best.is_none_or(|(most, _)| score > most + 1e-9) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, found)| tightened(found, groups, view))
}

/// The smallest box that holds most of the places whose names find no room, at most so wide.
pub(super) fn choose_for_names(
    nameless: &[Point],
    view: &View,
    taken: &[Rect],
    (aspect, widest): (f64, f64),
) -> Option<Rect> {
    let mut best: Option<(f64, Rect)> = None;
    for share in SHARES {
        let width = view.map.width() * share;
        if width > widest || width * aspect > view.map.height() * 0.6 || width / view.px_per_m() < WIDTH_M_MIN {
            continue;
        }
        let (aside, up) = (width * ASIDE_SHARE, width * aspect * ASIDE_SHARE);
        // Around each, and with each toward a side where others are.
        let shifts = SHIFTS.iter().flat_map(|dy| SHIFTS.map(|dx| (dx * aside, dy * up)));
        let centres = sampled(nameless).flat_map(|centre| {
            let moved = |(dx, dy): (f64, f64)| Point { x: centre.x + dx, y: centre.y + dy };
            shifts.clone().map(moved).collect::<Vec<Point>>()
        });
        for centre in centres {
            let found = boxed(centre, (width, width * aspect), &view.map);
            if taken.iter().any(|other| other.overlaps(&found.grown(2.0))) {
                continue;
            }
            let inner = found.grown(-4.0);
            let held = nameless.iter().filter(|point| inner.contains(**point)).count() as f64;
            // A part that is hardly larger than its own name says little about where it is.
            let score = held - if share < 0.25 { 0.9 } else { share };
            if best.is_none_or(|(most, _)| score > most + 1e-9) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// All, or of many so many from the first to the last that a box around each can be tried.
fn sampled<T>(all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(CENTRES_MAX).max(1))
}

/// Groups that stand nearer than they should.
fn close_pairs(groups: &[Group], gap: f64) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (a, first) in groups.iter().enumerate() {
        for (b, second) in groups.iter().enumerate().skip(a + 1) {
            let needed = (first.half.x + second.half.x).max(gap);
            let (dx, dy) = ((first.centre.x - second.centre.x).abs(), (first.centre.y - second.centre.y).abs());
            if dx > needed || dy > needed {
                continue;
            }
            let distance = first.centre.distance(second.centre);
            if distance < needed {
                let weight = 1.0 - distance / needed * 0.5;
                let (groups, first, second) = ([a, b], first.centre, second.centre);
                pairs.push(Pair { groups, first, second, distance, needed, weight });
            }
        }
    }
    pairs
}

fn boxed(centre: Point, (width, height): (f64, f64), map: &Rect) -> Rect {
    let left = (centre.x - width / 2.0).clamp(map.left + 1.0, (map.right - width - 1.0).max(map.left + 1.0));
    let top = (centre.y - height / 2.0).clamp(map.top + 1.0, (map.bottom - height - 1.0).max(map.top + 1.0));
    Rect { left, top, right: left + width, bottom: top + height }
}

/// How much of the closeness goes: pairs that the box holds, less what is still close when enlarged, less what it
/// cuts apart. Leaves of the pairs those.
fn gain(pairs: &mut Vec<&Pair>, found: &Rect, zoom: f64) -> f64 {
    let mut gain = 0.0;
    pairs.retain(|pair| {
        let holds = (found.contains(pair.first), found.contains(pair.second));
        gain += match holds {
            (false, false) => return false,
            (true, true) => pair.weight * (pair.distance * zoom / pair.needed).min(1.0),
            // What is cut apart is no easier to read: half of it stays beside the frame.
            _ => pair.weight * -0.6,
        };
        true
    });
    gain
}

/// The box moved so that what it holds lies in its middle.
fn tightened(found: Rect, groups: &[Group], view: &View) -> Rect {
    let held: Vec<Point> = groups.iter().map(|group| group.centre).filter(|centre| found.contains(*centre)).collect();
    let Some(around) = Rect::around(&held) else { return found };
    let middle = Point { x: f64::midpoint(around.left, around.right), y: f64::midpoint(around.top, around.bottom) };
    let moved = boxed(middle, (found.width(), found.height()), &view.map);
    if held.iter().all(|point| moved.contains(*point)) { moved } else { found }
}

/// The frames of the boxes, each with the name of its drawing in it.
pub(super) fn write(out: &mut String, boxes: &[Rect], words: &MapWords) {
    if boxes.is_empty() {
        return;
    }
    out.push_str("<g class=\"insets\" aria-hidden=\"true\" text-anchor=\"middle\" font-weight=\"700\">");
    for (at, found) in boxes.iter().enumerate() {
        let [left, top, width, height] = [found.left, found.top, found.width(), found.height()].map(number);
        out.push_str(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"2\" fill=\"#fff\" \
             fill-opacity=\".55\" stroke=\"#fff\" stroke-width=\"4\"/><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" \
             height=\"{height}\" rx=\"2\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.6\"/>"
        ));
        let name = words::filled(&words.inset, "number", &(at + 1).to_string());
        // A name that is wider than its box is written smaller.
        let font = (NAME_FONT_PX * found.width() / (text_width(&name, NAME_FONT_PX) + 4.0)).min(NAME_FONT_PX);
        let x = number(f64::midpoint(found.left, found.right));
        let y = number(f64::midpoint(found.top, found.bottom) + font * 0.36);
        out.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"#222\" paint-order=\"stroke\" stroke=\"#fff\" \
             stroke-width=\"2.6\" stroke-linejoin=\"round\">{}</text>",
            number(font),
            escaped(&name)
        ));
    }
    out.push_str("</g>");
}
