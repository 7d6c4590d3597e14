//! What a change makes of the lists, facility by facility: for the person who decides on a pull request.
//!
//! In: the lists before and after, as texts. Out: a `Comparison`, which `markdown` and `json` put into words, and
//! `alarm` into diagnostics. Rows are compared by what they say: their order, the order of the columns, quotes, line
//! ends, encoding and spelling of numbers do not count as changes. Broken rows are compared like any others.
//!
//! Rows are paired by id. *Why not only by id?* Ids of municipal lists are often row numbers: of the 607 ids that
//! two editions of one city's list share, 3 name the same facility. Where so many ids name strangers, none is
//! trusted, and rows are paired by name, address and telephone, which the review says.

pub mod alarm;
mod facts;
mod fields;
pub mod json;
pub mod map;
pub mod markdown;
mod pair;
mod roll;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::area::Areas;
use crate::geo::Position;
use crate::source::{SourcePath, Sources, Span, Text};
use crate::vocabulary::Vocabulary;

pub use pair::Matched;

/// The lists of one side, by path.
pub type Lists = BTreeMap<SourcePath, Text>;

/// What names categories and areas.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Categories and services.
    pub vocabulary: &'a Vocabulary,
    /// The areas.
    pub areas: &'a Areas,
}

/// A row as a reviewer needs it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its category.
    pub category: String,
    /// The name of its area.
    pub area: String,
    /// The association that answers for it.
    pub source: String,
    /// Its list.
    pub path: String,
    /// Its line there.
    pub line: usize,
    /// Its id's cell.
    #[serde(skip)]
    pub span: Span,
}

/// A facility that is there before and after, and says something else.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Change {
    /// The row as it will be.
    #[serde(flatten)]
    pub item: Item,
    /// Its name and id before.
    pub before: Item,
    /// How the two were found to be one.
    pub matched: Matched,
    /// What became of it.
    pub fate: Fate,
    /// What differs.
    pub fields: Vec<FieldChange>,
    /// Where it stood and stands, where that differs.
    pub moved: Option<Moved>,
}

/// What became of a facility.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It will close, or has closed.
    Closed,
    /// It does not want to be listed any more.
    Unlisted,
    /// It pauses.
    Paused,
    /// It is open again.
    Reopened,
    /// It goes on.
    Same,
}

/// One cell that says something else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FieldChange {
    /// The column's identifier; its heading for columns that we do not know.
    pub column: String,
    /// Its heading in Japanese.
    pub heading: String,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// True where only the spelling differs (widths, spaces, variants of letters).
    pub spelling_only: bool,
}

/// Two positions of a facility.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Moved {
    /// Latitude and longitude before.
    #[serde(serialize_with = "json::position")]
    pub from: Position,
    /// Latitude and longitude after.
    #[serde(serialize_with = "json::position")]
    pub to: Position,
    /// Metres between them.
    pub distance_m: f64,
}

/// A column that only one side has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ColumnChange {
    /// The list.
    pub path: String,
    /// Its heading as written.
    pub heading: String,
    /// True for a new column, false for one that is gone.
    pub added: bool,
    /// How many paired rows say something in it.
    pub filled: usize,
}

/// Ids that are trusted no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RowNumbers {
    /// Ids on both sides.
    pub shared: usize,
    /// Of these, how many name the same facility.
    pub same: usize,
}

/// Everything that a change does to the lists.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Comparison {
    /// Rows before.
    pub rows_before: usize,
    /// Rows after.
    pub rows_after: usize,
    /// Rows of each list: after, or before where it is gone.
    pub rows_by_list: BTreeMap<String, usize>,
    /// Rows that say what they said.
    pub unchanged: usize,
    /// New rows.
    pub added: Vec<Item>,
    /// Rows that are gone.
    pub removed: Vec<Item>,
    /// Rows that say something else.
    pub changed: Vec<Change>,
    /// Columns that came or went.
    pub columns: Vec<ColumnChange>,
    /// Set where ids turned out to be row numbers.
    pub row_numbers: Option<RowNumbers>,
    /// Ids that named another facility before: the row after, and the row before.
    pub reused: Vec<(Item, Item)>,
    /// Lists that differ only in order, quotes, line ends or encoding.
    pub same_content: Vec<String>,
    /// Lists without headings that we know: they were not compared.
    pub unreadable: Vec<String>,
}

