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

/// The hours with the days off that a remark names, where it says nothing else: `祝日及び年末年始（12月29日から翌年の1月3日）は
/// 終日利用不可` as `…; Dec 29-Jan 03 off; PH off`. None where anything is unclear, a year's end without days above all.
pub(super) fn with_days_off(hours: &str, remark: &str) -> Option<String> {
    if remark.is_empty() {
        return Some(hours.to_owned());
    }
    let folded: String = remark.nfkc().filter(|c| !c.is_whitespace()).collect();
    let said = OFF.iter().find_map(|words| folded.trim_end_matches('。').strip_suffix(words))?;
    let mut days = said.strip_suffix('は').unwrap_or(said).to_owned();
    for between in ["及び", "および", "並びに", "ならびに", "・", "、", "と"] {
        days = days.replace(between, ",");
    }
    let parts: Vec<&str> = days.split(',').collect();
    let holidays = parts.iter().any(|part| HOLIDAYS.contains(part));
    let others = parts.iter().filter(|part| !HOLIDAYS.contains(part));
    let mut rules = others.map(|part| dates(part)).collect::<Option<Vec<_>>>()?;
    rules.extend(holidays.then(|| "PH off".to_owned()));
    let text = format!("{hours}; {}", rules.join("; "));
    // Open on holidays by one column and closed by another: nobody knows.
    (!(holidays && hours.contains("PH"))).then(|| OpeningHours::parse(&text).ok())?.map(|whole| whole.to_string())
}

const OFF: [&str; 10] =
    ["終日利用不可", "利用不可", "利用できません", "お休み", "休み", "休館日", "休館", "休業", "休診", "閉庁"];

const HOLIDAYS: [&str; 4] = ["国民の祝日に関する法律に規定する休日", "国民の祝日", "祝日", "祝祭日"];

/// `年末年始(12月29日から翌年の1月3日)` and `年末年始(12/29~1/3)` as a rule.
fn dates(part: &str) -> Option<String> {
    let inside = part.strip_prefix("年末年始(")?.strip_suffix(')')?;
    let rest: String = inside.chars().filter(|c| !c.is_ascii_digit()).collect();
    if !["月日から翌年の月日", "月日から月日", "月日~月日", "月日~翌年月日", "/から翌年の/", "/から/", "/~/"]
        .contains(&rest.trim_end_matches("まで"))
    {
        return None;
    }
    let numbers: Vec<&str> = inside.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let [("12", first), ("1" | "01", last)] =
        [(numbers.first()?, numbers.get(1)?), (numbers.get(2)?, numbers.get(3)?)].map(|(month, day)| (*month, *day))
    else {
        return None;
    };
    Some(format!("Dec {first}-Jan {last} off"))
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
    fn days_off_of_a_remark_are_taken_where_they_are_certain() {
        let check = |remark: &str, expected: Option<&str>| {
            assert_eq!(with_days_off("Mo-Fr 08:30-17:00", remark).as_deref(), expected, "{remark}");
        };
        let both = Some("Mo-Fr 08:30-17:00; Dec 29-Jan 03 off; PH off");
        check("", Some("Mo-Fr 08:30-17:00"));
        check("国民の祝日に関する法律に規定する休日及び年末年始（12月29日から翌年の1月3日）は終日利用不可。", both);
        check("国民の祝日及び年末年始（12/29から翌年の1/3）は終日利用不可", both);
        check("祝日・年末年始（１２月２９日～１月３日）は休み", both);
        check("祝日は休館", Some("Mo-Fr 08:30-17:00; PH off"));
        check("年末年始は休み", None);
        check("年末年始（12月29日から翌年の1月3日）と第2水曜日は休み", None);
        check("予約制", None);
        check("24時間対応", None);
        assert_eq!(with_days_off("Mo-Su,PH 09:00-17:00", "祝日は休み"), None);
    }

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
