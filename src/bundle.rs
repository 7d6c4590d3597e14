//! One edition alone: its page, its articles and what they show, as a folder that opens without a server.
//!
//! In: all artifacts of a build at the edition's release. Out: those of the edition, with links between them made
//! relative and links to the rest of the site made whole. An edition that is not public yet is marked so on each page,
//! for the printer or a council meeting. The bundle is no site: nothing of it is meant for a web server.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::artifact::{Artifact, Body};
use crate::config::BaseUrl;
use crate::library::Library;

/// Attributes that hold addresses.
const ATTRIBUTES: [&str; 4] = [" href=\"", " src=\"", " poster=\"", " srcset=\""];

/// What to make of a build.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The edition.
    pub slug: &'a str,
    /// What stands on each page of an edition that is not public; none once it is.
    pub mark: Option<&'a str>,
}

/// The artifacts of one edition.
#[must_use]
pub fn bundle(artifacts: Vec<Artifact>, library: &Library, wish: Wish<'_>) -> Vec<Artifact> {
    let base = &library.config.base_url;
    let pages: BTreeSet<String> = artifacts
        .iter()
        .filter(|artifact| is_page(artifact, library, wish.slug))
        .map(|artifact| artifact.path.as_str().to_owned())
        .collect();
    let texts: BTreeMap<&str, String> = artifacts
        .iter()
        .filter(|artifact| pages.contains(artifact.path.as_str()))
        .map(|artifact| (artifact.path.as_str(), text(artifact)))
        .collect();
    let shown: BTreeSet<String> = texts.values().flat_map(|text| targets(text, base)).collect();
    let kept = |path: &str| pages.contains(path) || (!path.ends_with(".html") && shown.contains(path));
    let keep: BTreeSet<String> =
        artifacts.iter().map(|artifact| artifact.path.as_str().to_owned()).filter(|path| kept(path)).collect();
    let relinked: BTreeMap<String, String> = texts
        .iter()
        .map(|(path, text)| ((*path).to_owned(), marked(&relink(text, path, base, &keep), wish.mark)))
        .collect();
    let mut bundle: Vec<Artifact> =
        artifacts.into_iter().filter(|artifact| keep.contains(artifact.path.as_str())).collect();
    for artifact in &mut bundle {
        if let Some(text) = relinked.get(artifact.path.as_str()) {
            artifact.body = Body::Bytes(text.clone().into_bytes());
        }
    }
    bundle
}

/// The edition's own page in each language, and the pages of its articles.
fn is_page(artifact: &Artifact, library: &Library, slug: &str) -> bool {
    let Some(folder) = artifact.path.as_str().strip_suffix("/index.html") else { return false };
    let mut parts = folder.rsplit('/');
    let (last, above) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if above == "editions" {
        return last == slug;
    }
    let of_edition = library.articles.iter().filter(|article| {
        article.edition.as_ref().is_some_and(|edition| edition.value == slug) && article.slug.value == last
    });
    of_edition.map(|article| &article.path).any(|path| artifact.origins.contains(path))
}

fn text(artifact: &Artifact) -> String {
    match &artifact.body {
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Body::Copy { .. } | Body::Image(_) => String::new(),
    }
}

/// Output paths that a page refers to.
fn targets(text: &str, base: &BaseUrl) -> Vec<String> {
    let mut found = Vec::new();
    each_address(text, |address| {
        found.extend(output_path(address, base).map(|(path, _)| path));
        None
    });
    found
}

/// The output path that an address of this site stands for, and what follows it (`#part`).
fn output_path<'a>(address: &'a str, base: &BaseUrl) -> Option<(String, &'a str)> {
    let below = address.strip_prefix(base.path.as_str()).or_else(|| address.strip_prefix('/'))?;
    if address.starts_with("//") {
        return None;
    }
    let end = below.find(['#', '?']).unwrap_or(below.len());
    let (path, rest) = below.split_at_checked(end)?;
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    Some((file, rest))
}

/// Links within the bundle become relative, all others whole.
fn relink(text: &str, page: &str, base: &BaseUrl, keep: &BTreeSet<String>) -> String {
    let up = "../".repeat(page.matches('/').count());
    each_address(text, |address| {
        let (path, rest) = output_path(address, base)?;
        if keep.contains(&path) { Some(format!("{up}{path}{rest}")) } else { Some(format!("{}{address}", base.origin)) }
    })
}

/// Rewrites every address in the attributes of a page; `change` gives the new one, or none to leave it.
fn each_address(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = ATTRIBUTES.iter().filter_map(|name| rest.find(name).map(|at| (at, *name))).min();
        let Some((at, name)) = next else { break };
        let begin = at + name.len();
        let Some(length) = rest.get(begin..).and_then(|value| value.find('"')) else { break };
        let value = rest.get(begin..begin + length).unwrap_or("");
        out.push_str(rest.get(..begin).unwrap_or(""));
        if name == " srcset=\"" {
            let parts = value.split(", ").map(|part| {
                let (address, width) = part.split_once(' ').unwrap_or((part, ""));
                let address = change(address).unwrap_or_else(|| address.to_owned());
                format!("{address} {width}").trim_end().to_owned()
            });
            out.push_str(&parts.collect::<Vec<_>>().join(", "));
        } else {
            out.push_str(&change(value).unwrap_or_else(|| value.to_owned()));
        }
        rest = rest.get(begin + length..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// A page of an edition that is not public says so at its top, and asks search engines to stay away.
fn marked(text: &str, mark: Option<&str>) -> String {
    let Some(mark) = mark else { return text.to_owned() };
    let robots = "<meta name=\"robots\" content=\"noindex, nofollow\">\n</head>";
    let text = text.replacen("</head>", robots, 1);
    let Some(body) = text.find("<body") else { return text };
    let Some(end) = text.get(body..).and_then(|rest| rest.find('>')).map(|at| body + at + 1) else { return text };
    let (before, after) = text.split_at_checked(end).unwrap_or((&text, ""));
    format!("{before}\n<p class=\"notice\" role=\"note\"><strong>{}</strong></p>{after}", crate::markdown::escape(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_within_are_relative_and_links_out_are_whole() {
        let base = BaseUrl::parse("https://example.jp/zaitaku/").expect("an address");
        let keep = BTreeSet::from(["stories/庭/index.html".to_owned(), "static/a.css".to_owned()]);
        let html = "<link href=\"/zaitaku/static/a.css\"><a href=\"/zaitaku/stories/%E5%BA%AD/#x\">a</a>\
                    <a href=\"/zaitaku/areas/\">b</a><a href=\"#main\">c</a><a href=\"tel:+81\">d</a>\
                    <img srcset=\"/zaitaku/static/a.css 1x, /zaitaku/i.webp 2x\">";
        let told = relink(html, "editions/e/index.html", &base, &keep);
        for part in [
            "href=\"../../static/a.css\"",
            "href=\"../../stories/庭/index.html#x\"",
            "href=\"https://example.jp/zaitaku/areas/\"",
            "href=\"#main\"",
            "href=\"tel:+81\"",
            "srcset=\"../../static/a.css 1x, https://example.jp/zaitaku/i.webp 2x\"",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
    }

    #[test]
    fn what_is_not_public_says_so() {
        let page = "<html><head><title>a</title></head><body class=\"x\"><main></main></body></html>";
        let told = marked(page, Some("公開前 <見本>"));
        assert!(
            told.contains("<body class=\"x\">\n<p class=\"notice\" role=\"note\"><strong>公開前 &lt;見本&gt;"),
            "{told}"
        );
        assert!(told.contains("noindex"), "{told}");
        assert_eq!(marked(page, None), page);
    }
}
