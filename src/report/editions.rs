//! Editions of the year: on time or late, and what they hold.

use super::{Block, Cell, Desk, Section, Table};
use crate::article::ArticleId;
use crate::diag::Language;
use crate::plan::{Edition, Plan};

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let mut gaps = Vec::new();
    let plan = desk.library.plans.iter().find(|plan| plan.fiscal_year.value == desk.year.year());
    let rows: Vec<(String, Vec<Cell>)> = plan
        .iter()
        .flat_map(|plan| plan.editions.iter().map(|edition| row(desk, plan, edition, &mut gaps)).collect::<Vec<_>>())
        .collect();
    if rows.is_empty() {
        gaps.push(
            desk.pick("この年度の計画に、号が一つもありません。", "The plan of the year has no edition.").to_owned(),
        );
    }
    let columns = [
        ("号", "Edition"),
        ("公開の日", "Release"),
        ("段階", "Stage"),
        ("段階の期間に", "Within its stage"),
        ("公開中の記事", "Public articles"),
        ("ようす", "State"),
    ];
    let table = Table {
        name: "editions",
        caption: desk.pick("年度の号", "Editions of the year").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    };
    Section {
        title: desk.pick("号", "Editions").to_owned(),
        lead: desk
            .pick(
                "号が、計画した段階の期間の中で出たか、巻頭の記事がそろっているかを見ます。",
                "Whether editions came out within their stage, and whether their lead is there.",
            )
            .to_owned(),
        blocks: vec![Block::Table(table), Block::Gaps(gaps)],
    }
}

fn row(desk: &Desk<'_>, plan: &Plan, edition: &Edition, gaps: &mut Vec<String>) -> (String, Vec<Cell>) {
    let release = desk.library.config.zone.to_datetime(edition.release.value).date();
    let released = edition.release.value <= desk.at;
    let stage = plan.stages.iter().find(|stage| stage.number == edition.stage);
    let starts = stage.and_then(|stage| stage.starts);
    let ends = stage.and_then(|stage| stage.ends);
    let timing = match (starts, ends) {
        (Some(starts), _) if release < starts => Cell::gap(desk.pick("期間より早い", "early")),
        (_, Some(ends)) if release > ends => Cell::gap(desk.pick("期間より遅い", "late")),
        (None, None) => Cell::gap(desk.pick("期間が書かれていません", "the stage has no dates")),
        _ => Cell::plain(desk.pick("期間の中", "yes")),
    };
    let of_edition = || {
        desk.articles().filter(|article| article.edition.as_ref().is_some_and(|slug| slug.value == edition.id.as_str()))
    };
    let (all, public) = (of_edition().count(), of_edition().filter(|article| desk.is_public(article)).count());
    let lead = edition.lead.as_ref().map(|lead| ArticleId::new(&lead.value));
    let has_lead =
        lead.as_ref().is_some_and(|id| desk.site.translation(id, desk.library.config.default_language()).is_some());
    let title = if released { edition.title.get(&desk.lang).to_owned() } else { edition.id.to_string() };
    let state = match (released, has_lead) {
        (false, _) => Cell::plain(desk.pick("これから", "to come")),
        (true, true) => Cell::plain(desk.pick("公開中", "public")),
        (true, false) => Cell::gap(desk.pick("巻頭の記事がありません", "no lead")),
    };
    for cell in [&timing, &state].into_iter().filter(|cell| cell.gap) {
        gaps.push(match desk.language {
            Language::Ja => format!("「{title}」：{}。", cell.text),
            Language::En => format!("“{title}”: {}.", cell.text),
        });
    }
    if released && public < all {
        gaps.push(match desk.language {
            Language::Ja => format!("「{title}」の記事{all}件のうち{}件は、公開していません。", all - public),
            Language::En => format!("{} of {all} articles of “{title}” are not public.", all - public),
        });
    }
    let count = Cell { text: format!("{public}／{all}"), gap: released && public < all };
    (title, vec![Cell::plain(desk.day(release)), Cell::plain(edition.stage), timing, count, state])
}
