//! Which column means what: the heading row, found and matched by name, never by position.
//!
//! Headings are compared after NFKC, without spaces and case, so that `telephone　number` is
//! `telephonenumber`. Title rows may stand before the heading row, as open data portals write them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Cell, Row, Table};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{Span, Spanned};
use crate::tree::nearest;

/// One column that a reader knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its identifier, itself a valid heading.
    pub id: String,
    /// Other headings that mean the same; the first is the Japanese one shown in messages.
    pub names: Vec<String>,
    /// True when the table is useless without it.
    pub required: bool,
}

impl Known {
    /// A column from literals.
    #[must_use]
    pub fn new(id: &str, names: &[&str]) -> Self {
        Self { id: id.to_owned(), names: names.iter().map(|&name| name.to_owned()).collect(), required: false }
    }

    /// The same, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// How messages name it: `lat（緯度）`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.names.first() {
            Some(name) if *name != self.id => format!("{}（{name}）", self.id),
            _ => self.id.clone(),
        }
    }
}

/// One heading of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// As written, trimmed.
    pub name: Spanned<String>,
    /// Its column, from 0.
    pub column: usize,
    /// Index into the known columns, if it is one of them and the first of its kind.
    pub known: Option<usize>,
}

/// The heading row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headings {
    /// Index of the heading row.
    pub row: usize,
    /// All headings that are not empty, from the left.
    pub list: Vec<Heading>,
    /// How many columns the heading row has, empty headings at its end left out.
    pub width: usize,
    columns: Vec<Option<usize>>,
}

impl Headings {
    /// The column of the known column with this index.
    #[must_use]
    pub fn column(&self, known: usize) -> Option<usize> {
        self.columns.get(known).copied().flatten()
    }

    /// The cell of a known column in a row.
    #[must_use]
    pub fn cell<'t>(&self, row: &Row<'t>, known: usize) -> Option<Cell<'t>> {
        row.cell(self.column(known)?)
    }

    /// Headings that are none of the known ones.
    pub fn unknown(&self) -> impl Iterator<Item = &Heading> {
        self.list.iter().filter(|heading| heading.known.is_none())
    }

    /// The rows below the heading that hold anything.
    pub fn data<'t>(&self, table: &'t Table) -> impl Iterator<Item = Row<'t>> + use<'t> {
        table.rows().skip(self.row + 1).filter(|row| !row.is_blank())
    }

    /// The message on a row whose cells are too few or too many for the headings; empty cells at its end are fine.
    #[must_use]
    pub fn ragged(&self, row: &Row<'_>) -> Option<Diagnostic> {
        let cells = row.cells().len();
        let surplus = row.cells().skip(self.width).any(|cell| !cell.is_blank());
        (cells < self.width || surplus).then(|| {
            Diagnostic::new(Code::RowRagged)
                .at(&row.line_span())
                .arg("found", cells)
                .arg("expected", self.width)
                .label(&self.span(), "heading")
        })
    }

    fn span(&self) -> Span {
        let start = self.list.first().map(|heading| heading.name.span.clone());
        let end = self.list.last().map_or(0, |heading| heading.name.span.end);
        start.map_or_else(
            || unreachable!("a heading row has at least one heading"),
            |span| Span { end: end.max(span.end), ..span },
        )
    }
}

