//! Every coming instant at which the public site changes, and what changes.
//!
//! In: everything authored, and an instant to begin at. Out: `Change`s in order, on request with the files that differ,
//! and their wording as a table, JSON, a calendar, cron lines, a workflow, timer units. They name what is still withheld, so they are for staff only and
//! never become an artifact.
//!
//! *Why no list of dates of its own?* `select` records every instant that it asks about. This room steps from one
//! such instant to the next and compares what is public before and after. So nothing can be forgotten here, and an
//! instant that changes nothing (the expiry of a draft) is not listed.

mod calendar;
mod difference;
mod json;
mod pages;
mod table;
mod timer;
mod words;

use jiff::Timestamp;

use crate::diag::Report;
use crate::pipeline::{self, Opened};
use crate::select::{Request, Selection};
use crate::source::Span;

pub use calendar::calendar;
pub use json::json;
pub use pages::{Pages, compare};
pub use table::table;
pub use timer::{cron, github, systemd};

/// An instant at which the public site changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// The instant.
    pub at: Timestamp,
    /// What changes.
    pub effects: Vec<Effect>,
    /// Errors that the site has from then on: nothing is published while they stand.
    pub errors: Report,
    /// The files that differ from those before, where they were compared.
    pub pages: Option<Pages>,
}

/// One thing that changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Effect {
    /// What happens to it.
    pub kind: EffectKind,
    /// Its title or name, without ruby.
    pub name: String,
    /// Where it is written.
    pub place: Span,
}

/// What happens to a thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EffectKind {
    /// An edition comes out.
    EditionReleased,
    /// A plan becomes public.
    PlanPublic,
    /// An article becomes public.
    ArticlePublished,
    /// A public article is listed in its edition from then on.
    JoinsEdition,
    /// An article reaches its `expire`.
    ArticleExpired,
    /// A consent ends.
    ConsentEnded,
    /// A consent is withdrawn.
    ConsentWithdrawn,
    /// Applications for an event close.
    ApplicationsClosed,
    /// An event belongs to the past; what came of it is shown.
    EventPast,
    /// A row of a list appears.
    FacilityListed,
    /// A facility closes.
    FacilityClosed,
    /// A facility leaves because nobody has confirmed it for too long.
    FacilityUnconfirmed,
    /// A row was last confirmed longer ago than the site allows.
    VerificationStale,
    /// Figures of a year become public.
    FiguresPublished,
    /// Anything else that goes.
    Withheld,
}

/// Every change after the request's instant, the next first, up to `until` (inclusive) where it is given.
#[must_use]
pub fn changes(opened: &Opened, request: &Request, until: Option<Timestamp>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut before: Selection = pipeline::select(opened, request).value;
    while let Some(at) = before.constant_until.filter(|at| until.is_none_or(|until| *at <= until)) {
        let checked = pipeline::select(opened, &Request { at, ..request.clone() });
        let effects = difference::between(&before, &checked.value);
        if !effects.is_empty() {
            changes.push(Change { at, effects, errors: checked.report.errors(), pages: None });
        }
        before = checked.value;
    }
    changes
}
