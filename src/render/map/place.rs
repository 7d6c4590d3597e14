//! Where marks go: at their places where there is room, else near by with a line to the true place.
//!
//! Marks of one building stand together as a block. Blocks are set one after another, the largest and most
//! crowded first, each at the cheapest free candidate on rings around its place; then each is lifted and set
//! anew. Where marks would cover half the map, each becomes a dot at its true place, without a number: the
//! list beside the map says its cell. (Insets for crowds, before anything is moved, will have their place here.)

use std::collections::BTreeMap;

use super::Mark;
use super::base::PlaceOnMap;
use super::frame::View;
use super::furniture::Furniture;
use super::mark::DOT_PX;
use super::svg::{Path, number};
use crate::geo::{Point, Rect, distance_m};

/// Least distance between the centres of marks.
const GAP_PX: f64 = 24.0;
/// Facilities nearer than this are in one building.
const SAME_BUILDING_M: f64 = 15.0;
/// Marks in a row of a block.
const ROW_MAX: usize = 3;
const RINGS_MAX: u32 = 44;
const RADIUS_PX: f64 = 11.0;
const RING_STEP_PX: f64 = RADIUS_PX / 2.0;
const PASSES: usize = 2;
/// Share of the map that marks may cover.
const COVER_SHARE_MAX: f64 = 0.5;
/// A mark that moved less needs no line to its true place.
const LEADER_PX_MIN: f64 = RADIUS_PX * 0.6;

/// What marks have to respect.
pub(super) struct Ground<'a> {
    pub(super) view: &'a View,
    pub(super) furniture: &'a Furniture,
    pub(super) stations: &'a [PlaceOnMap],
}

/// A mark on the map.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Placed {
    /// Where the thing is.
    pub(super) truth: Point,
    /// Where its mark stands.
    pub(super) drawn: Point,
    /// How it is drawn.
    pub(super) form: Form,
}

/// How a mark is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Form {
    /// With its number, as a link.
    Numbered {
        /// Half the way to the next mark.
        room_px: f64,
    },
    /// Small, one of too many.
    Dot,
}

struct Block {
    marks: Vec<usize>,
    truth: Point,
    crowd: usize,
    centre: Option<Point>,
}

/// Sets all marks that are on the map.
pub(super) fn place(truths: &[Option<Point>], marks: &[Mark], ground: &Ground<'_>) -> Vec<Option<Placed>> {
    let count = truths.iter().flatten().count() as f64;
    if count * GAP_PX * GAP_PX > COVER_SHARE_MAX * ground.view.map.width() * ground.view.map.height() {
        let dot = |truth: Point| Placed { truth, drawn: truth, form: Form::Dot };
        return truths.iter().map(|truth| truth.map(dot)).collect();
    }
    let mut blocks = blocks(truths, marks);
    let board = arrange(&mut blocks, ground);
    let mut placed: Vec<Option<Placed>> = vec![None; truths.len()];
    for block in &blocks {
        let drawn = cells(block, block.centre.unwrap_or(block.truth));
        for (&mark, drawn) in block.marks.iter().zip(drawn) {
            if let Some(slot) = placed.get_mut(mark) {
                let form = Form::Numbered { room_px: board.room(drawn) };
                *slot = Some(Placed { truth: block.truth, drawn, form });
            }
        }
    }
    placed
}

/// Gives every block its centre.
fn arrange(blocks: &mut [Block], ground: &Ground<'_>) -> Board {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&at| {
        let block = &blocks[at];
        (std::cmp::Reverse((block.marks.len(), block.crowd)), block.marks.first().copied())
    });
    let mut board = Board { taken: BTreeMap::new() };
    for pass in 0..=PASSES {
        let mut moved = false;
        for &at in &order {
            let before = blocks[at].centre;
            if pass > 0 && before == Some(blocks[at].truth) {
                continue;
            }
            if let Some(centre) = before {
                cells(&blocks[at], centre).for_each(|cell| board.lift(cell));
            }
            let centre = best(blocks, at, &board, ground);
            cells(&blocks[at], centre).for_each(|cell| board.set(cell));
            blocks[at].centre = Some(centre);
            moved |= before != Some(centre);
        }
        if !moved {
            break;
        }
    }
    board
}

