//! What a rule of opening hours consists of, and its canonical text.

use std::fmt;

use jiff::civil::{Date, Weekday};

use crate::calendar::holidays;

/// One rule: on these days, these times.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Joined by a comma: adds to what earlier rules say instead of replacing it.
    pub adds: bool,
    /// The days on which it holds.
    pub days: Days,
    /// The times of day, ascending; none means the whole day.
    pub times: Vec<TimeSpan>,
    /// Open or not.
    pub state: State,
    /// The text in quotes.
    pub comment: Option<String>,
}

/// What a rule says of its times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Open.
    Open,
    /// Closed (`off`).
    Off,
    /// Only a comment: read it (`"by appointment"`).
    Ask,
}

/// The days of a rule. Empty lists do not restrict; weekdays and holidays are alternatives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Days {
    /// Months and dates.
    pub dates: Vec<DateRange>,
    /// Days of the week.
    pub weekdays: Vec<WeekdayRange>,
    /// `PH`: national holidays.
    pub holidays: bool,
}

/// Dates from one to another, both included; the range may run over the year's end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DateRange {
    /// Year of the first date where written.
    pub first_year: Option<i16>,
    /// First month, with its day unless whole months are meant.
    pub first: MonthDay,
    /// Year of the last date where written.
    pub last_year: Option<i16>,
    /// Last month, with its day unless whole months are meant.
    pub last: MonthDay,
}

/// A month, or a day of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31; none for the whole month.
    pub day: Option<i8>,
}

/// Weekdays from one to another, running over the week's end where the second comes first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WeekdayRange {
    /// The first.
    pub first: Weekday,
    /// The last, the same as the first for a single day.
    pub last: Weekday,
    /// Only those of the month: `[1,3]`, `[-1]`. Only on single days. Ascending, the negative ones last.
    pub nth: Vec<Nth>,
}

/// Which of a month: 1 to 5 from its beginning, -1 to -5 from its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Nth(pub i8);

/// Minutes since midnight; `end` is past 1440 where the time runs into the next day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TimeSpan {
    /// 0 to 1439.
    pub start: u16,
    /// After `start`, at most a day later.
    pub end: u16,
}

impl TimeSpan {
    /// From midnight to midnight.
    pub const WHOLE_DAY: Self = Self { start: 0, end: 1440 };
}

impl Days {
    /// No restriction: every day.
    #[must_use]
    pub fn every(&self) -> bool {
        self.dates.is_empty() && self.weekdays.is_empty() && !self.holidays
    }

    /// Whether the rule belongs to the ordinary week: neither dates nor only some weeks of the month.
    #[must_use]
    pub fn weekly(&self) -> bool {
        self.dates.is_empty() && self.weekdays.iter().all(|range| range.nth.is_empty())
    }

    /// Whether a weekday is among the weekdays, whatever the week of the month.
    #[must_use]
    pub fn has_weekday(&self, weekday: Weekday) -> bool {
        self.every_weekday() || self.weekdays.iter().any(|range| range.contains(weekday))
    }

    /// Neither weekdays nor holidays are named.
    #[must_use]
    pub fn every_weekday(&self) -> bool {
        self.weekdays.is_empty() && !self.holidays
    }

    /// Whether the rule holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let date = self.dates.is_empty() || self.dates.iter().any(|range| range.contains(day));
        let weekday = self.every_weekday()
            || self.weekdays.iter().any(|range| range.contains(day.weekday()) && range.is_nth(day))
            || (self.holidays && holidays::is_holiday(day));
        date && weekday
    }
}

impl WeekdayRange {
    /// Whether the weekday lies in the range.
    #[must_use]
    pub fn contains(&self, weekday: Weekday) -> bool {
        let offset = |day: Weekday| (day.to_monday_zero_offset() - self.first.to_monday_zero_offset()).rem_euclid(7);
        offset(weekday) <= offset(self.last)
    }

