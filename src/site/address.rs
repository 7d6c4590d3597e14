//! Addresses of pages and files within the site.

use percent_encoding::{AsciiSet, CONTROLS, PercentEncode, utf8_percent_encode};

use crate::artifact::OutputPath;
use crate::config::BaseUrl;

/// What a path segment must escape, beside what is not ASCII.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'&')
    .add(b'\'');

/// Bytes that an address has beside its path, most often: those of an anchor.
const HREF_SPARE: usize = 16;

/// A place on the site: a path that begins with a slash (and ends with one for a page), and maybe an anchor.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address {
    path: String,
    anchor: Option<String>,
}

impl Address {
    /// The page below a language's prefix.
    #[must_use]
    pub fn page(prefix: &str, parts: &[&str]) -> Self {
        let length: usize = parts.iter().map(|part| part.len() + 1).sum();
        let mut path = String::with_capacity(prefix.len() + length + 2);
        path.push('/');
        for part in std::iter::once(&prefix).chain(parts).filter(|part| !part.is_empty()) {
            path.push_str(part);
            path.push('/');
        }
        Self { path, anchor: None }
    }

    /// The file below a language's prefix.
    #[must_use]
    pub fn file(prefix: &str, name: &str) -> Self {
        let folder = Self::page(prefix, &[]).path;
        Self { path: format!("{folder}{name}"), anchor: None }
    }

    /// A place on the page.
    #[must_use]
    pub fn with_anchor(self, anchor: &str) -> Self {
        Self { anchor: Some(anchor.to_owned()), ..self }
    }

    /// The path, not encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The place on the page.
    #[must_use]
    pub fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }

    /// For `href`: with the site's base path, percent-encoded.
    #[must_use]
    pub fn href(&self, base: &BaseUrl) -> String {
        let mut href = String::with_capacity(base.path.len() + self.path.len() + HREF_SPARE);
        self.push_href(base, &mut href);
        href
    }

    /// The whole web address.
    #[must_use]
    pub fn absolute(&self, base: &BaseUrl) -> String {
        let room = base.origin.len() + base.path.len() + self.path.len() + HREF_SPARE;
        let mut address = String::with_capacity(room);
        address.push_str(&base.origin);
        self.push_href(base, &mut address);
        address
    }

    /// Without the machinery of formatting, which takes longer: a page has dozens of links.
    fn push_href(&self, base: &BaseUrl, out: &mut String) {
        out.push_str(base.path.trim_end_matches('/'));
        out.extend(encode(&self.path));
        if let Some(anchor) = &self.anchor {
            out.push('#');
            out.extend(encode(anchor));
        }
    }

    /// Where the page or file goes in the output; `None` when a part can't be a file name.
    #[must_use]
    pub fn output_path(&self) -> Option<OutputPath> {
        let below = self.path.trim_start_matches('/');
        if below.is_empty() || below.ends_with('/') {
            OutputPath::new(&format!("{below}index.html"))
        } else {
            OutputPath::new(below)
        }
    }
}

fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, SEGMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_files() {
        let base = BaseUrl::parse("https://example.jp/town").expect("an address");
        let page = Address::page("en", &["areas", "青葉"]).with_anchor("f-1");
        assert_eq!(page.href(&base), "/town/en/areas/%E9%9D%92%E8%91%89/#f-1");
        assert_eq!(page.absolute(&base), "https://example.jp/town/en/areas/%E9%9D%92%E8%91%89/#f-1");
        assert_eq!(page.output_path().map(|path| path.to_string()).as_deref(), Some("en/areas/青葉/index.html"));
        assert_eq!(Address::page("", &[]).href(&base), "/town/");
        let base = BaseUrl::parse("https://example.jp/在宅").expect("an address");
        assert_eq!(Address::page("", &["areas"]).href(&base), "/%E5%9C%A8%E5%AE%85/areas/");
        assert_eq!(Address::page("", &[]).output_path().map(|path| path.to_string()).as_deref(), Some("index.html"));
        assert_eq!(
            Address::file("", "404.html").output_path().map(|path| path.to_string()).as_deref(),
            Some("404.html")
        );
    }
}
