//! Languages, text that may be written in several, and telephone numbers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::japan::phone::Phone;
use crate::source::Spanned;
use crate::tree::{Fields, Value};

/// A language tag as BCP 47 writes it in lower case: `ja`, `en`, `zh-hant`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// The tag, if it is well formed: a part of two or three letters, then parts of up to eight.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let first = parts
            .next()
            .is_some_and(|part| (2..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_lowercase()));
        let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
        (first && rest).then(|| Self(Arc::from(tag)))
    }

    /// Japanese.
    #[must_use]
    pub fn ja() -> Self {
        Self(Arc::from("ja"))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for Japanese in any script.
    #[must_use]
    pub fn is_japanese(&self) -> bool {
        self.as_str() == "ja" || self.as_str().starts_with("ja-")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Text in one or several languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Localised {
    texts: BTreeMap<Lang, String>,
    first: Lang,
}

impl Localised {
    /// Text in one language.
    #[must_use]
    pub fn plain(lang: &Lang, text: &str) -> Self {
        Self { texts: BTreeMap::from([(lang.clone(), text.to_owned())]), first: lang.clone() }
    }

    /// The text in `lang`, else in the site's first language, else in any.
    #[must_use]
    pub fn get(&self, lang: &Lang) -> &str {
        let found = self.texts.get(lang).or_else(|| self.texts.get(&self.first));
        found.or_else(|| self.texts.values().next()).map_or("", String::as_str)
    }

    /// The text in `lang` itself, if written.
    #[must_use]
    pub fn exact(&self, lang: &Lang) -> Option<&str> {
        self.texts.get(lang).map(String::as_str)
    }
}

/// Reads a telephone or fax number as lists have them: one number, with its area code. It is kept as written.
pub fn phone(fields: &Fields<'_>, key: &str) -> Option<Spanned<String>> {
    let text = fields.text(key)?;
    if let Err(problem) = Phone::parse(&text.value) {
        let unreadable = Diagnostic::new(Code::PhoneUnreadable).at(&text.span).arg("value", &text.value);
        fields.push(unreadable.arg("column", fields.name(key)).label(&text.span, problem.key()));
    }
    Some(text)
}

/// Reads `key = "…"` (the first language) or `key = { ja = "…", en = "…" }`.
pub fn localised(fields: &Fields<'_>, key: &str, languages: &[Lang]) -> Option<Localised> {
    let first = languages.first().cloned().unwrap_or_else(Lang::ja);
    if !matches!(fields.node(key)?.value, Value::Table(_)) {
        return fields.text(key).map(|text| Localised::plain(&first, &text.value));
    }
    let inner = fields.fields(key)?;
    let mut texts = BTreeMap::new();
    for lang in languages {
        if let Some(text) = inner.text(lang.as_str()) {
            texts.insert(lang.clone(), text.value);
        }
    }
    if !texts.contains_key(&first) && !inner.is_partial() {
        let missing = Diagnostic::new(Code::MissingKey).at(inner.span()).arg("key", inner.name(first.as_str()));
        fields.push(missing);
    }
    let mut report = crate::diag::Report::new();
    inner.finish(&mut report);
    for diagnostic in report.iter() {
        fields.push(diagnostic.clone());
    }
    Some(Localised { texts, first })
}
