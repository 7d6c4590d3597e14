//! Pictures from other people: every orientation, broken files, fuzzed files. Nothing panics, and nothing of a
//! picture's metadata is published.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads the corpora, and may stop"
)]

use std::path::{Path, PathBuf};

use sumika::artifact::{ImageFormat, ImageJob};
use sumika::cache::Cache;
use sumika::publish::Pictures;
use sumika::source::{ContentHash, Limits, SourcePath};

const FORMATS: [ImageFormat; 3] = [ImageFormat::WebP, ImageFormat::Jpeg, ImageFormat::Png];

/// The files of one folder, by name; none, with a line, where the shared folder is absent.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(name);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: ../shared/corpora/{name} is absent");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let read =
        |path: &PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap());
    paths.iter().map(read).collect()
}

/// The picture in each of these formats, decoded once; none if it can't be decoded.
fn render(bytes: &[u8], width_px: u32, formats: &[ImageFormat], cache: Option<&Path>) -> Option<Vec<Vec<u8>>> {
    let read = |_: &SourcePath, _: ContentHash| Ok(bytes.to_vec());
    let pictures = Pictures::new(&read, cache.map(Cache::at), &Limits::STANDARD);
    let source = SourcePath::new("content/a.jpg").unwrap();
    let hash = ContentHash::of(bytes);
    let job = |&format: &ImageFormat| ImageJob { source: source.clone(), hash, width_px, format };
    let made = formats.iter().map(|format| pictures.image(&job(format)).unwrap()).collect();
    let report = pictures.report();
    assert!(report.iter().all(|found| found.code.to_string() == "S0109"));
    report.is_empty().then_some(made)
}

/// The names of metadata in the three formats.
fn metadata(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [&str; 13] = [
        "Exif\0",
        "EXIF",
        "eXIf",
        "XMP ",
        "http://ns.adobe.com",
        "ICC_PROFILE",
        "ICCP",
        "iCCP",
        "Photoshop",
        "tEXt",
        "iTXt",
        "zTXt",
        "GPS",
    ];
    MARKS.into_iter().find(|mark| bytes.windows(mark.len()).any(|window| window == mark.as_bytes()))
}

#[test]
fn every_orientation_is_turned_upright() {
    let mut first: Vec<(String, image::RgbImage)> = Vec::new();
    for (name, bytes) in corpus("exif") {
        let made = render(&bytes, 300, &[ImageFormat::Jpeg], None).unwrap().remove(0);
        let picture = image::load_from_memory(&made).unwrap().into_rgb8();
        let kind = name.split('_').next().unwrap().to_owned();
        assert_eq!(picture.width(), 300, "{name}");
        assert_eq!(kind == "Portrait", picture.height() > picture.width(), "{name}: {}", picture.height());
        match first.iter().find(|(other, _)| *other == kind) {
            None => first.push((kind, picture)),
            Some((_, other)) => {
                assert_eq!(other.dimensions(), picture.dimensions(), "{name}");
                let difference: u64 =
                    other.as_raw().iter().zip(picture.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
                let mean = difference as f64 / other.as_raw().len() as f64;
                // The numbers painted into the samples differ, little else does.
                assert!(mean < 12.0, "{name}: {mean}");
            }
        }
    }
}

#[test]
fn no_metadata_is_published() {
    for (name, bytes) in corpus("exif").into_iter().step_by(4) {
        assert!(metadata(&bytes).is_some(), "{name} shows nothing here");
        for (made, format) in render(&bytes, 200, &FORMATS, None).unwrap().into_iter().zip(FORMATS) {
            assert_eq!(metadata(&made), None, "{name} {format:?}");
        }
    }
}

#[test]
fn broken_pictures_are_named_and_never_panic() {
    for folder in ["image", "png", "png-fuzz", "xss-files", "svg"] {
        let (mut made, mut refused) = (0, 0);
        for (name, bytes) in corpus(folder) {
            let Some(formats) = render(&bytes, 64, &FORMATS, None) else {
                refused += 1;
                continue;
            };
            made += 1;
            for (bytes, format) in formats.into_iter().zip(FORMATS) {
                assert_eq!(metadata(&bytes), None, "{folder}/{name}");
                let back = image::load_from_memory(&bytes)
                    .unwrap_or_else(|cause| panic!("{folder}/{name} {format:?}: {cause}"));
                assert!(back.width() <= 64, "{folder}/{name}");
            }
        }
        println!("{folder}: {made} made, {refused} refused");
    }
}

#[test]
fn the_cache_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Some(folder.path());
    for (name, bytes) in corpus("exif").into_iter().take(1) {
        let bytes_of = |cache| render(&bytes, 120, &FORMATS, cache).unwrap();
        let without = bytes_of(None);
        assert_eq!(bytes_of(cache), without, "{name} put in");
        assert_eq!(bytes_of(cache), without, "{name} taken out");
    }
}

#[test]
fn transparency_stays_or_becomes_white() {
    let mut drawing = image::RgbaImage::new(40, 20);
    drawing.put_pixel(1, 1, image::Rgba([255, 0, 0, 255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    drawing.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let bytes = bytes.into_inner();
    let corners: Vec<[u8; 4]> = render(&bytes, 40, &FORMATS, None)
        .unwrap()
        .into_iter()
        .map(|made| image::load_from_memory(&made).unwrap().into_rgba8().get_pixel(39, 19).0)
        .collect();
    assert_eq!(corners.iter().map(|corner| corner[3]).collect::<Vec<_>>(), [0, 255, 0]);
    assert_eq!(corners[1], [255, 255, 255, 255]);
}
