//! `sumika explain CODE`: a message at length. Without a code: all of them.

use std::fmt::Write as _;

use clap::Args;

use super::Status;
use super::terminal::Terminal;
use crate::diag::{Code, Diagnostic, Severity, message};
use crate::fault::Fault;

#[derive(Args)]
pub(super) struct Arguments {
    #[arg(value_name = "S0123")]
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Fault> {
    let mut text = String::new();
    match &arguments.code {
        Some(typed) => {
            let code = Code::parse(typed)
                .ok_or_else(|| Fault::from(Diagnostic::new(Code::UnknownCode).arg("value", typed)))?;
            let wording = message(code, terminal.language);
            let help = terminal.pick("対処", "help");
            let _ = write!(text, "{}\n\n{help}: {}\n\n{}", line(code, terminal), wording.help, wording.explain);
        }
        None => text = Code::ALL.iter().map(|code| line(*code, terminal)).collect::<Vec<_>>().join("\n"),
    }
    terminal.say(text);
    Ok(Status::Fine)
}

fn line(code: Code, terminal: &Terminal) -> String {
    let severity = match code.severity() {
        Severity::Error => terminal.pick("エラー", "error"),
        Severity::Warning => terminal.pick("注意", "warning"),
        Severity::Note => terminal.pick("お知らせ", "note"),
    };
    format!("{severity}[{code}]: {}", message(code, terminal.language).message)
}
