//! Everything under the marks: sea, neighbours, the area, parks, water, roads, rail, borders.

use super::Prepared;
use super::frame::View;
use super::svg::{Path, number};
use crate::geo::{Detail, PlanePolygon, Point, Rect, clip_line, clip_ring, simplify_line};
use crate::layer::{LineKind, PlaceKind, SurfaceKind};

/// What no layer and no area covers: unknown, so neither sea nor land.
pub(super) const OUTSIDE: &str = "#e4e1da";
const NEIGHBOUR: &str = "#efece5";
pub(super) const FOCUS: &str = "#fffcf3";
pub(super) const SEA: &str = "#d3e5ef";
pub(super) const PARK: &str = "#dcebcb";
pub(super) const WATER: &str = "#bfdcec";
pub(super) const WATER_LINE: &str = "#9cc6de";

/// Lines are simpler than this in no place.
const LINE_TOLERANCE_PX: f64 = 0.5;

/// Below this scale parallel railways would run into one.
const RAIL_THIN_PX_PER_M: f64 = 0.03;

/// How each kind of road is drawn: casing and fill with their widths.
pub(super) const ROADS: [(LineKind, &str, f64, &str, f64); 3] = [
    (LineKind::MediumRoad, "#b5ae9f", 3.4, "#fff", 2.2),
    (LineKind::MajorRoad, "#c9b27c", 4.4, "#faeec6", 3.4),
    (LineKind::Highway, "#bd9a4f", 5.0, "#f3d58b", 4.0),
];

/// A named place in the window.
#[derive(Clone, Debug)]
pub(super) struct PlaceOnMap {
    pub(super) kind: PlaceKind,
    pub(super) name: String,
    pub(super) priority: i32,
    pub(super) point: Point,
    /// True inside what the map is about.
    pub(super) is_inside: bool,
}

/// More landmarks than these give no bearings, and no map has room for their names: the most important are shown.
const LANDMARKS_INSIDE_MAX: usize = 16;
const LANDMARKS_OUTSIDE_MAX: usize = 8;

/// Whether a place is still shown beside those before it; counts it.
fn has_room(place: &PlaceOnMap, (inside, outside): &mut (usize, usize)) -> bool {
    if place.kind == PlaceKind::Station {
        return true;
    }
    let left = if place.is_inside { inside } else { outside };
    let has_room = *left > 0;
    *left = left.saturating_sub(1);
    has_room
}

/// A neighbour in the window.
#[derive(Clone, Debug)]
pub(super) struct AreaOnMap {
    pub(super) number: usize,
    pub(super) polygons: Vec<PlanePolygon>,
}

/// The ground of one map, in pixels, cut to its window.
pub(super) struct Base<'a> {
    pub(super) prepared: &'a Prepared,
    view: View,
    pub(super) focus: Option<usize>,
    pub(super) areas: Vec<AreaOnMap>,
    focus_border: Path,
    other_border: Path,
}

impl<'a> Base<'a> {
    /// Cuts the prepared shapes to the window.
    pub(super) fn new(prepared: &'a Prepared, view: &View, focus: Option<usize>) -> Self {
        Self::with_detail(prepared, view, focus, view.detail())
    }

    /// The same, coarser or finer.
    pub(super) fn with_detail(prepared: &'a Prepared, view: &View, focus: Option<usize>, detail: Detail) -> Self {
        let window = view.window_m();
        let simplified = prepared.coverage.simplified_near(detail, Some(&window));
        let seen = prepared.areas.iter().enumerate().filter(|(_, area)| area.frame.overlaps(&window));
        let areas = seen
            .map(|(number, _)| AreaOnMap { number, polygons: cut(&simplified.polygons(number), view) })
            .filter(|area| !area.polygons.is_empty())
            .collect();
        let (mut focus_border, mut other_border) = (Path::default(), Path::default());
        for border in simplified.borders() {
            let is_focus = focus.is_some_and(|focus| border.shapes.contains(&focus));
            let path = if is_focus { &mut focus_border } else { &mut other_border };
            if Rect::around(border.points).is_some_and(|frame| frame.overlaps(&window)) {
                clip_line(&view.px_all(border.points), &view.map).iter().for_each(|part| path.line(part));
            }
        }
        Self { prepared, view: *view, focus, areas, focus_border, other_border }
    }

    /// The named places in the window, the most important first.
    pub(super) fn places(&self, view: &View) -> Vec<PlaceOnMap> {
        let inside = view.map.grown(-4.0);
        let window = view.window_m();
        let about = |point: Point| {
            let areas = self.areas.iter().filter(|area| self.focus.is_none_or(|focus| focus == area.number));
            areas.flat_map(|area| &area.polygons).any(|polygon| polygon.contains(point))
        };
        let in_window = self.prepared.places.iter().filter(|place| window.contains(place.point));
        let on_map = in_window.map(|place| (place, view.px(place.point)));
        let on_map = on_map.filter(|(_, point)| inside.contains(*point)).map(|(place, point)| PlaceOnMap {
            kind: place.kind,
            name: place.name.clone(),
            priority: place.priority,
            point,
            is_inside: about(point),
        });
        let mut room = (LANDMARKS_INSIDE_MAX, LANDMARKS_OUTSIDE_MAX);
        on_map.filter(|place| has_room(place, &mut room)).collect()
    }