impl Comparison {
    /// Whether no list says anything else than before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.columns.is_empty()
            && self.unreadable.is_empty()
    }

    /// How many rows a list has after the change.
    #[must_use]
    pub fn rows_of(&self, path: &str) -> usize {
        self.rows_by_list.get(path).copied().unwrap_or(0)
    }

    /// Changes that say more than another spelling.
    pub fn real(&self) -> impl Iterator<Item = &Change> {
        self.changed.iter().filter(|change| !change.is_respelled())
    }
}

impl Change {
    /// True where nothing but spelling differs.
    #[must_use]
    pub fn is_respelled(&self) -> bool {
        self.moved.is_none() && self.fields.iter().all(|field| field.spelling_only)
    }
}

/// The lists of a site.
#[must_use]
pub fn lists(sources: &Sources) -> Lists {
    let texts = sources.texts_in(crate::facility::FACILITIES_FOLDER, "csv");
    texts.map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// What becomes of the lists.
#[must_use]
pub fn compare(base: &Lists, head: &Lists, context: Context<'_>) -> Comparison {
    let known = roll::known(context.vocabulary);
    let (base_tables, head_tables) = rayon::join(|| roll::tables(base), || roll::tables(head));
    let (before, after) = rayon::join(|| roll::Roll::of(&base_tables, &known), || roll::Roll::of(&head_tables, &known));
    let pairing = pair::pair(&before, &after);
    let facts = facts::Facts::new(context);
    let mut comparison = Comparison {
        rows_before: before.rows(),
        rows_after: after.rows(),
        rows_by_list: rows_by_list(&[&before, &after]),
        row_numbers: pairing.row_numbers,
        unreadable: [&before.unreadable, &after.unreadable].into_iter().flatten().cloned().collect(),
        added: pairing.added.iter().map(|&row| facts.item(&after, row)).collect(),
        removed: pairing.removed.iter().map(|&row| facts.item(&before, row)).collect(),
        reused: pairing.reused.iter().map(|&(old, new)| (facts.item(&after, new), facts.item(&before, old))).collect(),
        ..Comparison::default()
    };
    comparison.unreadable.dedup();
    fields::compare(&pairing.pairs, (&before, &after), &facts, &mut comparison);
    comparison.same_content = same_content(base, head, &comparison);
    comparison
}

/// Later rolls go before earlier ones.
fn rows_by_list(rolls: &[&roll::Roll<'_>]) -> BTreeMap<String, usize> {
    let mut rows = BTreeMap::new();
    for roll in rolls {
        for (index, list) in roll.lists.iter().enumerate() {
            let count = roll.entries.iter().filter(|entry| entry.list == index).count();
            rows.insert(list.path.to_string(), count);
        }
    }
    rows
}

/// Lists whose text differs although no row of theirs does.
fn same_content(base: &Lists, head: &Lists, comparison: &Comparison) -> Vec<String> {
    let touched = |path: &str| {
        comparison.added.iter().chain(&comparison.removed).any(|item| item.path == path)
            || comparison.changed.iter().any(|change| change.item.path == path || change.before.path == path)
            || comparison.columns.iter().any(|column| column.path == path)
            || comparison.unreadable.iter().any(|list| list == path)
    };
    let differs = |path: &SourcePath, text: &Text| {
        base.get(path).is_some_and(|old| old.text != text.text || old.encoding != text.encoding)
    };
    let same = head.iter().filter(|(path, text)| differs(path, text) && !touched(path.as_str()));
    same.map(|(path, _)| path.to_string()).collect()
}

#[cfg(test)]
mod tests;
