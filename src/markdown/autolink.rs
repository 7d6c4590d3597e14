//! Addresses written as plain text: `https://…`, `www.…`, `name@example.jp`, as GitHub links them.
//!
//! In Japanese no space follows an address, so it ends at the first character that is not ASCII.

use std::ops::Range;

/// Longer addresses are left as text, so that no text makes this slow.
const LENGTH_MAX: usize = 2_000;
const DOMAIN_MAX: usize = 253;

/// An address in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// What the address lacks to be whole.
    pub(super) prefix: &'static str,
}

/// The address around the byte at `at`, which is `:`, `w` or `@`; it does not begin before `from`.
pub(super) fn around(text: &str, from: usize, at: usize) -> Option<Found> {
    match text.as_bytes().get(at)? {
        b':' => scheme(text, from, at),
        b'w' => www(text, from, at),
        b'@' => mail(text, from, at),
        _ => None,
    }
}

fn scheme(text: &str, from: usize, colon: usize) -> Option<Found> {
    let after = text.get(colon..)?.strip_prefix("://")?;
    let before = text.get(from..colon)?;
    let length = ["https", "http"].into_iter().map(str::len).zip(["https", "http"]).find_map(|(length, name)| {
        let start = before.len().checked_sub(length)?;
        before.get(start..)?.eq_ignore_ascii_case(name).then_some(length)
    })?;
    let start = colon - length;
    if !may_begin(text, start) || !is_domain(after) {
        return None;
    }
    let end = end_of_path(text, colon + 3)?;
    Some(Found { range: start..end, prefix: "" })
}

fn www(text: &str, from: usize, at: usize) -> Option<Found> {
    let rest = text.get(at..)?;
    if at < from || !rest.starts_with("www.") || !may_begin(text, at) || !is_domain(rest) {
        return None;
    }
    Some(Found { range: at..end_of_path(text, at)?, prefix: "http://" })
}

/// An address begins where no word is being written.
fn may_begin(text: &str, start: usize) -> bool {
    text.get(..start).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// Two or more parts, the last two without `_`.
fn is_domain(text: &str) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let end = text.bytes().take(DOMAIN_MAX + 1).take_while(is_part).count();
    let domain = text.get(..end).unwrap_or_default().trim_end_matches('.');
    let mut parts = domain.rsplit('.');
    let (last, before) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    end <= DOMAIN_MAX && !last.is_empty() && !before.is_empty() && !last.contains('_') && !before.contains('_')
}

fn end_of_path(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let in_path = |byte: &u8| byte.is_ascii_graphic() && *byte != b'<';
    let length = rest.bytes().take(LENGTH_MAX + 1).take_while(in_path).count();
    if length > LENGTH_MAX {
        return None;
    }
    let mut path = rest.get(..length)?;
    let mut open = path.matches('(').count();
    let mut closed = path.matches(')').count();
    loop {
        let shorter = match path.chars().next_back()? {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => path.len() - 1,
            ')' if closed > open => path.len() - 1,
            ';' => match path.rfind('&') {
                Some(at) if path.get(at + 1..path.len() - 1)?.chars().all(|c| c.is_ascii_alphanumeric()) => at,
                _ => path.len() - 1,
            },
            _ => return Some(start + path.len()),
        };
        let cut = path.get(shorter..)?;
        open -= cut.matches('(').count();
        closed -= cut.matches(')').count();
        path = path.get(..shorter)?;
    }
}

fn mail(text: &str, from: usize, at: usize) -> Option<Found> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let before = text.get(from..at)?;
    let start = at - before.chars().rev().take_while(|&c| is_local(c)).count();
    let after = text.get(at + 1..)?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = after.get(..after.find(|c: char| !is_host(c)).unwrap_or(after.len()))?.trim_end_matches('.');
    let whole = start < at && host.contains('.') && is_domain(host) && !host.ends_with(['-', '_']);
    whole.then(|| Found { range: start..at + 1 + host.len(), prefix: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at >= from
                && matches!(byte, b':' | b'w' | b'@')
                && let Some(link) = around(text, from, at)
            {
                from = link.range.end;
                found.push(&text[link.range]);
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_where_japanese_goes_on() {
        check("詳しくはhttps://example.jp/a_b?x=1をご覧ください。", &["https://example.jp/a_b?x=1"]);
        check("(www.example.jp/a(b)) www.example.jp.", &["www.example.jp/a(b)", "www.example.jp"]);
        check("a.b-c_d@example.jpまで", &["a.b-c_d@example.jp"]);
        check("https://a_b.c_d xhttps://example.jp http:// @a.b a@b a@b.", &[]);
        check("https://example.jp/&copy; https://example.jp/;", &["https://example.jp/", "https://example.jp/"]);
    }
}
