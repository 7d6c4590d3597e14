//! Ids that outlive the next edition of a file, and ids of files that do not.

use unicode_normalization::UnicodeNormalization;

use super::Record;
use crate::diag::{Code, Diagnostic};
use crate::facility::Column;
use crate::japan::kana;
use crate::source::ContentHash;
use crate::table::Table;
use crate::table::headings::Headings;

use super::Row;

/// `kaigo-0190100370-760`: a number that a public body gave, with what else tells rows apart.
pub(super) fn of_number(prefix: &str, number: &str, suffix: &str) -> Option<String> {
    // What a spreadsheet rounded may be anybody's number.
    if number.contains(['.', '+']) && number.contains(['E', 'e']) {
        return None;
    }
    let number = slug(number);
    let suffix = if suffix.is_empty() { String::new() } else { format!("-{suffix}") };
    (!number.is_empty()).then(|| format!("{prefix}-{number}{suffix}"))
}

/// `tel-0878412146`.
pub(super) fn of_phone(digits: &str) -> Option<String> {
    let digits = slug(digits);
    (digits.len() >= 9).then(|| format!("tel-{digits}"))
}

/// `name-3f9a0c12d4`: what is left where there is neither number nor telephone.
pub(super) fn of_name(name: &str, address: &str) -> String {
    format!("name-{}", name_hash(name, address))
}

/// `tel-0878344102-3f9a0c`: a telephone number that several share.
pub(super) fn of_shared(row: &Row) -> String {
    let hash = name_hash(row.get(Column::Name), row.get(Column::Address));
    format!("{}-{}", row.id(), hash.get(..6).unwrap_or(&hash))
}

fn name_hash(name: &str, address: &str) -> String {
    let key = format!("{}\n{}", kana::name_key(name), kana::fold(address));
    ContentHash::of(key.as_bytes()).short().chars().take(10).collect()
}

/// Lower-case ASCII letters and digits.
fn slug(text: &str) -> String {
    let letters = |c: char| c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase());
    if text.is_ascii() { text.chars().filter_map(letters).collect() } else { text.nfkc().filter_map(letters).collect() }
}

/// The warning on a column of ids that are the rows' numbers, so that next year they are other facilities'.
pub(super) fn unstable(table: &Table, headings: &Headings, field: usize) -> Option<Diagnostic> {
    let column = headings.column(field)?;
    let records = || headings.data(table).map(|row| Record { row, headings });
    let rows = records().count();
    let ids: Vec<String> = records().map(|record| record.text(field)).collect();
    let numbers: Vec<usize> = ids.iter().filter_map(|id| trailing_number(id)).collect();
    let in_order = numbers.windows(2).filter(|pair| matches!(pair, [a, b] if a < b)).count();
    // Some rows may have been taken out since: a little more than the rows is still a row's number.
    let small = numbers.iter().filter(|number| **number <= rows + rows / 4 + 50).count();
    let counted = numbers.len() * 10 >= rows * 9 && small * 10 >= rows * 9 && (in_order + 1) * 10 >= rows * 9;
    let same = rows > 1 && ids.iter().all(|id| Some(id) == ids.first());
    let damaged = ids.iter().any(|id| id.contains("E+"));
    if rows < 3 || !(counted || same || damaged) {
        return None;
    }
    let heading = headings.list.iter().find(|heading| heading.column == column)?;
    let example = ids.first().cloned().unwrap_or_default();
    let diagnostic = Diagnostic::new(Code::ImportIdUnstable).at(&heading.name.span);
    Some(diagnostic.arg("heading", &heading.name.value).arg("rows", rows).arg("example", example))
}

/// The number at the end of `jp.takamatsu.….Hospital.123`.
fn trailing_number(id: &str) -> Option<usize> {
    let start = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    id.get(start..)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        assert_eq!(of_number("kaigo", "01B3700015", "551").as_deref(), Some("kaigo-01b3700015-551"));
        assert_eq!(of_number("kaigo", "　", "551"), None);
        assert_eq!(of_number("kaigo", "3.9E+09", "551"), None);
        assert_eq!(of_phone("#7119"), None);
        assert_eq!(of_name("医療法人社団真鍋医院", "高松市1"), of_name("真鍋医院　", "高松市１"));
        assert_ne!(of_name("真鍋医院", "高松市1"), of_name("真鍋医院", "高松市2"));
        assert_eq!(trailing_number("jp.takamatsu.Hospital.123"), Some(123));
        assert_eq!(trailing_number("12"), Some(12));
        assert_eq!(trailing_number("院"), None);
    }
}
