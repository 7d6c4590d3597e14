//! The words that a cell may hold: on a hidden sheet, for the lists that drop down.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Worksheet, XlsxError};

use super::Lists;
use crate::facility::Column;

/// The name of the hidden sheet.
const SHEET: &str = "_choices";

/// Words for each column that has choices.
pub(super) struct Choices {
    lists: Vec<(Column, Vec<String>)>,
}

/// The three states of a row, the usual one first.
const STATUS: [(&str, &str); 3] = [("open", "掲載中"), ("paused", "休止中"), ("unlisted", "掲載を望まない")];

impl Choices {
    pub(super) fn of(lists: &Lists<'_>) -> Self {
        let categories = lists.vocabulary.categories.iter().map(|category| category.name.ja.to_string()).collect();
        let status = STATUS.iter().map(|(_, name)| (*name).to_owned()).collect();
        Self {
            lists: vec![(Column::Category, categories), (Column::Status, status), (Column::Area, lists.areas.to_vec())],
        }
    }

    /// The rule for a column's cells; nothing where any text may stand.
    pub(super) fn rule(&self, column: Column) -> Option<DataValidation> {
        let at = self.lists.iter().position(|(of, words)| *of == column && !words.is_empty())?;
        let (_, words) = self.lists.get(at)?;
        let letter = char::from(b'A' + u8::try_from(at).ok()?);
        let range = Formula::new(format!("={SHEET}!${letter}$1:${letter}${}", words.len()));
        let rule = DataValidation::new().allow_list_formula(range).ignore_blank(true);
        let rule = rule.set_error_title("選んでください").ok()?;
        let rule = rule.set_error_message("一覧にある言葉から選んでください。").ok()?;
        Some(rule.set_error_style(DataValidationErrorStyle::Stop))
    }

    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET)?;
        for (column, (_, words)) in (0..).zip(&self.lists) {
            for (row, word) in (0..).zip(words) {
                sheet.write_string(row, column, word)?;
            }
        }
        sheet.set_very_hidden(true);
        Ok(())
    }
}

/// The Japanese name of a category.
pub(super) fn category(lists: &Lists<'_>, written: &str) -> String {
    let id = lists.schema.category(written).unwrap_or(written);
    lists.vocabulary.category(id).map_or_else(|| written.to_owned(), |category| category.name.ja.to_string())
}

/// The Japanese name of an item of what a facility does, its sign kept.
pub(super) fn service(lists: &Lists<'_>, item: &str) -> String {
    let name = item.trim_start_matches(['!', '?']);
    let sign = item.get(..item.len() - name.len()).unwrap_or("");
    let id = lists.schema.service(name).unwrap_or(name);
    let name = lists.vocabulary.service(id).map_or(name, |service| &service.name.ja);
    format!("{sign}{name}")
}

/// The word for a status; what is none stays.
pub(super) fn status(written: &str) -> &str {
    let written = if written.is_empty() { "open" } else { written };
    STATUS.iter().find(|(id, _)| *id == written).map_or(written, |(_, name)| name)
}
