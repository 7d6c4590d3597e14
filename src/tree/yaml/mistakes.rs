//! What is wrong with a YAML text, in our words. The parser stops at the first mistake, often below it.

use std::ops::Range;

use crate::tree::mistake::{Mistake, is_wide, line, line_above, merge_marks, opening, rest};

/// What the parser's words hold, and the cause. The first that fits counts.
const CAUSES: &[(&str, &str)] = &[
    ("tab", "tab"),
    ("in quoted scalar", "unclosed_text"),
    ("scanning a quoted scalar", "unclosed_text"),
    ("unknown escape", "escape"),
    ("hexadecimal", "escape"),
    ("escape code", "escape"),
    ("trailing content", "after_quote"),
    ("flow sequence", "unclosed_bracket"),
    ("flow mapping", "unclosed_bracket"),
    ("flow construct", "unclosed_bracket"),
    ("illegal placement", "unclosed_bracket"),
    ("misplaced bracket", "stray_bracket"),
    ("mapping values", "colon_in_value"),
    ("simple key", "no_colon"),
    ("mapping keys", "no_colon"),
    ("'-' indicator", "list_mixed"),
    ("sequence entries", "list_in_value"),
    ("block scalar", "block"),
    ("did not find expected key", "indent"),
    ("document start", "indent"),
    ("document-start", "indent"),
    ("invalid indentation", "indent"),
    ("unexpected character", "reserved"),
    ("node content", "reserved"),
    ("cannot start", "reserved"),
    ("directive", "reserved"),
    ("unprintable", "control"),
    ("byte order mark", "control"),
    ("must be followed", "no_blank"),
];

/// Words of the parser on anchors, aliases and tags, each with the sign that we refuse.
const FEATURES: &[(&str, &str)] = &[("unknown anchor", "*"), ("anchor", "&"), ("a tag", "!"), ("the handle", "!")];

/// The sign of a feature that is not read at all, where the mistake lies in its use.
pub(super) fn feature(said: &str) -> Option<&'static str> {
    FEATURES.iter().find(|(words, _)| said.contains(words)).map(|(_, sign)| *sign)
}

/// The mistake behind the parser's error at a byte.
pub(super) fn mistake(text: &str, at: usize, said: &str) -> Mistake {
    if let Some(marks) = merge_marks(text) {
        return marks;
    }
    let cause = CAUSES.iter().find(|(words, _)| said.contains(words)).map_or("other", |(_, cause)| cause);
    match cause {
        "tab" => {
            let start = line(text, at).start;
            let tab = rest(text, start).find('\t').map_or(at, |further| start + further);
            Mistake { place: tab..tab + usize::from(tab < text.len()), cause }
        }
        "colon_in_value" => with_colon(text, at),
        "no_colon" => without_colon(text, line_above(text, at)),
        "unclosed_bracket" => {
            let start = opening(text, at).unwrap_or_else(|| line(text, at).start);
            Mistake { place: start..start + 1, cause }
        }
        "indent" => indent(text, at),
        _ => Mistake { place: at..at, cause },
    }
}

/// A `:` where none may be: in a value, after a line that lacks its own, or further right than its neighbours.
fn with_colon(text: &str, at: usize) -> Mistake {
    let here = line(text, at);
    let before = text.get(here.start..at).unwrap_or_default();
    if before.contains(": ") {
        return Mistake { place: at..at + 1, cause: "colon_in_value" };
    }
    let above = line_above(text, at);
    if above.start < here.start && !text.get(above.clone()).unwrap_or_default().contains(':') {
        return without_colon(text, above);
    }
    Mistake { place: here, cause: "indent" }
}

/// A line that should have been `name: value`.
fn without_colon(text: &str, place: Range<usize>) -> Mistake {
    let words = text.get(place.clone()).unwrap_or_default();
    match words.char_indices().find(|&(_, c)| is_wide(c)) {
        Some((at, character)) => {
            let start = place.start + at;
            Mistake { place: start..start + character.len_utf8(), cause: "wide" }
        }
        None if words.contains(':') => Mistake { place, cause: "no_blank" },
        None => Mistake { place, cause: "no_colon" },
    }
}

/// What the whole lacks, where the text is neither a table nor empty.
pub(super) fn no_table(text: &str, place: Range<usize>) -> Mistake {
    if let Some(marks) = merge_marks(text) {
        return marks;
    }
    let words = text.get(place.clone()).unwrap_or_default();
    let first = place.start..place.start + words.lines().next().map_or(0, str::len);
    if words.starts_with('-') { Mistake { place: first, cause: "no_colon" } } else { without_colon(text, first) }
}

fn indent(text: &str, at: usize) -> Mistake {
    let place = line(text, at);
    let words = text.get(place.clone()).unwrap_or_default().trim_start();
    let cause = if words.starts_with("- ") || words == "-" { "list_mixed" } else { "indent" };
    Mistake { place, cause }
}
