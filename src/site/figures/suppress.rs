//! Which numbers of a table of people must stay hidden so that nobody is recognised.
//!
//! In: counts by answer and area, with the totals that are shown beside them. Out: which of them to hide.
//!
//! *The rule.* A number from 1 to 4 is hidden (a zero is not: it tells of nobody). Because totals are shown, more
//! numbers are hidden, the smallest that do, until this holds: whoever adds and subtracts everything that is
//! still shown must find it possible that each hidden small number is 5 or more.
//!
//! *How is that decided?* Numbers are flows: the whole of an answer flows through its areas to the people of each
//! area and on to all people, and back. What a reader can't see may flow otherwise, as long as every node's inflow
//! stays its outflow and no hidden number falls below 1 (what is nowhere shown: below 0). A small number is safe
//! if its flow can rise to 5; where it can't, the cheapest way round it is hidden as well.

use std::collections::VecDeque;

/// Numbers below this are hidden, zero excepted.
pub const SMALL: u64 = 5;

/// Counts of one question in one year.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// By answer, then by area. What is not there is zero.
    pub cells: Vec<Vec<u64>>,
    /// By answer, over all areas, where it is shown.
    pub whole: Option<Vec<u64>>,
    /// How many answered, by area, where it is shown.
    pub people: Option<Vec<u64>>,
    /// How many answered in all, where it is shown.
    pub all: Option<u64>,
    /// True where a person could give several answers, so that answers are no parts of the people.
    pub several: bool,
}

/// A number of a grid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Slot {
    /// Answer and area.
    Cell(usize, usize),
    /// Answer over all areas.
    Whole(usize),
    /// People of an area.
    People(usize),
    /// All people.
    All,
    /// What nothing shows: people of no area, people without an answer.
    Rest,
}

/// The numbers to hide, in order.
pub(super) fn hidden(grid: &Grid) -> Vec<Slot> {
    let mut net = Net::new(grid);
    let mut safe = 0;
    while let Some(unsafe_edge) = net.first_unsafe(safe) {
        // What is hidden more makes no number less safe.
        safe = unsafe_edge;
        if !net.hide_way_round(unsafe_edge) {
            // No way round: then nothing of the table is shown.
            net.edges.iter_mut().for_each(|edge| edge.variable = true);
            break;
        }
    }
    let mut slots: Vec<Slot> = net.edges.iter().filter(|edge| edge.variable).map(|edge| edge.slot).collect();
    slots.retain(|slot| *slot != Slot::Rest);
    slots.sort_unstable();
    slots
}

#[derive(Clone, Debug)]
struct Edge {
    from: usize,
    to: usize,
    value: u64,
    lowest: u64,
    slot: Slot,
    variable: bool,
}

impl Edge {
    fn is_small(&self) -> bool {
        self.slot != Slot::Rest && (1..SMALL).contains(&self.value)
    }

    /// What it costs the reader to lose this number.
    fn cost(&self) -> u64 {
        let dear = match self.slot {
            Slot::Cell(..) => 1,
            Slot::Whole(_) => 1_000,
            Slot::People(_) => 100_000,
            Slot::All => 10_000_000,
            Slot::Rest => return 0,
        };
        if self.variable { 0 } else { dear * (10 + self.value.min(90)) }
    }
}

/// The numbers as flows. Node 0 is the ground, where nothing has to balance.
struct Net {
    edges: Vec<Edge>,
    /// The edges at each node, in order.
    at_node: Vec<Vec<usize>>,
}

const GROUND: usize = 0;

