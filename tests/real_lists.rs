//! Workbooks and lists that public bodies really publish, put into lists; skipped with a line where they are absent.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and prints what it counted")]

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use sumika::diag::Severity;
use sumika::facility::Column;
use sumika::import::list::{Context, Outcome, Terms};
use sumika::import::mapping::{self, Mapping};
use sumika::import::matching::Why;
use sumika::import::report::ImportReport;
use sumika::import::snapshot::Snapshot;
use sumika::import::{Imported, Input, Options, Row, kouseikyoku, list, navii, standard};
use sumika::japan::municipality_code::MunicipalityCode;
use sumika::list::{Schema, Sheet};
use sumika::source::{SourcePath, Text, decode};
use sumika::table::{Table, headings};
use sumika::vocabulary::Vocabulary;
use sumika::workbook::{self, Limits, Problem};

fn bytes(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let found = std::fs::read(&file).ok();
    if found.is_none() {
        println!("skipped: shared/data/{path} is not here");
    }
    found
}

fn inputs(path: &str) -> Option<Vec<Input>> {
    let bytes = bytes(path)?;
    let name = SourcePath::new(path.rsplit('/').next().expect("a name")).expect("a path");
    if path.ends_with(".xlsx") {
        return Some(Input::sheets(&name, workbook::read(&bytes, &Limits::STANDARD).expect("a workbook")));
    }
    let (text, encoding) = decode(&bytes).expect("the published files can be decoded");
    Some(vec![Input::new(name, Text { text: Arc::from(text), encoding })])
}

fn schema() -> Schema {
    Schema::new(&Vocabulary::builtin())
}

fn counted(title: &str, imported: &Imported) {
    println!("{title}\n{}", imported.report.table(sumika::diag::Language::Ja));
    for file in &imported.report.files {
        assert_eq!(file.read, file.imported + file.skipped + file.refused, "{}", file.path);
    }
    let reasons = imported.report.findings.iter().filter(|finding| finding.severity != Severity::Note);
    assert!(reasons.count() >= imported.report.total().refused, "every refused row has a reason");
}

fn put(rows: &[Row], into: &[Row], terms: &Terms) -> (Sheet, Outcome) {
    let schema = schema();
    let text = list::write(into, &schema, list::HeadingLanguage::Japanese);
    let table = Table::parse(&SourcePath::new("list.csv").expect("a path"), &sumika::list::text(&text)).value;
    let sheet = Sheet::of(&table, &headings::find(&table, schema.known()).value.expect("headings"));
    let imported = Imported { rows: rows.to_vec(), report: ImportReport::default() };
    let merged = list::merge(sheet, &imported, &Snapshot::default(), &Context { schema: &schema, terms });
    (merged.sheet, merged.outcome)
}

fn by(outcome: &Outcome, why: Why) -> usize {
    outcome.matched.iter().filter(|found| found.why == why).count()
}

#[test]
fn declarations_of_dentists_are_joined_onto_the_list_of_their_city() {
    let (Some(city), Some(bureau)) = (inputs("takamatsu/hospital_data.csv"), inputs("kouseikyoku/todokede_37.xlsx"))
    else {
        return;
    };
    let takamatsu = Options {
        municipalities: MunicipalityCode::parse("372013").into_iter().collect(),
        cities: vec!["高松市".to_owned()],
        ..Options::default()
    };
    let listed = standard::import(&city, &takamatsu).rows;
    let declared = kouseikyoku::import(&bureau, &takamatsu);
    counted("厚生局 香川県 歯科", &declared);
    assert_eq!(declared.report.total().read, 5105);
    let terms = Terms { only_existing: true, ..Terms::default() };
    let before = listed.len();
    let (sheet, outcome) = put(&declared.rows, &listed, &terms);
    println!(
        "{} institutions declared something: {} by phone and name, {} by name and address, {} in doubt, {} absent; {} rows changed",
        declared.rows.len(),
        by(&outcome, Why::PhoneAndName),
        by(&outcome, Why::NameAndAddress),
        outcome.doubtful.len(),
        outcome.absent.len(),
        outcome.rows_changed
    );
    assert_eq!(sheet.rows.len(), before, "a declaration adds no row");
    assert_eq!(declared.rows.len(), outcome.matched.len() + outcome.doubtful.len() + outcome.absent.len());
    assert!(outcome.matched.len() > 100, "most dentists of the city are found");
    assert!(outcome.changed.iter().all(|cell| cell.column == "対応内容"), "nothing but services is touched");
}

