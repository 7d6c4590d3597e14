//! Marks on the sheet.

use super::Caption;
use crate::markdown::escape;

/// Width of every drawing.
pub(super) const WIDTH: f64 = 360.0;
/// Size of all lettering.
pub(super) const FONT: f64 = 15.0;
/// The colour of lettering.
pub(super) const INK: &str = "#1a1a1a";
/// The colour of secondary lettering and axes.
pub(super) const SOFT: &str = "#4d4d4d";
/// The colour of lines behind everything.
pub(super) const FAINT: &str = "#c9c4b8";

/// A drawing in the making.
pub(super) struct Sheet {
    marks: String,
}

/// On which side of its point a text stands.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self { marks: String::new() }
    }

    pub(super) fn raw(&mut self, mark: &str) {
        self.marks.push_str(mark);
    }

    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        let (x, y, width, height) = (number(x), number(y), number(width), number(height));
        self.raw(&format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>"#));
    }

    pub(super) fn rule(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), style: &str) {
        let (x1, y1, x2, y2) = (number(x1), number(y1), number(x2), number(y2));
        self.raw(&format!(r#"<path d="M{x1} {y1}L{x2} {y2}" {style}/>"#));
    }

    /// Text, cut where it would leave the sheet.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, style: &str, text: &str) {
        let room = match anchor {
            Anchor::Start => WIDTH - x,
            Anchor::Middle => 2.0 * x.min(WIDTH - x),
        };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
        };
        let (x, y) = (number(x), number(y));
        let text = escape(&fitted(text, room));
        self.raw(&format!(r#"<text x="{x}" y="{y}"{anchor}{style}>{text}</text>"#));
    }

    /// The finished drawing.
    pub(super) fn finish(self, caption: Caption<'_>, height: f64) -> String {
        let (title, summary) = (escape(caption.title), escape(caption.summary));
        let (id, marks, height, width) = (escape(caption.id), self.marks, number(height), number(WIDTH));
        format!(
            r#"<svg class="chart-svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{id}-t {id}-d" font-family="sans-serif" font-size="{FONT}" fill="{INK}"><title id="{id}-t">{title}</title><desc id="{id}-d">{summary}</desc><g aria-hidden="true">{marks}</g></svg>"#
        )
    }
}

/// A length with at most one decimal.
pub(super) fn number(length: f64) -> String {
    let tenths = (length * 10.0).round() / 10.0;
    // `-0` would be the same place with other bytes.
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    format!("{tenths}")
}

/// How wide a text is: kana and ideographs one em, other characters somewhat more than half.
pub(super) fn width(text: &str) -> f64 {
    let ems: f64 = text.chars().map(|c| if u32::from(c) < 0x2000 { 0.58 } else { 1.0 }).sum();
    ems * FONT
}

/// The text, or its beginning with `…` where it is wider than the room.
pub(super) fn fitted(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out) + FONT > room {
            out.pop();
            break;
        }
    }
    out.push('…');
    out
}

/// A round number not below `value`, for the end of an axis: 1, 2, 2.5 or 5 times a power of ten.
pub(super) fn round_up(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let mut power = 1.0;
    while power * 10.0 < value {
        power *= 10.0;
    }
    while power >= value && power > 1e-6 {
        power /= 10.0;
    }
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|end| *end >= value * 0.999_999).unwrap_or(power * 10.0)
}
