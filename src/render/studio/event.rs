//! Events in lists, and the facts of one.

use super::{Studio, written_phone};
use crate::article::{Event, EventStatus, EventTime};
use crate::markdown::ruby;
use crate::render::view::{ApplyView, EventCard, EventView, ResultView};
use crate::select::PublicArticle;
use crate::site::{Address, ArticleNo};

impl Studio<'_> {
    pub(in crate::render) fn event_card(&self, no: ArticleNo) -> Option<EventCard> {
        let public = self.site.article(no);
        let article = &public.article;
        let event = article.event.as_ref()?;
        Some(EventCard {
            title_html: ruby::to_html(&article.title.value),
            href: self.article_href(public),
            date: self.date(event.starts.value.date()),
            when: self.when(event),
            venue: event.venue.clone().unwrap_or_default(),
            method: event.method.map_or_else(String::new, |method| method.name().get(self.lang.as_str()).to_owned()),
            areas: self.area_links(article.areas.iter().map(|area| area.value.as_str())),
            summary: self.summary(public),
            online: event.online.is_some(),
            past: public.over,
            status: self.status_words(event),
        })
    }

    /// Full, cancelled or moved, in words.
    fn status_words(&self, event: &Event) -> String {
        let key = |status: EventStatus| self.word(&format!("event_status_{}", status.id()));
        event.status.as_ref().map_or_else(String::new, |status| key(status.value))
    }

    pub(in crate::render) fn event_cards<'n>(
        &self,
        numbers: impl IntoIterator<Item = &'n ArticleNo>,
    ) -> Vec<EventCard> {
        numbers.into_iter().filter_map(|&no| self.event_card(no)).collect()
    }

    /// Coming events, the next first.
    pub(in crate::render) fn upcoming(&self) -> &[ArticleNo] {
        self.site.articles.upcoming.get(self.lang).map_or(&[], Vec::as_slice)
    }

    /// Past events, the last first.
    pub(in crate::render) fn past(&self) -> &[ArticleNo] {
        self.site.articles.past.get(self.lang).map_or(&[], Vec::as_slice)
    }

    /// Day and time in words.
    pub(in crate::render) fn when(&self, event: &Event) -> String {
        let ends = event.ends.as_ref().map(|ends| ends.value);
        match (event.starts.value, ends) {
            (EventTime::At(starts), Some(EventTime::At(ends))) => self.words().span(starts, Some(ends)),
            (EventTime::At(starts), Some(EventTime::Day(last))) if last > starts.date() => {
                self.words().through(starts, last)
            }
            (EventTime::At(starts), _) => self.words().span(starts, None),
            (EventTime::Day(first), Some(last)) if last.date() != first => {
                let (first, last) = (self.words().date_long(first), self.words().date_long(last.date()));
                self.words().fill("when_whole_days", &[("date", &first), ("until", &last)])
            }
            (EventTime::Day(day), _) => self.words().date_long(day),
        }
    }

    /// What its place is called: the venue, else the event itself.
    fn venue<'e>(&self, public: &'e PublicArticle, event: &'e Event) -> &'e str {
        event.venue.as_deref().unwrap_or(&public.article.title.value)
    }

    pub(in crate::render) fn event_view(&self, public: &PublicArticle) -> Option<EventView> {
        let event = public.article.event.as_ref()?;
        let lang = self.lang.as_str();
        let position = event.position.as_ref().map(|position| position.value);
        let has_online_page = event.online.as_ref().filter(|url| url.starts_with("http"));
        Some(EventView {
            date: self.date(event.starts.value.date()),
            when: self.when(event),
            venue: event.venue.clone().unwrap_or_default(),
            address: event.address.clone().unwrap_or_default(),
            directions_href: position.map_or_else(String::new, |place| directions(place.lat, place.lon)),
            map: position.and_then(|place| self.maps.place(self, place, self.venue(public, event))),
            method: event.method.map_or_else(String::new, |method| method.name().get(lang).to_owned()),
            capacity: event
                .capacity
                .map_or_else(String::new, |n| self.words().fill("people", &[("n", &n.to_string())])),
            audience: self.audience_names(&event.audiences).join(self.words().get("list_join")),
            online_href: has_online_page.cloned().unwrap_or_default(),
            apply: self.apply(event, public),
            cancelled: event.status.as_ref().is_some_and(|status| status.value == EventStatus::Cancelled),
            status: self.status_words(event),
            status_note: event.status_note.clone().unwrap_or_default(),
            ics_href: self.href_of(&ics_address(&self.site.article_address(public))),
            past: public.over,
            result: event.result.as_ref().map(|result| ResultView {
                participants: result.participants.and_then(|n| u32::try_from(n).ok()),
                surveyed: result.surveyed.and_then(|n| u32::try_from(n).ok()),
                satisfied: result.satisfied.and_then(|n| u32::try_from(n).ok()),
                notes_html: result.notes.as_deref().map_or_else(String::new, ruby::to_html),
            }),
        })
    }

    fn apply(&self, event: &Event, public: &PublicArticle) -> Option<ApplyView> {
        let anybody_may_come =
            event.apply_url.is_none() && event.apply_phone.is_none() && event.apply_deadline.is_none();
        if anybody_may_come && !public.applications_closed {
            return None;
        }
        Some(ApplyView {
            href: event.apply_url.clone().unwrap_or_default(),
            phone: event.apply_phone.as_deref().map(written_phone),
            deadline: event.apply_deadline.map(|day| self.date(day)),
            closed: public.applications_closed,
        })
    }

    pub(in crate::render) fn audience_names(&self, audiences: &[crate::vocabulary::Audience]) -> Vec<String> {
        audiences.iter().map(|audience| audience.name().get(self.lang.as_str()).to_owned()).collect()
    }
}

/// A national map page with a mark at the place: an ordinary link, followed only when somebody presses it.
pub(in crate::render) fn directions(lat: f64, lon: f64) -> String {
    format!("https://maps.gsi.go.jp/#16/{lat:.6}/{lon:.6}/")
}

/// The calendar file beside an event's page.
pub(in crate::render) fn ics_address(page: &Address) -> Address {
    Address::file(page.path().trim_matches('/'), "event.ics")
}
