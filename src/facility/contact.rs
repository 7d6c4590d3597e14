//! Telephone, fax, e-mail, web address and postal code of a row.

use crate::diag::Code;
use crate::japan::phone::Phone;
use crate::japan::postal_code::PostalCode;
use crate::tree::{is_web_address, is_wide};

use super::cells::{RowCells, is_dash_only};
use super::columns::Column;

pub(super) fn phone(cells: &mut RowCells<'_>, column: Column) -> Option<Phone> {
    let field = cells.line(column)?;
    match Phone::parse(&field.text) {
        Ok(phone) => Some(phone),
        Err(problem) => {
            cells.report.push(field.problem(Code::PhoneUnreadable).label(&field.span(), problem.key()));
            None
        }
    }
}

pub(super) fn postal_code(cells: &mut RowCells<'_>) -> Option<PostalCode> {
    let field = cells.line(Column::PostalCode)?;
    match PostalCode::parse(&field.text) {
        Ok(code) => Some(code),
        Err(_) => {
            cells.report.push(field.problem(Code::PostalCodeUnreadable));
            None
        }
    }
}

pub(super) fn email(cells: &mut RowCells<'_>) -> Option<String> {
    let field = cells.line(Column::Email)?;
    if is_email(&field.text) {
        return Some(field.text.into_owned());
    }
    cells.report.push(field.problem(Code::EmailUnusable));
    None
}

pub(super) fn url(cells: &mut RowCells<'_>) -> Option<String> {
    let field = cells.line(Column::Url)?;
    if is_web_address(&field.text) {
        return Some(field.text.into_owned());
    }
    if is_dash_only(&field.text) {
        cells.report.push(field.problem(Code::CellPlaceholder));
        return None;
    }
    let (code, near) = match repaired(&field.text) {
        _ if is_email(&field.text) => (Code::UrlIsEmail, String::new()),
        Some(near) => (Code::UrlUnusable, near),
        None => (Code::UrlUnusable, "https://www.example.lg.jp/".to_owned()),
    };
    cells.report.push(field.problem(code).arg("near", near));
    None
}

/// Plain addresses only: one `@`, a name without blanks, a domain with a dot.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let name_fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let part_fits = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c == '-' || (c.is_alphanumeric() && !is_wide(c)))
    };
    (1..=64).contains(&name.len())
        && name.chars().all(name_fits)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && domain.contains('.')
        && domain.split('.').all(part_fits)
}

/// What the author probably meant: `www.example.jp`, `https：//…`, `htpps://…`, `http//…`, `URL:http…`.
fn repaired(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;

    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let lower = folded.to_ascii_lowercase();
    let rest_start = ["http", "htpp", "htp", "ttp"].iter().filter_map(|start| lower.find(start)).min();
    let rest = match rest_start.and_then(|start| folded.get(start..)) {
        Some(tail) => tail.split_once("//").map_or(tail, |(_, rest)| rest),
        None => folded.trim_start_matches("URL:").trim_start_matches('/'),
    };
    let scheme = if lower.starts_with("http:") || lower.starts_with("http/") { "http" } else { "https" };
    let candidate = format!("{scheme}://{rest}");
    is_web_address(&candidate).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        let check = |text: &str, email: bool, web: bool| {
            assert_eq!((is_email(text), is_web_address(text)), (email, web), "{text}");
        };
        check("info@example.lg.jp", true, false);
        check("a.b+c@ex-ample.jp", true, false);
        check("info＠example.jp", false, false);
        check("info@example", false, false);
        check("in fo@example.jp", false, false);
        check("info@@example.jp", false, false);
        check("info@example..jp", false, false);
        check("https://example.jp/a?b=c#d", false, true);
        check("http://例え.jp/看取り", false, true);
        check("www.example.jp", false, false);
        check("https：//example.jp", false, false);
        check("htpps://example.jp", false, false);
        check("ftp://example.jp", false, false);
        check("javascript:alert(1)", false, false);
        check("https://user:word@example.jp/", false, false);
        check("https://example.jp/\"onclick", false, false);
        check("https://localhost/", false, false);
    }

    #[test]
    fn a_repair_is_offered_where_it_is_clear() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(repaired(text).as_deref(), expected, "{text}");
        check("www.example.jp", Some("https://www.example.jp"));
        check("https：//www.example.jp/", Some("https://www.example.jp/"));
        check("htpps://example.jp", Some("https://example.jp"));
        check("http//example.jp", Some("http://example.jp"));
        check("URL:http://example.jp", Some("https://example.jp"));
        check("あり", None);
        check("〇〇", None);
    }
}
