//! Where a command speaks: results on standard output, everything else on standard error.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write, stderr, stdout};
use std::path::Path;

use super::Status;
use super::language::pick;
use crate::diag::format::human;
use crate::diag::{Code, Diagnostic, Language, Report};
use crate::fault::{Action, Fault};
use crate::source::Sources;

/// The streams and the language of this run.
pub(super) struct Terminal {
    pub(super) language: Language,
    interactive: bool,
    /// Why a result could not be written.
    unsaid: Cell<Option<io::Error>>,
}

impl Terminal {
    pub(super) fn new(language: Language) -> Self {
        Self { language, interactive: stderr().is_terminal(), unsaid: Cell::new(None) }
    }

    /// One of two wordings.
    pub(super) fn pick<T>(&self, ja: T, en: T) -> T {
        pick(self.language, ja, en)
    }

    /// A result. That nobody reads it (a closed pipe) is no fault.
    pub(super) fn say(&self, text: impl AsRef<str>) {
        self.keep(writeln!(stdout().lock(), "{}", text.as_ref()));
    }

    /// A result that brings its own line ends.
    pub(super) fn write(&self, text: impl AsRef<str>) {
        self.keep(write!(stdout().lock(), "{}", text.as_ref()));
    }

    /// Remembers that a result could not be written, for the end of the command.
    pub(super) fn keep(&self, written: io::Result<()>) {
        if let Err(cause) = written
            && cause.kind() != io::ErrorKind::BrokenPipe
        {
            self.unsaid.set(Some(cause));
        }
    }

    /// How the command ends: what it could not say makes its status a refusal.
    pub(super) fn finish(&self, status: Status) -> Status {
        // What is still in memory would else be lost without a word.
        self.keep(stdout().flush());
        match self.unsaid.take() {
            Some(cause) => {
                let unsaid = Fault::io(Action::Write, Path::new("-"), cause);
                self.refuse(&unsaid.told_as(Code::ResultUnsaid))
            }
            None => status,
        }
    }

    /// A remark beside the result.
    pub(super) fn note(&self, text: impl AsRef<str>) {
        self.clear();
        let _ = writeln!(stderr().lock(), "{}", text.as_ref());
    }

    /// What is being done, on a terminal only; the next word overwrites it.
    pub(super) fn progress(&self, ja: &str, en: &str) {
        if self.interactive {
            let _ = write!(stderr().lock(), "\r\x1b[K{}…", self.pick(ja, en));
            let _ = stderr().flush();
        }
    }

    fn clear(&self) {
        if self.interactive {
            let _ = write!(stderr().lock(), "\r\x1b[K");
        }
    }

    /// The whole report, as people read it.
    pub(super) fn report(&self, report: &Report, sources: &Sources) {
        self.clear();
        let coloured = self.interactive && colour_is_welcome();
        let _ = write!(stderr().lock(), "{}", human::render(report, sources, self.language, coloured));
    }

    /// Trouble that came when the work was done.
    pub(super) fn warn(&self, code: Code, fault: &Fault) {
        let told = fault.diagnostic(self.language);
        let mut report = Report::new();
        report.push(Diagnostic { code, severity: code.severity(), ..told });
        self.report(&report, &Sources::new());
    }

    /// The machine's refusal.
    pub(super) fn refuse(&self, fault: &Fault) -> Status {
        let mut report = Report::new();
        report.push(fault.diagnostic(self.language));
        self.report(&report, &Sources::new());
        Status::Refused
    }
}

/// <https://no-color.org>
#[expect(clippy::disallowed_methods, reason = "edge: the environment")]
fn colour_is_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
