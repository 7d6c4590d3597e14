//! Takes artifacts as they are made and prepares the new release beside the published one.
//!
//! In: artifacts in any order; the bytes of copies and pictures from a `Derive`. Out: the switched-over folder,
//! or the old one untouched: a stage that is dropped removes what it wrote. At most one batch of artifacts is in
//! memory at a time.
//!
//! A file whose bytes are those of the published one is not written: at the end it is linked into the new
//! release, so that it keeps its bytes and its times. When every file is such a file, nothing is touched.

#![expect(clippy::disallowed_methods, reason = "edge: writes the new release")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};

use super::output::remove;
use super::swap::{self, Aftermath};
use super::{Changeset, Lock, Manifest, Output, Sum};
use crate::artifact::{Artifact, Body, ImageJob, OutputPath, Sink};
use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::source::{ContentHash, SourcePath, Span};

/// Artifacts and bytes that are gathered before they are written in parallel.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// Makes bytes from what the core only describes. Gives the same bytes for the same job, from a cache or not.
pub trait Derive: Sync {
    /// Where the bytes of a source lie.
    fn locate(&self, source: &SourcePath) -> PathBuf;

    /// The encoded picture.
    ///
    /// # Errors
    /// The source can't be read, or changed since it was loaded.
    fn image(&self, job: &ImageJob) -> Result<Vec<u8>, Fault>;
}

/// A release being made.
pub struct Stage<'a> {
    output: &'a Output,
    derive: &'a dyn Derive,
    published: Manifest,
    next: Manifest,
    origins: BTreeMap<OutputPath, Vec<SourcePath>>,
    kept: Vec<OutputPath>,
    batch: Vec<Artifact>,
    batch_bytes: usize,
    made: BTreeSet<String>,
    fault: Option<Fault>,
    bytes_written: u64,
}

/// What publishing came to.
#[derive(Debug)]
pub struct Outcome {
    /// The published folder's manifest.
    pub manifest: Manifest,
    /// What differs from before.
    pub changes: Changeset,
    /// Files written; unchanged ones are not among them.
    pub written: usize,
    /// Bytes written.
    pub bytes_written: u64,
    /// The old release could not be removed; the new one is published all the same.
    pub leftover: Option<Fault>,
    /// The switch could not be brought safely to disk; readers see the new release all the same.
    pub unsynced: Option<Fault>,
}

impl<'a> Stage<'a> {
    /// Begins a release. `published` is the manifest of the folder as it is.
    ///
    /// # Errors
    /// The published folder holds files that are not ours.
    pub fn begin(
        output: &'a Output,
        _lock: &'a Lock,
        published: Manifest,
        derive: &'a dyn Derive,
    ) -> Result<Self, Fault> {
        output.refuse_strays(&published)?;
        Ok(Self {
            output,
            derive,
            published,
            next: Manifest::default(),
            origins: BTreeMap::new(),
            kept: Vec::new(),
            batch: Vec::new(),
            batch_bytes: 0,
            made: BTreeSet::new(),
            fault: None,
            bytes_written: 0,
        })
    }

    /// Writes what is still gathered: after it, every picture was asked for.
    pub fn settle(&mut self) {
        self.write_batch();
    }

    /// Completes the release and switches over, or leaves everything as it is when nothing changed.
    ///
    /// # Errors
    /// The first fault on the way; the published folder is then as it was, unless the fault says otherwise.
    pub fn finish(mut self) -> Result<Outcome, Fault> {
        self.write_batch();
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let changes = Changeset::between(&self.published, &self.next);
        let written = self.next.len() - self.kept.len();
        let Aftermath { unsynced, leftover } = if written == 0 && changes.is_empty() && self.output.folder().is_dir() {
            Aftermath::default()
        } else {
            self.link_kept()?;
            let staging = self.prepare()?;
            write_file(&staging.join(Manifest::NAME), self.next.render().as_bytes())?;
            swap::switch(self.output)?
        };
        let manifest = std::mem::take(&mut self.next);
        Ok(Outcome { manifest, changes, written, bytes_written: self.bytes_written, leftover, unsynced })
    }

