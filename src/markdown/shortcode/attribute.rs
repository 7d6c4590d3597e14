//! Attributes of a shortcode: `key="value"`, with spans.

use std::ops::Range;

/// One attribute as written. Ranges are in the line that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Attribute {
    pub(super) key: Range<usize>,
    pub(super) value: String,
    /// The value without its quotes.
    pub(super) value_range: Range<usize>,
}

/// What could not be read, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unreadable(pub(super) Range<usize>);

/// The attributes from `from` to the end of the line. After something unreadable, reading goes on at the next space.
pub(super) fn read(line: &str, from: usize) -> (Vec<Attribute>, Vec<Unreadable>) {
    let (mut attributes, mut unreadable) = (Vec::new(), Vec::new());
    let mut at = from;
    while let Some(start) = next_of(line, at, |c| !c.is_whitespace()) {
        match one(line, start) {
            Ok((attribute, end)) => {
                attributes.push(attribute);
                at = end;
            }
            Err(end) => {
                unreadable.push(Unreadable(start..end));
                at = end;
            }
        }
    }
    (attributes, unreadable)
}

/// The first character from `at` on that fits.
fn next_of(line: &str, at: usize, fits: impl Fn(char) -> bool) -> Option<usize> {
    line.get(at..)?.char_indices().find(|&(_, c)| fits(c)).map(|(offset, _)| at + offset)
}

/// The attribute that begins at `start` and the byte after it, or the end of what could not be read.
fn one(line: &str, start: usize) -> Result<(Attribute, usize), usize> {
    let word_end = next_of(line, start, char::is_whitespace).unwrap_or(line.len());
    let equals = next_of(line, start, |c| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(line.len());
    if equals == start || line.as_bytes().get(equals) != Some(&b'=') {
        return Err(word_end);
    }
    let value_start = equals + 1;
    if line.as_bytes().get(value_start) == Some(&b'"') {
        return quoted(line, start..equals, value_start + 1).ok_or(line.len());
    }
    let bare = line.get(value_start..word_end).unwrap_or_default();
    // Quotation marks of other kinds are a slip of the keyboard: better said than guessed.
    if bare.is_empty() || bare.contains(['"', '\'', '“', '”', '「', '＂', '=']) {
        return Err(word_end);
    }
    let value_range = value_start..word_end;
    Ok((Attribute { key: start..equals, value: bare.to_owned(), value_range }, word_end))
}

/// A value in quotes; `\"` and `\\` stand for the character.
fn quoted(line: &str, key: Range<usize>, start: usize) -> Option<(Attribute, usize)> {
    let mut value = String::new();
    let mut characters = line.get(start..)?.char_indices();
    while let Some((offset, c)) = characters.next() {
        match c {
            '"' => {
                let end = start + offset;
                return Some((Attribute { key, value, value_range: start..end }, end + 1));
            }
            '\\' => match characters.next()?.1 {
                escaped @ ('"' | '\\') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_places() {
        let line = r#"figure src="舟 a.jpg" n=3  alt="a \"b\"" bad x="#;
        let (attributes, unreadable) = read(line, 6);
        let read: Vec<(&str, &str, &str)> =
            attributes.iter().map(|a| (&line[a.key.clone()], a.value.as_str(), &line[a.value_range.clone()])).collect();
        assert_eq!(read, [("src", "舟 a.jpg", "舟 a.jpg"), ("n", "3", "3"), ("alt", "a \"b\"", "a \\\"b\\\"")]);
        let bad: Vec<&str> = unreadable.into_iter().map(|Unreadable(range)| &line[range]).collect();
        assert_eq!(bad, ["bad", "x="]);
    }

    #[test]
    fn an_open_quote_takes_the_rest() {
        assert_eq!(read("a=\"b c", 0).1, [Unreadable(0..6)]);
        assert_eq!(read("a=“b”", 0).1.len(), 1);
    }
}
