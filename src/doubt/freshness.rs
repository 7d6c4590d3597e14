//! Rows that nobody confirmed, or not for long: one warning a list and association, because they confirm together.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Report};
use crate::facility::{Facility, Status};
use crate::library::Library;
use crate::source::{SourcePath, Span};

/// Rows with one thing in common, and where the first one says so.
struct Group<'a> {
    first: &'a Span,
    names: Vec<&'a str>,
    oldest: Option<Date>,
    /// How many of them are no longer shown.
    hidden: usize,
}

type Groups<'a> = BTreeMap<(&'a SourcePath, &'a str), Group<'a>>;

pub(super) fn check(library: &Library, today: Date, report: &mut Report) {
    let (months, hidden_after) = (library.config.verified_within_months, library.config.hidden_after_months);
    let is_over = |day: Date, months: u32| {
        day.checked_add(jiff::Span::new().months(i64::from(months))).is_ok_and(|until| until <= today)
    };
    let (mut stale, mut never, mut nobody) = (Groups::new(), Groups::new(), Groups::new());
    for facility in library.facilities.iter().filter(|facility| is_listed(facility, today)) {
        let source = facility.source.as_deref().unwrap_or_default();
        match (facility.verified_on, &facility.cells.verified_on) {
            (Some(day), Some(cell)) if is_over(day, months) => {
                let group = add(&mut stale, facility, source, (cell, Some(day)));
                group.hidden += usize::from(hidden_after.is_some_and(|months| is_over(day, months)));
            }
            (None, _) => drop(add(&mut never, facility, source, (&facility.cells.name, None))),
            _ => {}
        }
        if source.is_empty() {
            add(&mut nobody, facility, source, (&facility.cells.name, None));
        }
    }
    for ((_, source), group) in stale {
        let oldest = group.oldest.map_or_else(String::new, |day| day.to_string());
        let told = tell(Code::ListUnconfirmed, source, &group).arg("months", months).arg("oldest", oldest);
        report.push(told.arg("hidden", group.hidden));
    }
    for ((_, source), group) in never {
        report.push(tell(Code::ListNeverConfirmed, source, &group));
    }
    for group in nobody.into_values() {
        report.push(tell(Code::ListWithoutSource, "", &group));
    }
}

fn is_listed(facility: &Facility, today: Date) -> bool {
    facility.status != Status::Unlisted && facility.closed_on.is_none_or(|day| day > today)
}

fn add<'a, 'g>(
    groups: &'g mut Groups<'a>,
    facility: &'a Facility,
    source: &'a str,
    (place, day): (&'a Span, Option<Date>),
) -> &'g mut Group<'a> {
    let group = groups.entry((facility.path(), source));
    let group = group.or_insert_with(|| Group { first: place, names: Vec::new(), oldest: None, hidden: 0 });
    group.names.push(&facility.name);
    group.oldest = match (group.oldest, day) {
        (Some(oldest), Some(day)) => Some(oldest.min(day)),
        (oldest, day) => oldest.or(day),
    };
    group
}

fn tell(code: Code, source: &str, group: &Group<'_>) -> Diagnostic {
    let source = if source.is_empty() { "—" } else { source };
    Diagnostic::new(code)
        .at(group.first)
        .arg("source", source)
        .arg("count", group.names.len())
        .arg("names", super::some_names(&group.names))
}
