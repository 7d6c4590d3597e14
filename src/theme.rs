//! The look of a site: templates, strings, static files, picture widths.
//!
//! In: the sources below `themes/NAME/`, on top of the theme built into the binary. Out: a `Theme` that is always
//! usable (what is broken in a site's own theme falls back to the built-in one) and a report with the place
//! of every mistake in a template. It must not know what the site holds: pages bring their own views.
//!
//! *Why are strings variables (`t.skip`) and a function (`t(key="…", n=3)`)?* A variable costs a tenth of a
//! call, and most strings of a page have nothing to fill in.

mod built_in;
mod complaint;
mod fold;
mod names;
mod room;
mod settings;
mod strings;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Tera;

use crate::diag::{Checked, Code, Diagnostic, Report};
use crate::source::{Blob, Source, SourcePath, Sources, Span};
use crate::tree::nearest;

pub use room::Room;
pub use settings::Settings;
pub use words::Words;

use strings::StringTable;

/// The name of the theme inside the binary.
pub const BUILT_IN: &str = "default";

/// A theme, complete.
#[derive(Clone)]
pub struct Theme {
    tera: Tera,
    templates: BTreeMap<String, Template>,
    strings: BTreeMap<String, StringTable>,
    own_strings: BTreeMap<String, StringTable>,
    folder: String,
    /// The files that are published as they are.
    pub files: Vec<StaticFile>,
    /// Picture widths and the like.
    pub settings: Settings,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Theme").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The text of a template and where it comes from.
#[derive(Clone, Debug)]
struct Template {
    path: SourcePath,
    text: Arc<str>,
    own: bool,
    folded: fold::Folded,
}

/// A file that is published as it is, below `static/`.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Its path below `static/`.
    pub path: String,
    /// Where its bytes are.
    pub body: StaticBody,
}

/// Where the bytes of a static file are.
#[derive(Clone, Debug)]
pub enum StaticBody {
    /// In the binary.
    BuiltIn(&'static [u8]),
    /// In the site, as text: published as UTF-8.
    Text(SourcePath, Arc<str>),
    /// In the site, bytes that stay on the disk.
    Blob(SourcePath, Blob),
}

/// Reads the theme `name`; `named_at` is where the configuration names it.
pub fn parse(sources: &Sources, name: &str, named_at: Option<&Span>) -> Checked<Theme> {
    let mut report = Report::new();
    let folder = format!("themes/{name}");
    let own = Folder::read(sources, &folder, &mut report);
    if own.is_empty() && name != BUILT_IN {
        report.push(unknown_theme(sources, name, named_at));
    }
    let mut templates = built_in::templates();
    let replaced = templates.clone();
    templates.extend(own.templates);
    report.append(unused(&templates, &replaced));
    let tera = assemble(&mut templates, replaced, &mut report);
    let settings = settings::read(own.settings.as_ref(), &mut report);
    let mut own_strings = BTreeMap::new();
    for (lang, (path, text)) in &own.strings {
        own_strings.insert(lang.clone(), strings::parse(path, text, &mut report));
    }
    let mut files = built_in::files();
    files.extend(own.files);
    let files = files.into_iter().map(|(path, body)| StaticFile { path, body }).collect();
    let theme = Theme { tera, templates, strings: built_in::strings(), own_strings, folder, files, settings };
    report.append(theme.check_strings());
    Checked::new(theme, report)
}

/// A site's own theme folder, sorted by what each file is for.
#[derive(Default)]
struct Folder {
    templates: BTreeMap<String, Template>,
    strings: BTreeMap<String, (SourcePath, Arc<str>)>,
    files: BTreeMap<String, StaticBody>,
    settings: Option<(SourcePath, Arc<str>)>,
}

impl Folder {
    fn is_empty(&self) -> bool {
        self.templates.is_empty() && self.strings.is_empty() && self.files.is_empty() && self.settings.is_none()
    }

    fn read(sources: &Sources, folder: &str, report: &mut Report) -> Self {
        let mut found = Self::default();
        let prefix = format!("{folder}/");
        for (path, source) in sources.iter() {
            let Some(inner) = path.as_str().strip_prefix(&prefix) else { continue };
            let taken = match source {
                Source::Text(text) => found.take(path, inner, Arc::clone(&text.text)),
                Source::Blob(blob) => found.take_blob(path, inner, blob),
                Source::Bytes(_) | Source::Refused(_) => continue,
            };
            if !taken {
                report.push(Diagnostic::new(Code::ThemeFileUnused).at(&Span::file(path)).arg("path", path));
            }
        }
        found
    }

