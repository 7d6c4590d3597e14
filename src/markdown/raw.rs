//! Raw HTML, where a site turned it on: what could run, call another server or break the page is taken out.
//!
//! In: a block of HTML, or one tag among text, as an author wrote it. Out: HTML of known tags and attributes, and the
//! names of what was taken out. No links, pictures, classes or ids: Markdown and shortcodes have those, and only there
//! does the site know what is public.
//!
//! A block is made whole by an HTML parser: what it opens it closes. Tags among text come one by one, so the writer
//! keeps which are `Open`, and closes them where their paragraph ends.

use std::sync::OnceLock;

use ammonia::Builder;

/// Tags that may stand among text.
const PHRASING: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Further tags of blocks.
const FLOW: &[&str] = &[
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes, and the tags that may have them; none: every tag.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("lang", &[]),
    ("dir", &[]),
    ("title", &["abbr", "dfn"]),
    ("datetime", &["del", "ins", "time"]),
    ("open", &["details"]),
    ("start", &["ol"]),
    ("reversed", &["ol"]),
    ("colspan", &["td", "th"]),
    ("rowspan", &["td", "th"]),
    ("scope", &["th"]),
    ("span", &["col", "colgroup"]),
];

/// Elements without content.
const VOID: [&str; 4] = ["br", "col", "hr", "wbr"];

/// A block of HTML, clean and whole.
pub(super) fn block(html: &str) -> String {
    cleaner().clean(html).to_string()
}

/// Tags among text that are open, the outermost first.
#[derive(Default)]
pub(super) struct Open(Vec<String>);

impl Open {
    /// What one tag becomes; nothing for a comment and for a tag that may not stand here.
    pub(super) fn tag(&mut self, html: &str) -> String {
        let name = tag_name(html.trim_start_matches('<').trim_start_matches('/'));
        if !among_text(&name) {
            return String::new();
        }
        if html.starts_with("</") {
            // A tag that closes nothing, or closes across another one, would break the page.
            return if self.0.pop_if(|open| *open == name).is_some() { format!("</{name}>") } else { String::new() };
        }
        let clean = block(html);
        if VOID.contains(&name.as_str()) {
            return clean;
        }
        let end = format!("</{name}>");
        match clean.strip_suffix(&end) {
            Some(start) => {
                self.0.push(name);
                start.to_owned()
            }
            None => String::new(),
        }
    }

    /// Closes what is still open.
    pub(super) fn close(&mut self) -> String {
        self.0.drain(..).rev().map(|name| format!("</{name}>")).collect()
    }
}

/// Names of the tags and attributes that are taken out, in the order in which they stand.
pub(super) fn taken_out(html: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let name = tag_name(rest);
        if name.is_empty() {
            continue;
        }
        if !known(&name) {
            add(format!("<{name}>"));
        }
        let tag = rest.get(name.len()..).unwrap_or("");
        rest = each_attribute(tag, |attribute| {
            let may = |(known, tags): &(&str, &[&str])| {
                *known == attribute && (tags.is_empty() || tags.contains(&name.as_str()))
            };
            if !ATTRIBUTES.iter().any(may) {
                add(attribute);
            }
        });
    }
    names
}

fn among_text(name: &str) -> bool {
    PHRASING.contains(&name)
}

fn known(name: &str) -> bool {
    among_text(name) || FLOW.contains(&name)
}

/// The name that a tag begins with, in lower case.
fn tag_name(tag: &str) -> String {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or("");
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name.to_ascii_lowercase() } else { String::new() }
}

/// Calls `each` for the names of a tag's attributes; gives the rest after the tag.
fn each_attribute(tag: &str, mut each: impl FnMut(String)) -> &str {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return rest;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end.max(1)).unwrap_or((rest, ""));
        if end > 0 {
            each(name.to_ascii_lowercase());
        }
        rest = value_end(after);
    }
}

/// What stands after `= value`, if a value follows.
fn value_end(text: &str) -> &str {
    let Some(value) = text.trim_start().strip_prefix('=').map(str::trim_start) else { return text };
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            return inside.split_once(quote).map_or("", |(_, after)| after);
        }
    }
    value.find(|c: char| c.is_whitespace() || c == '>').and_then(|end| value.get(end..)).unwrap_or("")
}

fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut builder = Builder::default();
        builder.tags(PHRASING.iter().chain(FLOW).copied().collect());
        let everywhere = ATTRIBUTES.iter().filter(|(_, tags)| tags.is_empty()).map(|(name, _)| *name);
        builder.generic_attributes(everywhere.collect());
        let of = |tag: &'static str| {
            let some = ATTRIBUTES.iter().filter(move |(_, tags)| tags.contains(&tag));
            (tag, some.map(|(name, _)| *name).collect())
        };
        builder.tag_attributes(ATTRIBUTES.iter().flat_map(|(_, tags)| tags.iter().copied()).map(of).collect());
        builder.link_rel(None).strip_comments(true);
        builder
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_made_whole_and_harmless() {
        let html = "<details open class=x><summary onclick=\"a()\">ひらく</summary><img src=//x.jp/1.gif><p>本文</details>\
            <script>alert(1)</script><iframe src=https://x.jp></iframe><a href=\"/stories/a/\">話</a>";
        let clean = block(html);
        assert_eq!(clean, "<details open=\"\"><summary>ひらく</summary><p>本文</p></details>話");
        let out = taken_out(html);
        assert_eq!(out, ["class", "onclick", "<img>", "src", "<script>", "<iframe>", "<a>", "href"]);
    }

    #[test]
    fn tags_among_text_are_closed_in_their_order() {
        let mut open = Open::default();
        let said: Vec<String> =
            ["<SUB lang=en style='x'>", "<b>", "</sub>", "</b>", "<br/>", "<div>", "</i>", "<img src=x>", "<wbr>"]
                .iter()
                .map(|tag| open.tag(tag))
                .collect();
        assert_eq!(said, ["<sub lang=\"en\">", "<b>", "", "</b>", "<br>", "", "", "", "<wbr>"]);
        assert_eq!(open.close(), "</sub>");
        assert_eq!(open.close(), "");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_runs_or_calls_out_gets_through(html in "[<>/a-z\"'= :!-]{0,80}|(<(img|a|svg|script|style|b|p) ?(on[a-z]{1,5}|src|href|style)?=?[\"']?[a-z:/]{0,9}[\"']?/?>){0,6}") {
            let clean = block(&html);
            let again = block(&clean);
            proptest::prop_assert_eq!(&clean, &again);
            for bad in ["<script", "<style", "<img", "<svg", "<a ", " on", " src=", " href=", " style="] {
                let outside_text = clean.split('<').skip(1).any(|tag| {
                    format!("<{}", tag.split('>').next().unwrap_or("")).contains(bad)
                });
                proptest::prop_assert!(!outside_text, "{} in {}", bad, clean);
            }
            let _ = taken_out(&html);
        }
    }
}
