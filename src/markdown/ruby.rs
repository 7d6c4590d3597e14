//! Ruby: `{漢字|かんじ}`, or with the full-width bar `{漢字｜かんじ}`. `\{` is an ordinary brace.
//!
//! The same rule holds in Markdown, in titles and in the cells of lists.

use std::borrow::Cow;

use super::fill::escape_into;

/// One ruby at the beginning of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Ruby<'a> {
    pub(super) base: &'a str,
    pub(super) reading: &'a str,
    /// Bytes from `{` to `}`.
    pub(super) length: usize,
}

/// Longer than any word that needs a reading: a brace without an end is given up after so many bytes.
const LENGTH_MAX: usize = 600;

/// The ruby that begins with the text's first byte, a `{`.
pub(super) fn at_start(text: &str) -> Option<Ruby<'_>> {
    let inner = text.strip_prefix('{')?;
    let window = inner.as_bytes().get(..LENGTH_MAX.min(inner.len()))?;
    let end = window.iter().position(|&byte| matches!(byte, b'}' | b'{' | b'\n' | b'\\'))?;
    if window.get(end) != Some(&b'}') {
        return None;
    }
    let content = inner.get(..end)?;
    let (base, reading) = content.split_once(['|', '｜'])?;
    let (base, reading) = (base.trim(), reading.trim());
    let whole = !base.is_empty() && !reading.is_empty() && !reading.contains(['|', '｜']);
    whole.then_some(Ruby { base, reading, length: end + 2 })
}

/// Adds a ruby as HTML, with brackets for browsers that know none.
pub(super) fn html_into(ruby: Ruby<'_>, out: &mut String) {
    out.push_str("<ruby>");
    escape_into(ruby.base, out);
    out.push_str("<rp>（</rp><rt>");
    escape_into(ruby.reading, out);
    out.push_str("</rt><rp>）</rp></ruby>");
}

enum Part<'a> {
    Text(&'a str),
    Ruby(Ruby<'a>),
}

/// The parts of a text outside Markdown; the backslash before a brace is dropped.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(ruby) = at_start(rest) {
            rest = rest.get(ruby.length..).unwrap_or_default();
            return Some(Part::Ruby(ruby));
        }
        // An escaped brace is text, and so is one that begins no ruby.
        let (skip, from) = match rest.as_bytes() {
            [b'\\', b'{' | b'}', ..] => (1, 2),
            [b'{', ..] => (0, 1),
            _ => (0, 0),
        };
        let end = rest
            .get(from..)
            .and_then(|tail| tail.find('{').map(|at| from + at))
            .map(|at| if at > from && rest.as_bytes().get(at - 1) == Some(&b'\\') { at - 1 } else { at })
            .unwrap_or(rest.len())
            .max(from.max(1).min(rest.len()));
        let part = rest.get(skip..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        Some(Part::Text(part))
    })
}

/// The text as HTML, escaped, with ruby.
#[must_use]
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for part in parts(text) {
        match part {
            Part::Text(text) => escape_into(text, &mut out),
            Part::Ruby(ruby) => html_into(ruby, &mut out),
        }
    }
    out
}

/// Paragraphs, separated by empty lines, as HTML with ruby.
#[must_use]
pub fn to_paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    blocks.map(|block| format!("<p>{}</p>", to_html(block))).collect()
}

/// The text with the base of each ruby alone: for ids, searching, and where there is no markup.
#[must_use]
pub fn base_text(text: &str) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Ruby(ruby) => out.push_str(ruby.base),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, base: &str, reading: &str) {
        assert_eq!(base_text(text), base, "{text}");
        let read = parts(text).map(|part| match part {
            Part::Text(text) => text,
            Part::Ruby(ruby) => ruby.reading,
        });
        assert_eq!(read.collect::<String>(), reading, "{text}");
    }

    #[test]
    fn base_and_reading() {
        check("{看取|みと}り", "看取り", "みとり");
        check("{看|み}{取|と}り", "看取り", "みとり");
        check("{褥瘡｜じょくそう}の話", "褥瘡の話", "じょくそうの話");
        check("まず\\{看取|みと}り", "まず{看取|みと}り", "まず{看取|みと}り");
        check("{a}{b|}{|c}{d|e|f}{", "{a}{b|}{|c}{d|e|f}{", "{a}{b|}{|c}{d|e|f}{");
        check("", "", "");
        check("{{看|み}", "{看", "{み");
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(to_html("<{a<|b>}>"), "&lt;<ruby>a&lt;<rp>（</rp><rt>b&gt;</rt><rp>）</rp></ruby>&gt;");
    }
}
