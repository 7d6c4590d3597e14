//! The sitemap: every page that search engines may show, with its languages.

use super::put_file;
use crate::check::Output;
use crate::render::sitemap::{Alternate, Page, render};
use crate::site::{Address, PageKind, Site, SitePage};

pub(super) fn put(site: &Site, output: &mut Output<'_>) {
    let base = &site.public.config.base_url;
    let pages: Vec<Page> =
        site.pages.iter().filter(|page| is_listed(&page.kind)).map(|page| entry(site, page)).collect();
    let root = Address::page("", &[]).absolute(base);
    for file in render(&pages, &root) {
        put_file(output, &Address::file("", &file.name), file.bytes);
    }
}

fn is_listed(kind: &PageKind) -> bool {
    !matches!(kind, PageKind::NotFound | PageKind::Redirect { .. })
}

fn entry(site: &Site, page: &SitePage) -> Page {
    let base = &site.public.config.base_url;
    let updated = match &page.kind {
        PageKind::Article(no) => site.updated_of(site.article(*no)),
        PageKind::Facility(no) => site.facility(*no).facility.verified_on,
        _ => None,
    };
    let versions = site.languages().iter().filter_map(|lang| {
        let kind = site.in_language(&page.kind, lang)?;
        Some(Alternate { lang: lang.to_string(), address: site.address(&kind, lang).absolute(base) })
    });
    let alternates: Vec<Alternate> = versions.collect();
    let address = site.address(&page.kind, &page.lang).absolute(base);
    Page { address, updated, alternates: if alternates.len() > 1 { alternates } else { Vec::new() } }
}
