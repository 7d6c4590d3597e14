//! What the program promises of bad input, rule by rule, and what shows each: `tests/rules/*.toml`.
//!
//! Read those files first when a rule changes. Here each name in them is held to exist, and each rule to be shown.

#![allow(clippy::disallowed_methods, reason = "a test reads the repository")]

use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// The promise.
    name: String,
    /// Folders of `tests/cases/`, or `FILE::FUNCTION`.
    shown: Vec<String>,
}

fn exists(shown: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match shown.split_once("::") {
        None => root.join("tests/cases").join(shown).join("case.toml").is_file(),
        Some((file, function)) => {
            std::fs::read_to_string(root.join(file)).is_ok_and(|text| text.contains(&format!("fn {function}(")))
        }
    }
}

#[test]
fn every_rule_is_shown_by_what_exists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut missing = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of rules").filter_map(Result::ok) {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        let rules: Rules = toml::from_str(&text).expect("rules");
        for Rule { name, shown } in rules.rule {
            assert!(!shown.is_empty(), "nothing shows: {name}");
            missing.extend(shown.into_iter().filter(|shown| !exists(shown)).map(|shown| format!("{name}: {shown}")));
        }
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}
