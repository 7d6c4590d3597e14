//! How fresh the lists are, by the association that answers for the rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Block, Cell, Desk, Section, Table};
use crate::chart::{self, Caption, Part, PartRow, Parts, swatch};
use crate::diag::Language;
use crate::select::Reason;
use crate::source::Span;

/// Rows of one association.
#[derive(Default)]
struct Rows {
    fresh: usize,
    stale: usize,
    never: usize,
    oldest: Option<Date>,
}

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let mut sources: BTreeMap<String, Rows> = BTreeMap::new();
    for public in &desk.site.public.facilities {
        let name = public.facility.source.clone().unwrap_or_default();
        let rows = sources.entry(name).or_default();
        match public.facility.verified_on {
            None => rows.never += 1,
            Some(day) => {
                rows.oldest = Some(rows.oldest.map_or(day, |oldest| oldest.min(day)));
                if public.stale { rows.stale += 1 } else { rows.fresh += 1 }
            }
        }
    }
    let mut gaps = Vec::new();
    let table = table(desk, &sources, &mut gaps);
    gaps.extend(hidden(desk));
    let mut blocks: Vec<Block> = chart(desk, &sources).into_iter().collect();
    blocks.extend([Block::Table(table), Block::Gaps(gaps)]);
    let months = desk.library.config.verified_within_months;
    Section {
        title: desk.pick("一覧の新しさ", "Freshness of the lists").to_owned(),
        lead: match desk.language {
            Language::Ja => format!(
                "公開中の一覧を、情報を受け持つ団体ごとに数えました。{months}か月以内に確かめた行を「新しい」としています。"
            ),
            Language::En => format!(
                "Public rows by the association that answers for them. Fresh: confirmed within {months} months."
            ),
        },
        blocks,
    }
}

/// Rows that are not shown because nobody has confirmed them for too long, by name.
fn hidden(desk: &Desk<'_>) -> Vec<String> {
    let unconfirmed = desk.withheld.iter().filter(|item| item.reason == Reason::Unconfirmed);
    let places: BTreeSet<&Span> = unconfirmed.map(|item| &item.span).collect();
    let mut sources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for facility in desk.library.facilities.iter().filter(|facility| places.contains(&facility.row)) {
        sources.entry(facility.source.as_deref().unwrap_or_default()).or_default().push(&facility.name);
    }
    let sentence = |(source, names): (&str, Vec<&str>)| {
        let (source, count) = (named(desk, source), names.len());
        match desk.language {
            Language::Ja => {
                format!("{source}：長く確認されていない{count}件は、サイトに載せていません（{}）。", names.join("、"))
            }
            Language::En => {
                format!("{source}: {count} rows are not shown, unconfirmed for too long ({}).", names.join(", "))
            }
        }
    };
    sources.into_iter().map(sentence).collect()
}

fn named<'a>(desk: &Desk<'_>, name: &'a str) -> &'a str {
    if !name.is_empty() {
        return name;
    }
    match desk.language {
        Language::Ja => "（団体が書かれていない行）",
        Language::En => "(rows without an association)",
    }
}

fn table(desk: &Desk<'_>, sources: &BTreeMap<String, Rows>, gaps: &mut Vec<String>) -> Table {
    let columns = [
        ("団体", "Association"),
        ("行", "Rows"),
        ("新しい", "Fresh"),
        ("古い", "Stale"),
        ("確認日なし", "Never confirmed"),
        ("最も古い確認日", "Oldest"),
    ];
    let unwanted = |number: usize| Cell { text: number.to_string(), gap: number > 0 };
    let rows = sources.iter().map(|(name, rows)| {
        let all = rows.fresh + rows.stale + rows.never;
        let old = rows.stale + rows.never;
        let name = named(desk, name).to_owned();
        if old > 0 {
            gaps.push(match desk.language {
                Language::Ja => format!("{name}：{all}行のうち{old}行は、確かめ直しが要ります。"),
                Language::En => format!("{name}: {old} of {all} rows need to be confirmed again."),
            });
        }
        let oldest = rows.oldest.map_or_else(|| "－".to_owned(), |day| desk.day(day));
        let cells = vec![
            Cell::plain(all),
            Cell::plain(rows.fresh),
            unwanted(rows.stale),
            unwanted(rows.never),
            Cell::plain(oldest),
        ];
        (name, cells)
    });
    let rows: Vec<(String, Vec<Cell>)> = rows.collect();
    if rows.is_empty() {
        gaps.push(desk.pick("公開中の一覧がありません。", "No list is public.").to_owned());
    }
    Table {
        name: "freshness",
        caption: desk.pick("団体ごとの確認のようす", "Confirmations by association").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    }
}

fn chart(desk: &Desk<'_>, sources: &BTreeMap<String, Rows>) -> Option<Block> {
    #[expect(clippy::cast_precision_loss, reason = "numbers of rows are far below 2^52")]
    let share = |part: usize, all: usize| part as f64 * 100.0 / all.max(1) as f64;
    let rows: Vec<PartRow> = sources
        .iter()
        .map(|(name, rows)| {
            let all = rows.fresh + rows.stale + rows.never;
            let part = |number: usize| Part { share: Some(share(number, all)), shown: number.to_string() };
            PartRow {
                label: format!("{}（{all}）", named(desk, name)),
                parts: vec![part(rows.fresh), part(rows.stale), part(rows.never)],
            }
        })
        .collect();
    let title = desk.pick("確かめてからの新しさ（行）", "Rows by freshness").to_owned();
    let caption = Caption { id: "freshness", title: &title, summary: "" };
    let names = [("新しい", "fresh"), ("古い", "stale"), ("確認日なし", "never confirmed")];
    let legend = names.iter().enumerate().map(|(at, (ja, en))| (swatch(at, 3, false), desk.pick(ja, en).to_owned()));
    if rows.is_empty() {
        return None;
    }
    let svg = chart::stacked(caption, Parts { rows: &rows, hidden: "" });
    let legend = legend.collect();
    Some(Block::Chart { svg, title, legend })
}
