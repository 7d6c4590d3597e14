//! Single files that a command is given: read whole within limits, written whole or not at all.

use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::source::{Limits, SourcePath, Text, Undecodable, decode};

/// The bytes of a file, if it is not larger than a list may be.
#[expect(clippy::disallowed_methods, reason = "edge: reads a file that was named")]
pub(super) fn read_bytes(file: &Path) -> Result<Vec<u8>, Fault> {
    let length = std::fs::metadata(file).map_err(|cause| Fault::io(Action::Read, file, cause))?.len();
    if length > Limits::STANDARD.list_bytes {
        let limit = Limits::STANDARD.list_bytes;
        let large = Diagnostic::new(Code::FileTooLarge).arg("path", file.display());
        return Err(large.arg("bytes", length).arg("limit", limit).into());
    }
    std::fs::read(file).map_err(|cause| Fault::io(Action::Read, file, cause))
}

/// The text of a file.
pub(super) fn read_text(file: &Path) -> Result<Text, Fault> {
    let bytes = read_bytes(file)?;
    let (text, encoding) = decode(&bytes).map_err(|problem| Fault::from(undecodable(&problem, file)))?;
    Ok(Text { text: std::sync::Arc::from(text), encoding })
}

/// The name of a file, as messages show it.
pub(super) fn name(file: &Path) -> Result<SourcePath, Fault> {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    SourcePath::new(&name).ok_or_else(|| Fault::path(Code::FileNameUnusable, file))
}

fn undecodable(problem: &Undecodable, file: &Path) -> Diagnostic {
    let diagnostic = match problem {
        Undecodable::Utf16 => Diagnostic::new(Code::EncodingUtf16),
        Undecodable::Iso2022Jp => Diagnostic::new(Code::EncodingIso2022Jp),
        Undecodable::EucJp => Diagnostic::new(Code::EncodingEucJp),
        Undecodable::Binary => Diagnostic::new(Code::EncodingBinary),
        Undecodable::Mixed { at } => Diagnostic::new(Code::EncodingMixed).arg("at", at),
    };
    diagnostic.arg("path", file.display())
}

/// Writes beside the file and puts it in its place, so that a full disk leaves the old one.
#[expect(clippy::disallowed_methods, reason = "edge: writes a file that was named")]
pub(super) fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|cause| Fault::io(Action::Create, folder, cause))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let beside = folder.join(format!(".{name}.sumika-new"));
    std::fs::write(&beside, bytes).map_err(|cause| Fault::io(Action::Write, &beside, cause))?;
    std::fs::rename(&beside, file).map_err(|cause| Fault::io(Action::Write, file, cause))
}

/// Whether there is such a file.
#[expect(clippy::disallowed_methods, reason = "edge: looks for a file")]
pub(super) fn exists(path: &Path) -> bool {
    path.is_file()
}

/// The nearest folder above a file (or the folder itself) that is a site.
pub(super) fn site_around(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    path.ancestors().find(|folder| exists(&folder.join("sumika.toml"))).map(Path::to_owned)
}
