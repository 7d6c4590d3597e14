//! What the layers of the usual vector tiles mean to us: Protomaps, Shortbread, OpenMapTiles, GSI optimal_bvmap.
//!
//! In: a layer's name and a feature's texts. Out: what the feature is drawn as, if it is. The five kinds of archive
//! name their layers differently enough that no archive has to be told apart as a whole; an archive of two
//! kinds works too.

use std::borrow::Cow;

use super::tile::{Form, Texts};
use super::{LineKind, SurfaceKind};

/// What a feature is to us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    Surface(SurfaceKind),
    Line(LineKind),
    Station,
}

/// The layers that are read, kind by kind.
const LAYERS: [&[&str]; 4] = [
    // Protomaps, version 4 and before.
    &["roads", "transit", "water", "physical_line", "landuse", "natural", "landcover", "pois"],
    // Shortbread.
    &["streets", "water_polygons", "water_lines", "ocean", "land", "sites", "public_transport"],
    // OpenMapTiles; `water` and `landcover` are named as at Protomaps.
    &["transportation", "waterway", "park", "poi"],
    // 国土地理院 最適化ベクトルタイル.
    &["RdCL", "RailCL", "WA", "RvrCL", "Anno"],
];

/// True for a layer of which something may be drawn.
pub(super) fn is_known(layer: &str) -> bool {
    LAYERS.iter().any(|names| names.contains(&layer))
}

/// Where the class of a feature stands, newest way first.
const KIND: &[&str] = &["kind", "pmap:kind", "class"];
const DETAIL: &[&str] = &["kind_detail", "pmap:kind_detail", "subclass"];
const WATERWAY: &[&str] = &["waterway", "pmap:waterway"];
/// Values of green surfaces that people know as such.
const GREEN: &[&str] = &[
    "park",
    "garden",
    "forest",
    "wood",
    "nature_reserve",
    "national_park",
    "protected_area",
    "cemetery",
    "grass",
    "grassland",
    "meadow",
    "recreation_ground",
    "village_green",
    "golf_course",
    "scrub",
    "playground",
    "zoo",
];
/// Rails on which nobody travels, or that nobody sees.
const NO_RAIL: &[&str] = &["yard", "siding", "spur", "crossover", "subway", "abandoned", "disused", "proposed"];

/// What a feature is drawn as.
pub(super) fn meaning(layer: &str, texts: &Texts<'_>, form: Form) -> Option<Meaning> {
    match form {
        Form::Line => line(layer, texts).map(Meaning::Line),
        Form::Area => surface(layer, texts).map(Meaning::Surface),
        Form::Point => is_station(layer, texts).then_some(Meaning::Station),
    }
}

/// What residents call it, in their own language first.
pub(super) fn name<'a>(texts: &'a Texts<'_>) -> Option<Cow<'a, str>> {
    texts.first(&["name:ja", "name", "vt_text", "pgf:name"]).filter(|name| !name.is_empty())
}

fn surface(layer: &str, texts: &Texts<'_>) -> Option<SurfaceKind> {
    let kind = texts.first(KIND).unwrap_or_default();
    match layer {
        "ocean" => Some(SurfaceKind::Sea),
        "water" | "water_polygons" if matches!(&*kind, "ocean" | "sea") => Some(SurfaceKind::Sea),
        "water" | "water_polygons" | "WA" => {
            let built = texts.first(WATERWAY).is_some_and(|kind| matches!(&*kind, "dam" | "weir"));
            (kind != "swimming_pool" && !built).then_some(SurfaceKind::Water)
        }
        "park" => Some(SurfaceKind::Park),
        "landuse" | "natural" | "landcover" | "land" | "sites" => {
            let detail = texts.first(DETAIL).unwrap_or_default();
            (GREEN.contains(&&*kind) || GREEN.contains(&&*detail)).then_some(SurfaceKind::Park)
        }
        _ => None,
    }
}

