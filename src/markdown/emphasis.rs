//! Pairs runs of `*`, `_` and `~~`: CommonMark's rules, with one change for Chinese, Japanese and Korean.
//!
//! Between those letters there are no spaces, so that `**重要。**です` would never close: the run after `。` is
//! followed by a letter. Following the cjk-friendly amendment to CommonMark, such punctuation counts as a letter,
//! and a letter of these scripts beside a run counts as a space would. Text without them is read as before.

use super::character::{is_cjk, is_punctuation};
use super::out::Out;

/// A run that may open or close emphasis.
pub(super) struct Run {
    piece: usize,
    byte: u8,
    left: usize,
    length: usize,
    opens: bool,
    closes: bool,
    previous: Option<usize>,
    /// Tags in the order in which they stand.
    closing: Vec<&'static str>,
    /// Tags in reverse order: the innermost first.
    opening: Vec<&'static str>,
}

/// Whether a run can open and whether it can close.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Flanking {
    pub(super) opens: bool,
    pub(super) closes: bool,
}

/// What a run of `byte` can do between two characters; `None` is the edge of a line.
pub(super) fn flanking(byte: u8, before: Option<char>, after: Option<char>) -> Flanking {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let foreign_mark = |c: Option<char>| c.is_some_and(|c| is_punctuation(c) && !is_cjk(c));
    let cjk = |c: Option<char>| c.is_some_and(is_cjk);
    let left = !space(after) && (!foreign_mark(after) || space(before) || foreign_mark(before) || cjk(before));
    let right = !space(before) && (!foreign_mark(before) || space(after) || foreign_mark(after) || cjk(after));
    if byte != b'_' {
        return Flanking { opens: left, closes: right };
    }
    let mark = |c: Option<char>| c.is_some_and(is_punctuation);
    Flanking { opens: left && (!right || mark(before)), closes: right && (!left || mark(after)) }
}

impl Run {
    /// A run of `length` bytes whose characters are the HTML of the piece.
    pub(super) fn new(piece: usize, byte: u8, length: usize, flanking: Flanking) -> Self {
        Self {
            piece,
            byte,
            left: length,
            length,
            opens: flanking.opens,
            closes: flanking.closes,
            previous: None,
            closing: Vec::new(),
            opening: Vec::new(),
        }
    }

    fn matches(&self, closer: &Run) -> bool {
        if self.byte != closer.byte || !self.opens || self.left == 0 {
            return false;
        }
        if self.byte == b'~' {
            return self.left == closer.left;
        }
        let either_does_both = self.closes || closer.opens;
        !(either_does_both
            && (self.length + closer.length).is_multiple_of(3)
            && !(self.length.is_multiple_of(3) && closer.length.is_multiple_of(3)))
    }
}

/// Pairs the runs from `bottom` on, writes their tags into their pieces, and forgets them.
pub(super) fn resolve(runs: &mut Vec<Run>, bottom: usize, out: &mut Out) {
    if runs.len() > bottom + 1 {
        pair(runs.get_mut(bottom..).unwrap_or_default());
        for run in runs.iter().skip(bottom).filter(|run| !run.closing.is_empty() || !run.opening.is_empty()) {
            let literal = std::iter::repeat_n(char::from(run.byte), run.left).collect::<String>();
            let html: String = run
                .closing
                .iter()
                .copied()
                .chain(std::iter::once(literal.as_str()))
                .chain(run.opening.iter().rev().copied())
                .collect();
            out.replace(run.piece, &html);
        }
    }
    runs.truncate(bottom);
}

/// For closers of one kind, no opener stands at or below this one: what keeps the search linear.
type Bottoms = [Option<usize>; 18];

fn kind(run: &Run) -> usize {
    let byte = match run.byte {
        b'*' => 0,
        b'_' => 1,
        _ => 2,
    };
    byte * 6 + usize::from(run.opens) * 3 + run.length % 3
}

fn pair(runs: &mut [Run]) {
    let mut bottoms: Bottoms = [None; 18];
    // The openers that still count are a linked list from the last one backwards.
    let mut last: Option<usize> = None;
    for at in 0..runs.len() {
        let Some((before, rest)) = runs.split_at_mut_checked(at) else { return };
        let Some(closer) = rest.first_mut() else { return };
        if closer.closes {
            last = close(before, closer, last, &mut bottoms);
        }
        if closer.opens && closer.left > 0 {
            closer.previous = last;
            last = Some(at);
        }
    }
}

/// Closes as much as the run can; gives the last opener that still counts.
fn close(before: &mut [Run], closer: &mut Run, mut last: Option<usize>, bottoms: &mut Bottoms) -> Option<usize> {
    while closer.left > 0 {
        let bottom = bottoms.get(kind(closer)).copied().flatten();
        let mut candidate = last;
        let found = loop {
            let Some(at) = candidate.filter(|&at| bottom.is_none_or(|bottom| at > bottom)) else { break None };
            match before.get(at) {
                Some(opener) if opener.matches(closer) => break Some(at),
                Some(opener) => candidate = opener.previous,
                None => break None,
            }
        };
        let Some(opener) = found.and_then(|at| before.get_mut(at)) else {
            if let Some(slot) = bottoms.get_mut(kind(closer)) {
                *slot = last;
            }
            return last;
        };
        let (count, open, close) = match (opener.byte, opener.left.min(closer.left)) {
            (b'~', count) => (count, "<del>", "</del>"),
            (_, 1) => (1, "<em>", "</em>"),
            _ => (2, "<strong>", "</strong>"),
        };
        opener.left -= count;
        closer.left -= count;
        opener.opening.push(open);
        closer.closing.push(close);
        // Runs between the two are text from now on; an opener that is used up goes as well.
        last = if opener.left > 0 { found } else { opener.previous };
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_punctuation_is_like_a_letter() {
        for (before, after, opens, closes) in [
            (None, Some('日'), true, false),
            (Some('。'), Some('の'), true, true),
            (Some('は'), Some('「'), true, true),
            (Some('！'), Some('必'), true, true),
            (Some('は'), Some('"'), true, true),
            (Some('"'), Some('で'), true, true),
            (Some('a'), Some('"'), false, true),
            (Some('は'), Some(' '), false, true),
        ] {
            let flanking = flanking(b'*', before, after);
            assert_eq!((flanking.opens, flanking.closes), (opens, closes), "{before:?} {after:?}");
        }
    }
}
