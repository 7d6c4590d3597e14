//! The site of a case, put together in a fresh folder: its base, the bare theme, its own files.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::case::{Case, Made};

/// A site on the disk, removed when dropped.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// Lays the case's files over its base.
    pub(crate) fn of(case: &Case) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|problem| problem.to_string())?;
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        if case.claims.base != "none" {
            lay(&tests.join("cases/_base").join(&case.claims.base), folder.path())?;
            lay(&tests.join("themes"), &folder.path().join("themes"))?;
        }
        for path in &case.claims.without {
            let place = folder.path().join(path);
            let removed = if place.is_dir() { fs::remove_dir_all(&place) } else { fs::remove_file(&place) };
            removed.map_err(|problem| format!("without {path}: {problem}"))?;
        }
        let own = case.folder.join("site");
        if own.is_dir() {
            lay(&own, folder.path())?;
        }
        for made in &case.claims.file {
            make(folder.path(), made)?;
        }
        Ok(Self { folder })
    }

    /// The root folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }
}

/// Copies a tree over another one.
fn lay(from: &Path, to: &Path) -> Result<(), String> {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.map_err(|problem| problem.to_string())?;
        let below = entry.path().strip_prefix(from).map_err(|problem| problem.to_string())?;
        let place: PathBuf = to.join(below);
        let done = if entry.file_type().is_dir() {
            fs::create_dir_all(&place)
        } else {
            fs::copy(entry.path(), &place).map(|_| ())
        };
        done.map_err(|problem| format!("{}: {problem}", place.display()))?;
    }
    Ok(())
}

fn make(root: &Path, made: &Made) -> Result<(), String> {
    let place = root.join(&made.path);
    let explain = |problem: std::io::Error| format!("{}: {problem}", made.path);
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).map_err(explain)?;
    }
    if let Some(target) = &made.link {
        return std::os::unix::fs::symlink(target, &place).map_err(explain);
    }
    let mut bytes = from_hex(&made.hex).ok_or_else(|| format!("{}: `hex` is no list of bytes", made.path))?;
    bytes.extend(made.text.repeat(made.times).bytes());
    fs::write(&place, bytes).map_err(explain)
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let digits: String = digits.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
}
