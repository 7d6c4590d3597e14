//! `i18n/LANG.toml`: every string that the theme itself shows, one table a language.

use std::collections::BTreeMap;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Span};
use crate::tree::{Entry, Value, parse_toml};

use super::{Theme, Words};

/// The strings of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct StringTable {
    /// By their key.
    pub(super) entries: BTreeMap<String, Wording>,
    /// The file.
    pub(super) path: Option<SourcePath>,
}

/// One string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Wording {
    /// For every number but one, or without a number.
    pub(super) other: String,
    /// For exactly one.
    pub(super) one: Option<String>,
    /// Where it stands.
    pub(super) span: Span,
}

/// Reads a file of strings: `key = "text"` or `key = { one = "…", other = "…" }`.
pub(super) fn parse(path: &SourcePath, text: &str, report: &mut Report) -> StringTable {
    let table = parse_toml(text, path, 0).into(report);
    let mut entries = BTreeMap::new();
    for entry in &table.entries {
        match wording(entry) {
            Some(wording) => {
                entries.insert(entry.key.value.clone(), wording);
            }
            None => report.push(
                Diagnostic::new(Code::WrongType)
                    .at(&entry.node.span)
                    .arg("key", &entry.key.value)
                    .arg("expected", "文字 (text)")
                    .arg("found", entry.node.value.kind()),
            ),
        }
    }
    StringTable { entries, path: Some(path.clone()) }
}

fn wording(entry: &Entry) -> Option<Wording> {
    let span = entry.key.span.clone();
    match &entry.node.value {
        Value::Text(text) => Some(Wording { other: text.clone(), one: None, span }),
        Value::Table(forms) => {
            let form = |key| match forms.get(key).map(|node| &node.value) {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            };
            Some(Wording { other: form("other")?, one: form("one"), span })
        }
        _ => None,
    }
}

/// The `{names}` in a string.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

/// The language whose strings stand in where another has none.
const FALLBACK: &str = "en";

impl Theme {
    /// The strings of a language: the site's own, then the built-in ones, then English.
    /// Warns once when the language lacks some.
    pub fn words(&self, lang: &str) -> Checked<Words> {
        let mut merged: BTreeMap<String, Wording> = BTreeMap::new();
        let fallback = self.strings.get(FALLBACK).into_iter();
        for table in fallback.chain(self.strings.get(lang)).chain(self.own_strings.get(lang)) {
            merged.extend(table.entries.iter().map(|(key, wording)| (key.clone(), wording.clone())));
        }
        let mut report = Report::new();
        if !self.strings.contains_key(lang) {
            report = self.missing(lang);
        }
        Checked::new(Words::new(lang, merged), report)
    }

    fn missing(&self, lang: &str) -> Report {
        let own = self.own_strings.get(lang);
        let wanted = self.strings.get(FALLBACK).map(|table| &table.entries);
        let missing: Vec<String> = wanted
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .filter(|key| !own.is_some_and(|table| table.entries.contains_key(*key)))
            .map(|key| format!("`{key}`"))
            .collect();
        let mut report = Report::new();
        if !missing.is_empty() {
            let path = format!("{}/i18n/{lang}.toml", self.folder);
            let shown = missing.iter().take(5).cloned().collect::<Vec<_>>().join(" ");
            let warning = Diagnostic::new(Code::StringsMissing)
                .arg("lang", lang)
                .arg("path", path)
                .arg("count", missing.len())
                .arg("keys", shown);
            let place = own.and_then(|table| table.path.as_ref()).map(Span::file);
            report.push(match place {
                Some(span) => warning.at(&span),
                None => warning,
            });
        }
        report
    }

    /// Strings of the site that nothing uses, and placeholders that nothing fills in.
    pub(super) fn check_strings(&self) -> Report {
        let mut report = Report::new();
        let used = self.strings_used_by_own_templates();
        for table in self.own_strings.values() {
            for (key, wording) in &table.entries {
                let known: Vec<&Wording> = self.strings.values().filter_map(|table| table.entries.get(key)).collect();
                match known.as_slice() {
                    [_, ..] => report.append(unfilled(key, wording, &known)),
                    [] if used.contains(key) => {}
                    [] => report.push(self.unknown_string(key, &wording.span, Code::StringUnused)),
                }
            }
        }
        report
    }

    /// A string key that does not exist, with the nearest one that does.
    pub(super) fn unknown_string(&self, key: &str, span: &Span, code: Code) -> Diagnostic {
        let known = self.strings.get(FALLBACK).map(|table| &table.entries);
        let near = crate::tree::nearest(key, known.into_iter().flatten().map(|(key, _)| key.as_str()));
        let hint = near.map_or_else(String::new, |near| format!("→ `{near}` ?"));
        Diagnostic::new(code).at(span).arg("key", key).arg("hint", hint)
    }

    /// True when some language has the string.
    pub(super) fn has_string(&self, key: &str) -> bool {
        self.strings.values().chain(self.own_strings.values()).any(|table| table.entries.contains_key(key))
    }
}

/// Names that the string's built-in forms, in any language, do not have.
fn unfilled(key: &str, wording: &Wording, known: &[&Wording]) -> Report {
    let mut filled: Vec<&str> = known.iter().flat_map(|wording| placeholders(&wording.other)).collect();
    filled.sort_unstable();
    filled.dedup();
    let mut report = Report::new();
    for name in placeholders(&wording.other).filter(|name| !filled.contains(name)) {
        let known: Vec<String> = filled.iter().map(|name| format!("`{{{name}}}`")).collect();
        report.push(
            Diagnostic::new(Code::StringPlaceholder)
                .at(&wording.span)
                .arg("key", key)
                .arg("name", name)
                .arg("known", known.join(" ")),
        );
    }
    report
}
