//! Imported rows as a list: a new one, or one that is already kept by somebody.
//!
//! In: rows, the list as it is, and what the last import brought (`Snapshot`). Out: the cells of the new list and an
//! `Outcome` that names every row and cell that is added, changed, kept or in doubt.
//!
//! *Who owns a cell?* Whoever changed it last. A cell that still says what the last import brought belongs to the
//! source, and follows it. A cell that says something else was edited by people, and stays; where the source has
//! news for it, both values are told. Without a last import only empty cells are filled. What a facility does is
//! merged item by item. No row is ever deleted: one that the source has no longer is proposed as closed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::matching::{Found, Index, Why};
use super::snapshot::{Entry, Snapshot};
use super::{Imported, Row};
use crate::facility::{Column, Status};
use crate::list::{Schema, Sheet, canonical, cell};

mod fresh;
mod items;

pub use fresh::{Pieces, write, write_pieces};

/// The language of a new list's headings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeadingLanguage {
    /// 名称, 住所, 電話番号.
    Japanese,
    /// name, address, phone.
    English,
}

/// What may be done with rows that look like a row of the list and may not be it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Doubtful {
    /// Told, and left for people to decide.
    #[default]
    Ask,
    /// Taken for the same.
    Same,
    /// Taken for another.
    New,
}

/// How rows go into a list.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// True when the source only adds to rows that are there: 施設基準 tell what a clinic does, not what a list is.
    pub only_existing: bool,
    /// What is done with rows in doubt.
    pub doubtful: Doubtful,
    /// Pairs of an imported id and the list's id that people said are the same.
    pub same: Vec<(String, String)>,
    /// Rows that the source has no longer are closed on this day.
    pub close_gone: Option<Date>,
    /// True when the last import and this one are of the same rows, whatever their ids look like.
    pub is_whole: bool,
}

impl Terms {
    /// The same for a source that says itself what it brought last time, if it does: that was all of it.
    #[must_use]
    pub fn for_base(self, base: Option<&Snapshot>) -> Self {
        Self { is_whole: base.is_some(), ..self }
    }
}

/// A row by its id and name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A cell that changes, or that does not although the source says something else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The row.
    pub id: String,
    /// The column's heading.
    pub column: String,
    /// What the list says.
    pub list: String,
    /// What the source says.
    pub source: String,
}

/// An imported row that was matched by something else than its id, or may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// The imported row.
    pub imported: Named,
    /// The rows of the list.
    pub listed: Vec<Named>,
    /// By what.
    pub why: Why,
}

/// What becomes of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// New rows.
    pub added: Vec<Named>,
    /// How many rows change.
    pub rows_changed: usize,
    /// How many rows stay as they are.
    pub rows_same: usize,
    /// Cells that change.
    pub changed: Vec<Difference>,
    /// How many of them were empty.
    pub filled: usize,
    /// Cells that people edited and for which the source has something else: kept.
    pub kept: Vec<Difference>,
    /// Rows that were matched by phone and name, or by name and address.
    pub matched: Vec<Match>,
    /// Rows that may be in the list already: neither added nor merged.
    pub doubtful: Vec<Match>,
    /// Imported rows that the list does not have, where only existing ones are joined.
    pub absent: Vec<Named>,
    /// Rows that the source has no longer: proposed as closed.
    pub gone: Vec<Named>,
    /// Rows that were given their last day now.
    pub closed: Vec<Named>,
    /// Refused rows of which nobody knows which they are: while there are any, no row is closed.
    pub unnamed: usize,
}

impl Outcome {
    /// Whether the list would stay as it is.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.closed.is_empty()
    }
}

/// A list with imported rows put into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The list in canonical form.
    pub sheet: Sheet,
    /// What this import brought.
    pub snapshot: Snapshot,
    /// What became of it.
    pub outcome: Outcome,
}

fn heading(schema: &Schema, place: usize, language: HeadingLanguage) -> String {
    let known = schema.known().get(place);
    let japanese = known.and_then(|known| known.names.first()).filter(|_| language == HeadingLanguage::Japanese);
    japanese.or(known.map(|known| &known.id)).cloned().unwrap_or_default()
}

