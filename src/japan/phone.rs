//! Telephone numbers: one number in its usual grouping, and the link that dials it.
//!
//! In: a cell. Out: a `Phone`, or the kind of mistake. The grouping that the author wrote is kept where it can be
//! right; digits without grouping get the standard one from the ministry's table of area codes.

use std::fmt;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::japan::{area_code, is_dash};

/// A telephone number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Phone {
    shown: Box<str>,
    label: Option<Box<str>>,
}

/// Why a text is not a telephone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PhoneProblem {
    /// Nothing is written.
    Empty,
    /// Two or more numbers.
    Several,
    /// A number without its area code: `290-1789`.
    NoAreaCode,
    /// A number whose leading zero a spreadsheet took away.
    LostZero,
    /// Too few or too many digits.
    Length,
    /// A number that a spreadsheet wrote with an exponent: `3.12E+09`.
    Exponent,
    /// Something that is no part of a number.
    Characters,
}

impl PhoneProblem {
    /// A stable name: the key of its wording.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Several => "several",
            Self::NoAreaCode => "no_area_code",
            Self::LostZero => "lost_zero",
            Self::Length => "length",
            Self::Exponent => "exponent",
            Self::Characters => "characters",
        }
    }
}

impl Phone {
    /// Reads a number: `03-1234-5678`, `（078）123-4567`, `0312345678`, `０１２０－１２３－４５６`, `+81 3 1234 5678`,
    /// `03-1234-5678（代）`, `110`, `#7119`.
    ///
    /// # Errors
    /// Says why it is not one number.
    pub fn parse(text: &str) -> Result<Self, PhoneProblem> {
        if Self::is_usual(text) {
            return Ok(Self { shown: text.into(), label: None });
        }
        if matches!(text.len(), 10 | 11) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self { shown: grouped(&[text.to_owned()])?.into(), label: None });
        }
        Self::parse_any(text)
    }

    /// Whether a text is a number as most are written, and as it is shown: `087-839-2346`, `090-1234-5678`.
    #[must_use]
    pub fn is_usual(text: &str) -> bool {
        let mut groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_digit())));
        let (Some((area, true)), Some((exchange, true)), Some((4, true)), None) =
            (groups.next(), groups.next(), groups.next(), groups.next())
        else {
            return false;
        };
        let mut head = [0; 4];
        head.iter_mut().zip(text.bytes().filter(|byte| *byte != b'-')).for_each(|(slot, digit)| *slot = digit);
        let is_service = matches!(&head, [b'0', b'0', ..] | b"0120" | b"0570" | b"0990" | b"0180" | b"0800");
        let is_personal = matches!(head, [b'0', b'2' | b'5'..=b'9', b'0', _]);
        match (area, exchange) {
            (3, 4) => is_personal && !is_service,
            (2..=5, 1..=4) if area + exchange == 6 => head.first() == Some(&b'0') && !is_personal && !is_service,
            _ => false,
        }
    }

    fn parse_any(text: &str) -> Result<Self, PhoneProblem> {
        let folded: String = match is_nfkc_quick(text.chars()) {
            IsNormalized::Yes => text.trim().to_owned(),
            _ => text.nfkc().collect::<String>().trim().to_owned(),
        };
        if !folded.chars().any(|c| !c.is_whitespace() && !is_dash(c)) {
            return Err(PhoneProblem::Empty);
        }
        let (number, label) = without_label(&folded);
        if let Some(short) = short_number(number.trim()) {
            return Ok(Self { shown: short.into(), label: label.map(Into::into) });
        }
        let groups = groups(&number)?;
        Ok(Self { shown: grouped(&groups)?.into(), label: label.map(Into::into) })
    }

    /// The number as it is shown: `03-1234-5678`.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What was written beside the number: `代`, `内線 12`.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// The digits alone (and the `#` of a short number).
    #[must_use]
    pub fn digits(&self) -> String {
        self.shown.chars().filter(|c| *c != '-').collect()
    }

    /// The address of the link: `tel:0312345678`.
    #[must_use]
    pub fn href(&self) -> String {
        format!("tel:{}", self.digits().replace('#', "%23"))
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

/// Three digits from 1, or `#` and four digits.
fn short_number(text: &str) -> Option<String> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let short =
        (digits(text, 3) && text.starts_with('1')) || text.strip_prefix('#').is_some_and(|rest| digits(rest, 4));
    short.then(|| text.to_owned())
}

/// Words that stand beside a number without brackets: who answers there, and when.
const BESIDE: [&str; 14] = [
    "大代表",
    "代表",
    "代",
    "直通",
    "夜間・休日",
    "休日・夜間",
    "夜間",
    "休日",
    "日中",
    "昼間",
    "平日",
    "時間外",
    "緊急",
    "携帯",
];

