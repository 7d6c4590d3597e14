//! The program under test, called as the command line calls it, without a disk for its output.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use sumika::artifact::{Artifact, Body};
use sumika::diag::{Language, Report, format::human};
use sumika::load;
use sumika::pipeline;
use sumika::select::{Medium, Request, Withheld};
use sumika::source::{Limits, Sources};

/// How a case wants its site built.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// The request.
    pub request: Request,
    /// Language of the report.
    pub language: Language,
}

/// What came of a build.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Everything that was said.
    pub report: Report,
    /// The same as text.
    pub said: String,
    /// Exit status of such a build.
    pub exit: u8,
    /// Every output by its path.
    pub outputs: BTreeMap<String, Body>,
    /// Paths that were put out twice.
    pub twice: Vec<String>,
    /// What is not shown.
    pub withheld: Vec<Withheld>,
    /// The instants between which the output stays the same.
    pub constant: (Option<Timestamp>, Option<Timestamp>),
}

impl Wish {
    /// The same at another instant.
    pub(crate) fn at(&self, at: Timestamp) -> Self {
        let mut wish = self.clone();
        wish.request.at = at;
        wish
    }

    /// A wish in the words of a case.
    pub(crate) fn of(claims: &super::case::Claims) -> Result<Self, String> {
        let at = claims.at.parse().map_err(|problem| format!("case.toml: at: {problem}"))?;
        let language = match claims.lang.as_str() {
            "ja" => Language::Ja,
            "en" => Language::En,
            other => return Err(format!("case.toml: lang: {other}")),
        };
        let request =
            Request { at, now: at, medium: Medium::Web, drafts: claims.drafts, quarantine: claims.quarantine };
        Ok(Self { request, language })
    }
}

/// Every file of a site.
pub(crate) fn load(root: &Path) -> Result<Sources, String> {
    match load::load(root, &Limits::STANDARD) {
        Ok(loaded) => Ok(loaded.sources),
        Err(fault) => Err(fault.diagnostic(Language::En).message(Language::En)),
    }
}

/// Builds a site from its files.
pub(crate) fn build(sources: &Sources, wish: &Wish) -> Outcome {
    let mut report = Report::new();
    let opened = pipeline::open(sources).into(&mut report);
    let mut artifacts: Vec<Artifact> = Vec::new();
    let built = pipeline::build(&opened, &wish.request, &mut artifacts).into(&mut report);
    let report = report.sorted();
    let said = human::render(&report, sources, wish.language, false);
    let exit = match (report.has_errors(), wish.request.quarantine && !built.fatal) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 1,
    };
    let (outputs, twice) = by_path(artifacts);
    let constant = (built.constant_since, built.constant_until);
    Outcome { report, said, exit, outputs, twice, withheld: built.withheld, constant }
}

fn by_path(artifacts: Vec<Artifact>) -> (BTreeMap<String, Body>, Vec<String>) {
    let mut outputs = BTreeMap::new();
    let mut twice = Vec::new();
    for artifact in artifacts {
        let path = artifact.path.as_str().to_owned();
        if outputs.insert(path.clone(), artifact.body).is_some() {
            twice.push(path);
        }
    }
    (outputs, twice)
}

/// The text of an output, where it is text.
pub(crate) fn text(body: &Body) -> Option<&str> {
    match body {
        Body::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        Body::Copy { .. } | Body::Image(_) => None,
    }
}
