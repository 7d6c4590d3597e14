//! Days of confirmation that have not come yet.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Report};

use super::Facility;

/// An error for each row that claims to have been confirmed after `today`.
#[must_use]
pub fn verified_after<'a>(facilities: impl IntoIterator<Item = &'a Facility>, today: Date) -> Report {
    let mut report = Report::new();
    for facility in facilities {
        if let (Some(day), Some(span)) = (facility.verified_on, &facility.cells.verified_on)
            && day > today
        {
            let future = Diagnostic::new(Code::VerifiedInFuture).at(span);
            report.push(future.arg("value", day).arg("today", today));
        }
    }
    report
}