/// Puts imported rows into a list.
#[must_use]
pub fn merge(sheet: Sheet, imported: &Imported, last: &Snapshot, context: &Context<'_>) -> Merged {
    let rows = &imported.rows;
    let sheet = canonical::arrange(sheet, context.schema);
    let mut work = Work::new(sheet, rows, context);
    let index = Index::new(&work.sheet, context.schema);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for row in rows {
        let found = work.find(row, &index, last).filter_taken(&taken);
        match found {
            Found::Sure(at, why) => {
                taken.insert(at);
                work.tell_match(row, &[at], why);
                work.update(at, row, last);
            }
            Found::Doubt(places, why) => work.doubt(row, &places, why),
            Found::Nothing if context.terms.only_existing => work.outcome.absent.push(named(row)),
            Found::Nothing => work.add(row),
        }
    }
    work.close(imported, last, &taken);
    Merged { sheet: canonical::arrange(work.sheet, context.schema), snapshot: work.snapshot, outcome: work.outcome }
}

/// What rows are merged against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The columns.
    pub schema: &'a Schema,
    /// How.
    pub terms: &'a Terms,
}

fn named(row: &Row) -> Named {
    Named { id: row.id().to_owned(), name: row.get(Column::Name).to_owned() }
}

struct Work<'a> {
    sheet: Sheet,
    /// For each known column the column of the sheet.
    columns: Vec<Option<usize>>,
    context: &'a Context<'a>,
    snapshot: Snapshot,
    outcome: Outcome,
}

impl<'a> Work<'a> {
    /// Gives the list the columns that it lacks, headed in the language that it uses.
    fn new(mut sheet: Sheet, rows: &[Row], context: &'a Context<'a>) -> Self {
        let schema = context.schema;
        let japanese = sheet.headings.iter().any(|heading| !heading.is_ascii());
        let language = if japanese { HeadingLanguage::Japanese } else { HeadingLanguage::English };
        let mut columns: Vec<Option<usize>> = vec![None; schema.known().len()];
        for (column, heading) in sheet.headings.iter().enumerate() {
            if let Some(slot) =
                schema.find(heading).and_then(|place| columns.get_mut(place)).filter(|slot| slot.is_none())
            {
                *slot = Some(column);
            }
        }
        for (place, slot) in columns.iter_mut().enumerate() {
            let closing = place == Column::ClosedOn.index() && context.terms.close_gone.is_some();
            let wanted = !context.terms.only_existing || place == Column::Services.index();
            if slot.is_none() && (closing || (wanted && rows.iter().any(|row| !row.at(schema, place).is_empty()))) {
                *slot = Some(sheet.headings.len());
                sheet.headings.push(heading(schema, place, language));
            }
        }
        Self { sheet, columns, context, snapshot: Snapshot::default(), outcome: Outcome::default() }
    }

    fn cell(&self, row: usize, place: usize) -> &str {
        self.columns.get(place).copied().flatten().map_or("", |column| self.sheet.cell(row, column))
    }

