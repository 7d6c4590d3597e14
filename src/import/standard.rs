//! Lists of medical institutions, public places and care offices in the 推奨データセット and 自治体標準オープンデータセット
//! forms, and in the forms that cities and prefectures really publish.
//!
//! In: one or several files, headings of any generation. Out: a row for each institution. The id comes from
//! 医療機関コード, else from the telephone number, else from name and address; the file's own id never.
//! Names of persons (管理者, 開設者 who are no legal body) are not taken.

mod columns;

use super::draft::{Draft, says_nothing};
use super::name::{self, Standing};
use super::{Imported, Input, Options, Record, Row, Verdict};
use super::{address, contact, draft, gather, hours, identity, kaigo, place, without_twins};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Column;
use crate::japan::kana;
use crate::japan::municipality_code::MunicipalityCode;
use crate::japan::phone::Phone;
use crate::table::{Table, headings};

use super::report::ImportReport;
use columns::Field;

/// The rows of all files, of one municipality if the options name one.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>) -> Imported {
    let (care, medical): (Vec<Input>, Vec<Input>) = inputs.iter().cloned().partition(kaigo::is_municipal);
    let mut imported = import_medical(&medical, options);
    if !care.is_empty() {
        let other = kaigo::import_of_any(&care, options);
        imported.rows.extend(other.rows);
        imported.report.files.extend(other.report.files);
        imported.report.findings.append(other.report.findings);
        imported.report.still_there.append(other.report.still_there);
        imported.rows = without_twins(imported.rows, &mut imported.report);
    }
    imported
}

fn import_medical(inputs: &[Input], options: &Options<'_>) -> Imported {
    let judge = &|record: Record<'_>, doubts: &mut Report| judge(record, options, doubts);
    let (mut rows, mut report) = gather(inputs, &columns::known(), judge, &identify);
    report_unstable_ids(inputs, &mut report);
    tell_shared_phones_apart(&mut rows, &mut report);
    let rows = without_twins(rows, &mut report);
    Imported { rows, report }
}

/// By its number or telephone. A name that was refused names nothing.
fn identify(record: Record<'_>) -> Option<String> {
    let digits = || Phone::parse(&record.text(Field::Phone as usize)).map(|phone| phone.digits()).ok();
    let by_number = identity::of_number("med", &record.text(Field::Code as usize), "");
    by_number.or_else(|| identity::of_phone(&digits()?))
}

fn judge(record: Record<'_>, options: &Options<'_>, doubts: &mut Report) -> Verdict {
    let text = |field: Field| record.text(field as usize);
    let at = |code: Code, field: Field| Diagnostic::new(code).at(&record.span(field as usize));
    match belongs(record, options) {
        Some(true) => {}
        Some(false) => return Verdict::Skip,
        None => return at(Code::ImportPlaceless, Field::Municipality).arg("value", text(Field::Municipality)).into(),
    }
    let (shown, paused) = match name::of_facility(&text(Field::Name), || record.span(Field::Name as usize)) {
        Ok(named) => named,
        Err(refusal) => return refusal.into(),
    };
    let of_column = name::of_remark(&text(Field::Standing));
    if of_column == Some(Standing::Closed) {
        return at(Code::ImportClosed, Field::Standing).arg("name", shown).into();
    }
    let Some(category) = category(record, options) else {
        let kind = text(Field::Kind);
        let shown = if kind.is_empty() { "—" } else { &kind };
        return at(Code::ImportKindUnknown, Field::Kind).arg("value", shown).into();
    };
    let mut draft = Draft::new(record, doubts);
    draft.set(Column::Category, category);
    draft.set(Column::Name, &shown);
    if paused || of_column == Some(Standing::Paused) {
        draft.set(Column::Status, "paused");
        draft.doubt(at(Code::ImportPaused, Field::Name).arg("name", &shown));
    }
    Verdict::Import(Box::new(fill(draft, record, options)))
}