fn blocks(truths: &[Option<Point>], marks: &[Mark]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut near: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (mark, truth) in truths.iter().enumerate() {
        let Some(truth) = *truth else { continue };
        let bucket = bucket(truth);
        let known = around(bucket).flat_map(|key| near.get(&key).into_iter().flatten()).copied().find(|&at| {
            let first = blocks[at].marks.first().and_then(|&first| marks.get(first));
            first.zip(marks.get(mark)).is_some_and(|(a, b)| distance_m(a.position, b.position) < SAME_BUILDING_M)
        });
        if let Some(at) = known {
            blocks[at].marks.push(mark);
        } else {
            near.entry(bucket).or_default().push(blocks.len());
            blocks.push(Block { marks: vec![mark], truth, crowd: 0, centre: None });
        }
    }
    let truths: Vec<Point> = blocks.iter().map(|block| block.truth).collect();
    for block in &mut blocks {
        block.crowd = truths.iter().filter(|truth| truth.distance(block.truth) < GAP_PX * 1.5).count();
    }
    blocks
}

/// The centres of a block's marks around its own centre, row by row.
fn cells(block: &Block, centre: Point) -> impl Iterator<Item = Point> + use<> {
    let count = block.marks.len();
    let rows = count.div_ceil(ROW_MAX);
    (0..count).map(move |at| {
        let (row, column) = (at / ROW_MAX, at % ROW_MAX);
        let in_row = if row + 1 == rows { count - row * ROW_MAX } else { ROW_MAX };
        Point {
            x: centre.x + (column as f64 - (in_row as f64 - 1.0) / 2.0) * GAP_PX,
            y: centre.y + (row as f64 - (rows as f64 - 1.0) / 2.0) * GAP_PX,
        }
    })
}

/// The cheapest free place; where nothing is free, the true place.
fn best(blocks: &[Block], at: usize, board: &Board, ground: &Ground<'_>) -> Point {
    let Some(block) = blocks.get(at) else { return Point { x: 0.0, y: 0.0 } };
    let mut best: Option<(f64, Point)> = None;
    for ring in 0..=RINGS_MAX {
        let distance_px = f64::from(ring) * RING_STEP_PX;
        if best.is_some_and(|(cost, _)| distance_px / RADIUS_PX >= cost) {
            break;
        }
        for centre in ring_points(block.truth, ring, distance_px) {
            if !cells(block, centre).all(|cell| fits(cell, ground) && board.is_free(cell)) {
                continue;
            }
            let cost = distance_px / RADIUS_PX + penalties(blocks, at, centre, ground);
            if best.is_none_or(|(least, _)| cost < least - 1e-9) {
                best = Some((cost, centre));
            }
        }
    }
    best.map_or(block.truth, |(_, centre)| centre)
}

/// Points on a ring, more on the larger ones, beginning in the east.
fn ring_points(middle: Point, ring: u32, distance_px: f64) -> impl Iterator<Item = Point> {
    let count = if ring == 0 { 1 } else { (12 + 2 * (ring.min(18) / 2)) as usize };
    (0..count).map(move |at| {
        let angle = std::f64::consts::TAU * at as f64 / count as f64;
        Point { x: middle.x + distance_px * libm::cos(angle), y: middle.y + distance_px * libm::sin(angle) }
    })
}

fn fits(cell: Point, ground: &Ground<'_>) -> bool {
    let inside = ground.view.map.grown(-(RADIUS_PX + 1.5));
    inside.contains(cell) && ground.furniture.boxes().iter().all(|furniture| !furniture.grown(RADIUS_PX).contains(cell))
}

