//! Articles: stories, guides, news, pages, questions, terms.

use super::{DateView, EventView, ImageView, Kept, Link};

super::views! {
    /// An article in a list.
    ArticleCard {
        /// `story`, `guide`, `news`, `page`, `faq`, `event`.
        kind: String,
        /// The kind in words.
        kind_label: String,
        /// Title as HTML, with ruby.
        title_html: String,
        /// Its page.
        href: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// Its picture.
        image: Option<ImageView>,
        /// The day it was published.
        date: Option<Kept<DateView>>,
        /// The areas it speaks of.
        areas: Vec<Kept<Link>>,
    }

    /// Articles under one heading.
    CardGroup {
        /// Heading.
        title: String,
        /// The group's `id` on the page.
        anchor: String,
        /// The page that holds them all; empty where there is none.
        href: String,
        /// How many articles there are.
        count: usize,
        /// The articles, each as `parts/card.html` shows it.
        cards_html: String,
    }

    /// What `parts/card.html` sees.
    CardPart {
        /// The article.
        card: ArticleCard,
    }

    /// An article's own page.
    ArticleView {
        /// `story`, `guide`, `news`, `page`, `event`.
        kind: String,
        /// The kind in words.
        kind_label: String,
        /// What is in it, in one or two sentences; may be empty.
        lead: String,
        /// The text.
        body_html: String,
        /// Its picture.
        image: Option<ImageView>,
        /// Who wrote it.
        authors: Vec<String>,
        /// The day it was published.
        date: Option<Kept<DateView>>,
        /// The day of its last change.
        updated: Option<Kept<DateView>>,
        /// What one can come to see through it (the five viewpoints).
        viewpoints: Vec<Kept<Link>>,
        /// The scenes it belongs to.
        scenes: Vec<Kept<Link>>,
        /// The areas it speaks of.
        areas: Vec<Kept<Link>>,
        /// Whom it is for, in words.
        audiences: Vec<String>,
        /// Its headings, where it is long enough to need them.
        toc: Vec<TocEntry>,
        /// True for a story that is published with the consent of those it tells of.
        consented: bool,
        /// The edition it came out with.
        edition: Option<Kept<Link>>,
        /// Everything about the event, for kind `event`.
        event: Option<EventView>,
        /// The one before it in its section.
        previous: Option<Kept<Link>>,
        /// The one after it in its section.
        next: Option<Kept<Link>>,
        /// Others of the same scene or area, each as `parts/card.html` shows it; empty where there are none.
        related_html: String,
    }

    /// A heading of an article.
    TocEntry {
        /// Its `id`.
        id: String,
        /// Its text as HTML, with ruby.
        title_html: String,
        /// 2 or 3.
        level: u8,
    }

    /// Questions under one heading.
    QuestionGroup {
        /// Heading.
        title: String,
        /// The group's `id` on the page.
        anchor: String,
        /// The questions.
        questions: Vec<QuestionView>,
    }

    /// A question with its answer.
    QuestionView {
        /// Its `id` on the page.
        anchor: String,
        /// Its address, for links from other pages.
        href: String,
        /// The question as HTML, with ruby.
        question_html: String,
        /// The answer in one or two sentences; may be empty.
        short: String,
        /// The answer at length; empty in lists on other pages.
        answer_html: String,
        /// When the answer was last confirmed.
        updated: Option<Kept<DateView>>,
        /// The scenes it belongs to.
        scenes: Vec<Kept<Link>>,
    }

    /// Terms with the same first sound.
    TermGroup {
        /// あ, か, …, or a letter.
        title: String,
        /// The group's `id` on the page.
        anchor: String,
        /// The terms by their reading.
        terms: Vec<TermView>,
    }

    /// A term of the glossary.
    TermView {
        /// Its `id` on the page.
        anchor: String,
        /// The term as HTML, with ruby.
        title_html: String,
        /// Its reading; may be empty.
        reading: String,
        /// Its English name; may be empty.
        english: String,
        /// What it means.
        body_html: String,
    }
}
