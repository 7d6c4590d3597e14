use super::cells::{parse_number, parse_year};
use super::{Figures, Number, read};
use crate::area::{self, AreasConfig};
use crate::config;
use crate::diag::Code;
use crate::source::{SourcePath, Sources};

const AREAS: &str = "area,name,year,population\nkita,きた,2025,100\nminami,みなみ,2025,100\n";
const INDICATORS: &str = r#"
[[indicator]]
id = "nurses"
name = "訪問看護師"
kind = "structure"
unit = "人"
definition = "数"
source = "調査"
[[indicator.year]]
year = 2025
publish = 2026-05-01
changed = "増えた"
[[indicator]]
id = "died"
name = "自宅で亡くなった方の割合"
kind = "outcome"
unit = "%"
definition = "割合"
source = "統計"
"#;

fn figures(files: &[(&str, &str)]) -> (Figures, Vec<Code>) {
    let mut sources = Sources::new();
    for (path, text) in
        [("sumika.toml", "[site]\ntitle = \"あ\"\n"), ("resources/areas.csv", AREAS)].iter().chain(files)
    {
        sources.insert_text(SourcePath::new(path).unwrap(), text.as_bytes());
    }
    let config = config::read(&sources).value;
    let areas = area::read(&sources, &AreasConfig::default()).value;
    let checked = read(&sources, &config, &areas);
    let mut codes: Vec<Code> = checked.report.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    (checked.value, codes)
}

#[test]
fn years_and_numbers_as_people_write_them() {
    for (text, year) in [
        ("2025", Some(2025)),
        ("２０２５年度", Some(2025)),
        ("令和7年度", Some(2025)),
        ("R元", Some(2019)),
        ("20255", None),
        ("去年", None),
    ] {
        assert_eq!(parse_year(text), year, "{text}");
    }
    for (text, shown) in [("1,234", "1,234"), ("１２３４５６７", "1,234,567"), ("43.50%", "43.50"), ("0", "0")] {
        assert_eq!(parse_number(text).map(Number::shown).as_deref(), Some(shown), "{text}");
    }
    for text in ["-3", "約3", "1e9", "inf", ".", "3人", ""] {
        assert_eq!(parse_number(text), None, "{text}");
    }
}

#[test]
fn indicators_are_found_and_deaths_at_home_recognised() {
    let rows = "indicator,year,area,value,note\nnurses,2025,,10,\nnurses,2025,kita,4,一人増えた\ndied,2025,,17.5,\n";
    let (figures, codes) =
        figures(&[("resources/indicators/indicators.toml", INDICATORS), ("resources/indicators/a.csv", rows)]);
    assert_eq!(codes, []);
    assert!(figures.measure("died").is_some_and(|measure| measure.is_home_deaths()));
    assert!(figures.measure("nurses").is_some_and(|measure| !measure.is_home_deaths() && measure.has_source()));
    assert!(figures.measure("nurse").is_none());
    let nurses = figures.indicator("nurses").unwrap();
    assert!(!nurses.people, "staff of a structure are no secret");
    assert_eq!(nurses.values.len(), 2);
    assert!(nurses.years[0].publish.is_some());
}

#[test]
fn every_mistake_of_a_row_is_told_at_once() {
    let rows = "indicator,year,area,value\nnurse,2025,,1\nnurses,いつか,higashi,多い\nnurses,2025,,5\nnurses,2025,,6\nnurses,2024,,\ndied,2024,,120\n";
    let (figures, codes) =
        figures(&[("resources/indicators/indicators.toml", INDICATORS), ("resources/indicators/a.csv", rows)]);
    let expected = [
        Code::IndicatorUnknown,
        Code::FigureYearUnreadable,
        Code::FigureAreaUnknown,
        Code::FigureNumberUnreadable,
        Code::FigureRowTwice,
        Code::FigureCellEmpty,
        Code::ShareBeyondWhole,
    ];
    assert_eq!(codes, expected);
    assert_eq!(figures.indicator("nurses").unwrap().values.len(), 1);
}

#[test]
fn answers_have_to_agree_with_their_people() {
    let described = "[[survey]]\nid = \"s\"\ndefinition = \"d\"\nsource = \"m\"\n";
    let check = |rows: &str, expected: &[Code]| {
        let rows = format!("survey,year,question,answer,area,count,share,n\n{rows}");
        let (_, codes) = figures(&[("resources/surveys/surveys.toml", described), ("resources/surveys/a.csv", &rows)]);
        assert_eq!(codes, expected, "{rows}");
    };
    check("s,2025,q,a,,,33.3,90\ns,2025,q,b,,,33.3,90\ns,2025,q,c,,,33.3,90\n", &[]);
    check("s,2025,q,a,,,50,90\ns,2025,q,b,,,30,90\n", &[Code::SharesDoNotAddUp]);
    check("s,2025,q（いくつでも）,a,,,50,90\ns,2025,q（いくつでも）,b,,,70,90\n", &[]);
    check("s,2025,q,a,,50,,60\ns,2025,q,b,,11,,60\n", &[Code::CountsDoNotAddUp]);
    check("s,2025,q,a,,5,,60\ns,2025,q,b,,5,,61\n", &[Code::PeopleDiffer]);
    check("s,2025,q,a,,5,,\ns,2025,q,a,kita,6,,\n", &[Code::AreasBeyondWhole]);
    check("s,2025,q,a,,,50,\n", &[Code::AnswerWithoutNumber]);
    check("s,2025,q,a,,70,,60\n", &[Code::CountBeyondPeople]);
    check("S!,2025,q,a,,7,,\n", &[Code::FigureIdUnusable]);
}
