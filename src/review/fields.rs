//! What differs between two rows that are one facility.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::facts::{Facts, position};
use super::roll::{Field, List, Roll};
use super::{Change, ColumnChange, Comparison, Fate, FieldChange, Matched, Moved};
use crate::facility::{Column, Status};
use crate::geo::distance_m;
use crate::japan::{address_key, kana};
use crate::list::cell;
use crate::table::Cell;

/// Less is the same place: GPS and geocoders do not agree on more.
const MOVED_MIN_M: f64 = 1.0;

/// A column of two lists.
struct Shared {
    field: Field,
    heading: String,
    before: usize,
    after: usize,
}

/// The columns that two lists share, and those that only one of them has.
struct Columns {
    shared: Vec<Shared>,
    gone: Vec<(usize, String)>,
    new: Vec<(usize, String)>,
}

type Sides<'r, 't> = (&'r Roll<'t>, &'r Roll<'t>);

/// Compares every pair, and adds what differs.
pub(super) fn compare(
    pairs: &[(usize, usize, Matched)],
    sides: Sides<'_, '_>,
    facts: &Facts<'_>,
    comparison: &mut Comparison,
) {
    let mut columns: BTreeMap<(usize, usize), Columns> = BTreeMap::new();
    for &(old, new, _) in pairs {
        if let (Some(before), Some(after)) = (sides.0.entries.get(old), sides.1.entries.get(new))
            && !columns.contains_key(&(before.list, after.list))
            && let (Some(one), Some(other)) = (sides.0.list(*before), sides.1.list(*after))
        {
            let mut both = columns_of(one, other);
            if comparison.row_numbers.is_some() {
                // Of ids that are row numbers, nothing is learned from their change.
                both.shared.retain(|shared| shared.field != Field::Common(Column::Id));
            }
            columns.insert((before.list, after.list), both);
        }
    }
    let changed: Vec<Option<Change>> = pairs.par_iter().map(|&pair| change(pair, sides, &columns, facts)).collect();
    comparison.unchanged = changed.iter().filter(|change| change.is_none()).count();
    comparison.changed = changed.into_iter().flatten().collect();
    comparison.columns = column_changes(pairs, sides, &columns);
}

fn columns_of(before: &List<'_>, after: &List<'_>) -> Columns {
    let mut columns = Columns { shared: Vec::new(), gone: Vec::new(), new: Vec::new() };
    for (field, &column) in &before.columns {
        let heading = before.headings.get(field).cloned().unwrap_or_default();
        match after.columns.get(field) {
            Some(&after) => columns.shared.push(Shared { field: field.clone(), heading, before: column, after }),
            None => columns.gone.push((column, heading)),
        }
    }
    for (field, &column) in after.columns.iter().filter(|(field, _)| !before.columns.contains_key(*field)) {
        columns.new.push((column, after.headings.get(field).cloned().unwrap_or_default()));
    }
    columns
}

fn change(
    (old, new, matched): (usize, usize, Matched),
    (before, after): Sides<'_, '_>,
    columns: &BTreeMap<(usize, usize), Columns>,
    facts: &Facts<'_>,
) -> Option<Change> {
    let (one, other) = (before.entries.get(old)?, after.entries.get(new)?);
    let columns = columns.get(&(one.list, other.list))?;
    let mut fields = Vec::new();
    for shared in &columns.shared {
        fields.extend(difference(shared, (one.row.cell(shared.before), other.row.cell(shared.after)), facts));
    }
    let moved = moved((before, old), (after, new));
    if moved.is_some() {
        let of_place = [Column::Lat.id(), Column::Lon.id(), "location"];
        fields.retain(|field| !of_place.contains(&field.column.as_str()));
    }
    if fields.is_empty() && moved.is_none() {
        return None;
    }
    let fate = fate(&fields);
    Some(Change { item: facts.item(after, new), before: facts.item(before, old), matched, fate, fields, moved })
}

fn difference(shared: &Shared, cells: (Option<Cell<'_>>, Option<Cell<'_>>), facts: &Facts<'_>) -> Option<FieldChange> {
    let raw = |cell: &Option<Cell<'_>>| cell.as_ref().map_or("", |cell| cell.raw()).to_owned();
    if cells.0.as_ref().map_or("", |cell| cell.raw()) == cells.1.as_ref().map_or("", |cell| cell.raw()) {
        return None;
    }
    let value = |cell: &Option<Cell<'_>>| match cell {
        Some(cell) => cell.value().trim().to_owned(),
        None => raw(cell),
    };
    let (old, new) = (value(&cells.0), value(&cells.1));
    let (column, heading) = match &shared.field {
        Field::Common(column) => {
            if means(*column, &old, facts) == means(*column, &new, facts) {
                return None;
            }
            (column.id().to_owned(), column.heading().to_owned())
        }
        Field::Location => ("location".to_owned(), shared.heading.clone()),
        Field::Other(_) => (shared.heading.clone(), shared.heading.clone()),
    };
    if old == new {
        return None;
    }
    let is_address = shared.field == Field::Common(Column::Address);
    let spelling_only = kana::fold(&old) == kana::fold(&new) || (is_address && address_key(&old) == address_key(&new));
    Some(FieldChange { column, heading, old, new, spelling_only })
}

