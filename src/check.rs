//! The finished output looked at as a whole: nothing written twice, every link within the site arrives.
//!
//! In: artifacts on their way to the sink. Out: the same artifacts, and a report. It keeps of each page only its
//! links and ids, never its bytes.

mod facts;

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::{Artifact, OutputPath, Sink};
use crate::config::BaseUrl;
use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Span};

pub use facts::Facts;

/// A sink that notes what it hands on.
pub struct Output<'a> {
    sink: &'a mut dyn Sink,
    origins: BTreeMap<OutputPath, Option<SourcePath>>,
    pages: Vec<(OutputPath, Facts)>,
    /// Sums of the links of the pages so far.
    links: BTreeSet<u64>,
    report: Report,
}

impl<'a> Output<'a> {
    /// Notes what goes to `sink`.
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink, origins: BTreeMap::new(), pages: Vec::new(), links: BTreeSet::new(), report: Report::new() }
    }

    /// Hands an artifact on, with the facts that were read from it.
    pub fn put(&mut self, artifact: Artifact, facts: Option<Facts>) {
        let origin = artifact.origins.first().cloned();
        if let Some(other) = self.origins.get(&artifact.path) {
            let twice = Diagnostic::new(Code::OutputTwice).arg("path", &artifact.path);
            self.report.push(placed(twice, origin.as_ref(), other.as_ref()));
            return;
        }
        self.origins.insert(artifact.path.clone(), origin);
        if let Some(facts) = facts {
            self.links.extend(facts.link_sums());
            self.pages.push((artifact.path.clone(), facts));
        }
        self.sink.put(artifact);
    }

    /// Sums of the links that were noted already: what is read of further pages may leave them out.
    #[must_use]
    pub fn known_links(&self) -> &BTreeSet<u64> {
        &self.links
    }

    /// Tells the sink which stage begins.
    pub fn begins(&mut self, stage: &'static str) {
        self.sink.begins(stage);
    }

    /// Hands a file on that is no page.
    pub fn put_file(&mut self, artifact: Artifact) {
        self.put(artifact, None);
    }

    /// How many artifacts were handed on.
    #[must_use]
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// True when nothing was handed on.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// Every link within the site leads to something that was put out; those that do not.
    pub fn check_links(self, base: &BaseUrl) -> Checked<Vec<DeadLink>> {
        let mut report = self.report;
        let mut dead = Vec::new();
        let paths: BTreeSet<&str> = self.origins.keys().map(OutputPath::as_str).collect();
        let ids: BTreeMap<&str, &Facts> = self.pages.iter().map(|(path, facts)| (path.as_str(), facts)).collect();
        // A link that every page carries is looked up once, and complained of once.
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (page, facts) in &self.pages {
            if let Some(id) = facts.id_twice() {
                let twice = Diagnostic::new(Code::OutputIdTwice).arg("page", page).arg("id", id);
                report.push(placed(twice, self.origins.get(page).and_then(Option::as_ref), None));
            }
            for link in facts.links() {
                if !link.starts_with('#') && !seen.insert(link) {
                    continue;
                }
                let Some(code) = problem(link, page, base, &paths, &ids) else { continue };
                let origin = self.origins.get(page).cloned().flatten();
                dead.push(DeadLink { code, page: page.clone(), target: link.to_owned(), origin });
            }
        }
        Checked::new(dead, report)
    }
}

/// A link within the site that leads nowhere. One that many pages have is found on the first of them.
#[derive(Clone, Debug)]
pub struct DeadLink {
    code: Code,
    /// The page that has it.
    pub page: OutputPath,
    /// The link as the page has it.
    pub target: String,
    origin: Option<SourcePath>,
}

impl DeadLink {
    /// What to say of it, wherever it is written.
    #[must_use]
    pub fn told(&self) -> Diagnostic {
        Diagnostic::new(self.code).arg("page", &self.page).arg("target", &self.target)
    }

    /// The same, at the file that the page was made from.
    #[must_use]
    pub fn told_of_page(&self) -> Diagnostic {
        placed(self.told(), self.origin.as_ref(), None)
    }
}

fn placed(diagnostic: Diagnostic, origin: Option<&SourcePath>, other: Option<&SourcePath>) -> Diagnostic {
    let diagnostic = match origin {
        Some(origin) => diagnostic.at(&Span::file(origin)),
        None => diagnostic,
    };
    match other {
        Some(other) => diagnostic.label(&Span::file(other), "other"),
        None => diagnostic,
    }
}

/// What is wrong with a link, if it is one within the site.
fn problem(
    link: &str,
    page: &OutputPath,
    base: &BaseUrl,
    paths: &BTreeSet<&str>,
    ids: &BTreeMap<&str, &Facts>,
) -> Option<Code> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let path = path.split('?').next().unwrap_or(path);
    let target = if path.is_empty() {
        page.as_str().to_owned()
    } else {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let base_path = percent_encoding::percent_decode_str(&base.path).decode_utf8().ok()?;
        let Some(below) = decoded.strip_prefix(base_path.as_ref()) else {
            return path.starts_with('/').then_some(Code::OutputLinkBroken);
        };
        if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() }
    };
    if !paths.contains(target.as_str()) {
        return Some(Code::OutputLinkBroken);
    }
    let anchor = anchor.filter(|anchor| !anchor.is_empty())?;
    let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8().ok()?;
    match ids.get(target.as_str()) {
        Some(facts) if !facts.has_id(&anchor) => Some(Code::OutputAnchorBroken),
        _ => None,
    }
}
