//! Tables of opening hours with what they must come to.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::{HoursProblemKind as Kind, OpeningHours};

fn hours(text: &str) -> OpeningHours {
    OpeningHours::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
}

#[test]
fn canonical_text() {
    let check = |text: &str, expected: &str| {
        assert_eq!(hours(text).to_string(), expected, "{text}");
        assert_eq!(hours(expected).to_string(), expected, "{text}: the canonical text must stay");
    };
    check("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00");
    check("mo-fr 9:00-12:00, 13:30-17:00", "Mo-Fr 09:00-12:00,13:30-17:00");
    check("Ｍｏ－Ｆｒ　９：００～１７：００", "Mo-Fr 09:00-17:00");
    check("Mo,Tu,Th-Sa 09:00-12:00; We,PH off", "Mo,Tu,Th-Sa 09:00-12:00; We,PH off");
    check("Sa-Mo 10:00-12:00", "Sa-Mo 10:00-12:00");
    check("24/7", "24/7");
    check("00:00-24:00", "24/7");
    check("Mo-Fr 17:00-26:00", "Mo-Fr 17:00-02:00");
    check("22:00-06:00", "22:00-06:00");
    check("Fr 08:00-32:00", "Fr 08:00-32:00");
    check(
        "Mo-Fr 09:00-17:00; We[1,3] closed; Sa[-1] 09:00-12:00",
        "Mo-Fr 09:00-17:00; We[1,3] off; Sa[-1] 09:00-12:00",
    );
    check("Mo-Fr 09:00-17:00; Dec 29-Jan 3 off", "Mo-Fr 09:00-17:00; Dec 29-Jan 03 off");
    check("Mo-Fr 09:00-17:00; Aug 13-15 off; Jan 1,Dec 31 off", "Mo-Fr 09:00-17:00; Aug 13-15 off; Jan 01,Dec 31 off");
    check(
        "Apr-Sep: Mo-Fr 09:00-18:00; Oct-Mar: Mo-Fr 09:00-17:00",
        "Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 09:00-17:00",
    );
    check("Mo-Fr 09:00-12:00, Sa 09:00-11:00", "Mo-Fr 09:00-12:00, Sa 09:00-11:00");
    check("Mo-Fr 09:00-12:00 \"予約制\"", "Mo-Fr 09:00-12:00 \"予約制\"");
    check("open \"要相談\"", "\"要相談\"");
    check("Mo-Fr 09:00-17:00; PH off \"緊急時は電話\";", "Mo-Fr 09:00-17:00; PH off \"緊急時は電話\"");
    check("2026 May 1-2026 May 6 off", "2026 May 01-2026 May 06 off");
    check("Mo[1-2] 09:00-10:00", "Mo[1,2] 09:00-10:00");
}

#[test]
fn refusals_point_at_the_bytes() {
    let check = |text: &str, kind: Kind, at: &str| {
        let problem = OpeningHours::parse(text).expect_err(text);
        assert_eq!((problem.kind, &text[problem.range]), (kind, at), "{text}");
    };
    check("", Kind::Empty, "");
    check("月-金 09:00-17:00", Kind::JapaneseWord, "月");
    check("Mo-Fr 09:00-17:00; 祝日休み", Kind::JapaneseWord, "祝日休み");
    check("Mon-Fri 09:00-17:00", Kind::UnknownWord, "Mon");
    check("Mo-Fr 9-17", Kind::BadTime, "9");
    check("Mo-Fr 09:00-17:70", Kind::BadTime, "17");
    check("Mo-Fr 25:00-26:00", Kind::BadTime, "25");
    check("Mo-Fr 09:00", Kind::BadTime, "09:00");
    check("Mo-Fr 09:00-09:00", Kind::EmptySpan, "09:00-09:00");
    check("Mo-Fr 09:00-12:00,11:00-15:00", Kind::OverlappingTimes, "09:00-12:00,11:00-15:00");
    check("Mo-Fr 17:00+", Kind::OpenEnded, "17:00+");
    check("Mo-Fr", Kind::MissingTimes, "Mo-Fr");
    check("Feb 30 off", Kind::BadDate, "Feb 30");
    check("We[6] off", Kind::BadNth, "6");
    check("Mo-We[1] off", Kind::BadNth, "Mo-We[");
    check("PH off; Mo-Fr 09:00-17:00", Kind::HolidayOverridden, "Mo-Fr 09:00-17:00");
    check("SH off", Kind::SchoolHolidays, "SH");
    check("Mo-Fr,SH 09:00-10:00", Kind::SchoolHolidays, "SH");
    check("sunrise-sunset", Kind::SunTimes, "sunrise");
    check("Mo-Fr 09:00-sunset", Kind::SunTimes, "sunset");
    check("Mo-Fr 09:00-17:00 || \"電話\"", Kind::Fallback, "|");
    check("week 1-10 Mo 09:00-10:00", Kind::NotSupported, "week");
    check("Mo \"閉じない", Kind::OpenQuote, "\"閉じない");
}