fn line(layer: &str, texts: &Texts<'_>) -> Option<LineKind> {
    match layer {
        "roads" | "transit" | "streets" | "transportation" => way(texts),
        "water" | "water_lines" | "waterway" | "physical_line" => {
            let kind = texts.first(WATERWAY).or_else(|| texts.first(KIND)).unwrap_or_default();
            matches!(&*kind, "river" | "stream" | "canal" | "").then_some(LineKind::Water)
        }
        "RdCL" => Some(gsi_road(texts)),
        "RailCL" => {
            let hidden = texts.get("vt_railstate").is_some_and(|state| matches!(&*state, "地下" | "トンネル"));
            let class = texts.get("vt_rtcode").unwrap_or_default();
            let tracks = texts.get("vt_sngldbl").unwrap_or_default();
            let travelled = !matches!(&*class, "側線" | "地下鉄" | "索道") && !matches!(&*tracks, "側線" | "非表示");
            (!hidden && travelled).then_some(LineKind::Rail)
        }
        "RvrCL" => Some(LineKind::Water),
        _ => None,
    }
}

/// A road or railway of OpenStreetMap, whose own classes stand in `kind_detail`, else in `kind` or `class`.
fn way(texts: &Texts<'_>) -> Option<LineKind> {
    let (kind, detail) = (texts.first(KIND).unwrap_or_default(), texts.first(DETAIL).unwrap_or_default());
    let service = texts.first(&["service", "pmap:service"]).unwrap_or_default();
    let railway = texts.first(&["railway", "pmap:railway"]).unwrap_or_default();
    let on_rails = texts.get("rail").is_some_and(|rail| matches!(&*rail, "true" | "1"));
    let is_rail = |class: &str| {
        matches!(
            class,
            "rail" | "railway" | "light_rail" | "tram" | "narrow_gauge" | "monorail" | "funicular" | "transit"
        )
    };
    let on_rails = on_rails || [&*kind, &*detail, &*railway].into_iter().any(is_rail);
    if on_rails && (railway.is_empty() || is_rail(&railway)) {
        let unseen = [&*kind, &*detail, &*service, &*railway].iter().any(|value| NO_RAIL.contains(value));
        return (!unseen).then_some(LineKind::Rail);
    }
    let exact = road(detail.trim_end_matches("_link"));
    exact.or_else(|| road(kind.trim_end_matches("_link")))
}

fn road(class: &str) -> Option<LineKind> {
    match class {
        "highway" | "motorway" => Some(LineKind::Highway),
        "major_road" | "trunk" | "primary" | "secondary" => Some(LineKind::MajorRoad),
        "medium_road" | "tertiary" => Some(LineKind::MediumRoad),
        "minor_road" | "minor" | "residential" | "unclassified" | "living_street" => Some(LineKind::MinorRoad),
        _ => None,
    }
}

fn gsi_road(texts: &Texts<'_>) -> LineKind {
    let category = texts.get("vt_rdctg").unwrap_or_default();
    let width = texts.get("vt_rnkwidth").unwrap_or_default();
    if texts.get("vt_motorway").is_some_and(|value| value == "1") {
        return LineKind::Highway;
    }
    match &*category {
        "高速自動車国道等" => LineKind::Highway,
        "国道" | "主要道路" | "都道府県道" => LineKind::MajorRoad,
        _ if matches!(&*width, "5.5m-13m未満" | "13m-19.5m未満" | "19.5m以上") => LineKind::MediumRoad,
        _ => LineKind::MinorRoad,
    }
}

/// 注記コード of railway stations at GSI.
const GSI_STATION: &str = "422";

