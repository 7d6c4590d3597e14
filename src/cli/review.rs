//! `sumika review BASE [HEAD]`: what a change does to the lists, for the person who decides on it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::file::refuse_public;
use super::side::{self, Side};
use super::terminal::Terminal;
use crate::area::{self, Areas};
use crate::config;
use crate::fault::{Action, Fault};
use crate::review::markdown::Wording;
use crate::review::{Comparison, Context, alarm, compare, json, map, markdown};
use crate::source::Sources;
use crate::vocabulary::{self, Vocabulary};

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "BASE")]
    base: String,
    #[arg(value_name = "HEAD")]
    head: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "URL")]
    preview: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Json,
}

/// The site around the lists, as far as it is there.
pub(super) struct Around {
    vocabulary: Vocabulary,
    areas: Areas,
    share_percent: usize,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    if let Some(out) = &arguments.out {
        refuse_public(&arguments.root, out)?;
    }
    terminal.progress("読み込んでいます", "reading");
    let mut base = side::read(&arguments.root, &arguments.base)?;
    let head = match &arguments.head {
        Some(name) => side::read(&arguments.root, name)?,
        None => side::read_site(&arguments.root)?,
    };
    base.called_as(&head);
    let around = Around::of(&arguments.root, &head)?;
    terminal.progress("比べています", "comparing");
    let mut comparison = compare(&base.lists, &head.lists, around.context());
    comparison.unreadable.extend([&base.unreadable, &head.unreadable].into_iter().flatten().cloned());
    let text = match arguments.format {
        Format::Json => json::render(&comparison),
        Format::Markdown => {
            let alarms = alarm::alarms(&comparison, around.share_percent).sorted();
            let preview = arguments.preview.as_deref().map(|url| format!("{}/", url.trim_end_matches('/')));
            let drawings = arguments.out.as_ref().map(|_| "");
            let (language, preview) = (terminal.language, preview.as_deref());
            let whole = Wording { language, preview, drawings, characters_max: usize::MAX };
            if let Some(folder) = &arguments.out {
                let comment = Wording { drawings: None, characters_max: markdown::COMMENT_CHARACTERS, ..whole };
                put(folder, "comment.md", &markdown::render(&comparison, &alarms, comment))?;
            }
            markdown::render(&comparison, &alarms, whole)
        }
    };
    match &arguments.out {
        None => terminal.write(text),
        Some(folder) => write(folder, arguments.format, &text, (&comparison, &around.areas))?,
    }
    Ok(Status::Fine)
}

impl Around {
    /// From the head where it is a site, else from the root where that is one, else what is built in.
    pub(super) fn of(root: &Path, head: &Side) -> Result<Self, Fault> {
        let is_site = |sources: &Sources| sources.text_at("sumika.toml").is_some();
        if is_site(&head.sources) {
            return Ok(Self::read(&head.sources));
        }
        match crate::load::expect_site(root) {
            Ok(()) => Ok(Self::read(&side::read_site(root)?.sources)),
            Err(_) => Ok(Self::read(&Sources::new())),
        }
    }

    fn read(sources: &Sources) -> Self {
        let config = config::read(sources).value;
        Self {
            vocabulary: vocabulary::read(sources).value,
            areas: area::read(sources, &config.areas).value,
            share_percent: config.changed_at_most_percent,
        }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { vocabulary: &self.vocabulary, areas: &self.areas }
    }
}

/// `review.md` (or `review.json`), and a drawing for each move. `comment.md` beside it fits into a comment of GitHub.
fn write(folder: &Path, format: Format, text: &str, (comparison, areas): (&Comparison, &Areas)) -> Result<(), Fault> {
    let name = match format {
        Format::Markdown => "review.md",
        Format::Json => "review.json",
    };
    put(folder, name, text)?;
    for change in &comparison.changed {
        if let Some(drawing) = map::draw(change, areas) {
            put(folder, &markdown::drawing(change), &drawing)?;
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "edge: writes the review")]
fn put(folder: &Path, name: &str, text: &str) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|cause| Fault::io(Action::Create, folder, cause))?;
    let place = folder.join(name);
    std::fs::write(&place, text).map_err(|cause| Fault::io(Action::Write, &place, cause))
}
