//! Reads the line that opens a shortcode, and says what is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribute::{self, Unreadable};
use super::kind::Kind;
use super::line::Directive;
use crate::diag::{Code, Diagnostic, Report};
use crate::markdown::{Destination, Place, url};
use crate::source::{Span, Spanned};

/// What a line of colons says.
pub(in crate::markdown) enum Head {
    /// Closes a container.
    Close,
    /// Opens a shortcode, or is one.
    Open {
        /// Which.
        kind: Kind,
        /// Its attributes.
        attributes: BTreeMap<&'static str, Spanned<String>>,
    },
    /// No shortcode has this name.
    Unknown {
        /// The one that was probably meant.
        near: Kind,
    },
}

/// Reads one line of colons.
pub(in crate::markdown) fn head(text: &str, directive: &Directive, place: Place<'_>, report: &mut Report) -> Head {
    let line = text.get(directive.line.clone()).unwrap_or_default();
    let at = |range: Range<usize>| place.span(directive.line.start + range.start..directive.line.start + range.end);
    let content = line.get(directive.colons..).unwrap_or_default();
    let name_start = line.len() - content.trim_start().len();
    let rest = line.get(name_start..).unwrap_or_default();
    if rest.trim().is_empty() {
        return Head::Close;
    }
    let name_end = name_start + rest.find(char::is_whitespace).unwrap_or(rest.len());
    let name = line.get(name_start..name_end).unwrap_or_default();
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == name) else {
        let near = nearest(name);
        let unknown = Diagnostic::new(Code::ShortcodeUnknown).at(&at(name_start..name_end));
        report.push(unknown.arg("name", name).arg("near", near.name()));
        return Head::Unknown { near };
    };
    let (written, unreadable) = attribute::read(line, name_end);
    for Unreadable(range) in unreadable {
        let written = line.get(range.clone()).unwrap_or_default();
        report.push(Diagnostic::new(Code::ShortcodeSyntax).at(&at(range)).arg("written", written));
    }
    let mut attributes = BTreeMap::new();
    for attribute in written {
        let name = line.get(attribute.key.clone()).unwrap_or_default();
        let value = Spanned::new(attribute.value, at(attribute.value_range));
        let name = Spanned::new(name, at(attribute.key));
        if let Err(problem) = add(kind, name, value, &mut attributes) {
            report.push(problem);
        }
    }
    missing(kind, &attributes, &at(0..line.len()), report);
    addresses(&attributes, report);
    Head::Open { kind, attributes }
}

/// Adds an attribute if its shortcode takes it.
fn add(
    kind: Kind,
    name: Spanned<&str>,
    value: Spanned<String>,
    attributes: &mut BTreeMap<&'static str, Spanned<String>>,
) -> Result<(), Diagnostic> {
    let Some(key) = kind.keys().iter().find(|key| key.name == name.value) else {
        let keys: Vec<&str> = kind.keys().iter().map(|key| key.name).collect();
        let unknown = Diagnostic::new(Code::ShortcodeKeyUnknown).at(&name.span);
        return Err(unknown.arg("name", kind.name()).arg("key", name.value).arg("keys", keys.join(", ")));
    };
    if let Some(first) = attributes.get(key.name) {
        let again = Diagnostic::new(Code::ShortcodeKeyTwice).at(&name.span).arg("key", name.value);
        return Err(again.label(&first.span, "first"));
    }
    if !key.values.is_empty() && !key.values.contains(&value.value.as_str()) {
        let other = Diagnostic::new(Code::ShortcodeValue).at(&value.span).arg("key", name.value);
        return Err(other.arg("value", &value.value).arg("expected", key.values.join(", ")));
    }
    attributes.insert(key.name, value);
    Ok(())
}

/// Every required key; of a film, where it is; of a chart, what it shows.
fn missing(kind: Kind, attributes: &BTreeMap<&'static str, Spanned<String>>, whole: &Span, report: &mut Report) {
    let lacks =
        |key: &str| Diagnostic::new(Code::ShortcodeKeyMissing).at(whole).arg("name", kind.name()).arg("key", key);
    for key in kind.keys().iter().filter(|key| key.required && !attributes.contains_key(key.name)) {
        report.push(lacks(key.name));
    }
    if kind == Kind::Video && attributes.contains_key("src") == attributes.contains_key("url") {
        report.push(lacks("src | url"));
    }
    if kind == Kind::Chart && attributes.contains_key("indicator") == attributes.contains_key("survey") {
        report.push(lacks("indicator | survey"));
    }
    if kind == Kind::Chart && attributes.contains_key("survey") && !attributes.contains_key("question") {
        report.push(lacks("question"));
    }
}

/// Addresses are held to the same schemes as links.
fn addresses(attributes: &BTreeMap<&'static str, Spanned<String>>, report: &mut Report) {
    if let Some(value) = attributes.get("url")
        && let Destination::Refused(scheme) = url::classify(&value.value)
    {
        report.push(Diagnostic::new(Code::AddressRefused).at(&value.span).arg("scheme", scheme.escape_debug()));
    }
    for key in ["src", "poster"] {
        if let Some(value) = attributes.get(key)
            && !matches!(url::classify(&value.value), Destination::Relative { .. } | Destination::Site(_))
        {
            report.push(Diagnostic::new(Code::RemoteFile).at(&value.span).arg("path", value.value.escape_debug()));
        }
    }
}

/// The shortcode whose name differs least.
fn nearest(name: &str) -> Kind {
    let difference = |kind: &Kind| strsim::damerau_levenshtein(kind.name(), name);
    Kind::ALL.into_iter().min_by_key(difference).unwrap_or(Kind::Figure)
}
