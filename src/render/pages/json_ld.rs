//! Structured data for search engines (schema.org): only facts that the page shows.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::article::{Event, EventStatus, EventTime};
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
            put_event(&mut object, studio, (public, event));
        }
        None => {
            object.insert("@type".to_owned(), json!("Article"));
            object.insert("headline".to_owned(), json!(name));
            let day = studio.site.day_of(public)?;
            object.insert("datePublished".to_owned(), json!(day.to_string()));
            if let Some(updated) = article.updated.as_ref().map(|day| day.value) {
                object.insert("dateModified".to_owned(), json!(updated.to_string()));
            }
        }
    }
    if let Some(image) = image {
        object.insert("image".to_owned(), json!(format!("{}{}", studio.base().origin, image.src)));
    }
    if !article.tags.is_empty() {
        object.insert("keywords".to_owned(), json!(article.tags));
    }
    object.insert("inLanguage".to_owned(), json!(article.lang.as_str()));
    object.insert("url".to_owned(), json!(url));
    Some(script_safe(&Value::Object(object)))
}

/// When and where it takes place, and whether it does.
fn put_event(object: &mut Map<String, Value>, studio: &Studio<'_>, (public, event): (&PublicArticle, &Event)) {
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    let status = event.status.as_ref().map(|status| status.value);
    match status {
        Some(EventStatus::Cancelled) => put("eventStatus", json!("https://schema.org/EventCancelled")),
        Some(EventStatus::Moved) => put("eventStatus", json!("https://schema.org/EventRescheduled")),
        Some(EventStatus::Full) | None => {}
    }
    let zone = &studio.config().zone;
    put("startDate", json!(time(event.starts.value, zone)));
    if let Some(ends) = &event.ends {
        put("endDate", json!(time(ends.value, zone)));
    }
    let venue = event.venue.as_ref().map(|venue| match &event.address {
        Some(address) => json!({ "@type": "Place", "name": venue, "address": address }),
        None => json!({ "@type": "Place", "name": venue }),
    });
    // The page of one that is over, or is not held, does not lead there any more.
    let is_joined = !public.over && status != Some(EventStatus::Cancelled);
    let address = event.online.as_ref().filter(|url| is_joined && url.starts_with("http"));
    let online = address.map(|url| json!({ "@type": "VirtualLocation", "url": url }));
    match (&venue, &event.online) {
        (None, None) => {}
        (Some(_), None) => put("eventAttendanceMode", json!("https://schema.org/OfflineEventAttendanceMode")),
        (None, Some(_)) => put("eventAttendanceMode", json!("https://schema.org/OnlineEventAttendanceMode")),
        (Some(_), Some(_)) => put("eventAttendanceMode", json!("https://schema.org/MixedEventAttendanceMode")),
    }
    let mut places: Vec<Value> = venue.into_iter().chain(online).collect();
    match places.len() {
        0 => {}
        1 => put("location", places.remove(0)),
        _ => put("location", Value::Array(places)),
    }
}

/// A day as it is; a time with its distance from Greenwich, for readers in any zone.
fn time(time: EventTime, zone: &TimeZone) -> String {
    match time {
        EventTime::Day(day) => day.to_string(),
        EventTime::At(at) => match zone.to_zoned(at) {
            Ok(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            Err(_) => at.to_string(),
        },
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
