//! QR codes as inline SVG.
//!
//! In: an address. Out: a drawing with the quiet zone of four modules that readers need.
//!
//! # Why one mask for all?
//! Every reader takes every mask. To draw all eight and count which one is the most even takes forty times as long as
//! the rest, and was half of the time of a whole build.

use std::fmt::Write as _;

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrResult, bits, ec};

/// Modules of white around the code.
const QUIET: usize = 4;

/// The drawing; nothing for an address that is too long for any code.
pub(super) fn svg(url: &str) -> String {
    modules(url).map_or_else(|_| String::new(), |(width, modules)| draw(width, &modules))
}

fn modules(url: &str) -> QrResult<(usize, Vec<Color>)> {
    let bits = bits::encode_auto(url.as_bytes(), EcLevel::M)?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M)?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    Ok((usize::try_from(version.width()).unwrap_or(0), canvas.into_colors()))
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
        let _ = write!(svg, "M{QUIET} {}.5", y + QUIET);
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
