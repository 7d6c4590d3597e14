//! One sheet of a workbook: the facilities of one category.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Note, ProtectionOptions, Worksheet, XlsxError};

use super::choices::Choices;
use super::guide::{self, remark};
use super::{Lists, Purpose, Record, heading, shown, text};
use crate::facility::Column;
use crate::import::snapshot::Snapshot;
use crate::list::Schema;
use crate::vocabulary::Category;

/// Empty rows that can be filled in below the last one.
const ROWS_TO_ADD: u32 = 30;
/// Columns are at most so wide, in characters.
const WIDTH_MAX: usize = 36;
/// Points from one line to the next.
const LINE_HEIGHT: f64 = 15.0;
/// Rows are at most so many lines high.
const LINES_MAX: usize = 20;
/// A tab's name has at most so many characters.
const TAB_MAX: usize = 31;
/// The format's number for A4.
pub(super) const A4: u8 = 9;
/// A cell holds so many characters at most.
const CELL_MAX: usize = 32_767;

/// What stands on one sheet.
pub(super) struct Form<'a> {
    pub(super) lists: &'a Lists<'a>,
    pub(super) places: &'a [usize],
    pub(super) rows: &'a [&'a Record],
    pub(super) purpose: Purpose,
    pub(super) choices: &'a Choices,
}

impl Form<'_> {
    pub(super) fn write(&self, sheet: &mut Worksheet, category: &Category) -> Result<(), XlsxError> {
        sheet.set_name(tab(&category.name.ja))?;
        self.write_headings(sheet)?;
        let plain = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        let open = plain.clone().set_unlocked();
        let asked = open.clone().set_background_color("FFF4CC").set_border(FormatBorder::Thin);
        let locked = plain.set_background_color("EEEEEE");
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX) + ROWS_TO_ADD;
        for (column, &place) in (0u16..).zip(self.places) {
            let format = match Schema::common(place) {
                Some(Column::Id) => &locked,
                Some(Column::VerifiedOn) if self.purpose == Purpose::Confirm => &asked,
                _ => &open,
            };
            for (row, record) in (1u32..).zip(self.rows) {
                let value = self.value(record, place);
                let value: String = value.chars().take(CELL_MAX).collect();
                match value.is_empty() {
                    true => sheet.write_blank(row, column, format)?,
                    false => sheet.write_string_with_format(row, column, value, format)?,
                };
            }
            for row in u32::try_from(self.rows.len()).unwrap_or(0) + 1..=last {
                sheet.write_blank(row, column, format)?;
            }
            if let Some(rule) = Schema::common(place).and_then(|common| self.choices.rule(common)) {
                sheet.add_data_validation(1, column, last, column, &rule)?;
            }
            sheet.set_column_width(column, f64::from(u16::try_from(self.width(place)).unwrap_or(u16::MAX)))?;
        }
        self.set_heights(sheet)?;
        self.write_last_time(sheet)?;
        sheet.set_freeze_panes(1, 3)?;
        self.set_page(sheet)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    /// Not every program makes rows as high as their cells need.
    fn set_heights(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let widths: Vec<usize> = self.places.iter().map(|&place| self.width(place)).collect();
        for (row, record) in (1u32..).zip(self.rows) {
            let lines = |(&place, &width): (&usize, &usize)| lines(&self.value(record, place), width);
            let highest = self.places.iter().zip(&widths).map(lines).max().unwrap_or(1);
            let highest = u32::try_from(highest.clamp(1, LINES_MAX)).unwrap_or(1);
            sheet.set_row_height(row, f64::from(highest) * LINE_HEIGHT)?;
        }
        Ok(())
    }

    /// On paper: A4 lying down, with the headings and the names on every page.
    fn set_page(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let pages_wide = if self.purpose == Purpose::Confirm { 2 } else { 4 };
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(pages_wide, 0).set_print_gridlines(true);
        sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
        sheet.set_footer("&C&A　&P / &N");
        sheet.set_repeat_rows(0, 0)?.set_repeat_columns(0, 2)?;
        Ok(())
    }

    /// A confirmation leaves the day empty: whoever confirms writes it.
    fn value(&self, record: &Record, place: usize) -> String {
        let is_asked = self.purpose == Purpose::Confirm && place == Column::VerifiedOn.index();
        if is_asked { String::new() } else { shown(self.lists, record, place) }
    }

    /// Beside a confirmation stands when the row was confirmed last; nobody reads it back.
    fn write_last_time(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        if self.purpose != Purpose::Confirm {
            return Ok(());
        }
        let column = u16::try_from(self.places.len()).unwrap_or(u16::MAX);
        let grey = Format::new().set_num_format("@").set_background_color("EEEEEE");
        sheet.write_string_with_format(0, column, guide::LAST_TIME, &heading_format())?;
        for (row, record) in (1u32..).zip(self.rows) {
            sheet.write_string_with_format(row, column, text(record, Column::VerifiedOn), &grey)?;
        }
        sheet.set_column_width(column, 14)?;
        Ok(())
    }

    fn write_headings(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let format = heading_format();
        for (column, &place) in (0u16..).zip(self.places) {
            sheet.write_string_with_format(0, column, heading(self.lists.schema, place), &format)?;
            if let Some(remark) = Schema::common(place).and_then(remark) {
                let note = Note::new(remark).add_author_prefix(false).set_width(280).set_height(110);
                sheet.insert_note(0, column, &note)?;
            }
        }
        Ok(())
    }

    fn width(&self, place: usize) -> usize {
        let cells = self.rows.iter().map(|record| width(&shown(self.lists, record, place)));
        let widest = cells.chain([width(&heading(self.lists.schema, place)) + 2]).max().unwrap_or(0);
        widest.clamp(8, WIDTH_MAX)
    }
}

fn heading_format() -> Format {
    Format::new().set_bold().set_background_color("DDE6F2").set_align(FormatAlign::Top).set_text_wrap()
}

/// The name of a tab: what the format refuses is left out.
fn tab(name: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    name.chars().filter(allowed).take(TAB_MAX).collect()
}

/// How many lines a text takes in a column of this width.
fn lines(text: &str, width_of_column: usize) -> usize {
    text.lines().map(|line| width(line).div_ceil(width_of_column.saturating_sub(1).max(1)).max(1)).sum()
}

/// Full-width characters count two.
pub(super) fn width(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    text.lines().map(of_line).max().unwrap_or(0)
}

/// What the workbook says, for the time when it comes back.
pub(super) fn write_hidden(sheet: &mut Worksheet, name: &str, base: &Snapshot) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let kept = base.sheet();
    let rows = std::iter::once(&kept.headings).chain(&kept.rows);
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell.chars().take(CELL_MAX).collect::<String>())?;
        }
    }
    sheet.set_very_hidden(true);
    sheet.protect();
    Ok(())
}
