//! The schedule as a calendar for staff.

use super::{Change, words};
use crate::config::Config;
use crate::diag::Language;
use crate::render::ics::{self, Event, When};

/// One entry an instant. For staff: it names what is not public yet.
#[must_use]
pub fn calendar(changes: &[Change], config: &Config, language: Language) -> Vec<u8> {
    let site = config.title.get(config.default_language());
    let (name, remark, lang) = match language {
        Language::Ja => (format!("{site}：公開予定（職員用）"), "職員用です。公開前の内容を含みます。", "ja"),
        Language::En => (format!("{site}: schedule (staff)"), "For staff: it names what is not public yet.", "en"),
    };
    let host = config.base_url.origin.split("://").nth(1).unwrap_or_default();
    let events = changes.iter().map(|change| {
        let sentences: Vec<String> = change.effects.iter().map(|effect| words::sentence(effect, language)).collect();
        let first = sentences.first().cloned().unwrap_or_default();
        let more = match (sentences.len(), language) {
            (0 | 1, _) => String::new(),
            (count, Language::Ja) => format!("（ほか{}件）", count - 1),
            (count, Language::En) => format!(" (and {} more)", count - 1),
        };
        Event {
            uid: format!("schedule-{}@{host}", change.at.as_second()),
            stamp: change.at,
            when: When::Time { starts: change.at, ends: None },
            title: first + &more,
            description: Some(sentences.join("\n")),
            place: None,
            position: None,
            page: None,
            categories: change.effects.iter().map(|effect| effect.kind.key().to_owned()).take(1).collect(),
            cancelled: false,
        }
    });
    let events = events.collect();
    ics::render(&ics::Calendar { name, description: Some(remark.to_owned()), lang: lang.to_owned(), events })
}
