//! Every way in which people write TOML and YAML wrongly is told in our own words, at its place.

use super::{parse_toml, parse_yaml};
use crate::diag::{Code, Language, Report, format::human};
use crate::source::{SourcePath, Sources};

/// A broken text, the line and column of its only message, and the cause.
type Row = (&'static str, &'static str, &'static str);

const TOML: &[Row] = &[
    ("a = 案内\n", "1:5", "unquoted"),
    ("a = \"x\nb = 1\n", "1:7", "unclosed_text"),
    ("a = 'x\n", "1:7", "unclosed_text"),
    ("a = \"\"\"x\nb = 1\n", "1:5", "unclosed_lines"),
    ("a = “x”\n", "1:5", "wide"),
    ("a ＝ \"x\"\n", "1:3", "wide"),
    ("a = [\"x\"、\"y\"]\n", "1:9", "wide"),
    ("　a = 1\n", "1:1", "wide"),
    ("a \"x\"\n", "1:3", "no_equals"),
    ("a: \"x\"\n", "1:2", "colon"),
    ("a =\nb = 1\n", "1:4", "no_value"),
    ("a == 1\n", "1:4", "extra_equals"),
    ("a = 2026/06/01\n", "1:5", "date"),
    ("a = 2026-6-1\n", "1:5", "date"),
    ("a = 2026-02-30\n", "1:5", "date"),
    ("a = 令和8年6月1日\n", "1:5", "date"),
    ("a = 9:00\n", "1:5", "date"),
    ("a = 012345\n", "1:5", "number"),
    ("a = 1,000\n", "1:6", "number"),
    ("a = 03-1234-5678\n", "1:5", "number"),
    ("a = 12人\n", "1:5", "number"),
    ("a = 1__2\n", "1:6", "number"),
    ("a = [1, 2\nb = 1\n", "1:5", "unclosed_bracket"),
    ("a = {x = 1\n", "1:5", "unclosed_bracket"),
    ("a = [\"x\" \"y\"]\n", "1:10", "no_comma"),
    ("a = [\"x\",,\"y\"]\n", "1:10", "extra_comma"),
    ("a = ]\n", "1:5", "stray_bracket"),
    ("[a\nb=1\n", "1:3", "unclosed_heading"),
    ("[[a]\nb=1\n", "1:5", "unclosed_heading"),
    ("題名 = \"x\"\n", "1:1", "key"),
    ("a = \"x\" b\n", "1:9", "extra"),
    ("a = 'it's'\n", "1:9", "extra"),
    ("a = \"C:\\data\"\n", "1:9", "escape"),
    ("a = yes\n", "1:5", "flag"),
    ("a = True\n", "1:5", "flag"),
    ("a = TEL\n", "1:5", "unquoted"),
    ("a = {b=1}\n[a.c]\nx=1\n", "2:2", "taken"),
    ("a = \"x\u{1}\"\n", "1:7", "control"),
    ("a=1\r b=2\n", "1:4", "line_break"),
    ("<<<<<<< HEAD\na=1\n=======\na=2\n>>>>>>> x\n", "1:1", "merge"),
];

const YAML: &[Row] = &[
    ("a: \"x\nb: 1\n", "1:4", "unclosed_text"),
    ("a: 'x\n", "1:4", "unclosed_text"),
    ("a: [1\n", "1:4", "unclosed_bracket"),
    ("a: [1, 2\nb: 1\n", "1:4", "unclosed_bracket"),
    ("a: {x: 1\n", "1:4", "unclosed_bracket"),
    ("a: [x, y]]\n", "1:10", "stray_bracket"),
    ("a\nb: 1\n", "1:1", "no_colon"),
    ("a: 1\nb\n", "2:1", "no_colon"),
    ("a\n", "1:1", "no_colon"),
    ("a:1\n", "1:1", "no_blank"),
    ("a：1\n", "1:2", "wide"),
    ("a: 1\nb：2\n", "2:2", "wide"),
    ("a: 看取り: 家\n", "1:7", "colon_in_value"),
    ("a: 1\n b: 2\n", "2:1", "indent"),
    ("a:\n  b: 1\n c: 2\n", "3:1", "indent"),
    ("  a: 1\nb: 2\n", "2:1", "indent"),
    ("a:\n\tb: 1\n", "2:1", "tab"),
    ("a: 1\n\tb: 2\n", "2:1", "tab"),
    ("a: - x\n", "1:4", "list_in_value"),
    ("- a\nb: 1\n", "2:1", "list_mixed"),
    ("a: 1\n- b\n", "2:1", "list_mixed"),
    ("a: @x\n", "1:4", "reserved"),
    ("a: ,x\n", "1:4", "reserved"),
    ("a: \"\\q\"\n", "1:4", "escape"),
    ("a: 'it's'\n", "1:8", "after_quote"),
    ("a: 1\n...\nb: 2\n", "3:1", "other"),
    ("a: >1x\n", "1:4", "block"),
    ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "1:1", "merge"),
];

