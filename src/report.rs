//! The planners' page: what the year's awareness work reached, what is missing, and where supply has gaps.
//!
//! In: everything authored, an instant, a fiscal year. Out: a `Paper`, one document in three forms (HTML to bring to a
//! meeting, Markdown, tables as CSV). It is for staff: it counts what is withheld and never quotes it, it says what
//! is missing rather than guess it, and no part of it is an artifact of the public site.

mod coverage;
mod csv;
mod editions;
mod events;
mod goals;
mod html;
mod lists;
mod markdown;
mod nights;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::article::{Article, Kind};
use crate::calendar::date;
use crate::calendar::fiscal_year::FiscalYear;
use crate::config::Lang;
use crate::diag::Language;
use crate::library::Library;
use crate::select::{self, Request, Withheld};
use crate::site::{self, Site};

pub use csv::tables;
pub use html::page;
pub use markdown::text;

/// The document.
#[derive(Clone, PartialEq, Debug)]
pub struct Paper {
    /// Its language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// Of what, and as of when.
    pub subtitle: String,
    /// That it is not for the public.
    pub mark: String,
    /// A few numbers at the top.
    pub glance: Vec<Glance>,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A number at the top.
#[derive(Clone, PartialEq, Debug)]
pub struct Glance {
    /// The number.
    pub number: String,
    /// What it counts.
    pub label: String,
    /// True where it asks for something to be done.
    pub alarm: bool,
}

/// A part.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// How to read it.
    pub lead: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// A table.
    Table(Table),
    /// A drawing with its name.
    Chart {
        /// The drawing.
        svg: String,
        /// Its name.
        title: String,
        /// What its colours mean: marks and words.
        legend: Vec<(String, String)>,
    },
    /// What is missing; empty where nothing is.
    Gaps(Vec<String>),
}

/// A table, also a CSV file of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// The name of its file, without ending.
    pub name: &'static str,
    /// What is in it.
    pub caption: String,
    /// Headings, that of the first column included.
    pub columns: Vec<String>,
    /// Rows: heading and cells.
    pub rows: Vec<(String, Vec<Cell>)>,
}

/// What stands where there is no value: a dash that no spreadsheet takes for the beginning of a formula.
const NOTHING: &str = "—";

/// A cell.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// True where something is missing.
    pub gap: bool,
}

impl Cell {
    fn plain(text: impl ToString) -> Self {
        Self { text: text.to_string(), gap: false }
    }

    fn gap(text: impl ToString) -> Self {
        Self { text: text.to_string(), gap: true }
    }

    /// A number that should not be zero.
    fn number(number: usize) -> Self {
        Self { text: number.to_string(), gap: number == 0 }
    }
}

/// All that the parts are written from.
struct Desk<'a> {
    library: &'a Library,
    site: &'a Site,
    withheld: &'a [Withheld],
    at: Timestamp,
    today: Date,
    year: FiscalYear,
    language: Language,
    lang: Lang,
}

impl Desk<'_> {
    fn pick<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    fn day(&self, day: Date) -> String {
        match self.language {
            Language::Ja => date::ja_short(day),
            Language::En => date::en_short(day),
        }
    }

    fn areas(&self) -> impl Iterator<Item = &crate::area::Area> {
        self.site.public.areas.iter()
    }

    /// The article in the site's first language is public now.
    fn is_public(&self, article: &Article) -> bool {
        self.site.translation(&article.id, &article.lang).is_some()
    }

    /// Why the article is not public, if it is not.
    fn why_withheld(&self, article: &Article) -> Option<&Withheld> {
        self.withheld.iter().find(|withheld| withheld.span == article.extent)
    }

    /// Articles of the first language that inform residents or professionals.
    fn articles(&self) -> impl Iterator<Item = &Article> {
        let first = self.library.config.default_language();
        let told = |kind: Kind| matches!(kind, Kind::Story | Kind::Faq | Kind::Guide | Kind::Event);
        let all = self.library.articles.iter().map(|article| &**article);
        all.filter(move |article| &article.lang == first && told(article.kind) && !article.is_index())
    }

    /// How the title of an article is written here: a story that is not public is never named.
    fn title(&self, article: &Article) -> String {
        match (self.is_public(article), article.kind) {
            (false, Kind::Story) => self.pick("（公開していない体験談）", "(a story that is not public)").to_owned(),
            _ => crate::markdown::ruby::base_text(&article.title.value).into_owned(),
        }
    }
}

/// The report on a fiscal year (by default that of the request's instant), as things stand at that instant.
#[must_use]
pub fn paper(library: &Library, request: &Request, year: Option<FiscalYear>, language: Language) -> Paper {
    let selection = select::at(library, &[], request).value;
    let site = site::model(selection.public).value;
    let today = library.config.zone.to_datetime(request.at).date();
    let tag = if language == Language::Ja { "ja" } else { "en" };
    let desk = Desk {
        library,
        site: &site,
        withheld: &selection.withheld,
        at: request.at,
        today,
        year: year.unwrap_or_else(|| FiscalYear::of(today)),
        language,
        lang: Lang::new(tag).unwrap_or_else(Lang::ja),
    };
    let sections = vec![
        coverage::section(&desk),
        nights::section(&desk),
        goals::section(&desk),
        events::section(&desk),
        lists::section(&desk),
        editions::section(&desk),
    ];
    let year_words = if language == Language::Ja { desk.year.ja() } else { desk.year.en() };
    let subtitle = match language {
        Language::Ja => format!("{}　{}時点", library.config.title.get(&desk.lang), date::ja(today)),
        Language::En => format!("{}, as of {}", library.config.title.get(&desk.lang), date::en(today)),
    };
    Paper {
        language,
        title: match language {
            Language::Ja => format!("{year_words}　啓発の取り組みの点検"),
            Language::En => format!("Review of the awareness work, {year_words}"),
        },
        subtitle,
        mark: desk.pick("庁内資料　公開しないでください", "Internal: not for publication").to_owned(),
        glance: glance(&desk, &sections),
        sections,
    }
}

/// Numbers at the top: what is public, and how much is missing in each part.
fn glance(desk: &Desk<'_>, sections: &[Section]) -> Vec<Glance> {
    let public = desk.articles().filter(|article| desk.is_public(article)).count();
    let mut glance = vec![Glance {
        number: public.to_string(),
        label: desk.pick("公開中の記事と催し", "articles and events that are public").to_owned(),
        alarm: false,
    }];
    for section in sections {
        let gaps: usize = section
            .blocks
            .iter()
            .map(|block| match block {
                Block::Gaps(gaps) => gaps.len(),
                Block::Table(_) | Block::Chart { .. } => 0,
            })
            .sum();
        let label = match desk.language {
            Language::Ja => format!("{}の気づき", section.title),
            Language::En => format!("points in “{}”", section.title),
        };
        glance.push(Glance { number: gaps.to_string(), label, alarm: gaps > 0 });
    }
    glance
}

#[cfg(test)]
mod tests;
