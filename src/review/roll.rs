//! All rows of all lists of one side, with their columns by meaning.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Lists;
use crate::facility::{Column, known_columns};
use crate::source::{SourcePath, Span};
use crate::table::headings::{self, Known, key};
use crate::table::{Cell, Row, Table};
use crate::vocabulary::Vocabulary;

/// What a column means.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Field {
    Common(Column),
    /// Latitude and longitude in one cell.
    Location,
    /// The heading in the form in which headings are compared.
    Other(Arc<str>),
}

/// Headings of published lists that mean what ours mean.
const ALSO: [(Column, &[&str]); 4] = [
    (Column::Id, &["#property", "identifier"]),
    (Column::Phone, &["telephoneNumber", "telephone number"]),
    (Column::Fax, &["faxNumber"]),
    (Column::NameKana, &["fullNameInKana"]),
];
const LOCATION: &str = "location";

/// The columns that a review knows, our own first.
pub(super) fn known(vocabulary: &Vocabulary) -> Vec<Known> {
    let mut known = known_columns(vocabulary);
    for (column, names) in ALSO {
        if let Some(known) = known.get_mut(column.index()) {
            known.names.extend(names.iter().map(|&name| name.to_owned()));
        }
    }
    for known in &mut known {
        known.required = false;
    }
    known.push(Known::new(LOCATION, &[]));
    known
}

pub(super) fn tables(lists: &Lists) -> Vec<Table> {
    lists.iter().map(|(path, text)| Table::parse(path, text).value).collect()
}

/// One list.
pub(super) struct List<'t> {
    pub(super) path: &'t SourcePath,
    /// Column by meaning.
    pub(super) columns: BTreeMap<Field, usize>,
    /// Headings as written.
    pub(super) headings: BTreeMap<Field, String>,
}

/// A row, and its list.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) list: usize,
    pub(super) row: Row<'t>,
    pub(super) line: usize,
}

/// Every row of one side.
pub(super) struct Roll<'t> {
    pub(super) lists: Vec<List<'t>>,
    pub(super) entries: Vec<Entry<'t>>,
    pub(super) unreadable: Vec<String>,
}

impl<'t> Roll<'t> {
    pub(super) fn of(tables: &'t [Table], known: &[Known]) -> Self {
        let mut roll = Self { lists: Vec::new(), entries: Vec::new(), unreadable: Vec::new() };
        for table in tables.iter().filter(|table| !table.is_empty()) {
            roll.add(table, known);
        }
        roll
    }

    fn add(&mut self, table: &'t Table, known: &[Known]) {
        let Some(found) = headings::find(table, known).value else {
            self.unreadable.push(table.path().to_string());
            return;
        };
        let mut list = List { path: table.path(), columns: BTreeMap::new(), headings: BTreeMap::new() };
        for heading in &found.list {
            let field = match heading.known {
                Some(place) if place + 1 == known.len() => Field::Location,
                Some(place) => match (Column::ALL.get(place), known.get(place)) {
                    (Some(column), _) => Field::Common(*column),
                    (None, Some(declared)) => Field::Other(Arc::from(key(&declared.id))),
                    (None, None) => continue,
                },
                None => Field::Other(Arc::from(key(&heading.name.value))),
            };
            list.columns.entry(field.clone()).or_insert(heading.column);
            list.headings.entry(field).or_insert_with(|| heading.name.value.clone());
        }
        let place = self.lists.len();
        self.lists.push(list);
        let mut line = 1;
        for row in table.rows() {
            if row.index() > found.row && !row.is_blank() {
                self.entries.push(Entry { list: place, row, line });
            }
            line += line_ends(row.text());
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn list(&self, entry: Entry<'_>) -> Option<&List<'t>> {
        self.lists.get(entry.list)
    }

    pub(super) fn cell(&self, index: usize, field: &Field) -> Option<Cell<'t>> {
        let entry = self.entries.get(index)?;
        let column = *self.list(*entry)?.columns.get(field)?;
        entry.row.cell(column)
    }

    /// What a row says in a column, trimmed.
    pub(super) fn text(&self, index: usize, column: Column) -> String {
        let cell = self.cell(index, &Field::Common(column));
        cell.map_or_else(String::new, |cell| cell.value().trim().to_owned())
    }

    /// Where a row's id stands, or the row.
    pub(super) fn span(&self, index: usize) -> Option<Span> {
        let id = self.cell(index, &Field::Common(Column::Id)).map(|cell| cell.span());
        id.or_else(|| self.entries.get(index).map(|entry| entry.row.line_span()))
    }
}

fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    bytes.iter().enumerate().filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && lone(at))).count()
}
