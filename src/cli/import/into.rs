//! Puts imported rows into a list, and keeps beside it what was imported.

use std::path::{Path, PathBuf};

use super::super::file;
use super::super::terminal::Terminal;
use super::{Arguments, Doubtful, Origin, day, outcome};
use crate::diag::{Code, Diagnostic};
use crate::facility::FACILITIES_FOLDER;
use crate::fault::Fault;
use crate::import::Imported;
use crate::import::list::{self, Context, Terms};
use crate::import::snapshot::Snapshot;
use crate::list::{self as form, Schema, Sheet, canonical};
use crate::source::{Source, Sources, Text};
use crate::table::{Table, headings};

/// What was asked for, and the columns of the site.
pub(super) struct Request<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) origin: Origin,
    pub(super) schema: &'a Schema,
    /// What the file said when it was made, where it says so itself.
    pub(super) base: Option<Snapshot>,
}

/// Where the list is: a bare name, `care`, is the site's list of that name; `lists/care` is `lists/care.csv`.
pub(super) fn list_of(named: &Path, root: Option<&Path>) -> PathBuf {
    if named.extension().is_some() || file::exists(named) {
        return named.to_owned();
    }
    let folder = root.filter(|_| named.components().count() == 1).map(|root| root.join(FACILITIES_FOLDER));
    folder.unwrap_or_default().join(named).with_extension("csv")
}

/// Makes the list, or compares it with the import and, if it may, brings it up to date.
pub(super) fn put(list: &Path, imported: &Imported, request: &Request<'_>, terminal: &Terminal) -> Result<(), Fault> {
    let shown = list.display();
    let record = record_of(list, request.origin);
    let is_new = !file::exists(list);
    if is_new && request.base.is_none() && !file::exists(&record) {
        return make((list, &record), imported, request, terminal);
    }
    let only_existing = request.origin == Origin::Kouseikyoku && !is_new;
    let terms = Terms { only_existing, ..terms(request.arguments)? }.for_base(request.base.as_ref());
    let old = match is_new {
        true => form::text(&list::write(&[], request.schema, request.arguments.headings.language())),
        false => file::read_text(list)?,
    };
    let sheet = read_list(list, old.clone(), request.schema, terminal)?;
    let last = match &request.base {
        Some(base) => base.clone(),
        None if file::exists(&record) => Snapshot::read(&file::name(&record)?, &file::read_text(&record)?),
        None => Snapshot::default(),
    };
    let merged = list::merge(sheet, imported, &last, &Context { schema: request.schema, terms: &terms });
    if is_new && merged.outcome.doubtful.is_empty() {
        let rows = merged.sheet.rows.len();
        file::write_whole(list, merged.sheet.to_csv().as_bytes())?;
        if request.base.is_none() {
            file::write_whole(&record, merged.snapshot.write().as_bytes())?;
        }
        terminal
            .say(terminal.pick(format!("{shown} を作りました（{rows} 行）"), format!("made {shown} ({rows} rows)")));
        return Ok(());
    }
    terminal.say(outcome::tell(&merged.outcome, terminal.language));
    let text = merged.sheet.to_csv();
    let news = !merged.outcome.changes_nothing() || merged.snapshot != last;
    if request.arguments.write && news {
        if !merged.outcome.changes_nothing() {
            file::write_whole(list, text.as_bytes())?;
        }
        if request.base.is_none() {
            file::write_whole(&record, merged.snapshot.write().as_bytes())?;
        }
    }
    terminal.say(match (merged.outcome.changes_nothing(), request.arguments.write) {
        (true, _) => terminal.pick(format!("{shown} はそのままです"), format!("{shown} stays as it is")),
        (false, true) => terminal.pick(format!("{shown} に書き込みました"), format!("{shown} is written")),
        (false, false) => terminal.pick(
            format!("{shown} はまだ変えていません。よければ `--write` を付けて、もう一度実行してください"),
            format!("{shown} is not changed yet: run it again with `--write`"),
        ),
    });
    Ok(())
}

/// A list that is not there yet, from a source that was never asked before.
fn make(
    (list, record): (&Path, &Path),
    imported: &Imported,
    request: &Request<'_>,
    terminal: &Terminal,
) -> Result<(), Fault> {
    let (rows, schema, language) = (&imported.rows, request.schema, request.arguments.headings.language());
    file::write_pieces((list, record), |out| list::write_pieces(rows, schema, language, out))?;
    let (shown, rows) = (list.display(), rows.len());
    terminal.say(terminal.pick(format!("{shown} を作りました（{rows} 行）"), format!("made {shown} ({rows} rows)")));
    Ok(())
}

/// The cells of a list that can be put in order; else its rows that can't be read are told.
fn read_list(list: &Path, text: Text, schema: &Schema, terminal: &Terminal) -> Result<Sheet, Fault> {
    let path = file::name(list)?;
    let table = Table::parse(&path, &text).value;
    let form = canonical::canonical(&table, schema);
    let found = headings::find(&table, schema.known()).value;
    if let (Some(_), Some(found)) = (form.value, found) {
        return Ok(Sheet::of(&table, &found));
    }
    let mut shown = Sources::new();
    shown.insert(path, Source::Text(text));
    terminal.report(&form.report.sorted(), &shown);
    Err(Diagnostic::new(Code::ImportListUnreadable).arg("path", list.display()).into())
}

fn terms(arguments: &Arguments) -> Result<Terms, Fault> {
    let pair =
        |text: &String| text.split_once('=').map(|(one, other)| (one.trim().to_owned(), other.trim().to_owned()));
    Ok(Terms {
        doubtful: match arguments.doubtful {
            Doubtful::Ask => list::Doubtful::Ask,
            Doubtful::Same => list::Doubtful::Same,
            Doubtful::New => list::Doubtful::New,
        },
        same: arguments.same.iter().filter_map(pair).collect(),
        close_gone: arguments.close_gone.as_deref().map(day).transpose()?,
        ..Terms::default()
    })
}

/// `resources/imports/care.kaigo.csv` of `resources/facilities/care.csv`; beside a list that lies elsewhere.
fn record_of(list: &Path, origin: Origin) -> PathBuf {
    let stem = list.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let folder = list.parent().unwrap_or(Path::new(""));
    let name = format!("{stem}.{}.csv", origin.name());
    match folder.file_name().is_some_and(|name| name == "facilities") {
        true => folder.with_file_name("imports").join(name),
        false => folder.join(format!("{stem}.{}.imported.csv", origin.name())),
    }
}