/// Whether the row is of the municipality that is wanted; none where the row does not say.
fn belongs(record: Record<'_>, options: &Options<'_>) -> Option<bool> {
    let text = |field: Field| record.text(field as usize);
    let written = text(Field::Municipality);
    let wanted = &options.municipalities;
    if !wanted.is_empty() && !written.is_empty() {
        let code = MunicipalityCode::parse_six(&written).ok()?;
        // A prefecture's list may carry the prefecture's code in every row.
        let own =
            wanted.iter().any(|wanted| wanted.covers(code) || (options.cities.is_empty() && code.covers(*wanted)));
        if own || !code.is_prefecture() {
            return Some(own);
        }
    }
    let (_, address) = address_of(record);
    let here = format!("{}{}", text(Field::City), address);
    if !options.cities.is_empty() {
        let here = here.strip_prefix(options.prefecture()).unwrap_or(&here);
        let here = here.strip_prefix(text(Field::Prefecture).as_str()).unwrap_or(here);
        let here = address::folded(here);
        return (!here.is_empty()).then(|| options.cities.iter().any(|city| here.starts_with(&address::folded(city))));
    }
    // A municipality's own list may leave the code out of a row or of the whole file.
    (wanted.is_empty() || !here.is_empty()).then_some(true)
}

/// The column and the text of the address, put together where it comes in parts.
fn address_of(record: Record<'_>) -> (usize, String) {
    let (field, whole) = record.first_of(&[Field::Address as usize, Field::AddressMisspelt as usize]);
    if !whole.is_empty() {
        return (field, whole);
    }
    let parts =
        [Field::Prefecture, Field::AddressCity, Field::Street, Field::Lot].map(|part| record.text(part as usize));
    let [_, _, street, lot] = &parts;
    if street.is_empty() && lot.is_empty() { (field, String::new()) } else { (Field::Street as usize, parts.concat()) }
}

/// Our category by the kind in the list; beds decide what a hospital is by law.
fn category(record: Record<'_>, options: &Options<'_>) -> Option<String> {
    if let Some(category) = &options.category {
        return Some(category.clone());
    }
    let kind = record.text(Field::Kind as usize);
    let beds: u32 = kana::fold(&record.text(Field::Beds as usize)).parse().unwrap_or(0);
    let category = match kind.as_str() {
        "" if beds >= 20 => "hospital",
        "病院" | "一般病院" | "精神科病院" | "特定機能病院" | "地域医療支援病院" => "hospital",
        kind if kind.contains("歯科") => "dental",
        kind if kind.contains("診療所") || kind == "医院" || kind == "クリニック" => "clinic",
        kind if kind.contains("薬局") => "pharmacy",
        kind if kind.contains("訪問看護") => "visiting_nursing",
        kind if kind.ends_with("病院") => "hospital",
        _ => return None,
    };
    Some(category.to_owned())
}

fn fill(mut draft: Draft<'_>, record: Record<'_>, options: &Options<'_>) -> Row {
    let text = |field: Field| record.text(field as usize);
    draft.set(Column::NameKana, text(Field::Kana));
    let operator = text(Field::Operator);
    if is_body(&operator) {
        draft.set(Column::Operator, operator);
    }
    contact::postal_code(&mut draft, record, Field::PostalCode as usize);
    address(&mut draft, record, options);
    place::coordinates(&mut draft, record, (Field::Lat as usize, Field::Lon as usize), options);
    place::location(&mut draft, record, Field::Location as usize, options);
    let phone = contact::phone(&mut draft, record, Field::Phone as usize, Column::Phone);
    let extension = kana::fold(&text(Field::Extension));
    if phone.is_some() && !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = draft.get(Column::Phone).to_owned();
        draft.set(Column::Phone, format!("{number}（内線 {extension}）"));
    }
    contact::phone(&mut draft, record, Field::Fax as usize, Column::Fax);
    contact::email(&mut draft, record, Field::Email as usize);
    contact::url(&mut draft, record, Field::Url as usize);
    opening(&mut draft, record);
    draft.set_extra("departments", departments(&text(Field::Departments)));
    beds(&mut draft, record);
    for (field, label) in [(Field::Overtime, "時間外の対応："), (Field::Note, "")] {
        let remark = text(field);
        if !says_nothing(&remark) {
            draft.remark(format!("{label}{remark}"));
        }
    }
    let id = identity::of_number("med", &text(Field::Code), "")
        .or_else(|| identity::of_phone(phone.as_deref().unwrap_or("")))
        .unwrap_or_else(|| identity::of_name(draft.get(Column::Name), draft.get(Column::Address)));
    draft.set(Column::Id, id);
    draft.publish(options, "");
    draft.finish()
}

fn address(draft: &mut Draft<'_>, record: Record<'_>, options: &Options<'_>) {
    let (field, written) = address_of(record);
    let building = record.text(Field::Building as usize);
    let (named, city) = (record.text(Field::Prefecture as usize), record.text(Field::City as usize));
    let region =
        address::Region { prefecture: if named.is_empty() { options.prefecture() } else { &named }, city: &city };
    let (address, completed) = address::complete(address::without_building(&written, &building), region);
    if completed {
        let note = Diagnostic::new(Code::ImportAddressCompleted).at(&record.span(field));
        draft.doubt(note.arg("value", &written).arg("result", &address));
    }
    draft.set(Column::Address, address);
    draft.set(Column::Building, building);
}

