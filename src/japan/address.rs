//! A key by which addresses are matched. Never for display.

use super::{is_dash, kana};

/// `香川県高松市新田町乙８番地` and `高松市新田町乙8` are the same, `1丁目2番3号` and `1-2-3` too.
#[must_use]
pub fn address_key(address: &str) -> String {
    let folded = kana::fold(address);
    let rest = without_prefecture(&folded);
    let mut key = String::with_capacity(rest.len());
    let mut ahead = rest.chars();
    while let Some(c) = ahead.clone().next() {
        let after_digit = key.as_bytes().last().is_some_and(u8::is_ascii_digit);
        let word = WORDS.into_iter().filter(|_| after_digit).find_map(|word| ahead.as_str().strip_prefix(word));
        match word {
            Some(rest) => {
                key.push('-');
                ahead = rest.chars();
                continue;
            }
            None if after_digit && is_dash(c) => key.push('-'),
            None => key.push(c),
        }
        ahead.next();
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

/// What stands between the numbers of an address, the longest first.
const WORDS: [&str; 6] = ["丁目", "番地の", "番地", "番", "号", "の"];

/// The address from the municipality on, where a prefecture stands before it.
fn without_prefecture(address: &str) -> &str {
    let ends = |(at, c): (usize, char)| matches!(c, '都' | '道' | '府' | '県').then(|| at + c.len_utf8());
    // The shortest are 3 letters long (香川県), the longest 4 (神奈川県); 京都府 holds a 都 of its own.
    let end = address.char_indices().skip(2).take(2).find_map(ends);
    let rest = end.and_then(|end| address.get(end..));
    rest.filter(|rest| rest.contains(['市', '区', '町', '村'])).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_many_spellings() {
        let check = |one: &str, other: &str| assert_eq!(address_key(one), address_key(other));
        check("香川県高松市新田町乙８番地", "高松市新田町乙8");
        check("京都府京都市中京区1丁目2番3号", "京都市中京区１－２－３");
        check("凪浦市本町1丁目2番地の3", "凪浦市本町 1ー2−3");
        check("神奈川県鎌ヶ谷市1", "鎌ケ谷市1");
        assert_ne!(address_key("凪浦市本町1-2"), address_key("凪浦市本町12"));
        assert_eq!(address_key("都"), "都");
        assert_eq!(address_key(""), "");
    }
}
