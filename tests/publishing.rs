//! What publishing promises: whole or not at all, unchanged files untouched, nobody's files lost.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests look at the disk, and stop at what they did not expect"
)]

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sumika::artifact::{Artifact, Body, ImageJob, OutputPath, Sink};
use sumika::diag::{Code, Language};
use sumika::fault::Fault;
use sumika::load::{Folder, load};
use sumika::publish::record::{Key, Record};
use sumika::publish::verify::verify;
use sumika::publish::{Derive, Lock, Manifest, Outcome, Output, Stage};
use sumika::source::{Blob, ContentHash, Limits, Refusal, Source, SourcePath};

/// Takes files from the site, and writes a picture's description in its place.
struct Described(Folder);

impl Derive for Described {
    fn locate(&self, source: &SourcePath) -> PathBuf {
        self.0.locate(source)
    }

    fn image(&self, job: &ImageJob) -> Result<Vec<u8>, Fault> {
        Ok(format!("{} {}", job.source, job.width_px).into_bytes())
    }
}

/// A site's root with nothing in it but its configuration.
fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("sumika.toml"), "").unwrap();
    root
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let place = root.join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(&place, bytes).unwrap();
    place
}

fn folder(root: &Path) -> Folder {
    load(root, &Limits::STANDARD).unwrap().folder
}

fn bytes(path: &str, body: &str) -> Artifact {
    let path = OutputPath::new(path).unwrap();
    Artifact { path, body: Body::Bytes(body.as_bytes().to_vec()), origins: Vec::new() }
}

fn publish(root: &Path, artifacts: Vec<Artifact>) -> Result<Outcome, Fault> {
    let derive = Described(folder(root));
    let output = Output::at(&root.join("public"), root)?;
    let lock = Lock::take(&output, |_| {})?;
    output.recover(&lock)?;
    let published = output.published()?;
    let mut stage = Stage::begin(&output, &lock, published, &derive)?;
    for artifact in artifacts {
        stage.put(artifact);
    }
    stage.finish()
}

fn publish_texts(root: &Path, files: &[(&str, &str)]) -> Result<Outcome, Fault> {
    publish(root, files.iter().map(|(path, body)| bytes(path, body)).collect())
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

fn code(fault: &Fault) -> Code {
    fault.diagnostic(Language::Ja).code
}

#[test]
fn a_release_holds_its_files_and_a_manifest_that_verifies() {
    let root = site();
    let outcome = publish_texts(root.path(), &[("index.html", "住処"), ("areas/北/index.html", "北")]).unwrap();
    assert_eq!((outcome.written, outcome.changes.added.len()), (2, 2));
    let public = root.path().join("public");
    assert_eq!(names(&public), ["SHA256SUMS", "areas/北/index.html", "index.html"]);
    assert!(verify(&public).unwrap().report.is_empty());
    let sums = std::process::Command::new("sha256sum")
        .args(["-c", "--quiet", "--strict", "SHA256SUMS"])
        .current_dir(&public)
        .status();
    assert!(sums.map_or(true, |status| status.success()), "coreutils can check the manifest");
    let beside: Vec<_> = std::fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!beside.iter().any(|name| name.to_str().unwrap().contains("sumika-new")), "{beside:?}");
}

#[test]
fn unchanged_files_keep_their_inode_and_time_and_orphans_go() {
    let root = site();
    let public = root.path().join("public");
    publish_texts(root.path(), &[("a/x.html", "1"), ("b/x.html", "1"), ("c/x.html", "1")]).unwrap();
    let before = std::fs::metadata(public.join("a/x.html")).unwrap();
    let outcome = publish_texts(root.path(), &[("a/x.html", "1"), ("b/x.html", "2"), ("d/x.html", "1")]).unwrap();
    let after = std::fs::metadata(public.join("a/x.html")).unwrap();
    assert_eq!((before.ino(), before.mtime(), before.mtime_nsec()), (after.ino(), after.mtime(), after.mtime_nsec()));
    assert_eq!(names(&public), ["SHA256SUMS", "a/x.html", "b/x.html", "d/x.html"]);
    assert!(!public.join("c").exists(), "an empty folder is an orphan too");
    assert_eq!((outcome.written, outcome.changes.kept, outcome.changes.removed.len()), (2, 1, 1));
    assert_eq!(std::fs::read_to_string(public.join("b/x.html")).unwrap(), "2");
}

