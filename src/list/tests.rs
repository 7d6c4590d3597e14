use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest};
use proptest::sample::select;

use super::*;
use crate::area::Areas;
use crate::facility::{self, Facility};
use crate::source::{SourcePath, Sources, Span};
use crate::table::Table;

fn path() -> SourcePath {
    SourcePath::new("resources/facilities/list.csv").expect("a path")
}

fn form(csv: &str) -> Option<String> {
    let schema = Schema::new(&Vocabulary::builtin());
    canonical::canonical(&Table::parse(&path(), &text(csv)).value, &schema).value
}

/// The facilities of a list without their places in the file, by id; words as the form keeps them.
fn facilities(csv: &str) -> Vec<Facility> {
    let mut sources = Sources::new();
    sources.insert_text(path(), csv.as_bytes());
    let all = facility::read(&sources, &Vocabulary::builtin(), &Areas::default()).value.facilities;
    let mut all: Vec<Facility> = all.into_iter().map(std::sync::Arc::unwrap_or_clone).collect();
    let nowhere = Span::file(&path());
    let words = |column: Column, text: &mut Option<String>| {
        if let Some(text) = text {
            *text = cell::canonical(column, text).into_owned();
        }
    };
    for facility in &mut all {
        facility.row = nowhere.clone();
        facility.cells.id = nowhere.clone();
        facility.cells.name = nowhere.clone();
        facility.cells.position = facility.cells.position.as_ref().map(|_| nowhere.clone());
        facility.cells.verified_on = facility.cells.verified_on.as_ref().map(|_| nowhere.clone());
        facility.extra.iter_mut().for_each(|extra| extra.span = nowhere.clone());
        facility.name = cell::canonical(Column::Name, &facility.name).into_owned();
        words(Column::Address, &mut facility.address);
        words(Column::Building, &mut facility.building);
        words(Column::NameKana, &mut facility.name_kana);
        words(Column::Note, &mut facility.note);
        words(Column::Operator, &mut facility.operator);
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

#[test]
fn columns_rows_and_cells_are_put_in_order() {
    let csv = "名称,メモ,ID,電話番号,種別\r\nふたつ,x ,b-2,0878392346,診療所\r\n\r\n\"ひとつ\",\"a,b\",a-1,,診療所";
    assert_eq!(
        form(csv).expect("a form"),
        "ID,種別,名称,電話番号,メモ\na-1,診療所,ひとつ,,\"a,b\"\nb-2,診療所,ふたつ,087-839-2346,\"x \"\n"
    );
}

#[test]
fn what_is_not_understood_stops_the_form() {
    assert_eq!(form("id,category,name\na,clinic\n"), None, "a cell is missing");
    assert_eq!(form("id,category,name\na,clinic,\"x\n"), None, "an open quote");
    assert_eq!(form("id,,category,name\na,lost,clinic,x\n"), None, "a value below no heading");
    assert_eq!(form("いろは,にほへ\n1,2\n"), None, "no headings");
    assert_eq!(
        form("表題\nid,category,name,name\na,clinic,x,y\n").as_deref(),
        Some("表題,,,\nid,category,name,name\na,clinic,x,y\n")
    );
}

fn cell_text() -> impl Strategy<Value = String> {
    let hard = select(vec![
        "",
        " ",
        "　",
        "0878392346",
        "０８７－８３９－２３４６",
        "087-839-2346(代)",
        "839-2346",
        "令和8年4月1日",
        "R8.4.1",
        "2026-04-01",
        "2026/4/31",
        "３４.５",
        "134.05",
        "0",
        "NaN",
        "Mo-Fr 9:00-17:00",
        "Mo-Fr 09:00-12:00; PH off",
        "9時から",
        "visits；！house_calls",
        "訪問診療; ?往診",
        "診療所",
        "clinic",
        "ﾎｰﾑ ｶﾞｰﾃﾞﾝ",
        "１丁目２－３ー４",
        "ケアー２",
        "a,b",
        "say \"x\"",
        "一\r\n二",
        "tab\there",
        "隠\u{200b}れ",
        "=1+1",
        "○",
        "-",
        "休止中",
        "open",
        "〒760-0001",
        "7600001",
        "https://example.jp/",
        "a@example.jp",
        "全域",
        "x ",
        "#x",
        "'",
        "\u{202e}逆",
        "①",
        "㈱ケア",
    ]);
    proptest::prop_oneof![4 => hard.prop_map(str::to_owned), 1 => "[ -~あ-んア-ヴ０-９　、。ｱ-ﾟ]{0,8}"]
}

const HEADINGS: [&str; 14] = [
    "id",
    "種別",
    "名称",
    "電話番号",
    "郵便番号",
    "住所",
    "方書",
    "緯度",
    "経度",
    "hours",
    "services",
    "verified_on",
    "備考",
    "なぞの列",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_second_turn_changes_nothing_and_the_facilities_stay(
        order in proptest::strategy::Just((0..HEADINGS.len()).collect::<Vec<_>>()).prop_shuffle(),
        rows in proptest::collection::vec((0u32..6, proptest::collection::vec(cell_text(), HEADINGS.len())), 0..6),
    ) {
        let mut sheet = Sheet { headings: order.iter().map(|&at| HEADINGS[at].to_owned()).collect(), ..Sheet::default() };
        for (number, mut cells) in rows {
            cells[0] = format!("f-{number}");
            cells[1] = "clinic".to_owned();
            sheet.rows.push(order.iter().map(|&at| cells[at].clone()).collect());
        }
        let csv = sheet.to_csv();
        let once = form(&csv).expect("a form");
        prop_assert_eq!(form(&once).expect("a form"), once.clone());
        prop_assert_eq!(facilities(&once), facilities(&csv));
        let schema = Schema::new(&Vocabulary::builtin());
        prop_assert_eq!(canonical::arrange(sheet, &schema).to_csv(), once, "cells and text come to the same");
    }

    #[test]
    fn any_text_is_answered(csv in "(id|名称|種別|,|\n|\r\n|\"|[a-z]{1,3}|　|０|;){0,60}") {
        if let Some(once) = form(&csv) {
            prop_assert_eq!(form(&once), Some(once.clone()));
        }
    }
}
