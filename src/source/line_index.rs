//! Byte offsets to lines and columns.

/// A place as people count it: both from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where the lines of one text begin. LF, CRLF and lone CR each end a line.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            let ends = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(at + 1);
            }
        }
        Self { starts }
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
        let before = text.get(start..end).map_or(0, |part| part.chars().count());
        LineColumn { line, column: before + 1 }
    }
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
}
