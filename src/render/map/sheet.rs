//! Panels as elements: one by one for a page, or all on one sheet with legend and attribution, for paper and files.
//!
//! In: the windows with what is drawn in them. Out: `<svg>` elements. Decides nothing about the ground.

use super::frame::{Medium, View};
use super::mark::write_form;
use super::svg::{escaped, number, text_width};
use crate::geo::Point;
use crate::vocabulary::Marker;

/// What stands below the map on a sheet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Foot<'a> {
    /// The kinds of marks, with their names.
    pub legend: &'a [(&'a Marker, &'a str)],
    /// Sources of the map's data; may be empty.
    pub attribution: &'a str,
}

/// One drawn window.
pub(super) struct Panel {
    pub(super) view: View,
    /// What is written above it; empty for the map itself.
    pub(super) title: String,
    /// Begins its `id`s.
    pub(super) id: String,
    /// `<title>`, `<desc>` and the drawing.
    pub(super) content: String,
}

/// Millimetres of a pixel on paper.
const MM_PER_PX: f64 = 0.25;
/// Room between what stands on a sheet.
const GAP_PX: f64 = 12.0;
const TITLE_PX: f64 = 15.0;
const LEGEND_PX: f64 = 13.0;
/// Between the parts of the credit.
pub const CREDIT_JOIN: &str = " / ";
const ATTRIBUTION_PX: f64 = 12.0;

impl Panel {
    /// As an element of its own.
    pub(super) fn element(&self) -> String {
        self.wrapped(&format!("xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" {}", size(&self.view)))
    }

    fn nested(&self, at: Point) -> String {
        let View { width, height, .. } = self.view;
        let [x, y, width, height] = [at.x, at.y, width, height].map(number);
        self.wrapped(&format!("class=\"map\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""))
    }

    fn wrapped(&self, attributes: &str) -> String {
        let view = &self.view;
        let [lon, lat, east, south] = view.affine();
        let ground = [view.map.left, view.map.top, view.map.width(), view.map.height()].map(number).join(" ");
        let id = escaped(&self.id);
        format!(
            "<svg {attributes} viewBox=\"0 0 {} {}\" role=\"group\" aria-labelledby=\"{id}-t {id}-d\" \
             data-proj=\"{lon:.6} {lat:.6} {east:.1} {south:.1}\" data-ground=\"{ground}\" \
             font-family=\"sans-serif\">{}</svg>",
            number(view.width),
            number(view.height),
            self.content
        )
    }
}

fn size(view: &View) -> String {
    let [wide, high] = lengths(view.medium, view.width, view.height);
    format!("width=\"{wide}\" height=\"{high}\"")
}

fn lengths(medium: Medium, width: f64, height: f64) -> [String; 2] {
    match medium {
        Medium::Screen => [number(width), number(height)],
        Medium::Paper => [width, height].map(|length| format!("{}mm", number(length * MM_PER_PX))),
    }
}

/// All panels below each other in one element, with legend and attribution.
pub(super) fn sheet(panels: &[Panel], foot: &Foot<'_>) -> String {
    let Some(first) = panels.first() else { return String::new() };
    let width = first.view.width;
    let mut content = String::new();
    let mut y = 0.0;
    for panel in panels {
        if !panel.title.is_empty() {
            y += GAP_PX + TITLE_PX;
            text(&mut content, Point { x: 0.0, y: y - 3.0 }, TITLE_PX, &panel.title);
        }
        content.push_str(&panel.nested(Point { x: (width - panel.view.width) / 2.0, y }));
        y += panel.view.height;
    }
    y = write_legend(&mut content, foot.legend, (width, y));
    for (at, line) in credit_lines(foot.attribution, width).iter().enumerate() {
        y += ATTRIBUTION_PX + if at == 0 { GAP_PX / 2.0 } else { 3.0 };
        text(&mut content, Point { x: 0.0, y: y - 2.0 }, ATTRIBUTION_PX, line);
    }
    let [wide, high] = lengths(first.view.medium, width, y);
    let id = escaped(&first.id);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sheet\" viewBox=\"0 0 {} {}\" width=\"{wide}\" \
         height=\"{high}\" role=\"group\" aria-labelledby=\"{id}-t\" font-family=\"sans-serif\">{content}</svg>",
        number(width),
        number(y)
    )
}

/// Marks with their names, row by row; returns where they end.
fn write_legend(out: &mut String, legend: &[(&Marker, &str)], (width, top): (f64, f64)) -> f64 {
    let row = LEGEND_PX * 1.7;
    let mut at = Point { x: 0.0, y: top + GAP_PX + row / 2.0 };
    for (look, label) in legend {
        let needed = row + text_width(label, LEGEND_PX) + GAP_PX;
        if at.x > 0.0 && at.x + needed > width {
            at = Point { x: 0.0, y: at.y + row };
        }
        let (x, y) = (number(at.x + row / 2.0), number(at.y));
        out.push_str(&format!("<g transform=\"translate({x} {y})\" aria-hidden=\"true\">"));
        write_form(out, look, LEGEND_PX * 0.6);
        out.push_str("</g>");
        text(out, Point { x: at.x + row + 2.0, y: at.y + LEGEND_PX * 0.36 }, LEGEND_PX, label);
        at.x += needed;
    }
    if legend.is_empty() { top } else { at.y + row / 2.0 }
}

/// The credit in as few lines as the width asks for; its parts stay whole.
fn credit_lines(attribution: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in attribution.split(CREDIT_JOIN).filter(|part| !part.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line}{CREDIT_JOIN}{part}"), ATTRIBUTION_PX) <= width => {
                line.extend([CREDIT_JOIN, part]);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

fn text(out: &mut String, at: Point, font_px: f64, text: &str) {
    let [x, y, font] = [at.x, at.y, font_px].map(number);
    out.push_str(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{font}\" fill=\"#222\">{}</text>", escaped(text)));
}
