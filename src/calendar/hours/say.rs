//! Opening hours in words, Japanese and English.

use jiff::civil::Weekday;

use super::rule::{DateRange, Days, MonthDay, Nth, Rule, State, TimeSpan, WEEKDAYS, WeekdayRange};
use super::week::{DayHours, Exception};
use crate::calendar::date::{month_en, weekday_en, weekday_ja};

impl TimeSpan {
    /// `9:00〜17:00`, `17:00〜翌2:00`, `24時間`.
    #[must_use]
    pub fn ja(self) -> String {
        match self {
            Self::WHOLE_DAY => "24時間".to_owned(),
            Self { start, end } if end > 1440 => format!("{}〜翌{}", clock(start), clock(end - 1440)),
            Self { start, end } => format!("{}〜{}", clock(start), clock(end)),
        }
    }

    /// `9:00–17:00`, `17:00–2:00 (next day)`, `24 hours`.
    #[must_use]
    pub fn en(self) -> String {
        match self {
            Self::WHOLE_DAY => "24 hours".to_owned(),
            Self { start, end } if end > 1440 => format!("{}–{} (next day)", clock(start), clock(end - 1440)),
            Self { start, end } => format!("{}–{}", clock(start), clock(end)),
        }
    }
}

fn clock(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

impl DayHours {
    /// `9:00〜12:00、14:00〜17:00（予約制）`, `休み（第1・第3土曜日は9:00〜12:00）`.
    #[must_use]
    pub fn ja(&self) -> String {
        let span = |(span, comment): &(TimeSpan, Option<String>)| match comment {
            Some(comment) => format!("{}（{comment}）", span.ja()),
            None => span.ja(),
        };
        let mut parts: Vec<String> = self.spans.iter().map(span).collect();
        match (self.closed, self.remarks.join("、")) {
            (true, remarks) if remarks.is_empty() => parts.push("休み".to_owned()),
            (true, remarks) => parts.push(format!("休み（{remarks}）")),
            (false, remarks) => parts.extend((!remarks.is_empty()).then_some(remarks)),
        }
        let sometimes: String = self.sometimes.iter().map(|one| format!("（{}）", one.ja())).collect();
        parts.join("、") + &sometimes
    }

    /// `9:00–12:00, 14:00–17:00 (by appointment)`, `closed (1st and 3rd Saturday: 9:00–12:00)`.
    #[must_use]
    pub fn en(&self) -> String {
        let span = |(span, comment): &(TimeSpan, Option<String>)| match comment {
            Some(comment) => format!("{} ({comment})", span.en()),
            None => span.en(),
        };
        let mut parts: Vec<String> = self.spans.iter().map(span).collect();
        match (self.closed, self.remarks.join(", ")) {
            (true, remarks) if remarks.is_empty() => parts.push("closed".to_owned()),
            (true, remarks) => parts.push(format!("closed ({remarks})")),
            (false, remarks) => parts.extend((!remarks.is_empty()).then_some(remarks)),
        }
        let sometimes: String = self.sometimes.iter().map(|one| format!(" ({})", one.en())).collect();
        parts.join(", ") + &sometimes
    }
}

impl Exception {
    /// `第1・第3水曜日は休み`, `12月29日〜1月3日は休み`.
    #[must_use]
    pub fn ja(&self) -> String {
        format!("{}は{}", days_ja(&self.rule.days), what(&self.rule).ja_of(&self.rule))
    }

    /// `1st and 3rd Wednesday: closed`.
    #[must_use]
    pub fn en(&self) -> String {
        format!("{}: {}", days_en(&self.rule.days), what(&self.rule).en_of(&self.rule))
    }
}

/// A rule seen as the hours of a day.
fn what(rule: &Rule) -> DayHours {
    let spans = rule.times.iter().map(|span| (*span, None)).collect();
    let remarks = rule.comment.iter().cloned().collect();
    DayHours { spans, remarks, closed: rule.state == State::Off, sometimes: Vec::new() }
}

impl DayHours {
    fn ja_of(&self, rule: &Rule) -> String {
        let times: Vec<String> = rule.times.iter().map(|span| span.ja()).collect();
        match (rule.state, times.is_empty()) {
            (State::Off, false) => {
                let remark = self.remarks.first().map_or_else(String::new, |remark| format!("（{remark}）"));
                format!("{}が休み{remark}", times.join("、"))
            }
            (State::Open, _) => {
                let remark = self.remarks.first().map_or_else(String::new, |remark| format!("（{remark}）"));
                format!("{}{remark}", times.join("、"))
            }
            _ => self.ja(),
        }
    }

    fn en_of(&self, rule: &Rule) -> String {
        let times: Vec<String> = rule.times.iter().map(|span| span.en()).collect();
        let remark = self.remarks.first().map_or_else(String::new, |remark| format!(" ({remark})"));
        match (rule.state, times.is_empty()) {
            (State::Off, false) => format!("closed {}{remark}", times.join(", ")),
            (State::Open, _) => format!("{}{remark}", times.join(", ")),
            _ => self.en(),
        }
    }
}

fn days_ja(days: &Days) -> String {
    let dates = days.dates.iter().map(DateRange::ja).collect::<Vec<_>>().join("、");
    let mut weekdays: Vec<String> = days.weekdays.iter().map(WeekdayRange::ja).collect();
    weekdays.extend(days.holidays.then(|| "祝日".to_owned()));
    match (dates.is_empty(), weekdays.is_empty()) {
        (false, false) => format!("{dates}の{}", weekdays.join("・")),
        (false, true) => dates,
        _ => weekdays.join("・"),
    }
}

fn days_en(days: &Days) -> String {
    let dates = days.dates.iter().map(DateRange::en).collect::<Vec<_>>().join(", ");
    let mut weekdays: Vec<String> = days.weekdays.iter().map(WeekdayRange::en).collect();
    weekdays.extend(days.holidays.then(|| "national holidays".to_owned()));
    match (dates.is_empty(), weekdays.is_empty()) {
        (false, false) => format!("{dates}, {}", weekdays.join(", ")),
        (false, true) => dates,
        _ => weekdays.join(", "),
    }
}

impl WeekdayRange {
    /// `月〜金曜日`, `第1・第3水曜日`, `最終土曜日`.
    #[must_use]
    pub fn ja(&self) -> String {
        let name = weekday_ja(self.first);
        if self.first != self.last {
            return format!("{name}〜{}曜日", weekday_ja(self.last));
        }
        let nth: Vec<String> = self.nth.iter().map(|nth| nth.ja()).collect();
        format!("{}{name}曜日", nth.join("・"))
    }

    /// `Monday to Friday`, `1st and 3rd Wednesday`, `last Saturday`.
    #[must_use]
    pub fn en(&self) -> String {
        let name = weekday_en(self.first);
        if self.first != self.last {
            return format!("{name} to {}", weekday_en(self.last));
        }
        if self.nth.is_empty() {
            return name.to_owned();
        }
        let nth: Vec<&str> = self.nth.iter().map(|nth| nth.en()).collect();
        format!("{} {name}", nth.join(" and "))
    }

    /// The weekdays of the range, in order.
    pub fn weekdays(&self) -> impl Iterator<Item = Weekday> {
        WEEKDAYS.iter().map(|(_, weekday)| *weekday).filter(|weekday| self.contains(*weekday))
    }
}

impl Nth {
    fn ja(self) -> String {
        match self.0 {
            -1 => "最終".to_owned(),
            nth if nth < 0 => format!("最後から{}番目の", -nth),
            nth => format!("第{nth}"),
        }
    }

    fn en(self) -> &'static str {
        match self.0 {
            1 => "1st",
            2 => "2nd",
            3 => "3rd",
            4 => "4th",
            5 => "5th",
            -1 => "last",
            -2 => "second to last",
            -3 => "third to last",
            -4 => "fourth to last",
            _ => "fifth to last",
        }
    }
}

impl DateRange {
    /// `12月29日〜1月3日`, `4月〜9月`.
    #[must_use]
    pub fn ja(&self) -> String {
        let say = |year: Option<i16>, at: MonthDay| {
            let year = year.map_or_else(String::new, |year| format!("{year}年"));
            let day = at.day.map_or_else(String::new, |day| format!("{day}日"));
            format!("{year}{}月{day}", at.month)
        };
        let first = say(self.first_year, self.first);
        if self.first == self.last && self.last_year.is_none_or(|year| Some(year) == self.first_year) {
            return first;
        }
        format!("{first}〜{}", say(self.last_year, self.last))
    }

    /// `29 December to 3 January`, `April to September`.
    #[must_use]
    pub fn en(&self) -> String {
        let say = |year: Option<i16>, at: MonthDay| {
            let day = at.day.map_or_else(String::new, |day| format!("{day} "));
            let year = year.map_or_else(String::new, |year| format!(" {year}"));
            format!("{day}{}{year}", month_en(at.month))
        };
        let first = say(self.first_year, self.first);
        if self.first == self.last && self.last_year.is_none_or(|year| Some(year) == self.first_year) {
            return first;
        }
        format!("{first} to {}", say(self.last_year, self.last))
    }
}
