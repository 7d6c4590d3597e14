//! What was expected of events, beside what came: people, and the indicator by which a change would be seen.

use jiff::civil::Date;

use super::super::{Cell, Desk, Table};
use super::{is_cancelled, is_over, result};
use crate::article::{Article, Event, Expected};
use crate::calendar::fiscal_year::FiscalYear;
use crate::diag::Language;
use crate::figure::Number;

/// The events that say what was expected; those for residents that do not are told.
pub(super) fn table(desk: &Desk<'_>, events: &[(Date, &Article, &Event)], gaps: &mut Vec<String>) -> Option<Table> {
    let columns = [
        ("催し", "Event"),
        ("期待した変化", "What should change"),
        ("見込みの人数", "Expected"),
        ("参加", "Came"),
        ("見る指標", "Seen by"),
        ("指標の動き", "How it moved"),
    ];
    let mut silent: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (day, article, event) in events {
        let title = desk.title(article);
        let Some(expected) = &event.expected else {
            if !event.is_for_professionals() && !is_cancelled(event) {
                silent.push(title);
            }
            continue;
        };
        let change = expected.change.as_ref();
        let change = change.map_or_else(|| Cell::gap(desk.pick("書かれていません", "not written")), Cell::plain);
        let hoped = expected.participants.map_or_else(|| Cell::plain("－"), Cell::plain);
        let came = came(desk, &title, (event, expected), gaps);
        let (name, moved) = indicator(desk, expected, *day);
        rows.push((title, vec![change, hoped, came, name, moved]));
    }
    if !silent.is_empty() {
        let (count, names) = (silent.len(), silent.join(desk.pick("」「", "”, “")));
        gaps.push(match desk.language {
            Language::Ja => format!("期待したことが書かれていない催しが{count}件あります：「{names}」。"),
            Language::En => format!("Events that do not say what was expected of them ({count}): “{names}”."),
        });
    }
    (!rows.is_empty()).then(|| Table {
        name: "events-expected",
        caption: desk.pick("期待したことと、その結果", "What was expected, and what came").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    })
}

fn came(desk: &Desk<'_>, title: &str, (event, expected): (&Event, &Expected), gaps: &mut Vec<String>) -> Cell {
    let came = result(desk, event).and_then(|result| result.participants);
    match (came, expected.participants) {
        (Some(came), Some(hoped)) if came < hoped => {
            gaps.push(match desk.language {
                Language::Ja => format!("「{title}」は、見込み{hoped}人に対して{came}人でした。"),
                Language::En => format!("“{title}”: {hoped} were expected, {came} came."),
            });
            Cell::gap(came)
        }
        (Some(came), _) => Cell::plain(came),
        (None, _) if is_over(desk, event) => Cell::gap(desk.pick("記録がありません", "no record")),
        (None, _) => Cell::plain(desk.pick("これから", "to come")),
    }
}

/// The value known when the event was planned (of a year before its own), and the newest one.
fn indicator(desk: &Desk<'_>, expected: &Expected, day: Date) -> (Cell, Cell) {
    let Some(named) = &expected.indicator else {
        let none = desk.pick("書かれていません", "not written");
        return (Cell::gap(none), Cell::gap(desk.pick("変わったかどうか分かりません", "nobody can tell")));
    };
    let public = &desk.site.public;
    let found = public.figures.indicator(&named.value).zip(desk.site.figures.series_of(public, &named.value));
    let Some((indicator, series)) = found else {
        return (Cell::gap(&named.value), Cell::gap(desk.pick("値がまだありません", "no value yet")));
    };
    let year = FiscalYear::of(day).year();
    let values = || {
        let whole = series.points.iter().filter_map(|point| Some((point.year, point.whole.as_ref()?.number?)));
        whole.collect::<Vec<(i16, Number)>>()
    };
    let told = |(year, number): (i16, Number)| match desk.language {
        Language::Ja => format!("{}（{year}）", number.shown()),
        Language::En => format!("{} ({year})", number.shown()),
    };
    let before = values().into_iter().rev().find(|(of, _)| *of < year);
    let since = values().into_iter().rev().find(|(of, _)| *of >= year);
    let name = Cell::plain(indicator.name.get(&desk.lang));
    let moved = match (before, since) {
        (Some(before), Some(since)) => Cell::plain(format!("{}→{}", told(before), told(since))),
        (None, Some(since)) => Cell::plain(told(since)),
        (Some(before), None) => Cell::plain(match desk.language {
            Language::Ja => format!("{}。その後の値はまだありません", told(before)),
            Language::En => format!("{}; no value since", told(before)),
        }),
        (None, None) => Cell::gap(desk.pick("値がまだありません", "no value yet")),
    };
    (name, moved)
}
