//! Makes the pictures that the core only describes.
//!
//! In: a job (source, width, format) and a way to read the source's bytes. Out: the encoded picture: orientation
//! applied, at its width, with nothing of the original but its pixels: no place, no camera, no date. The same job
//! gives the same bytes, from the cache or not. For a picture that cannot be decoded a grey dot stands in, and it is
//! listed: whether the rest may be published without it is not decided here.
//!
//! Jobs of one source that come close together share one decoding: the last few decoded pictures are kept, as many
//! as there are threads that may be at work.

mod decode;
mod encode;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::artifact::ImageJob;
use crate::cache::{Cache, Key};
use crate::diag::{Code, Diagnostic, Report};
use crate::fault::Fault;
use crate::source::{ContentHash, Limits, SourcePath, Span};
use decode::Decoded;

/// Changes whenever the same job would give other bytes: cached pictures of before are then made anew.
const RECIPE: &str = "1: image 0.25, fast_image_resize 6.1, libwebp q78, jpeg-encoder 0.7 q80, png 0.18";

/// Reads a source's bytes, as they were when the site was loaded.
pub type Read<'a> = dyn Fn(&SourcePath, ContentHash) -> Result<Vec<u8>, Fault> + Sync + 'a;

/// Makes pictures.
pub struct Pictures<'a> {
    read: &'a Read<'a>,
    cache: Option<Cache>,
    limits: Limits,
    recent: Mutex<VecDeque<Recent>>,
    used: Mutex<BTreeSet<Key>>,
    broken: Mutex<BTreeMap<SourcePath, String>>,
}

/// A picture that was decoded a moment ago, or is being decoded by another thread.
struct Recent {
    hash: ContentHash,
    decoded: Slot,
}

type Slot = Arc<OnceLock<Result<Decoded, String>>>;

impl<'a> Pictures<'a> {
    /// Makes pictures from what `read` gives; without a cache, each time anew.
    #[must_use]
    pub fn new(read: &'a Read<'a>, cache: Option<Cache>, limits: &Limits) -> Self {
        Self {
            read,
            cache,
            limits: *limits,
            recent: Mutex::default(),
            used: Mutex::default(),
            broken: Mutex::default(),
        }
    }

    /// The encoded picture, or a grey dot for one that can't be decoded.
    ///
    /// # Errors
    /// The source can't be read or changed since it was loaded.
    pub fn image(&self, job: &ImageJob) -> Result<Vec<u8>, Fault> {
        let key = Self::key(job);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        if let Some(bytes) = self.cache.as_ref().and_then(|cache| cache.get(&key)) {
            return Ok(bytes);
        }
        let slot = self.slot(job.hash);
        if slot.get().is_none() {
            let bytes = (self.read)(&job.source, job.hash)?;
            slot.get_or_init(|| decode::decode(&bytes, &self.limits));
        }
        let made = match slot.get() {
            Some(Ok(decoded)) => {
                decoded.at_width(job.width_px).and_then(|picture| encode::encode(&picture, job.format))
            }
            Some(Err(cause)) => Err(cause.clone()),
            None => Err(String::new()),
        };
        match made {
            Ok(bytes) => {
                if let Some(cache) = &self.cache {
                    cache.put(&key, &bytes);
                }
                Ok(bytes)
            }
            Err(cause) => {
                self.broken.lock().unwrap_or_else(PoisonError::into_inner).insert(job.source.clone(), cause);
                Ok(encode::stand_in(job.format))
            }
        }
    }

    /// Under which name a picture is kept.
    #[must_use]
    pub fn key(job: &ImageJob) -> Key {
        Key::of(&[RECIPE.as_bytes(), &job.hash.0, &job.width_px.to_le_bytes(), job.format.extension().as_bytes()])
    }

    /// What is wrong with the pictures that were asked for.
    pub fn report(&self) -> Report {
        let mut report = Report::new();
        for (path, cause) in self.broken.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let unreadable = Diagnostic::new(Code::PictureUnreadable).at(&Span::file(path));
            report.push(unreadable.arg("path", path).arg("cause", cause));
        }
        report
    }

    /// Drops from the cache what was not asked for since `new`: a picture of a withdrawn story must not stay there.
    pub fn forget_unused(&self) {
        if let Some(cache) = &self.cache {
            cache.keep_only(&self.used.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn slot(&self, hash: ContentHash) -> Slot {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = recent.iter().find(|recent| recent.hash == hash) {
            return found.decoded.clone();
        }
        while recent.len() >= rayon::current_num_threads().max(1) {
            recent.pop_front();
        }
        let decoded = Slot::default();
        recent.push_back(Recent { hash, decoded: decoded.clone() });
        decoded
    }
}
