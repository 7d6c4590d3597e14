//! The map of all areas: each a link, with its number and, where it fits, its name.

use super::base::{AreaOnMap, Base, filled};
use super::frame::{Frame, View};
use super::furniture::Furniture;
use super::label::centred_frame;
use super::mark::{RADIUS_PX, write_form, write_number};
use super::place::{Ground, Placed, cover, place, write_leaders};
use super::svg::{Path, escaped, number, text_width};
use super::{Drawing, Facts, MapWords, Mark, Prepared, grid, opening, words};
use crate::geo::{PlanePolygon, Point, Rect, label_point, signed_area};
use crate::vocabulary::{Colour, Marker, Shape};

/// Pale enough for black letters; neighbours differ. They mean nothing.
const TINTS: [&str; 5] = ["#fdf3dc", "#e4efdd", "#f8e6e1", "#ebe6f3", "#fbf8c9"];
const NAME_FONT_PX: f64 = 11.5;

/// The map of all areas.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'a> {
    /// The prepared base.
    pub prepared: &'a Prepared,
    /// The municipality's name, or the site's.
    pub name: &'a str,
    /// The words of the page's language.
    pub words: &'a MapWords,
    /// Begins every `id` in the SVG.
    pub id_prefix: &'a str,
    /// How large it may be.
    pub frame: Frame,
}

/// Draws all areas; `None` where none has an outline.
#[must_use]
pub fn draw_overview(overview: &Overview<'_>) -> Option<Drawing> {
    let prepared = overview.prepared;
    let view = View::plain(prepared, prepared.frame()?, &overview.frame);
    let base = Base::new(prepared, &view, None);
    let marks: Vec<Mark> = base.areas.iter().filter_map(|area| number_mark(prepared, area, &view)).collect();
    let truths: Vec<Option<Point>> = marks.iter().map(|mark| view.place(prepared, mark.position)).collect();
    let furniture = Furniture::choose(&view, &truths);
    let placed = place(&truths, &marks, &Ground { view: &view, furniture: &furniture, stations: &[] });
    let names = names(&base, &placed, &view, &furniture);

    let facts = Facts { shown: base.areas.len(), ..Facts::default() };
    let title = words::filled(&overview.words.overview_title, "name", overview.name);
    let description = words::filled(&overview.words.areas, "count", &facts.shown.to_string());
    let mut out = opening(&view, overview.id_prefix, &title, &description);
    write_grounds(&mut out, &base);
    write_leaders(&mut out, &placed);
    furniture.write(&mut out, &view, overview.words);
    out.push_str("<g text-anchor=\"middle\" font-weight=\"700\">");
    for ((mark, placed), name) in marks.iter().zip(&placed).zip(&names) {
        let Some(placed) = placed else { continue };
        write_area(&mut out, mark, placed, name.as_ref());
    }
    out.push_str("</g>");
    grid::write_edge(&mut out, &view);
    out.push_str("</svg>");
    Some(Drawing { svg: out, cells: Vec::new(), facts })
}

fn look() -> Marker {
    Marker { shape: Shape::Circle, outlined: true, colour: Colour::INK }
}

/// The number of an area, to stand at the roomiest point of its largest part.
fn number_mark(prepared: &Prepared, area: &AreaOnMap, view: &View) -> Option<Mark> {
    let known = prepared.areas.get(area.number)?;
    let best = label_point(largest(&area.polygons)?, 2.0)?;
    Some(Mark {
        number: known.number,
        position: prepared.projection.unproject(view.metres(best.point)),
        look: look(),
        label: known.name.clone(),
        href: known.href.clone(),
        category: String::new(),
    })
}

fn largest(polygons: &[PlanePolygon]) -> Option<&PlanePolygon> {
    let surface = |polygon: &PlanePolygon| signed_area(&polygon.exterior).abs();
    polygons.iter().max_by(|a, b| surface(a).total_cmp(&surface(b)))
}

