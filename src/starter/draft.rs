//! The draft of a year's plan, from the plan and the review of the year before.

use std::fmt::Write as _;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::quoted;
use crate::calendar::fiscal_year::FiscalYear;
use crate::config::{Config, Localised};
use crate::figure::Figures;
use crate::library::Library;
use crate::plan::{Edition, Goal, Plan, Review, Stage};

/// The year after the last plan; none where there is no plan.
#[must_use]
pub fn next_year(library: &Library) -> Option<FiscalYear> {
    FiscalYear::new(i64::from(library.plans.last()?.fiscal_year.value) + 1)
}

/// The text of `content/plans/YEAR.toml`, from the newest plan before that year; none where there is none.
#[must_use]
pub fn draft(library: &Library, year: FiscalYear) -> Option<String> {
    let last = library.plans.iter().rev().find(|plan| plan.fiscal_year.value < year.year())?;
    let config = &library.config;
    let mut text = format!(
        "# {}の啓発計画（下書き）\n# {}年度の計画と見直しから作りました。目的、目標、手段の順に読み直し、変えてください。\n",
        year.ja(),
        last.fiscal_year.value
    );
    look_back(&mut text, last.review.as_ref(), config);
    let _ = write!(
        text,
        "\nfiscal_year = {year}\n# 目的は、今年も同じでしょうか。\npurpose = {}\n",
        value(&last.purpose, config)
    );
    for goal in &last.goals {
        write_goal(&mut text, goal, &library.figures, config);
    }
    let later = year.year() - last.fiscal_year.value;
    for stage in &last.stages {
        write_stage(&mut text, stage, later, config);
    }
    for edition in &last.editions {
        write_edition(&mut text, edition, (last, later), config);
    }
    text.push_str(
        "\n# 年度が終わったら書きます。\n# [review]\n# changed = \"変わったこと\"\n# why = \"その理由\"\n# next = \"次の年度にすること\"\n",
    );
    Some(text)
}

/// The review as comments: the person who plans reads it first.
fn look_back(text: &mut String, review: Option<&Review>, config: &Config) {
    let Some(review) = review else {
        text.push_str("#\n# 前の年度の見直し `[review]` がまだありません。先に書くと、ここに引き継がれます。\n");
        return;
    };
    let parts = [("変わったこと", &review.changed), ("その理由", &review.why), ("次にすること", &review.next)];
    for (name, part) in parts {
        let told = part.as_ref().map_or("（書かれていません）", |part| part.get(config.default_language()));
        let _ = write!(text, "#\n# 前の年度の見直しから：{name}\n");
        for line in told.lines() {
            let _ = writeln!(text, "#   {line}");
        }
    }
}

/// A goal starts from the last value that is known; what it aims at is for people to say.
fn write_goal(text: &mut String, goal: &Goal, figures: &Figures, config: &Config) {
    let _ = write!(text, "\n[[goal]]\nid = \"{}\"\ntext = {}\n", quoted(&goal.id), value(&goal.text, config));
    let Some(indicator) = &goal.indicator else {
        text.push_str("# indicator = \"…\"   # どの指標で見ますか\n");
        return;
    };
    let _ = writeln!(text, "indicator = \"{}\"", quoted(&indicator.value));
    for (key, named) in [("question", &goal.question), ("answer", &goal.answer)] {
        if let Some(named) = named {
            let _ = writeln!(text, "{key} = \"{}\"", quoted(&named.value));
        }
    }
    if figures.measure(&indicator.value).is_some_and(|measure| measure.is_home_deaths()) {
        return;
    }
    let whole = figures
        .indicators
        .iter()
        .find(|one| one.id.as_str() == indicator.value)
        .and_then(|one| one.values.iter().filter(|value| value.area.is_none()).max_by_key(|value| value.year));
    match (whole, goal.to) {
        (Some(value), _) => {
            let _ = writeln!(text, "from = {}   # {}年度の値", value.number.plain(), value.year);
        }
        (None, Some(aim)) => {
            let _ = writeln!(text, "# from = {aim}   # 前の年度にめざした値です。実際の値に変えてください");
        }
        (None, None) => {}
    }
    if let Some(aim) = goal.to {
        let _ = writeln!(text, "# to = …   # 前の年度は {aim} をめざしました");
    }
}

fn write_stage(text: &mut String, stage: &Stage, later: i16, config: &Config) {
    let _ = write!(text, "\n[[stage]]\nnumber = {}\ntitle = {}\n", stage.number, value(&stage.title, config));
    if let Some(purpose) = &stage.purpose {
        let _ = writeln!(text, "purpose = {}", value(purpose, config));
    }
    let audiences: Vec<&str> = stage.audiences.iter().map(|audience| audience.id()).collect();
    let viewpoints: Vec<&str> = stage.viewpoints.iter().map(|viewpoint| viewpoint.id()).collect();
    let goals: Vec<&str> = stage.goals.iter().map(|goal| goal.value.as_str()).collect();
    for (key, names) in [("audiences", audiences), ("viewpoints", viewpoints), ("goals", goals)] {
        let names: Vec<String> = names.into_iter().map(|name| format!("\"{}\"", quoted(name))).collect();
        let _ = writeln!(text, "{key} = [{}]", names.join(", "));
    }
    for (key, day) in [("starts", stage.starts), ("ends", stage.ends)] {
        if let Some(day) = day.and_then(|day| day.checked_add(later.years()).ok()) {
            let _ = writeln!(text, "{key} = {day}");
        }
    }
}

/// Editions come as comments: each of them needs a lead and a title of this year before it can be one.
fn write_edition(text: &mut String, edition: &Edition, (last, later): (&Plan, i16), config: &Config) {
    let Some(release) = moved(edition.release.value, later, config) else { return };
    let slug = edition.id.as_str();
    let year = last.fiscal_year.value;
    let slug = slug
        .replace(&(year + 1).to_string(), &format!("\u{0}{}", year + 1 + later))
        .replace(&year.to_string(), &(year + later).to_string())
        .replace('\u{0}', "");
    let areas: Vec<String> = edition.areas.iter().map(|area| format!("\"{}\"", quoted(&area.value))).collect();
    let _ = write!(
        text,
        "\n# 前の年度は「{}」を出しました。\n# [[edition]]\n# slug = \"{slug}\"\n# stage = {}\n# title = \"…\"\n# release = {release}\n\
         # lead = \"stories/…\"\n# areas = [{}]\n# print = {}\n# summary = \"…\"\n",
        edition.title.get(config.default_language()),
        edition.stage,
        areas.join(", "),
        edition.print
    );
}

/// The same day and time some years later; from a weekend on to Monday.
fn moved(at: Timestamp, later: i16, config: &Config) -> Option<String> {
    let local = config.zone.to_datetime(at).checked_add(later.years()).ok()?;
    let day: Date = match local.date().weekday() {
        Weekday::Saturday => local.date().checked_add(2.days()).ok()?,
        Weekday::Sunday => local.date().checked_add(1.days()).ok()?,
        _ => local.date(),
    };
    let zoned = day.to_datetime(local.time()).to_zoned(config.zone.clone()).ok()?;
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Text in the languages that it has.
fn value(text: &Localised, config: &Config) -> String {
    let written: Vec<(&str, &str)> =
        config.languages.iter().filter_map(|lang| Some((lang.as_str(), text.exact(lang)?))).collect();
    match written.as_slice() {
        [] => "\"\"".to_owned(),
        [(_, only)] => format!("\"{}\"", quoted(only)),
        several => {
            let parts: Vec<String> =
                several.iter().map(|(lang, text)| format!("{lang} = \"{}\"", quoted(text))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
    }
}
