use std::sync::Arc;

use super::{Context, Fate, Lists, Matched, alarm, compare, markdown};
use crate::area::Areas;
use crate::diag::{Code, Language};
use crate::source::{Encoding, SourcePath, Text};
use crate::vocabulary::Vocabulary;

const HEAD: &str = "ID,種別,名称,住所,緯度,経度,電話番号,対応内容,情報提供,廃止日\n";
const ROWS: [&str; 6] = [
    "a,clinic,ひかり診療所,本町1-1,35.65,139.55,042-000-0001,visits;house_calls,医師会,",
    "b,clinic,あおぞら医院,本町2-2,35.66,139.55,042-000-0002,visits,医師会,",
    "c,dental,みなと歯科,本町3-3,35.67,139.55,042-000-0003,,歯科医師会,",
    "d,pharmacy,もみじ薬局,本町4-4,35.68,139.55,042-000-0004,,薬剤師会,",
    "e,clinic,さくら医院,本町5-5,35.69,139.55,042-000-0005,,医師会,",
    "f,clinic,つばき医院,本町6-6,35.70,139.55,042-000-0006,,医師会,",
];

fn lists(text: &str) -> Lists {
    let path = SourcePath::new("resources/facilities/list.csv").expect("a path");
    Lists::from([(path, Text { text: Arc::from(text), encoding: Encoding::Utf8 })])
}

fn list(rows: &[&str]) -> Lists {
    lists(&rows.iter().fold(HEAD.to_owned(), |text, row| text + row + "\n"))
}

fn review(base: &Lists, head: &Lists) -> super::Comparison {
    compare(base, head, Context { vocabulary: &Vocabulary::builtin(), areas: &Areas::default() })
}

fn words(comparison: &super::Comparison) -> String {
    let wording = markdown::Wording {
        language: Language::Ja,
        preview: Some("https://p.example/"),
        drawings: None,
        characters_max: 60_000,
    };
    markdown::render(comparison, &alarm::alarms(comparison, 20), wording)
}

#[test]
fn order_and_writing_are_no_change() {
    let base = list(&ROWS);
    let other = "名称,ID,電話番号,種別,住所,経度,緯度,対応内容,情報提供,廃止日\r\n\
        \"みなと歯科\",c,０４２（０００）０００３,歯科診療所,本町3-3,139.550,35.67,,歯科医師会,\r\n\
        あおぞら医院,b,042-000-0002,clinic,本町2-2,139.55,35.66,訪問診療,医師会,\r\n\
        ひかり診療所,a,042-000-0001,clinic,本町1-1,139.55,35.65,house_calls; visits,医師会,\r\n";
    let head = lists(other);
    let comparison = review(&list(&ROWS[..3]), &head);
    assert!(comparison.is_empty(), "{comparison:#?}");
    assert_eq!((comparison.unchanged, comparison.same_content.len()), (3, 1));
    assert!(words(&comparison).contains("内容は同じです"));
    assert!(review(&base, &base).same_content.is_empty());
}

