//! Reads the site's folder.
//!
//! In: the root folder and the `Limits`. Out: `Sources` for the core, the `Folder` that finds a file's bytes
//! again when they are published, and one fingerprint over every path and byte. It must not interpret what it
//! reads beyond text or not, picture or not; and it never leaves the root.
//!
//! Only `sumika.toml` and what lies below `content/`, `resources/` and `themes/` is read. Not read, as no part
//! of a site: names that begin with a dot (`.git`, `.DS_Store`, `.page.md.swp`, `.~lock.list.csv#`), names that
//! end with `~`, names that begin with `~$` (open workbooks) or stand between `#`, `Thumbs.db`, `desktop.ini`.
//!
//! Symbolic links, pipes and devices are refused by name, not followed. Names are mapped to NFC, because macOS
//! may hand out NFD; two names that become one, or differ only by case, are refused. The result is the same
//! for any number of threads and any order in which the system lists a folder.

#![expect(clippy::disallowed_methods, reason = "edge: reads the site's folder")]

mod beside;
mod mark;
mod name;
mod picture;
mod revision;
mod walk;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rustix::fs::{CWD, Mode, OFlags};

use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::source::{Blob, ContentHash, Limits, Refusal, Source, SourcePath, Sources, Text, decode};
pub use mark::mark;
use walk::{Entry, Found};

pub use beside::beside;
pub use revision::revision;

/// A site as it lies in its folder.
#[derive(Debug)]
pub struct Loaded {
    /// Every file, for the core.
    pub sources: Sources,
    /// Where the bytes are.
    pub folder: Folder,
    /// One hash over all paths and bytes: equal when nothing changed.
    pub fingerprint: ContentHash,
    /// Bytes read.
    pub bytes: u64,
}

/// Finds the bytes of a source again.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files whose name on the disk is not in NFC.
    renamed: BTreeMap<SourcePath, PathBuf>,
}

impl Folder {
    /// The root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a source lies on the disk.
    #[must_use]
    pub fn locate(&self, path: &SourcePath) -> PathBuf {
        self.renamed.get(path).cloned().unwrap_or_else(|| self.root.join(path.as_str()))
    }

    /// The bytes of a source, if they are still those that were loaded.
    ///
    /// # Errors
    /// The file can't be read, or changed since.
    pub fn read(&self, path: &SourcePath, hash: ContentHash) -> Result<Vec<u8>, Fault> {
        let place = self.locate(path);
        let (mut file, length) = open_plain(&place).map_err(|cause| Fault::io(Action::Read, &place, cause))?;
        let bytes = read_whole(&mut file, length).map_err(|cause| Fault::io(Action::Read, &place, cause))?;
        if ContentHash::of(&bytes) == hash { Ok(bytes) } else { Err(Fault::path(Code::SourceChanged, &place)) }
    }
}

/// Makes sure that a folder is a site, before anything is made in or beside it.
///
/// # Errors
/// It has no `sumika.toml`, or is not there at all.
pub fn expect_site(root: &Path) -> Result<(), Fault> {
    root.read_dir().map_err(|cause| Fault::io(Action::Read, root, cause))?;
    let configuration = root.join("sumika.toml");
    if std::fs::symlink_metadata(&configuration).is_err_and(|cause| cause.kind() == io::ErrorKind::NotFound) {
        return Err(Fault::from(Diagnostic::new(Code::NoConfiguration)));
    }
    Ok(())
}

/// Reads the whole site.
///
/// # Errors
/// The root is no site, a folder or file can't be read, or there are more files than the limit.
pub fn load(root: &Path, limits: &Limits) -> Result<Loaded, Fault> {
    expect_site(root)?;
    let entries = walk::walk(root, limits)?;
    let read: Vec<Result<Item, Fault>> = entries.into_par_iter().map(|entry| read_entry(entry, limits)).collect();
    assemble(root, read)
}

struct Item {
    path: SourcePath,
    /// The place on the disk, where it is not the path.
    renamed: Option<PathBuf>,
    source: Source,
    hash: ContentHash,
    bytes: u64,
}

fn assemble(root: &Path, read: Vec<Result<Item, Fault>>) -> Result<Loaded, Fault> {
    let mut sources = Sources::new();
    let mut renamed = BTreeMap::new();
    let mut fingerprint = blake3::Hasher::new();
    let mut bytes = 0;
    for item in read {
        let item = item?;
        let name = item.path.as_str();
        fingerprint.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(&item.hash.0);
        bytes += item.bytes;
        if let Some(place) = item.renamed {
            renamed.insert(item.path.clone(), place);
        }
        sources.insert(item.path, item.source);
    }
    let folder = Folder { root: root.to_owned(), renamed };
    Ok(Loaded { sources, folder, fingerprint: ContentHash(*fingerprint.finalize().as_bytes()), bytes })
}

