//! Imported rows as the text of a list, new or already kept by somebody.
//!
//! In: rows, and the list as it is. Out: the text of the list, sorted by id where it is new. A list that people
//! keep is never overwritten: empty cells are filled, new rows are added at its end, and where the two differ the
//! list's own value stays and the difference is told. Untouched rows keep their bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Row;
use crate::diag::{Checked, Report};
use crate::facility::Column;
use crate::table::Table;
use crate::table::headings::{self, Headings, Known};

/// Columns that only some categories have, with their headings.
const EXTRA: [(&str, &str); 3] = [("departments", "診療科目"), ("beds", "病床数"), ("capacity", "定員")];

/// The language of a new list's headings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeadingLanguage {
    /// 名称, 住所, 電話番号.
    Japanese,
    /// name, address, phone.
    English,
}

/// A column of a list by its place among `known`.
fn known() -> Vec<Known> {
    let common = Column::ALL.iter().map(|column| Known::new(column.id(), column.names()));
    common.chain(EXTRA.iter().map(|(id, name)| Known::new(id, &[name]))).collect()
}

/// The value of a row in the column with this index.
fn value(row: &Row, index: usize) -> &str {
    match (Column::ALL.get(index), EXTRA.get(index.wrapping_sub(Column::ALL.len()))) {
        (Some(column), _) => row.get(*column),
        (None, Some((id, _))) => row.extra.get(id).map_or("", String::as_str),
        (None, None) => "",
    }
}

fn heading(index: usize, language: HeadingLanguage) -> &'static str {
    match (Column::ALL.get(index), EXTRA.get(index.wrapping_sub(Column::ALL.len())), language) {
        (Some(column), _, HeadingLanguage::Japanese) => column.heading(),
        (Some(column), _, HeadingLanguage::English) => column.id(),
        (None, Some((_, name)), HeadingLanguage::Japanese) => name,
        (None, Some((id, _)), HeadingLanguage::English) => id,
        (None, None, _) => "",
    }
}

/// The columns in which any row says something, in the order of lists.
fn used(rows: &[Row]) -> Vec<usize> {
    (0..known().len()).filter(|&index| rows.iter().any(|row| !value(row, index).is_empty())).collect()
}

/// A new list: UTF-8, LF, quotes only where they are needed, sorted by id.
#[must_use]
pub fn write(rows: &[Row], language: HeadingLanguage) -> String {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by(|a, b| a.id().cmp(b.id()));
    let columns: Vec<usize> =
        (0..known().len()).filter(|&index| index < 3 || rows.iter().any(|row| !value(row, index).is_empty())).collect();
    let mut out = line(columns.iter().map(|&index| heading(index, language)), "\n");
    for row in rows {
        out.push_str(&line(columns.iter().map(|&index| value(row, index)), "\n"));
    }
    out
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, end: &str) -> String {
    let mut out = String::new();
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(cell));
    }
    out.push_str(end);
    out
}

fn quoted(cell: &str) -> String {
    let needs = cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ');
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// A list with imported rows put into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The list's new text.
    pub text: String,
    /// Ids of new rows.
    pub added: Vec<String>,
    /// How many empty cells were filled.
    pub filled: usize,
    /// Cells in which the list says something else; the list's value was kept.
    pub different: Vec<Difference>,
    /// Ids of the same kind that the import no longer has.
    pub gone: Vec<String>,
}

/// A cell in which a list and an import differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The row.
    pub id: String,
    /// The column's heading.
    pub column: &'static str,
    /// What the list says.
    pub kept: String,
    /// What the import says.
    pub imported: String,
}

