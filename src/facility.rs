//! The lists of facilities: one row of `resources/facilities/*.csv` is one `Facility`.
//!
//! In: the sources, the vocabulary and the areas. Out: all facilities in the order of files and rows, public or
//! not, with every problem of every cell. A row that cannot become a facility (no id, no category, no name, cells
//! out of step) is left out with an error on it; a facility with an error inside its row must not be shown
//! either. Nothing is decided here that depends on the day: `select` knows the instant.

mod cells;
mod columns;
mod contact;
mod freshness;
mod identity;
mod place;
mod row;
mod services;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::{ParallelIterator as _, ParallelSlice as _};

use crate::area::{AreaId, Areas};
use crate::calendar::hours::OpeningHours;
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::geo::Position;
use crate::japan::phone::Phone;
use crate::japan::postal_code::PostalCode;
use crate::source::{SourcePath, Sources, Span, Text, is_device_name};
use crate::table::conflict::is_mark_of_git;
use crate::table::headings::{Heading, Headings, Known};
use crate::table::{Row, Table, headings};
use crate::vocabulary::{CategoryId, ServiceId, Vocabulary};

pub use columns::{Column, known_columns};
pub use freshness::verified_after;

/// The folder of the lists.
pub const FACILITIES_FOLDER: &str = "resources/facilities";

/// Names a facility over all lists: lower-case letters, digits and hyphens.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacilityId(Arc<str>);

impl FacilityId {
    /// The id in this text, if it is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let whole = (1..=64).contains(&text.len()) && text.bytes().all(fits);
        let sound = whole && !text.starts_with('-') && !text.ends_with('-') && !is_device_name(text);
        sound.then(|| Self(Arc::from(text)))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FacilityId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for FacilityId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// A clinic, a pharmacy, a desk: anything in the lists.
#[derive(Clone, PartialEq, Debug)]
pub struct Facility {
    /// Its stable name, part of its page's address.
    pub id: FacilityId,
    /// What kind of place it is.
    pub category: CategoryId,
    /// Its name as written; may hold ruby (`{看取|みと}り`).
    pub name: String,
    /// How its name is read.
    pub name_kana: Option<String>,
    /// Postal code.
    pub postal_code: Option<PostalCode>,
    /// Address without the building.
    pub address: Option<String>,
    /// Building and floor.
    pub building: Option<String>,
    /// Where it stands.
    pub position: Option<Position>,
    /// The area in which it stands, as written or else from its position.
    pub area: Option<AreaId>,
    /// The areas that it visits.
    pub serves: Serves,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Fax; never a link.
    pub fax: Option<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Its own site: `http` or `https`.
    pub url: Option<String>,
    /// Opening hours, where what is written can be read.
    pub hours: Option<OpeningHours>,
    /// Opening hours as written, where they cannot be read: to be shown as they are.
    pub hours_raw: Option<String>,
    /// A remark on the hours.
    pub hours_note: Option<String>,
    /// What it does; what is not named is not answered.
    pub services: BTreeMap<ServiceId, Answer>,
    /// Whether it is listed.
    pub status: Status,
    /// Whether it takes new people, in words.
    pub accepts: Option<String>,
    /// Languages spoken, in words.
    pub languages: Option<String>,
    /// Accessibility, in words.
    pub accessibility: Option<String>,
    /// Parking, in words.
    pub parking: Option<String>,
    /// Any remark.
    pub note: Option<String>,
    /// The legal body that runs it.
    pub operator: Option<String>,
    /// The association that answers for the row.
    pub source: Option<String>,
    /// The day on which the row was last confirmed with the facility.
    pub verified_on: Option<Date>,
    /// The first day on which it is closed for good.
    pub closed_on: Option<Date>,
    /// Columns that its category declares, in the category's order; empty cells are left out.
    pub extra: Vec<Extra>,
    /// The whole row with its line end: what to cut to remove it.
    pub row: Span,
    /// Cells that later stages may point at.
    pub cells: Cells,
}

/// Where some cells of a row stand, for messages of later stages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cells {
    /// The id.
    pub id: Span,
    /// The name.
    pub name: Span,
    /// Latitude and longitude, where both are written.
    pub position: Option<Span>,
    /// The day of the last confirmation, where written.
    pub verified_on: Option<Span>,
}

impl Facility {
    /// The file of its row.
    #[must_use]
    pub fn path(&self) -> &SourcePath {
        &self.row.path
    }

    /// True when it visits this area, wherever it stands.
    #[must_use]
    pub fn visits(&self, area: &AreaId) -> bool {
        match &self.serves {
            Serves::All => true,
            Serves::Areas(areas) => areas.contains(area),
        }
    }
}

/// The areas that a facility visits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Serves {
    /// Every area of the site.
    All,
    /// These; none for a place that one goes to.
    Areas(Vec<AreaId>),
}

/// What a facility says about a service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Answer {
    /// It does this: `id`.
    Yes,
    /// It does not: `!id`.
    No,
    /// Ask first: `?id`.
    Ask,
}

/// Whether and how a facility is listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// As usual.
    Open,
    /// 休止中: shown, and said to be paused.
    Paused,
    /// 掲載を望まない: kept in the list, never published.
    Unlisted,
}

impl Status {
    /// The status that a cell names, in English or Japanese.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        match text {
            "open" | "掲載" | "掲載中" | "公開" => Some(Self::Open),
            "paused" | "休止中" | "休止" => Some(Self::Paused),
            "unlisted" | "掲載を望まない" | "非掲載" | "非公開" => Some(Self::Unlisted),
            _ => None,
        }
    }

    /// Its identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Unlisted => "unlisted",
        }
    }
}

