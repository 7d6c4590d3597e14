//! Open data of ministries and municipalities turned into rows of our own lists.
//!
//! In: the decoded text of the files as published, and what the operator knows about them (`Options`). Out:
//! `Imported`: rows in the columns of `resources/facilities/*.csv`, and a report in which every row that was read
//! is counted once, as imported, skipped or refused, and every doubt names its cell. Nothing is repaired
//! silently, no file is read or written here.
//!
//! An id has to outlive next year's file. It comes, in this order, from the number that a public body gave
//! (事業所番号 with the service, 医療機関コード), from the digits of the telephone number, or from a hash of name and
//! address. A row's number in its file is never an id.

mod address;
mod contact;
mod draft;
pub mod events;
mod hours;
mod identity;
pub mod kaigo;
pub mod kouseikyoku;
pub mod list;
pub mod mapping;
pub mod matching;
mod name;
pub mod navii;
pub mod own;
mod place;
mod quoting;
pub mod report;
mod service;
pub mod snapshot;
pub mod standard;
pub mod values;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::{ParallelIterator as _, ParallelSlice as _};

use crate::area::Areas;
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::facility::Column;
use crate::japan::municipality_code::MunicipalityCode;
use crate::list::Schema;
use crate::source::{Encoding, SourcePath, Span, Text};
use crate::table::headings::{self, Heading, Headings, Known};
use crate::table::{Row as TableRow, Table};
use crate::tree::{has_hidden, is_hidden};
use crate::workbook;

use report::{FileTally, ImportReport, StillThere};
use values::Values;

/// One file as published.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name, as messages show it.
    pub path: SourcePath,
    /// What it says.
    pub text: Text,
    /// Of a sheet of a workbook: the number of the first row of its text.
    pub first_row: Option<u32>,
}

impl Input {
    /// A file of text.
    #[must_use]
    pub fn new(path: SourcePath, text: Text) -> Self {
        Self { path, text, first_row: None }
    }

    /// The sheets of a workbook that people see, each named by its file and its tab.
    #[must_use]
    pub fn sheets(path: &SourcePath, sheets: Vec<workbook::Sheet>) -> Vec<Self> {
        let input = |sheet: workbook::Sheet| {
            let tab = sheet.name.replace(['/', '\\', '\0'], "_");
            let path = SourcePath::new(&format!("{path}［{tab}］")).unwrap_or_else(|| path.clone());
            let text = Text { text: Arc::from(sheet.text), encoding: Encoding::Utf8 };
            Self { path, text, first_row: Some(sheet.first_row) }
        };
        sheets.into_iter().filter(|sheet| sheet.is_visible).map(input).collect()
    }
}

/// What the operator knows about the files, and wants of them.
#[derive(Clone, Default, Debug)]
pub struct Options<'a> {
    /// Only rows of these municipalities, their wards included; all rows where there are none.
    pub municipalities: Vec<MunicipalityCode>,
    /// Only rows of the municipalities of these names, where a row has no code.
    pub cities: Vec<String>,
    /// The category of all rows, for files that do not say it.
    pub category: Option<String>,
    /// Who publishes the files.
    pub source: Option<String>,
    /// The day to which the files refer.
    pub as_of: Option<Date>,
    /// Coordinates outside these areas are not taken.
    pub areas: Option<&'a Areas>,
}

impl Options<'_> {
    /// The prefecture of all municipalities, if they have one in common; empty otherwise.
    fn prefecture(&self) -> &'static str {
        let mut names = self.municipalities.iter().map(|code| code.prefecture_name());
        let first = names.next().unwrap_or("");
        if names.all(|name| name == first) { first } else { "" }
    }
}

/// A row in our columns. Empty values are not held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Values of the columns that every list has.
    pub values: Values,
    /// Values of columns that categories declare: beds, departments, capacity.
    pub extra: BTreeMap<String, String>,
    /// The row that it was made of.
    pub origin: Span,
}

impl Row {
    /// The value in a column; empty where there is none.
    #[must_use]
    pub fn get(&self, column: Column) -> &str {
        self.values.get(column)
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.get(Column::Id)
    }

    /// The value in any column of a list.
    fn at(&self, schema: &Schema, place: usize) -> &str {
        match (Schema::common(place), schema.known().get(place)) {
            (Some(column), _) => self.get(column),
            (None, Some(known)) => self.extra.get(&known.id).map_or("", String::as_str),
            (None, None) => "",
        }
    }
}

/// What came of the files.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The rows, sorted by id.
    pub rows: Vec<Row>,
    /// What was read, and what became of it.
    pub report: ImportReport,
}

