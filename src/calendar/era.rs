//! The Japanese eras since 1868: a table of first days, both ways.

use std::fmt;

use jiff::civil::{Date, date};

/// An era of the Japanese calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Era {
    /// 明治, from 1868.
    Meiji,
    /// 大正, from 1912.
    Taisho,
    /// 昭和, from 1926.
    Showa,
    /// 平成, from 1989.
    Heisei,
    /// 令和, from 2019.
    Reiwa,
}

impl Era {
    /// All eras, the oldest first.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The first day of the era.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Meiji => date(1868, 10, 23),
            Self::Taisho => date(1912, 7, 30),
            Self::Showa => date(1926, 12, 25),
            Self::Heisei => date(1989, 1, 8),
            Self::Reiwa => date(2019, 5, 1),
        }
    }

    /// The first day of the next era; none for the last one known.
    #[must_use]
    pub fn next_first_day(self) -> Option<Date> {
        Self::ALL.into_iter().find(|era| *era > self).map(Self::first_day)
    }

    /// `令和`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The era that `text` begins with (`令和`, `令`, `R`, `㋿`), and the rest of the text.
    #[must_use]
    pub fn strip(text: &str) -> Option<(Self, &str)> {
        const SPELLINGS: [(&str, Era); 25] = [
            ("明治", Era::Meiji),
            ("大正", Era::Taisho),
            ("昭和", Era::Showa),
            ("平成", Era::Heisei),
            ("令和", Era::Reiwa),
            ("㍾", Era::Meiji),
            ("㍽", Era::Taisho),
            ("㍼", Era::Showa),
            ("㍻", Era::Heisei),
            ("㋿", Era::Reiwa),
            ("明", Era::Meiji),
            ("大", Era::Taisho),
            ("昭", Era::Showa),
            ("平", Era::Heisei),
            ("令", Era::Reiwa),
            ("M", Era::Meiji),
            ("T", Era::Taisho),
            ("S", Era::Showa),
            ("H", Era::Heisei),
            ("R", Era::Reiwa),
            ("m", Era::Meiji),
            ("t", Era::Taisho),
            ("s", Era::Showa),
            ("h", Era::Heisei),
            ("r", Era::Reiwa),
        ];
        SPELLINGS.iter().find_map(|(spelling, era)| text.strip_prefix(spelling).map(|rest| (*era, rest)))
    }
}

/// A year of an era: `令和8年`, `令和元年`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EraYear {
    /// The era.
    pub era: Era,
    /// The year within it, from 1.
    pub year: i16,
}

impl EraYear {
    /// The era's year in which a day lies; none before 23 October 1868.
    #[must_use]
    pub fn of(day: Date) -> Option<Self> {
        let era = Era::ALL.into_iter().rev().find(|era| era.first_day() <= day)?;
        Some(Self { era, year: day.year() - era.first_day().year() + 1 })
    }

    /// The year that a text names: `令和8年`, `平成元年`, `R7`; none for a year that the era did not reach.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (era, rest) = Era::strip(text)?;
        let rest = rest.strip_suffix('年').unwrap_or(rest);
        let year = if rest == "元" { 1 } else { rest.parse().ok().filter(|year| (1..=99).contains(year))? };
        let named = Self { era, year };
        era.next_first_day().is_none_or(|next| named.common() <= next.year()).then_some(named)
    }

    /// The year of the common era.
    #[must_use]
    pub fn common(self) -> i16 {
        self.era.first_day().year().saturating_add(self.year).saturating_sub(1)
    }
}

impl fmt::Display for EraYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            1 => write!(formatter, "{}元年", self.era.name()),
            year => write!(formatter, "{}{year}年", self.era.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_change_on_their_first_day() {
        let check = |day: Date, expected: &str| {
            assert_eq!(EraYear::of(day).map(|year| year.to_string()).as_deref(), Some(expected), "{day}");
        };
        check(date(2019, 4, 30), "平成31年");
        check(date(2019, 5, 1), "令和元年");
        check(date(2026, 4, 1), "令和8年");
        check(date(1989, 1, 7), "昭和64年");
        check(date(1912, 7, 30), "大正元年");
        assert_eq!(EraYear::of(date(1868, 1, 1)), None);
    }

    #[test]
    fn years_are_read_as_they_are_said() {
        let check = |text: &str, expected: Option<i16>| {
            assert_eq!(EraYear::parse(text).map(EraYear::common), expected, "{text}");
        };
        check("令和8年", Some(2026));
        check("㋿元年", Some(2019));
        check("H31", Some(2019));
        check("昭和64", Some(1989));
        check("平成40年", None);
        check("令和", None);
        check("2026", None);
    }
}
