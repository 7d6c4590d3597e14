//! The strings of one language, ready to be filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::strings::Wording;
use crate::calendar::era::{Era, EraYear};
use crate::diag::fill::fill;

/// The strings of one language.
#[derive(Clone, Debug)]
pub struct Words {
    lang: Arc<str>,
    entries: Arc<BTreeMap<String, Wording>>,
}

impl Words {
    pub(super) fn new(lang: &str, entries: BTreeMap<String, Wording>) -> Self {
        Self { lang: Arc::from(lang), entries: Arc::new(entries) }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// The string of this key, or the key itself where there is none.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The string of this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(|wording| wording.other.as_str())
    }

    /// The string with its `{names}` filled in.
    #[must_use]
    pub fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.get(key), args)
    }

    /// The string, or its singular form, with names filled in.
    pub(super) fn fill_form(&self, key: &str, singular: bool, args: &[(&str, &str)]) -> String {
        fill(self.form(key, singular), args)
    }

    /// The string for a number of things, `{n}` filled in.
    #[must_use]
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_of(key, n, &[])
    }

    /// The same with other names filled in.
    #[must_use]
    pub fn count_of(&self, key: &str, n: usize, args: &[(&str, &str)]) -> String {
        let number = n.to_string();
        self.fill_form(key, n == 1, &[&[("n", number.as_str())], args].concat())
    }

    /// The singular form where asked for and there is one.
    pub(super) fn form<'a>(&'a self, key: &'a str, singular: bool) -> &'a str {
        match self.entries.get(key) {
            Some(Wording { one: Some(one), .. }) if singular => one,
            Some(wording) => &wording.other,
            None => key,
        }
    }

    /// All strings, for the variable `t`.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(key, wording)| (key.as_str(), wording.other.as_str()))
    }

    /// A day at length: 令和8年4月1日（2026年）（水）.
    #[must_use]
    pub fn date_long(&self, date: Date) -> String {
        self.date("date_long", date)
    }

    /// A day briefly: 令和8年4月1日.
    #[must_use]
    pub fn date_short(&self, date: Date) -> String {
        self.date("date_short", date)
    }

    /// A month: 令和8年4月.
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        self.date("month_long", date)
    }

    /// A day by any pattern of the strings.
    #[must_use]
    pub fn date(&self, pattern: &str, date: Date) -> String {
        let (era, era_year) = self.era(date);
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let part = |key, at| self.get(key).split(' ').nth(at).unwrap_or_default();
        self.fill(
            pattern,
            &[
                ("era", era),
                ("era_year", &era_year),
                ("year", &date.year().to_string()),
                ("month", &date.month().to_string()),
                ("month_name", part("months", month)),
                ("day", &date.day().to_string()),
                ("weekday", part("weekdays", weekday)),
            ],
        )
    }

    /// A time of day: 10時30分, 10時.
    #[must_use]
    pub fn time(&self, at: DateTime) -> String {
        let key = if at.minute() == 0 { "time_hour" } else { "time_minute" };
        self.fill(key, &[("hour", &at.hour().to_string()), ("minute", &format!("{:02}", at.minute()))])
    }

    /// From one instant to another, on one day or over several.
    #[must_use]
    pub fn span(&self, starts: DateTime, ends: Option<DateTime>) -> String {
        let (date, from) = (self.date_long(starts.date()), self.time(starts));
        match ends {
            Some(ends) if ends.date() == starts.date() => {
                self.fill("when_day", &[("date", &date), ("from", &from), ("to", &self.time(ends))])
            }
            Some(ends) => {
                let (until, to) = (self.date_long(ends.date()), self.time(ends));
                self.fill("when_days", &[("date", &date), ("from", &from), ("until", &until), ("to", &to)])
            }
            None => self.fill("when_start", &[("date", &date), ("from", &from)]),
        }
    }

    /// From an instant through a later day that is told without an hour.
    #[must_use]
    pub fn through(&self, starts: DateTime, last: Date) -> String {
        let (date, from, until) = (self.date_long(starts.date()), self.time(starts), self.date_long(last));
        let told = self.fill("when_days", &[("date", &date), ("from", &from), ("until", &until), ("to", "")]);
        told.trim_end_matches([',', '、', ' ']).to_owned()
    }

    /// The Japanese era and the year in it; before 1926 there is none.
    fn era(&self, date: Date) -> (&str, String) {
        let named = EraYear::of(date).and_then(|named| {
            let key = match named.era {
                Era::Reiwa => "era_reiwa",
                Era::Heisei => "era_heisei",
                Era::Showa => "era_showa",
                Era::Taisho | Era::Meiji => return None,
            };
            Some((key, named.year))
        });
        match named {
            Some((key, 1)) => (self.get(key), self.get("era_first").to_owned()),
            Some((key, year)) => (self.get(key), year.to_string()),
            None => ("", date.year().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::source::Sources;

    #[test]
    fn days_and_times_in_both_languages() {
        let theme = crate::theme::parse(&Sources::new(), "default", None).value;
        let (ja, en) = (theme.words("ja").value, theme.words("en").value);
        let day = date(2026, 4, 1);
        assert_eq!(ja.date_long(day), "令和8年4月1日（2026年）（水）");
        assert_eq!(en.date_long(day), "Wednesday 1 April 2026");
        assert_eq!(ja.date_short(date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(ja.date_short(date(2019, 4, 30)), "平成31年4月30日");
        let (from, to) = (day.at(10, 0, 0, 0), day.at(11, 30, 0, 0));
        assert_eq!(ja.span(from, Some(to)), "令和8年4月1日（2026年）（水）10時から11時30分まで");
        assert_eq!(en.count("places", 1), "1 place");
    }
}
