//! The ministry's 医療情報ネット（ナビイ）: hospitals, clinics, dentists and pharmacies, and their hours.
//!
//! In: the facility files (`01-1_hospital_facility_info_…`) and, with them, the hours files
//! (`01-2_hospital_speciality_hours_…`). Out: a row for each institution, `navii-` and its 13 digits.
//!
//! The flags 毎週決まった曜日に休診 mean the opposite of their name: `1` is open, `0` is closed. Every weekday of
//! every hospital says so.

mod columns;
mod week;

use std::collections::BTreeMap;

use super::draft::{Draft, says_nothing};
use super::name;
use super::values::Values;
use super::{Imported, Input, Options, Record, Row, Verdict};
use super::{address, contact, gather, gather_in_turn, identity, place, without_twins};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Column;
use crate::japan::kana;
use crate::japan::municipality_code::MunicipalityCode;
use crate::table::Table;

use columns::{Field, HoursField};
use week::{Closing, Week};

/// Who publishes these files.
const PUBLISHER: &str = "厚生労働省 医療情報ネット（ナビイ）";

/// The rows of all facility files, with the hours of the hours files.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>) -> Imported {
    let (hours, facilities): (Vec<Input>, Vec<Input>) = inputs.iter().cloned().partition(is_hours);
    let judge = &|record: Record<'_>, doubts: &mut Report| judge(record, options, doubts);
    let (rows, mut report) = gather(&facilities, &columns::known(), judge, &identify);
    let mut rows = without_twins(rows, &mut report);
    let mut weeks: BTreeMap<String, Hours> = rows.iter().map(|row| (row.id().to_owned(), Hours::default())).collect();
    let (_, of_hours) =
        gather_in_turn(&hours, &columns::known_hours(), &mut |record, _| read_hours(record, &mut weeks));
    report.files.extend(of_hours.files);
    report.findings.append(of_hours.findings);
    for row in &mut rows {
        if let Some(hours) = weeks.get(row.id()) {
            hours.put_into(row);
        }
    }
    Imported { rows, report }
}

/// A file of hours has a row for each department and time of day.
fn is_hours(input: &Input) -> bool {
    let table = Table::parse(&input.path, &input.text).value;
    table.row(0).is_some_and(|row| row.cells().any(|cell| cell.value().trim() == "診療時間帯"))
}

fn identify(record: Record<'_>) -> Option<String> {
    identity::of_number("navii", &record.text(Field::Id as usize), "")
}

fn judge(record: Record<'_>, options: &Options<'_>, doubts: &mut Report) -> Verdict {
    let text = |field: Field| record.text(field as usize);
    let at = |code: Code, field: Field| Diagnostic::new(code).at(&record.span(field as usize));
    // Three digits without check digit, after the two of the prefecture.
    let code = MunicipalityCode::parse(&format!("{:0>2}{:0>3}", text(Field::Prefecture), text(Field::Municipality)));
    match (options.municipalities.is_empty(), code) {
        (true, _) => {}
        (false, Err(_)) => {
            return at(Code::ImportPlaceless, Field::Municipality).arg("value", text(Field::Municipality)).into();
        }
        (false, Ok(code)) if options.municipalities.iter().any(|wanted| wanted.covers(code)) => {}
        (false, Ok(_)) => return Verdict::Skip,
    }
    let (shown, paused) = match name::of_facility(&text(Field::Name), || record.span(Field::Name as usize)) {
        Ok(named) => named,
        Err(refusal) => return refusal.into(),
    };
    let kind = text(Field::Kind);
    let stem = record.span(0).path.file_stem().to_lowercase();
    let Some(category) = category(&kind, &stem) else {
        return at(Code::ImportKindUnknown, Field::Kind).arg("value", if kind.is_empty() { stem } else { kind }).into();
    };
    let Some(id) = identify(record) else {
        return at(Code::ImportNumberless, Field::Id).arg("name", shown).into();
    };
    let mut draft = Draft::new(record, doubts);
    draft.set(Column::Id, id);
    draft.set(Column::Category, options.category.as_deref().unwrap_or(category));
    draft.set(Column::Name, &shown);
    if paused {
        draft.set(Column::Status, "paused");
        draft.doubt(at(Code::ImportPaused, Field::Name).arg("name", &shown));
    }
    Verdict::Import(Box::new(fill(draft, record, options)))
}

