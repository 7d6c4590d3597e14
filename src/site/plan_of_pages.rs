//! Every page of the site.

use super::{Address, ArticleNo, FacilityNo, Site};
use crate::area::AreaId;
use crate::article::Kind;
use crate::config::Lang;
use crate::figure::FigureId;
use crate::plan::EditionId;
use crate::source::SourcePath;
use crate::vocabulary::{CategoryId, Scene, ServiceId, Viewpoint};

/// What a page is.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is the page of product section 7 with its name")]
pub enum PageKind {
    Home,
    Areas,
    Area(AreaId),
    /// The area's map and list for paper.
    AreaPrint(AreaId),
    Facility(FacilityNo),
    Category(CategoryId),
    Service(ServiceId),
    Scene(Scene),
    Viewpoint(Viewpoint),
    /// The list of all articles of a kind: `/stories/`, `/faq/`, `/guides/`, `/news/`, `/events/`, `/glossary/`.
    Section(Kind),
    Article(ArticleNo),
    Editions,
    Edition(EditionId),
    Plan(i16),
    Figures,
    /// An indicator, a survey, or what the lists give.
    Figure(FigureId),
    Data,
    Accessibility,
    NotFound,
    /// A former address that leads to the present one.
    Redirect {
        from: Address,
        to: Address,
        origin: SourcePath,
    },
}

/// A page in a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SitePage {
    /// What it is.
    pub kind: PageKind,
    /// Its language.
    pub lang: Lang,
}

pub(super) fn all(site: &Site) -> Vec<SitePage> {
    site.languages().iter().flat_map(|lang| in_language(site, lang)).collect()
}

fn in_language(site: &Site, lang: &Lang) -> Vec<SitePage> {
    let mut kinds = vec![PageKind::Home, PageKind::Areas];
    kinds.extend(site.public.areas.iter().map(|area| PageKind::Area(area.id.clone())));
    kinds.extend(site.public.areas.iter().map(|area| PageKind::AreaPrint(area.id.clone())));
    kinds.extend(site.facilities.all.iter().map(|&no| PageKind::Facility(no)));
    kinds.extend(site.categories().cloned().map(PageKind::Category));
    kinds.extend(site.services().cloned().map(PageKind::Service));
    kinds.extend(Scene::ALL.iter().copied().map(PageKind::Scene));
    kinds.extend(Viewpoint::ALL.iter().copied().map(PageKind::Viewpoint));
    let sections = [Kind::Story, Kind::Faq, Kind::Guide, Kind::News, Kind::Event, Kind::Term];
    kinds.extend(sections.map(PageKind::Section));
    kinds.extend([PageKind::Editions, PageKind::Data, PageKind::Accessibility, PageKind::NotFound]);
    kinds.extend(site.public.editions.iter().map(|edition| PageKind::Edition(edition.edition.id.clone())));
    kinds.extend(site.public.plans.iter().map(|plan| PageKind::Plan(plan.fiscal_year.value)));
    let figures = site.figures.pages(&site.public);
    if !figures.is_empty() {
        kinds.push(PageKind::Figures);
        kinds.extend(figures.into_iter().map(PageKind::Figure));
    }
    articles(site, lang, &mut kinds);
    kinds.into_iter().map(|kind| SitePage { kind, lang: lang.clone() }).collect()
}

/// Articles that have a page of their own, and their former addresses.
fn articles(site: &Site, lang: &Lang, kinds: &mut Vec<PageKind>) {
    for (at, public) in site.public.articles.iter().enumerate() {
        let article = &public.article;
        if &article.lang != lang || article.is_index() {
            continue;
        }
        if !matches!(article.kind, Kind::Faq | Kind::Term) {
            kinds.push(PageKind::Article(ArticleNo(at)));
        }
        for alias in &article.aliases {
            let parts: Vec<&str> = alias.value.trim_matches('/').split('/').collect();
            let from = match parts.as_slice() {
                [folders @ .., file] if file.ends_with(".html") => Address::file(&folders.join("/"), file),
                parts => Address::page("", parts),
            };
            let to = site.article_address(public);
            kinds.push(PageKind::Redirect { from, to, origin: article.path.clone() });
        }
    }
}
