//! All that templates see: one page type a template, made of small documented views.
//!
//! In: nothing (the page makers fill these in). Out: what serde hands to the template engine. The contract with
//! theme authors is closed: every field is always present, an `Option` that holds nothing is `none` in a
//! template, and there are no other variables than these, `site`, `t` and `shared`. Names that end in `_html` hold
//! finished HTML (write `| safe`); all other text is plain and is escaped by the engine. Every `href` is
//! ready to use: it carries the site's base path.
//!
//! *Why structs filled with text, and not the model itself?* The model may change its shape any day; a
//! municipality's own theme must not break when it does. And what is not in a view cannot leak.

mod area;
mod article;
mod element;
mod event;
mod facility;
mod figure;
mod kept;
mod listing;
mod pages;
mod plan;
mod policy;
mod shortcode;
mod site;

pub use area::{AreaCard, AreaGroup, AreaPrintView, AreaView, FigureRow, PrintGroup, PrintRow};
pub use article::{
    ArticleCard, ArticleView, CardGroup, CardPart, QuestionGroup, QuestionView, TermGroup, TermView, TocEntry,
};
pub use element::{
    CorrectionView, CountLink, DateView, ImageView, InsetView, LanguageView, LegendEntry, Link, MapView, PageView,
    PhoneView, ReviewView,
};
pub use event::{ApplyView, EventArea, EventCard, EventMonth, EventView, EventYear, ResultView};
pub use facility::{
    AnswerView, CategoryTag, EntryFacts, EntryFactsPart, EntryPart, FacilityEntry, FacilityGroup, FacilityView,
    FactView, HoursRow, HoursView,
};
pub use figure::{ChangeView, ChartView, FigureCard, FigureGroup, FigureSection, FigureView, TableRow, TableView};
pub use kept::Kept;
pub use listing::{CategoryView, ListingView, ServiceView, TopicView};
pub use pages::{
    AccessibilityPage, AreaPage, AreaPrintPage, AreasPage, ArticlePage, CategoryPage, DataPage, EditionPage,
    EditionsPage, EventsPage, FacilityPage, FaqPage, FigurePage, FiguresPage, GlossaryPage, HomePage, HomeView,
    ListingPage, NotFoundPage, Page, PlanPage, RedirectPage, ServicePage, Template, TopicPage,
};
pub use plan::{
    EditionArticle, EditionCard, EditionLocal, EditionStage, EditionView, EditionYear, GoalView, PlanReview, PlanView,
    StageView,
};
pub use policy::{AccessibilityView, DataFile, DataView, IssueView, RedirectView};
pub use shortcode::{
    CalloutShortcode, ChartShortcode, EventShortcode, FacilityShortcode, FigureShortcode, MangaPage, MangaShortcode,
    MapShortcode, QrShortcode, QuoteShortcode, VideoShortcode,
};
pub use site::{DeskView, EmergencyView, FooterGroup, NavLink, SiteView, TilesView};

/// Defines view structs and, beside them, the list of their field names: the theme check compares it with the
/// names that templates use.
macro_rules! views {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, PartialEq, Debug, Default, serde::Serialize)]
            pub struct $name {
                $($(#[doc = $field_doc])+ pub $field: $type,)*
            }
        )+
        /// The names of all fields defined here.
        pub(super) const FIELDS: &[&str] = &[$($(stringify!($field),)*)+];
    };
}
use views;

/// The name of every field that any view has.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    [
        area::FIELDS,
        article::FIELDS,
        element::FIELDS,
        event::FIELDS,
        facility::FIELDS,
        figure::FIELDS,
        listing::FIELDS,
        pages::FIELDS,
        plan::FIELDS,
        policy::FIELDS,
        shortcode::FIELDS,
        site::FIELDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
