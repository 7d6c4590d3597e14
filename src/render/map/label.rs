//! Names of stations, landmarks and neighbours, set where nothing else is; the important ones first.

mod around;
mod far;

use std::collections::{BTreeMap, BTreeSet};

use super::base::{Base, PlaceOnMap};
use super::frame::{Sizes, View};
use super::furniture::Furniture;
use super::place::{Leader, Setting, leaders};
use super::svg::{Path, escaped, number, text_width};
use crate::geo::{PlanePolygon, Point, Rect, label_point, signed_area};
use crate::layer::PlaceKind;

pub(super) use around::{Anchor, Name};
use around::{Candidate, LINE_SHARE, candidates, text_frame};

/// So many of the landmarks inside have their names before marks are set.
const LANDMARKS_SHARE: f64 = 0.6;
/// Names are reserved so many times anew, those without room first.
const ATTEMPTS: usize = 10;
/// Reserved names cover at most this share of the map.
const RESERVED_SHARE_MAX: f64 = 0.3;
/// A place so near to the frame of an enlarged part may be outside of it there: it keeps its name here.
const EDGE_PX: f64 = 3.0;
/// Half the size of a place's symbol.
const SYMBOL_PX: f64 = 4.0;

/// What names must not cover.
pub(super) struct Obstacles<'a> {
    pub(super) view: &'a View,
    pub(super) furniture: &'a Furniture,
    pub(super) setting: &'a Setting,
    /// Frames of enlarged parts.
    pub(super) boxes: &'a [Rect],
}

impl Obstacles<'_> {
    /// What hides the symbols of places.
    fn covers(&self) -> Vec<Rect> {
        let marks = self.setting.groups.iter().filter_map(|group| Some(group.cover(group.at?).grown(0.8)));
        let parts = self.boxes.iter().map(|part| part.grown(-EDGE_PX));
        self.furniture.boxes().into_iter().chain(parts).chain(marks).collect()
    }
}

/// A name that has its place before the marks have theirs.
#[derive(Clone, Debug)]
pub(super) struct Reserved {
    /// Its number among the places.
    pub(super) place: usize,
    /// Where the thing is.
    pub(super) symbol: Point,
    name: Name,
    /// What the name covers.
    pub(super) frame: Rect,
}

/// The names that found room.
#[derive(Default)]
pub(super) struct Labels {
    places: Vec<Name>,
    areas: Vec<(Point, String)>,
    /// Numbers of the places that have names.
    pub(super) named: BTreeSet<usize>,
    /// What the names cover.
    pub(super) frames: Vec<Rect>,
    /// Lines from symbols to names that stand farther away.
    pub(super) lines: Vec<Leader>,
}

/// Places for the names of all stations and most landmarks inside, over as few marks as can be. What finds no room
/// comes first in the next attempt.
pub(super) fn reserve(
    places: &[PlaceOnMap],
    truths: &[Point],
    (view, taken, wanted): (&View, &[Rect], &[usize]),
) -> Vec<Reserved> {
    let mut order = wanted.to_vec();
    let is_landmark = |at: &&usize| places.get(**at).is_some_and(|place| place.kind == PlaceKind::Landmark);
    let landmarks = landmarks_needed(wanted.iter().filter(is_landmark).count());
    let of_place = |at: &usize| Some((*at, candidates(places.get(*at)?, view.sizes.place_font)));
    let names = wanted.iter().filter_map(of_place).collect();
    let board = Reserving { places, truths, view, taken, landmarks, names };
    let needed = wanted.iter().filter(|at| !is_landmark(at)).count() + landmarks;
    let mut best: Vec<Reserved> = Vec::new();
    for _ in 0..ATTEMPTS {
        let reserved = board.attempt(&order);
        let missed = |at: &usize| !reserved.iter().any(|name| name.place == *at);
        let is_station = |at: &usize| places.get(*at).is_some_and(|place| place.kind == PlaceKind::Station);
        let before = order.clone();
        order.sort_by_key(|at| (!is_station(at), !missed(at)));
        let value = |names: &[Reserved]| {
            let stations = names.iter().filter(|name| is_station(&name.place)).count();
            (stations, names.len())
        };
        let is_complete = reserved.len() == needed;
        if value(&reserved) > value(&best) {
            best = reserved;
        }
        // The same order would end the same.
        if is_complete || order == before {
            break;
        }
    }
    best
}

struct Reserving<'a> {
    places: &'a [PlaceOnMap],
    truths: &'a [Point],
    view: &'a View,
    taken: &'a [Rect],
    /// So many of the landmarks have names.
    landmarks: usize,
    /// Where the name of each place could stand.
    names: BTreeMap<usize, Vec<Candidate>>,
}

