//! How much of anything is read. Past a limit the file is refused with a message that says the limit.

/// The limits of a site's files. One table, so that they can be read, quoted and tested in one place.
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
        files: 200_000,
        depth: 32,
        text_bytes: 4 << 20,
        list_bytes: 256 << 20,
        picture_bytes: 64 << 20,
        picture_pixels: 100_000_000,
        picture_side_px: 20_000,
        picture_memory_bytes: 256 << 20,
        base_map_bytes: 256 << 20,
        attachment_bytes: 1 << 30,
    };
}
