//! Days as people in Japan write and count them.
//!
//! In: text of cells and front matter, civil dates. Out: dates, fiscal years, eras, national holidays and
//! opening hours as values, with their wording in Japanese and English. Knows neither files nor the present.

pub mod date;
pub mod era;
pub mod fiscal_year;
pub mod holidays;
pub mod hours;

/// The first moment of a day; none beyond the calendar's end.
#[must_use]
pub fn first_moment(day: jiff::civil::Date, zone: &jiff::tz::TimeZone) -> Option<jiff::Timestamp> {
    zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
}
