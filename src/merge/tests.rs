use std::sync::Arc;

use super::{Merged, merge};
use crate::list::{Schema, Sheet, canonical};
use crate::source::{Encoding, SourcePath, Text};
use crate::table::{Table, headings};
use crate::vocabulary::Vocabulary;

const BASE: &str = "id,category,name,address,phone,memo\n\
    a,clinic,ひかり診療所,本町1-1,042-000-0001,x\n\
    b,clinic,あおぞら医院,本町2-2,042-000-0002,y\n\
    c,clinic,みなと医院,本町3-3,042-000-0003,z\n";

fn table(text: &str) -> Table {
    let path = SourcePath::new("list.csv").expect("a path");
    Table::parse(&path, &Text { text: Arc::from(text), encoding: Encoding::Utf8 }).value
}

fn schema() -> Schema {
    Schema::new(&Vocabulary::builtin())
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(&table(base), &table(ours), &table(theirs), &schema()).expect("three lists")
}

#[test]
fn two_cells_of_one_row_are_joined() {
    let ours = BASE.replace("042-000-0001", "042-000-0009");
    let theirs = BASE.replace("本町1-1", "新町1-1");
    let both = ours.replace("本町1-1", "新町1-1");
    let result = merged(BASE, &ours, &theirs);
    assert_eq!((result.text.as_str(), result.conflicts.len()), (both.as_str(), 0));
}

#[test]
fn writing_never_conflicts() {
    let theirs = "名称,ID,種別,住所,電話番号,memo\r\n\"みなと医院\",c,clinic,本町3-3,０４２（０００）０００３,z\r\n\
        あおぞら医院,b,clinic,本町2-2,042-000-0002,y\r\nひかり診療所,a,clinic,本町1-1,042-000-0001,x\r\n";
    let ours = BASE.replace("042-000-0003", "042-000-0033");
    let result = merged(BASE, &ours, theirs);
    assert_eq!((result.text.as_str(), result.conflicts.len()), (ours.as_str(), 0));
}

#[test]
fn rows_come_and_go() {
    let ours = BASE.replace("b,clinic,あおぞら医院,本町2-2,042-000-0002,y\n", "") + "e,clinic,さくら医院,,,\n";
    let theirs = BASE.to_owned() + "d,clinic,もみじ医院,,,\n";
    let result = merged(BASE, &ours, &theirs);
    let ids: Vec<&str> = result.text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!((ids, result.conflicts.len()), (vec!["a", "c", "d", "e"], 0));
}

#[test]
fn title_rows_are_kept_and_taken_from_the_side_that_changed_them() {
    let titled = |titles: &str, list: &str| format!("{titles}\n{list}");
    let ours = BASE.replace("042-000-0001", "042-000-0009");
    for (base, one, other, expected) in [
        ("在宅医療の一覧", "在宅医療の一覧", "在宅医療の一覧,,", "在宅医療の一覧,,,,,"),
        ("一覧\n4月1日現在", "一覧\n5月1日現在", "一覧\n4月1日現在", "一覧,,,,,\n5月1日現在,,,,,"),
        ("一覧\n4月1日現在", "一覧\n4月1日現在", "一覧\n5月1日現在", "一覧,,,,,\n5月1日現在,,,,,"),
        ("4月1日現在", "5月1日現在", "6月1日現在", "5月1日現在,,,,,\n6月1日現在,,,,,"),
    ] {
        let result = merged(&titled(base, BASE), &titled(one, &ours), &titled(other, BASE));
        assert_eq!((result.text, result.conflicts.len()), (titled(expected, &ours), 0));
    }
}

#[test]
fn one_cell_with_two_values_is_marked() {
    let result =
        merged(BASE, &BASE.replace("042-000-0001", "042-000-0008"), &BASE.replace("042-000-0001", "042-000-0009"));
    assert!(
        result.text.contains("<<<<<<< 042-000-0008 ||||||| 042-000-0001 ======= 042-000-0009 >>>>>>>,x\n"),
        "{}",
        result.text
    );
    assert_eq!(result.conflicts.len(), 1);
}

