//! `sumika report [YEAR]`: the planners' page as HTML, Markdown and CSV, never inside a published folder.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Status;
use super::file::{exists, write_whole};
use super::site::SiteArguments;
use super::terminal::Terminal;
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::Code;
use crate::fault::Fault;
use crate::publish::Manifest;
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

/// Refuses the site's `public` and every folder inside one that holds a manifest of ours.
fn refuse_public(root: &Path, out: &Path) -> Result<(), Fault> {
    let real = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // The folder itself may be still to be made: what exists of it decides where it lies.
        let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
        there.map_or_else(
            || path.clone(),
            |(above, real)| match path.strip_prefix(above) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            },
        )
    };
    let out_real = real(out);
    let in_public = out_real.starts_with(real(&root.join("public")));
    if in_public || out_real.ancestors().any(|folder| exists(&folder.join(Manifest::NAME))) {
        return Err(Fault::path(Code::ReportInPublic, out));
    }
    Ok(())
}
