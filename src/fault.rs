//! The machine's trouble: a full disk, a missing permission, a folder that is not ours.
//!
//! In: what the edge was doing, with which path, and the system's answer. Out: a `Fault`, which the command
//! line shows like any diagnostic and turns into exit status 2. The author's mistakes are never faults.

use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Language};

/// What the edge was doing when the system refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Reading a file or listing a folder.
    Read,
    /// Writing a file.
    Write,
    /// Making a folder.
    Create,
    /// Giving an unchanged file its place in the new release.
    Link,
    /// Making sure that everything is on the disk.
    Sync,
    /// Putting the new release in the place of the old one.
    Swap,
    /// Removing what is no longer needed.
    Remove,
    /// Taking the lock.
    Lock,
}

impl Action {
    fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Create => "create",
            Self::Link => "link",
            Self::Sync => "sync",
            Self::Swap => "swap",
            Self::Remove => "remove",
            Self::Lock => "lock",
        }
    }
}

/// Why the edge stopped. Nothing is half-done when one is returned.
#[derive(Debug)]
pub enum Fault {
    /// The system refused an action.
    Io {
        /// What was being done.
        action: Action,
        /// With which file or folder.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// The system refused something at a point where the usual words would not be true.
    Named {
        /// The code that says so.
        code: Code,
        /// With which file or folder.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// Anything else, as a diagnostic without a place in the sources.
    Refused(Box<Diagnostic>),
}

impl Fault {
    /// The system's answer to `action` on `path`.
    #[must_use]
    pub fn io(action: Action, path: &Path, cause: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), cause }
    }

    /// A refusal of our own that names a path.
    #[must_use]
    pub fn path(code: Code, path: &Path) -> Self {
        Self::from(Diagnostic::new(code).arg("path", path.display()))
    }

    /// The same, where another code says better than the general one what has happened, and what has not.
    #[must_use]
    pub fn told_as(self, code: Code) -> Self {
        match self {
            Self::Io { path, cause, .. } => Self::Named { code, path, cause },
            other => other,
        }
    }

    /// The fault in the words that people read.
    #[must_use]
    pub fn diagnostic(&self, language: Language) -> Diagnostic {
        match self {
            Self::Refused(diagnostic) => Diagnostic::clone(diagnostic),
            Self::Io { action, path, cause } => {
                let diagnostic = Diagnostic::new(Code::MachineRefused);
                let doing = diagnostic.label_text(action.key(), language);
                let reason = in_words(cause, language);
                diagnostic.arg("path", path.display()).arg("action", doing).arg("cause", reason)
            }
            Self::Named { code, path, cause } => {
                Diagnostic::new(*code).arg("path", path.display()).arg("cause", in_words(cause, language))
            }
        }
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Refused(Box::new(diagnostic))
    }
}

fn in_words(cause: &io::Error, language: Language) -> String {
    match reason(cause) {
        Some(key) => Diagnostic::new(Code::MachineRefused).label_text(key, language),
        None => cause.to_string(),
    }
}

/// The key of the wording for a common answer of the system.
fn reason(cause: &io::Error) -> Option<&'static str> {
    Some(match cause.kind() {
        io::ErrorKind::NotFound => "not_found",
        io::ErrorKind::PermissionDenied => "permission",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "full",
        io::ErrorKind::ReadOnlyFilesystem => "read_only",
        io::ErrorKind::AlreadyExists => "exists",
        io::ErrorKind::NotADirectory => "not_a_folder",
        io::ErrorKind::IsADirectory => "is_a_folder",
        io::ErrorKind::ResourceBusy => "busy",
        io::ErrorKind::CrossesDevices => "other_device",
        io::ErrorKind::InvalidFilename => "name",
        _ if cause.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) => "too_many_open",
        _ if cause.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => "hardware",
        _ => return None,
    })
}
