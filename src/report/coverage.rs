//! What articles and events cover: viewpoints by scenes, audiences and areas, and what they leave out.

use super::{Block, Cell, Desk, Section, Table};
use crate::article::{Article, Kind};
use crate::chart::{self, Bar, BarRow, Caption};
use crate::select::Reason;
use crate::vocabulary::{Audience, Scene, Viewpoint};

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let public: Vec<&Article> = desk.articles().filter(|article| desk.is_public(article)).collect();
    let coming: Vec<&Article> = desk.articles().filter(|article| is_coming(desk, article)).collect();
    let mut gaps = Vec::new();
    let lang = desk.lang.as_str();
    let scenes: Vec<(String, Test<'_>)> = Scene::ALL
        .iter()
        .map(|scene| {
            (scene.name().get(lang).to_owned(), Box::new(|one: &Article| one.scenes.contains(scene)) as Test<'_>)
        })
        .collect();
    // The viewpoints are what residents should understand; professionals' trainings have their own ends.
    let audiences: Vec<(String, Test<'_>)> = Audience::ALL
        .iter()
        .filter(|audience| **audience != Audience::Professional)
        .map(|audience| {
            (audience.name().get(lang).to_owned(), Box::new(|one: &Article| speaks_to(one, *audience)) as Test<'_>)
        })
        .collect();
    let mut areas: Vec<(String, Test<'_>)> =
        vec![(desk.pick("全域", "everywhere").to_owned(), Box::new(|one: &Article| one.areas.is_empty()) as Test<'_>)];
    areas.extend(desk.areas().map(|area| {
        let id = area.id.as_str();
        (area.name.clone(), Box::new(move |one: &Article| one.areas.iter().any(|named| named.value == id)) as Test<'_>)
    }));
    let words = [
        ("coverage-scenes", desk.pick("視点 × 場面", "Viewpoints by scenes")),
        ("coverage-audiences", desk.pick("視点 × 対象", "Viewpoints by audiences")),
        ("coverage-areas", desk.pick("視点 × 地域", "Viewpoints by areas")),
    ];
    let tables = [&scenes, &audiences, &areas].into_iter().zip(words);
    let mut blocks = vec![viewpoints(desk, &public)];
    for (columns, words) in tables {
        blocks.push(Block::Table(table(desk, (&public, &coming), (words, columns), &mut gaps)));
    }
    gaps.extend(withheld(desk));
    blocks.push(Block::Gaps(gaps));
    Section {
        title: desk.pick("記事と催しの行き渡り", "Coverage").to_owned(),
        lead: desk
            .pick(
                "公開中の体験談、質問、手引き、催しが、住民に知ってほしい五つの視点をどの場面・対象・地域で扱っているかの数です。かっこの中は公開予定の数です。",
                "How many public stories, questions, guides and events cover each of the five viewpoints. In brackets: still to come.",
            )
            .to_owned(),
        blocks,
    }
}

type Test<'t> = Box<dyn Fn(&Article) -> bool + 't>;

fn speaks_to(article: &Article, audience: Audience) -> bool {
    let of_event = article.event.as_ref().map(|event| event.audiences.as_slice()).unwrap_or_default();
    article.audiences.contains(&audience) || of_event.contains(&audience)
}

fn is_coming(desk: &Desk<'_>, article: &Article) -> bool {
    desk.why_withheld(article).is_some_and(|withheld| withheld.reason.is_still_to_come())
}

/// Viewpoints down; a cell without anything public is a gap.
fn table(
    desk: &Desk<'_>,
    articles: (&[&Article], &[&Article]),
    columns: ((&'static str, &str), &[(String, Test<'_>)]),
    gaps: &mut Vec<String>,
) -> Table {
    let ((name, caption), columns) = columns;
    let (public, coming) = articles;
    let lang = desk.lang.as_str();
    let rows = Viewpoint::ALL.iter().map(|viewpoint| {
        let label = viewpoint.name().get(lang).to_owned();
        let mut empty: Vec<&str> = Vec::new();
        let cells = columns.iter().map(|(column, test)| {
            let count =
                |of: &[&Article]| of.iter().filter(|one| one.viewpoints.contains(viewpoint) && test(one)).count();
            let (now, later) = (count(public), count(coming));
            if now == 0 && later == 0 {
                empty.push(column);
            }
            let text = if later > 0 { format!("{now}（+{later}）") } else { now.to_string() };
            Cell { text, gap: now == 0 }
        });
        let cells: Vec<Cell> = cells.collect();
        if !empty.is_empty() {
            let empty = empty.join(desk.pick("、", ", "));
            gaps.push(match desk.language {
                crate::diag::Language::Ja => format!("視点「{label}」は、{empty}について公開中も予定もありません。"),
                crate::diag::Language::En => format!("Viewpoint “{label}”: nothing public or planned for {empty}."),
            });
        }
        (label, cells)
    });
    let rows = rows.collect();
    let mut headings = vec![desk.pick("視点", "Viewpoint").to_owned()];
    headings.extend(columns.iter().map(|(column, _)| column.clone()));
    Table { name, caption: caption.to_owned(), columns: headings, rows }
}

/// How many public articles there are for each viewpoint.
fn viewpoints(desk: &Desk<'_>, public: &[&Article]) -> Block {
    let rows: Vec<BarRow> = Viewpoint::ALL
        .iter()
        .map(|viewpoint| {
            let count = public.iter().filter(|one| one.viewpoints.contains(viewpoint)).count();
            #[expect(clippy::cast_precision_loss, reason = "numbers of articles are far below 2^52")]
            let bar = Bar { value: Some(count as f64), shown: count.to_string() };
            BarRow { label: viewpoint.name().get(desk.lang.as_str()).to_owned(), bars: vec![bar] }
        })
        .collect();
    let title = desk.pick("視点ごとの数（公開中）", "Public articles and events by viewpoint").to_owned();
    let caption = Caption { id: "viewpoints", title: &title, summary: "" };
    Block::Chart { svg: chart::bars(caption, &rows, None), title, legend: Vec::new() }
}

/// Stories that consent keeps back are counted, never named.
fn withheld(desk: &Desk<'_>) -> Vec<String> {
    let stories = || desk.articles().filter(|article| article.kind == Kind::Story);
    let kept = stories()
        .filter(|article| matches!(desk.why_withheld(article).map(|one| &one.reason), Some(Reason::Consent(_))))
        .count();
    let soon = desk.today.checked_add(jiff::Span::new().days(90)).unwrap_or(desk.today);
    let ending = stories()
        .filter(|article| desk.is_public(article))
        .filter_map(|article| article.consent.as_ref()?.until.as_ref())
        .filter(|until| until.value <= soon)
        .count();
    let ja = desk.language == crate::diag::Language::Ja;
    let mut said = Vec::new();
    if kept > 0 {
        said.push(if ja {
            format!("掲載の同意がないか、終わっているために載せていない体験談が{kept}件あります。")
        } else {
            format!("Stories kept back because consent is missing or has ended: {kept}.")
        });
    }
    if ending > 0 {
        said.push(if ja {
            format!("掲載の同意が90日以内に終わる体験談が{ending}件あります。続けて載せてよいか、ご家族にうかがってください。")
        } else {
            format!("Consents that end within 90 days: {ending}. Ask the families.")
        });
    }
    said
}
