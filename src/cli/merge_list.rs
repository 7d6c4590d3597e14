//! `sumika merge-list BASE OURS THEIRS`: how git merges lists, row by row and cell by cell.
//!
//! Git calls it with three files and takes what it leaves in OURS (see gitattributes, "custom merge driver"). What is
//! no list is merged by git's own means, line by line. Exit status 0 merged, 1 some cells hold two values.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use clap::Args;

use super::Status;
use super::terminal::Terminal;
use crate::fault::{Action, Fault};
use crate::list::Schema;
use crate::merge::{Merged, merge};
use crate::source::{SourcePath, Text, decode};
use crate::table::Table;
use crate::vocabulary;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "BASE")]
    base: PathBuf,
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let shown = arguments.path.clone().unwrap_or_else(|| arguments.ours.display().to_string());
    let schema = Schema::new(&vocabulary(&arguments.root));
    let read = |place: &Path| table(place, &shown);
    let (base, ours, theirs) = (read(&arguments.base)?, read(&arguments.ours)?, read(&arguments.theirs)?);
    let merged = match (base, ours, theirs) {
        (Some(base), Some(ours), Some(theirs)) => merge(&base, &ours, &theirs, &schema),
        _ => None,
    };
    let Some(merged) = merged else { return by_lines(arguments, &shown, terminal) };
    write(&arguments.ours, &merged.text)?;
    if merged.conflicts.is_empty() {
        return Ok(Status::Fine);
    }
    terminal.note(told(&merged, &shown, terminal));
    Ok(Status::Errors)
}

fn told(merged: &Merged, shown: &str, terminal: &Terminal) -> String {
    let count = merged.conflicts.len();
    let mut lines = vec![terminal.pick(
        format!("{shown}：{count} か所で、二つの変更がぶつかりました。`sumika check` で、どの欄か、何をすればよいかを見られます"),
        format!("{shown}: two changes meet in {count} cells; `sumika check` tells which, and what to do"),
    )];
    lines.extend(merged.conflicts.iter().map(|conflict| {
        let (id, heading, values) = (&conflict.id, &conflict.heading, &conflict.values);
        format!("  {id} {heading}: {} / {}", values.ours, values.theirs)
    }));
    lines.join("\n")
}

/// The categories of the site, for the columns that they declare. A driver must work on a half-merged tree too.
fn vocabulary(root: &Path) -> vocabulary::Vocabulary {
    let mut sources = crate::source::Sources::new();
    let place = root.join(vocabulary::CATEGORIES_FILE);
    if let (Some(path), Ok(bytes)) = (SourcePath::new(vocabulary::CATEGORIES_FILE), bytes(&place)) {
        sources.insert_text(path, &bytes);
    }
    vocabulary::read(&sources).value
}

#[expect(clippy::disallowed_methods, reason = "edge: reads the three versions")]
fn bytes(place: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(place)
}

fn table(place: &Path, shown: &str) -> Result<Option<Table>, Fault> {
    let bytes = bytes(place).map_err(|cause| Fault::io(Action::Read, place, cause))?;
    let path = SourcePath::new(shown).or_else(|| SourcePath::new("list.csv"));
    let (Ok((text, encoding)), Some(path)) = (decode(&bytes), path) else { return Ok(None) };
    Ok(Some(Table::parse(&path, &Text { text: Arc::from(text), encoding }).value))
}

#[expect(clippy::disallowed_methods, reason = "edge: writes the merged list")]
fn write(place: &Path, text: &str) -> Result<(), Fault> {
    std::fs::write(place, text).map_err(|cause| Fault::io(Action::Write, place, cause))
}

/// What git would have done without us.
#[expect(clippy::disallowed_methods, reason = "edge: asks git")]
fn by_lines(arguments: &Arguments, shown: &str, terminal: &Terminal) -> Result<Status, Fault> {
    terminal.note(terminal.pick(
        format!("{shown} は一覧として読めないため、行ごとに合わせます"),
        format!("{shown} can't be read as a list: merged line by line"),
    ));
    let run = Command::new("git")
        .args(["merge-file", "-q", "--"])
        .args([&arguments.ours, &arguments.base, &arguments.theirs])
        .status()
        .map_err(|cause| Fault::io(Action::Read, Path::new("git"), cause))?;
    Ok(if run.success() { Status::Fine } else { Status::Errors })
}
