//! Japan's national holidays, computed from the Act on National Holidays as it stood in each year.
//!
//! In: a day or a year from 1948 to 2099. Out: the holiday's name. The equinoxes follow the usual approximation
//! for 1980 to 2099 (and its sister for the years before); the government announces them each February.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The holiday on a day, by its Japanese name; none on other days and outside 1948 to 2099.
#[must_use]
pub fn name(day: Date) -> Option<&'static str> {
    if let Some(name) = proper(day) {
        return Some(name);
    }
    if is_substitute(day) {
        return Some("振替休日");
    }
    is_citizens(day).then_some("国民の休日")
}

/// Whether a day is a national holiday.
#[must_use]
pub fn is_holiday(day: Date) -> bool {
    name(day).is_some()
}

/// The English name of a holiday.
#[must_use]
pub fn english(name: &str) -> &'static str {
    match name {
        "元日" => "New Year's Day",
        "成人の日" => "Coming of Age Day",
        "建国記念の日" => "National Foundation Day",
        "天皇誕生日" => "The Emperor's Birthday",
        "春分の日" => "Vernal Equinox Day",
        "みどりの日" => "Greenery Day",
        "昭和の日" => "Showa Day",
        "憲法記念日" => "Constitution Memorial Day",
        "こどもの日" => "Children's Day",
        "海の日" => "Marine Day",
        "山の日" => "Mountain Day",
        "敬老の日" => "Respect for the Aged Day",
        "秋分の日" => "Autumnal Equinox Day",
        "体育の日" | "スポーツの日" => "Sports Day",
        "文化の日" => "Culture Day",
        "勤労感謝の日" => "Labor Thanksgiving Day",
        "振替休日" => "Substitute holiday",
        _ => "National holiday",
    }
}

/// The holidays that the Act names, without those that follow from their neighbours.
fn proper(day: Date) -> Option<&'static str> {
    // The Act came into force on 20 July 1948.
    if day < jiff::civil::date(1948, 7, 20) || day.year() > 2099 {
        return None;
    }
    special(day).or_else(|| fixed(day)).or_else(|| monday(day)).or_else(|| equinox(day))
}

/// Days of the imperial house, by acts of their own.
fn special(day: Date) -> Option<&'static str> {
    match (day.year(), day.month(), day.day()) {
        (1959, 4, 10) | (1993, 6, 9) => Some("結婚の儀"),
        (1989, 2, 24) => Some("大喪の礼"),
        (1990, 11, 12) => Some("即位礼正殿の儀"),
        (2019, 5, 1) => Some("天皇の即位の日"),
        (2019, 10, 22) => Some("即位礼正殿の儀"),
        _ => None,
    }
}

fn fixed(day: Date) -> Option<&'static str> {
    let year = day.year();
    let (from, to, name) = match (day.month(), day.day()) {
        (1, 1) => (1949, 2099, "元日"),
        (1, 15) => (1949, 1999, "成人の日"),
        (2, 11) => (1967, 2099, "建国記念の日"),
        (2, 23) => (2020, 2099, "天皇誕生日"),
        (4, 29) if year < 1989 => (1949, 1988, "天皇誕生日"),
        (4, 29) if year < 2007 => (1989, 2006, "みどりの日"),
        (4, 29) => (2007, 2099, "昭和の日"),
        (5, 3) => (1949, 2099, "憲法記念日"),
        (5, 4) => (2007, 2099, "みどりの日"),
        (5, 5) => (1949, 2099, "こどもの日"),
        (7, 20) => (1996, 2002, "海の日"),
        (7, 22) if year == 2021 => (2021, 2021, "海の日"),
        (7, 23) if year == 2020 => (2020, 2020, "海の日"),
        (7, 23) if year == 2021 => (2021, 2021, "スポーツの日"),
        (7, 24) => (2020, 2020, "スポーツの日"),
        (8, 8) => (2021, 2021, "山の日"),
        (8, 10) => (2020, 2020, "山の日"),
        (8, 11) if !matches!(year, 2020 | 2021) => (2016, 2099, "山の日"),
        (9, 15) => (1966, 2002, "敬老の日"),
        (10, 10) => (1966, 1999, "体育の日"),
        (11, 3) => (1948, 2099, "文化の日"),
        (11, 23) => (1948, 2099, "勤労感謝の日"),
        (12, 23) => (1989, 2018, "天皇誕生日"),
        _ => return None,
    };
    (from..=to).contains(&year).then_some(name)
}

