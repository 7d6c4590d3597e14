//! Three versions of a list become one: row by row, by id, and cell by cell.
//!
//! In: the list before both changes, ours, and theirs. Out: the merged list in canonical form, and every cell for
//! which both sides want something else, marked in the cell. Order, quotes, line ends and spelling never conflict.
//! Title rows above the headings are kept.
//! A row that one side removed and the other left alone goes; if the other changed it, it stays, marked.
//!
//! Nothing is merged where a side has no headings or no column of ids: then git has to do it line by line.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::facility::Column;
use crate::list::{Schema, Sheet, canonical, cell};
use crate::table::conflict::{Conflict, ROW_REMOVED};
use crate::table::{Table, headings, headings::key};

/// A merged list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// Its text in canonical form.
    pub text: String,
    /// The cells that hold two values.
    pub conflicts: Vec<CellConflict>,
}

/// A cell that holds two values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellConflict {
    /// The row.
    pub id: String,
    /// The column's heading.
    pub heading: String,
    /// The values.
    pub values: Conflict,
}

/// The merged list; none where one of them can't be read as a list. An empty base is no list yet.
#[must_use]
pub fn merge(base: &Table, ours: &Table, theirs: &Table, schema: &Schema) -> Option<Merged> {
    let base = if base.rows().all(|row| row.is_blank()) { Side::default() } else { Side::of(base, schema)? };
    let (ours, theirs) = (Side::of(ours, schema)?, Side::of(theirs, schema)?);
    let sides = Sides { base, ours, theirs };
    let columns = sides.columns();
    let mut conflicts = Vec::new();
    let mut rows = Vec::new();
    for row in sides.ids() {
        rows.extend(sides.row(row, &columns, &mut conflicts));
    }
    let headings = columns.iter().map(|column| sides.heading(column)).collect();
    let sheet = canonical::arrange(Sheet { titles: sides.titles(), headings, rows }, schema);
    Some(Merged { text: sheet.to_csv(), conflicts })
}

/// What a column is: a known one, or its heading in the form in which headings are compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Name {
    Known(usize),
    Other(String),
}

/// A row's id, and which of its kind it is; rows without id are told apart by all they say.
type RowKey = (String, usize, String);

#[derive(Debug, Default)]
struct Side {
    titles: Vec<Vec<String>>,
    columns: BTreeMap<Name, (usize, String)>,
    order: Vec<Name>,
    rows: BTreeMap<RowKey, Vec<String>>,
}

impl Side {
    fn of(table: &Table, schema: &Schema) -> Option<Self> {
        let found = headings::find(table, schema.known()).value?;
        let id = found.column(Column::Id.index())?;
        if found.data(table).any(|row| row.is_flawed() || found.ragged(&row).is_some()) {
            return None;
        }
        let sheet = Sheet::of(table, &found);
        let mut side =
            Self { titles: sheet.titles.iter().map(|row| without_blank_end(row)).collect(), ..Self::default() };
        for (index, heading) in sheet.headings.iter().enumerate() {
            let known = schema.find(heading).map_or_else(|| Name::Other(key(heading)), Name::Known);
            // A heading that comes again is a column of its own, told apart by its place.
            let name =
                if side.columns.contains_key(&known) { Name::Other(format!("{heading}\n{index}")) } else { known };
            side.columns.insert(name.clone(), (index, heading.clone()));
            side.order.push(name);
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in sheet.rows {
            let id = row.get(id).map_or_else(String::new, |id| id.trim().to_owned());
            let whole = if id.is_empty() { row.join("\u{1f}") } else { String::new() };
            let count = seen.entry(format!("{id}{whole}")).or_default();
            side.rows.insert((id, *count, whole), row);
            *count += 1;
        }
        Some(side)
    }

    /// What a row says in a column, in canonical form; none where the side has no such row or column.
    fn value(&self, row: &RowKey, column: &Name) -> Option<Cow<'_, str>> {
        let (index, _) = self.columns.get(column)?;
        let text = self.rows.get(row)?.get(*index).map_or("", String::as_str);
        Some(match column {
            Name::Known(place) => match Schema::common(*place) {
                Some(column) => cell::canonical(column, text),
                None => Cow::Borrowed(text.trim()),
            },
            Name::Other(_) => Cow::Borrowed(text),
        })
    }
}

struct Sides {
    base: Side,
    ours: Side,
    theirs: Side,
}

