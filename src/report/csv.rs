//! The tables of the paper as CSV for spreadsheets: UTF-8 with byte order mark, no cell that a spreadsheet would run.

use super::{Block, Paper, Table};
use crate::table::formula;

/// Name and content of each table.
#[must_use]
pub fn tables(paper: &Paper) -> Vec<(String, Vec<u8>)> {
    let blocks = paper.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Chart { .. } | Block::Gaps(_) => None,
    });
    tables.map(|table| (format!("{}.csv", table.name), bytes(paper, table))).collect()
}

fn bytes(paper: &Paper, table: &Table) -> Vec<u8> {
    let mut text = String::from("\u{FEFF}");
    // The mark stands in every file: files are passed on one by one.
    let marked = table.columns.iter().map(String::as_str).chain([paper.mark.as_str()]);
    line(&mut text, marked);
    for (label, cells) in &table.rows {
        line(&mut text, std::iter::once(label.as_str()).chain(cells.iter().map(|cell| cell.text.as_str())));
    }
    text.into_bytes()
}

fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    let cells: Vec<String> = cells.map(quoted).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let cell = formula::defused(cell);
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.into_owned() }
}