#[test]
fn when_nothing_changed_nothing_is_touched() {
    let root = site();
    let files = [("index.html", "1"), ("a/x.html", "2")];
    publish_texts(root.path(), &files).unwrap();
    let look = || {
        let mut seen = Vec::new();
        for entry in walkdir::WalkDir::new(root.path().join("public")).sort_by_file_name() {
            let metadata = std::fs::metadata(entry.unwrap().path()).unwrap();
            seen.push((metadata.ino(), metadata.mtime_nsec(), metadata.ctime_nsec()));
        }
        seen
    };
    let before = look();
    let outcome = publish_texts(root.path(), &files).unwrap();
    assert_eq!((outcome.written, outcome.changes.is_empty()), (0, true));
    assert_eq!(before, look());
}

#[test]
fn an_output_edited_by_hand_is_mended() {
    let root = site();
    let files = [("index.html", "1"), ("a/x.html", "2")];
    publish_texts(root.path(), &files).unwrap();
    let public = root.path().join("public");
    let clean = tree(&public);
    std::fs::write(public.join("a/x.html"), "3").unwrap();
    publish_texts(root.path(), &files).unwrap();
    assert_eq!(tree(&public), clean);
    std::fs::remove_file(public.join("index.html")).unwrap();
    publish_texts(root.path(), &files).unwrap();
    assert_eq!(tree(&public), clean);
    std::fs::write(
        public.join("SHA256SUMS"),
        "# sumika 1 (check with `sumika verify` or `sha256sum -c SHA256SUMS`)\nx\n",
    )
    .unwrap();
    publish_texts(root.path(), &files).unwrap();
    assert_eq!(tree(&public), clean);
}

/// What somebody does to the output.
type Touch = fn(&Path);

