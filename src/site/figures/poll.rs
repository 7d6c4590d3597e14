//! A question of a survey over the years.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Count;
use super::suppress::{Grid, Slot, hidden};
use crate::area::AreaId;
use crate::figure::{AnswerRow, Scale, Survey};
use crate::select::Public;

/// A question with its answers.
#[derive(Clone, Debug)]
pub struct Poll {
    /// Its short name: where it stands on the survey's page, and how charts name it.
    pub anchor: String,
    /// Its words.
    pub text: Arc<str>,
    /// How the answers lie to each other.
    pub scale: Scale,
    /// The answers in their order.
    pub answers: Vec<Arc<str>>,
    /// The years, the newest first.
    pub years: Vec<PollYear>,
    /// True where a number is hidden.
    pub hides: bool,
}

/// The answers of a year.
#[derive(Clone, Debug)]
pub struct PollYear {
    /// The fiscal year.
    pub year: i16,
    /// Of all.
    pub whole: Answers,
    /// Of areas, in the areas' order.
    pub areas: Vec<(AreaId, Answers)>,
    /// What was noted with single rows.
    pub notes: Vec<String>,
}

/// How many gave which answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Answers {
    /// How many answered the question.
    pub n: Count,
    /// By answer.
    pub counts: Vec<Count>,
}

impl Answers {
    /// The share of an answer in per cent, where it may be shown.
    #[must_use]
    pub fn share(&self, answer: usize) -> Option<f64> {
        let count = self.counts.get(answer)?.told()?;
        let n = self.n.told().filter(|n| *n > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
        Some(count as f64 * 100.0 / n as f64)
    }
}

pub(super) fn polls(survey: &Survey, public: &Public) -> Vec<Poll> {
    let mut questions: Vec<Arc<str>> = Vec::new();
    for row in &survey.rows {
        if !questions.contains(&row.question) {
            questions.push(Arc::clone(&row.question));
        }
    }
    let rank = |text: &Arc<str>| {
        survey.questions.iter().position(|told| told.text.value == **text).unwrap_or(survey.questions.len())
    };
    questions.sort_by_key(rank);
    let asked = survey.asked();
    questions.into_iter().map(|text| poll(survey, text, &asked, public)).collect()
}

fn poll(survey: &Survey, text: Arc<str>, asked: &[(String, &str)], public: &Public) -> Poll {
    let rows: Vec<&AnswerRow> = survey.rows.iter().filter(|row| row.question == text).collect();
    let told = survey.questions.iter().find(|told| told.text.value == *text);
    let mut answers: Vec<Arc<str>> = Vec::new();
    for row in &rows {
        if !answers.contains(&row.answer) {
            answers.push(Arc::clone(&row.answer));
        }
    }
    if let Some(told) = told {
        let rank = |answer: &Arc<str>| told.answers.iter().position(|(text, _)| **text == **answer);
        answers.sort_by_key(|answer| rank(answer).unwrap_or(told.answers.len()));
    }
    let mut years: BTreeMap<i16, Vec<&AnswerRow>> = BTreeMap::new();
    for row in rows {
        years.entry(row.year).or_default().push(row);
    }
    let newest = years.values().next_back().map(Vec::as_slice).unwrap_or_default();
    let several = newest.iter().map(|row| &row.area).any(|area| {
        let fellows: Vec<&AnswerRow> = newest.iter().filter(|row| row.area == *area).copied().collect();
        survey.is_several(&text, &fellows)
    });
    let scale = match told.and_then(|told| told.scale) {
        Some(scale) => scale,
        None if several => Scale::Several,
        None => Scale::One,
    };
    let anchor = asked.iter().find(|(_, words)| *words == &*text).map(|(id, _)| id.clone()).unwrap_or_default();
    let mut poll = Poll { anchor, text, scale, answers, years: Vec::new(), hides: false };
    for (year, rows) in years.into_iter().rev() {
        let sheet = Sheet::new(&rows, &poll, public);
        let (year, hides) = sheet.told(year, &rows);
        poll.hides |= hides;
        poll.years.push(year);
    }
    poll
}

/// The counts of one year before anything is hidden.
struct Sheet {
    areas: Vec<AreaId>,
    /// By answer, then by area.
    cells: Vec<Vec<Option<u64>>>,
    whole: Vec<Option<u64>>,
    people: Vec<Option<u64>>,
    all: Option<u64>,
    several: bool,
}

impl Sheet {
    fn new(rows: &[&AnswerRow], poll: &Poll, public: &Public) -> Self {
        let mut areas: Vec<AreaId> = rows.iter().filter_map(|row| row.area.clone()).collect();
        areas.sort_by_key(|area| public.areas.order(area).unwrap_or(usize::MAX));
        areas.dedup();
        let find = |answer: &Arc<str>, area: Option<&AreaId>| {
            rows.iter().find(|row| row.answer == *answer && row.area.as_ref() == area).map(|row| row.count)
        };
        let cells: Vec<Vec<Option<u64>>> =
            poll.answers.iter().map(|answer| areas.iter().map(|area| find(answer, Some(area))).collect()).collect();
        let sum = |cells: &[Option<u64>]| cells.iter().copied().flatten().reduce(|a, b| a + b);
        let whole: Vec<Option<u64>> =
            poll.answers.iter().zip(&cells).map(|(answer, cells)| find(answer, None).or_else(|| sum(cells))).collect();
        let several = poll.scale == Scale::Several;
        let written =
            |area: Option<&AreaId>| rows.iter().filter(|row| row.area.as_ref() == area).filter_map(|row| row.n).max();
        let people =
            |of: Option<&AreaId>, counts: &[Option<u64>]| written(of).or_else(|| sum(counts).filter(|_| !several));
        let by_area: Vec<Option<u64>> = areas
            .iter()
            .enumerate()
            .map(|(c, area)| {
                let column: Vec<Option<u64>> = cells.iter().map(|row| row.get(c).copied().flatten()).collect();
                people(Some(area), &column)
            })
            .collect();
        let all = people(None, &whole).or_else(|| sum(&by_area));
        Self { areas, cells, whole, people: by_area, all, several }
    }

