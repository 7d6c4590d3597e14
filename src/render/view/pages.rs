//! One type a template: the variables that the template sees, and which template it is.

use serde::Serialize;

use super::{
    AccessibilityView, AreaGroup, AreaPrintView, AreaView, ArticleCard, ArticleView, CategoryView, CountLink, DataView,
    EditionCard, EditionView, EditionYear, EventCard, EventMonth, EventYear, FacilityView, FigureGroup, FigureView,
    ListingView, MapView, PageView, PlanView, QuestionGroup, QuestionView, RedirectView, ServiceView, TermGroup,
    TopicView,
};

/// A template of the theme contract.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Template {
    /// `home.html`
    Home,
    /// `areas.html`
    Areas,
    /// `area.html`
    Area,
    /// `area-print.html`
    AreaPrint,
    /// `facility.html`
    Facility,
    /// `category.html`
    Category,
    /// `service.html`
    Service,
    /// `topic.html`: scenes and viewpoints
    Topic,
    /// `listing.html`: stories, guides, news
    Listing,
    /// `article.html`: a story, guide, piece of news or page
    Article,
    /// `event.html`
    Event,
    /// `events.html`
    Events,
    /// `faq.html`
    Faq,
    /// `glossary.html`
    Glossary,
    /// `editions.html`
    Editions,
    /// `edition.html`
    Edition,
    /// `plan.html`
    Plan,
    /// `figures.html`
    Figures,
    /// `figure.html`: an indicator, a survey, what the lists give
    Figure,
    /// `data.html`
    Data,
    /// `accessibility.html`
    Accessibility,
    /// `404.html`
    NotFound,
    /// `redirect.html`
    Redirect,
}

impl Template {
    /// Every template.
    pub const ALL: [Self; 23] = [
        Self::Home,
        Self::Areas,
        Self::Area,
        Self::AreaPrint,
        Self::Facility,
        Self::Category,
        Self::Service,
        Self::Topic,
        Self::Listing,
        Self::Article,
        Self::Event,
        Self::Events,
        Self::Faq,
        Self::Glossary,
        Self::Editions,
        Self::Edition,
        Self::Plan,
        Self::Figures,
        Self::Figure,
        Self::Data,
        Self::Accessibility,
        Self::NotFound,
        Self::Redirect,
    ];

    /// Its file below `templates/`.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Home => "home.html",
            Self::Areas => "areas.html",
            Self::Area => "area.html",
            Self::AreaPrint => "area-print.html",
            Self::Facility => "facility.html",
            Self::Category => "category.html",
            Self::Service => "service.html",
            Self::Topic => "topic.html",
            Self::Listing => "listing.html",
            Self::Article => "article.html",
            Self::Event => "event.html",
            Self::Events => "events.html",
            Self::Faq => "faq.html",
            Self::Glossary => "glossary.html",
            Self::Editions => "editions.html",
            Self::Edition => "edition.html",
            Self::Plan => "plan.html",
            Self::Figures => "figures.html",
            Self::Figure => "figure.html",
            Self::Data => "data.html",
            Self::Accessibility => "accessibility.html",
            Self::NotFound => "404.html",
            Self::Redirect => "redirect.html",
        }
    }
}

/// Something that a template can be filled with.
pub trait Page: Serialize {
    /// The template that shows it.
    fn template(&self) -> Template;
}

macro_rules! page_template {
    ($($page:ident => $template:ident),+ $(,)?) => {
        $(impl Page for $page {
            fn template(&self) -> Template {
                Template::$template
            }
        })+
    };
}

page_template! {
    HomePage => Home,
    AreasPage => Areas,
    AreaPage => Area,
    AreaPrintPage => AreaPrint,
    FacilityPage => Facility,
    CategoryPage => Category,
    ServicePage => Service,
    TopicPage => Topic,
    ListingPage => Listing,
    EventsPage => Events,
    FaqPage => Faq,
    GlossaryPage => Glossary,
    EditionsPage => Editions,
    EditionPage => Edition,
    PlanPage => Plan,
    FiguresPage => Figures,
    FigurePage => Figure,
    DataPage => Data,
    AccessibilityPage => Accessibility,
    NotFoundPage => NotFound,
    RedirectPage => Redirect,
}

impl Page for ArticlePage {
    fn template(&self) -> Template {
        if self.article.event.is_some() { Template::Event } else { Template::Article }
    }
}

