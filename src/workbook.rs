//! XLSX workbooks as sheets of text, within limits.
//!
//! In: the bytes of a file. Out: each sheet as CSV text whose rows and cells stand where they stood, or why there is
//! none. Every cell is text: numbers as people would have typed them, days as `2026-04-01`, times as `09:00`. A number
//! too long for a spreadsheet comes as `1.7E+16`, so that a damaged id is seen as one.
//!
//! A workbook is a zip of XML and may be hostile: a few kilobytes can unpack to gigabytes, one cell in the last corner
//! can claim seventeen thousand million. So the real unpacked bytes are counted before anything is parsed, document
//! types are refused, and cells are read one by one, never as a grid that the file names the size of.

mod archive;
mod value;

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{Reader, Xlsx};

use crate::limits;

/// How much of a workbook is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Files inside the zip.
    pub entries: usize,
    /// Bytes of all of them together, unpacked.
    pub unpacked_bytes: u64,
    /// Sheets.
    pub sheets: usize,
    /// Rows of a sheet.
    pub rows: u32,
    /// Columns of a sheet.
    pub columns: u32,
    /// Cells of all sheets that hold anything.
    pub cells: usize,
}

impl Limits {
    /// The limits that every command uses.
    pub const STANDARD: Self = Self {
        entries: limits::WORKBOOK_ENTRIES,
        unpacked_bytes: limits::WORKBOOK_UNPACKED_BYTES,
        sheets: limits::WORKBOOK_SHEETS,
        rows: limits::WORKBOOK_ROWS,
        columns: limits::WORKBOOK_COLUMNS,
        cells: limits::WORKBOOK_CELLS,
    };
}

/// Why a workbook can't be read; its name is the key of its wording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// Not a zip at all: a CSV renamed, an old `.xls`.
    NotAWorkbook,
    /// A workbook with a password, or one of Excel 97 to 2003.
    OldOrLocked,
    /// The zip or the XML in it is broken.
    Broken(String),
    /// It declares a document type, which no spreadsheet program writes.
    DocumentType,
    /// Past a limit: which, and how much is allowed.
    TooLarge(&'static str, u64),
    /// One of these on a sheet: its name, and the cell where it is known.
    OnSheet(String, Option<String>, Box<Problem>),
}

/// One sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: String,
    /// False for a sheet that the program hides.
    pub is_visible: bool,
    /// The row number of the first line of the text, from 1.
    pub first_row: u32,
    /// Its cells as CSV: a line for each row.
    pub text: String,
}

/// True when bytes begin as a workbook (or another zip) does.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// All sheets that hold anything.
///
/// # Errors
/// Says why the file is not read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Problem> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Problem::OldOrLocked);
    }
    if !is_zip(bytes) {
        return Err(Problem::NotAWorkbook);
    }
    archive::inspect(bytes, limits)?;
    // What a damaged file makes of a reader is the file's fault: a reader that gives up loudly is an answer, too.
    catch_unwind(|| read_sheets(bytes, limits)).unwrap_or_else(|_| Err(Problem::Broken(GAVE_UP.to_owned())))
}

/// The cause where the reader of workbooks stopped by itself.
pub const GAVE_UP: &str = "the reader of workbooks gave up";

fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Problem> {
    let broken = |cause: calamine::XlsxError| Problem::Broken(cause.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == calamine::SheetVisible::Visible))
        .collect();
    if names.len() > limits.sheets {
        return Err(Problem::TooLarge("sheets", limits.sheets as u64));
    }
    let mut left = limits.cells;
    let mut sheets = Vec::new();
    for (name, is_visible) in names {
        let cells = sheet_cells(&mut workbook, &name, limits, &mut left)?;
        if let Some((first_row, text)) = cells.into_csv() {
            sheets.push(Sheet { name, is_visible, first_row, text });
        }
    }
    Ok(sheets)
}

