//! The report as SARIF 2.1.0, for code scanning and editors.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::place::{Places, level};
use crate::diag::{Code, Diagnostic, Language, Report, message};
use crate::source::{Sources, Span};

/// What may not stand in the path of an address.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'|')
    .add(b'\\')
    .add(b':');

/// The whole report as one JSON document.
#[must_use]
pub fn render(report: &Report, sources: &Sources, language: Language) -> String {
    let mut places = Places::new(sources);
    let mut rules: BTreeMap<Code, usize> = report.iter().map(|diagnostic| (diagnostic.code, 0)).collect();
    for (index, place) in rules.values_mut().enumerate() {
        *place = index;
    }
    let results: Vec<Value> =
        report.iter().map(|diagnostic| result(diagnostic, &rules, &mut places, language)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sumika",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": match language { Language::Ja => "ja", Language::En => "en" },
                "rules": rules.keys().map(|code| rule(*code, language)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&document);
    text.unwrap_or_else(|problem| unreachable!("texts and numbers: {problem}")) + "\n"
}

fn rule(code: Code, language: Language) -> Value {
    let wording = message(code, language);
    json!({
        "id": code.to_string(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": wording.message },
        "fullDescription": { "text": wording.explain },
        "help": { "text": wording.help },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(
    diagnostic: &Diagnostic,
    rules: &BTreeMap<Code, usize>,
    places: &mut Places<'_>,
    language: Language,
) -> Value {
    let (claim, help) = (diagnostic.message(language), diagnostic.help(language));
    let text = if help.is_empty() { claim } else { format!("{claim}\n{help}") };
    let related: Vec<Value> = diagnostic
        .labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let mut place = location(&label.span, places);
            place["id"] = json!(index + 1);
            place["message"] = json!({ "text": diagnostic.label_text(label.key, language) });
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": diagnostic.code.to_string(),
        "ruleIndex": rules.get(&diagnostic.code),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": diagnostic.primary.iter().map(|span| location(span, places)).collect::<Vec<_>>(),
    });
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    result
}

fn location(span: &Span, places: &mut Places<'_>) -> Value {
    let uri = utf8_percent_encode(span.path.as_str(), PATH).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(place) = places.locate(span) {
        physical["region"] = json!({
            "startLine": place.first.line,
            "startColumn": place.first.column,
            "endLine": place.last.line,
            "endColumn": place.last.column,
        });
    }
    json!({ "physicalLocation": physical })
}