    fn set(&mut self, row: usize, place: usize, value: String) {
        let Some(column) = self.columns.get(place).copied().flatten() else { return };
        if let Some(cells) = self.sheet.rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = value;
            }
        }
    }

    fn named(&self, row: usize) -> Named {
        let text = |column: Column| self.cell(row, column.index()).to_owned();
        Named { id: text(Column::Id), name: text(Column::Name) }
    }

    /// The row of the list for an imported one.
    fn find(&self, row: &Row, index: &Index, last: &Snapshot) -> Found {
        let terms = self.context.terms;
        let said = terms.same.iter().find(|(imported, _)| imported == row.id()).map(|(_, listed)| listed.as_str());
        let known = said.or_else(|| last.get(row.id()).map(|entry| entry.id.as_str())).unwrap_or(row.id());
        if let Some(at) = index.by_id(known) {
            return Found::Sure(at, Why::Id);
        }
        match index.find(row) {
            Found::Doubt(places, why) => match (terms.doubtful, places.as_slice()) {
                (Doubtful::New, _) => Found::Nothing,
                (Doubtful::Same, [only]) => Found::Sure(*only, why),
                _ => Found::Doubt(places, why),
            },
            found => found,
        }
    }

    fn tell_match(&mut self, row: &Row, places: &[usize], why: Why) {
        if why != Why::Id {
            let listed = places.iter().map(|&at| self.named(at)).collect();
            self.outcome.matched.push(Match { imported: named(row), listed, why });
        }
    }

    fn doubt(&mut self, row: &Row, places: &[usize], why: Why) {
        let listed = places.iter().map(|&at| self.named(at)).collect();
        self.outcome.doubtful.push(Match { imported: named(row), listed, why });
    }

    fn add(&mut self, row: &Row) {
        let at = self.sheet.rows.len();
        self.sheet.rows.push(vec![String::new(); self.sheet.headings.len()]);
        for place in 0..self.columns.len() {
            self.set(at, place, row.at(self.context.schema, place).to_owned());
        }
        self.outcome.added.push(named(row));
        self.remember(row, row.id());
    }

    /// Keeps what the source says now, for the next time.
    fn remember(&mut self, row: &Row, id: &str) {
        let schema = self.context.schema;
        let values = (1..schema.known().len())
            .map(|place| (place, standard(place, row.at(schema, place)).into_owned()))
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(place, value)| Some((schema.known().get(place)?.id.clone(), value)))
            .collect();
        self.snapshot.insert(row.id(), Entry { id: id.to_owned(), values });
    }

    fn update(&mut self, at: usize, row: &Row, last: &Snapshot) {
        let schema = self.context.schema;
        let entry = last.get(row.id());
        let before = self.outcome.changed.len();
        for (place, known) in schema.known().iter().enumerate().skip(1) {
            let theirs = standard(place, row.at(schema, place));
            let base = entry.map(|entry| entry.values.get(&known.id).map_or("", String::as_str));
            let foreign = self.context.terms.only_existing && place != Column::Services.index();
            if foreign || (theirs.is_empty() && base.unwrap_or("").is_empty()) {
                continue;
            }
            let ours = standard(place, self.cell(at, place)).into_owned();
            let sides = Sides { ours: &ours, theirs: &theirs, base };
            let verdict = match Schema::common(place) {
                Some(Column::Services) => items::merge(&sides, schema),
                Some(column @ (Column::Category | Column::Status)) => {
                    sides.judge_as(|text| meaning(column, text, schema))
                }
                _ => sides.judge(),
            };
            self.apply(at, place, &sides, verdict);
        }
        let changed = self.outcome.changed.len() > before;
        self.outcome.rows_changed += usize::from(changed);
        self.outcome.rows_same += usize::from(!changed);
        let id = self.named(at).id;
        self.remember(row, &id);
    }

    fn apply(&mut self, at: usize, place: usize, sides: &Sides<'_>, verdict: Verdict) {
        let schema = self.context.schema;
        let column = heading(schema, place, HeadingLanguage::Japanese);
        let difference = |source: &str| Difference {
            id: self.named(at).id,
            column,
            list: sides.ours.to_owned(),
            source: source.to_owned(),
        };
        match verdict {
            Verdict::Stays => {}
            Verdict::Kept => {
                let kept = difference(sides.theirs);
                self.outcome.kept.push(kept);
            }
            Verdict::Becomes(value) => {
                let changed = difference(&value);
                self.outcome.filled += usize::from(sides.ours.is_empty());
                self.outcome.changed.push(changed);
                self.set(at, place, value);
            }
        }
    }

    /// What the last import brought and this one has no longer.
    fn close(&mut self, imported: &Imported, last: &Snapshot, taken: &BTreeSet<usize>) {
        let (rows, refused) = (&imported.rows, &imported.report.still_there);
        let now: BTreeSet<&str> = rows.iter().map(Row::id).collect();
        let whole = self.context.terms.is_whole && !rows.is_empty();
        let kind = |id| if whole { ("", "") } else { kind(id) };
        let kinds: BTreeSet<(&str, &str)> = rows.iter().map(|row| kind(row.id())).collect();
        let id_column = self.columns.first().copied().flatten();
        let places: BTreeMap<String, usize> = (0..self.sheet.rows.len())
            .filter_map(|at| Some((self.sheet.cell(at, id_column?).to_owned(), at)))
            .collect();
        for (key, entry) in last.iter().filter(|(key, _)| !now.contains(key) && kinds.contains(&kind(key))) {
            let Some(&at) = places.get(&entry.id).filter(|at| !taken.contains(at)) else { continue };
            if refused.has(key) {
                self.snapshot.insert(key, entry.clone());
                continue;
            }
            if !self.cell(at, Column::ClosedOn.index()).is_empty() {
                continue;
            }
            let named = self.named(at);
            match self.context.terms.close_gone.filter(|_| refused.unnamed == 0) {
                Some(day) => {
                    self.set(at, Column::ClosedOn.index(), day.to_string());
                    self.outcome.closed.push(named);
                }
                None => {
                    // Remembered, so that it is proposed again.
                    self.snapshot.insert(key, entry.clone());
                    self.outcome.gone.push(named);
                }
            }
        }
        self.outcome.unnamed = if self.outcome.gone.is_empty() { 0 } else { refused.unnamed };
        // Rows of other files of this kind keep what they were told by them.
        for (key, entry) in last.iter().filter(|(key, _)| !kinds.contains(&kind(key))) {
            self.snapshot.insert(key, entry.clone());
        }
    }
}

