//! The regional bureaus' 施設基準の届出受理状況: which institutions have declared what they do at home.
//!
//! In: the sheets of their workbooks, one row a declaration (届出). Out: a row for each institution that declared
//! anything about care at home, with its services; they are joined onto facilities that a list already has.
//! A declaration that says nothing about care at home is skipped, and counted.
//!
//! *Does a declaration mean that they come?* A 在宅療養支援診療所 has to, day and night. A pharmacy that declared
//! 在宅患者訪問薬剤管理指導料 may: 253 of some 270 did in one prefecture, so it is `?visits`, ask first.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::name;
use super::report::ImportReport;
use super::{Imported, Input, Options, Record, Row, Verdict, contact, draft::Draft, gather, identity};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::Column;
use crate::japan::kana;
use crate::table::headings::Known;

#[derive(Clone, Copy)]
enum Field {
    Prefecture,
    Division,
    Number,
    Name,
    PostalCode,
    Address,
    Phone,
    Beds,
    Symbol,
    Kind,
}

fn known() -> Vec<Known> {
    [
        ("都道府県コード", true),
        ("区分", true),
        ("医療機関番号", true),
        ("医療機関名称", true),
        ("医療機関所在地（郵便番号）", false),
        ("医療機関所在地（住所）", true),
        ("電話番号", false),
        ("病床数", false),
        ("受理記号", true),
        ("種別", false),
    ]
    .map(|(name, required)| if required { Known::new(name, &[]).required() } else { Known::new(name, &[]) })
    .into()
}

/// Division, beginning of the symbol (after NFKC), and what it means here.
const DECLARATIONS: &[(&str, &str, &str)] = &[
    ("医科", "支援診", "visits;house_calls;around_the_clock"),
    ("医科", "支援病", "visits;house_calls;around_the_clock"),
    ("医科", "在医総管", "visits"),
    ("医科", "在総", "visits;cancer_palliative"),
    ("医科", "在緩診実", "cancer_palliative;home_hospice"),
    ("医科", "在診実", "visits;home_hospice"),
    ("医科", "医ケア支", "?children"),
    ("歯科", "歯援診", "visits;oral_care"),
    ("歯科", "歯援病", "visits;oral_care"),
    ("歯科", "在推進", "visits"),
    ("歯科", "在歯管", "visits"),
    ("歯科", "歯訪診", "?visits"),
    ("薬局", "在薬総", "visits"),
    ("薬局", "在薬", "?visits"),
    ("薬局", "薬菌", "aseptic"),
    ("薬局", "在中栄", "central_line"),
    ("薬局", "在医麻", "narcotics"),
];

/// The institutions of all sheets, of one municipality if the options name one.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>) -> Imported {
    let (rows, report) = gather(inputs, &known(), &|record, doubts| judge(record, options, doubts), &identify);
    Imported { rows: institutions(rows), report: once_each(report) }
}

fn judge(record: Record<'_>, options: &Options<'_>, doubts: &mut Report) -> Verdict {
    let text = |field: Field| record.text(field as usize);
    let at = |code: Code, field: Field| Diagnostic::new(code).at(&record.span(field as usize));
    if !is_ours(&text(Field::Prefecture), &text(Field::Address), options) {
        return Verdict::Skip;
    }
    let (shown, _) = match name::of_facility(&text(Field::Name), || record.span(Field::Name as usize)) {
        Ok(named) => named,
        Err(refusal) => return refusal.into(),
    };
    let division = text(Field::Division);
    let Some((table, category)) = division_of(&division, record) else {
        return at(Code::ImportKindUnknown, Field::Division).arg("value", division).into();
    };
    let Some(id) = id(record, table) else {
        return at(Code::ImportNumberless, Field::Number).arg("name", shown).into();
    };
    let Some(services) = declared(&division, &text(Field::Symbol)) else { return Verdict::Skip };
    let mut draft = Draft::new(record, doubts);
    draft.set(Column::Id, id);
    draft.set(Column::Category, options.category.as_deref().unwrap_or(category));
    draft.set(Column::Name, shown);
    draft.set(Column::Address, format!("{}{}", options.prefecture(), text(Field::Address)));
    draft.set(Column::Services, services);
    contact::postal_code(&mut draft, record, Field::PostalCode as usize);
    contact::phone(&mut draft, record, Field::Phone as usize, Column::Phone);
    Verdict::Import(Box::new(draft.finish()))
}

