//! The fiscal year of public bodies: 1 April to 31 March.

use std::fmt;

use jiff::civil::{Date, date};

use crate::calendar::era::EraYear;

/// A fiscal year, named by the year in which it begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The fiscal year that begins on 1 April of `year`; none outside the years 1 to 9998.
    #[must_use]
    pub fn new(year: i64) -> Option<Self> {
        i16::try_from(year).ok().filter(|year| (1..=9998).contains(year)).map(Self)
    }

    /// The fiscal year in which a day lies.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let year = if day.month() < 4 { day.year() - 1 } else { day.year() };
        Self(year.clamp(1, 9998))
    }

    /// The year in which it begins.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0
    }

    /// 1 April.
    #[must_use]
    pub fn first_day(self) -> Date {
        date(self.0, 4, 1)
    }

    /// 31 March of the next year.
    #[must_use]
    pub fn last_day(self) -> Date {
        date(self.0 + 1, 3, 31)
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// `令和8年度（2026年度）`.
    #[must_use]
    pub fn ja(self) -> String {
        match EraYear::of(self.first_day()) {
            // 2019 年度 began in 平成 and is called 令和元年度 by almost every public body.
            _ if self.0 == 2019 => "令和元年度（2019年度）".to_owned(),
            Some(year) => format!("{year}度（{}年度）", self.0),
            None => format!("{}年度", self.0),
        }
    }

    /// `fiscal year 2026`.
    #[must_use]
    pub fn en(self) -> String {
        format!("fiscal year {}", self.0)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_in_april() {
        assert_eq!(FiscalYear::of(date(2026, 4, 1)).year(), 2026);
        assert_eq!(FiscalYear::of(date(2026, 3, 31)).year(), 2025);
        let year = FiscalYear::of(date(2026, 12, 1));
        assert_eq!((year.first_day(), year.last_day()), (date(2026, 4, 1), date(2027, 3, 31)));
        assert_eq!(year.ja(), "令和8年度（2026年度）");
        assert!(year.contains(date(2027, 3, 31)) && !year.contains(date(2027, 4, 1)));
    }
}
