//! Where rows and cells begin and end, in one pass over the bytes (RFC 4180; lines end in CRLF, LF or CR).

use std::ops::Range;

use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _};

/// The bytes of one cell, quotes included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct CellRange {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The bytes of one row, line end included, and where its cells begin in the list of all cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct RowRange {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) first_cell: u32,
}

/// A quote that is not as RFC 4180 has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// The quote at `at` is never closed: the rest of the file is in this cell.
    Unterminated { row: usize, at: u32 },
    /// Text follows the closing quote at `at`.
    TextAfterQuote { row: usize, at: u32 },
    /// A quote inside text that did not begin with one.
    QuoteInsideText { at: u32 },
}

/// All rows and cells of a text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) rows: Vec<RowRange>,
    pub(super) cells: Vec<CellRange>,
    pub(super) flaws: Vec<Flaw>,
}

/// What stands between the cells of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Separator {
    Comma,
    Tab,
    Semicolon,
    /// `，` or `、`: no separator at all, but typed as one.
    WideComma,
}

impl Separator {
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Comma | Self::WideComma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }

    /// Its name for the message, where it is not the comma.
    pub(super) fn foreign_name(self) -> Option<&'static str> {
        match self {
            Self::Comma => None,
            Self::Tab => Some("TAB"),
            Self::Semicolon => Some(";"),
            Self::WideComma => Some("，"),
        }
    }
}

const LINES_LOOKED_AT: usize = 12;

/// The separator of a file: the comma, unless the first lines have none but hold another one.
pub(super) fn separator(text: &str) -> Separator {
    let head: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(LINES_LOOKED_AT).collect();
    let has = |wanted: &[char]| head.iter().any(|line| line.contains(wanted));
    if has(&[',']) {
        Separator::Comma
    } else if has(&['\t']) {
        Separator::Tab
    } else if has(&[';']) {
        Separator::Semicolon
    } else if has(&['，', '、']) {
        Separator::WideComma
    } else {
        Separator::Comma
    }
}

impl Tokens {
    fn append(&mut self, next: &Self) {
        let (rows, cells) = (self.rows.len(), offset(self.cells.len()));
        self.cells.extend_from_slice(&next.cells);
        self.rows.extend(next.rows.iter().map(|row| RowRange { first_cell: row.first_cell + cells, ..*row }));
        self.flaws.extend(next.flaws.iter().map(|flaw| match *flaw {
            Flaw::Unterminated { row, at } => Flaw::Unterminated { row: row + rows, at },
            Flaw::TextAfterQuote { row, at } => Flaw::TextAfterQuote { row: row + rows, at },
            Flaw::QuoteInsideText { at } => Flaw::QuoteInsideText { at },
        }));
    }
}

/// Enough bytes to be worth a thread's while.
const BYTES_AT_ONCE: usize = 4 << 20;

/// Splits `text` into rows and cells. Every byte falls into exactly one row.
pub(super) fn split(text: &str, separator: u8) -> Tokens {
    split_in_pieces(text.as_bytes(), separator, BYTES_AT_ONCE)
}

/// The pieces of a long text are split side by side, each from the end of a line on. That line end may be inside a
/// cell: a piece counts where the rows before it end just there; else its rows are split once more, from where they do.
fn split_in_pieces(bytes: &[u8], separator: u8, piece_bytes: usize) -> Tokens {
    let ranges = pieces(bytes, piece_bytes);
    let mut split: Vec<(Tokens, usize)> =
        ranges.par_iter().map(|range| rows_of(bytes, range.clone(), separator)).collect();
    if split.len() == 1 {
        return split.swap_remove(0).0;
    }
    let mut whole = Tokens::default();
    whole.rows.reserve_exact(split.iter().map(|(tokens, _)| tokens.rows.len()).sum());
    whole.cells.reserve_exact(split.iter().map(|(tokens, _)| tokens.cells.len()).sum());
    let mut at = 0;
    for (range, (tokens, end)) in ranges.iter().zip(split) {
        let (tokens, end) = if range.start == at { (tokens, end) } else { rows_of(bytes, at..range.end, separator) };
        whole.append(&tokens);
        at = end;
    }
    whole
}

