//! Opens and closes shortcodes.

use std::ops::Range;

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::limits::MARKDOWN_DEPTH;
use crate::markdown::out::{Piece, index};
use crate::markdown::shortcode::{Directive, Head, Kind, head};
use crate::markdown::token::Token;
use crate::markdown::{Shortcode, plain};
use crate::source::Span;

/// The shortcodes of a text as far as it was read.
#[derive(Default)]
pub(super) struct Containers {
    /// The first directive that was not yet come to.
    next: usize,
    open: Vec<Open>,
    /// A leaf that was the last directive, for a closing line that it does not need.
    last_leaf: Option<(&'static str, Span)>,
}

struct Open {
    /// None for one of an unknown name: what it holds stays where it stands.
    shortcode: Option<Shortcode>,
    colons: usize,
    outside: Vec<Piece>,
    span: Span,
}

impl<'a> Writer<'_, 'a> {
    /// Follows the directive that stands at this thematic break; false if it is an ordinary one.
    pub(super) fn directive(&mut self, range: &Range<usize>) -> bool {
        let input = self.input;
        while let Some(directive) = input.directives.get(self.containers.next) {
            if directive.line.start > range.start {
                return false;
            }
            self.containers.next += 1;
            if directive.line.start == range.start {
                self.follow(directive);
                return true;
            }
            self.misplaced(directive);
        }
        false
    }

    /// Directives inside HTML are as silent as the HTML.
    pub(super) fn forget_directives(&mut self, range: &Range<usize>) {
        while let Some(directive) = self.input.directives.get(self.containers.next)
            && directive.line.start < range.end
        {
            self.containers.next += 1;
        }
    }

    fn misplaced(&mut self, directive: &Directive) {
        let span = self.input.place.span(directive.line.clone());
        self.report.push(Diagnostic::new(Code::ShortcodeMisplaced).at(&span));
    }

    fn follow(&mut self, directive: &Directive) {
        let span = self.input.place.span(directive.line.clone());
        let leaf = self.containers.last_leaf.take();
        match head(self.input.written, directive, self.input.place, self.report) {
            Head::Close => self.close_container(directive.colons, &span, leaf),
            Head::Unknown { near } if near.is_container() => self.open_container(None, directive.colons, span),
            Head::Unknown { .. } => {}
            Head::Open { kind, attributes } => {
                let shortcode = Shortcode { kind, attributes, body: Vec::new(), span: span.clone() };
                if kind.is_container() {
                    self.open_container(Some(shortcode), directive.colons, span);
                } else {
                    self.put(shortcode);
                    self.containers.last_leaf = Some((kind.name(), span));
                }
            }
        }
    }

    fn open_container(&mut self, shortcode: Option<Shortcode>, colons: usize, span: Span) {
        // What walks through a document must not run out of stack.
        if self.containers.open.len() >= MARKDOWN_DEPTH {
            self.report.push(Diagnostic::new(Code::TooDeep).at(&span).arg("limit", MARKDOWN_DEPTH));
            return;
        }
        let outside = self.out.aside();
        self.depth += 1;
        self.containers.open.push(Open { shortcode, colons, outside, span });
    }

    fn close_container(&mut self, colons: usize, span: &Span, leaf: Option<(&'static str, Span)>) {
        let open = &self.containers.open;
        let same = open.iter().rposition(|open| open.colons == colons);
        let Some(target) = same.or_else(|| open.iter().rposition(|open| open.colons < colons)) else {
            self.report.push(match leaf {
                Some((name, leaf)) => {
                    Diagnostic::new(Code::ShortcodeWithoutBody).at(span).arg("name", name).label(&leaf, "leaf")
                }
                None => Diagnostic::new(Code::ShortcodeStray).at(span),
            });
            return;
        };
        while self.containers.open.len() > target + 1 {
            self.report_unclosed();
            self.end_container();
        }
        self.end_container();
    }

    /// At the end of the text.
    pub(super) fn close_all_containers(&mut self) {
        while !self.containers.open.is_empty() {
            self.report_unclosed();
            self.end_container();
        }
        let input = self.input;
        for directive in input.directives.iter().skip(self.containers.next) {
            self.misplaced(directive);
        }
    }

    /// One of an unknown name has been reported already.
    fn report_unclosed(&mut self) {
        if let Some(Open { shortcode: Some(shortcode), colons, span, .. }) = self.containers.open.last() {
            let unclosed = Diagnostic::new(Code::ShortcodeUnclosed).at(span).arg("name", shortcode.kind.name());
            self.report.push(unclosed.arg("colons", ":".repeat(*colons)));
        }
    }

    fn end_container(&mut self) {
        let Some(Open { shortcode, outside, .. }) = self.containers.open.pop() else { return };
        self.depth = self.depth.saturating_sub(1);
        let body = self.out.back(outside);
        match shortcode {
            Some(shortcode) => {
                let shortcode = Shortcode { body, ..shortcode };
                self.check_body(&shortcode);
                self.put(shortcode);
            }
            None => self.out.pieces.extend(body),
        }
    }

    fn put(&mut self, shortcode: Shortcode) {
        self.out.document.shortcodes.push(shortcode);
        let at = index(self.out.document.shortcodes.len() - 1);
        self.out.push(Piece::Shortcode(at));
    }

    /// A film needs its transcript and each page of a comic its words: for those who can't see or hear them.
    fn check_body(&mut self, shortcode: &Shortcode) {
        let is_silent = |pieces: &[Piece]| plain::text(&self.out.document, pieces).trim().is_empty();
        if shortcode.kind == Kind::Manga {
            let pages: Vec<usize> = (0..shortcode.body.len())
                .filter(|&at| matches!(shortcode.body.get(at), Some(Piece::Page(_))))
                .collect();
            let ends = pages.iter().skip(1).copied().chain([shortcode.body.len()]);
            for (&page, end) in pages.iter().zip(ends) {
                let Some(Piece::Page(image)) = shortcode.body.get(page) else { continue };
                let words = shortcode.body.get(page + 1..end).unwrap_or_default();
                if is_silent(words)
                    && let Some(image) = self.out.document.images.get(*image as usize)
                {
                    self.report.push(Diagnostic::new(Code::MangaPageWithoutWords).at(&image.span));
                }
            }
            if !pages.is_empty() {
                return;
            }
        }
        if is_silent(&shortcode.body) || shortcode.kind == Kind::Manga {
            let empty = Diagnostic::new(Code::ShortcodeBodyMissing).at(&shortcode.span);
            self.report.push(empty.arg("name", shortcode.kind.name()));
        }
    }

    /// Inside a manga, a paragraph that begins with a picture begins a page. Gives the tokens that are left.
    pub(super) fn manga_page<'t>(&mut self, tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
        let in_manga = self.containers.open.len() == self.depth
            && self
                .containers
                .open
                .last()
                .and_then(|open| open.shortcode.as_ref())
                .is_some_and(|shortcode| shortcode.kind == Kind::Manga);
        if !in_manga || !matches!(tokens.first(), Some(Token::OpenImage { .. })) {
            return tokens;
        }
        let mut depth = 0_usize;
        let end = tokens.iter().position(|token| {
            match token {
                Token::OpenImage { .. } => depth += 1,
                Token::CloseImage => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((image, rest)) = end.and_then(|end| tokens.split_at_checked(end + 1)) else { return tokens };
        self.inline(image, false);
        self.out.flush();
        if let Some(Piece::Image(image)) = self.out.pieces.pop() {
            self.out.push(Piece::Page(image));
        }
        match rest {
            [Token::Soft | Token::Hard, rest @ ..] => rest,
            rest => rest,
        }
    }
}
