//! Translations take from their original what they leave out, consent and dates above all: a withdrawn original
//! must take its translations with it even if nobody touches their files.

use std::collections::BTreeMap;

use crate::article::{Article, ArticleId, Kind};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Span;

/// Completes every translation, and asks for the consent that a story needs.
pub(super) fn complete(articles: &mut [Article], config: &Config, report: &mut Report) {
    let default = config.default_language();
    let originals: BTreeMap<ArticleId, Article> = articles
        .iter()
        .filter(|article| &article.lang == default)
        .map(|article| (article.id.clone(), without_body(article)))
        .collect();
    for article in articles.iter_mut() {
        if &article.lang != default {
            match originals.get(&article.id) {
                Some(original) => inherit(article, original),
                None => {
                    let alone = Diagnostic::new(Code::TranslationAlone).at(&head(article));
                    report.push(alone.arg("path", &article.path));
                }
            }
        }
        if article.kind == Kind::Story && !article.consent_written && !article.is_index() {
            report.push(Diagnostic::new(Code::ConsentMissing).at(&head(article)));
        }
    }
}

/// The three marks above the front matter: where a line is missing.
fn head(article: &Article) -> Span {
    Span { end: 3, ..Span::file(&article.path) }
}

fn without_body(article: &Article) -> Article {
    Article { body: crate::markdown::Document::default(), ..article.clone() }
}

fn inherit(article: &mut Article, original: &Article) {
    fn fill<T: Clone>(own: &mut Option<T>, from: &Option<T>) {
        if own.is_none() {
            own.clone_from(from);
        }
    }
    fn fill_list<T: Clone>(own: &mut Vec<T>, from: &[T]) {
        if own.is_empty() {
            *own = from.to_vec();
        }
    }
    article.kind = original.kind;
    article.draft |= original.draft;
    // Front matter begins with its marks: what begins before them was not written.
    if article.slug.span.start == 0 {
        article.slug.value.clone_from(&original.slug.value);
    }
    if article.weight == 0 {
        article.weight = original.weight;
    }
    fill(&mut article.date, &original.date);
    fill(&mut article.updated, &original.updated);
    fill(&mut article.image, &original.image);
    fill(&mut article.edition, &original.edition);
    fill(&mut article.publish, &original.publish);
    fill(&mut article.expire, &original.expire);
    if !article.consent_written {
        article.consent_written = original.consent_written;
        article.consent.clone_from(&original.consent);
    }
    fill(&mut article.event, &original.event);
    fill(&mut article.stage, &original.stage);
    fill(&mut article.reading, &original.reading);
    fill_list(&mut article.viewpoints, &original.viewpoints);
    fill_list(&mut article.scenes, &original.scenes);
    fill_list(&mut article.audiences, &original.audiences);
    fill_list(&mut article.areas, &original.areas);
    fill_list(&mut article.authors, &original.authors);
}
