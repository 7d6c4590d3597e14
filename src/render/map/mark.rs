//! How marks look: forms that differ in grey and when small, with a number inside.

use super::Scene;
use super::grid::Cell;
use super::place::{Form, Placed};
use super::svg::{escaped, number};
use crate::vocabulary::{Marker, Shape};

/// Radius of a mark without number, one of too many.
pub(super) const DOT_PX: f64 = 4.5;
/// Radius of the smallest target that fingers find.
const HIT_PX_MIN: f64 = 12.0;
/// A target is not larger than this.
const HIT_PX_MAX: f64 = 24.0;

/// Every mark that is on the map, in the order of the list.
pub(super) fn write_all(out: &mut String, scene: &Scene<'_>, placed: &[Option<Placed>], cells: &[Option<Cell>]) {
    let (sizes, prefix) = (scene.frame.sizes(), escaped(scene.id_prefix));
    out.push_str("<g class=\"marks\" font-weight=\"700\" text-anchor=\"middle\">");
    for ((mark, placed), cell) in scene.marks.iter().zip(placed).zip(cells) {
        let (Some(placed), Some(cell)) = (placed, cell) else { continue };
        let shift = format!("transform=\"translate({} {})\"", number(placed.drawn.x), number(placed.drawn.y));
        let category = escaped(&mark.category);
        match placed.form {
            Form::Numbered { room_px } => {
                let (href, label) = (escaped(&mark.href), escaped(&mark.label));
                out.push_str(&format!(
                    "<a id=\"{prefix}-{n}\" href=\"{href}\" aria-label=\"{label} {cell}\" data-n=\"{n}\" \
                     data-category=\"{category}\" {shift}><circle r=\"{}\" fill=\"none\" pointer-events=\"all\"/>",
                    number(room_px.clamp(HIT_PX_MIN, HIT_PX_MAX)),
                    n = mark.number,
                ));
                write_form(out, &mark.look, sizes.radius);
                write_number(out, &mark.look, mark.number, sizes.number_font);
                out.push_str("</a>");
            }
            Form::Dot => {
                out.push_str(&format!("<g aria-hidden=\"true\" data-category=\"{category}\" {shift}>"));
                write_form(out, &mark.look, DOT_PX);
                out.push_str("</g>");
            }
        }
    }
    out.push_str("</g>");
}

/// The form around the origin, with the white ring that parts it from the ground.
pub(super) fn write_form(out: &mut String, look: &Marker, radius: f64) {
    let colour = look.colour.to_string();
    if look.outlined {
        let inner = radius - 1.0;
        let width = if radius > DOT_PX { 2.0 } else { 1.4 };
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
        Shape::Diamond => format!("<path d=\"M0-{d}l{d} {d}-{d} {d}-{d}-{d}z\" stroke-linejoin=\"round\" ", d = r(1.3)),
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
        Shape::Circle | Shape::Square | Shape::Pill => (fit, 0.0, 0.0),
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
