//! The grid by which a list refers to the map: columns A, B, C…, rows 1, 2, 3….

use std::fmt;

use super::frame::View;
use super::svg::{Path, number};
use crate::geo::{Point, Rect};

/// A cell of the grid, shown as `B-3`, or `1-B-3` on the first enlarged part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cell {
    /// Zero for the map itself, else the number of its enlarged part.
    pub panel: u32,
    /// From zero, from the left.
    pub column: u32,
    /// From zero, from the top.
    pub row: u32,
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.panel > 0 {
            write!(formatter, "{}-", self.panel)?;
        }
        write!(formatter, "{}-{}", letter(self.column), self.row + 1)
    }
}

fn letter(column: u32) -> char {
    u8::try_from(column).ok().map_or('Z', |column| char::from(b'A' + column.min(25)))
}

/// The cell in which a drawn point lies.
pub(super) fn cell(view: &View, point: Point) -> Cell {
    let share = |value: f64, low: f64, length: f64, count: u32| {
        let at = ((value - low) / length * f64::from(count)).floor().max(0.0) as u32;
        at.min(count.saturating_sub(1))
    };
    Cell {
        panel: view.panel,
        column: share(point.x, view.map.left, view.map.width(), view.columns),
        row: share(point.y, view.map.top, view.map.height(), view.rows),
    }
}

fn column_x(view: &View, column: u32) -> f64 {
    view.map.left + view.map.width() * f64::from(column) / f64::from(view.columns.max(1))
}

fn row_y(view: &View, row: u32) -> f64 {
    view.map.top + view.map.height() * f64::from(row) / f64::from(view.rows.max(1))
}

/// The lines between cells.
pub(super) fn write_lines(out: &mut String, view: &View) {
    let mut path = Path::default();
    for column in 1..view.columns {
        let x = column_x(view, column);
        path.line(&[Point { x, y: view.map.top }, Point { x, y: view.map.bottom }]);
    }
    for row in 1..view.rows {
        let y = row_y(view, row);
        path.line(&[Point { x: view.map.left, y }, Point { x: view.map.right, y }]);
    }
    path.write(out, "fill=\"none\" stroke=\"#7d776c\" stroke-width=\".6\" stroke-opacity=\".55\" aria-hidden=\"true\"");
}

/// The bands with letters and numbers, and the line around the map.
pub(super) fn write_bands(out: &mut String, view: &View) {
    let Rect { left, top, right, bottom } = view.map;
    out.push_str(
        "<g aria-hidden=\"true\" font-size=\"11\" font-weight=\"700\" text-anchor=\"middle\" fill=\"#4b463e\">",
    );
    out.push_str(&format!(
        "<path d=\"M0 0h{w}v{top}h-{map}v{height}h-{left}z\" fill=\"#f4f1ea\"/>",
        w = number(right),
        map = number(right - left),
        height = number(bottom - top),
        top = number(top),
        left = number(left),
    ));
    for column in 0..view.columns {
        let x = f64::midpoint(column_x(view, column), column_x(view, column + 1));
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", number(x), number(top - 3.5), letter(column)));
    }
    for row in 0..view.rows {
        let y = f64::midpoint(row_y(view, row), row_y(view, row + 1)) + 4.0;
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", number(left / 2.0), number(y), row + 1));
    }
    write_edge(out, view);
    out.push_str("</g>");
}

/// The line around the map.
pub(super) fn write_edge(out: &mut String, view: &View) {
    let Rect { left, top, right, bottom } = view.map.grown(-0.5);
    out.push_str(&format!(
        "<path d=\"M{} {}h{}v{}h-{}z\" fill=\"none\" stroke=\"#4b463e\" aria-hidden=\"true\"/>",
        number(left),
        number(top),
        number(right - left),
        number(bottom - top),
        number(right - left)
    ));
}
