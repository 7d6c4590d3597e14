//! The report for people, as rustc prints it: the claim, the place, the cause, the way out.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diag::{Diagnostic, Language, Report, Severity};
use crate::source::{LineIndex, SourcePath, Sources, Span};

/// The whole report as text, ending with a line that counts. Empty for an empty report.
#[must_use]
pub fn render(report: &Report, sources: &Sources, language: Language, coloured: bool) -> String {
    if report.is_empty() {
        return String::new();
    }
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut files = Files { sources, lines: BTreeMap::new() };
    let mut out = String::new();
    for diagnostic in report.iter() {
        out.push_str(&one(diagnostic, &mut files, language, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report, language));
    out.push('\n');
    out
}

/// The files that the report points into. A list may have as many mistakes as rows: lines are counted once a file,
/// and only the lines concerned are handed to the renderer.
struct Files<'a> {
    sources: &'a Sources,
    lines: BTreeMap<SourcePath, LineIndex>,
}

/// The lines of a file that a diagnostic points at, and the first one's number and place.
struct Excerpt<'a> {
    text: &'a str,
    first_line: usize,
    start: usize,
}

impl<'a> Files<'a> {
    fn excerpt(&mut self, path: &SourcePath, spans: &[Range<usize>]) -> Option<Excerpt<'a>> {
        let text: &'a str = &self.sources.text(path)?.text;
        let index = self.lines.entry(path.clone()).or_insert_with(|| LineIndex::new(text));
        let first = spans.iter().map(|span| index.line_of(span.start)).min().unwrap_or(1);
        let last = spans.iter().map(|span| index.line_of(span.end)).max().unwrap_or(first);
        let lines = index.bytes_of(first, last, text);
        Some(Excerpt { text: text.get(lines.clone())?, first_line: first, start: lines.start })
    }
}

fn one(diagnostic: &Diagnostic, files: &mut Files<'_>, language: Language, renderer: &Renderer) -> String {
    let (claim, help) = (diagnostic.message(language), diagnostic.help(language));
    let code = diagnostic.code.to_string();
    let texts: Vec<String> = diagnostic.labels.iter().map(|label| diagnostic.label_text(label.key, language)).collect();
    let mut group =
        Group::with_title(level(diagnostic.severity, language).primary_title(claim.as_str()).id(code.as_str()));
    for snippet in snippets(diagnostic, files, &texts) {
        group = group.element(snippet);
    }
    if let Some(origin) = place_without_text(diagnostic, files.sources) {
        group = group.element(annotate_snippets::Origin::path(origin));
    }
    let title = |ja, en| match language {
        Language::Ja => ja,
        Language::En => en,
    };
    for text in words_without_text(diagnostic, files.sources, &texts) {
        group = group.element(Level::NOTE.with_name(title("理由", "why")).message(text));
    }
    if !help.is_empty() {
        let title = title("対処", "help");
        group = group.element(Level::HELP.with_name(title).message(help.as_str()));
    }
    renderer.render(&[group]).to_string()
}

/// What labels say about a file that cannot be shown: a workbook, a picture.
fn words_without_text<'t>(diagnostic: &Diagnostic, sources: &Sources, texts: &'t [String]) -> Vec<&'t str> {
    let is_shown = |span: &Span| sources.text(&span.path).is_some();
    let is_of_this = |span: &Span| diagnostic.primary.as_ref().is_none_or(|primary| primary.path == span.path);
    let labels = diagnostic.labels.iter().zip(texts);
    labels
        .filter(|(label, _)| is_of_this(&label.span) && !is_shown(&label.span))
        .map(|(_, text)| text.as_str())
        .collect()
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

/// One snippet a file, the primary's first. Long lines are cut by the renderer.
fn snippets<'a, 's: 'a>(
    diagnostic: &'a Diagnostic,
    files: &mut Files<'s>,
    texts: &'a [String],
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let primary = diagnostic.primary.iter().map(|span| (span, None, AnnotationKind::Primary));
    let labels = diagnostic.labels.iter().zip(texts);
    let labels = labels.map(|(label, text)| (&label.span, Some(text.as_str()), AnnotationKind::Context));
    let mut of_files: Vec<(&SourcePath, Vec<Place<'_>>)> = Vec::new();
    for place in primary.chain(labels) {
        match of_files.iter_mut().find(|(path, _)| *path == &place.0.path) {
            Some((_, places)) => places.push(place),
            None => of_files.push((&place.0.path, vec![place])),
        }
    }
    of_files.into_iter().filter_map(|(path, places)| snippet(path, &places, files)).collect()
}

/// A span, its wording, and whether it is the one that is wrong.
type Place<'a> = (&'a Span, Option<&'a str>, AnnotationKind);

fn snippet<'a, 's: 'a>(
    path: &'a SourcePath,
    places: &[Place<'a>],
    files: &mut Files<'s>,
) -> Option<Snippet<'a, Annotation<'a>>> {
    let spans: Vec<Range<usize>> = places.iter().map(|(span, ..)| span.range()).collect();
    let excerpt = files.excerpt(path, &spans)?;
    let annotations = places.iter().map(|(span, label, kind)| {
        let annotation = kind.span(clamp(span, &excerpt));
        match label {
            Some(label) => annotation.label(*label),
            None => annotation,
        }
    });
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).path(path.as_str());
    Some(snippet.annotations(annotations.collect::<Vec<_>>()))
}

/// Spans come from outside text; a span that does not fit is shown as the nearest one that does.
fn clamp(span: &Span, excerpt: &Excerpt<'_>) -> Range<usize> {
    let floor = |at: usize| {
        let mut at = at.saturating_sub(excerpt.start).min(excerpt.text.len());
        while !excerpt.text.is_char_boundary(at) {
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