/// The cells of a sheet; `left` is how many more all sheets may have.
fn sheet_cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    left: &mut usize,
) -> Result<Cells, Problem> {
    let mut cells = Cells::default();
    let mut last = None;
    let on_sheet = |cell: Option<(u32, u32)>, problem: Problem| {
        let cell = cell.map(|(row, column)| cell_name(row, column));
        Problem::OnSheet(name.to_owned(), cell, Box::new(problem))
    };
    let broken = |cause: calamine::XlsxError| Problem::Broken(cause.to_string());
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|cause| on_sheet(None, broken(cause)))?;
    while let Some(cell) = reader.next_cell().map_err(|cause| on_sheet(last, broken(cause)))? {
        let text = value::text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        last = Some((row, column));
        let too_many = || on_sheet(last, Problem::TooLarge("cells", limits.cells as u64));
        *left = left.checked_sub(1).ok_or_else(too_many)?;
        cells.push(Cell { row, column, text }, limits).map_err(|problem| on_sheet(last, problem))?;
    }
    Ok(cells)
}

/// A cell that holds something; row and column from 0.
struct Cell {
    row: u32,
    column: u32,
    text: String,
}

#[derive(Default)]
struct Cells {
    list: Vec<Cell>,
    width: u32,
}

impl Cells {
    fn push(&mut self, cell: Cell, limits: &Limits) -> Result<(), Problem> {
        if cell.row >= limits.rows {
            return Err(Problem::TooLarge("rows", limits.rows.into()));
        }
        if cell.column >= limits.columns {
            return Err(Problem::TooLarge("columns", limits.columns.into()));
        }
        self.width = self.width.max(cell.column + 1);
        self.list.push(cell);
        Ok(())
    }

    /// The number of the first row, and all rows from there on; a file may name its cells in any order.
    fn into_csv(mut self) -> Option<(u32, String)> {
        self.list.sort_by_key(|cell| (cell.row, cell.column));
        self.list.dedup_by_key(|cell| (cell.row, cell.column));
        let first = self.list.first()?.row;
        let mut out = String::new();
        let (mut row, mut column) = (first, 0);
        for cell in &self.list {
            while row < cell.row {
                end_row(&mut out, self.width, column);
                (row, column) = (row + 1, 0);
            }
            while column < cell.column {
                out.push(',');
                column += 1;
            }
            push_quoted(&mut out, &cell.text);
        }
        end_row(&mut out, self.width, column);
        Some((first + 1, out))
    }
}

fn end_row(out: &mut String, width: u32, column: u32) {
    (column + 1..width).for_each(|_| out.push(','));
    out.push('\n');
}

fn push_quoted(out: &mut String, text: &str) {
    if text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// How people name a cell: `B5`. Row and column from 0.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells() {
        assert_eq!((cell_name(0, 0), cell_name(4, 1)), ("A1".to_owned(), "B5".to_owned()));
        assert_eq!((cell_name(9, 25), cell_name(9, 26)), ("Z10".to_owned(), "AA10".to_owned()));
    }

    #[test]
    fn what_is_no_workbook_is_said() {
        assert_eq!(read(b"id,name\n", &Limits::STANDARD), Err(Problem::NotAWorkbook));
        assert_eq!(read(&[0xD0, 0xCF, 0x11, 0xE0, 0], &Limits::STANDARD), Err(Problem::OldOrLocked));
        assert!(matches!(read(b"PK\x03\x04 and nothing", &Limits::STANDARD), Err(Problem::Broken(_))));
    }

    #[test]
    fn cells_stand_where_they_stood() {
        let mut cells = Cells::default();
        for (row, column, text) in [(3, 1, "b"), (1, 0, "a"), (3, 2, "c,d")] {
            cells.push(Cell { row, column, text: text.to_owned() }, &Limits::STANDARD).expect("within limits");
        }
        assert_eq!(cells.into_csv(), Some((2, "a,,\n,,\n,b,\"c,d\"\n".to_owned())));
    }
}
