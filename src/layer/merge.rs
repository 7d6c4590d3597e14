//! What tiles cut apart, whole again: lines joined end to end, surfaces united.
//!
//! In: pieces on one grid over all tiles. Out: fewer and longer lines, and polygons without the seams of tiles.
//! The result does not depend on the order of the pieces beyond the order of equal ones.

use std::collections::BTreeMap;

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::Overlay;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

use super::tile::UNITS;

/// A point on the grid of all tiles.
pub(super) type GridPoint = (i32, i32);

/// A part of a line within one tile.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Piece {
    pub(super) points: Vec<GridPoint>,
    /// What it is called; empty for most.
    pub(super) name: String,
}

/// Rounding moves the two halves of a line apart by so much where a tile ends.
const SEAM_UNITS: i32 = 3;

/// One end of a piece: its first or its last point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct End {
    piece: usize,
    last: bool,
}

/// Pieces joined wherever exactly two ends meet, or two of one name.
pub(super) fn join(mut pieces: Vec<Piece>) -> Vec<Vec<GridPoint>> {
    for piece in &mut pieces {
        piece.points.dedup();
        if piece.points.first() > piece.points.last() {
            piece.points.reverse();
        }
    }
    pieces.retain(|piece| piece.points.len() > 1);
    pieces.sort();
    // A line along the edge of a tile is in both tiles.
    pieces.dedup_by(|a, b| a.points == b.points);
    let partners = partners(&pieces);
    let mut done = vec![false; pieces.len()];
    let mut lines = Vec::new();
    let free = |end: &End| !partners.contains_key(end);
    let ends = |piece| [End { piece, last: false }, End { piece, last: true }];
    let open = (0..pieces.len()).flat_map(ends).filter(free);
    // Lines with two ends first; what is left are rings.
    for start in open.chain((0..pieces.len()).map(|piece| End { piece, last: false })) {
        let line = walk(start, &pieces, &partners, &mut done);
        if line.len() > 1 {
            lines.push(line);
        }
    }
    lines
}

/// Follows the pieces from an end on.
fn walk(start: End, pieces: &[Piece], partners: &BTreeMap<End, End>, done: &mut [bool]) -> Vec<GridPoint> {
    let mut line: Vec<GridPoint> = Vec::new();
    let mut at = Some(start);
    while let Some(End { piece, last }) = at {
        let (Some(done), Some(found)) = (done.get_mut(piece), pieces.get(piece)) else { break };
        if std::mem::replace(done, true) {
            break;
        }
        if last {
            line.extend(found.points.iter().rev());
        } else {
            line.extend(&found.points);
        }
        at = partners.get(&End { piece, last: !last }).copied();
    }
    line.dedup();
    line
}

/// Which end continues in which.
fn partners(pieces: &[Piece]) -> BTreeMap<End, End> {
    let mut nodes: BTreeMap<GridPoint, Vec<End>> = BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        for (point, last) in
            piece.points.first().map(|p| (p, false)).into_iter().chain(piece.points.last().map(|p| (p, true)))
        {
            nodes.entry(*point).or_default().push(End { piece: number, last });
        }
    }
    let mut partners = BTreeMap::new();
    let mut loose: Vec<(GridPoint, End)> = Vec::new();
    for (point, mut ends) in nodes {
        if ends.len() > 2 {
            let mut by_name: BTreeMap<&str, Vec<End>> = BTreeMap::new();
            for &end in &ends {
                let name = pieces.get(end.piece).map_or("", |piece| piece.name.as_str());
                by_name.entry(name).or_default().push(end);
            }
            for (_, pair) in by_name.into_iter().filter(|(name, _)| !name.is_empty()) {
                if marry(&pair, &mut partners) {
                    ends.retain(|end| !pair.contains(end));
                }
            }
        }
        if !marry(&ends, &mut partners) && ends.len() == 1 && on_seam(point) {
            loose.extend(ends.iter().map(|&end| (point, end)));
        }
    }
    across_seams(loose, &mut partners);
    partners
}