    fn grid(&self) -> Grid {
        let plain = |numbers: &[Option<u64>]| numbers.iter().map(|number| number.unwrap_or(0)).collect::<Vec<u64>>();
        if self.areas.is_empty() {
            let cells = plain(&self.whole).into_iter().map(|count| vec![count]).collect();
            return Grid { cells, people: self.all.map(|all| vec![all]), several: self.several, ..Grid::default() };
        }
        Grid {
            cells: self.cells.iter().map(|row| plain(row)).collect(),
            whole: Some(plain(&self.whole)),
            people: self.people.iter().any(Option::is_some).then(|| plain(&self.people)),
            all: self.all,
            several: self.several,
        }
    }

    /// The year without what must stay hidden, and whether anything is.
    fn told(&self, year: i16, rows: &[&AnswerRow]) -> (PollYear, bool) {
        let hidden = hidden(&self.grid());
        let alone = self.areas.is_empty();
        let count = |number: Option<u64>, slot: Slot| match number {
            None => Count::Absent,
            Some(_) if hidden.contains(&slot) => Count::Hidden,
            Some(count) => Count::Told(count),
        };
        let whole_slot = |r: usize| if alone { Slot::Cell(r, 0) } else { Slot::Whole(r) };
        let whole = Answers {
            n: count(self.all, if alone { Slot::People(0) } else { Slot::All }),
            counts: self.whole.iter().enumerate().map(|(r, number)| count(*number, whole_slot(r))).collect(),
        };
        let column = |c: usize| Answers {
            n: count(self.people.get(c).copied().flatten(), Slot::People(c)),
            counts: self
                .cells
                .iter()
                .enumerate()
                .map(|(r, row)| count(row.get(c).copied().flatten(), Slot::Cell(r, c)))
                .collect(),
        };
        let areas = self.areas.iter().enumerate().map(|(c, area)| (area.clone(), column(c))).collect();
        let mut notes: Vec<String> = rows.iter().filter_map(|row| row.note.clone()).collect();
        notes.dedup();
        (PollYear { year, whole, areas, notes }, !hidden.is_empty())
    }
}
