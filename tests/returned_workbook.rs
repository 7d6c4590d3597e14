//! A confirmation form that came back: exported by this program, filled in and saved again by LibreOffice 7
//! (`tests/workbooks/saved-by-libreoffice.xlsx`, with a day typed in Japanese, a cell turned into a true date, and a
//! telephone number that cannot be right).

#![allow(clippy::disallowed_methods, reason = "a test runs the program in a folder of its own")]

use std::path::Path;
use std::process::Command;

const SITE: &str = "[site]\ntitle = \"試し\"\nbase_url = \"https://example.jp/\"\n[[municipality]]\ncode = \"132012\"\nname = \"こもれび市\"\n";
const LIST: &str = "ID,種別,名称,住所,電話番号,診療時間,対応内容,掲載状態,備考,情報提供,最終確認日\n\
    asahi-iin,clinic,朝日医院,こもれび市本町1-1,042-000-0001,Mo-Fr 09:00-12:00; PH off,visits;!dementia,,=1+1,こもれび市医師会,2025-04-01\n\
    hidamari,clinic,ひだまり医院,こもれび市本町2-2,042-000-0002,,,paused,,こもれび市医師会,2025-04-01\n\
    mori-byoin,hospital,森病院,こもれび市森1-1,042-000-0003,,,,\"二行の\n備考\",こもれび市医師会,2025-04-01\n";

#[test]
fn a_form_saved_by_another_program_brings_what_was_written_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("resources/facilities/ishikai.csv");
    std::fs::create_dir_all(folder.path().join("resources/facilities")).expect("made");
    std::fs::write(folder.path().join("sumika.toml"), SITE).expect("written");
    std::fs::write(&list, LIST).expect("written");
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/saved-by-libreoffice.xlsx");
    let output = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["import", "list", "--lang", "ja", "--write", "--into", "resources/facilities/ishikai.csv"])
        .arg(&workbook)
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("増える行 0　変わる行 2（欄 3、うち空欄だった 0）　同じ行 0"), "{said}");
    assert!(told.contains("合計：読んだ行 3　取り込む 2　対象外 0　取り込まない 1"), "{told}");
    assert!(told.contains("saved-by-libreoffice.xlsx［病院］F2 S0652"), "the cell is named: {told}");
    let expected = LIST
        .replace("=1+1,こもれび市医師会,2025-04-01", "=1+1,こもれび市医師会,2026-11-20")
        .replace("paused,,こもれび市医師会,2025-04-01", "open,,こもれび市医師会,2026-11-21");
    let written = std::fs::read_to_string(&list).expect("a list");
    assert_eq!(written.replace("掲載中", "open"), expected, "the refused row stays as it was");
    // 病院 holds one row, with a number that can't be right: the association has it still.
    let again = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["import", "list", "--write", "--close-gone", "2026-12-01", "--into", "resources/facilities/ishikai.csv"])
        .arg(&workbook)
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(again.status.code(), Some(1), "a row was refused");
    let written = std::fs::read_to_string(&list).expect("a list");
    assert!(!written.contains("2026-12-01"), "{written}");
}
