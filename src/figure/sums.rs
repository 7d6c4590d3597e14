//! Do the numbers of a table agree with each other?

use std::collections::BTreeMap;

use super::{AnswerRow, Indicator, Survey, Value};
use crate::area::AreaId;
use crate::diag::{Code, Diagnostic, Report};

/// All answers to one question in one year and area.
type Group<'a> = BTreeMap<(i16, &'a str, Option<&'a AreaId>), Vec<&'a AnswerRow>>;

pub(super) fn check_survey(survey: &Survey, report: &mut Report) {
    let mut groups: Group<'_> = BTreeMap::new();
    for row in &survey.rows {
        groups.entry((row.year, &row.question, row.area.as_ref())).or_default().push(row);
    }
    for ((_, question, _), rows) in &groups {
        let several = survey.is_several(question, rows);
        shares(question, rows, several, report);
        people(question, rows, several, report);
    }
    whole(survey, report);
}

impl Survey {
    /// True where people could name several answers: said so, or the question says so, or the counts are more than
    /// the people.
    #[must_use]
    pub fn is_several<'a>(&self, question: &str, rows: impl IntoIterator<Item = &'a &'a AnswerRow>) -> bool {
        let told = self.questions.iter().find(|one| one.text.value == question).and_then(|one| one.scale);
        match told {
            Some(scale) => scale == super::Scale::Several,
            None if ["いくつでも", "複数", "すべて選", "あてはまるもの"].iter().any(|mark| question.contains(mark)) => {
                true
            }
            None => {
                let rows: Vec<&&AnswerRow> = rows.into_iter().collect();
                let n = rows.iter().filter_map(|row| row.n).max();
                let sum: u64 = rows.iter().map(|row| row.count).sum();
                rows.iter().all(|row| row.share.is_none()) && n.is_some_and(|n| sum > n + n / 10)
            }
        }
    }
}

/// Shares of one question are parts of one whole; each is rounded, so that many may be off by half a digit each.
fn shares(question: &str, rows: &[&AnswerRow], several: bool, report: &mut Report) {
    let written: Vec<f64> = rows.iter().filter_map(|row| row.share).map(|share| share.value).collect();
    let (Some(first), false) = (rows.first(), several || written.len() < rows.len() || written.is_empty()) else {
        return;
    };
    let decimals = rows.iter().filter_map(|row| row.share).map(|share| share.decimals).min().unwrap_or(0);
    let half_a_digit = if decimals == 0 { 0.5 } else { 0.05 };
    #[expect(clippy::cast_precision_loss, reason = "a question has few answers")]
    let tolerance = half_a_digit * written.len() as f64 + 0.001;
    let sum: f64 = written.iter().sum();
    if (sum - 100.0).abs() > tolerance {
        let problem = Diagnostic::new(Code::SharesDoNotAddUp).at(&first.line).arg("question", question);
        report.push(problem.arg("sum", format!("{sum:.1}")).arg("year", first.year));
    }
}

/// Rows of one question rest on the same people, and no more answers than people where each gave one.
fn people(question: &str, rows: &[&AnswerRow], several: bool, report: &mut Report) {
    let mut told: Option<&AnswerRow> = None;
    for row in rows.iter().filter(|row| row.n.is_some()) {
        match told {
            Some(first) if first.n != row.n => {
                let differ = Diagnostic::new(Code::PeopleDiffer).at(&row.line).label(&first.line, "first");
                let (one, other) = (first.n.unwrap_or(0), row.n.unwrap_or(0));
                report.push(differ.arg("question", question).arg("one", one).arg("other", other));
                return;
            }
            Some(_) => {}
            None => told = Some(row),
        }
    }
    let sum: u64 = rows.iter().map(|row| row.count).sum();
    let rounding = if rows.iter().any(|row| row.share.is_some()) { rows.len() as u64 } else { 0 };
    if let Some((first, n)) = told.and_then(|row| Some((row, row.n?)))
        && !several
        && sum > n + rounding
    {
        let problem = Diagnostic::new(Code::CountsDoNotAddUp).at(&first.line).arg("question", question);
        report.push(problem.arg("sum", sum).arg("n", n).arg("year", first.year));
    }
}

/// The areas together are at most the whole.
fn whole(survey: &Survey, report: &mut Report) {
    let mut parts: BTreeMap<(i16, &str, &str), (u64, Option<&AnswerRow>)> = BTreeMap::new();
    for row in survey.rows.iter().filter(|row| row.share.is_none()) {
        let entry = parts.entry((row.year, &row.question, &row.answer)).or_default();
        match row.area {
            Some(_) => entry.0 += row.count,
            None => entry.1 = Some(row),
        }
    }
    for (sum, row) in parts.into_values() {
        if let Some(row) = row.filter(|row| sum > row.count) {
            let beyond = Diagnostic::new(Code::AreasBeyondWhole).at(&row.line);
            report.push(beyond.arg("sum", sum).arg("whole", row.count).arg("year", row.year));
        }
    }
}

pub(super) fn check_indicator(indicator: &Indicator, report: &mut Report) {
    if !indicator.people {
        return;
    }
    let mut years: BTreeMap<i16, (f64, Option<&Value>)> = BTreeMap::new();
    for value in &indicator.values {
        let entry = years.entry(value.year).or_default();
        match value.area {
            Some(_) => entry.0 += value.number.value,
            None => entry.1 = Some(value),
        }
    }
    for (sum, whole) in years.into_values() {
        if let Some(value) = whole.filter(|whole| sum > whole.number.value) {
            let beyond = Diagnostic::new(Code::AreasBeyondWhole).at(&value.line).arg("sum", sum);
            report.push(beyond.arg("whole", value.number.plain()).arg("year", value.year));
        }
    }
}
