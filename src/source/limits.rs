//! How much of a site's files is read. Past a limit the file is refused with a message that says the limit.

use crate::limits;

/// The limits of a site's files, as a value, so that tests can try them with smaller ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Files below `content/`, `resources/` and `themes/` together.
    pub files: usize,
    /// Folders inside folders, counted from the root.
    pub depth: usize,
    /// Bytes of a text: Markdown, TOML, templates, style sheets.
    pub text_bytes: u64,
    /// Bytes of a list: CSV, JSON, GeoJSON, XML, SVG.
    pub list_bytes: u64,
    /// Bytes of a picture.
    pub picture_bytes: u64,
    /// Pixels of a picture, across times down.
    pub picture_pixels: u64,
    /// Pixels of a picture, across or down.
    pub picture_side_px: u32,
    /// Bytes of a picture when it is decoded.
    pub picture_memory_bytes: u64,
    /// Bytes of a base map: an extract of one prefecture has less.
    pub base_map_bytes: u64,
    /// Bytes of any other file: a video, a PDF.
    pub attachment_bytes: u64,
}

impl Limits {
    /// The limits that every command uses.
    pub const STANDARD: Self = Self {
        files: limits::FILES,
        depth: limits::FOLDERS,
        text_bytes: limits::TEXT_BYTES,
        list_bytes: limits::LIST_BYTES,
        picture_bytes: limits::PICTURE_BYTES,
        picture_pixels: limits::PICTURE_PIXELS,
        picture_side_px: limits::PICTURE_SIDE_PX,
        picture_memory_bytes: limits::PICTURE_MEMORY_BYTES,
        base_map_bytes: limits::BASE_MAP_BYTES,
        attachment_bytes: limits::ATTACHMENT_BYTES,
    };
}