/// For each area the place of its name, where it fits inside beneath the number.
fn names(
    base: &Base<'_>,
    placed: &[Option<Placed>],
    view: &View,
    furniture: &Furniture,
) -> Vec<Option<(Point, String)>> {
    let mut taken: Vec<Rect> = placed.iter().flatten().map(cover).collect();
    taken.extend(furniture.boxes());
    let inside = view.map.grown(-2.0);
    let mut names = Vec::new();
    for (area, placed) in base.areas.iter().zip(placed) {
        let name = base.prepared.areas.get(area.number).map(|area| area.name.as_str());
        let polygon = largest(&area.polygons);
        let found = placed.as_ref().zip(name).zip(polygon).and_then(|((placed, name), polygon)| {
            let width = text_width(name, NAME_FONT_PX);
            let below = Point { x: placed.drawn.x, y: placed.drawn.y + RADIUS_PX + NAME_FONT_PX };
            let above = Point { x: placed.drawn.x, y: placed.drawn.y - RADIUS_PX - 4.0 };
            [below, above].into_iter().find_map(|point| {
                let frame = centred_frame(point, width, NAME_FONT_PX);
                let free = inside.encloses(&frame)
                    && taken.iter().all(|other| !other.overlaps(&frame))
                    && corners(&frame).into_iter().all(|corner| polygon.contains(corner));
                free.then(|| (point, name.to_owned(), frame))
            })
        });
        names.push(found.map(|(point, name, frame)| {
            taken.push(frame);
            (point, name)
        }));
    }
    names
}

fn corners(frame: &Rect) -> [Point; 4] {
    let at = |x, y| Point { x, y };
    [at(frame.left, frame.top), at(frame.right, frame.top), at(frame.left, frame.bottom), at(frame.right, frame.bottom)]
}

/// Areas as surfaces that lead to their pages. The numbers are the links for the keyboard.
fn write_grounds(out: &mut String, base: &Base<'_>) {
    out.push_str("<g aria-hidden=\"true\" fill=\"none\" stroke-linejoin=\"round\">");
    base.write_ground(out);
    let tints = tints(base);
    for (area, tint) in base.areas.iter().zip(tints) {
        let Some(known) = base.prepared.areas.get(area.number) else { continue };
        let mut path = Path::default();
        area.polygons.iter().flat_map(PlanePolygon::rings).for_each(|ring| path.ring(ring));
        out.push_str(&format!("<a href=\"{}\" tabindex=\"-1\">", escaped(&known.href)));
        path.write(out, &filled(tint));
        out.push_str("</a>");
    }
    out.push_str("<g pointer-events=\"none\">");
    base.write_layers(out);
    base.write_borders(out);
    out.push_str("</g></g>");
}

/// For each area on the map the first tint that no neighbour before it has.
fn tints(base: &Base<'_>) -> Vec<&'static str> {
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for area in &base.areas {
        let beside = base.prepared.coverage.beside(area.number);
        let used: Vec<usize> =
            chosen.iter().filter(|(other, _)| beside.contains(other)).map(|(_, tint)| *tint).collect();
        // Begin with another tint each time, so that all are seen.
        let tint = (0..TINTS.len()).map(|step| (area.number + step) % TINTS.len()).find(|tint| !used.contains(tint));
        chosen.push((area.number, tint.unwrap_or(area.number % TINTS.len())));
    }
    chosen.into_iter().map(|(_, tint)| TINTS.get(tint).copied().unwrap_or("#fff")).collect()
}

fn write_area(out: &mut String, mark: &Mark, placed: &Placed, name: Option<&(Point, String)>) {
    out.push_str(&format!(
        "<a href=\"{}\" aria-label=\"{} {}\">",
        escaped(&mark.href),
        mark.number,
        escaped(&mark.label)
    ));
    let (x, y) = (number(placed.drawn.x), number(placed.drawn.y));
    out.push_str(&format!(
        "<g transform=\"translate({x} {y})\"><circle r=\"12\" fill=\"none\" pointer-events=\"all\"/>"
    ));
    write_form(out, &look(), RADIUS_PX - 1.0);
    write_number(out, &look(), mark.number);
    out.push_str("</g>");
    if let Some((point, name)) = name {
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"11.5\" font-weight=\"400\" fill=\"#222\" paint-order=\"stroke\" \
             stroke=\"#fff\" stroke-width=\"2.6\" stroke-linejoin=\"round\">{}</text>",
            number(point.x),
            number(point.y),
            escaped(name)
        ));
    }
    out.push_str("</a>");
}
