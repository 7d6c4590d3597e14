//! Remembers the last build, so that a run in which nothing changed ends at once.
//!
//! In: everything that decides the output (program, sources, request) and the span of time in which it is
//! constant. Out: whether a new run would come to the same, and the published files are still those we left.
//!
//! The record says when the site will change next. So it lies in the state folder, `.sumika/` below the root,
//! which git is told to ignore, and never in the output. A record that is broken, foreign or of another version
//! is as good as none: the site is built, and the record written anew.

#![expect(clippy::disallowed_methods, reason = "edge: reads and writes the state folder")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::{Manifest, Output, Sum};
use crate::source::ContentHash;

/// Everything but the instant that decides what is published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The program: hash of its bytes.
    pub program: String,
    /// The sources: hash of all paths and bytes.
    pub sources: String,
    /// The request but its instant, in words.
    pub request: String,
    /// The output folder.
    pub output: PathBuf,
}

/// What was built last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What decided it.
    pub key: Key,
    /// From when on the same would be built; none: always.
    pub constant_since: Option<Timestamp>,
    /// Until when (exclusive) the same would be built; none: for ever.
    pub constant_until: Option<Timestamp>,
    /// How many warnings the build had.
    pub warnings: usize,
    /// Sum of the published manifest.
    pub manifest: String,
    /// Hash over sizes and times of the published files.
    pub files: String,
}

impl Record {
    /// The record of the last build, if there is one that can be read.
    #[must_use]
    pub fn read(state: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(file(state)).ok()?).ok()
    }

    /// True when a build with this key at this instant would leave everything as it is.
    #[must_use]
    pub fn holds(&self, key: &Key, at: Timestamp, output: &Output) -> bool {
        self.key == *key
            && self.constant_since.is_none_or(|since| since <= at)
            && self.constant_until.is_none_or(|until| at < until)
            && look(output)
                .is_some_and(|(manifest, files)| (manifest, files) == (self.manifest.clone(), self.files.clone()))
    }

    /// The record of what is published now; none if the folder can't be looked at.
    #[must_use]
    pub fn of(
        key: Key,
        span: (Option<Timestamp>, Option<Timestamp>),
        warnings: usize,
        output: &Output,
    ) -> Option<Self> {
        let (manifest, files) = look(output)?;
        Some(Self { key, constant_since: span.0, constant_until: span.1, warnings, manifest, files })
    }

    /// Keeps the record.
    ///
    /// # Errors
    /// The state folder can't be written.
    pub fn write(&self, state: &Path) -> io::Result<()> {
        make_state_folder(state)?;
        let (place, beside) = (file(state), state.join(format!("state.json.{}", std::process::id())));
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        File::create(&beside)?.write_all(&text)?;
        std::fs::rename(&beside, &place).inspect_err(|_| {
            let _ = std::fs::remove_file(&beside);
        })
    }
}

/// Makes the state folder, with a `.gitignore` that keeps it out of every repository.
///
/// # Errors
/// It can't be made.
pub fn make_state_folder(state: &Path) -> io::Result<()> {
    std::fs::create_dir_all(state)?;
    let ignore = state.join(".gitignore");
    if std::fs::symlink_metadata(&ignore).is_err() {
        std::fs::write(&ignore, "*\n")?;
    }
    Ok(())
}

/// Hash of the running program's bytes: a new version must build anew, whatever it calls itself.
#[must_use]
pub fn program() -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    Some(ContentHash(*hasher.finalize().as_bytes()).full())
}

fn file(state: &Path) -> PathBuf {
    state.join("state.json")
}

/// The sum of the published manifest, and one hash over size and time of all files in it, and over the times of their
/// folders: a folder's time changes with the names in it, so that a file which somebody put there is noticed without
/// listing anything.
fn look(output: &Output) -> Option<(String, String)> {
    let bytes = std::fs::read(output.folder().join(Manifest::NAME)).ok()?;
    let sum = Sum::of(&bytes).to_string();
    let manifest = Manifest::parse(std::str::from_utf8(&bytes).ok()?).ok()?;
    let files = manifest.iter().map(|(path, _)| (path.as_str(), false));
    let all: Vec<(&str, bool)> = folders(&manifest).into_iter().map(|folder| (folder, true)).chain(files).collect();
    let stats: Option<Vec<(u64, Timestamp)>> =
        all.into_par_iter().map(|(path, is_folder)| stat(&output.folder().join(path), is_folder)).collect();
    let mut hasher = blake3::Hasher::new();
    for (length, modified) in stats? {
        hasher.update(&length.to_le_bytes()).update(&modified.as_nanosecond().to_le_bytes());
    }
    Some((sum, ContentHash(*hasher.finalize().as_bytes()).full()))
}

/// The folders that the published files lie in, the output itself (as `""`) among them.
fn folders(manifest: &Manifest) -> BTreeSet<&str> {
    let mut folders = BTreeSet::from([""]);
    for (path, _) in manifest.iter() {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

/// Size and time of a plain file, or the time of a folder, whose size says nothing; none where it is something else.
fn stat(path: &Path, is_folder: bool) -> Option<(u64, Timestamp)> {
    let metadata = std::fs::symlink_metadata(path).ok()?;
    let as_expected = if is_folder { metadata.is_dir() } else { metadata.is_file() };
    let length = if is_folder { 0 } else { metadata.len() };
    let modified = Timestamp::try_from(metadata.modified().ok()?).ok()?;
    as_expected.then_some((length, modified))
}
