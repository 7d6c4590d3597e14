//! Goals: there is one, each has an indicator, and none aims at a share of deaths at home.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Report};
use crate::figure::{Measure, Survey};
use crate::library::Library;
use crate::plan::{Goal, Plan};
use crate::source::Spanned;

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
        Some(measure) => {
            if !measure.has_source() {
                report.push(about(Code::IndicatorWithoutSource));
            }
            if let Measure::Survey(survey) = measure {
                answer(goal, survey, report);
            }
        }
    }
}

/// A survey has many numbers: the goal names one answer to one question.
fn answer(goal: &Goal, survey: &Survey, report: &mut Report) {
    let (Some(question), Some(answer)) = (&goal.question, &goal.answer) else {
        report.push(Diagnostic::new(Code::GoalWithoutAnswer).at(&goal.span).arg("id", &goal.id));
        return;
    };
    let unknown = |at: &Spanned<String>, known: Vec<String>| {
        let told = Diagnostic::new(Code::GoalAnswerUnknown).at(&at.span).arg("value", &at.value);
        told.arg("known", known.join(" "))
    };
    let asked = survey.asked();
    let Some((_, words)) = asked.iter().find(|(id, text)| *id == question.value || *text == question.value) else {
        report.push(unknown(question, asked.iter().map(|(id, text)| format!("`{id}`（{text}）")).collect()));
        return;
    };
    let answers = survey.answers(words);
    if !answers.contains(&answer.value.as_str()) {
        report.push(unknown(answer, answers.iter().map(|answer| format!("`{answer}`")).collect()));
    }
}
