//! The names that templates use: strings (`t.skip`, `t(key="skip")`) and fields of views (`page.title`).
//!
//! Tera finds a misspelt field only when it prints it; inside `{% if %}` it takes it for false. So the names in
//! a site's own templates are compared with those that exist.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Report};
use crate::source::Span;
use crate::tree::nearest;

use super::Theme;

/// What the engine itself provides after a dot, and the names below `shared`.
const ENGINE_NAMES: &[&str] = &["index", "index0", "first", "last", "length", "html"];

/// A name in a template.
#[derive(PartialEq, Eq, Debug)]
enum Name<'a> {
    /// A string: `t.NAME` or `t(key="NAME")`.
    String(&'a str),
    /// A field: `.NAME` after anything but `t`.
    Field(&'a str),
}

impl Theme {
    /// Compares the names in the site's own templates with the fields that views have.
    pub fn check_names(&self, fields: &BTreeSet<&str>) -> Report {
        let mut report = Report::new();
        for template in self.templates.values().filter(|template| template.own) {
            for (name, range) in names(&template.text) {
                let span = Span::new(&template.path, range);
                match name {
                    Name::String(key) if !self.has_string(key) => {
                        report.push(self.unknown_string(key, &span, Code::StringUnknown));
                    }
                    Name::Field(field) if !self.is_field(field, fields) => {
                        let near = nearest(field, fields.iter().copied());
                        let hint = near.map_or_else(String::new, |near| format!("→ `{near}` ?"));
                        report
                            .push(Diagnostic::new(Code::FieldUnknown).at(&span).arg("field", field).arg("hint", hint));
                    }
                    Name::String(_) | Name::Field(_) => {}
                }
            }
        }
        report
    }

    fn is_field(&self, field: &str, fields: &BTreeSet<&str>) -> bool {
        fields.contains(field)
            || ENGINE_NAMES.contains(&field)
            || self.templates.contains_key(&format!("shared/{field}.html"))
    }

    /// The keys of strings that the site's own templates name.
    pub(super) fn strings_used_by_own_templates(&self) -> BTreeSet<String> {
        self.templates
            .values()
            .filter(|template| template.own)
            .flat_map(|template| names(&template.text))
            .filter_map(|(name, _)| match name {
                Name::String(key) => Some(key.to_owned()),
                Name::Field(_) => None,
            })
            .collect()
    }
}

/// The names in a template's tags, with their places.
fn names(text: &str) -> Vec<(Name<'_>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((open, close)) = next_tag(text, at) {
        if let Some(tag) = text.get(open..close) {
            names_in_tag(tag, open, &mut found);
        }
        at = close;
    }
    found
}

/// The inside of the next `{{ … }}` or `{% … %}`; comments are passed over.
fn next_tag(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let brace = at + text.get(at..)?.find('{')?;
        let end = match text.as_bytes().get(brace + 1)? {
            b'{' => "}}",
            b'%' => "%}",
            b'#' => "#}",
            _ => {
                at = brace + 1;
                continue;
            }
        };
        let inside = brace + 2;
        let close = inside + text.get(inside..)?.find(end)?;
        if end != "#}" {
            return Some((inside, close));
        }
        at = close;
    }
}

fn names_in_tag<'a>(tag: &'a str, offset: usize, found: &mut Vec<(Name<'a>, Range<usize>)>) {
    let bytes = tag.as_bytes();
    let mut at = 0;
    let mut previous = "";
    let mut call = "";
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() || byte == b'_' {
            let end = word_end(bytes, at);
            let word = tag.get(at..end).unwrap_or_default();
            if at > 0 && bytes.get(at - 1) == Some(&b'.') {
                let name = if previous == "t" { Name::String(word) } else { Name::Field(word) };
                found.push((name, offset + at..offset + end));
            }
            if bytes.get(end) == Some(&b'(') {
                call = word;
            }
            previous = word;
            at = end;
        } else if byte == b'"' || byte == b'\'' {
            let close = tag.get(at + 1..).and_then(|rest| rest.find(char::from(byte)));
            let Some(close) = close.map(|length| at + 1 + length) else { return };
            if call == "t" && previous == "key" {
                let key = tag.get(at + 1..close).unwrap_or_default();
                found.push((Name::String(key), offset + at + 1..offset + close));
            }
            at = close + 1;
        } else {
            at += 1;
        }
    }
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_tags_only() {
        let text = r#"a.b {{ page.title }} {# x.y #} {% if t(key="skip", n=e.count) %}{{ t.home }}"q.r"{% endif %}"#;
        let found: Vec<Name<'_>> = names(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, [Name::Field("title"), Name::String("skip"), Name::Field("count"), Name::String("home")]);
    }
}
