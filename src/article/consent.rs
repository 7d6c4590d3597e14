//! 掲載同意: a family's consent to publish their story.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{Span, Spanned};
use crate::tree::Fields;

/// What a consent covers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// The website.
    Web,
    /// Print editions.
    Print,
}

impl Scope {
    const CHOICES: &'static [(&'static str, Scope)] = &[("web", Scope::Web), ("print", Scope::Print)];
}

/// A consent as it was given. No names of persons: `reference` is opaque.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The day it was given.
    pub obtained: Spanned<Date>,
    /// What it covers.
    pub scope: Vec<Spanned<Scope>>,
    /// The last day it holds.
    pub until: Option<Spanned<Date>>,
    /// The day it was withdrawn: from its first moment on nothing is shown.
    pub withdrawn: Option<Spanned<Date>>,
    /// Key to the municipality's own files.
    pub reference: Option<String>,
    /// The table.
    pub span: Span,
}

/// Reads `[consent]`; `None` where a part that decides is missing or unreadable (reported).
pub(super) fn read(fields: Fields<'_>, report: &mut Report) -> Option<Consent> {
    let span = fields.span().clone();
    fields.require("obtained");
    fields.require("scope");
    let obtained = fields.date("obtained");
    let scope = fields.choices("scope", Scope::CHOICES);
    let until = fields.date("until");
    let withdrawn = fields.date("withdrawn");
    let reference = fields.text("ref").map(|text| text.value);
    if let (Some(obtained), Some(until)) = (&obtained, &until)
        && until.value < obtained.value
    {
        fields.push(Diagnostic::new(Code::ConsentEndsBefore).at(&until.span).label(&obtained.span, "obtained"));
    }
    fields.finish(report);
    Some(Consent { obtained: obtained?, scope, until, withdrawn, reference, span })
}
