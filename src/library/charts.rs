//! Charts in articles: is there what they name?

use crate::diag::{Code, Diagnostic, Report};
use crate::figure::Figures;
use crate::markdown::Shortcode;
use crate::markdown::shortcode::Kind;
use crate::source::Spanned;
use crate::tree::nearest;

/// Says what a `::: chart` names that is not there.
pub(super) fn check(shortcode: &Shortcode, figures: &Figures, report: &mut Report) {
    if shortcode.kind != Kind::Chart {
        return;
    }
    let named = |key: &str| shortcode.attributes.get(key);
    let mut years: Vec<i16> = Vec::new();
    if let Some(id) = named("indicator") {
        let Some(indicator) = figures.indicator(&id.value) else {
            report.push(unknown(id, figures.indicators.iter().map(|one| one.id.as_str())));
            return;
        };
        years.extend(indicator.values.iter().map(|value| value.year));
    }
    if let Some(id) = named("survey") {
        let Some(survey) = figures.survey(&id.value) else {
            report.push(unknown(id, figures.surveys.iter().map(|one| one.id.as_str())));
            return;
        };
        if let Some(question) = named("question") {
            let known = survey.asked();
            if !known.iter().any(|(id, text)| *id == question.value || *text == question.value) {
                let ids: Vec<String> = known.iter().map(|(id, text)| format!("`{id}`（{text}）")).collect();
                let missing = Diagnostic::new(Code::ChartQuestionUnknown).at(&question.span);
                let missing = missing.arg("survey", &id.value).arg("value", &question.value);
                report.push(missing.arg("known", ids.join(" ")));
                return;
            }
        }
        years.extend(survey.rows.iter().map(|row| row.year));
    }
    if let Some(year) = named("year")
        && !years.iter().any(|known| known.to_string() == year.value)
    {
        years.sort_unstable();
        years.dedup();
        let known: Vec<String> = years.iter().map(ToString::to_string).collect();
        let missing = Diagnostic::new(Code::ChartYearUnknown).at(&year.span).arg("value", &year.value);
        report.push(missing.arg("known", known.join(" ")));
    }
}

fn unknown<'n>(id: &Spanned<String>, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let hint = match nearest(&id.value, known.clone()) {
        Some(near) => format!("→ `{near}` ?"),
        None => format!("→ {}", known.take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")),
    };
    Diagnostic::new(Code::ChartUnknown).at(&id.span).arg("value", &id.value).arg("hint", hint)
}
