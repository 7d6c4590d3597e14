//! Coordinates that may be shown, and those that may not.

use super::draft::Draft;
use super::{Options, Record};
use crate::diag::{Code, Diagnostic};
use crate::facility::Column;
use crate::geo::Position;

/// Takes the coordinates, or says why the row has none.
pub(super) fn coordinates(draft: &mut Draft<'_>, record: Record<'_>, fields: (usize, usize), options: &Options<'_>) {
    let (lat, lon) = (record.said(fields.0), record.said(fields.1));
    take(draft, Pair { lat: &lat, lon: &lon, record, field: fields.0 }, options);
}

/// The same for one column that holds `lat,lon`.
pub(super) fn location(draft: &mut Draft<'_>, record: Record<'_>, field: usize, options: &Options<'_>) {
    let text = record.said(field);
    if let Some((lat, lon)) = text.split_once([',', '、', ' ']) {
        let pair = Pair { lat: lat.trim(), lon: lon.trim(), record, field };
        if draft.get(Column::Lat).is_empty() {
            take(draft, pair, options);
        }
    }
}

/// Two numbers as written, and in which cell.
struct Pair<'a> {
    lat: &'a str,
    lon: &'a str,
    record: Record<'a>,
    field: usize,
}

fn take(draft: &mut Draft<'_>, pair: Pair<'_>, options: &Options<'_>) {
    let Pair { lat, lon, record, field } = pair;
    if lat.is_empty() && lon.is_empty() {
        return;
    }
    match read(lat, lon, options) {
        Ok(position) => {
            draft.set(Column::Lat, degrees(position.lat));
            draft.set(Column::Lon, degrees(position.lon));
        }
        Err(code) => {
            draft.doubt(Diagnostic::new(code).at(&record.span(field)).arg("lat", lat).arg("lon", lon));
        }
    }
}

fn read(lat: &str, lon: &str, options: &Options<'_>) -> Result<Position, Code> {
    let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else { return Err(Code::ImportPlaceUnreadable) };
    let position = Position { lon, lat };
    if lat == 0.0 && lon == 0.0 {
        return Err(Code::ImportPlaceZero);
    }
    if position.looks_swapped() {
        return Err(Code::ImportPlaceSwapped);
    }
    if !position.is_in_japan() {
        return Err(Code::ImportPlaceAbroad);
    }
    let outside = options.areas.is_some_and(|areas| areas.have_shapes() && areas.locate(position).is_empty());
    if outside { Err(Code::ImportPlaceOutside) } else { Ok(position) }
}

/// Six decimals are ten centimetres; more only pretends to know.
fn degrees(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