/// Opening hours where days and times are clear and no remark restricts them, or one that names days off; else all of
/// it in words.
fn opening(draft: &mut Draft<'_>, record: Record<'_>) {
    let text = |field: Field| record.text(field as usize);
    let (days, start, end, note) = (text(Field::Days), text(Field::Start), text(Field::End), text(Field::HoursNote));
    let note = if says_nothing(&note) { String::new() } else { note };
    let certain = hours::opening_hours(&days, &start, &end);
    let whole = certain.as_deref().and_then(|hours| hours::with_days_off(hours, &note));
    match (certain, whole) {
        (_, Some(whole)) => draft.set(Column::Hours, whole),
        (Some(_), None) => draft.set(Column::HoursNote, hours::as_written(&days, &start, &end, &note)),
        (None, None) => {
            let written = hours::as_written(&days, &start, &end, &note);
            if !(days.is_empty() && start.is_empty() && end.is_empty()) {
                let doubt = Diagnostic::new(Code::ImportHoursUncertain).at(&record.span(Field::Days as usize));
                draft.doubt(doubt.arg("value", &written));
            }
            draft.set(Column::HoursNote, written);
        }
    }
}

fn beds(draft: &mut Draft<'_>, record: Record<'_>) {
    let text = kana::fold(&record.text(Field::Beds as usize));
    match text.trim_end_matches('床').parse::<u32>() {
        Ok(0) => {}
        Ok(number) => draft.set_extra("beds", number.to_string()),
        Err(_) if text.is_empty() => {}
        Err(_) => draft::number_in_words(draft, record, Field::Beds as usize, "病床数"),
    }
}

/// Departments with `;` between them, whatever stood there.
fn departments(text: &str) -> String {
    let parts = text.split([';', '；', '、', '，', ',', '|', '｜', '/', '／']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(";")
}

/// Whether an owner is a legal or public body, not a person.
fn is_body(owner: &str) -> bool {
    const MARKS: [&str; 20] = [
        "法人",
        "会社",
        "㈱",
        "㈲",
        "組合",
        "連合会",
        "協会",
        "赤十字",
        "機構",
        "公社",
        "共済",
        "財団",
        "社団",
        "事業団",
        "大学",
        "厚生連",
        "企業団",
        "病院",
        "医院",
        "センター",
    ];
    let short = owner.chars().count() <= 6 && !owner.contains(['　', ' ']);
    let public = short && owner.ends_with(['都', '道', '府', '県', '市', '町', '村']);
    public || owner == "国" || MARKS.iter().any(|mark| owner.contains(mark))
}

fn report_unstable_ids(inputs: &[Input], report: &mut ImportReport) {
    for input in inputs {
        let table = Table::parse(&input.path, &input.text).value;
        let Some(found) = headings::find(&table, &columns::known()).value else { continue };
        if let Some(diagnostic) = identity::unstable(&table, &found, Field::Number as usize) {
            report.findings.push(diagnostic);
        }
    }
}

/// Two institutions with one telephone number can't both be named by it: their names are added.
pub(super) fn tell_shared_phones_apart(rows: &mut [Row], report: &mut ImportReport) {
    rows.sort_by(|a, b| a.id().cmp(b.id()).then_with(|| a.origin.cmp(&b.origin)));
    for group in rows.chunk_by_mut(|a, b| a.id() == b.id()) {
        let [first, others @ ..] = group else { continue };
        let own_id = identity::of_shared(first);
        // The same name at the same address is the same row again, and is refused as such.
        let same = others.iter().all(|other| identity::of_shared(other) == own_id);
        if same || !first.id().starts_with("tel-") {
            continue;
        }
        for other in others.iter() {
            let doubt = Diagnostic::new(Code::ImportPhoneShared).at(&other.origin).label(&first.origin, "first");
            let doubt = doubt.arg("phone", other.get(Column::Phone)).arg("name", other.get(Column::Name));
            report.doubt_imported(doubt.arg("other", first.get(Column::Name)), &other.origin.path);
        }
        for row in group {
            let id = identity::of_shared(row);
            row.values.insert(Column::Id, id);
        }
    }
}
