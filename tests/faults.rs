//! Every call to the system that a build makes is refused or killed in turn, one after the other, until it makes
//! no more of them. The site is whole after each, nothing panics, and the next build mends what is left.
//!
//! `strace` injects the faults; without it the test says so and ends.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests run the program and look at the disk, and stop at what they did not expect"
)]

#[path = "../benches/generator.rs"]
mod generator;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

type Tree = BTreeMap<String, Vec<u8>>;

/// A small site, its two states, and the output that belongs to each.
struct Scene {
    folder: tempfile::TempDir,
    states: Vec<(String, Tree)>,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let size = generator::Size { articles: 3, facilities: 2, areas: 1 };
        generator::generate(&folder.path().join("site"), size).unwrap();
        let mut scene = Self { folder, states: Vec::new() };
        let text = std::fs::read_to_string(scene.article()).unwrap();
        for sentence in ["ひとつめ。", "ふたつめ。"] {
            let text = format!("{text}\n\n{sentence}\n");
            std::fs::write(scene.article(), &text).unwrap();
            let output = scene.program("sumika", &[]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            scene.states.push((text, tree(&scene.public())));
        }
        scene
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn article(&self) -> PathBuf {
        self.root().join("content/guides/g00001.md")
    }

    /// The build, by itself or below another program.
    fn program(&self, name: &str, before: &[&str]) -> Command {
        let mut command =
            if name == "sumika" { Command::new(env!("CARGO_BIN_EXE_sumika")) } else { Command::new(name) };
        command.args(before);
        if name != "sumika" {
            command.arg(env!("CARGO_BIN_EXE_sumika"));
        }
        command.args(["build", "--lang", "en", "--jobs", "1", "--no-cache", "--at", "2026-06-01", "--root"]);
        command.arg(self.root()).stdin(Stdio::null());
        command
    }

    /// Builds the other state with a fault at the `nth` such call. None when there are fewer calls than that.
    fn inject(&self, calls: &str, fault: &str, nth: usize, always: &str) -> Option<Output> {
        let published = tree(&self.public());
        let next = self.states.iter().find(|(_, tree)| *tree != published).unwrap();
        std::fs::write(self.article(), &next.0).unwrap();
        let log = self.folder.path().join("strace.log");
        let inject = format!("inject={calls}:{fault}:when={nth}");
        let mut arguments = vec!["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &inject];
        if !always.is_empty() {
            arguments.extend(["-e", always]);
        }
        let output = self.program("strace", &arguments).output().unwrap();
        let traced = std::fs::read_to_string(&log).unwrap();
        // A call of a busy thread is told in two lines: begun here, resumed there.
        let (whole, resumed) = (format!("{calls}("), format!("{calls} resumed"));
        let names = |line: &str| line.contains(&whole) || line.contains(&resumed);
        let landed = traced.lines().any(|line| names(line) && line.contains("INJECTED"));
        let landed = landed || traced.contains("killed by SIGKILL");
        landed.then_some(output)
    }

    #[track_caller]
    fn check(&self, what: &str, output: &Output) {
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!told.contains("panicked"), "{what}: {told}");
        let published = tree(&self.public());
        assert!(self.states.iter().any(|(_, tree)| *tree == published), "{what}: the site is torn\n{told}");
        if let Some(code) = output.status.code() {
            // 127: the loader was refused its libraries, before the program began.
            assert!([0, 1, 2, 127].contains(&code), "{what}: status {code}\n{told}");
        }
    }
}

fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().display().to_string(), std::fs::read(entry.path()).unwrap())).collect()
}

/// True where faults can be injected; a sandbox may forbid tracing even where the tool is there.
fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        println!("skipped: strace is not installed or may not trace here");
    }
    can
}