impl Net {
    fn new(grid: &Grid) -> Self {
        let (rows, columns) = (grid.cells.len(), grid.cells.iter().map(Vec::len).max().unwrap_or(0));
        let balanced = |is: bool, node: usize| if is { node } else { GROUND };
        let source = balanced(!grid.several, 1);
        let total = balanced(grid.all.is_some(), 2);
        let row = |at: usize| balanced(grid.whole.is_some(), 3 + at);
        let column = |at: usize| balanced(!grid.several && grid.people.is_some(), 3 + rows + at);
        let (no_area, no_answer) = (3 + rows + columns, 4 + rows + columns);
        let mut net = Self { edges: Vec::new(), at_node: vec![Vec::new(); 5 + rows + columns] };
        for (r, cells) in grid.cells.iter().enumerate() {
            for (c, &value) in cells.iter().enumerate() {
                net.add(row(r), column(c), value, Slot::Cell(r, c));
            }
            if let Some(whole) = grid.whole.as_ref().and_then(|whole| whole.get(r)).copied() {
                net.add(source, row(r), whole, Slot::Whole(r));
                let rest = whole.saturating_sub(cells.iter().sum());
                net.add(row(r), balanced(!grid.several, no_area), rest, Slot::Rest);
            }
        }
        let people = grid.people.clone().unwrap_or_default();
        for (c, &value) in people.iter().enumerate() {
            net.add(column(c), total, value, Slot::People(c));
            let answered: u64 = grid.cells.iter().filter_map(|cells| cells.get(c)).sum();
            if !grid.several {
                net.add(no_answer, column(c), value.saturating_sub(answered), Slot::Rest);
            }
        }
        if let Some(all) = grid.all {
            net.add(total, source, all, Slot::All);
            net.add(balanced(!grid.several, no_area), total, all.saturating_sub(people.iter().sum()), Slot::Rest);
            if let (Some(whole), false) = (&grid.whole, grid.several) {
                net.add(source, no_answer, all.saturating_sub(whole.iter().sum()), Slot::Rest);
                let of_areas: u64 = grid.cells.iter().flatten().sum();
                let silent = people.iter().sum::<u64>().saturating_sub(of_areas);
                let rest = all.saturating_sub(whole.iter().sum()).saturating_sub(silent);
                net.add(no_answer, no_area, rest, Slot::Rest);
            }
        }
        net
    }

    /// A zero is shown, and so can't change; what nothing shows can, even from zero, if it is there at all.
    fn add(&mut self, from: usize, to: usize, value: u64, slot: Slot) {
        if value == 0 || from == to && from != GROUND {
            return;
        }
        let lowest = if slot == Slot::Rest { 0 } else { 1 };
        let mut edge = Edge { from, to, value, lowest, slot, variable: slot == Slot::Rest };
        edge.variable |= edge.is_small();
        for node in if from == to { vec![from] } else { vec![from, to] } {
            if let Some(edges) = self.at_node.get_mut(node) {
                edges.push(self.edges.len());
            }
        }
        self.edges.push(edge);
    }

    /// The first small number from `safe` on of which a reader could tell that it is small.
    fn first_unsafe(&self, safe: usize) -> Option<usize> {
        let small = self.edges.iter().enumerate().skip(safe).filter(|(_, edge)| edge.is_small());
        small.map(|(at, _)| at).find(|&at| !self.can_be_large(at))
    }

    /// True if the number can rise to `SMALL` within what a reader sees.
    fn can_be_large(&self, at: usize) -> bool {
        let Some(edge) = self.edges.get(at) else { return true };
        let mut room: Vec<(u64, u64)> = self.edges.iter().map(room).collect();
        (edge.value..SMALL).all(|_| self.push_one(at, &mut room))
    }

