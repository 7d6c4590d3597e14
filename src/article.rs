//! Articles: stories, questions, guides, events, news, pages, glossary terms.
//!
//! In: the Markdown files below `content/`. Out: typed articles whose every field that can be wrong knows its
//! place. Whether an article may be shown is not decided here (see `select`), nor what its links mean (`library`).

mod consent;
mod event;
mod front_matter;
mod kind;
mod reference;
mod slug;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::config::{Config, Lang};
use crate::diag::{Checked, Report};
use crate::markdown::Document;
use crate::source::{SourcePath, Sources, Span, Spanned, Text};
use crate::vocabulary::{Audience, Scene, Viewpoint};

pub use consent::{Consent, Scope};
pub use event::{Event, EventResult, EventStatus, EventTime, Expected};
pub use kind::Kind;
pub use reference::{Reference, page_path, reference};
pub use slug::{is_slug, slugify};

/// An article's path below `content/`, without language and extension: the same for all its translations.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(Arc<str>);

impl ArticleId {
    /// The identifier of this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the article introduces as its `_index` (`""` is the home page); none for any other article.
    #[must_use]
    pub fn introduces(&self) -> Option<&str> {
        if self.as_str() == "_index" { Some("") } else { self.as_str().strip_suffix("/_index") }
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// One article in one language.
#[derive(Clone, Debug)]
pub struct Article {
    /// Shared with its translations.
    pub id: ArticleId,
    /// The file.
    pub path: SourcePath,
    /// The whole file.
    pub extent: Span,
    /// Its language.
    pub lang: Lang,
    /// What it is.
    pub kind: Kind,
    /// Title, possibly with ruby.
    pub title: Spanned<String>,
    /// One or two sentences for lists and search engines.
    pub description: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
    /// When it was last changed or checked in substance.
    pub updated: Option<Spanned<Date>>,
    /// The last part of its address.
    pub slug: Spanned<String>,
    /// Former addresses, as site paths.
    pub aliases: Vec<Spanned<String>>,
    /// Free key words.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// True while it is not finished.
    pub draft: bool,
    /// The picture that stands for it.
    pub image: Option<Spanned<String>>,
    /// What the picture shows.
    pub image_alt: Option<String>,
    /// Order among its kind, small first.
    pub weight: i64,
    /// What it helps to understand.
    pub viewpoints: Vec<Viewpoint>,
    /// Which of the four scenes it is about.
    pub scenes: Vec<Scene>,
    /// Whom it speaks to.
    pub audiences: Vec<Audience>,
    /// Areas it is about; empty means all.
    pub areas: Vec<Spanned<String>>,
    /// Stage of the plan, where it stands outside an edition.
    pub stage: Option<u8>,
    /// The edition it is released with.
    pub edition: Option<Spanned<String>>,
    /// Not public before.
    pub publish: Option<Spanned<Timestamp>>,
    /// Not public from then on.
    pub expire: Option<Spanned<Timestamp>>,
    /// The family's consent; none where a part of it that decides is missing or unreadable.
    pub consent: Option<Consent>,
    /// True when a consent is written, readable or not, or may be in a head that can't be read whole.
    pub consent_written: bool,
    /// For events.
    pub event: Option<Event>,
    /// The full question, where it is longer than the title.
    pub question: Option<String>,
    /// The answer in one or two sentences.
    pub answer_short: Option<String>,
    /// Reading of a glossary term.
    pub reading: Option<String>,
    /// English for a glossary term.
    pub english: Option<String>,
    /// The text.
    pub body: Document,
}

impl Article {
    /// True for the `_index` file of a folder, which introduces the section.
    #[must_use]
    pub fn is_index(&self) -> bool {
        self.id.introduces().is_some()
    }
}

/// Reads every article, in the order of their paths.
pub fn read(sources: &Sources, config: &Config) -> Checked<Vec<Article>> {
    let files: Vec<(&SourcePath, &Text)> = sources.texts_in("content", "md").collect();
    let read: Vec<Checked<Option<Article>>> =
        files.into_par_iter().map(|(path, text)| front_matter::article(path, text, config)).collect();
    let mut report = Report::new();
    let articles = read.into_iter().filter_map(|article| article.into(&mut report)).collect();
    Checked::new(articles, report)
}
