//! The schedule as people read it.

use jiff::tz::TimeZone;

use super::{Change, words};
use crate::diag::Language;

/// One paragraph an instant: when, then what changes, a line each.
#[must_use]
pub fn table(changes: &[Change], zone: &TimeZone, language: Language) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&words::instant(change.at, zone, language));
        text.push('\n');
        for effect in &change.effects {
            text.push_str("    ");
            text.push_str(&words::sentence(effect, language));
            text.push('\n');
        }
        if change.errors.has_errors() {
            text.push_str(match language {
                Language::Ja => "    ※ このときには誤りがあり、公開が切り替わりません（下を見てください）\n",
                Language::En => "    ! with errors at that time, nothing will be published (see below)\n",
            });
        }
    }
    text
}
