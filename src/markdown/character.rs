//! Classes of characters, for emphasis and line breaks in Japanese.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Chinese, Japanese or Korean, punctuation and full-width forms included.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x2E80..=0x303E | 0x3040..=0x4DBF | 0x4E00..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFF61..=0xFFEE | 0x16FE0..=0x18DFF | 0x1AFF0..=0x1B16F
        | 0x1F200..=0x1F2FF | 0x20000..=0x3FFFD)
}

/// Written without spaces between words: a line break there is no space.
pub(super) fn is_unspaced(c: char) -> bool {
    is_cjk(c) && !matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF)
}

/// Punctuation as CommonMark has it: the Unicode categories P and S.
pub(super) fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    !c.is_alphanumeric()
        && matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}
