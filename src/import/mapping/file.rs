//! The file `mapping.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Checked, Code, Diagnostic};
use crate::list::Schema;
use crate::source::{SourcePath, Span};
use crate::tree::{nearest, parse_toml};

/// Which column of a table is which of ours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The category of rows that do not say it.
    pub category: Option<String>,
    /// The association that answers for the rows.
    pub source: Option<String>,
    /// What ids made of the column `number` begin with.
    pub prefix: Option<String>,
    /// Only these sheets of a workbook; all where there are none.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Our column to their heading, or to several that are put together.
    pub(super) columns: BTreeMap<String, Headings>,
    /// For a column of ours: their value to ours.
    #[serde(default)]
    pub(super) values: BTreeMap<String, BTreeMap<String, String>>,
    /// Their column of ○ to a service.
    #[serde(default)]
    pub(super) services: BTreeMap<String, String>,
    /// What their marks mean.
    #[serde(default)]
    pub(super) marks: Marks,
}

/// One heading or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Headings {
    One(String),
    Several(Vec<String>),
}

impl Headings {
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let list = match self {
            Self::One(heading) => std::slice::from_ref(heading),
            Self::Several(headings) => headings,
        };
        list.iter().map(String::as_str)
    }
}

/// Marks in the columns of services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Marks {
    yes: Vec<String>,
    no: Vec<String>,
    ask: Vec<String>,
}

impl Default for Marks {
    fn default() -> Self {
        let list = |marks: &[&str]| marks.iter().map(|&mark| mark.to_owned()).collect();
        Self {
            yes: list(&["○", "〇", "◯", "◎", "●", "有", "あり", "可", "可能", "対応", "はい", "Y", "1", "✓", "レ"]),
            no: list(&["×", "✕", "✖", "無", "なし", "不可", "非対応", "いいえ", "N", "0"]),
            ask: list(&["△", "▲", "要相談", "相談", "応相談"]),
        }
    }
}

impl Marks {
    /// What stands before the service: nothing for yes, `!`, `?`.
    pub(super) fn answer(&self, mark: &str) -> Option<&'static str> {
        let folded = |text: &str| text.nfkc().collect::<String>().to_uppercase();
        let mark = folded(mark.trim());
        let among = |marks: &[String]| marks.iter().any(|known| folded(known) == mark);
        match () {
            () if mark.is_empty() => None,
            () if among(&self.yes) => Some(""),
            () if among(&self.no) => Some("!"),
            () if among(&self.ask) => Some("?"),
            () => None,
        }
    }
}

/// TOML, but no mapping: a table that a mapping does not have, one that is missing, or a value of another kind.
fn misshapen(path: &SourcePath, text: &str, problem: &toml::de::Error) -> Diagnostic {
    let range = problem.span().unwrap_or(0..0);
    let cause = match problem.message() {
        said if said.starts_with("unknown field") => "unknown",
        said if said.starts_with("missing field") => "missing",
        _ => "kind",
    };
    let key = match cause {
        "missing" => problem.message().split('`').nth(1).unwrap_or_default(),
        _ => text.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default(),
    };
    let span = if range.is_empty() { Span::file(path) } else { Span::new(path, range) };
    Diagnostic::new(Code::MappingUnreadable).at(&span).because(cause).arg("key", key)
}

impl Mapping {
    /// The mapping in a file, every name in it known.
    pub fn parse(path: &SourcePath, text: &str, schema: &Schema) -> Checked<Option<Self>> {
        let mut report = parse_toml(text, path, 0).report;
        if report.has_errors() {
            return Checked::new(None, report);
        }
        let mapping: Self = match toml::from_str(text) {
            Ok(mapping) => mapping,
            Err(problem) => {
                report.push(misshapen(path, text, &problem));
                return Checked::new(None, report);
            }
        };
        let place =
            |word: &str| text.find(word).map_or_else(|| Span::file(path), |at| Span::new(path, at..at + word.len()));
        let mut unknown = |word: &str, names: Vec<String>| {
            let near = nearest(word, names.iter().map(String::as_str))
                .map_or_else(|| "—".to_owned(), |name| format!("`{name}`"));
            report.push(Diagnostic::new(Code::MappingName).at(&place(word)).arg("value", word).arg("near", near));
        };
        let columns =
            || schema.known().iter().map(|known| known.id.clone()).chain(["number".to_owned()]).collect::<Vec<_>>();
        for column in mapping.columns.keys().chain(mapping.values.keys()) {
            if column != "number" && !schema.known().iter().any(|known| known.id == *column) {
                unknown(column, columns());
            }
        }
        if !mapping.columns.contains_key("name") {
            unknown("name", columns());
        }
        for service in mapping.services.values().filter(|service| schema.service(service).is_none()) {
            unknown(service, schema.services().into_values().collect());
        }
        for category in mapping.category.iter().filter(|category| schema.category(category).is_none()) {
            unknown(category, schema.categories().into_values().collect());
        }
        let sound = !report.has_errors();
        Checked::new(sound.then_some(mapping), report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_as_people_make_them() {
        let marks = Marks::default();
        for (mark, answer) in
            [("○", Some("")), ("〇", Some("")), ("×", Some("!")), ("△", Some("?")), ("1", Some("")), ("Ｎ", Some("!"))]
        {
            assert_eq!(marks.answer(mark), answer, "{mark}");
        }
        assert_eq!(marks.answer("月3回"), None);
    }
}
