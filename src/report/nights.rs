//! Who covers nights and holidays in each area (item ウ of the programme), and how far the next visiting nurse is.

use jiff::civil::Weekday;

use super::{Block, Cell, Desk, Section, Table};
use crate::area::{Area, AreaId};
use crate::chart::{self, Bar, BarRow, Caption};
use crate::diag::Language;
use crate::facility::{Answer, Facility, Status};
use crate::geo::{Position, distance_m};

/// What is asked of a place.
#[derive(Clone, Copy)]
struct Ask {
    ja: &'static str,
    en: &'static str,
    categories: &'static [&'static str],
    services: &'static [&'static str],
}

const NURSES: &[&str] = &["visiting_nursing"];
const DOCTORS: &[&str] = &["clinic", "hospital"];

const ASKS: &[Ask] = &[
    Ask {
        ja: "訪問看護：24時間の連絡",
        en: "Visiting nurses: day and night",
        categories: NURSES,
        services: &["around_the_clock"],
    },
    Ask {
        ja: "訪問看護：夜間か休日の訪問",
        en: "Visiting nurses: come at night or on holidays",
        categories: NURSES,
        services: &["night_response", "holiday_response"],
    },
    Ask {
        ja: "医師：24時間の連絡か夜間の対応",
        en: "Doctors: day and night",
        categories: DOCTORS,
        services: &["around_the_clock", "night_response"],
    },
    Ask {
        ja: "薬局：夜間か休日の対応",
        en: "Pharmacies: at night or on holidays",
        categories: &["pharmacy"],
        services: &["around_the_clock", "night_response", "holiday_response"],
    },
];

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let mut gaps = Vec::new();
    let table = cover(desk, &mut gaps);
    let names = names(desk);
    let (distances, chart) = nearest(desk, &mut gaps);
    gaps.extend(silent(desk));
    let mut blocks = vec![Block::Table(table), Block::Table(names)];
    blocks.extend(chart);
    blocks.push(Block::Table(distances));
    blocks.push(Block::Gaps(gaps));
    Section {
        title: desk.pick("夜間と休日の支え", "Nights and holidays").to_owned(),
        lead: desk
            .pick(
                "その地域にあるか、その地域に来ると答えているところの数です（休止中を除く）。一覧にあるままの数で、実際に出られるかどうかは各事業所にお確かめください。",
                "Places that stand in the area or come to it, as the lists say (without those that pause).",
            )
            .to_owned(),
        blocks,
    }
}

fn open<'a>(desk: &'a Desk<'_>) -> impl Iterator<Item = &'a Facility> {
    let all = desk.site.facilities.all.iter().map(|no| &*desk.site.facility(*no).facility);
    all.filter(|facility| facility.status != Status::Paused)
}

fn reaches(facility: &Facility, area: &AreaId) -> bool {
    facility.area.as_ref() == Some(area) || facility.visits(area)
}

fn is_a(facility: &Facility, categories: &[&str]) -> bool {
    categories.contains(&facility.category.as_str())
}

fn says_yes(facility: &Facility, services: &[&str]) -> bool {
    let yes = |id: &str, answer: &Answer| *answer == Answer::Yes && services.contains(&id);
    facility.services.iter().any(|(id, answer)| yes(id.as_str(), answer))
}

/// Open on Sundays or holidays by its hours.
fn open_on_holidays(facility: &Facility) -> bool {
    facility.hours.as_ref().is_some_and(|hours| {
        let week = hours.week();
        let sunday = !week.day(Weekday::Sunday).spans.is_empty();
        sunday || week.holidays.as_ref().is_some_and(|day| !day.spans.is_empty())
    })
}

fn cover(desk: &Desk<'_>, gaps: &mut Vec<String>) -> Table {
    let ja = desk.language == Language::Ja;
    let mut columns = vec![desk.pick("地域", "Area").to_owned()];
    columns.extend(ASKS.iter().map(|ask| if ja { ask.ja } else { ask.en }.to_owned()));
    columns.push(desk.pick("日曜か祝日に開いているところ", "Open on Sundays or holidays").to_owned());
    let rows = desk.areas().map(|area| {
        let mut lacking: Vec<&str> = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        for ask in ASKS {
            let fits = |one: &&Facility| is_a(one, ask.categories) && says_yes(one, ask.services);
            let count = open(desk).filter(|one| reaches(one, &area.id)).filter(fits).count();
            if count == 0 {
                lacking.push(if ja { ask.ja } else { ask.en });
            }
            cells.push(Cell::number(count));
        }
        let holidays = open(desk).filter(|one| reaches(one, &area.id) && open_on_holidays(one)).count();
        cells.push(Cell::number(holidays));
        if !lacking.is_empty() {
            let lacking = lacking.join(desk.pick("」「", "; "));
            gaps.push(if ja {
                format!("{}には、「{lacking}」と答えているところがありません。", area.name)
            } else {
                format!("{}: nobody for {lacking}.", area.name)
            });
        }
        (area.name.clone(), cells)
    });
    let rows = rows.collect();
    let caption =
        desk.pick("地域ごとの夜間・休日の担い手（か所）", "Who covers nights and holidays (places)").to_owned();
    Table { name: "nights", caption, columns, rows }
}

