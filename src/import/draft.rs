//! A row in the making: values by column, remarks, doubts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::values::Values;
use super::{Options, Record, Row};
use crate::calendar::date;
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Column;
use crate::japan::is_dash;
use crate::tree::{has_hidden, is_hidden, may_have_hidden};

/// A row of ours that is being filled from a published one.
pub(super) struct Draft<'r> {
    row: Row,
    remarks: Vec<String>,
    doubts: &'r mut Report,
}

impl<'r> Draft<'r> {
    pub(super) fn new(record: Record<'_>, doubts: &'r mut Report) -> Self {
        let values = Values::with_room(record.row.text().len());
        let row = Row { values, extra: BTreeMap::new(), origin: record.row.line_span() };
        Self { row, remarks: Vec::new(), doubts }
    }

    /// Sets a column; an empty value leaves it empty.
    pub(super) fn set(&mut self, column: Column, value: impl AsRef<str>) {
        if !value.as_ref().is_empty() {
            self.row.values.insert(column, value);
        }
    }

    /// Sets a column that only some categories have.
    pub(super) fn set_extra(&mut self, column: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.row.extra.insert(column.to_owned(), value);
        }
    }

    pub(super) fn get(&self, column: Column) -> &str {
        self.row.get(column)
    }

    /// Adds to the note of the row what has no column of its own.
    pub(super) fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Says that somebody should look.
    pub(super) fn doubt(&mut self, diagnostic: Diagnostic) {
        self.doubts.push(diagnostic);
    }

    /// Says who published the row, and for which day.
    pub(super) fn publish(&mut self, options: &Options<'_>, publisher: &str) {
        let publisher = options.source.as_deref().unwrap_or(publisher);
        match options.as_of {
            Some(day) if !publisher.is_empty() => {
                self.set(Column::Source, format!("{publisher}（{}時点）", date::ja_era(day)));
            }
            _ => self.set(Column::Source, publisher),
        }
        self.set(Column::VerifiedOn, options.as_of.map_or_else(String::new, |day| day.to_string()));
    }

    pub(super) fn finish(mut self) -> Row {
        let note = self.remarks.join("　");
        self.set(Column::Note, note);
        self.row.values.close();
        self.row
    }
}

/// Keeps `19（休床中）` in a column of numbers as a remark, with a doubt.
pub(super) fn number_in_words(draft: &mut Draft<'_>, record: Record<'_>, field: usize, heading: &str) {
    let text = record.text(field);
    let doubt = Diagnostic::new(Code::ImportNumberInWords).at(&record.span(field));
    draft.doubt(doubt.arg("column", heading).arg("value", &text));
    draft.remark(format!("{heading}：{text}"));
}

/// A cell's text without line breaks (`（改行）` among them) and white space around; empty where it holds only
/// dashes or commas, as people write for "nothing". Invisible characters are taken away: the row's judge tells them.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let is_marked = may_have_hidden(text);
    if is_marked && has_hidden(text) {
        return Cow::Owned(tidy(&text.replace(is_hidden, "")).into_owned());
    }
    let nothing = |c: char| is_dash(c) || c.is_whitespace() || matches!(c, '、' | ',' | '。' | '・');
    // Most cells only have to be trimmed.
    if !is_marked || !text.contains(['\n', '\r', '\t']) && !text.contains("（改行）") {
        let trimmed = text.trim();
        return Cow::Borrowed(if trimmed.chars().all(nothing) { "" } else { trimmed });
    }
    let text = text.replace("（改行）", "\n");
    let parts = text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty());
    let one_line = parts.collect::<Vec<_>>().join(" ");
    Cow::Owned(if one_line.chars().all(nothing) { String::new() } else { one_line })
}

/// Whether a text says that there is nothing to say.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim_end_matches(['。', '.', ' ', '　']);
    matches!(
        text,
        "" | "なし"
            | "無し"
            | "無"
            | "有"
            | "あり"
            | "特になし"
            | "特に無し"
            | "特にありません"
            | "特にございません"
            | "ございません"
            | "ありません"
            | "同上"
            | "○"
            | "〇"
            | "×"
            | "無い"
    )
}

/// Whether a name stands for no name: `〇〇`, `○○○`, `＊＊`, `テスト`.
pub(super) fn is_placeholder(name: &str) -> bool {
    let mark = |c: char| matches!(c, '〇' | '○' | '◯' | '●' | '◎' | '×' | '✕' | '＊' | '*' | '?' | '？' | '□' | '△');
    !name.is_empty()
        && (name.chars().filter(|c| !c.is_whitespace()).all(mark)
            || matches!(name, "テスト" | "test" | "サンプル" | "未定" | "名称未定"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_hold_nothing() {
        assert_eq!(tidy("　平\n16.7.22 "), "平 16.7.22");
        assert_eq!(tidy("09:00～16:30（改行）（改行）月の第５週目"), "09:00～16:30 月の第５週目");
        assert_eq!(tidy("ー"), "");
        assert_eq!(tidy("、"), "");
        assert!(says_nothing("特になし。") && !says_nothing("なしの木"));
        assert!(is_placeholder("〇〇") && !is_placeholder("〇〇病院") && !is_placeholder(""));
    }
}
