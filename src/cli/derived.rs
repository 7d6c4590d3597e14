//! Finds the bytes of what the core only describes: files where they lie, pictures made anew.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use super::timings::timed;
use crate::artifact::ImageJob;
use crate::fault::Fault;
use crate::load::Folder;
use crate::publish::{Derive, Pictures};
use crate::source::SourcePath;

pub(super) struct Derived<'a> {
    folder: &'a Folder,
    pictures: &'a Pictures<'a>,
    spent_ns: AtomicU64,
    count: AtomicUsize,
}

impl<'a> Derived<'a> {
    pub(super) fn new(folder: &'a Folder, pictures: &'a Pictures<'a>) -> Self {
        Self { folder, pictures, spent_ns: AtomicU64::new(0), count: AtomicUsize::new(0) }
    }

    /// How long all threads together made pictures, and how many.
    pub(super) fn spent(&self) -> (Duration, usize) {
        (Duration::from_nanos(self.spent_ns.load(Ordering::Relaxed)), self.count.load(Ordering::Relaxed))
    }
}

impl Derive for Derived<'_> {
    fn locate(&self, source: &SourcePath) -> PathBuf {
        self.folder.locate(source)
    }

    fn image(&self, job: &ImageJob) -> Result<Vec<u8>, Fault> {
        let (made, spent) = timed(|| self.pictures.image(job));
        self.spent_ns.fetch_add(spent.wall_ns(), Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
        made
    }
}
