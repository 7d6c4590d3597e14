//! The map of all areas: each a surface that leads to its page, with its number and, where it fits, its name.
//!
//! Few areas have numbers in rings, which are links for the keyboard too. Many have plain numbers where they
//! fit; the list beside the map has all.

use super::base::{AreaOnMap, Base, filled};
use super::frame::{Frame, View};
use super::furniture::Furniture;
use super::label::centred_frame;
use super::mark::{write_form, write_number};
use super::place::{Effort, Ground, Merging, place, write_leaders};
use super::prepared::PreparedArea;
use super::sheet::Panel;
use super::svg::{Path, escaped, number, text_width};
use super::{Drawing, Facts, MapWords, Mark, Prepared, grid, headed, words};
use crate::geo::{Detail, LabelPoint, PlanePolygon, Point, Rect, label_point, signed_area};
use crate::vocabulary::{Colour, Marker, Shape};

/// Pale enough for black letters; neighbours differ. They mean nothing.
const TINTS: [&str; 5] = ["#fcefd0", "#dcebd2", "#f7ded7", "#e4ddf0", "#f6f2c2"];
const NAME_FONT_PX: f64 = 11.5;
/// More areas than this have plain numbers.
const RINGS_MAX: usize = 24;
/// Font sizes of plain numbers, the largest that fits.
const NUMBER_FONTS_PX: [f64; 3] = [12.0, 10.0, 8.5];

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
    let fine = view.detail();
    let coarse = Detail { corner_m2: fine.corner_m2 * 4.0, ..fine };
    let base = Base::with_detail(prepared, &view, None, coarse);
    let spots: Vec<Spot<'_>> = base.areas.iter().filter_map(|area| Spot::new(prepared, area)).collect();

    let facts = Facts { shown: spots.len(), ..Facts::default() };
    let title = words::filled(&overview.words.overview_title, "name", overview.name);
    let description = words::filled(&overview.words.areas, "count", &facts.shown.to_string());
    let mut out = headed(overview.id_prefix, &title, &description);
    write_grounds(&mut out, &base);
    let truths: Vec<Point> = spots.iter().map(|spot| spot.best.point).collect();
    let furniture = Furniture::choose(&view, &truths, &[]);
    furniture.write(&mut out, &view, overview.words);
    if spots.len() <= RINGS_MAX {
        let taken = furniture.boxes();
        let effort = Effort::of(spots.len());
        let ground =
            Ground { view: &view, effort: &effort, taken: &taken, shy: &[], focus: &[], merging: Merging::Never };
        write_rings(&mut out, &spots, &ground);
    } else {
        write_plain_numbers(&mut out, &spots, &view, &furniture);
    }
    grid::write_edge(&mut out, &view);
    let panel = Panel { view, title: String::new(), id: overview.id_prefix.to_owned(), content: out };
    Some(Drawing { svg: panel.element(), facts, ..Drawing::default() })
}

/// An area with the roomiest point of its largest part.
struct Spot<'a> {
    area: &'a PreparedArea,
    polygon: &'a PlanePolygon,
    best: LabelPoint,
}

impl<'a> Spot<'a> {
    fn new(prepared: &'a Prepared, area: &'a AreaOnMap) -> Option<Self> {
        let surface = |polygon: &PlanePolygon| signed_area(&polygon.exterior).abs();
        let polygon = area.polygons.iter().max_by(|a, b| surface(a).total_cmp(&surface(b)))?;
        Some(Self { area: prepared.areas.get(area.number)?, polygon, best: label_point(polygon, 1.0)? })
    }
}

/// Areas as surfaces that lead to their pages.
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

/// For each area on the map a tint that no neighbour before it has.
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

fn look() -> Marker {
    Marker { shape: Shape::Circle, outlined: true, colour: Colour::INK }
}

