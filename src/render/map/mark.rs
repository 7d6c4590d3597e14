//! How marks look: forms that differ in grey and when small, with a number inside.

use super::frame::Medium;
use super::grid::Cell;
use super::place::{BOX_FONT_SHARE, BOX_LINE_SHARE, Form, Setting, Token, lines};
use super::svg::{escaped, number};
use super::{Mark, Scene, words};
use crate::geo::Point;
use crate::vocabulary::{Marker, Shape};

/// Width of the white ring around a form.
const RING_PX: f64 = 1.2;
/// Forms without numbers have thinner edges.
const SMALL_PX: f64 = 8.0;
/// Radius of the smallest target that fingers find.
const HIT_PX_MIN: f64 = 12.0;
/// A target is not larger than this.
const HIT_PX_MAX: f64 = 24.0;

/// Every mark that is on the map, in the order of the list.
pub(super) fn write_all(out: &mut String, scene: &Scene<'_>, setting: &Setting, cells: &[Option<Cell>]) {
    let pieces = pieces(setting);
    out.push_str("<g class=\"marks\" font-weight=\"700\" text-anchor=\"middle\">");
    for piece in &pieces {
        let Some(mark) = scene.marks.get(piece.first) else { continue };
        let Some(cell) = cells.get(piece.first).copied().flatten() else { continue };
        let (tag, end) = tags(scene, piece, &format!("{} {cell}", mark.label));
        out.push_str(&tag);
        if scene.frame.medium == Medium::Screen {
            let room = number(room(piece, &pieces).clamp(HIT_PX_MIN, HIT_PX_MAX));
            out.push_str(&format!("<circle r=\"{room}\" fill=\"none\" pointer-events=\"all\"/>"));
        }
        let sizes = scene.frame.sizes();
        match piece.tokens {
            Some(tokens) => write_box(out, piece.half, tokens, sizes.number_font * BOX_FONT_SHARE),
            None => {
                write_form(out, &mark.look, sizes.radius);
                write_number(out, &mark.look, mark.number, sizes.number_font);
            }
        }
        out.push_str(end);
    }
    out.push_str("</g>");
}

/// One mark or one box where it stands.
struct Piece<'a> {
    first: usize,
    /// All marks for which it stands.
    marks: Vec<usize>,
    at: Point,
    half: Point,
    /// What is written in a box.
    tokens: Option<&'a [Token]>,
}

fn pieces(setting: &Setting) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for group in &setting.groups {
        let Some(at) = group.at else { continue };
        let marks: Vec<usize> = group.members.iter().map(|member| member.mark).collect();
        let Some(&first) = marks.first() else { continue };
        if let Form::Box { tokens } = &group.form {
            pieces.push(Piece { first, marks, at, half: group.half, tokens: Some(tokens) });
        } else {
            let cells = marks.iter().zip(group.cells(at));
            let half = Point { x: 0.0, y: 0.0 };
            pieces.extend(cells.map(|(&mark, at)| Piece { first: mark, marks: vec![mark], at, half, tokens: None }));
        }
    }
    pieces.sort_by_key(|piece| piece.first);
    pieces
}

/// Half the way to the nearest other piece.
fn room(piece: &Piece<'_>, pieces: &[Piece<'_>]) -> f64 {
    let others = pieces.iter().filter(|other| other.first != piece.first);
    let distance = |other: &Piece<'_>| {
        let dx = ((other.at.x - piece.at.x).abs() - other.half.x - piece.half.x).max(0.0);
        let dy = ((other.at.y - piece.at.y).abs() - other.half.y - piece.half.y).max(0.0);
        libm::hypot(dx, dy) / 2.0
    };
    others.map(distance).fold(f64::INFINITY, f64::min)
}

