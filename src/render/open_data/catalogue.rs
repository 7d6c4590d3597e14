//! The catalogue of the open data (DCAT as JSON-LD), and the licence in words.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::json::to_bytes;

/// What the site publishes as data.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The page of the open data, whole.
    pub page: String,
    /// Title of the site.
    pub title: String,
    /// A sentence on it.
    pub description: String,
    /// Who publishes.
    pub publisher: String,
    /// Name of the licence.
    pub licence: String,
    /// Its web address.
    pub licence_url: Option<String>,
    /// The sets of data.
    pub datasets: Vec<Dataset>,
}

/// A set of data in one or more forms.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// A name that stays: `facilities`.
    pub id: String,
    /// Title.
    pub title: String,
    /// What is in it.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The latest day that its content names.
    pub modified: Option<Date>,
    /// Its forms.
    pub distributions: Vec<Distribution>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// Title.
    pub title: String,
    /// Its address, whole.
    pub address: String,
    /// Media type.
    pub media_type: String,
}

/// The catalogue as JSON-LD.
#[must_use]
pub fn catalogue(catalogue: &Catalogue) -> Vec<u8> {
    let publisher = json!({ "@type": "foaf:Agent", "foaf:name": catalogue.publisher });
    let mut document = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": catalogue.page,
        "@type": "dcat:Catalog",
        "dct:title": in_japanese(&catalogue.title),
        "dct:description": in_japanese(&catalogue.description),
        "dct:language": "ja",
        "dct:publisher": publisher,
        "foaf:homepage": { "@id": catalogue.page },
        "dcat:dataset": catalogue.datasets.iter().map(|set| dataset(set, catalogue)).collect::<Vec<_>>(),
    });
    insert(&mut document, "dct:license", licence(catalogue));
    to_bytes(&document)
}

fn dataset(set: &Dataset, catalogue: &Catalogue) -> Value {
    let files = set.distributions.iter().map(|file| distribution(file, catalogue)).collect::<Vec<_>>();
    let mut document = json!({
        "@id": format!("{}#{}", catalogue.page, set.id),
        "@type": "dcat:Dataset",
        "dct:identifier": set.id,
        "dct:title": in_japanese(&set.title),
        "dct:description": in_japanese(&set.description),
        "dcat:keyword": set.keywords.iter().map(|word| in_japanese(word)).collect::<Vec<_>>(),
        "dcat:landingPage": { "@id": catalogue.page },
        "dcat:distribution": files,
    });
    insert(&mut document, "dct:license", licence(catalogue));
    let modified = set.modified.map(|day| json!({ "@type": "xsd:date", "@value": day.to_string() }));
    insert(&mut document, "dct:modified", modified);
    document
}

fn distribution(file: &Distribution, catalogue: &Catalogue) -> Value {
    let mut document = json!({
        "@id": file.address,
        "@type": "dcat:Distribution",
        "dct:title": in_japanese(&file.title),
        "dcat:downloadURL": { "@id": file.address },
        "dcat:accessURL": { "@id": catalogue.page },
        "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{}", file.media_type) },
    });
    insert(&mut document, "dct:license", licence(catalogue));
    document
}

fn licence(catalogue: &Catalogue) -> Option<Value> {
    Some(match &catalogue.licence_url {
        Some(url) => json!({ "@id": url }),
        None => json!(catalogue.licence),
    })
}

fn in_japanese(text: &str) -> Value {
    json!({ "@language": "ja", "@value": text })
}

fn insert(document: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (document.as_object_mut(), value) {
        object.insert(key.to_owned(), value);
    }
}

/// The licence in words, Japanese and English, as plain text.
#[must_use]
pub fn licence_text(catalogue: &Catalogue) -> Vec<u8> {
    let url = catalogue.licence_url.as_deref().map_or_else(String::new, |url| format!("\n{url}"));
    let files: Vec<String> = catalogue
        .datasets
        .iter()
        .flat_map(|set| set.distributions.iter().map(|file| format!("- {}：{}", set.title, file.address)))
        .collect();
    let Catalogue { title, publisher, licence, page, .. } = catalogue;
    format!(
        "{title}：データの利用について\n\n\
         ここにあるデータは、「{licence}」の条件で、どなたでも自由にお使いいただけます。{url}\n\n\
         出典の書き方の例：\n{publisher}「{title}」（{page}）\n\
         手を加えて使うときは、加工したことも書き添えてください。\n\n\
         内容は確認した日のものです。お使いになる前に、各施設へお確かめください。\n\n\
         対象のデータ：\n{files}\n\n\
         ----\n\n\
         {title}: use of the data\n\n\
         Anyone may use this data under the terms of \"{licence}\".{url}\n\n\
         Please name the source, for example:\n{publisher}, \"{title}\" ({page})\n\
         and say so if you changed the data.\n\n\
         The data is as of the day on which each row was confirmed. Please check with the place itself before you rely on it.\n",
        files = files.join("\n"),
    )
    .into_bytes()
}
