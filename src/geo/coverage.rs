//! Polygons that share borders, taken apart into arcs so that what is shared stays shared.
//!
//! Every border between two junctions becomes one arc, whoever walks it and in whichever direction. Each
//! arc is weighed once (Visvalingam–Whyatt); a simplified coverage is the arcs' heavier vertices put
//! together again. Any scale costs one pass over the weights.

use std::collections::BTreeMap;

use super::untangle::{meetings, untangle};
use super::{MultiPolygon, Point, Position, Projection, Rect, signed_area, visvalingam_weights};

/// A polygon in the plane; rings do not repeat their first point.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PlanePolygon {
    /// The outline.
    pub exterior: Vec<Point>,
    /// The holes.
    pub holes: Vec<Vec<Point>>,
}

impl PlanePolygon {
    /// The outline first, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<Point>> {
        std::iter::once(&self.exterior).chain(&self.holes)
    }

    /// True when the point lies inside.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let crossed = |ring: &Vec<Point>| crossed_by(ring, point);
        self.rings().map(crossed).sum::<usize>() % 2 == 1
    }
}

/// How many sides of a ring (first point not repeated) a ray to the right of the point crosses; odd inside.
#[must_use]
pub fn crossed_by(ring: &[Point], point: Point) -> usize {
    let next = ring.iter().skip(1).chain(ring.first());
    let crosses = |(a, b): &(&Point, &Point)| {
        (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
    };
    ring.iter().zip(next).filter(crosses).count()
}

/// A simplified arc and the shapes on its two sides.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Border<'a> {
    /// From junction to junction; a closed border repeats its first point.
    pub points: &'a [Point],
    /// Numbers of the shapes that use it, ascending, each once.
    pub shapes: &'a [usize],
}

/// The arcs of some shapes, in metres.
#[derive(Clone, Debug)]
pub struct Coverage {
    vertices: Vec<Point>,
    arcs: Vec<Arc>,
    shapes: Vec<Vec<Outline>>,
}

#[derive(Clone, Debug)]
struct Arc {
    /// Numbers of vertices; a closed arc repeats its first.
    vertices: Vec<u32>,
    weights: Vec<f64>,
    /// Inner vertices that must stay for each ring to stay a ring.
    inner_min: usize,
    shapes: Vec<usize>,
    uses: usize,
}

/// One polygon: its rings, the outline first.
#[derive(Clone, Debug)]
struct Outline {
    rings: Vec<ArcRing>,
}

#[derive(Clone, Debug)]
struct ArcRing {
    parts: Vec<(usize, Direction)>,
    area_m2: f64,
    /// True for an island that is drawn however small it is.
    is_needed: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Direction {
    Forward,
    Backward,
}

impl Coverage {
    /// Takes shapes apart. Vertices of different shapes are the same where they agree to a centimetre.
    #[must_use]
    pub fn new(shapes: &[&MultiPolygon], projection: &Projection) -> Self {
        let (numbers, vertices) = number_vertices(shapes, projection);
        let rings = |polygon: &super::Polygon| -> Vec<Vec<u32>> {
            polygon.rings().map(|ring| numbered(ring.positions(), &numbers)).filter(|ring| ring.len() >= 3).collect()
        };
        let numbered: Vec<Vec<Vec<Vec<u32>>>> =
            shapes.iter().map(|shape| shape.polygons.iter().map(rings).collect()).collect();
        let junctions = find_junctions(numbered.iter().flatten().flatten(), vertices.len());
        let mut cutter = Cutter { junctions, arcs: Vec::new(), known: BTreeMap::new() };
        let shapes = numbered
            .iter()
            .enumerate()
            .map(|(shape, polygons)| polygons.iter().map(|rings| cutter.outline(shape, rings, &vertices)).collect())
            .collect();
        let mut arcs = cutter.arcs;
        for arc in &mut arcs {
            let line: Vec<Point> = arc.vertices.iter().map(|&at| vertices[at as usize]).collect();
            arc.weights = visvalingam_weights(&line);
        }
        Self { vertices, arcs, shapes }
    }

