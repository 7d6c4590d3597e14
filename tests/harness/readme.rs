//! The first site of a README: its files as a reader would type them.

use std::path::Path;

use jiff::Timestamp;
use sumika::diag::Language;
use sumika::select::{Medium, Request};
use sumika::source::{SourcePath, Sources};

use super::program::{self, Wish};

/// What is wrong with the site that a README tells its readers to make.
pub(crate) fn complaints(readme: &str) -> Vec<String> {
    let text = match std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)) {
        Ok(text) => text,
        Err(problem) => return vec![problem.to_string()],
    };
    let mut sources = Sources::new();
    let files = files(&text);
    for (path, content) in &files {
        match SourcePath::new(path) {
            Some(path) => sources.insert_text(path, content.as_bytes()),
            None => return vec![format!("no path: {path}")],
        }
    }
    let request = Request {
        at: Timestamp::UNIX_EPOCH,
        now: Timestamp::UNIX_EPOCH,
        medium: Medium::Web,
        drafts: false,
        quarantine: false,
    };
    let at = "2026-07-01T00:00:00Z".parse().unwrap_or(request.at);
    let outcome =
        program::build(&sources, &Wish { request: Request { at, now: at, ..request }, language: Language::Ja });
    let mut found = Vec::new();
    if files.len() != 4 || !outcome.outputs.contains_key("facilities/hikari/index.html") {
        found.push(format!("{} files make {} outputs", files.len(), outcome.outputs.len()));
    }
    if !outcome.report.is_empty() {
        found.push(outcome.said);
    }
    found
}

/// A line that begins with a path in backquotes names the fenced block below it.
fn files(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut name: Option<String> = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            found.extend(name.take().map(|name| (name, block.join("\n") + "\n")));
        } else if let Some((path, _)) = line.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            name = Some(path.to_owned());
        }
    }
    found
}
