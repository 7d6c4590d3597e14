//! `sumika github`: workflows, issue forms, owners, the merge driver and the web editor's configuration.
//!
//! Files that are not ours are left alone, and named.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Status;
use super::terminal::Terminal;
use crate::area;
use crate::config;
use crate::fault::{Action, Fault};
use crate::github::{Plan, files, is_ours};
use crate::load::load;
use crate::review;
use crate::source::Limits;
use crate::vocabulary;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, value_name = "COMMAND")]
    install: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    make(&arguments.root, arguments.install.as_deref(), terminal)?;
    Ok(Status::Fine)
}

/// Makes the files of a site's folder.
pub(super) fn make(root: &Path, install: Option<&str>, terminal: &Terminal) -> Result<(), Fault> {
    let sources = load(root, &Limits::STANDARD)?.sources;
    let config = config::read(&sources).value;
    let areas = area::read(&sources, &config.areas).value;
    let vocabulary = vocabulary::read(&sources).value;
    let lists: Vec<String> = review::lists(&sources).keys().map(|path| path.file_stem().to_owned()).collect();
    let usual = format!("cargo install --locked sumika --version {}", env!("CARGO_PKG_VERSION"));
    let install = install.unwrap_or(&usual);
    let plan = Plan { config: &config, vocabulary: &vocabulary, areas: &areas, lists: &lists, install };
    for (path, text) in files(&plan) {
        let written = write(&root.join(&path), &text)?;
        terminal.say(if written {
            path
        } else {
            terminal.pick(
                format!("{path} は、ほかの人が書いたものなのでそのままにしました"),
                format!("{path} is somebody else's: left as it is"),
            )
        });
    }
    terminal.note(terminal.pick(
        "手元の git には、一度だけ次を教えてください：\n  git config merge.sumika-list.driver 'sumika merge-list %O %A %B --path %P'",
        "tell your git once:\n  git config merge.sumika-list.driver 'sumika merge-list %O %A %B --path %P'",
    ));
    Ok(())
}

/// False where a file is there that is not ours.
#[expect(clippy::disallowed_methods, reason = "edge: writes the repository's files")]
fn write(place: &Path, text: &str) -> Result<bool, Fault> {
    if std::fs::read_to_string(place).is_ok_and(|old| !is_ours(&old)) {
        return Ok(false);
    }
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| Fault::io(Action::Create, folder, cause))?;
    }
    std::fs::write(place, text).map_err(|cause| Fault::io(Action::Write, place, cause))?;
    Ok(true)
}
