//! Typed fields out of a tree: what nobody asked for is an error, unless the text could not be read whole.

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Node, Table, Value, is_web_address, parse_date, parse_instant};
use crate::diag::{Code, Diagnostic, Report};
use crate::source::{Span, Spanned};

/// Reads one table. Call `finish` last: it reports the keys that were not asked for.
pub struct Fields<'a> {
    table: &'a Table,
    prefix: String,
    asked: RefCell<Vec<String>>,
    report: RefCell<Report>,
}

impl<'a> Fields<'a> {
    /// A reader of `table`; `prefix` (like `event.`) goes before key names in messages.
    #[must_use]
    pub fn new(table: &'a Table, prefix: &str) -> Self {
        Self { table, prefix: prefix.to_owned(), asked: RefCell::default(), report: RefCell::default() }
    }

    /// Where the table stands.
    #[must_use]
    pub fn span(&self) -> &Span {
        &self.table.span
    }

    /// Reports a problem of a field.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().push(diagnostic);
    }

    /// The node of a key, if written.
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key.to_owned());
        self.table.get(key)
    }

    /// True when the key is written; does not count as reading it.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Text that must be there.
    pub fn required_text(&self, key: &str) -> Option<Spanned<String>> {
        self.require(key).then(|| self.text(key)).flatten()
    }

    /// True when the table may hold more than could be read: what it lacks is no mistake.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.table.partial
    }

    /// True when the key is there; reports it missing where the table is whole.
    pub fn require(&self, key: &str) -> bool {
        let present = self.has(key);
        if !present {
            self.asked.borrow_mut().push(key.to_owned());
        }
        if !present && !self.is_partial() {
            let header = Span { end: self.table.span.end.max(self.table.span.start), ..self.table.span.clone() };
            self.push(Diagnostic::new(Code::MissingKey).at(&header).arg("key", self.name(key)));
        }
        present
    }

    /// Text, trimmed; empty text and invisible characters are errors.
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.text_of(key, node)
    }

    /// The address of a page on another site; a word, a part of an address or a script is an error.
    pub fn web_address(&self, key: &str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        if is_web_address(&text.value) {
            return Some(text);
        }
        let unusable = Diagnostic::new(Code::WebAddressUnusable).at(&text.span);
        self.push(unusable.arg("key", self.name(key)).arg("value", &text.value));
        None
    }

    /// A list of texts; one text stands for a list of one.
    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.text_of(key, item)).collect(),
            _ => self.text_of(key, node).into_iter().collect(),
        }
    }

    fn text_of(&self, key: &str, node: &Node) -> Option<Spanned<String>> {
        let (Value::Text(text) | Value::Plain(text)) = &node.value else {
            self.wrong_type(key, node, "文字 (text)");
            return None;
        };
        if let Some(hidden) = text.chars().find(|&c| is_hidden(c)) {
            let character = format!("U+{:04X}", u32::from(hidden));
            let found = Diagnostic::new(Code::HiddenCharacter).at(&node.span).arg("key", self.name(key));
            self.push(found.arg("character", character));
            return None;
        }
        if text.trim().is_empty() {
            self.push(Diagnostic::new(Code::EmptyValue).at(&node.span).arg("key", self.name(key)));
            return None;
        }
        Some(Spanned::new(text.trim().to_owned(), node.span.clone()))
    }

    /// True or false; absent is `None`.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Boolean(flag) => Some(*flag),
            Value::Plain(text) if text == "true" => Some(true),
            Value::Plain(text) if text == "false" => Some(false),
            _ => {
                self.wrong_type(key, node, "true / false");
                None
            }
        }
    }

    /// A whole number within limits, both included.
    pub fn integer(&self, key: &str, min: i64, max: i64) -> Option<Spanned<i64>> {
        let node = self.node(key)?;
        let number = match &node.value {
            Value::Integer(number) => Some(*number),
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.wrong_type(key, node, "整数 (whole number)");
            return None;
        };
        if (min..=max).contains(&number) {
            return Some(Spanned::new(number, node.span.clone()));
        }
        let range = Diagnostic::new(Code::NumberOutOfRange).at(&node.span).arg("key", self.name(key));
        self.push(range.arg("value", number).arg("min", min).arg("max", max));
        None
    }

    /// A finite number within limits, both included.
    pub fn number(&self, key: &str, min: f64, max: f64) -> Option<Spanned<f64>> {
        let node = self.node(key)?;
        let number = match &node.value {
            #[expect(clippy::cast_precision_loss, reason = "authored numbers are small")]
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.wrong_type(key, node, "数 (number)");
            return None;
        };
        if number >= min && number <= max {
            return Some(Spanned::new(number, node.span.clone()));
        }
        let range = Diagnostic::new(Code::NumberOutOfRange).at(&node.span).arg("key", self.name(key));
        self.push(range.arg("value", number).arg("min", min).arg("max", max));
        None
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        self.moment(key, parse_date)
    }

    /// An instant; days and local times are those of `zone`.
    pub fn instant(&self, key: &str, zone: &TimeZone) -> Option<Spanned<Timestamp>> {
        self.moment(key, |text| parse_instant(text, zone))
    }

    fn moment<T>(&self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        let node = self.node(key)?;
        let (Value::DateTime(text) | Value::Text(text) | Value::Plain(text)) = &node.value else {
            self.wrong_type(key, node, "日付 (date)");
            return None;
        };
        let parsed = parse(text);
        if parsed.is_none() {
            let date = Diagnostic::new(Code::UnreadableDate).at(&node.span).arg("key", self.name(key));
            self.push(date.arg("value", text));
        }
        parsed.map(|value| Spanned::new(value, node.span.clone()))
    }

    /// One of a fixed set of names.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        self.choose(key, text, choices)
    }

    /// Several of a fixed set of names.
    pub fn choices<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Vec<Spanned<T>> {
        self.texts(key).into_iter().filter_map(|text| self.choose(key, text, choices)).collect()
    }

    fn choose<T: Copy>(&self, key: &str, text: Spanned<String>, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned::new(*value, text.span));
        }
        let names = choices.iter().map(|(name, _)| *name);
        self.push(unknown_identifier(&self.name(key), &text, names));
        None
    }

    /// A table below the key, to be read with its own `Fields`.
    pub fn table(&self, key: &str) -> Option<&'a Table> {
        let node = self.node(key)?;
        match &node.value {
            Value::Table(table) => Some(table),
            _ => {
                self.wrong_type(key, node, "表 (table)");
                None
            }
        }
    }

    /// A reader of the table below the key.
    pub fn fields(&self, key: &str) -> Option<Fields<'a>> {
        self.table(key).map(|table| Fields::new(table, &format!("{}{key}.", self.prefix)))
    }

    /// The tables of `[[key]]`; a single table stands for a list of one.
    pub fn tables(&self, key: &str) -> Vec<&'a Table> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Value::Table(table) => return vec![table],
            Value::List(items) => items,
            _ => {
                self.wrong_type(key, node, "表の並び (list of tables)");
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for item in items {
            match &item.value {
                Value::Table(table) => tables.push(table),
                _ => self.wrong_type(key, item, "表 (table)"),
            }
        }
        tables
    }

    /// The name of a key as messages show it.
    #[must_use]
    pub fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// Reports a value of the wrong kind.
    pub fn wrong_type(&self, key: &str, node: &Node, expected: &str) {
        let wrong = Diagnostic::new(Code::WrongType).at(&node.span).arg("key", self.name(key));
        self.push(wrong.arg("expected", expected).arg("found", node.value.kind()));
    }

    /// Reports unknown keys, where the table is whole, and hands over all that was found wrong.
    pub fn finish(self, report: &mut Report) {
        let (asked, mut own) = (self.asked.take(), self.report.take());
        for entry in self.table.entries.iter().filter(|_| !self.table.partial) {
            if !asked.contains(&entry.key.value) {
                let names = || asked.iter().map(String::as_str);
                if let Some(meant) = nearest(&entry.key.value, names()) {
                    // Misspelt, it is not missing as well.
                    let meant = format!("{}{meant}", self.prefix);
                    own = own.keeping(|told| told.code != Code::MissingKey || told.filling("key") != meant);
                }
                let hint = hint(&entry.key.value, names());
                let key = format!("{}{}", self.prefix, entry.key.value);
                own.push(Diagnostic::new(Code::UnknownKey).at(&entry.key.span).arg("key", key).arg("hint", hint));
            }
        }
        report.append(own);
    }
}

