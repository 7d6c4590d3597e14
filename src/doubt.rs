//! What the lists say when their rows are looked at together, and on a day: for `sumika check`.
//!
//! In: the library, the sources and the day. Out: a report. `facility` has told by itself what is wrong inside a row;
//! here are the doubts that need a person who knows the place: rows that nobody confirmed, two rows that may be one
//! place, a closed place that is still listed, hours that cannot be, files that lie where nothing reads them.
//! Nothing here withholds or changes anything, and a build does not ask.

mod contradiction;
mod freshness;
mod hours;
mod misplaced;
mod twin;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::{ParallelIterator as _, ParallelSlice as _};

use crate::diag::Report;
use crate::facility::Facility;
use crate::library::Library;
use crate::source::{SourcePath, Sources};

pub use misplaced::beside_the_site;

/// Every doubt about the lists on a day.
#[must_use]
pub fn check(library: &Library, sources: &Sources, today: Date) -> Report {
    let mut report = Report::new();
    freshness::check(library, today, &mut report);
    twin::check(&library.facilities, &mut report);
    let by_row = |facilities: &[Arc<Facility>]| {
        let mut report = Report::new();
        for facility in facilities {
            contradiction::check(facility, sources, today, &mut report);
            hours::check(facility, sources, &mut report);
        }
        report
    };
    let parts: Vec<Report> = library.facilities.par_chunks(ROWS_AT_ONCE).map(by_row).collect();
    parts.into_iter().for_each(|part| report.append(part));
    let paths: Vec<&SourcePath> = sources.iter().map(|(path, _)| path).collect();
    misplaced::check(&paths, &mut report);
    report
}

/// Enough rows to be worth a thread's while.
const ROWS_AT_ONCE: usize = 2_048;

const NAMES_TOLD: usize = 5;

/// The first few names, for a message.
pub(crate) fn some_names(names: &[&str]) -> String {
    let mut told = names.iter().take(NAMES_TOLD).copied().collect::<Vec<_>>().join("、");
    if names.len() > NAMES_TOLD {
        told.push('…');
    }
    told
}
