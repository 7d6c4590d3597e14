//! Figures: indicators by year and area, and the answers of surveys.
//!
//! In: `resources/indicators/*.csv` with `indicators.toml`, `resources/surveys/*.csv` with `surveys.toml` (which may be
//! absent). Out: `Figures`, every row with its place. It adds nothing up for readers: what is public is decided
//! in `select`, and only then may shares and totals be made.
//!
//! *Which rows does a reader never see?* Rows are public from the first day of their fiscal year (nothing can be
//! measured before it), or from the `publish` of their year's table. Small counts are hidden later, in `site`.

mod answers;
mod cells;
mod definition;
mod sums;
mod values;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::area::{AreaId, Areas};
use crate::config::{Config, Lang, Localised};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{Sources, Span, Spanned, is_device_name};

/// The only name of an indicator or a survey, and the last part of its page's address: `[a-z0-9_-]+`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(Arc<str>);

impl FigureId {
    /// The identifier of the page of what the lists themselves give.
    pub const LISTS: &'static str = "lists";

    /// The identifier, if it can be an address.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        let is_sound = !text.is_empty() && text.len() <= 60 && text.chars().all(allowed) && !is_device_name(text);
        is_sound.then(|| Self(Arc::from(text)))
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for FigureId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// Where an indicator stands between what there is and what comes of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum IndicatorKind {
    /// 体制: what there is.
    Structure,
    /// 活動: what is done.
    Process,
    /// 成果: what comes of it.
    Outcome,
}

impl IndicatorKind {
    /// All, in the order in which they are read together.
    pub const ALL: [Self; 3] = [Self::Structure, Self::Process, Self::Outcome];

    /// How files write them.
    pub const CHOICES: &'static [(&'static str, Self)] =
        &[("structure", Self::Structure), ("process", Self::Process), ("outcome", Self::Outcome)];

    /// Its name in files and addresses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Process => "process",
            Self::Outcome => "outcome",
        }
    }
}

/// A number as it was written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// How many decimals were written.
    pub decimals: u8,
}

impl Number {
    /// A whole number.
    #[must_use]
    pub fn whole(value: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        Self { value: value as f64, decimals: 0 }
    }

    /// With its decimals and `,` between thousands.
    #[must_use]
    pub fn shown(self) -> String {
        let plain = self.plain();
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let decimals = decimals.map_or_else(String::new, |part| format!(".{part}"));
        format!("{sign}{grouped}{decimals}")
    }

    /// With its decimals, for machines.
    #[must_use]
    pub fn plain(self) -> String {
        format!("{:.*}", usize::from(self.decimals), self.value)
    }
}

/// What an indicator is made known with: one `[[indicator]]` and its rows.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its identifier.
    pub id: FigureId,
    /// Its name.
    pub name: Localised,
    /// Structure, process or outcome.
    pub kind: IndicatorKind,
    /// What its values count.
    pub unit: Localised,
    /// What exactly is counted.
    pub definition: Option<Localised>,
    /// Who counted.
    pub source: Option<Localised>,
    /// Why it is looked at.
    pub why: Option<Localised>,
    /// True for the share (or number) of deaths at home, which is never a target.
    pub home_deaths: bool,
    /// True where values count people, so that small ones are hidden.
    pub people: bool,
    /// What is said of single years.
    pub years: Vec<YearNote>,
    /// Its rows, in the order of files and rows.
    pub values: Vec<Value>,
    /// Its table in `indicators.toml`.
    pub span: Span,
}

/// What is said of one year of an indicator or a survey.
#[derive(Clone, Debug)]
pub struct YearNote {
    /// The fiscal year.
    pub year: Spanned<i16>,
    /// The instant from which its rows are public; by default the first day of the year.
    pub publish: Option<Spanned<Timestamp>>,
    /// Why it changed, or why not.
    pub changed: Option<Localised>,
    /// The whole table.
    pub extent: Span,
}

/// One row of an indicator.
#[derive(Clone, Debug)]
pub struct Value {
    /// The fiscal year.
    pub year: i16,
    /// The area; none for the whole.
    pub area: Option<AreaId>,
    /// The value.
    pub number: Number,
    /// How many people it rests on.
    pub n: Option<u64>,
    /// Why it changed, or what to keep in mind.
    pub note: Option<String>,
    /// The row without its line end: what to point at.
    pub line: Span,
    /// The whole row: what to cut.
    pub row: Span,
}

