//! The wording of every diagnostic, from the files beside this one.
//!
//! One file a topic, one table a code, Japanese and English side by side:
//!
//! ```toml
//! [S0101]
//! ja = { message = "…", help = "…", explain = "…" }
//! en = { message = "…", help = "…", explain = "…" }
//! labels.other = { ja = "…", en = "…" }
//! [S0101.causes.name]
//! ja = { cause = "…", help = "…" }
//! en = { cause = "…", help = "…" }
//! ```
//!
//! `{name}` stands for the argument of that name. Where a code has `causes`, `{cause}` stands for the wording of the
//! diagnostic's own, whose help takes the place of the general one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fill::fill;
use super::{Code, Diagnostic};

/// A language that messages are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Japanese, the first.
    Ja,
    /// English, the second.
    En,
}

/// The wording of one code in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// One sentence on what the author wrote.
    pub message: String,
    /// What to do.
    pub help: String,
    /// At length, for `sumika explain`.
    pub explain: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    ja: Message,
    en: Message,
    #[serde(default)]
    labels: BTreeMap<String, Wording>,
    #[serde(default)]
    causes: BTreeMap<String, Causes>,
}

/// One cause of a code in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Causes {
    ja: Cause,
    en: Cause,
}

/// The wording of one cause in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    cause: String,
    help: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    ja: String,
    en: String,
}

const TOPICS: &[(&str, &str)] = &[
    ("drawing", include_str!("messages/drawing.toml")),
    ("basemap", include_str!("messages/basemap.toml")),
    ("files", include_str!("messages/files.toml")),
    ("fields", include_str!("messages/fields.toml")),
    ("site", include_str!("messages/site.toml")),
    ("references", include_str!("messages/references.toml")),
    ("output", include_str!("messages/output.toml")),
    ("lists", include_str!("messages/lists.toml")),
    ("plans", include_str!("messages/plans.toml")),
    ("publish", include_str!("messages/publish.toml")),
    ("import", include_str!("messages/import.toml")),
    ("form", include_str!("messages/form.toml")),
    ("markdown", include_str!("messages/markdown.toml")),
    ("pictures", include_str!("messages/pictures.toml")),
    ("geo", include_str!("messages/geo.toml")),
    ("changes", include_str!("messages/changes.toml")),
    ("quality", include_str!("messages/quality.toml")),
    ("theme", include_str!("messages/theme.toml")),
    ("figures", include_str!("messages/figures.toml")),
];

static ENTRIES: LazyLock<BTreeMap<String, Entry>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (topic, text) in TOPICS {
        let entries: BTreeMap<String, Entry> =
            toml::from_str(text).unwrap_or_else(|problem| unreachable!("messages/{topic}.toml: {problem}"));
        all.extend(entries);
    }
    all
});

/// The wording of `code`, placeholders unfilled.
#[must_use]
pub fn message(code: Code, language: Language) -> &'static Message {
    let entry = ENTRIES.get(&code.to_string()).unwrap_or_else(|| unreachable!("{code} has no wording"));
    match language {
        Language::Ja => &entry.ja,
        Language::En => &entry.en,
    }
}

impl Diagnostic {
    /// The claim, filled in.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let claim = &message(self.code, language).message;
        match self.cause_in(language) {
            Some(wording) => fill(&claim.replace("{cause}", &wording.cause), &self.args),
            None => fill(claim, &self.args),
        }
    }

    /// The way out, filled in.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        let own = self.cause_in(language).map(|wording| &wording.help);
        fill(own.unwrap_or(&message(self.code, language).help), &self.args)
    }

    fn cause_in(&self, language: Language) -> Option<&'static Cause> {
        let key = self.cause?;
        let entry = ENTRIES.get(&self.code.to_string());
        let both = entry.and_then(|entry| entry.causes.get(key));
        let both = both.unwrap_or_else(|| unreachable!("{} has no wording of the cause {key}", self.code));
        Some(match language {
            Language::Ja => &both.ja,
            Language::En => &both.en,
        })
    }

    /// The wording of a second place.
    #[must_use]
    pub fn label_text(&self, key: &str, language: Language) -> String {
        let wording = ENTRIES.get(&self.code.to_string()).and_then(|entry| entry.labels.get(key));
        let text = wording.map_or(key, |wording| match language {
            Language::Ja => &wording.ja,
            Language::En => &wording.en,
        });
        fill(text, &self.args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn every_code_has_wording_and_every_wording_a_code() {
        let mut codes: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
        codes.sort_unstable();
        assert_eq!(ENTRIES.keys().cloned().collect::<Vec<_>>(), codes);
    }

    #[test]
    fn both_languages_name_the_same_things() {
        for &code in Code::ALL {
            let (ja, en) = (message(code, Language::Ja), message(code, Language::En));
            assert_eq!(placeholders(&ja.message), placeholders(&en.message), "{code} message");
            assert_eq!(placeholders(&ja.help), placeholders(&en.help), "{code} help");
            for (key, both) in ENTRIES.get(&code.to_string()).into_iter().flat_map(|entry| &entry.causes) {
                assert_eq!(placeholders(&both.ja.cause), placeholders(&both.en.cause), "{code} {key} cause");
                assert_eq!(placeholders(&both.ja.help), placeholders(&both.en.help), "{code} {key} help");
            }
        }
    }
}
