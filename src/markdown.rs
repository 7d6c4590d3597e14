//! Markdown as authors of a site write it.
//!
//! In: the text of one article's body and where it stands in its file. Out: a `Document`: HTML in pieces with
//! holes where only the site knows what to put (links, pictures, shortcodes, words in the page's language),
//! and a report on what was written. `fill` closes the holes. This room knows nothing of sites, reads no files
//! and resolves no references; it says where each stands, so that others can.
//!
//! What is read: CommonMark, with tables, footnotes, strikethrough, task lists, alerts and plain addresses as GitHub
//! has them; ruby `{漢字|かんじ}`; emphasis beside Japanese punctuation; `{#id}` after a heading; and lines of
//! colons for shortcodes:
//!
//! ```text
//! ::: figure src="fune.jpg" alt="川辺の船"
//!
//! ::: callout kind="warning" title="ご注意"
//! 本文
//! :::
//! ```
//!
//! **Why pieces?** A document is parsed once, whatever instant the site is built for. What a link leads to, and
//! whether it may lead there, is known only after selection.
//!
//! **Why is raw HTML dropped?** What contributors send is shown to patients. There is no tag that a shortcode or
//! Markdown lacks and that is worth the risk. A site may turn it on all the same; then `raw` cleans it.

mod autolink;
mod block;
mod character;
mod emphasis;
mod fill;
mod footnote;
mod heading;
mod inline;
mod out;
mod plain;
mod raw;
pub mod ruby;
pub mod shortcode;
mod token;
mod url;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{SourcePath, Span, Spanned};

pub use fill::{Holes, Inner, LinkTarget, Page, escape, escape_address, fill};
pub use heading::anchor;
pub use out::{Alert, Piece, Run, Word};
pub use url::{Destination, classify};

/// Which Markdown is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dialect {
    /// That of our authors; raw HTML is dropped, or cleaned where the site turned it on.
    #[default]
    Site,
    /// GitHub's, with raw HTML passed through: only to be compared with its specification.
    Gfm,
    /// CommonMark alone, with raw HTML passed through: only to be compared with its specification.
    CommonMark,
}

/// How a document is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which Markdown.
    pub dialect: Dialect,
    /// Begins every id that the document makes (headings, footnotes), for pages that hold several documents.
    pub prefix: String,
    /// True where raw HTML is published, cleaned.
    pub raw_html: bool,
}

/// Where a text stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// First byte of the text inside the file.
    pub offset: usize,
}

impl Place<'_> {
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.path, self.offset + range.start..self.offset + range.end)
    }
}

/// A text that was read. Every index in `pieces` leads to an entry of the vector that it names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    buffer: String,
    pieces: Vec<Piece>,
    headings: Vec<Heading>,
    links: Vec<Link>,
    images: Vec<Image>,
    shortcodes: Vec<Shortcode>,
    first_paragraph: Vec<Piece>,
}

/// A heading. Level 1 is the page's title, so that these begin with 2.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its id in the page.
    pub id: String,
    /// Its text without markup; of ruby, the base.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A link as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The address, entities and escapes decoded.
    pub url: Spanned<String>,
    /// The title in quotes, or nothing.
    pub title: String,
    /// True for an address that the author wrote as plain text.
    pub plain: bool,
}

impl Link {
    /// What kind of address this is.
    #[must_use]
    pub fn destination(&self) -> Destination<'_> {
        url::classify(&self.url.value)
    }
}

/// A picture as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Image {
    /// The path, entities and escapes decoded.
    pub src: Spanned<String>,
    /// What it shows, without markup.
    pub alt: String,
    /// The title in quotes, or nothing.
    pub title: String,
    /// Where the whole of it stands.
    pub span: Span,
}

/// A shortcode as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shortcode {
    /// Which one.
    pub kind: shortcode::Kind,
    /// Its attributes; every key is one of the kind's.
    pub attributes: std::collections::BTreeMap<&'static str, Spanned<String>>,
    /// What a container holds.
    pub body: Vec<Piece>,
    /// The line that opens it.
    pub span: Span,
}

impl Shortcode {
    /// An attribute's value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.get(key).map(|value| value.value.as_str())
    }
}

/// A thing of the site that a document names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reference<'a> {
    /// The address of a link, of whatever kind.
    Link(&'a Spanned<String>),
    /// The path of a picture.
    Picture(&'a Spanned<String>),
    /// The path of another file: a video.
    File(&'a Spanned<String>),
    /// A facility's id.
    Facility(&'a Spanned<String>),
    /// An area's id.
    Area(&'a Spanned<String>),
    /// An event's slug.
    Event(&'a Spanned<String>),
}

impl Document {
    /// All links, those inside shortcodes and footnotes too.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter()
    }

    /// All pictures written as Markdown, those inside shortcodes and footnotes too.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.iter()
    }

    /// All shortcodes, nested ones too.
    pub fn shortcodes(&self) -> impl Iterator<Item = &Shortcode> {
        self.shortcodes.iter()
    }

    /// The headings in their order.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// True when nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Everything of the site that the text names: links, pictures, and what shortcodes point at.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        let links = self.links.iter().map(|link| Reference::Link(&link.url));
        let images = self.images.iter().map(|image| Reference::Picture(&image.src));
        links.chain(images).chain(self.shortcodes.iter().flat_map(shortcode::references))
    }

    /// The text without markup, one block a line; of ruby, the base.
    #[must_use]
    pub fn plain_text(&self) -> String {
        plain::text(self, &self.pieces)
    }

    /// The first paragraph without markup; of ruby, the base. Empty where there is none.
    #[must_use]
    pub fn first_paragraph_text(&self) -> String {
        plain::text(self, &self.first_paragraph).trim().to_owned()
    }

    pub(crate) fn run(&self, run: Run) -> &str {
        self.buffer.get(run.start as usize..run.end as usize).unwrap_or_default()
    }
}

/// Reads a text.
pub fn parse(text: &str, place: Place<'_>, options: &Options) -> Checked<Document> {
    let mut report = Report::new();
    let shortcode::Directives { found: directives, astray, masked } = match options.dialect {
        Dialect::Site => shortcode::directives(text),
        Dialect::Gfm | Dialect::CommonMark => shortcode::Directives::default(),
    };
    for line in astray {
        report.push(Diagnostic::new(Code::ShortcodeMisplaced).at(&place.span(line)));
    }
    let source = masked.as_deref().unwrap_or(text);
    let document = block::read(&block::Input { source, written: text, directives, place, options }, &mut report);
    Checked::new(document, report)
}

#[cfg(test)]
mod tests;
