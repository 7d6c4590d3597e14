//! `sumika merge-list` as git calls it, and on lists that are broken in every way.

#![allow(clippy::disallowed_methods, reason = "a test runs git in a folder of its own")]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use sumika::list::Schema;
use sumika::merge::merge;
use sumika::source::{SourcePath, Text, decode};
use sumika::table::Table;
use sumika::vocabulary::Vocabulary;

const LIST: &str = "resources/facilities/list.csv";

fn git(folder: &Path, words: &[&str]) -> Output {
    let mut run = Command::new("git");
    run.arg("-C").arg(folder).args(["-c", "user.name=x", "-c", "user.email=x@example.jp"]).args(words);
    run.env("LANG", "C").output().expect("git runs")
}

fn change(folder: &Path, edits: &[(&str, &str)], subject: &str) {
    let place = folder.join(LIST);
    let mut text = std::fs::read_to_string(&place).expect("a list");
    for (old, new) in edits {
        assert!(text.contains(old), "{old} in {text}");
        text = text.replace(old, new);
    }
    std::fs::write(&place, text).expect("written");
    assert!(git(folder, &["commit", "-qam", subject]).status.success());
}

/// A repository with a list, in which git knows the driver, on branch `main`, and a branch `other`.
fn repository(folder: &Path) {
    let rows: String = (1..=6).map(|n| format!("f{n},clinic,医院{n},本町{n}-{n},042-000-000{n},visits\n")).collect();
    std::fs::create_dir_all(folder.join("resources/facilities")).expect("a folder");
    std::fs::write(folder.join(LIST), format!("id,category,name,address,phone,services\n{rows}")).expect("written");
    std::fs::write(folder.join(".gitattributes"), "resources/facilities/*.csv merge=sumika-list\n").expect("written");
    git(folder, &["init", "-q", "-b", "main"]);
    let driver = format!("'{}' merge-list %O %A %B --path %P", env!("CARGO_BIN_EXE_sumika"));
    git(folder, &["config", "merge.sumika-list.driver", &driver]);
    git(folder, &["add", "-A"]);
    assert!(git(folder, &["commit", "-qm", "base"]).status.success());
    git(folder, &["branch", "other"]);
}

#[test]
fn git_merges_two_associations_edits_of_neighbouring_cells_and_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    repository(folder);
    change(folder, &[("042-000-0002", "042-000-0022"), ("f3,clinic,医院3,本町3-3,042-000-0003,visits\n", "")], "ours");
    git(folder, &["checkout", "-q", "other"]);
    change(folder, &[("本町2-2", "新町2-2"), ("医院4", "よつば医院")], "theirs");
    git(folder, &["checkout", "-q", "main"]);
    let merged = git(folder, &["merge", "-q", "--no-edit", "other"]);
    assert!(merged.status.success(), "{merged:?}");
    let text = std::fs::read_to_string(folder.join(LIST)).expect("a list");
    assert_eq!(
        text,
        "id,category,name,address,phone,services\nf1,clinic,医院1,本町1-1,042-000-0001,visits\n\
         f2,clinic,医院2,新町2-2,042-000-0022,visits\nf4,clinic,よつば医院,本町4-4,042-000-0004,visits\n\
         f5,clinic,医院5,本町5-5,042-000-0005,visits\nf6,clinic,医院6,本町6-6,042-000-0006,visits\n"
    );
}

#[test]
fn a_true_conflict_stops_git_and_marks_one_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    repository(folder);
    change(folder, &[("042-000-0002", "042-000-0022"), ("医院5", "ごのいち医院")], "ours");
    git(folder, &["checkout", "-q", "other"]);
    change(folder, &[("042-000-0002", "042-000-0222"), ("本町6-6", "新町6-6")], "theirs");
    git(folder, &["checkout", "-q", "main"]);
    let merged = git(folder, &["merge", "-q", "--no-edit", "other"]);
    assert!(!merged.status.success());
    let text = std::fs::read_to_string(folder.join(LIST)).expect("a list");
    assert_eq!(text.matches("<<<<<<<").count(), 1, "{text}");
    assert!(text.contains("<<<<<<< 042-000-0022 ||||||| 042-000-0002 ======= 042-000-0222 >>>>>>>"), "{text}");
    assert!(text.contains("ごのいち医院") && text.contains("新町6-6"), "{text}");
}

#[test]
fn what_is_no_list_is_left_to_git() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (name, text) in [("base", "a\nb\nc\n"), ("ours", "a1\nb\nc\n"), ("theirs", "a\nb\nc1\n")] {
        std::fs::write(place(name), text).expect("written");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["merge-list", &place("base"), &place("ours"), &place("theirs"), "--lang", "ja"])
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&run.stderr).contains("行ごとに合わせます"), "{run:?}");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(std::fs::read_to_string(place("ours")).expect("a file"), "a1\nb\nc1\n");
}

#[test]
fn lists_broken_in_every_way_are_merged_without_panic() {
    let seed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/facilities/ishikai.csv"));
    let seed = seed.expect("the sample's list");
    let path = SourcePath::new("list.csv").expect("a path");
    let schema = Schema::new(&Vocabulary::builtin());
    let table = |bytes: &[u8]| {
        let (text, encoding) = decode(bytes).ok()?;
        Some(Table::parse(&path, &Text { text: Arc::from(text), encoding }).value)
    };
    let base = table(&seed).expect("text");
    let mut random = 0xabad_1dea_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % (below.max(1) as u64)).unwrap_or(0)
    };
    let (mut merged, mut refused) = (0, 0);
    for _ in 0..1_000 {
        let mut sides = [seed.clone(), seed.clone()];
        for side in &mut sides {
            for _ in 0..=next(3) {
                let at = next(side.len());
                match next(3) {
                    0 => drop(side.drain(at..(at + next(60)).min(side.len()))),
                    1 => side.insert(at, u8::try_from(next(128)).unwrap_or(0)),
                    _ => drop(side.splice(at..at, "\u{202e}<<<<<<< ,\"".bytes().take(next(12)))),
                }
            }
        }
        let [ours, theirs] = &sides;
        match (table(ours), table(theirs)) {
            (Some(ours), Some(theirs)) if merge(&base, &ours, &theirs, &schema).is_some() => merged += 1,
            _ => refused += 1,
        }
    }
    println!("1,000 pairs: {merged} merged, {refused} left to git");
    assert!(merged > 50 && refused > 50, "{merged} {refused}");
}
