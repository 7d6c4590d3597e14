//! Names, members and figures of areas out of `resources/areas.csv`: one row for each area and year.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{AreaFigures, AreaId, hidden_character};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{Sources, Span};
use crate::table::headings::{self, Headings, Known};
use crate::table::{Cell, Row, Table};

/// Where the table is.
const PATH: &str = "resources/areas.csv";

/// What the rows of one area say.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: AreaId,
    pub(super) name: Option<String>,
    pub(super) kana: Option<String>,
    pub(super) name_en: Option<String>,
    pub(super) members: Vec<String>,
    pub(super) figures: Vec<AreaFigures>,
    pub(super) span: Span,
    years: BTreeMap<i16, Span>,
}

// Places in `columns`.
const AREA: usize = 0;
const NAME: usize = 1;
const KANA: usize = 2;
const MEMBERS: usize = 3;
const YEAR: usize = 4;
const POPULATION: usize = 5;
const OVER_75: usize = 6;
const HOUSEHOLDS: usize = 7;
const NAME_EN: usize = 8;

fn columns() -> Vec<Known> {
    vec![
        Known::new("area", &["圏域ID", "圏域", "日常生活圏域"]).required(),
        Known::new("name", &["名称", "圏域名"]),
        Known::new("kana", &["カナ", "名称_カナ"]),
        Known::new("members", &["構成町丁目など", "構成町丁目", "構成"]),
        Known::new("year", &["年度"]),
        Known::new("population", &["人口"]),
        Known::new("over_75", &["75歳以上人口"]),
        Known::new("households", &["世帯数"]),
        Known::new("name_en", &["英語名", "名称_英語", "名称（英語）"]),
    ]
}

/// The listed areas in the order of their first rows; `None` without the table.
pub(super) fn read(sources: &Sources) -> Checked<Option<Vec<Listed>>> {
    let Some((path, source)) = sources.text_at(PATH) else { return Checked::clean(None) };
    Table::parse(&path, source).then(|table| {
        let known = columns();
        headings::find(&table, &known).then(|found| {
            let mut report = Report::new();
            let Some(headings) = found.filter(|headings| headings.column(AREA).is_some()) else {
                return Checked::new(Some(Vec::new()), report);
            };
            headings.unknown().for_each(|heading| report.push(headings::unknown(heading, &known)));
            let mut reader = Reader { headings: &headings, listed: Vec::new(), numbers: BTreeMap::new(), report };
            headings.data(&table).for_each(|row| reader.read_row(&row));
            Checked::new(Some(reader.listed), reader.report)
        })
    })
}

struct Reader<'a> {
    headings: &'a Headings,
    listed: Vec<Listed>,
    numbers: BTreeMap<AreaId, usize>,
    report: Report,
}

impl Reader<'_> {
    fn read_row(&mut self, row: &Row<'_>) {
        if row.is_flawed() {
            return;
        }
        if let Some(problem) = self.headings.ragged(row) {
            self.report.push(problem);
        }
        let Some(at) = self.listed_at(row) else { return };
        let name = self.text(row, NAME);
        let kana = self.text(row, KANA);
        let name_en = self.text(row, NAME_EN);
        let members = self.text(row, MEMBERS).map(|cell| split_members(&cell)).unwrap_or_default();
        let figures = self.figures(row);
        let Some(listed) = self.listed.get_mut(at) else { return };
        if let (Some(known), Some(other)) = (&listed.name, &name)
            && known != other
        {
            let here = row.line_span();
            self.report.push(super::shape::names_differ(&listed.id, (&listed.span, known), (&here, other)));
        }
        listed.name = listed.name.take().or(name);
        listed.kana = listed.kana.take().or(kana);
        listed.name_en = listed.name_en.take().or(name_en);
        if listed.members.is_empty() {
            listed.members = members;
        }
        let Some(figures) = figures else { return };
        if let Some(first) = listed.years.get(&figures.year) {
            let problem = Diagnostic::new(Code::AreasYearTwice).at(&row.line_span()).label(first, "first");
            self.report.push(problem.arg("id", &listed.id).arg("year", figures.year));
            return;
        }
        listed.years.insert(figures.year, row.line_span());
        listed.figures.push(figures);
        listed.figures.sort_by_key(|row| row.year);
    }

    /// The number of the row's area among those listed; a new one for an id seen first.
    fn listed_at(&mut self, row: &Row<'_>) -> Option<usize> {
        let written = self.text(row, AREA).unwrap_or_default();
        let Some(id) = AreaId::new(&written) else {
            let code = if written.is_empty() { Code::AreaIdEmpty } else { Code::AreaIdUnusable };
            let here = self.cell(row, AREA).map_or_else(|| row.line_span(), |cell| cell.span());
            let problem = Diagnostic::new(code).at(&here).arg("key", "area").arg("value", written);
            self.report.push(problem.arg("place", format!("{PATH}:{}", row.index() + 1)));
            return None;
        };
        let next = self.listed.len();
        let at = *self.numbers.entry(id.clone()).or_insert(next);
        if at == next {
            self.listed.push(Listed {
                id,
                name: None,
                kana: None,
                name_en: None,
                members: Vec::new(),
                figures: Vec::new(),
                span: row.line_span(),
                years: BTreeMap::new(),
            });
        }
        Some(at)
    }

    fn cell<'t>(&self, row: &Row<'t>, column: usize) -> Option<Cell<'t>> {
        self.headings.cell(row, column).filter(|cell| !cell.is_blank())
    }

    fn text(&mut self, row: &Row<'_>, column: usize) -> Option<String> {
        let cell = self.cell(row, column)?;
        let text = cell.value().trim().to_owned();
        let problem = hidden_character(&text, &self.heading(column), &cell.span());
        problem.into_iter().for_each(|problem| self.report.push(problem));
        Some(text)
    }

    /// How the file calls the column.
    fn heading(&self, column: usize) -> String {
        let heading = self.headings.list.iter().find(|heading| heading.known == Some(column));
        heading.map_or_else(String::new, |heading| heading.name.value.clone())
    }

    fn figures(&mut self, row: &Row<'_>) -> Option<AreaFigures> {
        let year = self.number(row, YEAR).and_then(|year| i16::try_from(year).ok());
        let population = self.number(row, POPULATION);
        let over_75 = self.number(row, OVER_75);
        let households = self.number(row, HOUSEHOLDS);
        Some(AreaFigures { year: year?, population, over_75, households })
    }

    fn number(&mut self, row: &Row<'_>, column: usize) -> Option<u64> {
        let cell = self.cell(row, column)?;
        let value = cell.value();
        let plain: String = value.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
        let plain = plain.trim().trim_end_matches("人").trim_end_matches("世帯").trim_end_matches("年度");
        let number = plain.parse().ok().filter(|number| column != YEAR || (1900..=2200).contains(number));
        if number.is_none() {
            let problem = Diagnostic::new(Code::AreasNumberUnreadable).at(&cell.span());
            self.report.push(problem.arg("column", self.heading(column)).arg("value", value.trim()));
        }
        number
    }
}

fn split_members(cell: &str) -> Vec<String> {
    let parts = cell.split([';', '；', '、', ',', '，', '\n']);
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
