//! Colours of marks, and whether a white number can be read on them.

use std::fmt;

/// A colour in sRGB.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// Nearly black: marks without a colour of their own.
    pub const INK: Self = Self { rgb: [0x22, 0x22, 0x22] };

    /// The colour in `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self { rgb: [red, green, blue] })
    }

    /// Contrast against white as WCAG counts it: 1 (white) to 21 (black).
    #[must_use]
    pub fn contrast_on_white(self) -> f64 {
        let [red, green, blue] = self.rgb.map(linear);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_weighed() {
        let check = |text: &str, expected: Option<(&str, f64)>| {
            let actual = Colour::parse(text).map(|colour| (colour.to_string(), colour.contrast_on_white()));
            assert_eq!(actual.is_some(), expected.is_some(), "{text}");
            if let (Some((shown, contrast)), Some((expected_shown, expected_contrast))) = (actual, expected) {
                assert_eq!(shown, expected_shown);
                assert!((contrast - expected_contrast).abs() < 0.1, "{text}: {contrast}");
            }
        };
        check("#000000", Some(("#000000", 21.0)));
        check("#FFFFFF", Some(("#ffffff", 1.0)));
        check("#0B4F9E", Some(("#0b4f9e", 8.0)));
        check("#A8320A", Some(("#a8320a", 6.7)));
        check("#222", None);
        check("blue", None);
        check("#12345g", None);
        check("#+12345", None);
    }
}
