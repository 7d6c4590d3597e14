//! Names of stations, landmarks and neighbours, set where nothing else is; the important ones first.

use super::base::{Base, PlaceOnMap};
use super::frame::{Sizes, View};
use super::furniture::Furniture;
use super::place::{Placed, cover};
use super::svg::{escaped, number, text_width};
use crate::geo::{PlanePolygon, Point, Rect, label_point, signed_area};
use crate::layer::PlaceKind;

/// A place nearer to a mark than this is hidden by it.
const HIDDEN_PX: f64 = 8.0;
/// Half the size of a place's symbol.
const SYMBOL_PX: f64 = 4.0;

/// What names must not cover.
pub(super) struct Obstacles<'a> {
    pub(super) view: &'a View,
    pub(super) furniture: &'a Furniture,
    pub(super) placed: &'a [Option<Placed>],
}

/// A name with its place, and which of its points stands there.
pub(super) type Name = (Point, Anchor, String);

/// The names that found room.
pub(super) struct Labels {
    places: Vec<Name>,
    areas: Vec<(Point, String)>,
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// As an attribute after others.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}

/// Sets names greedily: places by priority, then neighbours.
pub(super) fn labels(base: &Base<'_>, places: &[PlaceOnMap], obstacles: &Obstacles<'_>) -> Labels {
    let sizes = obstacles.view.sizes;
    let inside = obstacles.view.map.grown(-2.0);
    let mut taken: Vec<Rect> = obstacles.furniture.boxes().to_vec();
    taken.extend(obstacles.placed.iter().flatten().map(|placed| cover(placed, sizes.radius)));
    let hidden = |place: &&PlaceOnMap| {
        obstacles.placed.iter().flatten().any(|placed| placed.drawn.distance(place.point) < HIDDEN_PX)
    };
    let visible: Vec<PlaceOnMap> = places.iter().filter(|place| !hidden(place)).cloned().collect();
    let mut labels =
        Labels { places: label_places(&visible, &inside, &mut taken, sizes.place_font), areas: Vec::new() };
    taken.extend(places.iter().map(|place| square(place.point)));
    for area in base.areas.iter().filter(|area| base.focus != Some(area.number)) {
        let Some(name) = base.prepared.areas.get(area.number).map(|area| &area.name) else { continue };
        if let Some((point, frame)) = area_place((name, sizes.area_font), &area.polygons, &inside, &taken) {
            taken.push(frame);
            labels.areas.push((point, name.clone()));
        }
    }
    labels
}

/// Names of places where they fit; what they cover is added to `taken`.
pub(super) fn label_places(places: &[PlaceOnMap], inside: &Rect, taken: &mut Vec<Rect>, font_px: f64) -> Vec<Name> {
    let symbols: Vec<Rect> = places.iter().map(|place| square(place.point)).collect();
    let mut names = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let free = |frame: &Rect| {
            let mut others = symbols.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, symbol)| symbol);
            inside.encloses(frame)
                && taken.iter().all(|other| !other.overlaps(frame))
                && others.all(|other| !other.overlaps(frame))
        };
        if let Some((point, anchor, frame)) = candidates(place, font_px).into_iter().find(|(_, _, frame)| free(frame)) {
            taken.push(frame);
            names.push((point, anchor, place.name.clone()));
        }
    }
    names
}

fn square(point: Point) -> Rect {
    Rect { left: point.x, top: point.y, right: point.x, bottom: point.y }.grown(SYMBOL_PX)
}

/// Eight places around the symbol in Imhof's order, near and a little farther.
fn candidates(place: &PlaceOnMap, font_px: f64) -> Vec<(Point, Anchor, Rect)> {
    let width = text_width(&place.name, font_px);
    let mut found = Vec::new();
    for gap in [SYMBOL_PX + 2.0, SYMBOL_PX + 7.0] {
        let (side, up, down, level) = (gap, -gap - 1.0, gap + 10.0, 4.6);
        let diagonal = gap * 0.6;
        for (dx, dy, anchor) in [
            (diagonal, up, Anchor::Start),
            (diagonal, down, Anchor::Start),
            (-diagonal, up, Anchor::End),
            (-diagonal, down, Anchor::End),
            (side, level, Anchor::Start),
            (-side, level, Anchor::End),
            (0.0, up, Anchor::Middle),
            (0.0, down, Anchor::Middle),
        ] {
            let point = Point { x: place.point.x + dx, y: place.point.y + dy };
            found.push((point, anchor, text_frame(point, anchor, width, font_px)));
        }
    }
    found
}

