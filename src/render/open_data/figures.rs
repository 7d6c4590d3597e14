//! Figures as CSV for spreadsheets: one row a number, hidden ones said to be hidden.

use std::borrow::Cow;

use super::csv::write_row;

/// One number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FigureRecord {
    /// Identifier of the indicator, survey or list.
    pub figure: String,
    /// Its name.
    pub name: String,
    /// `structure`, `process`, `outcome`, `survey`.
    pub kind: String,
    /// The question, of a survey.
    pub question: String,
    /// The answer of a survey, the category or service of a list.
    pub item: String,
    /// The fiscal year, or the day of the lists.
    pub year: String,
    /// Identifier of the area; empty for the whole.
    pub area: String,
    /// Name of the area; empty for the whole.
    pub area_name: String,
    /// The number; empty where it is hidden.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// How many people it rests on.
    pub n: String,
    /// `hidden` where it must stay hidden.
    pub status: String,
    /// Who counted.
    pub source: String,
    /// Why it changed.
    pub note: String,
}

const HEADINGS: [&str; 14] = [
    "figure",
    "name",
    "kind",
    "question",
    "item",
    "year",
    "area",
    "area_name",
    "value",
    "unit",
    "n",
    "status",
    "source",
    "note",
];

/// The table as CSV.
#[must_use]
pub fn figures_csv(records: &[FigureRecord]) -> Vec<u8> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    write_row(&mut bytes, HEADINGS.into_iter().map(Cow::Borrowed));
    for record in records {
        let cells = [
            &record.figure,
            &record.name,
            &record.kind,
            &record.question,
            &record.item,
            &record.year,
            &record.area,
            &record.area_name,
            &record.value,
            &record.unit,
            &record.n,
            &record.status,
            &record.source,
            &record.note,
        ];
        write_row(&mut bytes, cells.into_iter().map(|cell| Cow::Borrowed(cell.as_str())));
    }
    bytes
}
