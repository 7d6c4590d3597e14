//! The report for programs: one JSON object a line, in the order of the report.
//!
//! Lines and columns count from 1, columns in characters; `end_column` is one past the last. What concerns a file
//! as a whole has no `line`; what has no file has no `path`.

use serde::Serialize;

use super::place::{Places, level};
use crate::diag::{Diagnostic, Language, Report};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Line<'a> {
    code: String,
    severity: &'static str,
    message: String,
    help: String,
    #[serde(flatten)]
    at: Option<At<'a>>,
    labels: Vec<Second<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    path: &'a str,
    #[serde(flatten)]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Second<'a> {
    message: String,
    #[serde(flatten)]
    at: At<'a>,
}

/// The whole report; empty for an empty one.
#[must_use]
pub fn render(report: &Report, sources: &Sources, language: Language) -> String {
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in report.iter() {
        let line = line(diagnostic, &mut places, language);
        let text = serde_json::to_string(&line).unwrap_or_else(|problem| unreachable!("texts and numbers: {problem}"));
        out.push_str(&text);
        out.push('\n');
    }
    out
}

fn line<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'_>, language: Language) -> Line<'a> {
    let labels = diagnostic
        .labels
        .iter()
        .map(|label| Second { message: diagnostic.label_text(label.key, language), at: at(&label.span, places) });
    Line {
        labels: labels.collect(),
        code: diagnostic.code.to_string(),
        severity: level(diagnostic.severity),
        message: diagnostic.message(language),
        help: diagnostic.help(language),
        at: diagnostic.primary.as_ref().map(|span| at(span, places)),
    }
}

fn at<'a>(span: &'a Span, places: &mut Places<'_>) -> At<'a> {
    let range = places.locate(span).map(|place| Range {
        line: place.first.line,
        column: place.first.column,
        end_line: place.last.line,
        end_column: place.last.column,
    });
    At { path: span.path.as_str(), range }
}
