use std::collections::BTreeMap;

use super::*;
use crate::import::report::{ImportReport, StillThere};
use crate::source::{SourcePath, Span};
use crate::table::{Table, headings};
use crate::vocabulary::Vocabulary;

fn row(values: &[(Column, &str)]) -> Row {
    let path = SourcePath::new("open.csv").expect("a path");
    let values = values.iter().copied().collect();
    Row { values, extra: BTreeMap::new(), origin: Span::file(&path) }
}

fn sheet(csv: &str) -> Sheet {
    let schema = Schema::new(&Vocabulary::builtin());
    let path = SourcePath::new("list.csv").expect("a path");
    let table = Table::parse(&path, &crate::list::text(csv)).value;
    Sheet::of(&table, &headings::find(&table, schema.known()).value.expect("headings"))
}

fn put(list: &str, rows: &[Row], last: &Snapshot, terms: &Terms) -> Merged {
    put_all(list, &Imported { rows: rows.to_vec(), report: ImportReport::default() }, last, terms)
}

fn put_all(list: &str, imported: &Imported, last: &Snapshot, terms: &Terms) -> Merged {
    let schema = Schema::new(&Vocabulary::builtin());
    merge(sheet(list), imported, last, &Context { schema: &schema, terms })
}

fn clinic(id: &str, name: &str, phone: &str) -> Row {
    row(&[(Column::Id, id), (Column::Category, "clinic"), (Column::Name, name), (Column::Phone, phone)])
}

#[test]
fn a_new_list_is_canonical() {
    let schema = Schema::new(&Vocabulary::builtin());
    let rows = [clinic("tel-2", "ふたつめ, 医院", "087-000-0002"), clinic("tel-1", "ひとつめ医院", "087-000-0001")];
    assert_eq!(
        write(&rows, &schema, HeadingLanguage::Japanese),
        "ID,種別,名称,電話番号\ntel-1,clinic,ひとつめ医院,087-000-0001\ntel-2,clinic,\"ふたつめ, 医院\",087-000-0002\n"
    );
    assert!(write(&[], &schema, HeadingLanguage::English).starts_with("id,category,name\n"));
}

#[test]
fn a_new_list_and_its_record_are_those_of_a_merge_into_nothing() {
    let schema = Schema::new(&Vocabulary::builtin());
    let mut rows = vec![
        clinic("tel-2", "ふたつめ, 医院", "０８７－０００－０００２"),
        clinic("tel-1", " ひとつめ医院 ", "087-000-0001"),
    ];
    rows[1].extra.insert("beds".to_owned(), "19".to_owned());
    rows.push(row(&[(Column::Id, "tel-3"), (Column::Name, "みっつめ"), (Column::Services, "visits ； 往診")]));
    let merged = put(&write(&[], &schema, HeadingLanguage::Japanese), &rows, &Snapshot::default(), &Terms::default());
    assert_eq!(write(&rows, &schema, HeadingLanguage::Japanese), merged.sheet.to_csv());
    let mut record = String::new();
    write_pieces(&rows, &schema, HeadingLanguage::Japanese, &mut |_, piece| record.push_str(piece));
    assert_eq!(record, merged.snapshot.write());
}

#[test]
fn the_source_keeps_its_cells_and_people_keep_theirs() {
    let terms = Terms::default();
    let first = put("id,category,name\n", &[clinic("tel-1", "朝日医院", "042-000-0001")], &Snapshot::default(), &terms);
    assert_eq!(first.outcome.added.len(), 1);
    let list = first.sheet.to_csv();
    let again = put(&list, &[clinic("tel-1", "朝日医院", "042-000-0001")], &first.snapshot, &terms);
    assert!(again.outcome.changes_nothing() && again.sheet.to_csv() == list && again.snapshot == first.snapshot);

    let moved = put(&list, &[clinic("tel-1", "朝日医院", "042-000-0009")], &first.snapshot, &terms);
    assert_eq!(moved.outcome.changed.len(), 1, "nobody touched the number: it follows the source");
    assert!(moved.sheet.to_csv().contains("042-000-0009"));

    let edited = list.replace("042-000-0001", "042-000-0005");
    let kept = put(&edited, &[clinic("tel-1", "朝日医院", "042-000-0001")], &first.snapshot, &terms);
    assert!(kept.outcome.changes_nothing() && kept.outcome.kept.is_empty(), "the source has no news");
    let told = put(&edited, &[clinic("tel-1", "朝日医院", "042-000-0009")], &first.snapshot, &terms);
    assert!(told.outcome.changes_nothing() && told.outcome.kept.len() == 1, "people's number stays, and is told");
}

#[test]
fn a_kept_list_without_snapshot_is_only_filled() {
    let list = "id,category,name,memo\r\ntel-1,clinic,\"ひとつめ 医院\",手書き\r\ntel-9,clinic,むかしの医院,\r\n";
    let rows = [clinic("tel-2", "ふたつめ医院", "087-000-0002"), clinic("tel-1", "ひとつめ医院", "087-000-0001")];
    let merged = put(list, &rows, &Snapshot::default(), &Terms::default());
    assert_eq!(
        merged.sheet.to_csv(),
        "id,category,name,phone,memo\ntel-1,clinic,ひとつめ 医院,087-000-0001,手書き\n\
         tel-2,clinic,ふたつめ医院,087-000-0002,\ntel-9,clinic,むかしの医院,,\n"
    );
    assert_eq!((merged.outcome.added.len(), merged.outcome.filled, merged.outcome.kept.len()), (1, 1, 1));
}

