//! Writes blocks: goes through pulldown's events once and collects inline content until a block begins or ends.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options as Extensions, Parser, Tag, TagEnd,
};

use super::emphasis::Run;
use super::fill::escape;
use super::footnote::Footnotes;
use super::heading::{self, Ids};
use super::out::{Alert, Out, Piece, Word};
use super::raw;
use super::shortcode::Directive;
use super::token::{self, Token};
use super::{Dialect, Document, Heading, Options, Place, plain};
use crate::diag::{Code, Diagnostic, Report};

mod container;
mod table;

/// What is read.
pub(super) struct Input<'a> {
    /// The text, shortcode lines masked.
    pub(super) source: &'a str,
    pub(super) written: &'a str,
    pub(super) directives: Vec<Directive>,
    pub(super) place: Place<'a>,
    pub(super) options: &'a Options,
}

/// The state of reading.
pub(super) struct Writer<'w, 'a> {
    pub(super) input: &'w Input<'a>,
    pub(super) out: Out,
    pub(super) report: &'w mut Report,
    pub(super) runs: Vec<Run>,
    pub(super) footnotes: Footnotes,
    tokens: Vec<Token<'a>>,
    ids: Ids,
    last_level: u8,
    /// How many quotes, lists, notes and containers are open.
    depth: usize,
    containers: container::Containers,
    table: table::Table,
    notes: Vec<OpenNote>,
    verbatim: Verbatim,
    /// The block of raw HTML that is being read.
    html_block: String,
}

/// A footnote's text that is being written.
struct OpenNote {
    label: String,
    outside: Vec<Piece>,
}

/// Inside what text is not Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verbatim {
    No,
    Code,
    Html,
}