/// Names, for the table above to be checked.
fn names(desk: &Desk<'_>) -> Table {
    let list = |area: &AreaId, categories: &[&str]| {
        let services = ["around_the_clock", "night_response", "holiday_response"];
        let fits = |one: &&Facility| reaches(one, area) && is_a(one, categories) && says_yes(one, &services);
        let names: Vec<String> = open(desk)
            .filter(fits)
            .map(|one| {
                let name = crate::markdown::ruby::base_text(&one.name).into_owned();
                let here = one.area.as_ref() == Some(area);
                if here { name } else { format!("{name}{}", "※") }
            })
            .collect();
        match names.is_empty() {
            true => Cell::gap(desk.pick("なし", "none")),
            false => Cell::plain(names.join(desk.pick("、", ", "))),
        }
    };
    let rows = desk.areas().map(|area| {
        (area.name.clone(), vec![list(&area.id, NURSES), list(&area.id, DOCTORS), list(&area.id, &["pharmacy"])])
    });
    let columns = [("地域", "Area"), ("訪問看護", "Visiting nurses"), ("医師", "Doctors"), ("薬局", "Pharmacies")];
    Table {
        name: "nights-names",
        caption: desk
            .pick(
                "夜間・休日に応じると答えているところ（※は他の地域から来るところ）",
                "Places that answer at night or on holidays (※ from elsewhere)",
            )
            .to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows: rows.collect(),
    }
}

/// What the lists do not answer is not the same as no.
fn silent(desk: &Desk<'_>) -> Option<String> {
    let answers = |one: &&Facility| {
        ["around_the_clock", "night_response"].iter().any(|id| one.services.keys().any(|known| known.as_str() == *id))
    };
    let asked = || open(desk).filter(|one| is_a(one, NURSES) || is_a(one, DOCTORS));
    let (all, answered) = (asked().count(), asked().filter(answers).count());
    let silent = all - answered;
    (silent > 0).then(|| match desk.language {
        Language::Ja => format!("診療所・病院・訪問看護{all}か所のうち{silent}か所は、夜間や24時間のことを一覧で答えていません。「ない」のか「聞いていない」のかは、一覧からは分かりません。"),
        Language::En => format!("{silent} of {all} clinics, hospitals and nurse stations have not answered about nights."),
    })
}

/// The middle of an area: of its outline's frame, where it has one.
fn middle(area: &Area) -> Option<Position> {
    let largest = area.shape.as_ref()?.polygons.iter().max_by(|a, b| {
        let size = |polygon: &crate::geo::Polygon| {
            let frame = polygon.bounds();
            (frame.east - frame.west) * (frame.north - frame.south)
        };
        size(a).total_cmp(&size(b))
    })?;
    Some(largest.bounds().centre())
}

fn nearest(desk: &Desk<'_>, gaps: &mut Vec<String>) -> (Table, Option<Block>) {
    let nurses: Vec<&Facility> = open(desk).filter(|one| is_a(one, NURSES)).collect();
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    for area in desk.areas() {
        let standing = nurses.iter().filter(|one| one.area.as_ref() == Some(&area.id)).count();
        let visiting = nurses.iter().filter(|one| one.visits(&area.id)).count();
        let middle = middle(area);
        let distances = nurses.iter().filter_map(|one| Some((distance_m(middle?, one.position?), *one)));
        let next = distances.min_by(|a, b| a.0.total_cmp(&b.0));
        if visiting == 0 && standing == 0 {
            gaps.push(match desk.language {
                Language::Ja => {
                    format!("{}には、訪問看護ステーションがなく、来ると答えているところもありません。", area.name)
                }
                Language::En => format!("{}: no visiting nurse stands here or comes here.", area.name),
            });
        }
        let (name, far) = match next {
            Some((metres, one)) => {
                let km = metres / 1000.0;
                bars.push(BarRow {
                    label: area.name.clone(),
                    bars: vec![Bar { value: Some(km), shown: format!("{km:.1} km") }],
                });
                (Cell::plain(crate::markdown::ruby::base_text(&one.name)), Cell::plain(format!("{km:.1} km")))
            }
            None => {
                let unknown =
                    desk.pick("測れません（区域の形か、所在地がありません）", "unknown (no outline or no position)");
                (Cell::gap("－"), Cell::gap(unknown))
            }
        };
        rows.push((area.name.clone(), vec![Cell::number(standing), Cell::number(visiting), name, far]));
    }
    let title = desk
        .pick(
            "地域の中ほどから最寄りの訪問看護まで（直線）",
            "To the nearest visiting nurse, from the middle of the area",
        )
        .to_owned();
    let caption = Caption { id: "nearest", title: &title, summary: "" };
    let chart = (!bars.is_empty()).then(|| chart::bars(caption, &bars, None));
    let chart = chart.map(|svg| Block::Chart { svg, title: title.clone(), legend: Vec::new() });
    let columns = [
        ("地域", "Area"),
        ("地域の中にある数", "In the area"),
        ("来ると答えている数", "Coming to it"),
        ("最寄りのステーション", "Nearest"),
        ("直線の距離", "Straight line"),
    ];
    let columns = columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec();
    (Table { name: "nearest-nurse", caption: title, columns, rows }, chart)
}