    /// Islands on which one of these points lies, in metres, are drawn however small they are.
    pub fn keep_islands(&mut self, points: &[Point]) {
        let mut points = points.to_vec();
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        let Self { vertices, arcs, shapes } = self;
        let line = |arc: &Arc| arc.vertices.iter().filter_map(|&at| vertices.get(at as usize).copied()).collect();
        let lines: Vec<Vec<Point>> = if points.is_empty() { Vec::new() } else { arcs.iter().map(line).collect() };
        for ring in shapes.iter_mut().flatten().filter_map(|outline| outline.rings.first_mut()) {
            if lines.is_empty() {
                return;
            }
            let exterior = assembled(ring, &lines);
            let Some(frame) = Rect::around(&exterior) else { continue };
            let near = points.iter().skip(points.partition_point(|point| point.x < frame.left));
            let mut near = near.take_while(|point| point.x <= frame.right).filter(|point| frame.contains(**point));
            let polygon = PlanePolygon { exterior, holes: Vec::new() };
            ring.is_needed = near.any(|point| polygon.contains(*point));
        }
    }

    /// How many shapes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// True without shapes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// Numbers of the shapes that have a border in common with this one, ascending.
    #[must_use]
    pub fn beside(&self, shape: usize) -> Vec<usize> {
        let shared = self.arcs.iter().filter(|arc| arc.shapes.len() > 1 && arc.shapes.contains(&shape));
        let mut beside: Vec<usize> =
            shared.flat_map(|arc| &arc.shapes).copied().filter(|&other| other != shape).collect();
        beside.sort_unstable();
        beside.dedup();
        beside
    }

    /// The coverage as coarse as a drawing may be.
    #[must_use]
    pub fn simplified(&self, detail: Detail) -> Simplified<'_> {
        self.simplified_near(detail, None)
    }

    /// The same; only what lies in the frame is sure not to cross, which is enough for a drawing of that frame.
    #[must_use]
    pub fn simplified_near(&self, detail: Detail, near: Option<&Rect>) -> Simplified<'_> {
        let line =
            |arc: usize, share: f64| self.arcs.get(arc).map_or_else(Vec::new, |arc| self.line(arc, detail, share));
        let mut lines: Vec<Vec<Point>> = (0..self.arcs.len()).map(|arc| line(arc, 1.0)).collect();
        let collapsed = |lines: &[Vec<Point>]| self.collapsed(lines, detail);
        untangle(&mut lines, near, &line, &collapsed);
        Simplified { coverage: self, lines, detail }
    }

    /// An arc at a share of the wanted corner.
    fn line(&self, arc: &Arc, detail: Detail, share: f64) -> Vec<Point> {
        let least = arc.least_weight(detail.corner_m2 * share);
        let kept = arc.vertices.iter().zip(&arc.weights).filter(|(_, weight)| **weight >= least);
        kept.filter_map(|(&at, _)| self.vertices.get(at as usize).copied()).collect()
    }

    /// Arcs of rings that would turn over or lose their surface, small islands that go excepted.
    fn collapsed(&self, lines: &[Vec<Point>], detail: Detail) -> Vec<usize> {
        let rings = self.shapes.iter().flatten().flat_map(|outline| &outline.rings);
        let large = rings.filter(|ring| ring.is_needed || ring.area_m2.abs() >= detail.island_m2);
        let turned = large.filter(|ring| signed_area(&assembled(ring, lines)) * ring.area_m2.signum() <= 0.0);
        turned.flat_map(|ring| ring.parts.iter().map(|(arc, _)| *arc)).collect()
    }

    /// True when nothing else uses the ring's borders.
    fn is_alone(&self, ring: &ArcRing) -> bool {
        ring.parts.iter().all(|&(arc, _)| self.arcs[arc].uses == 1)
    }
}

/// What a drawing leaves out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Detail {
    /// Corners smaller than this go.
    pub corner_m2: f64,
    /// Islands and holes smaller than this go, but never a shape's largest polygon, nor a ring that borders
    /// on another, nor an island that is needed (`Coverage::keep_islands`).
    pub island_m2: f64,
}

