//! Codes, numbers and letters of Japan, as people type them and as pages show them.
//!
//! In: the text of one cell. Out: the value in its one standard form, or the kind of mistake. Nothing is guessed:
//! a missing area code or the lost zero of a telephone number is reported, not repaired. Only the lost zero of a
//! municipality's code is put back, because the check digit proves it.

mod address;
mod area_code;
mod callable;
pub mod kana;
pub mod municipality_code;
pub mod phone;
pub mod postal_code;

pub use address::address_key;
pub use callable::callable;

/// The hyphens, dashes, minus signs and the long vowel mark that stand between digits in Japanese lists.
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | 'ｰ' | '─' | '━' | '﹣' | '﹘' | '⁃')
}
