//! A day as authors and lists write it, and as pages show it.

use std::iter::Peekable;
use std::str::Chars;

use jiff::civil::{Date, Weekday};
use unicode_normalization::UnicodeNormalization;

use crate::calendar::era::{Era, EraYear};

/// Why a text is not a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateProblem {
    /// Nothing is written.
    Empty,
    /// It is not written as any date that we know.
    Unreadable,
    /// The calendar has no such day: 30 February.
    NoSuchDay,
    /// The day lies outside the era that it names: 平成40年.
    OutsideEra,
    /// Two digits for the year and no era: 26/4/1 may be anything.
    ShortYear,
    /// A spreadsheet's serial number: 42644.
    SpreadsheetSerial,
}

/// Reads a day: `2026-04-01`, `2026/4/1`, `2026年4月1日`, `20260401`, `令和8年4月1日`, `令和元年10月 1日`, `S22.4.1`,
/// `昭32. 7. 1`; full-width characters and padding do not matter.
///
/// # Errors
/// Says why it is not a day.
pub fn parse(text: &str) -> Result<Date, DateProblem> {
    if let Some(date) = parse_iso(text) {
        return Ok(date);
    }
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    if folded.is_empty() {
        return Err(DateProblem::Empty);
    }
    let folded = without_weekday(&folded);
    match Era::strip(folded) {
        Some((era, rest)) => in_era(era, rest),
        None => in_common_era(folded),
    }
}

/// The common spelling, without allocation.
fn parse_iso(text: &str) -> Option<Date> {
    let text = text.trim();
    // jiff would take a date and time and drop the time.
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// `…（水）` or `…（水曜日）` at the end.
fn without_weekday(text: &str) -> &str {
    let Some((before, inside)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) else { return text };
    let name = inside.trim_end_matches("曜日").trim_end_matches('曜');
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if "月火水木金土日".contains(letter) => before,
        _ => text,
    }
}

fn in_era(era: Era, rest: &str) -> Result<Date, DateProblem> {
    let (year, month, day) = numbers(rest).ok_or(DateProblem::Unreadable)?;
    if !(1..=99).contains(&year) {
        return Err(DateProblem::Unreadable);
    }
    let date = civil(EraYear { era, year }.common(), month, day)?;
    // Registers write 明治 45 and 昭和 1 loosely; the years after an era's end are mistakes.
    let after_end = era.next_first_day().is_some_and(|next| date.year() > next.year());
    if after_end { Err(DateProblem::OutsideEra) } else { Ok(date) }
}

fn in_common_era(text: &str) -> Result<Date, DateProblem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(text);
    }
    let text = text.strip_prefix("西暦").unwrap_or(text);
    let (year, month, day) = numbers(text).ok_or(DateProblem::Unreadable)?;
    match year {
        0..=99 => Err(DateProblem::ShortYear),
        1800..=2999 => civil(year, month, day),
        _ => Err(DateProblem::Unreadable),
    }
}

/// `20260401`; a spreadsheet's serial number has five digits.
fn compact(text: &str) -> Result<Date, DateProblem> {
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<i16>().ok());
    match (text.len(), number(0..4), number(4..6), number(6..8)) {
        (8, Some(year @ 1800..=2999), Some(month), Some(day)) => civil(year, month, day),
        (5, ..) if matches!(text.parse::<u32>(), Ok(10_000..=80_000)) => Err(DateProblem::SpreadsheetSerial),
        _ => Err(DateProblem::Unreadable),
    }
}

fn civil(year: i16, month: i16, day: i16) -> Result<Date, DateProblem> {
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return Err(DateProblem::NoSuchDay) };
    Date::new(year, month, day).map_err(|_| DateProblem::NoSuchDay)
}

/// Year, month and day with one kind of separator: `8年4月1日`, `8.4.1`, `8-4-1`, `8/4/1`; 元 is the first year.
fn numbers(text: &str) -> Option<(i16, i16, i16)> {
    let mut chars = text.chars().peekable();
    let year = if chars.next_if_eq(&'元').is_some() { 1 } else { number(&mut chars)? };
    let separator = chars.next()?;
    let month = number(&mut chars)?;
    let second = chars.next()?;
    let day = number(&mut chars)?;
    let end = chars.next();
    let plain = |c: char| matches!(c, '.' | '/' | '-' | '−' | '‐' | '–' | '・' | '、' | ',');
    let kanji = separator == '年' && second == '月' && end == Some('日');
    let marks = plain(separator) && separator == second && end.is_none();
    ((kanji || marks) && chars.next().is_none()).then_some((year, month, day))
}

