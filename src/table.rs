//! A CSV file kept without loss: every byte of the text belongs to exactly one row, every cell knows its place.
//!
//! In: the decoded text of one file. Out: a `Table` of rows and cells, and `Headings` that say which column
//! means what. No cell is trimmed or converted here: typed readers put the normalised value beside
//! the raw one, and whoever writes a table back can keep what it did not touch. Only a file without any comma is
//! guessed at: what else separates its cells is told, and read so that its rows can be looked at.
//!
//! *Why not the csv crate?* It hands out unquoted fields without their places in the input, and messages
//! point at cells. The tests compare the two on everything that both read.

pub mod conflict;
pub mod formula;
pub mod headings;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Checked, Code, Diagnostic, Report, Severity};
use crate::limits;
use crate::source::{Encoding, SourcePath, Span, Text};

use tokens::{CellRange, Flaw, RowRange, Tokens};

/// How large a table may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Rows, the heading included.
    pub rows: usize,
    /// Columns of one row.
    pub columns: usize,
    /// Bytes of one cell as written.
    pub cell_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: limits::TABLE_ROWS, columns: limits::TABLE_COLUMNS, cell_bytes: limits::CELL_BYTES }
    }
}

/// The rows and cells of one file. The spans of all rows, put together, are the whole text.
#[derive(Clone, Debug)]
pub struct Table {
    path: SourcePath,
    encoding: Encoding,
    text: Arc<str>,
    separator: char,
    rows: Vec<RowRange>,
    cells: Vec<CellRange>,
    flawed: Vec<usize>,
}

impl Table {
    /// The table in `text`, with a message for each quote, size and separator that is not as it should be.
    pub fn parse(path: &SourcePath, text: &Text) -> Checked<Self> {
        Self::parse_within(path, text, &Limits::default())
    }

    /// The same with limits of the caller's.
    pub fn parse_within(path: &SourcePath, text: &Text, limits: &Limits) -> Checked<Self> {
        let separator = tokens::separator(&text.text);
        let Tokens { rows, cells, flaws } = tokens::split(&text.text, separator.byte());
        let table = Self {
            path: path.clone(),
            encoding: text.encoding,
            text: Arc::clone(&text.text),
            separator: char::from(separator.byte()),
            rows,
            cells,
            flawed: Vec::new(),
        };
        let mut report = Report::new();
        if let Some(name) = separator.foreign_name() {
            let first_row = table.row(0).map_or_else(|| Span::file(path), |row| row.line_span());
            report.push(Diagnostic::new(Code::TableSeparator).at(&first_row).arg("separator", name));
        }
        let mut flawed = table.report_flaws(&flaws, &mut report);
        flawed.extend(table.report_sizes(limits, &mut report));
        flawed.sort_unstable();
        flawed.dedup();
        Checked::new(Self { flawed, ..table }, report)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &SourcePath {
        &self.path
    }

    /// How the file was encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The decoded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands between cells: a comma, unless the file was reported.
    #[must_use]
    pub fn separator(&self) -> char {
        self.separator
    }

    /// How many rows there are, headings and blank lines included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True for an empty file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at `index`, counted from 0.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        self.rows.get(index).map(|_| Row { table: self, index })
    }

    /// All rows from the top.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }

    /// The row and the cell in it, from 0, that hold this byte.
    #[must_use]
    pub fn locate(&self, byte: usize) -> (usize, usize) {
        let after = |range: u32| (range as usize) <= byte;
        let row = self.rows.partition_point(|row| after(row.start)).saturating_sub(1);
        let cells = self.row(row).map_or(&[] as &[CellRange], |row| row.ranges());
        (row, cells.partition_point(|cell| after(cell.start)).saturating_sub(1))
    }

