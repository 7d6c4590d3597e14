//! Commands for staff as they are typed: `audit` around a withdrawal, `new` with flags and with questions, and the
//! schedule for machines beside what `github` writes.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write folders of their own, run the program, and stop at what they did not expect"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sumika::diag::Language;
use sumika::load::load;
use sumika::pipeline;
use sumika::schedule;
use sumika::select::{Medium, Request};
use sumika::source::Limits;

/// A copy of a site below `tests/cases/_base`, with the bare theme.
fn site(base: &str) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (from, to) in [(tests.join("cases/_base").join(base), ""), (tests.join("themes"), "themes")] {
        for entry in walkdir::WalkDir::new(&from).into_iter().filter_map(Result::ok) {
            let place = site.path().join(to).join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&place).unwrap();
            } else {
                std::fs::copy(entry.path(), &place).unwrap();
            }
        }
    }
    site
}

/// Exit status, and all that was said.
fn run(folder: &Path, words: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(words)
        .args(["--lang", "ja"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    said(&output)
}

fn said(output: &Output) -> (i32, String) {
    let text = [String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)].concat();
    (output.status.code().unwrap_or(-1), text)
}

/// Every file below a folder, hidden ones too.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// Files that hold some words, or whose name does.
fn holding(root: &Path, folders: &[&str], words: &[&str]) -> Vec<PathBuf> {
    let all = folders.iter().flat_map(|folder| files(&root.join(folder)));
    all.filter(|file| {
        let bytes = std::fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        words.iter().any(|word| text.contains(word) || file.to_string_lossy().contains(word))
    })
    .collect()
}

const AT: [&str; 2] = ["--at", "2026-07-01T09:00:00+09:00"];
const KEPT: [&str; 3] = ["public", ".sumika", "edition-2026-06"];

fn with<'w>(words: &[&'w str]) -> Vec<&'w str> {
    [words, &AT].concat()
}

/// A site that was published with a story, and whose edition was made into a bundle; the story is then withdrawn.
fn withdrawn() -> tempfile::TempDir {
    let site = site("small");
    let root = site.path();
    let story = root.join("content/stories/hayashi.md");
    let text = std::fs::read_to_string(&story).unwrap().replace("until = 2028-03-31", "until = 2099-03-31");
    std::fs::write(&story, &text).unwrap();
    assert_eq!(run(root, &with(&["build"])).0, 0);
    assert_eq!(run(root, &["build", "--edition", "2026-06"]).0, 0);
    assert!(!holding(root, &KEPT, &["林さんの庭", "hayashi"]).is_empty());
    let (status, told) = run(root, &with(&["audit"]));
    assert_eq!(status, 0, "while the consent holds, all is well: {told}");
    std::fs::write(&story, text.replace("until = 2099-03-31", "until = 2099-03-31\nwithdrawn = 2026-06-20")).unwrap();
    site
}

#[test]
fn one_build_after_a_withdrawal_leaves_no_trace_and_audit_proves_it() {
    let site = withdrawn();
    let root = site.path();
    let pictures = files(&root.join(".sumika/cache")).len();
    assert!(pictures > 0, "the story's picture was kept");
    let (status, told) = run(root, &with(&["audit"]));
    assert_eq!(status, 1, "{told}");
    for place in ["public/stories/hayashi/index.html", "public/editions/2026-06/index.html", "edition-2026-06/"] {
        assert!(told.contains(place), "{place} is not named:\n{told}");
    }
    assert!(told.contains("[S1552]") && told.contains("[S1554]") && told.contains("同意の取り下げ"), "{told}");

    assert_eq!(run(root, &with(&["build"])).0, 0);
    assert_eq!(run(root, &["build", "--edition", "2026-06", "--out", "edition-2026-06"]).0, 0);
    let left = holding(root, &KEPT, &["林さんの庭", "hayashi", "縁側から庭が", "garden"]);
    assert!(left.is_empty(), "{left:?}");
    let (status, told) = run(root, &with(&["audit"]));
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("どこにも残っていません") && told.contains("林さんの庭"), "{told}");
    assert!(files(&root.join(".sumika/cache")).len() < pictures, "its picture left the cache");
}

