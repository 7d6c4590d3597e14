//! A mistake of writing, told by one of the causes that `messages/fields.toml` has words for.
//!
//! In: what a parser says of a text, in its own English. Out: mistakes whose wording is ours in both languages: the
//! parser's words go no further than here. Nothing is repaired.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// One mistake. Places are bytes of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mistake {
    /// The wrong bytes; empty where something is missing.
    pub place: Range<usize>,
    /// A key below `causes` of the code.
    pub cause: &'static str,
}

impl Mistake {
    /// The mistake as people read it; `span` is its place in the file.
    pub(super) fn diagnostic(&self, code: Code, text: &str, span: &Span) -> Diagnostic {
        let character: String = rest(text, self.place.start).chars().take(1).collect();
        let diagnostic = Diagnostic::new(code).at(span).because(self.cause);
        if matches!(self.cause, "wide" | "reserved") { diagnostic.arg("character", character) } else { diagnostic }
    }
}

/// The mistake of a file that git left with both versions in it: whatever else a parser finds follows from it.
pub(super) fn merge_marks(text: &str) -> Option<Mistake> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            return Some(Mistake { place: at..at + line.trim_end().len(), cause: "merge" });
        }
        at += line.len();
    }
    None
}

/// The last bracket or brace before `at` that is still open there, by counting back.
pub(super) fn opening(text: &str, at: usize) -> Option<usize> {
    let mut closed = 0_usize;
    for (place, character) in text.get(..at)?.char_indices().rev() {
        match character {
            ']' | '}' => closed += 1,
            '[' | '{' if closed == 0 => return Some(place),
            '[' | '{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// A character that looks like the `"`, `=`, `:`, `,`, bracket or blank that is wanted, and is its wide relative.
pub(super) fn is_wide(character: char) -> bool {
    matches!(
        character,
        '“' | '”'
            | '‘'
            | '’'
            | '＂'
            | '＇'
            | '＝'
            | '：'
            | '、'
            | '，'
            | '［'
            | '］'
            | '｛'
            | '｝'
            | '　'
            | '＃'
    )
}

/// The text from a byte on; empty beyond its end.
pub(super) fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The bytes of the line that a byte lies in, without its end.
pub(super) fn line(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).unwrap_or(text).rfind('\n').map_or(0, |end| end + 1);
    let length = rest(text, start).lines().next().map_or(0, str::len);
    start..start + length
}

/// The bytes of the last line above that holds something.
pub(super) fn line_above(text: &str, at: usize) -> Range<usize> {
    let mut here = line(text, at);
    while here.start > 0 {
        here = line(text, here.start - 1);
        if text.get(here.clone()).is_some_and(|line| !line.trim().is_empty()) {
            break;
        }
    }
    here
}