    /// The staging folder, made at its first use.
    fn prepare(&mut self) -> Result<PathBuf, Fault> {
        let staging = self.output.staging();
        if self.made.insert(String::new()) {
            std::fs::create_dir(&staging).map_err(|cause| Fault::io(Action::Create, &staging, cause))?;
        }
        Ok(staging)
    }

    fn make_folders<'p>(&mut self, paths: impl Iterator<Item = &'p OutputPath>) -> Result<PathBuf, Fault> {
        let staging = self.prepare()?;
        for path in paths {
            let path = path.as_str();
            let Some((whole, _)) = path.rsplit_once('/') else { continue };
            if self.made.contains(whole) {
                continue;
            }
            let ends = whole.match_indices('/').map(|(at, _)| at).chain([whole.len()]);
            for folder in ends.filter_map(|end| whole.get(..end)) {
                if self.made.insert(folder.to_owned()) {
                    let place = staging.join(folder);
                    std::fs::create_dir(&place).map_err(|cause| Fault::io(Action::Create, &place, cause))?;
                }
            }
        }
        Ok(staging)
    }

    fn link_kept(&mut self) -> Result<(), Fault> {
        let kept = std::mem::take(&mut self.kept);
        let staging = self.make_folders(kept.iter())?;
        let old = self.output.folder();
        kept.par_iter().try_for_each(|path| link(&old.join(path.as_str()), &staging.join(path.as_str())))
    }

    fn write_batch(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if self.fault.is_none()
            && let Err(fault) = self.try_write_batch(batch)
        {
            self.fault = Some(fault);
        }
    }

    fn try_write_batch(&mut self, batch: Vec<Artifact>) -> Result<(), Fault> {
        let taken: Vec<Result<Taken, Fault>> = batch.into_par_iter().map(|artifact| self.take(artifact)).collect();
        let mut fresh = Vec::new();
        for taken in taken {
            let Taken { path, origins, sum, content } = taken?;
            if path.as_str() == Manifest::NAME || self.next.insert(path.clone(), sum).is_some() {
                return Err(duplicate(&path, self.origins.get(&path), &origins));
            }
            self.origins.insert(path.clone(), origins);
            match content {
                Content::Same => self.kept.push(path),
                content => fresh.push((path, sum, content)),
            }
        }
        if fresh.is_empty() {
            return Ok(());
        }
        let staging = self.make_folders(fresh.iter().map(|(path, _, _)| path))?;
        let written: Vec<Result<u64, Fault>> = fresh
            .par_iter()
            .map(|(path, sum, content)| write_content(&staging.join(path.as_str()), *sum, content))
            .collect();
        for bytes in written {
            self.bytes_written += bytes?;
        }
        Ok(())
    }

    /// Finds an artifact's bytes and sum, and whether the published file is the same.
    fn take(&self, artifact: Artifact) -> Result<Taken, Fault> {
        let Artifact { path, body, origins } = artifact;
        let old = self.output.folder().join(path.as_str());
        let before = self.published.get(&path);
        let (sum, content) = match body {
            Body::Bytes(bytes) => taken_bytes(bytes, before, &old),
            Body::Image(job) => taken_bytes(self.derive.image(&job)?, before, &old),
            Body::Copy { source, blob } => {
                let place = self.derive.locate(&source);
                let sum = sum_of_source(&place, blob.hash)?;
                let same = before == Some(sum) && sum_file(&old).is_ok_and(|(old, _)| old == sum);
                (sum, if same { Content::Same } else { Content::File(place) })
            }
        };
        Ok(Taken { path, origins, sum, content })
    }
}

impl Sink for Stage<'_> {
    fn put(&mut self, artifact: Artifact) {
        if let Body::Bytes(bytes) = &artifact.body {
            self.batch_bytes += bytes.len();
        }
        self.batch.push(artifact);
        if self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES {
            self.write_batch();
        }
    }
}

impl Drop for Stage<'_> {
    /// After a switch there is nothing left to remove. What can't be removed now goes at the next start.
    fn drop(&mut self) {
        if !self.made.is_empty() {
            let _ = remove(&self.output.staging());
        }
    }
}

