//! Writes inline content: text with ruby, emphasis and plain addresses, code, links, pictures, marks of footnotes.

use super::autolink;
use super::block::Writer;
use super::character::is_unspaced;
use super::emphasis::{self, Run, flanking};
use super::out::Piece;
use super::raw;
use super::token::Token;
use super::url;
use super::{Destination, Dialect, Image, Link, plain, ruby};
use crate::diag::{Code, Diagnostic};
use crate::source::Spanned;

/// A link or picture that is being written.
enum Open {
    Link {
        /// None where the link is dropped and only its text stays.
        link: Option<u32>,
        bottom: usize,
        first_piece: usize,
        range: std::ops::Range<usize>,
    },
    Image {
        src: Spanned<String>,
        title: String,
        bottom: usize,
        first_piece: usize,
        links: usize,
        images: usize,
        range: std::ops::Range<usize>,
    },
}

/// One run of inline content while it is written.
struct Line<'t, 'a> {
    tokens: &'t [Token<'a>],
    open: Vec<Open>,
    links: usize,
    linkable: bool,
    /// Raw tags that are open.
    tags: raw::Open,
}

impl Line<'_, '_> {
    fn linkable(&self) -> bool {
        self.linkable && self.links == 0
    }
}

impl<'a> Writer<'_, 'a> {
    /// Writes inline content; terms may be linked in it or not.
    pub(super) fn inline(&mut self, tokens: &[Token<'a>], linkable: bool) {
        let mut line = Line { tokens, open: Vec::new(), links: 0, linkable, tags: raw::Open::default() };
        for (at, token) in tokens.iter().enumerate() {
            self.token(&mut line, at, token);
        }
        emphasis::resolve(&mut self.runs, 0, &mut self.out);
        self.out.html(&line.tags.close());
    }

    fn token(&mut self, line: &mut Line<'_, 'a>, at: usize, token: &Token<'a>) {
        match token {
            Token::Raw { range, escaped } => self.raw(line, at, range.clone(), usize::from(*escaped)),
            Token::Decoded(text) => self.out.text(text, line.linkable()),
            Token::Code(code) => {
                self.out.html("<code>");
                self.out.text(code, false);
                self.out.html("</code>");
            }
            Token::Html(range) => self.raw_html(line, range.clone()),
            Token::Soft if self.is_unspaced_break(line.tokens, at) => {}
            Token::Soft => self.out.text("\n", line.linkable()),
            Token::Hard => self.out.html("<br />\n"),
            Token::OpenLink { url, title, range } => self.open_link(line, url, title, range.clone()),
            Token::OpenImage { src, title, range } => self.open_image(line, src, title, range.clone()),
            Token::CloseLink | Token::CloseImage => self.close(line),
            Token::Footnote(label) => self.footnotes.mark(label, &self.input.options.prefix, &mut self.out),
        }
    }

    /// Text as it stands in the source; its first `at` characters mean nothing but themselves.
    fn raw(&mut self, line: &mut Line<'_, 'a>, token: usize, range: std::ops::Range<usize>, mut at: usize) {
        let text = self.input.source.get(range.clone()).unwrap_or_default();
        let linkable = line.linkable();
        let site = self.input.options.dialect == Dialect::Site;
        let mut from = 0;
        while let Some(offset) = next_special(text.as_bytes().get(at..).unwrap_or_default()) {
            at += offset;
            let rest = text.get(at..).unwrap_or_default();
            match text.as_bytes().get(at).copied().unwrap_or_default() {
                b'{' if site => match ruby::at_start(rest) {
                    Some(found) => {
                        self.out.text(text.get(from..at).unwrap_or_default(), linkable);
                        self.ruby(found);
                        at += found.length;
                        from = at;
                    }
                    None => at += 1,
                },
                byte @ (b'*' | b'_' | b'~') => {
                    let length = rest.bytes().take_while(|&other| other == byte).count();
                    let before = text.get(..at).and_then(|before| before.chars().next_back());
                    let after = rest.get(length..).and_then(|after| after.chars().next());
                    let before = before.or_else(|| self.char_before(line.tokens, token, range.start));
                    let after = after.or_else(|| self.char_after(line.tokens, token, range.end));
                    let flanking = flanking(byte, before, after);
                    if (flanking.opens || flanking.closes) && (byte != b'~' || self.strikes(length)) {
                        self.out.text(text.get(from..at).unwrap_or_default(), linkable);
                        let piece = self.out.replaceable(rest.get(..length).unwrap_or_default());
                        self.runs.push(Run::new(piece, byte, length, flanking));
                        from = at + length;
                    }
                    at += length;
                }
                b'[' if site => {
                    self.check_mark(rest, range.start + at);
                    at += 1;
                }
                b':' | b'w' | b'@' if line.links == 0 && self.input.options.dialect != Dialect::CommonMark => {
                    match autolink::around(text, from, at) {
                        Some(found) => {
                            self.out.text(text.get(from..found.range.start).unwrap_or_default(), linkable);
                            self.autolink(text, &found, range.start);
                            at = found.range.end;
                            from = at;
                        }
                        None => at += 1,
                    }
                }
                _ => at += 1,
            }
        }
        self.out.text(text.get(from..).unwrap_or_default(), linkable);
    }

    /// A mark that stayed text leads to no footnote.
    fn check_mark(&mut self, text: &str, start: usize) {
        const BYTES_MAX: usize = 100;
        let Some(rest) = text.strip_prefix("[^") else { return };
        let Some(label) = rest.bytes().take(BYTES_MAX).position(|byte| byte == b']').and_then(|end| rest.get(..end))
        else {
            return;
        };
        if !label.is_empty() && !label.contains([' ', '[']) {
            let span = self.input.place.span(start..start + label.len() + 3);
            self.report.push(Diagnostic::new(Code::FootnoteUnknown).at(&span).arg("label", label));
        }
    }

    fn ruby(&mut self, found: ruby::Ruby<'_>) {
        let mut html = String::new();
        ruby::html_into(found, &mut html);
        self.out.html(&html);
    }

    /// One tilde is a range of hours or prices (`9:00~17:00`) and strikes nothing out.
    fn strikes(&self, length: usize) -> bool {
        match self.input.options.dialect {
            Dialect::Site => length == 2,
            Dialect::Gfm => length <= 2,
            Dialect::CommonMark => false,
        }
    }

    fn char_before(&self, tokens: &[Token<'_>], token: usize, at: usize) -> Option<char> {
        match token.checked_sub(1).and_then(|before| tokens.get(before))? {
            Token::Soft | Token::Hard => None,
            _ => self.input.source.get(..at)?.chars().next_back(),
        }
    }

    fn char_after(&self, tokens: &[Token<'_>], token: usize, at: usize) -> Option<char> {
        match tokens.get(token + 1)? {
            Token::Soft | Token::Hard => None,
            _ => self.input.source.get(at..)?.chars().next(),
        }
    }

    /// A line break between two characters of scripts without spaces.
    fn is_unspaced_break(&self, tokens: &[Token<'_>], at: usize) -> bool {
        if self.input.options.dialect != Dialect::Site {
            return false;
        }
        let before = tokens.iter().take(at).rev().find_map(|token| self.last_char(token));
        let after = tokens.iter().skip(at + 1).find_map(|token| self.first_char(token));
        before.is_some_and(is_unspaced) && after.is_some_and(is_unspaced)
    }

    fn last_char(&self, token: &Token<'_>) -> Option<char> {
        match token {
            Token::Raw { range, .. } => {
                let text = self.input.source.get(range.clone())?;
                text.trim_end_matches(['*', '_', '~', '}']).chars().next_back()
            }
            Token::Decoded(text) | Token::Code(text) => text.chars().next_back(),
            Token::Soft | Token::Hard | Token::OpenImage { .. } | Token::CloseImage => Some(' '),
            _ => None,
        }
    }

    fn first_char(&self, token: &Token<'_>) -> Option<char> {
        match token {
            Token::Raw { range, .. } => {
                let text = self.input.source.get(range.clone())?;
                text.trim_start_matches(['*', '_', '~', '{']).chars().next()
            }
            Token::Decoded(text) | Token::Code(text) => text.chars().next(),
            Token::Soft | Token::Hard | Token::OpenImage { .. } | Token::CloseImage => Some(' '),
            _ => None,
        }
    }

    /// A tag or comment among text: dropped, cleaned, or passed through where the specifications are tested.
    fn raw_html(&mut self, line: &mut Line<'_, 'a>, range: std::ops::Range<usize>) {
        let html = self.input.source.get(range.clone()).unwrap_or_default();
        if self.input.options.dialect != Dialect::Site {
            self.out.html(html);
        } else if self.input.options.raw_html {
            let cleaned = line.tags.clean(html);
            self.cleaned(cleaned, range);
        } else if !html.starts_with("</") && !html.starts_with("<!--") {
            self.report
                .push(Diagnostic::new(Code::RawHtml).at(&self.input.place.span(range)).arg("html", shorten(html)));
        }
    }

    fn autolink(&mut self, text: &str, found: &autolink::Found, start: usize) {
        let written = text.get(found.range.clone()).unwrap_or_default();
        let span = self.input.place.span(start + found.range.start..start + found.range.end);
        let url = Spanned::new(format!("{}{written}", found.prefix), span);
        let link = self.out.add_link(Link { url, title: String::new(), plain: true });
        self.out.push(Piece::OpenLink(link));
        self.out.text(written, false);
        self.out.push(Piece::CloseLink(link));
    }

    fn open_link(&mut self, line: &mut Line<'_, 'a>, url: &str, title: &str, range: std::ops::Range<usize>) {
        self.out.flush();
        let span = self.input.place.span(self.url_range(range.clone(), url));
        let link = if self.accepts(url, &span) {
            let plain = self.input.source.as_bytes().get(range.start) == Some(&b'<');
            let link = Link { url: Spanned::new(url.to_owned(), span), title: title.to_owned(), plain };
            let link = self.out.add_link(link);
            self.out.push(Piece::OpenLink(link));
            Some(link)
        } else {
            None
        };
        line.links += 1;
        line.open.push(Open::Link { link, bottom: self.runs.len(), first_piece: self.out.pieces.len(), range });
    }

    fn accepts(&mut self, url: &str, span: &crate::source::Span) -> bool {
        if self.input.options.dialect != Dialect::Site {
            return true;
        }
        if let Destination::Refused(scheme) = url::classify(url) {
            self.report.push(Diagnostic::new(Code::AddressRefused).at(span).arg("scheme", scheme.escape_debug()));
            return false;
        }
        if url.trim().is_empty() {
            self.report.push(Diagnostic::new(Code::LinkEmpty).at(span));
            return false;
        }
        true
    }

    fn open_image(&mut self, line: &mut Line<'_, 'a>, src: &str, title: &str, range: std::ops::Range<usize>) {
        self.out.flush();
        line.open.push(Open::Image {
            src: Spanned::new(src.to_owned(), self.input.place.span(self.url_range(range.clone(), src))),
            title: title.to_owned(),
            bottom: self.runs.len(),
            first_piece: self.out.pieces.len(),
            links: self.out.document.links.len(),
            images: self.out.document.images.len(),
            range,
        });
    }

    fn close(&mut self, line: &mut Line<'_, 'a>) {
        match line.open.pop() {
            Some(Open::Link { link, bottom, first_piece, range }) => {
                emphasis::resolve(&mut self.runs, bottom, &mut self.out);
                self.out.flush();
                line.links = line.links.saturating_sub(1);
                if let Some(link) = link {
                    self.check_link_text(first_piece, range);
                    self.out.push(Piece::CloseLink(link));
                }
            }
            Some(Open::Image { src, title, bottom, first_piece, links, images, range }) => {
                emphasis::resolve(&mut self.runs, bottom, &mut self.out);
                self.out.flush();
                let shown = self.out.pieces.get(first_piece..).unwrap_or_default();
                let alt = plain::text(&self.out.document, shown).replace(['\n', '\t'], " ");
                // What stood inside is words now: its links and pictures are none.
                self.out.pieces.truncate(first_piece);
                self.out.document.links.truncate(links);
                self.out.document.images.truncate(images);
                let image = Image { src, alt: alt.trim().to_owned(), title, span: self.input.place.span(range) };
                self.check_image(&image);
                let image = self.out.add_image(image);
                self.out.push(Piece::Image(image));
            }
            None => {}
        }
    }

    fn check_link_text(&mut self, first_piece: usize, range: std::ops::Range<usize>) {
        if self.input.options.dialect != Dialect::Site {
            return;
        }
        let pieces = self.out.pieces.get(first_piece..).unwrap_or_default();
        let text = plain::text(&self.out.document, pieces);
        let text = text.trim();
        let span = self.input.place.span(range);
        if text.is_empty() {
            self.report.push(Diagnostic::new(Code::LinkEmpty).at(&span));
        } else if is_vague(text) {
            self.report.push(Diagnostic::new(Code::LinkTextVague).at(&span).arg("text", text));
        }
    }

    fn check_image(&mut self, image: &Image) {
        if self.input.options.dialect != Dialect::Site {
            return;
        }
        if image.alt.is_empty() {
            self.report.push(Diagnostic::new(Code::ImageWithoutWords).at(&image.span));
        }
        if !matches!(url::classify(&image.src.value), Destination::Relative { .. } | Destination::Site(_)) {
            let remote = Diagnostic::new(Code::RemoteFile).at(&image.src.span);
            self.report.push(remote.arg("path", shorten(&image.src.value).escape_debug()));
        }
    }

    /// Where the address stands inside a link or picture; the whole if it stands elsewhere, as a definition.
    fn url_range(&self, range: std::ops::Range<usize>, url: &str) -> std::ops::Range<usize> {
        let written = self.input.source.get(range.clone()).unwrap_or_default();
        match written.rfind(url) {
            Some(at) if !url.is_empty() => range.start + at..range.start + at + url.len(),
            _ => range,
        }
    }
}

/// The next byte that may mean something.
fn next_special(bytes: &[u8]) -> Option<usize> {
    /// By byte: whether it may.
    const SPECIAL: [bool; 256] = {
        let mut table = [false; 256];
        let mut rest: &[u8] = b"{*_~:@w[";
        while let [byte, after @ ..] = rest {
            table[*byte as usize] = true;
            rest = after;
        }
        table
    };
    bytes.iter().position(|&byte| SPECIAL[byte as usize])
}

/// The words of a link must say where it leads, even when heard alone.
fn is_vague(text: &str) -> bool {
    const VAGUE: [&str; 20] = [
        "こちら",
        "ここ",
        "こちらから",
        "こちらへ",
        "詳細",
        "詳細はこちら",
        "詳しくはこちら",
        "くわしくはこちら",
        "もっと見る",
        "続きを読む",
        "続きはこちら",
        "リンク",
        "クリック",
        "ここをクリック",
        "here",
        "click here",
        "more",
        "read more",
        "details",
        "link",
    ];
    const BYTES_MAX: usize = 40;
    if text.len() > BYTES_MAX {
        return false;
    }
    let text = text.trim_end_matches(['。', '.', '…', '>', '＞', '»', '→', ' ']).to_lowercase();
    VAGUE.contains(&text.as_str())
}

/// The beginning of a long text, for a message.
pub(super) fn shorten(text: &str) -> String {
    const CHARACTERS_MAX: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