    fn take_blob(&mut self, path: &SourcePath, inner: &str, blob: &Blob) -> bool {
        let Some(name) = inner.strip_prefix("static/") else { return false };
        self.files.insert(name.to_owned(), StaticBody::Blob(path.clone(), blob.clone()));
        true
    }

    /// Puts a file where it belongs; false when it belongs nowhere.
    fn take(&mut self, path: &SourcePath, inner: &str, text: Arc<str>) -> bool {
        if let Some(name) = inner.strip_prefix("static/") {
            self.files.insert(name.to_owned(), StaticBody::Text(path.clone(), text));
            return true;
        }
        if let Some(name) = inner.strip_prefix("templates/").filter(|name| name.ends_with(".html")) {
            self.templates.insert(
                name.to_owned(),
                Template { path: path.clone(), text, own: true, folded: fold::Folded::default() },
            );
        } else if let Some(lang) = inner.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml")) {
            self.strings.insert(lang.to_owned(), (path.clone(), text));
        } else if inner == "theme.toml" {
            self.settings = Some((path.clone(), text));
        } else {
            return matches!(inner, "README.md" | "LICENSE" | "LICENSE.txt" | "README.txt");
        }
        true
    }
}

fn unknown_theme(sources: &Sources, name: &str, named_at: Option<&Span>) -> Diagnostic {
    let mut known: Vec<&str> = vec![BUILT_IN];
    known.extend(
        sources.iter().filter_map(|(path, _)| path.as_str().strip_prefix("themes/")?.split_once('/')).map(|(n, _)| n),
    );
    known.sort_unstable();
    known.dedup();
    let known: Vec<String> = known.into_iter().map(|theme| format!("`{theme}`")).collect();
    let unknown = Diagnostic::new(Code::ThemeUnknown).arg("name", name).arg("known", known.join(" "));
    match named_at {
        Some(span) => unknown.at(span),
        None => unknown,
    }
}

/// The site's templates that take no built-in one's place and that no other template names.
fn unused(templates: &BTreeMap<String, Template>, built_in: &BTreeMap<String, Template>) -> Report {
    let mut report = Report::new();
    for (name, template) in templates.iter().filter(|(name, template)| template.own && !built_in.contains_key(*name)) {
        // Components are called by their own names.
        let is_found = ["shortcodes/", "shared/"].iter().any(|folder| name.starts_with(folder))
            || template.text.contains("{% component");
        let is_named = || {
            let written = [format!("\"{name}\""), format!("'{name}'")];
            templates.values().any(|other| written.iter().any(|written| other.text.contains(written)))
        };
        if !is_found && !is_named() {
            let near = nearest(name, built_in.keys().map(String::as_str));
            let hint = near.map_or_else(String::new, |near| format!("→ `{near}` ?"));
            let unused = Diagnostic::new(Code::TemplateUnused).at(&Span::file(&template.path));
            report.push(unused.arg("name", name).arg("hint", hint));
        }
    }
    report
}

/// An engine with every template. A template that cannot be read gives way to the built-in one.
fn assemble(
    templates: &mut BTreeMap<String, Template>,
    built_in: BTreeMap<String, Template>,
    report: &mut Report,
) -> Tera {
    let broken: Vec<String> = templates
        .iter()
        .filter(|(_, template)| template.own)
        .filter_map(|(name, template)| {
            let problem = complaint::syntax(name, template)?;
            report.push(problem);
            Some(name.clone())
        })
        .collect();
    for name in broken {
        match built_in.get(&name) {
            Some(template) => templates.insert(name, template.clone()),
            None => templates.remove(&name),
        };
    }
    match engine(templates) {
        Ok(tera) => tera,
        Err(problem) => {
            for diagnostic in complaint::assembly(&problem, templates) {
                report.push(diagnostic);
            }
            *templates = built_in;
            engine(templates).unwrap_or_else(|problem| unreachable!("the built-in theme is tested: {problem}"))
        }
    }
}

fn engine(templates: &BTreeMap<String, Template>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    room::register_placeholders(&mut tera);
    room::register_filters(&mut tera);
    tera.add_raw_templates(templates.iter().map(|(name, template)| (name.as_str(), &*template.text)))?;
    Ok(tera)
}
