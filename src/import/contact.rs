//! Telephone numbers, mail and web addresses: repaired where there is one way to, said where there was a repair.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::Record;
use super::draft::{Draft, says_nothing};
use crate::diag::{Code, Diagnostic};
use crate::facility::Column;
use crate::japan::phone::{Phone, PhoneProblem};
use crate::japan::{is_dash, postal_code::PostalCode};

/// Takes a telephone or fax number. What can't be read stays as a remark; the digits come back as a key.
pub(super) fn phone(draft: &mut Draft<'_>, record: Record<'_>, field: usize, column: Column) -> Option<String> {
    let text = record.said(field);
    if text.is_empty() || says_nothing(&text) {
        return None;
    }
    let problem = match Phone::parse(&text) {
        Ok(phone) if phone.digits().bytes().all(|byte| byte == b'0') => PhoneProblem::Length,
        Ok(phone) => {
            draft.set(column, phone.shown());
            if let Some(label) = phone.label() {
                draft.remark(format!("{}：{} {label}", column.heading(), phone.shown()));
            }
            return Some(phone.digits());
        }
        Err(problem) => problem,
    };
    let code = match problem {
        PhoneProblem::Several => Code::ImportPhoneSeveral,
        PhoneProblem::NoAreaCode => Code::ImportPhoneNoAreaCode,
        PhoneProblem::LostZero => Code::ImportPhoneLostZero,
        _ => Code::ImportPhoneUnreadable,
    };
    draft.doubt(Diagnostic::new(code).at(&record.span(field)).arg("column", column.heading()).arg("value", &text));
    draft.remark(format!("{}：{text}", column.heading()));
    None
}

/// Takes a postal code.
pub(super) fn postal_code(draft: &mut Draft<'_>, record: Record<'_>, field: usize) {
    let text = record.text(field);
    if text.is_empty() {
        return;
    }
    match PostalCode::parse(&text) {
        Ok(code) => draft.set(Column::PostalCode, code.to_string()),
        Err(_) => draft.doubt(Diagnostic::new(Code::ImportPostalCode).at(&record.span(field)).arg("value", text)),
    }
}

/// What a cell for a web address holds.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Web {
    Nothing,
    Address(String),
    Repaired(String),
    Mail(String),
    Unreadable,
}

/// Takes a web address; a mail address in its place goes to its own column.
pub(super) fn url(draft: &mut Draft<'_>, record: Record<'_>, field: usize) {
    let text = record.said(field);
    let doubt = |code: Code| Diagnostic::new(code).at(&record.span(field)).arg("value", &text);
    match read_web(&text) {
        Web::Nothing => {}
        Web::Address(url) => draft.set(Column::Url, url),
        Web::Repaired(url) => {
            draft.doubt(doubt(Code::ImportUrlRepaired).arg("result", &url));
            draft.set(Column::Url, url);
        }
        Web::Mail(mail) => {
            draft.doubt(doubt(Code::ImportUrlIsMail));
            draft.set(Column::Email, mail);
        }
        Web::Unreadable => draft.doubt(doubt(Code::ImportUrlUnreadable)),
    }
}

/// Takes a mail address; a web address in its place goes to its own column if that is empty.
pub(super) fn email(draft: &mut Draft<'_>, record: Record<'_>, field: usize) {
    let text = record.text(field);
    match read_web(&text) {
        Web::Mail(mail) => draft.set(Column::Email, mail),
        Web::Nothing => {}
        _ => draft.doubt(Diagnostic::new(Code::ImportUrlUnreadable).at(&record.span(field)).arg("value", text)),
    }
}

