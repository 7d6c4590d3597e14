//! What must differ between rows: ids over all lists; and what looks like the same place twice.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Report};
use crate::japan::kana;

use super::{Facility, FacilityId};

/// Ids that are there twice (an error at each place), and rows that may be one facility (a warning).
pub(super) fn check(all: &[Facility], report: &mut Report) {
    let mut by_id: BTreeMap<&FacilityId, Vec<&Facility>> = BTreeMap::new();
    for facility in all {
        by_id.entry(&facility.id).or_default().push(facility);
    }
    for (id, same) in by_id.iter().filter(|(_, same)| same.len() > 1) {
        for (index, facility) in same.iter().enumerate() {
            let other = if index == 0 { same.get(1) } else { same.first() };
            let twice = Diagnostic::new(Code::FacilityIdTwice).at(&facility.cells.id).arg("id", id);
            report.push(match other {
                Some(other) => twice.label(&other.cells.id, "other"),
                None => twice,
            });
        }
    }
    check_twins(all, report);
}

fn check_twins(all: &[Facility], report: &mut Report) {
    let mut by_phone: BTreeMap<(&str, &str), Vec<&Facility>> = BTreeMap::new();
    for facility in all {
        if let Some(phone) = &facility.phone {
            by_phone.entry((phone.shown(), facility.category.as_str())).or_default().push(facility);
        }
    }
    for same in by_phone.into_values().filter(|same| same.len() > 1) {
        let mut by_name: BTreeMap<String, &Facility> = BTreeMap::new();
        for facility in same {
            let name = kana::name_key(&facility.name);
            match by_name.get(&name) {
                Some(first) if first.id != facility.id => report.push(
                    Diagnostic::new(Code::FacilityMaybeTwice)
                        .at(&facility.cells.name)
                        .arg("name", &facility.name)
                        .label(&first.cells.name, "other"),
                ),
                Some(_) => {}
                None => {
                    by_name.insert(name, facility);
                }
            }
        }
    }
}

/// One warning a list on ids that are bare row numbers: they will name another place after the next insertion.
pub(super) fn check_row_numbers(rows: &[Facility], report: &mut Report) {
    let looks_counted = |id: &str| id.len() <= 5 && id.bytes().all(|byte| byte.is_ascii_digit());
    let mut counted = rows.iter().filter(|facility| looks_counted(facility.id.as_str()));
    if let Some(first) = counted.next() {
        let count = 1 + counted.count();
        let unstable = Diagnostic::new(Code::FacilityIdRowNumber).at(&first.cells.id);
        report.push(unstable.arg("id", &first.id).arg("count", count));
    }
}
