//! What the addresses of pages name, public or not.
//!
//! In: everything authored. Out: for the path of a page, the thing on whose being public the page depends. An author
//! who writes `/stories/hayashi/` means the story as much as one who writes `../stories/hayashi.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::Library;
use crate::article::{Article, ArticleId, Kind};
use crate::config::Lang;
use crate::facility::{Answer, FacilityId};
use crate::figure::FigureId;
use crate::plan::EditionId;
use crate::vocabulary::{CategoryId, Scene, ServiceId, Viewpoint};

/// The thing without which a page is not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// An article in a language.
    Article(ArticleId, Lang),
    /// A facility.
    Facility(FacilityId),
    /// A category that has a facility.
    Category(CategoryId),
    /// A service that a facility offers, perhaps after asking.
    Service(ServiceId),
    /// An edition.
    Edition(EditionId),
    /// The plan of a fiscal year.
    Plan(i16),
    /// Nothing that comes or goes.
    Nothing,
}

/// The pages that the site could ever have, by path: decoded, from the site's root, with a slash at the end.
#[derive(Debug)]
pub struct Addresses(BTreeMap<String, Named>);

impl Addresses {
    /// All pages of these sources, with former addresses of articles.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let mut pages = BTreeMap::new();
        for lang in &library.config.languages {
            let prefix = prefix(library, lang);
            for (path, named) in of_language(library) {
                pages.insert(format!("{prefix}{path}"), named);
            }
        }
        let articles = || library.articles.iter().filter(|article| !article.is_index());
        for article in articles() {
            let path = format!("{}{}", prefix(library, &article.lang), path_of(article));
            pages.entry(path).or_insert_with(|| named(article));
        }
        for article in articles() {
            for alias in &article.aliases {
                pages.entry(former(&alias.value)).or_insert_with(|| named(article));
            }
        }
        Self(pages)
    }

    /// What the page at a path depends on; `None` where the site never has one.
    #[must_use]
    pub fn named(&self, path: &str) -> Option<&Named> {
        self.0.get(path)
    }

    /// The paths of all pages.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// An alias as the path of its page.
pub(super) fn former(alias: &str) -> String {
    let path = alias.trim_matches('/');
    if path.ends_with(".html") { format!("/{path}") } else { format!("/{path}/") }
}

/// An article's page, below its language: for questions and terms the one that they share.
pub(super) fn path_of(article: &Article) -> String {
    match (article.kind, article.kind.section()) {
        (Kind::Faq | Kind::Term, Some(section)) => format!("/{section}/"),
        (_, Some(section)) => format!("/{section}/{}/", article.slug.value),
        (_, None) => format!("/{}/", article.slug.value),
    }
}

fn named(article: &Article) -> Named {
    Named::Article(article.id.clone(), article.lang.clone())
}

fn prefix(library: &Library, lang: &Lang) -> String {
    if lang == library.config.default_language() { String::new() } else { format!("/{lang}") }
}

/// The pages that every language has.
fn of_language(library: &Library) -> Vec<(String, Named)> {
    let fixed = |path: String| (path, Named::Nothing);
    let below = |folder: &str, id: &str| format!("/{folder}/{id}/");
    let mut pages: Vec<(String, Named)> = vec![fixed("/".to_owned())];
    let lists = ["areas", "editions", "figures", "data", "accessibility"].into_iter();
    let sections = Kind::CHOICES.iter().filter_map(|(_, kind)| kind.section());
    pages.extend(lists.chain(sections).map(|list| fixed(format!("/{list}/"))));
    pages.extend(Scene::ALL.iter().map(|scene| fixed(below("scenes", scene.id()))));
    pages.extend(Viewpoint::ALL.iter().map(|viewpoint| fixed(below("viewpoints", viewpoint.id()))));
    for area in library.areas.iter() {
        let page = below("areas", area.id.as_str());
        pages.extend([fixed(format!("{page}print/")), fixed(page)]);
    }
    let facilities = library.facilities.iter().map(|one| &one.id);
    pages.extend(facilities.map(|id| (below("facilities", id.as_str()), Named::Facility(id.clone()))));
    let categories: BTreeSet<&CategoryId> = library.facilities.iter().map(|one| &one.category).collect();
    pages.extend(categories.into_iter().map(|id| (below("categories", id.as_str()), Named::Category(id.clone()))));
    let offered = library.facilities.iter().flat_map(|one| &one.services).filter(|(_, answer)| **answer != Answer::No);
    let services: BTreeSet<&ServiceId> = offered.map(|(id, _)| id).collect();
    pages.extend(services.into_iter().map(|id| (below("services", id.as_str()), Named::Service(id.clone()))));
    for plan in &library.plans {
        let year = plan.fiscal_year.value;
        pages.push((below("plan", &year.to_string()), Named::Plan(year)));
        let editions = plan.editions.iter().map(|edition| &edition.id);
        pages.extend(editions.map(|id| (below("editions", id.as_str()), Named::Edition(id.clone()))));
    }
    let indicators = library.figures.indicators.iter().map(|one| one.id.as_str());
    let figures = indicators.chain(library.figures.surveys.iter().map(|one| one.id.as_str()));
    pages.extend(figures.chain([FigureId::LISTS]).map(|id| fixed(below("figures", id))));
    pages
}
