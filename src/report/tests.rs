use super::{Block, Paper, page, paper, tables, text};
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::Language;
use crate::library;
use crate::select::{Medium, Request};
use crate::source::{SourcePath, Sources};

const SITE: &str = "[site]\ntitle = \"こもれび市\"\nbase_url = \"https://example.jp/\"\nlanguages = [\"ja\", \"en\"]\n";
const AREAS: &str = "area,name,year,population,over_75\nkita,きた,2025,100,40\nminami,みなみ,2025,100,30\n";
const LIST: &str = "id,category,name,area,serves,services,phone,source,verified_on\n\
n-1,visiting_nursing,ほしぞら訪問看護,kita,kita,around_the_clock,,看護連絡会,2026-05-01\n\
c-1,clinic,もり医院,minami,,,,医師会,2025-03-01\n";
const STORY: &str = "+++\ntitle = \"庭の話\"\nviewpoints = [\"reality\"]\nscenes = [\"daily\"]\n[consent]\nobtained = 2026-01-01\nscope = [\"web\"]\n+++\n本文\n";
const WITHDRAWN: &str = "+++\ntitle = \"海辺の秘密\"\n[consent]\nobtained = 2026-01-01\nscope = [\"web\"]\nwithdrawn = 2026-05-01\n+++\nだれにも言わない本文\n";
const EVENT: &str = "+++\ntitle = \"|きたのカフェ|\"\nareas = [\"kita\"]\n[event]\nstarts = 2026-05-10\nmethod = \"cafe\"\ncapacity = 20\n\
[event.expected]\nparticipants = 15\nchange = \"夜の連絡先を知る\"\nindicator = \"know\"\n+++\n";
const COUNTED: &str = "+++\ntitle = \"出前講座\"\nareas = [\"kita\"]\nviewpoints = [\"resources\"]\nscenes = [\"emergency\"]\naudiences = [\"elderly\"]\n[event]\nstarts = 2026-04-20\nmethod = \"outreach_class\"\n\
[event.expected]\nparticipants = 40\nchange = \"家でも暮らせると知る\"\nindicator = \"know\"\n[event.result]\nparticipants = 31\n+++\n";
const SILENT: &str = "+++\ntitle = \"講演会\"\n[event]\nstarts = 2026-06-20\nmethod = \"lecture\"\n[event.result]\nparticipants = 9\n+++\n";
const CANCELLED: &str = "+++\ntitle = \"台風の日の会\"\nareas = [\"minami\"]\n[event]\nstarts = 2026-06-21\nmethod = \"cafe\"\nstatus = \"cancelled\"\n\
status_note = \"台風のため\"\n+++\n";
const PLAN: &str = "fiscal_year = 2025\npurpose = \"選べる町\"\n[[goal]]\nid = \"worry\"\ntext = \"夜の心配を減らす\"\nindicator = \"kurashi\"\n\
question = \"worry\"\nanswer = \"心配\"\nfrom = 60\nto = 50\n[[goal]]\nid = \"silent\"\ntext = \"だれも数えない目標\"\n";
const INDICATORS: &str = "[[indicator]]\nid = \"know\"\nname = \"知っている人\"\nkind = \"outcome\"\nunit = \"%\"\ndefinition = \"調査\"\nsource = \"市\"\n";
const VALUES: &str = "indicator,year,area,value,note\nknow,2025,,41.0,\nknow,2026,,44.2,講座がふえた\n";
const SURVEYS: &str = "[[survey]]\nid = \"kurashi\"\nname = \"くらし\"\ndefinition = \"全員\"\nsource = \"市\"\n[[survey.question]]\nid = \"worry\"\n\
text = \"夜は心配ですか\"\nname = { ja = \"夜は心配ですか\", en = \"Do nights worry you?\" }\n[[survey.question]]\nid = \"place\"\ntext = \"どこがよいですか\"\nchanged = \"迷う人がふえた\"\n";
const ANSWERS: &str = "survey,year,question,answer,area,count,n\n\
kurashi,2023,夜は心配ですか,心配,,60,\nkurashi,2023,夜は心配ですか,平気,,40,\n\
kurashi,2025,夜は心配ですか,心配,,45,\nkurashi,2025,夜は心配ですか,平気,,55,\n\
kurashi,2023,どこがよいですか,家,,50,\nkurashi,2023,どこがよいですか,病院,,50,\n\
kurashi,2025,どこがよいですか,家,,48,\nkurashi,2025,どこがよいですか,病院,,52,\n";

