//! One maker a kind of page: from the model to the view of its template.

mod area_print;
mod article;
mod facilities;
mod figures;
mod home;
mod json_ld;
mod listings;
mod plans;
mod policy;
mod shared;

use serde::Serialize;

use super::pictures::Used;
use super::studio::Studio;
use super::view::{Page, RedirectPage, RedirectView};
use crate::article::Kind;
use crate::artifact::OutputPath;
use crate::diag::{Code, Diagnostic};
use crate::site::{PageKind, SitePage};
use crate::source::SourcePath;

use super::head::Head;

/// A finished page.
pub(super) struct Made {
    pub path: OutputPath,
    /// The bytes of its file.
    pub html: Vec<u8>,
    pub origins: Vec<SourcePath>,
    pub used: Used,
}

type Outcome = Result<Made, Box<Diagnostic>>;

/// Where a page maker works: its page, and what the page uses.
struct Bench<'a> {
    studio: &'a Studio<'a>,
    page: &'a SitePage,
    used: Used,
    origins: Vec<SourcePath>,
}

/// Makes one page.
pub(super) fn make(studio: &Studio<'_>, page: &SitePage) -> Outcome {
    let bench = Bench { studio, page, used: Used::default(), origins: Vec::new() };
    match &page.kind {
        PageKind::Home => home::home(bench),
        PageKind::Areas => home::areas(bench),
        PageKind::Area(id) => facilities::area(bench, id),
        PageKind::AreaPrint(id) => area_print::area_print(bench, id),
        PageKind::Facility(no) => facilities::facility(bench, *no),
        PageKind::Category(id) => facilities::category(bench, id),
        PageKind::Service(id) => facilities::service(bench, id),
        PageKind::Scene(scene) => listings::scene(bench, *scene),
        PageKind::Viewpoint(viewpoint) => listings::viewpoint(bench, *viewpoint),
        PageKind::Section(Kind::Faq) => shared::faq(bench),
        PageKind::Section(Kind::Term) => shared::glossary(bench),
        PageKind::Section(Kind::Event) => listings::events(bench),
        PageKind::Section(kind) => listings::listing(bench, *kind),
        PageKind::Article(no) => article::article(bench, *no),
        PageKind::Editions => plans::editions(bench),
        PageKind::Edition(id) => plans::edition(bench, id),
        PageKind::Plan(year) => plans::plan(bench, *year),
        PageKind::Figures => figures::figures(bench),
        PageKind::Figure(id) => figures::figure(bench, id),
        PageKind::Data => policy::data(bench),
        PageKind::Accessibility => policy::accessibility(bench),
        PageKind::NotFound => policy::not_found(bench),
        PageKind::Redirect { to, origin, .. } => {
            let origin = origin.clone();
            let base = studio.base();
            let redirect = RedirectView { href: to.href(base), url: to.absolute(base), title: studio.word("moved") };
            let title = studio.word("moved");
            let head = Head { kind: "redirect", title, noindex: true, ..Head::default() };
            let view = RedirectPage { page: studio.head(page, head), redirect };
            Bench { origins: vec![origin], ..bench }.finish(view)
        }
    }
}

impl Bench<'_> {
    fn head(&self, head: Head) -> super::view::PageView {
        self.studio.head(self.page, head)
    }

    /// Renders the view; the page goes where its address says.
    fn finish<V: Page + Serialize>(self, view: V) -> Outcome {
        let address = self.studio.site.address(&self.page.kind, self.studio.lang);
        let html = self.studio.room.page(view.template().file(), view, address.path())?;
        let path = address.output_path().ok_or_else(|| {
            let unusable = Diagnostic::new(Code::AliasUnusable).arg("value", address.path());
            Box::new(match self.origins.first() {
                Some(origin) => unusable.at(&crate::source::Span::file(origin)),
                None => unusable,
            })
        })?;
        Ok(Made { path, html, origins: self.origins, used: self.used })
    }

    /// The name of a section with its ruby, and its description.
    fn section_title(&mut self, section: &str) -> (String, String) {
        let studio = self.studio;
        let introduction = studio.site.introduction(section, studio.lang);
        let Some(introduction) = introduction else { return (studio.section_name(section), String::new()) };
        self.origins.push(introduction.article.path.clone());
        let description = introduction.article.description.clone().unwrap_or_default();
        (introduction.article.title.value.clone(), description)
    }
}
