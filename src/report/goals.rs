//! Goals of the year's plan against indicators and answers of surveys, and how all of these moved.

mod surveys;

use super::{Block, Cell, Desk, NOTHING, Section, Table};
use crate::chart::{self, Caption, Dot};
use crate::diag::Language;
use crate::figure::Number;
use crate::plan::{Goal, Plan};

pub(super) fn section(desk: &Desk<'_>) -> Section {
    let mut gaps = Vec::new();
    let mut blocks = Vec::new();
    let plan = desk.library.plans.iter().find(|plan| plan.fiscal_year.value == desk.year.year());
    match plan {
        Some(plan) => {
            blocks.extend(charts(desk, plan));
            blocks.push(Block::Table(goals(desk, plan, &mut gaps)));
            let over = desk.today > desk.year.last_day();
            if over && plan.review.is_none() {
                gaps.push(
                    desk.pick(
                        "年度が終わりましたが、計画に見直し（review）がまだ書かれていません。",
                        "The year is over, but its plan has no review yet.",
                    )
                    .to_owned(),
                );
            }
        }
        None => gaps.push(match desk.language {
            Language::Ja => format!("{}年度の計画（content/plans/{}.toml）がありません。", desk.year, desk.year),
            Language::En => format!("There is no plan for {} (content/plans/{}.toml).", desk.year, desk.year),
        }),
    }
    blocks.push(Block::Table(moves(desk, &mut gaps)));
    blocks.extend(surveys::table(desk, plan.map(|plan| &**plan), &mut gaps).map(Block::Table));
    blocks.push(Block::Gaps(gaps));
    Section {
        title: desk.pick("目標と、指標・調査", "Goals, indicators and surveys").to_owned(),
        lead: desk
            .pick(
                "目標ごとに、計画に書いた値と、いま公開されている最も新しい値を並べています。調査の設問は、どの目標につながるかも示します。数が動いた理由、動かなかった理由とあわせて読みます。",
                "What the plan hoped for beside the newest value that is public, and which goal each question of a survey serves. Read it with why it changed, or did not.",
            )
            .to_owned(),
        blocks,
    }
}

/// What a goal is seen by, over the years.
struct Standing {
    name: String,
    unit: String,
    home_deaths: bool,
    /// The oldest year first; no number where it is hidden.
    points: Vec<(i16, Option<Number>)>,
}

impl Standing {
    fn newest(&self) -> Option<(i16, Number)> {
        self.points.iter().rev().find_map(|(year, number)| Some((*year, (*number)?)))
    }
}

fn standing(desk: &Desk<'_>, goal: &Goal) -> Option<Standing> {
    let id = goal.indicator.as_ref()?.value.as_str();
    let public = &desk.site.public;
    let Some(indicator) = public.figures.indicator(id) else { return surveys::standing(desk, goal) };
    let points = desk.site.figures.series_of(public, id)?.points.iter();
    Some(Standing {
        name: indicator.name.get(&desk.lang).to_owned(),
        unit: indicator.unit.get(&desk.lang).to_owned(),
        home_deaths: indicator.home_deaths,
        points: points.filter_map(|point| Some((point.year, point.whole.as_ref()?.number))).collect(),
    })
}

fn goals(desk: &Desk<'_>, plan: &Plan, gaps: &mut Vec<String>) -> Table {
    let columns = [
        ("目標", "Goal"),
        ("指標", "Indicator"),
        ("計画時", "From"),
        ("目標値", "To"),
        ("いまの値", "Now"),
        ("ようす", "State"),
    ];
    let written = |value: Option<f64>| value.map_or_else(|| Cell::gap(NOTHING), Cell::plain);
    let rows = plan.goals.iter().map(|goal| {
        let text = goal.text.get(&desk.lang).to_owned();
        let found = standing(desk, goal);
        let name = match (&found, &goal.indicator) {
            (Some(standing), _) => Cell::plain(&standing.name),
            (None, Some(named)) => Cell::gap(&named.value),
            (None, None) => Cell::gap(desk.pick("なし", "none")),
        };
        let newest = found.as_ref().and_then(Standing::newest);
        let now = newest.map_or_else(
            || Cell::gap(desk.pick("まだありません", "none yet")),
            |(year, number)| Cell::plain(format!("{}（{year}）", number.shown())),
        );
        let state = state(desk, goal, found.as_ref(), newest);
        if state.gap {
            gaps.push(match desk.language {
                Language::Ja => format!("目標「{text}」：{}。", state.text),
                Language::En => format!("Goal “{text}”: {}.", state.text),
            });
        }
        (text, vec![name, written(goal.from), written(goal.to), now, state])
    });
    let rows = rows.collect();
    Table {
        name: "goals",
        caption: desk.pick("目標と、いまの値", "Goals and where they stand").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    }
}

