//! Events: what is announced, and what is recorded afterwards.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::calendar::first_moment;
use crate::config::phone;
use crate::diag::{Code, Diagnostic, Report};
use crate::geo::{Misplaced, Position};
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Table, Value, parse_date, parse_instant};
use crate::vocabulary::{Audience, Method};

/// A day, or an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventTime {
    /// All day.
    Day(Date),
    /// At a time of the site's zone.
    At(DateTime),
}

impl EventTime {
    /// Its day.
    #[must_use]
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::At(time) => time.date(),
        }
    }

    /// The time of the site's zone at which it begins: a day at midnight.
    #[must_use]
    pub fn local(self) -> DateTime {
        match self {
            Self::Day(date) => date.to_datetime(jiff::civil::Time::midnight()),
            Self::At(time) => time,
        }
    }

    /// True where this, as an end, lies before that beginning.
    fn is_before(self, start: Self, zone: &TimeZone) -> bool {
        self.date() < start.date() || self.is_over_at(zone) < start.begins(zone)
    }

    /// The first instant of it.
    #[must_use]
    pub fn begins(self, zone: &TimeZone) -> Option<Timestamp> {
        zone.to_timestamp(self.local()).ok()
    }

    /// The instant at which it is over: the end of the day, or the time itself.
    #[must_use]
    pub fn is_over_at(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Day(date) => first_moment(date.tomorrow().ok()?, zone),
            Self::At(time) => zone.to_timestamp(time).ok(),
        }
    }
}

/// What became of an announcement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventStatus {
    /// Nobody else can come.
    Full,
    /// It does not take place.
    Cancelled,
    /// It takes place at another time or place than was announced first; the fields tell the new one.
    Moved,
}

impl EventStatus {
    const CHOICES: &'static [(&'static str, Self)] =
        &[("full", Self::Full), ("cancelled", Self::Cancelled), ("moved", Self::Moved)];

    /// Its identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
        }
    }
}

/// `[event]`.
#[derive(Clone, Debug)]
pub struct Event {
    /// Full, cancelled, moved; none as announced.
    pub status: Option<Spanned<EventStatus>>,
    /// What to know about that: from when to when it moved, why it was cancelled.
    pub status_note: Option<String>,
    /// Beginning.
    pub starts: Spanned<EventTime>,
    /// End; by default the same day.
    pub ends: Option<Spanned<EventTime>>,
    /// Where.
    pub venue: Option<String>,
    /// Address of the venue.
    pub address: Option<String>,
    /// Where the venue stands.
    pub position: Option<Spanned<Position>>,
    /// What kind of event.
    pub method: Option<Method>,
    /// How many can come.
    pub capacity: Option<i64>,
    /// Web page for applications.
    pub apply_url: Option<String>,
    /// Telephone for applications.
    pub apply_phone: Option<String>,
    /// Last day for applications.
    pub apply_deadline: Option<Date>,
    /// True, or the address, when one can take part from home.
    pub online: Option<String>,
    /// For whom; professionals' events are kept apart from residents' lists.
    pub audiences: Vec<Audience>,
    /// What it was held for. Never public: it is for those who look back on the year.
    pub expected: Option<Expected>,
    /// What happened.
    pub result: Option<EventResult>,
}

/// `[event.expected]`, 期待したこと: what it was expected to change, and by what that is seen.
#[derive(Clone, Debug)]
pub struct Expected {
    /// How many people were hoped for.
    pub participants: Option<i64>,
    /// What should change.
    pub change: Option<String>,
    /// The indicator by which that is seen.
    pub indicator: Option<Spanned<String>>,
    /// The whole table.
    pub extent: Span,
}

