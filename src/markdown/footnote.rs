//! Footnotes: numbered by their first mark, listed after the text, with ways there and back.

use std::collections::BTreeMap;

use super::out::{Out, Piece, Word, index};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Span;

/// The footnotes of a document.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Labels in the order of their numbers.
    order: Vec<String>,
    notes: BTreeMap<String, Note>,
}

#[derive(Default)]
struct Note {
    /// From 1; 0 while no mark was seen.
    number: u32,
    marks: u32,
    body: Vec<Piece>,
    span: Option<Span>,
}

/// Labels are compared without case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

impl Footnotes {
    /// Writes the mark of a footnote.
    pub(super) fn mark(&mut self, label: &str, prefix: &str, out: &mut Out) {
        let note = self.notes.entry(key(label)).or_default();
        if note.number == 0 {
            self.order.push(key(label));
            note.number = index(self.order.len());
        }
        note.marks += 1;
        let number = note.number;
        let id = mark_id(number, note.marks);
        let prefix = super::fill::escape(prefix);
        out.html(&format!(
            r##"<sup class="footnote-ref"><a href="#{prefix}fn-{number}" id="{prefix}{id}" role="doc-noteref" aria-label=""##
        ));
        out.push(Piece::Word(Word::FootnoteTo(number)));
        out.html(&format!("\">{number}</a></sup>"));
    }

    /// Keeps the text of a footnote; of two with one label, the first.
    pub(super) fn define(&mut self, label: &str, body: Vec<Piece>, span: Span) {
        let note = self.notes.entry(key(label)).or_default();
        if note.span.is_none() {
            note.body = body;
            note.span = Some(span);
        }
    }

    /// Writes the list, and reports what no mark leads to.
    pub(super) fn write(self, prefix: &str, out: &mut Out, report: &mut Report) {
        for (label, note) in &self.notes {
            if let (0, Some(span)) = (note.number, &note.span) {
                report.push(Diagnostic::new(Code::FootnoteUnused).at(span).arg("label", label));
            }
        }
        if self.order.is_empty() {
            return;
        }
        let prefix = super::fill::escape(prefix);
        out.html("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        out.push(Piece::Word(Word::Footnotes));
        out.html("\">\n<ol>\n");
        for note in self.order.iter().filter_map(|label| self.notes.get(label)) {
            out.html(&format!("<li id=\"{prefix}fn-{}\">\n", note.number));
            out.flush();
            out.pieces.extend_from_slice(&note.body);
            let in_paragraph = out.take_paragraph_end();
            out.html(if in_paragraph { " " } else { "<p>" });
            for mark in 1..=note.marks {
                let id = mark_id(note.number, mark);
                out.html(&format!(
                    r##"<a href="#{prefix}{id}" class="footnote-back" role="doc-backlink" aria-label=""##
                ));
                out.push(Piece::Word(Word::FootnoteBack(note.number)));
                out.html("\">↩</a>");
            }
            out.html("</p>\n</li>\n");
        }
        out.html("</ol>\n</section>\n");
    }
}

fn mark_id(number: u32, mark: u32) -> String {
    if mark == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mark}") }
}
