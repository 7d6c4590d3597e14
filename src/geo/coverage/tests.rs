use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::geo::{Polygon, Ring};

fn shape(corners: &[(f64, f64)]) -> MultiPolygon {
    let ring = Ring::new(corners.iter().map(|&(lon, lat)| Position { lon, lat }).collect()).unwrap();
    MultiPolygon { polygons: vec![Polygon::new(ring, Vec::new())] }
}

fn coverage(shapes: &[MultiPolygon]) -> Coverage {
    let shapes: Vec<&MultiPolygon> = shapes.iter().collect();
    Coverage::new(&shapes, &Projection::at(Position { lon: 0.0, lat: 0.0 }))
}

fn area(polygon: &PlanePolygon) -> f64 {
    let holes: f64 = polygon.holes.iter().map(|hole| signed_area(hole).abs()).sum();
    signed_area(&polygon.exterior).abs() - holes
}

/// Two squares beside each other whose common side wanders by the given steps.
fn neighbours(steps: &[f64]) -> [MultiPolygon; 2] {
    let count = steps.len() as f64 + 1.0;
    let side: Vec<(f64, f64)> =
        steps.iter().enumerate().map(|(at, dx)| (1.0 + dx, (at as f64 + 1.0) / count)).collect();
    let mut west = vec![(0., 0.), (1., 0.)];
    west.extend(&side);
    west.extend([(1., 1.), (0., 1.)]);
    let mut east = vec![(1., 0.), (2., 0.), (2., 1.), (1., 1.)];
    east.extend(side.iter().rev());
    [shape(&west), shape(&east)]
}

#[test]
fn two_neighbours_have_three_borders() {
    let coverage = coverage(&neighbours(&[0.1, -0.1]));
    let simplified = coverage.simplified(Detail { corner_m2: 0.0, island_m2: 0.0 });
    let mut users: Vec<&[usize]> = simplified.borders().iter().map(|border| border.shapes).collect();
    users.sort_unstable();
    assert_eq!(users, [&[0][..], &[0, 1], &[1]]);
}

#[test]
fn an_islet_goes_but_a_town_of_one_islet_stays() {
    let islet = shape(&[(5., 5.), (5.001, 5.), (5.001, 5.001), (5., 5.001)]);
    let mut town = shape(&[(0., 0.), (1., 0.), (1., 1.), (0., 1.)]);
    town.polygons.extend(islet.polygons.clone());
    let coverage = coverage(&[town, shape(&[(7., 5.), (7.001, 5.), (7.001, 5.001), (7., 5.001)])]);
    let simplified = coverage.simplified(Detail { corner_m2: 1e9, island_m2: 1e9 });
    assert_eq!(simplified.polygons(0).len(), 1);
    assert_eq!(simplified.polygons(1).len(), 1);
    assert!(simplified.polygons(1)[0].exterior.len() >= 3);
}

#[test]
fn an_enclave_keeps_its_hole() {
    let inner = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)];
    let hole = shape(&inner).polygons.remove(0).exterior;
    let outer = shape(&[(0., 0.), (1., 0.), (1., 1.), (0., 1.)]).polygons.remove(0).exterior;
    let around = MultiPolygon { polygons: vec![Polygon::new(outer, vec![hole])] };
    let coverage = coverage(&[around, shape(&inner)]);
    let simplified = coverage.simplified(Detail { corner_m2: 1e12, island_m2: 1e12 });
    let (around, inside) = (simplified.polygons(0), simplified.polygons(1));
    let mut hole = around[0].holes[0].clone();
    hole.reverse();
    assert_eq!(signed_area(&hole).abs(), signed_area(&inside[0].exterior).abs());
}

