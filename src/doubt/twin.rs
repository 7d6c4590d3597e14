//! Rows that may be one place, over all lists: never merged, only told.
//!
//! `facility` tells rows with the same category, number and name. Here are those with two of three in common (name,
//! address, telephone), and points on which suspiciously many places stand.
//!
//! Keys are compared by their hashes first, side by side, and written out only for rows whose hashes meet: a list of
//! a whole country has half a million of them.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use rayon::prelude::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _, ParallelSliceMut as _,
};

use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Facility;
use crate::japan::{address_key, kana};

/// So many places at different addresses on one point are a geocoder's default, not a medical mall.
const SUSPICIOUS_ON_ONE_POINT: usize = 4;

pub(super) fn check(facilities: &[Arc<Facility>], report: &mut Report) {
    maybe_same(facilities, report);
    one_point(facilities, report);
}

/// Two of three that a row says, and its category.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key<'f>(String, String, &'f str);

impl<'f> Key<'f> {
    /// By name and address, by telephone and address; none where one of the two is not told.
    fn both(facility: &'f Facility) -> [Option<Self>; 2] {
        let address = facility.address.as_deref().map(address_key).unwrap_or_default();
        let name = kana::name_key(&facility.name);
        let phone = facility.phone.as_ref().map(|phone| phone.shown().to_owned()).unwrap_or_default();
        [name, phone].map(|first| {
            let is_whole = !first.is_empty() && !address.is_empty();
            is_whole.then(|| Self(first, address.clone(), facility.category.as_str()))
        })
    }

    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

fn maybe_same(facilities: &[Arc<Facility>], report: &mut Report) {
    let hashes: Vec<[Option<u64>; 2]> =
        facilities.par_iter().map(|facility| Key::both(facility).map(|key| key.map(|key| key.hash()))).collect();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (kind, shared) in ["name_and_address", "phone_and_address"].into_iter().enumerate() {
        for (at, earlier) in same(facilities, &hashes, kind) {
            let (Some(facility), Some(earlier)) = (facilities.get(at), facilities.get(earlier)) else { continue };
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

/// Rows whose key an earlier row has, each with the first such row, in the order of the rows.
fn same(facilities: &[Arc<Facility>], hashes: &[[Option<u64>; 2]], kind: usize) -> Vec<(usize, usize)> {
    let of_kind = |(at, hashes): (usize, &[Option<u64>; 2])| Some((hashes.get(kind).copied().flatten()?, at));
    let mut places: Vec<(u64, usize)> = hashes.par_iter().enumerate().filter_map(of_kind).collect();
    places.par_sort_unstable();
    let mut found = Vec::new();
    for alike in places.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut first: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for &(_, at) in alike {
            let Some(key) = facilities.get(at).and_then(|row| Key::both(row).into_iter().nth(kind).flatten()) else {
                continue;
            };
            let earlier = *first.entry(key).or_insert(at);
            if earlier != at {
                found.push((at, earlier));
            }
        }
    }
    found.sort_unstable();
    found
}

/// What S0637 says when the rows are read.
fn is_told_already(one: &Facility, other: &Facility) -> bool {
    let phone = |facility: &Facility| facility.phone.as_ref().map(|phone| phone.shown().to_owned());
    phone(one).is_some() && phone(one) == phone(other) && kana::name_key(&one.name) == kana::name_key(&other.name)
}

fn one_point(facilities: &[Arc<Facility>], report: &mut Report) {
    let point = |(at, facility): (usize, &Arc<Facility>)| {
        facility.position.map(|position| (position.lat.to_bits(), position.lon.to_bits(), at))
    };
    let mut points: Vec<(u64, u64, usize)> = facilities.par_iter().enumerate().filter_map(point).collect();
    points.par_sort_unstable();
    let crowded = points.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    for rows in crowded.filter(|rows| rows.len() >= SUSPICIOUS_ON_ONE_POINT) {
        let rows: Vec<&Facility> = rows.iter().filter_map(|&(.., at)| facilities.get(at)).map(Arc::as_ref).collect();
        let addresses: BTreeSet<String> = rows
            .iter()
            .filter_map(|row| row.address.as_deref().map(address_key))
            .filter(|address| !address.is_empty())
            .collect();
        let place = rows.first().and_then(|row| row.cells.position.as_ref());
        if let Some(place) = place.filter(|_| addresses.len() >= SUSPICIOUS_ON_ONE_POINT) {
            let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
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
