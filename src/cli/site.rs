//! What all commands that read a site have in common: its root, the instant, the request.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use super::instant;
use super::terminal::Terminal;
use crate::config::{self, BaseUrl};
use crate::diag::{Checked, Code, Diagnostic};
use crate::fault::Fault;
use crate::load::load;
use crate::pipeline::{self, Opened};
use crate::select::{Medium, Request};
use crate::source::{Limits, Sources};

#[derive(Args)]
pub(super) struct SiteArguments {
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    #[arg(long, value_name = "INSTANT")]
    pub(super) at: Option<String>,
    #[arg(long, value_name = "SLUG", conflicts_with = "at")]
    pub(super) edition: Option<String>,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// A site that was read, and the instant that was asked for.
pub(super) struct Site {
    pub(super) sources: Sources,
    pub(super) opened: Checked<Opened>,
    pub(super) at: Timestamp,
    /// When the command was asked for it.
    now: Timestamp,
}

impl Site {
    /// Tells the errors of the files; false where there are any.
    pub(super) fn is_sound(&self, terminal: &Terminal) -> bool {
        let errors = self.opened.report.errors().sorted();
        terminal.report(&errors, &self.sources);
        !errors.has_errors()
    }

    /// What is public on the web at the instant.
    pub(super) fn request(&self, drafts: bool) -> Request {
        Request { at: self.at, now: self.now, medium: Medium::Web, drafts, quarantine: false }
    }
}

/// The only place that reads the clock for a build.
#[expect(clippy::disallowed_methods, reason = "edge: the clock")]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

impl SiteArguments {
    /// A site's folder and nothing else.
    pub(super) fn of(root: PathBuf) -> Self {
        Self { root, at: None, edition: None, drafts: false, jobs: None }
    }

    /// Reads the site, and what it says of the instant.
    pub(super) fn read(&self, terminal: &Terminal) -> Result<Site, Fault> {
        self.limit_jobs();
        terminal.progress("読み込んでいます", "reading");
        let sources = load(&self.root, &Limits::STANDARD)?.sources;
        let now = now();
        let at = self.instant(&sources, now)?;
        let opened = pipeline::open(&sources);
        let at = self.release(&opened.value)?.unwrap_or(at);
        Ok(Site { sources, opened, at, now })
    }

    /// The instant that was asked for, else now.
    pub(super) fn instant(&self, sources: &Sources, now: Timestamp) -> Result<Timestamp, Fault> {
        let Some(text) = &self.at else { return Ok(now) };
        let zone = config::read(sources).value.zone;
        instant::parse(text, &zone)
            .ok_or_else(|| Fault::from(Diagnostic::new(Code::InstantUnreadable).arg("value", text)))
    }

    /// The release of the edition that was asked for.
    pub(super) fn release(&self, opened: &Opened) -> Result<Option<Timestamp>, Fault> {
        let Some(slug) = &self.edition else { return Ok(None) };
        let editions = || opened.library.plans.iter().flat_map(|plan| &plan.editions);
        if let Some(edition) = editions().find(|edition| edition.id.as_str() == slug) {
            return Ok(Some(edition.release.value));
        }
        let names: Vec<&str> = editions().map(|edition| edition.id.as_str()).collect();
        let unknown = Diagnostic::new(Code::EditionUnknown).arg("slug", slug).arg("hint", names.join(", "));
        Err(unknown.into())
    }

    /// Lets as many threads work as were asked for, else one a processor. This thread is one of them: the allocator
    /// keeps memory of its own for each, and a waiting one would hold what it needed before.
    pub(super) fn limit_jobs(&self) {
        let jobs = self.jobs.map_or(0, |jobs| jobs.clamp(1, JOBS_MAX));
        // Fails only if the pool exists already, and this is called once, first.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).use_current_thread().build_global();
    }
}

/// More threads than any machine has cores for would only wait for each other.
const JOBS_MAX: usize = 256;

/// An address given on the command line.
pub(super) fn base_url(text: &str) -> Result<BaseUrl, Fault> {
    BaseUrl::parse(text).ok_or_else(|| Diagnostic::new(Code::BaseUrlUnusable).arg("value", text).into())
}
