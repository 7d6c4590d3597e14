//! Links and ids of one page, read from its HTML.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, Match};
use memchr::{memchr, memmem, memrchr2};

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
        for (attribute, value) in attributes(html) {
            match attribute {
                Attribute::Link if is_within_site(value) && is_new(value) => {
                    links.push_str(&String::from_utf8_lossy(value).replace("&amp;", "&"));
                    links.push('\n');
                }
                Attribute::Link => {}
                Attribute::Id => ids.push((hash(value), value)),
            }
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

/// What is read of a tag.
#[derive(Clone, Copy)]
enum Attribute {
    /// `href` or `src`.
    Link,
    Id,
}

/// How they are written in a page; and where a comment begins.
const WRITTEN: [&str; 4] = ["href=\"", "src=\"", "id=\"", COMMENT];
const COMMENT: &str = "<!--";

/// Looks at many bytes at once, where the processor can.
static FAST: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(WRITTEN));
static SLOW: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(WRITTEN).unwrap_or_else(|problem| unreachable!("four short words are searchable: {problem}"))
});

/// Where those words are.
fn hits(html: &[u8]) -> impl Iterator<Item = Match> {
    let fast = FAST.as_ref().map(|searcher| searcher.find_iter(html));
    let slow = FAST.is_none().then(|| SLOW.find_iter(html));
    fast.into_iter().flatten().chain(slow.into_iter().flatten())
}

/// All that stand in tags, in the order of the page. Most of a page is neither: it is passed over in search of them,
/// and only what stands before each is looked at. One that follows a bare `>` within quotes is not seen.
fn attributes(html: &[u8]) -> Vec<(Attribute, &[u8])> {
    let mut found = Vec::new();
    let mut comment_end = 0;
    for hit in hits(html) {
        let (before, rest) = html.split_at_checked(hit.start()).unwrap_or_default();
        if hit.start() < comment_end {
            continue;
        }
        let attribute = match WRITTEN.get(hit.pattern().as_usize()) {
            Some(&COMMENT) => {
                comment_end = memmem::find(rest, b"-->").map_or(html.len(), |length| hit.start() + length);
                continue;
            }
            Some(&"id=\"") => Attribute::Id,
            _ => Attribute::Link,
        };
        let value = html.get(hit.end()..).unwrap_or_default();
        if let Some(end) = memchr(b'"', value).filter(|_| is_in_tag(before)) {
            found.push((attribute, value.get(..end).unwrap_or_default()));
        }
    }
    found
}

/// True where an attribute may begin after this.
fn is_in_tag(before: &[u8]) -> bool {
    let is_apart = before.last().is_some_and(u8::is_ascii_whitespace);
    let bracket = is_apart.then(|| memrchr2(b'<', b'>', before)).flatten();
    let opened = bracket.and_then(|at| before.get(at..));
    matches!(opened, Some([b'<', first, ..]) if first.is_ascii_alphabetic())
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
            <a href=\"/b.png\"></a><a href=\"/known/\"></a><a href=\"#x\"></a><a data-href=\"/no/\"\n  href=\"/d/\">id=\"no\"</a>\
            a < b id=\"no\" ><!-- id=\"no\"";
        let known = BTreeSet::from([hash(b"/known/"), hash(b"#x")]);
        let facts = Facts::read(html.as_bytes(), &known);
        assert_eq!(facts.links().collect::<Vec<_>>(), ["/a/?x=1&y", "/b.png", "#x", "/d/"]);
        assert!(facts.has_id("見出し") && !facts.has_id("top") && !facts.has_id("no"));
    }
}
