//! All authored things joined: translations completed from their originals, references resolved.
//!
//! In: the sources. Out: a `Library` that holds everything, public or not, and every problem that can be found
//! without knowing the instant. It must not look at the clock, nor decide what may be shown.

mod addresses;
mod charts;
mod check;
mod consequences;
mod rules;
mod translation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::area::{self, Areas};
use crate::article::{self, Article, ArticleId};
use crate::config::{self, Config, Lang};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::facility::{self, Facility};
use crate::figure::{self, Figures};
use crate::layer::{self, Layers};
use crate::plan::{self, Plan};
use crate::source::{Blob, Encoding, Refusal, Source, SourcePath, Sources, Span, Text, Undecodable};
use crate::vocabulary::{self, Vocabulary};

pub use addresses::{Addresses, Named};

/// Everything authored.
#[derive(Clone, Debug)]
pub struct Library {
    /// The configuration.
    pub config: Arc<Config>,
    /// Categories, services and the fixed words of the domain.
    pub vocabulary: Arc<Vocabulary>,
    /// The daily-living areas.
    pub areas: Arc<Areas>,
    /// Base layers of the maps.
    pub layers: Arc<Layers>,
    /// Articles in all languages, by path.
    pub articles: Vec<Arc<Article>>,
    /// Plans, the oldest first.
    pub plans: Vec<Arc<Plan>>,
    /// Rows of the lists, in the order of files and rows.
    pub facilities: Vec<Arc<Facility>>,
    /// Indicators and surveys.
    pub figures: Arc<Figures>,
    /// Pictures and other files that articles may refer to.
    pub assets: Arc<BTreeMap<SourcePath, Blob>>,
    /// Of each list, all above its first row: with a mistake there, none of its rows can be trusted.
    pub list_heads: BTreeMap<SourcePath, Span>,
    /// Files below `content/`, lists, rows of lists, editions, map layers and numbers of areas that could not be read.
    pub unreadable: Vec<Span>,
}

impl Library {
    /// The article in exactly this language.
    #[must_use]
    pub fn article(&self, id: &ArticleId, lang: &Lang) -> Option<&Arc<Article>> {
        self.articles.iter().find(|article| &article.id == id && &article.lang == lang)
    }
}

/// Reads and joins everything.
pub fn assemble(sources: &Sources) -> Checked<Library> {
    let mut report = Report::new();
    refused(sources, &mut report);
    let config = config::read(sources).into(&mut report);
    let vocabulary = vocabulary::read(sources).into(&mut report);
    let areas = area::read(sources, &config.areas);
    let unread_numbers = areas.report.iter().filter(|told| told.code == Code::AreasNumberUnreadable);
    let lost_cells: Vec<Span> = unread_numbers.filter_map(|told| told.primary.clone()).collect();
    let areas = areas.into(&mut report);
    let layer::Read { layers, lost: lost_layers } = layer::read(sources, areas.bounds()).into(&mut report);
    if let (Some(credit), None) = (&layers.base_credit, &config.map.attribution) {
        let place = SourcePath::new(config::CONFIG_PATH).map(|path| Span::file(&path));
        let missing = Diagnostic::new(Code::BaseCreditMissing).arg("credit", credit);
        report.push(place.iter().fold(missing, Diagnostic::at));
    }
    let ((facilities, plans), articles) = rayon::join(
        || rayon::join(|| facility::read(sources, &vocabulary, &areas), || plan::read(sources, &config)),
        || article::read(sources, &config),
    );
    let facility::Lists { facilities, heads: list_heads, lost } = facilities.into(&mut report);
    let figures = figure::read(sources, &config, &areas).into(&mut report);
    let plans = plans.into(&mut report);
    let lost_editions: Vec<Span> = plans.iter().flat_map(|plan| &plan.lost).map(|lost| lost.extent.clone()).collect();
    let mut articles = articles.into(&mut report);
    translation::complete(&mut articles, &config, &mut report);
    let assets = sources.iter().filter_map(|(path, source)| match source {
        Source::Blob(blob) if path.is_below("content") => Some((path.clone(), blob.clone())),
        _ => None,
    });
    let lost = lost.into_iter().chain(lost_editions).chain(lost_layers).chain(lost_cells);
    let library = Library {
        list_heads,
        unreadable: unreadable(sources, &articles).chain(lost).collect(),
        assets: Arc::new(assets.collect()),
        config: Arc::new(config),
        vocabulary: Arc::new(vocabulary),
        areas: Arc::new(areas),
        layers: Arc::new(layers),
        articles: shared(articles),
        plans: shared(plans),
        facilities,
        figures: Arc::new(figures),
    };
    check::references(&library, &mut report);
    rules::plans(&library, &mut report);
    Checked::new(library, consequences::without(report))
}

/// Each for itself, in memory of their own: collected in place they would keep that of the whole.
fn shared<T>(items: Vec<T>) -> Vec<Arc<T>> {
    let mut shared = Vec::with_capacity(items.len());
    shared.extend(items.into_iter().map(Arc::new));
    shared
}

/// Files below `content/` that gave no article and no file to refer to, and lists that could not be handed over.
fn unreadable<'a>(sources: &'a Sources, articles: &[Article]) -> impl Iterator<Item = Span> + use<'a> {
    let read: BTreeSet<SourcePath> = articles.iter().map(|article| article.path.clone()).collect();
    let of_article =
        move |(path, text): (&SourcePath, &Text)| (!read.contains(path)).then(|| Span::new(path, 0..text.text.len()));
    let is_one = |path: &SourcePath| path.is_below("content") || path.is_below(facility::FACILITIES_FOLDER);
    let refused = sources.iter().filter(move |(path, source)| matches!(source, Source::Refused(_)) && is_one(path));
    let refused = refused.map(|(path, _)| Span::file(path));
    sources.texts_in("content", "md").filter_map(of_article).chain(refused)
}

/// Files that the edge could not hand over, and those whose encoding was told by their bytes only.
fn refused(sources: &Sources, report: &mut Report) {
    for (path, source) in sources.iter() {
        if matches!(source, Source::Text(text) if text.encoding == Encoding::Cp932) {
            report.push(Diagnostic::new(Code::EncodingCp932).at(&Span::file(path)).arg("path", path));
        }
        let Source::Refused(refusal) = source else { continue };
        let diagnostic = match refusal {
            Refusal::NotAFile => Diagnostic::new(Code::NotAFile),
            Refusal::TooLarge { bytes, limit } => {
                Diagnostic::new(Code::FileTooLarge).arg("bytes", bytes).arg("limit", limit)
            }
            Refusal::Undecodable(Undecodable::Utf16) => Diagnostic::new(Code::EncodingUtf16),
            Refusal::Undecodable(Undecodable::Iso2022Jp) => Diagnostic::new(Code::EncodingIso2022Jp),
            Refusal::Undecodable(Undecodable::EucJp) => Diagnostic::new(Code::EncodingEucJp),
            Refusal::Undecodable(Undecodable::Binary) => Diagnostic::new(Code::EncodingBinary),
            Refusal::Undecodable(Undecodable::Mixed { line, at }) => {
                Diagnostic::new(Code::EncodingMixed).arg("line", line).arg("at", at)
            }
            Refusal::Twin(other) => Diagnostic::new(Code::TwinNames).arg("other", other),
            Refusal::Picture(cause) => Diagnostic::new(Code::PictureUnreadable).arg("cause", cause),
            Refusal::Name => Diagnostic::new(Code::FileNameUnusable),
        };
        report.push(diagnostic.arg("path", path).at(&Span::file(path)));
    }
}