#[test]
fn rows_that_the_source_dropped_are_proposed_as_closed() {
    let rows = [clinic("tel-1", "朝日医院", "042-000-0001"), clinic("tel-2", "夕日医院", "042-000-0002")];
    let first = put("id,category,name\n", &rows, &Snapshot::default(), &Terms::default());
    let list = first.sheet.to_csv();
    let later = put(&list, &rows[..1], &first.snapshot, &Terms::default());
    assert_eq!(later.outcome.gone.iter().map(|gone| gone.id.as_str()).collect::<Vec<_>>(), ["tel-2"]);
    assert!(later.outcome.changes_nothing() && later.sheet.to_csv().contains("夕日医院"));
    let day = Date::new(2026, 4, 1).expect("a day");
    let closing = Terms { close_gone: Some(day), ..Terms::default() };
    let closed = put(&list, &rows[..1], &later.snapshot, &closing);
    assert!(
        closed.sheet.to_csv().contains("tel-2,clinic,夕日医院,042-000-0002,2026-04-01"),
        "{}",
        closed.sheet.to_csv()
    );
}

#[test]
fn a_row_that_was_refused_is_not_gone() {
    let rows = [clinic("tel-1", "朝日医院", "042-000-0001"), clinic("tel-2", "夕日医院", "042-000-0002")];
    let first = put("id,category,name\n", &rows, &Snapshot::default(), &Terms::default());
    let list = first.sheet.to_csv();
    let closing = Terms { close_gone: Date::new(2026, 4, 1).ok(), ..Terms::default() };
    let mut imported = Imported { rows: rows[..1].to_vec(), report: ImportReport::default() };
    imported.report.still_there.add(Some("tel-2".to_owned()));
    let refused = put_all(&list, &imported, &first.snapshot, &closing);
    assert!(refused.outcome.changes_nothing() && refused.outcome.gone.is_empty(), "{:?}", refused.outcome);
    assert_eq!(refused.snapshot, first.snapshot, "what it brought last time is kept for the next");

    imported.report.still_there = StillThere { unnamed: 1, ..StillThere::default() };
    let unnamed = put_all(&list, &imported, &first.snapshot, &closing).outcome;
    assert!(unnamed.changes_nothing() && unnamed.gone.len() == 1 && unnamed.unnamed == 1, "{unnamed:?}");
}

#[test]
fn matches_without_an_id_are_said_and_doubts_are_left_open() {
    let list = "id,category,name,address,phone\nasahi,診療所,医療法人社団 朝日医院,東京都こもれび市本町1-1,042-000-0001\n\
                yuhi,診療所,夕日医院,こもれび市本町二丁目3番4号,\n";
    let rows = [
        clinic("tel-0420000001", "朝日医院", "０４２－０００－０００１"),
        row(&[
            (Column::Id, "med-1"),
            (Column::Category, "hospital"),
            (Column::Name, "夕日医院"),
            (Column::Address, "東京都こもれび市本町2-3-4 ビル2階"),
        ]),
        clinic("tel-9", "まったく別の医院", "042-000-0001"),
    ];
    let merged = put(list, &rows, &Snapshot::default(), &Terms::default());
    let why: Vec<Why> = merged.outcome.matched.iter().map(|found| found.why).collect();
    assert_eq!(why, [Why::PhoneAndName, Why::NameAndAddress]);
    assert_eq!(merged.outcome.doubtful.len(), 1, "one number, two names");
    assert_eq!(merged.sheet.rows.len(), 2, "nothing is added in doubt");
    let last = merged.snapshot;
    assert_eq!(last.get("med-1").map(|entry| entry.id.as_str()), Some("yuhi"), "remembered for the next time");
    let new = Terms { doubtful: Doubtful::New, ..Terms::default() };
    assert_eq!(put(list, &rows, &last, &new).sheet.rows.len(), 3);
}

#[test]
fn what_a_facility_does_is_merged_item_by_item() {
    let with = |services: &str| row(&[(Column::Id, "a"), (Column::Category, "clinic"), (Column::Services, services)]);
    let check = |ours: &str, base: Option<&str>, theirs: &str, expected: &str| {
        let mut last = Snapshot::default();
        if let Some(base) = base {
            let values = [("services".to_owned(), base.to_owned())].into_iter().collect();
            last.insert("a", Entry { id: "a".to_owned(), values });
        }
        let list = format!("id,category,name,services\na,clinic,x,{ours}\n");
        let merged = put(&list, &[with(theirs)], &last, &Terms::default());
        assert_eq!(
            merged.sheet.to_csv().lines().nth(1),
            Some(format!("a,clinic,x,{expected}").as_str()),
            "{ours} {theirs}"
        );
    };
    check("訪問診療;dementia", None, "visits;house_calls", "訪問診療;dementia;house_calls");
    check("!visits", None, "visits;house_calls", "!visits;house_calls");
    check("visits;house_calls;dementia", Some("visits;house_calls"), "visits", "visits;dementia");
    check("dementia", Some("visits"), "visits", "dementia");
    check("visits", None, "?visits", "visits");
}