/// A coverage at one scale.
#[derive(Clone, Debug)]
pub struct Simplified<'a> {
    coverage: &'a Coverage,
    lines: Vec<Vec<Point>>,
    detail: Detail,
}

impl Simplified<'_> {
    /// The polygons of the shape with this number.
    #[must_use]
    pub fn polygons(&self, shape: usize) -> Vec<PlanePolygon> {
        let assemble = |rings: Vec<&ArcRing>| {
            let mut rings = rings.into_iter().map(|ring| assembled(ring, &self.lines));
            PlanePolygon { exterior: rings.next().unwrap_or_default(), holes: rings.collect() }
        };
        self.coverage
            .shapes
            .get(shape)
            .map(|shape| self.kept_rings(shape))
            .unwrap_or_default()
            .into_iter()
            .map(assemble)
            .collect()
    }

    /// Pairs of borders that cross or touch elsewhere than at their ends, and borders that do so with themselves.
    #[must_use]
    pub fn meetings(&self) -> usize {
        meetings(&self.lines, None).len()
    }

    /// Every border once.
    #[must_use]
    pub fn borders(&self) -> Vec<Border<'_>> {
        let mut drawn = vec![false; self.lines.len()];
        for ring in self.coverage.shapes.iter().flat_map(|shape| self.kept_rings(shape)).flatten() {
            for &(arc, _) in &ring.parts {
                drawn[arc] = true;
            }
        }
        let arcs = self.coverage.arcs.iter().zip(&self.lines).zip(drawn);
        arcs.filter(|(_, drawn)| *drawn).map(|((arc, points), _)| Border { points, shapes: &arc.shapes }).collect()
    }

    /// The rings of each polygon that is large enough, the outline first.
    fn kept_rings<'a>(&self, shape: &'a [Outline]) -> Vec<Vec<&'a ArcRing>> {
        let area = |outline: &Outline| outline.rings.first().map_or(0.0, |ring| ring.area_m2.abs());
        let largest = shape.iter().map(area).fold(0.0, f64::max);
        let is_large = |ring: &ArcRing| ring.is_needed || ring.area_m2.abs() >= self.detail.island_m2;
        let keep = |ring: &ArcRing| is_large(ring) || !self.coverage.is_alone(ring);
        shape
            .iter()
            .filter(|outline| outline.rings.first().is_some_and(|ring| keep(ring) || area(outline) >= largest))
            .map(|outline| {
                let (exterior, holes) = outline.rings.split_at(1.min(outline.rings.len()));
                exterior.iter().chain(holes.iter().filter(|ring| keep(ring))).collect()
            })
            .collect()
    }
}

impl Arc {
    /// The wanted weight, lowered where too few inner vertices would stay.
    fn least_weight(&self, corner_m2: f64) -> f64 {
        let mut inner: Vec<f64> = self.weights.iter().copied().filter(|weight| weight.is_finite()).collect();
        if self.inner_min == 0 || inner.is_empty() {
            return corner_m2;
        }
        let at = inner.len().saturating_sub(self.inner_min);
        let (_, needed, _) = inner.select_nth_unstable_by(at, f64::total_cmp);
        corner_m2.min(*needed)
    }
}

fn assembled(ring: &ArcRing, arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for &(arc, direction) in &ring.parts {
        let line = &arcs[arc];
        let inner = line.len().saturating_sub(1);
        match direction {
            Direction::Forward => points.extend(line.iter().take(inner)),
            Direction::Backward => points.extend(line.iter().rev().take(inner)),
        }
    }
    points
}

type Key = (i64, i64);

/// A centimetre on the ground.
fn key(position: Position) -> Key {
    const STEPS_PER_DEGREE: f64 = 1e7;
    ((position.lon * STEPS_PER_DEGREE).round() as i64, (position.lat * STEPS_PER_DEGREE).round() as i64)
}

