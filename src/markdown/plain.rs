//! Text without markup, from the HTML that this room itself wrote: there every `<` begins a tag.

use super::Document;
use super::out::Piece;

/// The text of pieces, one block a line; of ruby, the base; of pictures, what they show.
pub(super) fn text(document: &Document, pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut strip = Strip::default();
    collect(document, pieces, &mut strip, &mut out);
    out.truncate(out.trim_end().len());
    out
}

fn collect(document: &Document, pieces: &[Piece], strip: &mut Strip, out: &mut String) {
    for &piece in pieces {
        match piece {
            Piece::Html(run) | Piece::Text(run) => strip.run(document.run(run), out),
            Piece::CloseHeading(_) => end_line(out),
            Piece::Image(index) | Piece::Page(index) => {
                if let Some(image) = document.images.get(index as usize) {
                    out.push_str(&image.alt);
                }
            }
            Piece::Shortcode(index) => {
                if let Some(shortcode) = document.shortcodes.get(index as usize) {
                    for key in ["title", "caption"] {
                        if let Some(text) = shortcode.get(key) {
                            out.push_str(&super::ruby::base_text(text));
                            end_line(out);
                        }
                    }
                    collect(document, &shortcode.body, strip, out);
                }
            }
            Piece::OpenHeading(_) | Piece::OpenLink(_) | Piece::CloseLink(_) | Piece::Word(_) => {}
        }
    }
}

/// Runs end anywhere, between a tag's parts too, so this remembers where it is.
#[derive(Default)]
struct Strip {
    in_tag: bool,
    /// The tag whose content is left out.
    skipping: Option<&'static str>,
    in_code: bool,
    tag: String,
}

impl Strip {
    fn run(&mut self, html: &str, out: &mut String) {
        let mut rest = html;
        loop {
            if self.in_tag {
                let Some((tag, after)) = rest.split_once('>') else {
                    self.tag.push_str(rest);
                    return;
                };
                self.tag.push_str(tag);
                self.end_tag(out);
                rest = after;
            }
            let (text, after) = rest.split_once('<').map_or((rest, None), |(text, after)| (text, Some(after)));
            if self.skipping.is_none() {
                if self.in_code { unescape_into(text, out) } else { words_into(text, out) }
            }
            let Some(after) = after else { return };
            self.in_tag = true;
            self.tag.clear();
            rest = after;
        }
    }

    fn end_tag(&mut self, out: &mut String) {
        self.in_tag = false;
        let name = self.tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        let closing = self.tag.starts_with('/');
        match self.skipping {
            Some(skipped) if closing && skipped == name => self.skipping = None,
            Some(_) => return,
            // The readings, the brackets around them, and the marks of footnotes are not part of the text.
            None if closing => {}
            None if name == "a" && self.tag.contains("footnote-back") => self.skipping = Some("a"),
            None => self.skipping = ["rt", "rp", "sup"].into_iter().find(|&skipped| skipped == name),
        }
        match name {
            "br" => end_line(out),
            "p" | "li" | "tr" | "pre" | "ul" | "ol" => {
                self.in_code = name == "pre" && !closing;
                end_line(out);
            }
            "th" | "td" if closing => out.push('\t'),
            _ => {}
        }
    }
}

/// Begins a new line unless one has begun.
fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t']).len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Text outside code: a line break of the source is a space between words.
fn words_into(html: &str, out: &mut String) {
    for (number, line) in html.split('\n').enumerate() {
        if number > 0 && !out.is_empty() && !out.ends_with([' ', '\n', '\t']) {
            out.push(' ');
        }
        unescape_into(line, out);
    }
}

fn unescape_into(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entities = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"')];
        match entities.iter().find_map(|(name, character)| Some((after.strip_prefix(name)?, character))) {
            Some((next, &character)) => {
                out.push(character);
                rest = next;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
}