fn penalties(blocks: &[Block], at: usize, centre: Point, ground: &Ground<'_>) -> f64 {
    let Some(block) = blocks.get(at) else { return 0.0 };
    let reach = RADIUS_PX + 3.0;
    let covers = |point: Point| cells(block, centre).any(|cell| cell.distance(point) < reach);
    let stations = ground.stations.iter().filter(|station| covers(station.point)).count();
    let others = blocks.iter().enumerate().filter(|(other, _)| *other != at);
    let (mut dots, mut crossings) = (0_usize, 0_usize);
    for (_, other) in others {
        let Some(drawn) = other.centre else { continue };
        let has_leader = drawn.distance(other.truth) > LEADER_PX_MIN;
        if has_leader && covers(other.truth) {
            dots += 1;
        }
        if has_leader && crosses(block.truth, centre, other.truth, drawn) {
            crossings += 1;
        }
    }
    2.0 * stations as f64 + 1.5 * dots as f64 + 6.0 * crossings as f64
}

fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    let turn = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

/// Marks already set, in buckets as wide as the least distance.
struct Board {
    taken: BTreeMap<(i32, i32), Vec<Point>>,
}

fn bucket(point: Point) -> (i32, i32) {
    ((point.x / GAP_PX).floor() as i32, (point.y / GAP_PX).floor() as i32)
}

fn around((column, row): (i32, i32)) -> impl Iterator<Item = (i32, i32)> {
    (-1..=1).flat_map(move |dy| (-1..=1).map(move |dx| (column.saturating_add(dx), row.saturating_add(dy))))
}

impl Board {
    fn near(&self, point: Point) -> impl Iterator<Item = Point> {
        around(bucket(point)).flat_map(|key| self.taken.get(&key).into_iter().flatten()).copied()
    }

    fn is_free(&self, point: Point) -> bool {
        self.near(point).all(|other| other.distance(point) >= GAP_PX - 1e-6)
    }

    fn set(&mut self, point: Point) {
        self.taken.entry(bucket(point)).or_default().push(point);
    }

    fn lift(&mut self, point: Point) {
        if let Some(points) = self.taken.get_mut(&bucket(point))
            && let Some(at) = points.iter().position(|other| *other == point)
        {
            points.remove(at);
        }
    }

    /// Half the way to the nearest other mark; far more than needed where none is near.
    fn room(&self, point: Point) -> f64 {
        let (column, row) = bucket(point);
        let wide = (-2..=2).flat_map(|dy| (-2..=2).map(move |dx| (column.saturating_add(dx), row.saturating_add(dy))));
        let others = wide.flat_map(|key| self.taken.get(&key).into_iter().flatten());
        others.filter(|other| **other != point).map(|other| other.distance(point) / 2.0).fold(f64::INFINITY, f64::min)
    }
}

/// Lines from moved marks to their true places, with a dot there.
pub(super) fn write_leaders(out: &mut String, placed: &[Option<Placed>]) {
    let mut lines = Path::default();
    let mut dots: Vec<Point> = Vec::new();
    for placed in placed.iter().flatten() {
        if placed.drawn.distance(placed.truth) > LEADER_PX_MIN {
            lines.line(&[placed.truth, placed.drawn]);
            dots.push(placed.truth);
        }
    }
    dots.dedup();
    out.push_str("<g aria-hidden=\"true\" fill=\"none\">");
    lines.write(out, "stroke=\"#fff\" stroke-width=\"2.6\" stroke-opacity=\".8\"");
    lines.write(out, "stroke=\"#222\" stroke-width=\".9\"");
    for dot in dots {
        let (x, y) = (number(dot.x), number(dot.y));
        out.push_str(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.2\" fill=\"#222\" stroke=\"#fff\" stroke-width=\".8\"/>"
        ));
    }
    out.push_str("</g>");
}

/// The square that a mark covers, for labels to avoid.
pub(super) fn cover(placed: &Placed, radius: f64) -> Rect {
    let Point { x, y } = placed.drawn;
    let reach = if placed.form == Form::Dot { DOT_PX } else { radius };
    Rect { left: x, top: y, right: x, bottom: y }.grown(reach + 1.5)
}
