//! One named test a folder of `tests/cases/`: the smallest site that shows one claim.
//!
//! ```text
//! tests/cases/story-absent-before-its-edition/
//!   case.toml    why, at, exit, and what must and must not be in the output (see harness/case.rs)
//!   site/        laid over tests/cases/_base/minimal
//!   expected/    report.txt, tree.txt, files/…: compared whole; SUMIKA_ACCEPT=1 rewrites them
//! ```
//!
//! Every case also runs the universal laws (harness/laws.rs). A case that asserts nothing fails; folders of
//! `tests/cases/_must_fail/` hold cases that the harness must refuse, each with what it must say.

#![allow(clippy::disallowed_methods, clippy::panic, reason = "a test reads and writes folders of its own")]

#[path = "harness/case.rs"]
mod case;
#[path = "harness/expected.rs"]
mod expected;
#[path = "harness/formats.rs"]
mod formats;
#[path = "harness/laws.rs"]
mod laws;
#[path = "harness/links.rs"]
mod links;
#[path = "harness/program.rs"]
mod program;
#[path = "harness/readme.rs"]
mod readme;
#[path = "harness/reports.rs"]
mod reports;
#[path = "harness/site.rs"]
mod site;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case::Case;
use expected::Mode;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mode = if std::env::var_os("SUMIKA_ACCEPT").is_some() { Mode::Accept } else { Mode::Compare };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut trials: Vec<Trial> = folders(&root).into_iter().map(|folder| trial(folder, mode)).collect();
    trials.extend(folders(&root.join("_must_fail")).into_iter().map(must_fail));
    trials.push(Trial::test("the folder of cases is not empty", move || {
        if folders(&root).is_empty() { Err(Failed::from("no case was found")) } else { Ok(()) }
    }));
    for readme in ["README.md", "README.ja.md"] {
        let first_site = move || judge(&readme::complaints(readme));
        trials.push(Trial::test(format!("the first site of {readme} builds without a remark"), first_site));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Folders with a `case.toml`, by name. Names with `_` in front are material for cases.
fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()));
    let mut found: Vec<PathBuf> = entries.into_iter().flatten().filter(|path| path.is_dir()).collect();
    found.retain(|path| !name(path).starts_with('_'));
    found.sort();
    found
}

fn name(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn trial(folder: PathBuf, mode: Mode) -> Trial {
    Trial::test(name(&folder), move || judge(&complaints(&folder, mode)))
}

fn judge(complaints: &[String]) -> Result<(), Failed> {
    if complaints.is_empty() { Ok(()) } else { Err(Failed::from(complaints.join("\n\n"))) }
}

fn complaints(folder: &Path, mode: Mode) -> Vec<String> {
    match Case::read(folder) {
        Ok(case) => expected::complaints(&case, mode),
        Err(problem) => vec![problem],
    }
}

/// A case that the harness has to refuse, for the reason that its `fails_with` gives.
fn must_fail(folder: PathBuf) -> Trial {
    Trial::test(format!("the harness refuses {}", name(&folder)), move || {
        let wanted = std::fs::read_to_string(folder.join("fails_with.txt"))?;
        let said = complaints(&folder, Mode::Compare).join("\n");
        match said.contains(wanted.trim()) && !wanted.trim().is_empty() {
            true => Ok(()),
            false => Err(Failed::from(format!("expected a complaint with\n  {wanted}\nbut heard\n  {said}"))),
        }
    })
}
