//! Cards and entries as HTML: `parts/card.html` and `parts/entry.html`.
//!
//! In: numbers of articles and facilities. Out: their parts of lists, joined. Thousands of lists repeat them, so
//! each is made once and kept.

use std::sync::OnceLock;

use super::Studio;
use super::facility::OnMap;
use crate::diag::Diagnostic;
use crate::render::maps::Drawn;
use crate::render::pictures::Used;
use crate::render::view::{CardPart, EntryPart};
use crate::site::{ArticleNo, FacilityNo};

type Made<T> = OnceLock<Result<T, Box<Diagnostic>>>;

/// Heading levels of entries that stand in many lists.
const LEVELS: [u8; 2] = [3, 4];

/// The parts that were made so far, by position.
#[derive(Default)]
pub(super) struct Parts {
    cards: Vec<Made<Card>>,
    entries: [Vec<Made<Box<str>>>; LEVELS.len()],
}

/// Kept without the room that rendering left over.
struct Card {
    html: Box<str>,
    used: Used,
}

/// How the entries of a list are shown.
#[derive(Clone, Copy)]
pub(in crate::render) struct Entries<'a> {
    /// The level of the heading that is a facility's name.
    pub level: u8,
    /// The map beside the list.
    pub drawn: Option<&'a Drawn>,
    /// True for facilities that stand elsewhere and visit.
    pub visits: bool,
    /// True where the list is the one that links of the page point to.
    pub anchored: bool,
}

impl Entries<'_> {
    /// Entries without a map.
    pub(in crate::render) fn plain(level: u8) -> Self {
        Self { level, drawn: None, visits: false, anchored: true }
    }

    /// The position of the level, where the entry is the same in every list.
    fn repeated(&self) -> Option<usize> {
        let same = self.drawn.is_none() && !self.visits && self.anchored;
        LEVELS.iter().position(|level| same && *level == self.level)
    }
}

impl Parts {
    pub(super) fn new(articles: usize, facilities: usize) -> Self {
        fn empty<T>(count: usize) -> Vec<Made<T>> {
            std::iter::repeat_with(OnceLock::new).take(count).collect()
        }
        Self { cards: empty(articles), entries: [empty(facilities), empty(facilities)] }
    }
}

impl Studio<'_> {
    /// The cards of articles, in this order.
    pub(in crate::render) fn cards_html(
        &self,
        numbers: &[ArticleNo],
        used: &mut Used,
    ) -> Result<String, Box<Diagnostic>> {
        let mut html = String::new();
        for &no in numbers {
            let Some(kept) = self.shared.parts.cards.get(no.0) else { continue };
            let card = kept.get_or_init(|| self.make_card(no)).as_ref().map_err(Clone::clone)?;
            html.push_str(&card.html);
            used.append(card.used.clone());
        }
        Ok(html)
    }

    fn make_card(&self, no: ArticleNo) -> Result<Card, Box<Diagnostic>> {
        let mut used = Used::default();
        let part = CardPart { card: self.card(no, &mut used) };
        let html = self.room.render("parts/card.html", &part, &part.card.href)?;
        Ok(Card { html: html.into_boxed_str(), used })
    }

    /// The entries of facilities, in this order.
    pub(in crate::render) fn entries_html(
        &self,
        numbers: &[FacilityNo],
        entries: Entries<'_>,
    ) -> Result<String, Box<Diagnostic>> {
        let mut html = String::new();
        for &no in numbers {
            let kept = entries.repeated().and_then(|level| self.shared.parts.entries.get(level)?.get(no.0));
            match kept {
                Some(kept) => {
                    let made = kept.get_or_init(|| self.make_entry(no, entries));
                    html.push_str(made.as_ref().map_err(Clone::clone)?);
                }
                None => html.push_str(&self.make_entry(no, entries)?),
            }
        }
        Ok(html)
    }

    fn make_entry(&self, no: FacilityNo, entries: Entries<'_>) -> Result<Box<str>, Box<Diagnostic>> {
        let on_map = entries.drawn.map_or_else(OnMap::default, |drawn| drawn.on_map(no));
        let mut entry = self.entry(no, on_map, entries.visits)?;
        if !entries.anchored {
            entry.anchor.clear();
        }
        let part = EntryPart { entry, level: entries.level };
        self.room.render("parts/entry.html", &part, &part.entry.href).map(String::into_boxed_str)
    }
}
