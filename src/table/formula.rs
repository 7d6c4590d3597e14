//! Cells that a spreadsheet would run, made harmless, and made whole again.

use std::borrow::Cow;

const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];

/// A cell that a spreadsheet would take for a formula gets a `'` before it, unless it is a plain number
/// (CWE-1236).
#[must_use]
pub fn defused(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite) && !cell.contains(['e', 'E', 'n', 'N']);
    if looks_run(cell) && !is_number() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell without the `'` that `defused` put before it.
#[must_use]
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| looks_run(rest)).unwrap_or(cell)
}

fn looks_run(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{3000}', '\n']).starts_with(STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_defused_comes_back_as_it_was() {
        for cell in ["=1+1", "＝HYPERLINK(\"x\")", "-2", "+81-3", "@x", "'quoted", "plain", " =x", "\t=x"] {
            assert_eq!(restored(&defused(cell)), cell, "{cell}");
            assert!(!defused(cell).starts_with(['=', '@', '\t']), "{cell}");
        }
        assert_eq!(defused("-2.5"), "-2.5");
    }
}
