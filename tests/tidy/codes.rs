//! Every diagnostic code is raised somewhere and shown by a case.

use super::files;

/// Codes that no site's files can provoke, each with the file that holds it to its word: a test, or the table that
/// tests/limits.rs tries row by row.
const WITHOUT_CASE: &[(&str, &str)] = &[
    // a file beyond these limits is too heavy to be built a dozen times
    ("S0604", "src/table/tests.rs"),
    ("S0714", "src/limits.rs"),
    ("S0715", "src/limits.rs"),
    // three hundred places all over one area: too many to be drawn a dozen times
    ("S1700", "src/render/survey.rs"),
    // git itself is broken
    ("S1427", "tests/review.rs"),
    ("S1231", "tests/limits.rs"),
    ("S1101", "tests/switching.rs"),
    ("S1103", "tests/publishing.rs"),
    ("S1105", "tests/publishing.rs"),
    ("S1107", "tests/publishing.rs"),
    ("S1108", "tests/publishing.rs"),
    ("S1109", "tests/publishing.rs"),
    ("S1110", "tests/publishing.rs"),
    ("S1111", "tests/publishing.rs"),
    ("S1114", "tests/switching.rs"),
    ("S1115", "tests/faults.rs"),
    ("S1116", "tests/faults.rs"),
    ("S1117", "tests/switching.rs"),
];

/// Codes that nobody raises, codes without a case, cases without a code.
pub(crate) fn findings() -> Vec<String> {
    let sources = files::files("src", &[".rs"]);
    let cases = case_names();
    let mut findings = Vec::new();
    for code in sumika::diag::Code::ALL {
        let name = format!("{code:?}");
        let raised = sources
            .iter()
            .filter(|file| file.path != "src/diag/codes.rs")
            .any(|file| file.text.split("Code::").skip(1).any(|rest| is_name(rest, &name)));
        if !raised {
            findings.push(format!("{code} ({name}) is raised nowhere"));
        }
        let shown = cases.iter().any(|case| case.starts_with(&code.to_string()));
        let excuse = WITHOUT_CASE.iter().find(|(excused, _)| *excused == code.to_string());
        if let Some((_, file)) = excuse.filter(|(_, file)| !holds(file, &code.to_string(), &name)) {
            findings.push(format!("{code} ({name}) is not in {file}"));
        }
        match (shown, excuse.is_some()) {
            (false, false) => findings.push(format!("{code} ({name}) has no case")),
            (true, true) => findings.push(format!("{code} has a case and needs no excuse")),
            _ => {}
        }
    }
    findings.extend(cases.iter().filter(|case| names_unknown_code(case)).map(|case| format!("{case}: no such code")));
    findings
}

/// Whether a file names a code by its number or its variant.
fn holds(file: &str, code: &str, name: &str) -> bool {
    let text = files::read(file);
    text.contains(code) || text.split("Code::").skip(1).any(|rest| is_name(rest, name))
}

fn is_name(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn names_unknown_code(case: &str) -> bool {
    let (head, _) = case.split_once('-').unwrap_or((case, ""));
    let looks_like_code = head.len() == 5 && head.starts_with('S') && head.chars().skip(1).all(|c| c.is_ascii_digit());
    looks_like_code && sumika::diag::Code::parse(head).is_none()
}

fn case_names() -> Vec<String> {
    let folder = files::root().join("tests/cases");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
