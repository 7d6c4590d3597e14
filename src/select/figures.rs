//! Which rows of indicators and surveys may be shown.
//!
//! A year's rows are public from the `publish` of the year's table, else from the first day of the fiscal year:
//! nothing can have been measured before. What the year's table says goes with them.

use super::verdict::Judge;
use super::{Reason, Withheld};
use crate::figure::{AnswerRow, Figures, Indicator, Survey, YearNote};
use crate::source::Span;

impl Judge<'_> {
    /// The figures with public rows only.
    pub(super) fn figures(&self, withheld: &mut Vec<Withheld>) -> Figures {
        let all = &self.library.figures;
        if self.request.quarantine {
            withheld.extend(all.broken.iter().map(broken));
        }
        let indicators = all.indicators.iter().map(|one| self.indicator(one, withheld));
        let indicators = indicators.filter(|one| !one.values.is_empty()).collect();
        let surveys = all.surveys.iter().map(|one| self.survey(one, withheld));
        let surveys = surveys.filter(|one| !one.rows.is_empty()).collect();
        Figures { indicators, surveys, broken: Vec::new() }
    }

    fn indicator(&self, indicator: &Indicator, withheld: &mut Vec<Withheld>) -> Indicator {
        let mut shown = indicator.clone();
        shown.values.retain(|value| {
            let told = if self.has_error(&value.row) {
                Some(broken(&value.row))
            } else {
                self.too_early(value.year, &indicator.years, (&value.line, &value.row))
            };
            keep(told, withheld)
        });
        shown.years.retain(|note| keep(self.note_too_early(note, &indicator.years), withheld));
        shown
    }

    fn survey(&self, survey: &Survey, withheld: &mut Vec<Withheld>) -> Survey {
        let mut shown = survey.clone();
        shown.rows.retain(|row| {
            let told = if self.question_is_broken(survey, row) {
                Some(broken(&row.row))
            } else {
                self.too_early(row.year, &survey.years, (&row.line, &row.row))
            };
            keep(told, withheld)
        });
        shown.years.retain(|note| keep(self.note_too_early(note, &survey.years), withheld));
        shown
    }

    /// Shares of a question that lacks an answer would not be true: one broken row takes its whole question with it,
    /// and a row that can't be read may belong to any question of its file.
    fn question_is_broken(&self, survey: &Survey, row: &AnswerRow) -> bool {
        if !self.request.quarantine {
            return false;
        }
        let unreadable = self.library.figures.broken.iter().any(|span| span.path == row.row.path);
        let mut fellows = survey.rows.iter().filter(|other| other.year == row.year && other.question == row.question);
        unreadable || fellows.any(|other| self.has_error(&other.row))
    }

    fn has_error(&self, row: &Span) -> bool {
        let inside = |error: &&Span| error.path == row.path && error.start >= row.start && error.start < row.end.max(1);
        self.request.quarantine && self.errors.iter().any(|error| inside(&error))
    }

    fn note_too_early(&self, note: &YearNote, notes: &[YearNote]) -> Option<Withheld> {
        self.too_early(note.year.value, notes, (&note.year.span, &note.extent))
    }

    /// Why rows of a year are not shown yet; `place` is what to point at and what to cut.
    fn too_early(&self, year: i16, notes: &[YearNote], place: (&Span, &Span)) -> Option<Withheld> {
        let first_day = self.moment.start_of(jiff::civil::date(year, 4, 1));
        let written = notes.iter().filter(|note| note.year.value == year).find_map(|note| note.publish.as_ref());
        let begins = written.map(|publish| publish.value).or(first_day);
        if begins.is_some_and(|at| self.moment.reached(at)) {
            return None;
        }
        let reason = Reason::NotYet(written.map_or(place.0, |publish| &publish.span).clone());
        Some(Withheld { span: place.1.clone(), reason, until: begins })
    }
}

fn broken(row: &Span) -> Withheld {
    Withheld { span: row.clone(), reason: Reason::Broken, until: None }
}

fn keep(told: Option<Withheld>, withheld: &mut Vec<Withheld>) -> bool {
    let public = told.is_none();
    withheld.extend(told);
    public
}
