//! Web addresses of other sites, as people write them into front matter, configuration and lists.

use url::Url;

/// `http` or `https` with a host that has a dot, written without blanks and full-width characters.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let written_well = text.starts_with("http://") || text.starts_with("https://");
    written_well
        && !text.chars().any(|c| c.is_whitespace() || is_wide(c) || matches!(c, '<' | '>' | '"' | '\\' | '`'))
        && Url::parse(text).is_ok_and(|url| {
            url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
                && url.password().is_none()
        })
}

/// True for the full-width twins of ASCII.
pub(crate) fn is_wide(c: char) -> bool {
    ('\u{FF01}'..='\u{FF5E}').contains(&c)
}
