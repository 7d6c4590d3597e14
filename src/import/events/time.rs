//! Days and times as people type them into lists of events.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use unicode_normalization::UnicodeNormalization;

use super::super::hours;
use crate::calendar::date;

/// The first and the last day: of two columns, or of one that holds `8月13日(木)～8月15日(土)`.
pub(super) fn days(start: &str, end: &str, near: Option<Date>) -> Option<(Date, Date)> {
    let folded: String = start.nfkc().collect();
    let (first, last) = match folded.split_once(['~', '〜', '～']) {
        Some((first, last)) if end.is_empty() => (first.to_owned(), last.to_owned()),
        _ => (start.to_owned(), end.to_owned()),
    };
    let first = day(&first, near)?;
    let last = if last.is_empty() { first } else { day(&last, Some(first))? };
    (first <= last).then_some((first, last))
}

/// A day; one without a year is the one nearest to a day that is known, within half a year before and after.
pub(super) fn day(text: &str, near: Option<Date>) -> Option<Date> {
    if let Ok(day) = date::parse(text) {
        return Some(day);
    }
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (month, rest) = folded.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let (month, day) = (month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
    let near = near?;
    let candidates = [near.year() - 1, near.year(), near.year() + 1];
    let half_a_year: Span = 183.days();
    let (from, to) = (near.checked_sub(half_a_year).ok()?, near.checked_add(half_a_year).ok()?);
    let mut found = candidates.iter().filter_map(|&year| Date::new(year, month, day).ok());
    let found = found.find(|date| (from..=to).contains(date))?;
    weekday_agrees(rest, found).then_some(found)
}

/// `(水)`, `(火・祝)` or nothing; another weekday means another year, or a slip.
fn weekday_agrees(rest: &str, day: Date) -> bool {
    if rest.is_empty() {
        return true;
    }
    let inside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| inside.starts_with(date::weekday_ja(day.weekday())) && inside.chars().count() <= 6)
}

/// `９：00` as `09:00`.
pub(super) fn clock(text: &str) -> Option<String> {
    hours::clock(text).filter(|clock| clock.as_str() < "24:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_type_them() {
        let near = Date::new(2026, 8, 1).ok();
        let check = |start: &str, end: &str, expected: Option<(&str, &str)>| {
            let found = days(start, end, near).map(|(first, last)| (first.to_string(), last.to_string()));
            assert_eq!(found, expected.map(|(first, last)| (first.to_owned(), last.to_owned())), "{start} {end}");
        };
        check("8月12日（水）", "", Some(("2026-08-12", "2026-08-12")));
        check("8月13日(木)～8月15日(土)", "", Some(("2026-08-13", "2026-08-15")));
        check("8月11日(火・祝)～9月23日(水・祝）", "", Some(("2026-08-11", "2026-09-23")));
        check("2026-08-12", "2026-08-14", Some(("2026-08-12", "2026-08-14")));
        check("令和8年8月12日", "", Some(("2026-08-12", "2026-08-12")));
        check("1月10日(日)", "", Some(("2027-01-10", "2027-01-10")));
        check("8月12日（木）", "", None);
        check("8月5日（水）～8月16日（日）\n※10日（月）は休み", "", None);
        check("毎週火曜", "", None);
        assert_eq!(days("8月12日", "", None), None);
    }
}
