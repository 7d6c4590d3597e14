//! Days and times as municipal lists have them, as opening hours where they are certain.

use unicode_normalization::UnicodeNormalization;

use crate::calendar::hours::OpeningHours;

const DAYS: [(char, &str); 7] =
    [('月', "Mo"), ('火', "Tu"), ('水', "We"), ('木', "Th"), ('金', "Fr"), ('土', "Sa"), ('日', "Su")];

/// `月火水木金`, `9:00`, `17:15` as `Mo-Fr 09:00-17:15`; none where anything is unclear.
pub(super) fn opening_hours(days: &str, start: &str, end: &str) -> Option<String> {
    let holidays = days.contains('祝');
    let named: Vec<usize> = days
        .chars()
        .filter(|c| !matches!(c, '祝' | '・' | ',' | '、' | ' ' | '　' | ';'))
        .map(|day| DAYS.iter().position(|(name, _)| *name == day))
        .collect::<Option<_>>()?;
    if named.is_empty() || named.windows(2).any(|pair| matches!(pair, [a, b] if a >= b)) {
        return None;
    }
    let text = format!("{}{} {}-{}", ranges(&named), if holidays { ",PH" } else { "" }, clock(start)?, clock(end)?);
    OpeningHours::parse(&text).ok().map(|hours| hours.to_string())
}

/// `Mo-Fr,Su` of ascending numbers.
fn ranges(days: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let code = |day: usize| DAYS.get(day).map_or("", |(_, code)| *code);
    let run = |&(first, last): &(usize, usize)| match last - first {
        0 => code(first).to_owned(),
        1 => format!("{},{}", code(first), code(last)),
        _ => format!("{}-{}", code(first), code(last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

/// `９：00` as `09:00`; nothing for `17：00（受付）` or a spreadsheet's `0.375`.
pub(super) fn clock(text: &str) -> Option<String> {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (hours, minutes) = folded.split_once(':')?;
    let minutes = minutes.strip_suffix(":00").unwrap_or(minutes);
    let number = |digits: &str| digits.parse::<u8>().ok().filter(|_| digits.len() <= 2);
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    (hours <= 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

/// What was written, in a line for people.
pub(super) fn as_written(days: &str, start: &str, end: &str, note: &str) -> String {
    let times = match (start.is_empty(), end.is_empty()) {
        (true, true) => String::new(),
        _ => format!("{start}〜{end}"),
    };
    [days, &times, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `平日,土曜日,日曜日,祝日` of the care files in a line for people.
pub(super) fn days_for_people(days: &str) -> String {
    days.split(',').map(str::trim).filter(|day| !day.is_empty()).collect::<Vec<_>>().join("・")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_hours_only() {
        let check = |days: &str, start: &str, end: &str, expected: Option<&str>| {
            assert_eq!(opening_hours(days, start, end).as_deref(), expected, "{days} {start} {end}");
        };
        check("月火水木金", "9:00", "17:15", Some("Mo-Fr 09:00-17:15"));
        check("月火水金土", "08：30", "18:00", Some("Mo-We,Fr,Sa 08:30-18:00"));
        check("月火水木金土日祝", "9:00", "18:00:00", Some("Mo-Su,PH 09:00-18:00"));
        check("月火水木金", "08：30（受付）", "17:00", None);
        check("月火水木金", "0.375", "17:00", None);
        check("金月", "9:00", "17:00", None);
        check("平日", "9:00", "17:00", None);
        check("月火", "9:00", "9:00", None);
    }
}
