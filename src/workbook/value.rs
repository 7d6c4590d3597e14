//! One cell's value as text.

use calamine::{DataRef, ExcelDateTime};

/// The largest number that a spreadsheet keeps to the last digit.
const EXACT_MAX: f64 = 1e15;

/// What a person would have typed.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::Bool(answer) => if *answer { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => date_time(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

fn float(number: f64) -> String {
    if number.abs() >= EXACT_MAX {
        return format!("{number:E}").replace('E', "E+");
    }
    format!("{number}")
}

/// A day, a time of day, or both. Serial numbers below 1 are times; 0 is midnight.
fn date_time(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) || moment.is_duration() && serial >= 1.0 {
        return float(serial);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    match () {
        () if serial < 1.0 => time,
        () if serial.fract() == 0.0 => date,
        () => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!((float(12.0), float(134.05)), ("12".to_owned(), "134.05".to_owned()));
        assert_eq!(float(1.7e16), "1.7E+16");
        let time = ExcelDateTime::new(0.375, calamine::ExcelDateTimeType::DateTime, false);
        assert_eq!(date_time(&time), "09:00");
        let day = ExcelDateTime::new(46113.0, calamine::ExcelDateTimeType::DateTime, false);
        assert_eq!(date_time(&day), "2026-04-01");
    }
}
