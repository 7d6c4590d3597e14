//! Cutting lines and rings to a rectangle (Liang–Barsky and Sutherland–Hodgman).

use super::Point;

/// An upright rectangle in the plane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    /// Least x.
    pub left: f64,
    /// Least y.
    pub top: f64,
    /// Greatest x.
    pub right: f64,
    /// Greatest y.
    pub bottom: f64,
}

impl Rect {
    /// The rectangle around points; `None` without any.
    #[must_use]
    pub fn around(points: &[Point]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { left: first.x, top: first.y, right: first.x, bottom: first.y };
        Some(points.iter().fold(start, |rect, point| Self {
            left: rect.left.min(point.x),
            top: rect.top.min(point.y),
            right: rect.right.max(point.x),
            bottom: rect.bottom.max(point.y),
        }))
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Distance between left and right.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Distance between top and bottom.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Larger by `margin` on each side; smaller where it is negative.
    #[must_use]
    pub fn grown(self, margin: f64) -> Self {
        Self {
            left: self.left - margin,
            top: self.top - margin,
            right: self.right + margin,
            bottom: self.bottom + margin,
        }
    }

    /// True when the two have more than a border in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// So large that it holds the point too.
    #[must_use]
    pub fn with(self, point: Point) -> Self {
        Self {
            left: self.left.min(point.x),
            top: self.top.min(point.y),
            right: self.right.max(point.x),
            bottom: self.bottom.max(point.y),
        }
    }

    /// True when the other lies inside or on the border.
    #[must_use]
    pub fn encloses(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// True when the point lies inside or on the border.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }
}

/// The parts of a line inside the rectangle, in order.
#[must_use]
pub fn clip_line(line: &[Point], rect: &Rect) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut open: Vec<Point> = Vec::new();
    for (&a, &b) in line.iter().zip(line.iter().skip(1)) {
        let Some((from, to)) = clip_segment(a, b, rect) else { continue };
        if open.last() != Some(&from) {
            close(&mut open, &mut parts);
            open.push(from);
        }
        if from != to {
            open.push(to);
        }
    }
    close(&mut open, &mut parts);
    parts
}

fn close(open: &mut Vec<Point>, parts: &mut Vec<Vec<Point>>) {
    if open.len() > 1 {
        parts.push(std::mem::take(open));
    }
    open.clear();
}

/// True when a part of the segment, more than a point, lies inside the rectangle.
#[must_use]
pub fn enters(from: Point, to: Point, rect: &Rect) -> bool {
    clip_segment(from, to, rect).is_some_and(|(from, to)| from != to)
}

/// The part of a segment inside the rectangle.
fn clip_segment(a: Point, b: Point, rect: &Rect) -> Option<(Point, Point)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides = [(-dx, a.x - rect.left), (dx, rect.right - a.x), (-dy, a.y - rect.top), (dy, rect.bottom - a.y)];
    for (direction, room) in sides {
        if direction == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            enter = enter.max(room / direction);
        } else {
            leave = leave.min(room / direction);
        }
    }
    let at = |t: f64| Point { x: a.x + t * dx, y: a.y + t * dy };
    (enter <= leave).then(|| (if enter > 0.0 { at(enter) } else { a }, if leave < 1.0 { at(leave) } else { b }))
}

/// The part of a ring (first point not repeated) inside the rectangle, closed along its sides; may be empty.
#[must_use]
pub fn clip_ring(ring: &[Point], rect: &Rect) -> Vec<Point> {
    let Some(around) = Rect::around(ring) else { return Vec::new() };
    if rect.encloses(&around) {
        return ring.to_vec();
    }
    if !rect.overlaps(&around) {
        return Vec::new();
    }
    let cut_left = cut(ring, |p| p.x - rect.left);
    let cut_right = cut(&cut_left, |p| rect.right - p.x);
    let cut_top = cut(&cut_right, |p| p.y - rect.top);
    let mut inside = cut(&cut_top, |p| rect.bottom - p.y);
    inside.dedup();
    if inside.len() < 3 { Vec::new() } else { inside }
}

fn cut(ring: &[Point], depth: impl Fn(Point) -> f64) -> Vec<Point> {
    let Some(&last) = ring.last() else { return Vec::new() };
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let mut before = last;
    let mut depth_before = depth(last);
    for &point in ring {
        let depth_here = depth(point);
        if (depth_before < 0.0) != (depth_here < 0.0) {
            let t = depth_before / (depth_before - depth_here);
            kept.push(Point { x: before.x + t * (point.x - before.x), y: before.y + t * (point.y - before.y) });
        }
        if depth_here >= 0.0 {
            kept.push(point);
        }
        before = point;
        depth_before = depth_here;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two_parts() {
        let parts = clip_line(&points(&[(-5., 5.), (5., 5.), (5., 15.), (8., 15.), (8., 5.)]), &RECT);
        assert_eq!(parts, vec![points(&[(0., 5.), (5., 5.), (5., 10.)]), points(&[(8., 10.), (8., 5.)])]);
    }

    #[test]
    fn a_line_outside_leaves_nothing() {
        assert!(clip_line(&points(&[(-5., -5.), (15., -5.)]), &RECT).is_empty());
    }

    #[test]
    fn a_ring_around_the_rectangle_becomes_the_rectangle() {
        let inside = clip_ring(&points(&[(-5., -5.), (15., -5.), (15., 15.), (-5., 15.)]), &RECT);
        assert_eq!(inside.len(), 4);
        assert!(inside.iter().all(|&point| RECT.contains(point)));
    }

    #[test]
    fn a_ring_beside_the_rectangle_leaves_nothing() {
        assert!(clip_ring(&points(&[(11., 0.), (15., 0.), (15., 5.)]), &RECT).is_empty());
    }
}
