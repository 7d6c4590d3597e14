//! Writes tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::{Writer, alignment};
use crate::diag::{Code, Diagnostic};
use crate::markdown::Dialect;
use crate::markdown::out::{Piece, Word};

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        if self.input.options.dialect == Dialect::Site {
            // What may be wider than the page must be reachable by keyboard to be scrolled.
            self.out.html("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
            self.out.push(Piece::Word(Word::Table));
            self.out.html("\">");
        }
        self.out.html("<table>\n");
    }

    pub(super) fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.html("<thead>\n<tr>\n");
            }
            Tag::TableRow => {
                self.table.column = 0;
                if !self.table.has_body {
                    self.table.has_body = true;
                    self.out.html("<tbody>\n");
                }
                self.out.html("<tr>\n");
            }
            _ => self.start_cell(),
        }
    }

    fn start_cell(&mut self) {
        let site = self.input.options.dialect == Dialect::Site;
        let aligned = self.table.alignments.get(self.table.column).copied().and_then(alignment);
        self.out.html(match (self.table.in_head, site) {
            (true, true) => "<th scope=\"col\"",
            (true, false) => "<th",
            (false, _) => "<td",
        });
        if let Some(aligned) = aligned {
            self.out.html(if site { " class=\"" } else { " align=\"" });
            self.out.html(aligned);
            self.out.html("\"");
        }
        self.out.html(">");
    }

    pub(super) fn end_cell(&mut self, range: Range<usize>) {
        let tokens = std::mem::take(&mut self.tokens);
        if self.input.options.dialect == Dialect::Site {
            self.check_half_ruby(range);
        }
        self.inline(&tokens, true);
        self.recycle(tokens);
        self.out.html(if self.table.in_head { "</th>\n" } else { "</td>\n" });
        self.table.column += 1;
    }

    /// The bar of a ruby ends the cell; what is left looks like `{漢字`.
    fn check_half_ruby(&mut self, range: Range<usize>) {
        let cell = self.input.source.get(range.clone()).unwrap_or_default();
        let Some(brace) = cell.rfind('{') else { return };
        let rest = cell.get(brace..).unwrap_or_default();
        let escaped = cell.get(..brace).is_some_and(|before| before.ends_with('\\'));
        let next_is_bar = self.input.source.get(range.end..).is_some_and(|after| after.trim_start().starts_with('|'));
        if rest.len() > 1 && !rest.contains('}') && !escaped && next_is_bar {
            let span = self.input.place.span(range.start + brace..range.end);
            self.report.push(Diagnostic::new(Code::RubyHalf).at(&span).arg("text", rest.trim()));
        }
    }

    pub(super) fn end_table_part(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.html("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.html("</tr>\n"),
            _ => {
                self.out.html(if self.table.has_body { "</tbody>\n</table>" } else { "</table>" });
                self.out.html(if self.input.options.dialect == Dialect::Site { "</div>\n" } else { "\n" });
            }
        }
    }
}
