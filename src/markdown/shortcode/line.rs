//! Finds the lines of colons.

use std::ops::Range;

/// A line of three or more colons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::markdown) struct Directive {
    /// The line without its end.
    pub(in crate::markdown) line: Range<usize>,
    /// How many colons.
    pub(in crate::markdown) colons: usize,
}

/// A line of code begins or ends.
#[derive(Clone, Copy)]
struct Fence {
    byte: u8,
    length: usize,
}

/// All lines of colons of a text.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Directives {
    /// Those that are read as shortcodes.
    pub(in crate::markdown) found: Vec<Directive>,
    /// Those that do not begin their line, and so are text.
    pub(in crate::markdown) astray: Vec<Range<usize>>,
    /// The text with each of `found` masked by a thematic break of its length; `None` without any.
    pub(in crate::markdown) masked: Option<String>,
}

/// The directives of a text.
pub(in crate::markdown) fn directives(text: &str) -> Directives {
    if !text.contains(":::") {
        return Directives::default();
    }
    let (mut found, mut astray) = (Vec::new(), Vec::new());
    let mut masked = String::with_capacity(text.len());
    let mut code: Option<Fence> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let colons = content.bytes().take_while(|&byte| byte == b':').count();
        if let Some(open) = code {
            if closes(content, open) {
                code = None;
            }
            masked.push_str(line);
        } else if colons >= 3 {
            found.push(Directive { line: start..start + content.len(), colons });
            masked.push_str("***");
            masked.extend(std::iter::repeat_n(' ', content.len() - 3));
            masked.push_str(line.get(content.len()..).unwrap_or_default());
        } else {
            code = fence(content);
            if is_astray(content) {
                astray.push(start..start + content.len());
            }
            masked.push_str(line);
        }
        start += line.len();
    }
    let masked = (!found.is_empty()).then_some(masked);
    Directives { found, astray, masked }
}

/// A line of colons behind blanks or a quote's mark. Four blanks make it code.
fn is_astray(content: &str) -> bool {
    !content.starts_with("    ") && content.trim_start_matches([' ', '\u{3000}', '>']).starts_with(":::")
}

fn fence(line: &str) -> Option<Fence> {
    let (fence, rest) = fence_and_rest(line)?;
    (fence.byte == b'~' || !rest.contains('`')).then_some(fence)
}

fn closes(line: &str, open: Fence) -> bool {
    fence_and_rest(line).is_some_and(|(fence, rest)| {
        fence.byte == open.byte && fence.length >= open.length && rest.trim_matches([' ', '\t']).is_empty()
    })
}

fn fence_and_rest(line: &str) -> Option<(Fence, &str)> {
    let content = line.trim_start_matches(' ');
    let byte = *content.as_bytes().first()?;
    if line.len() - content.len() > 3 || !matches!(byte, b'`' | b'~') {
        return None;
    }
    let length = content.bytes().take_while(|&other| other == byte).count();
    (length >= 3).then(|| (Fence { byte, length }, content.get(length..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_other_byte_in_place() {
        let text = "あ\r\n::: figure src=\"舟.jpg\"\r\n```\n:::\n```\n :::\n::::\n:::";
        let Directives { found, astray, masked } = directives(text);
        assert_eq!(astray.len(), 1, "the indented line of colons");
        let lines: Vec<&str> = found.iter().map(|directive| &text[directive.line.clone()]).collect();
        assert_eq!(lines, ["::: figure src=\"舟.jpg\"", "::::", ":::"]);
        let masked = masked.unwrap();
        assert_eq!(masked.len(), text.len());
        assert!(masked.ends_with("\r\n```\n:::\n```\n :::\n*** \n***"));
    }
}
