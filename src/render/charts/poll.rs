//! A question of a survey: parts of a whole over the years and by area, or bars where several answers may be given.

use super::{HIDDEN, NOTHING, percent};
use crate::area::AreaId;
use crate::chart::{self, Bar, BarRow, Part, PartRow, Parts, swatch};
use crate::figure::{Scale, Survey};
use crate::render::studio::Studio;
use crate::render::view::{ChartView, LegendEntry, TableRow, TableView};
use crate::site::{Answers, Count, Poll, PollYear};

/// What is set beside what.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Beside {
    /// The years.
    Years,
    /// The areas of one year.
    Areas,
}

/// Years drawn in one chart at most, the newest first.
const YEARS_MAX: usize = 4;

impl Studio<'_> {
    /// The words of a question in this language.
    pub(in crate::render) fn survey_question(&self, survey: &Survey, poll: &Poll) -> String {
        survey.question_in(&poll.text, self.lang).to_owned()
    }

    fn answer(&self, survey: &Survey, poll: &Poll, at: usize) -> String {
        let Some(text) = poll.answers.get(at) else { return String::new() };
        survey.answer_in((&poll.text, text), self.lang).to_owned()
    }

    /// The drawings of a question, each with its table.
    pub(in crate::render) fn poll_charts(&self, survey: &Survey, poll: &Poll) -> Vec<ChartView> {
        let newest_with_areas = poll.years.iter().find(|year| !year.areas.is_empty());
        let by_area = newest_with_areas.and_then(|year| self.poll_chart(survey, poll, (Beside::Areas, year.year)));
        let newest = poll.years.first().map_or(0, |year| year.year);
        self.poll_chart(survey, poll, (Beside::Years, newest)).into_iter().chain(by_area).collect()
    }

    /// One drawing: the years up to one, or the areas of one.
    pub(in crate::render) fn poll_chart(&self, survey: &Survey, poll: &Poll, what: (Beside, i16)) -> Option<ChartView> {
        let (beside, year) = what;
        let shown: Vec<&PollYear> = poll.years.iter().filter(|known| known.year <= year).take(YEARS_MAX).collect();
        let newest = *shown.first()?;
        let columns: Vec<(String, &Answers)> = match beside {
            Beside::Years => shown.iter().map(|known| (self.short_year(known.year), &known.whole)).collect(),
            Beside::Areas => newest.areas.iter().map(|(area, answers)| (self.area_name(area), answers)).collect(),
        };
        let question = self.survey_question(survey, poll);
        let year = self.short_year(newest.year);
        let key = if beside == Beside::Years { "chart_over_years" } else { "chart_by_area" };
        let title = self.words().fill(key, &[("name", &question), ("year", &year)]);
        let summary = match beside {
            Beside::Years => self.poll_summary(survey, poll, &shown),
            Beside::Areas => self.poll_area_summary(survey, poll, newest),
        };
        if columns.is_empty() {
            return None;
        }
        let table = self.poll_table(survey, poll, (&title, &columns));
        let mut chart = self.drawn((title, summary), Some(table), |caption| match poll.scale {
            Scale::Several => chart::bars(caption, &self.bar_rows(survey, poll, &columns), Some(100.0)),
            Scale::One => {
                chart::stacked(caption, Parts { rows: &self.part_rows(&columns), hidden: &self.word("hidden_part") })
            }
            Scale::Ordered => {
                chart::diverging(caption, Parts { rows: &self.part_rows(&columns), hidden: &self.word("hidden_part") })
            }
        });
        if poll.scale != Scale::Several {
            let of = poll.answers.len();
            let entry = |at| LegendEntry {
                id: String::new(),
                mark_html: swatch(at, of, poll.scale == Scale::Ordered),
                label: self.answer(survey, poll, at),
            };
            chart.legend = (0..of).map(entry).collect();
        }
        Some(chart)
    }

    /// A row a column of the table.
    fn part_rows(&self, columns: &[(String, &Answers)]) -> Vec<PartRow> {
        let row = |(name, answers): &(String, &Answers)| PartRow {
            label: self.words().fill("with_people", &[("name", name), ("n", &self.people(answers.n))]),
            parts: (0..answers.counts.len())
                .map(|at| {
                    let share = answers.share(at);
                    let absent = answers.counts.get(at) == Some(&Count::Absent);
                    let share = if absent { Some(0.0) } else { share };
                    Part { share, shown: share.map_or_else(|| HIDDEN.to_owned(), percent) }
                })
                .collect(),
        };
        columns.iter().map(row).collect()
    }

    /// An answer with a bar for every column.
    fn bar_rows(&self, survey: &Survey, poll: &Poll, columns: &[(String, &Answers)]) -> Vec<BarRow> {
        let bar = |at: usize, (name, answers): &(String, &Answers)| {
            let share = answers.share(at);
            let value = match (share, answers.counts.get(at)) {
                (Some(share), _) => percent(share),
                (None, Some(count)) => self.people(*count),
                (None, None) => NOTHING.to_owned(),
            };
            Bar { value: share, shown: format!("{value} {name}") }
        };
        let row = |at: usize| BarRow {
            label: self.answer(survey, poll, at),
            bars: columns.iter().map(|column| bar(at, column)).collect(),
        };
        (0..poll.answers.len()).map(row).collect()
    }

    fn poll_summary(&self, survey: &Survey, poll: &Poll, years: &[&PollYear]) -> String {
        let leading = |year: &PollYear| {
            let shares = (0..poll.answers.len()).filter_map(|at| Some((at, year.whole.share(at)?)));
            shares.reduce(|a, b| if b.1 > a.1 { b } else { a })
        };
        let Some((newest, (at, share))) = years.first().and_then(|year| Some((year, leading(year)?))) else {
            return self.word("chart_nothing_summary");
        };
        let people = self.people(newest.whole.n);
        let mut text = self.words().fill(
            "poll_summary",
            &[
                ("year", &self.short_year(newest.year)),
                ("n", &people),
                ("answer", &self.answer(survey, poll, at)),
                ("share", &percent(share)),
            ],
        );
        if let Some((year, before)) = years.get(1).and_then(|year| Some((year.year, year.whole.share(at)?))) {
            let args = [("year", self.short_year(year)), ("share", percent(before))];
            let args: Vec<(&str, &str)> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
            text.push_str(&self.words().fill("poll_summary_before", &args));
        }
        text
    }

    fn poll_area_summary(&self, survey: &Survey, poll: &Poll, year: &PollYear) -> String {
        let total = |at: usize| year.whole.share(at);
        let leading = (0..poll.answers.len()).filter_map(|at| Some((at, total(at)?)));
        let Some((at, _)) = leading.reduce(|a, b| if b.1 > a.1 { b } else { a }) else {
            return self.word("chart_nothing_summary");
        };
        let known = || year.areas.iter().filter_map(|(area, answers)| Some((area, answers.share(at)?)));
        let most = known().reduce(|a: (&AreaId, f64), b| if b.1 > a.1 { b } else { a });
        let least = known().reduce(|a: (&AreaId, f64), b| if b.1 < a.1 { b } else { a });
        let (Some(most), Some(least)) = (most, least) else { return self.word("chart_nothing_summary") };
        self.words().fill(
            "poll_area_summary",
            &[
                ("answer", &self.answer(survey, poll, at)),
                ("most", &self.area_name(most.0)),
                ("most_value", &percent(most.1)),
                ("least", &self.area_name(least.0)),
                ("least_value", &percent(least.1)),
            ],
        )
    }

    /// Answers down, years or areas across; the people asked at the end.
    fn poll_table(&self, survey: &Survey, poll: &Poll, what: (&str, &[(String, &Answers)])) -> TableView {
        let (title, columns) = what;
        let cell = |answers: &Answers, at: usize| match (answers.counts.get(at), answers.share(at)) {
            (Some(count @ Count::Told(_)), Some(share)) => {
                let count = self.people(*count);
                self.words().fill("count_and_share", &[("count", &count), ("share", &percent(share))])
            }
            (Some(count), _) => self.people(*count),
            (None, _) => NOTHING.to_owned(),
        };
        let mut rows: Vec<TableRow> = (0..poll.answers.len())
            .map(|at| TableRow {
                label: self.answer(survey, poll, at),
                cells: columns.iter().map(|(_, answers)| cell(answers, at)).collect(),
            })
            .collect();
        rows.push(TableRow {
            label: self.word("people_asked"),
            cells: columns.iter().map(|(_, answers)| self.people(answers.n)).collect(),
        });
        TableView {
            caption: self.words().fill("table_of_people", &[("name", title)]),
            corner: self.word("answer_heading"),
            columns: columns.iter().map(|(name, _)| name.clone()).collect(),
            rows,
        }
    }
}
