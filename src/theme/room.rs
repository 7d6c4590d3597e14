//! A theme furnished for one language of one site: pages are rendered here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::fold::{self, Folded};
use super::{Template, Theme, Words, complaint};
use crate::diag::{Checked, Diagnostic, Report};

/// Most pages, and most parts, are shorter, so that their bytes are not moved while they are written.
const PAGE_USUAL: usize = 16 * 1024;
const PART_USUAL: usize = 2 * 1024;

/// A finished page does not hold on to more unused memory than this.
const SLACK_MAX: usize = 64 * 1024;

/// Templates with the strings of one language and the site-wide values. Shared by all threads.
pub struct Room {
    tera: Tera,
    templates: BTreeMap<String, Template>,
    words: Words,
}

impl Theme {
    /// A room for one language. `site` becomes the variable `site`; each template of `shared/` is rendered once
    /// and becomes a field of `shared`.
    pub fn room(&self, words: Words, site: &impl Serialize, base_path: &str) -> Checked<Room> {
        let mut report = Report::new();
        let mut tera = self.tera.clone();
        self.furnish(&mut tera, &words, site, base_path);
        let shared = self.shared_parts(&tera, &mut report);
        let templates = self.folded(&words, &shared);
        let texts = templates.iter().map(|(name, template)| (name.as_str(), template.folded.text.as_str()));
        // Constants cannot break a template that was read before; if one did, the unfolded templates stay.
        let templates = if tera.add_raw_templates(texts).is_ok() { templates } else { self.templates.clone() };
        let parts: BTreeMap<&str, Value> =
            shared.iter().map(|(stem, html)| (stem.as_str(), Value::safe_string(html))).collect();
        tera.global_context().insert("shared", &parts);
        Checked::new(Room { tera, templates, words }, report)
    }

    /// Functions and variables that are the same on all pages.
    fn furnish(&self, tera: &mut Tera, words: &Words, site: &impl Serialize, base_path: &str) {
        register(tera, words, self.files.iter().map(|file| file.path.clone()).collect(), base_path);
        let globals = tera.global_context();
        globals.insert("site", site);
        let strings: BTreeMap<&str, &str> = words.iter().collect();
        globals.insert("t", &strings);
    }

    /// The templates of `shared/`, rendered, by their stems.
    fn shared_parts(&self, tera: &Tera, report: &mut Report) -> BTreeMap<String, String> {
        let mut shared = BTreeMap::new();
        for name in self.templates.keys() {
            let Some(stem) = name.strip_prefix("shared/").and_then(|name| name.strip_suffix(".html")) else {
                continue;
            };
            let html = tera.render(name, &Context::new()).unwrap_or_else(|problem| {
                report.push(complaint::rendering(&problem, &self.templates, name));
                String::new()
            });
            shared.insert(stem.to_owned(), html.trim().to_owned());
        }
        shared
    }

    /// The templates with strings and shared parts written in.
    fn folded(&self, words: &Words, shared: &BTreeMap<String, String>) -> BTreeMap<String, Template> {
        let constant = |expression: &str| match fold::string_key(expression) {
            Some(key) => words.find(key).map(escape),
            None => fold::shared_part(expression).and_then(|stem| shared.get(stem)).cloned(),
        };
        let fold = |template: &Template| Template { folded: Folded::new(&template.text, constant), ..template.clone() };
        self.templates.iter().map(|(name, template)| (name.clone(), fold(template))).collect()
    }
}

/// As the engine escapes what it prints.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Room {
    /// The strings of its language.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// A part of a page as HTML. `address` names it in messages.
    pub fn render(&self, template: &str, part: impl Serialize, address: &str) -> Result<String, Box<Diagnostic>> {
        let html = self.bytes((template, PART_USUAL), part, address)?;
        Ok(String::from_utf8(html).unwrap_or_else(|problem| unreachable!("the engine writes text: {problem}")))
    }

    /// A page as the bytes of its file. `address` names it in messages.
    pub fn page(&self, template: &str, page: impl Serialize, address: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.bytes((template, PAGE_USUAL), page, address)
    }

    fn bytes(
        &self,
        (template, usual): (&str, usize),
        page: impl Serialize,
        address: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let complain = |problem: Error| Box::new(complaint::rendering(&problem, &self.templates, address));
        let context = Context::from_serialize(&page).map_err(complain)?;
        // The context holds all of it; a list of thousands need not be in memory twice.
        drop(page);
        let mut html = Vec::with_capacity(usual);
        self.tera.render_to(template, &context, &mut html).map_err(complain)?;
        if html.capacity() - html.len() > SLACK_MAX {
            html.shrink_to_fit();
        }
        Ok(html)
    }
}

/// Filters know nothing of the site: they are there from the beginning.
pub(super) fn register_filters(tera: &mut Tera) {
    tera.register_filter("callable", |html: &str, _: Kwargs, _: &State<'_>| crate::japan::callable(html));
}

/// Functions of this name must exist when templates are read; `register` puts the real ones in their place.
pub(super) fn register_placeholders(tera: &mut Tera) {
    for name in ["t", "static_url"] {
        tera.register_function(name, |_: Kwargs, _: &State<'_>| -> TeraResult<String> { Ok(String::new()) });
    }
}

fn register(tera: &mut Tera, words: &Words, files: Vec<String>, base_path: &str) {
    let words = words.clone();
    tera.register_function("t", move |args: Kwargs, _: &State<'_>| translate(&words, &args));
    let (files, base): (Arc<[String]>, Arc<str>) = (Arc::from(files), Arc::from(base_path));
    tera.register_function("static_url", move |args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path = args.must_get::<&str>("path")?;
        if files.iter().any(|file| file == path) {
            Ok(format!("{base}static/{path}"))
        } else {
            Err(Error::message(format!("there is no file `static/{path}` in the theme")))
        }
    });
}

fn shown(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed)
}

/// `t(key="results", n=3, name="…")`.
fn translate(words: &Words, args: &Kwargs) -> TeraResult<String> {
    let key = args.must_get::<&str>("key")?;
    if words.find(key).is_none() {
        return Err(Error::message(format!("there is no string `{key}`")));
    }
    let singular = args.get::<u64>("n")?.is_some_and(|n| n == 1);
    let named = args.iter().filter_map(|(name, value)| Some((name.as_str()?, shown(value))));
    let named: Vec<(&str, Cow<'_, str>)> = named.collect();
    let args: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, &**value)).collect();
    Ok(words.fill_form(key, singular, &args))
}