/// What is said of the published site is true: a build that failed says whether it has changed.
#[track_caller]
fn check_claims(what: &str, output: &Output, has_changed: bool) {
    let told = String::from_utf8_lossy(&output.stderr);
    let says_as_it_was = told.contains("the published site is as it was");
    assert!(!(has_changed && says_as_it_was), "{what}: it has changed\n{told}");
    let has_failed = output.status.code() == Some(2);
    assert!(!(has_changed && has_failed) || told.contains("S1117"), "{what}: {told}");
}

/// Tries every call up to the tenth, then ever fewer: the calls of one kind come in long rows of the same.
fn each_call(scene: &Scene, calls: &str, fault: &str, always: &str) -> usize {
    let (mut nth, mut landed) = (1, 0);
    let mut before = tree(&scene.public());
    while let Some(output) = scene.inject(calls, fault, nth, always) {
        let what = format!("{calls} {fault} {nth}");
        scene.check(&what, &output);
        let after = tree(&scene.public());
        check_claims(&what, &output, after != before);
        before = after;
        landed += 1;
        nth += 1 + nth / 10;
    }
    let (text, clean) = scene.states.first().unwrap();
    std::fs::write(scene.article(), text).unwrap();
    let output = scene.program("sumika", &[]).output().unwrap();
    assert!(output.status.success(), "the next build mends it: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(&tree(&scene.public()), clean);
    let beside = std::fs::read_dir(scene.root()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!beside.into_iter().any(|name| name.to_string_lossy().contains("sumika-new")));
    landed
}

#[test]
fn every_refusal_of_the_system_is_an_answer() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    // `close` is missing: of a folder's that fails, the standard library makes a panic. What a close could tell of a
    // file is told by the sync, too.
    for (calls, fault) in [
        ("openat", "error=EMFILE"),
        ("openat", "error=EACCES"),
        ("read", "error=EIO"),
        ("write", "error=ENOSPC"),
        ("mkdir", "error=ENOSPC"),
        ("linkat", "error=EIO"),
        ("renameat2", "error=EACCES"),
        ("renameat2", "error=EINVAL"),
        ("syncfs", "error=EIO"),
        ("fsync", "error=EIO"),
        ("unlinkat", "error=EBUSY"),
        ("flock", "error=ENOLCK"),
    ] {
        println!("{calls} {fault}: {} refusals", each_call(&scene, calls, fault, ""));
    }
}

#[test]
fn trouble_after_the_switch_is_told_and_the_site_is_published() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    for (calls, fault, code) in [("fsync", "error=EIO", "S1116"), ("unlinkat", "error=EBUSY", "S1115")] {
        let tried = (1..=8).map_while(|nth| scene.inject(calls, fault, nth, ""));
        let told: Vec<(bool, String)> = tried
            .map(|output| (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
            .filter(|(_, told)| told.contains(code))
            .collect();
        assert!(!told.is_empty(), "{code} is told");
        assert!(told.iter().all(|(success, _)| *success), "{code}: what was asked for is done: {told:?}");
    }
}

#[test]
fn a_build_killed_at_any_call_leaves_a_whole_site() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    for calls in ["openat", "mkdir", "linkat", "renameat2", "syncfs", "fsync", "unlinkat"] {
        println!("{calls}: killed {} times", each_call(&scene, calls, "signal=SIGKILL", ""));
    }
}

#[test]
fn where_folders_cannot_be_exchanged_two_renames_do() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    let never = "inject=renameat2:error=EINVAL";
    assert_eq!(each_call(&scene, "rename", "error=EACCES", never), 2);
    let before = tree(&scene.public());
    scene.inject("rename", "signal=SIGKILL", 2, never).unwrap();
    assert!(!scene.public().exists(), "between the two renames");
    std::fs::write(scene.article(), "no front matter").unwrap();
    assert_eq!(scene.program("sumika", &[]).output().unwrap().status.code(), Some(1));
    assert_eq!(tree(&scene.public()), before, "the next start brings the old site back, even if its own build fails");
}
