//! The daily-living areas as GeoJSON, with their figures by year.

use serde::Serialize;

use super::json::to_bytes;
use super::record::to_six_places;
use crate::area::{Area, AreaFigures, Areas};
use crate::geo::{Polygon, Ring};

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    name: &'a str,
    license: &'a str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: &'a str,
    geometry: Option<Shape>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Shape {
    r#type: &'static str,
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

#[derive(Serialize)]
struct Properties<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kana: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    members: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figures>,
}

#[derive(Serialize)]
struct Figures {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_75: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    households: Option<u64>,
}

/// All areas; those without an outline have no geometry.
#[must_use]
pub fn areas_geojson(areas: &Areas, title: &str, license: &str) -> Vec<u8> {
    let features = areas.iter().map(feature).collect();
    to_bytes(&Collection { r#type: "FeatureCollection", name: title, license, features })
}

fn feature(area: &Area) -> Feature<'_> {
    let shape = area.shape.as_ref();
    Feature {
        r#type: "Feature",
        id: area.id.as_str(),
        geometry: shape
            .map(|shape| Shape { r#type: "MultiPolygon", coordinates: shape.polygons.iter().map(polygon).collect() }),
        properties: Properties {
            id: area.id.as_str(),
            name: &area.name,
            kana: area.kana.as_deref(),
            name_en: area.name_en.as_deref(),
            members: &area.members,
            figures: area.figures.iter().map(figures).collect(),
        },
    }
}

fn figures(figures: &AreaFigures) -> Figures {
    Figures {
        year: figures.year,
        population: figures.population,
        over_75: figures.over_75,
        households: figures.households,
    }
}

fn polygon(polygon: &Polygon) -> Vec<Vec<[f64; 2]>> {
    std::iter::once(&polygon.exterior).chain(&polygon.holes).map(ring).collect()
}

/// The vertices, closed as RFC 7946 wants it.
fn ring(ring: &Ring) -> Vec<[f64; 2]> {
    let vertices = ring.positions();
    let closed = vertices.iter().chain(vertices.first());
    closed.map(|position| [to_six_places(position.lon), to_six_places(position.lat)]).collect()
}
