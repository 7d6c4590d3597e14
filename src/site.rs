//! The public things with their addresses, and everything that joins several of them.
//!
//! In: `Public`. Out: an immutable `Site`: the list of its pages, the lists on them in their order, neighbours,
//! glossary terms, what links mean. It makes no HTML and knows no clock; nothing here was computed before `select`,
//! so no count or order can show the shadow of something withheld.

mod address;
mod articles;
mod facilities;
mod figures;
mod glossary;
mod plan_of_pages;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::area::AreaId;
use crate::article::{ArticleId, Kind};
use crate::config::Lang;
use crate::diag::Checked;
use crate::select::{Public, PublicArticle, PublicFacility};
use crate::vocabulary::{CategoryId, Scene, ServiceId, Viewpoint};

pub use address::Address;
pub use articles::ArticleIndex;
pub use facilities::{FacilityIndex, Offers};
pub use figures::{Answers, Count, FigureIndex, Point, Poll, PollYear, Reading, SMALL, Series, Supply, SupplyRow};
pub use glossary::Glossary;
pub use plan_of_pages::{PageKind, SitePage};
pub use resolve::Resolved;

/// Position of an article in `Public::articles`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ArticleNo(pub usize);

/// Position of a facility in `Public::facilities`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FacilityNo(pub usize);

/// The model of the whole public site.
#[derive(Debug)]
pub struct Site {
    /// What is public.
    pub public: Public,
    /// Lists of articles.
    pub articles: ArticleIndex,
    /// Lists of facilities.
    pub facilities: FacilityIndex,
    /// Figures, without what must stay hidden.
    pub figures: FigureIndex,
    /// Terms of each language, with the automaton that finds them.
    pub glossaries: BTreeMap<Lang, Glossary>,
    /// Every page, in the order in which they are made.
    pub pages: Vec<SitePage>,
    /// Their paths, for authors who wrote them out.
    paths: OnceLock<BTreeSet<String>>,
}

/// The model of what is public.
pub fn model(public: Public) -> Checked<Site> {
    let articles = ArticleIndex::new(&public);
    let facilities = FacilityIndex::new(&public);
    let figures = FigureIndex::new(&public, &facilities);
    let glossaries = glossary::all(&public, &articles);
    let mut site =
        Site { public, articles, facilities, figures, glossaries, pages: Vec::new(), paths: OnceLock::new() };
    site.pages = plan_of_pages::all(&site);
    let absent = resolve::absent_figures(&site);
    Checked::new(site, absent)
}

impl Site {
    /// True when there is a page with this path, which is not encoded.
    #[must_use]
    pub fn has_path(&self, path: &str) -> bool {
        let path_of = |page: &SitePage| self.address(&page.kind, &page.lang).path().to_owned();
        self.paths.get_or_init(|| self.pages.iter().map(path_of).collect()).contains(path)
    }

    /// The languages, the default first.
    #[must_use]
    pub fn languages(&self) -> &[Lang] {
        &self.public.config.languages
    }

    /// The article at a position.
    #[must_use]
    pub fn article(&self, no: ArticleNo) -> &PublicArticle {
        self.public.articles.get(no.0).unwrap_or_else(|| unreachable!("numbers are made from the same list"))
    }

    /// The facility at a position.
    #[must_use]
    pub fn facility(&self, no: FacilityNo) -> &PublicFacility {
        self.public.facilities.get(no.0).unwrap_or_else(|| unreachable!("numbers are made from the same list"))
    }

    /// The day that an article shows and is sorted by: its own date, else the day it became public.
    #[must_use]
    pub fn day_of(&self, article: &PublicArticle) -> Option<Date> {
        let zone = &self.public.config.zone;
        article.article.date.or_else(|| article.public_from.map(|at| zone.to_datetime(at).date()))
    }

    /// The day of the last change in substance.
    #[must_use]
    pub fn updated_of(&self, article: &PublicArticle) -> Option<Date> {
        article.article.updated.as_ref().map(|day| day.value).or_else(|| self.day_of(article))
    }

    /// The article in a language.
    #[must_use]
    pub fn translation(&self, id: &ArticleId, lang: &Lang) -> Option<ArticleNo> {
        self.articles.by_id.get(id)?.get(lang).copied()
    }

    /// The `_index` article that introduces a section (`""` is the home page).
    #[must_use]
    pub fn introduction(&self, section: &str, lang: &Lang) -> Option<&PublicArticle> {
        let id = if section.is_empty() { "_index".to_owned() } else { format!("{section}/_index") };
        self.translation(&ArticleId::new(&id), lang).map(|no| self.article(no))
    }

