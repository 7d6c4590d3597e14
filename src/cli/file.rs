//! Single files that a command is given: read whole within limits, written whole or not at all.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::import::list::Pieces;
use crate::publish::Manifest;
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

/// Refuses a place for what is for staff only: the site's `public`, and every folder inside one that holds a manifest
/// of ours.
pub(super) fn refuse_public(root: &Path, out: &Path) -> Result<(), Fault> {
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
        Undecodable::Mixed { line, at } => Diagnostic::new(Code::EncodingMixed).arg("line", line).arg("at", at),
    };
    diagnostic.arg("path", file.display())
}

/// Writes beside the file and puts it in its place, so that a full disk leaves the old one.
pub(super) fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut new = NewFile::beside(file)?;
    new.write(bytes)?;
    new.put_in_place()
}

/// The same for two texts that are made piece by piece: none is put in its place before both are whole.
pub(super) fn write_pieces((one, other): (&Path, &Path), make: impl FnOnce(&mut Pieces<'_>)) -> Result<(), Fault> {
    let (mut one, mut other) = (NewFile::beside(one)?, NewFile::beside(other)?);
    let mut result = Ok(());
    make(&mut |piece, beside| {
        if result.is_ok() {
            result = one.write(piece.as_bytes()).and_then(|()| other.write(beside.as_bytes()));
        }
    });
    result?;
    one.put_in_place()?;
    other.put_in_place()
}

/// A file that is being written beside the one that it will replace.
struct NewFile {
    file: PathBuf,
    beside: PathBuf,
    out: File,
}

impl NewFile {
    #[expect(clippy::disallowed_methods, reason = "edge: writes a file that was named")]
    fn beside(file: &Path) -> Result<Self, Fault> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|cause| Fault::io(Action::Create, folder, cause))?;
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let beside = folder.join(format!(".{name}.sumika-new"));
        let out = File::create(&beside).map_err(|cause| Fault::io(Action::Write, &beside, cause))?;
        Ok(Self { file: file.to_owned(), beside, out })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.out.write_all(bytes).map_err(|cause| Fault::io(Action::Write, &self.beside, cause))
    }

    #[expect(clippy::disallowed_methods, reason = "edge: writes a file that was named")]
    fn put_in_place(self) -> Result<(), Fault> {
        std::fs::rename(&self.beside, &self.file).map_err(|cause| Fault::io(Action::Write, &self.file, cause))
    }
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
