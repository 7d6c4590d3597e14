//! Pictures and other files of articles that nobody agreed to show any more: they go with the article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ArticleKey, Reason, Verdicts, Withheld, verdict::Judge};
use crate::article::{Article, Reference, reference};
use crate::config::BaseUrl;
use crate::diag::{Code, Diagnostic, Report};
use crate::markdown;
use crate::source::{Blob, SourcePath, Span};

/// The files that shown articles share with withheld ones, with a warning for each use. A withdrawal does not wait for
/// those who use them: they are not shown anywhere.
pub(super) fn of(
    judge: &Judge<'_>,
    withheld: &Verdicts<ArticleKey>,
    report: &mut Report,
) -> BTreeMap<SourcePath, Withheld> {
    let base = &judge.library.config.base_url;
    let verdict = |article: &Article| withheld.get(&(article.id.clone(), article.lang.clone()));
    let mut theirs: BTreeMap<SourcePath, (&Article, &Withheld)> = BTreeMap::new();
    for article in &judge.library.articles {
        if let Some(verdict) = verdict(article).filter(|verdict| is_of_consent(&verdict.reason)) {
            theirs.extend(files(article, base).map(|(file, _)| (file, (&**article, verdict))));
        }
    }
    let mut shared = BTreeMap::new();
    if theirs.is_empty() {
        return shared;
    }
    for article in judge.library.articles.iter().filter(|article| verdict(article).is_none()) {
        let mut told: BTreeSet<SourcePath> = BTreeSet::new();
        for (file, span) in files(article, base) {
            let Some((owner, verdict)) = theirs.get(&file) else { continue };
            if told.insert(file.clone()) {
                let used = Diagnostic::new(Code::PictureWithoutConsent).at(&span).arg("target", &file);
                report.push(used.arg("article", owner.id.as_str()));
            }
            shared.insert(file.clone(), Withheld { span: Span::file(&file), ..(*verdict).clone() });
        }
    }
    shared
}

/// The assets without those.
pub(super) fn assets(
    all: &Arc<BTreeMap<SourcePath, Blob>>,
    withheld: &BTreeMap<SourcePath, Withheld>,
) -> Arc<BTreeMap<SourcePath, Blob>> {
    if withheld.is_empty() {
        return Arc::clone(all);
    }
    let left = all.iter().filter(|(path, _)| !withheld.contains_key(*path));
    Arc::new(left.map(|(path, blob)| (path.clone(), blob.clone())).collect())
}

fn is_of_consent(reason: &Reason) -> bool {
    match reason {
        Reason::Consent(_) => true,
        Reason::Translation(original) => is_of_consent(original),
        _ => false,
    }
}

/// The files that an article shows or offers, with the places where it names them.
fn files<'a>(article: &'a Article, base: &'a BaseUrl) -> impl Iterator<Item = (SourcePath, Span)> + use<'a> {
    let body = article.body.references().filter_map(|named| match named {
        markdown::Reference::Link(path) | markdown::Reference::Picture(path) | markdown::Reference::File(path) => {
            Some(path)
        }
        _ => None,
    });
    let named = article.image.iter().chain(body);
    named.filter_map(move |path| match reference(&article.path, &path.value, base) {
        Reference::File(file) => Some((file, path.span.clone())),
        _ => None,
    })
}
