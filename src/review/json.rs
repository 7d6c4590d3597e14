//! A comparison for programs: one JSON document.

use serde::ser::{Serialize, Serializer};

use super::Comparison;
use crate::geo::Position;

/// The whole comparison.
#[must_use]
pub fn render(comparison: &Comparison) -> String {
    let text = serde_json::to_string_pretty(comparison);
    text.unwrap_or_else(|problem| unreachable!("texts and numbers: {problem}")) + "\n"
}

/// `{"lat": …, "lon": …}`.
pub(super) fn position<S: Serializer>(position: &Position, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(serde::Serialize)]
    struct Place {
        lat: f64,
        lon: f64,
    }
    Place { lat: position.lat, lon: position.lon }.serialize(serializer)
}