fn text_frame(point: Point, anchor: Anchor, width: f64, font: f64) -> Rect {
    let left = match anchor {
        Anchor::Start => point.x,
        Anchor::Middle => point.x - width / 2.0,
        Anchor::End => point.x - width,
    };
    Rect { left, top: point.y - font * 0.86, right: left + width, bottom: point.y + font * 0.16 }
}

/// The frame of a text set around its middle.
pub(super) fn centred_frame(point: Point, width: f64, font: f64) -> Rect {
    text_frame(point, Anchor::Middle, width, font)
}

/// A place for a name inside the largest visible part of an area.
fn area_place(
    (name, font_px): (&str, f64),
    polygons: &[PlanePolygon],
    inside: &Rect,
    taken: &[Rect],
) -> Option<(Point, Rect)> {
    let surface = |polygon: &PlanePolygon| signed_area(&polygon.exterior).abs();
    let largest = polygons.iter().max_by(|a, b| surface(a).total_cmp(&surface(b)))?;
    let width = text_width(name, font_px);
    if surface(largest) < width * font_px {
        return None;
    }
    let best = label_point(largest, 2.0)?;
    let reach = best.radius.clamp(6.0, 40.0);
    let shifts = [0.0, -0.5, 0.5, -1.0, 1.0];
    shifts
        .iter()
        .flat_map(|dy| shifts.iter().map(move |dx| (dx * reach, dy * reach)))
        .map(|(dx, dy)| Point { x: best.point.x + dx, y: best.point.y + dy + font_px * 0.35 })
        .map(|point| (point, text_frame(point, Anchor::Middle, width, font_px)))
        .find(|(_, frame)| {
            let middle = Point { x: f64::midpoint(frame.left, frame.right), y: f64::midpoint(frame.top, frame.bottom) };
            inside.encloses(frame)
                && taken.iter().all(|other| !other.overlaps(frame))
                && middle.distance(best.point) <= best.radius.max(2.0)
        })
}

/// Symbols of places and all names. A landmark without a name says nothing; a station does.
pub(super) fn write(out: &mut String, view: &View, places: &[PlaceOnMap], labels: &Labels) {
    out.push_str("<g aria-hidden=\"true\">");
    for place in places {
        if place.kind == PlaceKind::Station || labels.places.iter().any(|(_, _, name)| *name == place.name) {
            write_symbol(out, place);
        }
    }
    out.push_str("<g paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"2.6\" stroke-linejoin=\"round\">");
    write_texts(out, labels, &view.sizes);
    out.push_str("</g></g>");
}

/// A station is a white ring, a landmark a dark square on its corner.
pub(super) fn write_symbol(out: &mut String, place: &PlaceOnMap) {
    let (x, y) = (number(place.point.x), number(place.point.y));
    match place.kind {
        PlaceKind::Station => out.push_str(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"3.4\" fill=\"#fff\" stroke=\"#222\" stroke-width=\"1.8\"/>"
        )),
        PlaceKind::Landmark => out.push_str(&format!(
            "<path d=\"M{x} {}l3.6 3.6-3.6 3.6-3.6-3.6z\" fill=\"#5c4a2f\" stroke=\"#fff\"/>",
            number(place.point.y - 3.6)
        )),
    }
}

fn write_texts(out: &mut String, labels: &Labels, sizes: &Sizes) {
    out.push_str(&format!("<g font-size=\"{}\" fill=\"#222\">", number(sizes.place_font)));
    for (point, anchor, name) in &labels.places {
        let (x, y) = (number(point.x), number(point.y));
        out.push_str(&format!("<text x=\"{x}\" y=\"{y}\"{}>{}</text>", anchor.attribute(), escaped(name)));
    }
    let font = number(sizes.area_font);
    out.push_str(&format!("</g><g font-size=\"{font}\" fill=\"#5d574c\" text-anchor=\"middle\">"));
    for (point, name) in &labels.areas {
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", number(point.x), number(point.y), escaped(name)));
    }
    out.push_str("</g>");
}
