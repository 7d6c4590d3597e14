use super::{Answer, Column, Facility, Serves, Status, read, verified_after};
use std::sync::Arc;

use crate::area::{self, Areas, AreasConfig};
use crate::diag::{Checked, Code};
use crate::source::{SourcePath, Sources};
use crate::vocabulary::{self, Vocabulary};

const SQUARES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"minami","name":"みなみ"},"geometry":{"type":"Polygon","coordinates":[[[140,35],[140.1,35],[140.1,35.1],[140,35.1],[140,35]]]}},
{"type":"Feature","properties":{"id":"kita","name":"きた"},"geometry":{"type":"Polygon","coordinates":[[[140,35.1],[140.1,35.1],[140.1,35.2],[140,35.2],[140,35.1]]]}}
]}"#;

const CATEGORIES: &str = "[[category]]\nid = \"clinic\"\ncolumns = [{ id = \"beds\", name.ja = \"病床数\" }, \
    { id = \"meeting\", name.ja = \"面談方法\", professionals_only = true }]\n";

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a plain name")
}

fn world() -> (Vocabulary, Areas) {
    let mut sources = Sources::new();
    sources.insert_text(path("resources/areas.geojson"), SQUARES.as_bytes());
    sources.insert_text(path("resources/categories.toml"), CATEGORIES.as_bytes());
    let areas = area::read(&sources, &AreasConfig::default());
    let vocabulary = vocabulary::read(&sources);
    assert!(areas.report.is_empty() && vocabulary.report.is_empty());
    (vocabulary.value, areas.value)
}

fn read_lists(lists: &[(&str, &str)]) -> Checked<Vec<Arc<Facility>>> {
    let (vocabulary, areas) = world();
    let mut sources = Sources::new();
    for (name, text) in lists {
        sources.insert_text(path(&format!("resources/facilities/{name}.csv")), text.as_bytes());
    }
    read(&sources, &vocabulary, &areas).map(|lists| lists.facilities)
}

fn codes<T>(checked: &Checked<T>) -> Vec<Code> {
    checked.report.iter().map(|diagnostic| diagnostic.code).collect()
}

/// A list of one row that is right but for the cells given; what is wrong, and the bytes pointed at.
fn one(cells: &[(Column, &str)]) -> (String, Checked<Vec<Arc<Facility>>>) {
    let mut all = vec![(Column::Id, "sakura"), (Column::Category, "clinic"), (Column::Name, "さくら医院")];
    for &(column, value) in cells {
        all.retain(|(other, _)| *other != column);
        all.push((column, value));
    }
    if !all.iter().any(|(column, _)| [Column::Lat, Column::Lon, Column::Area, Column::Serves].contains(column)) {
        all.push((Column::Area, "minami"));
    }
    let heading: Vec<&str> = all.iter().map(|(column, _)| column.id()).collect();
    let row: Vec<&str> = all.iter().map(|(_, value)| *value).collect();
    let text = format!("{}\n{}\n", heading.join(","), row.join(","));
    let checked = read_lists(&[("a", &text)]);
    (text, checked)
}

#[track_caller]
fn check_cells(cells: &[(Column, &str)], expected: &[(Code, &str)]) {
    let (text, checked) = one(cells);
    let found: Vec<(Code, &str)> = checked
        .report
        .iter()
        .map(|diagnostic| {
            let range = diagnostic.primary.as_ref().map(|span| span.range()).unwrap_or_default();
            (diagnostic.code, text.get(range).unwrap_or("(outside)"))
        })
        .collect();
    assert_eq!(found, expected, "{cells:?}");
}

#[track_caller]
fn check(column: Column, value: &str, expected: &[(Code, &str)]) {
    check_cells(&[(column, value)], expected);
}

