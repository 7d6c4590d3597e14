//! The public lists as open data: CSV, GeoJSON, JSON, XLSX, a DCAT catalogue, the licence in words.
//!
//! In: the public facilities as `Record`s, the areas, a `Catalogue`. Out: the bytes of each file. What is not public
//! never comes here; nothing here knows the instant.

mod areas;
mod catalogue;
mod csv;
mod figures;
mod json;
mod record;
mod workbook;

pub use areas::areas_geojson;
pub use catalogue::{Catalogue, Dataset, Distribution, catalogue, licence_text};
pub use csv::csv;
pub use figures::{FigureRecord, figures_csv};
pub use json::{geojson, json};
pub use record::{Record, Records};
pub use workbook::workbook;

#[cfg(test)]
mod tests;
