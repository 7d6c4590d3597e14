//! The paper as Markdown.

use super::{Block, Paper, Table};
use crate::diag::Language;

/// The whole paper.
#[must_use]
pub fn text(paper: &Paper) -> String {
    let mut out = format!("> **{}**\n\n# {}\n\n{}\n\n", paper.mark, paper.title, paper.subtitle);
    for glance in &paper.glance {
        out.push_str(&format!("- {}：**{}**\n", glance.label, glance.number));
    }
    for section in &paper.sections {
        out.push_str(&format!("\n## {}\n\n{}\n", section.title, section.lead));
        for block in &section.blocks {
            match block {
                Block::Table(table) => table_text(table, &mut out),
                // A drawing shows what a table says; Markdown has the table.
                Block::Chart { .. } => {}
                Block::Gaps(gaps) => gaps_text(paper.language, gaps, &mut out),
            }
        }
    }
    out
}

fn gaps_text(language: Language, gaps: &[String], out: &mut String) {
    let (heading, nothing) = match language {
        Language::Ja => ("気づき", "とくにありません。"),
        Language::En => ("Points to look at", "None."),
    };
    out.push_str(&format!("\n### {heading}\n\n"));
    if gaps.is_empty() {
        out.push_str(&format!("{nothing}\n"));
    }
    for gap in gaps {
        out.push_str(&format!("- {}\n", cell(gap)));
    }
}

fn table_text(table: &Table, out: &mut String) {
    out.push_str(&format!("\n### {}\n\n", table.caption));
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.columns.iter().map(|column| cell(column)).collect()));
    out.push_str(&line(table.columns.iter().map(|_| "---".to_owned()).collect()));
    for (label, cells) in &table.rows {
        let marked = |one: &super::Cell| if one.gap { format!("**{}**", cell(&one.text)) } else { cell(&one.text) };
        let cells = std::iter::once(cell(label)).chain(cells.iter().map(marked));
        out.push_str(&line(cells.collect()));
    }
}

/// Text that cannot end its cell or begin anything.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
