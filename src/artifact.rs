//! What a build puts out, described before anything is written.
//!
//! Light things are bytes; heavy work (copying attachments, re-encoding pictures) is described here and done
//! at the edge.

use std::fmt;
use std::sync::Arc;

use crate::source::{Blob, ContentHash, SourcePath, is_device_name};

/// A path below the output folder: `/`-separated, NFC, no empty, `.` or `..` parts, no leading slash.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The path, or `None` if a part is empty, leaves the folder, or cannot be a file name on common systems.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        path.split('/').all(is_portable_name).then(|| Self(Arc::from(path)))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// No part may be reserved, hold a reserved character, or end in a dot or space (Windows drops them).
fn is_portable_name(name: &str) -> bool {
    !(name.is_empty()
        || name.len() > 200
        || name == "."
        || name == ".."
        || name.ends_with(['.', ' '])
        || name.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        || is_device_name(name))
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// One file of the output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Artifact {
    /// Where it goes.
    pub path: OutputPath,
    /// What it holds.
    pub body: Body,
    /// The files it was made from, for messages about it; may be empty.
    pub origins: Vec<SourcePath>,
}

/// The content of an artifact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// The bytes themselves.
    Bytes(Vec<u8>),
    /// The bytes of a source file that is not a picture.
    Copy {
        /// The file.
        source: SourcePath,
        /// Its fingerprint.
        blob: Blob,
    },
    /// A picture made from a source picture.
    Image(ImageJob),
}

/// A picture to be made: decoded, oriented, resized, encoded anew, all metadata gone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ImageJob {
    /// The file to decode.
    pub source: SourcePath,
    /// Hash of its bytes: part of the cache's key.
    pub hash: ContentHash,
    /// Width of the result; the height follows from the picture's proportions.
    pub width_px: u32,
    /// How to encode it.
    pub format: ImageFormat,
}

/// Encodings of published pictures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ImageFormat {
    /// Lossy WebP, for every current browser.
    WebP,
    /// Progressive JPEG, the fallback for photographs.
    Jpeg,
    /// PNG, the fallback for drawings with transparency.
    Png,
}

impl ImageFormat {
    /// The file extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// Receives artifacts as they are made, in the order of the plan, so that a large site never lies in memory whole.
pub trait Sink {
    /// Takes one artifact.
    fn put(&mut self, artifact: Artifact);

    /// Hears which stage of the pipeline begins. Only who measures listens.
    fn begins(&mut self, _stage: &'static str) {}
}

impl Sink for Vec<Artifact> {
    fn put(&mut self, artifact: Artifact) {
        self.push(artifact);
    }
}