impl Event {
    /// True when it is full or will not be held.
    #[must_use]
    pub fn takes_nobody(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value != EventStatus::Moved)
    }

    /// True when it is for professionals only.
    #[must_use]
    pub fn is_for_professionals(&self) -> bool {
        !self.audiences.is_empty() && self.audiences.iter().all(|audience| *audience == Audience::Professional)
    }

    /// The instant at which it belongs to the past.
    #[must_use]
    pub fn is_over_at(&self, zone: &TimeZone) -> Option<Timestamp> {
        let end = self.ends.as_ref().map_or(EventTime::Day(self.starts.value.date()), |ends| ends.value);
        end.is_over_at(zone)
    }
}

/// `[event.result]`.
#[derive(Clone, Debug)]
pub struct EventResult {
    /// How many came.
    pub participants: Option<i64>,
    /// How many answered the questionnaire.
    pub surveyed: Option<i64>,
    /// How many of them were content.
    pub satisfied: Option<i64>,
    /// What was said.
    pub notes: Option<String>,
    /// The whole table: it says nothing until the event is over.
    pub extent: Span,
}

/// Reads `[event]`; `None` where its time is missing or unreadable (reported).
pub(super) fn read(fields: Fields<'_>, zone: &TimeZone, report: &mut Report) -> Option<Event> {
    let event = event(&fields, zone, report);
    fields.finish(report);
    event
}

/// All keys are read, whether or not there is a time: what else is wrong is told in the same run.
fn event(fields: &Fields<'_>, zone: &TimeZone, report: &mut Report) -> Option<Event> {
    fields.require("starts");
    let starts = time(fields, "starts", zone);
    let ends = time(fields, "ends", zone);
    let apply = fields.fields("apply");
    let apply_url = apply.as_ref().and_then(|apply| apply.web_address("url")).map(|text| text.value);
    let apply_phone = apply.as_ref().and_then(|apply| phone(apply, "phone")).map(|text| text.value);
    let deadline = apply.as_ref().and_then(|apply| apply.date("deadline"));
    let apply_deadline = deadline.as_ref().map(|date| date.value);
    if let Some(apply) = apply {
        apply.finish(report);
    }
    let extent = fields.table("result").map(Table::extent);
    let result = fields.fields("result").zip(extent).map(|(table, extent)| result(table, extent, report));
    let extent = fields.table("expected").map(Table::extent);
    let expected = fields.fields("expected").zip(extent).map(|(table, extent)| expected(table, extent, report));
    let text = |key: &str| fields.text(key).map(|text| text.value);
    let event = Event {
        status: fields.choice("status", EventStatus::CHOICES),
        status_note: text("status_note"),
        ends,
        venue: text("venue"),
        address: text("address"),
        position: position(fields),
        method: fields.choice("method", Method::CHOICES).map(|method| method.value),
        capacity: fields.integer("capacity", 1, 1_000_000).map(|number| number.value),
        apply_url,
        apply_phone,
        apply_deadline,
        online: online(fields),
        audiences: audiences(fields),
        expected,
        result,
        starts: starts?,
    };
    if let Some(ends) = &event.ends
        && ends.value.is_before(event.starts.value, zone)
    {
        fields.push(Diagnostic::new(Code::EventEndsBefore).at(&ends.span).label(&event.starts.span, "starts"));
    }
    if let Some(deadline) = deadline.filter(|day| day.value > event.starts.value.date()) {
        fields.push(Diagnostic::new(Code::DeadlineAfterEvent).at(&deadline.span).label(&event.starts.span, "starts"));
    }
    if let Some(status) = event.status.as_ref().filter(|status| status.value != EventStatus::Full)
        && event.status_note.is_none()
    {
        fields.push(Diagnostic::new(Code::StatusUnexplained).at(&status.span).arg("status", status.value.id()));
    }
    Some(event)
}

/// `audience` and `audiences` are both understood: the contract names the one here and the other elsewhere.
fn audiences(fields: &Fields<'_>) -> Vec<Audience> {
    let mut found = fields.choices("audience", Audience::CHOICES);
    found.extend(fields.choices("audiences", Audience::CHOICES));
    found.into_iter().map(|audience| audience.value).collect()
}

