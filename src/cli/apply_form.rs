//! `sumika apply-form FILE`: one filled-in form becomes a change of a row.
//!
//! Tells what would change, as a review does; `--write` changes the list.

use std::path::PathBuf;

use clap::Args;

use super::Status;
use super::file;
use super::review::Around;
use super::side;
use super::terminal::Terminal;
use crate::diag::Report;
use crate::fault::Fault;
use crate::form::apply;
use crate::list;
use crate::review::markdown::{COMMENT_CHARACTERS, Wording};
use crate::review::{Comparison, compare, markdown};
use crate::source::Sources;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE")]
    form: PathBuf,
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long)]
    write: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let form = file::read_text(&arguments.form)?;
    let site = side::read_site(&arguments.root)?;
    let around = Around::of(&arguments.root, &site)?;
    let done = apply(&form.text, &site.lists, around.context().vocabulary);
    let Some(applied) = done.value else {
        terminal.report(&done.report.sorted(), &Sources::new());
        return Ok(Status::Errors);
    };
    let mut head = site.lists.clone();
    head.insert(applied.path.clone(), list::text(&applied.text));
    let comparison = compare(&site.lists, &head, around.context());
    terminal.write(told(&comparison, terminal));
    // Order and quotes alone are no reason for a change that somebody has to look at.
    if arguments.write && !comparison.is_empty() {
        file::write_whole(&arguments.root.join(applied.path.as_str()), applied.text.as_bytes())?;
    }
    Ok(Status::Fine)
}

/// The change in the words of a review.
fn told(comparison: &Comparison, terminal: &Terminal) -> String {
    let language = terminal.language;
    let wording = Wording { language, preview: None, drawings: None, characters_max: COMMENT_CHARACTERS };
    markdown::render(comparison, &Report::new(), wording)
}
