//! Public things that refer to withheld ones.
//!
//! To something still to come: an error, for the link would tell of it too early. To something that was public
//! before: a warning, for a withdrawal must never wait for somebody else's page. In both cases the finished page
//! shows plain text.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ArticleKey, FacilityKey, Reason, Request, Verdicts, Withheld, verdict::Judge};
use crate::article::{Article, ArticleId, Kind, Reference, page_path, reference};
use crate::config::Lang;
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::{Answer, Facility, FacilityId};
use crate::library::{Addresses, Named};
use crate::markdown;
use crate::plan::Plan;
use crate::source::{SourcePath, Span};

pub(super) fn check(
    judge: &Judge<'_>,
    articles: &mut Verdicts<ArticleKey>,
    facilities: &Verdicts<FacilityKey>,
    report: &mut Report,
) {
    let (library, request) = (judge.library, judge.request);
    let is_waiting = |plan: &Arc<Plan>| {
        judge.waiting_plan(plan).is_some() || plan.editions.iter().any(|edition| judge.waiting(edition).is_some())
    };
    if articles.is_empty() && facilities.is_empty() && !library.plans.iter().any(is_waiting) {
        return;
    }
    let hidden = Hidden::new(judge, articles, facilities);
    let mut broken: Vec<(ArticleKey, Withheld)> = Vec::new();
    for article in &library.articles {
        let key = (article.id.clone(), article.lang.clone());
        if articles.contains_key(&key) {
            continue;
        }
        let found = of_article(article, request, &hidden);
        if found.has_errors() && request.quarantine {
            broken.push((key, Withheld { span: article.extent.clone(), reason: Reason::Broken, until: None }));
        }
        report.append(found);
    }
    drop(hidden);
    articles.extend(broken);
    judge.translations(articles);
}

/// Articles of one identifier, or events of one slug: which languages are shown, and why others are not.
#[derive(Default)]
struct Versions<'a> {
    shown: BTreeSet<&'a Lang>,
    withheld: BTreeMap<&'a Lang, (&'a ArticleId, &'a Withheld)>,
}

/// What links may not lead to.
struct Hidden<'a> {
    judge: &'a Judge<'a>,
    default: &'a Lang,
    articles: BTreeMap<&'a ArticleId, Versions<'a>>,
    events: BTreeMap<&'a str, Versions<'a>>,
    facilities: &'a Verdicts<FacilityKey>,
    verdicts: &'a Verdicts<ArticleKey>,
    /// Few articles name an address.
    addresses: LazyCell<Addresses, Box<dyn Fn() -> Addresses + 'a>>,
}

impl<'a> Hidden<'a> {
    fn new(judge: &'a Judge<'_>, verdicts: &'a Verdicts<ArticleKey>, facilities: &'a Verdicts<FacilityKey>) -> Self {
        let mut articles: BTreeMap<&ArticleId, Versions<'_>> = BTreeMap::new();
        let mut events: BTreeMap<&str, Versions<'_>> = BTreeMap::new();
        for article in &judge.library.articles {
            let verdict = verdicts.get(&(article.id.clone(), article.lang.clone()));
            articles.entry(&article.id).or_default().add(article, verdict);
            if article.kind == Kind::Event && !article.is_index() {
                events.entry(&article.slug.value).or_default().add(article, verdict);
            }
        }
        let default = judge.library.config.default_language();
        let addresses: Box<dyn Fn() -> Addresses + 'a> = Box::new(|| Addresses::new(judge.library));
        Self { judge, default, articles, events, facilities, verdicts, addresses: LazyCell::new(addresses) }
    }

    fn article(&self, id: &ArticleId, from: &Lang) -> Option<(&ArticleId, &Withheld)> {
        self.articles.get(id)?.hidden_from(from, self.default)
    }

    fn event(&self, slug: &str, from: &Lang) -> Option<(&ArticleId, &Withheld)> {
        self.events.get(slug)?.hidden_from(from, self.default)
    }

    fn facility(&self, id: &str) -> Option<&Withheld> {
        self.facilities.get(&FacilityId::new(id)?)
    }

