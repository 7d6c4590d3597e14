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
            is_head = false;
        }
    }
    Ok(())
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted))
}
