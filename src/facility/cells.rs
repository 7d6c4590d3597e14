//! The cells of one row: trimmed, free of invisible characters, each with its place.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::source::Span;
use crate::table::conflict::{Conflict, ROW_REMOVED};
use crate::table::headings::{Headings, Known};
use crate::table::{Cell, Row};
use crate::tree::{has_hidden, is_hidden};

use super::columns::Column;

/// The cells of one row by column, with a place for what is wrong with them.
pub(super) struct RowCells<'a> {
    pub(super) row: Row<'a>,
    pub(super) headings: &'a Headings,
    pub(super) report: &'a mut Report,
}

/// A cell that says something.
pub(super) struct Field<'a> {
    /// Its column, for messages.
    pub(super) shown: Shown<'a>,
    /// What it says, trimmed.
    pub(super) text: Cow<'a, str>,
    cell: Cell<'a>,
}

/// A column as messages name it.
#[derive(Clone, Copy)]
pub(super) enum Shown<'a> {
    /// One of the common columns.
    Common(Column),
    /// One that a category declares.
    Declared(&'a Known),
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self {
            Self::Common(column) => column.shown(),
            Self::Declared(known) => known.shown(),
        })
    }
}

impl Field<'_> {
    pub(super) fn span(&self) -> Span {
        self.cell.span()
    }

    /// The place of some bytes of the text; the whole cell where quotes were doubled.
    pub(super) fn part(&self, range: Range<usize>) -> Span {
        let whole = self.span();
        match self.cell.raw().find(self.text.as_ref()) {
            Some(offset) => {
                let start = whole.range().start + offset;
                Span::new(&whole.path, start + range.start..start + range.end)
            }
            None => whole,
        }
    }

    /// A diagnostic on this cell that names the column and the value.
    pub(super) fn problem(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code).at(&self.span()).arg("column", self.shown).arg("value", &self.text)
    }
}

impl<'a> RowCells<'a> {
    /// A cell of one line; line ends inside are spaces.
    pub(super) fn line(&mut self, column: Column) -> Option<Field<'a>> {
        let mut field = self.known(column.index(), Shown::Common(column))?;
        field.text = one_line(field.text);
        Some(field)
    }

    /// A cell in words: a lone mark or dash is not words.
    pub(super) fn words(&mut self, column: Column) -> Option<String> {
        self.in_words(column).map(|field| field.text.into_owned())
    }

    /// A cell of one line in words.
    pub(super) fn line_of_words(&mut self, column: Column) -> Option<String> {
        self.in_words(column).map(|field| one_line(field.text).into_owned())
    }

    fn in_words(&mut self, column: Column) -> Option<Field<'a>> {
        let field = self.known(column.index(), Shown::Common(column))?;
        if is_dash_only(&field.text) {
            self.report.push(field.problem(Code::CellPlaceholder));
            return None;
        }
        if is_mark(&field.text) {
            self.report.push(field.problem(Code::CellMark).severity(Severity::Warning));
        }
        Some(field)
    }

    /// The cell of any known column, by its index.
    pub(super) fn known(&mut self, index: usize, shown: Shown<'a>) -> Option<Field<'a>> {
        let cell = self.headings.cell(&self.row, index)?;
        if cell.raw().is_empty() {
            return None;
        }
        let text = trimmed(cell.value());
        if text.is_empty() {
            return None;
        }
        let field = Field { shown, text, cell };
        if let Some(conflict) = Conflict::parse(&field.text) {
            self.report.push(two_values(&field, &conflict));
            return None;
        }
        if !has_hidden(&field.text) {
            return Some(field);
        }
        match field.text.chars().find(|&c| is_hidden(c)) {
            Some(hidden) => {
                let place = field.text.find(hidden).unwrap_or(0);
                let diagnostic = Diagnostic::new(Code::HiddenCharacter)
                    .at(&field.part(place..place + hidden.len_utf8()))
                    .arg("key", field.shown)
                    .arg("character", format!("U+{:04X}", u32::from(hidden)));
                self.report.push(diagnostic);
                None
            }
            None => Some(field),
        }
    }
}

/// What a merge left in a cell.
fn two_values(field: &Field<'_>, conflict: &Conflict) -> Diagnostic {
    let value = |text: &String| if text.is_empty() { "（空）".to_owned() } else { text.clone() };
    let removed = [&conflict.ours, &conflict.theirs].iter().any(|side| *side == ROW_REMOVED);
    field
        .problem(Code::MergeTwoValues)
        .arg("ours", value(&conflict.ours))
        .arg("theirs", value(&conflict.theirs))
        .arg("base", value(&conflict.base))
        .label(&field.span(), if removed { "removed" } else { "both" })
}

/// Line ends and tabs inside a cell of one line are spaces.
fn one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    const BREAKS: [char; 3] = ['\n', '\r', '\t'];
    if text.contains(BREAKS) { Cow::Owned(text.replace(BREAKS, " ")) } else { text }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// `○`, `×`, `△`, `有`, `無` and kin: marks whose meaning only their writer knows.
pub(super) fn is_mark(text: &str) -> bool {
    const MARKS: &str = "○◯〇●◎×✕✖✗△▲☆★レﾚ✓✔有無";
    let mut letters = text.chars();
    matches!((letters.next(), letters.next()), (Some(only), None) if MARKS.contains(only))
        || matches!(text, "あり" | "なし" | "Y" | "N")
}

/// `-`, `―`, `ー`, `−−`: nothing, said with a dash.
pub(super) fn is_dash_only(text: &str) -> bool {
    text.chars().all(|c| c == '…' || c == '・' || crate::japan::is_dash(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_dashes_are_not_words() {
        for mark in ["○", "〇", "×", "△", "レ", "ﾚ", "有", "無", "あり", "Y"] {
            assert!(is_mark(mark), "{mark}");
        }
        for word in ["可", "要相談", "○台", "英語"] {
            assert!(!is_mark(word), "{word}");
        }
        for dash in ["-", "ー", "－", "―", "−−"] {
            assert!(is_dash_only(dash), "{dash}");
        }
        assert!(!is_dash_only("ケーキ"));
    }
}
