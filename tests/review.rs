//! `sumika review` on real lists, from git, and on lists that are broken in every way.

#![allow(clippy::disallowed_methods, reason = "a test reads shared data and runs programs in a folder of its own")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sumika::area::Areas;
use sumika::diag::Language;
use sumika::review::{Comparison, Context, Lists, Matched, alarm, compare, json, markdown};
use sumika::source::{SourcePath, Text, decode};
use sumika::vocabulary::Vocabulary;

fn shared(path: &str) -> Option<Vec<u8>> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    let bytes = std::fs::read(&place).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", place.display());
    }
    bytes
}

fn lists(bytes: &[u8]) -> Lists {
    let path = SourcePath::new("list.csv").expect("a path");
    let Ok((text, encoding)) = decode(bytes) else { return Lists::new() };
    Lists::from([(path, Text { text: text.into(), encoding })])
}

fn review(base: &Lists, head: &Lists) -> Comparison {
    compare(base, head, Context { vocabulary: &Vocabulary::builtin(), areas: &Areas::default() })
}

fn words(comparison: &Comparison) -> String {
    let wording = markdown::Wording { language: Language::Ja, preview: None, drawings: None, characters_max: 60_000 };
    markdown::render(comparison, &alarm::alarms(comparison, 20), wording)
}

/// 607 ids on both sides; 3 of them name the same facility to the letter, a fourth one after its legal body is taken off.
#[test]
fn two_editions_of_a_city_s_list_are_told_to_have_row_numbers() {
    let (Some(old), Some(new)) =
        (shared("data/takamatsu/hospital_old_0062.csv"), shared("data/takamatsu/hospital_data.csv"))
    else {
        return;
    };
    let comparison = review(&lists(&old), &lists(&new));
    let numbers = comparison.row_numbers.expect("row numbers");
    println!(
        "shared ids {}, the same facility {}; {} paired by name, address, telephone; {} added, {} gone, {} moved",
        numbers.shared,
        numbers.same,
        comparison.changed.len() + comparison.unchanged,
        comparison.added.len(),
        comparison.removed.len(),
        comparison.changed.iter().filter(|change| change.moved.is_some()).count()
    );
    assert_eq!((numbers.shared, numbers.same), (607, 4));
    assert!(comparison.changed.iter().all(|change| change.matched != Matched::Id));
    assert_eq!(comparison.rows_before, comparison.unchanged + comparison.changed.len() + comparison.removed.len());
    assert_eq!(comparison.rows_after, comparison.unchanged + comparison.changed.len() + comparison.added.len());
    let words = words(&comparison);
    assert!(words.contains("同じ ID が 607件ありますが、同じ施設なのは 4件だけです"), "{words}");
    assert!(words.chars().count() <= 60_200, "{}", words.chars().count());
}

/// Every row of both sides is told of exactly once, whatever is done to the bytes.
#[test]
fn lists_broken_in_every_way_are_reviewed_without_panic() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/facilities");
    let seeds: Vec<Vec<u8>> = ["ishikai.csv", "dental.csv", "pharmacists.csv"]
        .iter()
        .map(|name| std::fs::read(site.join(name)).expect("the sample's list"))
        .collect();
    let mut random = 0x5eed_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % (below.max(1) as u64)).unwrap_or(0)
    };
    const PIECES: [&str; 12] =
        ["\"", ",", "\n", "\r\n", ";", "\u{202e}", "\u{200b}", "=1+1", "<<<<<<< ", "1.7E+12", "ID", "\u{0}"];
    for round in 0..1_000 {
        let base = seeds.get(round % seeds.len()).cloned().unwrap_or_default();
        let mut head = base.clone();
        for _ in 0..=next(6) {
            let at = next(head.len());
            match next(4) {
                0 => drop(head.drain(at..(at + next(400)).min(head.len()))),
                1 => head.insert(at, u8::try_from(next(256)).unwrap_or(0)),
                2 => {
                    let piece = PIECES.get(next(PIECES.len())).copied().unwrap_or_default();
                    head.splice(at..at, piece.bytes());
                }
                _ => head.truncate(at.max(1)),
            }
        }
        let comparison = review(&lists(&base), &lists(&head));
        let paired = comparison.unchanged + comparison.changed.len();
        assert_eq!(comparison.rows_before, paired + comparison.removed.len(), "round {round}");
        assert_eq!(comparison.rows_after, paired + comparison.added.len(), "round {round}");
        assert!(words(&comparison).len() < 200_000);
        assert!(serde_json::from_str::<serde_json::Value>(&json::render(&comparison)).is_ok(), "round {round}");
    }
}

