//! Structured data for search engines (schema.org): only facts that the page shows.

use serde_json::{Map, Value, json};

use crate::article::EventStatus;
use crate::facility::{Facility, Status};
use crate::render::studio::Studio;
use crate::render::studio::facility::{address_line, name};
use crate::render::view::{ImageView, QuestionGroup};
use crate::select::PublicArticle;
use crate::site::{FacilityNo, PageKind};

/// JSON that can stand inside a `script` element: no `<`, and no line separators that old engines choke on.
fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Tags out of finished HTML.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        if after.starts_with("rt") || after.starts_with("rp") {
            // A reading repeats its base.
            rest = after.split_once("</r").and_then(|(_, tail)| tail.split_once('>')).map_or("", |(_, tail)| tail);
        } else {
            rest = after.split_once('>').map_or("", |(_, tail)| tail);
        }
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

pub(super) fn faq(groups: &[QuestionGroup]) -> String {
    let questions = groups.iter().flat_map(|group| &group.questions).map(|question| {
        let answer = if question.short.is_empty() { plain(&question.answer_html) } else { question.short.clone() };
        json!({
            "@type": "Question",
            "name": plain(&question.question_html),
            "acceptedAnswer": { "@type": "Answer", "text": answer.trim() },
        })
    });
    let questions: Vec<Value> = questions.collect();
    script_safe(&json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions }))
}

/// Events and articles; `None` for other kinds.
pub(super) fn article(studio: &Studio<'_>, public: &PublicArticle, image: Option<&ImageView>) -> Option<String> {
    let article = &public.article;
    let url = studio.site.article_address(public).absolute(studio.base());
    let name = crate::markdown::ruby::base_text(&article.title.value).into_owned();
    let mut object = Map::new();
    object.insert("@context".to_owned(), json!("https://schema.org"));
    match &article.event {
        Some(event) => {
            object.insert("@type".to_owned(), json!("Event"));
            object.insert("name".to_owned(), json!(name));
            match event.status.as_ref().map(|status| status.value) {
                Some(EventStatus::Cancelled) => {
                    object.insert("eventStatus".to_owned(), json!("https://schema.org/EventCancelled"));
                }
                Some(EventStatus::Moved) => {
                    object.insert("eventStatus".to_owned(), json!("https://schema.org/EventRescheduled"));
                }
                Some(EventStatus::Full) | None => {}
            }
            object.insert("startDate".to_owned(), json!(time(event.starts.value)));
            if let Some(ends) = &event.ends {
                object.insert("endDate".to_owned(), json!(time(ends.value)));
            }
            if let Some(venue) = &event.venue {
                let address = event.address.clone().unwrap_or_default();
                object.insert("location".to_owned(), json!({ "@type": "Place", "name": venue, "address": address }));
            }
        }
        None => {
            object.insert("@type".to_owned(), json!("Article"));
            object.insert("headline".to_owned(), json!(name));
            let day = studio.site.day_of(public)?;
            object.insert("datePublished".to_owned(), json!(day.to_string()));
            if let Some(updated) = article.updated {
                object.insert("dateModified".to_owned(), json!(updated.to_string()));
            }
        }
    }
    if let Some(image) = image {
        object.insert("image".to_owned(), json!(format!("{}{}", studio.base().origin, image.src)));
    }
    object.insert("inLanguage".to_owned(), json!(article.lang.as_str()));
    object.insert("url".to_owned(), json!(url));
    Some(script_safe(&Value::Object(object)))
}

fn time(time: crate::article::EventTime) -> String {
    match time {
        crate::article::EventTime::Day(day) => day.to_string(),
        crate::article::EventTime::At(at) => at.to_string(),
    }
}

pub(super) fn facility(studio: &Studio<'_>, no: FacilityNo) -> String {
    let facility: &Facility = &studio.site.facility(no).facility;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(schema_type(facility.category.as_str())));
    put("name", json!(name(facility)));
    put("url", json!(studio.site.address(&PageKind::Facility(no), studio.lang).absolute(studio.base())));
    if facility.address.is_some() {
        let mut address =
            json!({ "@type": "PostalAddress", "addressCountry": "JP", "streetAddress": address_line(facility) });
        if let (Some(code), Some(object)) = (&facility.postal_code, address.as_object_mut()) {
            object.insert("postalCode".to_owned(), json!(code.to_string()));
        }
        put("address", address);
    }
    if let Some(at) = facility.position {
        put("geo", json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon }));
    }
    if let Some(phone) = &facility.phone {
        put("telephone", json!(phone.shown()));
    }
    if let Some(url) = &facility.url {
        put("sameAs", json!(url));
    }
    if facility.status == Status::Paused {
        put("description", json!(studio.word("paused")));
    }
    script_safe(&Value::Object(object))
}

fn schema_type(category: &str) -> &'static str {
    match category {
        "clinic" => "MedicalClinic",
        "hospital" => "Hospital",
        "dental" => "Dentist",
        "pharmacy" => "Pharmacy",
        _ => "LocalBusiness",
    }
}
