//! Public things that refer to withheld ones.
//!
//! To something still to come: an error, for the link would tell of it too early. To something that was public
//! before: a warning, for a withdrawal must never wait for somebody else's page. In both cases the finished page
//! shows plain text.

use std::collections::BTreeMap;

use super::{ArticleKey, FacilityKey, Reason, Request, Verdicts, Withheld, verdict::Judge};
use crate::article::{Article, ArticleId, Reference, reference};
use crate::diag::{Code, Diagnostic, Report};
use crate::markdown;
use crate::source::Span;

pub(super) fn check(
    judge: &Judge<'_>,
    articles: &mut Verdicts<ArticleKey>,
    facilities: &Verdicts<FacilityKey>,
    report: &mut Report,
) {
    let (library, request) = (judge.library, judge.request);
    if articles.is_empty() && facilities.is_empty() {
        return;
    }
    let mut hidden: BTreeMap<&ArticleId, &Withheld> = BTreeMap::new();
    for article in &library.articles {
        if let Some(withheld) = articles.get(&(article.id.clone(), article.lang.clone())) {
            hidden.entry(&article.id).or_insert(withheld);
        }
    }
    let mut broken: Vec<(ArticleKey, Withheld)> = Vec::new();
    for article in &library.articles {
        let key = (article.id.clone(), article.lang.clone());
        if articles.contains_key(&key) {
            continue;
        }
        let found = of_article(article, request, &hidden, facilities);
        if found.has_errors() && request.quarantine {
            broken.push((key, Withheld { span: article.extent.clone(), reason: Reason::Broken, until: None }));
        }
        report.append(found);
    }
    articles.extend(broken);
}

fn of_article(
    article: &Article,
    request: &Request,
    hidden: &BTreeMap<&ArticleId, &Withheld>,
    facilities: &Verdicts<FacilityKey>,
) -> Report {
    let mut report = Report::new();
    let mut refer = |target: &str, span: &Span, withheld: &Withheld| {
        let code = if withheld.reason.is_still_to_come() { Code::LinkNotYetPublic } else { Code::LinkNoLongerPublic };
        let diagnostic = Diagnostic::new(code).at(span).arg("target", target);
        report.push(match &withheld.reason {
            Reason::NotYet(place) => diagnostic.arg("at", request.at).label(place, "withheld"),
            _ => diagnostic.arg("at", request.at),
        });
    };
    for named in article.body.references() {
        match named {
            markdown::Reference::Link(url) => match reference(&article.path, &url.value) {
                Reference::Article { id, .. } => {
                    if let Some(withheld) = hidden.get(&id) {
                        refer(id.as_str(), &url.span, withheld);
                    }
                }
                Reference::Facility(id) => {
                    if let Some(withheld) = facility(facilities, &id) {
                        refer(&id, &url.span, withheld);
                    }
                }
                _ => {}
            },
            markdown::Reference::Facility(id) => {
                if let Some(withheld) = facility(facilities, &id.value) {
                    refer(&id.value, &id.span, withheld);
                }
            }
            markdown::Reference::Event(slug) => {
                let event = hidden.iter().find(|(id, _)| id.as_str().rsplit('/').next() == Some(slug.value.as_str()));
                if let Some((id, withheld)) = event {
                    refer(id.as_str(), &slug.span, withheld);
                }
            }
            markdown::Reference::Picture(_) | markdown::Reference::File(_) | markdown::Reference::Area(_) => {}
        }
    }
    report
}

fn facility<'a>(facilities: &'a Verdicts<FacilityKey>, id: &str) -> Option<&'a Withheld> {
    facilities.iter().find(|(key, _)| key.as_str() == id).map(|(_, withheld)| withheld)
}