/// Each different vertex once, from west to east.
fn number_vertices(shapes: &[&MultiPolygon], projection: &Projection) -> (Vec<Key>, Vec<Point>) {
    let positions = || shapes.iter().flat_map(|shape| shape.rings()).flat_map(|ring| ring.positions());
    let mut keyed: Vec<(Key, Position)> = positions().map(|&position| (key(position), position)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.lon.total_cmp(&b.1.lon)).then(a.1.lat.total_cmp(&b.1.lat)));
    keyed.dedup_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(key, position)| (key, projection.project(position))).unzip()
}

fn numbered(positions: &[Position], keys: &[Key]) -> Vec<u32> {
    let number = |position: &Position| keys.binary_search(&key(*position)).ok().and_then(|at| u32::try_from(at).ok());
    let mut ring: Vec<u32> = positions.iter().filter_map(number).collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// A vertex at which rings part or meet: those that pass it do not all come from and go to the same two.
fn find_junctions<'a>(rings: impl Iterator<Item = &'a Vec<u32>>, count: usize) -> Vec<bool> {
    let mut passed: Vec<Option<(u32, u32)>> = vec![None; count];
    let mut junctions = vec![false; count];
    for ring in rings {
        for (at, &vertex) in ring.iter().enumerate() {
            let before = ring[(at + ring.len() - 1) % ring.len()];
            let after = ring[(at + 1) % ring.len()];
            let pair = (before.min(after), before.max(after));
            match passed[vertex as usize] {
                Some(known) if known != pair => junctions[vertex as usize] = true,
                Some(_) => {}
                None => passed[vertex as usize] = Some(pair),
            }
        }
    }
    junctions
}

struct Cutter {
    junctions: Vec<bool>,
    arcs: Vec<Arc>,
    known: BTreeMap<Vec<u32>, usize>,
}

impl Cutter {
    fn outline(&mut self, shape: usize, rings: &[Vec<u32>], vertices: &[Point]) -> Outline {
        let rings = rings
            .iter()
            .map(|ring| {
                let points: Vec<Point> = ring.iter().map(|&at| vertices[at as usize]).collect();
                ArcRing { parts: self.cut(shape, ring), area_m2: signed_area(&points), is_needed: false }
            })
            .collect();
        Outline { rings }
    }

    fn cut(&mut self, shape: usize, ring: &[u32]) -> Vec<(usize, Direction)> {
        let first_junction = ring.iter().position(|&vertex| self.junctions[vertex as usize]);
        // Without a junction the ring is one arc; its least vertex makes every walk begin alike.
        let least = || ring.iter().enumerate().min_by_key(|(_, vertex)| **vertex).map_or(0, |(at, _)| at);
        let start = first_junction.unwrap_or_else(least);
        let walk: Vec<u32> = ring[start..].iter().chain(&ring[..start]).chain(ring.get(start)).copied().collect();
        let mut lines: Vec<Vec<u32>> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        for (step, &vertex) in walk.iter().enumerate() {
            open.push(vertex);
            let ends = self.junctions[vertex as usize] || step + 1 == walk.len();
            if ends && open.len() > 1 {
                lines.push(std::mem::replace(&mut open, vec![vertex]));
            }
        }
        let inner_min = match lines.len() {
            1 => 2,
            2 => 1,
            _ => 0,
        };
        lines.into_iter().map(|line| self.arc(shape, line, inner_min)).collect()
    }

    fn arc(&mut self, shape: usize, line: Vec<u32>, inner_min: usize) -> (usize, Direction) {
        let mut reversed = line.clone();
        reversed.reverse();
        let (line, direction) =
            if line <= reversed { (line, Direction::Forward) } else { (reversed, Direction::Backward) };
        let next = self.arcs.len();
        let at = *self.known.entry(line).or_insert_with_key(|line| {
            let vertices = line.clone();
            self.arcs.push(Arc { vertices, weights: Vec::new(), inner_min: 0, shapes: Vec::new(), uses: 0 });
            next
        });
        let arc = &mut self.arcs[at];
        arc.inner_min = arc.inner_min.max(inner_min);
        arc.uses += 1;
        if arc.shapes.last() != Some(&shape) {
            arc.shapes.push(shape);
        }
        (at, direction)
    }
}

#[cfg(test)]
mod tests;
