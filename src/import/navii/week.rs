//! A week of opening times, and the days on which an institution is closed.

use super::super::Record;
use super::super::hours::clock;
use super::columns::{DAYS, Field, HoursField, TIMES, WEEKS, monthly, shop_time};
use crate::calendar::hours::OpeningHours;

/// Days in the language of opening hours.
const CODES: [&str; 8] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"];

/// Times by day, holidays last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Week {
    days: [Vec<String>; 8],
}

impl Week {
    /// The times in a row of an hours file; the column and text of the first that can't be right.
    pub(super) fn of_clinic(record: Record<'_>) -> Result<Self, (usize, String)> {
        let mut week = Self::default();
        for (day, times) in week.days.iter_mut().enumerate() {
            let field = HoursField::Times as usize + day * 2;
            times.extend(span(record, field)?);
        }
        Ok(week)
    }

    /// The times in a row of the pharmacies' file; times that can't be read are left out.
    pub(super) fn of_shop(record: Record<'_>) -> Self {
        let mut week = Self::default();
        for (day, times) in week.days.iter_mut().enumerate() {
            for time in 0..TIMES {
                times.extend(span(record, shop_time(day, time)).ok().flatten());
            }
            times.sort();
            times.dedup();
        }
        week
    }

    #[cfg(test)]
    pub(super) fn of_mondays(times: &[&str]) -> Self {
        let mut week = Self::default();
        if let Some(monday) = week.days.first_mut() {
            monday.extend(times.iter().map(|&time| time.to_owned()));
        }
        week
    }

    /// The times of another row of the same department.
    pub(super) fn add(&mut self, other: &Self) {
        for (times, more) in self.days.iter_mut().zip(&other.days) {
            times.extend(more.iter().cloned());
            times.sort();
            times.dedup();
        }
    }

    /// In the language of lists: days with the same times together.
    pub(super) fn opening_hours(&self) -> Option<String> {
        let mut rules: Vec<(Vec<&str>, &[String])> = Vec::new();
        for (times, code) in self.days.iter().zip(CODES) {
            if times.is_empty() {
                continue;
            }
            match rules.iter_mut().find(|(_, same)| *same == times.as_slice()) {
                Some((days, _)) => days.push(code),
                None => rules.push((vec![code], times)),
            }
        }
        if rules.is_empty() {
            return None;
        }
        let mut text: Vec<String> =
            rules.iter().map(|(days, times)| format!("{} {}", days.join(","), times.join(","))).collect();
        if self.days.last().is_some_and(Vec::is_empty) {
            text.push("PH off".to_owned());
        }
        OpeningHours::parse(&text.join("; ")).ok().map(|hours| hours.to_string())
    }
}

/// `09:00-12:00` of two cells; nothing where both are empty.
fn span(record: Record<'_>, field: usize) -> Result<Option<String>, (usize, String)> {
    let (start, end) = (record.text(field), record.text(field + 1));
    if start.is_empty() && end.is_empty() {
        return Ok(None);
    }
    let wrong = || (field, format!("{start}〜{end}"));
    let (from, to) = (clock(&start).ok_or_else(wrong)?, clock(&end).ok_or_else(wrong)?);
    // 00:00–23:59 and the like stand for "not filled in" as often as for a whole day.
    if from >= to || (from.as_str() < "05:00" && to.as_str() > "12:00") {
        return Err(wrong());
    }
    Ok(Some(format!("{from}-{to}")))
}

/// The days on which an institution is open, by flags whose names say the opposite.
pub(super) struct Closing {
    open: Vec<&'static str>,
    holidays: Option<bool>,
    some_weeks: Vec<String>,
}

impl Closing {
    pub(super) fn read(record: Record<'_>) -> Self {
        let flag = |field: usize| match record.text(field).as_str() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        };
        let weekly: Vec<Option<bool>> = (0..7).map(|day| flag(Field::Weekly as usize + day)).collect();
        let open = weekly.iter().zip(DAYS).filter(|(open, _)| **open == Some(true)).map(|(_, day)| day).collect();
        let mut some_weeks = Vec::new();
        for week in 0..WEEKS {
            for (day, name) in DAYS.iter().take(7).enumerate() {
                if weekly.get(day) == Some(&Some(true)) && flag(monthly(week, day)) == Some(false) {
                    some_weeks.push(format!("第{}{name}曜", week + 1));
                }
            }
        }
        Self { open, holidays: flag(Field::Holiday as usize), some_weeks }
    }

    /// `開いている曜日：月・火・水　休み：祝日・第3木曜`.
    pub(super) fn in_words(&self) -> String {
        if self.open.is_empty() {
            return String::new();
        }
        let mut closed: Vec<&str> = Vec::new();
        if self.holidays == Some(false) {
            closed.push("祝日");
        }
        closed.extend(self.some_weeks.iter().map(String::as_str));
        let open = format!("開いている曜日：{}", self.open.join("・"));
        if closed.is_empty() { open } else { format!("{open}（{}は休み）", closed.join("・")) }
    }
}
