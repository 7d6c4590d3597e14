//! Where HTML is collected: one buffer, and pieces that are ranges of it or holes.

use super::{Document, Heading, Image, Link};

/// A range of the document's buffer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A part of a document. The numbers are indexes into its vectors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Finished HTML.
    Html(Run),
    /// Escaped text outside links, headings, code and ruby: here terms may be linked.
    Text(Run),
    /// A heading begins.
    OpenHeading(u32),
    /// A heading ends.
    CloseHeading(u32),
    /// A link begins.
    OpenLink(u32),
    /// A link ends.
    CloseLink(u32),
    /// A picture.
    Image(u32),
    /// A picture that begins a manga page.
    Page(u32),
    /// A shortcode with all that it holds.
    Shortcode(u32),
    /// A word in the language of the page.
    Word(Word),
}

/// Words that the markup itself needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// Names the list of footnotes.
    Footnotes,
    /// Names the mark in the text that leads to a footnote.
    FootnoteTo(u32),
    /// Names the mark in a footnote that leads back to the text.
    FootnoteBack(u32),
    /// The title of an alert.
    Alert(Alert),
    /// Names a ticked box.
    Done,
    /// Names an empty box.
    Open,
    /// Names a box around a table that may be wider than the page.
    Table,
}

/// The kinds of alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Alert {
    /// The name in classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// The document under construction.
pub(super) struct Out {
    pub(super) document: Document,
    /// Pieces of the block that is being written; the document's own, a footnote's or a shortcode's.
    pub(super) pieces: Vec<Piece>,
    start: usize,
    linkable: bool,
}

impl Out {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let document = Document { buffer: String::with_capacity(bytes), ..Document::default() };
        Self { document, pieces: Vec::with_capacity(32), start: 0, linkable: false }
    }

    fn turn(&mut self, linkable: bool) {
        if self.linkable != linkable {
            self.flush();
            self.linkable = linkable;
        }
    }

    /// Ends the run that is being written.
    pub(super) fn flush(&mut self) {
        let end = self.document.buffer.len();
        if end > self.start {
            let run = run(self.start, end);
            self.pieces.push(if self.linkable { Piece::Text(run) } else { Piece::Html(run) });
            self.start = end;
        }
    }

    /// Adds a hole.
    pub(super) fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Adds finished HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.turn(false);
        self.document.buffer.push_str(html);
    }

    /// Adds text, escaped, in which terms may be linked or not.
    pub(super) fn text(&mut self, text: &str, linkable: bool) {
        self.turn(linkable);
        super::fill::escape_into(text, &mut self.document.buffer);
    }

    /// Adds a piece whose HTML may be replaced later; gives its index.
    pub(super) fn replaceable(&mut self, html: &str) -> usize {
        self.flush();
        self.document.buffer.push_str(html);
        let end = self.document.buffer.len();
        self.pieces.push(Piece::Html(run(self.start, end)));
        self.start = end;
        self.pieces.len() - 1
    }

    /// Replaces the HTML of a piece.
    pub(super) fn replace(&mut self, piece: usize, html: &str) {
        self.flush();
        self.document.buffer.push_str(html);
        let end = self.document.buffer.len();
        if let Some(slot) = self.pieces.get_mut(piece) {
            *slot = Piece::Html(run(self.start, end));
        }
        self.start = end;
    }

    /// Cuts the end of a paragraph off, if the pieces end with one.
    pub(super) fn take_paragraph_end(&mut self) -> bool {
        const END: &str = "</p>\n";
        self.flush();
        match self.pieces.last_mut() {
            Some(Piece::Html(run)) if self.document.run(*run).ends_with(END) => {
                run.end -= index(END.len());
                true
            }
            _ => false,
        }
    }

    /// Takes the pieces so far, to begin another block.
    pub(super) fn aside(&mut self) -> Vec<Piece> {
        self.flush();
        std::mem::take(&mut self.pieces)
    }

    /// Goes back to pieces that were taken; gives those written since.
    pub(super) fn back(&mut self, pieces: Vec<Piece>) -> Vec<Piece> {
        self.flush();
        std::mem::replace(&mut self.pieces, pieces)
    }

    pub(super) fn add_link(&mut self, link: Link) -> u32 {
        self.document.links.push(link);
        index(self.document.links.len() - 1)
    }

    pub(super) fn add_image(&mut self, image: Image) -> u32 {
        self.document.images.push(image);
        index(self.document.images.len() - 1)
    }

    pub(super) fn add_heading(&mut self, heading: Heading) -> u32 {
        self.document.headings.push(heading);
        index(self.document.headings.len() - 1)
    }
}

/// Texts are limited far below 4 GiB, so an index always fits.
pub(super) fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn run(start: usize, end: usize) -> Run {
    Run { start: index(start), end: index(end) }
}
