//! `sumika schedule`: every coming instant at which the public site changes, and what changes.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Status;
use super::instant;
use super::site::{Site, SiteArguments};
use super::terminal::Terminal;
use crate::calendar::first_moment;
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic, Report};
use crate::fault::{Action, Fault};
use crate::schedule::{self, Change};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["at", "edition", "until"],
          value_parser = clap::value_parser!(i64).range(2000..=2199))]
    year: Option<i64>,
    #[arg(long)]
    pages: bool,
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
    if arguments.pages && !matches!(arguments.format, Format::Table | Format::Json) {
        return Err(Diagnostic::new(Code::PagesWithoutPlace).into());
    }
    let site = arguments.site.read(terminal)?;
    if !site.is_sound(terminal) {
        return Ok(Status::Errors);
    }
    let opened = &site.opened.value;
    let mut request = site.request(arguments.site.drafts);
    let until = match arguments.year.and_then(FiscalYear::new) {
        Some(year) => {
            let (before, last) = whole(year, &opened.library.config.zone);
            request.at = before;
            Some(last)
        }
        None => arguments.until.as_ref().map(|text| parsed(text, &opened.library.config.zone)).transpose()?,
    };
    terminal.progress("予定を調べています", "looking ahead");
    let mut changes = schedule::changes(opened, &request, until);
    if arguments.pages {
        terminal.progress("日時ごとに組み立てて比べています", "building and comparing every instant");
        schedule::compare(opened, &request, &mut changes);
    }
    let text = text(arguments, &changes, &site, terminal)?;
    terminal.say(text.trim_end());
    let errors = all_errors(&changes);
    if errors.has_errors() {
        terminal.report(&errors, &site.sources);
        return Ok(Status::Errors);
    }
    Ok(Status::Fine)
}

fn parsed(text: &str, zone: &TimeZone) -> Result<Timestamp, Fault> {
    instant::parse(text, zone).ok_or_else(|| Diagnostic::new(Code::InstantUnreadable).arg("value", text).into())
}

/// The last instants before and of a fiscal year: what changes on 1 April itself is part of it.
fn whole(year: FiscalYear, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let before = |year: FiscalYear| {
        let first = first_moment(year.first_day(), zone);
        first.and_then(|first| first.checked_sub(SignedDuration::from_nanos(1)).ok()).unwrap_or_default()
    };
    let next = FiscalYear::new(i64::from(year.year()) + 1).unwrap_or(year);
    (before(year), before(next))
}

fn text(arguments: &Arguments, changes: &[Change], site: &Site, terminal: &Terminal) -> Result<String, Fault> {
    let (config, language) = (&site.opened.value.library.config, terminal.language);
    let zone = &config.zone;
    Ok(match arguments.format {
        Format::Table if changes.is_empty() && arguments.year.is_some() => terminal
            .pick("この年度に、日時で変わるものはありません", "nothing changes by itself in this year")
            .to_owned(),
        Format::Table if changes.is_empty() => terminal
            .pick(
                "これから変わるものはありません（原稿や一覧を変えるまで、公開内容は同じです）",
                "nothing will change by itself",
            )
            .to_owned(),
        Format::Table => schedule::table(changes, zone, language),
        Format::Json => schedule::json(changes, zone, &site.sources, language),
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
