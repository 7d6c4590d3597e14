//! Where the links are written that lead nowhere on the finished pages.
//!
//! In: the `Site`, and the links that the check of the output could not follow. Out: a message for each, at the line
//! of the article that has it, or at the page's own file where no article does: then it is the theme's.

use std::collections::BTreeMap;

use crate::article::{Article, Kind};
use crate::check::DeadLink;
use crate::diag::Report;
use crate::markdown::{Reference, escape_address};
use crate::site::{Resolved, Site};
use crate::source::Span;

/// What was found of dead links.
#[derive(Debug, Default)]
pub struct Traced {
    /// What to say of them.
    pub report: Report,
    /// Those that are written in articles.
    pub places: Vec<Span>,
}

/// The lines that the links come from.
#[must_use]
pub fn trace(site: &Site, dead: &[DeadLink]) -> Traced {
    let mut traced = Traced::default();
    if dead.is_empty() {
        return traced;
    }
    let written = written(site);
    for link in dead {
        let page = if link.target.starts_with('#') { link.page.as_str() } else { "" };
        let Some(places) = written.get(&(page.to_owned(), link.target.clone())) else {
            traced.report.push(link.told_of_page());
            continue;
        };
        places.iter().for_each(|place| traced.report.push(link.told().at(place)));
        traced.places.extend(places.iter().cloned());
    }
    traced
}

/// The links of all articles as pages have them: by their page, where they lead to a place on it, and their address.
fn written(site: &Site) -> BTreeMap<(String, String), Vec<Span>> {
    let mut written: BTreeMap<(String, String), Vec<Span>> = BTreeMap::new();
    for public in &site.public.articles {
        let article = &public.article;
        for reference in article.body.references() {
            let Reference::Link(url) = reference else { continue };
            let Some(href) = href(site, article, &url.value) else { continue };
            let own_page = || site.article_address(public).output_path().map(|path| path.to_string());
            let page = if href.starts_with('#') { own_page().unwrap_or_default() } else { String::new() };
            // As it is read from the page.
            let href = escape_address(&href).replace("&amp;", "&");
            written.entry((page, href)).or_default().push(url.span.clone());
        }
    }
    written
}

/// The address that a link within the site gets on its page.
fn href(site: &Site, article: &Article, destination: &str) -> Option<String> {
    let base = &site.public.config.base_url;
    match site.resolve(article, destination) {
        Resolved::Page(address) => Some(address.href(base)),
        Resolved::SitePath(path) => Some(base.href(&path)),
        // Ids of articles that share a page begin with their names.
        Resolved::Anchor(anchor) if matches!(article.kind, Kind::Faq | Kind::Term) => {
            Some(format!("#{}-{anchor}", article.slug.value))
        }
        Resolved::Anchor(anchor) => Some(format!("#{anchor}")),
        Resolved::File(_) | Resolved::External(_) | Resolved::Nothing => None,
    }
}
