//! Closes the holes of a document: HTML as it goes into a page.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::out::{Alert, Piece, Word};
use super::{Document, Image, Link, Shortcode};

/// Where a link leads in the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkTarget {
    /// To this address, with these further attributes (`rel`, `class` …).
    To {
        /// The address, not yet escaped.
        href: String,
        /// Names and values, not yet escaped.
        attributes: Vec<(&'static str, String)>,
    },
    /// Nowhere: its text stays.
    Plain,
}

/// What a container holds, as HTML.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inner {
    /// All that does not belong to a page of a manga.
    pub html: String,
    /// The pages of a manga.
    pub pages: Vec<Page>,
}

/// One page of a manga.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// The picture as `Holes::image` gave it.
    pub image: String,
    /// Its words.
    pub words: String,
}

/// What only the site knows.
pub trait Holes {
    /// Where a link leads.
    fn link(&mut self, link: &Link) -> LinkTarget;

    /// The HTML of a picture.
    fn image(&mut self, image: &Image) -> String;

    /// The HTML of a shortcode.
    fn shortcode(&mut self, shortcode: &Shortcode, inner: Inner) -> String;

    /// A run of escaped text outside links, headings, code and ruby; put into `out` with terms linked.
    fn text(&mut self, html: &str, out: &mut String) {
        out.push_str(html);
    }

    /// A word in the page's language, not escaped.
    fn word(&mut self, word: Word) -> String {
        japanese(word)
    }

    /// How many levels deeper headings go than they were written.
    fn heading_shift(&self) -> u8 {
        0
    }
}

/// The document as HTML.
pub fn fill(document: &Document, holes: &mut impl Holes) -> String {
    let mut out = String::with_capacity(document.buffer.len() + document.buffer.len() / 8);
    pieces(document, &document.pieces, holes, &mut out);
    out
}

/// Writes pieces to `out`. Where manga pages are among them, what follows each is its words and not in `out`.
fn pieces(document: &Document, pieces: &[Piece], holes: &mut impl Holes, out: &mut String) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut plain_links = 0_usize;
    for &piece in pieces {
        let to = match pages.last_mut() {
            Some(page) => &mut page.words,
            None => &mut *out,
        };
        match piece {
            Piece::Html(run) => to.push_str(document.run(run)),
            Piece::Text(run) => holes.text(document.run(run), to),
            Piece::OpenHeading(index) => open_heading(document, index, holes.heading_shift(), to),
            Piece::CloseHeading(index) => close_heading(document, index, holes.heading_shift(), to),
            Piece::OpenLink(index) => match document.links.get(index as usize).map(|link| (link, holes.link(link))) {
                Some((link, LinkTarget::To { href, attributes })) => open_link(link, &href, &attributes, to),
                Some((_, LinkTarget::Plain)) | None => plain_links += 1,
            },
            Piece::CloseLink(_) if plain_links > 0 => plain_links -= 1,
            Piece::CloseLink(_) => to.push_str("</a>"),
            Piece::Image(index) => to.push_str(&image(document, index, holes)),
            Piece::Page(index) => pages.push(Page { image: image(document, index, holes), words: String::new() }),
            Piece::Shortcode(index) => shortcode(document, index, holes, to),
            Piece::Word(word) => escape_into(&holes.word(word), to),
        }
    }
    pages
}

fn image(document: &Document, index: u32, holes: &mut impl Holes) -> String {
    document.images.get(index as usize).map(|image| holes.image(image)).unwrap_or_default()
}

fn shortcode(document: &Document, index: u32, holes: &mut impl Holes, out: &mut String) {
    let Some(shortcode) = document.shortcodes.get(index as usize) else { return };
    let mut inner = Inner::default();
    inner.pages = pieces(document, &shortcode.body, holes, &mut inner.html);
    out.push_str(&holes.shortcode(shortcode, inner));
}

fn open_heading(document: &Document, index: u32, shift: u8, out: &mut String) {
    let Some(heading) = document.headings.get(index as usize) else { return };
    out.push_str("<h");
    out.push(level(heading.level, shift));
    if !heading.id.is_empty() {
        out.push_str(" id=\"");
        escape_into(&heading.id, out);
        out.push('"');
    }
    out.push('>');
}

fn close_heading(document: &Document, index: u32, shift: u8, out: &mut String) {
    let Some(heading) = document.headings.get(index as usize) else { return };
    out.push_str("</h");
    out.push(level(heading.level, shift));
    out.push_str(">\n");
}

fn level(level: u8, shift: u8) -> char {
    char::from(b'0' + level.saturating_add(shift).clamp(1, 6))
}

fn open_link(link: &Link, href: &str, attributes: &[(&'static str, String)], out: &mut String) {
    out.push_str("<a href=\"");
    address_into(href, out);
    out.push('"');
    if !link.title.is_empty() {
        out.push_str(" title=\"");
        escape_into(&link.title, out);
        out.push('"');
    }
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_into(value, out);
        out.push('"');
    }
    out.push('>');
}

/// What may not stand in an address as it is.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address as it may stand in an attribute: percent-encoded and escaped.
#[must_use]
pub fn escape_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    address_into(address, &mut out);
    out
}

/// Adds an address, percent-encoded and escaped.
fn address_into(address: &str, out: &mut String) {
    for part in utf8_percent_encode(address, ADDRESS) {
        escape_into(part, out);
    }
}

/// Text as it may stand in HTML, in an attribute in double quotes too.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(text, &mut out);
    out
}

/// Adds text, escaped.
pub(super) fn escape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(position) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')) {
        let (before, after) = rest.split_at_checked(position).unwrap_or((rest, ""));
        out.push_str(before);
        out.push_str(match after.as_bytes().first() {
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'&') => "&amp;",
            _ => "&quot;",
        });
        rest = after.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

fn japanese(word: Word) -> String {
    match word {
        Word::Footnotes => "脚注".to_owned(),
        Word::FootnoteTo(number) => format!("脚注{number}へ"),
        Word::FootnoteBack(number) => format!("脚注{number}の付いた本文へ戻る"),
        Word::Alert(Alert::Note) => "補足".to_owned(),
        Word::Alert(Alert::Tip) => "ヒント".to_owned(),
        Word::Alert(Alert::Important) => "大切なこと".to_owned(),
        Word::Alert(Alert::Warning) => "ご注意".to_owned(),
        Word::Alert(Alert::Caution) => "警告".to_owned(),
        Word::Done => "済み".to_owned(),
        Word::Open => "まだ".to_owned(),
        Word::Table => "表".to_owned(),
    }
}
