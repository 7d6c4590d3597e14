//! What rules come to: for a week without exceptions, and for one day.

use jiff::civil::{Date, Weekday};

use super::rule::{Days, Rule, State, TimeSpan, WEEKDAYS};

/// The hours of one day of the week, of holidays, or of one date.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DayHours {
    /// When it is open, ascending; with the comment of the rule.
    pub spans: Vec<(TimeSpan, Option<String>)>,
    /// Comments that stand alone: "by appointment", the reason of a closure.
    pub remarks: Vec<String>,
    /// Neither open nor a case for asking.
    pub closed: bool,
    /// Of a day of the ordinary week: what differs in some weeks of the month.
    pub sometimes: Vec<Exception>,
}

/// The ordinary week. Exceptions are rules for some dates or some weeks of the month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WeekTable {
    /// Monday first.
    pub days: [DayHours; 7],
    /// National holidays; none where nothing is said and they are like any weekday.
    pub holidays: Option<DayHours>,
    /// What differs on some dates or in some weeks, in the order of the rules.
    pub exceptions: Vec<Exception>,
    /// Whether there is an ordinary week at all. If not, only the exceptions say something.
    pub regular: bool,
}

/// A rule that the week table cannot show in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// The rule; `ja` and `en` say it in words.
    pub rule: Rule,
}

impl WeekTable {
    /// The row of a weekday.
    #[must_use]
    pub fn day(&self, weekday: Weekday) -> &DayHours {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.days;
        match weekday {
            Weekday::Monday => monday,
            Weekday::Tuesday => tuesday,
            Weekday::Wednesday => wednesday,
            Weekday::Thursday => thursday,
            Weekday::Friday => friday,
            Weekday::Saturday => saturday,
            Weekday::Sunday => sunday,
        }
    }

    /// Open day and night, every day.
    #[must_use]
    pub fn around_the_clock(&self) -> bool {
        let whole = |day: &DayHours| matches!(day.spans.as_slice(), [(TimeSpan::WHOLE_DAY, _)]);
        self.exceptions.is_empty() && self.days.iter().all(whole) && self.holidays.as_ref().is_none_or(whole)
    }
}

impl Exception {
    /// True where it differs in some weeks of every month, so that it can be said in the rows of its days.
    #[must_use]
    pub fn is_of_week(&self) -> bool {
        self.rule.days.dates.is_empty()
    }
}

pub(super) fn table(rules: &[Rule]) -> WeekTable {
    let weekly = |days: &Days| days.weekly();
    let about_holidays = |rule: &&Rule| rule.days.holidays && weekly(&rule.days);
    let holidays = rules.iter().any(|rule| about_holidays(&rule)).then(|| overlay(rules.iter().filter(about_holidays)));
    let unusual = rules.iter().filter(|rule| !weekly(&rule.days)).cloned();
    let exceptions: Vec<Exception> = unusual.map(|rule| Exception { rule }).collect();
    let days = WEEKDAYS.map(|(_, weekday)| {
        let usual = overlay(rules.iter().filter(|rule| weekly(&rule.days) && rule.days.has_weekday(weekday)));
        let sometimes = exceptions.iter().filter(|one| one.is_of_week() && one.rule.days.has_weekday(weekday));
        DayHours { sometimes: sometimes.cloned().collect(), ..usual }
    });
    let regular = rules.iter().any(|rule| weekly(&rule.days) && rule.state != State::Off);
    WeekTable { days, holidays, exceptions, regular }
}

pub(super) fn on(rules: &[Rule], day: Date) -> DayHours {
    overlay(rules.iter().filter(|rule| rule.days.holds_on(day)))
}

/// Later rules replace earlier ones, unless they add, or close only a part of the day.
fn overlay<'a>(rules: impl Iterator<Item = &'a Rule>) -> DayHours {
    let mut day = DayHours::default();
    let mut asks = false;
    for rule in rules {
        let closes_part = rule.state == State::Off && !rule.times.is_empty();
        if !rule.adds && !closes_part {
            day = DayHours::default();
            asks = false;
        }
        match rule.state {
            State::Open => {
                let (times, comment) = (rule.times.iter(), &rule.comment);
                day.spans.extend(times.map(|span| (*span, comment.clone())));
            }
            State::Ask => {
                asks = true;
                day.remarks.extend(rule.comment.clone());
            }
            State::Off if rule.times.is_empty() => {
                day.spans.clear();
                day.remarks.extend(rule.comment.clone());
            }
            State::Off => {
                for hole in &rule.times {
                    day.spans = day.spans.iter().flat_map(|(span, comment)| cut(*span, *hole, comment)).collect();
                }
                day.remarks.extend(rule.comment.clone());
            }
        }
    }
    day.spans.sort();
    day.closed = day.spans.is_empty() && !asks;
    day
}

/// What is left of a span without the hole: none, one or two pieces.
fn cut(span: TimeSpan, hole: TimeSpan, comment: &Option<String>) -> Vec<(TimeSpan, Option<String>)> {
    let before = TimeSpan { start: span.start, end: span.end.min(hole.start) };
    let after = TimeSpan { start: span.start.max(hole.end), end: span.end };
    [before, after].into_iter().filter(|part| part.start < part.end).map(|part| (part, comment.clone())).collect()
}
