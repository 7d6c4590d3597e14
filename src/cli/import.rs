//! `sumika import KIND FILE…`: open data of ministries and municipalities, or an association's own table, into a list.
//!
//! Without `--into` the list goes to standard output. A list that exists is only compared, until `--write` says
//! that it may be changed. Which municipality and which areas are ours is read from the site around the list.

mod articles;
mod into;
mod outcome;

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use super::{Status, file};
use crate::area::{self, Areas};
use crate::calendar::date;
use crate::config::{self, Municipality};
use crate::diag::{Code, Diagnostic, Severity};
use crate::export;
use crate::fault::Fault;
use crate::import::list::{self, HeadingLanguage};
use crate::import::mapping::{self, Mapping};
use crate::import::snapshot::Snapshot;
use crate::import::{Imported, Input, Options, kaigo, kouseikyoku, navii, own, standard};
use crate::japan::municipality_code::MunicipalityCode;
use crate::list::{self as form, Schema};
use crate::load::load;
use crate::source::{Limits, Source, SourcePath, Sources, Span};
use crate::vocabulary::{self, Vocabulary};
use crate::workbook::{self, Problem};

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "KIND")]
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
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[arg(long)]
    suggest: bool,
    #[arg(long, value_name = "ask|same|new", default_value = "ask", value_enum)]
    doubtful: Doubtful,
    #[arg(long, value_name = "ID=LISTED")]
    same: Vec<String>,
    #[arg(long, value_name = "DATE")]
    close_gone: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Kaigo,
    Navii,
    Kouseikyoku,
    Standard,
    Events,
    Mapping,
    List,
}

/// A kind of file whose rows are facilities.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Kaigo,
    Navii,
    Kouseikyoku,
    Standard,
    Mapping,
    List,
}

impl Kind {
    /// None for events, which become articles.
    fn of_facilities(self) -> Option<Origin> {
        match self {
            Self::Kaigo => Some(Origin::Kaigo),
            Self::Navii => Some(Origin::Navii),
            Self::Kouseikyoku => Some(Origin::Kouseikyoku),
            Self::Standard => Some(Origin::Standard),
            Self::Mapping => Some(Origin::Mapping),
            Self::List => Some(Origin::List),
            Self::Events => None,
        }
    }
}

