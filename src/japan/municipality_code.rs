//! 全国地方公共団体コード: two digits of the prefecture, three of the municipality, one check digit.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The code of a municipality, ward or prefecture, its check digit verified.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MunicipalityCode(u32);

/// Why a text is not a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeProblem {
    /// Nothing is written.
    Empty,
    /// Something other than digits.
    Characters,
    /// Neither five nor six digits.
    Length,
    /// The last digit should be this one.
    CheckDigit(u8),
    /// The first two digits are no prefecture's.
    Prefecture,
    /// Five digits that are right both as a code without check digit and as one whose leading zero was lost.
    Ambiguous,
}

impl MunicipalityCode {
    /// Reads six digits, or five: without the check digit, which is added, or without a leading zero, which is put
    /// back. What fits both ways is refused.
    ///
    /// # Errors
    /// Says why it is not a code.
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let (mut value, mut digits) = (0u32, 0usize);
        for c in text.nfkc().filter(|c| !c.is_whitespace()) {
            let digit = c.to_digit(10).ok_or(CodeProblem::Characters)?;
            value = value.saturating_mul(10).saturating_add(digit);
            digits += 1;
        }
        match digits {
            0 => Err(CodeProblem::Empty),
            5 if value < 10_000 => Self::checked(value * 10 + check_digit(value)),
            5 => match (Self::checked(value * 10 + check_digit(value)), Self::checked(value)) {
                (Ok(_), Ok(_)) => Err(CodeProblem::Ambiguous),
                (Ok(code), Err(_)) | (Err(_), Ok(code)) => Ok(code),
                (Err(problem), Err(_)) => Err(problem),
            },
            6 => Self::checked(value),
            _ => Err(CodeProblem::Length),
        }
    }

    /// Reads a cell of a table in which all codes have six digits, so that five plain digits are a lost zero. Full-width
    /// digits are read as `parse` reads them.
    ///
    /// # Errors
    /// Says why it is not a code.
    pub fn parse_six(text: &str) -> Result<Self, CodeProblem> {
        match text.parse() {
            Ok(value) if text.len() == 6 || text.len() == 5 => Self::checked(value),
            _ => Self::parse(text),
        }
    }

    fn checked(value: u32) -> Result<Self, CodeProblem> {
        let expected = check_digit(value / 10);
        match value / 10_000 {
            1..=47 if value % 10 == expected => Ok(Self(value)),
            1..=47 => Err(CodeProblem::CheckDigit(u8::try_from(expected).unwrap_or(0))),
            _ => Err(CodeProblem::Prefecture),
        }
    }

    /// The five digits without check digit, as boundary files have them.
    #[must_use]
    pub fn five(self) -> String {
        format!("{:05}", self.0 / 10)
    }

    /// The number of the prefecture, 1 to 47.
    #[must_use]
    pub fn prefecture(self) -> u32 {
        self.0 / 10_000
    }

    /// The name of the prefecture: `北海道`, `香川県`.
    #[must_use]
    pub fn prefecture_name(self) -> &'static str {
        let index = usize::try_from(self.prefecture()).unwrap_or(0).saturating_sub(1);
        PREFECTURES.get(index).copied().unwrap_or("")
    }

    /// Whether it stands for a whole prefecture.
    #[must_use]
    pub fn is_prefecture(self) -> bool {
        self.local() == 0
    }

    /// Whether the other is the same, a ward of this city, or a municipality of this prefecture.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        if self == other || (self.is_prefecture() && self.prefecture() == other.prefecture()) {
            return true;
        }
        let Some(at) = WITH_WARDS.iter().position(|city| *city == self.0 / 10) else { return false };
        let next = WITH_WARDS.get(at + 1).copied().unwrap_or(u32::MAX);
        let end = next.min(self.prefecture() * 1000 + 200);
        (self.0 / 10 + 1..end).contains(&(other.0 / 10))
    }

    fn local(self) -> u32 {
        self.0 / 10 % 1000
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

/// The last digit of 11 − (6a + 5b + 4c + 3d + 2e) mod 11.
fn check_digit(five: u32) -> u32 {
    let digit = |place: u32| five / place % 10;
    let sum = 6 * digit(10_000) + 5 * digit(1000) + 4 * digit(100) + 3 * digit(10) + 2 * digit(1);
    (11 - sum % 11) % 10
}

/// Cities whose wards have codes of their own: the designated cities and Tokyo's special wards. Ascending.
const WITH_WARDS: [u32; 21] = [
    1100, 4100, 11100, 12100, 13100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140, 28100,
    33100, 34100, 40100, 40130, 43100,
];

/// The names of the prefectures by their numbers.
pub const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        let check = |text: &str, expected: Result<&str, CodeProblem>| {
            let code = MunicipalityCode::parse(text).map(|code| code.to_string());
            assert_eq!(code.as_deref(), expected.as_deref(), "{text}");
        };
        check("372013", Ok("372013"));
        check("37201", Ok("372013"));
        check("010006", Ok("010006"));
        check("01100", Ok("011002"));
        check("０１１０１１", Ok("011011"));
        check("372014", Err(CodeProblem::CheckDigit(3)));
        check("11002", Err(CodeProblem::Ambiguous));
        check("3720", Err(CodeProblem::Length));
        check("990001", Err(CodeProblem::Prefecture));
        check("高松市", Err(CodeProblem::Characters));
        check("", Err(CodeProblem::Empty));
        assert_eq!(MunicipalityCode::parse_six("11002").map(|code| code.to_string()).as_deref(), Ok("011002"));
    }

    #[test]
    fn a_city_covers_its_wards() {
        let code = |five: &str| MunicipalityCode::parse(five).expect(five);
        assert!(code("01100").covers(code("01110")) && code("01000").covers(code("01101")));
        assert!(!code("01100").covers(code("01202")) && !code("01101").covers(code("01102")));
        assert!(code("14100").covers(code("14118")) && !code("14100").covers(code("14131")));
        assert!(code("22130").covers(code("22140")) && code("43100").covers(code("43105")));
        assert_eq!(code("37201").prefecture_name(), "香川県");
    }
}
