//! TOML text to a tree; several errors at once.

mod mistakes;

use toml::de::{DeTable, DeValue};

use super::mistake::{Mistake, line};
use super::{Entry, Node, Table, Value};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Span, Spanned};

/// The tree of `text`, which stands in `path` from byte `base` on. Of a text with mistakes it is a part.
pub fn parse(text: &str, path: &SourcePath, base: usize) -> Checked<Table> {
    let place = Place { path, base };
    let (document, errors) = DeTable::parse_recoverable(text);
    let mistakes = mistakes::mistakes(text, &errors);
    let mut report = Report::new();
    for mistake in &mistakes {
        report.push(place.diagnostic(text, mistake));
    }
    // Of a broken text the whole may be nowhere: what it lacks is then told at its first line.
    let first_line = 0..text.lines().next().map_or(0, |line| line.len().max(1));
    let span = if document.span().is_empty() { first_line } else { document.span() };
    let mut table = place.table(document.get_ref(), span);
    if !mistakes.is_empty() {
        let lines: Vec<_> = mistakes
            .iter()
            .map(|mistake| place.span(line(text, mistake.place.start)))
            .map(|s| s.start..s.end)
            .collect();
        table.spoil(&lines);
    }
    Checked::new(table, report)
}

struct Place<'a> {
    path: &'a SourcePath,
    base: usize,
}

impl Place<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.path, range.start + self.base..range.end + self.base)
    }

    fn diagnostic(&self, text: &str, mistake: &Mistake) -> Diagnostic {
        let span = self.span(mistake.place.clone());
        if mistake.cause != mistakes::TWICE {
            return mistake.diagnostic(Code::TomlSyntax, text, &span);
        }
        let key = text.get(mistake.place.clone()).unwrap_or_default();
        let twice = Diagnostic::new(Code::DuplicateKey).at(&span).arg("key", key);
        let first = mistakes::first_of(text, &mistake.place).map(|place| self.span(place));
        first.iter().fold(twice, |twice, first| twice.label(first, "first"))
    }

    fn table(&self, table: &DeTable<'_>, range: std::ops::Range<usize>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: Spanned::new(key.get_ref().to_string(), self.span(key.span())),
                node: self.node(value.get_ref(), value.span()),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        Table { entries, span: self.span(range), partial: false }
    }

    fn node(&self, value: &DeValue<'_>, range: std::ops::Range<usize>) -> Node {
        let span = self.span(range.clone());
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                let digits = number.as_str().replace('_', "");
                i64::from_str_radix(&digits, number.radix()).map_or(Value::Text(digits), Value::Integer)
            }
            DeValue::Float(number) => {
                number.as_str().replace('_', "").parse().map_or(Value::Float(f64::NAN), Value::Float)
            }
            DeValue::Boolean(flag) => Value::Boolean(*flag),
            DeValue::Datetime(when) => Value::DateTime(when.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, range)),
        };
        Node { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SourcePath {
        SourcePath::new("x.toml").expect("a plain name")
    }

    #[test]
    fn an_array_table_knows_all_that_belongs_to_it() {
        let text = "a = 1\n[[edition]]\nslug = \"x\"\nareas = [\n \"a\",\n]\n[edition.more]\nb = 2\n[[edition]]\nslug = \"y\"\n";
        let tree = parse(text, &path(), 0);
        assert!(!tree.report.has_errors());
        let Some(Value::List(items)) = tree.value.get("edition").map(|node| &node.value) else { panic!("a list") };
        let extents: Vec<&str> = items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Table(table) => text.get(table.extent().range()),
                _ => None,
            })
            .collect();
        assert_eq!(
            extents,
            ["[[edition]]\nslug = \"x\"\nareas = [\n \"a\",\n]\n[edition.more]\nb = 2", "[[edition]]\nslug = \"y\""]
        );
    }

    #[test]
    fn several_errors_are_reported_at_their_places() {
        let text = "a = \nb = 2\nc = \"x\n";
        let report = parse(text, &path(), 10).report;
        let starts: Vec<u32> = report.iter().filter_map(|d| d.primary.as_ref()).map(|span| span.start).collect();
        assert_eq!(starts.len(), 2, "{report:?}");
        assert!(starts.iter().all(|&start| start >= 10));
    }
}