fn is_station(layer: &str, texts: &Texts<'_>) -> bool {
    let is = |keys: &[&str], value: &str| texts.first(keys).is_some_and(|found| found == value);
    match layer {
        "pois" => is(KIND, "station") || is(&["railway", "pmap:railway"], "station"),
        "public_transport" => is(KIND, "station"),
        "poi" => is(&["class"], "railway") && is(&["subclass"], "station"),
        "Anno" => is(&["vt_code"], GSI_STATION),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tile::{Feature, Layer, Value};
    use super::*;

    fn layer(name: &str, texts: &[(&str, &str)]) -> Layer {
        Layer {
            name: name.to_owned(),
            features: vec![Feature {
                tags: (0..texts.len() as u32).flat_map(|at| [at, at]).collect(),
                ..Feature::default()
            }],
            keys: texts.iter().map(|(key, _)| (*key).to_owned()).collect(),
            values: texts.iter().map(|(_, text)| Value::of_text(text)).collect(),
            ..Layer::default()
        }
    }

    fn check(name: &str, texts: &[(&str, &str)], form: Form, wanted: Option<Meaning>) {
        let layer = layer(name, texts);
        assert_eq!(meaning(name, &layer.texts(&layer.features[0]), form), wanted, "{name} {texts:?}");
    }

    type Sample<'a> = (&'a str, &'a [(&'a str, &'a str)], LineKind);

    #[test]
    fn each_schema_has_roads_rails_and_water() {
        let line = |kind| Some(Meaning::Line(kind));
        let roads: [Sample<'_>; 15] = [
            ("roads", &[("kind", "highway"), ("kind_detail", "motorway_link")], LineKind::Highway),
            ("roads", &[("kind", "major_road"), ("kind_detail", "tertiary")], LineKind::MediumRoad),
            ("roads", &[("kind", "rail"), ("kind_detail", "rail")], LineKind::Rail),
            ("roads", &[("pmap:kind", "medium_road")], LineKind::MediumRoad),
            ("transit", &[("pmap:kind", "railway")], LineKind::Rail),
            ("physical_line", &[("pmap:kind", "waterway"), ("waterway", "river")], LineKind::Water),
            ("streets", &[("kind", "secondary")], LineKind::MajorRoad),
            ("streets", &[("kind", "light_rail"), ("rail", "true")], LineKind::Rail),
            ("water_lines", &[("kind", "stream")], LineKind::Water),
            ("transportation", &[("class", "minor")], LineKind::MinorRoad),
            ("transportation", &[("class", "rail"), ("subclass", "rail")], LineKind::Rail),
            ("waterway", &[("class", "canal")], LineKind::Water),
            ("RdCL", &[("vt_rdctg", "都道府県道"), ("vt_rnkwidth", "3m未満")], LineKind::MajorRoad),
            ("RdCL", &[("vt_rdctg", "市区町村道等"), ("vt_rnkwidth", "5.5m-13m未満")], LineKind::MediumRoad),
            ("RailCL", &[("vt_railstate", "橋・高架"), ("vt_rtcode", "JR")], LineKind::Rail),
        ];
        for (layer, texts, kind) in roads {
            check(layer, texts, Form::Line, line(kind));
        }
        for layer in ["water", "water_polygons", "WA"] {
            check(layer, &[], Form::Area, Some(Meaning::Surface(SurfaceKind::Water)));
        }
    }

    #[test]
    fn what_nobody_travels_on_is_not_drawn() {
        check("roads", &[("kind", "rail"), ("service", "yard")], Form::Line, None);
        check("roads", &[("kind", "path")], Form::Line, None);
        check("streets", &[("kind", "subway"), ("rail", "true")], Form::Line, None);
        check("transportation", &[("class", "transit"), ("subclass", "subway")], Form::Line, None);
        check("RailCL", &[("vt_railstate", "地下")], Form::Line, None);
        check("transit", &[("pmap:kind", "railway"), ("railway", "turntable")], Form::Line, None);
        check("physical_line", &[("pmap:kind", "waterway"), ("waterway", "drain")], Form::Line, None);
        check("buildings", &[("kind", "building")], Form::Area, None);
    }

    #[test]
    fn seas_parks_and_stations_are_known() {
        check("water", &[("kind", "ocean")], Form::Area, Some(Meaning::Surface(SurfaceKind::Sea)));
        check("ocean", &[], Form::Area, Some(Meaning::Surface(SurfaceKind::Sea)));
        check("landuse", &[("pmap:kind", "park")], Form::Area, Some(Meaning::Surface(SurfaceKind::Park)));
        check("landuse", &[("kind", "residential")], Form::Area, None);
        check("pois", &[("kind", "station")], Form::Point, Some(Meaning::Station));
        check("poi", &[("class", "railway"), ("subclass", "station")], Form::Point, Some(Meaning::Station));
        check("Anno", &[("vt_code", "422")], Form::Point, Some(Meaning::Station));
    }
}
