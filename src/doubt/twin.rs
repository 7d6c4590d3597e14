//! Rows that may be one place, over all lists: never merged, only told.
//!
//! `facility` tells rows with the same category, number and name. Here are those with two of three in common (name,
//! address, telephone), and points on which suspiciously many places stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Facility;
use crate::japan::kana;

/// So many places at different addresses on one point are a geocoder's default, not a medical mall.
const SUSPICIOUS_ON_ONE_POINT: usize = 4;

pub(super) fn check(facilities: &[Arc<Facility>], report: &mut Report) {
    let keyed: Vec<Keyed<'_>> = facilities.iter().map(|facility| Keyed::of(facility)).collect();
    maybe_same(&keyed, report);
    one_point(&keyed, report);
}

struct Keyed<'a> {
    facility: &'a Facility,
    name: String,
    address: String,
    phone: &'a str,
}

impl<'a> Keyed<'a> {
    fn of(facility: &'a Facility) -> Self {
        Self {
            facility,
            name: kana::name_key(&facility.name),
            address: facility.address.as_deref().map(crate::japan::address_key).unwrap_or_default(),
            phone: facility.phone.as_ref().map(crate::japan::phone::Phone::shown).unwrap_or_default(),
        }
    }
}

fn maybe_same(keyed: &[Keyed<'_>], report: &mut Report) {
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for shared in ["name_and_address", "phone_and_address"] {
        let mut first: BTreeMap<([&str; 2], &str), &Facility> = BTreeMap::new();
        for row in keyed {
            let first_part = if shared == "name_and_address" { row.name.as_str() } else { row.phone };
            let key = [first_part, row.address.as_str()];
            if key.iter().any(|part| part.is_empty()) {
                continue;
            }
            let facility = row.facility;
            let earlier = *first.entry((key, facility.category.as_str())).or_insert(facility);
            let same_row = earlier.id == facility.id || is_told_already(earlier, facility);
            if same_row || !told.insert((earlier.id.as_str(), facility.id.as_str())) {
                continue;
            }
            report.push(
                Diagnostic::new(Code::ListMaybeSame)
                    .at(&facility.cells.name)
                    .arg("name", &facility.name)
                    .arg("other", &earlier.name)
                    .label(&earlier.cells.name, shared),
            );
        }
    }
}

/// What S0637 says when the rows are read.
fn is_told_already(one: &Facility, other: &Facility) -> bool {
    let phone = |facility: &Facility| facility.phone.as_ref().map(|phone| phone.shown().to_owned());
    phone(one).is_some() && phone(one) == phone(other) && kana::name_key(&one.name) == kana::name_key(&other.name)
}

fn one_point(keyed: &[Keyed<'_>], report: &mut Report) {
    let mut points: BTreeMap<(u64, u64), Vec<&Keyed<'_>>> = BTreeMap::new();
    for row in keyed {
        if let Some(position) = row.facility.position {
            points.entry((position.lat.to_bits(), position.lon.to_bits())).or_default().push(row);
        }
    }
    for rows in points.into_values() {
        let addresses: BTreeSet<&str> =
            rows.iter().map(|row| row.address.as_str()).filter(|address| !address.is_empty()).collect();
        let place = rows.first().and_then(|row| row.facility.cells.position.as_ref());
        if let Some(place) = place.filter(|_| addresses.len() >= SUSPICIOUS_ON_ONE_POINT) {
            let names: Vec<&str> = rows.iter().map(|row| row.facility.name.as_str()).collect();
            report.push(
                Diagnostic::new(Code::ListOnePoint)
                    .at(place)
                    .arg("count", rows.len())
                    .arg("addresses", addresses.len())
                    .arg("names", super::some_names(&names)),
            );
        }
    }
}
