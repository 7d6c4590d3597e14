use std::sync::Arc;

use super::{Kind, Lists, apply};
use crate::diag::Code;
use crate::source::{Encoding, SourcePath, Text};
use crate::vocabulary::Vocabulary;

const LIST: &str = "ID,種別,名称,住所,電話番号,掲載状態,情報提供,最終確認日\n\
    aozora,clinic,あおぞら医院,本町2-2,0910-01-0102,,医師会,2026-01-01\n\
    hikari,clinic,ひかり診療所,本町1-1,0910-01-0101,,医師会,2026-01-01\n";

fn lists() -> Lists {
    let path = SourcePath::new("resources/facilities/ishikai.csv").expect("a path");
    Lists::from([(path, Text { text: Arc::from(LIST), encoding: Encoding::Utf8 })])
}

/// A form as GitHub writes it.
fn filled(kind: Kind, answers: &[&str]) -> String {
    let questions = kind.questions().iter().zip(answers);
    questions.map(|(question, answer)| format!("### {}\n\n{answer}\n\n", question.label)).collect()
}

#[track_caller]
fn check(kind: Kind, answers: &[&str], expected: Result<&str, Code>) {
    let done = apply(&filled(kind, answers), &lists(), &Vocabulary::builtin());
    let codes: Vec<Code> = done.report.iter().map(|problem| problem.code).collect();
    match expected {
        Ok(line) => {
            let applied = done.value.unwrap_or_else(|| panic!("{codes:?}"));
            assert_eq!(applied.kind, kind);
            assert!(applied.text.contains(line), "{}", applied.text);
        }
        Err(code) => assert_eq!((done.value, codes), (None, vec![code])),
    }
}

#[test]
fn a_correction_changes_one_cell_and_the_day() {
    let row = "hikari,clinic,ひかり診療所,本町1-1,0910-01-0199,,医師会,2026-11-22\n";
    let page = "https://example.jp/facilities/hikari/";
    check(Kind::Correction, &[page, "電話番号", "０９１０（０１）０１９９", "令和8年11月22日", "医師会"], Ok(row));
    check(Kind::Correction, &["hikari", "電話番号", "0910-01-0199", "2026-11-22", "医師会"], Ok(row));
    check(Kind::Correction, &["hikari", "ID", "x", "2026-11-22", "医師会"], Err(Code::FormAnswerUnusable));
    check(Kind::Correction, &["hikaru", "電話番号", "x", "2026-11-22", "医師会"], Err(Code::FormFacilityUnknown));
    check(
        Kind::Correction,
        &["hikari", "電話番号", "_No response_", "2026-11-22", "医師会"],
        Err(Code::FormAnswerMissing),
    );
    check(Kind::Correction, &["hikari", "電話番号", "x", "きのう", "医師会"], Err(Code::FormAnswerUnusable));
    check(Kind::Correction, &["hikari", "備考", "a\u{202e}b", "2026-11-22", "医師会"], Err(Code::FormAnswerUnusable));
}

#[test]
fn a_list_without_ids_is_passed_over() {
    let path = |name: &str| SourcePath::new(&format!("resources/facilities/{name}.csv")).expect("a path");
    let text = |text: &str| Text { text: Arc::from(text), encoding: Encoding::Utf8 };
    let nameless = (path("a"), text("種別,名称,住所\nclinic,あおぞら医院,本町2-2\n"));
    let form = filled(Kind::Unlisted, &["aozora", "医師会"]);
    let done = |lists: &Lists| apply(&form, lists, &Vocabulary::builtin());
    let told: Vec<Code> = done(&Lists::from([nameless.clone()])).report.iter().map(|problem| problem.code).collect();
    assert_eq!(told, [Code::FormFacilityUnknown], "it ends with a word");
    assert!(done(&Lists::from([nameless, (path("b"), text(LIST))])).value.is_some(), "the next list has it");
}

#[test]
fn title_rows_above_the_headings_stay() {
    let titled = format!("\"在宅医療, 介護の一覧\",,,,,,,\n令和8年4月1日現在,,,,,,,\n{LIST}");
    let (path, _) = lists().pop_first().expect("a list");
    let lists = Lists::from([(path, Text { text: Arc::from(titled.as_str()), encoding: Encoding::Utf8 })]);
    let form = filled(Kind::Unlisted, &["aozora", "医師会"]);
    let applied = apply(&form, &lists, &Vocabulary::builtin()).value.expect("a change");
    assert_eq!(applied.text, titled.replace("0910-01-0102,,", "0910-01-0102,unlisted,"));
}

#[test]
fn an_answer_may_hold_commas_quotes_and_headings() {
    let value = "### 休診\n\"水\", 日";
    let row = "\"### 休診\n\"\"水\"\", 日\"";
    check(Kind::Correction, &["hikari", "備考", value, "2026-11-22", "医師会"], Ok(row));
}

#[test]
fn places_come_close_and_withdraw() {
    let new =
        ["ishikai", "診療所", "みなと医院", "_No response_", "本町3-3", "0910-01-0103", "", "2026-11-22", "医師会"];
    check(Kind::New, &new, Ok("tel-0910010103,clinic,みなと医院,本町3-3,0910-01-0103,,医師会,2026-11-22\n"));
    let mut elsewhere = new;
    elsewhere[0] = "nowhere";
    check(Kind::New, &elsewhere, Err(Code::FormAnswerUnusable));
    check(Kind::Closing, &["hikari", "R9.3.31", "医師会"], Ok("0910-01-0101,,医師会,2026-01-01,2027-03-31\n"));
    check(Kind::Unlisted, &["aozora", "医師会"], Ok("aozora,clinic,あおぞら医院,本町2-2,0910-01-0102,unlisted,"));
}

#[test]
fn an_answer_that_the_site_would_not_take_is_told_at_once() {
    let correct = |column: &str, value: &str, code| {
        check(Kind::Correction, &["hikari", column, value, "2026-11-22", "医師会"], Err(code));
    };
    correct("電話番号", "290-1789", Code::PhoneUnreadable);
    correct("郵便番号", "76-0001", Code::PostalCodeUnreadable);
    correct("対応内容", "訪問診療;空を飛ぶ", Code::ServiceUnknown);
    correct("名称", "〇〇", Code::NamePlaceholder);
    // What was wrong in another row before is nobody's fault who fills in a form.
    let path = SourcePath::new("resources/facilities/ishikai.csv").expect("a path");
    let broken = LIST.replace("0910-01-0102", "なし");
    let lists = Lists::from([(path, Text { text: Arc::from(broken), encoding: Encoding::Utf8 })]);
    let form = filled(Kind::Correction, &["hikari", "電話番号", "0910-01-0199", "2026-11-22", "医師会"]);
    assert!(apply(&form, &lists, &Vocabulary::builtin()).value.is_some());
}

#[test]
fn what_is_no_form_is_told() {
    for text in ["", "直してください", "### 施設の ID またはページのアドレス\n\nx\n"] {
        let done = apply(text, &lists(), &Vocabulary::builtin());
        assert_eq!(done.report.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::FormUnknown], "{text}");
    }
}

#[test]
fn no_two_forms_ask_the_same_questions() {
    for (index, kind) in Kind::ALL.iter().enumerate() {
        for other in Kind::ALL.iter().skip(index + 1) {
            let labels = |kind: &Kind| kind.questions().iter().map(|question| question.label).collect::<Vec<_>>();
            assert_ne!(labels(kind), labels(other));
        }
    }
}
