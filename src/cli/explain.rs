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
            let _ = write!(text, "{}\n\n", line(code, terminal));
            let help = general(&wording.help);
            if help != "…" {
                let _ = write!(text, "{}: {help}\n\n", terminal.pick("対処", "help"));
            }
            text.push_str(&wording.explain);
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
    format!("{severity}[{code}]: {}", general(&message(code, terminal.language).message))
}

/// A message about nothing in particular: `…` where a name or a number of the site would stand, and `{{` for a brace.
fn general(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(&before.replace("}}", "}"));
        rest = match behind.strip_prefix('{') {
            Some(literal) => {
                text.push('{');
                literal
            }
            None => {
                text.push('…');
                behind.split_once('}').map_or("", |(_, after)| after)
            }
        };
    }
    text + &rest.replace("}}", "}")
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn a_message_about_nothing_in_particular_has_no_placeholders() {
        assert_eq!(general("`{key}` の `{{name}}` には {n}"), "`…` の `{name}` には …");
        assert_eq!(general("{hint}"), "…");
    }
}