/// What was found wrong must not be lost on the way out of a function that stopped early.
impl Drop for Fields<'_> {
    fn drop(&mut self) {
        let is_told = self.report.get_mut().iter().next().is_none();
        debug_assert!(is_told || std::thread::panicking(), "`{}` was not finished: {:?}", self.prefix, self.report);
    }
}

/// The diagnostic for a name that is none of `known`.
pub fn unknown_identifier<'n>(key: &str, text: &Spanned<String>, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let unknown = Diagnostic::new(Code::UnknownIdentifier).at(&text.span).arg("key", key).arg("value", &text.value);
    unknown.arg("hint", hint(&text.value, known))
}

/// "Did you mean", or the list of what can be written.
fn hint<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = known.collect();
    names.sort_unstable();
    names.dedup();
    if let Some(near) = nearest(written, names.iter().copied()) {
        return format!("→ `{near}` ?");
    }
    if names.is_empty() {
        return "→ —".to_owned();
    }
    let shown: Vec<String> = names.iter().take(24).map(|name| format!("`{name}`")).collect();
    format!("→ {}{}", shown.join(" "), if names.len() > 24 { " …" } else { "" })
}

/// The known name that is nearest to a misspelt one, if any is near.
#[must_use]
pub fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let folded = written.to_lowercase().replace('-', "_");
    let scored = known.map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name));
    let (distance, name) = scored.min()?;
    let allowed = (name.chars().count().max(3) / 3).max(1);
    (distance <= allowed).then_some(name)
}