fn read_web(text: &str) -> Web {
    if text.is_empty() || says_nothing(text) {
        return Web::Nothing;
    }
    let folded: Cow<'_, str> = match text.is_ascii() {
        true if text.bytes().all(|byte| byte.is_ascii_graphic()) => Cow::Borrowed(text),
        true => text.chars().filter(|c| !c.is_whitespace()).collect(),
        false => text.nfkc().filter(|c| !c.is_whitespace()).collect(),
    };
    let folded = ["URL:", "URL", "url:", "HP:"].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
    if folded.contains('@') && !folded.contains("//") {
        return mail(folded).map_or(Web::Unreadable, Web::Mail);
    }
    let (scheme, rest) = scheme(folded);
    let Some(url) = address(scheme, rest) else { return Web::Unreadable };
    if text == url || text == url.trim_end_matches('/') { Web::Address(url) } else { Web::Repaired(url) }
}

fn mail(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte));
    let sound = !local.is_empty()
        && plain(local)
        && plain(domain)
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty());
    sound.then(|| text.to_owned())
}

/// The scheme, however it is misspelt (`https//`, `htpps://`, `http;//`, none), and what follows.
fn scheme(text: &str) -> (&'static str, &str) {
    for (whole, scheme) in [("https://", "https"), ("http://", "http")] {
        if let Some(rest) = text.strip_prefix(whole).filter(|rest| !rest.starts_with([':', ';', '/'])) {
            return (scheme, rest);
        }
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = text.split_at(letters);
    let after = rest.trim_start_matches([':', ';', '/']);
    let separated = rest.len() - after.len();
    let near = |scheme: &str| strsim::damerau_levenshtein(&word.to_ascii_lowercase(), scheme);
    let likely = (3..=6).contains(&word.len()) && near("https").min(near("http")) <= 2;
    match (separated, likely) {
        (1.., true) if word.ends_with(['s', 'S']) => ("https", after),
        (1.., true) => ("http", after),
        // Old and small sites answer to http, and those with https redirect.
        _ => ("http", text.trim_start_matches([':', ';', '/'])),
    }
}

/// The address, if its host can be one.
fn address(scheme: &str, rest: &str) -> Option<String> {
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host: String = host.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let host = host.trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or("");
    let sound = labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let text = format!("{scheme}://{host}{path}");
    // Nothing can be wrong with letters, dots and slashes.
    let is_plain =
        !host.contains("xn--") && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-_".contains(&byte));
    (sound && (is_plain || Url::parse(&text).is_ok())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_as_people_type_them() {
        let repaired = |text: &str, url: &str| assert_eq!(read_web(text), Web::Repaired(url.to_owned()), "{text}");
        assert_eq!(read_web("https://www.morus.co.jp/"), Web::Address("https://www.morus.co.jp/".to_owned()));
        assert_eq!(read_web("http://cs-magokoro.com/a.html"), Web::Address("http://cs-magokoro.com/a.html".to_owned()));
        repaired("www.tsukui.net", "http://www.tsukui.net");
        repaired("lifedesign-gr.jp/", "http://lifedesign-gr.jp/");
        repaired("ｈｔｔｐｓ：//rehacare.sanyudo.or.jp", "https://rehacare.sanyudo.or.jp");
        repaired("https//medical-katakai.com", "https://medical-katakai.com");
        repaired("http:/www.mcp-saitama.or.jp", "http://www.mcp-saitama.or.jp");
        repaired("https：//lifeplanーkaigo.jp", "https://lifeplan-kaigo.jp");
        repaired("https;//gogroup.jp/", "https://gogroup.jp/");
        repaired("htpps：//kin-fukushikai.jp/", "https://kin-fukushikai.jp/");
        repaired("httt;//www.skhp.or.jp/", "http://www.skhp.or.jp/");
        repaired("//www.hanaki2012.info", "http://www.hanaki2012.info");
        repaired("URL:http://a.jp", "http://a.jp");
        assert_eq!(read_web("info＠s-soreiyu.com"), Web::Mail("info@s-soreiyu.com".to_owned()));
        assert_eq!(read_web("zuihoukai@.mx36.tiki.ne.jp"), Web::Unreadable);
        assert_eq!(read_web("作成中"), Web::Unreadable);
        assert_eq!(read_web("javascript:alert(1)"), Web::Unreadable);
        assert_eq!(read_web("なし"), Web::Nothing);
    }
}