    /// Sends one more person through the edge and round to its beginning; false if there is no way.
    fn push_one(&self, at: usize, room: &mut [(u64, u64)]) -> bool {
        let Some(edge) = self.edges.get(at) else { return false };
        if edge.from == edge.to {
            return true;
        }
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.at_node.len()];
        let mut queue = VecDeque::from([edge.to]);
        while let Some(node) = queue.pop_front().filter(|_| came.get(edge.from).is_some_and(Option::is_none)) {
            let edges = self.at_node.get(node).into_iter().flatten();
            let edges = edges.filter_map(|&other| Some((other, self.edges.get(other)?)));
            for (other, next) in edges.filter(|(other, next)| *other != at && next.variable) {
                for (forward, here, there) in [(true, next.from, next.to), (false, next.to, next.from)] {
                    let free = room.get(other).map_or(0, |room| if forward { room.0 } else { room.1 });
                    let new = there != edge.to && came.get(there).is_some_and(Option::is_none);
                    if here == node && free > 0 && new {
                        if let Some(way) = came.get_mut(there) {
                            *way = Some((other, forward));
                        }
                        queue.push_back(there);
                    }
                }
            }
        }
        let mut node = edge.from;
        while node != edge.to {
            let Some((other, forward)) = came.get(node).copied().flatten() else { return false };
            let (Some(room), Some(next)) = (room.get_mut(other), self.edges.get(other)) else { return false };
            *room = if forward { (room.0, room.1 + 1) } else { (room.0, room.1 - 1) };
            node = if forward { next.from } else { next.to };
        }
        true
    }

    /// Hides the numbers on the cheapest way from the end of the edge back to its beginning.
    fn hide_way_round(&mut self, at: usize) -> bool {
        let Some(edge) = self.edges.get(at) else { return false };
        let needed = SMALL.saturating_sub(edge.value);
        let way = self.cheapest(at, needed).or_else(|| self.cheapest(at, 1));
        let Some(way) = way else { return false };
        let mut new = false;
        for other in way {
            if let Some(other) = self.edges.get_mut(other) {
                new |= !other.variable;
                other.variable = true;
            }
        }
        new
    }

    /// Bellman and Ford over all edges, shown ones included, with room for `needed` more.
    fn cheapest(&self, at: usize, needed: u64) -> Option<Vec<usize>> {
        let edge = self.edges.get(at)?;
        let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; self.at_node.len()];
        let cost_to = |best: &[Option<(u64, usize, usize)>], node: usize| match best.get(node) {
            _ if node == edge.to => Some(0),
            Some(Some((cost, ..))) => Some(*cost),
            _ => None,
        };
        for _ in 0..self.at_node.len() {
            let mut better = false;
            for (other, next) in self.edges.iter().enumerate().filter(|(other, _)| *other != at) {
                for (here, there, free) in
                    [(next.from, next.to, u64::MAX), (next.to, next.from, next.value.saturating_sub(next.lowest))]
                {
                    let Some(cost) = cost_to(&best, here).filter(|_| free >= needed).map(|cost| cost + next.cost())
                    else {
                        continue;
                    };
                    if cost_to(&best, there).is_none_or(|known| cost < known)
                        && let Some(known) = best.get_mut(there)
                    {
                        *known = Some((cost, other, here));
                        better = true;
                    }
                }
            }
            if !better {
                break;
            }
        }
        let mut way = Vec::new();
        let mut node = edge.from;
        while node != edge.to {
            let (_, other, here) = best.get(node).copied().flatten()?;
            way.push(other);
            node = here;
        }
        Some(way)
    }
}