/// Bidirectional controls, zero-width characters and control characters other than line breaks and tabs.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a text holds a hidden character.
pub(crate) fn has_hidden(text: &str) -> bool {
    let blocks = text.as_bytes().chunks(BLOCK_BYTES).enumerate().filter(|(_, block)| is_marked(block));
    let mut places = blocks.flat_map(|(number, block)| {
        block.iter().enumerate().filter(|(_, byte)| is_mark(**byte)).map(move |(at, _)| number * BLOCK_BYTES + at)
    });
    places.any(|at| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_hidden))
}

/// Whether a text may hold a hidden character or a line break: most do not, and are done with.
pub(crate) fn may_have_hidden(text: &str) -> bool {
    text.as_bytes().chunks(BLOCK_BYTES).any(is_marked)
}

/// So many bytes are looked at in one step.
const BLOCK_BYTES: usize = 32;

/// Looks at all bytes, wherever the first mark is, so that the compiler can take them side by side.
fn is_marked(block: &[u8]) -> bool {
    block.iter().fold(false, |found, &byte| found | is_mark(byte))
}

/// A byte with which a control or hidden character can begin. Kana and kanji have none.
const fn is_mark(byte: u8) -> bool {
    (byte < 0x20)
        | (byte == 0x7F)
        | (byte == 0xC2)
        | (byte == 0xD8)
        | (byte == 0xE1)
        | (byte == 0xE2)
        | (byte == 0xEF)
        | (byte == 0xF3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;
    use crate::tree::parse_toml;

    #[test]
    fn hidden_characters_are_found_wherever_they_stand() {
        for hidden in ['\u{200B}', '\u{202E}', '\u{FEFF}', '\u{E0001}', '\u{85}', '\0', '\u{7F}'] {
            for before in 0..70 {
                let plain = "看－（a\n".chars().cycle().take(before).collect::<String>();
                assert!(!has_hidden(&plain), "{plain:?}");
                let text = format!("{plain}{hidden}取");
                assert!(has_hidden(&text) && may_have_hidden(&text), "{text:?}");
            }
        }
        assert!(!may_have_hidden("みとり看取り mitori"));
    }

    #[test]
    fn misspelt_keys_get_the_near_name() {
        let path = SourcePath::new("a.toml").expect("a plain name");
        let tree = parse_toml("publsh = 1\ndraft = \"yes\"\n", &path, 0).value;
        let fields = Fields::new(&tree, "");
        assert_eq!(fields.boolean("draft"), None);
        let zone = TimeZone::UTC;
        assert!(fields.instant("publish", &zone).is_none());
        let mut report = Report::new();
        fields.finish(&mut report);
        let found: Vec<(Code, Option<&str>)> = report
            .iter()
            .map(|d| (d.code, d.args.iter().find(|(name, _)| *name == "hint").map(|(_, hint)| hint.as_str())))
            .collect();
        assert_eq!(found, [(Code::WrongType, None), (Code::UnknownKey, Some("→ `publish` ?"))]);
    }
}
