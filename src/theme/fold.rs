//! Writes what is the same on every page of a language into the templates before they are compiled.
//!
//! Most `{{ … }}` of a page are strings (`{{ t.skip }}`) and the shared parts. Looking each up again on ten thousand
//! pages costs more than all the rest of rendering; so it is done once. Places in messages are mapped back to the
//! template as its author wrote it.

use std::ops::Range;

/// A template with constants written in.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// The text that is compiled.
    pub(super) text: String,
    /// After each constant: the offset in `text`, and the offset in the author's text.
    ends: Vec<(usize, usize)>,
}

impl Folded {
    /// Replaces each `{{ expression }}` for which `constant` has HTML.
    pub(super) fn new(written: &str, constant: impl Fn(&str) -> Option<String>) -> Self {
        let mut folded = Self { text: String::with_capacity(written.len()), ends: Vec::new() };
        // Inside `raw` an expression is text.
        if written.contains("raw %}") {
            written.clone_into(&mut folded.text);
            return folded;
        }
        let mut done = 0;
        while let Some((open, close)) = expression(written, done) {
            let html = written.get(open + 2..close).and_then(|inside| constant(inside.trim()));
            // What looks like template code must not become some.
            let html = html.filter(|html| !html.contains(['{', '}']));
            let until = if html.is_some() { open } else { close + 2 };
            folded.text.push_str(written.get(done..until).unwrap_or_default());
            done = close + 2;
            if let Some(html) = html {
                folded.text.push_str(&html);
                folded.ends.push((folded.text.len(), done));
            }
        }
        folded.text.push_str(written.get(done..).unwrap_or_default());
        folded
    }

    /// The bytes of the author's text from which these bytes come.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let back = |offset: usize| {
            let after = self.ends.partition_point(|(folded, _)| *folded <= offset);
            match after.checked_sub(1).and_then(|at| self.ends.get(at)) {
                Some((folded, written)) => offset - folded + written,
                None => offset,
            }
        };
        back(range.start)..back(range.end)
    }
}

/// The next `{{` and its `}}`.
fn expression(text: &str, from: usize) -> Option<(usize, usize)> {
    let open = from + text.get(from..)?.find("{{")?;
    let close = open + text.get(open..)?.find("}}")?;
    Some((open, close))
}

/// The key of `t.key`, if the expression is nothing else.
pub(super) fn string_key(expression: &str) -> Option<&str> {
    let key = expression.strip_prefix("t.")?;
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then_some(key)
}

/// The name of `shared.name | safe`, if the expression is nothing else.
pub(super) fn shared_part(expression: &str) -> Option<&str> {
    let (part, filter) = expression.strip_prefix("shared.")?.split_once('|')?;
    (filter.trim() == "safe").then(|| part.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_written_in_and_places_lead_back() {
        let constant = |expression: &str| match string_key(expression)? {
            "skip" => Some("本文へ".to_owned()),
            "odd" => Some("{{ x }}".to_owned()),
            _ => None,
        };
        let written = "<a>{{ t.skip }}</a>{{ page.title }}{{t.odd}}{{ t.skip }}!";
        let folded = Folded::new(written, constant);
        assert_eq!(folded.text, "<a>本文へ</a>{{ page.title }}{{t.odd}}本文へ!");
        for name in ["page.title", "!"] {
            let at = folded.text.find(name).expect("is there");
            let back = folded.written(at..at + name.len());
            assert_eq!(written.get(back), Some(name));
        }
        assert_eq!(folded.written(0..2), 0..2);
        assert_eq!(shared_part("shared.desk | safe"), Some("desk"));
    }
}