impl Origin {
    /// Part of the name of the snapshot.
    fn name(self) -> &'static str {
        match self {
            Self::Kaigo => "kaigo",
            Self::Navii => "navii",
            Self::Kouseikyoku => "kouseikyoku",
            Self::Standard => "standard",
            Self::Mapping => "mapping",
            Self::List => "list",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Headings {
    Ja,
    En,
}

impl Headings {
    fn language(self) -> HeadingLanguage {
        match self {
            Self::Ja => HeadingLanguage::Japanese,
            Self::En => HeadingLanguage::English,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Doubtful {
    Ask,
    Same,
    New,
}

/// What the command knows of the site around it.
struct Site {
    municipalities: Vec<Municipality>,
    areas: Areas,
    vocabulary: Vocabulary,
    schema: Schema,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    terminal.progress("読み込んでいます", "reading");
    let mut read = Read::default();
    arguments.files.iter().try_for_each(|file| read.add(file))?;
    let Read { inputs, said } = read;
    let root = arguments.root.clone().or_else(|| file::site_around(arguments.into.as_ref()?));
    let list = arguments.into.as_deref().map(|named| into::list_of(named, root.as_deref()));
    let site = read_site(root.as_deref())?;
    if arguments.suggest {
        inputs.iter().for_each(|input| terminal.say(mapping::suggest(input, &site.schema).trim_end()));
        return Ok(Status::Fine);
    }
    let options = options(arguments, &site)?;
    let Some(origin) = arguments.kind.of_facilities() else {
        return articles::put(&inputs, &options, arguments, terminal);
    };
    let work = Work { arguments, origin, inputs: &inputs, site: &site };
    let Some(imported) = import(&work, &options, terminal)? else { return Ok(Status::Errors) };
    // The process ends next: the rows of a whole country are not taken apart one by one.
    let mut imported = ManuallyDrop::new(imported);
    if imported.rows.is_empty() {
        let nothing = Diagnostic::new(Code::ImportNothing).arg("read", imported.report.total().read);
        imported.report.findings.push(nothing);
    }
    terminal.note(imported.report.render(&inputs, terminal.language).trim_end());
    let broken = imported.report.findings.count(Severity::Error) > 0;
    match &list {
        None if imported.rows.is_empty() => {}
        None => terminal.say(list::write(&imported.rows, &site.schema, arguments.headings.language()).trim_end()),
        Some(list) => {
            let base = (origin == Origin::List).then(|| own::base(&inputs, &imported.rows, &said, &site.schema));
            into::put(list, &imported, &into::Request { arguments, origin, schema: &site.schema, base }, terminal)?;
        }
    }
    Ok(if broken || imported.rows.is_empty() { Status::Errors } else { Status::Fine })
}

/// What is imported.
struct Work<'a> {
    arguments: &'a Arguments,
    origin: Origin,
    inputs: &'a [Input],
    site: &'a Site,
}

/// What the files hold; nothing where the mapping can't be used.
fn import(work: &Work<'_>, options: &Options<'_>, terminal: &Terminal) -> Result<Option<Imported>, Fault> {
    let (arguments, inputs, schema) = (work.arguments, work.inputs, &work.site.schema);
    Ok(Some(match work.origin {
        Origin::Kaigo => kaigo::import(inputs, options),
        Origin::Navii => navii::import(inputs, options),
        Origin::Kouseikyoku => kouseikyoku::import(inputs, options),
        Origin::Standard => standard::import(inputs, options),
        Origin::Mapping => {
            let Some(mapping) = read_mapping(arguments, schema, terminal)? else { return Ok(None) };
            mapping::import(inputs, options, &mapping, schema)
        }
        Origin::List => {
            let checks = own::Checks { schema, vocabulary: &work.site.vocabulary, areas: &work.site.areas };
            own::import(inputs, options, &checks)
        }
    }))
}

fn read_mapping(arguments: &Arguments, schema: &Schema, terminal: &Terminal) -> Result<Option<Mapping>, Fault> {
    let file = arguments.mapping.clone().unwrap_or_else(|| PathBuf::from("mapping.toml"));
    let (path, text) = (file::name(&file)?, file::read_text(&file)?);
    let mapping = Mapping::parse(&path, &text.text, schema);
    let mut shown = Sources::new();
    shown.insert(path, Source::Text(text));
    if !mapping.report.is_empty() {
        terminal.report(&mapping.report.sorted(), &shown);
    }
    Ok(mapping.value)
}

/// What the command line says, and for the rest the site.
fn options<'a>(arguments: &Arguments, site: &'a Site) -> Result<Options<'a>, Fault> {
    let code = |text: &String| {
        MunicipalityCode::parse(text)
            .map_err(|_| Fault::from(Diagnostic::new(Code::MunicipalityCode).arg("value", text)))
    };
    let named = !arguments.municipality.is_empty() || !arguments.city.is_empty();
    let of_site: Vec<&Municipality> = site.municipalities.iter().filter(|_| !named).collect();
    let mut codes = arguments.municipality.iter().map(code).collect::<Result<Vec<_>, _>>()?;
    codes.extend(of_site.iter().filter_map(|municipality| MunicipalityCode::parse_six(&municipality.code).ok()));
    let mut cities = arguments.city.clone();
    cities.extend(of_site.iter().map(|municipality| municipality.name.clone()));
    if let Some(category) = &arguments.category {
        known_category(category, &site.vocabulary)?;
    }
    Ok(Options {
        municipalities: codes,
        cities,
        category: arguments.category.clone(),
        source: arguments.source.clone(),
        as_of: arguments.as_of.as_deref().map(day).transpose()?,
        areas: Some(&site.areas),
    })
}

/// Rows of an unknown category are refused before there are any.
fn known_category(written: &str, vocabulary: &Vocabulary) -> Result<(), Fault> {
    if vocabulary.category(written).is_some() {
        return Ok(());
    }
    let known: Vec<String> = vocabulary.categories.iter().map(|category| format!("`{}`", category.id)).collect();
    Err(Diagnostic::new(Code::ImportCategoryUnknown).arg("value", written).arg("known", known.join(" ")).into())
}

fn day(text: &str) -> Result<jiff::civil::Date, Fault> {
    date::parse(text).map_err(|_| Fault::from(Diagnostic::new(Code::InstantUnreadable).arg("value", text)))
}

fn read_site(root: Option<&Path>) -> Result<Site, Fault> {
    let Some(root) = root else {
        let vocabulary = Vocabulary::builtin();
        let schema = Schema::new(&vocabulary);
        return Ok(Site { municipalities: Vec::new(), areas: Areas::default(), vocabulary, schema });
    };
    let sources = load(root, &Limits::STANDARD)?.sources;
    let config = config::read(&sources).value;
    let areas = area::read(&sources, &config.areas).value;
    let vocabulary = vocabulary::read(&sources).value;
    let schema = Schema::new(&vocabulary);
    Ok(Site { municipalities: config.municipalities, areas, vocabulary, schema })
}

/// What the files say.
#[derive(Default)]
struct Read {
    inputs: Vec<Input>,
    /// What workbooks of ours said when they were made.
    said: Snapshot,
}

impl Read {
    /// A text is one input, a workbook as many as it has sheets that people see.
    fn add(&mut self, file: &Path) -> Result<(), Fault> {
        let path = file::name(file)?;
        const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "numbers"];
        if !WORKBOOKS.contains(&path.extension().as_str()) {
            self.inputs.push(Input::new(path, file::read_text(file)?));
            return Ok(());
        }
        let bytes = file::read_bytes(file)?;
        let sheets = workbook::read(&bytes, &workbook::Limits::STANDARD).map_err(|problem| refuse(&problem, &path))?;
        for sheet in sheets.iter().filter(|sheet| sheet.name == export::BASE_SHEET) {
            for (key, entry) in Snapshot::read(&path, &form::text(&sheet.text)).iter() {
                self.said.insert(key, entry.clone());
            }
        }
        self.inputs.extend(Input::sheets(&path, sheets));
        Ok(())
    }
}

fn refuse(problem: &Problem, path: &SourcePath) -> Fault {
    let (problem, shown) = match problem {
        Problem::OnSheet(sheet, cell, problem) => {
            (problem.as_ref(), format!("{path}［{sheet}］{}", cell.as_deref().unwrap_or_default()))
        }
        problem => (problem, path.to_string()),
    };
    let unreadable =
        |why: &'static str| Diagnostic::new(Code::WorkbookUnreadable).arg("path", &shown).label(&Span::file(path), why);
    let diagnostic = match problem {
        Problem::OnSheet(..) => unreadable("broken"),
        Problem::OldOrLocked => unreadable("old"),
        Problem::NotAWorkbook | Problem::Broken(_) if matches!(path.extension().as_str(), "ods" | "numbers") => {
            unreadable("other")
        }
        Problem::NotAWorkbook => unreadable("not"),
        Problem::Broken(_) => unreadable("broken"),
        Problem::DocumentType => unreadable("document_type"),
        Problem::TooLarge(what, limit) => {
            Diagnostic::new(Code::WorkbookTooLarge).arg("path", &shown).arg("what", what).arg("limit", limit)
        }
    };
    diagnostic.into()
}