/// An artifact on its way to the disk.
struct Taken {
    path: OutputPath,
    origins: Vec<SourcePath>,
    sum: Sum,
    content: Content,
}

enum Content {
    /// The published file has these bytes.
    Same,
    Bytes(Vec<u8>),
    /// The bytes of this file.
    File(PathBuf),
}

fn taken_bytes(bytes: Vec<u8>, before: Option<Sum>, old: &Path) -> (Sum, Content) {
    let sum = Sum::of(&bytes);
    let same = before == Some(sum) && has_bytes(old, &bytes).unwrap_or(false);
    (sum, if same { Content::Same } else { Content::Bytes(bytes) })
}

/// True when the file is a plain file with just these bytes.
fn has_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let metadata = std::fs::symlink_metadata(path)?;
    if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    Ok(std::fs::read(path)? == bytes)
}

/// The sum of a file, and its content hash.
pub(super) fn sum_file(path: &Path) -> io::Result<(Sum, ContentHash)> {
    if !std::fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut source = File::open(path)?;
    copy_hashed(&mut source, &mut io::sink()).map(|(sum, hash, _)| (sum, hash))
}

fn sum_of_source(place: &Path, hash: ContentHash) -> Result<Sum, Fault> {
    let (sum, now) = sum_file(place).map_err(|cause| Fault::io(Action::Read, place, cause))?;
    if now == hash { Ok(sum) } else { Err(Fault::path(Code::SourceChanged, place)) }
}

fn copy_hashed(from: &mut impl Read, to: &mut impl Write) -> io::Result<(Sum, ContentHash, u64)> {
    let (mut sha, mut content, mut length) = (Sha256::new(), blake3::Hasher::new(), 0);
    let mut buffer = vec![0; 1 << 17];
    loop {
        let read = match from.read(&mut buffer) {
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        sha.update(part);
        content.update(part);
        to.write_all(part)?;
        length += read as u64;
    }
    Ok((Sum(sha.finalize().into()), ContentHash(*content.finalize().as_bytes()), length))
}

fn write_content(place: &Path, sum: Sum, content: &Content) -> Result<u64, Fault> {
    match content {
        Content::Same => Ok(0),
        Content::Bytes(bytes) => write_file(place, bytes).map(|()| bytes.len() as u64),
        Content::File(source) => {
            let mut from = File::open(source).map_err(|cause| Fault::io(Action::Read, source, cause))?;
            let mut to = File::create(place).map_err(|cause| Fault::io(Action::Write, place, cause))?;
            let (copied, _, length) =
                copy_hashed(&mut from, &mut to).map_err(|cause| Fault::io(Action::Write, place, cause))?;
            if copied == sum { Ok(length) } else { Err(Fault::path(Code::SourceChanged, source)) }
        }
    }
}

fn write_file(place: &Path, bytes: &[u8]) -> Result<(), Fault> {
    std::fs::write(place, bytes).map_err(|cause| Fault::io(Action::Write, place, cause))
}

/// Gives an unchanged file its place in the new release: by a link, or where there are none by a copy.
fn link(old: &Path, new: &Path) -> Result<(), Fault> {
    if std::fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    let copied = std::fs::copy(old, new)
        .and_then(|_| std::fs::symlink_metadata(old)?.modified())
        .and_then(|modified| File::options().write(true).open(new)?.set_modified(modified));
    copied.map_err(|cause| Fault::io(Action::Link, new, cause))
}

fn duplicate(path: &OutputPath, first: Option<&Vec<SourcePath>>, second: &[SourcePath]) -> Fault {
    let mut diagnostic = Diagnostic::new(Code::OutputTwice).arg("path", path);
    if let Some(origin) = second.first() {
        diagnostic = diagnostic.at(&Span::file(origin));
    }
    if let Some(origin) = first.and_then(|first| first.first()) {
        diagnostic = diagnostic.label(&Span::file(origin), "other");
    }
    Fault::from(diagnostic)
}
