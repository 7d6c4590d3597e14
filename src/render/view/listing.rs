//! Lists: of articles, of a category, a service, a scene, a viewpoint.

use super::{CardGroup, CountLink, EventCard, FacilityGroup, Kept, Link, MapView, QuestionView};

super::views! {
    /// A list of articles: stories, guides, news.
    ListingView {
        /// `story`, `guide`, `news`.
        kind: String,
        /// Articles without a group, newest first: each as `parts/card.html` shows it. Empty where there are none.
        cards_html: String,
        /// Articles in groups (guides by scene); may be empty.
        groups: Vec<CardGroup>,
        /// Other ways in: viewpoints, scenes.
        topics: Vec<CountLink>,
    }

    /// A category of facilities.
    CategoryView {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What such a place does, in one or two sentences; may be empty.
        description: String,
        /// Its mark as inline SVG.
        mark_html: String,
        /// How many there are.
        count: usize,
        /// The map with the same numbers as the list.
        map: Option<MapView>,
        /// The facilities, by area.
        groups: Vec<FacilityGroup>,
        /// The other categories.
        others: Vec<CountLink>,
    }

    /// A service: who offers it.
    ServiceView {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What it is; may be empty.
        description: String,
        /// How many offer it.
        count: usize,
        /// Facilities that answered yes, by category.
        groups: Vec<FacilityGroup>,
        /// Facilities that one should ask first, by category.
        ask: Vec<FacilityGroup>,
        /// The other services.
        others: Vec<CountLink>,
    }

    /// A scene or a viewpoint: everything that belongs to it.
    TopicView {
        /// `scene` or `viewpoint`.
        kind: String,
        /// Its id, like `daily`.
        id: String,
        /// Its name.
        name: String,
        /// What it is about, in a sentence or two.
        lead: String,
        /// Guides first, then stories, then news.
        groups: Vec<CardGroup>,
        /// Questions.
        questions: Vec<QuestionView>,
        /// Categories of facilities that help here.
        categories: Vec<CountLink>,
        /// Services that help here.
        services: Vec<CountLink>,
        /// Coming events.
        events: Vec<EventCard>,
        /// The other scenes or viewpoints.
        others: Vec<Kept<Link>>,
    }
}
