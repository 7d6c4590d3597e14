//! What is wrong with a TOML text, in our words, one mistake a line.

use std::ops::Range;

use toml::de::Error;

use crate::calendar::era::Era;
use crate::tree::mistake::{Mistake, is_wide, line, merge_marks, opening, rest};

/// How the parser's words begin, and the cause. The first that fits counts.
const CAUSES: &[(&str, &str)] = &[
    ("string values must be quoted", "unquoted"),
    ("invalid boolean", "flag"),
    ("invalid basic string, expected `\"`", "unclosed_text"),
    ("invalid literal string, expected `'`", "unclosed_text"),
    ("missing opening quote", "unclosed_text"),
    ("invalid multi-line basic string, expected `\"`", "unclosed_lines"),
    ("invalid multi-line literal string, expected `'`", "unclosed_lines"),
    ("invalid basic string", "control"),
    ("invalid literal string", "control"),
    ("invalid multi-line", "control"),
    ("invalid comment character", "control"),
    ("carriage return", "line_break"),
    ("missing escaped value", "escape"),
    ("too few unicode", "escape"),
    ("key with no value", "no_equals"),
    ("missing assignment", "no_equals"),
    ("missing value", "no_value"),
    ("extra `=`", "extra_equals"),
    ("unexpected `=`", "extra_equals"),
    ("cannot extend value", "taken"),
    ("unclosed table", "unclosed_heading"),
    ("unclosed array table", "unclosed_heading"),
    ("unclosed array", "unclosed_bracket"),
    ("unclosed inline table", "unclosed_bracket"),
    ("missing comma", "no_comma"),
    ("extra assignment", "no_comma"),
    ("extra comma", "extra_comma"),
    ("missing array opening", "stray_bracket"),
    ("missing inline table opening", "stray_bracket"),
    ("missing table open", "unclosed_heading"),
    ("invalid date, expected a four-digit year", "number"),
    ("invalid date", "date"),
    ("invalid time", "date"),
    ("invalid unquoted key", "key"),
    ("unquoted keys", "key"),
    ("keys cannot", "key"),
    ("invalid key", "key"),
    ("invalid table", "key"),
    ("missing key", "key"),
    ("unexpected leading zero", "number"),
    ("unexpected sign", "number"),
    ("redundant", "number"),
    ("radix", "number"),
    ("integers with", "number"),
    ("`_` may only", "number"),
    ("invalid integer", "number"),
    ("invalid float", "number"),
    ("invalid fraction", "number"),
    ("invalid exponent", "number"),
    ("invalid hexadecimal", "number"),
    ("invalid octal", "number"),
    ("invalid binary", "number"),
    ("invalid value", "unquoted"),
    ("cannot recurse", "deep"),
    ("recursion limit", "deep"),
    ("unexpected", "extra"),
];

/// The cause of a key that is written twice, which has a code of its own.
pub(super) const TWICE: &str = "twice";

/// The mistakes that an author made: what only follows from another one is left out.
pub(super) fn mistakes(text: &str, errors: &[Error]) -> Vec<Mistake> {
    if let Some(marks) = merge_marks(text).filter(|_| !errors.is_empty()) {
        return vec![marks];
    }
    let mut found: Vec<(Range<usize>, &str)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
    found.sort_by_key(|(place, _)| place.start);
    let unclosed = found.iter().any(|(_, said)| cause(said) == "unclosed_bracket");
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut last_line = None;
    for (place, said) in found {
        let in_brackets = said.contains("array") || said.contains("inline table") || said.contains("pairs");
        if unclosed && in_brackets && cause(said) != "taken" {
            // Everything to the end was read as part of what the bracket opened.
            let at = opening(text, place.start).unwrap_or(0);
            mistakes.push(Mistake { place: at..at + 1, cause: "unclosed_bracket" });
            break;
        }
        let here = line(text, place.start);
        if last_line.replace(here.start) != Some(here.start) {
            mistakes.push(told(text, place, said));
        }
    }
    mistakes
}

fn cause(said: &str) -> &'static str {
    if said == "duplicate key" {
        return TWICE;
    }
    CAUSES.iter().find(|(beginning, _)| said.starts_with(beginning)).map_or("other", |(_, cause)| cause)
}

/// The mistake behind one of the parser's errors: what stands there says more than the parser does.
fn told(text: &str, place: Range<usize>, said: &str) -> Mistake {
    let behind = rest(text, place.start);
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let wide = behind.trim_start_matches(' ').chars().next().filter(|&c| is_wide(c));
    let written = text.get(place.clone()).unwrap_or_default();
    let before = text.get(..place.start).unwrap_or_default();
    let cause = match cause(said) {
        "unquoted" | "no_equals" | "no_comma" | "key" | "extra" if wide.is_some() => {
            let start = place.start + blanks;
            return Mistake { place: start..start + wide.map_or(0, char::len_utf8), cause: "wide" };
        }
        "unclosed_lines" => {
            let opened = ["\"\"\"", "'''"].iter().filter_map(|quotes| before.rfind(quotes)).max();
            let start = opened.unwrap_or(place.start);
            return Mistake { place: start..start + 3, cause: "unclosed_lines" };
        }
        "line_break" => {
            return Mistake { place: place.start.saturating_sub(1)..place.start, cause: "line_break" };
        }
        "unquoted" | "flag" => cause_of_bare(written),
        "no_equals" if before.ends_with(':') => "colon",
        "key" if written == ":" => "colon",
        "extra" if behind.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit()) => "number",
        other => other,
    };
    Mistake { place, cause }
}

/// A value without quotes: what its author may have meant.
fn cause_of_bare(written: &str) -> &'static str {
    let begins_with_digit = written.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    match written {
        "" => "no_value",
        "yes" | "no" | "on" | "off" | "はい" | "いいえ" | "True" | "False" | "TRUE" | "FALSE" => "flag",
        _ if Era::ALL.iter().any(|era| written.starts_with(era.name())) => "date",
        _ if begins_with_digit && written.contains(['/', '年', '月']) => "date",
        _ if begins_with_digit => "number",
        _ => "unquoted",
    }
}

/// Where the key that stands at `place` a second time stands first, as far as lines tell.
pub(super) fn first_of(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let key = text.get(place.clone())?;
    let here = line(text, place.start);
    let is_header = text.get(here.clone()).is_some_and(|line| line.trim_start().starts_with('['));
    let mut end = here.start;
    let mut first = None;
    while end > 0 {
        let above = line(text, end - 1);
        let words = text.get(above.clone()).unwrap_or_default();
        let indent = words.len() - words.trim_start_matches([' ', '\t', '[']).len();
        let named = words.get(indent..).and_then(|rest| rest.strip_prefix(key));
        if named.is_some_and(|rest| rest.trim_start().starts_with(['=', '.', ']'])) {
            first = Some(above.start + indent..above.start + indent + key.len());
        }
        if !is_header && words.trim_start().starts_with('[') {
            break;
        }
        end = above.start;
    }
    first
}
