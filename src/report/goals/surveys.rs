//! Answers of surveys: how they moved since the survey before, why, and which goal looks at them.

use super::super::{Cell, Desk, Table};
use super::Standing;
use crate::diag::Language;
use crate::figure::{Number, Survey};
use crate::plan::{Goal, Plan};
use crate::site::{Count, Poll, PollYear};

/// The answer that a goal names, over the years.
pub(super) fn standing(desk: &Desk<'_>, goal: &Goal) -> Option<Standing> {
    let public = &desk.site.public;
    let survey = public.figures.survey(&goal.indicator.as_ref()?.value)?;
    let question = &goal.question.as_ref()?.value;
    let poll = desk.site.figures.poll_of(public, survey.id.as_str(), question)?;
    let answer = &goal.answer.as_ref()?.value;
    let at = poll.answers.iter().position(|known| **known == **answer)?;
    let points = poll.years.iter().rev().map(|year| (year.year, year.whole.share(at).map(percent)));
    let words = survey.question_in(&poll.text, &desk.lang);
    let answer = survey.answer_in((&poll.text, answer), &desk.lang);
    let name = match desk.language {
        Language::Ja => format!("{words}「{answer}」"),
        Language::En => format!("{words} “{answer}”"),
    };
    Some(Standing { name, unit: "%".to_owned(), home_deaths: false, points: points.collect() })
}

/// To one decimal, as pages show shares.
fn percent(share: f64) -> Number {
    Number { value: (share * 10.0).round() / 10.0, decimals: 1 }
}

/// Every question: the answers that moved most, how many answered, the goal, and why.
pub(super) fn table(desk: &Desk<'_>, plan: Option<&Plan>, gaps: &mut Vec<String>) -> Option<Table> {
    let columns = [
        ("調査の設問", "Question of a survey"),
        ("大きく動いた答え", "Answers that moved most"),
        ("回答した人", "Answered"),
        ("つながる目標", "Goal"),
        ("変わった理由、変わらなかった理由", "Why it changed, or did not"),
    ];
    let mut rows = Vec::new();
    let mut unexplained: Vec<String> = Vec::new();
    for (survey, polls) in desk.site.public.figures.surveys.iter().zip(&desk.site.figures.polls) {
        for poll in polls {
            let words = survey.question_in(&poll.text, &desk.lang).to_owned();
            let why =
                survey.told(&poll.text).and_then(|told| told.changed.as_ref()).map(|why| why.value.get(&desk.lang));
            if why.is_none() && poll.years.len() > 1 {
                unexplained.push(words.clone());
            }
            let why = match why {
                Some(why) => Cell::plain(why),
                None if poll.years.len() > 1 => Cell::gap(desk.pick("書かれていません", "not written")),
                None => Cell::plain("－"),
            };
            rows.push((
                words,
                vec![moved(desk, survey, poll), people(desk, poll), goal(desk, plan, survey, poll), why],
            ));
        }
    }
    if rows.is_empty() {
        gaps.push(desk.pick("公開されている調査がありません。", "No survey is public.").to_owned());
        return None;
    }
    if !unexplained.is_empty() {
        let names = unexplained.join(desk.pick("」「", "”, “"));
        gaps.push(match desk.language {
            Language::Ja => {
                format!("調査の「{names}」は、答えが動いた理由（または動かなかった理由）が書かれていません。")
            }
            Language::En => format!("Nobody wrote why the answers to these changed or did not: “{names}”."),
        });
    }
    Some(Table {
        name: "surveys",
        caption: desk.pick("調査の答えと目標", "Answers of surveys, and the goals").to_owned(),
        columns: columns.map(|(ja, en)| desk.pick(ja, en).to_owned()).to_vec(),
        rows,
    })
}

/// The two answers that moved most between the last two years; of a single year, the two commonest.
fn moved(desk: &Desk<'_>, survey: &Survey, poll: &Poll) -> Cell {
    let mut years = poll.years.iter();
    let (Some(newest), before) = (years.next(), years.next()) else { return Cell::gap("－") };
    let share = |of: Option<&PollYear>, at: usize| of.and_then(|year| year.whole.share(at));
    let weight = |at: usize| {
        let now = share(Some(newest), at).unwrap_or_default();
        before.map_or(now, |_| share(before, at).map_or(0.0, |old| (now - old).abs()))
    };
    let mut order: Vec<usize> = (0..poll.answers.len()).filter(|at| share(Some(newest), *at).is_some()).collect();
    order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    let parts = order.into_iter().take(2).filter_map(|at| {
        let number = |of| share(of, at).map_or_else(|| "＊".to_owned(), |share| format!("{}%", percent(share).shown()));
        let name = survey.answer_in((&poll.text, poll.answers.get(at)?), &desk.lang);
        Some(match before {
            Some(_) => format!("{name} {}→{}", number(before), number(Some(newest))),
            None => format!("{name} {}", number(Some(newest))),
        })
    });
    let parts: Vec<String> = parts.collect();
    let years = before.map_or_else(|| newest.year.to_string(), |before| format!("{}→{}", before.year, newest.year));
    Cell::plain(match desk.language {
        Language::Ja => format!("{years}年度：{}", parts.join("、")),
        Language::En => format!("{years}: {}", parts.join(", ")),
    })
}

fn people(desk: &Desk<'_>, poll: &Poll) -> Cell {
    match poll.years.first().map(|year| year.whole.n) {
        Some(Count::Told(n)) => Cell::plain(Number::whole(n).shown()),
        Some(Count::Hidden) => Cell::plain("＊"),
        Some(Count::Absent) | None => Cell::gap(desk.pick("書かれていません", "not written")),
    }
}

fn goal(desk: &Desk<'_>, plan: Option<&Plan>, survey: &Survey, poll: &Poll) -> Cell {
    let looks_here = |goal: &&Goal| {
        let of_survey = goal.indicator.as_ref().is_some_and(|named| named.value == survey.id.as_str());
        let question = goal.question.as_ref().map(|question| question.value.as_str());
        of_survey && question.is_some_and(|question| question == poll.anchor || *question == *poll.text)
    };
    let goals = plan.iter().flat_map(|plan| &plan.goals).filter(looks_here);
    let goals: Vec<&str> = goals.map(|goal| goal.text.get(&desk.lang)).collect();
    Cell::plain(if goals.is_empty() { "－".to_owned() } else { goals.join(desk.pick("、", "; ")) })
}
