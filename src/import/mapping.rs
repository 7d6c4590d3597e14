//! An association's own table, by a mapping that says which of its columns is which of ours.
//!
//! In: a CSV or the sheets of a workbook, and a `mapping.toml` (column to field, value to identifier, columns of ○
//! to services). Out: rows of ours. `suggest` drafts such a mapping from the headings. What the mapping does not
//! name is not taken, and is listed.

mod file;
mod suggest;

use super::draft::{self, Draft, says_nothing};
use super::name;
use super::{Imported, Input, Options, Record, Row, Verdict};
use super::{contact, gather, identity, place, standard, without_twins};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::{Column, FacilityId};
use crate::japan::phone::Phone;
use crate::list::Schema;
use crate::table::headings::Known;

pub use file::Mapping;
pub use suggest::suggest;

/// The rows of all files by a mapping.
#[must_use]
pub fn import(inputs: &[Input], options: &Options<'_>, mapping: &Mapping, schema: &Schema) -> Imported {
    let reader = Reader { mapping, schema, options, headings: headings(mapping) };
    let named = |input: &&Input| {
        mapping.sheets.is_empty()
            || mapping.sheets.iter().any(|tab| input.path.as_str().ends_with(&format!("［{tab}］")))
    };
    let inputs: Vec<Input> = inputs.iter().filter(named).cloned().collect();
    let known = reader.known();
    let (mut rows, mut report) =
        gather(&inputs, &known, &|record, doubts| reader.judge(record, doubts), &|record| reader.identify(record));
    standard::tell_shared_phones_apart(&mut rows, &mut report);
    let rows = without_twins(rows, &mut report);
    Imported { rows, report }
}

/// Reads records as the mapping says.
struct Reader<'a> {
    mapping: &'a Mapping,
    /// Every heading that the mapping names, in order.
    headings: Vec<&'a str>,
    schema: &'a Schema,
    options: &'a Options<'a>,
}

