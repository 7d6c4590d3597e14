//! The awareness plan of a fiscal year: purpose, goals, stages, editions, review.
//!
//! In: `content/plans/YEAR.toml`. Out: typed plans. A broken plan stops the build even with quarantine, for nobody
//! could tell which editions it withholds; but an edition may lose its lead, on which no release depends.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::fiscal_year::FiscalYear;
use crate::config::{Config, Localised, localised};
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Sources, Span, Spanned, Text, is_device_name};
use crate::tree::{Fields, Table, Value, parse_toml};
use crate::vocabulary::{Audience, Viewpoint};

/// The slug of an edition: `2026-06`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(Arc<str>);

impl EditionId {
    /// The slug, if it can be an address: lower-case letters, digits, `-`.
    #[must_use]
    pub fn new(slug: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let sound = !slug.is_empty() && slug.len() <= 80 && slug.chars().all(allowed) && !is_device_name(slug);
        sound.then(|| Self(Arc::from(slug)))
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for EditionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// One year's plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its file.
    pub path: SourcePath,
    /// The year that begins on 1 April.
    pub fiscal_year: Spanned<i16>,
    /// 目的: what all of it is for.
    pub purpose: Localised,
    /// 目標.
    pub goals: Vec<Goal>,
    /// The three stages.
    pub stages: Vec<Stage>,
    /// The releases.
    pub editions: Vec<Edition>,
    /// Releases of which too much could not be read.
    pub lost: Vec<LostEdition>,
    /// Check and Act of the year.
    pub review: Option<Review>,
    /// When the plan itself becomes public; by default the first day of its fiscal year.
    pub publish: Option<Spanned<Timestamp>>,
}

/// 目標: what shall be different, and by which indicator that is seen.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Identifier within the plan.
    pub id: String,
    /// Where the identifier is written.
    pub span: Span,
    /// In words.
    pub text: Localised,
    /// Indicator or survey.
    pub indicator: Option<Spanned<String>>,
    /// Of a survey: the question, by its short name or its words.
    pub question: Option<Spanned<String>>,
    /// Of that question: the answer whose share is looked at.
    pub answer: Option<Spanned<String>>,
    /// Value at the beginning.
    pub from: Option<f64>,
    /// Value hoped for.
    pub to: Option<f64>,
}

/// One of the three stages of the yearly awareness flow.
#[derive(Clone, Debug)]
pub struct Stage {
    /// 1, 2 or 3.
    pub number: u8,
    /// Where the number is written.
    pub span: Span,
    /// Its name this year.
    pub title: Localised,
    /// What it is for.
    pub purpose: Option<Localised>,
    /// Whom it speaks to.
    pub audiences: Vec<Audience>,
    /// What they should come to understand.
    pub viewpoints: Vec<Viewpoint>,
    /// Goals it serves.
    pub goals: Vec<Spanned<String>>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
}

/// One dated release of the site.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its slug.
    pub id: EditionId,
    /// Where the slug is written.
    pub span: Span,
    /// Stage that it belongs to.
    pub stage: u8,
    /// Its title.
    pub title: Localised,
    /// The instant from which it is public.
    pub release: Spanned<Timestamp>,
    /// The article it leads with, as a path below `content/` without extension.
    pub lead: Option<Spanned<String>>,
    /// The key and the value of `lead`: what to cut to remove it.
    pub lead_extent: Option<Span>,
    /// Areas it is about; empty means all.
    pub areas: Vec<Spanned<String>>,
    /// True when it is printed as well.
    pub print: bool,
    /// The editor's summary.
    pub summary: Option<Localised>,
    /// The whole `[[edition]]` table.
    pub extent: Span,
}

/// A table that is no edition, because its time or its title can't be read.
#[derive(Clone, Debug)]
pub struct LostEdition {
    /// Its slug, where that could be read: articles that name it made no mistake.
    pub slug: Option<String>,
    /// The whole `[[edition]]` table.
    pub extent: Span,
}

/// 見直し: what changed, why, and what the next year does with it.
#[derive(Clone, Debug)]
pub struct Review {
    /// Where its table begins.
    pub span: Span,
    /// What changed.
    pub changed: Option<Localised>,
    /// Why, as far as it is known.
    pub why: Option<Localised>,
    /// What the next year does with it.
    pub next: Option<Localised>,
}

/// Reads every plan, the oldest first.
pub fn read(sources: &Sources, config: &Config) -> Checked<Vec<Plan>> {
    let mut report = Report::new();
    let files: Vec<(&SourcePath, &Text)> = sources.texts_in("content/plans", "toml").collect();
    let mut plans: Vec<Plan> =
        files.into_iter().filter_map(|(path, text)| plan(path, text, config, &mut report)).collect();
    plans.sort_by_key(|plan| plan.fiscal_year.value);
    twins(&plans, &mut report);
    Checked::new(plans, report)
}

/// A year that is over on `today` is looked back on: the result becomes the next plan.
#[must_use]
pub fn review_due<'a>(plans: impl IntoIterator<Item = &'a Plan>, today: Date) -> Report {
    let mut report = Report::new();
    for plan in plans {
        let year = plan.fiscal_year.value;
        let over = FiscalYear::new(i64::from(year)).is_some_and(|year| today > year.last_day());
        if over && plan.review.is_none() {
            let due = Diagnostic::new(Code::ReviewMissing).at(&plan.fiscal_year.span);
            report.push(due.arg("year", year).arg("next", i32::from(year) + 1));
        }
    }
    report
}

