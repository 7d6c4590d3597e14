//! Characters of SVG: escaping, short numbers, paths of relative commands on a grid of tenths of a pixel.

use std::borrow::Cow;

use crate::geo::Point;

/// Text for element content and attributes.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A length in tenths of a pixel.
pub(super) fn tenths(length_px: f64) -> i32 {
    (length_px * 10.0).round() as i32
}

/// A length with at most one decimal, without needless zeros.
pub(super) fn number(length_px: f64) -> String {
    let mut out = String::new();
    push_tenths(&mut out, tenths(length_px));
    out
}

fn push_tenths(out: &mut String, value: i32) {
    if value < 0 {
        out.push('-');
    }
    let (whole, part) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
    if whole > 0 || part == 0 {
        push_digits(out, whole);
    }
    if part > 0 {
        out.push('.');
        push_digits(out, part);
    }
}

/// Paths are mostly digits; the general formatting machinery would cost half of the drawing.
fn push_digits(out: &mut String, value: u32) {
    if value >= 10 {
        push_digits(out, value / 10);
    }
    out.push(char::from_digit(value % 10, 10).unwrap_or('0'));
}

/// The `d` of a path.
#[derive(Clone, Default, Debug)]
pub(super) struct Path {
    data: String,
}

impl Path {
    /// A line; nothing where it has no length on the grid.
    pub(super) fn line(&mut self, points: &[Point]) {
        let before = self.data.len();
        if self.trace(points) < 2 {
            self.data.truncate(before);
        }
    }

    /// A ring; nothing where it has no surface on the grid.
    pub(super) fn ring(&mut self, points: &[Point]) {
        let before = self.data.len();
        if self.trace(points) < 3 {
            self.data.truncate(before);
        } else {
            self.data.push('z');
        }
    }

    /// Writes points and says how many differ from their predecessors.
    fn trace(&mut self, points: &[Point]) -> usize {
        let mut last: Option<(i32, i32)> = None;
        let mut count = 0;
        for point in points {
            let here = (tenths(point.x), tenths(point.y));
            let Some((x, y)) = last else {
                self.data.push('M');
                push_tenths(&mut self.data, here.0);
                self.separated(here.1);
                last = Some(here);
                count = 1;
                continue;
            };
            let (dx, dy) = (here.0.saturating_sub(x), here.1.saturating_sub(y));
            if (dx, dy) == (0, 0) {
                continue;
            }
            count += 1;
            if count == 2 {
                self.data.push('l');
                push_tenths(&mut self.data, dx);
            } else {
                self.separated(dx);
            }
            self.separated(dy);
            last = Some(here);
        }
        count
    }

    fn separated(&mut self, value: i32) {
        if value >= 0 {
            self.data.push(' ');
        }
        push_tenths(&mut self.data, value);
    }

    /// True when nothing was drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Writes a `<path>` with these attributes, unless it is empty.
    pub(super) fn write(&self, out: &mut String, attributes: &str) {
        if !self.is_empty() {
            out.push_str("<path d=\"");
            out.push_str(&self.data);
            out.push_str("\" ");
            out.push_str(attributes);
            out.push_str("/>");
        }
    }
}

/// How much wider than usual text is taken to be, because the reader's font is another.
const OTHER_FONT: f64 = 1.05;
/// Characters that are no ideographs and no kana, in ems.
const NARROW_EM: f64 = 0.56;

/// How wide a digit is at a font size; a sign and a dash are taken to be as wide.
pub(super) fn digit_width(font_px: f64) -> f64 {
    NARROW_EM * font_px * OTHER_FONT
}

/// How wide a text is at a font size: ideographs and kana one em, other characters a little over half.
pub(super) fn text_width(text: &str, font_px: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| if (c as u32) < 0x2000 || ('\u{FF61}'..='\u{FF9F}').contains(&c) { NARROW_EM } else { 1.0 })
        .sum();
    ems * font_px * OTHER_FONT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, text) in [(0.0, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (12.0, "12"), (3.16, "3.2")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_path_is_relative_and_does_not_drift() {
        let mut path = Path::default();
        let points: Vec<Point> = (0..4).map(|at| Point { x: f64::from(at) * 0.33, y: 2.0 }).collect();
        path.line(&points);
        path.ring(&points);
        assert_eq!(path.data, "M0 2l.3 0 .4 0 .3 0M0 2l.3 0 .4 0 .3 0z");
    }

    #[test]
    fn what_is_smaller_than_the_grid_is_not_drawn() {
        let mut path = Path::default();
        path.line(&[Point { x: 1.0, y: 1.0 }, Point { x: 1.01, y: 1.01 }]);
        path.ring(&[Point { x: 1.0, y: 1.0 }, Point { x: 1.01, y: 1.01 }, Point { x: 9.0, y: 1.0 }]);
        assert!(path.is_empty());
    }
}
