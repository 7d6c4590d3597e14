//! QR codes as inline SVG.
//!
//! In: an address. Out: a drawing with the quiet zone of four modules that readers need.
//!
//! # Why one mask for all?
//! Every reader takes every mask. To draw all eight and count which one is the most even takes forty times as long as
//! the rest, and was half of the time of a whole build.

use std::fmt::Write as _;
use std::sync::OnceLock;

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrResult, Version, bits, ec};

/// Modules of white around the code.
const QUIET: usize = 4;
/// Codes come in so many sizes.
const VERSIONS: usize = 40;

/// The drawing; nothing for an address that is too long for any code.
pub(super) fn svg(url: &str) -> String {
    modules(url).map_or_else(|_| String::new(), |(width, modules)| draw(width, &modules))
}

fn modules(url: &str) -> QrResult<(usize, Vec<Color>)> {
    static GROUNDS: [OnceLock<Ground>; VERSIONS + 1] = [const { OnceLock::new() }; VERSIONS + 1];
    let bits = bits::encode_auto(url.as_bytes(), EcLevel::M)?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M)?;
    let width = usize::try_from(version.width()).unwrap_or(0);
    let number = if let Version::Normal(number) = version { usize::try_from(number).ok() } else { None };
    let drawn = match number.and_then(|number| GROUNDS.get(number)) {
        Some(ground) => {
            ground.get_or_init(|| Ground::new(version, (data.len(), correction.len()))).with(&data, &correction)
        }
        None => canvas(version, &data, &correction),
    };
    Ok((width, drawn))
}

fn canvas(version: Version, data: &[u8], correction: &[u8]) -> Vec<Color> {
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(data, correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    canvas.into_colors()
}

/// What all codes of one size share: a module shows the same bit in each of them. To find out once where each bit goes
/// halves the time of a drawing.
struct Ground {
    /// The code with all bits unset.
    unset: Vec<Color>,
    /// For each bit, in order, its module.
    places: Vec<usize>,
}

impl Ground {
    /// For so many codewords of data and of correction.
    fn new(version: Version, (data, correction): (usize, usize)) -> Self {
        let bits = 8 * (data + correction);
        let drawn = |is_set: &dyn Fn(usize) -> bool| {
            let word = |at: usize| (0..8).fold(0, |word, bit| word << 1 | u8::from(is_set(8 * at + bit)));
            let words: Vec<u8> = (0..data + correction).map(word).collect();
            let (data, correction) = words.split_at(data);
            canvas(version, data, correction)
        };
        let (unset, set) = (drawn(&|_| false), drawn(&|_| true));
        // Each drawing asks one binary digit of the number of the bit that a module shows.
        let digits: Vec<Vec<Color>> = (0..bits.ilog2() + 1).map(|digit| drawn(&|bit| bit >> digit & 1 == 1)).collect();
        let mut places = vec![0; bits];
        for (module, color) in unset.iter().enumerate().filter(|(module, color)| set.get(*module) != Some(color)) {
            let asked = (0..).zip(&digits).filter(|(_, drawn)| drawn.get(module) != Some(color));
            let bit: usize = asked.map(|(digit, _): (u32, _)| 1 << digit).sum();
            if let Some(place) = places.get_mut(bit) {
                *place = module;
            }
        }
        Self { unset, places }
    }

    /// The code with these codewords.
    fn with(&self, data: &[u8], correction: &[u8]) -> Vec<Color> {
        let mut modules = self.unset.clone();
        let bits = data.iter().chain(correction).flat_map(|word| (0..8).map(move |bit| word >> (7 - bit) & 1 == 1));
        for (place, _) in self.places.iter().zip(bits).filter(|(_, is_set)| *is_set) {
            if let Some(module) = modules.get_mut(*place) {
                *module = !*module;
            }
        }
        modules
    }
}

/// One stroke a row: dark runs drawn, light runs skipped.
fn draw(width: usize, modules: &[Color]) -> String {
    let side = width + 2 * QUIET;
    let mut svg = String::with_capacity(4096);
    let _ = write!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{px}" height="{px}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d=""##,
        px = 4 * side,
    );
    for (y, row) in modules.chunks(width.max(1)).enumerate() {
        svg.push('M');
        push_number(&mut svg, QUIET);
        svg.push(' ');
        push_number(&mut svg, y + QUIET);
        svg.push_str(".5");
        for run in row.chunk_by(|a, b| a == b) {
            svg.push_str(if run.first() == Some(&Color::Dark) { "h" } else { "m" });
            push_number(&mut svg, run.len());
            if run.first() != Some(&Color::Dark) {
                svg.push_str(" 0");
            }
        }
    }
    svg.push_str("\"/></svg>");
    svg
}

/// Runs are shorter than a thousand modules; the formatting machinery would take longer than the drawing.
fn push_number(svg: &mut String, number: usize) {
    let digit = |value: usize| char::from_digit(u32::try_from(value % 10).unwrap_or(0), 10).unwrap_or('0');
    if number >= 100 {
        svg.push(digit(number / 100));
    }
    if number >= 10 {
        svg.push(digit(number / 10));
    }
    svg.push(digit(number));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the strokes back into modules.
    fn dark(svg: &str) -> Vec<(usize, usize)> {
        let path = svg.split("d=\"").nth(2).and_then(|rest| rest.split('"').next()).unwrap();
        let mut dark = Vec::new();
        for (y, row) in path.split('M').skip(1).enumerate() {
            let mut x = 0;
            let (_, row) = row.split_once(".5").unwrap();
            for step in row.replace('h', " h").replace('m', " m").split_whitespace().filter(|step| *step != "0") {
                let length: usize = step[1..].parse().unwrap();
                if step.starts_with('h') {
                    dark.extend((x..x + length).map(|x| (x, y)));
                }
                x += length;
            }
        }
        dark
    }

    #[test]
    fn bits_put_to_their_modules_are_the_code_that_the_canvas_draws() {
        for length in [1, 9, 17, 40, 90, 300, 1000] {
            let url = "https://example.jp/".chars().chain("あ住処x/".chars().cycle()).take(length).collect::<String>();
            let bits = bits::encode_auto(url.as_bytes(), EcLevel::M).unwrap();
            let version = bits.version();
            let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M).unwrap();
            assert_eq!(modules(&url).unwrap().1, canvas(version, &data, &correction), "{length}");
        }
    }

    #[test]
    fn the_drawing_holds_just_the_modules_of_the_code() {
        let url = "https://example.jp/guides/hajimete/";
        let (width, modules) = modules(url).unwrap();
        let expected: Vec<(usize, usize)> =
            (0..width * width).filter(|at| modules[*at] == Color::Dark).map(|at| (at % width, at / width)).collect();
        assert_eq!(dark(&svg(url)), expected);
        assert!(width >= 21 && expected.contains(&(0, 0)) && !expected.contains(&(1, 1)));
        assert_eq!(svg(&"x".repeat(9000)), "");
    }
}
