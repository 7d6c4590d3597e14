//! The schedule for programs.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Change, words};
use crate::diag::Language;
use crate::source::{Lines, Sources};

#[derive(Serialize)]
struct Schedule<'a> {
    /// Says that this is no public file.
    note: &'static str,
    zone: &'a str,
    changes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    /// In UTC.
    at: String,
    /// The same in the site's zone.
    local: String,
    /// False where errors of that time would keep the site from being published.
    publishable: bool,
    effects: Vec<Item<'a>>,
    /// The files of the site that differ from those before.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Files<'a>>,
}

#[derive(Serialize)]
struct Files<'a> {
    new: &'a [String],
    changed: &'a [String],
    gone: &'a [String],
}

#[derive(Serialize)]
struct Item<'a> {
    kind: &'static str,
    name: &'a str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    text: String,
}

/// One object with all changes.
#[must_use]
pub fn json(changes: &[Change], zone: &TimeZone, sources: &Sources, language: Language) -> String {
    let mut lines = Lines::new(sources);
    let entries = changes.iter().map(|change| Entry {
        at: change.at.to_string(),
        local: change.at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        publishable: !change.errors.has_errors(),
        effects: change
            .effects
            .iter()
            .map(|effect| Item {
                kind: effect.kind.key(),
                name: &effect.name,
                file: effect.place.path.as_str(),
                line: lines.locate(&effect.place).and_then(|place| u32::try_from(place.line).ok()),
                text: words::sentence(effect, language),
            })
            .collect(),
        files: change.pages.as_ref().map(|pages| Files { new: &pages.new, changed: &pages.changed, gone: &pages.gone }),
    });
    let note = "for staff only: it names what is not public yet";
    let schedule = Schedule { note, zone: zone.iana_name().unwrap_or("UTC"), changes: entries.collect() };
    serde_json::to_string_pretty(&schedule).unwrap_or_default() + "\n"
}
