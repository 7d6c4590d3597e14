use super::headings::{self, Known};
use super::{Limits, Table};
use crate::diag::{Checked, Code};
use crate::source::{Encoding, SourcePath, Text};

fn parse(text: &str) -> Checked<Table> {
    let path = SourcePath::new("list.csv").expect("a plain name");
    Table::parse(&path, &Text { text: text.into(), encoding: Encoding::Utf8 })
}

fn values(table: &Table) -> Vec<Vec<String>> {
    table.rows().map(|row| row.cells().map(|cell| cell.value().into_owned()).collect()).collect()
}

fn codes<T>(checked: &Checked<T>) -> Vec<Code> {
    checked.report.iter().map(|diagnostic| diagnostic.code).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&[&str]], problems: &[Code]) {
    let checked = parse(text);
    assert_eq!(values(&checked.value), expected, "{text:?}");
    assert_eq!(codes(&checked), problems, "{text:?}");
    assert_lossless(&checked.value);
}

fn assert_lossless(table: &Table) {
    let whole: String = table.rows().map(|row| row.text()).collect();
    assert_eq!(whole, table.text());
    for row in table.rows() {
        let cells: usize = row.cells().map(|cell| cell.raw().len()).sum();
        let separators = row.cells().len().saturating_sub(1);
        assert_eq!(row.line_span().range().len(), cells + separators);
        for cell in row.cells() {
            assert_eq!(table.text().get(cell.span().range()), Some(cell.raw()));
        }
    }
}

#[test]
fn rows_and_cells_are_split_as_rfc_4180_has_it() {
    check("", &[], &[]);
    check("a,b\nc,d\n", &[&["a", "b"], &["c", "d"]], &[]);
    check("a,b\r\nc,d", &[&["a", "b"], &["c", "d"]], &[]);
    check("a,b\rc,d\r", &[&["a", "b"], &["c", "d"]], &[]);
    check("a,\n,\n", &[&["a", ""], &["", ""]], &[]);
    check("a,", &[&["a", ""]], &[]);
    check("\n\na,b\n", &[&[""], &[""], &["a", "b"]], &[]);
    check("\"a,b\",\"c\nd\",\"e \"\"f\"\"\"\n", &[&["a,b", "c\nd", "e \"f\""]], &[]);
    check("\"\",\"\"\"\"\n", &[&["", "\""]], &[]);
    check("看取り,\"訪問\r\n看護\"\r\n", &[&["看取り", "訪問\r\n看護"]], &[]);
}

#[test]
fn stray_and_open_quotes_are_pointed_at() {
    check("a,b\"c\n", &[&["a", "b\"c"]], &[Code::TableQuoteStray]);
    check("\"a\"b,c\n", &[&["ab", "c"]], &[Code::TableQuoteStray]);
    check("\"a\"b\"c\",d\n", &[&["ab\"c\"", "d"]], &[Code::TableQuoteStray]);
    check("a,\"b\nc,d\n", &[&["a", "b\nc,d\n"]], &[Code::TableQuoteOpen]);
    check("\"", &[&[""]], &[Code::TableQuoteOpen]);
    let checked = parse("x,y\n\"a\"b,c\n");
    let flawed: Vec<bool> = checked.value.rows().map(|row| row.is_flawed()).collect();
    assert_eq!(flawed, [false, true]);
    let place = checked.report.iter().next().and_then(|d| d.primary.clone()).expect("it points somewhere");
    assert_eq!(place.range(), 6..7);
}

#[test]
fn other_separators_are_named_and_read() {
    check("a\tb\n1\t2\n", &[&["a", "b"], &["1", "2"]], &[Code::TableSeparator]);
    check("a;b\n1;2\n", &[&["a", "b"], &["1", "2"]], &[Code::TableSeparator]);
    check("名称，住所\n", &[&["名称，住所"]], &[Code::TableSeparator]);
    check("a,b\nx;y,z\n", &[&["a", "b"], &["x;y", "z"]], &[]);
}

