//! What the last import brought, kept beside the list, so that the next one knows which cells people edited since.
//!
//! In and out: a CSV `resources/imports/LIST.KIND.csv` that is committed with the list. One row for each imported
//! row: `key` (the id that the import made), `id` (the row of the list), then the values. It is never published.

use std::collections::BTreeMap;

use crate::list::Sheet;
use crate::source::{SourcePath, Text};
use crate::table::Table;

/// One imported row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// The id of its row in the list.
    pub id: String,
    /// What it brought, by column id.
    pub values: BTreeMap<String, String>,
}

/// The last import.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snapshot {
    entries: BTreeMap<String, Entry>,
}

impl Snapshot {
    /// The snapshot in a file; rows that are no entries are passed over.
    #[must_use]
    pub fn read(path: &SourcePath, text: &Text) -> Self {
        let table = Table::parse(path, text).value;
        let mut rows = table.rows().filter(|row| !row.is_blank() && !row.is_flawed());
        let headings: Vec<String> =
            rows.next().map_or_else(Vec::new, |row| row.cells().map(|cell| cell.value().into_owned()).collect());
        let place = |name: &str| headings.iter().position(|heading| heading == name);
        let (Some(key), Some(id)) = (place("key"), place("id")) else { return Self::default() };
        let entry = |row: crate::table::Row<'_>| {
            let cell = |at: usize| row.cell(at).map_or_else(String::new, |cell| cell.value().into_owned());
            let values = headings.iter().enumerate().filter(|(at, _)| *at != key && *at != id);
            let values = values.map(|(at, name)| (name.clone(), cell(at))).filter(|(_, value)| !value.is_empty());
            (cell(key), Entry { id: cell(id), values: values.collect() })
        };
        Self { entries: rows.map(entry).filter(|(key, _)| !key.is_empty()).collect() }
    }

    /// The text of the file.
    #[must_use]
    pub fn write(&self) -> String {
        self.sheet().to_csv()
    }

    /// The same as cells.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut columns: Vec<&str> =
            self.entries.values().flat_map(|entry| entry.values.keys().map(String::as_str)).collect();
        columns.sort_unstable();
        columns.dedup();
        let headings = ["key", "id"].into_iter().chain(columns.iter().copied()).map(str::to_owned).collect();
        let row = |(key, entry): (&String, &Entry)| -> Vec<String> {
            let values = columns.iter().map(|&column| entry.values.get(column).cloned().unwrap_or_default());
            [key.clone(), entry.id.clone()].into_iter().chain(values).collect()
        };
        Sheet { headings, rows: self.entries.iter().map(row).collect(), ..Sheet::default() }
    }

    /// The entry of an imported id.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// All entries by imported id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    /// Remembers an imported row.
    pub fn insert(&mut self, key: &str, entry: Entry) {
        self.entries.insert(key.to_owned(), entry);
    }
}
