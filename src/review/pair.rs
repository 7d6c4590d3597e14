//! Which row after is which row before: by id where ids can be trusted, else by name, address and telephone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::RowNumbers;
use super::roll::Roll;
use crate::facility::Column;
use crate::japan::phone::Phone;
use crate::japan::{address_key, kana};

/// How two rows were found to be one facility.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// By the same id.
    Id,
    /// By name and address.
    NameAndAddress,
    /// By name and telephone.
    NameAndPhone,
    /// By telephone and address.
    PhoneAndAddress,
    /// By the telephone alone.
    Phone,
    /// By the name alone.
    Name,
}

/// Rows by their places in the two rolls.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// Before, after, how.
    pub(super) pairs: Vec<(usize, usize, Matched)>,
    pub(super) added: Vec<usize>,
    pub(super) removed: Vec<usize>,
    /// Before and after: one id, two facilities.
    pub(super) reused: Vec<(usize, usize)>,
    pub(super) row_numbers: Option<RowNumbers>,
}

/// A few slips are slips; from so many strangers on, and from such a share on, ids are row numbers.
const STRANGERS_MIN: usize = 5;
const STRANGERS_SHARE: usize = 4;

pub(super) fn pair(before: &Roll<'_>, after: &Roll<'_>) -> Pairing {
    let by_id = shared_ids(before, after);
    let strangers: Vec<bool> = by_id.iter().map(|&(old, new)| are_strangers((before, old), (after, new))).collect();
    let count = strangers.iter().filter(|stranger| **stranger).count();
    let mut pairing = Pairing::default();
    if count >= STRANGERS_MIN && count * STRANGERS_SHARE >= by_id.len() {
        let name = |roll: &Roll<'_>, row| kana::name_key(&roll.text(row, Column::Name));
        let same = by_id.iter().filter(|&&(old, new)| name(before, old) == name(after, new)).count();
        pairing.row_numbers = Some(RowNumbers { shared: by_id.len(), same });
    } else {
        for (&(old, new), stranger) in by_id.iter().zip(&strangers) {
            if *stranger {
                pairing.reused.push((old, new));
            } else {
                pairing.pairs.push((old, new, Matched::Id));
            }
        }
    }
    by_keys(before, after, &mut pairing);
    pairing.pairs.sort_unstable_by_key(|&(old, new, _)| (new, old));
    pairing
}

/// Rows with one id on both sides; where an id comes more than once, in the order of the rows.
fn shared_ids(before: &Roll<'_>, after: &Roll<'_>) -> Vec<(usize, usize)> {
    let ids = |roll: &Roll<'_>| {
        let mut ids: Vec<(String, usize)> =
            (0..roll.rows()).map(|row| (roll.text(row, Column::Id), row)).filter(|(id, _)| !id.is_empty()).collect();
        ids.sort();
        ids
    };
    let (old, new) = (ids(before), ids(after));
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut shared = Vec::new();
    while let (Some((old_id, old_row)), Some((new_id, new_row))) = (old.peek(), new.peek()) {
        match old_id.cmp(new_id) {
            std::cmp::Ordering::Less => drop(old.next()),
            std::cmp::Ordering::Greater => drop(new.next()),
            std::cmp::Ordering::Equal => {
                shared.push((*old_row, *new_row));
                old.next();
                new.next();
            }
        }
    }
    shared
}

/// Nothing in common: neither name nor telephone nor address, and at least two of them told on both sides.
fn are_strangers(one: (&Roll<'_>, usize), other: (&Roll<'_>, usize)) -> bool {
    let mut told = 0;
    for (column, key) in KEYS {
        let (a, b) = (one.0.text(one.1, column), other.0.text(other.1, column));
        if a.is_empty() || b.is_empty() {
            continue;
        }
        if a == b || key(&a) == key(&b) {
            return false;
        }
        told += 1;
    }
    told >= 2
}

type KeyOf = fn(&str) -> String;
const KEYS: [(Column, KeyOf); 3] =
    [(Column::Name, kana::name_key), (Column::Phone, phone_key), (Column::Address, address_key)];

fn phone_key(text: &str) -> String {
    Phone::parse(text).map_or_else(|_| kana::fold(text), |phone| phone.shown().to_owned())
}

/// The keys of a row that has no partner yet.
struct Keys {
    name: String,
    phone: String,
    address: String,
}

/// Pairs what is left, the surest keys first; a key that two rows of one side share pairs nothing.
fn by_keys(before: &Roll<'_>, after: &Roll<'_>, pairing: &mut Pairing) {
    let (mut old, mut new) =
        (left(before, pairing.pairs.iter().map(|pair| pair.0)), left(after, pairing.pairs.iter().map(|pair| pair.1)));
    for how in [Matched::NameAndAddress, Matched::NameAndPhone, Matched::PhoneAndAddress, Matched::Phone, Matched::Name]
    {
        let wanted = unique(&new, how);
        let found: Vec<(usize, usize)> =
            unique(&old, how).into_iter().filter_map(|(key, row)| Some((row?, (*wanted.get(&key)?)?))).collect();
        for (old_row, new_row) in found {
            pairing.pairs.push((old_row, new_row, how));
            old.remove(&old_row);
            new.remove(&new_row);
        }
    }
    pairing.removed = old.into_keys().collect();
    pairing.added = new.into_keys().collect();
}

fn left(roll: &Roll<'_>, paired: impl Iterator<Item = usize>) -> BTreeMap<usize, Keys> {
    let mut free = vec![true; roll.rows()];
    for row in paired {
        if let Some(free) = free.get_mut(row) {
            *free = false;
        }
    }
    let rows = free.iter().enumerate().filter(|(_, free)| **free).map(|(row, _)| row);
    let keys = |row: usize| {
        let phone = roll.text(row, Column::Phone);
        Keys {
            name: kana::name_key(&roll.text(row, Column::Name)),
            phone: if phone.is_empty() { phone } else { phone_key(&phone) },
            address: address_key(&roll.text(row, Column::Address)),
        }
    };
    rows.map(|row| (row, keys(row))).collect()
}

/// Rows by a key; none for a key that comes twice.
fn unique(rows: &BTreeMap<usize, Keys>, how: Matched) -> BTreeMap<[&str; 2], Option<usize>> {
    let mut found: BTreeMap<[&str; 2], Option<usize>> = BTreeMap::new();
    for (&row, keys) in rows {
        let key: [&str; 2] = match how {
            Matched::NameAndAddress => [&keys.name, &keys.address],
            Matched::NameAndPhone => [&keys.name, &keys.phone],
            Matched::PhoneAndAddress => [&keys.phone, &keys.address],
            Matched::Phone => [&keys.phone, "-"],
            Matched::Name => [&keys.name, "-"],
            Matched::Id => continue,
        };
        if key.iter().all(|part| !part.is_empty()) {
            found.entry(key).and_modify(|row| *row = None).or_insert(Some(row));
        }
    }
    found
}
