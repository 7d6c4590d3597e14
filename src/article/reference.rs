//! What the destination of a link or picture means, by its form alone.

use percent_encoding::percent_decode_str;

use super::ArticleId;
use crate::config::{BaseUrl, Lang};
use crate::markdown::{Destination, classify};
use crate::source::SourcePath;

/// The thing that a destination names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reference {
    /// Another article (all its translations), with an anchor inside it.
    Article {
        /// Which one.
        id: ArticleId,
        /// The part after `#`.
        anchor: Option<String>,
    },
    /// `facility:ID`.
    Facility(String),
    /// `area:ID`.
    Area(String),
    /// `#anchor` on the same page.
    Anchor(String),
    /// `/areas/…`: an address of the site itself.
    SitePath(String),
    /// A file beside the article or below `content/`. What begins with `/` and is no such file may be an address of
    /// the site: `/events.ics`.
    File(SourcePath),
    /// Another site, a mail address, a telephone number.
    External(String),
    /// A path that leaves `content/` or cannot be one, or an address that is refused.
    Unusable,
}

/// Reads a destination written in the file `from`, on the site at `base`.
#[must_use]
pub fn reference(from: &SourcePath, destination: &str, base: &BaseUrl) -> Reference {
    let (file, fragment) = match classify(destination) {
        Destination::Fragment(anchor) => return Reference::Anchor(decoded(anchor)),
        Destination::Facility(id) => return Reference::Facility(id.to_owned()),
        Destination::Area(id) => return Reference::Area(decoded(id)),
        Destination::External(url) => {
            return match base.within(url) {
                Some(path) => Reference::SitePath(with_final_slash(&path)),
                None => Reference::External(url.to_owned()),
            };
        }
        Destination::Refused(_) => return Reference::Unusable,
        Destination::Site(url) => {
            let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
            match SourcePath::new(&format!("content{}", decoded(path))).filter(has_file_extension) {
                Some(file) => (Some(file), fragment),
                None => return Reference::SitePath(with_final_slash(url)),
            }
        }
        Destination::Content { path, fragment } => {
            (SourcePath::new(&format!("content/{}", decoded(path).trim_end_matches('/'))), fragment)
        }
        Destination::Relative { path, fragment } => (from.resolve(&decoded(path)), fragment),
    };
    let anchor = Some(decoded(fragment)).filter(|anchor| !anchor.is_empty());
    match file {
        Some(file) if file.is_below("content") => below_content(file, anchor),
        _ => Reference::Unusable,
    }
}

/// The path of the page that an address of the site names, as it stands in `library::Addresses`; `None` for a file.
/// What lies beside a page goes with it: the calendar of an event.
#[must_use]
pub fn page_path(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path.strip_suffix("event.ics").filter(|folder| folder.ends_with('/')).unwrap_or(path));
    (path.ends_with('/') || path.ends_with(".html")).then_some(path)
}

/// `/areas` means the page `/areas/`: an address whose last part has no dot in it names no file.
fn with_final_slash(address: &str) -> String {
    let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let last = path.rsplit('/').next().unwrap_or_default();
    let slash = if last.is_empty() || last.contains('.') { "" } else { "/" };
    format!("{path}{slash}{rest}")
}

fn below_content(file: SourcePath, anchor: Option<String>) -> Reference {
    let below = file.as_str().strip_prefix("content/").unwrap_or_default();
    match below.strip_suffix(".md") {
        Some(stem) => Reference::Article { id: ArticleId::new(without_language(stem)), anchor },
        None => Reference::File(file),
    }
}

/// `guides/a.en` and `guides/a` are one article; authors may write either.
fn without_language(stem: &str) -> &str {
    match stem.rsplit_once('.') {
        Some((name, suffix)) if Lang::new(suffix).is_some() => name,
        _ => stem,
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn has_file_extension(path: &SourcePath) -> bool {
    let extension = path.extension();
    (2..=5).contains(&extension.len()) && extension != "html" && extension.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart_by_form() {
        let from = SourcePath::new("content/guides/start.md").expect("a plain name");
        let base = BaseUrl::parse("https://example.jp/town/").expect("an address");
        let article = |id: &str, anchor: Option<&str>| Reference::Article {
            id: ArticleId::new(id),
            anchor: anchor.map(str::to_owned),
        };
        let file = |path: &str| Reference::File(SourcePath::new(path).expect("a plain name"));
        for (destination, expected) in [
            ("../stories/hayashi.md", article("stories/hayashi", None)),
            ("other.en.md#%E8%A6%8B", article("guides/other", Some("見"))),
            ("@/faq/cost.md", article("faq/cost", None)),
            ("/areas/", Reference::SitePath("/areas/".to_owned())),
            ("/images/a.jpg", file("content/images/a.jpg")),
            ("photo.jpg", file("content/guides/photo.jpg")),
            ("#top", Reference::Anchor("top".to_owned())),
            ("Facility:aozora", Reference::Facility("aozora".to_owned())),
            ("other.zh-hant.md", article("guides/other", None)),
            ("other.md#", article("guides/other", None)),
            ("/events.ics", file("content/events.ics")),
            ("javascript:alert(1)", Reference::Unusable),
            ("//example.jp/", Reference::Unusable),
            ("facility:aozora", Reference::Facility("aozora".to_owned())),
            ("https://example.jp/a:b", Reference::External("https://example.jp/a:b".to_owned())),
            ("https://example.jp/town/stories/a/#b", Reference::SitePath("/stories/a/#b".to_owned())),
            ("HTTPS://EXAMPLE.JP/town", Reference::SitePath("/".to_owned())),
            ("/areas", Reference::SitePath("/areas/".to_owned())),
            ("/stories/%E8%A9%B1?x#y", Reference::SitePath("/stories/%E8%A9%B1/?x#y".to_owned())),
            ("/old.html", Reference::SitePath("/old.html".to_owned())),
            ("https://example.jp/town/faq#cost", Reference::SitePath("/faq/#cost".to_owned())),
            ("https://example.jp/townhall/", Reference::External("https://example.jp/townhall/".to_owned())),
            ("mailto:a@example.jp", Reference::External("mailto:a@example.jp".to_owned())),
            ("../../resources/facilities/a.csv", Reference::Unusable),
            ("../../../etc/passwd", Reference::Unusable),
        ] {
            assert_eq!(reference(&from, destination, &base), expected, "{destination}");
        }
        let base = BaseUrl::parse("https://example.jp/%e5%9C%a8宅/").expect("an address");
        for destination in ["https://example.jp/在宅/faq/#a", "https://example.jp/%E5%9C%A8%E5%AE%85/faq/#a"] {
            assert_eq!(
                reference(&from, destination, &base),
                Reference::SitePath("/faq/#a".to_owned()),
                "{destination}"
            );
        }
        for (address, page) in [
            ("/stories/%E8%A9%B1/?x#y", Some("/stories/話/")),
            ("/events/talk/event.ics", Some("/events/talk/")),
            ("/old.html", Some("/old.html")),
            ("/event.ics", Some("/")),
            ("/data/facilities.csv", None),
        ] {
            assert_eq!(page_path(address).as_deref(), page, "{address}");
        }
    }
}
