//! Rows of surveys: `resources/surveys/*.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cells::{self, Cells, to_count};
use super::{AnswerRow, FigureId, Survey};
use crate::area::{AreaId, Areas};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{Sources, Span};
use crate::table::headings::Known;

const SURVEY: usize = 0;
const YEAR: usize = 1;
const QUESTION: usize = 2;
const ANSWER: usize = 3;
const AREA: usize = 4;
const COUNT: usize = 5;
const SHARE: usize = 6;
const N: usize = 7;
const NOTE: usize = 8;

fn columns() -> Vec<Known> {
    vec![
        Known::new("survey", &["調査", "調査ID"]).required(),
        Known::new("year", &["年度"]).required(),
        Known::new("question", &["設問", "質問"]).required(),
        Known::new("answer", &["回答", "選択肢"]).required(),
        Known::new("area", &["圏域", "圏域ID"]),
        Known::new("count", &["人数", "回答数"]),
        Known::new("share", &["割合"]),
        Known::new("n", &["回答者数"]),
        Known::new("note", &["備考"]),
    ]
}

type Key = (FigureId, i16, Arc<str>, Arc<str>, Option<AreaId>);

/// Adds the rows to their surveys; returns those that can't be used.
pub(super) fn read(sources: &Sources, areas: &Areas, surveys: &mut Vec<Survey>, report: &mut Report) -> Vec<Span> {
    let mut broken = Vec::new();
    let mut seen: BTreeMap<Key, Span> = BTreeMap::new();
    let mut words: BTreeSet<Arc<str>> = BTreeSet::new();
    let known = columns();
    let lost = cells::rows(sources, "resources/surveys", (&known, areas, report), |cells| {
        let Some((id, answer)) = row(cells, &mut words) else {
            broken.push(cells.row.span());
            return;
        };
        let key: Key = (id.clone(), answer.year, answer.question.clone(), answer.answer.clone(), answer.area.clone());
        if let Some(first) = seen.get(&key) {
            let twice = Diagnostic::new(Code::FigureRowTwice).at(&cells.row.line_span()).label(first, "first");
            cells.report.push(twice);
            broken.push(cells.row.span());
            return;
        }
        seen.insert(key, cells.row.line_span());
        match surveys.iter_mut().find(|survey| survey.id == id) {
            Some(survey) => survey.rows.push(answer),
            None => surveys.push(undescribed(id, answer)),
        }
    });
    broken.extend(lost);
    broken
}

/// A survey of which only rows are known.
fn undescribed(id: FigureId, first: AnswerRow) -> Survey {
    let span = first.line.clone();
    Survey {
        id,
        name: None,
        definition: None,
        source: None,
        why: None,
        years: Vec::new(),
        questions: Vec::new(),
        rows: vec![first],
        span,
    }
}

fn row(cells: &mut Cells<'_, '_>, words: &mut BTreeSet<Arc<str>>) -> Option<(FigureId, AnswerRow)> {
    let written = cells.required(SURVEY);
    let id = written.as_ref().and_then(|id| FigureId::new(id)).filter(|id| id.as_str() != FigureId::LISTS);
    if let (Some(written), None) = (&written, &id) {
        let unusable = cells.problem(Code::FigureIdUnusable, SURVEY).arg("value", written);
        cells.report.push(unusable);
    }
    let year = cells.year(YEAR);
    let question = cells.required(QUESTION);
    let answer = cells.required(ANSWER);
    let area = cells.area(AREA);
    let (count, share, n) = (cells.count(COUNT), cells.number(SHARE), cells.count(N));
    let note = cells.text(NOTE);
    if let Some(share) = share.filter(|share| share.value > 100.0) {
        let beyond = cells.problem(Code::ShareBeyondWhole, SHARE).arg("value", share.plain());
        cells.report.push(beyond);
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
    let counted = count.or_else(|| Some(to_count(share?.value * n? as f64 / 100.0)));
    if counted.is_none() && !cells.broken {
        let half = cells.problem(Code::AnswerWithoutNumber, COUNT);
        cells.report.push(half);
    }
    if let (Some(counted), Some(of), false) = (counted, n, cells.broken)
        && counted > of
    {
        let beyond = cells.problem(Code::CountBeyondPeople, COUNT).arg("count", counted).arg("n", of);
        cells.report.push(beyond);
    }
    if cells.broken {
        return None;
    }
    let mut once = |text: String| {
        let text: Arc<str> = Arc::from(text);
        words.get(&text).cloned().unwrap_or_else(|| {
            words.insert(Arc::clone(&text));
            text
        })
    };
    let (question, answer) = (once(question?), once(answer?));
    let share = if count.is_some() { None } else { share };
    let (line, row) = (cells.row.line_span(), cells.row.span());
    Some((id?, AnswerRow { year: year?, question, answer, area, count: counted?, share, n, note, line, row }))
}
