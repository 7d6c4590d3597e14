//! Words, numbers and signs of an opening hours text, with their bytes.

use std::ops::Range;

use super::{HoursProblem, HoursProblemKind};

/// A piece of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// `Mo`, `PH`, `off`; ASCII letters in lower case.
    Word(String),
    /// Digits: value and how many.
    Number(u16, usize),
    /// One of `,;:-/+[]|`.
    Sign(char),
    /// The text between quotes.
    Comment(String),
}

/// A token and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) range: Range<usize>,
}

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, HoursProblem> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, raw)) = rest.next() {
        let c = fold(raw);
        let mut end = start + raw.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let mut take = |wanted: fn(char) -> bool, value: &mut String| {
            while let Some((at, next)) = rest.next_if(|(_, next)| wanted(fold(*next))) {
                value.push(fold(next));
                end = at + next.len_utf8();
            }
        };
        let token = match c {
            '"' => {
                let mut comment = String::new();
                loop {
                    match rest.next() {
                        Some((at, quote)) if fold(quote) == '"' => {
                            end = at + quote.len_utf8();
                            break;
                        }
                        Some((_, inside)) => comment.push(inside),
                        None => return Err(problem(start..text.len(), HoursProblemKind::OpenQuote)),
                    }
                }
                Token::Comment(comment.trim().to_owned())
            }
            '0'..='9' => {
                let mut digits = String::from(c);
                take(|next| next.is_ascii_digit(), &mut digits);
                let Ok(value) = digits.parse() else { return Err(problem(start..end, HoursProblemKind::BadTime)) };
                Token::Number(value, digits.len())
            }
            ',' | ';' | ':' | '-' | '/' | '+' | '[' | ']' | '|' => Token::Sign(c),
            _ if c.is_ascii_alphabetic() => {
                let mut word = String::from(c);
                take(|next| next.is_ascii_alphabetic(), &mut word);
                Token::Word(word.to_ascii_lowercase())
            }
            _ => {
                let mut word = String::from(c);
                take(|next| !next.is_ascii() && !next.is_whitespace(), &mut word);
                let japanese = word.chars().all(|c| c.is_alphabetic() || matches!(c, '・' | '、' | '。' | '〇' | '○'));
                let kind = if japanese { HoursProblemKind::JapaneseWord } else { HoursProblemKind::UnknownWord };
                return Err(problem(start..end, kind));
            }
        };
        found.push(Placed { token, range: start..end });
    }
    Ok(found)
}

/// Full-width forms and the dashes that stand between times, as ASCII.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' if c != '～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '～' | '〜' | '–' | '—' | '―' | '−' | '‐' | '‑' | '‒' => '-',
        '“' | '”' => '"',
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

pub(super) fn problem(range: Range<usize>, kind: HoursProblemKind) -> HoursProblem {
    HoursProblem { range, kind }
}