/// What a cell means, whatever its spelling: numbers as numbers, lists in order, names as identifiers.
fn means<'a>(column: Column, text: &'a str, facts: &Facts<'_>) -> Cow<'a, str> {
    match column {
        Column::Lat | Column::Lon => match text.parse::<f64>() {
            Ok(number) => Cow::Owned(number.to_string()),
            Err(_) => Cow::Borrowed(text),
        },
        Column::Status => Cow::Borrowed(status(text).map_or(text, |status| status.id())),
        Column::Services | Column::Serves => {
            let item = |item: &str| {
                let name = item.trim_start_matches(['!', '?', '！', '？']);
                let sign = item.get(..item.len() - name.len()).unwrap_or_default();
                let sign = sign.replace('！', "!").replace('？', "?");
                format!("{sign}{}", facts.identifier(column, name.trim()).unwrap_or_else(|| name.trim().to_owned()))
            };
            let mut items: Vec<String> =
                text.split([';', '；']).map(str::trim).filter(|text| !text.is_empty()).map(item).collect();
            items.sort_unstable();
            Cow::Owned(items.join(";"))
        }
        Column::Category | Column::Area => facts.identifier(column, text).map_or(Cow::Borrowed(text), Cow::Owned),
        _ => cell::canonical(column, text),
    }
}

fn moved(before: (&Roll<'_>, usize), after: (&Roll<'_>, usize)) -> Option<Moved> {
    let (from, to) = (position(before.0, before.1)?, position(after.0, after.1)?);
    if from == to {
        return None;
    }
    let distance_m = distance_m(from, to);
    (distance_m >= MOVED_MIN_M).then_some(Moved { from, to, distance_m: (distance_m * 10.0).round() / 10.0 })
}

fn fate(fields: &[FieldChange]) -> Fate {
    let of = |column: Column| fields.iter().find(|field| field.column == column.id());
    if of(Column::ClosedOn).is_some_and(|field| !field.new.is_empty()) {
        return Fate::Closed;
    }
    match of(Column::Status).map(|field| status(&field.new)) {
        Some(Some(Status::Unlisted)) => Fate::Unlisted,
        Some(Some(Status::Paused)) => Fate::Paused,
        Some(Some(Status::Open)) => Fate::Reopened,
        // What nobody can read opens nothing.
        Some(None) => Fate::Same,
        None if of(Column::ClosedOn).is_some() => Fate::Reopened,
        None => Fate::Same,
    }
}

/// The status that a cell names; a list without a word on it means that all goes on.
fn status(text: &str) -> Option<Status> {
    if text.is_empty() { Some(Status::Open) } else { Status::named(&kana::fold(text)).or_else(|| Status::named(text)) }
}

/// Columns that came or went, with how many rows say something in them.
fn column_changes(
    pairs: &[(usize, usize, Matched)],
    (before, after): Sides<'_, '_>,
    columns: &BTreeMap<(usize, usize), Columns>,
) -> Vec<ColumnChange> {
    let mut filled: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
    for &(old, new, _) in pairs {
        let (Some(one), Some(other)) = (before.entries.get(old), after.entries.get(new)) else { continue };
        let Some(columns) = columns.get(&(one.list, other.list)) else { continue };
        let path = after.list(*other).map_or_else(String::new, |list| list.path.to_string());
        for (column, heading) in &columns.gone {
            let says = one.row.cell(*column).is_some_and(|cell| !cell.is_blank());
            *filled.entry((path.clone(), heading.clone(), false)).or_default() += usize::from(says);
        }
        for (column, heading) in &columns.new {
            let says = other.row.cell(*column).is_some_and(|cell| !cell.is_blank());
            *filled.entry((path.clone(), heading.clone(), true)).or_default() += usize::from(says);
        }
    }
    let changes = filled.into_iter().filter(|(_, filled)| *filled > 0);
    changes.map(|((path, heading, added), filled)| ColumnChange { path, heading, added, filled }).collect()
}