    /// Why the page is not there that the author named by its address.
    fn page(&self, from: &SourcePath, destination: &str) -> Option<Withheld> {
        let library = self.judge.library;
        let path = match reference(from, destination, &library.config.base_url) {
            Reference::SitePath(path) => path,
            _ => destination.to_owned(),
        };
        match self.addresses.named(&page_path(&path)?)? {
            Named::Article(id, lang) => self.verdicts.get(&(id.clone(), lang.clone())).cloned(),
            Named::Facility(id) => self.facilities.get(id).cloned(),
            Named::Category(id) => self.last_of(|facility| facility.category == *id),
            Named::Service(id) => {
                self.last_of(|facility| matches!(facility.services.get(id), Some(Answer::Yes | Answer::Ask)))
            }
            Named::Edition(id) => {
                let mut editions = library.plans.iter().flat_map(|plan| &plan.editions);
                self.judge.waiting(editions.find(|edition| edition.id == *id)?)
            }
            Named::Plan(year) => {
                let plan = library.plans.iter().find(|plan| plan.fiscal_year.value == *year)?;
                self.judge.waiting_plan(plan)
            }
            Named::Nothing => None,
        }
    }

    /// Where no facility of these is shown: why the last of them is not.
    fn last_of(&self, is_one: impl Fn(&Facility) -> bool) -> Option<Withheld> {
        let these = self.judge.library.facilities.iter().filter(|one| is_one(one));
        let withheld: Option<Vec<&Withheld>> = these.map(|one| self.facilities.get(&one.id)).collect();
        withheld?.last().copied().cloned()
    }
}

impl<'a> Versions<'a> {
    fn add(&mut self, article: &'a Article, verdict: Option<&'a Withheld>) {
        match verdict {
            Some(withheld) => {
                self.withheld.insert(&article.lang, (&article.id, withheld));
            }
            None => {
                self.shown.insert(&article.lang);
            }
        }
    }

    /// A page links to its own language, else to the default one: only where neither is shown, there is nothing.
    fn hidden_from(&self, from: &Lang, default: &Lang) -> Option<(&'a ArticleId, &'a Withheld)> {
        if self.shown.contains(from) || self.shown.contains(default) {
            return None;
        }
        let of = |lang: &Lang| self.withheld.get(lang).copied();
        of(from).or_else(|| of(default)).or_else(|| self.withheld.values().next().copied())
    }
}

fn of_article(article: &Article, request: &Request, hidden: &Hidden<'_>) -> Report {
    let mut report = Report::new();
    let zone = hidden.judge.library.config.zone.clone();
    let at = request.at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string();
    let mut refer = |target: &str, span: &Span, withheld: &Withheld| {
        let code = if withheld.reason.is_still_to_come() { Code::LinkNotYetPublic } else { Code::LinkNoLongerPublic };
        let diagnostic = Diagnostic::new(code).at(span).arg("target", target);
        report.push(match &withheld.reason {
            Reason::NotYet(place) => diagnostic.arg("at", &at).label(place, "withheld"),
            _ => diagnostic.arg("at", &at),
        });
    };
    for named in article.body.references() {
        match named {
            markdown::Reference::Link(url) => {
                match reference(&article.path, &url.value, &hidden.judge.library.config.base_url) {
                    Reference::Article { id, .. } => {
                        if let Some((id, withheld)) = hidden.article(&id, &article.lang) {
                            refer(id.as_str(), &url.span, withheld);
                        }
                    }
                    Reference::Facility(id) => {
                        if let Some(withheld) = hidden.facility(&id) {
                            refer(&id, &url.span, withheld);
                        }
                    }
                    Reference::SitePath(_) | Reference::File(_) => {
                        if let Some(withheld) = hidden.page(&article.path, &url.value) {
                            refer(&url.value, &url.span, &withheld);
                        }
                    }
                    _ => {}
                }
            }
            markdown::Reference::Facility(id) => {
                if let Some(withheld) = hidden.facility(&id.value) {
                    refer(&id.value, &id.span, withheld);
                }
            }
            markdown::Reference::Event(slug) => {
                if let Some((id, withheld)) = hidden.event(&slug.value, &article.lang) {
                    refer(id.as_str(), &slug.span, withheld);
                }
            }
            markdown::Reference::Picture(_) | markdown::Reference::File(_) | markdown::Reference::Area(_) => {}
        }
    }
    report
}
