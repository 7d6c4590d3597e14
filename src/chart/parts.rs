//! Parts of a whole, side by side.

use super::Caption;
use super::colour::{is_dark, of_part, of_scale};
use super::pen::{Anchor, FONT, SOFT, Sheet, WIDTH, number, width};

/// One whole: a year, or an area.
#[derive(Clone, Debug)]
pub struct PartRow {
    /// Its words, above it.
    pub label: String,
    /// Its parts in the order of the legend.
    pub parts: Vec<Part>,
}

/// A part.
#[derive(Clone, Debug)]
pub struct Part {
    /// In per cent of the whole; none where it is hidden.
    pub share: Option<f64>,
    /// Its words, written where they fit.
    pub shown: String,
}

/// What is drawn of rows.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The rows from the top.
    pub rows: &'a [PartRow],
    /// Words on the end of a row where numbers are hidden.
    pub hidden: &'a str,
}

const LABEL: f64 = 22.0;
const THICK: f64 = 30.0;
const BETWEEN: f64 = 12.0;

/// Rows as long as the sheet is wide. What is hidden stands at the end, as one part.
#[must_use]
pub fn stacked(caption: Caption<'_>, parts: Parts<'_>) -> String {
    let mut sheet = Sheet::new();
    let of = parts.rows.iter().map(|row| row.parts.len()).max().unwrap_or(0);
    let mut y = 2.0;
    for row in parts.rows {
        sheet.text((0.0, y + FONT), Anchor::Start, "", &row.label);
        y += LABEL;
        let mut x = 0.0;
        for (at, part) in row.parts.iter().enumerate() {
            let length = WIDTH * part.share.unwrap_or(0.0).clamp(0.0, 100.0) / 100.0;
            segment(&mut sheet, (x, y, length), of_part(at, of), &part.shown);
            x += length;
        }
        if row.parts.iter().any(|part| part.share.is_none()) {
            rest(&mut sheet, (x, y, WIDTH - x), parts.hidden);
        } else {
            edge(&mut sheet, (0.0, y, x));
        }
        y += THICK + BETWEEN;
    }
    sheet.finish(caption, y)
}

/// Rows to both sides of a middle: the first half of the answers to the left of it, the others to the right, a middle
/// answer half and half.
#[must_use]
pub fn diverging(caption: Caption<'_>, parts: Parts<'_>) -> String {
    let mut sheet = Sheet::new();
    let of = parts.rows.iter().map(|row| row.parts.len()).max().unwrap_or(0);
    let share = |part: &Part| part.share.unwrap_or(0.0).clamp(0.0, 100.0);
    let left = |row: &PartRow| {
        let before: f64 = row.parts.iter().take(of / 2).map(share).sum();
        let middle = if of % 2 == 1 { row.parts.get(of / 2).map_or(0.0, share) / 2.0 } else { 0.0 };
        before + middle
    };
    let hidden = |row: &PartRow| row.parts.iter().any(|part| part.share.is_none());
    let all = |row: &PartRow| if hidden(row) { 100.0 } else { row.parts.iter().map(share).sum::<f64>() };
    let most_left = parts.rows.iter().map(left).fold(0.0, f64::max);
    let most_right = parts.rows.iter().map(|row| all(row) - left(row)).fold(0.0, f64::max);
    let unit = WIDTH / (most_left + most_right).max(1.0);
    let middle = most_left * unit;
    let mut y = 2.0;
    for at in 0..parts.rows.len() {
        #[expect(clippy::cast_precision_loss, reason = "a chart has few rows")]
        let low = y + (LABEL + THICK + BETWEEN) * (at as f64 + 1.0) - BETWEEN;
        sheet.rule((middle, low - THICK - 4.0), (middle, low + 4.0), &format!(r#"stroke="{SOFT}" stroke-width="2""#));
    }
    for row in parts.rows {
        sheet.text((0.0, y + FONT), Anchor::Start, "", &row.label);
        y += LABEL;
        let mut x = middle - left(row) * unit;
        let begin = x;
        for (at, part) in row.parts.iter().enumerate() {
            segment(&mut sheet, (x, y, share(part) * unit), of_scale(at, of), &part.shown);
            x += share(part) * unit;
        }
        if hidden(row) {
            rest(&mut sheet, (x, y, begin + 100.0 * unit - x), parts.hidden);
        } else {
            edge(&mut sheet, (begin, y, x - begin));
        }
        y += THICK + BETWEEN;
    }
    sheet.finish(caption, y)
}

/// A part at (x, y) of a length, with its words where they fit.
fn segment(sheet: &mut Sheet, (x, y, length): (f64, f64, f64), colour: &str, words: &str) {
    if length <= 0.0 {
        return;
    }
    sheet.rect((x, y), (length, THICK), colour);
    sheet.rule((x + length, y), (x + length, y + THICK), r##"stroke="#fff" stroke-width="2""##);
    if width(words) + 6.0 <= length {
        let ink = if is_dark(colour) { r##" fill="#fff" font-weight="700""## } else { r#" font-weight="700""# };
        sheet.text((x + length / 2.0, y + THICK / 2.0 + FONT * 0.36), Anchor::Middle, ink, words);
    }
}

/// What is hidden, as one hatched part without a number of its own.
fn rest(sheet: &mut Sheet, (x, y, length): (f64, f64, f64), words: &str) {
    if length <= 0.5 {
        return;
    }
    sheet.rect((x, y), (length, THICK), "#fff");
    let mut at = x + 6.0;
    while at < x + length {
        let low = (at - THICK).max(x);
        let rise = at - low;
        sheet.raw(&format!(
            r##"<path d="M{} {}L{} {}" stroke="#4d4d4d"/>"##,
            number(low),
            number(y + rise),
            number(at),
            number(y)
        ));
        at += 6.0;
    }
    edge(sheet, (x, y, length));
    if width(words) + 10.0 <= length {
        let half = width(words) / 2.0 + 3.0;
        let centre = x + length / 2.0;
        sheet.rect((centre - half, y + 5.0), (half * 2.0, THICK - 10.0), "#fff");
        sheet.text((centre, y + THICK / 2.0 + FONT * 0.36), Anchor::Middle, "", words);
    }
}

/// A line around parts, for the light ones.
fn edge(sheet: &mut Sheet, (x, y, length): (f64, f64, f64)) {
    let (left, right, top, low) = (number(x + 0.5), number(x + length - 0.5), number(y), number(y + THICK));
    sheet.raw(&format!(r##"<path d="M{left} {top}H{right}V{low}H{left}z" fill="none" stroke="#4d4d4d"/>"##));
}
