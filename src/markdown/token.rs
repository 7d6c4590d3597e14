//! The inline content of one block: pulldown's events, with emphasis taken apart again.
//!
//! pulldown pairs `*` and `_` by rules that know no Japanese, and a wrong pair hides the right one. So its pairs are
//! turned back into the source's own characters, and `emphasis` pairs them anew.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// A part of inline content.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// Source text as it stands; `escaped` if a backslash before it takes the meaning from its first character.
    Raw { range: Range<usize>, escaped: bool },
    /// Text that differs from the source: an entity.
    Decoded(CowStr<'a>),
    /// A code span.
    Code(CowStr<'a>),
    /// A tag or comment.
    Html(Range<usize>),
    /// A line ends.
    Soft,
    /// A line ends, and shall.
    Hard,
    /// A link begins.
    OpenLink { url: CowStr<'a>, title: CowStr<'a>, range: Range<usize> },
    /// A link ends.
    CloseLink,
    /// A picture begins; its content says what it shows.
    OpenImage { src: CowStr<'a>, title: CowStr<'a>, range: Range<usize> },
    /// A picture ends.
    CloseImage,
    /// The mark of a footnote.
    Footnote(CowStr<'a>),
}

/// Adds an event to the inline content; gives it back if it does not belong there.
pub(super) fn push<'a>(
    tokens: &mut Vec<Token<'a>>,
    source: &'a str,
    event: Event<'a>,
    range: Range<usize>,
) -> Option<Event<'a>> {
    match event {
        Event::Text(text) => push_text(tokens, source, text, range),
        Event::Start(Tag::Emphasis) => push_raw(tokens, source, range.start..range.start + 1),
        Event::Start(Tag::Strong) => push_raw(tokens, source, range.start..range.start + 2),
        Event::End(TagEnd::Emphasis) => push_raw(tokens, source, range.end.saturating_sub(1)..range.end),
        Event::End(TagEnd::Strong) => push_raw(tokens, source, range.end.saturating_sub(2)..range.end),
        Event::Code(text) => tokens.push(Token::Code(text)),
        Event::InlineHtml(_) => tokens.push(Token::Html(range)),
        Event::SoftBreak => tokens.push(Token::Soft),
        Event::HardBreak => tokens.push(Token::Hard),
        Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
            let url = match link_type {
                pulldown_cmark::LinkType::Email => CowStr::from(format!("mailto:{dest_url}")),
                _ => dest_url,
            };
            tokens.push(Token::OpenLink { url, title, range });
        }
        Event::End(TagEnd::Link) => tokens.push(Token::CloseLink),
        Event::Start(Tag::Image { dest_url, title, .. }) => {
            tokens.push(Token::OpenImage { src: dest_url, title, range });
        }
        Event::End(TagEnd::Image) => tokens.push(Token::CloseImage),
        Event::FootnoteReference(label) => tokens.push(Token::Footnote(label)),
        other => return Some(other),
    }
    None
}

fn push_text<'a>(tokens: &mut Vec<Token<'a>>, source: &str, text: CowStr<'a>, range: Range<usize>) {
    let as_written = source.get(range.clone()).is_some_and(|written| {
        written.len() == text.len() && (std::ptr::eq(written.as_ptr(), text.as_ptr()) || written == &*text)
    });
    if as_written {
        push_raw(tokens, source, range);
    } else {
        tokens.push(Token::Decoded(text));
    }
}

fn push_raw(tokens: &mut Vec<Token<'_>>, source: &str, range: Range<usize>) {
    if let Some(Token::Raw { range: last, .. }) = tokens.last_mut()
        && last.end == range.start
    {
        last.end = range.end;
        return;
    }
    let escaped = is_escaped(source, range.start);
    tokens.push(Token::Raw { range, escaped });
}

/// True if an odd number of backslashes stands before the byte, and a character that they can escape there.
fn is_escaped(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    if !bytes.get(at).is_some_and(u8::is_ascii_punctuation) {
        return false;
    }
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}
