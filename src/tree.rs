//! TOML and YAML as one spanned tree.
//!
//! In: text and its place. Out: a `Table` whose keys and values know where they stand, and a report of the mistakes
//! of writing in our own words: of TOML one a line, of YAML the first. Schemas read this tree through `Fields`; serde
//! would stop at the first error and lose places. (The mapping of an import, a tool's own file, is the exception.)

mod mistake;
mod reader;
#[cfg(test)]
mod tests;
mod time;
mod toml;
mod web_address;
mod yaml;

use crate::source::{Span, Spanned};

pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;
pub use reader::{Fields, nearest, unknown_identifier};
pub(crate) use reader::{has_hidden, is_hidden, may_have_hidden};
pub use time::{parse_date, parse_instant};
pub use web_address::is_web_address;
pub(crate) use web_address::is_wide;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where, without surrounding blanks.
    pub span: Span,
}

/// A TOML or YAML value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Quoted text.
    Text(String),
    /// An unquoted YAML scalar: text, number, date or boolean, as the schema wants it.
    Plain(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A TOML date, time or both, as written.
    DateTime(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Value {
    /// What kind of value it is, for messages in Japanese and English.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Plain(_) => "文字 (text)",
            Self::Integer(_) | Self::Float(_) => "数 (number)",
            Self::Boolean(_) => "true / false",
            Self::DateTime(_) => "日付 (date)",
            Self::List(_) => "並び (list)",
            Self::Table(_) => "表 (table)",
        }
    }
}

/// Keys and values in the order of the file.
#[derive(Clone, Debug)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
    /// The header or braces; see `Table::extent` for all that belongs to it.
    pub span: Span,
    /// True where the text around it is wrongly written: what is not here may be there for its author, and what is
    /// here may belong elsewhere. Then nothing is missing and no key is unknown.
    pub partial: bool,
}

/// One key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as written.
    pub key: Spanned<String>,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// A table without entries.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self { entries: Vec::new(), span, partial: false }
    }

    /// Stands for a table that is missing or wrongly written, which has been told: nothing is missed in it.
    #[must_use]
    pub fn unknown(span: Span) -> Self {
        Self { partial: true, ..Self::empty(span) }
    }

    /// Drops the values that a mistake of writing lies in or beside; what is left is part of the table only.
    fn spoil(&mut self, mistakes: &[std::ops::Range<u32>]) {
        self.partial = true;
        self.entries.retain_mut(|entry| entry.node.spoil(entry.key.span.start, mistakes));
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.node)
    }

    /// From the header's first byte to the last byte of the last value inside: what to cut to remove the table.
    #[must_use]
    pub fn extent(&self) -> Span {
        let mut extent = self.span.clone();
        for entry in &self.entries {
            extent.start = extent.start.min(entry.key.span.start);
            extent.end = extent.end.max(node_end(&entry.node));
        }
        extent
    }

    /// From the key to the last byte of its value: what to cut to remove the entry.
    #[must_use]
    pub fn extent_of(&self, key: &str) -> Option<Span> {
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        let start = match &entry.node.value {
            Value::Table(table) => table.extent().start.min(entry.key.span.start),
            _ => entry.key.span.start,
        };
        Some(Span { start, end: node_end(&entry.node).max(entry.key.span.end), ..entry.key.span.clone() })
    }
}

impl Node {
    /// False where a mistake lies between `start` and the end of the value. Tables keep what is sound in them.
    fn spoil(&mut self, start: u32, mistakes: &[std::ops::Range<u32>]) -> bool {
        match &mut self.value {
            Value::Table(table) => {
                table.spoil(mistakes);
                true
            }
            Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Table(_))) => {
                items.retain_mut(|item| item.spoil(item.span.start, mistakes));
                true
            }
            _ => {
                let end = node_end(self);
                mistakes.iter().all(|mistake| mistake.end <= start || mistake.start > end)
            }
        }
    }
}

fn node_end(node: &Node) -> u32 {
    let inner = match &node.value {
        Value::Table(table) => table.extent().end,
        Value::List(items) => items.iter().map(node_end).max().unwrap_or(0),
        _ => 0,
    };
    node.span.end.max(inner)
}