#[test]
fn audit_names_whatever_is_left_of_a_withdrawn_story() {
    let site = withdrawn();
    let root = site.path();
    assert_eq!(run(root, &with(&["build"])).0, 0);
    std::fs::remove_dir_all(root.join("edition-2026-06")).unwrap();
    assert_eq!(run(root, &with(&["audit"])).0, 0);
    let public = files(&root.join("public"));
    let page = public.iter().find(|file| file.ends_with("index.html")).unwrap();
    let was = std::fs::read(page).unwrap();
    for (place, bytes, code) in [
        (
            "public/stories/hayashi/index.html",
            "<p>縁側から庭が見えます。訪問看護の方が来る日は、お茶をいれて待ちました</p>",
            "S1552",
        ),
        ("public/images/left.webp", "RIFF a picture of the garden", "S1553"),
        ("public/editions/2025-06/index.html", "<a>林さんの庭</a>", "S1552"),
        ("public/feed-old.xml", "<title>林さんの庭</title>", "S1552"),
        (".sumika/cache/ab/cdef0123", "a picture of the garden", "S1554"),
        (".public.sumika-new/stories/hayashi/index.html", "half a release", "S1555"),
        ("edition-2026-06/stories/hayashi/index.html", "<h1>林さんの庭</h1>", "S1552"),
    ] {
        let planted = root.join(place);
        let top = planted.ancestors().find(|above| above.parent().is_some_and(Path::exists)).unwrap().to_owned();
        std::fs::create_dir_all(planted.parent().unwrap()).unwrap();
        std::fs::write(&planted, bytes).unwrap();
        if place.starts_with("edition-") {
            std::fs::copy(root.join("public/SHA256SUMS"), root.join("edition-2026-06/SHA256SUMS")).unwrap();
        }
        let (status, told) = run(root, &with(&["audit"]));
        assert_eq!(status, 1, "{place}: {told}");
        let named = Path::new(place).iter().next().unwrap().to_string_lossy().into_owned();
        assert!(told.contains(code) && told.contains(&named), "{place}: {told}");
        if top.is_dir() { std::fs::remove_dir_all(top).unwrap() } else { std::fs::remove_file(top).unwrap() }
    }
    std::fs::write(page, [was.as_slice(), b"<!-- changed by hand -->"].concat()).unwrap();
    let (status, told) = run(root, &with(&["audit"]));
    assert!(status == 1 && told.contains("S1553"), "{told}");
    std::fs::write(page, was).unwrap();
    assert_eq!(run(root, &with(&["audit"])).0, 0);
}

/// Writes a file of a site anew.
fn edit(root: &Path, path: &str, change: impl Fn(&str) -> String) {
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    std::fs::write(root.join(path), change(&text)).unwrap();
}

