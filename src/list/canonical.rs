//! A list in canonical form, with a note on everything that was put in order.
//!
//! In: a table as read. Out: the text to write, or nothing where the table can't be put in order without guessing
//! (a quote that never ends, cells out of step with the headings, values below no heading), with the reason. The
//! form of the form is itself: a second turn changes nothing. Who reads the list before and after reads the same
//! facilities.

use std::collections::BTreeMap;

use super::{Schema, Sheet, cell};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::facility::Column;
use crate::source::{Encoding, Span};
use crate::table::Table;
use crate::table::headings::{self, Headings};

/// The canonical text of a list. The report holds a note for each change, or the reason why there is no text.
pub fn canonical(table: &Table, schema: &Schema) -> Checked<Option<String>> {
    let mut report = Report::new();
    let Some(headings) = headings(table, schema, &mut report) else { return Checked::new(None, report) };
    let sheet = Sheet::of(table, &headings);
    let order = Order::of(&sheet, schema);
    explain_cells(table, &headings, schema, &mut report);
    order.explain(table, &headings, &mut report);
    let text = order.apply(tidied(sheet, schema)).to_csv();
    explain_form(table, &text, &mut report);
    Checked::new(Some(text), report)
}

/// The same for cells that another tool put together: tidied, columns and rows in their order.
#[must_use]
pub fn arrange(sheet: Sheet, schema: &Schema) -> Sheet {
    let order = Order::of(&sheet, schema);
    order.apply(tidied(sheet, schema))
}

/// The headings of a table that can be put in order.
fn headings(table: &Table, schema: &Schema, report: &mut Report) -> Option<Headings> {
    let found = headings::find(table, schema.known());
    let complete =
        |headings: &Headings| Column::REQUIRED.iter().all(|column| headings.column(column.index()).is_some());
    let Some(headings) = found.value.filter(complete) else {
        report.append(found.report);
        return None;
    };
    let named: Vec<usize> = headings.list.iter().map(|heading| heading.column).collect();
    let nameless: Vec<usize> = (0..headings.width).filter(|column| !named.contains(column)).collect();
    let before = report.iter().count();
    for row in headings.data(table) {
        let lost = nameless.iter().find_map(|&column| row.cell(column).filter(|cell| !cell.is_blank()));
        if row.is_flawed() {
            left_alone(&row.line_span(), "flawed", report);
        } else if headings.ragged(&row).is_some() {
            left_alone(&row.line_span(), "ragged", report);
        } else if let Some(cell) = lost {
            left_alone(&cell.span(), "nameless", report);
        }
    }
    (report.iter().count() == before).then_some(headings)
}

fn left_alone(place: &Span, why: &'static str, report: &mut Report) {
    report.push(Diagnostic::new(Code::ListLeftAlone).at(place).label(place, why));
}

/// Every cell of a common column in its standard form; cells of declared columns without blanks around.
fn tidied(mut sheet: Sheet, schema: &Schema) -> Sheet {
    let places: Vec<Option<usize>> = first_of_their_kind(&sheet, schema);
    for row in &mut sheet.rows {
        for (cell, place) in row.iter_mut().zip(&places) {
            if let Some(form) = place.and_then(|place| standard(place, cell)) {
                *cell = form;
            }
        }
    }
    sheet
}

/// The standard form of a cell in a known column, where it differs.
fn standard(place: usize, text: &str) -> Option<String> {
    match Schema::common(place) {
        Some(column) => cell::repaired(column, text).map(|(form, _)| form),
        None => Some(text.trim()).filter(|trimmed| *trimmed != text).map(str::to_owned),
    }
}

/// Which known column each column is; a heading that comes again is none.
fn first_of_their_kind(sheet: &Sheet, schema: &Schema) -> Vec<Option<usize>> {
    let mut seen: Vec<usize> = Vec::new();
    let place = |heading: &String| {
        let place = schema.find(heading).filter(|place| !seen.contains(place))?;
        seen.push(place);
        Some(place)
    };
    sheet.headings.iter().map(place).collect()
}

/// Where columns and rows go.
struct Order {
    /// For each column of the form, the column that it was.
    columns: Vec<usize>,
    /// For each row of the form, the row that it was.
    rows: Vec<usize>,
}

