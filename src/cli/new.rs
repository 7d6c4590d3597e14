//! `sumika new DIR`: a starter site. `sumika new plan YEAR`: the next year's plan, from the last one's review.

use std::io::{IsTerminal, Write, stdin, stdout};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Status;
use super::file::{exists, write_whole};
use super::github;
use super::site::{SiteArguments, now};
use super::terminal::Terminal;
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::{Code, Diagnostic};
use crate::fault::{Action, Fault};
use crate::japan::municipality_code::MunicipalityCode;
use crate::plan;
use crate::starter::{self, Answers};

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR|plan")]
    what: String,
    #[arg(value_name = "YEAR")]
    year: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    #[arg(long, value_name = "ID=NAME")]
    area: Vec<String>,
    #[arg(long, value_name = "NAME")]
    desk: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    #[arg(long, value_name = "OWNER/NAME")]
    github: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    match (arguments.what.as_str(), &arguments.year) {
        ("plan", year) => new_plan(arguments, year.as_deref(), terminal),
        (_, Some(extra)) => Err(Diagnostic::new(Code::NewAnswerUnusable).arg("key", "YEAR").arg("value", extra).into()),
        (folder, None) => new_site(arguments, Path::new(folder), terminal),
    }
}

fn new_plan(arguments: &Arguments, year: Option<&str>, terminal: &Terminal) -> Result<Status, Fault> {
    let site = SiteArguments::of(arguments.root.clone()).read(terminal)?;
    if !site.is_sound(terminal) {
        return Ok(Status::Errors);
    }
    let library = &site.opened.value.library;
    let unusable =
        |value: &str| Fault::from(Diagnostic::new(Code::NewAnswerUnusable).arg("key", "YEAR").arg("value", value));
    let year = match year {
        Some(text) => {
            let year = text.parse().ok().filter(|year| (2000..=2199).contains(year)).and_then(FiscalYear::new);
            year.ok_or_else(|| unusable(text))?
        }
        None => starter::next_year(library).ok_or_else(|| unusable(""))?,
    };
    let file = arguments.root.join(format!("content/plans/{year}.toml"));
    if exists(&file) {
        return Err(Fault::path(Code::NewFileThere, &file));
    }
    let Some(text) = starter::draft(library, year) else {
        return Err(Diagnostic::new(Code::NoPlanBefore).arg("year", year).into());
    };
    let due = plan::review_due(library.plans.iter().map(|plan| &**plan), year.first_day());
    terminal.report(&due, &site.sources);
    write_whole(&file, text.as_bytes())?;
    let place = file.display();
    terminal.say(terminal.pick(
        format!("{place} に下書きを作りました。目的、目標、手段の順に読み直してください"),
        format!("drafted {place}: read it again in the order of purpose, goals and means"),
    ));
    Ok(Status::Fine)
}

fn new_site(arguments: &Arguments, folder: &Path, terminal: &Terminal) -> Result<Status, Fault> {
    expect_empty(folder)?;
    let answers = answers(arguments, terminal)?;
    let files = starter::site(&answers);
    for (path, text) in &files {
        write_whole(&folder.join(path), text.as_bytes())?;
    }
    if answers.repository.is_some() {
        github::make(folder, None, terminal)?;
    }
    let place = folder.display();
    terminal.say(terminal.pick(
        format!("{place} に {} のファイルを作りました。\n次に：sumika build --root {place}（書き出す）、sumika check --root {place}（確かめる）", files.len()),
        format!("made {} files in {place}.\nnext: sumika build --root {place}, sumika check --root {place}", files.len()),
    ));
    Ok(Status::Fine)
}

/// A folder that has anything in it is somebody's.
#[expect(clippy::disallowed_methods, reason = "edge: looks into the folder")]
fn expect_empty(folder: &Path) -> Result<(), Fault> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Fault::path(Code::NewFolderNotEmpty, folder)),
        },
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(Fault::io(Action::Read, folder, cause)),
    }
}

