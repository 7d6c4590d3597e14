//! Bars from the left, each group under its own words.

use super::Caption;
use super::colour::of_part;
use super::pen::{Anchor, FONT, SOFT, Sheet, WIDTH, round_up, width};

/// What is compared: an area, or an answer.
#[derive(Clone, Debug)]
pub struct BarRow {
    /// Its words, above its bars.
    pub label: String,
    /// Its bars, from the top.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its length; none where it is hidden or not known.
    pub value: Option<f64>,
    /// Its words: the value, and the year where there are several.
    pub shown: String,
}

const LABEL: f64 = 22.0;
const THICK: f64 = 17.0;
const GAP: f64 = 3.0;
const BETWEEN: f64 = 12.0;

/// The bars. They begin at zero; `end` is the end of the axis, else the longest bar's.
#[must_use]
pub fn bars(caption: Caption<'_>, rows: &[BarRow], end: Option<f64>) -> String {
    let mut sheet = Sheet::new();
    let all = || rows.iter().flat_map(|row| &row.bars);
    let longest = all().filter_map(|bar| bar.value).fold(0.0, f64::max);
    let end = end.unwrap_or_else(|| round_up(longest));
    let words = all().map(|bar| width(&bar.shown)).fold(0.0, f64::max).min(WIDTH / 2.0);
    let room = WIDTH - words - 8.0;
    let mut y = 2.0;
    for row in rows {
        sheet.text((0.0, y + FONT), Anchor::Start, "", &row.label);
        y += LABEL;
        for (at, bar) in row.bars.iter().enumerate() {
            let length = bar.value.map_or(0.0, |value| room * (value / end).clamp(0.0, 1.0));
            if bar.value.is_some() {
                // Older years are lighter, and thinner.
                let thick = if at == 0 { THICK } else { THICK - 5.0 };
                sheet.rect((0.0, y + (THICK - thick) / 2.0), (length.max(1.0), thick), of_part(at * 2, 7));
            }
            let weight = if at == 0 { r#" font-weight="700""#.to_owned() } else { format!(r#" fill="{SOFT}""#) };
            sheet.text((length + 6.0, y + THICK - 3.0), Anchor::Start, &weight, &bar.shown);
            y += THICK + GAP;
        }
        y += BETWEEN;
    }
    sheet.rule((0.0, 2.0), (0.0, y - BETWEEN), &format!(r#"stroke="{SOFT}" stroke-width="1.5""#));
    sheet.finish(caption, y)
}