/// How far a number can rise and fall.
fn room(edge: &Edge) -> (u64, u64) {
    (u64::MAX / 2, edge.value.saturating_sub(edge.lowest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every number that a reader could still suppose for a slot, by trying them all.
    fn possible(grid: &Grid, hidden: &[Slot], slot: Slot) -> Vec<u64> {
        let mut open: Vec<Slot> = hidden.to_vec();
        open.retain(|one| matches!(one, Slot::Cell(..)));
        let mut found = Vec::new();
        let mut tried = grid.clone();
        try_all(&mut tried, (grid, &open, hidden), slot, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    type Known<'a> = (&'a Grid, &'a [Slot], &'a [Slot]);

    fn try_all(tried: &mut Grid, known: Known<'_>, slot: Slot, found: &mut Vec<u64>) {
        let (grid, open, hidden) = known;
        let Some((Slot::Cell(r, c), rest)) = open.split_first() else {
            let fits = grid.cells.iter().zip(&tried.cells).enumerate().all(|(r, (is, may))| {
                hidden.contains(&Slot::Whole(r)) || is.iter().sum::<u64>() == may.iter().sum::<u64>()
            });
            let column = |cells: &[Vec<u64>], c: usize| cells.iter().map(|row| row[c]).sum::<u64>();
            let columns = (0..grid.cells[0].len())
                .all(|c| hidden.contains(&Slot::People(c)) || column(&grid.cells, c) == column(&tried.cells, c));
            if let (true, true, Slot::Cell(r, c)) = (fits, columns, slot) {
                found.push(tried.cells[r][c]);
            }
            return;
        };
        for value in 1..=12 {
            tried.cells[*r][*c] = value;
            try_all(tried, (grid, rest, hidden), slot, found);
        }
    }

    fn full(cells: &[&[u64]]) -> Grid {
        let cells: Vec<Vec<u64>> = cells.iter().map(|row| row.to_vec()).collect();
        let whole: Vec<u64> = cells.iter().map(|row| row.iter().sum()).collect();
        let people: Vec<u64> = (0..cells[0].len()).map(|c| cells.iter().map(|row| row[c]).sum()).collect();
        let all = whole.iter().sum();
        Grid { cells, whole: Some(whole), people: Some(people), all: Some(all), several: false }
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        assert_eq!(hidden(&full(&[&[10, 0, 7], &[5, 6, 9]])), []);
    }

    #[test]
    fn a_small_cell_takes_a_rectangle_with_it() {
        let slots = hidden(&full(&[&[3, 20, 30], &[40, 8, 9], &[50, 60, 70]]));
        assert_eq!(slots, [Slot::Cell(0, 0), Slot::Cell(0, 1), Slot::Cell(1, 0), Slot::Cell(1, 1)]);
    }

    #[test]
    fn two_ones_do_not_hide_each_other() {
        let grid = Grid { cells: vec![vec![1, 1, 30, 40]], whole: Some(vec![72]), several: true, ..Grid::default() };
        assert_eq!(hidden(&grid), [Slot::Cell(0, 0), Slot::Cell(0, 1), Slot::Cell(0, 2)]);
    }

    #[test]
    fn a_small_whole_hides_its_parts_and_another_whole() {
        let slots = hidden(&full(&[&[2, 1], &[20, 31], &[40, 55]]));
        assert!(slots.contains(&Slot::Whole(0)) && slots.contains(&Slot::Whole(1)), "{slots:?}");
    }

    #[test]
    fn whoever_adds_and_subtracts_can_still_suppose_five() {
        let mut seed: u64 = 7;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut looked_at = 0;
        for _ in 0..300 {
            let (rows, columns) = (2 + next(2), 2 + next(2));
            let cells: Vec<Vec<u64>> = (0..rows)
                .map(|_| (0..columns).map(|_| if next(3) == 0 { next(5) } else { 5 + next(4) }).collect())
                .collect();
            let rows: Vec<&[u64]> = cells.iter().map(Vec::as_slice).collect();
            let grid = full(&rows);
            let slots = hidden(&grid);
            if slots.iter().filter(|slot| matches!(slot, Slot::Cell(..))).count() > 4 {
                continue;
            }
            for (r, row) in cells.iter().enumerate() {
                for c in (0..row.len()).filter(|&c| (1..SMALL).contains(&row[c])) {
                    looked_at += 1;
                    assert!(slots.contains(&Slot::Cell(r, c)), "{grid:?} {slots:?}");
                    let possible = possible(&grid, &slots, Slot::Cell(r, c));
                    assert!(possible.iter().any(|&value| value >= SMALL), "{grid:?} {slots:?} {possible:?}");
                }
            }
        }
        assert!(looked_at > 30, "{looked_at}");
    }
}
