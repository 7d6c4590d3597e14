//! One event as the text of an article.

use std::fmt::Write;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::super::quoting::toml_string;
use crate::geo::Position;
use crate::source::Span;

/// A file name has at most so many letters of the title.
const TITLE_LETTERS: usize = 20;
/// A description has at most so many letters.
const DESCRIPTION_LETTERS: usize = 90;

/// An event of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Article {
    /// The name of its file without `.md`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// First day.
    pub(super) first: Date,
    /// Last day.
    pub(super) last: Date,
    /// `09:00`.
    pub(super) from: Option<String>,
    /// `17:00`.
    pub(super) to: Option<String>,
    /// What was written where the time is not clear.
    pub(super) time_in_words: Option<String>,
    pub(super) venue: String,
    pub(super) address: String,
    pub(super) position: Option<Position>,
    pub(super) capacity: Option<u32>,
    pub(super) url: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) deadline: Option<Date>,
    pub(super) description: String,
    pub(super) facts: Vec<(&'static str, String)>,
    /// The row that it was made of.
    pub(super) origin: Span,
}

impl Article {
    /// The whole file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::from("+++\n");
        let mut line = |key: &str, value: String| {
            if !value.is_empty() && value != "\"\"" {
                let _ = writeln!(out, "{key} = {value}");
            }
        };
        let one_line = self.description.split_whitespace().collect::<Vec<_>>().join(" ");
        line("title", toml_string(&self.title.split_whitespace().collect::<Vec<_>>().join(" ")));
        line("description", toml_string(&one_line.chars().take(DESCRIPTION_LETTERS).collect::<String>()));
        line("date", self.first.to_string());
        line("draft", "true".to_owned());
        line("\n[event]\nstarts", at(self.first, self.from.as_deref()));
        if self.last != self.first || self.to.is_some() {
            line("ends", at(self.last, self.to.as_deref()));
        }
        line("venue", toml_string(&self.venue));
        line("address", toml_string(&self.address));
        if let Some(Position { lat, lon }) = self.position {
            line("lat", format!("{lat:?}"));
            line("lon", format!("{lon:?}"));
        }
        line("capacity", self.capacity.map_or_else(String::new, |count| count.to_string()));
        let apply = [
            self.url.as_ref().map(|url| format!("url = {}", toml_string(url))),
            self.phone.as_ref().map(|phone| format!("phone = {}", toml_string(phone))),
            self.deadline.map(|day| format!("deadline = {day}")),
        ];
        let apply: Vec<String> = apply.into_iter().flatten().collect();
        if !apply.is_empty() {
            line("apply", format!("{{ {} }}", apply.join(", ")));
        }
        out.push_str("+++\n");
        self.push_body(&mut out);
        out
    }

    fn push_body(&self, out: &mut String) {
        for paragraph in self.description.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let _ = write!(out, "\n{}\n", escaped(paragraph));
        }
        let time = self.time_in_words.iter().map(|words| ("時間", words));
        let facts = time.chain(self.facts.iter().map(|(name, value)| (*name, value)));
        for (number, (name, value)) in facts.enumerate() {
            let before = if number == 0 { "\n" } else { "" };
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{before}- {name}：{}", escaped(&value));
        }
    }
}

fn at(day: Date, clock: Option<&str>) -> String {
    clock.map_or_else(|| day.to_string(), |clock| format!("{day}T{clock}:00"))
}

/// `2026-08-12-まなび映画can`.
pub(super) fn slug(first: Date, title: &str) -> String {
    let letters = title
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || *c == 'ー')
        .take(TITLE_LETTERS)
        .collect::<String>();
    if letters.is_empty() { first.to_string() } else { format!("{first}-{letters}") }
}

/// Text of others as text: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let begins = at == 0 && matches!(c, ':' | '+' | '-' | '=');
        if begins
            || matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '!' | '|' | '~' | '&')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