super::views! {
    /// `home.html`
    HomePage {
        /// Head and place.
        page: PageView,
        /// The content.
        home: HomeView,
    }

    /// The home page.
    HomeView {
        /// The newest edition.
        edition: Option<EditionCard>,
        /// The four scenes.
        scenes: Vec<CountLink>,
        /// The five viewpoints.
        viewpoints: Vec<CountLink>,
        /// Areas by municipality.
        areas: Vec<AreaGroup>,
        /// The map of all areas.
        map: Option<MapView>,
        /// Categories of facilities with their numbers.
        categories: Vec<CountLink>,
        /// A few stories, each as `parts/card.html` shows it; may be empty.
        stories_html: String,
        /// The next events.
        events: Vec<EventCard>,
        /// A few questions.
        questions: Vec<QuestionView>,
        /// The newest news.
        news: Vec<ArticleCard>,
    }

    /// `areas.html`: the way to places, by area, by category, by service.
    AreasPage {
        /// Head and place.
        page: PageView,
        /// The map of all areas.
        map: Option<MapView>,
        /// Areas by municipality.
        groups: Vec<AreaGroup>,
        /// Categories with their numbers.
        categories: Vec<CountLink>,
        /// Services with their numbers.
        services: Vec<CountLink>,
    }

    /// `area.html`
    AreaPage {
        /// Head and place.
        page: PageView,
        /// The content.
        area: AreaView,
    }

    /// `area-print.html`
    AreaPrintPage {
        /// Head and place.
        page: PageView,
        /// The content.
        print: AreaPrintView,
    }

    /// `facility.html`
    FacilityPage {
        /// Head and place.
        page: PageView,
        /// The content.
        facility: FacilityView,
    }

    /// `category.html`
    CategoryPage {
        /// Head and place.
        page: PageView,
        /// The content.
        category: CategoryView,
    }

    /// `service.html`
    ServicePage {
        /// Head and place.
        page: PageView,
        /// The content.
        service: ServiceView,
    }

    /// `topic.html`
    TopicPage {
        /// Head and place.
        page: PageView,
        /// The content.
        topic: TopicView,
    }

    /// `listing.html`
    ListingPage {
        /// Head and place.
        page: PageView,
        /// The content.
        listing: ListingView,
    }

    /// `article.html`, and `event.html` for an article with an event.
    ArticlePage {
        /// Head and place.
        page: PageView,
        /// The content.
        article: ArticleView,
    }

    /// `events.html`
    EventsPage {
        /// Head and place.
        page: PageView,
        /// Coming events by month.
        upcoming: Vec<EventMonth>,
        /// Past events by fiscal year, newest first.
        past_years: Vec<EventYear>,
        /// Events for professionals, kept apart from residents' lists.
        professionals: Vec<EventCard>,
        /// The calendar file of all of them.
        ics_href: String,
    }

    /// `faq.html`
    FaqPage {
        /// Head and place.
        page: PageView,
        /// Questions by scene.
        groups: Vec<QuestionGroup>,
    }

    /// `glossary.html`
    GlossaryPage {
        /// Head and place.
        page: PageView,
        /// Terms by their first sound.
        groups: Vec<TermGroup>,
    }

    /// `editions.html`
    EditionsPage {
        /// Head and place.
        page: PageView,
        /// Editions by fiscal year, newest first.
        years: Vec<EditionYear>,
    }

    /// `edition.html`
    EditionPage {
        /// Head and place.
        page: PageView,
        /// The content.
        edition: EditionView,
    }

    /// `plan.html`
    PlanPage {
        /// Head and place.
        page: PageView,
        /// The content.
        plan: PlanView,
    }

    /// `figures.html`
    FiguresPage {
        /// Head and place.
        page: PageView,
        /// Figures by kind.
        groups: Vec<FigureGroup>,
        /// The numbers as data; may be empty.
        data_href: String,
    }

    /// `figure.html`
    FigurePage {
        /// Head and place.
        page: PageView,
        /// The content.
        figure: FigureView,
    }

    /// `data.html`
    DataPage {
        /// Head and place.
        page: PageView,
        /// The content.
        data: DataView,
    }

    /// `accessibility.html`
    AccessibilityPage {
        /// Head and place.
        page: PageView,
        /// The content.
        policy: AccessibilityView,
    }

    /// `404.html`
    NotFoundPage {
        /// Head and place.
        page: PageView,
        /// The ways on: scenes.
        scenes: Vec<CountLink>,
        /// The ways on: areas.
        areas: Vec<AreaGroup>,
    }

    /// `redirect.html`
    RedirectPage {
        /// Head and place; only language and title are used.
        page: PageView,
        /// Where to.
        redirect: RedirectView,
    }
}
