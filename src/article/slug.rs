//! The last part of an address.

use unicode_normalization::UnicodeNormalization;

/// True for letters and digits of any script, `-` and `_`; nothing else, and not empty.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 160
        && text.chars().all(|c| (c.is_alphanumeric() && !c.is_ascii_uppercase()) || matches!(c, '-' | '_'))
}

/// The slug that a file's name gives: NFC, ASCII in lower case, blanks as hyphens.
#[must_use]
pub fn slugify(stem: &str) -> String {
    let mapped = stem.nfc().map(|c| if c.is_whitespace() { '-' } else { c.to_ascii_lowercase() });
    mapped.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
