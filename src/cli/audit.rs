//! `sumika audit`: are withdrawn stories gone from everything that was published or kept, and which consents end soon?

#![expect(clippy::disallowed_methods, reason = "edge: reads what was published and kept")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Status;
use super::file::exists;
use super::site::{SiteArguments, base_url};
use super::terminal::Terminal;
use crate::artifact::Artifact;
use crate::audit::{self, Expected, Withdrawn};
use crate::bundle;
use crate::cache::{Cache, Key};
use crate::diag::{Code, Diagnostic, Report};
use crate::fault::{Action, Fault};
use crate::pipeline::{self, Opened};
use crate::publish::output::STATE;
use crate::publish::{Manifest, Output, Pictures};
use crate::select::{ConsentState, Request};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "DIR")]
    out: Vec<PathBuf>,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let root = &arguments.site.root;
    let mut site = arguments.site.read(terminal)?;
    let opened = &mut site.opened.value;
    if let Some(url) = &arguments.base_url {
        std::sync::Arc::make_mut(&mut opened.library.config).base_url = base_url(url)?;
    }
    // With quarantine, so that a mistake elsewhere does not keep anybody from looking for residue.
    let request = Request { quarantine: true, ..site.request(false) };
    let opened = &site.opened.value;
    terminal.progress("組み立てています", "building");
    let now =
        Standard { withdrawn: audit::withdrawn(opened, &request), expected: audit::expected(built(opened, &request)) };
    let mut look = Look { opened, request, report: Report::new(), files: 0, pictures: now.pictures() };
    let folders = if arguments.out.is_empty() { vec![root.join("public")] } else { arguments.out.clone() };
    for folder in &folders {
        // A folder that was named and is not there is no proof that nothing is left.
        if !arguments.out.is_empty() {
            std::fs::read_dir(folder).map_err(|cause| Fault::io(Action::Read, folder, cause))?;
        }
        look.published((folder, root), &now, Pages::Same)?;
    }
    if arguments.out.is_empty() {
        look.bundles(root, &now)?;
    }
    look.cache(&root.join(STATE).join("cache"));
    let (mut report, files) = (look.report, look.files);
    for ending in audit::ending(&opened.library, site.at) {
        let soon = Diagnostic::new(Code::ConsentEndsSoon).at(&ending.place).arg("title", &ending.title);
        report.push(soon.arg("until", ending.until).arg("days", ending.days));
    }
    let residue = report.has_errors();
    terminal.report(&report.sorted(), &site.sources);
    say(terminal, &now.withdrawn, files, residue);
    Ok(if residue { Status::Errors } else { Status::Fine })
}

fn say(terminal: &Terminal, withdrawn: &[Withdrawn], files: usize, residue: bool) {
    for story in withdrawn {
        let (ja, en) = match story.state {
            ConsentState::Withdrawn => ("同意の取り下げ", "withdrawn"),
            ConsentState::Ended => ("同意の期限切れ", "consent ended"),
            ConsentState::Missing => ("同意の記録なし", "no consent recorded"),
            ConsentState::NotYet => ("同意の開始前", "consent to come"),
            ConsentState::OutOfScope => ("同意の範囲外", "outside its scope"),
        };
        let (path, title) = (&story.place.path, &story.title);
        terminal.say(terminal.pick(format!("{path}「{title}」：{ja}"), format!("{path} “{title}”: {en}")));
    }
    let count = withdrawn.len();
    terminal.say(match residue {
        true => terminal.pick(
            format!("{files} ファイルを調べました。残っているものがあります（上を見てください）"),
            format!("looked at {files} files: there is residue (see above)"),
        ),
        false => terminal.pick(
            format!("{files} ファイルを調べました。同意のない記事 {count}件は、どこにも残っていません"),
            format!("looked at {files} files: nothing is left of {count} articles without consent"),
        ),
    });
}

fn built(opened: &Opened, request: &Request) -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> = Vec::new();
    let _built = pipeline::build(opened, request, &mut artifacts);
    artifacts
}

/// By what a folder is judged: an instant's stories without consent, and what may be there.
struct Standard {
    withdrawn: Vec<Withdrawn>,
    expected: Expected,
}

impl Standard {
    fn pictures(&self) -> BTreeSet<Key> {
        self.expected.pictures.iter().map(Pictures::key).collect()
    }
}