impl Reserving<'_> {
    fn attempt(&self, order: &[usize]) -> Vec<Reserved> {
        let Self { places, view, .. } = self;
        let inside = view.map.grown(-2.0);
        let mut held: Vec<Rect> = self.taken.to_vec();
        held.extend(order.iter().filter_map(|&at| places.get(at)).map(|place| square(place.point)));
        let mut room = RESERVED_SHARE_MAX * view.map.width() * view.map.height();
        let mut reserved: Vec<Reserved> = Vec::new();
        let mut landmarks = self.landmarks;
        for &at in order {
            let Some(place) = places.get(at) else { continue };
            if place.kind == PlaceKind::Landmark && landmarks == 0 {
                continue;
            }
            let own = square(place.point);
            let free = self.names.get(&at).into_iter().flatten().filter(|(_, frame)| {
                inside.encloses(frame) && held.iter().all(|other| *other == own || !other.overlaps(frame))
            });
            let best = free.enumerate().min_by_key(|(rank, (_, frame))| (self.hidden(frame), *rank));
            let Some((_, (name, frame))) = best.map(|(rank, (name, frame))| (rank, (name.clone(), *frame))) else {
                continue;
            };
            if frame.width() * frame.height() > room {
                continue;
            }
            room -= frame.width() * frame.height();
            held.push(frame);
            landmarks -= usize::from(place.kind == PlaceKind::Landmark);
            reserved.push(Reserved { place: at, symbol: place.point, name, frame });
        }
        reserved
    }

    /// How many marks would have to move.
    fn hidden(&self, frame: &Rect) -> usize {
        let reach = frame.grown(self.view.sizes.radius);
        self.truths.iter().filter(|truth| reach.contains(**truth)).count()
    }
}

/// So many of the landmarks need their names.
pub(super) fn landmarks_needed(landmarks: usize) -> usize {
    (landmarks as f64 * LANDMARKS_SHARE).ceil() as usize
}

/// Numbers of the stations inside, then of the landmarks; not of what is drawn larger elsewhere.
pub(super) fn wanted(places: &[PlaceOnMap], boxes: &[Rect]) -> Vec<usize> {
    let here = |kind: PlaceKind| {
        let of_kind = places.iter().enumerate().filter(move |(_, place)| place.is_inside && place.kind == kind);
        of_kind.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let first = here(PlaceKind::Station).into_iter().chain(here(PlaceKind::Landmark));
    let is_elsewhere = |at: usize| {
        places.get(at).is_some_and(|place| boxes.iter().any(|part| part.grown(-EDGE_PX).contains(place.point)))
    };
    first.filter(|&at| !is_elsewhere(at)).collect()
}

/// The reserved names, then the other places inside and outside by priority, then neighbours, each where there is room.
/// What is inside and finds none may stand farther away, with a line.
pub(super) fn labels(
    base: &Base<'_>,
    places: &[PlaceOnMap],
    reserved: Vec<Reserved>,
    obstacles: &Obstacles<'_>,
) -> Labels {
    let sizes = obstacles.view.sizes;
    let mut labels = Labels::default();
    let mut taken: Vec<Rect> = obstacles.furniture.boxes().to_vec();
    taken.extend(obstacles.boxes);
    taken.extend(obstacles.setting.groups.iter().filter_map(|group| Some(group.cover(group.at?).grown(0.8))));
    let covers = obstacles.covers();
    taken.extend(places.iter().map(|place| square(place.point)));
    for name in reserved {
        labels.add(name.place, (name.name, name.frame), &mut taken);
    }
    let inside = obstacles.view.map.grown(-2.0);
    let is_seen = |place: &PlaceOnMap| !covers.iter().any(|cover| cover.contains(place.point));
    let seen: Vec<usize> = (0..places.len()).filter(|&at| places.get(at).is_some_and(is_seen)).collect();
    let (mut here, outside): (Vec<usize>, Vec<usize>) =
        seen.into_iter().partition(|&at| places.get(at).is_some_and(|place| place.is_inside));
    labels.set_near(places, &here, (&inside, sizes.place_font), &mut taken);
    here.retain(|at| !labels.named.contains(at));
    labels.set_far(places, &here, obstacles, &mut taken);
    labels.set_near(places, &outside, (&inside, sizes.place_font), &mut taken);
    for area in base.areas.iter().filter(|area| base.focus != Some(area.number)) {
        let Some(name) = base.prepared.areas.get(area.number).map(|area| &area.name) else { continue };
        if let Some((point, frame)) = area_place((name, sizes.area_font), &area.polygons, &inside, &taken) {
            taken.push(frame);
            labels.frames.push(frame);
            labels.areas.push((point, name.clone()));
        }
    }
    labels
}

impl Labels {
    fn add(&mut self, place: usize, (name, frame): Candidate, taken: &mut Vec<Rect>) {
        self.named.insert(place);
        self.frames.push(frame);
        taken.push(frame);
        self.places.push(name);
    }

    /// Names at their symbols, where there is room.
    fn set_near(
        &mut self,
        places: &[PlaceOnMap],
        chosen: &[usize],
        (inside, font_px): (&Rect, f64),
        taken: &mut Vec<Rect>,
    ) {
        for &at in chosen.iter().filter(|at| !self.named.contains(at)).collect::<Vec<_>>() {
            let Some(place) = places.get(at) else { continue };
            let own = square(place.point);
            let found = candidates(place, font_px).into_iter().find(|(_, frame)| {
                inside.encloses(frame) && taken.iter().all(|other| *other == own || !other.overlaps(frame))
            });
            if let Some(found) = found {
                self.add(at, found, taken);
            }
        }
    }

    /// Names farther from their symbols, each with a line.
    fn set_far(&mut self, places: &[PlaceOnMap], chosen: &[usize], obstacles: &Obstacles<'_>, taken: &mut Vec<Rect>) {
        if chosen.is_empty() {
            return;
        }
        let (view, groups) = (obstacles.view, &obstacles.setting.groups);
        let inside = view.map.grown(-2.0);
        let of_marks = groups.iter().filter_map(|group| Some(leaders(group, group.at?, view.sizes.radius)));
        let mut lines: Vec<Leader> = of_marks.flatten().collect();
        let mut covers = obstacles.covers();
        covers.extend(places.iter().map(|place| square(place.point)).chain(self.frames.iter().copied()));
        for &at in chosen {
            let Some(place) = places.get(at) else { continue };
            let others = far::Others { inside: &inside, taken, covers: &covers, lines: &lines };
            if let Some((found, line)) = far::candidate(place, view.sizes.place_font, &others) {
                covers.push(found.1);
                self.add(at, found, taken);
                self.lines.push(line);
                lines.push(line);
            }
        }
    }
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
        if let Some((name, frame)) = candidates(place, font_px).into_iter().find(|(_, frame)| free(frame)) {
            taken.push(frame);
            names.push(name);
        }
    }
    names
}

