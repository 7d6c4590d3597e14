//! What indicators and surveys are: `indicators.toml`, `surveys.toml`.

use super::{FigureId, Indicator, IndicatorKind, Question, Scale, Survey, YearNote};
use crate::config::{Config, Localised, localised};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{Sources, Span, Spanned};
use crate::tree::{Fields, Table, parse_toml};

const INDICATORS: &str = "resources/indicators/indicators.toml";
const SURVEYS: &str = "resources/surveys/surveys.toml";

/// What `measures` may say of an indicator.
const MEASURES: &[(&str, bool)] = &[("home_deaths", true), ("other", false)];

pub(super) fn indicators(sources: &Sources, config: &Config, report: &mut Report) -> Vec<Indicator> {
    tables(sources, INDICATORS, "indicator", report)
        .iter()
        .filter_map(|table| indicator(table, config, report))
        .collect()
}

pub(super) fn surveys(sources: &Sources, config: &Config, report: &mut Report) -> Vec<Survey> {
    tables(sources, SURVEYS, "survey", report).iter().filter_map(|table| survey(table, config, report)).collect()
}

/// The `[[key]]` tables of a file.
fn tables(sources: &Sources, path: &str, key: &str, report: &mut Report) -> Vec<Table> {
    let Some((path, text)) = sources.text_at(path) else { return Vec::new() };
    let whole = parse_toml(&text.text, &path, 0).into(report);
    let fields = Fields::new(&whole, "");
    let tables = fields.tables(key).into_iter().cloned().collect();
    fields.finish(report);
    tables
}

/// An identifier that can be an address.
fn id(fields: &Fields<'_>, key: &str) -> Option<Spanned<FigureId>> {
    let written = fields.required_text(key)?;
    let id = FigureId::new(&written.value).filter(|id| id.as_str() != FigureId::LISTS);
    if id.is_none() {
        fields.push(Diagnostic::new(Code::FigureIdUnusable).at(&written.span).arg("value", &written.value));
    }
    id.map(|id| Spanned::new(id, written.span))
}

fn indicator(table: &Table, config: &Config, report: &mut Report) -> Option<Indicator> {
    let fields = Fields::new(table, "indicator.");
    let text = |key: &str| localised(&fields, key, &config.languages);
    let id = id(&fields, "id");
    fields.require("name");
    let name = text("name");
    fields.require("kind");
    let kind = fields.choice("kind", IndicatorKind::CHOICES);
    fields.require("unit");
    let unit = text("unit");
    let (definition, source, why) = (text("definition"), text("source"), text("why"));
    let measures = fields.choice("measures", MEASURES);
    let people = fields.boolean("people");
    let years = fields.tables("year").into_iter().filter_map(|year| year_note(year, config, report)).collect();
    fields.finish(report);
    let (id, name, kind, unit) = (id?, name?, kind?.value, unit?);
    let home_deaths =
        measures.map_or_else(|| says_home_deaths(id.value.as_str(), &name, config), |measures| measures.value);
    let people = people.unwrap_or_else(|| kind != IndicatorKind::Structure && counts_people(&unit, config));
    let (values, span) = (Vec::new(), id.span);
    let id = id.value;
    Some(Indicator { id, name, kind, unit, definition, source, why, home_deaths, people, years, values, span })
}

/// Names under which the share of deaths at home usually goes.
fn says_home_deaths(id: &str, name: &Localised, config: &Config) -> bool {
    const IDS: [&str; 4] = ["home_death", "death_at_home", "deaths_at_home", "died_at_home"];
    const NAMES: [&str; 8] = [
        "在宅死",
        "自宅死",
        "自宅で亡くな",
        "自宅で死亡",
        "自宅看取り",
        "在宅看取り率",
        "自宅での死亡",
        "在宅での死亡",
    ];
    let id = id.replace('-', "_");
    let name = name.get(config.default_language());
    IDS.iter().any(|known| id.contains(known)) || NAMES.iter().any(|known| name.contains(known))
}

/// Values of people are hidden where they are small. Who counts staff says so with the kind `structure`.
fn counts_people(unit: &Localised, config: &Config) -> bool {
    let unit = unit.get(config.default_language());
    unit.starts_with('人') || unit.starts_with('名') || unit.to_lowercase().starts_with("pe")
}

fn year_note(table: &Table, config: &Config, report: &mut Report) -> Option<YearNote> {
    let fields = Fields::new(table, "year.");
    fields.require("year");
    let year = fields.integer("year", 1900, 2199);
    let publish = fields.instant("publish", &config.zone);
    let changed = localised(&fields, "changed", &config.languages);
    fields.finish(report);
    let year = year?.map(|year| i16::try_from(year).unwrap_or(0));
    Some(YearNote { year, publish, changed, extent: table.extent() })
}