/// The shortcut for "nothing changed" looks at every file and folder, and lists none.
#[test]
fn the_record_of_a_build_holds_until_somebody_touches_the_output() {
    let root = site();
    let files = [("index.html", "a"), ("areas/east/index.html", "b"), ("areas/east/map.svg", "c")];
    let public = root.path().join("public");
    let at = "2026-06-01T00:00:00Z".parse().unwrap();
    let key = Key { program: "p".into(), sources: "s".into(), request: "r".into(), output: public.clone() };
    let touches: [(&str, Touch); 8] = [
        ("a stray file", |public| drop(write(public, "stray.html", "x"))),
        ("a stray file in a folder", |public| drop(write(public, "areas/stray.html", "x"))),
        ("a stray folder", |public| std::fs::create_dir(public.join("areas/east/new")).unwrap()),
        ("a file edited", |public| drop(write(public, "index.html", "z"))),
        ("a file gone", |public| std::fs::remove_file(public.join("areas/east/map.svg")).unwrap()),
        ("a folder gone", |public| std::fs::remove_dir_all(public.join("areas")).unwrap()),
        ("a folder in the place of a file", |public| {
            std::fs::remove_file(public.join("index.html")).unwrap();
            std::fs::create_dir(public.join("index.html")).unwrap();
        }),
        ("another manifest", |public| drop(write(public, Manifest::NAME, "# sumika 1"))),
    ];
    for (what, touch) in touches {
        let _ = std::fs::remove_dir_all(&public);
        publish_texts(root.path(), &files).unwrap();
        // As if it had been published long ago: the clock of a file system is coarse.
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        for entry in walkdir::WalkDir::new(&public).into_iter().map(Result::unwrap) {
            std::fs::File::open(entry.path()).unwrap().set_modified(long_ago).unwrap();
        }
        let output = Output::at(&public, root.path()).unwrap();
        let record = Record::of(key.clone(), (None, None), 0, &output).unwrap();
        assert!(record.holds(&key, at, &output), "before {what}");
        touch(&public);
        assert!(!record.holds(&key, at, &output), "{what}");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let root = site();
    write(root.path(), "public/thesis.doc", "years of work");
    let fault = publish_texts(root.path(), &[("index.html", "1")]).unwrap_err();
    assert_eq!(code(&fault), Code::OutputForeign);
    assert_eq!(names(&root.path().join("public")), ["thesis.doc"]);
    let fault = Output::at(&root.path().join("content/out"), root.path()).unwrap_err();
    assert_eq!(code(&fault), Code::OutputOverlaps);
    for above in [root.path(), root.path().parent().unwrap(), Path::new("/")] {
        assert_eq!(code(&Output::at(above, root.path()).unwrap_err()), Code::OutputOverlaps);
    }
}

#[test]
fn files_put_into_the_output_by_hand_are_not_lost() {
    let root = site();
    publish_texts(root.path(), &[("index.html", "1")]).unwrap();
    write(root.path(), "public/notes/mine.txt", "mine");
    let fault = publish_texts(root.path(), &[("index.html", "2")]).unwrap_err();
    assert_eq!(code(&fault), Code::OutputStray);
    assert!(fault.diagnostic(Language::Ja).message(Language::Ja).contains("notes/mine.txt"));
    std::fs::remove_dir_all(root.path().join("public/notes")).unwrap();
    write(root.path(), "public/.DS_Store", "left behind by a file manager");
    publish_texts(root.path(), &[("index.html", "2")]).unwrap();
    assert_eq!(names(&root.path().join("public")), ["SHA256SUMS", "index.html"]);
}

#[test]
fn a_stage_that_is_dropped_or_fails_leaves_the_old_site() {
    let root = site();
    publish_texts(root.path(), &[("index.html", "1")]).unwrap();
    let before = tree(root.path());
    let twice = publish_texts(root.path(), &[("a.html", "1"), ("index.html", "2"), ("a.html", "2")]).unwrap_err();
    assert_eq!(code(&twice), Code::OutputTwice);
    assert_eq!(tree(root.path()), before);
    let derive = Described(folder(root.path()));
    let output = Output::at(&root.path().join("public"), root.path()).unwrap();
    let lock = Lock::take(&output, |_| {}).unwrap();
    let mut stage = Stage::begin(&output, &lock, output.published().unwrap(), &derive).unwrap();
    (0..600).for_each(|n| stage.put(bytes(&format!("{n}/index.html"), "new")));
    drop(stage);
    assert_eq!(tree(root.path()), before);
}

#[test]
fn copies_and_pictures_are_derived_from_the_sources() {
    let root = site();
    let place = write(root.path(), "content/たより.pdf", "%PDF the leaflet");
    let source = SourcePath::new("content/たより.pdf").unwrap();
    let blob = Blob { hash: ContentHash::of(b"%PDF the leaflet"), bytes: 16, picture: None };
    let copy = |blob: Blob| Artifact {
        path: OutputPath::new("files/leaflet.pdf").unwrap(),
        body: Body::Copy { source: source.clone(), blob },
        origins: vec![source.clone()],
    };
    publish(root.path(), vec![copy(blob.clone())]).unwrap();
    assert_eq!(std::fs::read(root.path().join("public/files/leaflet.pdf")).unwrap(), b"%PDF the leaflet");
    assert_eq!(publish(root.path(), vec![copy(blob.clone())]).unwrap().written, 0);
    std::fs::write(place, "%PDF saved meanwhile").unwrap();
    assert_eq!(code(&publish(root.path(), vec![copy(blob)]).unwrap_err()), Code::SourceChanged);
}

#[test]
fn an_old_release_set_aside_by_a_killed_build_comes_back() {
    let root = site();
    publish_texts(root.path(), &[("index.html", "1")]).unwrap();
    let clean = tree(&root.path().join("public"));
    std::fs::rename(root.path().join("public"), root.path().join(".public.sumika-old")).unwrap();
    write(root.path(), ".public.sumika-new/index.html", "half");
    let output = Output::at(&root.path().join("public"), root.path()).unwrap();
    output.recover(&Lock::take(&output, |_| {}).unwrap()).unwrap();
    assert_eq!(tree(&root.path().join("public")), clean);
    assert!(!root.path().join(".public.sumika-new").exists() && !root.path().join(".public.sumika-old").exists());
}

#[test]
fn verify_names_what_is_missing_changed_or_extra() {
    let root = site();
    publish_texts(root.path(), &[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]).unwrap();
    let public = root.path().join("public");
    std::fs::remove_file(public.join("a.html")).unwrap();
    std::fs::write(public.join("b.html"), "2").unwrap();
    std::fs::write(public.join("d.html"), "1").unwrap();
    let report = verify(&public).unwrap().report;
    let found: Vec<_> = report.iter().map(|one| (one.code, one.args[0].1.as_str())).collect();
    assert_eq!(
        found,
        [(Code::PublishedMissing, "a.html"), (Code::PublishedChanged, "b.html"), (Code::PublishedExtra, "d.html")]
    );
    assert_eq!(code(&verify(root.path()).unwrap_err()), Code::ManifestMissing);
    std::fs::write(public.join(Manifest::NAME), format!("{}x", Manifest::default().render())).unwrap();
    assert_eq!(code(&verify(&public).unwrap_err()), Code::ManifestUnreadable);
}

#[test]
fn only_plain_files_below_the_root_are_read() {
    let root = site();
    let secret = write(root.path(), "secret.txt", "not for the site");
    write(root.path(), "content/a.md", "本文");
    write(root.path(), "content/.b.md.swp", "left by an editor");
    write(root.path(), "content/~$list.xlsx", "left by a spreadsheet");
    write(root.path(), "content/.git/config", "of another tool");
    std::os::unix::fs::symlink(&secret, root.path().join("content/link.md")).unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("content/loop")).unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("resources")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        root.path().join("content/pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    let sources = load(root.path(), &Limits::STANDARD).unwrap().sources;
    let seen: Vec<String> = sources
        .iter()
        .map(|(path, source)| match source {
            Source::Text(text) => format!("{path} = {}", text.text),
            Source::Refused(Refusal::NotAFile) => format!("{path} !"),
            other => format!("{path} {other:?}"),
        })
        .collect();
    assert_eq!(
        seen,
        [
            "content/a.md = 本文",
            "content/link.md !",
            "content/loop !",
            "content/pipe.md !",
            "resources !",
            "sumika.toml = "
        ]
    );
}

#[test]
fn names_are_normalised_and_twins_refused() {
    let root = site();
    write(root.path(), "content/ガイト\u{3099}.md", "NFD");
    write(root.path(), "content/Story.md", "1");
    write(root.path(), "content/story.md", "2");
    write(root.path(), "content/\u{202E}dm.exe", "turned");
    write(root.path(), "content/か\u{3099}.pdf", "%PDF");
    let loaded = load(root.path(), &Limits::STANDARD).unwrap();
    let get = |path: &str| loaded.sources.get(&SourcePath::new(path).unwrap());
    assert!(matches!(get("content/ガイド.md"), Some(Source::Text(text)) if &*text.text == "NFD"));
    assert!(matches!(get("content/Story.md"), Some(Source::Text(_))));
    assert!(
        matches!(get("content/story.md"), Some(Source::Refused(Refusal::Twin(first))) if first.as_str() == "content/Story.md")
    );
    assert!(matches!(get("content/\u{FFFD}dm.exe"), Some(Source::Refused(Refusal::Name))));
    let pdf = SourcePath::new("content/が.pdf").unwrap();
    assert_eq!(loaded.folder.read(&pdf, ContentHash::of(b"%PDF")).unwrap(), b"%PDF");
}

#[test]
fn the_fingerprint_knows_every_byte_and_no_time() {
    let root = site();
    let place = write(root.path(), "content/a.md", "1");
    let print = || load(root.path(), &Limits::STANDARD).unwrap().fingerprint;
    let first = print();
    std::fs::write(&place, "2").unwrap();
    assert_ne!(print(), first);
    std::fs::write(&place, "1").unwrap();
    std::fs::write(root.path().join("content/.hidden"), "1").unwrap();
    assert_eq!(print(), first);
    std::fs::rename(&place, root.path().join("content/b.md")).unwrap();
    assert_ne!(print(), first);
}

#[test]
fn every_limit_holds_at_its_edge() {
    let root = site();
    let limits =
        Limits { text_bytes: 4, list_bytes: 4, picture_bytes: 70, attachment_bytes: 4, files: 9, ..Limits::STANDARD };
    for (name, body) in [
        ("a.md", "1234"),
        ("b.md", "12345"),
        ("a.csv", "1234"),
        ("b.csv", "12345"),
        ("a.pdf", "1234"),
        ("b.pdf", "12345"),
    ] {
        write(root.path(), &format!("content/{name}"), body);
    }
    let mut png = Vec::new();
    let dot = image::RgbImage::new(1, 2);
    dot.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    write(root.path(), "content/dot.png", &png);
    write(root.path(), "content/fake.png", "no picture");
    let loaded = load(root.path(), &Limits { picture_bytes: png.len() as u64, ..limits }).unwrap();
    for (path, source) in loaded.sources.iter() {
        let refused = matches!(source, Source::Refused(_));
        assert_eq!(refused, path.file_stem() == "b" || path.file_stem() == "fake", "{path} {source:?}");
    }
    let few = Limits { picture_pixels: 1, ..Limits::STANDARD };
    let png = SourcePath::new("content/dot.png").unwrap();
    assert!(matches!(load(root.path(), &few).unwrap().sources.get(&png), Some(Source::Refused(Refusal::Picture(_)))));
    let fault = load(root.path(), &Limits { files: 7, ..Limits::STANDARD }).unwrap_err();
    assert_eq!(code(&fault), Code::TooManyFiles);
    assert_eq!(code(&load(&root.path().join("content"), &limits).unwrap_err()), Code::NoConfiguration);
}
