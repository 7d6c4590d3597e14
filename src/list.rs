//! A list of facilities as plain cells, and the one form in which lists are kept.
//!
//! In: a `Table`, or cells that another tool put together. Out: the canonical text of the list (`canonical`), with a
//! note for each thing that was put in order. Nothing is decided about facilities here, and what is not understood
//! stays as it was written.
//!
//! The form: UTF-8 without a byte order mark, lines ending in LF, quotes only where they are needed; the columns of
//! the contract in their order, then those that categories declare, then unknown ones as they came; rows in the
//! order of their ids, those without an id at the end. Headings keep their wording, Japanese or English.

pub mod canonical;
pub mod cell;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facility::{Column, known_columns};
use crate::japan::kana;
use crate::source::{Encoding, Text};
use crate::table::headings::{Headings, Known, key};
use crate::table::{Row, Table};
use crate::vocabulary::{Vocabulary, Words};

/// The columns that a list may have.
#[derive(Clone, Debug)]
pub struct Schema {
    known: Vec<Known>,
    index: BTreeMap<String, usize>,
    categories: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
}

impl Schema {
    /// The common columns and those that the site's categories declare.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let known = known_columns(vocabulary);
        let mut index = BTreeMap::new();
        for (position, column) in known.iter().enumerate() {
            for name in std::iter::once(&column.id).chain(&column.names) {
                index.entry(key(name)).or_insert(position);
            }
        }
        let categories = vocabulary.categories.iter().map(|category| (category.id.as_str(), &category.name));
        let services = vocabulary.services.iter().map(|service| (service.id.as_str(), &service.name));
        Self { known, index, categories: ids_by_name(categories), services: ids_by_name(services) }
    }

    /// The id of the category with this id or name.
    #[must_use]
    pub fn category(&self, written: &str) -> Option<&str> {
        self.categories.get(&kana::fold(written)).map(String::as_str)
    }

    /// The id of the service with this id or name.
    #[must_use]
    pub fn service(&self, written: &str) -> Option<&str> {
        self.services.get(&kana::fold(written)).map(String::as_str)
    }

    /// The ids of all categories by folded id and name.
    #[must_use]
    pub fn categories(&self) -> BTreeMap<String, String> {
        self.categories.clone()
    }

    /// The ids of all services by folded id and name.
    #[must_use]
    pub fn services(&self) -> BTreeMap<String, String> {
        self.services.clone()
    }

    /// All columns in the order in which they are written.
    #[must_use]
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// The place of a heading among the known columns.
    #[must_use]
    pub fn find(&self, heading: &str) -> Option<usize> {
        self.index.get(&key(heading)).copied()
    }

    /// The common column at this place.
    #[must_use]
    pub fn common(place: usize) -> Option<Column> {
        Column::ALL.get(place).copied()
    }
}

/// Ids by themselves and by their names, folded.
fn ids_by_name<'v>(things: impl Iterator<Item = (&'v str, &'v Words)> + Clone) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (id, name) in things.clone() {
        for name in [&name.ja, &name.en] {
            found.entry(kana::fold(name)).or_insert_with(|| id.to_owned());
        }
    }
    found.extend(things.map(|(id, _)| (kana::fold(id), id.to_owned())));
    found
}

/// A list as plain cells: what the cells say, without quotes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sheet {
    /// Title rows above the headings, as they came.
    pub titles: Vec<Vec<String>>,
    /// The headings as written.
    pub headings: Vec<String>,
    /// The rows; a row may be shorter than the headings.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The cells of a table below its headings; blank rows are left out.
    #[must_use]
    pub fn of(table: &Table, headings: &Headings) -> Self {
        let values = |row: Row<'_>| -> Vec<String> {
            (0..headings.width)
                .map(|column| row.cell(column).map_or_else(String::new, |cell| cell.value().into()))
                .collect()
        };
        let titles = table.rows().take(headings.row).filter(|row| !row.is_blank());
        Self {
            titles: titles.map(|row| row.cells().map(|cell| cell.value().into_owned()).collect()).collect(),
            headings: table
                .row(headings.row)
                .map_or_else(Vec::new, |row| values(row).iter().map(|heading| heading.trim().to_owned()).collect()),
            rows: headings.data(table).map(values).collect(),
        }
    }

    /// The column with the id of the facility.
    #[must_use]
    pub fn column(&self, schema: &Schema, wanted: Column) -> Option<usize> {
        self.headings.iter().position(|heading| schema.find(heading) == Some(wanted.index()))
    }

    /// The cell at a row and a column; empty where the row ends before it.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// The text of the list as it stands: commas, LF, quotes where they are needed. The order is the sheet's own.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        // Titles are as wide as the list, so that commas remain its separator.
        for row in self.titles.iter().chain([&self.headings]).chain(&self.rows) {
            let width = self.headings.len().max(row.len());
            push_row(&mut out, (0..width).map(|column| row.get(column).map_or("", String::as_str)));
        }
        out
    }
}

/// A text as the canonical form keeps it.
#[must_use]
pub fn text(csv: &str) -> Text {
    Text { text: Arc::from(csv), encoding: Encoding::Utf8 }
}

/// Appends one row.
pub(crate) fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push('\n');
}

/// Appends a cell, quoted where a reader would else take it apart or trim it.
fn push_cell(out: &mut String, cell: &str) {
    // All bytes are looked at, wherever the first mark is: the compiler takes them side by side.
    let is_mark = |byte: u8| (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
    let is_plain = !cell.bytes().fold(false, |found, byte| found | is_mark(byte))
        && !cell.starts_with(char::is_whitespace)
        && !cell.ends_with(char::is_whitespace);
    if is_plain {
        out.push_str(cell);
        return;
    }
    out.push('"');
    for (index, part) in cell.split('"').enumerate() {
        if index > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
