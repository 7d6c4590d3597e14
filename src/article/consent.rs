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

/// A number of a paper has digits and no word of a language; a name, an address or a telephone number is no number of
/// a paper.
fn looks_personal(reference: &str) -> bool {
    let words = reference.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3).count();
    let numbers_of_papers =
        ["第", "号", "同意書", "同意", "令和", "平成", "年度", "年", "月", "日", "受付", "番号", "課", "高", "福"];
    let rest = numbers_of_papers.iter().fold(reference.to_owned(), |rest, word| rest.replace(word, ""));
    let japanese = rest.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let digits = reference.chars().filter(char::is_ascii_digit).count();
    let telephone = reference.starts_with('0') && digits >= 10;
    reference.contains('@') || japanese || words >= 2 || (words == 1 && digits == 0) || telephone
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
    let reference = fields.text("ref");
    if let Some(reference) = reference.as_ref().filter(|reference| looks_personal(&reference.value)) {
        let named = Diagnostic::new(Code::ConsentNamesPerson).at(&reference.span);
        fields.push(named.arg("value", &reference.value));
    }
    let reference = reference.map(|text| text.value);
    if let (Some(obtained), Some(until)) = (&obtained, &until)
        && until.value < obtained.value
    {
        fields.push(Diagnostic::new(Code::ConsentEndsBefore).at(&until.span).label(&obtained.span, "obtained"));
    }
    // A day of withdrawal that can't be read must not become a consent without end.
    let decides = [("scope", !scope.is_empty()), ("until", until.is_some()), ("withdrawn", withdrawn.is_some())];
    let unreadable = decides.iter().any(|(key, is_read)| fields.has(key) && !is_read);
    let whole = !unreadable && !fields.is_partial();
    fields.finish(report);
    if !whole {
        return None;
    }
    Some(Consent { obtained: obtained?, scope, until, withdrawn, reference, span })
}
