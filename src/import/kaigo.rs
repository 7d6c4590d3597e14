//! The ministry's 介護サービス情報公表システム: `jigyosho_NNN.csv`, one file a service, the whole country in each.
//!
//! In: any number of those files. Out: a row for each office and service, `kaigo-事業所番号-NNN`. One office with
//! two services is two rows: each has hours, capacity and a place on the map of its own.

use super::draft::{Draft, is_placeholder, says_nothing};
use super::name;
use super::{Imported, Input, Options, Record, Row, Verdict};
use super::{address, contact, draft, gather, hours, identity, place, service, without_twins};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Column;
use crate::japan::kana;
use crate::japan::municipality_code::MunicipalityCode;
use crate::table::Table;
use crate::table::headings::Known;

macro_rules! fields {
    ($($field:ident = $name:literal $(or $alias:literal)* $(required $required:tt)?),+ $(,)?) => {
        #[derive(Clone, Copy)]
        enum Field {
            $($field),+
        }

        fn known() -> Vec<Known> {
            vec![$({ let known = Known::new($name, &[$($alias),*]); $(let known = fields!(@required known $required);)? known }),+]
        }
    };
    (@required $known:ident yes) => { $known.required() };
}

fields! {
    Municipality = "都道府県コード又は市町村コード" or "都道府県コード又は市区町村コード" or "全国地方公共団体コード" required yes,
    Prefecture = "都道府県名" or "所在地_都道府県",
    City = "市区町村名" or "地方公共団体名",
    Name = "事業所名" or "介護サービス事業所名称" required yes,
    Kana = "事業所名カナ" or "介護サービス事業所名称_カナ",
    Service = "サービスの種類" or "実施サービス" required yes,
    Address = "住所" or "所在地_連結表記",
    Building = "方書（ビル名等）" or "方書" or "建物名等(方書)",
    Lat = "緯度",
    Lon = "経度",
    Phone = "電話番号",
    Fax = "FAX番号",
    Operator = "法人の名称",
    Number = "事業所番号" required yes,
    Days = "利用可能曜日",
    DaysNote = "利用可能曜日特記事項",
    Capacity = "定員",
    Url = "URL",
    Shared = "高齢者の方と障害者の方が同時一体的に利用できるサービス",
    Note = "備考",
}

/// Who publishes these files.
const PUBLISHER: &str = "厚生労働省 介護サービス情報公表システム";

/// The rows of all files, of one municipality if the options name one.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>) -> Imported {
    let ministry = Options { source: options.source.clone().or_else(|| Some(PUBLISHER.to_owned())), ..options.clone() };
    import_of_any(inputs, &ministry)
}

/// True for a municipality's 介護サービス事業所一覧, which has the same columns by other names.
pub(super) fn is_municipal(input: &Input) -> bool {
    let table = Table::parse(&input.path, &input.text).value;
    table.rows().take(10).any(|row| row.cells().any(|cell| cell.value().trim() == "介護サービス事業所名称"))
}

/// The same for files of any publisher.
pub(super) fn import_of_any(inputs: &[Input], options: &Options<'_>) -> Imported {
    let (rows, mut report) = gather(inputs, &known(), &|record, doubts| judge(record, options, doubts), &identify);
    let rows = without_twins(rows, &mut report);
    Imported { rows, report }
}

/// Of an office with its service.
fn identify(record: Record<'_>) -> Option<String> {
    let (_, code) = service::find(&record.said(Field::Service as usize), record.row.path().file_stem())?;
    identity::of_number("kaigo", &record.said(Field::Number as usize), &code)
}

