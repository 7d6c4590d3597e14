//! The canonical form of one cell.
//!
//! In: a column and what its cell says. Out: the same said in the standard way, and which kind of repair that was.
//! Each form is verified by reading it again: it must mean what the original meant, else the cell stays. What can't
//! be read, or holds an invisible character, stays to the byte.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::calendar::date;
use crate::calendar::hours::OpeningHours;
use crate::facility::Column;
use crate::japan::is_dash;
use crate::japan::phone::Phone;
use crate::japan::postal_code::PostalCode;
use crate::tree::{has_hidden, may_have_hidden};

/// What was repaired in a cell; its name is the key of its wording.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Repair {
    /// White space around or line ends inside.
    Spaces,
    /// A telephone or fax number in its usual grouping.
    Phone,
    /// A postal code as `123-4567`.
    PostalCode,
    /// A date as `2026-04-01`.
    Date,
    /// Opening hours in their shortest form.
    Hours,
    /// `；` as `;`, no blanks around items.
    Separators,
    /// Half-width katakana, full-width digits of numbers and addresses.
    Width,
}

impl Repair {
    /// A stable name: the key of its wording.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Spaces => "spaces",
            Self::Phone => "phone",
            Self::PostalCode => "postal_code",
            Self::Date => "date",
            Self::Hours => "hours",
            Self::Separators => "separators",
            Self::Width => "width",
        }
    }
}

/// What the cell says in canonical form.
#[must_use]
pub fn canonical(column: Column, text: &str) -> Cow<'_, str> {
    repaired(column, text).map_or(Cow::Borrowed(text), |(canonical, _)| Cow::Owned(canonical))
}

/// The canonical form where it differs from what is written, and what was repaired last.
#[must_use]
pub fn repaired(column: Column, text: &str) -> Option<(String, Repair)> {
    let is_done = text.is_empty() || is_plain(column, text) || is_plain_words(column, text);
    if is_done { None } else { repaired_any(column, text) }
}

/// The same for any text, however plain.
fn repaired_any(column: Column, text: &str) -> Option<(String, Repair)> {
    if has_hidden(text) {
        return None;
    }
    let spaced = if has_words(column) { with_plain_line_ends(text.trim()) } else { one_line(text.trim()) };
    let (form, repair) = match special(column, &spaced) {
        Some((form, repair)) if form != spaced.as_ref() => (form, repair),
        Some(_) => (spaced.into_owned(), Repair::Spaces),
        None => {
            let wide = widened(column, &spaced);
            let repair = if wide == spaced { Repair::Spaces } else { Repair::Width };
            (wide.into_owned(), repair)
        }
    };
    (form != text).then_some((form, repair))
}

/// Words and numbers in ASCII that are in their standard form already: most cells, and nothing to repair.
fn is_plain(column: Column, text: &str) -> bool {
    match column {
        Column::Phone | Column::Fax => Phone::is_usual(text),
        Column::PostalCode => is_shaped(text, "000-0000"),
        // A day that no calendar has stays as well.
        Column::VerifiedOn | Column::ClosedOn => is_shaped(text, "0000-00-00"),
        Column::Hours => false,
        Column::Services | Column::Serves => text.split(';').all(|item| {
            !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        }),
        _ => text.bytes().all(|byte| byte.is_ascii_graphic()),
    }
}

/// Kanji, kana and ASCII in a column that holds just text: none of the bytes of half-width katakana and line breaks.
fn is_plain_words(column: Column, text: &str) -> bool {
    use Column::{NameKana, Operator, Source};
    (has_words(column) || matches!(column, Column::Name | NameKana | Operator | Source))
        && !may_have_hidden(text)
        && text.trim().len() == text.len()
}

/// Whether a text has digits where the pattern has zeros, and the pattern's own signs elsewhere.
fn is_shaped(text: &str, pattern: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

/// Columns whose cells may have several lines.
fn has_words(column: Column) -> bool {
    use Column::{Accepts, Accessibility, HoursNote, Languages, Note, Parking};
    matches!(column, HoursNote | Accepts | Languages | Accessibility | Parking | Note)
}

/// As the reader of lists sees a cell of one line.
fn one_line(text: &str) -> Cow<'_, str> {
    const BREAKS: [char; 3] = ['\n', '\r', '\t'];
    if text.contains(BREAKS) { Cow::Owned(text.replace(BREAKS, " ")) } else { Cow::Borrowed(text) }
}

fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// Columns with a form of their own; what can't be read stays as it is. `None` where the column holds just text.
fn special(column: Column, text: &str) -> Option<(String, Repair)> {
    let (form, repair) = match column {
        Column::Phone | Column::Fax => (phone(text), Repair::Phone),
        Column::PostalCode => (PostalCode::parse(text).ok().map(|code| code.to_string()), Repair::PostalCode),
        Column::VerifiedOn | Column::ClosedOn => (date::parse(text).ok().map(|day| day.to_string()), Repair::Date),
        Column::Lat | Column::Lon => (degrees(text), Repair::Width),
        Column::Hours => (hours(text), Repair::Hours),
        Column::Services | Column::Serves => (Some(items(text)), Repair::Separators),
        // Their letters are the id itself, or an address that only its owner can mend.
        Column::Id | Column::Category | Column::Status | Column::Email | Column::Url => (None, Repair::Spaces),
        _ => return None,
    };
    Some((form.unwrap_or_else(|| text.to_owned()), repair))
}