#[test]
fn an_island_with_a_facility_stays_however_small_it_is() {
    let square = |lon: f64, side: f64| shape(&[(lon, 0.), (lon + side, 0.), (lon + side, side), (lon, side)]);
    let mut town = square(0.0, 1.0);
    for at in 0..40 {
        town.polygons.extend(square(2.0 + f64::from(at) * 0.01, 0.0001).polygons);
    }
    let mut coverage = coverage(&[town]);
    let coarse = Detail { corner_m2: 1e9, island_m2: 1e9 };
    assert_eq!(coverage.simplified(coarse).polygons(0).len(), 1);
    let projection = Projection::at(Position { lon: 0.0, lat: 0.0 });
    let facility = |at: f64| projection.project(Position { lon: 2.0 + at * 0.01 + 0.00005, lat: 0.00005 });
    coverage.keep_islands(&[facility(3.0), facility(17.0), facility(39.5)]);
    let kept = coverage.simplified(coarse).polygons(0);
    assert_eq!(kept.len(), 3, "the town and the two islands on which something is");
    for at in [3.0, 17.0] {
        assert!(kept.iter().any(|polygon| polygon.contains(facility(at))));
    }
}

/// A coast that follows y = depth, and an island that follows it at a small distance.
fn coast_and_island(depths: &[f64]) -> Coverage {
    let count = depths.len() as f64;
    let at = |step: usize| step as f64 / count;
    let coast: Vec<(f64, f64)> = depths.iter().enumerate().map(|(step, depth)| (at(step), *depth)).collect();
    let mut land = coast.clone();
    land.extend([(at(depths.len() - 1), -2.0), (0.0, -2.0)]);
    let mut island: Vec<(f64, f64)> = coast.iter().map(|(x, y)| (*x, y + 0.01)).collect();
    island.extend(coast.iter().rev().map(|(x, y)| (*x, y + 0.5)));
    coverage(&[shape(&land), shape(&island)])
}

#[test]
fn a_border_that_begins_to_meet_late_is_still_refined() {
    let depths = [
        -0.870_860_674_261_703_2,
        0.396_303_633_438_395,
        0.700_638_192_856_266,
        -0.237_171_800_382_589_67,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.027_936_237_662_001_095,
        -0.852_650_973_443_159_4,
        0.0,
        0.0,
        0.0,
        0.818_039_960_504_846_6,
        0.0,
        0.0,
        -0.729_951_411_057_566_8,
        0.0,
        0.0,
        -0.662_328_557_866_887_6,
        -0.288_589_268_511_725_6,
        -0.095_027_524_359_863_82,
        0.195_231_770_920_971_16,
        -0.163_026_219_201_260_79,
        0.0,
        0.0,
    ];
    let coverage = coast_and_island(&depths);
    let coarse = coverage.simplified(Detail { corner_m2: 5_706_111_368.112_197, island_m2: 0.0 });
    assert_eq!(coverage.simplified(Detail { corner_m2: 0.0, island_m2: 0.0 }).meetings(), 0);
    assert_eq!(coarse.meetings(), 0);
}

proptest! {
    #[test]
    fn an_island_near_a_coast_stays_an_island(
        depths in prop::collection::vec(-0.9..0.9f64, 3..40),
        corner_m2 in 0.0..1e10f64,
    ) {
        let coverage = coast_and_island(&depths);
        let whole = coverage.simplified(Detail { corner_m2: 0.0, island_m2: 0.0 });
        let coarse = coverage.simplified(Detail { corner_m2, island_m2: 0.0 });
        if whole.meetings() == 0 {
            prop_assert_eq!(coarse.meetings(), 0);
            prop_assert_eq!(coarse.polygons(1).len(), 1);
        }
    }

    #[test]
    fn neighbours_stay_neighbours_at_every_scale(
        steps in prop::collection::vec(-0.3..0.3f64, 1..30),
        corner_m2 in 0.0..1e10f64,
    ) {
        let coverage = coverage(&neighbours(&steps));
        let whole = coverage.simplified(Detail { corner_m2: 0.0, island_m2: 0.0 });
        let coarse = coverage.simplified(Detail { corner_m2, island_m2: 0.0 });
        let total = |of: &Simplified<'_>| -> f64 { (0..2).flat_map(|at| of.polygons(at)).map(|p| area(&p)).sum() };
        // What one loses the other gains: together they are the same two squares.
        prop_assert!((total(&whole) - total(&coarse)).abs() <= total(&whole) * 1e-9);
        for number in 0..2 {
            for polygon in coarse.polygons(number) {
                prop_assert!(polygon.exterior.len() >= 3);
            }
        }
    }
}
