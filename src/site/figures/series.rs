//! An indicator over the years.

use std::collections::BTreeMap;

use super::Count;
use super::suppress::{Grid, SMALL, Slot, hidden};
use crate::area::AreaId;
use crate::config::Lang;
use crate::figure::{Indicator, Number, Value};
use crate::select::Public;

/// An indicator over the years.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// The years that have a value, ascending.
    pub points: Vec<Point>,
    /// True where a number is hidden.
    pub hides: bool,
}

/// One year.
#[derive(Clone, Debug)]
pub struct Point {
    /// The fiscal year.
    pub year: i16,
    /// The whole.
    pub whole: Option<Reading>,
    /// The areas that have a value, in the areas' order.
    pub areas: Vec<(AreaId, Reading)>,
}

/// One value.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The value; none where it is hidden.
    pub number: Option<Number>,
    /// How many people it rests on.
    pub n: Count,
    /// What was noted with it.
    pub note: Option<String>,
}

impl Series {
    /// The newest year whose whole may be shown.
    #[must_use]
    pub fn newest(&self) -> Option<(i16, Number)> {
        self.points.iter().rev().find_map(|point| Some((point.year, point.whole.as_ref()?.number?)))
    }

    /// The oldest year whose whole may be shown.
    #[must_use]
    pub fn oldest(&self) -> Option<(i16, Number)> {
        self.points.iter().find_map(|point| Some((point.year, point.whole.as_ref()?.number?)))
    }

    /// The value of the whole in a year.
    #[must_use]
    pub fn at(&self, year: i16) -> Option<Number> {
        self.points.iter().find(|point| point.year == year)?.whole.as_ref()?.number
    }

    /// The newest year with areas.
    #[must_use]
    pub fn newest_by_area(&self) -> Option<&Point> {
        self.points.iter().rev().find(|point| !point.areas.is_empty())
    }
}

pub(super) fn series(indicator: &Indicator, public: &Public) -> Series {
    let mut years: BTreeMap<i16, Vec<&Value>> = BTreeMap::new();
    for value in &indicator.values {
        years.entry(value.year).or_default().push(value);
    }
    let mut series = Series::default();
    for (year, mut values) in years {
        let order = |value: &&Value| value.area.as_ref().map(|area| public.areas.order(area).unwrap_or(usize::MAX));
        values.sort_by_key(order);
        let counts: Vec<Option<u64>> = values.iter().map(|value| people(indicator, value)).collect();
        let hidden = hidden_among(&values, &counts);
        // The people asked are numbers of their own: what one leaves out, the others must not tell.
        let asked: Vec<Option<u64>> = values.iter().map(|value| value.n).collect();
        let hidden_people = hidden_among(&values, &asked);
        series.hides |= !hidden.is_empty() || !hidden_people.is_empty();
        let mut point = Point { year, whole: None, areas: Vec::new() };
        for (at, value) in values.iter().enumerate() {
            let reading = reading(value, hidden.contains(&at), hidden_people.contains(&at));
            match &value.area {
                Some(area) => point.areas.push((area.clone(), reading)),
                None => point.whole = Some(reading),
            }
        }
        series.points.push(point);
    }
    series
}

fn reading(value: &Value, hidden: bool, are_people_hidden: bool) -> Reading {
    let n = match value.n {
        Some(n) if are_people_hidden || (1..SMALL).contains(&n) => Count::Hidden,
        Some(n) => Count::Told(n),
        None => Count::Absent,
    };
    let number = (!hidden && n != Count::Hidden).then_some(value.number);
    Reading { number, n, note: value.note.clone() }
}

/// Which values of a year must be hidden for what they count, by their position.
fn hidden_among(values: &[&Value], counts: &[Option<u64>]) -> Vec<usize> {
    let areas: Vec<(usize, u64)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.area.is_some())
        .map(|(at, _)| (at, counts.get(at).copied().flatten().unwrap_or(0)))
        .collect();
    let whole = values.iter().position(|value| value.area.is_none());
    let whole_count = whole.and_then(|at| counts.get(at).copied().flatten());
    let grid = match (areas.is_empty(), whole_count) {
        (true, Some(count)) => Grid { cells: vec![vec![count]], several: true, ..Grid::default() },
        (_, count) => Grid {
            cells: vec![areas.iter().map(|(_, count)| *count).collect()],
            whole: count.map(|count| vec![count]),
            several: true,
            ..Grid::default()
        },
    };
    let position = |slot: Slot| match slot {
        Slot::Cell(_, c) if areas.is_empty() => whole.filter(|_| c == 0),
        Slot::Cell(_, c) => areas.get(c).map(|(at, _)| *at),
        Slot::Whole(_) => whole,
        Slot::People(_) | Slot::All | Slot::Rest => None,
    };
    hidden(&grid).into_iter().filter_map(position).collect()
}

/// How many people a value stands for: the value itself, or a share of known people.
fn people(indicator: &Indicator, value: &Value) -> Option<u64> {
    let share = indicator.unit.get(&Lang::ja()).starts_with(['%', '％']);
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
    let count = match value.n {
        Some(n) if share => value.number.value * n as f64 / 100.0,
        _ if indicator.people => value.number.value,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "read as zero or more, below 10^15")]
    Some(count.round() as u64)
}
