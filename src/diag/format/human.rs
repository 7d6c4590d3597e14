//! The report for people, as rustc prints it: the claim, the place, the cause, the way out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diag::{Diagnostic, Language, Report, Severity};
use crate::source::{Sources, Span};

/// The whole report as text, ending with a line that counts. Empty for an empty report.
#[must_use]
pub fn render(report: &Report, sources: &Sources, language: Language, coloured: bool) -> String {
    if report.is_empty() {
        return String::new();
    }
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in report.iter() {
        out.push_str(&one(diagnostic, sources, language, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report, language));
    out.push('\n');
    out
}

fn one(diagnostic: &Diagnostic, sources: &Sources, language: Language, renderer: &Renderer) -> String {
    let (claim, help) = (diagnostic.message(language), diagnostic.help(language));
    let code = diagnostic.code.to_string();
    let texts: Vec<String> = diagnostic.labels.iter().map(|label| diagnostic.label_text(label.key, language)).collect();
    let mut group =
        Group::with_title(level(diagnostic.severity, language).primary_title(claim.as_str()).id(code.as_str()));
    for snippet in snippets(diagnostic, sources, &texts) {
        group = group.element(snippet);
    }
    if let Some(origin) = place_without_text(diagnostic, sources) {
        group = group.element(annotate_snippets::Origin::path(origin));
    }
    if !help.is_empty() {
        let title = match language {
            Language::Ja => "対処",
            Language::En => "help",
        };
        group = group.element(Level::HELP.with_name(title).message(help.as_str()));
    }
    renderer.render(&[group]).to_string()
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let (level, ja) = match severity {
        Severity::Error => (Level::ERROR, "エラー"),
        Severity::Warning => (Level::WARNING, "注意"),
        Severity::Note => (Level::NOTE, "お知らせ"),
    };
    match language {
        Language::Ja => level.with_name(ja),
        Language::En => level,
    }
}

/// One snippet a file, the primary's first. Long single-line files are cut to the lines concerned by the renderer.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    texts: &'a [String],
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut places: Vec<(&Span, Option<&str>, AnnotationKind)> = Vec::new();
    places.extend(diagnostic.primary.iter().map(|span| (span, None, AnnotationKind::Primary)));
    places.extend(
        diagnostic
            .labels
            .iter()
            .zip(texts)
            .map(|(label, text)| (&label.span, Some(text.as_str()), AnnotationKind::Context)),
    );
    let mut files: Vec<&crate::source::SourcePath> = Vec::new();
    for (span, _, _) in &places {
        if !files.contains(&&span.path) {
            files.push(&span.path);
        }
    }
    files
        .into_iter()
        .filter_map(|path| {
            let text: &str = &sources.text(path)?.text;
            let annotations = places.iter().filter(|(span, _, _)| &span.path == path).map(|(span, label, kind)| {
                let annotation = kind.span(clamp(span, text));
                match label {
                    Some(label) => annotation.label(*label),
                    None => annotation,
                }
            });
            Some(Snippet::source(text).path(path.as_str()).annotations(annotations))
        })
        .collect()
}

/// Spans come from outside text; a span that does not fit is shown as the nearest one that does.
fn clamp(span: &Span, text: &str) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let range = span.range();
    floor(range.start)..floor(range.end)
}

fn place_without_text<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Option<&'a str> {
    let span = diagnostic.primary.as_ref()?;
    sources.text(&span.path).is_none().then(|| span.path.as_str())
}

fn summary(report: &Report, language: Language) -> String {
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    match language {
        Language::Ja => format!("エラー {errors}件、注意 {warnings}件"),
        Language::En => format!("{errors} errors, {warnings} warnings"),
    }
}
