//! Rows that say two things at once: closed in words but listed, confirmed after it closed.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Report};
use crate::facility::{Facility, Status};
use crate::source::{Sources, Span};

/// Words that say that a place is closed for good.
const CLOSED: [&str; 10] =
    ["閉院", "廃院", "廃業", "閉業", "閉店しました", "閉所", "閉鎖しました", "廃止しました", "廃止となり", "廃止済"];

/// What turns such a word into something else.
const NOT_CLOSED: [&str; 4] = ["閉院時", "閉所時", "閉院後も", "閉業時"];

pub(super) fn check(facility: &Facility, sources: &Sources, today: Date, report: &mut Report) {
    if let (Some(closed), Some(verified), Some(cell)) =
        (facility.closed_on, facility.verified_on, &facility.cells.verified_on)
        && verified > closed
        && closed <= today
    {
        let odd = Diagnostic::new(Code::ListConfirmedAfterClosing).at(cell).arg("name", &facility.name);
        report.push(odd.arg("closed", closed).arg("verified", verified));
    }
    if facility.closed_on.is_some() || facility.status == Status::Unlisted {
        return;
    }
    let texts = [&facility.note, &facility.accepts, &facility.hours_note];
    let word = texts.into_iter().flatten().find_map(|text| closed_word(text));
    if let Some(word) = word {
        let place = find(&facility.row, word, sources).unwrap_or_else(|| facility.cells.name.clone());
        report.push(Diagnostic::new(Code::ListClosedInWords).at(&place).arg("name", &facility.name).arg("word", word));
    }
}

fn closed_word(text: &str) -> Option<&'static str> {
    let is_other = NOT_CLOSED.iter().any(|other| text.contains(other));
    CLOSED.into_iter().find(|word| text.contains(word)).filter(|_| !is_other)
}

/// Where a text stands in a row.
pub(super) fn find(row: &Span, text: &str, sources: &Sources) -> Option<Span> {
    let range = row.range();
    let start = range.start;
    let at = sources.text(&row.path)?.text.get(range)?.find(text)?;
    Some(Span::new(&row.path, start + at..start + at + text.len()))
}
