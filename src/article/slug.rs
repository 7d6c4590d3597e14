//! The last part of an address.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::source::is_device_name;

/// True for letters and digits of any script, `-` and `_`; nothing else, and not empty. In lower case and NFC, so that no
/// two addresses are one folder on some system; and no name of a device.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 160
        && text.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_'))
        && is_nfc(text)
        && !is_device_name(text)
}

/// The slug that a file's name gives: NFC, in lower case, blanks as hyphens, other signs left out. It may be none: a name
/// of signs alone gives an empty one.
#[must_use]
pub fn slugify(stem: &str) -> String {
    let lower = stem.nfc().flat_map(char::to_lowercase).nfc();
    let mapped = lower.map(|c| if c.is_whitespace() { '-' } else { c });
    mapped.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
