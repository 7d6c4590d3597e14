//! Reads `--at`: an instant, a local time or a day in the site's zone. Pure.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// `2026-06-01T09:00:00+09:00`, `2026-06-01T09:00`, `2026-06-01`.
pub(super) fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Some(zoned.timestamp());
    }
    // What looks like an offset or a zone was not understood above, and must not be dropped in silence.
    let (_, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    if time.contains(['+', '-', 'Z', 'z', '[']) {
        return None;
    }
    let local: DateTime = text.parse().ok()?;
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_local_times_and_days_are_read_and_nothing_is_guessed() {
        let zone = TimeZone::get("Asia/Tokyo").unwrap();
        let nine = "2026-06-01T00:00:00Z".parse().ok();
        for text in [
            "2026-06-01T09:00:00+09:00",
            "2026-06-01T00:00:00Z",
            "2026-06-01T09:00",
            "2026-06-01 09:00:00",
            "2026-06-01T02:00:00+02:00[Europe/Berlin]",
        ] {
            assert_eq!(parse(text, &zone), nine, "{text}");
        }
        assert_eq!(parse("2026-06-01", &zone), "2026-05-31T15:00:00Z".parse().ok());
        for text in ["", "tomorrow", "2026-13-01", "2026-06-31", "2026-06-01T09:00+99:00", "6/1", "2026-06-01T25:00"] {
            assert_eq!(parse(text, &zone), None, "{text}");
        }
    }
}