/// A link on the screen, a named group on paper.
fn tags(scene: &Scene<'_>, piece: &Piece<'_>, label: &str) -> (String, &'static str) {
    let marks: Vec<&Mark> = piece.marks.iter().filter_map(|&at| scene.marks.get(at)).collect();
    let numbers: Vec<String> = marks.iter().map(|mark| mark.number.to_string()).collect();
    let mut categories: Vec<&str> = marks.iter().map(|mark| mark.category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    let label = match (numbers.split_first(), piece.tokens) {
        (Some((first, rest)), Some(tokens)) if !rest.is_empty() => {
            let others = words::filled(&scene.words.merged, "count", &rest.len().to_string());
            let others = words::filled(&others, "numbers", &rest.join(&scene.words.comma));
            // The name begins with what is seen, so that who speaks to the machine can call it (WCAG 2.5.3).
            let seen = written(tokens, " ");
            format!("{seen} {}{others}", label.strip_prefix(first.as_str()).unwrap_or(label).trim_start())
        }
        _ => label.to_owned(),
    };
    let attributes = format!(
        "id=\"{}-{}\" aria-label=\"{}\" data-n=\"{}\" data-category=\"{}\" transform=\"translate({} {})\"",
        escaped(scene.id_prefix),
        numbers.first().map_or("", String::as_str),
        escaped(&label),
        numbers.join(" "),
        escaped(&categories.join(" ")),
        number(piece.at.x),
        number(piece.at.y)
    );
    match scene.frame.medium {
        Medium::Screen => {
            let href = marks.first().map(|mark| escaped(&mark.href)).unwrap_or_default();
            (format!("<a {attributes} href=\"{href}\">"), "</a>")
        }
        Medium::Paper => (format!("<g {attributes} role=\"img\">"), "</g>"),
    }
}

/// Numbers of a box with something between them.
fn written(tokens: &[Token], between: &str) -> String {
    tokens.iter().map(Token::to_string).collect::<Vec<_>>().join(between)
}

/// Numbers in a frame, line by line.
fn write_box(out: &mut String, half: Point, tokens: &[Token], font: f64) {
    let (line, gap) = (font * BOX_LINE_SHARE, "\u{a0}\u{a0}");
    let [x, y, width, height] = [half.x, half.y, half.x * 2.0, half.y * 2.0].map(|length| number(length - 0.6));
    out.push_str(&format!(
        "<rect x=\"-{x}\" y=\"-{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"#fff\" \
         stroke=\"#222\" stroke-width=\"1.2\"/><g font-size=\"{}\" fill=\"#222\">",
        number(font)
    ));
    let top = -(lines(tokens, font).count() as f64 - 1.0) / 2.0 * line;
    for (at, words) in lines(tokens, font).enumerate() {
        let y = number(top + at as f64 * line + font * 0.36);
        // The space parts the lines for those who hear them.
        out.push_str(&format!("<text y=\"{y}\">{}</text> ", written(words, gap)));
    }
    out.push_str("</g>");
}

/// The corners of a form around its middle, in radii; none for a circle.
pub(super) fn corners(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Circle => &[],
        Shape::Square => &[(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)],
        Shape::Pill => &[(-1.18, -0.8), (1.18, -0.8), (1.18, 0.8), (-1.18, 0.8)],
        Shape::Diamond => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
        Shape::House => &[(0.0, -1.2), (1.0, -0.35), (1.0, 0.9), (-1.0, 0.9), (-1.0, -0.35)],
        Shape::Shield => &[(-0.95, -0.9), (0.95, -0.9), (0.95, 0.4), (0.0, 1.15), (-0.95, 0.4)],
        Shape::Tag => &[(-1.0, -0.88), (0.45, -0.88), (1.2, 0.0), (0.45, 0.88), (-1.0, 0.88)],
        Shape::Slant => &[(-0.75, -0.85), (1.2, -0.85), (0.75, 0.85), (-1.2, 0.85)],
    }
}

/// How far a form reaches from its middle, its white ring included.
pub(super) fn extent(shape: Shape, radius: f64) -> f64 {
    let reach = corners(shape).iter().map(|(x, y)| x.abs().max(y.abs())).fold(0.0, f64::max);
    (if reach > 0.0 { reach } else { 1.0 }) * (radius + RING_PX / 2.0)
}

/// The form around the origin, with the white ring that parts it from the ground.
pub(super) fn write_form(out: &mut String, look: &Marker, radius: f64) {
    let colour = look.colour.to_string();
    if look.outlined {
        let inner = radius - 1.0;
        let width = if radius > SMALL_PX { 2.0 } else { 1.4 };
        write_shape(out, look.shape, inner, &format!("stroke=\"#fff\" stroke-width=\"{}\"", number(width + 2.4)));
        let edge = format!("fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"{}\"", number(width));
        write_shape(out, look.shape, inner, &edge);
    } else {
        write_shape(out, look.shape, radius, &format!("fill=\"{colour}\" stroke=\"#fff\" stroke-width=\"1.2\""));
    }
}

