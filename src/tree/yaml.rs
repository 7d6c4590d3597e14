//! YAML front matter, as web editors write it, to the same tree. Anchors, aliases and tags are refused.

mod mistakes;

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Place};

use super::mistake::Mistake;
use super::{Entry, Node, Table, Value};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::limits::YAML_DEPTH;
use crate::source::{SourcePath, Span, Spanned};

/// The tree of `text`, which stands in `path` from byte `base` on.
pub fn parse(text: &str, path: &SourcePath, base: usize) -> Checked<Table> {
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let mut reader = Reader { parser: Parser::new_from_str(text), text, path, base, offsets, report: Report::new() };
    let whole = Span::new(path, base..base + text.len());
    let mut table = match reader.document() {
        Some(Node { value: Value::Table(table), .. }) => table,
        Some(Node { value: Value::Plain(text), .. }) if text.is_empty() => Table::empty(whole),
        Some(_) if reader.report.has_errors() => Table::unknown(whole),
        Some(node) => {
            let place = node.span.range().start - base..node.span.range().end - base;
            reader.report_mistake(&mistakes::no_table(text, place));
            Table::unknown(whole)
        }
        None => Table { partial: reader.report.has_errors(), ..Table::empty(whole) },
    };
    table.partial |= reader.report.iter().any(|told| told.code == Code::YamlSyntax);
    Checked::new(table, reader.report)
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    text: &'a str,
    path: &'a SourcePath,
    base: usize,
    offsets: Vec<usize>,
    report: Report,
}

impl<'a> Reader<'a> {
    fn span(&self, place: Place) -> Span {
        let byte = |index: usize| self.base + self.offsets.get(index).or(self.offsets.last()).copied().unwrap_or(0);
        Span::new(self.path, byte(place.start.index())..byte(place.end.index()))
    }

    /// The next event; `None` after an error (reported) or at the end.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok((event, place)) => Some((event, self.span(place))),
            Err(error) => {
                let at = self.offsets.get(error.marker().index()).or(self.offsets.last()).copied().unwrap_or(0);
                match mistakes::feature(error.info()) {
                    Some(sign) => {
                        let span = Span::new(self.path, self.base + at..self.base + at);
                        self.report.push(Diagnostic::new(Code::YamlFeature).at(&span).arg("feature", sign));
                    }
                    None => self.report_mistake(&mistakes::mistake(self.text, at, error.info())),
                }
                None
            }
        }
    }

    fn report_mistake(&mut self, mistake: &Mistake) {
        let span = Span::new(self.path, self.base + mistake.place.start..self.base + mistake.place.end);
        self.report.push(mistake.diagnostic(Code::YamlSyntax, self.text, &span));
    }

    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => return None,
                (event, span) => {
                    let node = self.node(event, span, 0);
                    if node.is_some() {
                        self.end();
                    }
                    return node;
                }
            }
        }
    }

    /// What follows the one document belongs to nothing: it must not be dropped in silence.
    fn end(&mut self) {
        while let Some((event, span)) = self.next() {
            if matches!(event, Event::DocumentStart(_)) && !self.report.has_errors() {
                let at = span.range().start - self.base;
                self.report_mistake(&Mistake { place: at..at, cause: "other" });
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Option<Node> {
        if depth > YAML_DEPTH {
            self.report.push(Diagnostic::new(Code::TooDeep).at(&span).arg("limit", YAML_DEPTH));
            return None;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor, tag.is_some(), &span);
                let text = text.into_owned();
                let value = if style == ScalarStyle::Plain { Value::Plain(text) } else { Value::Text(text) };
                Some(Node { value, span })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(anchor, tag.is_some(), &span);
                self.list(span, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(anchor, tag.is_some(), &span);
                self.table(span, depth)
            }
            Event::Alias(_) => {
                self.report.push(Diagnostic::new(Code::YamlFeature).at(&span).arg("feature", "*"));
                Some(Node { value: Value::Plain(String::new()), span })
            }
            _ => None,
        }
    }

    fn refuse(&mut self, anchor: usize, tagged: bool, span: &Span) {
        if anchor > 0 {
            self.report.push(Diagnostic::new(Code::YamlFeature).at(span).arg("feature", "&"));
        }
        if tagged {
            self.report.push(Diagnostic::new(Code::YamlFeature).at(span).arg("feature", "!"));
        }
    }

    fn list(&mut self, mut span: Span, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    span.end = span.end.max(end.end);
                    return Some(Node { value: Value::List(items), span });
                }
                (event, place) => items.push(self.node(event, place, depth + 1)?),
            }
        }
    }

    fn table(&mut self, mut span: Span, depth: usize) -> Option<Node> {
        let (mut entries, mut seen) = (Vec::new(), Seen::new());
        loop {
            match self.next()? {
                (Event::MappingEnd, end) => {
                    span.end = span.end.max(end.end);
                    return Some(Node {
                        value: Value::Table(Table { entries, span: span.clone(), partial: false }),
                        span,
                    });
                }
                (event, place) => {
                    let key = self.node(event, place, depth + 1)?;
                    let (Value::Text(name) | Value::Plain(name)) = key.value else {
                        self.report.push(Diagnostic::new(Code::YamlFeature).at(&key.span).arg("feature", "?"));
                        return None;
                    };
                    let (event, place) = self.next()?;
                    let node = self.node(event, place, depth + 1)?;
                    let key = Spanned::new(name, key.span);
                    self.report_twice(&mut seen, &key);
                    // `key:` without a value is how web editors write an empty optional field.
                    if !matches!(&node.value, Value::Plain(text) if matches!(text.as_str(), "" | "~" | "null")) {
                        entries.push(Entry { key, node });
                    }
                }
            }
        }
    }

    /// A file may have a hundred thousand keys: each is looked up, not searched for.
    fn report_twice(&mut self, seen: &mut Seen, key: &Spanned<String>) {
        match seen.get(&key.value) {
            None => drop(seen.insert(key.value.clone(), key.span.clone())),
            Some(first) => {
                let twice = Diagnostic::new(Code::DuplicateKey).at(&key.span).arg("key", &key.value);
                self.report.push(twice.label(first, "first"));
            }
        }
    }
}

/// Where each key of a table stands first.
type Seen = BTreeMap<String, Span>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keys_and_places_are_read() {
        let path = SourcePath::new("a.md").expect("a plain name");
        let text = "title: \"看取り\"\ntags: [家, b]\ndraft: true\nevent:\n  starts: 2026-06-01\nempty:\n";
        let tree = parse(text, &path, 4);
        assert!(tree.report.is_empty(), "{:?}", tree.report);
        let keys: Vec<&str> = tree.value.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        assert_eq!(keys, ["title", "tags", "draft", "event"]);
        let title = tree.value.get("title").expect("title");
        assert_eq!(text.get(title.span.range().start - 4..title.span.range().end - 4), Some("\"看取り\""));
    }

    #[test]
    fn anchors_aliases_and_broken_text_are_reported() {
        let path = SourcePath::new("a.md").expect("a plain name");
        for text in ["a: &x 1\nb: *x\n", "a: [1\n", "a: !!str 1\n", "a: 1\na: 2\n"] {
            assert!(parse(text, &path, 0).report.has_errors(), "{text}");
        }
    }
}
