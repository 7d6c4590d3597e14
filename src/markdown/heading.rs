//! Ids of headings.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// The id of a heading with this text: NFKC, lower case, `-` for spaces, without punctuation.
#[must_use]
pub fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || is_mark(c) {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Signs that NFKC leaves beside their letter: voiced sound marks, accents.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x3099 | 0x309A)
}

/// The ids that a document has used.
#[derive(Default)]
pub(super) struct Ids {
    used: BTreeMap<String, u32>,
}

impl Ids {
    /// The wished id, or with the first free number after it.
    pub(super) fn unique(&mut self, wished: &str) -> String {
        let wished = if wished.is_empty() { "section" } else { wished };
        if !self.used.contains_key(wished) {
            self.used.insert(wished.to_owned(), 0);
            return wished.to_owned();
        }
        loop {
            let number = self.used.entry(wished.to_owned()).or_default();
            *number += 1;
            let id = format!("{wished}-{number}");
            if !self.used.contains_key(&id) {
                self.used.insert(id.clone(), 0);
                return id;
            }
        }
    }

    /// True if the id was not used before; it is from now on.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned(), 0).is_none()
    }
}

/// An id written after a heading's text: the text before it, and the id.
pub(super) fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let (before, id) = text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    let well_formed = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    well_formed.then(|| (before.trim_end(), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_readable() {
        for (text, id) in [
            ("在宅医療とは？", "在宅医療とは"),
            ("ＡＣＰ（人生会議）の　進め方", "acp人生会議の-進め方"),
            ("1. Who  can help - you", "1-who-can-help-you"),
            ("ｶﾞﾝ", "ガン"),
            ("！？", ""),
        ] {
            assert_eq!(anchor(text), id, "{text}");
        }
    }

    #[test]
    fn repeats_are_numbered_and_never_collide() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a-1", "a", "a", ""].iter().map(|id| ids.unique(id)).collect();
        assert_eq!(given, ["a", "a-1", "a-2", "a-3", "section"]);
        assert!(!ids.claim("a-2"));
        assert!(ids.claim("b"));
    }

    #[test]
    fn explicit_ids_leave_ruby_alone() {
        assert_eq!(explicit_id("用語 {褥瘡|じょくそう} {#jokuso}"), Some(("用語 {褥瘡|じょくそう}", "jokuso")));
        assert_eq!(explicit_id("用語 {褥瘡|じょくそう}"), None);
        assert_eq!(explicit_id("x {#a b}"), None);
    }
}
