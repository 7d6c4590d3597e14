//! The site as files: pages, maps, feeds, calendars, open data.
//!
//! In: the `Site` and the `Theme`. Out: artifacts, in the order of the plan of pages, handed to `check::Output` in
//! chunks so that a large site never lies in memory whole. It decides nothing: what is here is public.

mod body;
mod charts;
pub mod dead_links;
pub mod feeds;
mod head;
pub mod ics;
pub mod map;
mod maps;
pub mod open_data;
mod pages;
mod pictures;
mod publications;
mod qr;
mod site_view;
pub mod sitemap;
mod studio;
pub mod survey;
pub mod view;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artifact::{Artifact, Body};
use crate::check::{Facts, Output};
use crate::config::Lang;
use crate::diag::{Checked, Diagnostic};
use crate::site::{PageKind, Site, SitePage};
use crate::theme::{StaticBody, Theme};

use pictures::Used;
use studio::Studio;

/// Pages that are made at once; bounds the memory that finished pages take.
const CHUNK: usize = 64;
/// A list may be megabytes long; it counts as so many pages.
const LIST_WEIGHT: usize = 32;

/// A finished page, and the files that became public by it.
struct Finished {
    artifact: Artifact,
    facts: Facts,
    used: Used,
}

/// Makes every artifact.
pub fn all(site: &Site, theme: &Theme, output: &mut Output<'_>) -> Checked<()> {
    let mut report = theme.check_names(&view::field_names().collect());
    let maps = maps::Maps::new(site).spoken(theme);
    let mut studios: BTreeMap<&Lang, Studio<'_>> = BTreeMap::new();
    for lang in site.languages() {
        studios.insert(lang, Studio::new(site, theme, &maps, lang).into(&mut report));
    }
    let first = studios.get(site.public.config.default_language());
    let file_sizes = first.map(|studio| publications::put_open_data(studio, output)).unwrap_or_default();
    for studio in studios.values_mut() {
        studio.file_sizes = file_sizes.clone();
    }
    let mut used = Used::default();
    let mut told = BTreeSet::new();
    let mut rest = site.pages.as_slice();
    while let Some((chunk, later)) = rest.split_at_checked(chunk_of(rest)).filter(|(chunk, _)| !chunk.is_empty()) {
        rest = later;
        let known = output.known_links();
        let finished: Vec<Result<Finished, Box<Diagnostic>>> = chunk
            .par_iter()
            .filter_map(|page| studios.get(&page.lang).map(|studio| one(studio, page, known)))
            .collect();
        for page in finished {
            match page {
                Ok(page) => {
                    used.append(page.used);
                    output.put(page.artifact, Some(page.facts));
                }
                // A mistake in a shared template would be told once a page.
                Err(problem) if told.insert((problem.code, problem.primary.clone())) => report.push(*problem),
                Err(_) => {}
            }
        }
    }
    publications::put(site, &studios, output);
    used.put(site, output);
    static_files(theme, output);
    Checked::new((), report)
}

/// How many of the pages make the next chunk.
fn chunk_of(pages: &[SitePage]) -> usize {
    let weight = |page: &SitePage| match page.kind {
        PageKind::Section(_) | PageKind::Scene(_) | PageKind::Viewpoint(_) => LIST_WEIGHT,
        PageKind::Service(_) | PageKind::Category(_) | PageKind::Area(_) => LIST_WEIGHT,
        _ => 1,
    };
    let mut weights = pages.iter().scan(0, |sum, page| {
        *sum += weight(page);
        Some(*sum)
    });
    weights.position(|sum| sum >= CHUNK).map_or(pages.len(), |last| last + 1)
}

fn one(studio: &Studio<'_>, page: &SitePage, known: &BTreeSet<u64>) -> Result<Finished, Box<Diagnostic>> {
    let made = pages::make(studio, page)?;
    let facts = Facts::read(&made.html, known);
    let artifact = Artifact { path: made.path, body: Body::Bytes(made.html), origins: made.origins };
    Ok(Finished { artifact, facts, used: made.used })
}

fn static_files(theme: &Theme, output: &mut Output<'_>) {
    for file in &theme.files {
        let Some(path) = crate::artifact::OutputPath::new(&format!("static/{}", file.path)) else { continue };
        let (body, origins) = match &file.body {
            StaticBody::BuiltIn(bytes) => (Body::Bytes(bytes.to_vec()), Vec::new()),
            StaticBody::Text(source, text) => (Body::Bytes(text.as_bytes().to_vec()), vec![source.clone()]),
            StaticBody::Blob(source, blob) => {
                (Body::Copy { source: source.clone(), blob: blob.clone() }, vec![source.clone()])
            }
        };
        output.put_file(Artifact { path, body, origins });
    }
}
