//! The report for people, as rustc prints it: the claim, the place, the cause, the way out.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diag::{Diagnostic, Language, Report, Severity};
use crate::source::{LineColumn, LineIndex, SourcePath, Sources, Span};

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

/// A part of a file that a diagnostic points into.
enum Excerpt<'a> {
    /// Whole lines; the number of the first, and the byte at which it begins.
    Lines { text: &'a str, first_line: usize, start: usize },
    /// What stands at a place of a line that is too long to be shown.
    Words { text: &'a str, place: LineColumn },
}

/// Bytes of the lines that are shown at once. A file may be one line of megabytes with a mistake every few bytes, and a
/// second place may be a hundred thousand rows away: nobody reads what is between, and writing it would never end.
const LINES_BYTES_MAX: usize = 8 << 10;
/// Bytes shown at a place of a line that is longer.
const WORDS_BYTES_MAX: usize = 120;

impl<'a> Files<'a> {
    /// Each group of spans that are shown together, in their order: all of them if they are near each other.
    fn excerpts(&mut self, path: &SourcePath, spans: &[Range<usize>]) -> Vec<(Range<usize>, Excerpt<'a>)> {
        let Some(text) = self.sources.text(path) else { return Vec::new() };
        let text: &'a str = &text.text;
        let index = self.lines.entry(path.clone()).or_insert_with(|| LineIndex::new(text));
        let first = spans.iter().map(|span| index.line_of(span.start)).min().unwrap_or(1);
        let last = spans.iter().map(|span| index.line_of(span.end)).max().unwrap_or(first);
        let lines = index.bytes_of(first, last, text);
        if lines.len() <= LINES_BYTES_MAX {
            let (text, start) = (text.get(lines.clone()).unwrap_or_default(), lines.start);
            return vec![(0..spans.len(), Excerpt::Lines { text, first_line: first, start })];
        }
        spans.iter().enumerate().map(|(at, span)| (at..at + 1, alone(text, index, span))).collect()
    }
}

/// The line on which a span begins, or what stands there where the line is too long.
fn alone<'a>(text: &'a str, index: &LineIndex, span: &Range<usize>) -> Excerpt<'a> {
    let place = index.locate(text, span.start);
    let line = index.bytes_of(place.line, place.line, text);
    if line.len() <= LINES_BYTES_MAX {
        let first_line = text.get(line.clone()).unwrap_or_default();
        return Excerpt::Lines { text: first_line, first_line: place.line, start: line.start };
    }
    let end = span.end.min(span.start + WORDS_BYTES_MAX).min(line.end);
    let end = (span.start..=end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    Excerpt::Words { text: text.get(span.start..end).unwrap_or_default(), place }
}

fn one(diagnostic: &Diagnostic, files: &mut Files<'_>, language: Language, renderer: &Renderer) -> String {
    let (claim, help) = (diagnostic.message(language), diagnostic.help(language));
    let code = diagnostic.code.to_string();
    let texts: Vec<String> = diagnostic.labels.iter().map(|label| diagnostic.label_text(label.key, language)).collect();
    let mut group =
        Group::with_title(level(diagnostic.severity, language).primary_title(claim.as_str()).id(code.as_str()));
    for element in elements(diagnostic, files, &texts) {
        group = group.element(element);
    }
    if let Some(origin) = place_without_text(diagnostic, files.sources) {
        group = group.element(Origin::path(origin));
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

/// One snippet a file, the primary's first; more where its places are far from each other.
fn elements<'a, 's: 'a>(diagnostic: &'a Diagnostic, files: &mut Files<'s>, texts: &'a [String]) -> Vec<Element<'a>> {
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
    let mut found = Vec::new();
    for (path, places) in of_files {
        let spans: Vec<Range<usize>> = places.iter().map(|(span, ..)| span.range()).collect();
        for (shown, excerpt) in files.excerpts(path, &spans) {
            let places = places.get(shown).unwrap_or_default();
            match excerpt {
                Excerpt::Lines { text, first_line, start } => {
                    let annotations: Vec<_> = places.iter().map(|place| annotation(place, text, start)).collect();
                    let snippet = Snippet::source(text).line_start(first_line).path(path.as_str());
                    found.push(snippet.annotations(annotations).into());
                }
                Excerpt::Words { text, place } => {
                    found.push(Origin::path(path.as_str()).line(place.line).char_column(place.column).into());
                    let said = places.iter().find_map(|(_, label, _)| *label).unwrap_or(text);
                    found.push(Level::NOTE.with_name(None::<&str>).message(said).into());
                }
            }
        }
    }
    found
}

/// A span, its wording, and whether it is the one that is wrong.
type Place<'a> = (&'a Span, Option<&'a str>, AnnotationKind);

fn annotation<'a>((span, label, kind): &Place<'a>, text: &str, start: usize) -> Annotation<'a> {
    let annotation = kind.span(clamp(span, text, start));
    match label {
        Some(label) => annotation.label(*label),
        None => annotation,
    }
}

/// Spans come from outside text; a span that does not fit is shown as the nearest one that does.
fn clamp(span: &Span, text: &str, start: usize) -> Range<usize> {
    let floor = |at: usize| {
        let mut at = at.saturating_sub(start).min(text.len());
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
