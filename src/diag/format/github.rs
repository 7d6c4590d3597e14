//! The report as annotations of GitHub Actions, and as a step summary.
//!
//! GitHub shows at most ten errors, ten warnings and ten notices of one step and drops the rest without a word. So
//! only as many are written as annotations; everything stands in the summary, a Markdown page below the run.
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
//!
//! Columns are given only where a span begins and ends on one line: GitHub mistakes them otherwise.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::place::{Place, Places};
use crate::diag::{Code, Diagnostic, Language, Report, Severity, message};
use crate::source::Sources;

/// Annotations of one severity that GitHub shows for a step.
pub const SHOWN_PER_STEP: usize = 10;

/// GitHub refuses a summary beyond 1 MiB.
const SUMMARY_BYTES: usize = 900_000;

/// A report in two parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annotations {
    /// Workflow commands, one a line.
    pub commands: String,
    /// How many diagnostics are not among the commands.
    pub left_over: usize,
    /// Everything, as Markdown; empty for an empty report.
    pub summary: String,
}

/// The report for GitHub.
#[must_use]
pub fn render(report: &Report, sources: &Sources, language: Language) -> Annotations {
    let mut places = Places::new(sources);
    let mut commands = String::new();
    let mut shown: BTreeMap<Severity, usize> = BTreeMap::new();
    let mut left_over = 0;
    for diagnostic in report.iter() {
        let shown = shown.entry(diagnostic.severity).or_default();
        if *shown == SHOWN_PER_STEP {
            left_over += 1;
            continue;
        }
        *shown += 1;
        let place = diagnostic.primary.as_ref().and_then(|span| places.locate(span));
        commands.push_str(&command(diagnostic, place, language));
    }
    Annotations { commands, left_over, summary: summary(report, &mut places, language) }
}

fn command(diagnostic: &Diagnostic, place: Option<Place>, language: Language) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{kind} ");
    if let Some(span) = &diagnostic.primary {
        let _ = write!(out, "file={},", property(span.path.as_str()));
    }
    if let Some(place) = place {
        let _ = write!(out, "line={},endLine={},", place.first.line, place.last.line);
        if place.first.line == place.last.line {
            let _ = write!(out, "col={},endColumn={},", place.first.column, place.last.column);
        }
    }
    let _ = write!(out, "title={}::{}", diagnostic.code, data(&diagnostic.message(language)));
    let help = diagnostic.help(language);
    if !help.is_empty() {
        let _ = write!(out, "%0A{}: {}", help_title(language), data(&help));
    }
    out.push('\n');
    out
}

fn help_title(language: Language) -> &'static str {
    match language {
        Language::Ja => "対処",
        Language::En => "help",
    }
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text between `=` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Everything, by severity and code.
fn summary(report: &Report, places: &mut Places<'_>, language: Language) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut groups: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in report.iter() {
        groups.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    let count = |severity| report.count(severity);
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let mut out = match language {
        Language::Ja => format!("## 確認の結果\n\nエラー {errors}件、注意 {warnings}件、お知らせ {notes}件\n"),
        Language::En => format!("## Result of the check\n\n{errors} errors, {warnings} warnings, {notes} notes\n"),
    };
    let mut untold = 0;
    for ((severity, code), diagnostics) in &groups {
        let _ = write!(out, "\n### {} {code}（{}）\n\n", title(*severity, language), diagnostics.len());
        let _ = writeln!(out, "{}\n", markdown(&message(*code, language).explain));
        for diagnostic in diagnostics {
            if out.len() > SUMMARY_BYTES {
                untold += 1;
                continue;
            }
            out.push_str(&item(diagnostic, places, language));
        }
    }
    if untold > 0 {
        let _ = match language {
            Language::Ja => {
                writeln!(out, "\nほかに {untold}件あります。手元で `sumika check` を実行すると、すべて表示されます。")
            }
            Language::En => writeln!(out, "\n{untold} more: `sumika check` on your machine lists all of them."),
        };
    }
    out
}

fn title(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Ja) => "エラー",
        (Severity::Warning, Language::Ja) => "注意",
        (Severity::Note, Language::Ja) => "お知らせ",
        (Severity::Error, Language::En) => "Error",
        (Severity::Warning, Language::En) => "Warning",
        (Severity::Note, Language::En) => "Note",
    }
}

fn item(diagnostic: &Diagnostic, places: &mut Places<'_>, language: Language) -> String {
    let mut out = String::from("- ");
    if let Some(span) = &diagnostic.primary {
        let line = places
            .locate(span)
            .map_or_else(String::new, |place| format!(":{}:{}", place.first.line, place.first.column));
        let _ = write!(out, "`{}{line}` ", span.path.as_str().replace('`', "'"));
    }
    let (claim, help) = (diagnostic.message(language), diagnostic.help(language));
    let _ = write!(out, "{}", markdown(&claim));
    if !help.is_empty() {
        let _ = write!(out, "<br>→ {}", markdown(&help));
    }
    out.push('\n');
    out
}

/// Text that Markdown takes as text: what people wrote may hold anything. Code in backquotes stays code, where the
/// backquotes are in pairs.
pub(crate) fn markdown(text: &str) -> String {
    let paired = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '`' if paired => {
                is_code = !is_code;
                out.push(c);
            }
            '`' | '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '@' | '&' | '~' if !is_code => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            other => out.push(other),
        }
    }
    out
}
