//! Where something stands already: squares of the map with the groups that reach into each.

use crate::geo::Rect;

/// Side of a square.
const SQUARE_PX: f64 = 32.0;

/// Groups by the squares that they reach into.
#[derive(Clone)]
pub(super) struct Board {
    left: f64,
    top: f64,
    columns: usize,
    rows: usize,
    squares: Vec<Vec<usize>>,
}

impl Board {
    /// Nothing stands on the map yet.
    pub(super) fn new(map: &Rect) -> Self {
        let count = |length: f64| (length / SQUARE_PX).ceil().max(1.0) as usize;
        let (columns, rows) = (count(map.width()), count(map.height()));
        Self { left: map.left, top: map.top, columns, rows, squares: vec![Vec::new(); columns * rows] }
    }

    fn squares_of(&self, cover: &Rect) -> impl Iterator<Item = usize> + use<> {
        let at = |value: f64, low: f64, count: usize| {
            // What lies before the first is in it: the conversion ends at nought.
            (((value - low) / SQUARE_PX) as usize).min(count.saturating_sub(1))
        };
        let columns = at(cover.left, self.left, self.columns)..=at(cover.right, self.left, self.columns);
        let rows = at(cover.top, self.top, self.rows)..=at(cover.bottom, self.top, self.rows);
        let width = self.columns;
        rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }

    /// The group stands there now.
    pub(super) fn set(&mut self, group: usize, cover: &Rect) {
        for square in self.squares_of(cover) {
            if let Some(groups) = self.squares.get_mut(square) {
                groups.push(group);
            }
        }
    }

    /// The group stands there no more.
    pub(super) fn lift(&mut self, group: usize, cover: &Rect) {
        for square in self.squares_of(cover) {
            if let Some(groups) = self.squares.get_mut(square) {
                groups.retain(|other| *other != group);
            }
        }
    }

    /// Groups in or near the frame, some of them more than once.
    pub(super) fn near(&self, frame: &Rect) -> impl Iterator<Item = usize> {
        self.squares_of(frame).filter_map(|square| self.squares.get(square)).flatten().copied()
    }
}
