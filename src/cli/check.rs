//! `sumika check`: every diagnostic of the site at an instant; nothing is written.

use clap::{Args, ValueEnum};

use super::Status;
use super::site::{SiteArguments, now};
use super::terminal::Terminal;
use crate::artifact::{Artifact, Sink};
use crate::diag::Severity;
use crate::fault::Fault;
use crate::load::load;
use crate::pipeline;
use crate::select::{Medium, Request};
use crate::source::Limits;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
}

/// Takes artifacts and drops them.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _artifact: Artifact) {}
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    arguments.site.limit_jobs();
    terminal.progress("読み込んでいます", "reading");
    let loaded = load(&arguments.site.root, &Limits::STANDARD)?;
    let at = arguments.site.instant(&loaded.sources)?;
    terminal.progress("確かめています", "checking");
    let opened = pipeline::open(&loaded.sources);
    let at = arguments.site.release(&opened.value)?.unwrap_or(at);
    let request = Request { at, now: now(), medium: Medium::Web, drafts: arguments.site.drafts, quarantine: false };
    let built = pipeline::build(&opened.value, &request, &mut Nowhere);
    let mut report = opened.report;
    report.append(built.report);
    let report = report.sorted();
    match arguments.format {
        Format::Human => terminal.report(&report, &loaded.sources),
    }
    let strict = arguments.strict && report.count(Severity::Warning) > 0;
    if report.has_errors() || strict {
        return Ok(Status::Errors);
    }
    if report.is_empty() {
        terminal.say(terminal.pick("直すところはありません", "nothing to mend"));
    }
    Ok(Status::Fine)
}