fn write_shape(out: &mut String, shape: Shape, radius: f64, attributes: &str) {
    let r = |share: f64| number(radius * share);
    let element = match shape {
        Shape::Circle => format!("<circle r=\"{}\" ", r(1.0)),
        Shape::Square => rounded(&r, (0.92, 0.92), 0.16),
        Shape::Pill => rounded(&r, (1.18, 0.8), 0.8),
        Shape::Diamond => format!("<path d=\"M0-{d}l{d} {d}-{d} {d}-{d}-{d}z\" stroke-linejoin=\"round\" ", d = r(1.2)),
        Shape::House => format!(
            "<path d=\"M0-{roof}l{half} {eaves}v{wall}h-{whole}v-{wall}z\" stroke-linejoin=\"round\" ",
            roof = r(1.2),
            half = r(1.0),
            eaves = r(0.85),
            wall = r(1.25),
            whole = r(2.0)
        ),
        Shape::Shield => format!(
            "<path d=\"M-{half}-{top}h{whole}v{side}l-{half} {point}-{half}-{point}z\" stroke-linejoin=\"round\" ",
            half = r(0.95),
            top = r(0.9),
            whole = r(1.9),
            side = r(1.3),
            point = r(0.75)
        ),
        Shape::Tag => format!(
            "<path d=\"M-{left}-{half}h{side}l{point} {half}-{point} {half}h-{side}z\" stroke-linejoin=\"round\" ",
            left = r(1.0),
            half = r(0.88),
            side = r(1.45),
            point = r(0.75)
        ),
        Shape::Slant => format!(
            "<path d=\"M-{left}-{half}h{side}l-{lean} {whole}h-{side}z\" stroke-linejoin=\"round\" ",
            left = r(0.75),
            half = r(0.85),
            side = r(1.95),
            lean = r(0.45),
            whole = r(1.7)
        ),
    };
    out.push_str(&element);
    out.push_str(attributes);
    out.push_str("/>");
}

fn rounded(r: &impl Fn(f64) -> String, (half_width, half_height): (f64, f64), corner: f64) -> String {
    format!(
        "<rect x=\"-{}\" y=\"-{}\" width=\"{}\" height=\"{}\" rx=\"{}\" ",
        r(half_width),
        r(half_height),
        r(half_width * 2.0),
        r(half_height * 2.0),
        r(corner)
    )
}

/// The number in the middle of a form.
pub(super) fn write_number(out: &mut String, look: &Marker, value: u32, font_px: f64) {
    let digits = value.to_string();
    let fit: f64 = if digits.len() > 2 { font_px * 0.76 } else { font_px };
    let (font, shift_x, shift_y): (f64, f64, f64) = match look.shape {
        Shape::Diamond => (fit * 0.9, 0.0, 0.0),
        Shape::House => (fit, 0.0, 2.0),
        Shape::Shield => (fit, 0.0, -1.6),
        Shape::Tag => (fit * 0.96, -1.6, 0.0),
        Shape::Circle | Shape::Square | Shape::Pill | Shape::Slant => (fit, 0.0, 0.0),
    };
    let fill = if look.outlined { look.colour.to_string() } else { "#fff".to_owned() };
    out.push_str("<text ");
    if shift_x != 0.0 {
        out.push_str(&format!("x=\"{}\" ", number(shift_x)));
    }
    out.push_str(&format!(
        "y=\"{}\" font-size=\"{}\" fill=\"{fill}\">{digits}</text>",
        number(shift_y + font * 0.36),
        number(font)
    ));
}

/// The frame that several numbers share, as a small picture of its own, for legends.
#[must_use]
pub fn merged_symbol_svg() -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mark\" viewBox=\"-12 -12 24 24\" width=\"20\" height=\"20\" \
     aria-hidden=\"true\" focusable=\"false\"><rect x=\"-11\" y=\"-8\" width=\"22\" height=\"16\" rx=\"4\" \
     fill=\"#fff\" stroke=\"#222\" stroke-width=\"1.4\"/><path d=\"M-7 0h5M2 0h5\" stroke=\"#222\" \
     stroke-width=\"3\"/></svg>"
        .to_owned()
}

/// A mark without number as a small picture of its own, for legends and lists in HTML.
#[must_use]
pub fn legend_symbol_svg(look: &Marker) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mark\" viewBox=\"-12 -12 24 24\" width=\"20\" height=\"20\" \
         aria-hidden=\"true\" focusable=\"false\">",
    );
    write_form(&mut out, look, 8.6);
    out.push_str("</svg>");
    out
}