fn survey(table: &Table, config: &Config, report: &mut Report) -> Option<Survey> {
    let fields = Fields::new(table, "survey.");
    let text = |key: &str| localised(&fields, key, &config.languages);
    let id = id(&fields, "id");
    let name = text("name");
    let (definition, source, why) = (text("definition"), text("source"), text("why"));
    let years = fields.tables("year").into_iter().filter_map(|year| year_note(year, config, report)).collect();
    let questions = fields.tables("question").into_iter().filter_map(|one| question(one, config, report)).collect();
    fields.finish(report);
    let Spanned { value: id, span } = id?;
    Some(Survey { id, name, definition, source, why, years, questions, rows: Vec::new(), span })
}

fn question(table: &Table, config: &Config, report: &mut Report) -> Option<Question> {
    let fields = Fields::new(table, "question.");
    let id = id(&fields, "id");
    let text = fields.required_text("text");
    let shown = localised(&fields, "name", &config.languages);
    let scale = fields.choice("scale", Scale::CHOICES).map(|scale| scale.value);
    let changed = localised(&fields, "changed", &config.languages).zip(table.extent_of("changed"));
    let changed = changed.map(|(text, extent)| Spanned::new(text, extent));
    let answers = fields.tables("answer").into_iter().filter_map(|one| answer(one, config, report)).collect();
    fields.finish(report);
    Some(Question { id: id?.value, text: text?, shown, scale, answers, changed })
}

fn answer(table: &Table, config: &Config, report: &mut Report) -> Option<(String, Option<Localised>)> {
    let fields = Fields::new(table, "answer.");
    let text = fields.required_text("text");
    let shown = localised(&fields, "name", &config.languages);
    fields.finish(report);
    Some((text?.value, shown))
}

/// Two things with one identifier would be two pages at one address.
pub(super) fn twins(indicators: &[Indicator], surveys: &[Survey], report: &mut Report) {
    let mut seen: Vec<(&FigureId, &Span)> = Vec::new();
    let all = indicators.iter().map(|one| (&one.id, &one.span));
    for (id, span) in all.chain(surveys.iter().map(|one| (&one.id, &one.span))) {
        match seen.iter().find(|(other, _)| *other == id) {
            Some((_, first)) => {
                report.push(Diagnostic::new(Code::FigureIdTwice).at(span).arg("id", id).label(first, "first"));
            }
            None => seen.push((id, span)),
        }
    }
}

/// `sound` is true where every row could be read: else a figure may lack rows only because they are broken.
pub(super) fn check_indicator(indicator: &Indicator, sound: bool, report: &mut Report) {
    if !sound {
        return;
    }
    if indicator.values.is_empty() {
        report.push(Diagnostic::new(Code::FigureWithoutRows).at(&indicator.span).arg("id", &indicator.id));
    } else {
        missing(&indicator.id, &indicator.span, (&indicator.definition, &indicator.source), report);
        let has_rows = |year: i16| indicator.values.iter().any(|value| value.year == year);
        years(&indicator.years, has_rows, &indicator.id, report);
    }
}

pub(super) fn check_survey(survey: &Survey, sound: bool, report: &mut Report) {
    if !sound {
        return;
    }
    if survey.rows.is_empty() {
        report.push(Diagnostic::new(Code::FigureWithoutRows).at(&survey.span).arg("id", &survey.id));
        return;
    }
    missing(&survey.id, &survey.span, (&survey.definition, &survey.source), report);
    years(&survey.years, |year| survey.rows.iter().any(|row| row.year == year), &survey.id, report);
    for question in &survey.questions {
        let asked = |text: &str| survey.rows.iter().any(|row| &*row.question == text);
        if !asked(&question.text.value) {
            let unknown = Diagnostic::new(Code::QuestionNotAsked).at(&question.text.span);
            report.push(unknown.arg("survey", &survey.id).arg("value", &question.text.value));
        }
    }
}

/// Nobody can judge a number that does not say what it counts and who counted.
fn missing(id: &FigureId, span: &Span, told: (&Option<Localised>, &Option<Localised>), report: &mut Report) {
    let lacks = |key: &str| Diagnostic::new(Code::FigureUnexplained).at(span).arg("id", id).arg("key", key);
    if told.0.is_none() {
        report.push(lacks("definition"));
    }
    if told.1.is_none() {
        report.push(lacks("source"));
    }
}

fn years(notes: &[YearNote], has_rows: impl Fn(i16) -> bool, id: &FigureId, report: &mut Report) {
    for note in notes.iter().filter(|note| !has_rows(note.year.value)) {
        let empty = Diagnostic::new(Code::FigureYearEmpty).at(&note.year.span).arg("id", id);
        report.push(empty.arg("year", note.year.value));
    }
}
