//! `sumika report [YEAR]`: the planners' page as HTML, Markdown and CSV, never inside a published folder.

use std::path::PathBuf;

use clap::Args;

use super::Status;
use super::file::{refuse_public, write_whole};
use super::site::SiteArguments;
use super::terminal::Terminal;
use crate::calendar::fiscal_year::FiscalYear;
use crate::fault::Fault;
use crate::report;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i64).range(2000..=2199))]
    year: Option<i64>,
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let root = &arguments.site.root;
    if let Some(out) = &arguments.out {
        refuse_public(root, out)?;
    }
    let site = arguments.site.read(terminal)?;
    if !site.is_sound(terminal) {
        return Ok(Status::Errors);
    }
    let library = &site.opened.value.library;
    let today = FiscalYear::of(library.config.zone.to_datetime(site.at).date());
    let year = arguments.year.and_then(FiscalYear::new).unwrap_or(today);
    let out = arguments.out.clone().unwrap_or_else(|| root.join("report").join(year.to_string()));
    refuse_public(root, &out)?;
    terminal.progress("まとめています", "counting");
    let paper = report::paper(library, &site.request(false), Some(year), terminal.language);
    write_whole(&out.join("report.html"), report::page(&paper).as_bytes())?;
    write_whole(&out.join("report.md"), report::text(&paper).as_bytes())?;
    for (name, bytes) in report::tables(&paper) {
        write_whole(&out.join(name), &bytes)?;
    }
    let place = out.display();
    terminal.say(terminal.pick(
        format!("{place} に書きました（report.html、report.md、CSV）。庁内の資料です。公開しないでください"),
        format!("wrote {place} (report.html, report.md, CSV): for staff, not for publication"),
    ));
    Ok(Status::Fine)
}