#[test]
fn the_page_of_a_newsletter_edition_has_everything_in_it() {
    let site = site("small");
    let root = site.path();
    edit(root, "sumika.toml", |text| text.replace("theme = \"bare\"", "theme = \"default\""));
    edit(root, "content/plans/2026.toml", |text| {
        text.replace("stage = 1", "stage = 3").replace("number = 1", "number = 3")
    });
    let (status, told) = run(root, &with(&["build"]));
    assert_eq!(status, 0, "{told}");
    let page = std::fs::read_to_string(root.join("public/editions/2026-06/index.html")).unwrap();
    for words in [
        "はじまりの号",
        "林さんの話から始めます",
        "この号の内容",
        "縁側から庭が見えます",
        "/images/garden-",
        "alt=\"庭の木\"",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

#[test]
fn one_edition_alone_is_marked_while_it_is_not_public() {
    const MARK: &str = "公開前の見本です";
    let site = site("small");
    let root = site.path();
    edit(root, "sumika.toml", |text| text.replace("theme = \"bare\"", "theme = \"default\""));
    let page = || std::fs::read_to_string(root.join("edition-2026-06/editions/2026-06/index.html")).unwrap();
    assert_eq!(run(root, &["build", "--edition", "2026-06"]).0, 0);
    assert!(!page().contains(MARK));
    assert!(!root.join("edition-2026-06/areas").exists(), "the bundle is no site");
    let plan = std::fs::read_to_string(root.join("content/plans/2026.toml")).unwrap();
    let plan = plan.replace("2026-06-01T", "2099-06-01T").replace("fiscal_year = 2026", "fiscal_year = 2099");
    std::fs::remove_file(root.join("content/plans/2026.toml")).unwrap();
    std::fs::write(root.join("content/plans/2099.toml"), plan).unwrap();
    let (status, told) = run(root, &["build", "--edition", "2026-06"]);
    assert_eq!(status, 0, "{told}");
    assert!(page().contains(MARK), "{}", page());
}

#[test]
fn audit_lets_an_edition_be_that_was_built_before_it_is_out() {
    let site = site("small");
    let root = site.path();
    edit(root, "sumika.toml", |text| text.replace("theme = \"bare\"", "theme = \"default\""));
    edit(root, "content/plans/2026.toml", |text| text.replace("release = 2026-06-01T", "release = 2026-09-01T"));
    edit(root, "content/stories/hayashi.md", |text| text.replace("until = 2028-03-31", "until = 2099-03-31"));
    assert_eq!(run(root, &with(&["build"])).0, 0);
    assert_eq!(run(root, &["build", "--edition", "2026-06"]).0, 0);
    let bundle = files(&root.join("edition-2026-06"));
    assert!(
        bundle.iter().any(|file| file.extension().is_some_and(|kind| kind == "webp" || kind == "png")),
        "{bundle:?}"
    );
    let (status, told) = run(root, &with(&["audit"]));
    assert_eq!(status, 0, "what will be shown then may be there: {told}");
    // But nothing that will not.
    edit(root, "content/stories/hayashi.md", |text| {
        text.replace("until = 2099-03-31", "until = 2099-03-31\nwithdrawn = 2026-06-20")
    });
    let (status, told) = run(root, &with(&["audit"]));
    assert!(status == 1 && told.contains("[S1552]") && told.contains("edition-2026-06/"), "{told}");
}

const FLAGS: [&str; 12] = [
    "--name",
    "こもれび市",
    "--code",
    "132012",
    "--area",
    "kita=北の圏域",
    "--area",
    "minami=南の圏域",
    "--desk",
    "在宅相談室",
    "--phone",
    "042-000-0000",
];

#[test]
fn a_new_site_from_flags_builds_at_once_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (status, told) = run(folder.path(), &[&["new", "site"], FLAGS.as_slice()].concat());
    assert_eq!(status, 0, "{told}");
    let site = folder.path().join("site");
    let written = std::fs::read_to_string(site.join("sumika.toml")).unwrap();
    assert!(
        written.contains("こもれび市") && written.contains("132012") && written.contains("在宅相談室"),
        "{written}"
    );
    let areas = std::fs::read_to_string(site.join("resources/areas.csv")).unwrap();
    assert!(areas.contains("kita,北の圏域") && areas.contains("minami,南の圏域"), "{areas}");
    let (status, told) = run(&site, &["build"]);
    assert_eq!(status, 0, "{told}");
    assert!(site.join("public/areas/kita/index.html").is_file());
    let (status, told) = run(folder.path(), &["new", "site"]);
    assert!(status == 2 && told.contains("S1530"), "{told}");
}

#[test]
fn the_plan_of_the_next_year_is_drafted_by_a_command_and_read_without_a_message() {
    let site = site("small");
    let (status, told) = run(site.path(), &["new", "plan"]);
    assert_eq!(status, 0, "{told}");
    let text = std::fs::read_to_string(site.path().join("content/plans/2027.toml")).unwrap();
    assert!(text.contains("fiscal_year = 2027") && text.contains("# title = \"…\""), "{text}");
    assert!(told.contains("S1522"), "the year before has no review yet: {told}");
    let (status, told) = run(site.path(), &["check", "--at", "2026-07-01"]);
    assert!(status == 0 && !told.contains("2027.toml"), "{told}");
    let (status, told) = run(site.path(), &["new", "plan", "2027"]);
    assert!(status == 2 && told.contains("S1531"), "{told}");
    for year in ["27", "nextyear", "1926"] {
        let (status, told) = run(site.path(), &["new", "plan", year]);
        assert!(status == 2 && told.contains("S1532"), "{year}: {told}");
    }
}

#[test]
fn a_check_without_pages_tells_of_rows_and_of_no_link() {
    let site = site("small");
    // The bare theme writes no links.
    let config = site.path().join("sumika.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("theme = \"bare\"", "")).unwrap();
    let list = site.path().join("resources/facilities/list.csv");
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, text.replace("2026-06-01", "2026-06-41")).unwrap();
    let guide = site.path().join("content/guides/start.md");
    let text = std::fs::read_to_string(&guide).unwrap();
    std::fs::write(&guide, format!("{text}\n[どこへも着きません](/data/nowhere.csv)\n")).unwrap();
    let (status, told) = run(site.path(), &["check", "--at", "2026-07-01"]);
    assert!(status == 1 && told.contains("2026-06-41") && told.contains("nowhere.csv"), "{told}");
    let (status, told) = run(site.path(), &["check", "--at", "2026-07-01", "--no-pages"]);
    assert!(status == 1 && told.contains("2026-06-41") && !told.contains("nowhere.csv"), "{told}");
}

/// A terminal with somebody typing at it: `script` of util-linux makes one.
fn typed(folder: &Path, words: &str, lines: &str) -> Option<(i32, String)> {
    let program = format!("{} {words} --lang ja", env!("CARGO_BIN_EXE_sumika"));
    let child = Command::new("script")
        .args(["--quiet", "--return", "--command", &program, "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: there is no `script` to make a terminal");
        return None;
    };
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    Some(said(&child.wait_with_output().unwrap()))
}

