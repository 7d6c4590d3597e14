//! A draft of a mapping, from the headings of a table.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::Input;
use super::super::quoting::toml_string;
use super::file::Marks;
use super::is_heading;
use crate::japan::kana;
use crate::list::Schema;
use crate::table::{Row, Table};

const ROWS_LOOKED_AT: usize = 30;
const SAMPLES: usize = 40;

/// The text of a `mapping.toml` for tables like this one: what is sure as entries, the rest as comments.
#[must_use]
pub fn suggest(input: &Input, schema: &Schema) -> String {
    let table = Table::parse(&input.path, &input.text).value;
    let Some(row) = heading_row(&table) else {
        return "# 見出しの行が見つかりませんでした\n".to_owned();
    };
    let mut seen = BTreeSet::new();
    let (mut columns, mut services, mut rest) = (String::new(), String::new(), String::new());
    for (column, cell) in row.cells().enumerate() {
        let heading = cell.value().trim().to_owned();
        if heading.is_empty() {
            continue;
        }
        let samples: Vec<String> = samples(&table, row.index(), column);
        let known = schema.find(&heading).filter(|place| !seen.contains(place));
        match (known, service(&heading, schema)) {
            (Some(place), _) => {
                seen.insert(place);
                let id = schema.known().get(place).map_or("", |known| known.id.as_str());
                let _ = writeln!(columns, "{id} = {}", toml_string(&heading));
            }
            (None, Some(service)) if are_marks(&samples) => {
                let _ = writeln!(services, "{} = \"{service}\"", toml_string(&heading));
            }
            (None, _) => {
                let example = samples.first().map_or("—", String::as_str);
                let _ = writeln!(rest, "# {} （例：{}）", toml_string(&heading), example.replace(['\n', '\r'], " "));
            }
        }
    }
    if columns.lines().all(|line| !line.starts_with("name =")) {
        columns.push_str("# name = \"名前の列の見出し\"  ← 必ず書いてください\n");
    }
    format!(
        "# {} の対応表の下書きです。`sumika import mapping 表 --mapping この表 --into 一覧` で使います。\n\
         # category = \"clinic\"   すべて同じ種別のとき\n# source = \"○○医師会\"   情報を提供する団体\n\n\
         [columns]   # こちらの列 = 元の表の見出し（[\"市町村\", \"番地\"] のように並べると、つなげて読みます）\n{columns}\n\
         [services]   # ○や×の列 = 対応内容の識別名\n{services}\n\
         # 次の列は対応が分かりません。使う列を上に書き足してください。\n{rest}",
        input.path
    )
}

/// The row with the most headings among the first rows.
fn heading_row(table: &Table) -> Option<Row<'_>> {
    let count = |row: &Row<'_>| row.cells().filter(|cell| is_heading(&cell.value())).count();
    let most = table.rows().take(ROWS_LOOKED_AT).map(|row| count(&row)).max().filter(|most| *most >= 2)?;
    table.rows().take(ROWS_LOOKED_AT).find(|row| count(row) * 10 >= most * 8)
}

fn samples(table: &Table, heading_row: usize, column: usize) -> Vec<String> {
    let cells = table.rows().skip(heading_row + 1).take(SAMPLES).filter_map(|row| row.cell(column));
    cells.map(|cell| cell.value().trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// A service whose name the heading is, or has inside: `人工呼吸器の管理`.
fn service(heading: &str, schema: &Schema) -> Option<String> {
    if let Some(service) = schema.service(heading) {
        return Some(service.to_owned());
    }
    let key = kana::fold(heading);
    let names = schema.services();
    let inside = names.iter().filter(|(name, _)| name.chars().count() >= 3 && key.contains(name.as_str()));
    inside.max_by_key(|(name, _)| name.len()).map(|(_, service)| service.clone())
}

fn are_marks(samples: &[String]) -> bool {
    let marks = Marks::default();
    let known = samples.iter().filter(|sample| marks.answer(sample).is_some()).count();
    samples.is_empty() || known * 2 >= samples.len()
}
