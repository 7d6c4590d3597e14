//! The program as it is run: killed, doubled, starved and moved about. The published site is whole every time.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests run the program and look at the disk, and stop at what they did not expect"
)]

#[path = "../benches/generator.rs"]
mod generator;

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use generator::Size;

const SMALL: Size = Size { articles: 12, facilities: 12, areas: 2 };

type Tree = BTreeMap<String, Vec<u8>>;

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    generator::generate(&folder.path().join("site"), SMALL).unwrap();
    folder
}

fn program(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sumika"));
    command.args(["build", "--lang", "en", "--at", "2026-06-01", "--root"]).arg(root).args(arguments);
    command.stdin(Stdio::null()).env_remove("LANG");
    command
}

#[track_caller]
fn expect(output: &Output, code: i32) -> String {
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

#[track_caller]
fn build(root: &Path, arguments: &[&str]) -> String {
    expect(&program(root, arguments).output().unwrap(), 0)
}

/// Every file below a folder with its bytes; nothing if there is no folder.
fn tree(folder: &Path) -> Tree {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn article(root: &Path) -> PathBuf {
    root.join("content/guides/g00003.md")
}

fn edit(root: &Path, sentence: &str) {
    let text = std::fs::read_to_string(article(root)).unwrap();
    let head = text.split("\n\n結び").next().unwrap();
    std::fs::write(article(root), format!("{head}\n\n結び：{sentence}\n")).unwrap();
}

/// Names beside the site's own and the output: what a killed build left.
fn leavings(root: &Path) -> Vec<String> {
    let names = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("sumika-new") || name.contains("sumika-old")).collect()
}

#[test]
fn a_build_with_errors_leaves_the_old_site_and_says_so() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let before = tree(&root.join("public"));
    std::fs::write(root.join("content/guides/new.md"), "+++\ntitel = \"?\"\n+++\n").unwrap();
    let told = expect(&program(&root, &[]).output().unwrap(), 1);
    assert!(told.contains("S0204") && told.contains("the published site is as it was"), "{told}");
    assert_eq!(tree(&root.join("public")), before);
    assert!(leavings(&root).is_empty());
}

#[test]
fn quarantine_publishes_the_rest_lists_the_broken_and_says_so_by_its_status() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let before = tree(&root.join("public"));
    std::fs::write(root.join("content/guides/new.md"), "+++\ntitle = \"T\"\nviewpoints = [\"?\"]\n+++\n").unwrap();
    for _ in 0..2 {
        let told = expect(&program(&root, &["--quarantine"]).output().unwrap(), 3);
        assert!(told.contains("content/guides/new.md:1"), "{told}");
        assert_eq!(tree(&root.join("public")), before);
    }
}

#[test]
fn what_somebody_does_to_the_output_is_noticed_though_the_sources_stay() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let clean = tree(&root.join("public"));
    for stray in ["public/stray.html", "public/guides/g00003/stray.html", "public/new/folder/stray.html"] {
        let stray = root.join(stray);
        std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
        std::fs::write(&stray, "mine").unwrap();
        let told = expect(&program(&root, &[]).output().unwrap(), 2);
        assert!(told.contains("S1103") && told.contains("stray.html"), "{told}");
        std::fs::remove_file(&stray).unwrap();
        assert!(build(&root, &[]).contains("nothing changed"));
    }
    std::fs::remove_file(root.join("public/guides/g00003/index.html")).unwrap();
    build(&root, &[]);
    std::fs::write(root.join("public/guides/g00004/index.html"), "edited").unwrap();
    build(&root, &[]);
    std::fs::remove_dir_all(root.join("public/guides")).unwrap();
    build(&root, &[]);
    assert_eq!(tree(&root.join("public")), clean);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_can_not_be_written_is_a_refusal_and_a_closed_pipe_is_none() {
    let folder = site();
    let root = folder.path().join("site");
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    let told = expect(&program(&root, &[]).stdout(full()).output().unwrap(), 2);
    assert!(told.contains("S1117") && told.contains("no space"), "{told}");
    assert!(!told.contains("as it was") && root.join("public/index.html").is_file(), "{told}");
    for words in [&["explain", "S0204"][..], &["--help"], &["--version"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sumika"));
        let told = expect(&command.args(["--lang", "en"]).args(words).stdout(full()).output().unwrap(), 2);
        assert!(told.contains("S1117"), "{told}");
    }
    let mut child = program(&root, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    expect(&child.wait_with_output().unwrap(), 0);
}

#[test]
fn a_second_build_writes_nothing_and_an_edit_only_what_it_changed() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let stats = || {
        let files = walkdir::WalkDir::new(root.join("public")).sort_by_file_name().into_iter().map(Result::unwrap);
        files
            .map(|entry| {
                let metadata = entry.metadata().unwrap();
                (entry.path().to_owned(), (metadata.ino(), metadata.mtime(), metadata.mtime_nsec()))
            })
            .collect::<BTreeMap<_, _>>()
    };
    let first = stats();
    assert!(build(&root, &[]).contains("nothing changed"));
    assert_eq!(stats(), first, "with the record");
    assert!(build(&root, &["--no-cache"]).contains("nothing changed"));
    assert_eq!(stats(), first, "without it");
    edit(&root, "書き足しました。");
    build(&root, &[]);
    let (second, page) = (stats(), root.join("public/guides/g00003/index.html"));
    assert_ne!(second[&page], first[&page]);
    let other = root.join("public/guides/g00009/index.html");
    assert_eq!(second[&other], first[&other]);
    std::fs::remove_file(root.join("content/guides/g00011.md")).unwrap();
    build(&root, &[]);
    assert!(!root.join("public/guides/g00011").exists(), "an orphan goes, folder and all");
}

#[test]
fn the_shortcut_notices_time_files_requests_and_the_output() {
    let folder = site();
    let root = folder.path().join("site");
    let article = root.join("content/guides/later.md");
    std::fs::write(&article, "+++\ntitle = \"後日\"\npublish = 2026-06-02\n+++\n本文です。\n").unwrap();
    build(&root, &[]);
    let page = root.join("public/guides/later/index.html");
    assert!(!page.exists());
    let at = |instant: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sumika"));
        command.args(["build", "--lang", "en", "--at", instant, "--root"]).arg(&root);
        expect(&command.output().unwrap(), 0)
    };
    assert!(at("2026-06-01T23:59:59").contains("nothing changed"));
    assert!(!at("2026-06-02").contains("nothing changed"));
    assert!(page.exists());
    assert!(!at("2026-06-01T23:59:59").contains("nothing changed"));
    assert!(!page.exists(), "time runs backwards, too");
    let clean = tree(&root.join("public"));
    std::fs::write(root.join("public/index.html"), "edited by hand").unwrap();
    build(&root, &[]);
    assert_eq!(tree(&root.join("public")), clean);
    assert!(!build(&root, &["--base-url", "https://example.com/home/"]).contains("nothing changed"));
}