fn git(folder: &Path, words: &[&str]) -> Output {
    let mut run = Command::new("git");
    run.arg("-C").arg(folder).args(["-c", "user.name=x", "-c", "user.email=x@example.jp"]).args(words);
    run.output().expect("git runs")
}

fn sumika(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(words)
        .current_dir(folder)
        .env("LANG", "C")
        .output()
        .expect("it runs")
}

fn small_site(folder: &Path) -> PathBuf {
    let list = folder.join("resources/facilities/list.csv");
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_base/small");
    for entry in walkdir::WalkDir::new(&base).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let place = folder.join(entry.path().strip_prefix(&base).expect("below"));
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        std::fs::copy(entry.path(), place).expect("copied");
    }
    list
}

#[test]
fn a_revision_is_read_from_git_and_moves_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let list = small_site(&site);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "first"]);
    let text = std::fs::read_to_string(&list).expect("a list");
    std::fs::write(&list, text.replacen("35.6", "35.7", 1)).expect("written");

    let nothing = sumika(&site, &["review", "HEAD", "HEAD", "--lang", "ja"]);
    assert!(String::from_utf8_lossy(&nothing.stdout).contains("一覧の内容は変わりません"), "{nothing:?}");
    let told = sumika(&site, &["review", "HEAD", "--lang", "ja", "--out", "told"]);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let review = std::fs::read_to_string(site.join("told/review.md")).expect("a review");
    assert!(review.contains("地図の上で動いたもの（1）"), "{review}");
    let drawings: Vec<PathBuf> = std::fs::read_dir(site.join("told"))
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "svg"))
        .collect();
    let [drawing] = drawings.as_slice() else { panic!("{drawings:?}") };
    let svg = std::fs::read_to_string(drawing).expect("a drawing");
    assert!(svg.contains("<circle") && review.contains(&*drawing.file_name().expect("a name").to_string_lossy()));

    let checked = sumika(&site, &["check", "--base", "HEAD", "--format", "json", "--at", "2026-07-01"]);
    assert!(String::from_utf8_lossy(&checked.stdout).contains("S1425"), "{checked:?}");
    for wrong in ["no-such-revision", "--upload-pack=x", "HEAD; true"] {
        let refused = sumika(&site, &["review", "--lang", "ja", "--", wrong]);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("S1426"), "{refused:?}");
    }
}

