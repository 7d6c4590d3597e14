//! `sumika export`: the lists as a file for each association, to keep up to date or to confirm once a year.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::site::now;
use super::terminal::Terminal;
use super::{Status, file};
use crate::area;
use crate::config;
use crate::diag::{Code, Diagnostic, Report};
use crate::export::{self, Lists, Purpose};
use crate::facility::FACILITIES_FOLDER;
use crate::fault::{Action, Fault};
use crate::list::{Schema, Sheet, canonical};
use crate::load::load;
use crate::source::{Limits, Sources};
use crate::table::{Table, headings};
use crate::vocabulary;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, value_name = "DIR", default_value = "export")]
    out: PathBuf,
    #[arg(long, value_name = "xlsx|csv", default_value = "xlsx", value_enum)]
    format: Format,
    #[arg(long, value_name = "NAME")]
    association: Vec<String>,
    #[arg(long)]
    confirm: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Xlsx,
    Csv,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    file::refuse_public(&arguments.root, &arguments.out)?;
    terminal.progress("読み込んでいます", "reading");
    let sources = load(&arguments.root, &Limits::STANDARD)?.sources;
    let config = config::read(&sources).value;
    let vocabulary = vocabulary::read(&sources).value;
    let schema = Schema::new(&vocabulary);
    let areas: Vec<String> = area::read(&sources, &config.areas).value.iter().map(|area| area.name.clone()).collect();
    let (sheets, broken) = sheets(&sources, &schema);
    if broken.has_errors() {
        terminal.report(&broken.sorted(), &sources);
        return Ok(Status::Errors);
    }
    let today = now().to_zoned(config.zone.clone()).date();
    let lists = Lists { sheets: &sheets, schema: &schema, vocabulary: &vocabulary, areas: &areas, today };
    let known = lists.associations();
    let wanted = if arguments.association.is_empty() { &known } else { &arguments.association };
    for association in wanted {
        if !known.contains(association) {
            let known = known.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join("、");
            let unknown = Diagnostic::new(Code::AssociationUnknown).arg("name", association).arg("known", known);
            return Err(unknown.into());
        }
        let (name, bytes) = file_of(arguments, &lists, association)?;
        let path = arguments.out.join(name);
        file::write_whole(&path, &bytes)?;
        terminal.say(path.display().to_string());
    }
    Ok(Status::Fine)
}

/// The name and the bytes of an association's file.
fn file_of(arguments: &Arguments, lists: &Lists<'_>, association: &str) -> Result<(String, Vec<u8>), Fault> {
    let name = if association.is_empty() { "提供元なし" } else { association };
    let forbidden = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '.');
    let name = name.replace(forbidden, "_");
    if arguments.format == Format::Csv {
        return Ok((format!("{name}.csv"), export::csv(lists, association)));
    }
    let (purpose, name) = match arguments.confirm {
        true => (Purpose::Confirm, format!("{name}-確認票.xlsx")),
        false => (Purpose::Keep, format!("{name}.xlsx")),
    };
    let bytes = export::workbook(lists, association, purpose)
        .map_err(|cause| Fault::io(Action::Write, &arguments.out.join(&name), std::io::Error::other(cause)))?;
    Ok((name, bytes))
}

/// The cells of all lists; what can't be read is told, and nothing is exported by halves.
fn sheets(sources: &Sources, schema: &Schema) -> (Vec<Sheet>, Report) {
    let mut report = Report::new();
    let mut sheets = Vec::new();
    for (path, text) in sources.texts_in(FACILITIES_FOLDER, "csv") {
        let table = Table::parse(path, text).value;
        let form = canonical::canonical(&table, schema);
        match (form.value, headings::find(&table, schema.known()).value) {
            (Some(_), Some(headings)) => sheets.push(Sheet::of(&table, &headings)),
            _ => report.append(form.report),
        }
    }
    (sheets, report)
}
