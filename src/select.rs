//! Decides what is public at an instant.
//!
//! In: the `Library` (everything authored) and a `Request` (instant, medium, drafts, quarantine).
//! Out: `Public`, which holds nothing that may not be shown, and the `Withheld`, for staff only.
//!
//! `Public` has no other constructor. Later stages cannot leak what they never receive, and they know no clock:
//! whatever depends on the instant is asked of a `Moment` here. Nothing that joins several things (counts,
//! neighbours, backlinks) may be computed before this.

mod figures;
mod links;
mod moment;
mod verdict;
mod without_consent;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::area::Areas;
use crate::article::{Article, ArticleId};
use crate::config::{Config, Lang};
use crate::diag::{Checked, Severity};
use crate::facility::{self, Facility, FacilityId};
use crate::figure::{self, Figures};
use crate::layer::Layers;
use crate::library::Library;
use crate::plan::{self, Edition, EditionId, Plan};
use crate::source::{Blob, Places, SourcePath, Span};
use crate::vocabulary::Vocabulary;

pub use moment::Moment;

/// What is asked of a build. The only instants that come from outside the files.
#[derive(Clone, Debug)]
pub struct Request {
    /// The instant.
    pub at: Timestamp,
    /// When the build is asked for. Nothing that is shown depends on it: it only tells typing errors, such as a
    /// confirmation tomorrow, from a look back at an earlier `at`.
    pub now: Timestamp,
    /// Where the result appears: consents have scopes.
    pub medium: Medium,
    /// True to show drafts (previews only).
    pub drafts: bool,
    /// True to withhold what is broken and publish the rest.
    pub quarantine: bool,
}

/// Where a build appears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Medium {
    /// The website and everything it offers for download.
    Web,
    /// A print edition.
    Print,
}

/// Everything that may be shown.
#[derive(Debug)]
pub struct Public {
    /// The configuration.
    pub config: Arc<Config>,
    /// Words of the domain.
    pub vocabulary: Arc<Vocabulary>,
    /// Areas.
    pub areas: Arc<Areas>,
    /// Base layers of the maps.
    pub layers: Arc<Layers>,
    /// Articles in all languages, by path.
    pub articles: Vec<PublicArticle>,
    /// Facilities, in the order of files and rows.
    pub facilities: Vec<PublicFacility>,
    /// Indicators and surveys with the rows of years that are public; those without any are left out.
    pub figures: Figures,
    /// Released editions, the newest first.
    pub editions: Vec<PublicEdition>,
    /// Public plans, the newest first; their `editions` are the released ones.
    pub plans: Vec<Arc<Plan>>,
    /// Files to look references up in. One becomes public only when something public refers to it.
    pub assets: Arc<BTreeMap<SourcePath, Blob>>,
}

/// An article that may be shown.
#[derive(Clone, Debug)]
pub struct PublicArticle {
    /// The article.
    pub article: Arc<Article>,
    /// Its edition, where that is released.
    pub edition: Option<EditionId>,
    /// The instant from which it is public, where one is set.
    pub public_from: Option<Timestamp>,
    /// True for an event that is over.
    pub over: bool,
    /// True when applications are closed.
    pub applications_closed: bool,
}

/// A facility that may be shown, without cells that are for professionals.
#[derive(Clone, Debug)]
pub struct PublicFacility {
    /// The row.
    pub facility: Arc<Facility>,
    /// True when it was last confirmed longer ago than the site allows, or never.
    pub stale: bool,
}

/// An edition that is released.
#[derive(Clone, Debug)]
pub struct PublicEdition {
    /// The fiscal year of its plan.
    pub fiscal_year: i16,
    /// The edition.
    pub edition: Arc<Edition>,
}

/// Something that is not shown: for staff's eyes, never handed to a later stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withheld {
    /// What to cut from the sources to remove it: a file, a plan's table, a row, a cell.
    pub span: Span,
    /// Why.
    pub reason: Reason,
    /// The instant at which the reason ends, where it does.
    pub until: Option<Timestamp>,
}