/// What becomes of a row.
enum Verdict {
    /// It is ours.
    Import(Box<Row>),
    /// It is another municipality's, of another matter, or no row of data at all.
    Skip,
    /// It can't be used, for this reason.
    Refuse(Box<Diagnostic>),
    /// It is broken as a row (no reason where it is told already): what its cells say is not to be relied on.
    Broken(Option<Box<Diagnostic>>),
}

impl From<Diagnostic> for Verdict {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Refuse(Box::new(diagnostic))
    }
}

/// A row of a published file with its headings.
#[derive(Clone, Copy)]
struct Record<'t> {
    row: TableRow<'t>,
    headings: &'t Headings,
}

impl<'t> Record<'t> {
    /// The cell of a known column, trimmed of all white space.
    fn text(&self, field: usize) -> String {
        self.said(field).into_owned()
    }

    /// The same without a copy, where the cell can be taken as it stands.
    fn said(&self, field: usize) -> Cow<'t, str> {
        match self.headings.cell(&self.row, field).map(|cell| cell.value()) {
            Some(Cow::Borrowed(value)) => draft::tidy(value),
            Some(Cow::Owned(value)) => Cow::Owned(draft::tidy(&value).into_owned()),
            None => Cow::Borrowed(""),
        }
    }

    /// The first of several columns that holds anything.
    fn first_of(&self, fields: &[usize]) -> (usize, String) {
        let filled = fields.iter().map(|&field| (field, self.text(field))).find(|(_, text)| !text.is_empty());
        filled.unwrap_or((fields.first().copied().unwrap_or(0), String::new()))
    }

    /// Where the cell stands; the row where there is none.
    fn span(&self, field: usize) -> Span {
        self.headings.cell(&self.row, field).map_or_else(|| self.row.line_span(), |cell| cell.span())
    }
}

/// Judges a row of a published file; what somebody should look at goes into the report.
type Judge<'j> = dyn Fn(Record<'_>, &mut Report) -> Verdict + Sync + 'j;

/// The id that a refused row would have had, if it can be told.
type Identify<'j> = dyn Fn(Record<'_>) -> Option<String> + Sync + 'j;

/// Enough rows to be worth a thread's while.
const ROWS_AT_ONCE: usize = 2_048;

/// Reads all files, gives every row to `judge`, and counts what becomes of it; `identify` says which those are that
/// it refused. Rows are judged side by side and put together in their order.
fn gather(inputs: &[Input], known: &[Known], judge: &Judge<'_>, identify: &Identify<'_>) -> (Vec<Row>, ImportReport) {
    collect(inputs, known, &mut |rows, headings| {
        let parts = rows.par_chunks(ROWS_AT_ONCE);
        parts.map(|rows| judge_rows(rows, headings, &mut |record, doubts| judge(record, doubts), identify)).collect()
    })
}

