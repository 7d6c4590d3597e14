//! Consents, and what a withdrawn story would leave behind.
//!
//! In: everything authored, and an instant. Out: the stories whose consent does not hold, with the words by which a
//! trace of them is known; the consents that end soon; what a published file or a cached picture may be. The command
//! looks at the disk; nothing is decided there.
//!
//! *Why are published files compared with a build, and not only searched for words?* A picture has no words. What a
//! build of this instant gives is free of withheld things by the erasure law; so a folder that equals it is, too.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::article::Article;
use crate::artifact::{Artifact, Body, ImageJob};
use crate::library::Library;
use crate::markdown::ruby;
use crate::pipeline::{self, Opened};
use crate::select::{ConsentState, Reason, Request, Selection};
use crate::source::Span;

/// Consents that end within this many days are told.
pub const SOON_DAYS: i32 = 90;

/// A story that is not public because of its consent.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// The whole file.
    pub place: Span,
    /// Title without ruby.
    pub title: String,
    /// Why.
    pub state: ConsentState,
    /// Words that only it has: its title, its sentences, its address.
    pub words: Vec<String>,
}

/// A consent that ends soon.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Where its end is written.
    pub place: Span,
    /// The story's title.
    pub title: String,
    /// The last day.
    pub until: Date,
    /// How many days are left.
    pub days: i32,
}

/// What may be on the disk.
#[derive(Debug, Default)]
pub struct Expected {
    /// Published files by path: their bytes, where a build gives them.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    /// Pictures that may be cached.
    pub pictures: Vec<ImageJob>,
}

/// Stories whose consent does not hold, or holds no longer, at the request's instant.
#[must_use]
pub fn withdrawn(opened: &Opened, request: &Request) -> Vec<Withdrawn> {
    let selection = pipeline::select(opened, request).value;
    let open: Vec<&str> = public_texts(&selection);
    let mut found = Vec::new();
    for item in &selection.withheld {
        let Some(state) = consent_of(&item.reason) else { continue };
        let Some(article) = opened.library.articles.iter().find(|article| article.extent == item.span) else {
            continue;
        };
        let mut words = words(article);
        // What public pages say themselves is no trace.
        words.retain(|word| !open.iter().any(|text| text.contains(word.as_str())));
        let title = ruby::base_text(&article.title.value).into_owned();
        found.push(Withdrawn { place: item.span.clone(), title, state, words });
    }
    found
}

fn consent_of(reason: &Reason) -> Option<ConsentState> {
    match reason {
        Reason::Consent(state) => Some(*state),
        Reason::Translation(original) => consent_of(original),
        _ => None,
    }
}

fn public_texts(selection: &Selection) -> Vec<&str> {
    let articles = selection.public.articles.iter().map(|public| &public.article);
    articles.flat_map(|article| [article.title.value.as_str(), article.description.as_deref().unwrap_or("")]).collect()
}

/// The title, the description, and the longest sentences: enough to know a story again.
fn words(article: &Article) -> Vec<String> {
    let text = article.body.plain_text();
    let sentences = text.split(['。', '\n', '！', '？']).map(str::trim).filter(|part| part.chars().count() >= 12);
    let mut sentences: Vec<&str> = sentences.collect();
    sentences.sort_by_key(|sentence| std::cmp::Reverse(sentence.chars().count()));
    let title = ruby::base_text(&article.title.value).into_owned();
    let mut words = vec![title];
    words.extend(article.description.clone());
    words.extend(sentences.into_iter().take(12).map(str::to_owned));
    words.retain(|word| word.chars().count() >= 4);
    words
}

/// Consents that end within `SOON_DAYS` days, the first one first.
#[must_use]
pub fn ending(library: &Library, at: Timestamp) -> Vec<Ending> {
    let today = library.config.zone.to_datetime(at).date();
    let mut found = Vec::new();
    for article in &library.articles {
        let Some(consent) = article.consent.as_ref().filter(|consent| consent.withdrawn.is_none()) else { continue };
        let Some(until) = &consent.until else { continue };
        let Ok(last) = today.checked_add(SOON_DAYS.days()) else { continue };
        if (today..=last).contains(&until.value) {
            let title = ruby::base_text(&article.title.value).into_owned();
            let days = today.until(until.value).map_or(0, |span| span.get_days());
            found.push(Ending { place: until.span.clone(), title, until: until.value, days });
        }
    }
    found.sort_by(|a, b| (a.until, &a.place).cmp(&(b.until, &b.place)));
    found
}

/// What a build at the request's instant gives.
#[must_use]
pub fn expected(artifacts: Vec<Artifact>) -> Expected {
    let mut expected = Expected::default();
    for artifact in artifacts {
        let path = artifact.path.as_str().to_owned();
        let bytes = match artifact.body {
            Body::Bytes(bytes) => Some(bytes),
            Body::Copy { .. } => None,
            Body::Image(job) => {
                expected.pictures.push(job);
                None
            }
        };
        expected.files.insert(path, bytes);
    }
    expected
}