fn told(name: &str, text: &str) -> (Report, String) {
    let mut sources = Sources::new();
    let path = SourcePath::new(name).expect("a plain name");
    sources.insert_text(path.clone(), text.as_bytes());
    let report = if name.ends_with("toml") { parse_toml(text, &path, 0) } else { parse_yaml(text, &path, 0) }.report;
    let said = human::render(&report, &sources, Language::Ja, false);
    (report, said)
}

fn check(name: &str, rows: &[Row], wrong: &mut Vec<String>) {
    for (text, place, cause) in rows {
        let (report, said) = told(name, text);
        let causes: Vec<&str> = report.iter().map(|told| told.cause.unwrap_or("none")).collect();
        if causes != [*cause] || !said.contains(&format!(" --> {name}:{place}\n")) {
            wrong.push(format!("{text:?}: {causes:?} {}", said.lines().nth(1).unwrap_or_default()));
        }
        for told in report.iter() {
            let (message, help) = (told.message(Language::Ja), told.help(Language::Ja));
            if speaks_english(&message) || speaks_english(&help) || message.contains('{') {
                wrong.push(format!("{text:?}: {message} {help}"));
            }
        }
    }
}

/// Three words of English in a row, which only a parser would say.
fn speaks_english(text: &str) -> bool {
    let words = text.split(' ').map(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()));
    words.collect::<Vec<_>>().windows(3).any(|three| three.iter().all(|&english| english))
}

#[test]
fn mistakes_of_writing_are_told_once_at_their_place_in_our_words() {
    let mut wrong = Vec::new();
    check("a.toml", TOML, &mut wrong);
    check("a.yaml", YAML, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_key_written_twice_shows_the_first() {
    for (text, first) in [("a = 1\nb = 2\na = 3\n", 0), ("[a]\nx = 1\n[b]\n[a]\ny = 1\n", 1)] {
        let (report, _) = told("a.toml", text);
        let found: Vec<(Code, Option<u32>)> =
            report.iter().map(|told| (told.code, told.labels.first().map(|label| label.span.start))).collect();
        assert_eq!(found, [(Code::DuplicateKey, Some(first))], "{text}");
    }
}

#[test]
fn what_no_parser_has_said_yet_is_told_without_its_words() {
    for (name, code) in [("a.toml", Code::TomlSyntax), ("a.yaml", Code::YamlSyntax)] {
        let span = crate::source::Span::file(&SourcePath::new(name).expect("a plain name"));
        let message = crate::diag::Diagnostic::new(code).at(&span).because("other").message(Language::Ja);
        assert!(!speaks_english(&message) && message.contains("読み取れません"), "{message}");
    }
}

#[test]
fn nothing_is_missing_or_unknown_in_a_text_with_mistakes() {
    let path = SourcePath::new("a.toml").expect("a plain name");
    let tree = parse_toml("[site]\ntitle = \"x\nlanguage = 1\n[desk]\nname = \"y\"\n", &path, 0).value;
    let fields = super::Fields::new(&tree, "");
    fields.require("municipality");
    let desk = fields.fields("desk").expect("what is sound is read");
    assert_eq!(desk.text("name").map(|text| text.value).as_deref(), Some("y"));
    let mut report = Report::new();
    desk.finish(&mut report);
    fields.finish(&mut report);
    assert!(report.is_empty(), "{report:?}");
}