/// One to four digits.
fn number(chars: &mut Peekable<Chars<'_>>) -> Option<i16> {
    let mut value = None;
    for _ in 0..4 {
        let Some(digit) = chars.next_if(char::is_ascii_digit).and_then(|c| c.to_digit(10)) else { break };
        value = Some(value.unwrap_or(0) * 10 + i16::try_from(digit).ok()?);
    }
    value
}

/// `水`.
#[must_use]
pub fn weekday_ja(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

/// `Wednesday`.
#[must_use]
pub fn weekday_en(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// `April`, of a month's number; empty outside 1 to 12.
#[must_use]
pub fn month_en(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}

/// `令和8年（2026年）4月1日（水）`.
#[must_use]
pub fn ja(date: Date) -> String {
    let weekday = weekday_ja(date.weekday());
    match EraYear::of(date) {
        Some(year) => format!("{year}（{}年）{}月{}日（{weekday}）", date.year(), date.month(), date.day()),
        None => format!("{}年{}月{}日（{weekday}）", date.year(), date.month(), date.day()),
    }
}

/// `令和8年4月1日`, for short lines such as "as of".
#[must_use]
pub fn ja_era(date: Date) -> String {
    let year = EraYear::of(date).map_or_else(|| format!("{}年", date.year()), |year| year.to_string());
    format!("{year}{}月{}日", date.month(), date.day())
}

/// `4月1日（水）`, where the year is clear.
#[must_use]
pub fn ja_short(date: Date) -> String {
    format!("{}月{}日（{}）", date.month(), date.day(), weekday_ja(date.weekday()))
}

/// `Wednesday, 1 April 2026`.
#[must_use]
pub fn en(date: Date) -> String {
    format!("{}, {} {} {}", weekday_en(date.weekday()), date.day(), month_en(date.month()), date.year())
}

/// `Wed 1 April`, where the year is clear.
#[must_use]
pub fn en_short(date: Date) -> String {
    let weekday = weekday_en(date.weekday()).get(..3).unwrap_or("");
    format!("{weekday} {} {}", date.day(), month_en(date.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    #[test]
    fn days_as_lists_write_them() {
        let check = |text: &str, expected: Result<&str, DateProblem>| {
            assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), expected.as_deref(), "{text}");
        };
        check("2026-04-01", Ok("2026-04-01"));
        check("2026/4/1", Ok("2026-04-01"));
        check("２０２６年４月１日", Ok("2026-04-01"));
        check("20260401", Ok("2026-04-01"));
        check("S22.4.1", Ok("1947-04-01"));
        check("平9.12.19", Ok("1997-12-19"));
        check("昭32. 7. 1", Ok("1957-07-01"));
        check("令和 02年05月01日", Ok("2020-05-01"));
        check("令和元年10月 1日", Ok("2019-10-01"));
        check("令和8年4月1日（水）", Ok("2026-04-01"));
        check("㍻元年1月8日", Ok("1989-01-08"));
        check("Ｒ８．４．１", Ok("2026-04-01"));
        check("平成31年5月1日", Ok("2019-05-01"));
        check("平成40年5月1日", Err(DateProblem::OutsideEra));
        check("2026-02-30", Err(DateProblem::NoSuchDay));
        check("26/4/1", Err(DateProblem::ShortYear));
        check("42644", Err(DateProblem::SpreadsheetSerial));
        check("2026-4/1", Err(DateProblem::Unreadable));
        check("2026-04-01T09:00", Err(DateProblem::Unreadable));
        check("令和8年4月", Err(DateProblem::Unreadable));
        check("　", Err(DateProblem::Empty));
        check("未定", Err(DateProblem::Unreadable));
    }

    #[test]
    fn days_as_pages_show_them() {
        let day = jiff::civil::date(2026, 4, 1);
        assert_eq!(ja(day), "令和8年（2026年）4月1日（水）");
        assert_eq!(ja_short(day), "4月1日（水）");
        assert_eq!(en(day), "Wednesday, 1 April 2026");
        assert_eq!(en_short(day), "Wed 1 April");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_answered(text in "\\PC{0,24}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_shown_can_be_read(days in 0i32..60_000) {
            use jiff::ToSpan;
            let day = jiff::civil::date(1912, 8, 1).saturating_add(days.days());
            prop_assert_eq!(parse(&ja_era(day)), Ok(day));
            prop_assert_eq!(parse(&day.to_string()), Ok(day));
        }
    }
}
