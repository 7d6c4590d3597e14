//! The instant of a build, asked only "is it at or after this other instant?".
//!
//! *Why record the questions?* The output is a function of the answers alone. Between two neighbouring recorded
//! instants every answer stays the same, and so does the course of the program that asks; hence the output is
//! constant there, by construction and not by a second list of dates that could be forgotten.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::calendar::first_moment;

/// The instant of a build.
#[derive(Debug)]
pub struct Moment {
    at: Timestamp,
    zone: TimeZone,
    asked: RefCell<BTreeSet<Timestamp>>,
}

impl Moment {
    /// The moment `at`, with days in `zone`.
    #[must_use]
    pub fn new(at: Timestamp, zone: TimeZone) -> Self {
        Self { at, zone, asked: RefCell::default() }
    }

    /// True from `instant` on (inclusive).
    #[must_use]
    pub fn reached(&self, instant: Timestamp) -> bool {
        self.asked.borrow_mut().insert(instant);
        self.at >= instant
    }

    /// True from the first moment of `day` on.
    #[must_use]
    pub fn reached_day(&self, day: Date) -> bool {
        match self.start_of(day) {
            Some(start) => self.reached(start),
            // Only years beyond the calendar's end have no start: they are never reached.
            None => false,
        }
    }

    /// True when `day` is over.
    #[must_use]
    pub fn is_past(&self, day: Date) -> bool {
        day.tomorrow().is_ok_and(|next| self.reached_day(next))
    }

    /// The first moment of a day in the site's zone.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Option<Timestamp> {
        first_moment(day, &self.zone)
    }

    /// The site's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The neighbouring instants between which every answer given so far stays the same: the last one at or before
    /// the moment, and the next one after it.
    #[must_use]
    pub fn constancy(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let asked = self.asked.borrow();
        let since = asked.range(..=self.at).next_back().copied();
        let until = asked.range(self.at..).find(|&&instant| instant > self.at).copied();
        (since, until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_inclusive_and_the_window_is_half_open() {
        let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let moment = Moment::new(instant("2026-06-01T00:00:00Z"), TimeZone::UTC);
        assert!(moment.reached(instant("2026-06-01T00:00:00Z")));
        assert!(!moment.reached(instant("2026-06-01T00:00:01Z")));
        assert!(moment.reached(instant("2026-05-01T00:00:00Z")));
        let window = moment.constancy();
        assert_eq!(window, (Some(instant("2026-06-01T00:00:00Z")), Some(instant("2026-06-01T00:00:01Z"))));
    }
}
