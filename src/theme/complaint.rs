//! What the template engine complains of, as diagnostics with places in the theme's files.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind, ReportError, Tera};

use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::nearest;

use super::Template;

/// What is wrong with the syntax of one template, if anything.
pub(super) fn syntax(name: &str, template: &Template) -> Option<Diagnostic> {
    let problem = Tera::default().add_raw_template(name, &template.text).err()?;
    match problem.kind() {
        ErrorKind::SyntaxError(found) => Some(
            Diagnostic::new(Code::TemplateSyntax)
                .at(&Span::new(&template.path, found.span().range.clone()))
                .arg("cause", found.message()),
        ),
        // Everything else is judged when all templates are together.
        _ => None,
    }
}

/// What is wrong between templates: names of templates, filters, functions, blocks that do not exist.
pub(super) fn assembly(problem: &Error, templates: &BTreeMap<String, Template>) -> Vec<Diagnostic> {
    let place = |name: &str| templates.get(name).map(|template| Span::file(&template.path));
    let at = |name: &str, cause: String| {
        let diagnostic = Diagnostic::new(Code::TemplateReference).arg("cause", cause);
        match place(name) {
            Some(span) => diagnostic.at(&span),
            None => diagnostic,
        }
    };
    match problem.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let span = templates.get(current).and_then(|template| find(template, parent));
            let diagnostic = at(current, format!("Unknown template `{parent}`"));
            vec![match span {
                Some(span) => diagnostic.at(&span),
                None => diagnostic,
            }]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            vec![at(tpl, format!("`extends` goes in a circle: {}", inheritance_chain.join(" → ")))]
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            vec![at(tpl, format!("`include` goes in a circle: {}", include_chain.join(" → ")))]
        }
        ErrorKind::Msg(message) => {
            let listed: Vec<Diagnostic> =
                message.split("\n\n").filter_map(|part| listed_problem(part, templates)).collect();
            if listed.is_empty() { vec![at("", message.clone())] } else { listed }
        }
        other => vec![at("", other.to_string())],
    }
}

/// One of several reports that the engine hands over only as text: `error: CAUSE`, then ` --> NAME:LINE:COLUMN`.
fn listed_problem(text: &str, templates: &BTreeMap<String, Template>) -> Option<Diagnostic> {
    let mut lines = text.lines();
    let cause = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let carets = lines.last().map_or(1, |line| line.matches('^').count()).max(1);
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let template = templates.get(parts.next()?)?;
    let range = byte_range(&template.text, line, column, carets)?;
    Some(Diagnostic::new(Code::TemplateReference).at(&Span::new(&template.path, range)).arg("cause", cause))
}

/// The bytes of `length` characters from a line and column, both counted from 1.
fn byte_range(text: &str, line: usize, column: usize, length: usize) -> Option<Range<usize>> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start..)?;
    let offset = |chars: usize| rest.char_indices().nth(chars).map_or(rest.len(), |(at, _)| at);
    let first = column.checked_sub(1)?;
    Some(start + offset(first)..start + offset(first + length))
}

fn find(template: &Template, name: &str) -> Option<Span> {
    let start = template.text.find(name)?;
    Some(Span::new(&template.path, start..start + name.len()))
}

/// What went wrong while a page was rendered. `page` is its address.
pub(super) fn rendering(problem: &Error, templates: &BTreeMap<String, Template>, page: &str) -> Diagnostic {
    match problem.kind() {
        ErrorKind::RenderingError(found) | ErrorKind::SyntaxError(found) => located(found, templates, page),
        other => Diagnostic::new(Code::TemplateRender).arg("cause", cause(problem, other)).arg("page", page),
    }
}

fn located(found: &ReportError, templates: &BTreeMap<String, Template>, page: &str) -> Diagnostic {
    let diagnostic = match undefined(found.message()) {
        Some((name, known)) => {
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => format!("→ `{near}` ?"),
                None => format!("→ {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")),
            };
            Diagnostic::new(Code::TemplateUndefined).arg("name", name).arg("hint", hint)
        }
        None => Diagnostic::new(Code::TemplateRender).arg("cause", found.message()),
    };
    let diagnostic = diagnostic.arg("page", page);
    match templates.get(found.filename()) {
        Some(template) => {
            let range = template.folded.written(found.span().range.clone());
            diagnostic.at(&Span::new(&template.path, range))
        }
        None => diagnostic,
    }
}

/// The name in ``Field `titel` is not defined. Available fields: body, title``, and those that exist.
fn undefined(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("Field `").or_else(|| message.strip_prefix("Variable `"))?;
    let (name, rest) = rest.split_once('`')?;
    let rest = rest.strip_prefix(" is not defined.")?;
    let known = rest.split_once(": ").map_or_else(Vec::new, |(_, list)| list.split(", ").collect());
    Some((name, known))
}

fn cause(problem: &Error, kind: &ErrorKind) -> String {
    match std::error::Error::source(problem) {
        Some(source) => format!("{kind}: {source}"),
        None => kind.to_string(),
    }
}