/// Two plans of one year, two editions of one name.
fn twins(plans: &[Plan], report: &mut Report) {
    let mut years: Vec<&Spanned<i16>> = Vec::new();
    let mut editions: Vec<&Edition> = Vec::new();
    for plan in plans {
        if let Some(first) = years.iter().find(|year| year.value == plan.fiscal_year.value) {
            let twice = Diagnostic::new(Code::PlanTwice).at(&plan.fiscal_year.span).arg("year", plan.fiscal_year.value);
            report.push(twice.label(&first.span, "first"));
        }
        years.push(&plan.fiscal_year);
        for edition in &plan.editions {
            if let Some(first) = editions.iter().find(|other| other.id == edition.id) {
                let twice = Diagnostic::new(Code::EditionTwice).at(&edition.extent).arg("slug", &edition.id);
                report.push(twice.label(&first.extent, "first"));
            }
            editions.push(edition);
        }
    }
}

fn plan(path: &SourcePath, text: &Text, config: &Config, report: &mut Report) -> Option<Plan> {
    let table = parse_toml(&text.text, path, 0).into(report);
    let fields = Fields::new(&table, "");
    fields.require("fiscal_year");
    fields.require("purpose");
    let year = fields.integer("fiscal_year", 2000, 2199);
    let purpose = localised(&fields, "purpose", &config.languages);
    let publish = fields.instant("publish", &config.zone);
    let goals = fields.tables("goal").into_iter().filter_map(|table| goal(table, config, report)).collect();
    let stages = fields.tables("stage").into_iter().filter_map(|table| stage(table, config, report)).collect();
    let (mut editions, mut lost) = (Vec::new(), Vec::new());
    for table in fields.tables("edition") {
        match edition(table, config, report) {
            Some(edition) => editions.push(edition),
            None => lost.push(LostEdition { slug: slug_of(table), extent: table.extent() }),
        }
    }
    let review = fields.fields("review").map(|review_fields| review(review_fields, config, report));
    fields.finish(report);
    let year = year?.map(|year| i16::try_from(year).unwrap_or(0));
    let (path, fiscal_year, purpose) = (path.clone(), year, purpose?);
    Some(Plan { path, fiscal_year, purpose, goals, stages, editions, lost, review, publish })
}

fn goal(table: &Table, config: &Config, report: &mut Report) -> Option<Goal> {
    let fields = Fields::new(table, "goal.");
    let id = fields.required_text("id");
    fields.require("text");
    let text = localised(&fields, "text", &config.languages);
    let (indicator, question, answer) = (fields.text("indicator"), fields.text("question"), fields.text("answer"));
    let number = |key: &str| fields.number(key, f64::MIN, f64::MAX).map(|number| number.value);
    let (from, to) = (number("from"), number("to"));
    fields.finish(report);
    let (id, text) = (id?, text?);
    Some(Goal { id: id.value, span: id.span, text, indicator, question, answer, from, to })
}

fn stage(table: &Table, config: &Config, report: &mut Report) -> Option<Stage> {
    let fields = Fields::new(table, "stage.");
    fields.require("number");
    let number = fields.integer("number", 1, 3);
    fields.require("title");
    let title = localised(&fields, "title", &config.languages);
    let purpose = localised(&fields, "purpose", &config.languages);
    let audiences = fields.choices("audiences", Audience::CHOICES).into_iter().map(|item| item.value).collect();
    let viewpoints = fields.choices("viewpoints", Viewpoint::CHOICES).into_iter().map(|item| item.value).collect();
    let goals = fields.texts("goals");
    let date = |key: &str| fields.date(key).map(|date| date.value);
    let (starts, ends) = (date("starts"), date("ends"));
    fields.finish(report);
    let (number, title) = (number?, title?);
    let (number, span) = (u8::try_from(number.value).unwrap_or(1), number.span);
    Some(Stage { number, span, title, purpose, audiences, viewpoints, goals, starts, ends })
}

fn slug_of(table: &Table) -> Option<String> {
    match &table.get("slug")?.value {
        Value::Text(slug) => Some(slug.trim().to_owned()),
        _ => None,
    }
}

fn edition(table: &Table, config: &Config, report: &mut Report) -> Option<Edition> {
    let fields = Fields::new(table, "edition.");
    let slug = fields.required_text("slug");
    let span = slug.as_ref().map(|slug| slug.span.clone());
    let id = slug.as_ref().and_then(|slug| {
        let id = EditionId::new(&slug.value);
        if id.is_none() {
            fields.push(Diagnostic::new(Code::SlugUnusable).at(&slug.span).arg("value", &slug.value));
        }
        id
    });
    fields.require("stage");
    let stage = fields.integer("stage", 1, 3);
    fields.require("title");
    let title = localised(&fields, "title", &config.languages);
    fields.require("release");
    let release = fields.instant("release", &config.zone);
    let lead = fields.text("lead");
    let areas = fields.texts("areas");
    let print = fields.boolean("print").unwrap_or(false);
    let summary = localised(&fields, "summary", &config.languages);
    let extent = table.extent();
    fields.finish(report);
    let stage = u8::try_from(stage?.value).unwrap_or(1);
    let (id, span, title, release) = (id?, span?, title?, release?);
    let lead_extent = table.extent_of("lead");
    Some(Edition { id, span, stage, title, release, lead, lead_extent, areas, print, summary, extent })
}

fn review(fields: Fields<'_>, config: &Config, report: &mut Report) -> Review {
    let text = |key: &str| localised(&fields, key, &config.languages);
    let span = fields.span().clone();
    let review = Review { span, changed: text("changed"), why: text("why"), next: text("next") };
    fields.finish(report);
    review
}
