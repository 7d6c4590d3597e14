//! Which row of a list an imported row is: by telephone and name, by name and address; or which it may be.
//!
//! In: the list's cells, an imported row whose id the list does not know. Out: the one row that it surely is, the
//! rows that it may be, or none. One key alone (a number that several share, a name without its address) is never
//! enough to be sure.

use std::collections::{BTreeMap, BTreeSet};

use super::Row;
use crate::facility::Column;
use crate::japan::phone::Phone;
use crate::japan::{is_dash, kana};
use crate::list::{Schema, Sheet};

/// By what a row was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Its id, or the id that it had at the last import.
    Id,
    /// Telephone and name.
    PhoneAndName,
    /// Name and address.
    NameAndAddress,
    /// Only the telephone: the names differ.
    Phone,
    /// Only the name: the addresses differ or are missing.
    Name,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Found {
    Sure(usize, Why),
    Doubt(Vec<usize>, Why),
    Nothing,
}

impl Found {
    /// A row of the list is one imported row's only: whoever comes second is in doubt.
    pub(super) fn filter_taken(self, taken: &BTreeSet<usize>) -> Self {
        match self {
            Self::Sure(at, why) if taken.contains(&at) => Self::Doubt(vec![at], why),
            found => found,
        }
    }
}

/// The rows of a list by their keys.
pub(super) struct Index {
    ids: BTreeMap<String, usize>,
    phones: BTreeMap<String, Vec<usize>>,
    names: BTreeMap<String, Vec<usize>>,
    keys: Vec<Keys>,
    categories: BTreeMap<String, String>,
}

/// What a row is compared by.
struct Keys {
    name: String,
    address: String,
    category: String,
}

impl Index {
    pub(super) fn new(sheet: &Sheet, schema: &Schema) -> Self {
        let column = |wanted: Column| sheet.column(schema, wanted);
        let (id, category, name) = (column(Column::Id), column(Column::Category), column(Column::Name));
        let (phone, address) = (column(Column::Phone), column(Column::Address));
        let mut index = Self {
            ids: BTreeMap::new(),
            phones: BTreeMap::new(),
            names: BTreeMap::new(),
            keys: Vec::with_capacity(sheet.rows.len()),
            categories: schema.categories(),
        };
        for at in 0..sheet.rows.len() {
            let text = |column: Option<usize>| column.map_or("", |column| sheet.cell(at, column));
            let keys = Keys {
                name: kana::name_key(text(name)),
                address: address_key(text(address)),
                category: index.category(text(category)),
            };
            index.ids.entry(text(id).to_owned()).or_insert(at);
            if let Some(digits) = digits(text(phone)) {
                index.phones.entry(digits).or_default().push(at);
            }
            index.names.entry(keys.name.clone()).or_default().push(at);
            index.keys.push(keys);
        }
        index.ids.remove("");
        index.names.remove("");
        index
    }

    pub(super) fn by_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The row by other keys than its id.
    pub(super) fn find(&self, row: &Row) -> Found {
        let keys = Keys {
            name: kana::name_key(row.get(Column::Name)),
            address: address_key(row.get(Column::Address)),
            category: self.category(row.get(Column::Category)),
        };
        let alike = |places: Option<&Vec<usize>>| -> Vec<(usize, &Keys)> {
            let places = places.into_iter().flatten().filter_map(|&at| Some((at, self.keys.get(at)?)));
            places.filter(|(_, other)| goes_with(&keys.category, &other.category)).collect()
        };
        let by_phone = alike(digits(row.get(Column::Phone)).and_then(|digits| self.phones.get(&digits)));
        let by_name = alike(self.names.get(&keys.name));
        let one = |places: &[usize], why: Why| match places {
            [only] => Some(Found::Sure(*only, why)),
            [] => None,
            several => Some(Found::Doubt(several.to_vec(), why)),
        };
        let both: Vec<usize> =
            by_phone.iter().filter(|(_, other)| other.name == keys.name).map(|(at, _)| *at).collect();
        let here: Vec<usize> =
            by_name.iter().filter(|(_, other)| same_place(&keys.address, &other.address)).map(|(at, _)| *at).collect();
        let places = |alike: &[(usize, &Keys)]| -> Vec<usize> { alike.iter().map(|(at, _)| *at).collect() };
        let maybe = |places: Vec<usize>, why: Why| (!places.is_empty()).then_some(Found::Doubt(places, why));
        one(&both, Why::PhoneAndName)
            .or_else(|| one(&here, Why::NameAndAddress))
            .or_else(|| maybe(places(&by_phone), Why::Phone))
            .or_else(|| maybe(places(&by_name), Why::Name))
            .unwrap_or(Found::Nothing)
    }

