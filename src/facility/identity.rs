//! What must differ between rows: ids over all lists; and what looks like the same place twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::ParallelSliceMut as _;

use crate::diag::{Code, Diagnostic, Report};
use crate::japan::kana;

use super::Facility;

/// Ids that are there twice (an error at each place), and rows that may be one facility (a warning).
pub(super) fn check(all: &[Arc<Facility>], report: &mut Report) {
    let mut by_id: Vec<&Facility> = all.iter().map(Arc::as_ref).collect();
    by_id.par_sort_by(|a, b| a.id.cmp(&b.id));
    for same in by_id.chunk_by(|a, b| a.id == b.id).filter(|same| same.len() > 1) {
        for (index, facility) in same.iter().enumerate() {
            let other = if index == 0 { same.get(1) } else { same.first() };
            let twice = Diagnostic::new(Code::FacilityIdTwice).at(&facility.cells.id).arg("id", &facility.id);
            report.push(match other {
                Some(other) => twice.label(&other.cells.id, "other"),
                None => twice,
            });
        }
    }
    check_twins(all, report);
}

fn check_twins(all: &[Arc<Facility>], report: &mut Report) {
    let mut with_phone: Vec<((&str, &str), &Facility)> = all
        .iter()
        .filter_map(|facility| Some(((facility.phone.as_ref()?.shown(), facility.category.as_str()), &**facility)))
        .collect();
    with_phone.par_sort_by_key(|(key, _)| *key);
    for same in with_phone.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let mut by_name: BTreeMap<String, &Facility> = BTreeMap::new();
        for (_, facility) in same {
            let first = *by_name.entry(kana::name_key(&facility.name)).or_insert(facility);
            if first.id != facility.id {
                report.push(
                    Diagnostic::new(Code::FacilityMaybeTwice)
                        .at(&facility.cells.name)
                        .arg("name", &facility.name)
                        .label(&first.cells.name, "other"),
                );
            }
        }
    }
}

/// One warning a list on ids that are bare row numbers: they will name another place after the next insertion.
pub(super) fn check_row_numbers(rows: &[Arc<Facility>], report: &mut Report) {
    let looks_counted = |id: &str| id.len() <= 5 && id.bytes().all(|byte| byte.is_ascii_digit());
    let mut counted = rows.iter().filter(|facility| looks_counted(facility.id.as_str()));
    if let Some(first) = counted.next() {
        let count = 1 + counted.count();
        let unstable = Diagnostic::new(Code::FacilityIdRowNumber).at(&first.cells.id);
        report.push(unstable.arg("id", &first.id).arg("count", count));
    }
}