    /// The address of an article: its own page, or its place on a shared one.
    #[must_use]
    pub fn article_address(&self, article: &PublicArticle) -> Address {
        let (slug, lang) = (article.article.slug.value.as_str(), &article.article.lang);
        let page = |parts: &[&str]| Address::page(&self.prefix(lang), parts);
        match article.article.kind {
            Kind::Faq => page(&["faq"]).with_anchor(slug),
            Kind::Term => page(&["glossary"]).with_anchor(slug),
            kind => match kind.section() {
                Some(section) => page(&[section, slug]),
                None => page(&[slug]),
            },
        }
    }

    /// The address of a kind of page in a language.
    #[must_use]
    pub fn address(&self, kind: &PageKind, lang: &Lang) -> Address {
        let prefix = self.prefix(lang);
        let page = |parts: &[&str]| Address::page(&prefix, parts);
        match kind {
            PageKind::Home => page(&[]),
            PageKind::Areas => page(&["areas"]),
            PageKind::Area(id) => page(&["areas", id.as_str()]),
            PageKind::AreaPrint(id) => page(&["areas", id.as_str(), "print"]),
            PageKind::Facility(no) => page(&["facilities", self.facility(*no).facility.id.as_str()]),
            PageKind::Category(id) => page(&["categories", id.as_str()]),
            PageKind::Service(id) => page(&["services", id.as_str()]),
            PageKind::Scene(scene) => page(&["scenes", scene.id()]),
            PageKind::Viewpoint(viewpoint) => page(&["viewpoints", viewpoint.id()]),
            PageKind::Section(kind) => page(&[kind.section().unwrap_or("pages")]),
            PageKind::Article(no) => self.article_address(self.article(*no)),
            PageKind::Editions => page(&["editions"]),
            PageKind::Edition(id) => page(&["editions", id.as_str()]),
            PageKind::Plan(year) => page(&["plan", &year.to_string()]),
            PageKind::Figures => page(&["figures"]),
            PageKind::Figure(id) => page(&["figures", id.as_str()]),
            PageKind::Data => page(&["data"]),
            PageKind::Accessibility => page(&["accessibility"]),
            PageKind::NotFound => Address::file(&prefix, "404.html"),
            PageKind::Redirect { from, .. } => from.clone(),
        }
    }

    /// First part of the addresses of a language: nothing for the default one.
    fn prefix(&self, lang: &Lang) -> String {
        if lang == self.public.config.default_language() { String::new() } else { lang.to_string() }
    }

    /// The same page in another language, if the site has it there.
    #[must_use]
    pub fn in_language(&self, kind: &PageKind, lang: &Lang) -> Option<PageKind> {
        match kind {
            PageKind::Article(no) => self.translation(&self.article(*no).article.id, lang).map(PageKind::Article),
            PageKind::Redirect { .. } => None,
            other => self.languages().contains(lang).then(|| other.clone()),
        }
    }

    /// Categories with at least one public facility, in the vocabulary's order.
    pub fn categories(&self) -> impl Iterator<Item = &CategoryId> {
        let known = self.public.vocabulary.categories.iter().map(|category| &category.id);
        known.filter(|id| self.facilities.by_category.contains_key(*id))
    }

    /// Services that at least one public facility offers or asks to be asked about, in the vocabulary's order.
    pub fn services(&self) -> impl Iterator<Item = &ServiceId> {
        let known = self.public.vocabulary.services.iter().map(|service| &service.id);
        known.filter(|id| self.facilities.by_service.contains_key(*id))
    }

    /// Articles about an area, or a scene, or a viewpoint, in one language.
    #[must_use]
    pub fn articles_about(&self, topic: &Topic, lang: &Lang) -> &[ArticleNo] {
        self.articles.by_topic.get(&(topic.clone(), lang.clone())).map_or(&[], Vec::as_slice)
    }

    /// Articles of a kind in one language, in the order of its list.
    #[must_use]
    pub fn articles_of(&self, kind: Kind, lang: &Lang) -> &[ArticleNo] {
        self.articles.by_kind.get(&(kind, lang.clone())).map_or(&[], Vec::as_slice)
    }
}

/// What an article can be about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    /// A daily-living area.
    Area(AreaId),
    /// One of the four scenes.
    Scene(Scene),
    /// One of the five viewpoints.
    Viewpoint(Viewpoint),
    /// A released edition.
    Edition(crate::plan::EditionId),
}