fn read_entry(entry: Entry, limits: &Limits) -> Result<Item, Fault> {
    let Entry { place, path, found, renamed } = entry;
    let (source, hash, bytes) = match found {
        Found::Refused(refusal) => refused(refusal),
        Found::File => read_file(&place, &path, limits).map_err(|cause| Fault::io(Action::Read, &place, cause))?,
    };
    Ok(Item { path, renamed: renamed.then_some(place), source, hash, bytes })
}

/// A refusal counts in the fingerprint, so that its going away is noticed.
fn refused(refusal: Refusal) -> (Source, ContentHash, u64) {
    let hash = ContentHash::of(format!("{refusal:?}").as_bytes());
    (Source::Refused(refusal), hash, 0)
}

fn read_file(place: &Path, path: &SourcePath, limits: &Limits) -> io::Result<(Source, ContentHash, u64)> {
    let (mut file, length) = match open_plain(place) {
        Err(cause) if not_a_file(&cause) => return Ok(refused(Refusal::NotAFile)),
        other => other?,
    };
    let kind = Kind::of(path);
    let limit = kind.limit(limits);
    if length > limit {
        return Ok(refused(Refusal::TooLarge { bytes: length, limit }));
    }
    if kind == Kind::Attachment {
        return stream(&mut file, length);
    }
    let bytes = read_whole(&mut file, length)?;
    let (hash, length) = (ContentHash::of(&bytes), bytes.len() as u64);
    let source = match kind {
        Kind::BaseMap => Source::Bytes(bytes.into()),
        Kind::Picture => picture(&bytes, hash, limits),
        Kind::Text | Kind::List | Kind::Attachment => match decode(&bytes) {
            Ok((text, encoding)) => Source::Text(Text { text: text.into(), encoding }),
            Err(problem) => Source::Refused(Refusal::Undecodable(problem)),
        },
    };
    Ok((source, hash, length))
}

fn picture(bytes: &[u8], hash: ContentHash, limits: &Limits) -> Source {
    match picture::size(bytes, limits) {
        Ok(size) => Source::Blob(Blob { hash, bytes: bytes.len() as u64, picture: Some(size) }),
        Err(problem) => Source::Refused(Refusal::Picture(problem)),
    }
}

/// Hashes a file of any size without holding it.
fn stream(file: &mut File, length: u64) -> io::Result<(Source, ContentHash, u64)> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file.take(length))?;
    let hash = ContentHash(*hasher.finalize().as_bytes());
    Ok((Source::Blob(Blob { hash, bytes: length, picture: None }), hash, length))
}

/// Opens a plain file without following a link and without waiting on a pipe.
fn open_plain(place: &Path) -> io::Result<(File, u64)> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::openat(CWD, place, flags, Mode::empty())?);
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata.len())) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// What the system says of a link that may not be followed, or of a socket.
fn not_a_file(cause: &io::Error) -> bool {
    use rustix::io::Errno;
    cause.kind() == io::ErrorKind::InvalidInput
        || [Errno::LOOP, Errno::NXIO].iter().any(|errno| cause.raw_os_error() == Some(errno.raw_os_error()))
}

/// At most `length` bytes, even if the file grows meanwhile: the limit was checked against it. No read is spent on
/// seeing the end: of ten thousand small files, that is a fifth of all calls.
fn read_whole(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// What a file is taken for, by its extension and folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Text,
    List,
    Picture,
    BaseMap,
    Attachment,
}

impl Kind {
    fn of(path: &SourcePath) -> Self {
        match path.extension().as_str() {
            "pmtiles" if path.is_below("resources/map") => Self::BaseMap,
            // What the last imports brought, as large as the lists: no page is made of it.
            "csv" if path.is_below("resources/imports") => Self::Attachment,
            "md" | "toml" | "html" | "css" | "js" | "txt" | "yml" | "yaml" | "webmanifest" => Self::Text,
            "csv" | "geojson" | "json" | "svg" | "xml" => Self::List,
            // Those that can't be read are refused: as they are, they would tell where they were taken.
            "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "heic" | "heif"
            | "avif" => Self::Picture,
            _ => Self::Attachment,
        }
    }

    fn limit(self, limits: &Limits) -> u64 {
        match self {
            Self::Text => limits.text_bytes,
            Self::List => limits.list_bytes,
            Self::Picture => limits.picture_bytes,
            Self::BaseMap => limits.base_map_bytes,
            Self::Attachment => limits.attachment_bytes,
        }
    }
}
