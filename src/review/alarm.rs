//! What is suspicious about a change: for `check --base`, and for the top of a review.

use std::collections::BTreeMap;

use super::{Comparison, Item, Matched};
use crate::diag::{Code, Diagnostic, Report};
use crate::doubt::some_names;
use crate::facility::Column;
use crate::source::{SourcePath, Span};

/// So far a place moves without its address only by mistake.
const MOVED_ALONE_M: f64 = 200.0;
/// Fewer changes are no mass, whatever their share.
const MASS_MIN: usize = 10;

/// The doubts about a change. `share_percent` is how many of a list's rows may change at once.
#[must_use]
pub fn alarms(comparison: &Comparison, share_percent: usize) -> Report {
    let mut report = Report::new();
    if let Some(numbers) = comparison.row_numbers {
        let place = comparison.changed.first().map(|change| &change.item).or(comparison.added.first());
        let renumbered = Diagnostic::new(Code::ListRenumbered).arg("shared", numbers.shared).arg("same", numbers.same);
        report.push(match place {
            Some(item) => renumbered.at(&item.span),
            None => renumbered,
        });
    }
    for (after, before) in &comparison.reused {
        let reused = Diagnostic::new(Code::ListIdReused).at(&after.span).arg("id", &after.id);
        report.push(reused.arg("before", &before.name).arg("after", &after.name));
    }
    changed(comparison, &mut report);
    vanished(comparison, &mut report);
    masses(comparison, share_percent, &mut report);
    report
}

fn changed(comparison: &Comparison, report: &mut Report) {
    for change in &comparison.changed {
        if change.matched != Matched::Id && change.item.id != change.before.id && comparison.row_numbers.is_none() {
            let renamed = Diagnostic::new(Code::ListIdChanged).at(&change.item.span).arg("name", &change.item.name);
            report.push(renamed.arg("old", &change.before.id).arg("new", &change.item.id));
        }
        let address = [Column::Address.id(), Column::Building.id()];
        let same_address = !change.fields.iter().any(|field| address.contains(&field.column.as_str()));
        if let Some(moved) = change.moved.filter(|moved| moved.distance_m >= MOVED_ALONE_M && same_address) {
            let alone = Diagnostic::new(Code::ListMovedAlone).at(&change.item.span).arg("name", &change.item.name);
            report.push(alone.arg("distance", super::markdown::distance(moved.distance_m)));
        }
    }
}

/// Rows that are gone without a word: one warning a list.
fn vanished(comparison: &Comparison, report: &mut Report) {
    let reused: Vec<&Span> = comparison.reused.iter().map(|(_, before)| &before.span).collect();
    let mut by_list: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in comparison.removed.iter().filter(|item| !reused.contains(&&item.span)) {
        by_list.entry(&item.path).or_default().push(item);
    }
    for (path, items) in by_list {
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        let gone = Diagnostic::new(Code::ListRowsVanished).arg("path", path).arg("count", items.len());
        let gone = gone.arg("names", some_names(&names));
        report.push(match SourcePath::new(path) {
            Some(path) => gone.at(&Span::file(&path)),
            None => gone,
        });
    }
}

fn masses(comparison: &Comparison, share_percent: usize, report: &mut Report) {
    let mut touched: BTreeMap<&str, usize> = BTreeMap::new();
    let real = comparison.real().map(|change| change.item.path.as_str());
    for path in real.chain(comparison.removed.iter().map(|item| item.path.as_str())) {
        *touched.entry(path).or_default() += 1;
    }
    for (path, count) in touched {
        let rows = comparison.rows_of(path);
        if count < MASS_MIN || count * 100 <= rows * share_percent {
            continue;
        }
        let mass = Diagnostic::new(Code::ListMassChange).arg("path", path).arg("count", count).arg("rows", rows);
        let mass = mass.arg("percent", count * 100 / rows.max(1)).arg("limit", share_percent);
        report.push(match SourcePath::new(path) {
            Some(path) => mass.at(&Span::file(&path)),
            None => mass,
        });
    }
}
