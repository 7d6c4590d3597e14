//! Files that lie beside `sumika.toml` and look as if they were meant for the site.

use std::path::Path;

use super::name;
use crate::fault::{Action, Fault};
use crate::source::SourcePath;

/// The names of plain files in the root folder, sorted; `sumika.toml` itself, hidden files and folders are left out.
///
/// # Errors
/// The folder can't be listed.
pub fn beside(root: &Path) -> Result<Vec<SourcePath>, Fault> {
    let fault = |cause| Fault::io(Action::Read, root, cause);
    let mut found = Vec::new();
    for entry in root.read_dir().map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name::is_usable(name) && !name::is_ignored(name)) else {
            continue;
        };
        if name != "sumika.toml" && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            found.extend(SourcePath::new(name));
        }
    }
    found.sort();
    Ok(found)
}