#[test]
fn what_changes_is_told_by_facility_and_field() {
    let mut rows = ROWS;
    rows[0] = "a,clinic,ひかり診療所,本町1-1,35.66,139.55,042-000-0009,visits,医師会,";
    rows[2] = "c,dental,みなと歯科,本町3-3,35.67,139.55,042-000-0003,,歯科医師会,2026-03-31";
    rows[3] = "g,clinic,<b>@ワタナベ|医院</b>,本町7-7,35.71,139.55,042-000-0007,,医師会,";
    let comparison = review(&list(&ROWS), &list(&rows));
    let names = |items: &[super::Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!((names(&comparison.added), names(&comparison.removed)), (vec!["g".to_owned()], vec!["d".to_owned()]));
    let [moved, closed] = comparison.changed.as_slice() else { panic!("{:#?}", comparison.changed) };
    let fields: Vec<(&str, &str, &str)> =
        moved.fields.iter().map(|field| (field.column.as_str(), field.old.as_str(), field.new.as_str())).collect();
    assert_eq!(fields, [("phone", "042-000-0001", "042-000-0009"), ("services", "visits;house_calls", "visits")]);
    assert!(moved.moved.is_some_and(|moved| (1100.0..1120.0).contains(&moved.distance_m)));
    assert_eq!((closed.fate, closed.matched), (Fate::Closed, Matched::Id));
    let codes: Vec<Code> = alarm::alarms(&comparison, 20).iter().map(|alarm| alarm.code).collect();
    assert_eq!(codes, [Code::ListMovedAlone, Code::ListRowsVanished]);
    let words = words(&comparison);
    assert!(words.contains("対応内容：`visits;house_calls` → `visits`"), "{words}");
    assert!(words.contains("(https://p.example/facilities/a/)") && words.contains("**1.1 km**"), "{words}");
    assert!(!words.contains("<b>") && !words.contains("@ワ") && words.contains("&#60;b&#62;"), "{words}");
}

#[test]
fn ids_that_are_row_numbers_are_not_trusted() {
    let numbered = |rows: &[&str]| {
        let rows = rows.iter().enumerate().map(|(index, row)| format!("{index}{}", row.get(1..).unwrap_or_default()));
        lists(&rows.fold(HEAD.to_owned(), |text, row| text + &row + "\n"))
    };
    let mut after = vec!["z,clinic,いちばん医院,本町9-9,35.72,139.55,042-000-0099,,医師会,"];
    after.extend(ROWS);
    let comparison = review(&numbered(&ROWS), &numbered(&after));
    let numbers = comparison.row_numbers.expect("row numbers");
    assert_eq!((numbers.shared, numbers.same), (6, 0));
    assert_eq!((comparison.added.len(), comparison.changed.len(), comparison.removed.len()), (1, 0, 0));
    assert!(alarm::alarms(&comparison, 20).iter().any(|alarm| alarm.code == Code::ListRenumbered));
    assert!(words(&comparison).contains("同じ ID が 6件"), "{}", words(&comparison));
}

#[test]
fn one_id_for_another_facility_and_another_id_for_one() {
    let mut rows = ROWS;
    rows[0] = "a,clinic,べつの医院,新町9-9,35.65,139.55,042-000-0099,,医師会,";
    rows[1] = "b2,clinic,あおぞら医院,本町2-2,35.66,139.55,042-000-0002,visits,医師会,";
    let comparison = review(&list(&ROWS), &list(&rows));
    let codes: Vec<Code> = alarm::alarms(&comparison, 20).iter().map(|alarm| alarm.code).collect();
    assert_eq!(codes, [Code::ListIdReused, Code::ListIdChanged]);
    assert_eq!(comparison.changed.first().map(|change| change.matched), Some(Matched::NameAndAddress));
}

#[test]
fn too_many_changes_at_once_are_told() {
    let rows = |phone: usize| -> Lists {
        let rows = (0..40).map(|n| {
            let number = if n < phone { n + 500 } else { n };
            format!("x{n},clinic,医院{n},本町{n}-1,35.65,139.55,042-000-{number:04},,医師会,\n")
        });
        lists(&(HEAD.to_owned() + &rows.collect::<String>()))
    };
    let told = |changed| {
        let comparison = review(&rows(0), &rows(changed));
        alarm::alarms(&comparison, 25).iter().any(|alarm| alarm.code == Code::ListMassChange)
    };
    assert!(!told(10) && told(11));
}

#[test]
fn a_column_that_goes_is_told_once() {
    let without = "ID,種別,名称,住所,緯度,経度,対応内容,情報提供,廃止日\n\
        a,clinic,ひかり診療所,本町1-1,35.65,139.55,visits;house_calls,医師会,\n";
    let comparison = review(&list(&ROWS[..1]), &lists(without));
    assert!(comparison.changed.is_empty());
    assert_eq!(comparison.columns.iter().map(|column| (column.added, column.filled)).collect::<Vec<_>>(), [(false, 1)]);
    assert!(review(&list(&ROWS), &lists("なにか\nちがうもの\n")).unreadable.len() == 1);
    assert_eq!(review(&Lists::new(), &list(&ROWS)).added.len(), 6);
}

#[test]
fn a_status_is_told_by_what_it_means_in_either_language() {
    let fate = |before: &str, after: &str| {
        let list = |status: &str| lists(&format!("ID,種別,名称,掲載状態\na,clinic,ひかり診療所,{status}\n"));
        review(&list(before), &list(after)).changed.first().map(|change| change.fate)
    };
    for (before, after, expected) in [
        ("掲載中", "休止中", Some(Fate::Paused)),
        ("休止中", "掲載中", Some(Fate::Reopened)),
        ("", "休止", Some(Fate::Paused)),
        ("paused", "掲載", Some(Fate::Reopened)),
        ("掲載中", "非公開", Some(Fate::Unlisted)),
        ("掲載中", "open", None),
        ("休止", "休止中", None),
        ("", "公開", None),
        ("休止中", "よくわからない", Some(Fate::Same)),
    ] {
        assert_eq!(fate(before, after), expected, "{before} {after}");
    }
}
