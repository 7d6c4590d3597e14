//! What `sumika new --github` and `sumika github` make: whole, made again without harm, and safe with what strangers
//! send. The commands of the form's workflow are run as a runner would, with text that tries to break out.

#![allow(clippy::disallowed_methods, clippy::panic, reason = "a test runs programs in folders of its own")]

use std::path::Path;
use std::process::{Command, Output};

fn sumika(folder: &Path, words: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_sumika")).args(words).current_dir(folder).output();
    output.expect("the program runs")
}

fn text(place: &Path) -> String {
    std::fs::read_to_string(place).unwrap_or_else(|cause| panic!("{}: {cause}", place.display()))
}

const FILES: [&str; 13] = [
    ".gitattributes",
    ".github/CODEOWNERS",
    ".github/ISSUE_TEMPLATE/1-correction.yml",
    ".github/ISSUE_TEMPLATE/2-new.yml",
    ".github/ISSUE_TEMPLATE/3-closing.yml",
    ".github/ISSUE_TEMPLATE/4-unlisted.yml",
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/workflows/check.yml",
    ".github/workflows/comment.yml",
    ".github/workflows/form.yml",
    ".github/workflows/publish.yml",
    "cms/config.yml",
    "cms/index.html",
];

#[test]
fn a_new_site_comes_with_its_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = sumika(folder.path(), &["new", "site", "--github", "komorebi-city/zaitaku"]);
    assert!(made.status.success(), "{made:?}");
    let site = folder.path().join("site");
    for file in FILES {
        let text = text(&site.join(file));
        assert!(!text.contains("{{contribute") && !text.contains("INSTALL_COMMAND"), "{file}");
    }
    assert!(text(&site.join(".github/CODEOWNERS")).contains("/resources/facilities/list.csv  @komorebi-city/list"));
    assert!(text(&site.join("cms/config.yml")).contains("repo: \"komorebi-city/zaitaku\""));
    assert!(
        text(&site.join("sumika.toml")).contains("repository = \"https://github.com/komorebi-city/zaitaku\""),
        "the site knows its repository"
    );

    std::fs::write(site.join(".github/CODEOWNERS"), "* @somebody\n").expect("written");
    std::fs::write(site.join("cms/index.html"), "<!doctype html>\n<p>ours</p>\n").expect("written");
    let again = sumika(&site, &["github", "--lang", "ja"]);
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert_eq!(said.matches("ほかの人が書いたもの").count(), 2, "{said}");
    assert_eq!(text(&site.join(".github/CODEOWNERS")), "* @somebody\n", "what people wrote stays");

    let plain = sumika(folder.path(), &["new", "plain"]);
    assert!(plain.status.success() && !folder.path().join("plain/.github").exists(), "{plain:?}");
    let wrong = sumika(folder.path(), &["new", "wrong", "--github", "no-repository"]);
    assert!(!wrong.status.success() && !folder.path().join("wrong").exists(), "{wrong:?}");
}

/// The commands of the step with this name, as the runner hands them to the shell.
fn commands(workflow: &str, step: &str) -> String {
    let from = workflow.find(&format!("- name: {step}")).unwrap_or_else(|| panic!("no step {step}"));
    let step = workflow.get(from..).unwrap_or_default();
    let block = step.split_once("run: |\n").map(|(_, block)| block).unwrap_or_default();
    block
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("          "))
        .map(|line| line.get(10..).unwrap_or_default().to_owned() + "\n")
        .collect()
}

const LIST: &str = "ID,種別,名称,住所,電話番号,情報提供,最終確認日,備考\nhikari,clinic,ひかり診療所,本町1-1,0910-01-0101,医師会,2026-01-01,\n";

fn git(folder: &Path, words: &[&str]) -> Output {
    let output = Command::new("git").args(words).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A site in a repository with an `origin`, and programs that write down what they were asked.
fn runner(folder: &Path) {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("resources/facilities")).expect("made");
    std::fs::write(site.join("sumika.toml"), "title = \"試し\"\nbase_url = \"https://example.jp\"\n").expect("written");
    std::fs::write(site.join("resources/facilities/ishikai.csv"), LIST).expect("written");
    git(folder, &["init", "-q", "--bare", "origin.git"]);
    git(&site, &["init", "-q", "-b", "main"]);
    git(&site, &["config", "user.name", "t"]);
    git(&site, &["config", "user.email", "t@example.jp"]);
    git(&site, &["remote", "add", "origin", "../origin.git"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "-qm", "first"]);
    let bin = folder.join("bin");
    std::fs::create_dir_all(&bin).expect("made");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_sumika"), bin.join("sumika")).expect("linked");
    let gh = "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$RUNNER_TEMP/gh\"\n\
        for word in \"$@\"; do case \"$word\" in *.md) cat \"$word\" >> \"$RUNNER_TEMP/posted\";; esac; done\n";
    std::fs::write(bin.join("gh"), gh).expect("written");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(bin.join("gh"), executable).expect("made executable");
}