    fn category(&self, written: &str) -> String {
        self.categories.get(&kana::fold(written)).cloned().unwrap_or_else(|| written.to_owned())
    }
}

/// One and the same kind of place: beds make a clinic a hospital in one list and not in another.
fn goes_with(one: &str, other: &str) -> bool {
    let medical = |category: &str| matches!(category, "clinic" | "hospital");
    one == other || one.is_empty() || other.is_empty() || (medical(one) && medical(other))
}

fn digits(phone: &str) -> Option<String> {
    Phone::parse(phone).ok().map(|phone| phone.digits()).filter(|digits| digits.len() >= 9)
}

/// An address without prefecture, blanks and the words between its numbers.
pub(super) fn address_key(address: &str) -> String {
    if address.is_empty() {
        return String::new();
    }
    let folded = kana::fold(address);
    let rest = prefecture_end(&folded).and_then(|end| folded.get(end..)).unwrap_or(&folded);
    let mut key = String::with_capacity(rest.len());
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match (letter, next) {
            ('丁', Some('目')) | ('番', Some('地')) => {
                letters.next();
                push_dash(&mut key);
            }
            ('番' | '号', _) if key.ends_with(|c: char| c.is_ascii_digit()) => push_dash(&mut key),
            ('の', Some('0'..='9')) if key.ends_with(|c: char| c.is_ascii_digit()) => push_dash(&mut key),
            (dash, _) if is_dash(dash) => push_dash(&mut key),
            (numeral, Some('丁')) => key.push(kanji_digit(numeral)),
            _ => key.push(letter),
        }
    }
    key.trim_end_matches('-').to_owned()
}

fn push_dash(key: &mut String) {
    if !key.ends_with('-') {
        key.push('-');
    }
}

fn kanji_digit(letter: char) -> char {
    const NUMERALS: &str = "一二三四五六七八九";
    let at = NUMERALS.chars().position(|numeral| numeral == letter);
    at.and_then(|at| char::from_digit(u32::try_from(at).ok()? + 1, 10)).unwrap_or(letter)
}

/// Where the name of the prefecture ends: 東京都, 北海道, 京都府, 神奈川県.
fn prefecture_end(address: &str) -> Option<usize> {
    let head: Vec<(usize, char)> = address.char_indices().take(4).collect();
    let third = head.get(2).filter(|(_, c)| matches!(c, '都' | '道' | '府' | '県'));
    let (at, letter) = third.or_else(|| head.get(3).filter(|(_, c)| *c == '県'))?;
    Some(at + letter.len_utf8())
}

/// One address is the other, or goes on with a building.
fn same_place(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= 9
        && long.strip_prefix(short).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_by_their_numbers() {
        let same = |one: &str, other: &str| same_place(&address_key(one), &address_key(other));
        assert!(same("香川県高松市番町四丁目１番３号", "高松市番町4-1-3"));
        assert!(same("高松市亀井町１２番地４　日の出ビル２Ｆ", "香川県高松市亀井町12-4"));
        assert!(!same("高松市番町4-1-3", "高松市番町4-1-31"));
        assert!(!same("高松市番町4-1", "高松市番町4-1-3"));
        assert!(!same("", ""));
    }
}