#[test]
fn declarations_of_a_prefecture_become_services() {
    let Some(bureau) = inputs("kouseikyoku/todokede_31.xlsx") else { return };
    let declared = kouseikyoku::import(&bureau, &Options::default());
    counted("厚生局 鳥取県", &declared);
    assert_eq!(declared.report.total().read, 9409);
    let offers = |category: &str, service: &str| {
        let rows = declared.rows.iter().filter(|row| row.get(Column::Category) == category);
        rows.filter(|row| row.get(Column::Services).split(';').any(|item| item == service)).count()
    };
    let takamatsu = Options {
        municipalities: MunicipalityCode::parse("372013").into_iter().collect(),
        cities: vec!["高松市".to_owned()],
        ..Options::default()
    };
    let none = kouseikyoku::import(&bureau, &takamatsu);
    assert_eq!(
        (none.report.total().skipped, none.rows.len()),
        (9409, 0),
        "another prefecture's are skipped and counted"
    );
    // 支援診１ to ３: 1, 23 and 56 clinics.
    println!(
        "around the clock: {} clinics, {} hospitals",
        offers("clinic", "around_the_clock"),
        offers("hospital", "around_the_clock")
    );
    assert_eq!(offers("clinic", "around_the_clock") + offers("hospital", "around_the_clock"), 1 + 23 + 56 + 2 + 3 + 6);
    // 在薬総１ and ２: 96 and 31 pharmacies come, the other 253 with 在薬 may.
    assert_eq!(offers("pharmacy", "visits"), 127);
    assert!(offers("pharmacy", "?visits") > 100);
    assert_eq!(offers("pharmacy", "narcotics"), 43);
}

#[test]
fn hospitals_of_navii_are_open_where_their_flags_say_closed() {
    let Some(excerpt) = inputs("mhlw-navii/hospital_excerpt.csv") else { return };
    let imported = navii::import(&excerpt, &Options::default());
    counted("ナビイ 抜粋", &imported);
    assert_eq!((imported.report.total().read, imported.rows.len()), (9, 9));
    let first = imported.rows.iter().find(|row| row.id() == "navii-0111010000010").expect("the first hospital");
    assert_eq!(first.get(Column::Name), "札幌医科大学附属病院");
    assert!(
        first.get(Column::HoursNote).starts_with("開いている曜日：月・火・水・木・金（祝日は休み）"),
        "{}",
        first.get(Column::HoursNote)
    );
    assert_eq!(first.extra.get("beds").map(String::as_str), Some("848"));
}

#[test]
fn any_table_comes_in_by_a_mapping_drafted_from_it() {
    let tables = [
        (
            "koriyama/nurseryData.csv",
            "name = \"Name\"\naddress = \"Add1\"\nlat = \"Y\"\nlon = \"X\"\nphone = \"TEL\"\nfax = \"FAX\"",
            157,
        ),
        ("takamatsu/houkatsu_data.xlsx", "name = \"name\"\naddress = \"address\"\nphone = \"telephoneNumber\"", 7),
        ("takamatsu/health_center_data.xlsx", "name = \"name\"\naddress = \"address\"\nphone = \"telephoneNumber\"", 9),
        ("takamatsu/houkatsu_old_0045.csv", "name = \"name\"\naddress = \"address\"", 7),
        (
            "takamatsu/elderly_welfare_facility_data.csv",
            "name = \"name\"\naddress = \"address\"\nphone = \"telephoneNumber\"",
            47,
        ),
    ];
    let schema = schema();
    for (path, columns, rows) in tables {
        let Some(inputs) = inputs(path) else { return };
        let draft = mapping::suggest(inputs.first().expect("a sheet"), &schema);
        let name = SourcePath::new("mapping.toml").expect("a path");
        assert!(toml::from_str::<toml::Table>(&draft).is_ok(), "{path}: a draft can be read: {draft}");
        let text = format!("category = \"residential\"\n[columns]\n{columns}\n");
        let mapping = Mapping::parse(&name, &text, &schema).value.expect("a mapping");
        let imported = mapping::import(&inputs, &Options::default(), &mapping, &schema);
        counted(path, &imported);
        let total = imported.report.total();
        assert_eq!(total.read - total.skipped, rows, "{path}");
        assert_eq!(imported.report.total().imported, imported.rows.len(), "{path}");
        assert!(imported.rows.len() + 2 >= rows, "{path}");
    }
}

