//! First files: a starter site builds at once without a remark, and a drafted plan is a plan.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the sample and stop at surprises")]

use std::path::Path;

use sumika::artifact::Artifact;
use sumika::calendar::fiscal_year::FiscalYear;
use sumika::diag::{Language, format::human};
use sumika::japan::municipality_code::MunicipalityCode;
use sumika::load::load;
use sumika::pipeline;
use sumika::select::{Medium, Request};
use sumika::source::{Limits, SourcePath, Sources};
use sumika::starter::{self, Answers};

/// Everything that a build at an instant has to say.
fn remarks(sources: &Sources, at: &str) -> String {
    let opened = pipeline::open(sources);
    let at = at.parse().unwrap();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    let mut artifacts: Vec<Artifact> = Vec::new();
    let built = pipeline::build(&opened.value, &request, &mut artifacts);
    let mut report = opened.report;
    report.append(built.report);
    human::render(&report.sorted(), sources, Language::Ja, false)
}

#[test]
fn a_starter_site_builds_at_once_whatever_the_town_is_called() {
    for name in ["こもれび市", "\"引用符\"の、\\町,"] {
        let answers = Answers {
            name: name.to_owned(),
            code: MunicipalityCode::parse_six("392995").unwrap(),
            areas: vec![("kita".to_owned(), "北部, 圏域".to_owned()), ("minami".to_owned(), "南部圏域".to_owned())],
            desk: "在宅療養\"相談\"窓口".to_owned(),
            phone: "0910-00-0000".to_owned(),
            year: FiscalYear::new(2026).unwrap(),
            repository: name.starts_with('こ').then(|| "https://github.com/example/komorebi".to_owned()),
        };
        let mut sources = Sources::new();
        for (path, text) in starter::site(&answers) {
            if let Some(path) = SourcePath::new(&path).filter(|path| !path.as_str().starts_with('.')) {
                sources.insert_text(path, text.as_bytes());
            }
        }
        let remarks = remarks(&sources, "2026-07-01T00:00:00Z");
        let rows_are_missing_only = remarks.matches("S16").count() == remarks.matches("[S").count();
        assert!(rows_are_missing_only && !remarks.contains("エラー["), "{remarks}");
    }
}

#[test]
fn the_next_plan_of_the_sample_is_drafted_from_its_last_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = load(root, &Limits::STANDARD).unwrap().sources;
    let opened = pipeline::open(&sources).value;
    let year = starter::next_year(&opened.library).unwrap();
    assert_eq!(year.year(), 2027);
    let text = starter::draft(&opened.library, year).unwrap();
    assert!(text.contains("fiscal_year = 2027") && text.contains("starts = 2027-06-01"), "{text}");
    assert!(text.contains("# slug = \"2027-06\"") && text.contains("# slug = \"2028-02\""), "{text}");
    assert!(text.contains("to = …") && text.contains("見直し"), "{text}");
    sources.insert_text(SourcePath::new("content/plans/2027.toml").unwrap(), text.as_bytes());
    let told = pipeline::open(&sources).report;
    let about: Vec<_> = told
        .iter()
        .filter(|d| d.primary.as_ref().is_some_and(|span| span.path.as_str().ends_with("2027.toml")))
        .collect();
    assert!(about.is_empty(), "{about:?}\n{text}");
    println!("{text}");
}
