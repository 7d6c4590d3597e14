//! `sumika import KIND FILE…`: open data of the ministry or of a municipality, into a list.
//!
//! Without `--into` the list goes to standard output. A list that exists is only compared, until `--write` says
//! that it may be changed. Which municipality and which areas are ours is read from the site around the list.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use super::{Status, file};
use crate::area::{self, Areas};
use crate::calendar::date;
use crate::config::{self, Municipality};
use crate::diag::{Code, Diagnostic, Language, Severity};
use crate::fault::Fault;
use crate::import::list::{self, HeadingLanguage, Merged};
use crate::import::{Imported, Input, Options, kaigo, standard};
use crate::japan::municipality_code::MunicipalityCode;
use crate::load::load;
use crate::source::{Encoding, Limits};
use crate::table::Table;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "kaigo|standard")]
    kind: Kind,
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "LIST")]
    into: Option<PathBuf>,
    #[arg(long, requires = "into")]
    write: bool,
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    #[arg(long, value_name = "CODE")]
    municipality: Vec<String>,
    #[arg(long, value_name = "NAME")]
    city: Vec<String>,
    #[arg(long, value_name = "ID")]
    category: Option<String>,
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_name = "ja|en", default_value = "ja", value_enum)]
    headings: Headings,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Kaigo,
    Standard,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Headings {
    Ja,
    En,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    terminal.progress("読み込んでいます", "reading");
    let inputs = arguments.files.iter().map(|file| read_input(file)).collect::<Result<Vec<_>, _>>()?;
    let (municipalities, areas) = match site_root(arguments) {
        Some(root) => read_site(&root)?,
        None => (Vec::new(), Areas::default()),
    };
    let options = options(arguments, &municipalities, &areas)?;
    let mut imported = match arguments.kind {
        Kind::Kaigo => kaigo::import(&inputs, &options),
        Kind::Standard => standard::import(&inputs, &options),
    };
    if imported.rows.is_empty() {
        let nothing = Diagnostic::new(Code::ImportNothing).arg("read", imported.report.total().read);
        imported.report.findings.push(nothing);
    }
    terminal.note(imported.report.render(&inputs, terminal.language).trim_end());
    let broken = imported.report.findings.count(Severity::Error) > 0;
    match &arguments.into {
        None if imported.rows.is_empty() => {}
        None => terminal.say(list::write(&imported.rows, arguments.headings.language()).trim_end()),
        Some(list) => put_into(list, &imported, arguments, terminal)?,
    }
    Ok(if broken || imported.rows.is_empty() { Status::Errors } else { Status::Fine })
}

impl Headings {
    fn language(self) -> HeadingLanguage {
        match self {
            Self::Ja => HeadingLanguage::Japanese,
            Self::En => HeadingLanguage::English,
        }
    }
}

/// What the command line says, and for the rest the site.
fn options<'a>(arguments: &Arguments, municipalities: &[Municipality], areas: &'a Areas) -> Result<Options<'a>, Fault> {
    let code = |text: &String| {
        MunicipalityCode::parse(text)
            .map_err(|_| Fault::from(Diagnostic::new(Code::MunicipalityCode).arg("value", text)))
    };
    let named = !arguments.municipality.is_empty() || !arguments.city.is_empty();
    let of_site: Vec<&Municipality> = municipalities.iter().filter(|_| !named).collect();
    let mut codes = arguments.municipality.iter().map(code).collect::<Result<Vec<_>, _>>()?;
    codes.extend(of_site.iter().filter_map(|municipality| MunicipalityCode::parse_six(&municipality.code).ok()));
    let mut cities = arguments.city.clone();
    cities.extend(of_site.iter().map(|municipality| municipality.name.clone()));
    let as_of = match &arguments.as_of {
        Some(text) => Some(
            date::parse(text).map_err(|_| Fault::from(Diagnostic::new(Code::InstantUnreadable).arg("value", text)))?,
        ),
        None => None,
    };
    Ok(Options {
        municipalities: codes,
        cities,
        category: arguments.category.clone(),
        source: arguments.source.clone(),
        as_of,
        areas: Some(areas),
    })
}

