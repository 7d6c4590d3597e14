//! Where the site is published, and what may not be replaced.
//!
//! In: the output folder as named by the user, the site's root. Out: the places beside it that publishing
//! needs, all in the same parent and so on the same file system:
//!
//! | name | holds |
//! | --- | --- |
//! | `.public.sumika-new` | the release being made; after the exchange, the old one being removed |
//! | `.public.sumika-old` | only where two directories can't be exchanged in one call: the old release |
//! | `.public.sumika-lock` | the lock, with the number of the process that holds it (see `lock`) |

#![expect(clippy::disallowed_methods, reason = "edge: looks at the output folder")]

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::record::make_state_folder;
use super::{Lock, Manifest};
use crate::artifact::OutputPath;
use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};

/// The site's own folders, into which nothing is published.
const SOURCES: [&str; 5] = ["content", "resources", "themes", ".git", STATE];

/// Name of the folder in a site's root that holds what is ours and not published.
pub const STATE: &str = ".sumika";

/// Names that file managers leave behind; a build drops them.
const LEAVINGS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The output folder and its neighbours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    folder: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Output {
    /// Finds the real place of `folder`, making its parents where they are missing.
    ///
    /// # Errors
    /// The place can't be made or overlaps the site's sources.
    pub fn at(folder: &Path, root: &Path) -> Result<Self, Fault> {
        let real_root = root.canonicalize().map_err(|cause| Fault::io(Action::Read, root, cause))?;
        let folder = real_place(folder)?;
        let overlaps =
            real_root.starts_with(&folder) || SOURCES.iter().any(|top| folder.starts_with(real_root.join(top)));
        let place = folder.parent().zip(folder.file_name());
        let Some((parent, name)) = place.filter(|_| !overlaps) else {
            return Err(Fault::path(Code::OutputOverlaps, &folder));
        };
        let (parent, name) = (parent.to_owned(), name.to_string_lossy().into_owned());
        Ok(Self { folder, parent, name })
    }

    /// The published folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    pub(super) fn staging(&self) -> PathBuf {
        self.parent.join(format!(".{}.sumika-new", self.name))
    }

    pub(super) fn aside(&self) -> PathBuf {
        self.parent.join(format!(".{}.sumika-old", self.name))
    }

    /// Depends on the output alone, so that two sites that publish to one place have one lock. Where the output
    /// lies in a site's root, as it does by default, the lock is in the state folder, which git ignores.
    pub(super) fn lock_file(&self) -> PathBuf {
        let state = self.parent.join(STATE);
        let in_site = std::fs::symlink_metadata(self.parent.join("sumika.toml")).is_ok();
        if in_site && make_state_folder(&state).is_ok() {
            return state.join(format!("{}.lock", self.name));
        }
        self.parent.join(format!(".{}.sumika-lock", self.name))
    }

    /// What a killed build left beside the folder.
    #[must_use]
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let places = [self.staging(), self.aside()];
        places.into_iter().filter(|place| std::fs::symlink_metadata(place).is_ok()).collect()
    }

    /// Puts right what a killed build left: an old release set aside comes back, the rest goes.
    ///
    /// # Errors
    /// A left-over can't be moved or removed.
    pub fn recover(&self, _lock: &Lock) -> Result<(), Fault> {
        let aside = self.aside();
        if std::fs::symlink_metadata(&aside).is_ok() {
            if std::fs::symlink_metadata(&self.folder).is_err() {
                std::fs::rename(&aside, &self.folder).map_err(|cause| Fault::io(Action::Swap, &aside, cause))?;
            } else {
                remove(&aside)?;
            }
        }
        remove(&self.staging())
    }

    /// The manifest of what is published now; an empty one where nothing is.
    ///
    /// # Errors
    /// The folder is not ours, or can't be read.
    pub fn published(&self) -> Result<Manifest, Fault> {
        let list = self.folder.join(Manifest::NAME);
        match std::fs::read(&list) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) if Manifest::is_ours(&text) => Ok(Manifest::parse(&text).unwrap_or_default()),
                _ => Err(Fault::path(Code::OutputForeign, &self.folder)),
            },
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && self.is_empty()? => Ok(Manifest::default()),
            Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Err(Fault::path(Code::OutputForeign, &self.folder))
            }
            Err(cause) => Err(Fault::io(Action::Read, &list, cause)),
        }
    }

    /// True when there is no folder, or nothing of worth in it.
    fn is_empty(&self) -> Result<bool, Fault> {
        let read = |cause| Fault::io(Action::Read, &self.folder, cause);
        let listing = match std::fs::read_dir(&self.folder) {
            Ok(listing) => listing,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(cause) => return Err(read(cause)),
        };
        for entry in listing {
            if !is_leaving(&entry.map_err(read)?.file_name().to_string_lossy()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Refuses a folder that holds files which are not in its manifest: somebody put them there.
    ///
    /// # Errors
    /// There are such files, or the folder can't be read.
    pub fn refuse_strays(&self, published: &Manifest) -> Result<(), Fault> {
        // An empty manifest stands for a broken one of ours, too: it can't tell strays from our own.
        let strays = if published.is_empty() { BTreeSet::new() } else { strays(&self.folder, published)? };
        if strays.is_empty() {
            return Ok(());
        }
        let mut names = strays.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("、");
        if strays.len() > 5 {
            names.push('…');
        }
        Err(Fault::from(
            Diagnostic::new(Code::OutputStray)
                .arg("path", self.folder.display())
                .arg("count", strays.len())
                .arg("names", names),
        ))
    }
}

/// Files below `folder` that the manifest does not list, by path.
pub(super) fn strays(folder: &Path, published: &Manifest) -> Result<BTreeSet<String>, Fault> {
    let mut strays = BTreeSet::new();
    if std::fs::symlink_metadata(folder).is_err() {
        return Ok(strays);
    }
    for entry in WalkDir::new(folder).min_depth(1).follow_links(false) {
        let entry = entry.map_err(|problem| {
            let path = problem.path().unwrap_or(folder).to_owned();
            Fault::io(Action::Read, &path, problem.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))
        })?;
        if entry.file_type().is_dir() || is_leaving(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let listed = OutputPath::new(&name).is_some_and(|path| published.get(&path).is_some());
        if !listed && name != Manifest::NAME {
            strays.insert(name);
        }
    }
    Ok(strays)
}

fn is_leaving(name: &str) -> bool {
    LEAVINGS.iter().any(|leaving| name.eq_ignore_ascii_case(leaving))
}

/// The path without links and `..`; its last part need not exist.
fn real_place(folder: &Path) -> Result<PathBuf, Fault> {
    match folder.canonicalize() {
        Ok(real) => return Ok(real),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(Fault::io(Action::Read, folder, cause)),
    }
    let Some(name) = folder.file_name() else { return Err(Fault::path(Code::OutputOverlaps, folder)) };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).map_err(|cause| Fault::io(Action::Create, parent, cause))?;
    let parent = parent.canonicalize().map_err(|cause| Fault::io(Action::Read, parent, cause))?;
    Ok(parent.join(name))
}

/// Removes a folder of ours with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Fault> {
    match std::fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(Fault::io(Action::Remove, folder, cause)),
        _ => Ok(()),
    }
}
