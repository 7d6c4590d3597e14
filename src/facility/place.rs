//! Where a facility stands: coordinates, and the area that is written or follows from them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::area::AreaId;
use crate::diag::{Code, Diagnostic, Severity};
use crate::geo::{Misplaced, Position};
use crate::source::Span;

use super::Serves;
use super::cells::{Field, RowCells};
use super::columns::Column;
use super::row::Context;

/// The place of a row.
pub(super) struct Place {
    pub(super) position: Option<Position>,
    pub(super) position_span: Option<Span>,
    pub(super) area: Option<AreaId>,
}

pub(super) fn read(cells: &mut RowCells<'_>, context: &Context<'_>, serves: &Serves) -> Place {
    let lat = cells.line(Column::Lat);
    let lon = cells.line(Column::Lon);
    let written_area = area(cells, context);
    let any_coordinate = lat.is_some() || lon.is_some();
    let position_span = match (&lat, &lon) {
        (Some(lat), Some(lon)) => Some(around(&lat.span(), &lon.span())),
        _ => None,
    };
    let position = position(cells, lat, lon);
    let located = position.and_then(|position| context.locate(position));
    let visits = !matches!(serves, Serves::Areas(areas) if areas.is_empty());
    if let (Some(position), Some(span), None) = (position, &position_span, &located)
        && context.has_boundaries
    {
        let severity = if visits { Severity::Warning } else { Severity::Error };
        let code = if visits { Code::PositionOutsideButServes } else { Code::PositionOutsideAreas };
        let outside = Diagnostic::new(code).at(span).severity(severity);
        let (near, distance) = context.nearest(position);
        let outside = outside.arg("near", near).arg("distance", distance);
        cells.report.push(outside.arg("lat", position.lat).arg("lon", position.lon));
    }
    if let (Some((area, span)), Some(located)) = (&written_area, &located)
        && area != located
    {
        let differs = Diagnostic::new(Code::AreaDiffers).at(span).arg("area", area).arg("located", located);
        cells.report.push(match &position_span {
            Some(place) => differs.label(place, "position"),
            None => differs,
        });
    }
    let area_cell_empty = cells.headings.cell(&cells.row, Column::Area.index()).is_none_or(|cell| cell.is_blank());
    if !any_coordinate && area_cell_empty && !visits && context.has_areas {
        cells.report.push(Diagnostic::new(Code::PlaceMissing).at(&cells.row.line_span()));
    }
    Place { position, position_span, area: written_area.map(|(area, _)| area).or(located) }
}

fn area(cells: &mut RowCells<'_>, context: &Context<'_>) -> Option<(AreaId, Span)> {
    let field = cells.line(Column::Area)?;
    match context.area(&field.text) {
        Some(area) => Some((area, field.span())),
        None => {
            let unknown = field.problem(Code::ListAreaUnknown).arg("area", &field.text);
            cells.report.push(unknown.arg("near", context.near_area(&field.text)));
            None
        }
    }
}

/// The position, if both numbers can be read and can be right.
fn position(cells: &mut RowCells<'_>, lat: Option<Field<'_>>, lon: Option<Field<'_>>) -> Option<Position> {
    let (lat, lon) = match (lat, lon) {
        (Some(lat), Some(lon)) => (lat, lon),
        (None, None) => return None,
        (Some(only), None) | (None, Some(only)) => {
            cells.report.push(only.problem(Code::CoordinateAlone));
            return None;
        }
    };
    let (lat_degrees, lon_degrees) = (degrees(cells, &lat), degrees(cells, &lon));
    let position = Position { lat: lat_degrees?, lon: lon_degrees? };
    let code = match position.misplaced() {
        None => return Some(position),
        Some(Misplaced::Zero) => Code::PositionZero,
        Some(Misplaced::Swapped) => Code::PositionSwapped,
        Some(Misplaced::Abroad) => Code::PositionOutsideJapan,
    };
    let place = around(&lat.span(), &lon.span());
    cells.report.push(Diagnostic::new(code).at(&place).arg("lat", position.lat).arg("lon", position.lon));
    None
}

fn degrees(cells: &mut RowCells<'_>, field: &Field<'_>) -> Option<f64> {
    let folded: Cow<'_, str> =
        if field.text.is_ascii() { Cow::Borrowed(&field.text) } else { Cow::Owned(field.text.nfkc().collect()) };
    let number = folded.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if number.is_none() {
        cells.report.push(field.problem(Code::CoordinateUnreadable));
    }
    number
}

/// From the first byte of one to the last of the other, whichever comes first.
fn around(one: &Span, other: &Span) -> Span {
    Span { path: one.path.clone(), start: one.start.min(other.start), end: one.end.max(other.end) }
}
