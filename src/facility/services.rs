//! Lists inside a cell: what a facility does (`visits;!ventilator;?children`) and the areas it visits.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::area::AreaId;
use crate::diag::{Code, Diagnostic};
use crate::tree::nearest;
use crate::vocabulary::ServiceId;

use super::cells::{Field, RowCells, is_mark};
use super::columns::Column;
use super::row::Context;
use super::{Answer, Serves};

pub(super) fn services(cells: &mut RowCells<'_>, context: &Context<'_>) -> BTreeMap<ServiceId, Answer> {
    let mut answers: BTreeMap<ServiceId, (Answer, Range<usize>)> = BTreeMap::new();
    let Some(field) = cells.line(Column::Services) else { return BTreeMap::new() };
    for item in items(&field.text) {
        let written = field.text.get(item.clone()).unwrap_or_default();
        let (answer, name) = answer(written);
        let Some(service) = context.service(name) else {
            cells.report.push(unknown_service(&field, &item, name, context));
            continue;
        };
        if let Some((_, first)) = answers.get(&service.id) {
            let twice = Diagnostic::new(Code::ServiceTwice).at(&field.part(item)).arg("value", name);
            cells.report.push(twice.label(&field.part(first.clone()), "first"));
            continue;
        }
        answers.insert(service.id.clone(), (answer, item));
    }
    answers.into_iter().map(|(id, (answer, _))| (id, answer)).collect()
}

pub(super) fn serves(cells: &mut RowCells<'_>, context: &Context<'_>) -> Serves {
    let Some(field) = cells.line(Column::Serves) else { return Serves::Areas(Vec::new()) };
    if matches!(field.text.as_ref(), "all" | "全域" | "全圏域" | "市内全域") {
        return Serves::All;
    }
    let mut areas: Vec<AreaId> = Vec::new();
    for item in items(&field.text) {
        let name = field.text.get(item.clone()).unwrap_or_default();
        match context.area(name) {
            Some(area) if areas.contains(&area) => {}
            Some(area) => areas.push(area),
            None => {
                let unknown = field.problem(Code::ListAreaUnknown).at(&field.part(item)).arg("area", name);
                cells.report.push(unknown.arg("near", context.near_area(name)));
            }
        }
    }
    Serves::Areas(areas)
}

/// The parts between `;` (or `；`), trimmed, empty ones left out.
fn items(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive([';', '；']) {
        let item = piece.trim_end_matches([';', '；']);
        let lead = item.len() - item.trim_start().len();
        let trimmed = item.trim();
        if !trimmed.is_empty() {
            found.push(start + lead..start + lead + trimmed.len());
        }
        start += piece.len();
    }
    found
}

fn answer(item: &str) -> (Answer, &str) {
    if let Some(rest) = item.strip_prefix(['!', '！']) {
        (Answer::No, rest.trim_start())
    } else if let Some(rest) = item.strip_prefix(['?', '？']) {
        (Answer::Ask, rest.trim_start())
    } else {
        (Answer::Yes, item)
    }
}

fn unknown_service(field: &Field<'_>, item: &Range<usize>, name: &str, context: &Context<'_>) -> Diagnostic {
    let place = field.part(item.clone());
    if is_mark(name) {
        return field.problem(Code::CellMark).at(&place);
    }
    let known = context.vocabulary.services.iter();
    let names = known.flat_map(|service| [service.id.as_str(), service.name.ja.as_ref()]);
    let near = nearest(name, names).map_or_else(|| "—".to_owned(), |near| format!("`{near}`"));
    let separators = [',', '、', '，', '/', '／', '・', ' ', '\u{3000}'];
    let code = if name.contains(separators) { Code::ServicesSeparator } else { Code::ServiceUnknown };
    Diagnostic::new(code).at(&place).arg("value", name).arg("near", near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_places() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = items(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("visits;!ventilator; ?children ", &["visits", "!ventilator", "?children"]);
        check("訪問診療；往診;;", &["訪問診療", "往診"]);
        check(";", &[]);
        check("", &[]);
    }

    #[test]
    fn a_sign_before_the_name_is_the_answer() {
        assert_eq!(answer("visits"), (Answer::Yes, "visits"));
        assert_eq!(answer("!visits"), (Answer::No, "visits"));
        assert_eq!(answer("？ visits"), (Answer::Ask, "visits"));
    }
}
