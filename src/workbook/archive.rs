//! The zip around a workbook: counted before anything in it is parsed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Limits, Problem};

/// Bytes unpacked at once.
const PIECE: usize = 64 << 10;

/// Unpacks every file once and counts, so that neither declared sizes nor ratios need to be believed.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    let broken = |cause: &dyn std::fmt::Display| Problem::Broken(cause.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(&cause))?;
    if archive.len() > limits.entries {
        return Err(Problem::TooLarge("entries", limits.entries as u64));
    }
    let mut unpacked = 0u64;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|cause| broken(&cause))?;
        let is_xml = file.name().is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".rels"));
        let mut piece = vec![0; PIECE];
        let mut is_head = true;
        loop {
            let read = file.read(&mut piece).map_err(|cause| broken(&cause))?;
            let Some(text) = piece.get(..read).filter(|text| !text.is_empty()) else { break };
            unpacked += read as u64;
            if unpacked > limits.unpacked_bytes {
                return Err(Problem::TooLarge("unpacked", limits.unpacked_bytes));
            }
            // A document type stands before the first element.
            if is_head && is_xml && contains(text, b"<!DOCTYPE") {
                return Err(Problem::DocumentType);
            }
            if is_head && is_xml && has_reversed_range(text) {
                return Err(Problem::Broken("a range that ends before it begins".to_owned()));
            }
            is_head = false;
        }
    }
    Ok(())
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted))
}

/// `<dimension ref="C5:A1"/>`: the reader of sheets counts the cells between the two corners.
fn has_reversed_range(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let element = text.split_once("<dimension").and_then(|(_, rest)| rest.split_once('>')).map(|(element, _)| element);
    let range =
        element.and_then(|element| element.split_once("ref=")).map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let Some((first, rest)) = range.and_then(|range| range.split_once(':')) else { return false };
    let last: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let (first, last) = (corner(first), corner(&last));
    first.0 > last.0 || first.1 > last.1
}

/// Column and row of `AB12`.
fn corner(name: &str) -> (u64, u64) {
    name.bytes().fold((0, 0), |(column, row), byte| match byte {
        b'0'..=b'9' => (column, row.saturating_mul(10).saturating_add(u64::from(byte - b'0'))),
        _ => {
            let letter = u64::from(byte.to_ascii_uppercase().saturating_sub(b'A') % 26) + 1;
            (column.saturating_mul(26).saturating_add(letter), row)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_two_corners_in_order() {
        let check = |range: &str, expected: bool| {
            let xml = format!("<worksheet><dimension ref=\"{range}\"/>");
            assert_eq!(has_reversed_range(xml.as_bytes()), expected, "{range}");
        };
        check("A1:C5", false);
        check("A1", false);
        check("C5:A1", true);
        check("A5:C1", true);
        check("Z1:AA1", false);
        check("AA1:Z1", true);
    }
}
