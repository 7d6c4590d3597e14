//! The rules of a plan, in its order of thought: purpose, goals, stages, editions and events, review.
//!
//! In: the whole library. Out: what is doubtful or wrong about plans, each with the reason why it matters. What follows
//! from an earlier mistake is not told again: without goals nobody is asked which goal an edition serves.

mod editions;
mod events;
mod goals;
mod stages;

use super::Library;
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::plan::Plan;

pub(super) fn plans(library: &Library, report: &mut Report) {
    for plan in &library.plans {
        name(plan, report);
        goals::check(plan, library, report);
        stages::check(plan, report);
        editions::check(plan, library, report);
        review(plan, report);
    }
    editions::at_one_instant(library, report);
    events::check(library, report);
}

/// A plan lies in the file of its year.
fn name(plan: &Plan, report: &mut Report) {
    let file = plan.path.file_stem();
    let is_year = file.len() == 4 && file.chars().all(|c| c.is_ascii_digit());
    if is_year && file != plan.fiscal_year.value.to_string() {
        let differs = Diagnostic::new(Code::PlanOfAnotherYear).at(&plan.fiscal_year.span);
        report.push(differs.arg("file", file).arg("year", plan.fiscal_year.value));
    }
}

/// A review that is written is written whole. Whether one is due depends on the day: see `select`.
fn review(plan: &Plan, report: &mut Report) {
    let Some(review) = &plan.review else { return };
    let parts = [("changed", &review.changed), ("why", &review.why), ("next", &review.next)];
    for (key, _) in parts.into_iter().filter(|(_, part)| part.is_none()) {
        report.push(Diagnostic::new(Code::ReviewPartMissing).at(&review.span).arg("key", key));
    }
}

fn year_of(plan: &Plan) -> Option<FiscalYear> {
    FiscalYear::new(i64::from(plan.fiscal_year.value))
}
