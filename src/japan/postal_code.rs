//! Postal codes: seven digits, shown as `123-4567`.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::japan::is_dash;

/// A postal code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PostalCode(u32);

/// Why a text is not a postal code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PostalCodeProblem {
    /// Nothing is written.
    Empty,
    /// Something other than digits, a dash and 〒.
    Characters,
    /// Six digits or fewer: a spreadsheet took leading zeros away, or some are missing.
    TooShort,
    /// More than seven digits.
    TooLong,
}

impl PostalCode {
    /// Reads `123-4567`, `1234567`, `〒１２３－４５６７`.
    ///
    /// # Errors
    /// Says why it is not a postal code.
    pub fn parse(text: &str) -> Result<Self, PostalCodeProblem> {
        let (mut value, mut digits) = (0u32, 0usize);
        for c in text.nfkc() {
            match c.to_digit(10) {
                Some(digit) => {
                    value = value.saturating_mul(10).saturating_add(digit);
                    digits += 1;
                }
                None if c.is_whitespace() || c == '〒' || is_dash(c) => {}
                None => return Err(PostalCodeProblem::Characters),
            }
        }
        match digits {
            0 => Err(PostalCodeProblem::Empty),
            7 => Ok(Self(value)),
            1..7 => Err(PostalCodeProblem::TooShort),
            _ => Err(PostalCodeProblem::TooLong),
        }
    }
}

impl fmt::Display for PostalCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:03}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes() {
        let check = |text: &str, expected: Result<&str, PostalCodeProblem>| {
            assert_eq!(PostalCode::parse(text).map(|code| code.to_string()).as_deref(), expected.as_deref(), "{text}");
        };
        check("862-0975", Ok("862-0975"));
        check("9011103", Ok("901-1103"));
        check("〒０６０－０００１", Ok("060-0001"));
        check("600001", Err(PostalCodeProblem::TooShort));
        check("900  ", Err(PostalCodeProblem::TooShort));
        check("", Err(PostalCodeProblem::Empty));
        check("なし", Err(PostalCodeProblem::Characters));
    }
}