/// Puts imported rows into a list; none where the list has no headings that we know.
pub fn merge(list: &Table, rows: &[Row]) -> Checked<Option<Merged>> {
    let known = known();
    let mut report = Report::new();
    let Some(found) = headings::find(list, &known).into(&mut report) else { return Checked::new(None, report) };
    let Some(id_column) = found.column(Column::Id.index()) else { return Checked::new(None, report) };
    let appended: Vec<usize> = used(rows).into_iter().filter(|&index| found.column(index).is_none()).collect();
    let by_id: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.id(), row)).collect();
    let mut writer = Writer { list, found: &found, appended: &appended, merged: Merged::new() };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for row in list.rows() {
        let id = row.cell(id_column).map_or_else(String::new, |cell| cell.value().trim().to_owned());
        if row.index() == found.row {
            writer.heading(row);
        } else if row.index() < found.row || row.is_blank() {
            writer.merged.text.push_str(row.text());
        } else {
            writer.kept(row, by_id.get(id.as_str()).copied());
            seen.insert(id);
        }
    }
    let mut fresh: Vec<&Row> = rows.iter().filter(|row| !seen.contains(row.id())).collect();
    fresh.sort_by(|a, b| a.id().cmp(b.id()));
    for row in fresh {
        writer.added(row);
    }
    let mut merged = writer.merged;
    let kinds: BTreeSet<(&str, &str)> = rows.iter().map(|row| kind(row.id())).collect();
    merged.gone = seen.into_iter().filter(|id| !by_id.contains_key(id.as_str()) && kinds.contains(&kind(id))).collect();
    Checked::new(Some(merged), report)
}

/// What ids of one import have in common: `kaigo-…-760`, `tel-…`.
fn kind(id: &str) -> (&str, &str) {
    match id.split_once('-') {
        Some(("kaigo", rest)) => ("kaigo", rest.rsplit_once('-').map_or("", |(_, code)| code)),
        Some((first, _)) => (first, ""),
        None => (id, id),
    }
}

impl Merged {
    fn new() -> Self {
        Self { text: String::new(), added: Vec::new(), filled: 0, different: Vec::new(), gone: Vec::new() }
    }

    /// Whether the list would stay as it is.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.added.is_empty() && self.filled == 0
    }
}

struct Writer<'a> {
    list: &'a Table,
    found: &'a Headings,
    appended: &'a [usize],
    merged: Merged,
}

