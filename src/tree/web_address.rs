//! Web addresses of other sites, as people write them into front matter, configuration and lists.

use url::Url;

/// `http` or `https` with a host that has a dot, written without blanks and full-width characters.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    is_plain(text) || is_any(text)
}

/// `https://www.example.jp/a/b.html`: letters, digits, dots, slashes and single hyphens, in which nothing can be wrong.
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let fits = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    !top.is_empty()
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !host.contains("--")
        && host.split('.').all(fits)
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte))
}

fn is_any(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_short_way_says_what_the_long_way_says(text in "https?://[a-c0-9A-Z.-]{0,12}(jp|com|[a-z0-9]{1,3})(/[a-z0-9/._~%-]{0,8})?") {
            prop_assert!(!is_plain(&text) || is_any(&text), "{}", text);
        }
    }
}