impl Order {
    fn of(sheet: &Sheet, schema: &Schema) -> Self {
        let places = first_of_their_kind(sheet, schema);
        let mut columns: Vec<usize> = (0..sheet.headings.len())
            .filter(|&column| sheet.headings.get(column).is_some_and(|name| !name.is_empty()))
            .collect();
        columns.sort_by_key(|&column| (places.get(column).copied().flatten().unwrap_or(usize::MAX), column));
        let id = sheet.column(schema, Column::Id);
        let key = |row: usize| {
            let id = id.map_or("", |column| sheet.cell(row, column).trim());
            (id.is_empty(), id)
        };
        let mut rows: Vec<usize> = (0..sheet.rows.len()).collect();
        rows.sort_by(|&a, &b| key(a).cmp(&key(b)));
        Self { columns, rows }
    }

    fn apply(&self, mut sheet: Sheet) -> Sheet {
        let headings: Vec<String> =
            self.columns.iter().filter_map(|&column| sheet.headings.get(column).cloned()).collect();
        let pick = |&row: &usize| {
            let mut cells = sheet.rows.get_mut(row).map(std::mem::take).unwrap_or_default();
            let take = |&column: &usize| cells.get_mut(column).map(std::mem::take).unwrap_or_default();
            self.columns.iter().map(take).collect()
        };
        let rows: Vec<Vec<String>> = self.rows.iter().map(pick).collect();
        Sheet { titles: sheet.titles, headings, rows }
    }

    /// A note on columns and on rows that come elsewhere.
    fn explain(&self, table: &Table, headings: &Headings, report: &mut Report) {
        let moved = |order: &[usize]| order.windows(2).filter(|pair| matches!(pair, [a, b] if a > b)).count();
        if moved(&self.columns) > 0
            && let Some(row) = table.row(headings.row)
        {
            let names: Vec<String> =
                self.columns.iter().filter_map(|&column| Some(row.cell(column)?.value().trim().to_owned())).collect();
            let sorted = Diagnostic::new(Code::ListColumnsSorted).at(&row.line_span());
            report.push(sorted.arg("columns", names.join(", ")));
        }
        let first = self.rows.windows(2).find_map(|pair| match pair {
            [a, b] if a > b => Some(*b),
            _ => None,
        });
        if let Some(row) = first.and_then(|first| headings.data(table).nth(first)) {
            let sorted = Diagnostic::new(Code::ListRowsSorted).at(&row.line_span());
            report.push(sorted.arg("rows", self.rows.len()));
        }
    }
}

/// A note on each cell that is said in another way.
fn explain_cells(table: &Table, headings: &Headings, schema: &Schema, report: &mut Report) {
    let known = headings.list.iter().filter_map(|heading| Some((heading.column, heading.known?)));
    let known: BTreeMap<usize, usize> = known.collect();
    for row in headings.data(table) {
        for (&column, &place) in &known {
            let Some(cell) = row.cell(column).filter(|cell| !cell.raw().is_empty()) else { continue };
            let value = cell.value();
            let Some((form, repair)) = standard_with_reason(place, &value) else { continue };
            let shown = schema.known().get(place).map_or_else(String::new, headings::Known::shown);
            let note = Diagnostic::new(Code::ListCellTidied).at(&cell.span()).label(&cell.span(), repair);
            report.push(note.arg("column", shown).arg("value", value).arg("result", form));
        }
    }
}

fn standard_with_reason(place: usize, text: &str) -> Option<(String, &'static str)> {
    match Schema::common(place) {
        Some(column) => cell::repaired(column, text).map(|(form, repair)| (form, repair.key())),
        None => standard(place, text).map(|form| (form, cell::Repair::Spaces.key())),
    }
}

/// A note on bytes: encoding, separators, line ends, quotes, blank lines.
fn explain_form(table: &Table, text: &str, report: &mut Report) {
    let place = table.row(0).map_or_else(|| Span::file(table.path()), |row| row.line_span());
    let written = table.text();
    let encoding = match table.encoding() {
        Encoding::Utf8 => None,
        Encoding::Utf8Bom => Some("bom"),
        Encoding::Cp932 => Some("cp932"),
    };
    let line_ends = table.rows().any(|row| row.text().ends_with('\r') || row.text().ends_with("\r\n"));
    let whole = written.is_empty() || written.ends_with(['\n', '\r']);
    let blank = table.rows().any(|row| row.is_blank());
    let found = [
        encoding,
        (table.separator() != ',').then_some("separator"),
        line_ends.then_some("line_ends"),
        (!whole).then_some("last_line"),
        blank.then_some("blank_rows"),
    ];
    let mut found: Vec<&'static str> = found.into_iter().flatten().collect();
    if found.is_empty() && report.is_empty() && text != written {
        found.push("quotes");
    }
    if !found.is_empty() {
        let note = Diagnostic::new(Code::ListFormTidied).at(&place);
        report.push(found.into_iter().fold(note, |note, what| note.label(&place, what)));
    }
}
