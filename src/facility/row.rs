//! One row of a list becomes one facility.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::area::{AreaId, Areas};
use crate::calendar::date;
use crate::calendar::hours::OpeningHours;
use crate::diag::{Code, Diagnostic, Report};
use crate::geo::Position;
use crate::source::Span;
use crate::table::Row;
use crate::table::headings::{Headings, Known, key};
use crate::tree::nearest;
use crate::vocabulary::{Category, CategoryId, ExtraColumn, Service, Vocabulary, Words};

use super::cells::{Field, RowCells, Shown, is_dash_only, is_mark};
use super::columns::{Column, known_columns};
use super::{Cells, Extra, Facility, FacilityId, Status, contact, place, services};

/// What rows are read against.
pub(super) struct Context<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) known: Vec<Known>,
    pub(super) has_areas: bool,
    pub(super) has_boundaries: bool,
    areas: &'a Areas,
    categories: BTreeMap<String, &'a Category>,
    services: BTreeMap<String, &'a Service>,
    area_names: BTreeMap<String, &'a AreaId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary, areas: &'a Areas) -> Self {
        Self {
            vocabulary,
            known: known_columns(vocabulary),
            has_areas: !areas.is_empty(),
            has_boundaries: areas.have_shapes(),
            areas,
            categories: by_name(&vocabulary.categories, |category| (category.id.as_str(), &category.name)),
            services: by_name(&vocabulary.services, |service| (service.id.as_str(), &service.name)),
            area_names: areas.iter().map(|area| (name_key(&area.name), &area.id)).collect(),
        }
    }

    /// The area with this id or name.
    pub(super) fn area(&self, written: &str) -> Option<AreaId> {
        let by_name = || self.area_names.get(&name_key(written)).copied();
        self.areas.find(written).map(|area| &area.id).or_else(by_name).cloned()
    }

    /// The known area nearest to a misspelt one, for messages.
    pub(super) fn near_area(&self, written: &str) -> String {
        let names = self.areas.iter().flat_map(|area| [area.id.as_str(), area.name.as_str()]);
        nearest(written, names).map_or_else(|| "—".to_owned(), |near| format!("`{near}`"))
    }

    /// The area around a position.
    pub(super) fn locate(&self, position: Position) -> Option<AreaId> {
        self.areas.locate(position).first().map(|area| area.id.clone())
    }

    /// The area nearest to a position outside all of them, and how far away it is.
    pub(super) fn nearest(&self, position: Position) -> (String, String) {
        self.areas.nearest_in_words(position)
    }

    fn category(&self, written: &str) -> Option<&'a Category> {
        find(&self.categories, written)
    }

    /// The service with this id or name.
    pub(super) fn service(&self, written: &str) -> Option<&'a Service> {
        find(&self.services, written)
    }
}

/// Things by their id and by their names in the form in which names are compared; ids go before names.
fn by_name<T>(things: &[T], words: impl Fn(&T) -> (&str, &Words)) -> BTreeMap<String, &T> {
    let mut found = BTreeMap::new();
    for thing in things {
        let (_, name) = words(thing);
        for name in [&name.ja, &name.en] {
            found.entry(name_key(name)).or_insert(thing);
        }
    }
    found.extend(things.iter().map(|thing| (words(thing).0.to_owned(), thing)));
    found
}

fn find<'a, T>(named: &BTreeMap<String, &'a T>, written: &str) -> Option<&'a T> {
    named.get(written).or_else(|| named.get(&name_key(written))).copied()
}

/// A name in the form in which names are compared.
pub(super) fn name_key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The facility of a row; `None` where it has no id, category or name that could be used. Every cell is read all the
/// same, so that all of a row's mistakes are told at once.
pub(super) fn read<'a>(
    row: &Row<'a>,
    headings: &'a Headings,
    context: &'a Context<'_>,
    report: &'a mut Report,
) -> Option<Facility> {
    let mut cells = RowCells { row: *row, headings, report };
    let (id, category, name) = (id(&mut cells), category(&mut cells, context), name(&mut cells));
    let is_whole = id.is_some() && category.is_some() && name.is_some();
    let nowhere = row.line_span();
    let (id, id_span) = id.unwrap_or_else(|| (FacilityId(Arc::from("")), nowhere.clone()));
    let (name, name_span) = name.unwrap_or_else(|| (String::new(), nowhere));
    let head = Head { id, id_span, category, name, name_span };
    let facility = facility(&mut cells, context, head);
    is_whole.then_some(facility)
}

