//! One public facility as every format shows it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::area::Areas;
use crate::facility::{Answer, Column, Facility, Serves, Status};
use crate::markdown::ruby;
use crate::vocabulary::Vocabulary;

/// All public facilities, and what their columns are called.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// One for each facility, in the order of the ids.
    pub list: Vec<Record>,
    /// Columns of the categories that are published: identifier and Japanese heading.
    pub extra_columns: Vec<(String, String)>,
}

/// A facility, in identifiers and in words. Empty fields are left out of JSON.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Identifier of its category.
    pub category: String,
    /// Japanese name of its category.
    pub category_name: String,
    /// Its name, without ruby.
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    name_kana: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    postal_code: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    building: String,
    /// Degrees north, to six places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east, to six places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    serves: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    phone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    fax: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    email: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    hours: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    hours_note: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    services: BTreeMap<String, &'static str>,
    #[serde(skip)]
    services_in_words: String,
    status: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    accepts: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    languages: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    accessibility: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    parking: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    operator: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    verified_on: String,
    /// Values of the category's own columns, by identifier.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<String, String>,
    /// Its page on this site, whole.
    pub page: String,
}

/// A heading that no other column has: a table can't tell two of one name apart.
fn unlike_others(id: &str, name: &str, extra: &[(String, String)]) -> String {
    let others = COLUMNS.iter().map(|column| column.heading()).chain([PAGE_HEADING]);
    let mut others = others.chain(extra.iter().map(|(_, heading)| heading.as_str()));
    if others.any(|other| other.to_lowercase() == name.to_lowercase()) {
        format!("{name}（{id}）")
    } else {
        name.to_owned()
    }
}

impl Records {
    /// The records of public facilities, each with the whole address of its page.
    #[must_use]
    pub fn new<'a>(
        facilities: impl IntoIterator<Item = (&'a Facility, String)>,
        vocabulary: &Vocabulary,
        areas: &Areas,
    ) -> Self {
        let mut list: Vec<Record> =
            facilities.into_iter().map(|(facility, page)| record(facility, page, vocabulary, areas)).collect();
        list.sort_by(|a, b| a.id.cmp(&b.id));
        let mut extra_columns: Vec<(String, String)> = Vec::new();
        for column in vocabulary.categories.iter().flat_map(|category| &category.columns) {
            let used = list.iter().any(|record| record.columns.contains_key(&*column.id));
            if used && !column.professionals_only && !extra_columns.iter().any(|(id, _)| **id == *column.id) {
                let heading = unlike_others(&column.id, &column.name.ja, &extra_columns);
                extra_columns.push((column.id.to_string(), heading));
            }
        }
        Self { list, extra_columns }
    }

    /// The headings of a table of the records, in Japanese; our own reader knows them.
    #[must_use]
    pub fn headings(&self) -> Vec<&str> {
        let common = COLUMNS.iter().map(|column| column.heading());
        common.chain(self.extra_columns.iter().map(|(_, heading)| heading.as_str())).chain([PAGE_HEADING]).collect()
    }

    /// The cells of one record, as many as there are headings.
    pub(super) fn cells<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = String> + use<'a> {
        let extra = self.extra_columns.iter().map(|(id, _)| record.columns.get(id).cloned().unwrap_or_default());
        COLUMNS.iter().map(|&column| record.cell(column)).chain(extra).chain([record.page.clone()])
    }
}

const PAGE_HEADING: &str = "このサイトのページ";

/// The columns that are published: all but the day of closing, which tells of what is to come.
const COLUMNS: &[Column] = &[
    Column::Id,
    Column::Category,
    Column::Name,
    Column::NameKana,
    Column::PostalCode,
    Column::Address,
    Column::Building,
    Column::Lat,
    Column::Lon,
    Column::Area,
    Column::Serves,
    Column::Phone,
    Column::Fax,
    Column::Email,
    Column::Url,
    Column::Hours,
    Column::HoursNote,
    Column::Services,
    Column::Status,
    Column::Accepts,
    Column::Languages,
    Column::Accessibility,
    Column::Parking,
    Column::Note,
    Column::Operator,
    Column::Source,
    Column::VerifiedOn,
];

