//! Goals: there is one, each has an indicator, and none aims at a share of deaths at home.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Report};
use crate::library::Library;
use crate::plan::{Goal, Plan};

pub(super) fn check(plan: &Plan, library: &Library, report: &mut Report) {
    if plan.goals.is_empty() {
        let none = Diagnostic::new(Code::PlanWithoutGoal).at(&plan.fiscal_year.span);
        report.push(none.arg("year", plan.fiscal_year.value));
    }
    let mut seen = BTreeSet::new();
    for goal in &plan.goals {
        if !seen.insert(&goal.id) {
            report.push(Diagnostic::new(Code::GoalTwice).at(&goal.span).arg("id", &goal.id));
        }
        indicator(goal, library, report);
    }
}

fn indicator(goal: &Goal, library: &Library, report: &mut Report) {
    let Some(indicator) = &goal.indicator else {
        report.push(Diagnostic::new(Code::GoalWithoutIndicator).at(&goal.span).arg("id", &goal.id));
        return;
    };
    let about = |code| Diagnostic::new(code).at(&indicator.span).arg("id", &indicator.value);
    match library.figures.measure(&indicator.value) {
        None => report.push(about(Code::GoalIndicatorUnknown)),
        Some(measure) if measure.is_home_deaths() && (goal.from.is_some() || goal.to.is_some()) => {
            report.push(about(Code::HomeDeathsAsTarget));
        }
        Some(measure) if !measure.has_source() => report.push(about(Code::IndicatorWithoutSource)),
        Some(_) => {}
    }
}