/// A title row is as wide as its list, which may differ between versions.
fn without_blank_end(row: &[String]) -> Vec<String> {
    let width = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    row.iter().take(width).cloned().collect()
}

impl Sides {
    /// The title rows of the side that changed them. Where both did, all stand: they are words for people, and which
    /// of them is true no program can tell.
    fn titles(&self) -> Vec<Vec<String>> {
        let (base, ours, theirs) = (&self.base.titles, &self.ours.titles, &self.theirs.titles);
        if ours == base {
            return theirs.clone();
        }
        let mut titles = ours.clone();
        titles.extend(theirs.iter().filter(|row| !base.contains(row) && !ours.contains(row)).cloned());
        titles
    }

    fn ids(&self) -> BTreeSet<&RowKey> {
        self.ours.rows.keys().chain(self.theirs.rows.keys()).collect()
    }

    /// The columns of the merged list: ours in their order, then those that only they have.
    fn columns(&self) -> Vec<Name> {
        let theirs = self.theirs.order.iter().filter(|name| !self.ours.columns.contains_key(*name));
        self.ours.order.iter().chain(theirs).filter(|name| self.stays(name)).cloned().collect()
    }

    /// A column that one side took away stays only if the other side changed something in it.
    fn stays(&self, name: &Name) -> bool {
        let (keeper, other) = match (self.ours.columns.contains_key(name), self.theirs.columns.contains_key(name)) {
            (true, true) => return true,
            (true, false) => (&self.ours, &self.theirs),
            _ => (&self.theirs, &self.ours),
        };
        let was_there = self.base.columns.contains_key(name);
        !was_there
            || keeper.rows.keys().any(|row| {
                other.rows.contains_key(row)
                    && keeper.value(row, name).unwrap_or_default() != self.base.value(row, name).unwrap_or_default()
            })
    }

    fn heading(&self, name: &Name) -> String {
        let found = self.ours.columns.get(name).or_else(|| self.theirs.columns.get(name));
        found.map_or_else(String::new, |(_, heading)| heading.clone())
    }

    /// The merged row; none where it goes.
    fn row(&self, row: &RowKey, columns: &[Name], conflicts: &mut Vec<CellConflict>) -> Option<Vec<String>> {
        let is_there = |side: &Side| side.rows.contains_key(row);
        let in_base = is_there(&self.base);
        let removed_by = match (is_there(&self.ours), is_there(&self.theirs)) {
            (true, false) if in_base => Some(&self.theirs),
            (false, true) if in_base => Some(&self.ours),
            _ => None,
        };
        if removed_by.is_some() && columns.iter().all(|column| !self.is_changed(row, column)) {
            return None;
        }
        let mut cells = Vec::with_capacity(columns.len());
        for column in columns {
            let values = self.values(row, column, removed_by.is_some());
            cells.push(match decided(&values) {
                Some(value) => value,
                None => {
                    let (id, heading) = (row.0.clone(), self.heading(column));
                    let text = values.write();
                    conflicts.push(CellConflict { id, heading, values });
                    text
                }
            });
        }
        Some(cells)
    }

    /// Whether the side that kept a row says something else than before.
    fn is_changed(&self, row: &RowKey, column: &Name) -> bool {
        let base = self.base.value(row, column).unwrap_or_default();
        [&self.ours, &self.theirs].iter().filter_map(|side| side.value(row, column)).any(|value| value != base)
    }

    /// What both sides and their common base say. A side without the column or the row has no opinion: it says what
    /// the base said. Where it removed the row, and the other side changed the cell, it says that.
    fn values(&self, row: &RowKey, column: &Name, row_is_removed: bool) -> Conflict {
        let base = self.base.value(row, column).unwrap_or_default();
        let is_changed = row_is_removed && self.is_changed(row, column);
        let value = |side: &Side| {
            if is_changed && !side.rows.contains_key(row) {
                return ROW_REMOVED.to_owned();
            }
            side.value(row, column).unwrap_or_else(|| base.clone()).into_owned()
        };
        Conflict { ours: value(&self.ours), theirs: value(&self.theirs), base: base.into_owned() }
    }
}

/// The value of a cell, unless both sides changed it in different ways.
fn decided(values: &Conflict) -> Option<String> {
    let Conflict { ours, base, theirs } = values;
    if ours == theirs || theirs == base {
        Some(ours.clone())
    } else if ours == base {
        Some(theirs.clone())
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
