//! `sumika fmt [FILES]`: lists in their canonical form, each repair explained; `--check` only looks.

use std::path::{Path, PathBuf};

use clap::Args;

use super::terminal::Terminal;
use super::{Status, file};
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::facility::FACILITIES_FOLDER;
use crate::fault::Fault;
use crate::list::{Schema, canonical};
use crate::load::load;
use crate::source::{Limits, Source, SourcePath, Sources, Span};
use crate::table::Table;
use crate::vocabulary::{self, Vocabulary};

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
    #[arg(long)]
    check: bool,
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// More notes than this are counted, not shown.
const NOTES_SHOWN: usize = 40;

/// A list to be put in order.
struct List {
    /// As messages name it.
    path: SourcePath,
    /// Where it lies.
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let (vocabulary, lists) = lists(arguments)?;
    let schema = Schema::new(&vocabulary);
    let mut shown = Sources::new();
    let mut report = Report::new();
    let mut tidied = 0;
    for list in &lists {
        let text = file::read_text(&list.file)?;
        let table = Table::parse(&list.path, &text).value;
        shown.insert(list.path.clone(), Source::Text(text));
        let checked = canonical::canonical(&table, &schema);
        let repairs = checked.report.iter().count();
        report.append(checked.report);
        let Some(form) = checked.value.filter(|_| repairs > 0) else { continue };
        tidied += 1;
        if arguments.check {
            let not = Diagnostic::new(Code::ListNotCanonical).at(&Span::file(&list.path));
            report.push(not.arg("repairs", repairs).arg("path", &list.path));
        } else {
            file::write_whole(&list.file, form.as_bytes())?;
        }
    }
    let status = if report.has_errors() { Status::Errors } else { Status::Fine };
    tell(report, &shown, terminal);
    let all = lists.len();
    terminal.say(match arguments.check {
        true => terminal.pick(
            format!("一覧 {all} つのうち、整っていないもの {tidied}"),
            format!("{tidied} of {all} lists are not in canonical form"),
        ),
        false => terminal.pick(
            format!("一覧 {all} つのうち、整えたもの {tidied}"),
            format!("{tidied} of {all} lists were put in canonical form"),
        ),
    });
    Ok(status)
}

/// The site's vocabulary, and the lists that were named, or else all of the site's.
fn lists(arguments: &Arguments) -> Result<(Vocabulary, Vec<List>), Fault> {
    let first = arguments.files.first().map_or(Path::new("."), PathBuf::as_path);
    let root = arguments.root.clone().or_else(|| file::site_around(first));
    let root = match root {
        None if arguments.files.is_empty() => PathBuf::from("."),
        None => return Ok((Vocabulary::builtin(), named(&arguments.files)?)),
        Some(root) => root,
    };
    let sources = load(&root, &Limits::STANDARD)?.sources;
    let vocabulary = vocabulary::read(&sources).value;
    if !arguments.files.is_empty() {
        return Ok((vocabulary, named(&arguments.files)?));
    }
    let of_site = sources.texts_in(FACILITIES_FOLDER, "csv");
    let lists = of_site.map(|(path, _)| List { path: path.clone(), file: root.join(path.as_str()) }).collect();
    Ok((vocabulary, lists))
}

fn named(files: &[PathBuf]) -> Result<Vec<List>, Fault> {
    let list = |file: &PathBuf| {
        let shown = SourcePath::new(&file.to_string_lossy().replace('\\', "/"));
        let path = shown.map_or_else(|| file::name(file), Ok)?;
        Ok(List { path, file: file.clone() })
    };
    files.iter().map(list).collect()
}

/// All errors; of the notes the first ones, and how many there are more.
fn tell(report: Report, shown: &Sources, terminal: &Terminal) {
    let notes = report.count(Severity::Note);
    let mut told = Report::new();
    let mut left = NOTES_SHOWN;
    for finding in report.sorted().iter() {
        if finding.severity == Severity::Note {
            if left == 0 {
                continue;
            }
            left -= 1;
        }
        told.push(finding.clone());
    }
    terminal.report(&told, shown);
    if let Some(more) = notes.checked_sub(NOTES_SHOWN).filter(|more| *more > 0) {
        terminal.note(terminal.pick(format!("ほかに {more} か所あります"), format!("and {more} more places")));
    }
}