/// What makes a row a facility.
struct Head<'a> {
    id: FacilityId,
    id_span: Span,
    category: Option<&'a Category>,
    name: String,
    name_span: Span,
}

fn facility<'a>(cells: &mut RowCells<'a>, context: &'a Context<'_>, head: Head<'_>) -> Facility {
    let serves = services::serves(cells, context);
    let place = place::read(cells, context, &serves);
    let (hours, hours_raw) = hours(cells);
    let verified_on = day(cells, Column::VerifiedOn);
    Facility {
        id: head.id,
        category: head.category.map_or_else(|| CategoryId::new(""), |category| category.id.clone()),
        name: head.name,
        name_kana: cells.line_of_words(Column::NameKana),
        postal_code: contact::postal_code(cells),
        address: cells.line_of_words(Column::Address),
        building: cells.line_of_words(Column::Building),
        position: place.position,
        area: place.area,
        serves,
        phone: contact::phone(cells, Column::Phone),
        fax: contact::phone(cells, Column::Fax),
        email: contact::email(cells),
        url: contact::url(cells),
        hours,
        hours_raw,
        hours_note: cells.words(Column::HoursNote),
        services: services::services(cells, context),
        status: status(cells),
        accepts: cells.words(Column::Accepts),
        languages: cells.words(Column::Languages),
        accessibility: cells.words(Column::Accessibility),
        parking: cells.words(Column::Parking),
        note: cells.words(Column::Note),
        operator: cells.line_of_words(Column::Operator),
        source: cells.line_of_words(Column::Source),
        verified_on: verified_on.as_ref().map(|(day, _)| *day),
        closed_on: day(cells, Column::ClosedOn).map(|(day, _)| day),
        extra: extra(cells, head.category, context),
        row: cells.row.span(),
        cells: Cells {
            id: head.id_span,
            name: head.name_span,
            position: place.position_span,
            verified_on: verified_on.map(|(_, span)| span),
        },
    }
}

/// A cell that must say something.
fn required<'a>(cells: &mut RowCells<'a>, column: Column) -> Option<Field<'a>> {
    let field = cells.line(column);
    let is_blank = cells.headings.cell(&cells.row, column.index()).is_none_or(|cell| cell.is_blank());
    if field.is_none() && is_blank {
        let place = cells.headings.cell(&cells.row, column.index()).map(|cell| cell.span());
        let place = place.filter(|span| !span.range().is_empty()).unwrap_or_else(|| cells.row.line_span());
        cells.report.push(Diagnostic::new(Code::CellRequired).at(&place).arg("column", column.shown()));
    }
    field
}

fn id(cells: &mut RowCells<'_>) -> Option<(FacilityId, Span)> {
    let field = required(cells, Column::Id)?;
    if let Some(id) = FacilityId::new(&field.text) {
        return Some((id, field.span()));
    }
    if is_scientific(&field.text) {
        cells.report.push(field.problem(Code::FacilityIdScientific));
        return None;
    }
    let folded: String =
        field.text.nfkc().flat_map(char::to_lowercase).map(|c| if c == '_' { '-' } else { c }).collect();
    let near = FacilityId::new(folded.trim()).map_or_else(|| "sakura-clinic".to_owned(), |id| id.to_string());
    cells.report.push(field.problem(Code::FacilityIdForm).arg("near", near));
    None
}

/// `1.7E+12`: a spreadsheet took the id for a number.
fn is_scientific(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.split_once(['E', 'e']).is_some_and(|(before, after)| digits(before) && digits(after.trim_start_matches('+')))
}