/// Why something is not shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// `draft = true`.
    Draft,
    /// Its release or publication lies ahead; where that is written.
    NotYet(Span),
    /// Its `expire` is past.
    Expired,
    /// The family's consent does not hold, no longer holds, or not for this medium.
    Consent(ConsentState),
    /// The facility has closed.
    Closed,
    /// The facility asked not to be listed.
    Unlisted,
    /// Nobody has confirmed the facility for longer than the site allows.
    Unconfirmed,
    /// For professionals or staff only: a cell, or what was expected of an event.
    Professionals,
    /// It has an error, and the build was asked to go on without it.
    Broken,
    /// Its original is withheld.
    Translation(Box<Reason>),
}

/// The states in which a consent does not allow publication.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConsentState {
    /// None is recorded.
    Missing,
    /// It begins later.
    NotYet,
    /// It does not cover this medium.
    OutOfScope,
    /// It has ended.
    Ended,
    /// It was withdrawn.
    Withdrawn,
}

impl Reason {
    /// True when the thing is withheld because of its own error, or its original's.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Broken => true,
            Self::Translation(original) => original.is_broken(),
            _ => false,
        }
    }

    /// True when the thing is still to come, so that a link to it would tell of it too early.
    #[must_use]
    pub fn is_still_to_come(&self) -> bool {
        match self {
            Self::Draft | Self::NotYet(_) | Self::Consent(ConsentState::NotYet) => true,
            Self::Translation(original) => original.is_still_to_come(),
            _ => false,
        }
    }
}

/// What `at` decided.
#[derive(Debug)]
pub struct Selection {
    /// What may be shown.
    pub public: Public,
    /// What may not.
    pub withheld: Vec<Withheld>,
    /// The last instant, at or before the request's, at which the decision changed.
    pub constant_since: Option<Timestamp>,
    /// The next instant at which the decision may change. Never to be published.
    pub constant_until: Option<Timestamp>,
}

/// Everything that may be shown at the request's instant, with a problem for each public thing that refers to a
/// withheld one. `errors` are the places of errors found so far.
pub fn at(library: &Library, errors: &[Span], request: &Request) -> Checked<Selection> {
    let moment = Moment::new(request.at, library.config.zone.clone());
    let today = library.config.zone.to_datetime(request.now).date();
    let mut report = facility::verified_after(library.facilities.iter().map(|facility| &**facility), today);
    report.append(figure::years_ahead(&library.figures, today));
    report.append(plan::review_due(library.plans.iter().map(|plan| &**plan), today));
    let too_early = report
        .iter()
        .filter(|told| told.severity == Severity::Error)
        .filter_map(|diagnostic| diagnostic.primary.clone());
    let too_early: Vec<Span> = too_early.collect();
    let errors = Places::new(errors.iter().chain(&too_early));
    let judge = verdict::Judge { library, request, moment: &moment, errors: &errors };
    let mut verdicts = judge.articles();
    judge.confirmed_ahead(&mut verdicts, &mut report);
    let facilities = judge.facilities();
    links::check(&judge, &mut verdicts, &facilities, &mut report);
    let pictures = without_consent::of(&judge, &verdicts, &mut report);
    let mut withheld: Vec<Withheld> = pictures.values().cloned().collect();
    let public = Public {
        config: Arc::clone(&library.config),
        vocabulary: Arc::clone(&library.vocabulary),
        areas: Arc::clone(&library.areas),
        layers: Arc::clone(&library.layers),
        articles: judge.public_articles(&verdicts, &mut withheld),
        facilities: judge.public_facilities(&facilities, &mut withheld),
        figures: judge.figures(&mut withheld),
        editions: judge.editions(&mut withheld),
        plans: judge.plans(&mut withheld),
        assets: without_consent::assets(&library.assets, &pictures),
    };
    if request.quarantine {
        judge.unreadable(&mut withheld);
    }
    withheld.sort_by(|a, b| a.span.cmp(&b.span));
    withheld.dedup();
    let (constant_since, constant_until) = moment.constancy();
    Checked::new(Selection { public, withheld, constant_since, constant_until }, report)
}

/// Why each article (in one language) or facility is withheld.
type Verdicts<K> = BTreeMap<K, Withheld>;
type ArticleKey = (ArticleId, Lang);
type FacilityKey = FacilityId;