/// How the answers of a question lie to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// One of several: parts of a whole.
    One,
    /// From yes to no: shown to both sides of a middle.
    Ordered,
    /// Several may be named: shares do not add up to a whole.
    Several,
}

impl Scale {
    /// How files write them.
    pub const CHOICES: &'static [(&'static str, Self)] =
        &[("one", Self::One), ("ordered", Self::Ordered), ("several", Self::Several)];

    /// Its name in files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Ordered => "ordered",
            Self::Several => "several",
        }
    }
}

/// A survey of one or several years.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its identifier.
    pub id: FigureId,
    /// Its name; the identifier where nothing is said.
    pub name: Option<Localised>,
    /// Who was asked, and how.
    pub definition: Option<Localised>,
    /// Who asked.
    pub source: Option<Localised>,
    /// Why it is asked.
    pub why: Option<Localised>,
    /// What is said of single years.
    pub years: Vec<YearNote>,
    /// What is said of single questions.
    pub questions: Vec<Question>,
    /// Its rows, in the order of files and rows.
    pub rows: Vec<AnswerRow>,
    /// Its table in `surveys.toml`, else its first row.
    pub span: Span,
}

/// What `surveys.toml` says of a question.
#[derive(Clone, Debug)]
pub struct Question {
    /// A short name for shortcodes and anchors.
    pub id: FigureId,
    /// Its words, as the rows have them.
    pub text: Spanned<String>,
    /// Its words in other languages.
    pub shown: Option<Localised>,
    /// How its answers lie to each other.
    pub scale: Option<Scale>,
    /// Its answers in their order, with their words in other languages.
    pub answers: Vec<(String, Option<Localised>)>,
    /// What came of it: why it changed or did not, with its key. Not told before the last of its rows is.
    pub changed: Option<Spanned<Localised>>,
}

/// One row of a survey.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// The fiscal year.
    pub year: i16,
    /// The question's words.
    pub question: Arc<str>,
    /// The answer's words.
    pub answer: Arc<str>,
    /// The area; none for the whole.
    pub area: Option<AreaId>,
    /// How many gave the answer: as written, or from share and n.
    pub count: u64,
    /// The share in per cent, where it was written instead of a count.
    pub share: Option<Number>,
    /// How many answered the question, where written.
    pub n: Option<u64>,
    /// What to keep in mind.
    pub note: Option<String>,
    /// The row without its line end: what to point at.
    pub line: Span,
    /// The whole row: what to cut.
    pub row: Span,
}

/// All figures of a site.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// In the order of `indicators.toml`.
    pub indicators: Vec<Indicator>,
    /// In the order of `surveys.toml`, then of the rows.
    pub surveys: Vec<Survey>,
    /// Rows that could not be read.
    pub broken: Vec<Span>,
}