fn write_rings(out: &mut String, spots: &[Spot<'_>], ground: &Ground<'_>) {
    let place_of = |spot: &Spot<'_>| ground.view.position(spot.best.point);
    let marks: Vec<Mark> = spots
        .iter()
        .map(|spot| Mark {
            number: spot.area.number,
            position: place_of(spot),
            look: look(),
            label: spot.area.name.clone(),
            href: spot.area.href.clone(),
            category: String::new(),
        })
        .collect();
    let standing: Vec<(usize, Point)> = spots.iter().map(|spot| spot.best.point).enumerate().collect();
    let setting = place(&standing, &marks, ground);
    let mut placed: Vec<Option<Point>> = vec![None; spots.len()];
    for group in &setting.groups {
        let cells = group.at.map(|at| group.cells(at)).unwrap_or_default();
        for (member, cell) in group.members.iter().zip(cells) {
            if let Some(slot) = placed.get_mut(member.mark) {
                *slot = Some(cell);
            }
        }
    }
    let names = names(spots, &placed, ground);
    let sizes = ground.view.sizes;
    write_leaders(out, &setting, ground.view);
    out.push_str("<g text-anchor=\"middle\" font-weight=\"700\">");
    for ((mark, placed), name) in marks.iter().zip(&placed).zip(&names) {
        let Some(placed) = placed else { continue };
        let (href, label) = (escaped(&mark.href), escaped(&mark.label));
        let (x, y) = (number(placed.x), number(placed.y));
        out.push_str(&format!(
            "<a href=\"{href}\" aria-label=\"{} {label}\"><g transform=\"translate({x} {y})\">\
             <circle r=\"12\" fill=\"none\" pointer-events=\"all\"/>",
            mark.number
        ));
        write_form(out, &look(), sizes.radius - 1.0);
        write_number(out, &look(), mark.number, sizes.number_font);
        out.push_str("</g>");
        if let Some(point) = name {
            out.push_str(&format!(
                // the space keeps number and name two words, as in the label
                " <text x=\"{}\" y=\"{}\" font-size=\"11.5\" fill=\"#222\" paint-order=\"stroke\" stroke=\"#fff\" \
                 stroke-width=\"2.6\" stroke-linejoin=\"round\">{label}</text>",
                number(point.x),
                number(point.y)
            ));
        }
        out.push_str("</a>");
    }
    out.push_str("</g>");
}

/// For each area the place of its name beneath or above its number: first those that fit into their area, then
/// those that at least cover nothing.
fn names(spots: &[Spot<'_>], placed: &[Option<Point>], ground: &Ground<'_>) -> Vec<Option<Point>> {
    let radius = ground.view.sizes.radius;
    let mut taken: Vec<Rect> = placed.iter().flatten().map(|at| around(*at, radius + 1.5)).collect();
    taken.extend(ground.taken);
    let inside = ground.view.map.grown(-2.0);
    let mut names: Vec<Option<Point>> = vec![None; spots.len()];
    for must_lie_within in [true, false] {
        for (at, spot) in spots.iter().enumerate() {
            let Some(placed) = placed.get(at).copied().flatten() else { continue };
            let width = text_width(&spot.area.name, NAME_FONT_PX);
            let Point { x, y } = placed;
            let side = radius + 3.0 + width / 2.0;
            let candidates = [
                (x, y + radius + NAME_FONT_PX),
                (x, y - radius - 4.0),
                (x + side, y + NAME_FONT_PX * 0.36),
                (x - side, y + NAME_FONT_PX * 0.36),
            ];
            let found = candidates.into_iter().find_map(|(x, y)| {
                let frame = centred_frame(Point { x, y }, &spot.area.name, NAME_FONT_PX);
                let free = inside.encloses(&frame)
                    && taken.iter().all(|other| !other.overlaps(&frame))
                    && (!must_lie_within || lies_within(&frame, spot.polygon));
                free.then_some((Point { x, y }, frame))
            });
            let Some(slot) = names.get_mut(at).filter(|slot| slot.is_none()) else { continue };
            if let Some((point, frame)) = found {
                taken.push(frame);
                *slot = Some(point);
            }
        }
    }
    names
}

fn around(point: Point, reach: f64) -> Rect {
    Rect { left: point.x, top: point.y, right: point.x, bottom: point.y }.grown(reach)
}

fn lies_within(frame: &Rect, polygon: &PlanePolygon) -> bool {
    let corner = |x, y| polygon.contains(Point { x, y });
    corner(frame.left, frame.top)
        && corner(frame.right, frame.top)
        && corner(frame.left, frame.bottom)
        && corner(frame.right, frame.bottom)
}

/// Numbers of the roomiest areas first; the rest where there is room left.
fn write_plain_numbers(out: &mut String, spots: &[Spot<'_>], view: &View, furniture: &Furniture) {
    let mut order: Vec<&Spot<'_>> = spots.iter().collect();
    order.sort_by(|a, b| b.best.radius.total_cmp(&a.best.radius).then(a.area.number.cmp(&b.area.number)));
    let mut taken: Vec<Rect> = furniture.boxes().to_vec();
    let inside = view.map.grown(-1.0);
    out.push_str(
        "<g aria-hidden=\"true\" pointer-events=\"none\" text-anchor=\"middle\" font-weight=\"700\" fill=\"#222\" \
         paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"2\" stroke-linejoin=\"round\">",
    );
    for spot in order {
        let digits = spot.area.number.to_string();
        let found = NUMBER_FONTS_PX.into_iter().find_map(|font| {
            let point = Point { x: spot.best.point.x, y: spot.best.point.y + font * 0.36 };
            let frame = centred_frame(point, &digits, font);
            let is_roomy = spot.best.radius * 2.4 >= font || font <= NUMBER_FONTS_PX[NUMBER_FONTS_PX.len() - 1];
            let free = is_roomy && inside.encloses(&frame) && taken.iter().all(|other| !other.overlaps(&frame));
            free.then_some((point, font, frame))
        });
        if let Some((point, font, frame)) = found {
            taken.push(frame);
            let (x, y, font) = (number(point.x), number(point.y), number(font));
            out.push_str(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{font}\">{digits}</text>"));
        }
    }
    out.push_str("</g>");
}
