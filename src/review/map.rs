//! Where a facility stood and where it will stand: a small drawing for reviewers.
//!
//! The areas' borders, a ring at the old place, a filled dot at the new one, an arrow between them, and a scale.
//! Never part of the site.

use std::fmt::Write;

use super::{Change, Moved};
use crate::area::Areas;
use crate::geo::{Point, Position, Projection};

const WIDTH_PX: f64 = 480.0;
const HEIGHT_PX: f64 = 320.0;
/// The drawing shows at least so much land.
const SPAN_MIN_M: f64 = 600.0;

/// The drawing as SVG; none where the facility did not move.
#[must_use]
pub fn draw(change: &Change, areas: &Areas) -> Option<String> {
    let moved = change.moved?;
    let frame = Frame::around(moved);
    let (from, to) = (frame.place(moved.from), frame.place(moved.to));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH_PX} {HEIGHT_PX}\" width=\"{WIDTH_PX}\" \
         height=\"{HEIGHT_PX}\" role=\"img\" aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#f6f4ee\"/>\n",
        escape(&format!("{}: {}", change.item.name, super::markdown::distance(moved.distance_m)))
    );
    for area in areas.iter() {
        for ring in area.shape.iter().flat_map(crate::geo::MultiPolygon::rings) {
            let near = ring.positions().iter().any(|&position| frame.holds(position));
            let crosses = near || ring.sides().any(|(a, b)| frame.may_cross(a, b));
            if crosses {
                out.push_str(&frame.path(ring.positions()));
            }
        }
    }
    let _ = write!(
        out,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#444\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n\
         <circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"9\" fill=\"#fff\" stroke=\"#8a1f11\" stroke-width=\"3\"/>\n\
         <circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"9\" fill=\"#0b5a8f\" stroke=\"#fff\" stroke-width=\"2\"/>\n",
        from.x, from.y, to.x, to.y, from.x, from.y, to.x, to.y
    );
    out.push_str(&label(from, "前"));
    out.push_str(&label(to, "後"));
    out.push_str(&frame.scale());
    out.push_str("</svg>\n");
    Some(out)
}

struct Frame {
    plane: Projection,
    px_per_m: f64,
}

impl Frame {
    fn around(moved: Moved) -> Self {
        let centre = Position {
            lat: f64::midpoint(moved.from.lat, moved.to.lat),
            lon: f64::midpoint(moved.from.lon, moved.to.lon),
        };
        let plane = Projection::at(centre);
        let (from, to) = (plane.project(moved.from), plane.project(moved.to));
        let across = ((from.x - to.x).abs() * 1.6).max(SPAN_MIN_M);
        let down = ((from.y - to.y).abs() * 1.6).max(SPAN_MIN_M * HEIGHT_PX / WIDTH_PX);
        Self { plane, px_per_m: (WIDTH_PX / across).min(HEIGHT_PX / down) }
    }

    fn place(&self, position: Position) -> Point {
        let point = self.plane.project(position);
        Point { x: WIDTH_PX / 2.0 + point.x * self.px_per_m, y: HEIGHT_PX / 2.0 - point.y * self.px_per_m }
    }

    fn holds(&self, position: Position) -> bool {
        let point = self.place(position);
        (0.0..=WIDTH_PX).contains(&point.x) && (0.0..=HEIGHT_PX).contains(&point.y)
    }

    /// False only where a side certainly stays outside.
    fn may_cross(&self, a: Position, b: Position) -> bool {
        let (a, b) = (self.place(a), self.place(b));
        a.x.min(b.x) <= WIDTH_PX && a.x.max(b.x) >= 0.0 && a.y.min(b.y) <= HEIGHT_PX && a.y.max(b.y) >= 0.0
    }

    fn path(&self, ring: &[Position]) -> String {
        let mut out = String::from("<path d=\"");
        for (index, &position) in ring.iter().enumerate() {
            let point = self.place(position);
            let _ = write!(out, "{}{:.1} {:.1}", if index == 0 { 'M' } else { 'L' }, point.x, point.y);
        }
        out.push_str("Z\" fill=\"none\" stroke=\"#9a927f\" stroke-width=\"1.5\"/>\n");
        out
    }

    /// A bar of a round length, at most a third of the width.
    fn scale(&self) -> String {
        let lengths = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 50_000.0, 200_000.0];
        let fits = |metres: &&f64| **metres * self.px_per_m <= WIDTH_PX / 3.0;
        let metres = lengths.iter().rev().find(fits).copied().unwrap_or(10.0);
        let end = 16.0 + metres * self.px_per_m;
        let y = HEIGHT_PX - 16.0;
        format!(
            "<path d=\"M16 {:.1}V{y:.1}H{end:.1}V{:.1}\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\"/>\n\
             <text x=\"16\" y=\"{:.1}\" font-family=\"sans-serif\" font-size=\"14\" fill=\"#222\">{}</text>\n",
            y - 6.0,
            y - 6.0,
            y - 12.0,
            super::markdown::distance(metres)
        )
    }
}

fn label(at: Point, text: &str) -> String {
    format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" font-family=\"sans-serif\" font-size=\"16\" font-weight=\"700\" fill=\"#222\" \
         stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{text}</text>\n",
        at.x + 13.0,
        at.y + 6.0
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