/// Takes words away: `TEL:` and `夜間 ` in front, `(代)`, `夜間` and `内線12` behind. A bracket around digits stays.
fn without_label(text: &str) -> (String, Option<String>) {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return (text.to_owned(), None);
    }
    let mut number = String::new();
    let mut label = String::new();
    let text = ["TEL", "Tel", "tel", "電話番号", "電話", "☎", "℡"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map_or(text, |rest| rest.trim_start_matches([':', '.', ' ']));
    let mut rest = text;
    if let Some((word, behind)) = BESIDE.iter().find_map(|word| Some((word, text.strip_prefix(word)?))) {
        label.push_str(word);
        rest = behind.trim_start_matches([':', ' ']);
    }
    let mut beside = |words: &str| {
        if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(words.trim());
    };
    while let Some(c) = rest.chars().next() {
        if let Some((inside, after)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')'))
            && inside.chars().any(char::is_alphabetic)
        {
            beside(inside);
            rest = after;
            continue;
        }
        if number.bytes().any(|byte| byte.is_ascii_digit()) && (rest.starts_with("内線") || rest.starts_with("ext")) {
            beside(rest);
            break;
        }
        if BESIDE.contains(&rest) {
            beside(rest);
            break;
        }
        number.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    (number, (!label.is_empty()).then_some(label))
}

/// The runs of digits between separators; a mark that separates numbers makes several.
fn groups(number: &str) -> Result<Vec<String>, PhoneProblem> {
    let (number, international) = match number.trim().strip_prefix("+81") {
        Some(rest) => (rest.trim_start_matches([' ', '-']).trim_start_matches("(0)"), true),
        None => (number, false),
    };
    if has_exponent(number) {
        return Err(PhoneProblem::Exponent);
    }
    let mut groups: Vec<String> = vec![String::new()];
    let mut lists = 0;
    for c in number.trim().chars() {
        match c {
            '0'..='9' => {
                if let Some(last) = groups.last_mut() {
                    last.push(c);
                }
            }
            ' ' | '(' | ')' | '.' | '\t' => groups.push(String::new()),
            _ if is_dash(c) => groups.push(String::new()),
            '、' | ',' | '/' | ';' | '\n' | '\r' | '・' | '･' | '~' | '〜' | '&' | '又' | '或' => {
                groups.push(String::new());
                lists += 1;
            }
            _ => return Err(PhoneProblem::Characters),
        }
    }
    groups.retain(|group| !group.is_empty());
    if international && let Some(first) = groups.first_mut() {
        first.insert(0, '0');
    }
    let digits: usize = groups.iter().map(String::len).sum();
    match (lists, digits) {
        (1.., 12..) | (0, 18..=22) => Err(PhoneProblem::Several),
        (_, 0) => Err(PhoneProblem::Empty),
        (1.., _) => Err(PhoneProblem::Characters),
        _ => Ok(groups),
    }
}

/// `3.12E+09`.
fn has_exponent(number: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let parts = number.trim().split_once(['E', 'e']);
    parts.is_some_and(|(mantissa, power)| is_number(mantissa) && is_number(power.trim_start_matches('+')))
}

fn grouped(groups: &[String]) -> Result<String, PhoneProblem> {
    let digits = groups.concat();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let eleven = starts(&["050", "070", "080", "090", "0800", "020", "060"]);
    match digits.len() {
        10 | 11 if digits.starts_with("00") => Err(PhoneProblem::Length),
        11 if starts(&["0800"]) => Ok(cut(&digits, 4, 3)),
        11 if eleven => Ok(cut(&digits, 3, 4)),
        10 if eleven => Err(PhoneProblem::Length),
        10 if digits.starts_with('0') => Ok(ten_digits(groups, &digits)),
        9 if !digits.starts_with('0') => Err(PhoneProblem::LostZero),
        10 if ["50", "70", "80", "90"].iter().any(|prefix| digits.starts_with(prefix)) => Err(PhoneProblem::LostZero),
        5..=8 if !digits.starts_with('0') => Err(PhoneProblem::NoAreaCode),
        _ => Err(PhoneProblem::Length),
    }
}

/// As written where that can be right, else by the table of area codes; an unknown code stays without grouping.
fn ten_digits(groups: &[String], digits: &str) -> String {
    let service = ["0120", "0570", "0990", "0180"].iter().any(|prefix| digits.starts_with(prefix));
    if let [area, exchange, subscriber] = groups {
        let fixed = (2..=5).contains(&area.len()) && subscriber.len() == 4 && !exchange.is_empty();
        if (service && area.len() == 4) || (!service && fixed) {
            return format!("{area}-{exchange}-{subscriber}");
        }
    }
    if service {
        return cut(digits, 4, 3);
    }
    area_code::length(digits).map_or_else(|| digits.to_owned(), |length| cut(digits, length, 6 - length))
}