/// Ranges that begin after a line end, each about so long.
fn pieces(bytes: &[u8], piece_bytes: usize) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut from = piece_bytes;
    while let Some(line_end) = bytes.get(from..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        starts.push(from + line_end + 1);
        from += line_end + 1 + piece_bytes;
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
}

/// The rows that begin in this range, which is itself the beginning of a row; where the next row begins.
fn rows_of(bytes: &[u8], range: Range<usize>, separator: u8) -> (Tokens, usize) {
    let mut tokens = Tokens::default();
    // Counted first, so that the list of a whole country is not copied while it grows.
    let piece = bytes.get(range.clone()).unwrap_or_default();
    let lines = memchr::memchr_iter(b'\n', piece).count();
    tokens.rows.reserve_exact(lines + 1);
    tokens.cells.reserve_exact(lines + memchr::memchr_iter(separator, piece).count() + 1);
    let mut at = range.start;
    while at < range.end {
        let (start, first_cell) = (at, tokens.cells.len());
        at = row_end(bytes, at, separator, &mut tokens);
        tokens.rows.push(RowRange { start: offset(start), end: offset(at), first_cell: offset(first_cell) });
    }
    (tokens, at)
}

/// Collects the cells of the row that begins at `at`; where the next row begins.
fn row_end(bytes: &[u8], mut at: usize, separator: u8, tokens: &mut Tokens) -> usize {
    loop {
        let end = cell_end(bytes, at, separator, tokens);
        tokens.cells.push(CellRange { start: offset(at), end: offset(end) });
        match bytes.get(end) {
            Some(&byte) if byte == separator => at = end + 1,
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => return end + 2,
            Some(_) => return end + 1,
            None => return bytes.len(),
        }
    }
}

/// One past the last byte of the cell that begins at `at`.
fn cell_end(bytes: &[u8], at: usize, separator: u8, tokens: &mut Tokens) -> usize {
    let row = tokens.rows.len();
    if bytes.get(at) != Some(&b'"') {
        let is_end = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
        let found = position(bytes, at, bytes.len(), |byte| byte == b'"' || is_end(byte)).unwrap_or(bytes.len());
        if bytes.get(found) != Some(&b'"') {
            return found;
        }
        tokens.flaws.push(Flaw::QuoteInsideText { at: offset(found) });
        return text_end(bytes, found, separator);
    }
    let Some(close) = closing_quote(bytes, at + 1) else {
        tokens.flaws.push(Flaw::Unterminated { row, at: offset(at) });
        return bytes.len();
    };
    let end = text_end(bytes, close + 1, separator);
    if end > close + 1 {
        tokens.flaws.push(Flaw::TextAfterQuote { row, at: offset(close) });
    }
    end
}

/// The next separator or line end from `from` on.
fn text_end(bytes: &[u8], from: usize, separator: u8) -> usize {
    position(bytes, from, bytes.len(), |byte| byte == separator || byte == b'\n' || byte == b'\r')
        .unwrap_or(bytes.len())
}

/// The quote that closes the text from `from` on; doubled quotes are text.
fn closing_quote(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let quote = position(bytes, from, bytes.len(), |byte| byte == b'"')?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

fn position(bytes: &[u8], from: usize, to: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.get(from..to)?.iter().position(|&byte| wanted(byte)).map(|found| from + found)
}

/// The edge refuses files far below 4 GiB, so an offset always fits.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_show_nowhere(text in "[a,\"\r\n]{0,60}", piece_bytes in 1..20_usize) {
            let whole = rows_of(text.as_bytes(), 0..text.len(), b',').0;
            let pieced = split_in_pieces(text.as_bytes(), b',', piece_bytes);
            prop_assert_eq!((whole.rows, whole.cells, whole.flaws), (pieced.rows, pieced.cells, pieced.flaws));
        }
    }
}