/// What the symbol of a place covers.
pub(super) fn square(point: Point) -> Rect {
    Rect { left: point.x, top: point.y, right: point.x, bottom: point.y }.grown(SYMBOL_PX)
}

/// The frame of a text set around its middle.
pub(super) fn centred_frame(point: Point, text: &str, font: f64) -> Rect {
    text_frame(point, Anchor::Middle, (text, font))
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
        .map(|point| (point, text_frame(point, Anchor::Middle, (name, font_px))))
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
    for (at, place) in places.iter().enumerate() {
        if place.kind == PlaceKind::Station || labels.named.contains(&at) {
            write_symbol(out, place);
        }
    }
    let mut lines = Path::default();
    labels.lines.iter().for_each(|(from, to)| lines.line(&[*from, *to]));
    lines.write(out, "fill=\"none\" stroke=\"#fff\" stroke-width=\"2.4\" stroke-opacity=\".8\"");
    lines.write(out, "fill=\"none\" stroke=\"#222\" stroke-width=\".7\"");
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

/// A name, line below line.
pub(super) fn write_lines(out: &mut String, (point, anchor): (Point, Anchor), (name, font_px): (&str, f64)) {
    let x = number(point.x);
    for (at, line) in name.lines().enumerate() {
        let y = number(point.y + at as f64 * font_px * LINE_SHARE);
        out.push_str(&format!("<text x=\"{x}\" y=\"{y}\"{}>{}</text>", anchor.attribute(), escaped(line)));
    }
}

fn write_texts(out: &mut String, labels: &Labels, sizes: &Sizes) {
    out.push_str(&format!("<g font-size=\"{}\" fill=\"#222\">", number(sizes.place_font)));
    for (point, anchor, name) in &labels.places {
        write_lines(out, (*point, *anchor), (name, sizes.place_font));
    }
    let font = number(sizes.area_font);
    out.push_str(&format!("</g><g font-size=\"{font}\" fill=\"#5d574c\" text-anchor=\"middle\">"));
    for (point, name) in &labels.areas {
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", number(point.x), number(point.y), escaped(name)));
    }
    out.push_str("</g>");
}
