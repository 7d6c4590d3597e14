//! Rows that claim to have been confirmed on a day that has not come.

use super::{FacilityKey, Reason, Verdicts, Withheld, verdict::Judge};
use crate::diag::Report;
use crate::facility::verified_after;

/// An error for each, and its place among the withheld where broken rows are.
pub(super) fn check(judge: &Judge<'_>, facilities: &mut Verdicts<FacilityKey>, report: &mut Report) {
    let today = judge.request.at.to_zoned(judge.moment.zone().clone()).date();
    for facility in &judge.library.facilities {
        let come = facility.verified_on.is_none_or(|day| judge.moment.reached_day(day));
        if come || facilities.contains_key(&facility.id) {
            continue;
        }
        report.append(verified_after([facility.as_ref()], today));
        if judge.request.quarantine {
            let broken = Withheld { span: facility.row.clone(), reason: Reason::Broken, until: None };
            facilities.insert(facility.id.clone(), broken);
        }
    }
}
