//! Links and ids of one page, read from its HTML.

use std::collections::BTreeSet;

use memchr::memchr;

/// What the link check needs of a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// The links, one a line: far smaller than a vector of strings.
    links: Box<str>,
    /// Hashes of the ids, sorted.
    ids: Box<[u64]>,
    /// An id that two elements have.
    twice: Option<Box<str>>,
}

impl Facts {
    /// Reads a page. Links that are `known` from other pages are left out: they were noted there.
    #[must_use]
    pub fn read(html: &str, known: &BTreeSet<Box<str>>) -> Self {
        let (mut links, mut ids) = (String::new(), Vec::<(u64, &str)>::new());
        let mut seen: Vec<u64> = Vec::new();
        let mut is_new = |link: &str| {
            let hash = hash(link);
            let at = seen.binary_search(&hash);
            let new = at.is_err();
            seen.insert(at.unwrap_or_else(|at| at), hash);
            new
        };
        let mut rest = html;
        while let Some(at) = memchr(b'<', rest.as_bytes()) {
            rest = rest.get(at + 1..).unwrap_or("");
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            if !rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            rest = attributes(rest, |name, value| match name {
                "href" | "src" if is_within_site(value) && is_new(value) => {
                    let link = value.replace("&amp;", "&");
                    if link.starts_with('#') || !known.contains(link.as_str()) {
                        links.push_str(&link);
                        links.push('\n');
                    }
                }
                "id" => ids.push((hash(value), value)),
                _ => {}
            });
        }
        ids.sort_unstable_by_key(|(hash, _)| *hash);
        let twice = ids.windows(2).find_map(|pair| match pair {
            [(_, first), (_, second)] => (first == second).then(|| Box::from(*first)),
            _ => None,
        });
        let ids = ids.into_iter().map(|(hash, _)| hash).collect();
        Self { links: links.into_boxed_str(), ids, twice }
    }

    /// An id that two elements have, where there is one: a link to it would lead to the first.
    #[must_use]
    pub fn id_twice(&self) -> Option<&str> {
        self.twice.as_deref()
    }

    /// The distinct links within the site, in the order of the page.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.links.lines()
    }

    /// True when an element has the id.
    #[must_use]
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.binary_search(&hash(id)).is_ok()
    }
}

fn is_within_site(value: &str) -> bool {
    let scheme = value.split(['/', '?', '#']).next().unwrap_or("");
    !scheme.contains(':') && !value.starts_with("//") && !value.is_empty()
}

/// Calls `each` for the attributes of the tag that `tag` begins with; gives the rest after the tag.
fn attributes<'a>(tag: &'a str, mut each: impl FnMut(&'a str, &'a str)) -> &'a str {
    let skip = |text: &'a str, part_of: fn(u8) -> bool| {
        let end = text.bytes().position(|byte| !part_of(byte)).unwrap_or(text.len());
        text.get(end..).unwrap_or("")
    };
    let mut rest = skip(tag, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    loop {
        rest = skip(rest, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/');
        let end = rest.bytes().position(ends).unwrap_or(rest.len());
        if end == 0 {
            // A stray `=` or the end of the text.
            let Some(after) = rest.get(1..) else { return "" };
            rest = after;
            continue;
        }
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let Some(close) = memchr(b'"', quoted.as_bytes()) else { return "" };
            each(name, quoted.get(..close).unwrap_or(""));
            rest = quoted.get(close + 1..).unwrap_or("");
        }
    }
}

/// FNV-1a: the same on every system, and a clash of two ids on one page only hides a broken anchor.
fn hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_are_found_in_tags_only() {
        let html = "<!doctype html><a href=\"/a/?x=1&amp;y\" id=top>x</a> href=\"/no/\" <!-- <a href=\"/c/\"> -->\
            <img src=\"/b.png\" alt=\"a > b\"><p id=\"見出し\"/><a href=\"https://example.jp\"></a><a href=\"mailto:a@b\"></a>\
            <a href=\"/b.png\"></a><a href=\"/known/\"></a><a href=\"#x\"></a>";
        let known = BTreeSet::from(["/known/".into(), "#x".into()]);
        let facts = Facts::read(html, &known);
        assert_eq!(facts.links().collect::<Vec<_>>(), ["/a/?x=1&y", "/b.png", "#x"]);
        assert!(facts.has_id("見出し") && !facts.has_id("top"));
    }
}
