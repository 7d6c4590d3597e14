//! Calendars (RFC 5545): one event, an area's events, all events.
//!
//! In: a `Calendar`. Out: the bytes of the `.ics` file: CRLF, lines folded at 75 octets between characters, text
//! escaped. `UID` and `DTSTAMP` come from the content, so a file changes when an event does and at no other time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// A calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// A sentence on it.
    pub description: Option<String>,
    /// Language tag.
    pub lang: String,
    /// Its events, in order.
    pub events: Vec<Event>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// A name in the world that never changes: `slug@example.jp`.
    pub uid: String,
    /// The instant of the last change that the content knows of.
    pub stamp: Timestamp,
    /// When it takes place.
    pub when: When,
    /// Title.
    pub title: String,
    /// In short, plain text.
    pub description: Option<String>,
    /// Venue and address in one line.
    pub place: Option<String>,
    /// Longitude and latitude in degrees.
    pub position: Option<(f64, f64)>,
    /// Its page, whole.
    pub page: Option<String>,
    /// Names of areas, methods and the like.
    pub categories: Vec<String>,
    /// True where it does not take place.
    pub cancelled: bool,
}

/// When an event takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Whole days, the last one included.
    Days {
        /// The first day.
        first: Date,
        /// The last day; not before the first.
        last: Date,
    },
    /// From an instant, maybe to another.
    Time {
        /// The beginning.
        starts: Timestamp,
        /// The end.
        ends: Option<Timestamp>,
    },
}

/// The calendar as a file.
#[must_use]
pub fn render(calendar: &Calendar) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", "-//Sumika//Sumika//JA");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.text("NAME", &calendar.name);
    lines.text("X-WR-CALNAME", &calendar.name);
    if let Some(description) = &calendar.description {
        lines.text("DESCRIPTION", description);
    }
    for event in &calendar.events {
        write_event(&mut lines, event, &calendar.lang);
    }
    lines.plain("END", "VCALENDAR");
    lines.bytes
}

fn write_event(lines: &mut Lines, event: &Event, lang: &str) {
    let in_language = |name: &str| format!("{name};LANGUAGE={lang}");
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    lines.plain("DTSTAMP", &instant(event.stamp));
    match event.when {
        When::Days { first, last } => {
            lines.plain("DTSTART;VALUE=DATE", &day(first));
            // The end is the first day that is no longer part of it.
            let end = last.max(first).checked_add(1.day()).unwrap_or(last);
            lines.plain("DTEND;VALUE=DATE", &day(end));
        }
        When::Time { starts, ends } => {
            lines.plain("DTSTART", &instant(starts));
            if let Some(ends) = ends.filter(|ends| *ends > starts) {
                lines.plain("DTEND", &instant(ends));
            }
        }
    }
    if event.cancelled {
        lines.plain("STATUS", "CANCELLED");
    }
    lines.text(&in_language("SUMMARY"), &event.title);
    if let Some(description) = &event.description {
        lines.text(&in_language("DESCRIPTION"), description);
    }
    if let Some(place) = &event.place {
        lines.text(&in_language("LOCATION"), place);
    }
    if let Some((lon, lat)) = event.position {
        lines.plain("GEO", &format!("{lat:.6};{lon:.6}"));
    }
    if let Some(page) = &event.page {
        lines.plain("URL", &without_controls(page));
    }
    if !event.categories.is_empty() {
        let names: Vec<String> = event.categories.iter().map(|name| escape(name)).collect();
        lines.plain(&in_language("CATEGORIES"), &names.join(","));
    }
    lines.plain("END", "VEVENT");
}

/// `20260601T000000Z`.
fn instant(at: Timestamp) -> String {
    let civil = TimeZone::UTC.to_datetime(at);
    let (date, time) = (civil.date(), civil.time());
    format!("{}T{:02}{:02}{:02}Z", day(date), time.hour(), time.minute(), time.second())
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Content lines, folded.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
}