/// The holidays on the second or third Monday of a month.
fn monday(day: Date) -> Option<&'static str> {
    if day.weekday() != Weekday::Monday {
        return None;
    }
    let year = day.year();
    let moved = matches!(year, 2020 | 2021);
    match (day.month(), (day.day() - 1) / 7 + 1) {
        (1, 2) if year >= 2000 => Some("成人の日"),
        (7, 3) if year >= 2003 && !moved => Some("海の日"),
        (9, 3) if year >= 2003 => Some("敬老の日"),
        (10, 2) if year >= 2000 && !moved => Some(if year >= 2020 { "スポーツの日" } else { "体育の日" }),
        _ => None,
    }
}

fn equinox(day: Date) -> Option<&'static str> {
    let year = i32::from(day.year());
    // The equinox of 1980 in millionths of a day of the month; the leap days count from another year before 1980.
    let (spring, autumn, leap_days) = match year {
        ..=1979 => (20_835_700, 23_258_800, (year - 1983) / 4),
        _ => (20_843_100, 23_248_800, (year - 1980) / 4),
    };
    let on = |start: i32| (start + 242_194 * (year - 1980)) / 1_000_000 - leap_days;
    match day.month() {
        3 if i32::from(day.day()) == on(spring) => Some("春分の日"),
        9 if i32::from(day.day()) == on(autumn) => Some("秋分の日"),
        _ => None,
    }
}

/// Since 12 April 1973 the Monday after a Sunday holiday; since 2007 the next day that is not itself a holiday.
fn is_substitute(day: Date) -> bool {
    if day < jiff::civil::date(1973, 4, 12) || day.year() > 2099 {
        return false;
    }
    let mut before = day.saturating_sub(1.day());
    if day.year() < 2007 {
        return day.weekday() == Weekday::Monday && proper(before).is_some();
    }
    while proper(before).is_some() {
        if before.weekday() == Weekday::Sunday {
            return true;
        }
        before = before.saturating_sub(1.day());
    }
    false
}

/// Since 1986 a weekday between two holidays.
fn is_citizens(day: Date) -> bool {
    (1986..=2099).contains(&day.year())
        && day.weekday() != Weekday::Sunday
        && proper(day.saturating_sub(1.day())).is_some()
        && proper(day.saturating_add(1.day())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(year: i16) -> Vec<String> {
        let days = std::iter::successors(Date::new(year, 1, 1).ok(), |day| day.tomorrow().ok());
        let days = days.take_while(|day| day.year() == year).filter(|&day| is_holiday(day));
        days.map(|day| day.strftime("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_moved_holidays_of_2019_to_2021() {
        assert_eq!(
            days(2019),
            [
                "01-01", "01-14", "02-11", "03-21", "04-29", "04-30", "05-01", "05-02", "05-03", "05-04", "05-05",
                "05-06", "07-15", "08-11", "08-12", "09-16", "09-23", "10-14", "10-22", "11-03", "11-04", "11-23"
            ]
        );
        assert_eq!(
            days(2020),
            [
                "01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06",
                "07-23", "07-24", "08-10", "09-21", "09-22", "11-03", "11-23"
            ]
        );
        assert_eq!(
            days(2021),
            [
                "01-01", "01-11", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "07-22", "07-23",
                "08-08", "08-09", "09-20", "09-23", "11-03", "11-23"
            ]
        );
    }

    #[test]
    fn ordinary_and_bridged_years() {
        // 2026 has a citizens' holiday on 22 September between the two September holidays.
        assert_eq!(
            days(2026),
            [
                "01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20",
                "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"
            ]
        );
        assert_eq!(name(jiff::civil::date(2026, 9, 22)), Some("国民の休日"));
        assert_eq!(name(jiff::civil::date(2026, 5, 6)), Some("振替休日"));
        assert_eq!(name(jiff::civil::date(1988, 5, 4)), Some("国民の休日"));
        assert_eq!(name(jiff::civil::date(1987, 5, 4)), Some("振替休日"));
        assert_eq!(name(jiff::civil::date(1973, 4, 30)), Some("振替休日"));
        assert_eq!(name(jiff::civil::date(1948, 11, 3)), Some("文化の日"));
        assert_eq!(name(jiff::civil::date(1948, 5, 3)), None);
        assert!(days(2100).is_empty());
    }

    #[test]
    fn equinoxes() {
        let check = |year: i16, spring: i8, autumn: i8| {
            assert_eq!(name(jiff::civil::date(year, 3, spring)), Some("春分の日"), "{year}");
            assert_eq!(name(jiff::civil::date(year, 9, autumn)), Some("秋分の日"), "{year}");
        };
        check(1949, 21, 23);
        check(1960, 20, 23);
        check(1979, 21, 24);
        check(1980, 20, 23);
        check(2000, 20, 23);
        check(2012, 20, 22);
        check(2024, 20, 22);
        check(2025, 20, 23);
        check(2028, 20, 22);
        check(2050, 20, 23);
    }
}
