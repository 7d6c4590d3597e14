//! Stages: for whom and for what, one after the other within the year.

use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::plan::{Plan, Stage};

use super::year_of;

pub(super) fn check(plan: &Plan, report: &mut Report) {
    for (at, stage) in plan.stages.iter().enumerate() {
        let about = |code| Diagnostic::new(code).at(&stage.span).arg("number", stage.number);
        let earlier = plan.stages.iter().take(at);
        if let Some(first) = earlier.clone().find(|other| other.number == stage.number) {
            report.push(about(Code::StageTwice).label(&first.span, "first"));
        }
        if stage.audiences.is_empty() {
            report.push(about(Code::StageWithoutAudience));
        }
        if stage.viewpoints.is_empty() {
            report.push(about(Code::StageWithoutViewpoint));
        }
        goals(plan, stage, report);
        if let Some(year) = year_of(plan) {
            days(stage, year, report);
        }
        for other in earlier.filter(|other| other.number != stage.number && overlap(other, stage)) {
            report.push(about(Code::StagesOverlap).arg("other", other.number).label(&other.span, "other"));
        }
    }
}

fn goals(plan: &Plan, stage: &Stage, report: &mut Report) {
    for goal in &stage.goals {
        if plan.goals.iter().any(|known| known.id == goal.value) {
            continue;
        }
        let known: Vec<String> = plan.goals.iter().map(|goal| format!("`{}`", goal.id)).collect();
        let unknown = Diagnostic::new(Code::StageGoalUnknown).at(&goal.span).arg("number", stage.number);
        report.push(unknown.arg("id", &goal.value).arg("hint", format!("→ {}", known.join(" "))));
    }
}

fn days(stage: &Stage, year: FiscalYear, report: &mut Report) {
    let about = |code| Diagnostic::new(code).at(&stage.span).arg("number", stage.number);
    if let (Some(starts), Some(ends)) = (stage.starts, stage.ends)
        && ends < starts
    {
        report.push(about(Code::StageEndsBefore));
    }
    for day in [stage.starts, stage.ends].into_iter().flatten().filter(|day| !year.contains(*day)) {
        let outside = about(Code::StageOutsideYear).arg("day", day).arg("year", year);
        report.push(outside.arg("next", year.year() + 1));
    }
}

/// Both days count. A stage without an end lasts until the next one starts.
fn overlap(one: &Stage, other: &Stage) -> bool {
    let (Some(a), Some(b)) = (one.starts, other.starts) else { return false };
    let (first, second) = if a <= b { (one, b) } else { (other, a) };
    a == b || first.ends.is_some_and(|ends| ends >= second)
}