fn online(fields: &Fields<'_>) -> Option<String> {
    match fields.node("online").map(|node| &node.value) {
        None | Some(Value::Boolean(false)) => None,
        Some(Value::Boolean(true)) => Some(String::new()),
        Some(Value::Plain(text)) if text == "true" => Some(String::new()),
        Some(Value::Plain(text)) if text == "false" => None,
        Some(_) => fields.text("online").map(|text| text.value),
    }
}

/// `lat` and `lon`: both or neither, and a place in Japan.
fn position(fields: &Fields<'_>) -> Option<Spanned<Position>> {
    let degrees = |key: &str| fields.number(key, -180.0, 180.0);
    let (lat, lon) = (degrees("lat"), degrees("lon"));
    if let Some(only) = ["lat", "lon"].into_iter().find(|key| fields.has("lat") != fields.has("lon") && fields.has(key))
    {
        let number = lat.as_ref().or(lon.as_ref())?;
        let alone = Diagnostic::new(Code::CoordinateAlone).at(&number.span).arg("column", fields.name(only));
        fields.push(alone.arg("value", number.value));
        return None;
    }
    let (lat, lon) = (lat?, lon?);
    let span = Span { start: lat.span.start.min(lon.span.start), end: lat.span.end.max(lon.span.end), ..lat.span };
    let position = Position { lat: lat.value, lon: lon.value };
    let code = match position.misplaced() {
        None => return Some(Spanned::new(position, span)),
        Some(Misplaced::Zero) => Code::PositionZero,
        Some(Misplaced::Swapped) => Code::PositionSwapped,
        Some(Misplaced::Abroad) => Code::PositionOutsideJapan,
    };
    fields.push(Diagnostic::new(code).at(&span).arg("lat", position.lat).arg("lon", position.lon));
    None
}

/// A day stays a day; an instant with an offset becomes the local time of the site.
fn time(fields: &Fields<'_>, key: &str, zone: &TimeZone) -> Option<Spanned<EventTime>> {
    let node = fields.node(key)?;
    let (Value::DateTime(text) | Value::Text(text) | Value::Plain(text)) = &node.value else {
        fields.wrong_type(key, node, "日付 (date)");
        return None;
    };
    let parsed = match parse_date(text) {
        Some(date) => Some(EventTime::Day(date)),
        None => parse_instant(text, zone).map(|at| EventTime::At(zone.to_datetime(at))),
    };
    if parsed.is_none() {
        fields
            .push(Diagnostic::new(Code::UnreadableDate).at(&node.span).arg("key", fields.name(key)).arg("value", text));
    }
    parsed.map(|value| Spanned::new(value, node.span.clone()))
}

fn expected(fields: Fields<'_>, extent: Span, report: &mut Report) -> Expected {
    let participants = fields.integer("participants", 0, 10_000_000).map(|count| count.value);
    let change = fields.text("change").map(|text| text.value);
    let expected = Expected { participants, change, indicator: fields.text("indicator"), extent };
    fields.finish(report);
    expected
}

fn result(fields: Fields<'_>, extent: Span, report: &mut Report) -> EventResult {
    let count = |key: &str| fields.integer(key, 0, 10_000_000);
    let (participants, surveyed, satisfied) = (count("participants"), count("surveyed"), count("satisfied"));
    for (code, part, whole) in
        [(Code::MoreAnswersThanGuests, &surveyed, &participants), (Code::MoreSatisfiedThanAsked, &satisfied, &surveyed)]
    {
        if let (Some(part), Some(whole)) = (part, whole)
            && part.value > whole.value
        {
            let told = Diagnostic::new(code).at(&part.span).arg("part", part.value).arg("whole", whole.value);
            fields.push(told.label(&whole.span, "whole"));
        }
    }
    let number = |count: Option<Spanned<i64>>| count.map(|count| count.value);
    let result = EventResult {
        participants: number(participants),
        surveyed: number(surveyed),
        satisfied: number(satisfied),
        notes: fields.text("notes").map(|text| text.value),
        extent,
    };
    fields.finish(report);
    result
}
