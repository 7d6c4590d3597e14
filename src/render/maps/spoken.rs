//! The words of maps in a theme: its strings, where it has them, before the built-in ones.

use crate::render::map::MapWords;
use crate::theme::Words;

/// Each word of a map as the theme has it.
pub(super) fn spoken(words: &Words, own: MapWords) -> MapWords {
    let word = |key: &str, own: String| words.find(key).map_or(own, str::to_owned);
    let [north_west, north_east, south_west, south_east] = own.quadrants;
    MapWords {
        area_title: word("map_area_title", own.area_title),
        overview_title: word("map_overview_title", own.overview_title),
        spot_title: word("map_spot_title", own.spot_title),
        count: word("map_count", own.count),
        densest: word("map_densest", own.densest),
        areas: word("map_areas", own.areas),
        near: word("map_near", own.near),
        inset: word("map_inset", own.inset),
        inset_title: word("map_inset_title", own.inset_title),
        merged: word("map_merged", own.merged),
        merged_legend: word("map_merged_legend", own.merged_legend),
        comma: word("map_comma", own.comma),
        quadrants: [
            word("map_north_west", north_west),
            word("map_north_east", north_east),
            word("map_south_west", south_west),
            word("map_south_east", south_east),
        ],
        north: word("map_north", own.north),
    }
}