/// The same for a `judge` that remembers what it has seen. Its rows are not a list's: none can be gone from one.
fn gather_in_turn(
    inputs: &[Input],
    known: &[Known],
    judge: &mut dyn FnMut(Record<'_>, &mut Report) -> Verdict,
) -> (Vec<Row>, ImportReport) {
    collect(inputs, known, &mut |rows, headings| vec![judge_rows(rows, headings, judge, &|_| None)])
}

/// What became of some rows.
#[derive(Default)]
struct Judged {
    rows: Vec<Row>,
    skipped: usize,
    refused: usize,
    doubtful: usize,
    findings: Report,
    still_there: StillThere,
}

fn collect(
    inputs: &[Input],
    known: &[Known],
    judge: &mut dyn FnMut(&[TableRow<'_>], &Headings) -> Vec<Judged>,
) -> (Vec<Row>, ImportReport) {
    let mut rows = Vec::new();
    let mut report = ImportReport::default();
    for input in inputs {
        let table = Table::parse(&input.path, &input.text).into(&mut report.findings);
        let mut tally = FileTally::new(&input.path, table.encoding());
        let checked = headings::find(&table, known);
        report.findings.append(unhurried(checked.report));
        let found = checked.value;
        let complete = found.as_ref().filter(|found| {
            known.iter().enumerate().all(|(field, column)| !column.required || found.column(field).is_some())
        });
        tally.unused = found_names(found.iter().flat_map(Headings::unknown));
        if let Some(headings) = complete {
            let data: Vec<TableRow<'_>> = headings.data(&table).collect();
            tally.read = data.len();
            let parts = judge(&data, headings);
            rows.reserve_exact(parts.iter().map(|part| part.rows.len()).sum());
            for part in parts {
                tally.imported += part.rows.len();
                tally.skipped += part.skipped;
                tally.refused += part.refused;
                tally.doubtful += part.doubtful;
                rows.extend(part.rows);
                report.findings.append(part.findings);
                report.still_there.append(part.still_there);
            }
        } else if table.rows().next().is_some() {
            report.still_there.add(None);
        }
        report.files.push(tally);
    }
    (rows, report)
}

fn judge_rows(
    rows: &[TableRow<'_>],
    headings: &Headings,
    judge: &mut dyn FnMut(Record<'_>, &mut Report) -> Verdict,
    identify: &Identify<'_>,
) -> Judged {
    let mut judged = Judged::default();
    for &row in rows {
        let mut findings = Report::new();
        let record = Record { row, headings };
        match judge_sound(record, judge, &mut findings) {
            Verdict::Import(row) => {
                judged.doubtful += usize::from(findings.count(Severity::Warning) > 0);
                judged.rows.push(*row);
            }
            Verdict::Skip => judged.skipped += 1,
            Verdict::Refuse(diagnostic) => {
                judged.refused += 1;
                // Of one that has closed the source says itself that it is gone.
                if diagnostic.code != Code::ImportClosed {
                    judged.still_there.add(identify(record));
                }
                findings = Report::new();
                findings.push(*diagnostic);
            }
            Verdict::Broken(diagnostic) => {
                judged.refused += 1;
                judged.still_there.add(None);
                findings = Report::new();
                diagnostic.into_iter().for_each(|diagnostic| findings.push(*diagnostic));
            }
        }
        judged.findings.append(findings);
    }
    judged
}

/// Titles above the headings are the publisher's way: worth knowing, nothing to mend.
fn unhurried(report: Report) -> Report {
    let mut calm = Report::new();
    for finding in report.iter() {
        let titles = finding.code == Code::TablePreamble;
        let severity = if titles { Severity::Note } else { finding.severity };
        calm.push(finding.clone().severity(severity));
    }
    calm
}

fn found_names<'a>(headings: impl Iterator<Item = &'a Heading>) -> Vec<String> {
    headings.map(|heading| heading.name.value.clone()).collect()
}

/// A row that is broken as a row is nobody's to judge.
fn judge_sound(
    record: Record<'_>,
    judge: &mut dyn FnMut(Record<'_>, &mut Report) -> Verdict,
    findings: &mut Report,
) -> Verdict {
    if record.row.is_flawed() {
        // The table has reported it.
        return Verdict::Broken(None);
    }
    if record.row.cell(0).is_some_and(|cell| is_remark(&cell.value())) {
        return Verdict::Skip;
    }
    match record.headings.ragged(&record.row) {
        Some(ragged) => Verdict::Broken(Some(Box::new(ragged))),
        None => {
            tell_hidden(record.row, findings);
            judge(record, findings)
        }
    }
}

/// Cells that hold invisible characters: they are read without them.
fn tell_hidden(row: TableRow<'_>, findings: &mut Report) {
    if !has_hidden(row.text().trim_end()) {
        return;
    }
    for cell in row.cells() {
        if let Some(hidden) = cell.raw().chars().find(|&c| is_hidden(c)) {
            let removed = Diagnostic::new(Code::HiddenCharacter).at(&cell.span()).severity(Severity::Warning);
            let removed = removed.arg("key", draft::tidy(&cell.value()));
            findings.push(removed.arg("character", format!("U+{:04X}", u32::from(hidden))));
        }
    }
}

/// `#object_type_xsd`, `#property_context`: portals describe their columns in rows below the headings.
fn is_remark(first: &str) -> bool {
    first.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Sorts by id, and refuses rows whose id another row has.
fn without_twins(mut rows: Vec<Row>, report: &mut ImportReport) -> Vec<Row> {
    let is_in_order = rows.windows(2).all(|pair| matches!(pair, [one, next] if one.id() < next.id()));
    if is_in_order {
        return rows;
    }
    rows.sort_by(|a, b| a.id().cmp(b.id()).then_with(|| a.origin.cmp(&b.origin)));
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        match kept.last().filter(|earlier| earlier.id() == row.id()) {
            Some(earlier) => {
                let twice = Diagnostic::new(Code::ImportRowTwice).at(&row.origin).arg("id", row.id());
                report.findings.push(twice.arg("name", row.get(Column::Name)).label(&earlier.origin, "first"));
                report.refuse_imported(&row.origin.path);
            }
            None => kept.push(row),
        }
    }
    kept
}
