//! Names, members and figures of areas out of `resources/areas.csv`.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use unicode_normalization::UnicodeNormalization;

use super::{AreaFigures, AreaId};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Sources, Span};

/// Where the table is.
const PATH: &str = "resources/areas.csv";

/// What the rows of one area say.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: AreaId,
    pub(super) name: Option<String>,
    pub(super) kana: Option<String>,
    pub(super) members: Vec<String>,
    pub(super) figures: Vec<AreaFigures>,
    pub(super) span: Span,
    years: BTreeMap<i16, Span>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Area,
    Name,
    Kana,
    Members,
    Year,
    Population,
    Over75,
    Households,
}

/// Headings after NFKC, the first of each column being the one that messages name.
const HEADINGS: [(Column, &[&str]); 8] = [
    (Column::Area, &["area", "圏域ID", "圏域", "日常生活圏域"]),
    (Column::Name, &["name", "名称", "圏域名"]),
    (Column::Kana, &["kana", "カナ", "名称_カナ"]),
    (Column::Members, &["members", "構成町丁目など", "構成町丁目", "構成"]),
    (Column::Year, &["year", "年度"]),
    (Column::Population, &["population", "人口"]),
    (Column::Over75, &["over_75", "75歳以上人口"]),
    (Column::Households, &["households", "世帯数"]),
];

/// The listed areas in the order of their first rows; `None` without the table.
pub(super) fn read(sources: &Sources) -> Checked<Option<Vec<Listed>>> {
    let Some((path, source)) = sources.text_at(PATH) else { return Checked::clean(None) };
    let mut reader = Reader {
        path,
        text: &source.text,
        columns: BTreeMap::new(),
        listed: Vec::new(),
        numbers: BTreeMap::new(),
        report: Report::new(),
    };
    reader.read();
    Checked::new(Some(reader.listed), reader.report)
}