/// The value of a column that the category declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extra {
    /// The column's identifier; its name is in the category.
    pub column: Arc<str>,
    /// As written, trimmed.
    pub value: String,
    /// The cell: what to cut to remove the value.
    pub span: Span,
    /// True when the value is never published.
    pub professionals_only: bool,
}

/// What was read of the lists.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// All facilities, in the order of files and rows.
    pub facilities: Vec<Arc<Facility>>,
    /// Of each list, all above its first row: with a mistake there, none of its rows can be trusted.
    pub heads: BTreeMap<SourcePath, Span>,
    /// Rows that cannot become facilities, and lists of which nothing can be read.
    pub lost: Vec<Span>,
}

impl Lists {
    fn append(&mut self, other: Self) {
        self.facilities.extend(other.facilities);
        self.heads.extend(other.heads);
        self.lost.extend(other.lost);
    }
}

/// All lists.
pub fn read(sources: &Sources, vocabulary: &Vocabulary, areas: &Areas) -> Checked<Lists> {
    let context = row::Context::new(vocabulary, areas);
    let mut report = Report::new();
    let mut all = Lists::default();
    for (path, text) in sources.texts_in(FACILITIES_FOLDER, "csv") {
        all.append(read_list(path, text, &context).into(&mut report));
    }
    identity::check(&all.facilities, &mut report);
    Checked::new(all, report)
}

/// The facilities of one table that is none of the site's yet: what came back from an association.
pub fn read_table(table: (&SourcePath, &Text), vocabulary: &Vocabulary, areas: &Areas) -> Checked<Vec<Arc<Facility>>> {
    let (path, text) = table;
    read_list(path, text, &row::Context::new(vocabulary, areas)).map(|list| list.facilities)
}

fn read_list(path: &SourcePath, text: &Text, context: &row::Context<'_>) -> Checked<Lists> {
    let mut report = Report::new();
    let table = Table::parse(path, text).into(&mut report);
    let nothing = || Lists { lost: vec![Span::new(path, 0..text.text.len())], ..Lists::default() };
    let Some(headings) = headings::find(&table, &context.known).into(&mut report) else {
        return Checked::new(nothing(), report);
    };
    for heading in headings.unknown() {
        report.push(unknown_heading(heading, &context.known));
    }
    let complete = Column::REQUIRED.iter().all(|column| headings.column(column.index()).is_some());
    if !complete {
        return Checked::new(nothing(), report);
    }
    let data: Vec<Row<'_>> = headings.data(&table).collect();
    // Rows are read side by side and put together in their order, so threads do not show.
    let parts: Vec<Checked<Lists>> =
        data.par_chunks(ROWS_AT_ONCE).map(|rows| read_rows(rows, &headings, context)).collect();
    let mut list = Lists { facilities: Vec::with_capacity(data.len()), ..Lists::default() };
    for part in parts {
        list.append(part.into(&mut report));
    }
    let head_end = table.row(headings.row).map_or(0, |row| row.span().end);
    list.heads.insert(path.clone(), Span { path: path.clone(), start: 0, end: head_end });
    identity::check_row_numbers(&list.facilities, &mut report);
    Checked::new(list, report)
}

/// A heading that nobody knows. Where it is almost one that decides what is shown, all rows would be.
fn unknown_heading(heading: &Heading, known: &[Known]) -> Diagnostic {
    let gates = [Column::Status, Column::ClosedOn];
    let near_gate = headings::near(heading, known).filter(|(at, _)| gates.iter().any(|gate| gate.index() == *at));
    let speaks_of = |words: &[&str]| words.iter().any(|word| heading.name.value.contains(word));
    let gate = match near_gate {
        Some((_, near)) => Some(near),
        None if speaks_of(&["掲載", "公開", "休止", "休業", "休診中"]) => Some("掲載状態"),
        None if speaks_of(&["廃止", "閉鎖", "閉院", "廃業"]) => Some("廃止日"),
        None => None,
    };
    match gate {
        Some(near) => {
            let misspelt = Diagnostic::new(Code::HeadingAlmostGate).at(&heading.name.span);
            misspelt.arg("heading", &heading.name.value).arg("near", near)
        }
        None => headings::unknown(heading, known),
    }
}

/// Enough rows to be worth a thread's while.
const ROWS_AT_ONCE: usize = 512;

fn read_rows(rows: &[Row<'_>], headings: &Headings, context: &row::Context<'_>) -> Checked<Lists> {
    let mut report = Report::new();
    let mut list = Lists { facilities: Vec::with_capacity(rows.len()), ..Lists::default() };
    for row in rows {
        match read_row(row, headings, context, &mut report) {
            Some(facility) => list.facilities.push(Arc::new(facility)),
            None => list.lost.push(row.span()),
        }
    }
    Checked::new(list, report)
}

fn read_row(row: &Row<'_>, headings: &Headings, context: &row::Context<'_>, report: &mut Report) -> Option<Facility> {
    if is_mark_of_git(row.text()) {
        report.push(Diagnostic::new(Code::MergeMarks).at(&row.line_span()));
        return None;
    }
    if let Some(ragged) = headings.ragged(row) {
        report.push(ragged);
        return None;
    }
    if row.is_flawed() { None } else { row::read(row, headings, context, report) }
}

#[cfg(test)]
mod tests;
