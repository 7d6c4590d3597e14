//! What a facility does, merged item by item: an answer that people gave is never overwritten.

use std::collections::BTreeMap;

use super::{Sides, Verdict};
use crate::list::Schema;

/// Answers by service in the order in which they are written.
struct Answers<'a> {
    list: Vec<(String, char, &'a str)>,
}

impl<'a> Answers<'a> {
    fn of(text: &'a str, schema: &Schema) -> Self {
        let answer = |item: &'a str| {
            let (sign, name) = match item.chars().next() {
                Some(sign @ ('!' | '?')) => (sign, item.get(1..).unwrap_or("")),
                _ => (' ', item),
            };
            (schema.service(name).unwrap_or(name).to_owned(), sign, item)
        };
        Self { list: text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(answer).collect() }
    }

    fn signs(&self) -> BTreeMap<&str, char> {
        self.list.iter().map(|(service, sign, _)| (service.as_str(), *sign)).collect()
    }
}

/// The items of the list, with those that the source has new and without those that it has dropped.
pub(super) fn merge(sides: &Sides<'_>, schema: &Schema) -> Verdict {
    let (ours, theirs) = (Answers::of(sides.ours, schema), Answers::of(sides.theirs, schema));
    let base = Answers::of(sides.base.unwrap_or(""), schema);
    let (our_signs, their_signs, base_signs) = (ours.signs(), theirs.signs(), base.signs());
    let dropped =
        |service: &str, sign: char| base_signs.get(service) == Some(&sign) && their_signs.get(service) != Some(&sign);
    let mut merged: Vec<&str> =
        ours.list.iter().filter(|(service, sign, _)| !dropped(service, *sign)).map(|(_, _, item)| *item).collect();
    let mut refused = false;
    for (service, sign, item) in &theirs.list {
        match our_signs.get(service.as_str()) {
            Some(own) if own == sign => {}
            // People said something else. A firm yes or no of theirs already answers "ask first".
            Some(own) if !dropped(service, *own) => {
                refused |= *sign != '?' && base_signs.get(service.as_str()) != Some(sign);
            }
            // People took it out after the last import brought it.
            None if base_signs.get(service.as_str()) == Some(sign) => {}
            _ => merged.push(item),
        }
    }
    let merged = merged.join(";");
    match (merged == sides.ours, refused) {
        (true, true) => Verdict::Kept,
        (true, false) => Verdict::Stays,
        (false, _) => Verdict::Becomes(merged),
    }
}