struct Reader<'a> {
    path: SourcePath,
    text: &'a str,
    columns: BTreeMap<Column, (usize, String)>,
    listed: Vec<Listed>,
    numbers: BTreeMap<AreaId, usize>,
    report: Report,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.text.as_bytes());
        let mut record = StringRecord::new();
        let mut is_first = true;
        loop {
            match rows.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let problem = Diagnostic::new(Code::AreasTableUnreadable).at(&Span::file(&self.path));
                    self.report.push(problem.arg("cause", error));
                    break;
                }
            }
            let span = self.row_span(&record, rows.position());
            if is_first {
                is_first = false;
                if !self.read_headings(&record, &span) {
                    return;
                }
            } else if record.iter().any(|cell| !cell.trim().is_empty()) {
                self.read_row(&record, &span);
            }
        }
    }

    fn row_span(&self, record: &StringRecord, next: &csv::Position) -> Span {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let end = usize::try_from(next.byte()).unwrap_or(start).min(self.text.len());
        let row = self.text.get(start..end).unwrap_or_default();
        let blank = row.len() - row.trim_start().len();
        Span::new(&self.path, start + blank..start + blank + row.trim().len())
    }

    /// The cell's own place where its text stands once in the row, else the row.
    fn cell_span(&self, row: &Span, cell: &str) -> Span {
        let text = self.text.get(row.range()).unwrap_or_default();
        let mut found = text.match_indices(cell.trim());
        match (found.next(), found.next()) {
            (Some((at, found)), None) if !found.is_empty() => {
                let start = row.range().start + at;
                Span::new(&self.path, start..start + found.len())
            }
            _ => row.clone(),
        }
    }

    fn read_headings(&mut self, record: &StringRecord, span: &Span) -> bool {
        for (at, cell) in record.iter().enumerate() {
            let heading: String = cell.nfkc().collect::<String>().trim().to_owned();
            let column = HEADINGS.iter().find(|(_, names)| names.contains(&heading.as_str()));
            if let Some((column, _)) = column {
                self.columns.entry(*column).or_insert((at, heading));
            } else if !heading.is_empty() {
                let problem = Diagnostic::new(Code::AreasColumnUnknown).at(&self.cell_span(span, cell));
                self.report.push(problem.arg("column", heading));
            }
        }
        let found = self.columns.contains_key(&Column::Area);
        if !found {
            self.report.push(Diagnostic::new(Code::AreasColumnMissing).at(span));
        }
        found
    }

    fn text<'r>(&self, record: &'r StringRecord, column: Column) -> Option<&'r str> {
        let (at, _) = self.columns.get(&column)?;
        record.get(*at).map(str::trim).filter(|cell| !cell.is_empty())
    }

    fn read_row(&mut self, record: &StringRecord, span: &Span) {
        let written = self.text(record, Column::Area).unwrap_or_default();
        let Some(id) = AreaId::new(written) else {
            let code = if written.is_empty() { Code::AreaIdEmpty } else { Code::AreaIdUnusable };
            let line = record.position().map_or(0, csv::Position::line);
            let problem = Diagnostic::new(code).at(&self.cell_span(span, written)).arg("key", "area");
            self.report.push(problem.arg("place", format!("line {line}")).arg("value", written));
            return;
        };
        let at = *self.numbers.entry(id.clone()).or_insert_with(|| {
            let span = span.clone();
            self.listed.push(Listed {
                id,
                name: None,
                kana: None,
                members: Vec::new(),
                figures: Vec::new(),
                span,
                years: BTreeMap::new(),
            });
            self.listed.len() - 1
        });
        let name = self.text(record, Column::Name).map(str::to_owned);
        let kana = self.text(record, Column::Kana).map(str::to_owned);
        let members = self.text(record, Column::Members).map(split_members).unwrap_or_default();
        let figures = self.figures(record, span);
        let Some(listed) = self.listed.get_mut(at) else { return };
        if let (Some(known), Some(other)) = (&listed.name, &name)
            && known != other
        {
            self.report.push(super::shape::names_differ(&listed.id, (&listed.span, known), (span, other)));
        }
        listed.name = listed.name.take().or(name);
        listed.kana = listed.kana.take().or(kana);
        if listed.members.is_empty() {
            listed.members = members;
        }
        let Some(figures) = figures else { return };
        if let Some(first) = listed.years.get(&figures.year) {
            let problem = Diagnostic::new(Code::AreasYearTwice).at(span).label(first, "first");
            self.report.push(problem.arg("id", &listed.id).arg("year", figures.year));
            return;
        }
        listed.years.insert(figures.year, span.clone());
        listed.figures.push(figures);
        listed.figures.sort_by_key(|row| row.year);
    }

    fn figures(&mut self, record: &StringRecord, span: &Span) -> Option<AreaFigures> {
        let year = self.number(record, Column::Year, span);
        let population = self.number(record, Column::Population, span);
        let over_75 = self.number(record, Column::Over75, span);
        let households = self.number(record, Column::Households, span);
        let year = year.and_then(|year| i16::try_from(year).ok())?;
        Some(AreaFigures { year, population, over_75, households })
    }

    fn number(&mut self, record: &StringRecord, column: Column, span: &Span) -> Option<u64> {
        let cell = self.text(record, column)?;
        let plain: String = cell.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
        let plain = plain.trim_end_matches(['人', '年', '度']).trim_end_matches("世帯");
        let number = plain.parse().ok().filter(|number| column != Column::Year || (1900..=2200).contains(number));
        if number.is_none() {
            let heading = self.columns.get(&column).map_or("", |(_, heading)| heading.as_str());
            let problem = Diagnostic::new(Code::AreasNumberUnreadable).at(&self.cell_span(span, cell));
            self.report.push(problem.arg("column", heading).arg("value", cell));
        }
        number
    }
}

fn split_members(cell: &str) -> Vec<String> {
    let parts = cell.split([';', '；', '、', ',', '，', '\n']);
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
