//! What becomes of a list, in words: counts first, then a line for each row and cell.

use crate::diag::Language;
use crate::import::list::{Difference, Match, Named, Outcome};
use crate::import::matching::Why;

/// More lines of one kind than this are counted, not shown.
const LINES_SHOWN: usize = 200;

/// The whole outcome.
pub(super) fn tell(outcome: &Outcome, language: Language) -> String {
    let ja = language == Language::Ja;
    let mut lines = vec![counts(outcome, ja)];
    section(&mut lines, "", outcome.added.iter().map(|row| format!("+ {}", named(row))));
    section(&mut lines, "", outcome.changed.iter().filter(|cell| !cell.list.is_empty()).map(change));
    let kept = if ja {
        "人が直した欄のため、一覧のままにしました（元データの値を確かめてください）"
    } else {
        "cells that people edited stay; the source says otherwise"
    };
    section(&mut lines, kept, outcome.kept.iter().map(|cell| difference(cell, ja)));
    let matched = if ja {
        "ID は違いますが、同じ施設とみなしました"
    } else {
        "taken for the same facility although the ids differ"
    };
    section(&mut lines, matched, outcome.matched.iter().map(|found| pair(found, ja)));
    let doubtful = if ja {
        "同じ施設かもしれません。足しも混ぜもしていません（`--same 元のID=一覧のID` か `--doubtful new` で決めてください）"
    } else {
        "may be the same facility: neither added nor merged (decide with `--same ID=LISTED` or `--doubtful new`)"
    };
    section(&mut lines, doubtful, outcome.doubtful.iter().map(|found| pair(found, ja)));
    let gone = if ja {
        "元データから消えました。廃止なら廃止日を入れてください（`--close-gone 日付` でまとめて入ります）"
    } else {
        "gone at the source: give them their closing date if they have closed (`--close-gone DATE` does so)"
    };
    section(&mut lines, gone, outcome.gone.iter().map(|row| format!("? {}", named(row))));
    if outcome.unnamed > 0 {
        lines.push(if ja {
            format!(
                "  取り込まなかったなかに、どの施設か分からない行（またはファイル）が {} あります。この中にあるかもしれないので、廃止日は入れません。先に元のファイルを直してください",
                outcome.unnamed
            )
        } else {
            format!(
                "  {} refused rows (or files) do not say which facility they are: these may be among them, so none is closed; mend the source first",
                outcome.unnamed
            )
        });
    }
    let closed = if ja { "廃止日を入れました" } else { "given their closing date" };
    section(&mut lines, closed, outcome.closed.iter().map(|row| format!("− {}", named(row))));
    lines.join("\n")
}

fn counts(outcome: &Outcome, ja: bool) -> String {
    let Outcome {
        added,
        rows_changed,
        rows_same,
        changed,
        filled,
        kept,
        matched,
        doubtful,
        absent,
        gone,
        closed,
        unnamed: _,
    } = outcome;
    let (added, changed, kept, matched) = (added.len(), changed.len(), kept.len(), matched.len());
    let (doubtful, absent, gone, closed) = (doubtful.len(), absent.len(), gone.len(), closed.len());
    if ja {
        let mut parts = vec![
            format!("増える行 {added}"),
            format!("変わる行 {rows_changed}（欄 {changed}、うち空欄だった {filled}）"),
            format!("同じ行 {rows_same}"),
            format!("人の値のままの欄 {kept}"),
            format!("別の手がかりで一致 {matched}"),
            format!("同じかもしれない行 {doubtful}"),
            format!("元データから消えた行 {gone}"),
        ];
        parts.extend((absent > 0).then(|| format!("一覧にない行 {absent}")));
        parts.extend((closed > 0).then(|| format!("廃止日を入れた行 {closed}")));
        parts.join("　")
    } else {
        let absent = if absent > 0 { format!(", {absent} not in the list") } else { String::new() };
        format!(
            "{added} rows added, {rows_changed} changed ({changed} cells, {filled} of them empty before), {rows_same} the same, \
             {kept} cells kept as people wrote them, {matched} matched by other keys, {doubtful} in doubt{absent}, \
             {gone} gone at the source, {closed} closed"
        )
    }
}

fn section(lines: &mut Vec<String>, title: &str, found: impl Iterator<Item = String>) {
    let mut found: Vec<String> = found.collect();
    if found.is_empty() {
        return;
    }
    if !title.is_empty() {
        lines.push(title.to_owned());
    }
    let more = found.len().saturating_sub(LINES_SHOWN);
    found.truncate(LINES_SHOWN);
    lines.extend(found.into_iter().map(|line| format!("  {line}")));
    if more > 0 {
        lines.push(format!("  … +{more}"));
    }
}

fn named(row: &Named) -> String {
    format!("{} {}", row.id, row.name)
}

fn change(cell: &Difference) -> String {
    format!("~ {} {}：{} → {}", cell.id, cell.column, cell.list, cell.source)
}

fn difference(cell: &Difference, ja: bool) -> String {
    let Difference { id, column, list, source } = cell;
    if ja {
        format!("≠ {id} {column}：一覧「{list}」、元データ「{source}」")
    } else {
        format!("≠ {id} {column}: list `{list}`, source `{source}`")
    }
}

fn pair(found: &Match, ja: bool) -> String {
    let why = match (found.why, ja) {
        (Why::Id, true) => "ID",
        (Why::PhoneAndName, true) => "電話と名前",
        (Why::NameAndAddress, true) => "名前と住所",
        (Why::Phone, true) => "電話だけ",
        (Why::Name, true) => "名前だけ",
        (Why::Id, false) => "id",
        (Why::PhoneAndName, false) => "telephone and name",
        (Why::NameAndAddress, false) => "name and address",
        (Why::Phone, false) => "telephone only",
        (Why::Name, false) => "name only",
    };
    let listed: Vec<String> = found.listed.iter().map(named).collect();
    format!("≈ {} = {} ({why})", named(&found.imported), listed.join(" / "))
}