#[test]
fn a_whole_row_is_read() {
    let text = "ID,種別,名称,名称_カナ,郵便番号,住所,方書,緯度,経度,圏域,対応圏域,電話番号,FAX番号,メールアドレス,URL,診療時間,\
        診療時間備考,対応内容,掲載状態,新規受け入れ,対応言語,バリアフリー,駐車場,備考,法人名,情報提供,最終確認日,廃止日,病床数,面談方法\r\n\
        sakura,診療所,{桜|さくら}医院,サクラ イイン,〒１２３－４５６７,さくら町1-2-3,桜ビル2階,35.05,140.05,,kita;みなみ,\
        ０３－１２３４－５６７８,,info@example.jp,https://example.jp/,\"Mo-Fr 09:00-12:00; Su,PH off\",予約制,\
        visits;!ventilator;?children;往診,休止中,可,英語,段差なし,3台,\"一行目\n二行目\",医療法人さくら会,医師会,令和8年6月1日,2027-03-31,19,電話で\r\n";
    let checked = read_lists(&[("a", text)]);
    assert_eq!(codes(&checked), []);
    let facility = checked.value.first().expect("a facility");
    assert_eq!((facility.id.as_str(), facility.category.as_str()), ("sakura", "clinic"));
    assert_eq!(facility.name, "{桜|さくら}医院");
    assert_eq!(facility.postal_code.map(|code| code.to_string()).as_deref(), Some("123-4567"));
    assert_eq!(facility.area.as_ref().map(|area| area.as_str()), Some("minami"));
    assert!(matches!(&facility.serves, Serves::Areas(areas) if areas.len() == 2));
    assert_eq!(facility.phone.as_ref().map(|phone| phone.shown()), Some("03-1234-5678"));
    assert!(facility.hours.is_some() && facility.hours_raw.is_none());
    let services: Vec<(&str, Answer)> = facility.services.iter().map(|(id, answer)| (id.as_str(), *answer)).collect();
    let expected =
        [("children", Answer::Ask), ("house_calls", Answer::Yes), ("ventilator", Answer::No), ("visits", Answer::Yes)];
    assert_eq!(services, expected);
    assert_eq!(facility.status, Status::Paused);
    assert_eq!(facility.note.as_deref(), Some("一行目\n二行目"));
    assert_eq!(facility.verified_on.map(|day| day.to_string()).as_deref(), Some("2026-06-01"));
    assert_eq!(facility.closed_on.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
    let extra: Vec<(&str, &str, bool)> =
        facility.extra.iter().map(|extra| (&*extra.column, extra.value.as_str(), extra.professionals_only)).collect();
    assert_eq!(extra, [("beds", "19", false), ("meeting", "電話で", true)]);
    assert_eq!(
        text.get(facility.row.range()).map(|row| row.starts_with("sakura") && row.ends_with("\r\n")),
        Some(true)
    );
    assert_eq!(text.get(facility.extra[1].span.range()), Some("電話で"));
}

#[test]
fn ids_categories_and_names_are_checked() {
    check(Column::Id, "sakura-2", &[]);
    check(Column::Id, "", &[(Code::CellRequired, "clinic,さくら医院,,minami")]);
    check(Column::Id, "Sakura", &[(Code::FacilityIdForm, "Sakura")]);
    check(Column::Id, "さくら", &[(Code::FacilityIdForm, "さくら")]);
    check(Column::Id, "a/b", &[(Code::FacilityIdForm, "a/b")]);
    check(Column::Id, "1.7E+12", &[(Code::FacilityIdScientific, "1.7E+12")]);
    check(Column::Id, "17", &[(Code::FacilityIdRowNumber, "17")]);
    check(Column::Id, "3770100123", &[]);
    check(Column::Category, "病院", &[]);
    check(Column::Category, "clinik", &[(Code::CategoryUnknown, "clinik")]);
    check(Column::Category, "  ", &[(Code::CellRequired, "  ")]);
    check(Column::Name, "〇〇", &[(Code::NamePlaceholder, "〇〇")]);
    check(Column::Name, "西岡医院（休止中）", &[(Code::StatusInName, "休止中")]);
    check(Column::Name, "さく\u{200B}ら", &[(Code::HiddenCharacter, "\u{200B}")]);
    check(Column::Name, "さくら\u{202E}院医", &[(Code::HiddenCharacter, "\u{202E}")]);
}

#[test]
fn coordinates_say_what_is_wrong_with_them() {
    let at = |lat, lon| [(Column::Lat, lat), (Column::Lon, lon)];
    check_cells(&at("35.05", "140.05"), &[]);
    check_cells(&at("３５．０５", "140.05"), &[]);
    check_cells(&at("0", "0.000000"), &[(Code::PositionZero, "0,0.000000")]);
    check_cells(&at("140.05", "35.05"), &[(Code::PositionSwapped, "140.05,35.05")]);
    check_cells(&at("53.41291", "-8.24389"), &[(Code::PositionOutsideJapan, "53.41291,-8.24389")]);
    check_cells(&at("1e400", "140"), &[(Code::CoordinateUnreadable, "1e400")]);
    check_cells(&at("35°3′", "NaN"), &[(Code::CoordinateUnreadable, "35°3′"), (Code::CoordinateUnreadable, "NaN")]);
    check_cells(&at("35.05", ""), &[(Code::CoordinateAlone, "35.05")]);
    check_cells(&at("34.05", "140.05"), &[(Code::PositionOutsideAreas, "34.05,140.05")]);
    let visits = [(Column::Lat, "34.05"), (Column::Lon, "140.05"), (Column::Serves, "all")];
    check_cells(&visits, &[(Code::PositionOutsideButServes, "34.05,140.05")]);
    let differs = [(Column::Lat, "35.05"), (Column::Lon, "140.05"), (Column::Area, "kita")];
    check_cells(&differs, &[(Code::AreaDiffers, "kita")]);
    check(Column::Area, "nishi", &[(Code::ListAreaUnknown, "nishi")]);
    check(Column::Area, "きた", &[]);
    check(Column::Serves, "kita;nisi", &[(Code::ListAreaUnknown, "nisi")]);
    let whole = "sakura,clinic,さくら医院,";
    check(Column::Area, "", &[(Code::PlaceMissing, whole)]);
}

#[test]
fn contacts_are_checked() {
    check(Column::Phone, "0878-12-3456", &[]);
    check(Column::Phone, "12-3456", &[(Code::PhoneUnreadable, "12-3456")]);
    check(Column::Phone, "878123456", &[(Code::PhoneUnreadable, "878123456")]);
    check(Column::Fax, "なし", &[(Code::PhoneUnreadable, "なし")]);
    check(Column::PostalCode, "12-345", &[(Code::PostalCodeUnreadable, "12-345")]);
    check(Column::Email, "info＠example.jp", &[(Code::EmailUnusable, "info＠example.jp")]);
    check(Column::Url, "www.example.jp", &[(Code::UrlUnusable, "www.example.jp")]);
    check(Column::Url, "info@example.jp", &[(Code::UrlIsEmail, "info@example.jp")]);
    check(Column::Url, "ー", &[(Code::CellPlaceholder, "ー")]);
    check(Column::Url, "あり", &[(Code::UrlUnusable, "あり")]);
}

#[test]
fn services_marks_states_and_days_are_checked() {
    check(Column::Services, "visits;!visits", &[(Code::ServiceTwice, "!visits")]);
    check(Column::Services, "visits;vists", &[(Code::ServiceUnknown, "vists")]);
    check(Column::Services, "visits、house_calls", &[(Code::ServicesSeparator, "visits、house_calls")]);
    check(Column::Services, "○", &[(Code::CellMark, "○")]);
    check(Column::Parking, "有", &[(Code::CellMark, "有")]);
    check(Column::Note, "－", &[(Code::CellPlaceholder, "－")]);
    check(Column::Status, "closed", &[(Code::FacilityStatusUnknown, "closed")]);
    check(Column::VerifiedOn, "令和8年2月30日", &[(Code::ListDateUnreadable, "令和8年2月30日")]);
    check(Column::ClosedOn, "42644", &[(Code::ListDateUnreadable, "42644")]);
    check(Column::Hours, "Mo-Fr 09:00-17:00", &[]);
    let (_, checked) = one(&[(Column::Hours, "月〜金 9時から17時")]);
    assert_eq!(codes(&checked), [Code::HoursUnreadable]);
    assert_eq!(checked.value[0].hours_raw.as_deref(), Some("月〜金 9時から17時"));
}

#[test]
fn every_mistake_of_a_row_is_told_at_once() {
    check_cells(
        &[(Column::Id, "A"), (Column::Category, "b"), (Column::Name, ""), (Column::Email, "c"), (Column::Status, "d")],
        &[
            (Code::FacilityIdForm, "A"),
            (Code::CategoryUnknown, "b"),
            (Code::CellRequired, "A,b,,c,d,minami"),
            (Code::EmailUnusable, "c"),
            (Code::FacilityStatusUnknown, "d"),
        ],
    );
}

#[test]
fn ids_are_unique_over_all_lists() {
    let list = "id,category,name,area\nsakura,clinic,a,kita\nume,clinic,b,kita\n";
    let other = "id,category,name,area\nsakura,hospital,c,kita\n";
    let checked = read_lists(&[("a", list), ("b", other)]);
    let places: Vec<(&str, usize)> = checked
        .report
        .iter()
        .map(|d| (d.primary.as_ref().map_or("", |span| span.path.file_name()), d.labels.len()))
        .collect();
    assert_eq!(codes(&checked), [Code::FacilityIdTwice; 2]);
    assert_eq!(places, [("a.csv", 1), ("b.csv", 1)]);
    assert_eq!(checked.value.len(), 3);
}

#[test]
fn the_same_name_and_number_may_be_one_place() {
    let list = "id,category,name,area,phone\na,clinic,医療法人社団真鍋医院,kita,087-812-3456\n\
        b,clinic,真鍋医院,kita,0878123456\nc,pharmacy,真鍋医院,kita,087-812-3456\nd,clinic,別の医院,kita,087-812-3456\n";
    assert_eq!(codes(&read_lists(&[("a", list)])), [Code::FacilityMaybeTwice]);
}

#[test]
fn columns_are_known_missing_or_of_another_category() {
    let check = |text: &str, expected: &[Code], rows: usize| {
        let checked = read_lists(&[("a", text)]);
        assert_eq!((codes(&checked).as_slice(), checked.value.len()), (expected, rows), "{text}");
    };
    check("id,category,name,area,colour\na,clinic,x,kita,red\n", &[Code::HeadingUnknown], 1);
    check("id,category,name,area,病床数\na,pharmacy,x,kita,19\n", &[Code::ColumnOfOtherCategory], 1);
    check("id,category,area\na,clinic,kita\n", &[Code::HeadingMissing], 0);
    check("id,category,name,area\na,clinic,x\nb,clinic,y,kita\n", &[Code::RowRagged], 1);
    check("id,category,name,area\na,\"clinic\"x,y,kita\nb,clinic,y,kita\n", &[Code::TableQuoteStray], 1);
    check("#title\n\nid,category,name,area\na,clinic,x,kita\n", &[Code::TablePreamble], 1);
    check("\n", &[Code::TableEmpty], 0);
}

#[test]
fn a_confirmation_to_come_is_an_error() {
    let (text, checked) = one(&[(Column::VerifiedOn, "2026-06-02")]);
    let report = |day| verified_after(checked.value.iter().map(Arc::as_ref), day);
    assert!(report(jiff::civil::date(2026, 6, 2)).is_empty());
    let early = report(jiff::civil::date(2026, 6, 1));
    let span = early.iter().next().and_then(|diagnostic| diagnostic.primary.clone()).expect("it points at the cell");
    assert_eq!(text.get(span.range()), Some("2026-06-02"));
}

mod laws {
    use proptest::prelude::*;

    use super::read_lists;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_cell_makes_it_panic(cells in prop::collection::vec("([ -~]|[ぁ-ん]|[Ａ-ｚ]|[○×△ー−〇令和年月日号;！？\u{200b}\u{3000}]){0,12}", 28)) {
            let heading: Vec<&str> = super::Column::ALL.iter().map(|column| column.id()).collect();
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let text = format!("{}\n{}\n", heading.join(","), quoted.join(","));
            let checked = read_lists(&[("a", &text)]);
            for span in checked.report.iter().filter_map(|diagnostic| diagnostic.primary.as_ref()) {
                prop_assert!(text.get(span.range()).is_some(), "a span on a character boundary");
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = read_lists(&[("a", &text)]);
            let _ = read_lists(&[("a", &format!("id,category,name\n{text}"))]);
        }
    }
}
