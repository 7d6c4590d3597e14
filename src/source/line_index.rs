//! Byte offsets to lines and columns.

use std::collections::BTreeMap;

use super::{SourcePath, Sources, Span};

/// A place as people count it: both from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Bytes between two places whose characters are counted beforehand.
const STRIDE: usize = 1024;

/// Where the lines of one text begin. LF, CRLF and lone CR each end a line.
///
/// A text may be one line of megabytes with a mistake every few bytes: a column is therefore a difference of
/// characters counted once, not counted anew from the line's start.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each multiple of the stride.
    characters: Vec<usize>,
}

impl LineIndex {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_two = bytes.get(at..at + 2) == Some(b"\r\n");
            if !is_first_of_two {
                starts.push(at + 1);
            }
        }
        let mut characters = vec![0];
        for block in bytes.chunks(STRIDE) {
            characters.push(characters.last().copied().unwrap_or(0) + beginnings(block));
        }
        Self { starts, characters }
    }

    /// How many characters begin before a byte offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / STRIDE;
        let rest = text.as_bytes().get(block * STRIDE..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or(0) + beginnings(rest)
    }

    /// The number of the line that holds a byte offset, from 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).max(1)
    }

    /// The bytes of the lines `first` to `last` with their ends.
    #[must_use]
    pub fn bytes_of(&self, first: usize, last: usize, text: &str) -> std::ops::Range<usize> {
        let start = self.starts.get(first.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.starts.get(last).copied().unwrap_or(text.len());
        start..end.max(start)
    }

    /// The place of a byte offset; past the end it is the end.
    #[must_use]
    pub fn locate(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let end = offset.min(text.len());
        let before = self.characters_before(text, end).saturating_sub(self.characters_before(text, start));
        LineColumn { line, column: before + 1 }
    }
}

/// Lines and columns of many spans: the lines of a file are counted once.
#[derive(Debug)]
pub struct Lines<'a> {
    sources: &'a Sources,
    of_files: BTreeMap<SourcePath, LineIndex>,
}

impl<'a> Lines<'a> {
    /// None counted yet.
    #[must_use]
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, of_files: BTreeMap::new() }
    }

    /// Where a span begins; none in a file that holds no text.
    pub fn locate(&mut self, span: &Span) -> Option<LineColumn> {
        let text = &self.sources.text(&span.path)?.text;
        let index = self.of_files.entry(span.path.clone()).or_insert_with(|| LineIndex::new(text));
        Some(index.locate(text, span.range().start))
    }
}

/// How many characters begin in these bytes of a text.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "看取り\r\nx\rやy\n";
        let index = LineIndex::new(text);
        for (offset, line, column) in [(0, 1, 1), (6, 1, 3), (11, 2, 1), (13, 3, 1), (16, 3, 2), (99, 4, 1)] {
            assert_eq!(index.locate(text, offset), LineColumn { line, column }, "offset {offset}");
        }
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_start() {
        let text = format!("あ\n{}", "aあ".repeat(5_000));
        let index = LineIndex::new(&text);
        for (character, (at, _)) in text[4..].char_indices().enumerate() {
            assert_eq!(index.locate(&text, at + 4), LineColumn { line: 2, column: character + 1 });
        }
    }
}