    /// Writes the ground of an area's map.
    pub(super) fn write(&self, out: &mut String) {
        out.push_str("<g class=\"ground\" aria-hidden=\"true\" fill=\"none\" stroke-linejoin=\"round\">");
        self.write_ground(out);
        let (mut focus, mut others) = (Path::default(), Path::default());
        for area in &self.areas {
            let is_focus = self.focus.is_none_or(|focus| focus == area.number);
            let path = if is_focus { &mut focus } else { &mut others };
            area.polygons.iter().flat_map(PlanePolygon::rings).for_each(|ring| path.ring(ring));
        }
        others.write(out, &filled(NEIGHBOUR));
        focus.write(out, &filled(FOCUS));
        self.write_layers(out);
        self.other_border.write(out, "class=\"border\" stroke=\"#8d877b\" stroke-width=\".8\"");
        self.focus_border.write(out, "class=\"border\" stroke=\"#fff\" stroke-width=\"4.5\" stroke-opacity=\".85\"");
        let dashed = "class=\"border\" stroke=\"#6a3d6e\" stroke-width=\"2.2\" stroke-dasharray=\"8 2.5\"";
        self.focus_border.write(out, dashed);
        out.push_str("</g>");
    }

    /// The unknown, and the sea.
    pub(super) fn write_ground(&self, out: &mut String) {
        let Rect { left, top, right, bottom } = self.view.map;
        out.push_str(&format!(
            "<path d=\"M{} {}h{}v{}h-{}z\" fill=\"{OUTSIDE}\"/>",
            number(left),
            number(top),
            number(right - left),
            number(bottom - top),
            number(right - left)
        ));
        self.surface(SurfaceKind::Sea).write(out, &filled(SEA));
    }

    /// Parks, water, roads, rail.
    pub(super) fn write_layers(&self, out: &mut String) {
        self.surface(SurfaceKind::Park).write(out, &filled(PARK));
        self.surface(SurfaceKind::Water).write(out, &filled(WATER));
        self.lines(LineKind::Water).write(out, &format!("stroke=\"{WATER_LINE}\" stroke-width=\"1.4\""));
        if self.view.sizes.has_minor_roads {
            self.lines(LineKind::MinorRoad).write(out, &stroked("#b5ae9f", 1.0));
        }
        let roads: Vec<Path> = ROADS.iter().map(|(kind, ..)| self.lines(*kind)).collect();
        for (path, (_, casing, width, ..)) in roads.iter().zip(&ROADS) {
            path.write(out, &stroked(casing, *width));
        }
        for (path, (_, _, _, fill, width)) in roads.iter().zip(&ROADS) {
            path.write(out, &stroked(fill, *width));
        }
        rail_paths(out, &self.lines(LineKind::Rail), if self.view.px_per_m() < RAIL_THIN_PX_PER_M { 1.6 } else { 2.4 });
    }

    fn surface(&self, kind: SurfaceKind) -> Path {
        let mut path = Path::default();
        let window = self.view.window_m();
        let surfaces = self.prepared.surfaces.iter().enumerate();
        let wanted: Vec<usize> = surfaces
            .filter(|(_, (other, frame))| *other == kind && frame.overlaps(&window))
            .map(|(number, _)| number)
            .collect();
        if wanted.is_empty() {
            return path;
        }
        let simplified = self.prepared.surface_coverage.simplified(self.view.detail());
        for number in wanted {
            let polygons = cut(&simplified.polygons(number), &self.view);
            polygons.iter().flat_map(PlanePolygon::rings).for_each(|ring| path.ring(ring));
        }
        path
    }

    fn lines(&self, kind: LineKind) -> Path {
        let mut path = Path::default();
        let window = self.view.window_m();
        for line in self.prepared.lines.iter().filter(|line| line.kind == kind && line.frame.overlaps(&window)) {
            for part in clip_line(&self.view.px_all(&line.points), &self.view.map) {
                path.line(&simplify_line(&part, LINE_TOLERANCE_PX));
            }
        }
        path
    }

    /// The borders of all areas, for the map without a focus.
    pub(super) fn write_borders(&self, out: &mut String) {
        self.other_border.write(out, "stroke=\"#6d675c\" stroke-width=\".9\"");
    }
}

/// Railways in black and white.
pub(super) fn rail_paths(out: &mut String, rail: &Path, width: f64) {
    rail.write(out, &stroked("#3a3a3a", width));
    rail.write(out, &format!("stroke=\"#fff\" stroke-width=\"{}\" stroke-dasharray=\"5 5\"", number(width / 2.0)));
}

/// Attributes of a filled surface; holes stay open.
pub(super) fn filled(colour: &str) -> String {
    format!("fill=\"{colour}\" fill-rule=\"evenodd\"")
}

/// Attributes of a line with round ends.
pub(super) fn stroked(colour: &str, width: f64) -> String {
    format!("stroke=\"{colour}\" stroke-width=\"{}\" stroke-linecap=\"round\"", number(width))
}

/// Polygons in pixels, cut to the map.
fn cut(polygons: &[PlanePolygon], view: &View) -> Vec<PlanePolygon> {
    let cut = |ring: &Vec<Point>| clip_ring(&view.px_all(ring), &view.map);
    polygons
        .iter()
        .map(|polygon| PlanePolygon {
            exterior: cut(&polygon.exterior),
            holes: polygon.holes.iter().map(cut).filter(|hole| !hole.is_empty()).collect(),
        })
        .filter(|polygon| !polygon.exterior.is_empty())
        .collect()
}
