//! The command line: what people type, what they read, and the exit status.
//!
//! In: arguments, the locale, the clock (read once, here). Out: one command run, its report on standard error,
//! its result on standard output, and a `Status`. One file a command; what a command does to a site is never
//! decided here.

#![expect(clippy::disallowed_methods, reason = "edge: arguments, locale and clock")]

mod apply_form;
mod audit;
mod build;
mod check;
mod derived;
mod explain;
mod export;
mod file;
mod fmt;
mod github;
mod help;
mod import;
mod instant;
mod language;
mod merge_list;
mod new;
mod publish;
mod report;
mod review;
mod schedule;
mod side;
mod site;
mod terminal;
mod timings;
mod verify;

use std::process::ExitCode;

use clap::{FromArgMatches, Parser, Subcommand};

use crate::fault::Fault;
use terminal::Terminal;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Status {
    /// All is well.
    Fine,
    /// The site has errors, or a published folder is not as it was written.
    Errors,
    /// Wrong use of the command, or the machine refused.
    Refused,
    /// Published, with broken items withheld.
    Withheld,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::Errors => 1,
            Status::Refused => 2,
            Status::Withheld => 3,
        })
    }
}

// Texts of the help are in `help.rs`, in both languages.
#[derive(Parser)]
#[command(name = "sumika", version, disable_help_subcommand = true)]
struct Arguments {
    #[arg(long, global = true, value_name = "ja|en")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Audit(audit::Arguments),
    Build(build::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    Export(export::Arguments),
    Fmt(fmt::Arguments),
    Import(import::Arguments),
    New(new::Arguments),
    Publish(publish::Arguments),
    Schedule(schedule::Arguments),
    Report(report::Arguments),
    Review(review::Arguments),
    MergeList(merge_list::Arguments),
    ApplyForm(apply_form::Arguments),
    Github(github::Arguments),
    Verify(verify::Arguments),
}

/// Runs the command that was typed.
#[must_use]
pub fn run() -> ExitCode {
    let typed: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let language = language::choose(&typed, |name| std::env::var(name).ok());
    let terminal = Terminal::new(language);
    let command = help::command(language);
    let arguments = command.try_get_matches_from(typed).and_then(|matches| Arguments::from_arg_matches(&matches));
    match arguments {
        Ok(arguments) => {
            let status = dispatch(arguments.command, &terminal).unwrap_or_else(|fault| terminal.refuse(&fault));
            terminal.finish(status).into()
        }
        Err(problem) => help::answer(&problem, &terminal).into(),
    }
}

fn dispatch(command: Command, terminal: &Terminal) -> Result<Status, Fault> {
    match command {
        Command::Audit(arguments) => audit::run(&arguments, terminal),
        Command::Build(arguments) => build::run(&arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Export(arguments) => export::run(&arguments, terminal),
        Command::Fmt(arguments) => fmt::run(&arguments, terminal),
        Command::Import(arguments) => import::run(&arguments, terminal),
        Command::New(arguments) => new::run(&arguments, terminal),
        Command::Publish(arguments) => publish::run(arguments, terminal),
        Command::Schedule(arguments) => schedule::run(&arguments, terminal),
        Command::Github(arguments) => github::run(&arguments, terminal),
        Command::ApplyForm(arguments) => apply_form::run(&arguments, terminal),
        Command::MergeList(arguments) => merge_list::run(&arguments, terminal),
        Command::Report(arguments) => report::run(&arguments, terminal),
        Command::Review(arguments) => review::run(&arguments, terminal),
        Command::Verify(arguments) => verify::run(&arguments, terminal),
    }
}
