//! `sumika import … --into LIST` as the command line runs it: what is written, and what is only told.

#![allow(clippy::disallowed_methods, reason = "a test runs the program in a folder of its own")]

use std::path::Path;
use std::process::Command;

const HEADINGS: &str = "全国地方公共団体コード,名称,医療機関の種類,所在地_連結表記,緯度,経度,電話番号";

fn source(rows: &[&str]) -> String {
    rows.iter().fold(format!("{HEADINGS}\n"), |text, row| text + row + "\n")
}

/// Exit status and standard output.
fn import(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    import_into("list.csv", folder, words)
}

fn import_into(list: &str, folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["import", "standard", "open.csv", "--lang", "en", "--into", list])
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn list(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("list.csv")).expect("a list")
}

#[test]
fn a_kept_list_changes_only_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let first = "132012,ひだまり医院,無床診療所,東京都こもれび市本町1-1,35.65,139.55,042-000-0001";
    let second = "132012,こもれび医院,無床診療所,東京都こもれび市本町1-2,35.65,139.55,042-000-0002";
    std::fs::write(folder.join("open.csv"), source(&[first])).expect("written");
    let (status, said) = import(folder, &[]);
    assert_eq!((status, said.as_str()), (Some(0), "made list.csv (1 rows)\n"));
    let made = list(folder);
    assert!(made.starts_with("ID,種別,名称,住所,緯度,経度,電話番号\ntel-0420000001,clinic,ひだまり医院,"), "{made}");

    let kept = made.replace("ひだまり医院", "ひだまり医院（本院）");
    std::fs::write(folder.join("list.csv"), &kept).expect("written");
    std::fs::write(folder.join("open.csv"), source(&[first, second])).expect("written");
    let (status, said) = import(folder, &[]);
    assert_eq!(status, Some(0));
    assert!(said.contains("1 rows added") && said.contains("+ tel-0420000002 こもれび医院"), "{said}");
    assert!(!said.contains('≠'), "people changed a name for which the source has no news: {said}");
    assert_eq!(list(folder), kept, "without --write the list stays");

    let (status, said) = import(folder, &["--write"]);
    assert_eq!(status, Some(0));
    assert!(said.ends_with("list.csv is written\n"), "{said}");
    let written = list(folder);
    assert!(written.starts_with(&kept), "rows that people keep stay as they are: {written}");
    assert!(written.contains("\ntel-0420000002,clinic,こもれび医院,"), "{written}");

    let (_, said) = import(folder, &["--write"]);
    assert!(said.ends_with("list.csv stays as it is\n"), "{said}");
    assert_eq!(list(folder), written);
    let files = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(files, 3, "beside the list lies only what was imported");
    assert!(folder.join("list.standard.imported.csv").is_file());

    let renamed = first.replace("ひだまり医院", "ひだまりクリニック");
    std::fs::write(folder.join("open.csv"), source(&[&renamed])).expect("written");
    let (_, said) = import(folder, &["--write"]);
    assert!(said.contains("list `ひだまり医院（本院）`, source `ひだまりクリニック`"), "{said}");
    assert!(said.contains("? tel-0420000002 こもれび医院"), "{said}");
    let (_, said) = import(folder, &["--write", "--close-gone", "2026-04-01"]);
    assert!(said.contains("1 closed"), "{said}");
    assert!(list(folder).contains("2026-04-01"), "closed, not deleted");
}

#[test]
fn the_site_around_the_list_says_whose_rows_are_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let site = "[site]\ntitle = \"x\"\ndescription = \"x\"\nbase_url = \"https://example.jp/\"\n\
                [[municipality]]\ncode = \"132012\"\nname = \"こもれび市\"\n[desk]\nname = \"x\"\nemail = \"a@example.jp\"\n";
    std::fs::write(folder.join("sumika.toml"), site).expect("written");
    let ours = "132012,ひだまり医院,無床診療所,東京都こもれび市本町1-1,35.65,139.55,042-000-0001";
    let theirs = "372013,よその医院,無床診療所,香川県高松市本町1-2,34.3,134.05,087-000-0002";
    std::fs::write(folder.join("open.csv"), source(&[ours, theirs])).expect("written");
    let (status, said) = import(folder, &[]);
    assert_eq!((status, said.as_str()), (Some(0), "made list.csv (1 rows)\n"));
    assert!(!list(folder).contains("よその医院"));
    // A bare name is the site's list of that name; a list is a CSV.
    for (named, file) in [("care", "resources/facilities/care.csv"), ("lists/care", "lists/care.csv")] {
        let (status, said) = import_into(named, folder, &[]);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.ends_with(&format!("{file} (1 rows)\n")) && folder.join(file).is_file(), "{said}");
    }
}