/// How the pages of a folder are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pages {
    /// They are just those of the build.
    Same,
    /// They are searched for words: links and marks of an edition alone are its own.
    WithoutTrace,
}

struct Look<'a> {
    opened: &'a Opened,
    request: Request,
    report: Report,
    files: usize,
    /// Pictures that may be cached.
    pictures: BTreeSet<Key>,
}

impl Look<'_> {
    /// Editions that were built alone, for the printer or a council meeting: their pages are no site's, but hold no
    /// trace. What an edition that is not out yet will show may be there already.
    fn bundles(&mut self, root: &Path, now: &Standard) -> Result<(), Fault> {
        let entries = std::fs::read_dir(root).map_err(|cause| Fault::io(Action::Read, root, cause))?;
        for folder in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(slug) = name.strip_prefix("edition-").filter(|_| exists(&folder.join(Manifest::NAME))) else {
                continue;
            };
            match self.early(slug) {
                Some(early) => {
                    self.pictures.extend(early.pictures());
                    self.published((&folder, root), &early, Pages::WithoutTrace)?;
                }
                None => self.published((&folder, root), now, Pages::WithoutTrace)?,
            }
        }
        Ok(())
    }

    /// The standard of an edition that is not out yet.
    fn early(&self, slug: &str) -> Option<Standard> {
        let mut editions = self.opened.library.plans.iter().flat_map(|plan| &plan.editions);
        let release = editions.find(|edition| edition.id.as_str() == slug)?.release.value;
        let request = Request { at: release, ..self.request };
        (release > self.request.at).then(|| {
            let wish = bundle::Wish { slug, mark: None };
            let artifacts = bundle::bundle(built(self.opened, &request), &self.opened.library, wish);
            Standard { withdrawn: audit::withdrawn(self.opened, &request), expected: audit::expected(artifacts) }
        })
    }

    /// A published folder and what an interrupted build left beside it.
    fn published(&mut self, (folder, root): (&Path, &Path), standard: &Standard, pages: Pages) -> Result<(), Fault> {
        let output = Output::at(folder, root)?;
        for left in output.leftovers() {
            self.report.push(Diagnostic::new(Code::ReleaseLeft).arg("path", left.display()));
        }
        for entry in walkdir::WalkDir::new(output.folder()).into_iter().filter_map(Result::ok) {
            if !entry.file_type().is_file() {
                continue;
            }
            let below = entry.path().strip_prefix(output.folder()).unwrap_or(entry.path());
            let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            if name == Manifest::NAME {
                continue;
            }
            let bytes = std::fs::read(entry.path()).map_err(|cause| Fault::io(Action::Read, entry.path(), cause))?;
            self.files += 1;
            let file = File { name: &name, bytes: &bytes, place: entry.path() };
            if let Some(residue) = judged(&file, standard, pages) {
                self.report.push(residue);
            }
        }
        Ok(())
    }

    /// Pictures of what is no longer shown.
    fn cache(&mut self, folder: &Path) {
        for left in Cache::at(folder).others(&self.pictures) {
            self.report.push(Diagnostic::new(Code::PictureLeft).arg("path", left.display()));
        }
        let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
        self.files += entries.filter(|entry| entry.file_type().is_file()).count();
    }
}

/// A file that was published or handed on.
struct File<'f> {
    name: &'f str,
    bytes: &'f [u8],
    place: &'f Path,
}

/// What is wrong with its being there.
fn judged(file: &File<'_>, standard: &Standard, pages: Pages) -> Option<Diagnostic> {
    let text = String::from_utf8_lossy(file.bytes);
    let holds = |story: &&Withdrawn| story.words.iter().any(|word| text.contains(word.as_str()));
    if let Some(story) = standard.withdrawn.iter().find(holds) {
        let trace = Diagnostic::new(Code::TraceLeft).arg("path", file.place.display());
        return Some(trace.arg("title", &story.title).at(&story.place));
    }
    let same = match standard.expected.files.get(file.name) {
        Some(Some(expected)) if expected == file.bytes => true,
        Some(None) => true,
        _ if pages == Pages::WithoutTrace && file.name.ends_with(".html") => true,
        Some(Some(_)) | None => false,
    };
    (!same).then(|| Diagnostic::new(Code::PublishedIsNotNow).arg("path", file.place.display()))
}