/// The number in its usual grouping, what was written beside it in brackets.
fn phone(text: &str) -> Option<String> {
    let phone = Phone::parse(text).ok()?;
    let form = match phone.label() {
        Some(label) => format!("{}（{label}）", phone.shown()),
        None => phone.shown().to_owned(),
    };
    (Phone::parse(&form).as_ref() == Ok(&phone)).then_some(form)
}

fn hours(text: &str) -> Option<String> {
    let hours = OpeningHours::parse(text).ok()?;
    let form = hours.to_string();
    (OpeningHours::parse(&form).as_ref() == Ok(&hours)).then_some(form)
}

/// The digits as ASCII, as many as were written.
fn degrees(text: &str) -> Option<String> {
    let folded =
        if text.is_ascii() { text.trim().to_owned() } else { text.nfkc().collect::<String>().trim().to_owned() };
    folded.parse::<f64>().ok().filter(|degrees| degrees.is_finite()).map(|_| folded)
}

/// `訪問診療； ！往診` as `訪問診療;!往診`.
fn items(text: &str) -> String {
    let item = |item: &str| {
        let item = item.trim();
        let signed = [('!', ['!', '！']), ('?', ['?', '？'])]
            .into_iter()
            .find_map(|(sign, written)| Some(format!("{sign}{}", item.strip_prefix(written)?.trim_start())));
        signed.unwrap_or_else(|| item.to_owned())
    };
    text.split([';', '；']).map(item).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(";")
}

/// Half-width katakana as katakana; in addresses also full-width digits, and dashes between digits.
fn widened(column: Column, text: &str) -> Cow<'_, str> {
    let half = |c: char| ('\u{FF61}'..='\u{FF9F}').contains(&c);
    let is_address = matches!(column, Column::Address | Column::Building);
    let wide_digit = |c: char| ('０'..='９').contains(&c);
    if !text.chars().any(|c| half(c) || (is_address && (wide_digit(c) || is_dash(c)))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| half(c) != half(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match half(first) {
            true => out.extend(run.nfkc()),
            false if is_address => out.extend(run.chars().map(narrow_digit)),
            false => out.push_str(run),
        }
        rest = after;
    }
    Cow::Owned(if is_address { with_hyphens(&out) } else { out })
}

/// `２` as 2; anything else as it is.
fn narrow_digit(c: char) -> char {
    let value = u32::from(c).wrapping_sub(u32::from('０'));
    char::from_digit(value, 10).unwrap_or(c)
}

/// Dashes between digits as hyphens: `２−３` is 2-3, but ー in ケアー is a letter.
fn with_hyphens(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    let mut follows_digit = false;
    while let Some(c) = letters.next() {
        let is_between = follows_digit && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_between && is_dash(c) { '-' } else { c });
        follows_digit = c.is_ascii_digit();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    #[test]
    fn cells_in_their_standard_form() {
        let check = |column: Column, text: &str, expected: &str| {
            assert_eq!(canonical(column, text), expected, "{column:?} {text}");
            assert_eq!(canonical(column, expected), expected, "{column:?} {expected} stays");
        };
        check(Column::Phone, "０８７（８３９）２３４６", "087-839-2346");
        check(Column::Phone, "0878392346 代表", "087-839-2346（代表）");
        check(Column::Phone, "839-2346", "839-2346");
        check(Column::Phone, " 839-2346 ", "839-2346");
        check(Column::PostalCode, "〒７６００００１", "760-0001");
        check(Column::PostalCode, "60001", "60001");
        check(Column::VerifiedOn, "令和8年 4月 1日", "2026-04-01");
        check(Column::VerifiedOn, "春ごろ", "春ごろ");
        check(Column::Lat, "３４.３４０", "34.340");
        check(Column::Hours, "Mo-Fr  9:00-12:00;PH off", "Mo-Fr 09:00-12:00; PH off");
        check(Column::Services, "visits ； ！ 往診;;", "visits;!往診");
        check(Column::Services, "訪問診療、往診", "訪問診療、往診");
        check(Column::Name, "　ﾎｰﾑｹｱ ＳＯＭＰＯ ｶﾞｰﾃﾞﾝ", "ホームケア ＳＯＭＰＯ ガーデン");
        check(Column::Address, "番町４丁目１－２３ ケアー２", "番町4丁目1-23 ケアー2");
        check(Column::Note, " 一行目\r\n二行目 ", "一行目\n二行目");
        check(Column::Building, "A\n棟", "A 棟");
        check(Column::Name, "隠\u{200b}れ ", "隠\u{200b}れ ");
        check(Column::Url, "https：//example.jp", "https：//example.jp");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_short_way_says_what_the_long_way_says(
            place in 0..Column::ALL.len(),
            text in "[0-9]{3}-[0-9]{4}|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[a-z_;-]{1,9}|[0-9.+-]{1,9}|[ -~]{1,9}|[看取りケアーｱ０－（ \u{3000}\r\n\u{200b}a1-]{1,9}",
        ) {
            let column = Column::ALL.get(place).copied().unwrap_or(Column::Id);
            prop_assert_eq!(repaired(column, &text), repaired_any(column, &text).filter(|_| !text.is_empty()), "{:?}", column);
        }
    }
}