fn at(instant: &str) -> Paper {
    of(instant, 2026, Language::Ja)
}

fn of(instant: &str, year: i64, language: Language) -> Paper {
    with(&[], (instant, year, language))
}

/// The site with more files, which take the place of those of the same name.
fn with(more: &[(&str, &str)], (instant, year, language): (&str, i64, Language)) -> Paper {
    let mut sources = Sources::new();
    let files = [
        ("sumika.toml", SITE),
        ("resources/areas.csv", AREAS),
        ("resources/facilities/list.csv", LIST),
        ("content/stories/niwa.md", STORY),
        ("content/stories/umi.md", WITHDRAWN),
        ("content/events/cafe.md", EVENT),
        ("content/events/demae.md", COUNTED),
        ("content/events/kouen.md", SILENT),
        ("content/events/taifuu.md", CANCELLED),
        ("content/plans/2025.toml", PLAN),
        ("resources/indicators/indicators.toml", INDICATORS),
        ("resources/indicators/values.csv", VALUES),
        ("resources/surveys/surveys.toml", SURVEYS),
        ("resources/surveys/kurashi.csv", ANSWERS),
    ];
    for (path, file) in files.iter().chain(more) {
        sources.insert_text(SourcePath::new(path).unwrap(), file.as_bytes());
    }
    let library = library::assemble(&sources).value;
    let at = instant.parse().unwrap();
    let request = Request { at, now: at, medium: Medium::Web, drafts: false, quarantine: false };
    paper(&library, &request, FiscalYear::new(year), language)
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
    assert!(!says("台風の日の会"), "what was cancelled needs no record: {gaps:?}");
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

/// All three forms of a paper: HTML, Markdown, and the CSV tables as one text.
fn forms(paper: &Paper) -> [String; 3] {
    let csv: Vec<u8> = tables(paper).into_iter().flat_map(|(_, bytes)| bytes).collect();
    [page(paper), text(paper), String::from_utf8(csv).unwrap()]
}

#[test]
fn events_stand_against_what_was_expected_of_them_in_every_form() {
    for form in forms(&at("2026-07-01T00:00:00Z")) {
        for words in ["期待した変化", "家でも暮らせると知る", "夜の連絡先を知る", "41.0（2025）→44.2（2026）", "31"]
        {
            assert!(form.contains(words), "{words}\n{form}");
        }
    }
    for form in forms(&at("2026-07-01T00:00:00Z")).iter().take(2) {
        assert!(form.contains("「出前講座」は、見込み40人に対して31人でした"), "{form}");
        assert!(form.contains("期待したことが書かれていない催しが1件あります：「講演会」"), "{form}");
    }
}

#[test]
fn answers_of_surveys_stand_against_goals_in_every_form() {
    for form in forms(&of("2026-02-01T00:00:00Z", 2025, Language::Ja)) {
        for words in ["夜は心配ですか「心配」", "45.0（2025）", "届きました", "心配 60.0%→45.0%", "迷う人がふえた"]
        {
            assert!(form.contains(words), "{words}\n{form}");
        }
    }
    for form in forms(&of("2026-02-01T00:00:00Z", 2025, Language::Ja)).iter().take(2) {
        assert!(form.contains("調査の「夜は心配ですか」は、答えが動いた理由"), "{form}");
        assert!(form.contains("目標「だれも数えない目標」：指標がないので"), "{form}");
    }
}

#[test]
fn a_paper_in_english_is_english_to_its_print_header() {
    let paper = of("2026-02-01T00:00:00Z", 2025, Language::En);
    let html = page(&paper);
    assert!(html.contains("@top-right { content: \"Internal\"") && !html.contains("庁内資料"), "{html}");
    assert!(text(&paper).contains("Do nights worry you?"));
    assert!(page(&at("2026-07-01T00:00:00Z")).contains("@top-right { content: \"庁内資料\""));
}

/// A table of a paper as CSV.
fn table_of(paper: &Paper, name: &str) -> String {
    let found = tables(paper).into_iter().find(|(table, _)| table.contains(name));
    String::from_utf8(found.unwrap().1).unwrap()
}

#[test]
fn articles_and_events_are_counted_by_viewpoint_with_scenes_audiences_and_areas() {
    let paper = at("2026-07-01T00:00:00Z");
    // A story of daily life for everywhere, and a class about emergencies for old people of one area.
    for (name, story, class) in [
        ("coverage-scenes", "実態,1,0,0,0", "サービス,0,0,1,0"),
        ("coverage-audiences", "実態,0,0,0", "サービス,1,0,0"),
        ("coverage-areas", "実態,1,0,0", "サービス,0,1,0"),
    ] {
        let table = table_of(&paper, name);
        assert!(table.contains(story) && table.contains(class), "{table}");
    }
}

#[test]
fn nights_and_the_nearest_nurse_are_told_for_each_area() {
    const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"kita","name":"きた"},"geometry":{"type":"Polygon","coordinates":[[[139.0,35.1],[139.1,35.1],[139.1,35.2],[139.0,35.2],[139.0,35.1]]]}},
{"type":"Feature","properties":{"id":"minami","name":"みなみ"},"geometry":{"type":"Polygon","coordinates":[[[139.0,35.0],[139.1,35.0],[139.1,35.1],[139.0,35.1],[139.0,35.0]]]}}]}"#;
    const NURSES: &str = "id,category,name,lat,lon,serves,services,hours,source,verified_on\n\
n-1,visiting_nursing,ほしぞら訪問看護,35.15,139.05,kita,around_the_clock,Su 09:00-12:00,看護連絡会,2026-05-01\n";
    let more = [("resources/areas.geojson", SHAPES), ("resources/facilities/list.csv", NURSES)];
    let paper = with(&more, ("2026-07-01T00:00:00Z", 2026, Language::Ja));
    let nights = table_of(&paper, "nights");
    assert!(nights.contains("きた,1,0,0,0,1") && nights.contains("みなみ,0,0,0,0,0"), "{nights}");
    let nearest = table_of(&paper, "nearest-nurse");
    assert!(nearest.contains("きた,1,1,ほしぞら訪問看護,0.0 km"), "{nearest}");
    assert!(nearest.contains("みなみ,0,0,ほしぞら訪問看護,11.1 km"), "{nearest}");
    assert!(text(&paper).contains("みなみには、「訪問看護：24時間の連絡」"), "{}", text(&paper));
}

#[test]
fn editions_are_told_to_be_early_late_or_within_their_stage() {
    const YEAR: &str = "fiscal_year = 2026\npurpose = \"選べる町\"\n[[stage]]\nnumber = 1\ntitle = \"はじめ\"\n\
starts = 2026-06-01\nends = 2026-06-10\n[[edition]]\nslug = \"a\"\nstage = 1\ntitle = \"早い号\"\nrelease = 2026-05-01\n\
[[edition]]\nslug = \"b\"\nstage = 1\ntitle = \"間の号\"\nrelease = 2026-06-05\n\
[[edition]]\nslug = \"c\"\nstage = 1\ntitle = \"遅い号\"\nrelease = 2026-06-20\n";
    let paper = with(&[("content/plans/2026.toml", YEAR)], ("2026-07-01T00:00:00Z", 2026, Language::Ja));
    let table = table_of(&paper, "editions");
    for words in [["早い号", "期間より早い"], ["間の号", "期間の中"], ["遅い号", "期間より遅い"]]
    {
        assert!(table.lines().any(|line| words.iter().all(|word| line.contains(word))), "{words:?}\n{table}");
    }
}
