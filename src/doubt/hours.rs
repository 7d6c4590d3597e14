//! Hours that can be read but hardly be meant: 00:45 to 17:15, 0:00 to 23:59, one minute, eighteen hours.

use crate::calendar::hours::{State, TimeSpan};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Facility;
use crate::source::Sources;

use super::contradiction::find;

const SHORTEST_MINUTES: u16 = 15;
const LONGEST_MINUTES: u16 = 16 * 60;
/// Who opens before five in the morning is open all night, or has mistyped.
const EARLIEST: u16 = 5 * 60;

pub(super) fn check(facility: &Facility, sources: &Sources, report: &mut Report) {
    let Some(hours) = &facility.hours else { return };
    let open = hours.rules().iter().filter(|rule| rule.state == State::Open);
    let odd = open.flat_map(|rule| &rule.times).find_map(|span| Some((span, oddity(*span)?)));
    let Some((span, oddity)) = odd else { return };
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let shown = format!("{}-{}", clock(span.start), clock(span.end));
    let written = [shown.clone(), format!("{}-{}", clock(span.start), clock(span.end % 1440))];
    let place = written.iter().find_map(|text| find(&facility.row, text, sources));
    let place = place.unwrap_or_else(|| facility.cells.name.clone());
    report.push(
        Diagnostic::new(Code::ListHoursOdd)
            .at(&place)
            .arg("name", &facility.name)
            .arg("hours", shown)
            .label(&place, oddity),
    );
}

/// The key of what is odd about a time.
fn oddity(span: TimeSpan) -> Option<&'static str> {
    let minutes = span.end.saturating_sub(span.start);
    match span {
        TimeSpan::WHOLE_DAY => None,
        TimeSpan { start: 0, end: 1439 } => Some("whole_day"),
        _ if minutes < SHORTEST_MINUTES => Some("short"),
        _ if minutes > LONGEST_MINUTES => Some("long"),
        TimeSpan { start, end } if start < EARLIEST && end > 12 * 60 => Some("early"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_odd_about_a_time() {
        let check = |start: u16, end: u16, expected: Option<&str>| {
            assert_eq!(oddity(TimeSpan { start, end }), expected, "{start}-{end}");
        };
        check(9 * 60, 17 * 60, None);
        check(0, 1440, None);
        check(0, 1439, Some("whole_day"));
        check(45, 17 * 60 + 15, Some("long"));
        check(4 * 60, 13 * 60, Some("early"));
        check(17 * 60, 33 * 60, None);
        check(9 * 60, 9 * 60 + 1, Some("short"));
        check(8 * 60, 25 * 60, Some("long"));
    }
}
