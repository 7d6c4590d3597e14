//! Events: in lists, and the facts of one.

use super::{DateView, Kept, Link, MapView, PhoneView};

super::views! {
    /// An event in a list.
    EventCard {
        /// Title as HTML, with ruby.
        title_html: String,
        /// Its page.
        href: String,
        /// The day it begins.
        date: Kept<DateView>,
        /// Day and time in words: 令和8年6月14日（2026年）（日）10時から11時30分まで.
        when: String,
        /// Where it is; may be empty.
        venue: String,
        /// Symposium, lecture, café, … in words; may be empty.
        method: String,
        /// The areas it is for.
        areas: Vec<Kept<Link>>,
        /// One or two sentences; may be empty.
        summary: String,
        /// True when one can take part from afar.
        online: bool,
        /// True when it has taken place.
        past: bool,
        /// Full, cancelled or moved, in words; empty where it is as announced.
        status: String,
    }

    /// Past events of one fiscal year.
    EventYear {
        /// 令和8年度（2026年度）.
        title: String,
        /// The year's `id` on the page.
        anchor: String,
        /// How many there were, and how many came, in words.
        told: String,
        /// The same by area; events of the whole municipality are not among them.
        areas: Vec<EventArea>,
        /// The events, the last first.
        events: Vec<EventCard>,
    }

    /// Past events of an area in a year.
    EventArea {
        /// The area.
        area: Kept<Link>,
        /// How many there were, and how many came, in words.
        told: String,
    }

    /// Events of one month.
    EventMonth {
        /// The month in words.
        title: String,
        /// The month's `id` on the page.
        anchor: String,
        /// Its events in order.
        events: Vec<EventCard>,
    }

    /// The facts of one event.
    EventView {
        /// The day it begins.
        date: Kept<DateView>,
        /// Day and time in words.
        when: String,
        /// Where it is; may be empty.
        venue: String,
        /// Address of the venue; may be empty.
        address: String,
        /// A map service with its coordinates, outside this site; empty where it has none.
        directions_href: String,
        /// Where it is.
        map: Option<MapView>,
        /// Symposium, lecture, café, … in words; may be empty.
        method: String,
        /// How many can come; may be empty.
        capacity: String,
        /// Whom it is for; may be empty.
        audience: String,
        /// Address to take part from afar; may be empty.
        online_href: String,
        /// How to apply; `none` when nothing is needed.
        apply: Option<ApplyView>,
        /// True when it does not take place.
        cancelled: bool,
        /// Full, cancelled or moved, in words; empty where it is as announced.
        status: String,
        /// What to know about that; may be empty.
        status_note: String,
        /// Its calendar file.
        ics_href: String,
        /// True when it has taken place.
        past: bool,
        /// What came of it.
        result: Option<ResultView>,
    }

    /// How to apply.
    ApplyView {
        /// A form; may be empty.
        href: String,
        /// A number to call.
        phone: Option<PhoneView>,
        /// The last day.
        deadline: Option<Kept<DateView>>,
        /// True when the last day is over.
        closed: bool,
    }

    /// What came of an event.
    ResultView {
        /// How many came.
        participants: Option<u32>,
        /// How many answered the questionnaire.
        surveyed: Option<u32>,
        /// How many of them were satisfied.
        satisfied: Option<u32>,
        /// What is worth telling, as HTML; may be empty.
        notes_html: String,
    }
}
