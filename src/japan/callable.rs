//! Telephone numbers inside sentences, as links to call.
//!
//! In: HTML, as a theme or a configuration has it. Out: the same with its numbers as `tel:` links. In haste nobody
//! should have to type one. Fax numbers and what is a link already stay as they are.

use super::phone::Phone;

/// What stands before a number that is no telephone's.
const FAX: [&str; 5] = ["ファクス", "ファックス", "ファクシミリ", "fax", "ＦＡＸ"];

/// What makes a count of the three digits.
const COUNTERS: [char; 11] = ['か', 'ヶ', 'ヵ', '箇', '件', '人', '名', '円', '年', '回', '歳'];

/// The HTML with its telephone numbers as links.
#[must_use]
pub fn callable(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    let mut in_link = false;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if in_link {
            out.push_str(text)
        } else {
            link_into(text, &mut out)
        }
        let (tag, after) = tag.split_at(tag.find('>').map_or(tag.len(), |at| at + 1));
        in_link = (in_link || tag.starts_with("<a ")) && tag != "</a>";
        out.push_str(tag);
        rest = after;
    }
    out
}

/// A text without tags.
fn link_into(text: &str, out: &mut String) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '#');
    let mut rest = text;
    while let Some(at) = rest.find(is_part) {
        let (before, tail) = rest.split_at(at);
        let (number, after) = tail.split_at(tail.find(|c| !is_part(c)).unwrap_or(tail.len()));
        out.push_str(before);
        let touches = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '&' | '@' | '.'));
        let counts = number == "119" && after.starts_with(COUNTERS);
        match dialled(number).filter(|_| !touches && !counts && !is_fax(before)) {
            Some(href) => {
                let counter = if number.len() == 3 && after.starts_with('番') { "番" } else { "" };
                out.push_str(&format!("<a href=\"{href}\">{number}{counter}</a>"));
                rest = after.get(counter.len()..).unwrap_or_default();
            }
            None => {
                out.push_str(number);
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

/// The link of a number that is written as most are, of 119, and of those that begin with `#`.
fn dialled(number: &str) -> Option<String> {
    let is_number = number == "119" || number.starts_with('#') || Phone::is_usual(number);
    Phone::parse(number).ok().filter(|_| is_number).map(|phone| phone.href())
}

fn is_fax(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '（' | '('));
    let before = before.to_ascii_lowercase();
    FAX.iter().any(|word| before.ends_with(word) || before.ends_with(&format!("{word}番号")))
}

#[cfg(test)]
mod tests {
    use super::callable;

    fn check(html: &str, expected: &str) {
        assert_eq!(callable(html), expected, "{html}");
    }

    #[test]
    fn numbers_in_sentences_can_be_called() {
        check("迷わず119番へ。", "迷わず<a href=\"tel:119\">119番</a>へ。");
        check("call 119, or", "call <a href=\"tel:119\">119</a>, or");
        check("<p><strong>119</strong>番</p>", "<p><strong><a href=\"tel:119\">119</a></strong>番</p>");
        check("電話 0910-04-0216、", "電話 <a href=\"tel:0910040216\">0910-04-0216</a>、");
        check("#7119へ", "<a href=\"tel:%237119\">#7119</a>へ");
    }

    #[test]
    fn what_is_no_telephone_number_stays() {
        for html in [
            "ファクス 0910-08-0216、Fax: 0910-08-0216",
            "2026-11-22、119か所ではなく1190、3-119、A119",
            "<a href=\"tel:119\">119番</a>、<img alt=\"119\">",
            "&#39;&#x27;",
        ] {
            check(html, html);
        }
    }
}
