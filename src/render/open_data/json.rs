//! Facilities as JSON and as GeoJSON (RFC 7946).

use serde::Serialize;

use super::{Record, Records};

/// What stands before the facilities: title, licence, whose data it is.
#[derive(Clone, Debug, Serialize)]
struct Document<'a> {
    title: &'a str,
    license: &'a str,
    facilities: &'a [Record],
}

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
    geometry: Option<Point>,
    properties: &'a Record,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// The facilities as a JSON document.
#[must_use]
pub fn json(records: &Records, title: &str, license: &str) -> Vec<u8> {
    to_bytes(&Document { title, license, facilities: &records.list })
}

/// The facilities as GeoJSON; those without a position have no geometry.
#[must_use]
pub fn geojson(records: &Records, title: &str, license: &str) -> Vec<u8> {
    let features = records.list.iter().map(|record| Feature {
        r#type: "Feature",
        id: &record.id,
        geometry: record.lon.zip(record.lat).map(|(lon, lat)| Point { r#type: "Point", coordinates: [lon, lat] }),
        properties: record,
    });
    to_bytes(&Collection { r#type: "FeatureCollection", name: title, license, features: features.collect() })
}

pub(super) fn to_bytes(document: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(document)
        .unwrap_or_else(|problem| unreachable!("strings, finite numbers and maps by strings: {problem}"));
    bytes.push(b'\n');
    bytes
}
