//! Codes, numbers and letters of Japan, as people type them and as pages show them.
//!
//! In: the text of one cell. Out: the value in its one standard form, or the kind of mistake. Nothing is guessed:
//! a lost zero or a missing area code is reported, not repaired.

mod address;
mod area_code;
pub mod kana;
pub mod municipality_code;
pub mod phone;
pub mod postal_code;

pub use address::address_key;

/// The hyphens, dashes, minus signs and the long vowel mark that stand between digits in Japanese lists.
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | 'ｰ' | '─' | '━' | '﹣' | '﹘' | '⁃')
}