#[test]
fn days_times_and_days_off_of_care_centres_become_their_hours() {
    let options = Options { category: Some("support_center".to_owned()), ..Options::default() };
    for path in ["takamatsu/houkatsu_data.xlsx", "takamatsu/houkatsu_old_0045.csv"] {
        let Some(inputs) = inputs(path) else { return };
        let imported = standard::import(&inputs, &options);
        counted(path, &imported);
        let hours: Vec<&str> = imported.rows.iter().map(|row| row.get(Column::Hours)).collect();
        assert_eq!(hours, ["Mo-Fr 08:30-17:00; Dec 29-Jan 03 off; PH off"; 7], "{path}");
    }
}

#[test]
fn events_as_staff_type_them_become_drafts() {
    let Some(inputs) = inputs("takamatsu/events_data.xlsx") else { return };
    let as_of = jiff::civil::Date::new(2026, 8, 1).ok();
    let (articles, report) = sumika::import::events::import(&inputs, &Options { as_of, ..Options::default() });
    println!("{}", report.table(sumika::diag::Language::Ja));
    let total = report.total();
    assert_eq!((total.read, total.imported + total.skipped + total.refused), (51, 51));
    assert_eq!(articles.len(), total.imported);
    assert!(articles.len() >= 40);
    for article in &articles {
        let text = article.text();
        let front = text.split("+++").nth(1).expect("front matter");
        assert!(toml::from_str::<toml::Table>(front).is_ok(), "{text}");
    }
}

/// A zip with one file of `mebibytes` of nothing: a few kilobytes.
fn bomb(name: &str, mebibytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
    let mebibyte = vec![b' '; 1 << 20];
    (0..mebibytes).for_each(|_| writer.write_all(&mebibyte).expect("written"));
    writer.finish().expect("a zip").into_inner()
}

#[test]
fn a_workbook_that_unpacks_beyond_the_limit_is_refused_before_it_is_parsed() {
    let bytes = bomb("xl/worksheets/sheet1.xml", 300);
    println!("{} bytes unpack to 300 MiB", bytes.len());
    let limit = Limits::STANDARD.unpacked_bytes;
    assert_eq!(workbook::read(&bytes, &Limits::STANDARD), Err(Problem::TooLarge("unpacked", limit)));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).expect("a file");
    writer.write_all(b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x/>").expect("written");
    let declared = writer.finish().expect("a zip").into_inner();
    assert_eq!(workbook::read(&declared, &Limits::STANDARD), Err(Problem::DocumentType));
}

#[test]
fn limits_of_a_workbook_hold_to_the_row() {
    let sheet = |row: u32, column: u16| {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_string(row, column, "x").expect("a cell");
        book.save_to_buffer().expect("a workbook")
    };
    let limits = Limits { rows: 100, columns: 10, ..Limits::STANDARD };
    assert_eq!(workbook::read(&sheet(99, 9), &limits).map(|sheets| sheets.len()), Ok(1));
    let too_large = |cell: &str, what, limit| {
        let problem = Box::new(Problem::TooLarge(what, limit));
        Err(Problem::OnSheet("Sheet1".to_owned(), Some(cell.to_owned()), problem))
    };
    assert_eq!(workbook::read(&sheet(100, 0), &limits), too_large("A101", "rows", 100));
    assert_eq!(workbook::read(&sheet(0, 10), &limits), too_large("K1", "columns", 10));
    let last = workbook::read(&sheet(1_048_575, 16_383), &Limits::STANDARD);
    assert_eq!(last, too_large("XFD1048576", "rows", 500_000));
}
