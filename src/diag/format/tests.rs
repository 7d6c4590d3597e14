use super::{github, json, sarif};
use crate::diag::{Code, Diagnostic, Language, Report};
use crate::source::{SourcePath, Sources, Span};

fn sources() -> (SourcePath, Sources) {
    let path = SourcePath::new("resources/facilities/看取り, 50%.csv").expect("a path");
    let mut sources = Sources::new();
    sources.insert_text(path.clone(), "ID,名称\na,看取り\nb,\"二\n行\"\n".as_bytes());
    (path, sources)
}

fn many(count: usize) -> Report {
    let (path, _) = sources();
    let mut report = Report::new();
    for number in 0..count {
        let value = format!("100% *{number}*\n<b>`@x");
        report.push(
            Diagnostic::new(Code::UrlUnusable).at(&Span::new(&path, 12..21)).arg("value", value).arg("near", "x"),
        );
    }
    report
}

#[test]
fn annotations_stop_at_what_github_shows_and_the_summary_has_all() {
    let (path, sources) = sources();
    let mut report = many(12);
    report.push(Diagnostic::new(Code::HeadingUnknown).at(&Span::file(&path)).arg("heading", "x").arg("near", "y"));
    let annotations = github::render(&report, &sources, Language::Ja);
    assert_eq!(annotations.commands.lines().count(), 11);
    assert_eq!(annotations.left_over, 2);
    assert_eq!(annotations.summary.lines().filter(|line| line.starts_with("- ")).count(), 13);
    let first = annotations.commands.lines().next().unwrap_or_default();
    assert!(
        first.starts_with(
            "::error file=resources/facilities/看取り%2C 50%25.csv,line=2,endLine=2,col=3,endColumn=6,title=S0655::"
        ),
        "{first}"
    );
    assert!(first.contains("100%25 *0*%0A<b>`@x"), "{first}");
    assert!(!annotations.summary.contains("<b>") && annotations.summary.contains("&#60;b&#62;"));
    assert!(annotations.commands.contains("file=resources/facilities/看取り%2C 50%25.csv,title=S0611::"));
}

#[test]
fn every_format_tells_every_diagnostic() {
    let (_, sources) = sources();
    let report = many(13);
    let lines = json::render(&report, &sources, Language::En);
    assert_eq!(lines.lines().count(), 13);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64(), first["end_column"].as_u64()),
        (Some(2), Some(3), Some(6))
    );
    assert_eq!(first["severity"], "error");
    let sarif: serde_json::Value = serde_json::from_str(&sarif::render(&report, &sources, Language::En)).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().map_or(0, Vec::len);
    assert_eq!(results, 13);
    let uri = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "resources/facilities/%E7%9C%8B%E5%8F%96%E3%82%8A,%2050%25.csv");
    let empty = Report::new();
    assert_eq!(json::render(&empty, &sources, Language::En), "");
    assert_eq!(github::render(&empty, &sources, Language::En).summary, "");
    assert!(sarif::render(&empty, &sources, Language::En).contains("\"results\": []"));
}
