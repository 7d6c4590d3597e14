//! The sample site's pages of editions, events and figures, with the default theme: what a resident finds on each.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read the sample, and stop at what they did not expect"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use jiff::Timestamp;
use sumika::artifact::{Artifact, Body};
use sumika::load::load;
use sumika::pipeline;
use sumika::select::{Medium, Request};
use sumika::source::Limits;

/// When all editions of the sample are out.
const LAST: &str = "2027-03-01T00:00:00Z";
/// Between two editions, and between events.
const BETWEEN: &str = "2026-11-22T00:00:00Z";

type Pages = BTreeMap<String, String>;

/// The pages at an instant that several tests look at, made once.
fn kept(at: &'static str) -> &'static Pages {
    static KEPT: [OnceLock<Pages>; 2] = [OnceLock::new(), OnceLock::new()];
    KEPT[usize::from(at == LAST)].get_or_init(|| pages(at))
}

/// The pages at an instant, by their paths.
fn pages(at: &str) -> Pages {
    let loaded = load(Path::new(env!("CARGO_MANIFEST_DIR")), &Limits::STANDARD).unwrap();
    let at: Timestamp = at.parse().unwrap();
    // The sample says what was confirmed and what came of events until then.
    let now = LAST.parse().unwrap();
    let request = Request { at, now, medium: Medium::Web, drafts: false, quarantine: false };
    let mut output: Vec<Artifact> = Vec::new();
    let opened = pipeline::open(&loaded.sources);
    assert!(!opened.report.has_errors());
    let built = pipeline::build(&opened.value, &request, &mut output);
    assert!(!built.value.fatal);
    let text = |artifact: Artifact| match artifact.body {
        Body::Bytes(bytes) => Some((artifact.path.as_str().to_owned(), String::from_utf8(bytes).ok()?)),
        _ => None,
    };
    output.into_iter().filter_map(text).collect()
}

/// The places at which the words stand, which must all be there and in this order.
fn in_order(page: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = page.get(from..).unwrap().find(word);
        from += at.unwrap_or_else(|| panic!("`{word}` is missing, or stands too early, in\n{page}")) + word.len();
    }
}

/// The part of a page from one text to another.
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let (_, rest) = page.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

#[test]
fn editions_of_each_stage_have_what_the_plan_asks_of_them() {
    let pages = kept(LAST);
    // Stage 1: cover, the editor's summary, the lead, contents by kind, the neighbours.
    let first = &pages["editions/2026-06/index.html"];
    in_order(
        first,
        &[
            "<header class=\"cover\">",
            "もしもの話をしよう",
            "急に熱が出た夜",
            "edition-lead",
            "/stories/yoru-no-denwa/",
        ],
    );
    in_order(first, &["<h2>みなさんの話</h2>", "<h2>お知らせ</h2>", "<h2>この号の催し</h2>"]);
    in_order(
        first,
        &["<nav class=\"pager\"", "/editions/2026-02/\" rel=\"prev\"", "/editions/2026-10/\" rel=\"next\""],
    );
    // Stage 2: a section for each of its areas, with what is near.
    let second = &pages["editions/2026-10/index.html"];
    in_order(
        second,
        &["<header class=\"cover\">", "港地区のページ", "/areas/minato/", "川上地区のページ", "/areas/kawakami/"],
    );
    in_order(part(second, "港地区のページ", "</section>"), &["/events/2026-10-minato-cafe/", "終わりました"]);
    assert_eq!(part(second, "<main", "</main>").matches("<a href=\"/stories/hama-no-sanso/\"").count(), 1);
    // Stage 3: the whole newsletter is in the HTML.
    let third = &pages["editions/2027-02/index.html"];
    in_order(
        third,
        &[
            "<header class=\"cover\">",
            "<nav class=\"contents\"",
            "href=\"#article-1\"",
            "<article id=\"article-1\"",
            "</article>",
        ],
    );
    in_order(
        part(third, "<article id=\"article-1\"", "</article>"),
        &["澄江さんは、自分の紙も書きました", "人の家の紙でも、読める"],
    );
}

#[test]
fn the_archive_stands_by_year_and_stage() {
    let pages = kept(LAST);
    let archive = &pages["editions/index.html"];
    let of_2026 = part(archive, "<h2>令和8年度（2026年度）</h2>", "</section>");
    in_order(
        of_2026,
        &[
            "/plan/2026/",
            "<h3>冷蔵庫に貼る一枚を、全世帯へ</h3>",
            "/editions/2027-02/",
            "<h3>港と川上から</h3>",
            "/editions/2026-10/",
            "<h3>「もしも」を口に出す</h3>",
            "/editions/2026-06/",
        ],
    );
    in_order(archive, &["<h2>令和8年度", "<h2>令和7年度"]);
}

#[test]
fn the_home_page_follows_the_current_edition_and_is_whole_before_the_first() {
    for (at, edition) in [
        ("2025-01-10T00:00:00Z", None),
        ("2026-05-31T23:59:59Z", Some("/editions/2026-02/")),
        ("2026-06-01T00:00:00Z", Some("/editions/2026-06/")),
        ("2026-11-22T00:00:00Z", Some("/editions/2026-10/")),
    ] {
        let pages = pages(at);
        let home = &pages["index.html"];
        in_order(home, &["<h1", "/areas/", "</main>"]);
        match edition {
            Some(edition) => assert!(home.contains(edition), "{at}: {edition}"),
            None => assert!(!home.contains("/editions/20"), "{at}"),
        }
    }
}

#[test]
fn events_stand_by_month_and_year_and_training_stands_apart() {
    let pages = kept(BETWEEN);
    let calendar = &pages["events/index.html"];
    let (residents, professionals) = calendar.split_once("id=\"professionals\"").unwrap();
    assert!(professionals.contains("/events/2027-01-kenshu/") && !residents.contains("/events/2027-01-kenshu/"));
    in_order(
        residents,
        &["/events/2026-12-kawakami-cafe/", "/events.ics", "これまでの催し", "/events/2026-09-symposium/"],
    );
    assert!(
        pages["events.ics"].contains("BEGIN:VEVENT") && pages["areas/kawakami/events.ics"].contains("BEGIN:VEVENT")
    );
    // What is over tells how many came and what was said.
    in_order(&pages["events/2026-09-symposium/index.html"], &["class=\"result\"", "人", "</section>"]);
}

#[test]
fn supply_is_counted_from_the_lists_and_set_against_people_of_75_and_over() {
    let pages = kept(BETWEEN);
    let counted = pages.iter().find(|(path, _)| path.starts_with("figures/lists")).unwrap().1;
    in_order(counted, &["75歳以上", "<svg", "<table"]);
}