fn cut(digits: &str, first: usize, second: usize) -> String {
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or("");
    format!("{}-{}-{}", part(0..first), part(first..first + second), part(first + second..digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    #[test]
    fn numbers() {
        let check = |text: &str, expected: Result<&str, PhoneProblem>| {
            assert_eq!(Phone::parse(text).as_ref().map(Phone::shown), expected.as_ref().map(|shown| *shown), "{text}");
        };
        check("03-1234-5678", Ok("03-1234-5678"));
        check("０８７－８３９－２３４６", Ok("087-839-2346"));
        check("047ｰ314ｰ6331", Ok("047-314-6331"));
        check("0178‐28−4001（", Ok("0178-28-4001"));
        check("（078）123-4567", Ok("078-123-4567"));
        check("078（123）4567", Ok("078-123-4567"));
        check("03-1234-5678　", Ok("03-1234-5678"));
        check("0312345678", Ok("03-1234-5678"));
        check("0428123456", Ok("0428-12-3456"));
        check("0126712345", Ok("01267-1-2345"));
        check("0471234567", Ok("04-7123-4567"));
        check("0473146331", Ok("047-314-6331"));
        check("0429581234", Ok("04-2958-1234"));
        check("0120123456", Ok("0120-123-456"));
        check("0120-12-3456", Ok("0120-12-3456"));
        check("0800-1234567", Ok("0800-123-4567"));
        check("09012345678", Ok("090-1234-5678"));
        check("050-1234-5678", Ok("050-1234-5678"));
        check("+81 3-1234-5678", Ok("03-1234-5678"));
        check("+81-(0)3-1234-5678", Ok("03-1234-5678"));
        check("TEL: 03-1234-5678(代)", Ok("03-1234-5678"));
        check("03-1234-5678 内線12", Ok("03-1234-5678"));
        check("110", Ok("110"));
        check("#7119", Ok("#7119"));
        check("＃７１１９", Ok("#7119"));
        check("290-1789", Err(PhoneProblem::NoAreaCode));
        check("878411234", Err(PhoneProblem::LostZero));
        check("9012345678", Err(PhoneProblem::LostZero));
        check("087-841-1234、087-841-1235", Err(PhoneProblem::Several));
        check("087-841-1234 087-841-1235", Err(PhoneProblem::Several));
        check("087-841-1234/1235", Err(PhoneProblem::Several));
        check("087-841-123", Err(PhoneProblem::Length));
        check("ー", Err(PhoneProblem::Empty));
        check("なし", Err(PhoneProblem::Characters));
        check("7.7E+09", Err(PhoneProblem::Exponent));
        let phone = Phone::parse("03-1234-5678（代表）").expect("a number");
        assert_eq!((phone.label(), phone.href().as_str()), (Some("代表"), "tel:0312345678"));
        assert_eq!(Phone::parse("#7119").expect("a number").href(), "tel:%237119");
    }

    #[test]
    fn what_stands_beside_a_number_is_kept_and_not_dialled() {
        let check = |text: &str, label: Option<&str>| {
            let phone = Phone::parse(text).expect("a number");
            assert_eq!((phone.label(), phone.href().as_str()), (label, "tel:0312345678"), "{text}");
        };
        check("03-1234-5678", None);
        check("TEL 03-1234-5678", None);
        check("03-1234-5678（代）", Some("代"));
        check("03-1234-5678 内線 12", Some("内線 12"));
        check("03-1234-5678（内線12）", Some("内線12"));
        check("03-1234-5678（代） 内線12", Some("代 内線12"));
        check("03-1234-5678（夜間）", Some("夜間"));
        check("夜間：03-1234-5678", Some("夜間"));
        check("03-1234-5678 時間外", Some("時間外"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_answered(text in "[0-9０-９#+()（）代表内線ー\\- 、/A-Za-z]{0,20}") {
            let _ = Phone::parse(&text);
        }

        #[test]
        fn the_short_way_says_what_the_long_way_says(text in "0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}") {
            prop_assert_eq!(Phone::parse(&text), Phone::parse_any(&text), "{}", text);
        }

        #[test]
        fn digits_alone_say_what_the_long_way_says(text in "0?[0-9]{9,11}") {
            prop_assert_eq!(Phone::parse(&text), Phone::parse_any(&text), "{}", text);
        }

        #[test]
        fn what_is_shown_reads_the_same(text in "0[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.shown()), Ok(phone.clone()), "{}", text);
                prop_assert_eq!(phone.digits(), text.replace('-', ""));
            }
        }
    }
}
