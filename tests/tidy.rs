//! Rules of the house, held by a test: who may import whom, how long things may get, what the package may rest on.
//!
//! In: the repository's own files. Out: one list of findings a rule, each with its place. A rule is data at the top
//! of its file; an exception stands there by name, with its reason.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test reads the repository and may stop at what it cannot read"
)]

mod tidy {
    pub(crate) mod codes;
    pub(crate) mod files;
    pub(crate) mod imports;
    pub(crate) mod sizes;
    pub(crate) mod supply;
    pub(crate) mod text;
}

/// Fails with every finding at once.
fn clean(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}

#[test]
fn modules_import_only_what_the_table_allows() {
    clean(
        "A new arrow between modules is a design change: change the table in tests/tidy/imports.rs and say why.",
        tidy::imports::findings(),
    );
}

#[test]
fn the_import_table_names_every_module_and_has_no_circle() {
    clean("tests/tidy/imports.rs and src/lib.rs must name the same modules, without circles.", tidy::imports::table());
}

#[test]
fn files_and_functions_stay_short() {
    clean("Split by noun, not by length (style: Size).", tidy::sizes::findings());
}

#[test]
fn modules_say_what_they_are_for() {
    clean("Each file opens with `//!`, is named for a noun and imports by name.", tidy::text::modules());
}

#[test]
fn nothing_is_left_undone_or_silenced() {
    clean("Finish it, or write an issue.", tidy::text::left_undone());
}

#[test]
fn no_place_of_one_machine_is_written_down() {
    clean("Name places relative to the repository.", tidy::text::machine_paths());
}

#[test]
fn every_code_is_raised_and_has_a_case() {
    clean(
        "A code needs a place that raises it and a folder tests/cases/SNNNN-… that shows it.",
        tidy::codes::findings(),
    );
}

#[test]
fn every_dependency_has_its_reason() {
    clean("Write a comment line above each dependency in Cargo.toml.", tidy::supply::reasons());
}

#[test]
fn the_dependency_tree_stays_small_and_from_one_registry() {
    clean("Few, well-kept crates (reliability 28).", tidy::supply::tree());
}

#[test]
fn every_licence_is_one_we_may_ship() {
    clean("tests/tidy/supply.rs and deny.toml hold the licences that we accept.", tidy::supply::licences());
}

#[test]
fn every_rule_of_lists_names_cases_that_are_there() {
    let text = std::fs::read_to_string(tidy::files::root().join("src/doubt.rs")).expect("the room of doubts");
    let rows = text.lines().filter(|line| line.starts_with("//! |"));
    let shown: Vec<&str> =
        rows.filter_map(|row| row.trim_end_matches(" |").rsplit_once(" | ")).map(|(_, shown)| shown).collect();
    let named = shown.iter().flat_map(|shown| shown.split('`').skip(1).step_by(2)).filter(|name| name.contains('-'));
    let missing: Vec<String> =
        named.filter(|name| !tidy::files::root().join("tests/cases").join(name).is_dir()).map(str::to_owned).collect();
    assert!(shown.len() > 25, "the table is there");
    clean("a case that a rule of lists names is not there", missing);
}
