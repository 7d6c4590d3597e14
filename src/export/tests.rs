use super::*;
use crate::area::Areas;
use crate::import::list::{self, Context, Terms};
use crate::import::{Input, Options, own};
use crate::source::SourcePath;
use crate::table::{Table, headings};
use crate::workbook;

const LIST: &str = "id,category,name,phone,services,status,note,source,verified_on,closed_on\n\
    asahi-iin,clinic,朝日医院,042-000-0001,visits;!dementia,,=1+1,こもれび市医師会,2025-04-01,\n\
    hidamari,clinic,ひだまり医院,042-000-0002,,paused,,こもれび市医師会,2025-04-01,\n\
    kusuri,pharmacy,こもれび薬局,042-000-0003,?visits,,,こもれび市薬剤師会,,\n\
    mukashi,clinic,むかしの医院,042-000-0009,,,,こもれび市医師会,,2020-01-01\n";

struct Site {
    schema: Schema,
    vocabulary: Vocabulary,
    sheet: Sheet,
}

fn site() -> Site {
    let vocabulary = Vocabulary::builtin();
    let schema = Schema::new(&vocabulary);
    let path = SourcePath::new("list.csv").expect("a path");
    let table = Table::parse(&path, &crate::list::text(LIST)).value;
    let sheet = Sheet::of(&table, &headings::find(&table, schema.known()).value.expect("headings"));
    Site { schema, vocabulary, sheet }
}

fn lists(site: &Site) -> Lists<'_> {
    Lists {
        sheets: std::slice::from_ref(&site.sheet),
        schema: &site.schema,
        vocabulary: &site.vocabulary,
        areas: &[],
        today: Date::new(2026, 11, 22).expect("a day"),
    }
}

/// The sheets of a workbook, each changed by `edit`, put into the list again.
fn returned(site: &Site, bytes: &[u8], edit: impl Fn(&str) -> String) -> (Sheet, list::Outcome, usize) {
    let name = SourcePath::new("back.xlsx").expect("a path");
    let mut sheets = workbook::read(bytes, &workbook::Limits::STANDARD).expect("a workbook");
    let hidden = sheets.iter().find(|sheet| sheet.name == BASE_SHEET).expect("the hidden sheet");
    let said = Snapshot::read(&name, &crate::list::text(&hidden.text));
    sheets.iter_mut().filter(|sheet| sheet.is_visible).for_each(|sheet| sheet.text = edit(&sheet.text));
    let inputs = Input::sheets(&name, sheets);
    let checks = own::Checks { schema: &site.schema, vocabulary: &site.vocabulary, areas: &Areas::default() };
    let imported = own::import(&inputs, &Options::default(), &checks);
    let base = own::base(&inputs, &imported.rows, &said, &site.schema);
    let terms = Terms { close_gone: Date::new(2026, 12, 1).ok(), ..Terms::default() }.for_base(Some(&base));
    let context = Context { schema: &site.schema, terms: &terms };
    let merged = list::merge(site.sheet.clone(), &imported, &base, &context);
    (merged.sheet, merged.outcome, imported.report.total().refused)
}

#[test]
fn each_association_gets_its_own_rows_that_are_open() {
    let site = site();
    let lists = lists(&site);
    assert_eq!(lists.associations(), ["こもれび市医師会", "こもれび市薬剤師会"]);
    let bytes = workbook(&lists, "こもれび市医師会", Purpose::Keep).expect("a workbook");
    let sheets = crate::workbook::read(&bytes, &crate::workbook::Limits::STANDARD).expect("a workbook");
    let names: Vec<(&str, bool)> = sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.is_visible)).collect();
    assert_eq!(names, [("記入のしかた", true), ("診療所", true), ("_choices", false), ("_sumika", false)]);
    let clinics = &sheets.get(1).expect("a sheet").text;
    assert!(clinics.contains("訪問診療;!認知症") && clinics.contains("休止中"), "{clinics}");
    assert!(!clinics.contains("こもれび薬局") && !clinics.contains("むかしの医院"), "{clinics}");
    assert_eq!(bytes, workbook(&lists, "こもれび市医師会", Purpose::Keep).expect("a workbook"), "the same bytes again");
}

#[test]
fn a_workbook_that_comes_back_untouched_changes_nothing() {
    let site = site();
    for purpose in [Purpose::Keep, Purpose::Confirm] {
        let bytes = workbook(&lists(&site), "こもれび市医師会", purpose).expect("a workbook");
        let (_, outcome, refused) = returned(&site, &bytes, str::to_owned);
        assert!(
            outcome.changes_nothing() && outcome.kept.is_empty() && outcome.gone.is_empty(),
            "{purpose:?} {outcome:?}"
        );
        assert_eq!((outcome.rows_same, refused), (2, 0));
    }
}

