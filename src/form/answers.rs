//! The answers of a filled-in form.

use std::collections::BTreeMap;

use super::Kind;

/// What GitHub writes where nothing was answered.
const NOTHING: &str = "_No response_";

/// The form that this text is, and its answers by question; none where it is no form of ours.
pub(super) fn read(text: &str) -> Option<(Kind, BTreeMap<&'static str, String>)> {
    let sections = sections(text);
    let holds = |kind: &Kind| {
        let labels = kind.questions().iter().map(|question| question.label);
        labels.clone().all(|label| sections.contains_key(label)) && labels.count() == sections.len()
    };
    let kind = Kind::ALL.iter().copied().find(holds)?;
    let answer = |label: &str| sections.get(label).cloned().unwrap_or_default();
    Some((kind, kind.questions().iter().map(|question| (question.id, answer(question.label))).collect()))
}

/// Labels of ours with the text below them. A heading inside an answer is part of the answer.
fn sections(text: &str) -> BTreeMap<&'static str, String> {
    let mut found: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut current: Option<&'static str> = None;
    for line in text.lines() {
        let label = line.strip_prefix("### ").and_then(|label| known(label.trim()));
        match (label, current) {
            (Some(label), _) if !found.contains_key(label) => {
                found.insert(label, String::new());
                current = Some(label);
            }
            (_, Some(label)) => {
                let answer = found.entry(label).or_default();
                answer.push_str(line);
                answer.push('\n');
            }
            _ => {}
        }
    }
    for answer in found.values_mut() {
        let trimmed = answer.trim();
        *answer = if trimmed == NOTHING { String::new() } else { trimmed.to_owned() };
    }
    found
}

fn known(label: &str) -> Option<&'static str> {
    let questions = Kind::ALL.iter().flat_map(|kind| kind.questions());
    questions.map(|question| question.label).find(|known| *known == label)
}
