//! Dates and instants as authors write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::calendar::first_moment;

/// A day in any spelling that lists may use: `2026-06-01`, `2026/6/1`, `令和8年6月1日` (see `calendar::date::parse`).
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    crate::calendar::date::parse(text.trim()).ok()
}

/// An instant: with an offset as it is, a local date and time in `zone`, a day (see `parse_date`) at its first moment in
/// `zone`.
#[must_use]
pub fn parse_instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    // A zone name or offset that `Timestamp` did not take must not be ignored as "local".
    let tail = text.get(10..).unwrap_or("");
    if tail.contains(['+', '[', 'Z', 'z']) || tail.contains('-') {
        return None;
    }
    match parse_date(text) {
        Some(date) => first_moment(date, zone),
        None => zone.to_timestamp(text.parse::<DateTime>().ok()?).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_site() {
        let zone = TimeZone::get("Asia/Tokyo").expect("bundled");
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(parse_instant(text, &zone).map(|at| at.to_string()).as_deref(), expected, "{text}");
        };
        check("2026-06-01", Some("2026-05-31T15:00:00Z"));
        check("2026-06-01T09:00:00", Some("2026-06-01T00:00:00Z"));
        check("2026-06-01 09:00", Some("2026-06-01T00:00:00Z"));
        check("2026-06-01T09:00:00+09:00", Some("2026-06-01T00:00:00Z"));
        check("2026-06-01T00:00:00Z", Some("2026-06-01T00:00:00Z"));
        check("2026-02-30", None);
        check("soon", None);
        check("2026-06-01T09:00:00 JST+9", None);
    }
}
