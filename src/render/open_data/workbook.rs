//! Facilities as an Excel workbook: one table with filters, every cell text, nothing that could be run.
//!
//! The bytes depend on the records alone: the day of creation is fixed.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, Workbook, Worksheet, XlsxError,
};

use super::Records;

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
    let rows: Vec<Vec<String>> =
        records.list.iter().map(|record| records.cells(record).map(within_cell).collect()).collect();
    let headings = records.headings();
    let mut parts: Vec<&[Vec<String>]> = rows.chunks(ROWS_MAX).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    for (number, part) in (1..).zip(parts) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(if number == 1 { "施設一覧".to_owned() } else { format!("施設一覧{number}") })?;
        write_sheet(sheet, &headings, part)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, headings: &[&str], rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, column, cell, &wrapped)?;
        }
    }
    for (column, heading) in (0..).zip(headings) {
        let cells = rows.iter().filter_map(|cells| cells.get(usize::from(column)));
        let widest = cells.map(|cell| width(cell)).chain([width(heading) + 2]).max().unwrap_or(0);
        sheet.set_column_width(column, widest.clamp(6, WIDTH_MAX) as f64)?;
    }
    let columns: Vec<TableColumn> = headings.iter().map(|heading| TableColumn::new().set_header(*heading)).collect();
    let last_row = u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX);
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
