//! The words for places in the input: paths, files, spans.
//!
//! In: nothing but values handed over by the edge. Out: `Sources` (every path with its text or its
//! fingerprint), `Span`s that point into them and the line index that turns a span into line and column.
//! Nothing here touches a disk.

mod decode;
mod limits;
mod line_index;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

pub use decode::{Encoding, Undecodable, decode};
pub use limits::Limits;
pub use line_index::{LineColumn, LineIndex, Lines};

/// A path below the site's root: `/`-separated, NFC, without `.`, `..` or empty parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// A path from text that is already in normal form; `None` where it is not.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let well_formed = !path.is_empty()
            && !path.contains(['\\', '\0'])
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        well_formed.then(|| Self(Arc::from(path)))
    }

    /// The whole path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, with its extension.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its last extension.
    #[must_use]
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The last extension in lower case, or the empty string.
    #[must_use]
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
    }

    /// True for a file in the folder or in one below it.
    #[must_use]
    pub fn is_below(&self, folder: &str) -> bool {
        self.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The folder that holds the file, without a trailing slash; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path that `relative` names when written in this file; `None` if it leaves the root.
    #[must_use]
    pub fn resolve(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Self::new(&parts.join("/"))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// True for a name that Windows keeps for a device, whatever its extension: a folder `con` could not be checked out.
#[must_use]
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_numbered = |kind: &str| {
        stem.strip_prefix(kind)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']) || rest == "¹" || rest == "²" || rest == "³")
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

/// A byte range in the decoded text of one file. `start <= end`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub path: SourcePath,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `path`.
    #[must_use]
    pub fn new(path: &SourcePath, range: std::ops::Range<usize>) -> Self {
        Self { path: path.clone(), start: offset(range.start), end: offset(range.end.max(range.start)) }
    }

    /// The beginning of a file: for what concerns the file as a whole.
    #[must_use]
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), start: 0, end: 0 }
    }

    /// The range as `usize`, to slice text with `str::get`.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where many spans begin, by file.
#[derive(Clone, Default, Debug)]
pub struct Places(BTreeMap<SourcePath, BTreeSet<u32>>);

impl Places {
    /// The first bytes of these spans.
    pub fn new<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Self {
        let mut places = Self::default();
        for span in spans {
            match places.0.get_mut(&span.path) {
                Some(starts) => {
                    starts.insert(span.start);
                }
                None => {
                    places.0.insert(span.path.clone(), BTreeSet::from([span.start]));
                }
            }
        }
        places
    }

    /// True when one begins inside `extent`. The beginning of a file belongs to whatever stands there.
    #[must_use]
    pub fn any_in(&self, extent: &Span) -> bool {
        self.0.get(&extent.path).is_some_and(|starts| starts.range(inside(extent)).next().is_some())
    }

    /// Leaves those that begin outside `extent`.
    pub fn remove_in(&mut self, extent: &Span) {
        let Some(starts) = self.0.get_mut(&extent.path) else { return };
        while let Some(start) = starts.range(inside(extent)).next().copied() {
            starts.remove(&start);
        }
        if starts.is_empty() {
            self.0.remove(&extent.path);
        }
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn inside(extent: &Span) -> std::ops::Range<u32> {
    extent.start..extent.end.max(1).max(extent.start)
}

/// Files are limited far below 4 GiB (see `Limits`), so an offset always fits.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// A value together with the place where its author wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A file whose text is read: Markdown, TOML, CSV, GeoJSON, templates, style sheets.
#[derive(Clone, Debug)]
pub struct Text {
    /// The decoded text, without byte order mark.
    pub text: Arc<str>,
    /// How the bytes were encoded.
    pub encoding: Encoding,
}

/// A file whose bytes stay on the disk: pictures and other attachments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blob {
    /// Hash of the bytes; the edge finds the bytes again by path.
    pub hash: ContentHash,
    /// Length in bytes.
    pub bytes: u64,
    /// Width and height as displayed (orientation applied), for files that are pictures by their bytes.
    pub picture: Option<PictureSize>,
}

/// BLAKE3 of some content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// All sixty-four hexadecimal digits.
    #[must_use]
    pub fn full(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The first sixteen hexadecimal digits: enough for names.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.short())
    }
}

/// A picture's size in pixels, as displayed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PictureSize {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
}

impl PictureSize {
    /// The same picture at another width.
    #[must_use]
    pub fn scaled_to(self, width_px: u32) -> Self {
        let (width, height) = (u64::from(self.width_px.max(1)), u64::from(self.height_px));
        let scaled = (height * u64::from(width_px) + width / 2) / width;
        Self { width_px, height_px: u32::try_from(scaled.max(1)).unwrap_or(u32::MAX) }
    }
}

/// Why the edge could not hand a file over. `open` turns each into a diagnostic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// A symbolic link, pipe, socket or device.
    NotAFile,
    /// Larger than the limit.
    TooLarge {
        /// The file's length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The bytes are in no encoding that we read.
    Undecodable(Undecodable),
    /// A name that differs from another only by case or by Unicode normal form.
    Twin(SourcePath),
    /// A picture that cannot be read, or claims more pixels than the limit.
    Picture(String),
    /// A name that is not UTF-8 or holds control characters.
    Name,
}

/// One file of the site as the edge saw it.
#[derive(Clone, Debug)]
pub enum Source {
    /// Its text.
    Text(Text),
    /// Its fingerprint.
    Blob(Blob),
    /// Its bytes, for a file that is read as it is: a base map.
    Bytes(Arc<[u8]>),
    /// It cannot be used.
    Refused(Refusal),
}

/// Every file of a site, by path. The input of `pipeline::open`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<SourcePath, Source>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SourcePath, source: Source) {
        self.files.insert(path, source);
    }

    /// Adds a text file from its bytes, decoding them.
    pub fn insert_text(&mut self, path: SourcePath, bytes: &[u8]) {
        let source = match decode(bytes) {
            Ok((text, encoding)) => Source::Text(Text { text: Arc::from(text), encoding }),
            Err(problem) => Source::Refused(Refusal::Undecodable(problem)),
        };
        self.insert(path, source);
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Source)> {
        self.files.iter()
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path)
    }

    /// The text of `path`, if it is a text file.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<&Text> {
        match self.files.get(path) {
            Some(Source::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of the file named by a literal path.
    #[must_use]
    pub fn text_at(&self, path: &str) -> Option<(SourcePath, &Text)> {
        let path = SourcePath::new(path)?;
        self.text(&path).map(|text| (path.clone(), text))
    }

    /// The texts below a folder (given without trailing slash) that have the extension.
    pub fn texts_in<'a>(
        &'a self,
        folder: &str,
        extension: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Text)> {
        self.files.iter().filter_map(move |(path, source)| match source {
            Source::Text(text) if path.is_below(folder) && path.extension() == extension => Some((path, text)),
            _ => None,
        })
    }

    /// The bytes below a folder (given without trailing slash) whose files have the extension.
    pub fn bytes_in<'a>(
        &'a self,
        folder: &str,
        extension: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a [u8])> {
        self.files.iter().filter_map(move |(path, source)| match source {
            Source::Bytes(bytes) if path.is_below(folder) && path.extension() == extension => Some((path, &**bytes)),
            _ => None,
        })
    }
}
