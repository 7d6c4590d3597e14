//! Links and ids of one page, read from its HTML.

use std::collections::BTreeSet;

use memchr::{memchr, memmem};

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
    /// Reads a page. Links whose sums are `known` from other pages are left out: they were noted there.
    #[must_use]
    pub fn read(html: &[u8], known: &BTreeSet<u64>) -> Self {
        let (mut links, mut ids) = (String::new(), Vec::<(u64, &[u8])>::new());
        let mut seen: Vec<u64> = Vec::new();
        let mut is_new = |link: &[u8]| {
            let hash = hash(link);
            // An anchor belongs to its page.
            if !link.starts_with(b"#") && known.contains(&hash) {
                return false;
            }
            let at = seen.binary_search(&hash);
            let new = at.is_err();
            seen.insert(at.unwrap_or_else(|at| at), hash);
            new
        };
        let mut rest = html;
        while let Some(at) = memchr(b'<', rest) {
            rest = rest.get(at + 1..).unwrap_or_default();
            if let Some(comment) = rest.strip_prefix(b"!--") {
                rest = memmem::find(comment, b"-->").and_then(|end| comment.get(end + 3..)).unwrap_or_default();
                continue;
            }
            if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            rest = attributes(rest, |name, value| match name {
                b"href" | b"src" if is_within_site(value) && is_new(value) => {
                    links.push_str(&String::from_utf8_lossy(value).replace("&amp;", "&"));
                    links.push('\n');
                }
                b"id" => ids.push((hash(value), value)),
                _ => {}
            });
        }
        ids.sort_unstable_by_key(|(hash, _)| *hash);
        let twice = ids.windows(2).find_map(|pair| match pair {
            [(_, first), (_, second)] => (first == second).then(|| String::from_utf8_lossy(first).into()),
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

    /// The sums by which other pages know these links. One with `&` has none: it is written otherwise in a page.
    pub fn link_sums(&self) -> impl Iterator<Item = u64> {
        self.links().filter(|link| !link.contains('&')).map(|link| hash(link.as_bytes()))
    }

    /// True when an element has the id.
    #[must_use]
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.binary_search(&hash(id.as_bytes())).is_ok()
    }
}

fn is_within_site(value: &[u8]) -> bool {
    let scheme = value.split(|byte| matches!(byte, b'/' | b'?' | b'#')).next().unwrap_or_default();
    !scheme.contains(&b':') && !value.starts_with(b"//") && !value.is_empty()
}

/// Calls `each` for the attributes of the tag that `tag` begins with; gives the rest after the tag.
fn attributes<'a>(tag: &'a [u8], mut each: impl FnMut(&'a [u8], &'a [u8])) -> &'a [u8] {
    let end_of =
        |text: &[u8], part_of: fn(u8) -> bool| text.iter().position(|byte| !part_of(*byte)).unwrap_or(text.len());
    let skip = |text: &'a [u8], part_of: fn(u8) -> bool| text.get(end_of(text, part_of)..).unwrap_or_default();
    let mut rest = skip(tag, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    loop {
        rest = skip(rest, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if let Some(after) = rest.strip_prefix(b">") {
            return after;
        }
        let end = end_of(rest, |byte| !(byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')));
        if end == 0 {
            // A stray `=` or the end of the text.
            let Some(after) = rest.get(1..) else { return &[] };
            rest = after;
            continue;
        }
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        rest = after;
        if let Some(quoted) = rest.strip_prefix(b"=\"") {
            let Some(close) = memchr(b'"', quoted) else { return &[] };
            each(name, quoted.get(..close).unwrap_or_default());
            rest = quoted.get(close + 1..).unwrap_or_default();
        }
    }
}

/// A word at a time, as Fx hashes do: the same on every system, and a clash only hides a broken link.
fn hash(text: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (words, rest) = text.as_chunks();
    let whole = words.iter().fold(text.len() as u64, |hash, word| step(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(whole, |hash, byte| step(hash, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_are_found_in_tags_only() {
        let html = "<!doctype html><a href=\"/a/?x=1&amp;y\" id=top>x</a> href=\"/no/\" <!-- <a href=\"/c/\"> -->\
            <img src=\"/b.png\" alt=\"a > b\"><p id=\"見出し\"/><a href=\"https://example.jp\"></a><a href=\"mailto:a@b\"></a>\
            <a href=\"/b.png\"></a><a href=\"/known/\"></a><a href=\"#x\"></a>";
        let known = BTreeSet::from([hash(b"/known/"), hash(b"#x")]);
        let facts = Facts::read(html.as_bytes(), &known);
        assert_eq!(facts.links().collect::<Vec<_>>(), ["/a/?x=1&y", "/b.png", "#x"]);
        assert!(facts.has_id("見出し") && !facts.has_id("top"));
    }
}
