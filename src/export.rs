//! Lists for the associations: a workbook to fill in, a CSV for the spreadsheet program, a yearly confirmation.
//!
//! In: the lists of a site as cells. Out: for each association the bytes of a file that holds only its rows. What
//! comes back is read by `sumika import list`: the workbook carries, on a hidden sheet, what it said when it was
//! made, so that a cell counts as changed only if the association changed it.
//!
//! Every cell is text: nothing in a workbook is a formula, and a CSV cell that a spreadsheet would take for one is
//! defused.

mod choices;
mod guide;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::facility::Column;
use crate::import::snapshot::{Entry, Snapshot};
use crate::list::{Schema, Sheet, canonical};
use crate::table::formula;
use crate::vocabulary::{Category, Vocabulary};

/// The hidden sheet with what the workbook said when it was made.
pub const BASE_SHEET: &str = "_sumika";

/// What is asked of an association.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The whole rows, to be kept up to date.
    Keep,
    /// The yearly confirmation: the main columns, and the day on which each row was confirmed.
    Confirm,
}

/// The lists of one site.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a> {
    /// All rows of all lists, each with its own headings, in canonical form.
    pub sheets: &'a [Sheet],
    /// The columns.
    pub schema: &'a Schema,
    /// Categories and services.
    pub vocabulary: &'a Vocabulary,
    /// Names of the areas, for the choice of an area.
    pub areas: &'a [String],
    /// Rows that had closed by this day are left out.
    pub today: Date,
}

/// One row by column place; empty values are not held.
type Record = BTreeMap<usize, String>;

impl Lists<'_> {
    /// The associations that answer for any row, in order; the empty name for rows without one.
    #[must_use]
    pub fn associations(&self) -> Vec<String> {
        let names: BTreeSet<String> =
            self.records().into_iter().map(|record| text(&record, Column::Source).to_owned()).collect();
        names.into_iter().collect()
    }

    /// Every row that has not closed.
    fn records(&self) -> Vec<Record> {
        let mut all = Vec::new();
        for sheet in self.sheets {
            let sheet = canonical::arrange(sheet.clone(), self.schema);
            let mut places: Vec<Option<usize>> =
                sheet.headings.iter().map(|heading| self.schema.find(heading)).collect();
            for at in (1..places.len()).rev() {
                if let (Some(place), (before, _)) = (places.get(at).copied().flatten(), places.split_at(at))
                    && before.contains(&Some(place))
                    && let Some(slot) = places.get_mut(at)
                {
                    *slot = None;
                }
            }
            for row in &sheet.rows {
                let cells = places.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                let record: Record = cells.filter_map(|(place, cell)| Some(((*place)?, cell.clone()))).collect();
                let closed = text(&record, Column::ClosedOn).parse::<Date>().is_ok_and(|day| day <= self.today);
                if !closed && !text(&record, Column::Id).is_empty() {
                    all.push(record);
                }
            }
        }
        all
    }

    fn of(&self, association: &str) -> Vec<Record> {
        self.records().into_iter().filter(|record| text(record, Column::Source) == association).collect()
    }

    /// The category of a row, by id.
    fn category<'a>(&'a self, record: &'a Record) -> &'a str {
        let written = text(record, Column::Category);
        self.schema.category(written).unwrap_or(written)
    }
}

fn text(record: &Record, column: Column) -> &str {
    record.get(&column.index()).map_or("", String::as_str)
}

/// One association's rows as CSV for a spreadsheet program: byte order mark, CRLF, formulas defused.
#[must_use]
pub fn csv(lists: &Lists<'_>, association: &str) -> Vec<u8> {
    let records = lists.of(association);
    let places: Vec<usize> = (0..lists.schema.known().len())
        .filter(|place| *place < 3 || records.iter().any(|record| record.contains_key(place)))
        .collect();
    let headings = places.iter().map(|&place| heading(lists.schema, place)).collect();
    let row = |record: &Record| -> Vec<String> {
        places.iter().map(|place| formula::defused(&shown(lists, record, *place)).into_owned()).collect()
    };
    let text = Sheet { headings, rows: records.iter().map(row).collect(), ..Sheet::default() }.to_csv();
    format!("\u{feff}{}", with_crlf(&text)).into_bytes()
}