/// Every heading that the mapping names, once.
fn headings(mapping: &Mapping) -> Vec<&str> {
    let of_columns = mapping.columns.values().flat_map(file::Headings::all);
    let mut all: Vec<&str> = of_columns.chain(mapping.services.keys().map(String::as_str)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Reader<'_> {
    fn known(&self) -> Vec<Known> {
        let name = self.mapping.columns.get("name").into_iter().flat_map(file::Headings::all).next();
        let known = |heading: &str| {
            let known = Known::new(heading, &[]);
            if Some(heading) == name { known.required() } else { known }
        };
        self.headings.iter().copied().map(known).collect()
    }

    fn field(&self, heading: &str) -> usize {
        self.headings.binary_search(&heading).unwrap_or(usize::MAX)
    }

    /// The fields of one of our columns.
    fn fields(&self, column: &str) -> Vec<usize> {
        let headings = self.mapping.columns.get(column).into_iter().flat_map(file::Headings::all);
        headings.map(|heading| self.field(heading)).collect()
    }

    /// What stands in the columns, put together, by the table of values if there is one.
    fn text(&self, record: Record<'_>, column: &str) -> String {
        let fields = self.fields(column);
        let written: Vec<String> =
            fields.iter().map(|&field| record.text(field)).filter(|text| !text.is_empty()).collect();
        let written = written.join(if matches!(column, "address" | "name" | "name_kana") { "" } else { " " });
        let table = self.mapping.values.get(column);
        table.and_then(|table| table.get(&written)).cloned().unwrap_or(written)
    }

    fn judge(&self, record: Record<'_>, doubts: &mut Report) -> Verdict {
        let name_field = self.fields("name").first().copied().unwrap_or(usize::MAX);
        let at = |code: Code, field: usize| Diagnostic::new(code).at(&record.span(field));
        let (shown, paused) = match name::of_facility(&self.text(record, "name"), || record.span(name_field)) {
            Ok(named) => named,
            Err(refusal) => return refusal.into(),
        };
        let of_row = self.text(record, "category");
        let category = match self.schema.category(&of_row) {
            Some(category) => category.to_owned(),
            None => match self.options.category.as_ref().or(self.mapping.category.as_ref()) {
                Some(category) => category.clone(),
                None => {
                    let field = self.fields("category").first().copied().unwrap_or(name_field);
                    let shown = if of_row.is_empty() { "—".to_owned() } else { of_row };
                    return at(Code::ImportKindUnknown, field).arg("value", shown).into();
                }
            },
        };
        let mut draft = Draft::new(record, doubts);
        draft.set(Column::Category, category);
        draft.set(Column::Name, &shown);
        if paused {
            draft.set(Column::Status, "paused");
            draft.doubt(at(Code::ImportPaused, name_field).arg("name", &shown));
        }
        Verdict::Import(Box::new(self.fill(draft, record)))
    }

    fn fill(&self, mut draft: Draft<'_>, record: Record<'_>) -> Row {
        let first = |column: &str| self.fields(column).first().copied();
        let mut digits = None;
        if let Some(field) = first("phone") {
            digits = contact::phone(&mut draft, record, field, Column::Phone);
        }
        if let Some(field) = first("fax") {
            contact::phone(&mut draft, record, field, Column::Fax);
        }
        if let Some(field) = first("postal_code") {
            contact::postal_code(&mut draft, record, field);
        }
        if let Some(field) = first("url") {
            contact::url(&mut draft, record, field);
        }
        if let Some(field) = first("email") {
            contact::email(&mut draft, record, field);
        }
        if let (Some(lat), Some(lon)) = (first("lat"), first("lon")) {
            place::coordinates(&mut draft, record, (lat, lon), self.options);
        }
        self.plain_columns(&mut draft, record);
        let services = self.services(&mut draft, record);
        draft.set(Column::Services, services);
        let id = self.id(record, &draft, digits.as_deref());
        draft.set(Column::Id, id);
        let source = self.options.source.as_deref().or(self.mapping.source.as_deref());
        let options = super::Options { source: source.map(str::to_owned), ..self.options.clone() };
        if draft.get(Column::Source).is_empty() {
            draft.publish(&options, "");
        }
        draft.finish()
    }

    /// Columns that are taken as they stand.
    fn plain_columns(&self, draft: &mut Draft<'_>, record: Record<'_>) {
        use Column::{Category, Email, Fax, Id, Lat, Lon, Name, Phone, PostalCode, Services, Url};
        for known in self.schema.known() {
            let text = self.text(record, &known.id);
            if text.is_empty() || says_nothing(&text) {
                continue;
            }
            match self.schema.find(&known.id).and_then(Schema::common) {
                Some(Id | Category | Name | Phone | Fax | PostalCode | Url | Email | Lat | Lon | Services) => {}
                Some(column) => draft.set(column, text),
                None => draft.set_extra(&known.id, text),
            }
        }
    }

    /// What the columns of ○ say, after what a column of words says.
    fn services(&self, draft: &mut Draft<'_>, record: Record<'_>) -> String {
        let mut items: Vec<String> = Vec::new();
        let written = self.text(record, "services");
        for word in
            written.split([';', '；', '、', '，', ',', '・', '/', '\n']).map(str::trim).filter(|word| !word.is_empty())
        {
            match self.schema.service(word) {
                Some(service) => items.push(service.to_owned()),
                None => {
                    let field = self.fields("services").first().copied().unwrap_or(usize::MAX);
                    draft.doubt(Diagnostic::new(Code::ImportMarkUnknown).at(&record.span(field)).arg("value", word));
                    draft.remark(word);
                }
            }
        }
        for (heading, service) in &self.mapping.services {
            let field = self.field(heading);
            let mark = record.text(field);
            match self.mapping.marks.answer(&mark) {
                Some(sign) => items.push(format!("{sign}{service}")),
                None if mark.is_empty() => {}
                None => {
                    let doubt = Diagnostic::new(Code::ImportMarkUnknown).at(&record.span(field));
                    draft.doubt(doubt.arg("value", &mark));
                    draft.remark(format!("{heading}：{mark}"));
                }
            }
        }
        items.join(";")
    }

    /// The row's own id, or the number that a public body gave.
    fn numbered(&self, record: Record<'_>) -> Option<String> {
        let own = FacilityId::new(&self.text(record, "id")).map(|id| id.as_str().to_owned());
        own.or_else(|| {
            identity::of_number(self.mapping.prefix.as_deref().unwrap_or("no"), &self.text(record, "number"), "")
        })
    }

    /// The id that a refused row would have had; a name that was refused names nothing.
    fn identify(&self, record: Record<'_>) -> Option<String> {
        let digits = || Phone::parse(&self.text(record, "phone")).map(|phone| phone.digits()).ok();
        self.numbered(record).or_else(|| identity::of_phone(&digits()?))
    }

    /// The table's own id, a number that a public body gave, the telephone, or name and address.
    fn id(&self, record: Record<'_>, draft: &Draft<'_>, digits: Option<&str>) -> String {
        self.numbered(record)
            .or_else(|| identity::of_phone(digits.unwrap_or("")))
            .unwrap_or_else(|| identity::of_name(draft.get(Column::Name), draft.get(Column::Address)))
    }
}

/// Whether a heading row cell can be a heading at all.
fn is_heading(text: &str) -> bool {
    let text = draft::tidy(text);
    !text.is_empty() && text.parse::<f64>().is_err()
}