/// From the flags; what is missing is asked for on a terminal, and else taken from an invented town.
fn answers(arguments: &Arguments, terminal: &Terminal) -> Result<Answers, Fault> {
    let any = |text: &str| !text.is_empty();
    let name = asked(&arguments.name, ("市町村の名前", "name of the municipality"), ("みほん市", &any), terminal);
    let question = ("全国地方公共団体コード（6桁）", "municipality code (6 digits)");
    let is_code = |text: &str| MunicipalityCode::parse_six(text).is_ok();
    let code = asked(&arguments.code, question, ("392995", &is_code), terminal);
    let areas = if arguments.area.is_empty() {
        let question = ("日常生活圏域（例 kita=北部圏域、空白で区切る）", "areas (kita=North minami=South)");
        let are_areas = |text: &str| any(text) && text.split_whitespace().all(|text| area(text).is_some());
        let typed = asked(&None, question, ("kita=北部圏域 minami=南部圏域", &are_areas), terminal);
        typed.split_whitespace().map(str::to_owned).collect()
    } else {
        arguments.area.clone()
    };
    let desk = asked(&arguments.desk, ("相談窓口の名前", "name of the desk"), ("在宅療養相談窓口", &any), terminal);
    let question = ("相談窓口の電話番号", "telephone number of the desk");
    let phone = asked(&arguments.phone, question, ("0910-00-0000", &any), terminal);
    let unusable =
        |key: &str, value: &str| Diagnostic::new(Code::NewAnswerUnusable).arg("key", key).arg("value", value);
    let parsed = MunicipalityCode::parse_six(&code).map_err(|_| Fault::from(unusable("--code", &code)))?;
    let areas = areas.iter().map(|text| area(text).ok_or_else(|| Fault::from(unusable("--area", text))));
    let areas = areas.collect::<Result<Vec<_>, Fault>>()?;
    let today = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap_or(jiff::tz::TimeZone::UTC).to_datetime(now()).date();
    let question =
        ("GitHub のリポジトリ（組織/名前、使わないなら -）", "repository on GitHub (owner/name, - for none)");
    let repository = asked(&arguments.github, question, ("-", &any), terminal);
    let repository = match repository.as_str() {
        "-" => None,
        written => Some(repository_of(written).ok_or_else(|| Fault::from(unusable("--github", written)))?),
    };
    Ok(Answers { name, code: parsed, areas, desk, phone, year: FiscalYear::of(today), repository })
}

/// `owner/name`, or the address of the repository, as that address.
fn repository_of(written: &str) -> Option<String> {
    let path = written.trim_start_matches("https://github.com/").trim_end_matches('/').trim_end_matches(".git");
    let usable = |part: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !part.is_empty() && part.bytes().all(fits) && !part.starts_with('.')
    };
    let (owner, name) = path.split_once('/')?;
    (usable(owner) && usable(name)).then(|| format!("https://github.com/{owner}/{name}"))
}

/// `kita=北部圏域`.
fn area(text: &str) -> Option<(String, String)> {
    let (id, name) = text.split_once('=')?;
    let usable = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let good = !id.is_empty() && id.chars().all(usable) && !name.trim().is_empty();
    good.then(|| (id.to_owned(), name.trim().to_owned()))
}

/// An example, and whether an answer can be used.
type Usable<'q> = (&'q str, &'q dyn Fn(&str) -> bool);

/// The flag, else what is typed; what cannot be used is asked for again.
fn asked(flag: &Option<String>, (ja, en): (&str, &str), (example, usable): Usable<'_>, terminal: &Terminal) -> String {
    if let Some(given) = flag {
        return given.trim().to_owned();
    }
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return example.to_owned();
    }
    loop {
        let _ = write!(stdout(), "{} [{example}]: ", terminal.pick(ja, en));
        let _ = stdout().flush();
        let mut line = String::new();
        let read = stdin().read_line(&mut line).unwrap_or(0);
        let typed = line.trim();
        if read == 0 || typed.is_empty() {
            return example.to_owned();
        }
        if usable(typed) {
            return typed.to_owned();
        }
        terminal.say(terminal.pick(
            format!("「{typed}」は使えません。例のように書いてください"),
            format!("“{typed}” cannot be used; please write it like the example"),
        ));
    }
}