impl Writer<'_> {
    fn line_end(&self) -> &'static str {
        let first = self.list.row(self.found.row).map_or("", |row| row.text());
        if first.ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    /// Headings in the language that the list uses for its ids.
    fn heading(&mut self, row: crate::table::Row<'_>) {
        let japanese = self.found.list.iter().any(|heading| !heading.name.value.is_ascii());
        let language = if japanese { HeadingLanguage::Japanese } else { HeadingLanguage::English };
        let body = row.text().trim_end_matches(['\r', '\n']);
        self.merged.text.push_str(body);
        for &index in self.appended {
            let _ = write!(self.merged.text, ",{}", quoted(heading(index, language)));
        }
        let end = self.line_end();
        self.merged.text.push_str(end);
    }

    /// A row of the list, its empty cells filled from the imported one.
    fn kept(&mut self, row: crate::table::Row<'_>, imported: Option<&Row>) {
        let mut cells: Vec<String> = row.cells().map(|cell| cell.raw().to_owned()).collect();
        let before = self.merged.filled;
        for (index, column) in (0..known().len()).filter_map(|index| Some((index, self.found.column(index)?))) {
            let new = imported.map_or("", |imported| value(imported, index));
            let old = row.cell(column).map_or_else(String::new, |cell| cell.value().trim().to_owned());
            match cells.get_mut(column) {
                Some(cell) if old.is_empty() && !new.is_empty() => {
                    *cell = quoted(new);
                    self.merged.filled += 1;
                }
                Some(_) if !new.is_empty() && old != new => self.merged.different.push(Difference {
                    id: imported.map_or_else(String::new, |imported| imported.id().to_owned()),
                    column: heading(index, HeadingLanguage::Japanese),
                    kept: old,
                    imported: new.to_owned(),
                }),
                _ => {}
            }
        }
        if self.appended.is_empty() && self.merged.filled == before {
            self.merged.text.push_str(row.text());
            self.end_line();
            return;
        }
        self.merged.text.push_str(&cells.join(","));
        for &index in self.appended {
            let new = imported.map_or("", |imported| value(imported, index));
            self.merged.filled += usize::from(!new.is_empty());
            let _ = write!(self.merged.text, ",{}", quoted(new));
        }
        let end = self.line_end();
        self.merged.text.push_str(end);
    }

    /// A new row in the list's columns.
    fn added(&mut self, row: &Row) {
        self.end_line();
        let mut cells = vec![String::new(); self.found.width];
        for (index, column) in (0..known().len()).filter_map(|index| Some((index, self.found.column(index)?))) {
            if let Some(cell) = cells.get_mut(column) {
                *cell = value(row, index).to_owned();
            }
        }
        cells.extend(self.appended.iter().map(|&index| value(row, index).to_owned()));
        let end = self.line_end();
        self.merged.text.push_str(&line(cells.iter().map(String::as_str), end));
        self.merged.added.push(row.id().to_owned());
    }

    /// The last line of a list may lack its end.
    fn end_line(&mut self) {
        if !self.merged.text.is_empty() && !self.merged.text.ends_with('\n') {
            let end = self.line_end();
            self.merged.text.push_str(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{Encoding, SourcePath, Span, Text};

    fn row(values: &[(Column, &str)]) -> Row {
        let path = SourcePath::new("open.csv").expect("a path");
        let values = values.iter().map(|(column, value)| (*column, (*value).to_owned())).collect();
        Row { values, extra: BTreeMap::new(), origin: Span::file(&path) }
    }

    fn rows() -> Vec<Row> {
        vec![
            row(&[(Column::Id, "tel-2"), (Column::Name, "ふたつめ, 医院"), (Column::Phone, "087-000-0002")]),
            row(&[(Column::Id, "tel-1"), (Column::Name, "ひとつめ医院"), (Column::Phone, "087-000-0001")]),
        ]
    }

    #[test]
    fn a_new_list_is_sorted_and_quoted_where_needed() {
        assert_eq!(
            write(&rows(), HeadingLanguage::Japanese),
            "ID,種別,名称,電話番号\ntel-1,,ひとつめ医院,087-000-0001\ntel-2,,\"ふたつめ, 医院\",087-000-0002\n"
        );
        assert!(write(&[], HeadingLanguage::English).starts_with("id,category,name\n"));
    }

    #[test]
    fn a_kept_list_keeps_what_people_wrote() {
        let path = SourcePath::new("list.csv").expect("a path");
        let list = "id,name,memo\r\ntel-1,\"ひとつめ 医院\",手書き\r\ntel-9,むかしの医院,\r\nown-1,じぶん,x";
        let text = Text { text: Arc::from(list), encoding: Encoding::Utf8 };
        let table = Table::parse(&path, &text).value;
        let merged = merge(&table, &rows()).value.expect("headings");
        assert_eq!(
            merged.text,
            "id,name,memo,phone\r\ntel-1,\"ひとつめ 医院\",手書き,087-000-0001\r\ntel-9,むかしの医院,,\r\nown-1,じぶん,x,\r\n\
             tel-2,\"ふたつめ, 医院\",,087-000-0002\r\n"
        );
        assert_eq!((merged.added.as_slice(), merged.filled), (&["tel-2".to_owned()][..], 1));
        assert_eq!(merged.gone, ["tel-9"]);
        assert_eq!(merged.different.len(), 1);
        let text = Text { text: Arc::from(merged.text.as_str()), encoding: Encoding::Utf8 };
        let again = merge(&Table::parse(&path, &text).value, &rows()).value.expect("headings");
        assert!(again.changes_nothing() && again.text == merged.text, "{}", again.text);
    }
}
