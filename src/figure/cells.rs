//! Cells that all tables of figures have: years, areas, numbers.

use unicode_normalization::UnicodeNormalization;

use super::Number;
use crate::area::{AreaId, Areas};
use crate::calendar::era::EraYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{SourcePath, Sources, Span, Text};
use crate::table::headings::{self, Headings, Known};
use crate::table::{Cell, Row, Table};
use crate::tree::{is_hidden, nearest};

/// One row, and where its problems go.
pub(super) struct Cells<'a, 't> {
    pub(super) row: Row<'t>,
    pub(super) headings: &'a Headings,
    pub(super) known: &'a [Known],
    pub(super) areas: &'a Areas,
    pub(super) report: &'a mut Report,
    /// True once something of the row could not be read.
    pub(super) broken: bool,
}

/// Hands every sound row of every table below a folder to `read`; returns what it can't hand over: rows that no reader
/// can take apart, and whole tables whose headings have a mistake.
pub(super) fn rows(
    sources: &Sources,
    folder: &str,
    frame: (&[Known], &Areas, &mut Report),
    mut read: impl FnMut(&mut Cells<'_, '_>),
) -> Vec<Span> {
    let (known, areas, report) = frame;
    let mut lost = Vec::new();
    let files: Vec<(&SourcePath, &Text)> = sources.texts_in(folder, "csv").collect();
    for (path, text) in files {
        let table = Table::parse(path, text).into(report);
        let found = headings::find(&table, known);
        let is_sound = !found.report.has_errors() && table.separator() == ',';
        let found = found.into(report);
        found.iter().flat_map(Headings::unknown).for_each(|heading| report.push(headings::unknown(heading, known)));
        let Some(found) = found.filter(|_| is_sound) else {
            lost.push(Span::new(path, 0..text.text.len()));
            continue;
        };
        for row in found.data(&table) {
            if row.is_flawed() {
                lost.push(row.span());
                continue;
            }
            if let Some(problem) = found.ragged(&row) {
                report.push(problem);
            }
            read(&mut Cells { row, headings: &found, known, areas, report, broken: false });
        }
    }
    lost
}

impl<'t> Cells<'_, 't> {
    pub(super) fn cell(&self, column: usize) -> Option<Cell<'t>> {
        self.headings.cell(&self.row, column).filter(|cell| !cell.is_blank())
    }

    /// A message on the cell, or on the row where the file has no such cell.
    pub(super) fn problem(&mut self, code: Code, column: usize) -> Diagnostic {
        self.broken = true;
        let here = self.headings.cell(&self.row, column).filter(|cell| !cell.raw().is_empty());
        let here = here.map_or_else(|| self.row.line_span(), |cell| cell.span());
        let shown = self.known.get(column).map_or_else(String::new, Known::shown);
        Diagnostic::new(code).at(&here).arg("column", shown)
    }

    /// Text, trimmed.
    pub(super) fn text(&mut self, column: usize) -> Option<String> {
        let text = self.cell(column)?.value().trim().to_owned();
        if let Some(hidden) = text.chars().find(|&c| is_hidden(c)) {
            let key = self.known.get(column).map_or_else(String::new, Known::shown);
            let problem = self.problem(Code::HiddenCharacter, column).arg("key", key);
            self.report.push(problem.arg("character", format!("U+{:04X}", u32::from(hidden))));
            return None;
        }
        Some(text)
    }

    /// Text that has to be there.
    pub(super) fn required(&mut self, column: usize) -> Option<String> {
        if self.cell(column).is_none() {
            let problem = self.problem(Code::FigureCellEmpty, column);
            self.report.push(problem);
            return None;
        }
        self.text(column)
    }

    /// A fiscal year in four digits, or 令和7年度.
    pub(super) fn year(&mut self, column: usize) -> Option<i16> {
        let written = self.required(column)?;
        let year = parse_year(&written);
        if year.is_none() {
            let problem = self.problem(Code::FigureYearUnreadable, column).arg("value", written);
            self.report.push(problem);
        }
        year
    }

    /// An area; an empty cell is the whole.
    pub(super) fn area(&mut self, column: usize) -> Option<AreaId> {
        let written = self.text(column)?;
        if let Some(area) = self.areas.find(&written) {
            return Some(area.id.clone());
        }
        if let Some(area) = self.areas.iter().find(|area| area.name == written) {
            return Some(area.id.clone());
        }
        let names: Vec<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
        let hint = match nearest(&written, names.iter().copied()) {
            Some(near) => format!("→ `{near}` ?"),
            None => format!("→ {}", names.iter().take(12).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" ")),
        };
        let problem = self.problem(Code::FigureAreaUnknown, column).arg("value", written).arg("hint", hint);
        self.report.push(problem);
        None
    }

    /// A number of zero or more.
    pub(super) fn number(&mut self, column: usize) -> Option<Number> {
        let written = self.text(column)?;
        let number = parse_number(&written);
        if number.is_none() {
            let problem = self.problem(Code::FigureNumberUnreadable, column).arg("value", written);
            self.report.push(problem);
        }
        number
    }

    /// A number of people.
    pub(super) fn count(&mut self, column: usize) -> Option<u64> {
        let number = self.number(column)?;
        let whole = (number.value.fract() == 0.0 && number.value <= 1e12).then(|| to_count(number.value));
        if whole.is_none() {
            let problem = self.problem(Code::FigureNumberUnreadable, column).arg("value", number.plain());
            self.report.push(problem);
        }
        whole
    }
}

/// The nearest whole number of people.
pub(super) fn to_count(value: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a u64 holds")]
    let count = value.round().clamp(0.0, 1e15) as u64;
    count
}

/// `2025`, `2025年度`, `令和7年度`, `R7`.
pub(super) fn parse_year(written: &str) -> Option<i16> {
    let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('度').trim_end_matches('年');
    if let Ok(year) = plain.parse::<i16>() {
        return (1900..=2199).contains(&year).then_some(year);
    }
    EraYear::parse(plain).map(EraYear::common).filter(|year| *year >= 1900)
}

/// Digits with `,` between thousands, a decimal point, a `%` at the end.
pub(super) fn parse_number(written: &str) -> Option<Number> {
    let plain: String = written.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let digits =
        plain.chars().all(|c| c.is_ascii_digit() || c == '.') && plain.starts_with(|c: char| c.is_ascii_digit());
    let value: f64 = plain.parse().ok().filter(|value: &f64| digits && value.is_finite() && *value < 1e15)?;
    let decimals = plain.split_once('.').map_or(0, |(_, part)| part.len().min(6));
    Some(Number { value, decimals: u8::try_from(decimals).unwrap_or(6) })
}
