//! `sumika schedule`: every coming instant at which the public site changes, and what changes.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::Status;
use super::instant;
use super::site::{SiteArguments, now};
use super::terminal::Terminal;
use crate::diag::{Code, Diagnostic, Report};
use crate::fault::{Action, Fault};
use crate::load::load;
use crate::pipeline;
use crate::schedule::{self, Change};
use crate::select::{Medium, Request};
use crate::source::{Limits, Sources};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Ics,
    Cron,
    Github,
    Systemd,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    arguments.site.limit_jobs();
    terminal.progress("読み込んでいます", "reading");
    let sources = load(&arguments.site.root, &Limits::STANDARD)?.sources;
    let at = arguments.site.instant(&sources)?;
    let opened = pipeline::open(&sources);
    let errors = opened.report.errors().sorted();
    if errors.has_errors() {
        terminal.report(&errors, &sources);
        return Ok(Status::Errors);
    }
    let opened = opened.value;
    let at = arguments.site.release(&opened)?.unwrap_or(at);
    let until = arguments.until.as_ref().map(|text| {
        instant::parse(text, &opened.library.config.zone)
            .ok_or_else(|| Fault::from(Diagnostic::new(Code::InstantUnreadable).arg("value", text)))
    });
    let request = Request { at, now: now(), medium: Medium::Web, drafts: arguments.site.drafts, quarantine: false };
    terminal.progress("予定を調べています", "looking ahead");
    let changes = schedule::changes(&opened, &request, until.transpose()?);
    let text = text(arguments, &changes, (&opened, &sources), terminal)?;
    terminal.say(text.trim_end());
    let errors = all_errors(&changes);
    if errors.has_errors() {
        terminal.report(&errors, &sources);
        return Ok(Status::Errors);
    }
    Ok(Status::Fine)
}

fn text(
    arguments: &Arguments,
    changes: &[Change],
    (opened, sources): (&pipeline::Opened, &Sources),
    terminal: &Terminal,
) -> Result<String, Fault> {
    let (config, language) = (&opened.library.config, terminal.language);
    let zone = &config.zone;
    Ok(match arguments.format {
        Format::Table if changes.is_empty() => terminal
            .pick(
                "これから変わるものはありません（原稿や一覧を変えるまで、公開内容は同じです）",
                "nothing will change by itself",
            )
            .to_owned(),
        Format::Table => schedule::table(changes, zone, language),
        Format::Json => schedule::json(changes, zone, sources, language),
        Format::Ics => String::from_utf8_lossy(&schedule::calendar(changes, config, language)).into_owned(),
        Format::Cron => schedule::cron(changes, zone, &real(&arguments.site.root)?, language),
        Format::Github => schedule::github(changes, zone, language),
        Format::Systemd => schedule::systemd(changes, zone, &real(&arguments.site.root)?, language),
    })
}

/// The root as machines need it: from `/`.
fn real(root: &Path) -> Result<String, Fault> {
    let real = root.canonicalize().map_err(|cause| Fault::io(Action::Read, root, cause))?;
    Ok(real.to_string_lossy().into_owned())
}

/// What would keep the site from being published at one of the instants, each once, as it is at the first of them.
fn all_errors(changes: &[Change]) -> Report {
    let mut all = Report::new();
    let mut told = BTreeSet::new();
    for error in changes.iter().flat_map(|change| change.errors.iter()) {
        if told.insert((error.code, error.primary.clone())) {
            all.push(error.clone());
        }
    }
    all.sorted()
}