    fn is_nth(&self, day: Date) -> bool {
        if self.nth.is_empty() {
            return true;
        }
        let from_start = (day.day() - 1) / 7 + 1;
        let from_end = (day.days_in_month() - day.day()) / 7 + 1;
        self.nth.iter().any(|nth| nth.0 == from_start || -nth.0 == from_end)
    }
}

impl DateRange {
    /// Whether a day lies in the range, in any year unless years are written.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        let at = |month_day: MonthDay, whole: i8| (month_day.month, month_day.day.unwrap_or(whole));
        let (first, last, here) = (at(self.first, 1), at(self.last, 31), (day.month(), day.day()));
        if let (Some(first_year), last_year) = (self.first_year, self.last_year) {
            let next = i16::from(first > last);
            let last_year = last_year.unwrap_or(first_year.saturating_add(next));
            return ((first_year, first)..=(last_year, last)).contains(&(day.year(), here));
        }
        if first <= last { (first..=last).contains(&here) } else { here >= first || here <= last }
    }
}

pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Mo", Weekday::Monday),
    ("Tu", Weekday::Tuesday),
    ("We", Weekday::Wednesday),
    ("Th", Weekday::Thursday),
    ("Fr", Weekday::Friday),
    ("Sa", Weekday::Saturday),
    ("Su", Weekday::Sunday),
];

pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn weekday_code(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, day)| *day == weekday).map_or("", |(code, _)| code)
}

fn month_code(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("")
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let always = self.days.every() && self.state == State::Open && self.times == [TimeSpan::WHOLE_DAY];
        let mut parts: Vec<String> = Vec::new();
        if always {
            parts.push("24/7".to_owned());
        } else {
            parts.extend((!self.days.every()).then(|| self.days.to_string()));
            parts.extend((!self.times.is_empty()).then(|| list(&self.times)));
        }
        parts.extend((self.state == State::Off).then(|| "off".to_owned()));
        parts.extend(self.comment.as_ref().map(|comment| format!("\"{comment}\"")));
        formatter.write_str(&parts.join(" "))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&list(&self.dates))?;
        if !self.dates.is_empty() && !self.every_weekday() {
            formatter.write_str(" ")?;
        }
        formatter.write_str(&list(&self.weekdays))?;
        match (self.holidays, self.weekdays.is_empty()) {
            (true, true) => formatter.write_str("PH"),
            (true, false) => formatter.write_str(",PH"),
            (false, _) => Ok(()),
        }
    }
}

fn list<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.first_year {
            write!(formatter, "{year} ")?;
        }
        fmt::Display::fmt(&self.first, formatter)?;
        if self.first == self.last && self.last_year.is_none_or(|year| Some(year) == self.first_year) {
            return Ok(());
        }
        formatter.write_str("-")?;
        if let Some(year) = self.last_year {
            write!(formatter, "{year} ")?;
        }
        let same_month = self.first.month == self.last.month && self.last_year.is_none();
        match (self.first.day, self.last.day) {
            (Some(first), Some(last)) if same_month && first < last => write!(formatter, "{last:02}"),
            _ => fmt::Display::fmt(&self.last, formatter),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(month_code(self.month))?;
        self.day.map_or(Ok(()), |day| write!(formatter, " {day:02}"))
    }
}

impl fmt::Display for WeekdayRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(weekday_code(self.first))?;
        if self.first != self.last {
            write!(formatter, "-{}", weekday_code(self.last))?;
        }
        if self.nth.is_empty() { Ok(()) } else { write!(formatter, "[{}]", list(&self.nth)) }
    }
}

impl fmt::Display for Nth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // After midnight OpenStreetMap writes 22:00-06:00; a whole day that begins later needs the hour past 24.
        let plain = if self.end > 1440 && self.end - 1440 < self.start { self.end - 1440 } else { self.end };
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        write!(formatter, "{}-{}", clock(self.start), clock(plain))
    }
}