impl Record {
    fn cell(&self, column: Column) -> String {
        let number = |degrees: Option<f64>| degrees.map_or_else(String::new, |degrees| degrees.to_string());
        match column {
            Column::Id => self.id.clone(),
            Column::Category => self.category_name.clone(),
            Column::Name => self.name.clone(),
            Column::NameKana => self.name_kana.clone(),
            Column::PostalCode => self.postal_code.clone(),
            Column::Address => self.address.clone(),
            Column::Building => self.building.clone(),
            Column::Lat => number(self.lat),
            Column::Lon => number(self.lon),
            Column::Area => self.area.clone(),
            Column::Serves => self.serves.join(";"),
            Column::Phone => self.phone.clone(),
            Column::Fax => self.fax.clone(),
            Column::Email => self.email.clone(),
            Column::Url => self.url.clone(),
            Column::Hours => self.hours.clone(),
            Column::HoursNote => self.hours_note.clone(),
            Column::Services => self.services_in_words.clone(),
            Column::Status => if self.status == "paused" { "休止中" } else { "掲載中" }.to_owned(),
            Column::Accepts => self.accepts.clone(),
            Column::Languages => self.languages.clone(),
            Column::Accessibility => self.accessibility.clone(),
            Column::Parking => self.parking.clone(),
            Column::Note => self.note.clone(),
            Column::Operator => self.operator.clone(),
            Column::Source => self.source.clone(),
            Column::VerifiedOn => self.verified_on.clone(),
            Column::ClosedOn => String::new(),
        }
    }
}

fn record(facility: &Facility, page: String, vocabulary: &Vocabulary, areas: &Areas) -> Record {
    let text = |value: &Option<String>| value.as_deref().map_or_else(String::new, plain);
    let category = vocabulary.category(facility.category.as_str());
    let area = facility.area.as_ref();
    let public_extra = facility.extra.iter().filter(|extra| !extra.professionals_only);
    Record {
        id: facility.id.to_string(),
        category: facility.category.to_string(),
        category_name: category.map_or_else(String::new, |category| category.name.ja.to_string()),
        name: plain(&facility.name),
        name_kana: text(&facility.name_kana),
        postal_code: facility.postal_code.map_or_else(String::new, |code| code.to_string()),
        address: text(&facility.address),
        building: text(&facility.building),
        lat: facility.position.map(|position| to_six_places(position.lat)),
        lon: facility.position.map(|position| to_six_places(position.lon)),
        area: area.map_or_else(String::new, ToString::to_string),
        area_name: area.and_then(|id| areas.get(id)).map_or_else(String::new, |area| plain(&area.name)),
        serves: match &facility.serves {
            Serves::All => vec!["all".to_owned()],
            Serves::Areas(areas) => areas.iter().map(ToString::to_string).collect(),
        },
        phone: facility.phone.as_ref().map_or_else(String::new, |phone| phone.shown().to_owned()),
        fax: facility.fax.as_ref().map_or_else(String::new, |fax| fax.shown().to_owned()),
        email: text(&facility.email),
        url: text(&facility.url),
        hours: match &facility.hours {
            Some(hours) => hours.to_string(),
            None => text(&facility.hours_raw),
        },
        hours_note: text(&facility.hours_note),
        services: facility.services.iter().map(|(id, answer)| (id.to_string(), answer_id(*answer))).collect(),
        services_in_words: services_in_words(facility, vocabulary),
        status: if facility.status == Status::Paused { "paused" } else { "open" },
        accepts: text(&facility.accepts),
        languages: text(&facility.languages),
        accessibility: text(&facility.accessibility),
        parking: text(&facility.parking),
        note: text(&facility.note),
        operator: text(&facility.operator),
        source: text(&facility.source),
        verified_on: facility.verified_on.map_or_else(String::new, |day| day.to_string()),
        columns: public_extra.map(|extra| (extra.column.to_string(), plain(&extra.value))).collect(),
        page,
    }
}

fn plain(text: &str) -> String {
    ruby::base_text(text).into_owned()
}

fn answer_id(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Ask => "ask",
    }
}

/// `訪問診療;!人工呼吸器;?子ども`, in the order of the vocabulary.
fn services_in_words(facility: &Facility, vocabulary: &Vocabulary) -> String {
    let named = vocabulary.services.iter().filter_map(|service| {
        let sign = match facility.services.get(&service.id)? {
            Answer::Yes => "",
            Answer::No => "!",
            Answer::Ask => "?",
        };
        Some(format!("{sign}{}", service.name.ja))
    });
    named.collect::<Vec<_>>().join(";")
}

/// A tenth of a metre is enough for a door.
pub(super) fn to_six_places(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
