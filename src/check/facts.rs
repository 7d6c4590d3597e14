//! Links and ids of one page, read from its HTML.

/// What the link check needs of a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// The links, one a line: far smaller than a vector of strings.
    links: String,
    /// Hashes of the ids, sorted.
    ids: Vec<u64>,
}

impl Facts {
    /// Reads a page.
    #[must_use]
    pub fn read(html: &str) -> Self {
        let mut facts = Self::default();
        let mut seen: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = rest.get(at + 1..).unwrap_or("");
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            rest = attributes(rest, |name, value| match name {
                "href" | "src" if is_within_site(value) && seen.insert(value) => {
                    facts.links.push_str(&value.replace("&amp;", "&"));
                    facts.links.push('\n');
                }
                "id" => facts.ids.push(hash(value)),
                _ => {}
            });
        }
        facts.ids.sort_unstable();
        facts.links.shrink_to_fit();
        facts.ids.shrink_to_fit();
        facts
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
    let mut rest = tag.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        if end == 0 {
            // A stray `=` or the end of the text.
            let Some(after) = rest.get(1..) else { return "" };
            rest = after;
            continue;
        }
        let (name, after) = rest.split_at(end);
        rest = after;
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let Some((value, after)) = quoted.split_once('"') else { return "" };
            each(name, value);
            rest = after;
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
            <img src=\"/b.png\" alt=\"a > b\"><p id=\"見出し\"/><a href=\"https://example.jp\"></a><a href=\"mailto:a@b\"></a>";
        let facts = Facts::read(html);
        assert_eq!(facts.links().collect::<Vec<_>>(), ["/a/?x=1&y", "/b.png"]);
        assert!(facts.has_id("見出し") && !facts.has_id("top"));
    }
}
