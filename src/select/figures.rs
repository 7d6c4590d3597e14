//! Which rows of indicators and surveys may be shown.
//!
//! A year's rows are public from the `publish` of the year's table, else from the first day of the fiscal year:
//! nothing can have been measured before. What the year's table says goes with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::verdict::Judge;
use super::{Reason, Withheld};
use crate::figure::{AnswerRow, Figures, Indicator, Survey, YearNote};
use crate::source::{SourcePath, Span};

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
        let faulty = self.faulty(survey);
        let mut waiting: BTreeMap<Arc<str>, Withheld> = BTreeMap::new();
        shown.rows.retain(|row| {
            let told = if faulty.takes(row) {
                Some(broken(&row.row))
            } else {
                self.too_early(row.year, &survey.years, (&row.line, &row.row))
            };
            if let Some(told) = &told {
                let last = waiting.entry(Arc::clone(&row.question)).or_insert_with(|| told.clone());
                if (told.until.is_none(), told.until) > (last.until.is_none(), last.until) {
                    *last = told.clone();
                }
            }
            keep(told, withheld)
        });
        // It speaks of no year, and so may speak of the one that is still withheld.
        for question in &mut shown.questions {
            let Some(told) = waiting.get(question.text.value.as_str()) else { continue };
            withheld.extend(question.changed.take().map(|changed| Withheld { span: changed.span, ..told.clone() }));
        }
        shown.years.retain(|note| keep(self.note_too_early(note, &survey.years), withheld));
        shown
    }

    /// Shares of a question that lacks an answer would not be true: one broken row takes its whole question with it,
    /// and a row that can't be read may belong to any question of its file.
    fn faulty<'s>(&'s self, survey: &'s Survey) -> Faulty<'s> {
        if !self.request.quarantine {
            return Faulty::default();
        }
        let rows = survey.rows.iter().filter(|row| self.has_error(&row.row));
        Faulty {
            questions: rows.map(|row| (row.year, &*row.question)).collect(),
            files: self.library.figures.broken.iter().map(|span| &span.path).collect(),
        }
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

/// What quarantine takes of a survey.
#[derive(Default)]
struct Faulty<'s> {
    questions: BTreeSet<(i16, &'s str)>,
    files: BTreeSet<&'s SourcePath>,
}

impl Faulty<'_> {
    fn takes(&self, row: &AnswerRow) -> bool {
        self.files.contains(&row.row.path) || self.questions.contains(&(row.year, &*row.question))
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
