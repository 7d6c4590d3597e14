//! Pictures of articles: in which widths and formats each is published, and under which names.
//!
//! In: a picture's fingerprint and size, and the widths of the theme. Out: the files to be made, as jobs for the
//! edge, and what a page needs to write `<picture>`. No pixel is touched here.
//!
//! A name holds the picture's own hash, so that another picture under the same name is fetched anew, and the same
//! picture is one file however many pages show it.

use crate::artifact::{Artifact, Body, ImageFormat, ImageJob, OutputPath};
use crate::diag::{Code, Diagnostic};
use crate::source::{Blob, PictureSize, SourcePath, Span};

/// A picture as it is published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// In WebP, the narrowest first.
    pub webp: Vec<Variant>,
    /// In the format that every browser reads, the narrowest first. Never empty.
    pub fallback: Vec<Variant>,
}

/// One file of a picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variant {
    /// Where it goes below the output folder; its address is this with `/` before it.
    pub path: OutputPath,
    /// Width and height in pixels.
    pub size: PictureSize,
    /// How it is made.
    pub job: ImageJob,
}

/// The picture in these widths (ascending), never wider than it is; `None` for a file that is no picture.
#[must_use]
pub fn picture(source: &SourcePath, blob: &Blob, widths_px: &[u32]) -> Option<Picture> {
    let size = blob.picture?;
    let fallback = match source.extension().as_str() {
        "png" | "gif" => ImageFormat::Png,
        _ => ImageFormat::Jpeg,
    };
    let widths = widths(size.width_px, widths_px);
    let variants = |format: ImageFormat| -> Option<Vec<Variant>> {
        widths.iter().map(|&width_px| variant(source, blob, size.scaled_to(width_px), format)).collect()
    };
    Some(Picture { webp: variants(ImageFormat::WebP)?, fallback: variants(fallback)? })
}

/// The widths to be made of a picture so wide. The widest is what the picture has, up to the theme's widest.
fn widths(own_px: u32, wished_px: &[u32]) -> Vec<u32> {
    let widest = wished_px.iter().copied().max().unwrap_or(own_px).min(own_px);
    // A file hardly smaller than the widest saves nobody anything.
    let worthwhile = |&width: &u32| u64::from(width) * 10 < u64::from(widest) * 9;
    let mut widths: Vec<u32> = wished_px.iter().copied().filter(worthwhile).chain([widest]).collect();
    widths.sort_unstable();
    widths.dedup();
    widths
}

fn variant(source: &SourcePath, blob: &Blob, size: PictureSize, format: ImageFormat) -> Option<Variant> {
    let hash = blob.hash.short();
    let hash = hash.get(..8).unwrap_or(&hash);
    let name = format!("images/{}-{hash}-{}.{}", stem(source), size.width_px, format.extension());
    let job = ImageJob { source: source.clone(), hash: blob.hash, width_px: size.width_px, format };
    Some(Variant { path: OutputPath::new(&name)?, size, job })
}

/// The file's name as far as every system and every address can bear it.
fn stem(source: &SourcePath) -> String {
    const CHARACTERS_MAX: usize = 40;
    let bearable = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let stem: String = source.file_stem().chars().take(CHARACTERS_MAX).map(bearable).collect();
    let stem = stem.trim_matches('-').to_lowercase();
    if stem.is_empty() { "image".to_owned() } else { stem }
}

impl Picture {
    /// The file for browsers that choose none, and for social networks: of middle width.
    #[must_use]
    pub fn middle(&self) -> Option<&Variant> {
        self.fallback.get(self.fallback.len() / 2).or(self.fallback.last())
    }

    /// Every file, as it goes into the output.
    pub fn artifacts(&self) -> impl Iterator<Item = Artifact> {
        self.webp.iter().chain(&self.fallback).map(Variant::artifact)
    }
}

impl Variant {
    /// The file, as it goes into the output.
    #[must_use]
    pub fn artifact(&self) -> Artifact {
        let Self { path, job, .. } = self;
        Artifact { path: path.clone(), body: Body::Image(job.clone()), origins: vec![job.source.clone()] }
    }
}

/// What is wrong with showing this file as a picture; `blob` is none for a file that is text.
#[must_use]
pub fn problem(file: &SourcePath, blob: Option<&Blob>, span: &Span) -> Option<Diagnostic> {
    let code = match (file.extension().as_str(), blob) {
        ("svg", _) => Code::PictureIsSvg,
        (_, Some(Blob { picture: None, .. })) => Code::NotAPicture,
        ("gif", Some(_)) => Code::PictureStandsStill,
        _ => return None,
    };
    Some(Diagnostic::new(code).at(span).arg("path", file))
}

/// Kinds of files that a page may offer: documents, tables, sound and film. What a browser would run on the site's own
/// address (pages, scripts, drawings with scripts) is none of them, whoever sent it in.
const OFFERED: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "epub", "zip", "jpg", "jpeg",
    "png", "gif", "webp", "heic", "tif", "tiff", "mp3", "m4a", "ogg", "oga", "wav", "mp4", "m4v", "mov", "webm", "ogv",
    "vtt", "ics", "vcf",
];

/// What is wrong with offering this file, which is there, by a link.
#[must_use]
pub fn not_offered(file: &SourcePath, span: &Span) -> Option<Diagnostic> {
    let extension = file.extension();
    let is_offered = OFFERED.iter().any(|known| extension.eq_ignore_ascii_case(known));
    (!is_offered).then(|| Diagnostic::new(Code::FileKindNotOffered).at(span).arg("path", file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentHash;

    fn check_widths(own_px: u32, expected: &[u32]) {
        assert_eq!(widths(own_px, &[480, 960, 1600]), expected, "{own_px}");
    }

    #[test]
    fn no_picture_is_blown_up() {
        check_widths(300, &[300]);
        check_widths(480, &[480]);
        check_widths(500, &[500]);
        check_widths(1000, &[480, 1000]);
        check_widths(1200, &[480, 960, 1200]);
        check_widths(4000, &[480, 960, 1600]);
    }

    #[test]
    fn names_are_the_pictures_own() {
        let blob = Blob {
            hash: ContentHash::of(b"x"),
            bytes: 1,
            picture: Some(PictureSize { width_px: 1000, height_px: 333 }),
        };
        let source = SourcePath::new("content/stories/川辺の 舟 (1).PNG").unwrap();
        let picture = picture(&source, &blob, &[480, 960]).unwrap();
        let short = &blob.hash.short()[..8];
        let paths: Vec<&str> = picture.webp.iter().map(|variant| variant.path.as_str()).collect();
        let expected = [480, 960].map(|width| format!("images/川辺の-舟--1-{short}-{width}.webp"));
        assert_eq!(paths, expected);
        assert_eq!(picture.middle().map(|variant| variant.size.height_px), Some(320));
        assert_eq!(picture.artifacts().count(), 4);
        assert!(picture.fallback.iter().all(|variant| variant.path.as_str().ends_with(".png")));
    }
}
