//! Raw HTML, where a site turned it on: what could run, call another server or break the page is taken out.
//!
//! In: HTML as an author wrote it, a block at once or one tag among text after the other. Out: HTML of known tags and
//! attributes in which every tag is closed, and the names of what was taken out. No links, pictures, classes or ids:
//! Markdown and shortcodes have those, and only there does the site know what is public.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::fill::escape_into;

/// Tags that may stand among text.
const PHRASING: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Further tags of blocks.
const FLOW: &[&str] = &[
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements without content.
const VOID: &[&str] = &["br", "col", "hr", "wbr"];

/// Elements whose content is no text for readers: it goes with them.
const HIDDEN: &[&str] = &["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// Attributes, and the tags that may have them; none: every tag.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("lang", &[]),
    ("dir", &[]),
    ("title", &["abbr", "dfn"]),
    ("datetime", &["del", "ins", "time"]),
    ("open", &["details"]),
    ("start", &["ol"]),
    ("reversed", &["ol"]),
    ("colspan", &["td", "th"]),
    ("rowspan", &["td", "th"]),
    ("scope", &["th"]),
    ("span", &["col", "colgroup"]),
];

/// A block of HTML, cleaned and whole.
pub(super) fn block(html: &str) -> Cleaned {
    let mut open = Open { flow: true, ..Open::default() };
    let mut cleaned = open.clean(html);
    cleaned.html.push_str(&open.close());
    cleaned
}

/// HTML that may be published.
#[derive(Default)]
pub(super) struct Cleaned {
    pub(super) html: String,
    /// Tags and attributes that were taken out, in the order in which they stood, each once.
    pub(super) taken_out: Vec<String>,
}

impl Cleaned {
    fn take_out(&mut self, name: String) {
        if !self.taken_out.contains(&name) {
            self.taken_out.push(name);
        }
    }
}

/// The tags that are open, the outermost first.
#[derive(Default)]
pub(super) struct Open {
    tags: Vec<String>,
    /// True in a block, where more than phrases may stand.
    flow: bool,
}

impl Open {
    /// Cleans a piece of HTML that begins where the last one ended.
    pub(super) fn clean(&mut self, html: &str) -> Cleaned {
        let mut cleaned = Cleaned::default();
        let mut hidden: Option<HtmlString> = None;
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(self.flow);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::EndTag(tag) if hidden.as_ref().is_none_or(|hidden| *hidden == tag.name) => {
                    hidden = None;
                    cleaned.html.push_str(&self.end(&text(&tag.name)));
                }
                _ if hidden.is_some() => {}
                Token::StartTag(tag) => {
                    if self.flow && HIDDEN.contains(&text(&tag.name).as_str()) {
                        hidden = Some(tag.name.clone());
                    }
                    self.start(&tag, &mut cleaned);
                }
                Token::String(string) => escape_into(&text(&string), &mut cleaned.html),
                _ => {}
            }
        }
        cleaned
    }

    fn start(&mut self, tag: &StartTag<()>, cleaned: &mut Cleaned) {
        let name = text(&tag.name);
        let known = PHRASING.contains(&name.as_str()) || self.flow && FLOW.contains(&name.as_str());
        if !known {
            return cleaned.take_out(format!("<{name}>"));
        }
        cleaned.html.push('<');
        cleaned.html.push_str(&name);
        for (attribute, value) in &tag.attributes {
            let attribute = text(attribute);
            let may =
                |(one, tags): &(&str, &[&str])| *one == attribute && (tags.is_empty() || tags.contains(&name.as_str()));
            if ATTRIBUTES.iter().any(may) {
                cleaned.html.push_str(&format!(" {attribute}=\""));
                escape_into(&text(value), &mut cleaned.html);
                cleaned.html.push('"');
            } else {
                cleaned.take_out(attribute);
            }
        }
        cleaned.html.push('>');
        if !VOID.contains(&name.as_str()) {
            self.tags.push(name);
        }
    }

    /// Closes a tag and what was opened inside it; a tag that closes nothing is left out.
    fn end(&mut self, name: &str) -> String {
        let Some(at) = self.tags.iter().rposition(|open| open == name) else { return String::new() };
        closing(self.tags.drain(at..))
    }

    /// Closes what is still open.
    pub(super) fn close(&mut self) -> String {
        closing(self.tags.drain(..))
    }
}

fn closing(tags: impl DoubleEndedIterator<Item = String>) -> String {
    tags.rev().map(|name| format!("</{name}>")).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_made_whole_and_harmless() {
        let html = "<details open class=x><summary onclick=\"a()\">ひらく</summary><img src=//x.jp/1.gif><p>本文 1 &lt; 2</details>\
            <script>alert('<p>')</script><iframe src=https://x.jp></iframe><a href=\"/stories/a/\">話</a></div><!-- 覚え -->";
        let clean = block(html);
        assert_eq!(clean.html, "<details open=\"\"><summary>ひらく</summary><p>本文 1 &lt; 2</p></details>話");
        assert_eq!(clean.taken_out, ["class", "onclick", "<img>", "<script>", "<iframe>", "<a>"]);
    }

    #[test]
    fn tags_among_text_are_closed_in_their_order() {
        let mut open = Open::default();
        let tags = ["<SUB lang=en style='x'>", "<b>", "</sub>", "</b>", "<br/>", "<div>", "</i>", "<img src=x>", "<q>"];
        let said: Vec<String> = tags.iter().map(|tag| open.clean(tag).html).collect();
        assert_eq!(said, ["<sub lang=\"en\">", "<b>", "</b></sub>", "", "<br>", "", "", "", "<q>"]);
        assert_eq!(open.close(), "</q>");
        assert_eq!(open.close(), "");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_runs_or_calls_out_gets_through(
            html in "([<>/a-z\"'= :!&;-]{0,9}|<(img|a|svg|script|style|b|p|td) ?(on[a-z]{1,5}|src|href|style|title)?=?[\"'`]?[a-z:/>]{0,9}[\"']?/?>){0,9}"
        ) {
            let clean = block(&html).html;
            let again = block(&clean);
            proptest::prop_assert_eq!(&clean, &again.html);
            proptest::prop_assert!(again.taken_out.is_empty(), "{:?} in {}", again.taken_out, clean);
        }
    }
}