/// Line ends between rows; those inside cells stay, as spreadsheet programs write them.
fn with_crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut is_quoted = false;
    for c in text.chars() {
        is_quoted ^= c == '"';
        if c == '\n' && !is_quoted {
            out.push('\r');
        }
        out.push(c);
    }
    out
}

/// One association's rows as a workbook to fill in.
///
/// # Errors
/// The writer's own, past the format's limits.
pub fn workbook(lists: &Lists<'_>, association: &str, purpose: Purpose) -> Result<Vec<u8>, XlsxError> {
    let records = lists.of(association);
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = if association.is_empty() { "施設の一覧" } else { association };
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    guide::write(workbook.add_worksheet(), title, purpose)?;
    let choices = choices::Choices::of(lists);
    let mut base = Snapshot::default();
    for category in categories(lists, &records) {
        let rows: Vec<&Record> =
            records.iter().filter(|record| lists.category(record) == category.id.as_str()).collect();
        let places = places(lists.schema, category, purpose, &rows);
        for record in &rows {
            let values = places.iter().filter_map(|place| {
                let value = record.get(place).filter(|_| *place > 0)?;
                Some((lists.schema.known().get(*place)?.id.clone(), value.clone()))
            });
            let id = text(record, Column::Id);
            base.insert(id, Entry { id: id.to_owned(), values: values.collect() });
        }
        let table = sheet::Form { lists, places: &places, rows: &rows, purpose, choices: &choices };
        table.write(workbook.add_worksheet(), category)?;
    }
    choices.write(workbook.add_worksheet())?;
    sheet::write_hidden(workbook.add_worksheet(), BASE_SHEET, &base)?;
    workbook.save_to_buffer()
}

/// The categories that the association has, in the order of the vocabulary.
fn categories<'a>(lists: &Lists<'a>, records: &[Record]) -> Vec<&'a Category> {
    let used: BTreeSet<String> = records.iter().map(|record| lists.category(record).to_owned()).collect();
    lists.vocabulary.categories.iter().filter(|category| used.contains(category.id.as_str())).collect()
}

/// The columns of one sheet. A confirmation asks for what changes; a value never disappears for want of a column.
fn places(schema: &Schema, category: &Category, purpose: Purpose, rows: &[&Record]) -> Vec<usize> {
    use Column::{
        Accepts, Address, Building, Category as Kind, ClosedOn, Fax, Hours, HoursNote, Id, Name, Note, Phone,
    };
    const CONFIRMED: [Column; 15] = [
        Id,
        Kind,
        Name,
        Address,
        Building,
        Phone,
        Fax,
        Hours,
        HoursNote,
        Column::Services,
        Column::Status,
        Accepts,
        Note,
        Column::VerifiedOn,
        ClosedOn,
    ];
    let declared = |place: usize| {
        let id = schema.known().get(place).map_or("", |known| known.id.as_str());
        category.columns.iter().any(|column| column.id.as_ref() == id)
    };
    let wanted = |place: usize| match (Schema::common(place), purpose) {
        (Some(column), Purpose::Confirm) => CONFIRMED.contains(&column),
        (Some(_), Purpose::Keep) => true,
        (None, Purpose::Confirm) => false,
        (None, Purpose::Keep) => declared(place) || rows.iter().any(|record| record.contains_key(&place)),
    };
    (0..schema.known().len()).filter(|&place| wanted(place)).collect()
}

fn heading(schema: &Schema, place: usize) -> String {
    let known = schema.known().get(place);
    known.and_then(|known| known.names.first().or(Some(&known.id))).cloned().unwrap_or_default()
}

/// A cell as the association reads it: words for identifiers.
fn shown(lists: &Lists<'_>, record: &Record, place: usize) -> String {
    let value = record.get(&place).map_or("", String::as_str);
    match Schema::common(place) {
        Some(Column::Category) => choices::category(lists, value),
        Some(Column::Status) => choices::status(value).to_owned(),
        Some(Column::Services) => value
            .split(';')
            .filter(|item| !item.is_empty())
            .map(|item| choices::service(lists, item))
            .collect::<Vec<_>>()
            .join(";"),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests;