/// Compared with a part of the former lists, all that is missing would look new.
#[test]
fn a_revision_that_git_can_not_read_whole_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    small_site(&site);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "first"]);
    let refused = |what: &str, path: &str| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_sumika"));
        run.current_dir(&site).args(["review", "HEAD", "--lang", "en"]).env("PATH", path);
        let told = run.output().expect("the program runs");
        let words = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(2), "{what}: {told:?}");
        assert!(words.contains("S1427") && words.contains("`HEAD`") && told.stdout.is_empty(), "{what}: {told:?}");
    };
    let path = std::env::var("PATH").expect("a path");
    refused("no git", "");
    let broken = folder.path().join("bin");
    std::fs::create_dir(&broken).expect("a folder");
    let hash = "0123456789".repeat(4);
    for (what, script) in [
        ("git that stops at once", "exit 3".to_owned()),
        ("git that lists a half", format!("case \"$3\" in rev-parse) echo {hash};; *) exit 128;; esac")),
        (
            "git that has lost a file",
            format!(
                "case \"$3\" in rev-parse) echo {hash};; \
                 ls-tree) printf '100644 blob {hash}\\tresources/facilities/a.csv\\0';; \
                 *) echo '{hash} missing';; esac"
            ),
        ),
        (
            "git that ends in the middle of a file",
            format!(
                "case \"$3\" in rev-parse) echo {hash};; \
                 ls-tree) printf '100644 blob {hash}\\tresources/facilities/a.csv\\0';; \
                 *) printf '{hash} blob 100\\nid,name';; esac"
            ),
        ),
    ] {
        let program = broken.join("git");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        make_executable(&program);
        refused(what, &format!("{}:{path}", broken.display()));
    }
    // And a repository that has lost the list itself.
    let blob = git(folder.path(), &["rev-parse", "HEAD:site/resources/facilities/list.csv"]).stdout;
    let hash = String::from_utf8_lossy(&blob).trim().to_owned();
    let object = folder.path().join(".git/objects").join(&hash[..2]).join(&hash[2..]);
    std::fs::remove_file(object).expect("removed");
    refused("a lost object", &path);
}

#[cfg(unix)]
fn make_executable(program: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("allowed");
}

#[test]
fn a_base_may_be_a_file_or_a_folder_and_names_lead_to_the_preview() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, before) = (folder.path().join("site"), folder.path().join("before"));
    let (list, _) = (small_site(&site), small_site(&before));
    let text = std::fs::read_to_string(&list).expect("a list");
    std::fs::write(&list, text.replacen("042-000-0001", "042-000-0099", 1)).expect("written");
    let file = before.join("resources/facilities/list.csv");
    let told = |base: &Path, format: &str| {
        let base = base.to_string_lossy();
        let words = ["review", &base, "--lang", "ja", "--format", format, "--preview", "https://p.example"];
        let told = sumika(&site, &words);
        assert_eq!(told.status.code(), Some(0), "{told:?}");
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    let (of_folder, of_file) = (told(&before, "markdown"), told(&file, "markdown"));
    assert_eq!(of_folder, of_file);
    assert!(of_file.contains("042-000-0001") && of_file.contains("042-000-0099"), "{of_file}");
    assert!(of_file.contains("](https://p.example/facilities/"), "{of_file}");
    let json: serde_json::Value = serde_json::from_str(&told(&file, "json")).expect("JSON");
    assert!(json.is_object(), "{json}");
}

#[test]
fn a_list_in_an_encoding_that_is_not_read_is_named_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    small_site(&site);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("id,name\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let file = folder.path().join("before.csv");
    std::fs::write(&file, utf16).expect("written");
    let told = sumika(&site, &["review", &file.to_string_lossy(), "--lang", "ja"]);
    let words = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(words.contains("UTF-16") && words.contains("before.csv"), "{words}");
}

#[test]
fn github_is_told_ten_of_a_kind_and_the_rest_in_the_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let list = small_site(&site);
    let text = std::fs::read_to_string(&list).expect("a list");
    let (head, _) = text.split_once('\n').expect("headings");
    let rows: String = (0..25).map(|row| format!("BAD_{row},clinic,医院{row}\n")).collect();
    let columns = head.split(',').count();
    let rows = rows.lines().map(|row| format!("{row}{}\n", ",".repeat(columns - 3))).collect::<String>();
    std::fs::write(&list, format!("{head}\n{rows}")).expect("written");
    let summary = folder.path().join("summary.md");
    let told = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["check", "--format", "github", "--lang", "ja", "--at", "2026-07-01T09:00:00+09:00"])
        .current_dir(&site)
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .expect("it runs");
    let commands = String::from_utf8_lossy(&told.stdout).into_owned();
    assert_eq!(told.status.code(), Some(1), "{told:?}");
    assert_eq!(commands.matches("::error ").count(), 10, "{commands}");
    let summary = std::fs::read_to_string(summary).expect("a summary");
    for row in 0..25 {
        assert!(summary.contains(&format!("BAD_{row}")), "{summary}");
    }
}