/// What a goal or a chart can name.
#[derive(Clone, Copy, Debug)]
pub enum Measure<'a> {
    /// An indicator.
    Indicator(&'a Indicator),
    /// A survey.
    Survey(&'a Survey),
}

impl Survey {
    /// Every question that was asked: its short name, by which pages and charts know it, and its words. The only
    /// place where questions get numbers.
    #[must_use]
    pub fn asked(&self) -> Vec<(String, &str)> {
        let mut known: Vec<(String, &str)> = Vec::new();
        for row in &self.rows {
            if !known.iter().any(|(_, text)| *text == &*row.question) {
                known.push((format!("q{}", known.len() + 1), &row.question));
            }
        }
        for told in &self.questions {
            known.retain(|(_, text)| *text != told.text.value);
            known.push((told.id.to_string(), &told.text.value));
        }
        known
    }

    /// What is said of a question.
    #[must_use]
    pub fn told(&self, question: &str) -> Option<&Question> {
        self.questions.iter().find(|told| told.text.value == question)
    }

    /// The words of a question in a language, else its own.
    #[must_use]
    pub fn question_in<'s>(&'s self, question: &'s str, lang: &Lang) -> &'s str {
        let shown = self.told(question).and_then(|told| told.shown.as_ref());
        shown.map_or(question, |shown| shown.get(lang))
    }

    /// The words of an answer in a language, else its own.
    #[must_use]
    pub fn answer_in<'s>(&'s self, (question, answer): (&str, &'s str), lang: &Lang) -> &'s str {
        let named = self.told(question).and_then(|told| told.answers.iter().find(|(text, _)| text == answer));
        named.and_then(|(_, shown)| shown.as_ref()).map_or(answer, |shown| shown.get(lang))
    }

    /// The answers that were given to a question, in its words.
    #[must_use]
    pub fn answers(&self, question: &str) -> Vec<&str> {
        let mut answers: Vec<&str> = Vec::new();
        for row in self.rows.iter().filter(|row| &*row.question == question) {
            if !answers.contains(&&*row.answer) {
                answers.push(&row.answer);
            }
        }
        answers
    }
}

impl Measure<'_> {
    /// True for the share of deaths at home: a result of people's choices, never a target.
    #[must_use]
    pub fn is_home_deaths(&self) -> bool {
        matches!(self, Self::Indicator(indicator) if indicator.home_deaths)
    }

    /// What it is called; a survey may have no name.
    #[must_use]
    pub fn name(&self) -> Option<&Localised> {
        match self {
            Self::Indicator(indicator) => Some(&indicator.name),
            Self::Survey(survey) => survey.name.as_ref(),
        }
    }

    /// True where it says where its numbers come from.
    #[must_use]
    pub fn has_source(&self) -> bool {
        match self {
            Self::Indicator(indicator) => indicator.source.is_some(),
            Self::Survey(survey) => survey.source.is_some(),
        }
    }
}

impl Figures {
    /// The indicator or survey of this identifier.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<Measure<'_>> {
        let indicator = self.indicator(id).map(Measure::Indicator);
        indicator.or_else(|| self.survey(id).map(Measure::Survey))
    }

    /// The indicator of this identifier.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_str() == id)
    }

    /// The survey of this identifier.
    #[must_use]
    pub fn survey(&self, id: &str) -> Option<&Survey> {
        self.surveys.iter().find(|survey| survey.id.as_str() == id)
    }

    /// Every identifier that a goal or a chart can name.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let indicators = self.indicators.iter().map(|indicator| indicator.id.as_str());
        indicators.chain(self.surveys.iter().map(|survey| survey.id.as_str()))
    }
}

/// Reads all figures, with a message for everything that is wrong with them.
pub fn read(sources: &Sources, config: &Config, areas: &Areas) -> Checked<Figures> {
    let mut report = Report::new();
    let mut indicators = definition::indicators(sources, config, &mut report);
    let mut surveys = definition::surveys(sources, config, &mut report);
    definition::twins(&indicators, &surveys, &mut report);
    let mut broken = values::read(sources, areas, &mut indicators, &mut report);
    broken.extend(answers::read(sources, areas, &mut surveys, &mut report));
    for indicator in &indicators {
        definition::check_indicator(indicator, broken.is_empty(), &mut report);
        sums::check_indicator(indicator, &mut report);
    }
    for survey in &surveys {
        definition::check_survey(survey, broken.is_empty(), &mut report);
        sums::check_survey(survey, &mut report);
    }
    Checked::new(Figures { indicators, surveys, broken }, report)
}

/// A warning for each year that has rows though it has not begun on the day `today`.
pub fn years_ahead(figures: &Figures, today: jiff::civil::Date) -> Report {
    let this_year = crate::calendar::fiscal_year::FiscalYear::of(today).year();
    let mut told: Vec<(&str, i16)> = Vec::new();
    let mut report = Report::new();
    let values = figures.indicators.iter().flat_map(|one| one.values.iter().map(|row| (&one.id, row.year, &row.line)));
    let answers = figures.surveys.iter().flat_map(|one| one.rows.iter().map(|row| (&one.id, row.year, &row.line)));
    for (id, year, row) in values.chain(answers).filter(|(_, year, _)| *year > this_year) {
        if !told.contains(&(id.as_str(), year)) {
            told.push((id.as_str(), year));
            report.push(Diagnostic::new(Code::FigureYearAhead).at(row).arg("id", id).arg("year", year));
        }
    }
    report
}

#[cfg(test)]
mod tests;
