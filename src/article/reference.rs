//! What the destination of a link or picture means, by its form alone.

use percent_encoding::percent_decode_str;

use super::ArticleId;
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
    /// A file beside the article or below `content/`.
    File(SourcePath),
    /// Another site, a mail address, a telephone number.
    External(String),
    /// A path that leaves `content/` or cannot be one.
    Unusable,
}

/// Reads a destination written in the file `from`.
#[must_use]
pub fn reference(from: &SourcePath, destination: &str) -> Reference {
    if let Some(anchor) = destination.strip_prefix('#') {
        return Reference::Anchor(decoded(anchor));
    }
    if let Some(id) = destination.strip_prefix("facility:") {
        return Reference::Facility(id.to_owned());
    }
    if let Some(id) = destination.strip_prefix("area:") {
        return Reference::Area(decoded(id));
    }
    if has_scheme(destination) || destination.starts_with("//") {
        return Reference::External(destination.to_owned());
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor))),
        None => (destination, None),
    };
    let path = decoded(path);
    let resolved = if let Some(below) = path.strip_prefix("@/") {
        SourcePath::new(&format!("content/{}", below.trim_end_matches('/')))
    } else if path.starts_with('/') {
        match SourcePath::new(&format!("content{path}")) {
            Some(file) if has_file_extension(&file) => Some(file),
            _ => return Reference::SitePath(destination.to_owned()),
        }
    } else {
        from.resolve(&path)
    };
    match resolved {
        Some(file) if file.as_str().starts_with("content/") => below_content(file, anchor),
        _ => Reference::Unusable,
    }
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
        Some((name, suffix)) if (2..=3).contains(&suffix.len()) && suffix.chars().all(|c| c.is_ascii_lowercase()) => {
            name
        }
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

fn has_scheme(destination: &str) -> bool {
    let Some((scheme, _)) = destination.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart_by_form() {
        let from = SourcePath::new("content/guides/start.md").expect("a plain name");
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
            ("facility:aozora", Reference::Facility("aozora".to_owned())),
            ("https://example.jp/a:b", Reference::External("https://example.jp/a:b".to_owned())),
            ("mailto:a@example.jp", Reference::External("mailto:a@example.jp".to_owned())),
            ("../../resources/facilities/a.csv", Reference::Unusable),
            ("../../../etc/passwd", Reference::Unusable),
        ] {
            assert_eq!(reference(&from, destination), expected, "{destination}");
        }
    }
}
