//! Events of the year: what was expected and what came, by area.

mod expected;

use jiff::civil::Date;

use super::{Block, Cell, Desk, NOTHING, Section, Table};
use crate::article::{Article, Event, EventStatus};
use crate::chart::{self, Bar, BarRow, Caption};
use crate::diag::Language;
use crate::vocabulary::Method;

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let mut events: Vec<(Date, &Article, &Event)> = desk
        .articles()
        .filter_map(|article| {
            let event = article.event.as_ref()?;
            let day = event.starts.value.date();
            desk.year.contains(day).then_some((day, article, event))
        })
        .collect();
    events.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let mut gaps = Vec::new();
    let table = table(desk, &events, &mut gaps);
    let (areas, chart) = areas(desk, &events, &mut gaps);
    gaps.extend(methods(desk, &events));
    let mut blocks = vec![chart, Block::Table(table)];
    blocks.extend(expected::table(desk, &events, &mut gaps).map(Block::Table));
    blocks.extend([Block::Table(areas), Block::Gaps(gaps)]);
    Section {
        title: desk.pick("催し", "Events").to_owned(),
        lead: desk
            .pick(
                "年度内の催しについて、定員と、参加・アンケートの結果を並べ、催しごとに期待したこと（原稿の [event.expected]）と比べています。終わったのに記録のないものは、右の欄に示します。",
                "Events of the year: the room there was, who came, and what was expected ([event.expected] of the article). Events that are over without a record are marked.",
            )
            .to_owned(),
        blocks,
    }
}

fn is_cancelled(event: &Event) -> bool {
    event.status.as_ref().is_some_and(|status| status.value == EventStatus::Cancelled)
}

fn is_over(desk: &Desk<'_>, event: &Event) -> bool {
    event.is_over_at(&desk.library.config.zone).is_some_and(|end| end <= desk.at)
}

/// What is known of an event that is over; before that nobody may know it.
fn result<'a>(desk: &Desk<'_>, event: &'a Event) -> Option<&'a crate::article::EventResult> {
    event.result.as_ref().filter(|_| is_over(desk, event))
}

fn table(desk: &Desk<'_>, events: &[(Date, &Article, &Event)], gaps: &mut Vec<String>) -> Table {
    let columns = [
        ("催し", "Event"),
        ("日", "Day"),
        ("手法", "Method"),
        ("定員", "Room for"),
        ("参加", "Came"),
        ("満足", "Content"),
        ("ようす", "State"),
    ];
    let number = |number: Option<i64>| number.map_or_else(|| Cell::plain(NOTHING), Cell::plain);
    let rows = events.iter().map(|(day, article, event)| {
        let came = result(desk, event).and_then(|result| result.participants);
        let content = result(desk, event).and_then(|result| {
            let (asked, yes) = (result.surveyed?, result.satisfied?);
            (asked >= 5).then(|| format!("{}%", (yes * 100 + asked / 2) / asked))
        });
        let title = desk.title(article);
        let state = match (is_over(desk, event), came) {
            _ if is_cancelled(event) => Cell::plain(desk.pick("中止", "cancelled")),
            (false, _) if desk.is_public(article) => Cell::plain(desk.pick("これから", "to come")),
            (false, _) => Cell::plain(desk.pick("これから（公開前）", "to come, not announced")),
            (true, None) => {
                gaps.push(match desk.language {
                    Language::Ja => format!("「{title}」は終わりましたが、参加した人数の記録がありません。"),
                    Language::En => format!("“{title}” is over, but nobody recorded how many came."),
                });
                Cell::gap(desk.pick("記録がありません", "no record"))
            }
            (true, Some(came)) => match event.capacity.filter(|room| *room > 0) {
                Some(room) => Cell::plain(match desk.language {
                    Language::Ja => format!("定員の{}%", came * 100 / room),
                    Language::En => format!("{}% of the room", came * 100 / room),
                }),
                None => Cell::plain(desk.pick("記録済み", "recorded")),
            },
        };
        let method =
            event.method.map_or_else(|| NOTHING.to_owned(), |method| method.name().get(desk.lang.as_str()).to_owned());
        let cells = vec![
            Cell::plain(desk.day(*day)),
            Cell::plain(method),
            number(event.capacity),
            number(came),
            Cell::plain(content.unwrap_or_else(|| NOTHING.to_owned())),
            state,
        ];
        (title, cells)
    });
    let rows: Vec<(String, Vec<Cell>)> = rows.collect();
    if rows.is_empty() {
        gaps.push(desk.pick("この年度の催しが一つもありません。", "There is no event in this year.").to_owned());
    }
    Table {
        name: "events",
        caption: desk.pick("年度内の催し", "Events of the year").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    }
}

/// By area: held, to come, people.
fn areas(desk: &Desk<'_>, events: &[(Date, &Article, &Event)], gaps: &mut Vec<String>) -> (Table, Block) {
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    for area in desk.areas() {
        let here: Vec<_> = events
            .iter()
            .filter(|(_, _, event)| !is_cancelled(event))
            .filter(|(_, article, _)| article.areas.iter().any(|named| named.value == area.id.as_str()))
            .collect();
        let held = here.iter().filter(|(_, _, event)| is_over(desk, event)).count();
        let people: i64 = here.iter().filter_map(|(_, _, event)| result(desk, event)?.participants).sum();
        if here.is_empty() {
            gaps.push(match desk.language {
                Language::Ja => format!("{}を会場や対象とする催しが、年度内にありません。", area.name),
                Language::En => format!("No event of the year names {}.", area.name),
            });
        }
        rows.push((area.name.clone(), vec![Cell::plain(held), Cell::plain(here.len() - held), Cell::plain(people)]));
        #[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
        bars.push(BarRow {
            label: area.name.clone(),
            bars: vec![Bar { value: Some(people as f64), shown: people.to_string() }],
        });
    }
    let title =
        desk.pick("地域ごとの参加者（その地域を名指した催し）", "People who came, by area of the event").to_owned();
    let svg = chart::bars(Caption { id: "events", title: &title, summary: "" }, &bars, None);
    let columns = [("地域", "Area"), ("終わった催し", "Held"), ("これから", "To come"), ("参加者", "People")];
    let table = Table {
        name: "events-areas",
        caption: desk.pick("地域ごとの催し", "Events by area").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    };
    (table, Block::Chart { svg, title, legend: Vec::new() })
}

/// Methods that the year does not use.
fn methods(desk: &Desk<'_>, events: &[(Date, &Article, &Event)]) -> Option<String> {
    let missing: Vec<String> = Method::ALL
        .iter()
        .filter(|method| matches!(method, Method::Symposium | Method::Lecture | Method::OutreachClass | Method::Cafe))
        .filter(|method| !events.iter().any(|(_, _, event)| event.method == Some(**method)))
        .map(|method| method.name().get(desk.lang.as_str()).to_owned())
        .collect();
    let names = missing.join(desk.pick("、", ", "));
    (!missing.is_empty()).then(|| match desk.language {
        Language::Ja => format!("年度内に使っていない手法があります：{names}。"),
        Language::En => format!("Methods that the year does not use: {names}."),
    })
}
