//! Colours that can be told apart without colour vision and on grey paper, and the marks of legends.

use super::pen::number;

/// From dark blue to light sand: lightness grows evenly, so that neighbours differ in grey as well.
const RAMP: [&str; 8] = ["#00224e", "#1c3f69", "#3a5d84", "#5d7d9b", "#829daf", "#a8bcbf", "#cdd5c6", "#ece6cf"];
/// To both sides of a middle: dark ends, a light middle.
const DIVERGING: [&str; 7] = ["#00224e", "#2f5d9a", "#9fbbe0", "#e4e1d8", "#f2c48a", "#c4721b", "#7a3b00"];

/// The colour of a part among several, in order.
pub(super) fn of_part(at: usize, of: usize) -> &'static str {
    let last = RAMP.len() - 1;
    let step = if of <= 1 { 0 } else { (at.min(of - 1) * last) / (of - 1) };
    RAMP.get(step).copied().unwrap_or("#707173")
}

/// The colour of a part of a scale from one end to the other.
pub(super) fn of_scale(at: usize, of: usize) -> &'static str {
    let last = DIVERGING.len() - 1;
    let step = if of <= 1 { last / 2 } else { (at.min(of - 1) * last + (of - 1) / 2) / (of - 1) };
    DIVERGING.get(step).copied().unwrap_or("#e4e1d8")
}

/// True where white lettering is read better on the colour than black.
pub(super) fn is_dark(colour: &str) -> bool {
    let part = |at: usize| {
        let digits = colour.get(at..at + 2).unwrap_or("00");
        f64::from(u8::from_str_radix(digits, 16).unwrap_or(0))
    };
    0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) < 118.0
}

/// The mark of a legend; `scale` for parts to both sides of a middle.
#[must_use]
pub fn swatch(at: usize, of: usize, scale: bool) -> String {
    let colour = if scale { of_scale(at, of) } else { of_part(at, of) };
    let size = number(20.0);
    format!(
        r##"<svg class="mark" viewBox="0 0 {size} {size}" width="{size}" height="{size}" aria-hidden="true"><path d="M1 1h18v18H1z" fill="{colour}" stroke="#1a1a1a"/></svg>"##
    )
}