/// The document, with everything wrong reported.
pub(super) fn read(input: &Input<'_>, report: &mut Report) -> Document {
    let mut writer = Writer {
        input,
        out: Out::with_capacity(input.source.len() + input.source.len() / 4 + 64),
        report,
        runs: Vec::new(),
        footnotes: Footnotes::default(),
        tokens: Vec::new(),
        ids: Ids::default(),
        last_level: 1,
        depth: 0,
        containers: container::Containers::default(),
        table: table::Table::default(),
        notes: Vec::new(),
        verbatim: Verbatim::No,
        html_block: String::new(),
    };
    for (event, range) in Parser::new_ext(input.source, extensions(input.options.dialect)).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

fn extensions(dialect: Dialect) -> Extensions {
    match dialect {
        Dialect::CommonMark => Extensions::empty(),
        Dialect::Gfm | Dialect::Site => {
            Extensions::ENABLE_TABLES
                | Extensions::ENABLE_FOOTNOTES
                | Extensions::ENABLE_TASKLISTS
                | Extensions::ENABLE_GFM
        }
    }
}

impl<'a> Writer<'_, 'a> {
    fn finish(mut self) -> Document {
        self.loose_inline();
        self.close_all_containers();
        let footnotes = std::mem::take(&mut self.footnotes);
        footnotes.write(&self.input.options.prefix, &mut self.out, self.report);
        let pieces = self.out.aside();
        Document { pieces, ..self.out.document }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match (self.verbatim, event) {
            (Verbatim::Code, Event::Text(text)) => self.out.text(&text, false),
            (Verbatim::Html, Event::Html(html) | Event::Text(html)) => {
                if self.input.options.dialect != Dialect::Site {
                    self.out.html(&html);
                } else if self.input.options.raw_html {
                    self.html_block.push_str(&html);
                }
            }
            (_, event) => {
                if let Some(event) = token::push(&mut self.tokens, self.input.source, event, range.clone()) {
                    self.block(event, range);
                }
            }
        }
    }

    fn block(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.loose_inline();
                self.start(tag, range);
            }
            Event::End(tag) => self.end(tag, range),
            Event::Rule => {
                self.loose_inline();
                if !self.directive(&range) {
                    self.out.html("<hr />\n");
                }
            }
            Event::TaskListMarker(done) => {
                self.out.html("<input type=\"checkbox\" disabled=\"\"");
                self.out.html(if done { " checked=\"\"" } else { "" });
                if self.input.options.dialect == Dialect::Site {
                    self.out.html(" aria-label=\"");
                    self.out.push(Piece::Word(if done { Word::Done } else { Word::Open }));
                    self.out.html("\"");
                }
                self.out.html(" /> ");
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.start_html(range),
            Tag::List(start) => {
                self.depth += 1;
                match start {
                    None => self.out.html("<ul>\n"),
                    Some(1) => self.out.html("<ol>\n"),
                    Some(number) => self.out.html(&format!("<ol start=\"{number}\">\n")),
                }
            }
            Tag::Item => self.out.html("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.notes.push(OpenNote { label: label.into_string(), outside: self.out.aside() });
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.start_table_part(&tag),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => return self.paragraph(),
            TagEnd::Heading(level) => return self.heading(level, range),
            TagEnd::TableCell => return self.end_cell(range),
            _ => self.loose_inline(),
        }
        match tag {
            TagEnd::BlockQuote(kind) => {
                self.depth -= 1;
                self.out.html(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                self.verbatim = Verbatim::No;
                self.out.html("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_html(range),
            TagEnd::List(ordered) => {
                self.depth -= 1;
                self.out.html(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.html("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_note(range),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow => self.end_table_part(tag),
            _ => {}
        }
    }

    fn end_note(&mut self, range: Range<usize>) {
        self.depth -= 1;
        if let Some(OpenNote { label, outside }) = self.notes.pop() {
            let body = self.out.back(outside);
            self.footnotes.define(&label, body, self.input.place.span(trimmed(self.input.source, range)));
        }
    }

    /// Inline content without a paragraph around it: that of a tight list.
    fn loose_inline(&mut self) {
        if !self.tokens.is_empty() {
            let tokens = std::mem::take(&mut self.tokens);
            self.inline(&tokens, true);
            self.recycle(tokens);
        }
    }

    /// Keeps the vector for the next block.
    fn recycle(&mut self, mut tokens: Vec<Token<'a>>) {
        tokens.clear();
        self.tokens = tokens;
    }

    fn paragraph(&mut self) {
        let tokens = std::mem::take(&mut self.tokens);
        let is_first = self.depth == 0 && self.out.document.first_paragraph.is_empty();
        if is_first {
            self.out.flush();
        }
        let first_piece = self.out.pieces.len();
        let rest = self.manga_page(&tokens);
        if !rest.is_empty() {
            self.out.html("<p>");
            self.inline(rest, true);
            self.out.html("</p>\n");
        }
        if is_first {
            self.keep_first_paragraph(first_piece);
        }
        self.recycle(tokens);
    }

    /// For descriptions. A paragraph of pictures alone does not count.
    fn keep_first_paragraph(&mut self, first_piece: usize) {
        self.out.flush();
        let pieces = self.out.pieces.get(first_piece..).unwrap_or_default();
        let has_text = pieces.iter().any(|piece| match piece {
            Piece::Text(run) => !self.out.document.run(*run).trim().is_empty(),
            Piece::OpenLink(_) => true,
            _ => false,
        });
        if has_text {
            self.out.document.first_paragraph = pieces.to_vec();
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let mut tokens = std::mem::take(&mut self.tokens);
        let site = self.input.options.dialect == Dialect::Site;
        let span = self.input.place.span(trimmed(self.input.source, range));
        let wished = if site { take_explicit_id(&mut tokens, self.input.source) } else { None };
        let level = if site { self.checked_level(level as u8, &span) } else { level as u8 };
        let heading = Heading { level, id: String::new(), text: String::new(), span: span.clone() };
        let index = self.out.add_heading(heading);
        self.out.push(Piece::OpenHeading(index));
        let first_piece = self.out.pieces.len();
        self.inline(&tokens, false);
        self.out.flush();
        if site {
            let pieces = self.out.pieces.get(first_piece..).unwrap_or_default();
            let text = plain::text(&self.out.document, pieces).replace(['\n', '\t'], " ");
            if text.trim().is_empty() {
                self.report.push(Diagnostic::new(Code::HeadingEmpty).at(&span));
            }
            let id = self.heading_id(wished, &text, &span);
            if let Some(heading) = self.out.document.headings.get_mut(index as usize) {
                heading.id = id;
                heading.text = text.trim().to_owned();
            }
        }
        self.out.push(Piece::CloseHeading(index));
        self.recycle(tokens);
    }

    fn heading_id(&mut self, wished: Option<String>, text: &str, span: &crate::source::Span) -> String {
        let prefix = &self.input.options.prefix;
        if let Some(id) = wished {
            let id = format!("{prefix}{id}");
            if self.ids.claim(&id) {
                return id;
            }
            self.report.push(Diagnostic::new(Code::HeadingIdTwice).at(span).arg("id", &id));
            return self.ids.unique(&id);
        }
        self.ids.unique(&format!("{prefix}{}", heading::anchor(text)))
    }

    /// The page's title is level 1, and no level is left out on the way down.
    fn checked_level(&mut self, written: u8, span: &crate::source::Span) -> u8 {
        let level = written.max(2);
        if written == 1 {
            self.report.push(Diagnostic::new(Code::HeadingIsTitle).at(span));
        } else if level > self.last_level + 1 {
            let skipped = Diagnostic::new(Code::HeadingSkipsLevel).at(span);
            self.report.push(
                skipped
                    .arg("written", "#".repeat(level.into()))
                    .arg("wanted", "#".repeat((self.last_level + 1).into())),
            );
        }
        self.last_level = level;
        level
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.depth += 1;
        let alert = match kind {
            None => return self.out.html("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => Alert::Note,
            Some(BlockQuoteKind::Tip) => Alert::Tip,
            Some(BlockQuoteKind::Important) => Alert::Important,
            Some(BlockQuoteKind::Warning) => Alert::Warning,
            Some(BlockQuoteKind::Caution) => Alert::Caution,
        };
        self.out
            .html(&format!("<div class=\"alert alert-{}\" role=\"note\">\n<p class=\"alert-title\">", alert.name()));
        self.out.push(Piece::Word(Word::Alert(alert)));
        self.out.html("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.verbatim = Verbatim::Code;
        // What may be wider than the page must be reachable by keyboard to be scrolled.
        self.out.html(if self.input.options.dialect == Dialect::Site {
            "<pre tabindex=\"0\"><code"
        } else {
            "<pre><code"
        });
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split_ascii_whitespace().next()
        {
            self.out.html(&format!(" class=\"language-{}\"", escape(language)));
        }
        self.out.html(">");
    }

    fn start_html(&mut self, range: Range<usize>) {
        self.verbatim = Verbatim::Html;
        if self.input.options.dialect != Dialect::Site {
            return;
        }
        self.forget_directives(&range);
        let range = trimmed(self.input.source, range);
        let html = self.input.source.get(range.clone()).unwrap_or_default();
        if !self.input.options.raw_html && !html.starts_with("<!--") {
            let dropped = Diagnostic::new(Code::RawHtml).at(&self.input.place.span(range));
            self.report.push(dropped.arg("html", super::inline::shorten(html)));
        }
    }

    fn end_html(&mut self, range: Range<usize>) {
        self.verbatim = Verbatim::No;
        let html = std::mem::take(&mut self.html_block);
        self.cleaned(raw::block(&html), trimmed(self.input.source, range));
    }

    /// Raw HTML that was cleaned; what a site that publishes raw HTML still does not is told.
    pub(super) fn cleaned(&mut self, cleaned: raw::Cleaned, range: Range<usize>) {
        self.out.html(&cleaned.html);
        if !cleaned.taken_out.is_empty() {
            let told = Diagnostic::new(Code::RawHtmlCleaned).at(&self.input.place.span(range));
            self.report.push(told.arg("removed", cleaned.taken_out.join(" ")));
        }
    }
}

/// The range without the white space at its end.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.trim_end().len()
}

/// Takes `{#id}` off the end of a heading.
fn take_explicit_id(tokens: &mut [Token<'_>], source: &str) -> Option<String> {
    let Some(Token::Raw { range, escaped }) = tokens.last_mut() else { return None };
    let text = source.get(range.clone())?;
    let (before, id) = heading::explicit_id(text)?;
    if *escaped && before.is_empty() {
        return None;
    }
    range.end = range.start + before.len();
    Some(id.to_owned())
}

/// The class that aligns a column.
fn alignment(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some("left"),
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
    }
}
