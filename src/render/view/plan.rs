//! Editions and the awareness plan of a year.

use super::{ArticleCard, CardGroup, DateView, EventCard, ImageView, Kept, Link};

super::views! {
    /// An edition in a list, and at the head of the home page.
    EditionCard {
        /// Its slug.
        slug: String,
        /// Its title.
        title: String,
        /// Its page.
        href: String,
        /// The day it came out.
        release: Kept<DateView>,
        /// The stage it belongs to, in words.
        stage: String,
        /// What is in it; may be empty.
        summary: String,
        /// Its leading article.
        lead: Option<ArticleCard>,
    }

    /// The editions of one fiscal year.
    EditionYear {
        /// 令和8年度（2026年度）.
        title: String,
        /// The plan's page; empty where there is none.
        plan_href: String,
        /// Its stages with editions, the latest first.
        stages: Vec<EditionStage>,
    }

    /// The editions of one stage of a year.
    EditionStage {
        /// The stage in words.
        title: String,
        /// The editions, newest first.
        editions: Vec<EditionCard>,
    }

    /// An edition's own page.
    EditionView {
        /// Its slug.
        slug: String,
        /// The day it came out.
        release: Kept<DateView>,
        /// The stage it belongs to, in words.
        stage: String,
        /// What is in it; may be empty.
        summary: String,
        /// Its leading article.
        lead: Option<ArticleCard>,
        /// In stage 3: its articles whole, the lead first, as the newsletter has them; else empty.
        articles: Vec<EditionArticle>,
        /// In stage 2: what it has for each area; else empty.
        local: Vec<EditionLocal>,
        /// Its other articles, by kind.
        groups: Vec<CardGroup>,
        /// Its other events.
        events: Vec<EventCard>,
        /// The areas it is for; empty for the whole municipality.
        areas: Vec<Kept<Link>>,
        /// The plan it belongs to.
        plan: Option<Kept<Link>>,
        /// The edition before it.
        previous: Option<Kept<Link>>,
        /// The edition after it.
        next: Option<Kept<Link>>,
    }

    /// An article inside a newsletter edition.
    EditionArticle {
        /// Its `id` on the page.
        anchor: String,
        /// Its own page.
        href: String,
        /// Story, guide, … in words.
        kind_label: String,
        /// Title as HTML, with ruby.
        title_html: String,
        /// Its picture.
        image: Option<ImageView>,
        /// Its text.
        body_html: String,
    }

    /// What an edition has for one area.
    EditionLocal {
        /// The area.
        area: Kept<Link>,
        /// The section's `id` on the page.
        anchor: String,
        /// Its articles, each as `parts/card.html` shows it; may be empty.
        cards_html: String,
        /// Its events.
        events: Vec<EventCard>,
    }

    /// The plan of a year, for residents.
    PlanView {
        /// 令和8年度（2026年度）.
        year_label: String,
        /// What it is for, as HTML.
        purpose_html: String,
        /// What shall be reached.
        goals: Vec<GoalView>,
        /// The stages in order.
        stages: Vec<StageView>,
        /// What came of it, once the year is over.
        review: Option<PlanReview>,
        /// Plans of other years.
        others: Vec<Kept<Link>>,
    }

    /// A goal.
    GoalView {
        /// The goal in words.
        text: String,
        /// The indicator it is measured by; may be empty.
        indicator: String,
        /// Where it started, with unit; may be empty.
        from: String,
        /// Where it shall go, with unit; may be empty.
        to: String,
    }

    /// A stage of the yearly flow.
    StageView {
        /// 1, 2 or 3.
        number: u8,
        /// Its title.
        title: String,
        /// What it is for; may be empty.
        purpose: String,
        /// From when to when, in words; may be empty.
        period: String,
        /// Whom it addresses, in words.
        audiences: Vec<String>,
        /// The viewpoints it speaks of.
        viewpoints: Vec<Kept<Link>>,
        /// The goals it serves.
        goals: Vec<String>,
        /// Its editions that have come out.
        editions: Vec<EditionCard>,
    }

    /// Check and act: what came of the year.
    PlanReview {
        /// What changed, as HTML.
        changed_html: String,
        /// Why, as HTML.
        why_html: String,
        /// What the next year does with it, as HTML.
        next_html: String,
    }
}
