//! Letters folded to the keys by which people search and lists are matched. Never for display.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A key for searching: NFKC, lower case, katakana as hiragana, small ヶ as け, variant kanji as the common ones,
/// white space gone.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    match is_nfkc_quick(text.chars().filter(|&c| !is_stable(c))) {
        IsNormalized::Yes => text.chars().for_each(|c| push_folded(&mut folded, c)),
        _ => text.nfkc().for_each(|c| push_folded(&mut folded, c)),
    }
    folded
}

/// Letters that NFKC leaves as they are, whatever stands beside them: ASCII, kana, kanji. Most names hold no others.
fn is_stable(c: char) -> bool {
    matches!(c, '\0'..='\x7F' | '\u{4E00}'..='\u{9FFF}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4DBF}')
}

fn push_folded(folded: &mut String, c: char) {
    match c {
        // Kana and kanji have no case and are no white space.
        '\u{3041}'..='\u{9FFF}' => folded.push(fold_char(c)),
        _ => folded.extend(c.to_lowercase().filter(|c| !c.is_whitespace()).map(fold_char)),
    }
}

/// A key for names of facilities: folded, without the form of the legal body and without punctuation, so that
/// `医療法人社団真鍋医院` and `真鍋医院`, `㈱ケア` and `株式会社　ケア` are the same.
#[must_use]
pub fn name_key(name: &str) -> String {
    let mut key = fold(name);
    for (short, long) in [("(株)", "株式会社"), ("(有)", "有限会社"), ("(医)", "医療法人"), ("(福)", "社会福祉法人")]
    {
        if key.contains(short) {
            key = key.replace(short, long);
        }
    }
    key.retain(|c| c.is_alphanumeric() || c == 'ー');
    // What ends like another one before it: 医療法人社団 before 医療法人, 地方独立行政法人 before 独立行政法人.
    const BODIES: [&str; 22] = [
        "特定非営利活動法人",
        "社会医療法人財団",
        "社会医療法人社団",
        "一般社団法人",
        "一般財団法人",
        "公益社団法人",
        "公益財団法人",
        "社会福祉法人",
        "地方独立行政法人",
        "独立行政法人",
        "国立大学法人",
        "医療法人社団",
        "医療法人財団",
        "社会医療法人",
        "医療法人",
        "宗教法人",
        "学校法人",
        "株式会社",
        "有限会社",
        "合同会社",
        "合資会社",
        "npo法人",
    ];
    for body in BODIES {
        strip(&mut key, body);
    }
    key
}

/// Takes a word away from the beginning or the end, unless nothing else is left.
fn strip(key: &mut String, body: &str) {
    if key.len() <= body.len() {
        return;
    }
    if let Some(rest) = key.strip_prefix(body) {
        *key = rest.to_owned();
    } else if let Some(rest) = key.strip_suffix(body) {
        *key = rest.to_owned();
    }
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn fold_char(c: char) -> char {
    match c {
        'ヶ' | 'ゖ' => 'け',
        'ヵ' | 'ゕ' => 'か',
        '髙' => '高',
        '﨑' | '嵜' => '崎',
        '澤' => '沢',
        '齋' | '齊' | '斉' => '斎',
        '邊' | '邉' => '辺',
        '濵' | '濱' => '浜',
        '廣' => '広',
        '國' => '国',
        '嶋' => '島',
        '櫻' => '桜',
        '𠮷' => '吉',
        '德' => '徳',
        '眞' => '真',
        '惠' => '恵',
        '會' => '会',
        '醫' => '医',
        _ => hiragana(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        assert_eq!(fold("ﾎｰﾑケア　ＡＢＣ"), "ほーむけあabc");
        assert_eq!(fold("鳩ヶ谷"), fold("鳩ケ谷"));
        assert_eq!(fold("髙﨑"), fold("高崎"));
        assert_eq!(name_key("医療法人社団 真鍋医院"), name_key("真鍋医院"));
        assert_eq!(name_key("ＳＯＭＰＯケア株式会社"), name_key("株式会社SOMPOケア"));
        assert_eq!(name_key("㈱ケア"), name_key("（株）ケア"));
        assert_eq!(name_key("㈱ケア"), name_key("株式会社ケア"));
        assert_eq!(name_key("株式会社"), "株式会社");
    }
}
