//! Facilities as an Excel workbook: one table with filters, every cell text, nothing that could be run.
//!
//! The bytes depend on the records alone: the day of creation is fixed.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, Workbook, Worksheet, XlsxError,
};

use super::{Record, Records};

/// A sheet holds 1,048,576 rows.
const ROWS_MAX: usize = 1_000_000;

/// A cell holds so many UTF-16 units.
const UNITS_MAX: usize = 32_767;

/// Columns are at most so wide, in characters.
const WIDTH_MAX: usize = 40;

/// The workbook; `title` names the document.
#[must_use]
pub fn workbook(records: &Records, title: &str) -> Vec<u8> {
    write(records, title).unwrap_or_else(|problem| unreachable!("sizes are within the limits of the format: {problem}"))
}

fn write(records: &Records, title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let headings = records.headings();
    let mut parts: Vec<&[Record]> = records.list.chunks(ROWS_MAX).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    for (number, part) in (1..).zip(parts) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(if number == 1 { "施設一覧".to_owned() } else { format!("施設一覧{number}") })?;
        write_sheet(sheet, &headings, records, part)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, headings: &[&str], records: &Records, part: &[Record]) -> Result<(), XlsxError> {
    let mut widest: Vec<usize> = headings.iter().map(|heading| width(heading) + 2).collect();
    for (row, record) in (1..).zip(part) {
        for ((column, cell), widest) in (0..).zip(records.cells(record)).zip(&mut widest) {
            *widest = width(&cell).max(*widest);
            // Of an empty cell nothing is written.
            sheet.write_string(row, column, within_cell(cell))?;
        }
    }
    // One format a column: given to each cell, it would be looked up for each.
    let wrapped = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    for (column, widest) in (0..).zip(widest) {
        sheet.set_column_width(column, widest.clamp(6, WIDTH_MAX) as f64)?;
        sheet.set_column_format(column, &wrapped)?;
    }
    let columns: Vec<TableColumn> = headings.iter().map(|heading| TableColumn::new().set_header(*heading)).collect();
    let last_row = u32::try_from(part.len().max(1)).unwrap_or(u32::MAX);
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.add_table(0, 0, last_row, last_column, &Table::new().set_columns(&columns))?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// How wide the longest line is: full-width characters count two.
fn width(text: &str) -> usize {
    let line_width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    text.lines().map(line_width).max().unwrap_or(0)
}

fn within_cell(text: String) -> String {
    if text.len() <= UNITS_MAX {
        return text;
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= UNITS_MAX
    };
    text.chars().take_while(fits).collect()
}
