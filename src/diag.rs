//! What is wrong with the input, as data.
//!
//! In: stages push `Diagnostic`s with a code, the place, and the names to fill in. Out: one sorted
//! `Report`. Wording lives in `messages/*.toml`, Japanese and English side by side; how it looks on a
//! terminal lives in `format/`. No stage prints.

mod codes;
pub mod fill;
pub mod format;
mod messages;

use crate::source::Span;

pub use codes::Code;
pub use messages::{Language, Message, message};

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Nothing is published while it stands (or the item is withheld, with quarantine).
    Error,
    /// Published, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One thing that is wrong or doubtful.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its only name.
    pub code: Code,
    /// How much it matters; the code's own severity unless raised or lowered.
    pub severity: Severity,
    /// Values for the `{placeholders}` of the message.
    pub args: Vec<(&'static str, String)>,
    /// Which of the code's `causes` it is; none where the code has one cause only, or the cause is an argument.
    pub cause: Option<&'static str>,
    /// The exact bytes that are wrong; none for what has no place in a file.
    pub primary: Option<Span>,
    /// Second places that explain it.
    pub labels: Vec<Label>,
}

/// A second place: where the release was set, where the other id stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Key of its wording below `labels` of the code's message.
    pub key: &'static str,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity, without a place yet.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, severity: code.severity(), args: Vec::new(), cause: None, primary: None, labels: Vec::new() }
    }

    /// Points at the wrong bytes.
    #[must_use]
    pub fn at(mut self, span: &Span) -> Self {
        self.primary = Some(span.clone());
        self
    }

    /// Fills a placeholder of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Says which of the code's `causes` it is: the wording of `{cause}`, and its own way out.
    #[must_use]
    pub fn because(mut self, cause: &'static str) -> Self {
        self.cause = Some(cause);
        self
    }

    /// What fills a placeholder; empty where there is none of that name.
    #[must_use]
    pub fn filling(&self, name: &str) -> &str {
        self.args.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// Adds a second place; `key` names its wording.
    #[must_use]
    pub fn label(mut self, span: &Span, key: &'static str) -> Self {
        self.labels.push(Label { span: span.clone(), key });
        self
    }

    /// The same with another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// All diagnostics of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    entries: Vec<Diagnostic>,
}

impl Report {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.entries.push(diagnostic);
    }

    /// Adds all of another report.
    pub fn append(&mut self, other: Report) {
        self.entries.extend(other.entries);
    }

    /// True when an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.entries.iter().filter(|entry| entry.severity == severity).count()
    }

    /// True when there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Only the errors.
    #[must_use]
    pub fn errors(&self) -> Self {
        let errors = self.entries.iter().filter(|entry| entry.severity == Severity::Error);
        Self { entries: errors.cloned().collect() }
    }

    /// Only those that `keep` wants.
    #[must_use]
    pub fn keeping(mut self, keep: impl Fn(&Diagnostic) -> bool) -> Self {
        self.entries.retain(|entry| keep(entry));
        self
    }

    /// In the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.entries.iter()
    }

    /// By place, then code: the order in which people read them. Exact repetitions are dropped.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.entries.sort_by(|a, b| {
            (&a.primary, a.code.number(), a.cause, &a.args).cmp(&(&b.primary, b.code.number(), b.cause, &b.args))
        });
        self.entries.dedup();
        self
    }
}

/// A value and the report on its input. The value is always there, as complete as the input allowed.
#[must_use]
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The result.
    pub value: T,
    /// What was wrong on the way.
    pub report: Report,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, report: Report::new() }
    }

    /// A value with its report.
    pub fn new(value: T, report: Report) -> Self {
        Self { value, report }
    }

    /// The same report on another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), report: self.report }
    }

    /// Both values, both reports.
    pub fn join<U>(mut self, other: Checked<U>) -> Checked<(T, U)> {
        self.report.append(other.report);
        Checked { value: (self.value, other.value), report: self.report }
    }

    /// The next stage's value, with the reports of both.
    pub fn then<U>(mut self, next: impl FnOnce(T) -> Checked<U>) -> Checked<U> {
        let result = next(self.value);
        self.report.append(result.report);
        Checked { value: result.value, report: self.report }
    }

    /// The value; its report goes into `report`.
    pub fn into(self, report: &mut Report) -> T {
        report.append(self.report);
        self.value
    }
}
