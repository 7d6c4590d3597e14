//! The sitemap, with the language versions of each page beside it.
//!
//! In: pages with whole addresses. Out: `sitemap.xml`; past 50,000 pages an index and its parts, as the protocol
//! wants it.

use jiff::civil::Date;

use super::xml::Xml;

/// A page of the sitemap.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address, whole.
    pub address: String,
    /// The day of its last change, where the content says one.
    pub updated: Option<Date>,
    /// Its versions by language, itself among them; empty where there is but one.
    pub alternates: Vec<Alternate>,
}

/// A language version of a page.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// Language tag, or `x-default`.
    pub lang: String,
    /// Its address, whole.
    pub address: String,
}

/// A file of the sitemap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name at the site's root.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The protocol's limit for one file.
const PAGES_MAX: usize = 50_000;

/// The sitemap of `pages`; `root` is the whole address of the site's root, with its slash.
#[must_use]
pub fn render(pages: &[Page], root: &str) -> Vec<File> {
    render_parts(pages, root, PAGES_MAX)
}

fn render_parts(pages: &[Page], root: &str, pages_max: usize) -> Vec<File> {
    if pages.len() <= pages_max {
        return vec![File { name: "sitemap.xml".to_owned(), bytes: urls(pages) }];
    }
    let mut index = Xml::new();
    index.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    let mut parts = Vec::new();
    for (number, part) in (1..).zip(pages.chunks(pages_max)) {
        let name = format!("sitemap-{number}.xml");
        index.open("sitemap", &[]);
        index.text("loc", &[], &format!("{root}{name}"));
        index.close();
        parts.push(File { name, bytes: urls(part) });
    }
    let mut files = vec![File { name: "sitemap.xml".to_owned(), bytes: index.finish() }];
    files.append(&mut parts);
    files
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn urls(pages: &[Page]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("urlset", &[("xmlns", NAMESPACE), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")]);
    for page in pages {
        xml.open("url", &[]);
        xml.text("loc", &[], &page.address);
        if let Some(day) = page.updated {
            xml.text("lastmod", &[], &day.to_string());
        }
        for alternate in &page.alternates {
            let link =
                [("rel", "alternate"), ("hreflang", alternate.lang.as_str()), ("href", alternate.address.as_str())];
            xml.empty("xhtml:link", &link);
        }
        xml.close();
    }
    xml.finish()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn count(bytes: &[u8], name: &str) -> usize {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).expect("UTF-8"));
        let mut found = 0;
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(element) | Event::Empty(element) if element.name().as_ref() == name => found += 1,
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    fn page(number: usize) -> Page {
        let address = |lang: &str| format!("https://example.jp{lang}/a/?n={number}&m=1");
        Page {
            address: address(""),
            updated: Some(jiff::civil::date(2026, 6, 1)),
            alternates: vec![
                Alternate { lang: "ja".to_owned(), address: address("") },
                Alternate { lang: "en".to_owned(), address: address("/en") },
            ],
        }
    }

    #[test]
    fn pages_stand_with_their_languages() {
        let files = render(&[page(1), page(2)], "https://example.jp/");
        let [file] = files.as_slice() else { panic!("one file") };
        assert_eq!((count(&file.bytes, "url"), count(&file.bytes, "xhtml:link")), (2, 4));
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(text.contains("<loc>https://example.jp/a/?n=1&amp;m=1</loc>"), "{text}");
        assert!(text.contains("<lastmod>2026-06-01</lastmod>"), "{text}");
    }

    #[test]
    fn many_pages_are_split() {
        let pages: Vec<Page> = (0..5).map(page).collect();
        let files = render_parts(&pages, "https://example.jp/", 2);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        assert_eq!(files.iter().map(|file| count(&file.bytes, "url")).collect::<Vec<_>>(), [0, 2, 2, 1]);
        assert_eq!(count(&files[0].bytes, "sitemap"), 3);
        assert_eq!(render_parts(&pages, "https://example.jp/", 5).len(), 1);
    }
}