    fn slice(&self, range: Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn span(&self, range: Range<u32>) -> Span {
        Span::new(&self.path, range.start as usize..range.end as usize)
    }

    /// A message for every misplaced quote; the rows that hold one.
    fn report_flaws(&self, flaws: &[Flaw], report: &mut Report) -> Vec<usize> {
        for flaw in flaws {
            let (code, severity, at) = match *flaw {
                Flaw::Unterminated { at, .. } => (Code::TableQuoteOpen, Severity::Error, at),
                Flaw::TextAfterQuote { at, .. } => (Code::TableQuoteStray, Severity::Error, at),
                Flaw::QuoteInsideText { at, .. } => (Code::TableQuoteStray, Severity::Warning, at),
            };
            report.push(Diagnostic::new(code).at(&self.span(at..at + 1)).severity(severity));
        }
        flaws
            .iter()
            .filter_map(|flaw| match *flaw {
                Flaw::Unterminated { row, .. } | Flaw::TextAfterQuote { row, .. } => Some(row),
                Flaw::QuoteInsideText { .. } => None,
            })
            .collect()
    }

    /// A message for everything that is beyond a limit; the rows that are.
    fn report_sizes(&self, limits: &Limits, report: &mut Report) -> Vec<usize> {
        let mut flawed = Vec::new();
        if let Some(row) = self.row(limits.rows) {
            report.push(
                Diagnostic::new(Code::TableTooLong)
                    .at(&row.line_span())
                    .arg("rows", self.rows.len())
                    .arg("limit", limits.rows),
            );
            flawed.extend(limits.rows..self.rows.len());
        }
        for row in self.rows().take(limits.rows) {
            let cells = row.ranges();
            if cells.len() > limits.columns {
                report.push(
                    Diagnostic::new(Code::TableTooWide)
                        .at(&row.line_span())
                        .arg("columns", cells.len())
                        .arg("limit", limits.columns),
                );
                flawed.push(row.index);
            }
            for cell in cells.iter().filter(|cell| (cell.end - cell.start) as usize > limits.cell_bytes) {
                report.push(
                    Diagnostic::new(Code::CellTooLarge)
                        .at(&self.span(cell.start..cell.end))
                        .arg("bytes", cell.end - cell.start)
                        .arg("limit", limits.cell_bytes),
                );
                flawed.push(row.index);
            }
        }
        flawed
    }
}

/// One line of the file (or several, where a quoted cell holds line ends).
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl<'t> Row<'t> {
    /// Its place among all rows, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &'t SourcePath {
        &self.table.path
    }

    /// The whole line with its line end: what to cut to remove the row.
    #[must_use]
    pub fn span(&self) -> Span {
        let range = self.range();
        self.table.span(range.start..range.end)
    }

    /// The line without its line end: what to point at.
    #[must_use]
    pub fn line_span(&self) -> Span {
        let range = self.range();
        let end = self.ranges().last().map_or(range.end, |cell| cell.end);
        self.table.span(range.start..end)
    }

    /// The line as written, with its line end.
    #[must_use]
    pub fn text(&self) -> &'t str {
        let range = self.range();
        self.table.slice(range.start..range.end)
    }

    /// The cell in a column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<Cell<'t>> {
        self.ranges().get(column).map(|&range| Cell { table: self.table, range })
    }

    /// All cells from the left.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell<'t>> + use<'t> {
        let table = self.table;
        self.ranges().iter().map(move |&range| Cell { table, range })
    }

    /// True when no cell holds anything but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.is_blank())
    }

    /// True when the row was reported: an open quote, text after a quote, a size beyond the limits.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        self.table.flawed.binary_search(&self.index).is_ok()
    }

    fn range(&self) -> RowRange {
        self.table.rows.get(self.index).copied().unwrap_or_default()
    }

    fn ranges(&self) -> &'t [CellRange] {
        let first = self.range().first_cell as usize;
        let next = self.table.rows.get(self.index + 1).map_or(self.table.cells.len(), |row| row.first_cell as usize);
        self.table.cells.get(first..next).unwrap_or_default()
    }
}

/// One cell as written, quotes included.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    table: &'t Table,
    range: CellRange,
}

impl<'t> Cell<'t> {
    /// As written, with its quotes.
    #[must_use]
    pub fn raw(&self) -> &'t str {
        self.table.slice(self.range.start..self.range.end)
    }

    /// What it says: without quotes, not trimmed.
    #[must_use]
    pub fn value(&self) -> Cow<'t, str> {
        unquote(self.raw())
    }

    /// Where it stands, quotes included, separators not.
    #[must_use]
    pub fn span(&self) -> Span {
        self.table.span(self.range.start..self.range.end)
    }

    /// True when it holds nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let raw = self.raw();
        raw.is_empty() || self.value().trim().is_empty()
    }
}

/// The content of a cell as written; text after a closing quote is kept.
fn unquote(raw: &str) -> Cow<'_, str> {
    let Some(body) = raw.strip_prefix('"') else { return Cow::Borrowed(raw) };
    if let Some(inner) = body.strip_suffix('"')
        && !inner.contains('"')
    {
        return Cow::Borrowed(inner);
    }
    let mut value = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('"') {
        value.push_str(before);
        match after.strip_prefix('"') {
            Some(after_pair) => {
                value.push('"');
                rest = after_pair;
            }
            None => {
                value.push_str(after);
                return Cow::Owned(value);
            }
        }
    }
    value.push_str(rest);
    Cow::Owned(value)
}

#[cfg(test)]
mod tests;
