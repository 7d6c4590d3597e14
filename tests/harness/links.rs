//! Every link inside the site leads somewhere, and to a place on that page which exists.

use std::collections::{BTreeMap, BTreeSet};

use sumika::source::Sources;

use super::program::{self, Outcome};

/// Links of pages, feeds and the sitemap that lead nowhere. A site with errors is not published, and not held to it.
pub(crate) fn complaints(sources: &Sources, outcome: &Outcome) -> Vec<String> {
    if outcome.exit == 1 {
        return Vec::new();
    }
    let (origin, prefix) = base(sources);
    let pages: BTreeMap<&str, &str> =
        outcome.outputs.iter().filter_map(|(path, body)| Some((path.as_str(), program::text(body)?))).collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|(path, text)| (*path, ids(text))).collect();
    let mut found = Vec::new();
    for (path, text) in &pages {
        let links = if path.ends_with(".html") {
            attributes(text, &["href", "src"])
        } else if path.ends_with(".xml") {
            [attributes(text, &["href"]), elements(text, "loc")].concat()
        } else {
            continue;
        };
        for link in links {
            let Some((target, anchor)) = inside(&link, &origin, &prefix, path) else { continue };
            if !outcome.outputs.contains_key(&target) {
                found.push(format!("{path} links to {link}: no {target}"));
            } else if !anchor.is_empty() && !ids.get(target.as_str()).is_some_and(|ids| ids.contains(&anchor)) {
                found.push(format!("{path} links to {link}: no such place on the page"));
            }
        }
    }
    found
}

/// Origin and path of `base_url`.
fn base(sources: &Sources) -> (String, String) {
    let table = sources.text_at("sumika.toml").and_then(|(_, text)| text.text.parse::<toml::Table>().ok());
    let url = table
        .as_ref()
        .and_then(|table| table.get("site")?.get("base_url")?.as_str())
        .and_then(|url| url::Url::parse(url).ok());
    match url {
        Some(url) => (url.origin().ascii_serialization(), format!("{}/", url.path().trim_end_matches('/'))),
        None => ("https://example.jp".to_owned(), "/".to_owned()),
    }
}

/// The output that a link means, and the place on it; `None` for links out of the site.
fn inside(link: &str, origin: &str, prefix: &str, page: &str) -> Option<(String, String)> {
    let link = link.strip_prefix(origin).unwrap_or(link);
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or(path);
    let anchor = decoded(anchor);
    if path.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    if !path.starts_with('/') || path.starts_with("//") {
        return None;
    }
    let Some(below) = path.strip_prefix(prefix) else { return Some((format!("(outside of {prefix}) {path}"), anchor)) };
    let below = decoded(below);
    let target = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below };
    Some((target, anchor))
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn attributes(text: &str, names: &[&str]) -> Vec<String> {
    let of = |name: &&str| {
        text.split(&format!(" {name}=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(unescaped)
            .collect::<Vec<_>>()
    };
    names.iter().flat_map(of).collect()
}

fn elements(text: &str, name: &str) -> Vec<String> {
    text.split(&format!("<{name}>")).skip(1).filter_map(|rest| rest.split('<').next()).map(unescaped).collect()
}

fn ids(text: &str) -> BTreeSet<String> {
    attributes(text, &["id"]).into_iter().collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&#x2F;", "/").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}
