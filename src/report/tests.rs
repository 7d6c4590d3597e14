use super::{Block, Paper, page, paper, tables, text};
use crate::diag::Language;
use crate::library;
use crate::select::{Medium, Request};
use crate::source::{SourcePath, Sources};

const SITE: &str = "[site]\ntitle = \"こもれび市\"\nbase_url = \"https://example.jp/\"\nlanguages = [\"ja\"]\n";
const AREAS: &str = "area,name,year,population,over_75\nkita,きた,2025,100,40\nminami,みなみ,2025,100,30\n";
const LIST: &str = "id,category,name,area,serves,services,phone,source,verified_on\n\
n-1,visiting_nursing,ほしぞら訪問看護,kita,kita,around_the_clock,,看護連絡会,2026-05-01\n\
c-1,clinic,もり医院,minami,,,,医師会,2024-05-01\n";
const STORY: &str = "+++\ntitle = \"庭の話\"\nviewpoints = [\"reality\"]\nscenes = [\"daily\"]\n[consent]\nobtained = 2026-01-01\nscope = [\"web\"]\n+++\n本文\n";
const WITHDRAWN: &str = "+++\ntitle = \"海辺の秘密\"\n[consent]\nobtained = 2026-01-01\nscope = [\"web\"]\nwithdrawn = 2026-05-01\n+++\nだれにも言わない本文\n";
const EVENT: &str = "+++\ntitle = \"|きたのカフェ|\"\nareas = [\"kita\"]\n[event]\nstarts = 2026-05-10\nmethod = \"cafe\"\ncapacity = 20\n+++\n";

fn at(instant: &str) -> Paper {
    let mut sources = Sources::new();
    for (path, file) in [
        ("sumika.toml", SITE),
        ("resources/areas.csv", AREAS),
        ("resources/facilities/list.csv", LIST),
        ("content/stories/niwa.md", STORY),
        ("content/stories/umi.md", WITHDRAWN),
        ("content/events/cafe.md", EVENT),
    ] {
        sources.insert_text(SourcePath::new(path).unwrap(), file.as_bytes());
    }
    let library = library::assemble(&sources).value;
    let at = instant.parse().unwrap();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    paper(&library, &request, None, Language::Ja)
}

#[test]
fn what_is_missing_is_said() {
    let paper = at("2026-07-01T00:00:00Z");
    let gaps: Vec<&String> = paper
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match block {
            Block::Gaps(gaps) => Some(gaps),
            Block::Table(_) | Block::Chart { .. } => None,
        })
        .flatten()
        .collect();
    let says = |words: &str| gaps.iter().any(|gap| gap.contains(words));
    assert!(says("2026年度の計画（content/plans/2026.toml）がありません"), "{gaps:?}");
    assert!(says("みなみには、訪問看護ステーションがなく"), "{gaps:?}");
    assert!(says("参加した人数の記録がありません"), "{gaps:?}");
    assert!(says("みなみを会場や対象とする催しが"), "{gaps:?}");
    assert!(says("医師会：1行のうち1行は、確かめ直しが要ります"), "{gaps:?}");
}

#[test]
fn withheld_stories_are_counted_and_never_quoted() {
    let paper = at("2026-07-01T00:00:00Z");
    let csv: Vec<u8> = tables(&paper).into_iter().flat_map(|(_, bytes)| bytes).collect();
    let all = [page(&paper), text(&paper), String::from_utf8(csv).unwrap()].concat();
    assert!(!all.contains("海辺の秘密") && !all.contains("だれにも言わない"));
    assert!(all.contains("載せていない体験談が1件"));
}

#[test]
fn three_forms_are_marked_and_the_same_each_time() {
    let paper = at("2026-07-01T00:00:00Z");
    assert_eq!(paper, at("2026-07-01T00:00:00Z"));
    for form in [page(&paper), text(&paper)] {
        assert!(form.contains("公開しないでください"));
    }
    for (name, bytes) in tables(&paper) {
        assert!(String::from_utf8(bytes).unwrap().contains("公開しないでください"), "{name}");
    }
    assert!(text(&paper).contains("\\|きたのカフェ\\|"), "a title cannot break its table");
}
