//! What of the published site differs from one instant to the next: the site is built at every change and compared.
//!
//! In: everything authored and the changes. Out: of each change, the files that appear, change and go. Only sums of
//! files are kept, so a year of a large site fits in memory.

use std::collections::BTreeMap;

use super::Change;
use crate::artifact::{Artifact, Body, Sink};
use crate::pipeline::{self, Opened};
use crate::select::Request;
use crate::source::ContentHash;

/// The files that differ at an instant from what was published before it, by path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pages {
    /// Files that were not there.
    pub new: Vec<String>,
    /// Files that hold something else.
    pub changed: Vec<String>,
    /// Files that were there.
    pub gone: Vec<String>,
}

/// Sums of a site's files by path.
#[derive(Default)]
struct Sums(BTreeMap<String, ContentHash>);

impl Sink for Sums {
    fn put(&mut self, artifact: Artifact) {
        let sum = match &artifact.body {
            Body::Bytes(bytes) => ContentHash::of(bytes),
            Body::Copy { blob, .. } => blob.hash,
            Body::Image(job) => {
                let told = format!("{} {} {}", job.hash.full(), job.width_px, job.format.extension());
                ContentHash::of(told.as_bytes())
            }
        };
        self.0.insert(artifact.path.as_str().to_owned(), sum);
    }
}

/// Builds the site at the request's instant and at every change after it, and notes what differs.
pub fn compare(opened: &Opened, request: &Request, changes: &mut [Change]) {
    let build = |at| {
        let mut sums = Sums::default();
        let _told_by_check = pipeline::build(opened, &Request { at, ..request.clone() }, &mut sums);
        sums
    };
    let mut before = build(request.at);
    for change in changes {
        let after = build(change.at);
        change.pages = Some(between(&before, &after));
        before = after;
    }
}

fn between(before: &Sums, after: &Sums) -> Pages {
    let mut pages = Pages::default();
    for (path, sum) in &after.0 {
        match before.0.get(path) {
            None => pages.new.push(path.clone()),
            Some(old) if old != sum => pages.changed.push(path.clone()),
            Some(_) => {}
        }
    }
    pages.gone = before.0.keys().filter(|path| !after.0.contains_key(*path)).cloned().collect();
    pages
}

/// The address of a page: `/areas/` of `areas/index.html`; none of other files.
pub(super) fn address(path: &str) -> Option<String> {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => Some(format!("/{folder}")),
        _ => path.ends_with(".html").then(|| format!("/{path}")),
    }
}
