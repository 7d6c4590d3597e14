//! What the text of our files must and must not hold.

use super::files;

/// Names of rooms in which anything could live.
const NO_NOUNS: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "mod"];

/// The globs that tests may use.
const TEST_GLOBS: &[&str] = &["use super::*;", "use proptest::prelude::*;"];

/// Written in two halves, so that this file does not find itself.
const LEFT_UNDONE: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[", "ignore"),
    concat!("allow(", "dead_code"),
    concat!("allow(", "unused"),
    concat!("dbg", "!("),
];

const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
    concat!("/ro", "ot/"),
    concat!(".libr", "ary/"),
    concat!("C:", "\\Users"),
];

/// Each source file opens with module docs, has a noun for a name, and imports by name.
pub(crate) fn modules() -> Vec<String> {
    let mut findings = Vec::new();
    for file in files::files("src", &[".rs"]) {
        let is_tests = file.path.ends_with("/tests.rs");
        if !file.text.starts_with("//! ") && !is_tests {
            findings.push(format!("{} does not open with `//!`", file.path));
        }
        let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        if NO_NOUNS.contains(&name) {
            findings.push(format!("{}: `{name}` is not a noun of ours", file.path));
        }
        findings.extend(globs(&file));
    }
    findings
}

/// Tests may take their own module whole, and a prelude that is made for it.
fn globs(file: &files::File) -> Vec<String> {
    file.text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with("use ") && line.contains("::*"))
        .filter(|(_, line)| !TEST_GLOBS.contains(&line.trim()))
        .map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim()))
        .collect()
}

/// Words for unfinished work and silenced checks.
pub(crate) fn left_undone() -> Vec<String> {
    let endings = [".rs", ".mjs", ".js", ".sh", ".html", ".css", "Cargo.toml", "tests/run", ".ci/run"];
    found(&endings, LEFT_UNDONE)
}

/// Places of one machine.
pub(crate) fn machine_paths() -> Vec<String> {
    found(&[], MACHINE_PATHS)
}

fn found(endings: &[&str], words: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files::files("", endings) {
        for (at, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                findings.push(format!("{}:{}: {word}", file.path, at + 1));
            }
        }
    }
    findings
}