fn category<'c>(cells: &mut RowCells<'_>, context: &Context<'c>) -> Option<&'c Category> {
    let field = required(cells, Column::Category)?;
    let category = context.category(&field.text);
    if category.is_none() {
        let known = context.vocabulary.categories.iter();
        let names = known.flat_map(|category| [category.id.as_str(), category.name.ja.as_ref()]);
        let near = nearest(&field.text, names).map_or_else(|| "—".to_owned(), |near| format!("`{near}`"));
        let all: Vec<&str> = context.vocabulary.categories.iter().map(|category| category.id.as_str()).collect();
        cells.report.push(field.problem(Code::CategoryUnknown).arg("near", near).arg("known", all.join(", ")));
    }
    category
}

fn name(cells: &mut RowCells<'_>) -> Option<(String, Span)> {
    let field = required(cells, Column::Name)?;
    if is_dash_only(&field.text) || field.text.chars().all(|c| is_mark(c.encode_utf8(&mut [0; 4]))) {
        cells.report.push(field.problem(Code::NamePlaceholder));
        return None;
    }
    const STATES: [&str; 6] = ["休止中", "休業中", "休診中", "閉院", "廃止", "閉鎖"];
    if let Some((start, state)) = STATES.iter().find_map(|&state| Some((field.text.find(state)?, state))) {
        let place = field.part(start..start + state.len());
        cells.report.push(field.problem(Code::StatusInName).at(&place));
    }
    let span = field.span();
    Some((field.text.into_owned(), span))
}

fn status(cells: &mut RowCells<'_>) -> Status {
    let Some(field) = cells.line(Column::Status) else { return Status::Open };
    Status::named(&field.text).unwrap_or_else(|| {
        cells.report.push(field.problem(Code::FacilityStatusUnknown));
        // Whoever wrote something here did not mean "as usual".
        Status::Unlisted
    })
}

/// The hours, or what is written where they cannot be read.
fn hours(cells: &mut RowCells<'_>) -> (Option<OpeningHours>, Option<String>) {
    let Some(field) = cells.line(Column::Hours) else { return (None, None) };
    match OpeningHours::parse(&field.text) {
        Ok(hours) => (Some(hours), None),
        Err(problem) => {
            let place = field.part(problem.range.clone());
            let part = field.text.get(problem.range).unwrap_or_default();
            let unreadable = Diagnostic::new(Code::HoursUnreadable).at(&place).arg("value", part);
            cells.report.push(unreadable.label(&place, problem.kind.key()));
            (None, Some(field.text.into_owned()))
        }
    }
}

fn day(cells: &mut RowCells<'_>, column: Column) -> Option<(Date, Span)> {
    let field = cells.line(column)?;
    match date::parse(&field.text) {
        Ok(day) => Some((day, field.span())),
        Err(_) => {
            let unreadable = field.problem(Code::ListDateUnreadable);
            cells.report.push(if is_serial(&field.text) {
                unreadable.label(&field.span(), "serial")
            } else {
                unreadable
            });
            None
        }
    }
}

/// A spreadsheet's number for a day of the years 1980 to 2070.
fn is_serial(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(|days| (29_221.0..62_458.0).contains(&days))
}

/// The values of the columns that the category declares; a value in another category's column is a warning.
fn extra<'a>(cells: &mut RowCells<'a>, category: Option<&Category>, context: &'a Context<'_>) -> Vec<Extra> {
    let own: &[ExtraColumn] = category.map_or(&[], |category| &category.columns);
    let mut extra = Vec::new();
    for (index, known) in context.known.iter().enumerate().skip(Column::ALL.len()) {
        let Some(field) = cells.known(index, Shown::Declared(known)) else { continue };
        match own.iter().find(|column| key(&column.id) == key(&known.id)) {
            Some(column) => extra.push(Extra {
                column: Arc::clone(&column.id),
                span: field.span(),
                value: field.text.into_owned(),
                professionals_only: column.professionals_only,
            }),
            None => cells.report.push(field.problem(Code::ColumnOfOtherCategory)),
        }
    }
    let place = |extra: &Extra| own.iter().position(|column| column.id == extra.column);
    extra.sort_by_key(place);
    extra
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_are_recognised() {
        for text in ["1.7E+12", "7E12", "1.23456e+10"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["e12", "1e", "E", "clinic-1e", "12"] {
            assert!(!is_scientific(text), "{text}");
        }
    }
}