/// A heading in the form in which headings are compared.
#[must_use]
pub fn key(heading: &str) -> String {
    heading.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

const ROWS_LOOKED_AT: usize = 30;

/// The heading row of `table`: the first with two known headings (or with one, where it has but one column).
///
/// Reports title rows above it, unknown, repeated and missing headings; `None` where there is no such row.
pub fn find(table: &Table, known: &[Known]) -> Checked<Option<Headings>> {
    let index = Index::new(known);
    let mut report = Report::new();
    let found = table.rows().take(ROWS_LOOKED_AT).find(|row| {
        let hits = row.cells().filter(|cell| index.find(&cell.value()).is_some()).count();
        hits >= 2 || (hits == 1 && row.cells().len() == 1)
    });
    let Some(row) = found else {
        let place = table.row(0).map_or_else(|| Span::file(table.path()), |row| row.line_span());
        let expected = known.iter().filter(|column| column.required).map(Known::shown).collect::<Vec<_>>().join(", ");
        let code = if table.rows().all(|row| row.is_blank()) { Code::TableEmpty } else { Code::HeadingsNotFound };
        report.push(Diagnostic::new(code).at(&place).arg("expected", expected));
        return Checked::new(None, report);
    };
    report_preamble(table, row.index(), &mut report);
    let headings = match_headings(&row, &index, known, &mut report);
    for (position, column) in known.iter().enumerate() {
        if column.required && headings.column(position).is_none() {
            report.push(Diagnostic::new(Code::HeadingMissing).at(&row.line_span()).arg("heading", column.shown()));
        }
    }
    Checked::new(Some(headings), report)
}

/// The warning on a heading that nobody knows, with the nearest known one.
#[must_use]
pub fn unknown(heading: &Heading, known: &[Known]) -> Diagnostic {
    let near = near(heading, known).map_or_else(|| "—".to_owned(), |(_, name)| format!("`{name}`"));
    Diagnostic::new(Code::HeadingUnknown).at(&heading.name.span).arg("heading", &heading.name.value).arg("near", near)
}

/// The known column whose name is nearest to a heading, with that name.
#[must_use]
pub fn near<'k>(heading: &Heading, known: &'k [Known]) -> Option<(usize, &'k str)> {
    let names = || {
        let columns = known.iter().enumerate();
        columns.flat_map(|(at, column)| std::iter::once(&column.id).chain(&column.names).map(move |name| (at, name)))
    };
    let near = nearest(&key(&heading.name.value), names().map(|(_, name)| name.as_str()))?;
    names().find(|(_, name)| *name == near).map(|(at, name)| (at, name.as_str()))
}

fn report_preamble(table: &Table, heading_row: usize, report: &mut Report) {
    let mut titles = table.rows().take(heading_row).filter(|row| !row.is_blank());
    if let Some(first) = titles.next() {
        report.push(Diagnostic::new(Code::TablePreamble).at(&first.line_span()).arg("rows", 1 + titles.count()));
    }
}

fn match_headings(row: &Row<'_>, index: &Index, known: &[Known], report: &mut Report) -> Headings {
    let mut headings = Headings { row: row.index(), list: Vec::new(), width: 0, columns: vec![None; known.len()] };
    // By what two headings may not share: the column that they mean, else their compared form.
    let mut seen: BTreeMap<(Option<usize>, String), Span> = BTreeMap::new();
    for (column, cell) in row.cells().enumerate() {
        let value = cell.value();
        let name = value.trim();
        if name.is_empty() {
            continue;
        }
        headings.width = column + 1;
        let name = Spanned::new(name.to_owned(), cell.span());
        let known = index.find(&name.value);
        let form = if known.is_some() { String::new() } else { key(&name.value) };
        if let Some(first) = seen.get(&(known, form.clone())) {
            let twice = Diagnostic::new(Code::HeadingTwice).at(&name.span).arg("heading", &name.value);
            report.push(twice.label(first, "first"));
            headings.list.push(Heading { name, column, known: None });
            continue;
        }
        seen.insert((known, form), name.span.clone());
        if let Some(slot) = known.and_then(|known| headings.columns.get_mut(known)) {
            *slot = Some(column);
        }
        headings.list.push(Heading { name, column, known });
    }
    headings
}

/// Known headings by their compared form.
struct Index {
    keys: Vec<(String, usize)>,
}

impl Index {
    fn new(known: &[Known]) -> Self {
        let mut keys: Vec<(String, usize)> = known
            .iter()
            .enumerate()
            .flat_map(|(index, column)| {
                std::iter::once(&column.id).chain(&column.names).map(move |name| (key(name), index))
            })
            .collect();
        keys.sort();
        Self { keys }
    }

    fn find(&self, heading: &str) -> Option<usize> {
        let wanted = key(heading);
        let place = self.keys.partition_point(|(name, _)| *name < wanted);
        self.keys.get(place).filter(|(name, _)| *name == wanted).map(|&(_, index)| index)
    }
}