/// `med-`, the prefecture, the digit of the 点数表, and the institution's number.
fn id(record: Record<'_>, table: char) -> Option<String> {
    let digits_of =
        |field: Field| -> String { record.text(field as usize).nfkc().filter(char::is_ascii_digit).collect() };
    let (digits, prefecture) = (digits_of(Field::Number), digits_of(Field::Prefecture));
    let is_whole = digits.len() == 7 && matches!(prefecture.len(), 1 | 2);
    is_whole.then(|| identity::of_number("med", &format!("{prefecture:0>2}{table}{digits}"), "")).flatten()
}

fn identify(record: Record<'_>) -> Option<String> {
    id(record, division_of(&record.text(Field::Division as usize), record)?.0)
}

/// Of the prefecture and the city that are wanted. The address has no prefecture in front.
fn is_ours(prefecture: &str, address: &str, options: &Options<'_>) -> bool {
    let digits: String = prefecture.nfkc().filter(char::is_ascii_digit).collect();
    let digits = format!("{digits:0>2}");
    let of_prefecture = options.municipalities.is_empty()
        || options.municipalities.iter().any(|code| code.to_string().starts_with(digits.as_str()));
    let rest = address.strip_prefix(options.prefecture()).unwrap_or(address);
    of_prefecture && (options.cities.is_empty() || options.cities.iter().any(|city| rest.starts_with(city.as_str())))
}

/// The digit of the 点数表 in an institution's code, and our category.
fn division_of(division: &str, record: Record<'_>) -> Option<(char, &'static str)> {
    match division {
        "医科" => Some(('1', if is_hospital(record) { "hospital" } else { "clinic" })),
        "歯科" => Some(('3', "dental")),
        "薬局" | "調剤" => Some(('4', "pharmacy")),
        _ => None,
    }
}

/// 病院 by its kind, or by twenty beds and more: `一般　　19／療養　10`.
fn is_hospital(record: Record<'_>) -> bool {
    let kind = record.text(Field::Kind as usize);
    if kind.contains("病院") {
        return true;
    }
    let beds = kana::fold(&record.text(Field::Beds as usize));
    let numbers = beds.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u64>().ok());
    kind.is_empty() && numbers.fold(0u64, u64::saturating_add) >= 20
}

/// What a declaration says about care at home.
fn declared(division: &str, symbol: &str) -> Option<&'static str> {
    let symbol: String = symbol.nfkc().filter(|c| !c.is_whitespace()).collect();
    let division = if division == "調剤" { "薬局" } else { division };
    let found = DECLARATIONS.iter().find(|(of, start, _)| *of == division && symbol.starts_with(start));
    found.map(|(_, _, services)| *services)
}

/// One row for each institution, with all that it declared.
fn institutions(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| a.id().cmp(b.id()).then_with(|| a.origin.cmp(&b.origin)));
    let merged = rows.chunk_by(|a, b| a.id() == b.id()).filter_map(|group| {
        let mut row = group.first()?.clone();
        let mut answers: BTreeMap<&str, bool> = BTreeMap::new();
        for item in group.iter().flat_map(|row| row.get(Column::Services).split(';')) {
            let firm = !item.starts_with('?');
            let answer = answers.entry(item.trim_start_matches('?')).or_insert(firm);
            *answer |= firm;
        }
        let items =
            answers.iter().map(|(service, firm)| if *firm { (*service).to_owned() } else { format!("?{service}") });
        row.values.insert(Column::Services, items.collect::<Vec<_>>().join(";"));
        Some(row)
    });
    merged.collect()
}

/// The same doubt on the same institution comes with each of its declarations: told once.
fn once_each(report: ImportReport) -> ImportReport {
    let mut seen = std::collections::BTreeSet::new();
    let mut findings = Report::new();
    for finding in report.findings.iter() {
        let is_doubt = finding.args.iter().any(|(name, _)| *name == "value" || *name == "column");
        if !is_doubt || seen.insert((finding.code, finding.args.clone())) {
            findings.push(finding.clone());
        }
    }
    ImportReport { findings, ..report }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_by_division() {
        assert_eq!(declared("医科", "支援診２"), Some("visits;house_calls;around_the_clock"));
        assert_eq!(declared("医科", "支援診２ア"), Some("visits;house_calls;around_the_clock"));
        assert_eq!(declared("薬局", "在薬総１"), Some("visits"));
        assert_eq!(declared("薬局", "在薬"), Some("?visits"));
        assert_eq!(declared("歯科", "歯援診１"), Some("visits;oral_care"));
        assert_eq!(declared("医科", "在薬"), None);
        assert_eq!(declared("医科", "食"), None);
    }
}