#[test]
fn limits_hold_at_the_limit_and_one_beyond() {
    let path = SourcePath::new("list.csv").expect("a plain name");
    let limits = Limits { rows: 2, columns: 3, cell_bytes: 4 };
    let found = |text: &str| {
        let text = Text { text: text.into(), encoding: Encoding::Utf8 };
        let checked = Table::parse_within(&path, &text, &limits);
        (codes(&checked), checked.value.rows().map(|row| row.is_flawed()).collect::<Vec<_>>())
    };
    assert_eq!(found("a,b,c\n1234,2,3\n"), (vec![], vec![false, false]));
    assert_eq!(found("a,b,c\n1,2,3\n4,5,6\n"), (vec![Code::TableTooLong], vec![false, false, true]));
    assert_eq!(found("a,b,c,d\n"), (vec![Code::TableTooWide], vec![true]));
    assert_eq!(found("12345,b\n"), (vec![Code::CellTooLarge], vec![true]));
}

fn known() -> Vec<Known> {
    vec![
        Known::new("id", &["ID"]).required(),
        Known::new("name", &["名称", "施設名"]).required(),
        Known::new("phone", &["電話番号", "telephone number"]),
    ]
}

#[track_caller]
fn check_headings(text: &str, columns: [Option<usize>; 3], problems: &[Code]) {
    let table = parse(text).value;
    let found = headings::find(&table, &known());
    assert_eq!(codes(&found), problems, "{text:?}");
    let headings = found.value.expect("a heading row");
    assert_eq!([0, 1, 2].map(|index| headings.column(index)), columns, "{text:?}");
}

#[test]
fn headings_are_matched_by_name_after_folding() {
    check_headings("id,name,phone\n", [Some(0), Some(1), Some(2)], &[]);
    check_headings("電話番号,ＩＤ,名　称\n", [Some(1), Some(2), Some(0)], &[]);
    check_headings("ID, 施設名 ,telephone　number,色\n", [Some(0), Some(1), Some(2)], &[]);
    check_headings("ID,電話番号\n", [Some(0), None, Some(1)], &[Code::HeadingMissing]);
    check_headings("ID,名称,施設名\n", [Some(0), Some(1), None], &[Code::HeadingTwice]);
    check_headings("ID,名称,色,色\n", [Some(0), Some(1), None], &[Code::HeadingTwice]);
    check_headings("#LINK,http://x\n\n#lang,ja\nID,名称\n", [Some(0), Some(1), None], &[Code::TablePreamble]);
}

#[test]
fn a_table_without_headings_says_so() {
    assert_eq!(codes(&headings::find(&parse("").value, &known())), [Code::TableEmpty]);
    assert_eq!(codes(&headings::find(&parse("\n , \n").value, &known())), [Code::TableEmpty]);
    assert_eq!(codes(&headings::find(&parse("1,a\n2,b\n").value, &known())), [Code::HeadingsNotFound]);
}

#[test]
fn ragged_rows_are_told_from_empty_cells_at_the_end() {
    let table = parse("ID,名称,電話番号,\n1,a,b\n2,c,d,,,\n3,e,f,g\n4,h\n\n").value;
    let headings = headings::find(&table, &known()).value.expect("a heading row");
    let ragged: Vec<bool> = headings.data(&table).map(|row| headings.ragged(&row).is_some()).collect();
    assert_eq!(ragged, [false, false, true, true]);
}

mod laws {
    use proptest::prelude::*;

    use super::{assert_lossless, parse, values};

    proptest! {
        #[test]
        fn every_byte_is_in_one_row(text in "([a-z看 ]|\"|,|\n|\r|\r\n|;|\t){0,60}") {
            assert_lossless(&parse(&text).value);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            assert_lossless(&parse(&text).value);
        }

        /// On what a writer of CSV puts out, the csv crate reads the same.
        #[test]
        fn the_csv_crate_agrees(rows in prop::collection::vec(prop::collection::vec("[a-z,\"\n看 ]{0,6}", 2..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("memory does not fail");
            }
            let text = String::from_utf8(writer.into_inner().expect("memory does not fail")).expect("UTF-8");
            prop_assume!(text.contains(','));
            let checked = parse(&text);
            prop_assert!(checked.report.is_empty());
            prop_assert_eq!(values(&checked.value), rows);
        }
    }
}
