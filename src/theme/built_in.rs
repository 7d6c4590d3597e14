//! The theme inside the binary.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, File, include_dir};

use super::fold::Folded;
use super::strings::{self, StringTable};
use super::{BUILT_IN, StaticBody, Template};
use crate::diag::Report;
use crate::source::SourcePath;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Its templates by their name below `templates/`.
pub(super) fn templates() -> BTreeMap<String, Template> {
    texts("templates/", ".html")
        .into_iter()
        .map(|(name, text)| {
            let path = source_path(&format!("templates/{name}"));
            (name, Template { path, text: Arc::from(text), own: false, folded: Folded::default() })
        })
        .collect()
}

/// Its static files by their path below `static/`.
pub(super) fn files() -> BTreeMap<String, StaticBody> {
    all()
        .filter_map(|file| {
            let name = inner(file)?.strip_prefix("static/")?;
            Some((name.to_owned(), StaticBody::BuiltIn(file.contents())))
        })
        .collect()
}

/// Its strings by language.
pub(super) fn strings() -> BTreeMap<String, StringTable> {
    texts("i18n/", ".toml")
        .into_iter()
        .map(|(name, text)| {
            let lang = name.trim_end_matches(".toml").to_owned();
            let mut report = Report::new();
            let table = strings::parse(&source_path(&format!("i18n/{name}")), text, &mut report);
            assert!(report.is_empty(), "the built-in strings are tested: {report:?}");
            (lang, table)
        })
        .collect()
}

/// Its `theme.toml`.
pub(super) fn settings() -> (SourcePath, &'static str) {
    let text = FOLDER.get_file("theme.toml").and_then(File::contents_utf8).unwrap_or_default();
    (source_path("theme.toml"), text)
}

fn texts(folder: &str, ending: &str) -> Vec<(String, &'static str)> {
    all()
        .filter_map(|file| {
            let name = inner(file)?.strip_prefix(folder)?;
            name.ends_with(ending).then(|| Some((name.to_owned(), file.contents_utf8()?)))?
        })
        .collect()
}

/// A file's path in the folder, with slashes on every system.
fn inner(file: &File<'static>) -> Option<&'static str> {
    let path = file.path().to_str()?;
    debug_assert!(!path.contains('\\'), "paths are embedded with slashes");
    // The path's lifetime is the folder's, not the borrow's.
    FOLDER.get_file(path).and_then(|file| file.path().to_str())
}

fn all() -> impl Iterator<Item = &'static File<'static>> {
    let mut folders = vec![&FOLDER];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        files.extend(folder.files());
        folders.extend(folder.dirs());
    }
    files.into_iter()
}

fn source_path(inner: &str) -> SourcePath {
    SourcePath::new(&format!("themes/{BUILT_IN}/{inner}"))
        .unwrap_or_else(|| unreachable!("embedded names are plain: {inner}"))
}