#[test]
fn a_new_site_asks_on_a_terminal_and_asks_again_for_what_it_cannot_use() {
    let folder = tempfile::tempdir().unwrap();
    // The code lacks its check digit first; an area has no name first; the telephone is the example's.
    let lines = "こもれび市\n13201\n132012\nkita\nkita=北の圏域 minami=南の圏域\n在宅相談室\n\n\n";
    let Some((status, told)) = typed(folder.path(), "new site", lines) else { return };
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("市町村の名前") && told.contains("使えません"), "{told}");
    let written = std::fs::read_to_string(folder.path().join("site/sumika.toml")).unwrap();
    for words in ["こもれび市", "132012", "在宅相談室", "0910-00-0000"] {
        assert!(written.contains(words), "{words}: {written}");
    }
    let areas = std::fs::read_to_string(folder.path().join("site/resources/areas.csv")).unwrap();
    assert!(areas.contains("kita,北の圏域") && areas.contains("minami,南の圏域"), "{areas}");
}

/// A field of a crontab that is `*` or a number within bounds.
fn is_field(field: &str, (least, most): (u8, u8)) -> bool {
    field == "*" || field.parse::<u8>().is_ok_and(|number| (least..=most).contains(&number))
}

fn is_cron(fields: &[&str]) -> bool {
    let bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
    fields.len() == 5 && fields.iter().zip(bounds).all(|(field, bounds)| is_field(field, bounds))
}

#[test]
fn every_line_for_cron_and_for_workflows_is_one_that_they_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let opened = pipeline::open(&load(root, &Limits::STANDARD).unwrap().sources).value;
    let at = "2026-03-31T14:59:59Z".parse().unwrap();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    let changes = schedule::changes(&opened, &request, "2027-03-31T14:59:59Z".parse().ok());
    assert!(changes.len() > 20, "{}", changes.len());
    let zone = &opened.library.config.zone;
    let cron = schedule::cron(&changes, zone, "/srv/my site", Language::Ja);
    let lines = || cron.lines().filter(|line| !line.starts_with('#') && !line.starts_with("CRON_TZ="));
    assert_eq!(lines().count(), changes.len() + 1, "each instant and every morning");
    for line in lines() {
        let words: Vec<&str> = line.splitn(6, ' ').collect();
        assert!(is_cron(words.get(..5).unwrap()), "{line}");
        let command = words.get(5).unwrap();
        assert!(!command.replace("\\%", "").contains('%'), "cron ends a command at %: {line}");
        let shell = Command::new("sh").args(["-n", "-c", &command.replace("\\%", "%")]).status().unwrap();
        assert!(shell.success(), "{line}");
    }
    let workflow = schedule::github(&changes, zone, Language::Ja);
    let crons: Vec<&str> =
        workflow.lines().filter_map(|line| line.trim().strip_prefix("- cron: \"")?.split('"').next()).collect();
    assert_eq!(crons.len(), changes.len() + 1);
    assert!(crons.iter().all(|line| is_cron(&line.split(' ').collect::<Vec<&str>>())), "{crons:?}");
}

#[test]
fn the_workflow_of_the_schedule_calls_one_that_github_writes_and_that_can_be_called() {
    let site = site("small");
    assert_eq!(run(site.path(), &["github"]).0, 0);
    let (status, schedule) = run(site.path(), &["schedule", "--format", "github", "--at", "2026-04-01"]);
    assert_eq!(status, 0, "{schedule}");
    let called = schedule.lines().find_map(|line| line.trim().strip_prefix("uses: ./")).unwrap();
    let called = std::fs::read_to_string(site.path().join(called)).unwrap();
    assert!(called.lines().any(|line| line.trim_end() == "  workflow_call:"), "{called}");
    // A caller may not give less than the called workflow asks for.
    let permissions = |text: &str| {
        let block = text.lines().skip_while(|line| *line != "permissions:").skip(1);
        let lines = block.take_while(|line| line.starts_with("  "));
        lines.map(|line| line.trim().to_owned()).collect::<std::collections::BTreeSet<String>>()
    };
    assert!(permissions(&schedule).is_superset(&permissions(&called)), "{schedule}\n{called}");
}

/// What is for staff only must not come to lie where everybody reads.
#[test]
fn nothing_for_staff_is_written_into_a_published_folder() {
    let site = site("small");
    let (status, told) = run(site.path(), &["build", "--at", "2026-07-01"]);
    assert!(status == 0, "{told}");
    for words in [["export", "--format", "csv", "--out", "public"], ["review", "..", ".", "--out", "public/review"]] {
        let (status, told) = run(site.path(), &words);
        assert!(status == 2 && told.contains("S1650"), "{words:?}: {told}");
    }
    let (status, told) = run(site.path(), &["verify", "public"]);
    assert!(status == 0, "{told}");
}