/// A line has at most so many octets, its line end not counted.
const OCTETS_MAX: usize = 75;

impl Lines {
    fn text(&mut self, name: &str, value: &str) {
        self.plain(name, &escape(value));
    }

    fn plain(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > OCTETS_MAX {
                self.bytes.extend_from_slice(b"\r\n ");
                used = 1;
            }
            let mut buffer = [0; 4];
            self.bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            used += c.len_utf8();
        }
        self.bytes.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(title: &str, when: When) -> Event {
        Event {
            uid: "cafe@example.jp".to_owned(),
            stamp: "2026-05-01T00:00:00Z".parse().expect("an instant"),
            when,
            title: title.to_owned(),
            description: None,
            place: Some("市民館, 2階; 会議室".to_owned()),
            position: Some((140.05, 35.05)),
            page: Some("https://example.jp/events/cafe/".to_owned()),
            categories: vec!["きた".to_owned(), "カフェ,茶話会".to_owned()],
            cancelled: false,
        }
    }

    fn render_one(event: Event) -> String {
        let calendar =
            Calendar { name: "催し".to_owned(), description: None, lang: "ja".to_owned(), events: vec![event] };
        String::from_utf8(render(&calendar)).expect("UTF-8")
    }

    /// The content lines, unfolded.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn unescape(text: &str) -> String {
        let mut out = String::new();
        let mut letters = text.chars();
        while let Some(c) = letters.next() {
            match (c, c == '\\') {
                (_, true) => match letters.next() {
                    Some('n') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => {}
                },
                (c, false) => out.push(c),
            }
        }
        out
    }

    #[test]
    fn an_event_in_hours_is_in_utc() {
        let starts = "2026-06-01T10:00:00+09:00".parse().expect("an instant");
        let ends = "2026-06-01T11:30:00+09:00".parse().expect("an instant");
        let lines = unfolded(&render_one(event("カフェ", When::Time { starts, ends: Some(ends) })));
        for expected in [
            "UID:cafe@example.jp",
            "DTSTAMP:20260501T000000Z",
            "DTSTART:20260601T010000Z",
            "DTEND:20260601T023000Z",
            "SUMMARY;LANGUAGE=ja:カフェ",
            "LOCATION;LANGUAGE=ja:市民館\\, 2階\\; 会議室",
            "GEO:35.050000;140.050000",
            "CATEGORIES;LANGUAGE=ja:きた,カフェ\\,茶話会",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected} in {lines:#?}");
        }
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    }

    #[test]
    fn the_end_of_whole_days_is_the_day_after() {
        let check = |first: Date, last: Date, expected: &str| {
            let lines = unfolded(&render_one(event("週間", When::Days { first, last })));
            assert!(lines.iter().any(|line| line == expected), "{expected} in {lines:#?}");
        };
        let day = jiff::civil::date;
        check(day(2026, 6, 30), day(2026, 6, 30), "DTEND;VALUE=DATE:20260701");
        check(day(2026, 12, 30), day(2026, 12, 31), "DTEND;VALUE=DATE:20270101");
        check(day(2026, 6, 30), day(2026, 6, 1), "DTEND;VALUE=DATE:20260701");
    }

    proptest! {
        #[test]
        fn any_title_folds_and_reads_back(title in "([a-z]|[ぁ-ん]|[;,\\\\\n\r]|😀|\u{7}){0,120}") {
            let starts = Timestamp::UNIX_EPOCH;
            let file = render_one(event(&title, When::Time { starts, ends: None }));
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= OCTETS_MAX && !line.contains(['\r', '\n']), "{line:?}");
            }
            let lines = unfolded(&file);
            let summary = lines.iter().find_map(|line| line.strip_prefix("SUMMARY;LANGUAGE=ja:")).expect("a title");
            let expected = title.replace("\r\n", "\n").replace('\r', "\n").replace('\u{7}', "");
            prop_assert_eq!(unescape(summary), expected);
        }
    }
}
