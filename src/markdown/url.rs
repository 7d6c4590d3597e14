//! What kind of address a link has, and which ones are refused.

/// An address by its kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Destination<'a> {
    /// `https`, `http`, `mailto` or `tel`: the whole address.
    External(&'a str),
    /// `facility:ID`.
    Facility(&'a str),
    /// `area:ID`.
    Area(&'a str),
    /// `/areas/`: an address of the site, with query and fragment.
    Site(&'a str),
    /// `@/stories/hayashi.md`: a path from the content folder, and the fragment without `#`.
    Content {
        /// The path without `@/`.
        path: &'a str,
        /// Empty where there is none.
        fragment: &'a str,
    },
    /// `../stories/hayashi.md`: a path from the article's folder, and the fragment without `#`.
    Relative {
        /// The path.
        path: &'a str,
        /// Empty where there is none.
        fragment: &'a str,
    },
    /// `#見出し`: a place of this page, without `#`.
    Fragment(&'a str),
    /// Refused: the scheme, or `//`.
    Refused(&'a str),
}

/// The kind of an address whose entities and escapes are decoded.
#[must_use]
pub fn classify(url: &str) -> Destination<'_> {
    // Browsers drop these wherever they stand, so that `java<tab>script:` would be a scheme.
    if url.chars().any(|c| c.is_control()) {
        return Destination::Refused(url);
    }
    let url = url.trim();
    if let Some(scheme) = scheme(url) {
        let rest = url.get(scheme.len() + 1..).unwrap_or_default();
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if rest.starts_with("//") && rest.len() > 2 => Destination::External(url),
            "mailto" | "tel" => Destination::External(url),
            "facility" => Destination::Facility(rest),
            "area" => Destination::Area(rest),
            _ => Destination::Refused(scheme),
        };
    }
    let mut start = url.chars();
    if let (Some('/' | '\\'), Some('/' | '\\')) = (start.next(), start.next()) {
        return Destination::Refused("//");
    }
    if url.starts_with('\\') {
        return Destination::Refused("\\");
    }
    if url.starts_with('/') {
        return Destination::Site(url);
    }
    let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
    if path.is_empty() {
        return Destination::Fragment(fragment);
    }
    match path.strip_prefix("@/") {
        Some(path) => Destination::Content { path, fragment },
        None => Destination::Relative { path, fragment },
    }
}

/// What stands before a colon that comes before any `/`, `?` or `#`.
fn scheme(url: &str) -> Option<&str> {
    let (before, _) = url.split_once(':')?;
    (!before.contains(['/', '?', '#'])).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_pass() {
        for good in ["https://example.jp/", "HTTP://example.jp", "mailto:a@example.jp", "tel:+81-00-0000-0000"] {
            assert_eq!(classify(good), Destination::External(good), "{good}");
        }
        let bad = [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//evil.example/",
            "\\\\evil.example",
            "/\\evil.example",
            "https:evil",
            "java\nscript:x",
            "ftp://example.jp",
            "blob:x",
            "C:\\x",
            "\u{a0}javascript:x",
        ];
        for bad in bad {
            assert!(matches!(classify(bad), Destination::Refused(_)), "{bad:?}");
        }
    }

    #[test]
    fn ours_are_told_apart() {
        assert_eq!(classify("facility:c-001"), Destination::Facility("c-001"));
        assert_eq!(classify("Area:aoba"), Destination::Area("aoba"));
        assert_eq!(classify("#見出し"), Destination::Fragment("見出し"));
        assert_eq!(classify("/areas/"), Destination::Site("/areas/"));
        assert_eq!(classify("@/a/b.md#x"), Destination::Content { path: "a/b.md", fragment: "x" });
        assert_eq!(classify("../a/b.md"), Destination::Relative { path: "../a/b.md", fragment: "" });
        assert_eq!(classify("./a:b.md"), Destination::Relative { path: "./a:b.md", fragment: "" });
    }
}
