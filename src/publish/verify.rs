//! Checks a published folder against its manifest.
//!
//! In: the folder. Out: a report with each file that is missing, changed or extra. Nothing is written.

#![expect(clippy::disallowed_methods, reason = "edge: reads the published folder")]

use std::io;
use std::path::Path;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::output::strays;
use super::stage::sum_file;
use super::{Manifest, Sum};
use crate::artifact::OutputPath;
use crate::diag::{Code, Diagnostic, Report};
use crate::fault::{Action, Fault};

/// What was found.
#[derive(Debug)]
pub struct Verified {
    /// How many files the manifest lists.
    pub files: usize,
    /// What is not as it was written.
    pub report: Report,
}

/// Reads every file and compares its sum.
///
/// # Errors
/// There is no manifest of ours, it is broken, or a file can't be read.
pub fn verify(folder: &Path) -> Result<Verified, Fault> {
    let list = folder.join(Manifest::NAME);
    let text = match std::fs::read(&list) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(Fault::path(Code::ManifestMissing, folder));
        }
        Err(cause) => return Err(Fault::io(Action::Read, &list, cause)),
    };
    if !Manifest::is_ours(&text) {
        return Err(Fault::path(Code::ManifestMissing, folder));
    }
    let manifest = Manifest::parse(&text).map_err(|line| {
        Fault::from(Diagnostic::new(Code::ManifestUnreadable).arg("path", list.display()).arg("line", line))
    })?;
    let files: Vec<(&OutputPath, Sum)> = manifest.iter().collect();
    let found: Vec<Result<Option<Diagnostic>, Fault>> =
        files.into_par_iter().map(|(path, sum)| check(folder, path, sum)).collect();
    let mut report = Report::new();
    for one in found {
        if let Some(diagnostic) = one? {
            report.push(diagnostic);
        }
    }
    for name in strays(folder, &manifest)? {
        report.push(Diagnostic::new(Code::PublishedExtra).arg("path", name));
    }
    Ok(Verified { files: manifest.len(), report })
}

fn check(folder: &Path, path: &OutputPath, sum: Sum) -> Result<Option<Diagnostic>, Fault> {
    let place = folder.join(path.as_str());
    let code = match sum_file(&place) {
        Ok((found, _)) if found == sum => return Ok(None),
        Ok(_) => Code::PublishedChanged,
        Err(cause) => match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Code::PublishedMissing,
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => Code::PublishedChanged,
            _ => return Err(Fault::io(Action::Read, &place, cause)),
        },
    };
    Ok(Some(Diagnostic::new(code).arg("path", path)))
}
