//! Lists the site's files, sorted, with what is to be refused about their names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::name;
use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::source::{Limits, Refusal, SourcePath};

/// The only places below the root that are read.
const ROOTS: [&str; 4] = ["content", "resources", "sumika.toml", "themes"];

/// One file, before it is read.
pub(super) struct Entry {
    /// Where it lies.
    pub(super) place: PathBuf,
    /// What it is called inside.
    pub(super) path: SourcePath,
    /// True when the place can't be told from the path.
    pub(super) renamed: bool,
    pub(super) found: Found,
}

/// What stands at a path.
pub(super) enum Found {
    File,
    Refused(Refusal),
}

/// All files in the order of their paths.
pub(super) fn walk(root: &Path, limits: &Limits) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    for top in ROOTS {
        let place = root.join(top);
        if std::fs::symlink_metadata(&place).is_ok() {
            walk_top(root, &place, limits, &mut entries)?;
        }
    }
    entries.sort_by(|a, b| (&a.path, &a.place).cmp(&(&b.path, &b.place)));
    Ok(refuse_twins(entries))
}

fn walk_top(root: &Path, top: &Path, limits: &Limits, entries: &mut Vec<Entry>) -> Result<(), Fault> {
    let mut files = WalkDir::new(top).follow_links(false).follow_root_links(false).into_iter();
    while let Some(next) = files.next() {
        let file = next.map_err(|problem| walk_fault(top, problem))?;
        if file.file_name().to_str().is_some_and(name::is_ignored) {
            if file.file_type().is_dir() {
                files.skip_current_dir();
            }
            continue;
        }
        let usable = file.file_name().to_str().is_some_and(name::is_usable);
        if usable && file.file_type().is_dir() {
            if file.depth() > limits.depth {
                return Err(too_many(file.path(), limits.depth));
            }
            continue;
        }
        if !usable && file.file_type().is_dir() {
            files.skip_current_dir();
        }
        entries.extend(entry(root, &file, usable));
        if entries.len() > limits.files {
            return Err(too_many(top, limits.files));
        }
    }
    Ok(())
}

fn entry(root: &Path, file: &DirEntry, usable: bool) -> Option<Entry> {
    let below = file.path().strip_prefix(root).ok()?;
    let on_disk = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let shown =
        below.iter().map(|part| name::normal(&name::shown(&part.to_string_lossy()))).collect::<Vec<_>>().join("/");
    let found = match (usable, file.file_type().is_file()) {
        (false, _) => Found::Refused(Refusal::Name),
        (true, false) => Found::Refused(Refusal::NotAFile),
        (true, true) => Found::File,
    };
    Some(Entry { place: file.path().to_owned(), path: SourcePath::new(&shown)?, renamed: on_disk != shown, found })
}

/// Of names that some system takes for one, the first in order stays and the others are refused.
fn refuse_twins(entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen: BTreeMap<String, SourcePath> = BTreeMap::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        match seen.get(&name::fold(entry.path.as_str())) {
            None => {
                seen.insert(name::fold(entry.path.as_str()), entry.path.clone());
            }
            Some(first) => entry.found = Found::Refused(Refusal::Twin(first.clone())),
        }
        // Two names with one normal form have one path: the refusal takes the place of the file.
        if kept.last().is_some_and(|last| last.path == entry.path) {
            kept.pop();
        }
        kept.push(entry);
    }
    kept
}

fn walk_fault(top: &Path, problem: walkdir::Error) -> Fault {
    let path = problem.path().unwrap_or(top).to_owned();
    let cause = problem.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
    Fault::io(Action::Read, &path, cause)
}

fn too_many(path: &Path, limit: usize) -> Fault {
    Fault::from(Diagnostic::new(Code::TooManyFiles).arg("path", path.display()).arg("limit", limit))
}