fn judge(record: Record<'_>, options: &Options<'_>, doubts: &mut Report) -> Verdict {
    let text = |field: Field| record.said(field as usize);
    let at = |code: Code, field: Field| Diagnostic::new(code).at(&record.span(field as usize));
    let code = MunicipalityCode::parse_six(&text(Field::Municipality));
    match (options.municipalities.is_empty(), code) {
        (false, Err(_)) => {
            return at(Code::ImportPlaceless, Field::Municipality).arg("value", text(Field::Municipality)).into();
        }
        (false, Ok(code)) if !options.municipalities.iter().any(|wanted| wanted.covers(code)) => return Verdict::Skip,
        (false, Ok(_)) => {}
        (true, _) => {
            let city = text(Field::City);
            if !options.cities.is_empty() && !options.cities.iter().any(|wanted| city.starts_with(wanted.as_str())) {
                return Verdict::Skip;
            }
        }
    }
    let (shown, paused) = match name::of_facility(&text(Field::Name), || record.span(Field::Name as usize)) {
        Ok(named) => named,
        Err(refusal) => return refusal.into(),
    };
    let Some((service, code)) = service::find(&text(Field::Service), record.row.path().file_stem()) else {
        return at(Code::ImportKindUnknown, Field::Service).arg("value", text(Field::Service)).into();
    };
    let Some(id) = identity::of_number("kaigo", &text(Field::Number), &code) else {
        return at(Code::ImportNumberless, Field::Number).arg("name", shown).into();
    };
    let mut draft = Draft::new(record, doubts);
    draft.set(Column::Id, id);
    draft.set(Column::Category, options.category.as_deref().unwrap_or(service.category));
    draft.set(Column::Services, services(service.services, &text(Field::Shared)));
    draft.set(Column::Name, &shown);
    if paused {
        draft.set(Column::Status, "paused");
        draft.doubt(at(Code::ImportPaused, Field::Name).arg("name", &shown));
    }
    Verdict::Import(Box::new(fill(draft, record, options)))
}

/// The columns on which nothing depends.
fn fill(mut draft: Draft<'_>, record: Record<'_>, options: &Options<'_>) -> Row {
    let text = |field: Field| record.said(field as usize);
    let kana = text(Field::Kana);
    draft.set(Column::NameKana, if is_placeholder(&kana) { "" } else { &kana });
    draft.set(Column::Operator, text(Field::Operator));
    let building = text(Field::Building);
    let written = text(Field::Address);
    let region = address::Region { prefecture: &text(Field::Prefecture), city: &text(Field::City) };
    let (address, completed) = address::complete(address::without_building(&written, &building), region);
    if completed {
        let note = Diagnostic::new(Code::ImportAddressCompleted).at(&record.span(Field::Address as usize));
        draft.doubt(note.arg("value", &written).arg("result", &address));
    }
    draft.set(Column::Address, address);
    draft.set(Column::Building, building);
    place::coordinates(&mut draft, record, (Field::Lat as usize, Field::Lon as usize), options);
    contact::phone(&mut draft, record, Field::Phone as usize, Column::Phone);
    contact::phone(&mut draft, record, Field::Fax as usize, Column::Fax);
    contact::url(&mut draft, record, Field::Url as usize);
    draft.set(Column::HoursNote, hours_note(&text(Field::Days), &text(Field::DaysNote)));
    capacity(&mut draft, record);
    let remark = text(Field::Note);
    if !says_nothing(&remark) {
        draft.remark(remark);
    }
    draft.publish(options, "");
    draft.finish()
}

/// The days without times are not opening hours: they are told in words.
fn hours_note(days: &str, note: &str) -> String {
    let days = hours::days_for_people(days);
    let days = if days.is_empty() { days } else { format!("利用できる曜日：{days}") };
    let note = if says_nothing(note) { "" } else { note };
    [days.as_str(), note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// `0` means that nobody filled it in; those who visit have no capacity, whatever the file says.
fn capacity(draft: &mut Draft<'_>, record: Record<'_>) {
    let visits = draft.get(Column::Category).starts_with("visiting") || draft.get(Column::Category) == "care_manager";
    let text = kana::fold(&record.said(Field::Capacity as usize));
    match text.parse::<u32>() {
        Ok(0) => {}
        Ok(number) if !visits => draft.set_extra("capacity", number.to_string()),
        Ok(_) => {}
        Err(_) if text.is_empty() => {}
        Err(_) => draft::number_in_words(draft, record, Field::Capacity as usize, "定員"),
    }
}

fn services(of_kind: &str, shared: &str) -> String {
    let disability = if shared == "あり" { "disability" } else { "" };
    [of_kind, disability].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(";")
}