#[test]
fn the_record_stays_out_of_the_output_and_a_broken_one_is_no_harm() {
    let folder = site();
    let root = folder.path().join("site");
    std::fs::write(
        root.join("content/guides/later.md"),
        "+++\ntitle = \"後日\"\npublish = 2027-03-04T05:06:07+09:00\n+++\n本文\n",
    )
    .unwrap();
    build(&root, &[]);
    let clean = tree(&root.join("public"));
    let record = root.join(".sumika/state.json");
    let text = std::fs::read_to_string(&record).unwrap();
    assert!(text.contains("2027-03-03T20:06:07Z"), "{text}");
    for (name, bytes) in &clean {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("2027-03-0") && !text.contains("20:06:07"), "{name} tells of a later change");
    }
    for broken in ["", "{", "null", &text[..text.len() / 2], &text.replace("\"files\": \"", "\"files\": \"0")] {
        std::fs::write(&record, broken).unwrap();
        build(&root, &[]);
        assert_eq!(tree(&root.join("public")), clean);
    }
    std::fs::remove_dir_all(root.join(".sumika")).unwrap();
    std::fs::write(root.join(".sumika"), "in the way").unwrap();
    assert!(build(&root, &[]).contains("S1114"), "published all the same, with a warning");
    assert_eq!(tree(&root.join("public")), clean);
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = site();
    let root = folder.path().join("site");
    let sentences = ["ひとつめ。", "ふたつめ。"];
    let clean: Vec<Tree> = sentences
        .iter()
        .map(|sentence| {
            edit(&root, sentence);
            build(&root, &[]);
            tree(&root.join("public"))
        })
        .collect();
    assert_ne!(clean[0], clean[1]);
    let began = Instant::now();
    edit(&root, sentences[0]);
    build(&root, &["--no-cache"]);
    let whole = began.elapsed();
    let (mut torn, mut killed) = (0, 0);
    for round in 0_u32..60 {
        edit(&root, sentences[round as usize % 2]);
        let mut child = program(&root, &["--no-cache"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Spread evenly over the run, in no order.
        std::thread::sleep(whole.mul_f64(f64::from(round * 37 % 60) / 60.0));
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        torn += u32::from(!clean.contains(&tree(&root.join("public"))));
    }
    println!("60 builds, {killed} killed while they ran, {torn} torn");
    assert_eq!(torn, 0);
    edit(&root, sentences[0]);
    build(&root, &[]);
    assert_eq!(tree(&root.join("public")), clean[0]);
    assert!(leavings(&root).is_empty(), "the next build clears what the killed ones left");
}

#[test]
fn two_builds_at_once_do_not_tear() {
    let folder = site();
    let root = folder.path().join("site");
    let addresses = ["https://one.example.jp/", "https://two.example.jp/"];
    let clean: Vec<Tree> = addresses
        .iter()
        .map(|address| {
            build(&root, &["--base-url", address]);
            tree(&root.join("public"))
        })
        .collect();
    assert_ne!(clean[0], clean[1]);
    for pair in 0..20 {
        let both: Vec<_> = addresses
            .iter()
            .map(|address| {
                let mut command = program(&root, &["--base-url", address]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for child in both {
            expect(&child.wait_with_output().unwrap(), 0);
        }
        assert!(clean.contains(&tree(&root.join("public"))), "pair {pair}");
    }
}

#[test]
fn a_lock_held_by_another_is_waited_for_and_its_holder_named() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let lock = std::fs::File::options().read(true).write(true).open(root.join(".sumika/public.lock")).unwrap();
    lock.lock().unwrap();
    std::fs::write(root.join(".sumika/public.lock"), "4711\n").unwrap();
    let child = program(&root, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    lock.unlock().unwrap();
    assert!(expect(&child.wait_with_output().unwrap(), 0).contains("(process 4711); waiting"));
}

#[test]
fn the_same_files_and_instant_give_the_same_bytes_anywhere() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let clean = tree(&root.join("public"));
    let moved = folder.path().join("別の 場所/サイト (copy)");
    generator::generate(&moved, SMALL).unwrap();
    let out = folder.path().join("out put/公開");
    let out_text = out.to_str().unwrap();
    type Change = fn(&mut Command);
    let changes: [(&str, Change); 8] = [
        ("zone", |command| {
            command.env("TZ", "America/St_Johns");
        }),
        ("Turkish", |command| {
            command.env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8");
        }),
        ("one thread", |command| {
            command.args(["--jobs", "1"]);
        }),
        ("many threads", |command| {
            command.args(["--jobs", "32"]);
        }),
        ("no home", |command| {
            command.env_clear();
        }),
        ("elsewhere", |command| {
            command.current_dir("/");
        }),
        ("no cache", |command| {
            command.arg("--no-cache");
        }),
        ("again", |_| {}),
    ];
    for (name, change) in changes {
        if name != "again" {
            let _ = std::fs::remove_dir_all(&out);
        }
        let mut command = program(&moved, &["--out", out_text]);
        change(&mut command);
        expect(&command.output().unwrap(), 0);
        assert!(tree(&out) == clean, "{name}");
    }
}

#[test]
fn the_machine_s_refusals_name_the_path_and_leave_the_site() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let before = tree(&root.join("public"));
    edit(&root, "もう一度。");
    let told = expect(&program(&root, &["--out", "/proc/sumika/public"]).output().unwrap(), 2);
    assert!(told.contains("S1101") && told.contains("/proc/sumika"), "{told}");
    let told = expect(&program(&folder.path().join("nowhere"), &[]).output().unwrap(), 2);
    assert!(told.contains("nowhere"), "{told}");
    let told = expect(&program(folder.path(), &[]).output().unwrap(), 2);
    assert!(told.contains("sumika.toml"), "{told}");
    let told = expect(&program(&root, &["--out", root.join("content/x").to_str().unwrap()]).output().unwrap(), 2);
    assert!(told.contains("S1104"), "{told}");
    std::fs::create_dir(folder.path().join("theirs")).unwrap();
    std::fs::write(folder.path().join("theirs/thesis.doc"), "years of work").unwrap();
    let theirs = folder.path().join("theirs");
    let told = expect(&program(&root, &["--out", theirs.to_str().unwrap()]).output().unwrap(), 2);
    assert!(told.contains("S1102") && theirs.join("thesis.doc").exists(), "{told}");
    assert_eq!(tree(&root.join("public")), before);
}

#[test]
fn too_few_open_files_is_an_answer_too() {
    let folder = site();
    let root = folder.path().join("site");
    build(&root, &[]);
    let before = tree(&root.join("public"));
    edit(&root, "もう一度。");
    for limit in 3..30 {
        let script = format!("ulimit -n {limit} && exec \"$0\" build --lang en --jobs 2 --at 2026-06-01 --root \"$1\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_sumika")]).arg(&root);
        let output = shell.output().unwrap();
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!told.contains("panicked"), "{limit}: {told}");
        if output.status.success() {
            println!("{} refusals until {limit} open files were enough", limit - 3);
            build(&root, &["--no-cache"]);
            return;
        }
        assert_eq!(tree(&root.join("public")), before, "{limit}: {told}");
    }
    unreachable!("thirty open files are enough");
}

#[test]
fn wrong_use_is_told_in_both_languages() {
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_sumika")).args(arguments).output().unwrap();
    assert!(expect(&run(&["biuld", "--lang", "ja"]), 2).contains("`biuld` というコマンドはありません"));
    assert!(expect(&run(&["biuld", "--lang", "en"]), 2).contains("unrecognized subcommand"));
    assert!(expect(&run(&["explain", "S9999", "--lang", "ja"]), 2).contains("S1113"));
    assert!(expect(&run(&["explain", "s204", "--lang", "ja"]), 0).contains("エラー[S0204]"));
    assert!(expect(&run(&["--help", "--lang", "ja"]), 0).contains("使い方"));
    let folder = site();
    let root = folder.path().join("site");
    let output = run(&["build", "--at", "yesterday", "--lang", "ja", "--root", root.to_str().unwrap()]);
    assert!(expect(&output, 2).contains("S1112"));
    assert!(!root.join("public").exists());
}
