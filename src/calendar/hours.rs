//! Opening hours in OpenStreetMap's `opening_hours` syntax: the part of it that care providers need.
//!
//! In: a cell such as `Mo-Fr 09:00-12:00,14:00-17:00; We[1,3] off; Dec 29-Jan 3 off; PH off`. Out: `OpeningHours`,
//! its canonical text (`Display`), the week table of a page (`week`), and the hours of one day (`on`). What is
//! outside the subset is refused with the bytes and a kind, never read approximately.
//!
//! *Why not the `opening-hours-syntax` crate?* It brings chrono and a parser generator, takes much that a table of
//! a week cannot show, and its errors have no kinds to explain in Japanese.
//!
//! The subset: weekdays (lists, ranges, over the week's end, `Mo[1,3]`, `Mo[-1]`), `PH`, `24/7`, months and dates
//! with or without a year (over the year's end), times with up to 48 hours (`17:00-26:00`, `22:00-06:00`), several
//! spans, `off`/`closed`, `open`, comments in quotes, rules joined by `;` (replacing) and `, ` (adding).
//! Full-width digits and punctuation are read as their ASCII forms.

mod lex;
mod parse;
mod rule;
mod say;
mod week;

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

pub use rule::{DateRange, Days, MonthDay, Nth, Rule, State, TimeSpan, WeekdayRange};
pub use week::{DayHours, Exception, WeekTable};

/// When a place is open. Holds at least one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningHours {
    rules: Vec<Rule>,
}

/// Why a text is not read as opening hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoursProblem {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub kind: HoursProblemKind,
}

/// What can be wrong with opening hours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HoursProblemKind {
    /// Nothing is written.
    Empty,
    /// A word that means nothing here.
    UnknownWord,
    /// Japanese words where `Mo` or `off` is needed: 月, 休.
    JapaneseWord,
    /// Not a time: `9`, `25:70`.
    BadTime,
    /// A time that begins when it ends, or lasts longer than a day.
    EmptySpan,
    /// Two times of one rule overlap.
    OverlappingTimes,
    /// `17:00+`: no end.
    OpenEnded,
    /// Days without times.
    MissingTimes,
    /// No such date, or a range that a date cannot be in.
    BadDate,
    /// Not 1 to 5 or -1 to -5 in brackets.
    BadNth,
    /// `PH` is followed by a rule that overrides it.
    HolidayOverridden,
    /// `SH`: there is no calendar of school holidays.
    SchoolHolidays,
    /// `sunrise`, `sunset`, `dawn`, `dusk`.
    SunTimes,
    /// `||`.
    Fallback,
    /// `easter`, `week`, `/2`, `+1 day`, `unknown`: valid there, not here.
    NotSupported,
    /// A quote that is not closed.
    OpenQuote,
}

impl HoursProblemKind {
    /// A stable name: the key of its wording.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownWord => "unknown_word",
            Self::JapaneseWord => "japanese_word",
            Self::BadTime => "bad_time",
            Self::EmptySpan => "empty_span",
            Self::OverlappingTimes => "overlapping_times",
            Self::OpenEnded => "open_ended",
            Self::MissingTimes => "missing_times",
            Self::BadDate => "bad_date",
            Self::BadNth => "bad_nth",
            Self::HolidayOverridden => "holiday_overridden",
            Self::SchoolHolidays => "school_holidays",
            Self::SunTimes => "sun_times",
            Self::Fallback => "fallback",
            Self::NotSupported => "not_supported",
            Self::OpenQuote => "open_quote",
        }
    }
}

impl OpeningHours {
    /// Reads opening hours.
    ///
    /// # Errors
    /// The first thing that cannot be read, with its bytes.
    pub fn parse(text: &str) -> Result<Self, HoursProblem> {
        parse::rules(text).map(|rules| Self { rules })
    }

    /// The rules in the order in which they override each other.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The ordinary week with the exceptions beside it.
    #[must_use]
    pub fn week(&self) -> WeekTable {
        week::table(&self.rules)
    }

    /// The hours of one day, holidays of Japan included. Times that began the day before are that day's.
    #[must_use]
    pub fn on(&self, day: Date) -> DayHours {
        week::on(&self.rules, day)
    }
}

impl fmt::Display for OpeningHours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.rules.iter().enumerate() {
            match (index, rule.adds) {
                (0, _) => {}
                (_, true) => formatter.write_str(", ")?,
                (_, false) => formatter.write_str("; ")?,
            }
            fmt::Display::fmt(rule, formatter)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