#[test]
fn a_removed_row_that_the_other_side_changed_stays_marked() {
    let ours = BASE.replace("a,clinic,ひかり診療所,本町1-1,042-000-0001,x\n", "");
    let theirs = BASE.replace("042-000-0001", "042-000-0009");
    for (one, other, mark) in [
        (&ours, &theirs, "<<<<<<< 【行の削除】 ||||||| 042-000-0001 ======= 042-000-0009 >>>>>>>"),
        (&theirs, &ours, "<<<<<<< 042-000-0009 ||||||| 042-000-0001 ======= 【行の削除】 >>>>>>>"),
    ] {
        let result = merged(BASE, one, other);
        assert!(result.text.contains(mark) && result.text.contains("ひかり診療所"), "{}", result.text);
    }
}

#[test]
fn columns_come_and_go() {
    let ours = BASE.replace(",memo\n", ",memo,fax\n").replace(",x\n", ",x,042-000-0011\n");
    let ours = ours.replace(",y\n", ",y,\n").replace(",z\n", ",z,\n");
    let without_memo = BASE.replace(",memo", "").replace(",x\n", "\n").replace(",y\n", "\n").replace(",z\n", "\n");
    let result = merged(BASE, &ours, &without_memo);
    assert!(result.text.starts_with("id,category,name,address,phone,fax\n"), "{}", result.text);
    assert!(result.text.contains("042-000-0001,042-000-0011\n") && result.conflicts.is_empty());
    let changed = BASE.replace(",z\n", ",変えた\n");
    assert!(merged(BASE, &changed, &without_memo).text.contains("変えた"));
}

#[test]
fn what_is_no_list_is_not_merged() {
    for broken in ["", "a\nb\n", "id,name\n\"a,b\n", "id,name\na,b,c,d\n"] {
        assert!(merge(&table(BASE), &table(BASE), &table(broken), &schema()).is_none(), "{broken}");
    }
    let result = merged("", BASE, &BASE.replace("a,", "d,"));
    assert_eq!(result.text.lines().count(), 5);
}

mod laws {
    use proptest::prelude::*;

    use super::{BASE, Sheet, canonical, headings, merge, merged, schema, table};

    /// Row, column, new value.
    type Edit = (usize, usize, String);

    fn edited(sheet: &Sheet, edits: &[Edit]) -> Sheet {
        let mut sheet = sheet.clone();
        for (row, column, value) in edits {
            if let Some(cell) = sheet.rows.get_mut(*row).and_then(|row| row.get_mut(*column)) {
                cell.clone_from(value);
            }
        }
        sheet
    }

    fn sheet(text: &str) -> Sheet {
        let table = table(text);
        let found = headings::find(&table, schema().known()).value.expect("headings");
        Sheet::of(&table, &found)
    }

    fn edits() -> impl Strategy<Value = Vec<Edit>> {
        prop::collection::vec((0..3_usize, 2..6_usize, "[a-z看，, \"0-9\u{3000}-]{0,8}"), 0..6)
    }

    proptest! {
        /// For edits on disjoint cells, the merge is both edits, in either order.
        #[test]
        fn disjoint_edits_are_both_made(one in edits(), other in edits()) {
            let mine: Vec<(usize, usize)> = one.iter().map(|edit| (edit.0, edit.1)).collect();
            let other: Vec<Edit> = other.into_iter().filter(|edit| !mine.contains(&(edit.0, edit.1))).collect();
            let base = sheet(BASE);
            let (ours, theirs) = (edited(&base, &one), edited(&base, &other));
            let wanted = |sheet: Sheet| canonical::arrange(sheet, &schema()).to_csv();
            let result = merged(BASE, &ours.to_csv(), &theirs.to_csv());
            prop_assert!(result.conflicts.is_empty());
            prop_assert_eq!(&result.text, &wanted(edited(&ours, &other)));
            prop_assert_eq!(&result.text, &wanted(edited(&theirs, &one)));
            prop_assert_eq!(&merged(BASE, &theirs.to_csv(), &ours.to_csv()).text, &result.text);
        }

        /// Any text on any side: merged or refused, never a panic; with itself, nothing changes.
        #[test]
        fn any_text_is_merged_or_refused(one in "([a-c]|id|name|,|\"|\n|\r|<<<<<<< |=|\u{202e}){0,40}") {
            let broken = format!("{BASE}{one}");
            let _ = merge(&table(BASE), &table(&broken), &table(&one), &schema());
            if let Some(same) = merge(&table(&broken), &table(&broken), &table(&broken), &schema()) {
                prop_assert!(same.conflicts.is_empty());
            }
        }
    }
}
