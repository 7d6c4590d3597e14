//! `theme.toml`: what a theme decides besides its templates.

use std::sync::Arc;

use super::built_in;
use crate::diag::Report;
use crate::source::SourcePath;
use crate::tree::{Fields, Value, parse_toml};

/// What `theme.toml` says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Widths in pixels in which pictures of articles are made, ascending.
    pub picture_widths_px: Vec<u32>,
}

/// The built-in settings with the site's own on top.
pub(super) fn read(own: Option<&(SourcePath, Arc<str>)>, report: &mut Report) -> Settings {
    let (path, text) = built_in::settings();
    let mut settings = Settings { picture_widths_px: Vec::new() };
    let mut flaws = Report::new();
    apply(&mut settings, &path, text, &mut flaws);
    assert!(flaws.is_empty(), "the built-in theme.toml is tested: {flaws:?}");
    if let Some((path, text)) = own {
        apply(&mut settings, path, text, report);
    }
    settings
}

fn apply(settings: &mut Settings, path: &SourcePath, text: &str, report: &mut Report) {
    let table = parse_toml(text, path, 0).into(report);
    let fields = Fields::new(&table, "");
    if let Some(pictures) = fields.fields("pictures") {
        let widths = widths(&pictures);
        if !widths.is_empty() {
            settings.picture_widths_px = widths;
        }
        pictures.finish(report);
    }
    fields.finish(report);
}

fn widths(pictures: &Fields<'_>) -> Vec<u32> {
    let Some(node) = pictures.node("widths") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        pictures.wrong_type("widths", node, "数の並び (list of numbers)");
        return Vec::new();
    };
    let mut widths = Vec::new();
    for item in items {
        match item.value {
            Value::Integer(width @ 16..=8000) => widths.extend(u32::try_from(width)),
            _ => pictures.wrong_type("widths", item, "16–8000"),
        }
    }
    widths.sort_unstable();
    widths.dedup();
    widths
}