/// By 機関区分, else by the name of the file.
fn category(kind: &str, stem: &str) -> Option<&'static str> {
    match kana::fold(kind).as_str() {
        "1" | "病院" => Some("hospital"),
        "2" | "診療所" => Some("clinic"),
        "3" | "歯科診療所" | "歯科" => Some("dental"),
        "5" | "薬局" => Some("pharmacy"),
        "" => ["hospital", "clinic", "dental", "pharmacy"].into_iter().find(|category| stem.contains(category)),
        _ => None,
    }
}

fn fill(mut draft: Draft<'_>, record: Record<'_>, options: &Options<'_>) -> Row {
    let text = |field: Field| record.text(field as usize);
    draft.set(Column::NameKana, text(Field::Kana));
    let written = text(Field::Address);
    let region = address::Region { prefecture: options.prefecture(), city: "" };
    draft.set(Column::Address, address::complete(&written, region).0);
    place::coordinates(&mut draft, record, (Field::Lat as usize, Field::Lon as usize), options);
    contact::url(&mut draft, record, Field::Url as usize);
    if let Ok(beds @ 1..) = kana::fold(&text(Field::Beds)).parse::<u32>() {
        draft.set_extra("beds", beds.to_string());
    }
    let shop = Week::of_shop(record);
    draft.set(Column::Hours, shop.opening_hours().unwrap_or_default());
    let closing = Closing::read(record);
    let other = text(Field::OtherClosing);
    let other = if says_nothing(&other) { String::new() } else { format!("休み：{other}") };
    draft.set(
        Column::HoursNote,
        [closing.in_words(), other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　"),
    );
    draft.publish(options, PUBLISHER);
    draft.finish()
}

/// The hours of one institution by department.
#[derive(Default)]
struct Hours {
    departments: BTreeMap<String, Week>,
}

impl Hours {
    /// One week for all departments becomes opening hours; that there are several is told in words.
    fn put_into(&self, row: &mut Row) {
        let mut weeks = self.departments.values();
        let Some(first) = weeks.next() else { return };
        let names: Vec<&str> = self.departments.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            row.extra.insert("departments".to_owned(), names.join(";"));
        }
        if weeks.any(|week| week != first) {
            let note = row.get(Column::HoursNote).to_owned();
            let told = "診療科によって時間が違います。";
            let note = if note.is_empty() { told.to_owned() } else { format!("{told}　{note}") };
            row.values.insert(Column::HoursNote, note);
        } else if let Some(hours) = first.opening_hours() {
            row.values.insert(Column::Hours, hours);
        }
    }
}

fn read_hours(record: Record<'_>, weeks: &mut BTreeMap<String, Hours>) -> Verdict {
    let id = identity::of_number("navii", &record.text(HoursField::Id as usize), "").unwrap_or_default();
    let Some(hours) = weeks.get_mut(&id) else { return Verdict::Skip };
    match Week::of_clinic(record) {
        Ok(week) => {
            let department = record.text(HoursField::Department as usize);
            hours.departments.entry(department).or_default().add(&week);
            let origin = record.row.line_span();
            Verdict::Import(Box::new(Row { values: Values::default(), extra: BTreeMap::new(), origin }))
        }
        Err((field, text)) => Diagnostic::new(Code::ImportTimesWrong).at(&record.span(field)).arg("value", text).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourcePath, Span};

    fn told(departments: &[(&str, &[&str])]) -> (String, String, Option<String>) {
        let departments =
            departments.iter().map(|(name, times)| ((*name).to_owned(), Week::of_mondays(times))).collect();
        let origin = Span::file(&SourcePath::new("navii.csv").expect("a path"));
        let mut row = Row { values: Values::default(), extra: BTreeMap::new(), origin };
        Hours { departments }.put_into(&mut row);
        let column = |column: Column| row.get(column).to_owned();
        (column(Column::Hours), column(Column::HoursNote), row.extra.get("departments").cloned())
    }

    #[test]
    fn departments_differ_only_where_their_weeks_do() {
        let check = |departments: &[(&str, &[&str])], hours: &str, note: &str, names: Option<&str>| {
            let expected = (hours.to_owned(), note.to_owned(), names.map(str::to_owned));
            assert_eq!(told(departments), expected, "{departments:?}");
        };
        let (morning, evening) = (&["09:00-12:00"][..], &["18:00-20:00"][..]);
        check(&[("内科", morning), ("外科", morning)], "Mo 09:00-12:00; PH off", "", Some("内科;外科"));
        check(&[("内科", morning), ("外科", evening)], "", "診療科によって時間が違います。", Some("内科;外科"));
        check(&[("内科", &[]), ("外科", &[])], "", "", Some("内科;外科"));
        check(&[("", morning)], "Mo 09:00-12:00; PH off", "", None);
        check(&[("", &[])], "", "", None);
    }
}
