//! Atom feeds of the site and of its areas (RFC 4287).
//!
//! In: a `Feed` with its entries. Out: the bytes of the document. Ids and dates come from the content alone, so a
//! feed changes when something in it does and at no other time.

use jiff::Timestamp;

use super::xml::Xml;

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its own address, whole; also its id.
    pub address: String,
    /// The page it belongs to, whole.
    pub page: String,
    /// Language tag.
    pub lang: String,
    /// Title.
    pub title: String,
    /// A sentence on it.
    pub subtitle: Option<String>,
    /// Who publishes.
    pub author: String,
    /// The licence in a sentence.
    pub rights: Option<String>,
    /// Its entries, the newest first.
    pub entries: Vec<Entry>,
}

/// Something that was published.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its page, whole; also its id.
    pub page: String,
    /// Title.
    pub title: String,
    /// When it became public.
    pub published: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// In short, plain text.
    pub summary: String,
    /// Names of areas, scenes and the like.
    pub categories: Vec<Category>,
}

/// What an entry is about.
#[derive(Clone, Debug)]
pub struct Category {
    /// Identifier.
    pub term: String,
    /// Name.
    pub label: String,
}

/// The feed as a document.
#[must_use]
pub fn render(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.lang)]);
    xml.text("id", &[], &feed.address);
    xml.text("title", &[], &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        xml.text("subtitle", &[], subtitle);
    }
    // A feed without entries has not changed since there are feeds.
    let updated = feed.entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    xml.text("updated", &[], &rfc3339(updated));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.address)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page)]);
    xml.open("author", &[]);
    xml.text("name", &[], &feed.author);
    xml.close();
    if let Some(rights) = &feed.rights {
        xml.text("rights", &[], rights);
    }
    for entry in &feed.entries {
        write_entry(&mut xml, entry);
    }
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &Entry) {
    xml.open("entry", &[]);
    xml.text("id", &[], &entry.page);
    xml.text("title", &[], &entry.title);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.page)]);
    xml.text("published", &[], &rfc3339(entry.published));
    xml.text("updated", &[], &rfc3339(entry.updated));
    for category in &entry.categories {
        xml.empty("category", &[("term", &category.term), ("label", &category.label)]);
    }
    if !entry.summary.is_empty() {
        xml.text("summary", &[("type", "text")], &entry.summary);
    }
    xml.close();
}

/// Whole seconds in UTC.
fn rfc3339(at: Timestamp) -> String {
    jiff::fmt::temporal::DateTimePrinter::new().precision(Some(0)).timestamp_to_string(&at)
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn feed(entries: Vec<Entry>) -> Feed {
        Feed {
            address: "https://example.jp/feed.xml".to_owned(),
            page: "https://example.jp/".to_owned(),
            lang: "ja".to_owned(),
            title: "住まいで暮らす & 看取る".to_owned(),
            subtitle: None,
            author: "青葉市".to_owned(),
            rights: Some("CC BY 4.0".to_owned()),
            entries,
        }
    }

    fn entry(title: &str, updated: &str) -> Entry {
        Entry {
            page: "https://example.jp/stories/hayashi/".to_owned(),
            title: title.to_owned(),
            published: "2026-06-01T00:00:00Z".parse().expect("an instant"),
            updated: updated.parse().expect("an instant"),
            summary: "林さんの話 <b>&\u{0}".to_owned(),
            categories: vec![Category { term: "area:kita".to_owned(), label: "きた \"圏域\"".to_owned() }],
        }
    }

    /// Elements with their text, in order.
    fn elements(bytes: &[u8]) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).expect("UTF-8"));
        let mut found: Vec<(String, String)> = Vec::new();
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => {
                    found.push((start.name().as_ref().to_owned(), String::new()));
                }
                Event::Text(text) => {
                    if let Some((_, content)) = found.last_mut() {
                        content.push_str(text.trim());
                    }
                }
                Event::GeneralRef(reference) => {
                    if let Some((_, content)) = found.last_mut() {
                        content.push_str(&format!("&{};", &*reference));
                    }
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn a_feed_reads_back_as_it_was_meant() {
        let bytes =
            render(&feed(vec![entry("a < b", "2026-06-02T09:00:00.5+09:00"), entry("b", "2026-06-01T00:00:00Z")]));
        let found = elements(&bytes);
        let texts = |name: &str| -> Vec<&str> {
            found.iter().filter(|(element, _)| element == name).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(texts("title"), ["住まいで暮らす&amp;看取る", "a&lt;b", "b"]);
        assert_eq!(texts("updated"), ["2026-06-02T00:00:00Z", "2026-06-02T00:00:00Z", "2026-06-01T00:00:00Z"]);
        assert_eq!(texts("id")[0], "https://example.jp/feed.xml");
        assert_eq!(texts("summary")[0], "林さんの話&lt;b&gt;&amp;");
        assert!(String::from_utf8_lossy(&bytes).contains("label=\"きた &quot;圏域&quot;\""));
    }

    #[test]
    fn an_empty_feed_is_valid_and_does_not_move() {
        let bytes = render(&feed(Vec::new()));
        assert!(elements(&bytes).contains(&("updated".to_owned(), "1970-01-01T00:00:00Z".to_owned())));
        assert_eq!(bytes, render(&feed(Vec::new())));
    }
}
