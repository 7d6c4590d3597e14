//! What a link in a public article means on the public site.

use super::{Address, PageKind, Site};
use crate::area::AreaId;
use crate::article::{Article, Reference, page_path, reference};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::FacilityId;
use crate::markdown::{self, Destination, classify};
use crate::source::SourcePath;

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// To a page or a place on one.
    Page(Address),
    /// To an attachment below `content/`.
    File(SourcePath),
    /// To an address that the author wrote as an address of the site.
    SitePath(String),
    /// To a place on the same page.
    Anchor(String),
    /// To another site, a mail address, a telephone number.
    External(String),
    /// To nothing that is public: the link becomes plain text.
    Nothing,
}

impl Site {
    /// What `destination` means in `article`. Translations link to translations where there are any.
    #[must_use]
    pub fn resolve(&self, article: &Article, destination: &str) -> Resolved {
        let lang = &article.lang;
        match reference(&article.path, destination, &self.public.config.base_url) {
            Reference::Article { id, anchor } => {
                let default = self.public.config.default_language();
                let target = self.translation(&id, lang).or_else(|| self.translation(&id, default));
                let Some(target) = target.map(|no| self.article(no)) else { return Resolved::Nothing };
                let address = match id.introduces() {
                    Some(section) => self.section_address(section, article),
                    None => self.article_address(target),
                };
                Resolved::Page(match anchor {
                    Some(anchor) if address.anchor().is_none() => address.with_anchor(&anchor),
                    _ => address,
                })
            }
            Reference::Facility(id) => match FacilityId::new(&id).and_then(|id| self.facilities.by_id.get(&id)) {
                Some(&no) => Resolved::Page(self.address(&PageKind::Facility(no), lang)),
                None => Resolved::Nothing,
            },
            Reference::Area(id) => match AreaId::new(&id).filter(|id| self.public.areas.get(id).is_some()) {
                Some(id) => Resolved::Page(self.address(&PageKind::Area(id), lang)),
                None => Resolved::Nothing,
            },
            Reference::Anchor(anchor) => Resolved::Anchor(anchor),
            Reference::SitePath(path) => self.site_path(path),
            Reference::File(path) if self.public.assets.contains_key(&path) => Resolved::File(path),
            Reference::File(_) if is_from_the_root(destination) => self.site_path(destination.trim().to_owned()),
            Reference::External(url) => Resolved::External(url),
            Reference::File(_) | Reference::Unusable => Resolved::Nothing,
        }
    }

    /// A page that is not there now may have been withdrawn, which `select` has told, or have no numbers to show,
    /// which `absent_figures` tells. Whether there are files is seen in the output.
    fn site_path(&self, path: String) -> Resolved {
        let is_there = page_path(&path).is_none_or(|page| self.has_path(&page));
        if is_there { Resolved::SitePath(path) } else { Resolved::Nothing }
    }

    fn section_address(&self, section: &str, from: &Article) -> Address {
        let parts: Vec<&str> = section.split('/').filter(|part| !part.is_empty()).collect();
        Address::page(&self.prefix(&from.lang), &parts)
    }
}

/// A warning for each link to a page of figures where there are none to show: it becomes plain text, and waits for
/// nobody's numbers.
pub(super) fn absent_figures(site: &Site) -> Report {
    let mut report = Report::new();
    for article in site.public.articles.iter().map(|public| &public.article) {
        for named in article.body.references() {
            let markdown::Reference::Link(url) = named else { continue };
            let Reference::SitePath(path) = reference(&article.path, &url.value, &site.public.config.base_url) else {
                continue;
            };
            let of_figures = |page: &String| page.split('/').any(|part| part == "figures");
            if page_path(&path).filter(of_figures).is_some_and(|page| !site.has_path(&page)) {
                report.push(Diagnostic::new(Code::FiguresAbsent).at(&url.span).arg("target", &url.value));
            }
        }
    }
    report
}

/// `/events.ics` is an address of the site where `content/events.ics` is no file.
fn is_from_the_root(destination: &str) -> bool {
    matches!(classify(destination), Destination::Site(_))
}