#[test]
fn the_week_and_its_exceptions() {
    let week =
        hours("Mo-Fr 09:00-12:00,14:00-17:00; We 09:00-12:00; Sa[1,3] 09:00-12:00; Dec 29-Jan 3 off; PH off").week();
    assert_eq!(
        week.days.each_ref().map(super::DayHours::ja),
        [
            "9:00〜12:00、14:00〜17:00",
            "9:00〜12:00、14:00〜17:00",
            "9:00〜12:00",
            "9:00〜12:00、14:00〜17:00",
            "9:00〜12:00、14:00〜17:00",
            "休み（第1・第3土曜日は9:00〜12:00）",
            "休み",
        ]
    );
    assert_eq!(week.holidays.as_ref().map(super::DayHours::ja).as_deref(), Some("休み"));
    let exceptions: Vec<(String, String)> = week.exceptions.iter().map(|one| (one.ja(), one.en())).collect();
    assert_eq!(
        exceptions,
        [
            ("第1・第3土曜日は9:00〜12:00".to_owned(), "1st and 3rd Saturday: 9:00–12:00".to_owned()),
            ("12月29日〜1月3日は休み".to_owned(), "29 December to 3 January: closed".to_owned()),
        ]
    );
    assert!(week.regular);
    assert!(hours("24/7").week().around_the_clock());
    let week = hours("Mo-Fr 09:00-17:00; Mo-Fr 12:00-13:00 off; Sa \"要予約\"").week();
    assert_eq!((week.days[0].ja().as_str(), week.days[5].ja().as_str()), ("9:00〜12:00、13:00〜17:00", "要予約"));
    assert_eq!(week.holidays, None);
    assert!(!hours("Apr-Sep Mo 09:00-10:00").week().regular);
    assert_eq!(hours("Mo-Fr 17:00-26:00").week().days[0].ja(), "17:00〜翌2:00");
}

#[test]
fn one_day_knows_holidays_and_weeks() {
    let hours = hours("Mo-Fr 09:00-17:00; We[2] off; Dec 29-Jan 3 off; PH off");
    let check = |year, month, day, expected: &str| {
        assert_eq!(hours.on(jiff::civil::date(year, month, day)).ja(), expected, "{year}-{month}-{day}");
    };
    check(2026, 4, 1, "9:00〜17:00");
    check(2026, 4, 8, "休み");
    check(2026, 4, 29, "休み");
    check(2026, 5, 6, "休み");
    check(2026, 12, 30, "休み");
    check(2027, 1, 4, "9:00〜17:00");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        if let Err(problem) = OpeningHours::parse(&text) {
            prop_assert!(text.get(problem.range).is_some());
        }
    }

    #[test]
    fn canonical_text_is_a_fixed_point(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "Mo", "Tu-Fr", "Sa[1,3]", "Su[-1]", "PH", "off", "open", "24/7", "09:00-12:00", "9:00-17:30", "22:00-26:00", "13:00-13:00",
            ",", ";", ", ", "Dec 29-Jan 3", "Apr-Sep", "2026 May 1", "Aug 13-15", "\"予約制\"", ":", "-", "[", "1", "+", "||",
        ]), 0..9)) {
        let text = words.join(" ");
        if let Ok(hours) = OpeningHours::parse(&text) {
            let canonical = hours.to_string();
            let again = OpeningHours::parse(&canonical);
            prop_assert_eq!(again.as_ref().map(ToString::to_string), Ok(canonical.clone()), "{}", text);
            prop_assert_eq!(again.map(|hours| hours.week()), Ok(hours.week()), "{}", canonical);
        }
    }
}
