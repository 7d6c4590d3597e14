//! Scale bar and north arrow, each in a corner where few marks are.

use super::MapWords;
use super::frame::View;
use super::svg::{escaped, number, text_width};
use crate::geo::{Point, Rect};

/// Where the furniture stands.
#[derive(Clone, Debug)]
pub(super) struct Furniture {
    scale: Rect,
    bar_px: f64,
    bar_text: String,
    north: Rect,
}

const INSET_PX: f64 = 6.0;
const NORTH_PX: (f64, f64) = (22.0, 36.0);
const SCALE_HEIGHT_PX: f64 = 24.0;
/// The bar is at most so long; its number is round.
const BAR_PX_MAX: f64 = 84.0;

impl Furniture {
    /// Corners for both; marks keep away from what is chosen.
    pub(super) fn choose(view: &View, marks: &[Point], taken: &[Rect]) -> Self {
        let (bar_m, bar_text) = round_length(BAR_PX_MAX / view.px_per_m());
        let bar_px = bar_m * view.px_per_m();
        let scale_size = (bar_px.max(text_width(&bar_text, 11.0)) + 12.0, SCALE_HEIGHT_PX);
        let corners = |size: (f64, f64)| corners(&view.map.grown(-INSET_PX), size);
        let [top_left, top_right, bottom_left, bottom_right] = corners(NORTH_PX);
        let is_free = |corner: &Rect| !taken.iter().any(|other| other.overlaps(corner));
        let mut free: Vec<Rect> =
            [top_right, top_left, bottom_right, bottom_left].into_iter().filter(is_free).collect();
        free.push(top_right);
        let north_at = emptiest(&free, marks);
        let [top_left, top_right, bottom_left, bottom_right] = corners(scale_size);
        let free: Vec<Rect> = [bottom_left, bottom_right, top_left, top_right]
            .into_iter()
            .filter(|corner| !corner.overlaps(&north_at) && is_free(corner))
            .collect();
        let free = if free.is_empty() { vec![bottom_left] } else { free };
        Self { scale: emptiest(&free, marks), bar_px, bar_text, north: north_at }
    }

    /// What marks and labels must not cover.
    pub(super) fn boxes(&self) -> [Rect; 2] {
        [self.scale, self.north]
    }

    pub(super) fn write(&self, out: &mut String, view: &View, words: &MapWords) {
        let text = "paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\"";
        let (x, y) = (self.north.left, self.north.top);
        out.push_str(
            "<g aria-hidden=\"true\" font-size=\"11\" font-weight=\"700\" text-anchor=\"middle\" fill=\"#222\">",
        );
        out.push_str(&format!(
            "<path d=\"M{} {}l7 18-7-4-7 4z\" stroke=\"#fff\" stroke-width=\"2\" paint-order=\"stroke\"/>\
             <text x=\"{}\" y=\"{}\" {text}>{}</text>",
            number(x + 11.0),
            number(y + 1.0),
            number(x + 11.0),
            number(y + 33.0),
            escaped(&words.north)
        ));
        let is_left = self.scale.left < f64::midpoint(view.map.left, view.map.right);
        let bar_left = if is_left { self.scale.left + 4.0 } else { self.scale.right - 4.0 - self.bar_px };
        let bar_y = self.scale.bottom - 4.0;
        let bar = format!("M{} {}v5h{}v-5", number(bar_left), number(bar_y - 5.0), number(self.bar_px));
        out.push_str(&format!(
            "<path d=\"{bar}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"/>\
             <path d=\"{bar}\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.6\"/>\
             <text x=\"{}\" y=\"{}\" {text}>{}</text></g>",
            number(bar_left + self.bar_px / 2.0),
            number(bar_y - 7.0),
            self.bar_text
        ));
    }
}

fn corners(inside: &Rect, (width, height): (f64, f64)) -> [Rect; 4] {
    let at = |left: f64, top: f64| Rect { left, top, right: left + width, bottom: top + height };
    let (right, bottom) = (inside.right - width, inside.bottom - height);
    [at(inside.left, inside.top), at(right, inside.top), at(inside.left, bottom), at(right, bottom)]
}

/// The first of those with the fewest marks in or near them.
fn emptiest(corners: &[Rect], marks: &[Point]) -> Rect {
    let crowd = |corner: &&Rect| {
        let near = corner.grown(14.0);
        marks.iter().filter(|point| near.contains(**point)).count()
    };
    corners.iter().min_by_key(crowd).copied().unwrap_or(Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 })
}

/// The greatest round length that is not longer, with its text.
fn round_length(length_m_max: f64) -> (f64, String) {
    let mut best = (1.0, "1 m".to_owned());
    let mut power = 1.0_f64;
    while power <= 1_000_000.0 {
        for step in [1.0, 2.0, 5.0] {
            let length_m = power * step;
            if length_m <= length_m_max {
                let text =
                    if length_m >= 1000.0 { format!("{} km", length_m / 1000.0) } else { format!("{length_m} m") };
                best = (length_m, text);
            }
        }
        power *= 10.0;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_has_a_round_length() {
        for (most, text) in [(730.0, "500 m"), (1000.0, "1 km"), (2400.0, "2 km"), (19.0, "10 m"), (0.2, "1 m")] {
            assert_eq!(round_length(most).1, text);
        }
    }
}
