//! Facilities as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use super::Records;
use crate::table::formula;

/// The table as CSV.
#[must_use]
pub fn csv(records: &Records) -> Vec<u8> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    write_row(&mut bytes, records.headings().into_iter().map(Cow::Borrowed));
    for record in &records.list {
        write_row(&mut bytes, records.cells(record).map(Cow::Owned));
    }
    bytes
}

pub(super) fn write_row<'a>(bytes: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        let cell = defused(&cell);
        if cell.contains([',', '"', '\n', '\r']) {
            bytes.push(b'"');
            bytes.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            bytes.push(b'"');
        } else {
            bytes.extend_from_slice(cell.as_bytes());
        }
    }
    bytes.extend_from_slice(b"\r\n");
}

/// A cell that a spreadsheet would take for a formula, made harmless.
pub(super) fn defused(cell: &str) -> Cow<'_, str> {
    formula::defused(cell)
}
