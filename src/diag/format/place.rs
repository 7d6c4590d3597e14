//! Lines and columns of a report's spans. A list may have as many mistakes as rows: lines are counted once a file.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::source::{LineColumn, LineIndex, SourcePath, Sources, Span};

/// Where a span begins and ends, as people count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) first: LineColumn,
    pub(super) last: LineColumn,
}

/// Turns spans into places.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    lines: BTreeMap<SourcePath, LineIndex>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, lines: BTreeMap::new() }
    }

    /// None for what concerns a file as a whole, and for files that hold no text.
    pub(super) fn locate(&mut self, span: &Span) -> Option<Place> {
        let text = &self.sources.text(&span.path)?.text;
        if span.end == 0 {
            return None;
        }
        let index = self.lines.entry(span.path.clone()).or_insert_with(|| LineIndex::new(text));
        let range = span.range();
        let last = index.locate(text, range.end.max(range.start));
        Some(Place { first: index.locate(text, range.start), last })
    }
}

/// The name of a severity in formats for programs.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
