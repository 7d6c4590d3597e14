//! `sumika verify DIR`: a published folder against its manifest.

use std::path::PathBuf;

use clap::Args;

use super::Status;
use super::terminal::Terminal;
use crate::fault::Fault;
use crate::publish::verify::verify;
use crate::source::Sources;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR", default_value = "public")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    terminal.progress("確かめています", "verifying");
    let verified = verify(&arguments.folder)?;
    if !verified.report.is_empty() {
        terminal.report(&verified.report, &Sources::new());
        return Ok(Status::Errors);
    }
    let (folder, files) = (arguments.folder.display(), verified.files);
    terminal.say(terminal.pick(
        format!("{folder}：{files} ファイルすべて、書き出したときのままです"),
        format!("{folder}: all {files} files are as they were written"),
    ));
    Ok(Status::Fine)
}
