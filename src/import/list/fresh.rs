//! A list that nobody keeps yet, and the record of what it was made from: written straight from the rows.
//!
//! The same texts as `merge` makes of an empty list, handed over piece by piece: nobody has to hold the cells of a
//! whole country twice.

use std::borrow::Cow;

use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _, ParallelSlice as _, ParallelSliceMut as _};

use super::{HeadingLanguage, heading, standard};
use crate::facility::Column;
use crate::import::Row;
use crate::list::{Schema, push_row};

/// Takes the pieces of two texts in their order: of the list, and of the record beside it.
pub type Pieces<'p> = dyn FnMut(&str, &str) + Send + 'p;

/// A new list in canonical form.
#[must_use]
pub fn write(rows: &[Row], schema: &Schema, language: HeadingLanguage) -> String {
    let mut out = String::new();
    write_pieces(rows, schema, language, &mut |piece, _| out.push_str(piece));
    out
}

/// A new list in canonical form, and what the rows brought, as `Snapshot` keeps it.
pub fn write_pieces(rows: &[Row], schema: &Schema, language: HeadingLanguage, out: &mut Pieces<'_>) {
    let filled = filled(rows, schema);
    let columns: Vec<usize> =
        filled.iter().enumerate().filter(|(place, filled)| *place < 3 || **filled).map(|(place, _)| place).collect();
    let mut kept: Vec<(&str, usize)> = columns
        .iter()
        .enumerate()
        .filter(|&(_, &place)| place > 0 && filled.get(place) == Some(&true))
        .filter_map(|(at, &place)| Some((schema.known().get(place)?.id.as_str(), at)))
        .collect();
    kept.sort_unstable();
    let (mut list, mut record) = (String::new(), String::new());
    let headings: Vec<String> = columns.iter().map(|&place| heading(schema, place, language)).collect();
    push_row(&mut list, headings.iter().map(String::as_str));
    push_row(&mut record, ["key", "id"].into_iter().chain(kept.iter().map(|(id, _)| *id)));
    out(&list, &record);
    let mut sorted: Vec<&Row> = rows.iter().collect();
    // Rows without an id come last in a list; an import brings none.
    sorted.par_sort_by(|a, b| (a.id().is_empty(), a.id()).cmp(&(b.id().is_empty(), b.id())));
    let lines = |rows: &[&Row]| {
        let (mut list, mut record) = (String::new(), String::new());
        for row in rows {
            let common = row.values.by_place();
            let said = |place: usize| common.get(place).copied().unwrap_or_else(|| row.at(schema, place));
            let cells: Vec<Cow<'_, str>> = columns.iter().map(|&place| standard(place, said(place))).collect();
            push_row(&mut list, cells.iter().map(AsRef::as_ref));
            let values = kept.iter().map(|&(_, at)| cells.get(at).map_or("", AsRef::as_ref));
            push_row(&mut record, [row.id(), row.id()].into_iter().chain(values));
        }
        (list, record)
    };
    // Lines are made side by side and handed over in their order, while the next ones are made.
    let mut made: Vec<(String, String)> = Vec::new();
    for held in sorted.chunks(ROWS_HELD) {
        let next = || held.par_chunks(ROWS_AT_ONCE).map(lines).collect();
        (_, made) = rayon::join(|| made.iter().for_each(|(list, record)| out(list, record)), next);
    }
    made.iter().for_each(|(list, record)| out(list, record));
}

/// Enough rows to be worth a thread's while.
const ROWS_AT_ONCE: usize = 1_024;
/// So many are held as lines at a time.
const ROWS_HELD: usize = 16 * ROWS_AT_ONCE;

/// For each known column whether any row says something there.
fn filled(rows: &[Row], schema: &Schema) -> Vec<bool> {
    let nothing = || vec![false; schema.known().len()];
    let mark = |mut filled: Vec<bool>, row: &Row| {
        for (column, _) in row.values.iter() {
            if let Some(filled) = filled.get_mut(column.index()) {
                *filled = true;
            }
        }
        let declared = filled.iter_mut().enumerate().skip(Column::ALL.len()).filter(|_| !row.extra.is_empty());
        for (place, filled) in declared.filter(|(_, filled)| !**filled) {
            *filled = !row.at(schema, place).is_empty();
        }
        filled
    };
    let either = |one: Vec<bool>, other: Vec<bool>| one.iter().zip(&other).map(|(a, b)| *a || *b).collect();
    rows.par_iter().fold(nothing, mark).reduce(nothing, either)
}
