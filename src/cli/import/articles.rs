//! Events as articles: new files are written, files that are there are left to their editors.

use super::super::Status;
use super::super::file;
use super::super::terminal::Terminal;
use super::Arguments;
use crate::diag::Severity;
use crate::fault::Fault;
use crate::import::{Input, Options, events};

/// Writes (or only names) an article for each event.
pub(super) fn put(
    inputs: &[Input],
    options: &Options<'_>,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<Status, Fault> {
    let (articles, report) = events::import(inputs, options);
    terminal.note(report.render(inputs, terminal.language).trim_end());
    let (mut written, mut there) = (0, 0);
    for article in &articles {
        let Some(folder) = &arguments.into else {
            terminal.say(format!("== {}.md\n{}", article.slug, article.text()));
            continue;
        };
        let path = folder.join(format!("{}.md", article.slug));
        if file::exists(&path) {
            there += 1;
            terminal.say(format!("= {}", path.display()));
            continue;
        }
        written += 1;
        terminal.say(format!("+ {}", path.display()));
        if arguments.write {
            file::write_whole(&path, article.text().as_bytes())?;
        }
    }
    if arguments.into.is_some() {
        terminal.say(match arguments.write {
            true => terminal.pick(
                format!("下書き {written} 件を書きました。すでにある {there} 件はそのままです"),
                format!("{written} drafts written; {there} that are there stay as they are"),
            ),
            false => terminal.pick(
                format!("下書きは {written} 件です。よければ `--write` を付けて、もう一度実行してください（すでにある {there} 件はそのままです）"),
                format!("{written} drafts: run it again with `--write` ({there} that are there stay as they are)"),
            ),
        });
    }
    let broken = report.findings.count(Severity::Error) > 0 || articles.is_empty();
    Ok(if broken { Status::Errors } else { Status::Fine })
}