fn marry(ends: &[End], partners: &mut BTreeMap<End, End>) -> bool {
    let &[a, b] = ends else { return false };
    partners.insert(a, b);
    partners.insert(b, a);
    true
}

fn on_seam((x, y): GridPoint) -> bool {
    x % UNITS == 0 || y % UNITS == 0
}

/// Ends that face each other over the edge of a tile, a rounding apart.
fn across_seams(loose: Vec<(GridPoint, End)>, partners: &mut BTreeMap<End, End>) {
    let mut seams: BTreeMap<(bool, i32), Vec<(i32, End)>> = BTreeMap::new();
    for ((x, y), end) in loose {
        let (key, along) = if x % UNITS == 0 { ((true, x), y) } else { ((false, y), x) };
        seams.entry(key).or_default().push((along, end));
    }
    for mut ends in seams.into_values() {
        ends.sort_unstable();
        let mut waiting: Option<(i32, End)> = None;
        for (along, end) in ends {
            match waiting.take() {
                Some((before, other)) if along - before <= SEAM_UNITS && other.piece != end.piece => {
                    marry(&[other, end], partners);
                }
                _ => waiting = Some((along, end)),
            }
        }
    }
}

/// Rings of any order and overlap as polygons that do not touch one another: the outline first, then the holes.
pub(super) fn unite(rings: &[Vec<GridPoint>]) -> Vec<Vec<Vec<GridPoint>>> {
    let contours: Vec<Vec<IntPoint<i32>>> =
        rings.iter().map(|ring| ring.iter().map(|&(x, y)| IntPoint::new(x, y)).collect()).collect();
    let shapes = Overlay::from_subj(&contours).overlay(OverlayRule::Subject, FillRule::NonZero);
    let plain = |contour: &Vec<IntPoint<i32>>| contour.iter().map(|point| (point.x, point.y)).collect();
    shapes.iter().map(|shape| shape.iter().map(plain).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(points: &[GridPoint], name: &str) -> Piece {
        Piece { points: points.to_vec(), name: name.to_owned() }
    }

    #[test]
    fn pieces_become_one_line_over_the_edges_of_tiles() {
        let joined = join(vec![
            piece(&[(4096, 11), (5000, 20)], ""),
            piece(&[(0, 0), (4096, 10)], ""),
            piece(&[(8192, 50), (5000, 20)], ""),
        ]);
        assert_eq!(joined, [vec![(0, 0), (4096, 10), (4096, 11), (5000, 20), (8192, 50)]]);
    }

    #[test]
    fn at_a_crossing_the_road_of_one_name_goes_on() {
        let joined = join(vec![
            piece(&[(0, 0), (10, 10)], "本町通り"),
            piece(&[(10, 10), (20, 20)], "本町通り"),
            piece(&[(10, 10), (20, 0)], ""),
        ]);
        assert_eq!(joined.len(), 2);
        assert!(joined.contains(&vec![(0, 0), (10, 10), (20, 20)]));
    }

    #[test]
    fn a_ring_of_pieces_stays_closed() {
        let joined = join(vec![piece(&[(0, 0), (10, 0), (10, 10)], ""), piece(&[(10, 10), (0, 10), (0, 0)], "")]);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].first(), joined[0].last());
    }

    #[test]
    fn a_lake_cut_by_a_tile_has_no_seam() {
        let west = vec![(0, 0), (0, 100), (4096, 100), (4096, 0)];
        let east = vec![(4096, 0), (4096, 100), (5000, 100), (5000, 0)];
        let united = unite(&[west, east]);
        assert_eq!(united.len(), 1);
        assert_eq!(united[0].len(), 1);
        assert_eq!(united[0][0].len(), 4);
    }

    #[test]
    fn an_island_in_a_lake_stays_a_hole() {
        let lake = vec![(0, 0), (0, 100), (100, 100), (100, 0)];
        let island = vec![(40, 40), (60, 40), (60, 60), (40, 60)];
        assert_eq!(unite(&[lake, island])[0].len(), 2);
    }
}
