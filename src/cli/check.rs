//! `sumika check`: every diagnostic of the site at an instant; nothing is written.

mod maps;

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::side;
use super::site::SiteArguments;
use super::terminal::Terminal;
use crate::artifact::{Artifact, Sink};
use crate::diag::format::{github, json, sarif};
use crate::diag::{Report, Severity};
use crate::doubt;
use crate::fault::{Action, Fault};
use crate::load::beside;
use crate::pipeline::{self, Opened};
use crate::render::survey::doubts;
use crate::review;
use crate::source::Sources;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[arg(long, value_name = "REV|DIR|FILE")]
    base: Option<String>,
    #[arg(long)]
    strict: bool,
    #[arg(long)]
    verbose: bool,
    #[arg(long)]
    no_pages: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

/// Takes artifacts and drops them.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _artifact: Artifact) {}
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    // The process ends next, and its memory goes back as a whole: taking a large site apart would take as long again.
    let site = ManuallyDrop::new(arguments.site.read(terminal)?);
    terminal.progress("確かめています", "checking");
    let (sources, opened) = (&site.sources, &site.opened.value);
    let request = site.request(arguments.site.drafts);
    let mut report = site.opened.report.clone();
    // What is wrong in a file is known without pages and maps.
    let maps = if arguments.no_pages {
        report.append(pipeline::select(opened, &request).report);
        Vec::new()
    } else {
        report.append(pipeline::build(opened, &request, &mut Nowhere).report);
        pipeline::survey_maps(opened, &request)
    };
    let today = site.at.to_zoned(opened.library.config.zone.clone()).date();
    report.append(doubt::check(&opened.library, sources, today));
    report.append(doubt::beside_the_site(&beside(&arguments.site.root)?));
    if let Some(base) = &arguments.base {
        report.append(changes(base, &arguments.site.root, opened, sources)?);
    }
    report.append(doubts(&maps));
    if arguments.verbose && arguments.format == Format::Human {
        terminal.write(maps::table(&maps, terminal.language));
    }
    let report = report.sorted();
    tell(arguments.format, &report, sources, terminal)?;
    let strict = arguments.strict && report.count(Severity::Warning) > 0;
    if report.has_errors() || strict {
        return Ok(Status::Errors);
    }
    if report.is_empty() && arguments.format == Format::Human {
        terminal.say(terminal.pick("直すところはありません", "nothing to mend"));
    }
    Ok(Status::Fine)
}

/// What is suspicious about the change from `base` to the lists as they are.
fn changes(base: &str, root: &Path, opened: &Opened, sources: &Sources) -> Result<Report, Fault> {
    let library = &opened.library;
    let context = review::Context { vocabulary: &library.vocabulary, areas: &library.areas };
    let comparison = review::compare(&side::read(root, base)?.lists, &review::lists(sources), context);
    Ok(review::alarm::alarms(&comparison, library.config.changed_at_most_percent))
}

/// For people on standard error, for programs on standard output.
fn tell(format: Format, report: &Report, sources: &Sources, terminal: &Terminal) -> Result<(), Fault> {
    let language = terminal.language;
    match format {
        Format::Human => terminal.report(report, sources),
        Format::Json => terminal.write(json::render(report, sources, language)),
        Format::Sarif => terminal.write(sarif::render(report, sources, language)),
        Format::Github => {
            let annotations = github::render(report, sources, language);
            terminal.write(&annotations.commands);
            match summary_file() {
                Some(file) => append(&file, &annotations.summary)?,
                None if annotations.left_over > 0 => terminal.note(&annotations.summary),
                None => {}
            }
        }
    }
    Ok(())
}

/// Where GitHub Actions collects what a step has to tell at length.
#[expect(clippy::disallowed_methods, reason = "edge: the environment")]
fn summary_file() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn append(file: &Path, text: &str) -> Result<(), Fault> {
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    let mut opened = opened.map_err(|cause| Fault::io(Action::Write, file, cause))?;
    opened.write_all(text.as_bytes()).map_err(|cause| Fault::io(Action::Write, file, cause))
}
