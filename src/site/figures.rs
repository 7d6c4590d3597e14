//! Figures as they may be shown: small numbers of people hidden, totals made, the lists counted.
//!
//! In: the public rows and the public facilities. Out: a `Series` an indicator, a `Poll` a question, and what the lists
//! themselves give (`Supply`). Whoever shows, draws or exports figures takes them from here, never from the rows:
//! what is hidden here is nowhere else.

mod poll;
mod series;
mod supply;
mod suppress;

use std::collections::BTreeSet;

use crate::figure::FigureId;
use crate::select::Public;

use super::facilities::FacilityIndex;

pub use poll::{Answers, Poll, PollYear};
pub use series::{Point, Reading, Series};
pub use supply::{Supply, SupplyRow};
pub use suppress::SMALL;

/// A number of people that may be shown, or why not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// It may.
    Told(u64),
    /// It is small, or a small one could be computed from it.
    Hidden,
    /// There is none.
    Absent,
}

impl Count {
    /// The number, where it may be shown.
    #[must_use]
    pub fn told(self) -> Option<u64> {
        match self {
            Self::Told(count) => Some(count),
            Self::Hidden | Self::Absent => None,
        }
    }
}

/// All that the site can show of figures.
#[derive(Debug, Default)]
pub struct FigureIndex {
    /// In the order of the public indicators.
    pub series: Vec<Series>,
    /// In the order of the public surveys.
    pub polls: Vec<Vec<Poll>>,
    /// What the lists give.
    pub supply: Supply,
}

impl FigureIndex {
    pub(super) fn new(public: &Public, facilities: &FacilityIndex) -> Self {
        Self {
            series: public.figures.indicators.iter().map(|one| series::series(one, public)).collect(),
            polls: public.figures.surveys.iter().map(|one| poll::polls(one, public)).collect(),
            supply: supply::supply(public, facilities),
        }
    }

    /// The series of an indicator.
    #[must_use]
    pub fn series_of(&self, public: &Public, id: &str) -> Option<&Series> {
        let at = public.figures.indicators.iter().position(|one| one.id.as_str() == id)?;
        self.series.get(at)
    }

    /// A question of a survey, by its short name or its words.
    #[must_use]
    pub fn poll_of(&self, public: &Public, survey: &str, question: &str) -> Option<&Poll> {
        let at = public.figures.surveys.iter().position(|one| one.id.as_str() == survey)?;
        self.polls.get(at)?.iter().find(|poll| poll.anchor == question || &*poll.text == question)
    }

    /// True when there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.series.is_empty() && self.polls.is_empty() && self.supply.is_empty()
    }

    /// Every page of figures, in the order of `/figures/`.
    pub(super) fn pages(&self, public: &Public) -> Vec<FigureId> {
        let indicators = public.figures.indicators.iter().map(|one| &one.id);
        let mut pages: Vec<FigureId> =
            indicators.chain(public.figures.surveys.iter().map(|one| &one.id)).cloned().collect();
        // Two of one name were reported where they are written.
        let mut seen = BTreeSet::new();
        pages.retain(|id| seen.insert(id.clone()));
        if !self.supply.is_empty() {
            pages.extend(FigureId::new(FigureId::LISTS));
        }
        pages
    }
}