#[test]
fn only_what_the_association_changed_is_changed() {
    let site = site();
    let bytes = workbook(&lists(&site), "こもれび市医師会", Purpose::Keep).expect("a workbook");
    let edit = |text: &str| text.replace("042-000-0001", "０４２－０００－０００８").replace("休止中", "掲載中");
    let (sheet, outcome, _) = returned(&site, &bytes, edit);
    let csv = sheet.to_csv();
    assert_eq!(outcome.changed.len(), 2, "{outcome:?}");
    assert!(csv.contains("asahi-iin,clinic,朝日医院,042-000-0008,visits;!dementia,,=1+1"), "{csv}");
    assert!(csv.contains("hidamari,clinic,ひだまり医院,042-000-0002,,open"), "{csv}");
}

#[test]
fn a_confirmation_brings_the_day_and_nothing_else() {
    let site = site();
    let bytes = workbook(&lists(&site), "こもれび市医師会", Purpose::Confirm).expect("a workbook");
    let sheets = crate::workbook::read(&bytes, &crate::workbook::Limits::STANDARD).expect("a workbook");
    let clinics = &sheets.get(1).expect("a sheet").text;
    assert!(clinics.lines().next().is_some_and(|line| line.ends_with(",最終確認日,廃止日,前回の確認日")), "{clinics}");
    // The day stands before the closing day and the day of last time.
    let edit = |text: &str| text.replacen(",,,2025-04-01", ",令和8年11月20日,,2025-04-01", 1);
    let (sheet, outcome, _) = returned(&site, &bytes, edit);
    assert_eq!((outcome.changed.len(), outcome.rows_same), (1, 1), "{outcome:?} {clinics}");
    assert!(sheet.to_csv().contains("こもれび市医師会,2026-11-20,"), "{}", sheet.to_csv());
}

#[test]
fn a_row_that_the_site_would_refuse_is_refused_at_its_cell() {
    let site = site();
    let bytes = workbook(&lists(&site), "こもれび市医師会", Purpose::Keep).expect("a workbook");
    let (sheet, outcome, refused) = returned(&site, &bytes, |text| text.replace("042-000-0001", "290-1789"));
    assert_eq!((refused, outcome.rows_same), (1, 1));
    let csv = sheet.to_csv();
    assert!(csv.contains("042-000-0001") && !csv.contains("2026-12-01"), "the row stays as it was: {csv}");
    assert!(outcome.gone.is_empty(), "the association has it still");
}

#[test]
fn a_row_that_the_association_deleted_is_gone_and_one_on_a_sheet_without_headings_is_not() {
    let site = site();
    let bytes = workbook(&lists(&site), "こもれび市医師会", Purpose::Keep).expect("a workbook");
    let without = |text: &str| text.lines().filter(|line| !line.starts_with("hidamari")).collect::<Vec<_>>().join("\n");
    let (sheet, outcome, _) = returned(&site, &bytes, without);
    assert_eq!(outcome.closed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["hidamari"]);
    assert!(
        !sheet
            .to_csv()
            .contains("asahi-iin,clinic,朝日医院,042-000-0001,visits;!dementia,,=1+1,こもれび市医師会,2025-04-01,2026")
    );
    let beheaded = |text: &str| text.lines().skip(1).collect::<Vec<_>>().join("\n");
    let (_, outcome, _) = returned(&site, &bytes, beheaded);
    assert!(outcome.closed.is_empty() && outcome.gone.is_empty(), "{outcome:?}");
}

#[test]
fn a_csv_for_spreadsheets_is_defused() {
    let site = site();
    let text = String::from_utf8(csv(&lists(&site), "こもれび市医師会")).expect("text");
    assert!(text.starts_with("\u{feff}ID,種別,名称,"), "{text}");
    assert!(text.contains(",'=1+1,") && text.contains("\r\n"), "{text}");
}

#[test]
fn the_workbook_locks_ids_offers_choices_and_explains_its_headings() {
    use std::io::Read as _;
    let site = site();
    let bytes = workbook(&lists(&site), "こもれび市医師会", Purpose::Keep).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    let clinics = part("xl/worksheets/sheet2.xml");
    for wanted in ["<sheetProtection", "<dataValidation ", "_choices!$A$1:"] {
        assert!(clinics.contains(wanted), "{wanted} in {clinics}");
    }
    assert!(!clinics.contains("<f>"), "no cell is a formula");
    assert!(
        part("xl/styles.xml").contains("<protection locked=\"0\"/>"),
        "what may be changed is unlocked, the id is not"
    );
    assert!(part("xl/comments1.xml").contains("<t"), "headings have notes");
}