/// Reached, under way, or what is missing to tell.
fn state(desk: &Desk<'_>, goal: &Goal, standing: Option<&Standing>, newest: Option<(i16, Number)>) -> Cell {
    if standing.is_some_and(|standing| standing.home_deaths) {
        return Cell::gap(desk.pick("自宅で亡くなった方の割合は、目標にできません", "deaths at home are never a goal"));
    }
    if goal.indicator.is_none() {
        return Cell::gap(desk.pick("指標がないので、届いたかどうか分かりません", "no indicator, so nobody can tell"));
    }
    let (Some(to), Some((year, number))) = (goal.to, newest) else {
        return Cell::gap(
            desk.pick("目標値か値がないので、届いたかどうか分かりません", "no target or no value, so nobody can tell"),
        );
    };
    let up = goal.from.is_none_or(|from| to >= from);
    let reached = if up { number.value >= to } else { number.value <= to };
    if year < desk.year.year() {
        let before = desk.pick("この年度の値はまだありません（計画前の値です）", "no value of this year yet");
        return if reached { Cell::plain(before) } else { Cell::gap(before) };
    }
    let difference = (number.value - to).abs();
    match (reached, desk.language) {
        (true, Language::Ja) => Cell::plain("届きました"),
        (true, Language::En) => Cell::plain("reached"),
        (false, Language::Ja) => Cell::gap(format!("あと{difference:.1}")),
        (false, Language::En) => Cell::gap(format!("{difference:.1} to go")),
    }
}

/// A line for each goal with an indicator, with the target across.
fn charts(desk: &Desk<'_>, plan: &Plan) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, goal) in plan.goals.iter().enumerate() {
        let Some(standing) = standing(desk, goal).filter(|standing| !standing.home_deaths) else { continue };
        let dots: Vec<Dot> = standing
            .points
            .iter()
            .map(|(year, number)| Dot {
                year: *year,
                label: year.to_string(),
                value: number.map(|number| number.value),
                shown: number.map_or_else(|| "＊".to_owned(), Number::shown),
            })
            .collect();
        let words = goal.to.map(|to| format!("{} {to}", desk.pick("目標", "goal")));
        let target = goal.to.zip(words.as_deref());
        let title = match desk.language {
            Language::Ja => format!("{}（{}）", standing.name, standing.unit),
            Language::En => format!("{} ({})", standing.name, standing.unit),
        };
        let id = format!("goal-{at}");
        let svg = chart::line(Caption { id: &id, title: &title, summary: goal.text.get(&desk.lang) }, &dots, target);
        blocks.push(Block::Chart { svg, title, legend: Vec::new() });
    }
    blocks
}

/// Every indicator: its last two values and why.
fn moves(desk: &Desk<'_>, gaps: &mut Vec<String>) -> Table {
    let columns = [
        ("指標", "Indicator"),
        ("ひとつ前", "Before"),
        ("最も新しい値", "Newest"),
        ("変わった理由、変わらなかった理由", "Why it changed, or did not"),
    ];
    let figures = &desk.site.public.figures;
    let mut unexplained: Vec<&str> = Vec::new();
    let rows = figures.indicators.iter().zip(&desk.site.figures.series).map(|(indicator, series)| {
        let mut known = series.points.iter().rev().filter_map(|point| Some((point, point.whole.as_ref()?)));
        let cell = |point: Option<(&crate::site::Point, &crate::site::Reading)>| match point {
            Some((point, whole)) => {
                let shown = whole.number.map_or_else(|| "＊".to_owned(), Number::shown);
                Cell::plain(format!("{shown}（{}）", point.year))
            }
            None => Cell::gap(NOTHING),
        };
        let (newest, before) = (known.next(), known.next());
        let why = newest.and_then(|(point, whole)| {
            let note = indicator.years.iter().find(|note| note.year.value == point.year);
            let told = note.and_then(|note| note.changed.as_ref()).map(|text| text.get(&desk.lang).to_owned());
            told.or_else(|| whole.note.clone())
        });
        let name = indicator.name.get(&desk.lang);
        if why.is_none() {
            unexplained.push(name);
        }
        let why = why.map_or_else(|| Cell::gap(desk.pick("書かれていません", "not written")), Cell::plain);
        (name.to_owned(), vec![cell(before), cell(newest), why])
    });
    let rows: Vec<(String, Vec<Cell>)> = rows.collect();
    if rows.is_empty() {
        gaps.push(desk.pick("公開されている指標がありません。", "No indicator is public.").to_owned());
    } else if !unexplained.is_empty() {
        let names = unexplained.join(desk.pick("」「", "”, “"));
        gaps.push(match desk.language {
            Language::Ja => {
                format!("「{names}」は、新しい値が動いた理由（または動かなかった理由）が書かれていません。")
            }
            Language::En => format!("Nobody wrote why these changed or did not: “{names}”."),
        });
    }
    Table {
        name: "indicators",
        caption: desk.pick("指標の動きと理由", "How indicators moved, and why").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    }
}
