//! One side of a comparison: a revision of git, the folder of a site, a folder of lists, or one list.

use std::path::Path;

use super::file;
use crate::diag::{Code, Diagnostic};
use crate::facility::FACILITIES_FOLDER;
use crate::fault::{Action, Fault};
use crate::load::{load, revision};
use crate::review::{self, Lists};
use crate::source::{Limits, Source, SourcePath, Sources, Text};

/// What stands on a side.
pub(super) struct Side {
    /// All files that were read.
    pub(super) sources: Sources,
    /// The lists among them.
    pub(super) lists: Lists,
    /// Lists that can't be decoded.
    pub(super) unreadable: Vec<String>,
    /// True where a single list was named.
    pub(super) is_file: bool,
}

/// Reads what was named; folders and files go before revisions.
#[expect(clippy::disallowed_methods, reason = "edge: looks what a name stands for")]
pub(super) fn read(root: &Path, name: &str) -> Result<Side, Fault> {
    let place = Path::new(name);
    if place.is_file() {
        return read_file(place);
    }
    if place.is_dir() {
        return if place.join("sumika.toml").is_file() { read_site(place) } else { read_folder(place) };
    }
    match revision(root, name, &Limits::STANDARD)? {
        Some(sources) => Ok(of_sources(sources)),
        None => Err(Diagnostic::new(Code::BaseUnknown).arg("base", name).arg("cause", "").into()),
    }
}

/// The site as it lies in its folder.
pub(super) fn read_site(root: &Path) -> Result<Side, Fault> {
    Ok(of_sources(load(root, &Limits::STANDARD)?.sources))
}

fn of_sources(sources: Sources) -> Side {
    let lists = review::lists(&sources);
    let is_list = |path: &SourcePath| path.is_below(FACILITIES_FOLDER) && path.extension() == "csv";
    let refused = sources.iter().filter(|(path, source)| matches!(source, Source::Refused(_)) && is_list(path));
    let unreadable = refused.map(|(path, _)| path.to_string()).collect();
    Side { sources, lists, unreadable, is_file: false }
}

fn read_file(place: &Path) -> Result<Side, Fault> {
    let (path, text) = (file::name(place)?, file::read_text(place)?);
    let mut side = one(path, text);
    side.is_file = true;
    Ok(side)
}

fn one(path: SourcePath, text: Text) -> Side {
    let mut sources = Sources::new();
    sources.insert(path.clone(), Source::Text(text.clone()));
    Side { sources, lists: Lists::from([(path, text)]), unreadable: Vec::new(), is_file: false }
}

/// A folder that is no site: its CSV files are the lists.
fn read_folder(folder: &Path) -> Result<Side, Fault> {
    let fault = |cause| Fault::io(Action::Read, folder, cause);
    let mut side = Side { sources: Sources::new(), lists: Lists::new(), unreadable: Vec::new(), is_file: false };
    for entry in folder.read_dir().map_err(fault)? {
        let place = entry.map_err(fault)?.path();
        let is_list = place.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        if is_list {
            let (path, text) = (file::name(&place)?, file::read_text(&place)?);
            side.sources.insert(path.clone(), Source::Text(text.clone()));
            side.lists.insert(path, text);
        }
    }
    Ok(side)
}

impl Side {
    /// Two single lists are the same list at two times, whatever they are called.
    pub(super) fn called_as(&mut self, other: &Self) {
        if self.is_file
            && other.is_file
            && let (Some((_, text)), Some(path)) = (self.lists.pop_first(), other.lists.keys().next())
        {
            *self = Self { is_file: true, ..one(path.clone(), text) };
        }
    }
}
