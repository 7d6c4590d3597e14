//! What `sumika export` made, filled in by an association.
//!
//! In: the sheets of the workbook (or a CSV), each with our own headings. Out: the rows, each checked as the site
//! would check it: a row with an error is refused with every error at its cell. `base` is what the workbook said
//! when it was made, from its hidden sheet, so that only what the association changed counts as a change.

use std::collections::{BTreeMap, BTreeSet};

use super::snapshot::Snapshot;
use super::values::Values;
use super::{Imported, Input, Options, Record, Row, Verdict, gather, identity, without_twins};
use crate::area::Areas;
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::facility::{self, Column, Status};
use crate::japan::phone::Phone;
use crate::list::Schema;
use crate::source::SourcePath;
use crate::table::headings::{self, Headings};
use crate::table::{Table, formula};
use crate::vocabulary::Vocabulary;

/// What rows are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Checks<'a> {
    /// The columns.
    pub schema: &'a Schema,
    /// Categories and services.
    pub vocabulary: &'a Vocabulary,
    /// The areas.
    pub areas: &'a Areas,
}

/// The rows of all sheets that are lists.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>, checks: &Checks<'_>) -> Imported {
    let inputs = lists(inputs, checks.schema);
    let mut problems = Problems::default();
    inputs.iter().for_each(|input| problems.find(input, checks));
    let judge = &|record: Record<'_>, doubts: &mut Report| judge(record, &problems, checks.schema, doubts);
    let (mut rows, mut report) = gather(&inputs, checks.schema.known(), judge, &identify);
    if let Some(category) = &options.category {
        for row in &mut rows {
            if row.get(Column::Category).is_empty() {
                row.values.insert(Column::Category, category);
            }
        }
    }
    for more in problems.errors.values().flat_map(|errors| errors.iter().skip(1)) {
        report.findings.push(more.clone());
    }
    let rows = without_twins(rows, &mut report);
    Imported { rows, report }
}

/// The sheets with our headings: not the one that says how to fill them in. A text is always meant as a list.
fn lists(inputs: &[Input], schema: &Schema) -> Vec<Input> {
    let is_list = |input: &&Input| input.first_row.is_none() || headings_of(input, schema).is_some();
    inputs.iter().filter(is_list).cloned().collect()
}

fn headings_of(input: &Input, schema: &Schema) -> Option<Headings> {
    headings::find(&Table::parse(&input.path, &input.text).value, schema.known()).value
}

/// What the workbook said, without what was not asked this time: columns that the sheet does not have, days of
/// confirmation that were left empty, and rows on a sheet that has lost its headings: they can't be read, and are
/// not gone.
#[must_use]
pub fn base(inputs: &[Input], rows: &[Row], said: &Snapshot, schema: &Schema) -> Snapshot {
    let present = |input: &Input| -> BTreeSet<String> {
        let headings = headings_of(input, schema);
        let places = headings.iter().flat_map(|headings| headings.list.iter().filter_map(|heading| heading.known));
        places.filter_map(|place| Some(schema.known().get(place)?.id.clone())).collect()
    };
    let columns: BTreeMap<&SourcePath, BTreeSet<String>> =
        inputs.iter().map(|input| (&input.path, present(input))).collect();
    let unread: BTreeSet<String> = inputs
        .iter()
        .filter(|input| input.first_row.is_some() && headings_of(input, schema).is_none())
        .flat_map(|input| cells(input).collect::<Vec<_>>())
        .collect();
    let mut base = Snapshot::default();
    for (id, entry) in said.iter().filter(|(id, _)| !unread.contains(*id)) {
        base.insert(id, entry.clone());
    }
    for row in rows {
        let Some(mut entry) = base.get(row.id()).cloned() else { continue };
        let unconfirmed = row.get(Column::VerifiedOn).is_empty();
        entry.values.retain(|column, _| {
            let asked = columns.get(&row.origin.path).is_some_and(|columns| columns.contains(column));
            asked && !(unconfirmed && column == Column::VerifiedOn.id())
        });
        base.insert(row.id(), entry);
    }
    base
}

fn cells(input: &Input) -> impl Iterator<Item = String> {
    let table = Table::parse(&input.path, &input.text).value;
    let cells = table.rows().flat_map(|row| row.cells().map(|cell| cell.value().trim().to_owned()).collect::<Vec<_>>());
    cells.collect::<Vec<_>>().into_iter()
}

/// What the site would say of each row, by file and first byte.
#[derive(Default)]
struct Problems {
    errors: BTreeMap<(SourcePath, u32), Vec<Diagnostic>>,
    doubts: BTreeMap<(SourcePath, u32), Vec<Diagnostic>>,
}

impl Problems {
    fn find(&mut self, input: &Input, checks: &Checks<'_>) {
        let read = facility::read_table((&input.path, &input.text), checks.vocabulary, checks.areas);
        let table = Table::parse(&input.path, &input.text).value;
        for finding in read.report.iter().filter(|finding| !is_expected(finding)) {
            let Some(span) = &finding.primary else { continue };
            let (row, _) = table.locate(span.range().start);
            let Some(row) = table.row(row) else { continue };
            let key = (input.path.clone(), row.span().start);
            match finding.severity {
                Severity::Error => self.errors.entry(key).or_default().push(finding.clone()),
                _ => self.doubts.entry(key).or_default().push(finding.clone()),
            }
        }
    }
}

/// A column that only informs, and the id of a new row, are no mistakes here.
fn is_expected(finding: &Diagnostic) -> bool {
    let is_id = || finding.args.iter().any(|(name, value)| *name == "column" && *value == Column::Id.shown());
    // A form asks for some columns only: what it does not ask for is not missing.
    matches!(finding.code, Code::HeadingUnknown | Code::TablePreamble | Code::PlaceMissing)
        || (finding.code == Code::CellRequired && is_id())
}

/// Only its own id says which row of the list it is: what else it says may be what is wrong.
fn identify(record: Record<'_>) -> Option<String> {
    Some(record.text(Column::Id.index())).filter(|id| !id.is_empty())
}

fn judge(record: Record<'_>, problems: &Problems, schema: &Schema, doubts: &mut Report) -> Verdict {
    let span = record.row.span();
    let key = (span.path.clone(), span.start);
    if let Some(first) = problems.errors.get(&key).and_then(|errors| errors.first()) {
        return first.clone().into();
    }
    for doubt in problems.doubts.get(&key).into_iter().flatten() {
        doubts.push(doubt.clone());
    }
    let mut row = Row { values: Values::default(), extra: BTreeMap::new(), origin: record.row.line_span() };
    for (place, known) in schema.known().iter().enumerate() {
        let written =
            record.headings.cell(&record.row, place).map_or_else(String::new, |cell| cell.value().into_owned());
        let value = formula::restored(written.trim()).to_owned();
        if value.is_empty() {
            continue;
        }
        match Schema::common(place) {
            Some(Column::Status) => {
                let known = Status::named(&value).map(Status::id);
                row.values.insert(Column::Status, known.map_or(value, str::to_owned));
            }
            Some(column) => row.values.insert(column, value),
            None => drop(row.extra.insert(known.id.clone(), value)),
        }
    }
    if row.id().is_empty() {
        let digits = Phone::parse(row.get(Column::Phone)).map(|phone| phone.digits()).unwrap_or_default();
        let id = identity::of_phone(&digits)
            .unwrap_or_else(|| identity::of_name(row.get(Column::Name), row.get(Column::Address)));
        row.values.insert(Column::Id, id);
    }
    Verdict::Import(Box::new(row))
}
