//! Rows of indicators: `resources/indicators/*.csv`.

use std::collections::BTreeMap;

use super::cells::{self, Cells};
use super::{Indicator, Value};
use crate::area::{AreaId, Areas};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{Sources, Span};
use crate::table::headings::Known;
use crate::tree::nearest;

const INDICATOR: usize = 0;
const YEAR: usize = 1;
const AREA: usize = 2;
const VALUE: usize = 3;
const NOTE: usize = 4;
const N: usize = 5;

fn columns() -> Vec<Known> {
    vec![
        Known::new("indicator", &["指標", "指標ID"]).required(),
        Known::new("year", &["年度"]).required(),
        Known::new("area", &["圏域", "圏域ID"]),
        Known::new("value", &["値", "数値"]).required(),
        Known::new("note", &["備考", "変化の理由"]),
        Known::new("n", &["対象人数", "回答者数"]),
    ]
}

type Key = (usize, i16, Option<AreaId>);

/// Adds the rows to their indicators; returns those that can't be used.
pub(super) fn read(sources: &Sources, areas: &Areas, indicators: &mut [Indicator], report: &mut Report) -> Vec<Span> {
    let mut broken = Vec::new();
    let mut seen: BTreeMap<Key, Span> = BTreeMap::new();
    let known = columns();
    let lost = cells::rows(sources, "resources/indicators", (&known, areas, report), |cells| {
        let Some((at, value)) = row(cells, indicators) else {
            broken.push(cells.row.span());
            return;
        };
        if let Some(first) = seen.get(&(at, value.year, value.area.clone())) {
            let twice = Diagnostic::new(Code::FigureRowTwice).at(&cells.row.line_span()).label(first, "first");
            cells.report.push(twice);
            broken.push(cells.row.span());
            return;
        }
        seen.insert((at, value.year, value.area.clone()), cells.row.line_span());
        if let Some(indicator) = indicators.get_mut(at) {
            indicator.values.push(value);
        }
    });
    broken.extend(lost);
    broken
}

/// The number of the row's indicator, and the row.
fn row(cells: &mut Cells<'_, '_>, indicators: &[Indicator]) -> Option<(usize, Value)> {
    let id = cells.required(INDICATOR);
    let at = id.as_ref().and_then(|id| indicators.iter().position(|one| one.id.as_str() == id));
    if let (Some(id), None) = (&id, at) {
        let hint = nearest(id, indicators.iter().map(|one| one.id.as_str()));
        let hint = hint.map_or_else(String::new, |near| format!("→ `{near}` ?"));
        let unknown = cells.problem(Code::IndicatorUnknown, INDICATOR).arg("value", id).arg("hint", hint);
        cells.report.push(unknown);
    }
    let year = cells.year(YEAR);
    let area = cells.area(AREA);
    if cells.cell(VALUE).is_none() {
        cells.required(VALUE);
    }
    let number = cells.number(VALUE);
    let n = cells.count(N);
    let note = cells.text(NOTE);
    let indicator = indicators.get(at?)?;
    let percent = indicator.unit.get(&crate::config::Lang::ja()).starts_with(['%', '％']);
    if let Some(number) = number.filter(|number| percent && number.value > 100.0) {
        let beyond = cells.problem(Code::ShareBeyondWhole, VALUE).arg("value", number.plain());
        cells.report.push(beyond);
    }
    if cells.broken {
        return None;
    }
    Some((
        at?,
        Value { year: year?, area, number: number?, n, note, line: cells.row.line_span(), row: cells.row.span() },
    ))
}