/// Runs the form's step with this text of an issue; what was posted.
fn post_form(folder: &Path, body: &str) -> String {
    let commands = commands(include_str!("../src/github/form.yml"), "一行の変更にする");
    assert!(commands.contains("sumika apply-form") && !commands.contains("${{"), "{commands}");
    let bin = folder.join("bin");
    let path = std::env::var("PATH").unwrap_or_default();
    let run = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &commands])
        .current_dir(folder.join("site"))
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("RUNNER_TEMP", folder)
        .env("BODY", body)
        .env("NUMBER", "7")
        .output()
        .expect("bash runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    text(&folder.join("posted"))
}

const HOSTILE: &str = "$(touch pwned)`touch pwned`'; touch pwned; '\" && touch pwned #\n```\n@everyone <img src=x onerror=alert(1)> \
    [押す](javascript:alert(1)) ${{ secrets.GITHUB_TOKEN }}\n::set-env name=PATH::/tmp\n=HYPERLINK(\"https://evil.example\")";

#[test]
fn a_hostile_form_changes_one_cell_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    runner(folder.path());
    let body = format!(
        "### 施設の ID またはページのアドレス\n\nhikari\n\n### 直すところ\n\n備考\n\n### 正しい内容\n\n{HOSTILE}\n\n\
         ### 確かめた日\n\n2026-11-22\n\n### 確かめた人・団体\n\n医師会\n"
    );
    let posted = post_form(folder.path(), &body);
    let site = folder.path().join("site");
    assert!(!site.join("pwned").exists() && !folder.path().join("pwned").exists(), "a command ran");
    let list = text(&site.join("resources/facilities/ishikai.csv"));
    assert!(list.contains("$(touch pwned)") && list.contains("2026-11-22"), "{list}");
    let changed = git(&site, &["diff", "--name-only", "main", "form-7"]);
    assert_eq!(String::from_utf8_lossy(&changed.stdout), "resources/facilities/ishikai.csv\n");
    for markup in ["<img", "```", "@everyone", "](javascript"] {
        assert!(!posted.contains(markup), "{markup} in {posted}");
    }
    assert!(text(&folder.path().join("gh")).contains("pr\ncreate"), "a pull request is asked for");
    assert!(posted.ends_with("Closes #7\n"), "{posted}");
}

#[test]
fn a_form_that_can_not_be_read_is_answered_in_a_block_of_code() {
    let folder = tempfile::tempdir().expect("a folder");
    runner(folder.path());
    let body = format!(
        "### 施設の ID またはページのアドレス\n\n{HOSTILE}\n\n### 閉じる日（閉じた日）\n\nきのう\n\n### 確かめた人・団体\n\n医師会\n"
    );
    let posted = post_form(folder.path(), &body);
    assert!(!folder.path().join("site/pwned").exists(), "a command ran");
    assert!(posted.starts_with("一覧に反映できませんでした。"), "{posted}");
    let answer = posted.lines().skip(2);
    answer.for_each(|line| assert!(line.starts_with("    "), "outside of the block: {line}"));
    assert!(text(&folder.path().join("gh")).contains("issue\ncomment\n7"), "the person is answered");
}

#[test]
fn a_form_that_changes_nothing_or_breaks_a_row_is_answered() {
    let form = |value: &str| {
        format!(
            "### 施設の ID またはページのアドレス\n\nhikari\n\n### 直すところ\n\n電話番号\n\n### 正しい内容\n\n{value}\n\n\
             ### 確かめた日\n\n2026-01-01\n\n### 確かめた人・団体\n\n医師会\n"
        )
    };
    for (value, words) in [("0910-01-0101", "変わるところはありません"), ("290-1789", "S0652")] {
        let folder = tempfile::tempdir().expect("a folder");
        runner(folder.path());
        let posted = post_form(folder.path(), &form(value));
        assert!(posted.contains(words), "{posted}");
        assert_eq!(text(&folder.path().join("site/resources/facilities/ishikai.csv")), LIST, "{value}");
        assert!(text(&folder.path().join("gh")).starts_with("issue\ncomment\n7"), "{value}");
    }
}