/// The site that was named, or the one in which the list lies.
fn site_root(arguments: &Arguments) -> Option<PathBuf> {
    arguments.root.clone().or_else(|| file::site_around(arguments.into.as_ref()?))
}

fn read_site(root: &Path) -> Result<(Vec<Municipality>, Areas), Fault> {
    let sources = load(root, &Limits::STANDARD)?.sources;
    let config = config::read(&sources).value;
    let areas = area::read(&sources, &config.areas).value;
    Ok((config.municipalities, areas))
}

fn read_input(path: &Path) -> Result<Input, Fault> {
    Ok(Input { path: file::name(path)?, text: file::read_text(path)? })
}

/// Makes the list, or compares it with the import and, if it may, brings it up to date.
fn put_into(list: &Path, imported: &Imported, arguments: &Arguments, terminal: &Terminal) -> Result<(), Fault> {
    let shown = list.display();
    let rows = imported.rows.len();
    if !file::exists(list) {
        write_list(list, &list::write(&imported.rows, arguments.headings.language()), Encoding::Utf8)?;
        terminal
            .say(terminal.pick(format!("{shown} を作りました（{rows} 行）"), format!("made {shown} ({rows} rows)")));
        return Ok(());
    }
    let old = read_input(list)?;
    let table = Table::parse(&old.path, &old.text).value;
    let Some(merged) = list::merge(&table, &imported.rows).value else {
        return Err(Diagnostic::new(Code::HeadingsNotFound).arg("expected", "ID").arg("path", shown).into());
    };
    terminal.say(tell(&merged, terminal.language));
    if merged.changes_nothing() {
        terminal.say(terminal.pick(format!("{shown} はそのままです"), format!("{shown} stays as it is")));
    } else if arguments.write {
        write_list(list, &merged.text, old.text.encoding)?;
        terminal.say(terminal.pick(format!("{shown} に書き込みました"), format!("{shown} is written")));
    } else {
        terminal.say(terminal.pick(
            format!("{shown} はまだ変えていません。よければ `--write` を付けて、もう一度実行してください"),
            format!("{shown} is not changed yet: run it again with `--write`"),
        ));
    }
    Ok(())
}

/// What becomes of a list that exists.
fn tell(merged: &Merged, language: Language) -> String {
    let mut lines = Vec::new();
    let ja = language == Language::Ja;
    let (added, filled, different, gone) =
        (merged.added.len(), merged.filled, merged.different.len(), merged.gone.len());
    lines.push(if ja {
        format!("増える行 {added}　埋まる空欄 {filled}　一覧と違う欄 {different}（一覧のまま）　元データから消えた行 {gone}（一覧のまま）")
    } else {
        format!("{added} rows added, {filled} empty cells filled, {different} cells differ (kept), {gone} rows gone at the source (kept)")
    });
    lines.extend(merged.added.iter().map(|id| format!("  + {id}")));
    lines.extend(merged.different.iter().map(|cell| {
        let (id, column, kept, imported) = (&cell.id, cell.column, &cell.kept, &cell.imported);
        if ja {
            format!("  ≠ {id} {column}：一覧「{kept}」、元データ「{imported}」")
        } else {
            format!("  ≠ {id} {column}: list `{kept}`, source `{imported}`")
        }
    }));
    lines.extend(merged.gone.iter().map(|id| format!("  ? {id}")));
    lines.join("\n")
}

fn write_list(list: &Path, text: &str, encoding: Encoding) -> Result<(), Fault> {
    let mut bytes = if encoding == Encoding::Utf8 { Vec::new() } else { "\u{feff}".as_bytes().to_vec() };
    bytes.extend_from_slice(text.as_bytes());
    file::write_whole(list, &bytes)
}