/// A cell in its standard form.
fn standard(place: usize, text: &str) -> Cow<'_, str> {
    match Schema::common(place) {
        Some(column) => cell::canonical(column, text),
        None => Cow::Borrowed(text.trim()),
    }
}

/// What ids of one import have in common: `kaigo-…-760`, `tel-…`.
fn kind(id: &str) -> (&str, &str) {
    match id.split_once('-') {
        Some(("kaigo", rest)) => ("kaigo", rest.rsplit_once('-').map_or("", |(_, code)| code)),
        // Ids of one list of institutions come from whatever number a row has.
        Some(("med" | "tel" | "name", _)) => ("institution", ""),
        Some((first, _)) => (first, ""),
        None => (id, id),
    }
}

/// What a category or a status says, in whatever words.
fn meaning(column: Column, text: &str, schema: &Schema) -> String {
    match (column, text) {
        (Column::Status, "") => Status::Open.id(),
        (Column::Status, _) => Status::named(text).map_or(text, |status| status.id()),
        (Column::Category, _) => schema.category(text).unwrap_or(text),
        _ => text,
    }
    .to_owned()
}

/// One cell as the list has it, as the source has it, and as the last import brought it.
struct Sides<'a> {
    ours: &'a str,
    theirs: &'a str,
    base: Option<&'a str>,
}

/// What becomes of a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Verdict {
    Stays,
    Kept,
    Becomes(String),
}

impl Sides<'_> {
    /// The same where several words mean one thing; what is written is the source's own word.
    fn judge_as(&self, meaning: impl Fn(&str) -> String) -> Verdict {
        let (ours, theirs, base) = (meaning(self.ours), meaning(self.theirs), self.base.map(&meaning));
        match (Sides { ours: &ours, theirs: &theirs, base: base.as_deref() }).judge() {
            Verdict::Becomes(_) => Verdict::Becomes(self.theirs.to_owned()),
            verdict => verdict,
        }
    }

    fn judge(&self) -> Verdict {
        let Self { ours, theirs, base } = *self;
        match base {
            _ if ours == theirs => Verdict::Stays,
            Some(base) if ours == base => Verdict::Becomes(theirs.to_owned()),
            Some(base) if theirs == base => Verdict::Stays,
            None if ours.is_empty() => Verdict::Becomes(theirs.to_owned()),
            _ => Verdict::Kept,
        }
    }
}

#[cfg(test)]
mod tests;
