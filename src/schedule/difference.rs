//! What differs between two selections of one library.
//!
//! In: what is public before and after. Out: effects in order, each thing once. Whatever a page can show has to be
//! compared here: equal selections have equal output, so what is left out here would be a change without a date.

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, EffectKind};
use crate::article::ArticleId;
use crate::config::Lang;
use crate::facility::FacilityId;
use crate::figure::{Indicator, Survey};
use crate::markdown::ruby;
use crate::select::{ConsentState, Public, PublicArticle, PublicFacility, Reason, Selection};
use crate::source::Span;

pub(super) fn between(before: &Selection, after: &Selection) -> Vec<Effect> {
    let mut effects = BTreeSet::new();
    plans(&before.public, &after.public, &mut effects);
    articles(before, after, &mut effects);
    facilities(before, after, &mut effects);
    figures(&before.public, &after.public, &mut effects);
    effects.into_iter().collect()
}

fn plans(before: &Public, after: &Public, effects: &mut BTreeSet<Effect>) {
    let known: BTreeSet<_> = before.editions.iter().map(|edition| &edition.edition.id).collect();
    let language = after.config.default_language();
    for edition in after.editions.iter().filter(|edition| !known.contains(&edition.edition.id)) {
        effects.insert(Effect {
            kind: EffectKind::EditionReleased,
            name: ruby::base_text(edition.edition.title.get(language)).into_owned(),
            place: edition.edition.extent.clone(),
        });
    }
    let known: BTreeSet<i16> = before.plans.iter().map(|plan| plan.fiscal_year.value).collect();
    for plan in after.plans.iter().filter(|plan| !known.contains(&plan.fiscal_year.value)) {
        effects.insert(Effect {
            kind: EffectKind::PlanPublic,
            name: plan.fiscal_year.value.to_string(),
            place: plan.fiscal_year.span.clone(),
        });
    }
}

/// Articles in all their languages; translations that go with their original are not told apart from it.
fn articles(before: &Selection, after: &Selection, effects: &mut BTreeSet<Effect>) {
    let by_key = |public: &Public| -> BTreeMap<(ArticleId, Lang), PublicArticle> {
        public.articles.iter().map(|item| (key_of(item), item.clone())).collect()
    };
    let (old, new) = (by_key(&before.public), by_key(&after.public));
    let language = after.public.config.default_language();
    let mut told = BTreeSet::new();
    let mut tell = |item: &PublicArticle, kind: EffectKind| {
        if told.insert((item.article.id.clone(), kind)) {
            effects.insert(effect(item, kind));
        }
    };
    // Originals first: what a translation shares with its original is told of the original.
    let is_original = |item: &&PublicArticle| &item.article.lang == language;
    let (originals, others): (Vec<_>, Vec<_>) = new.values().partition(is_original);
    for item in originals.into_iter().chain(others) {
        match old.get(&key_of(item)) {
            None => tell(item, EffectKind::ArticlePublished),
            Some(known) => changed(known, item).into_iter().for_each(|kind| tell(item, kind)),
        }
    }
    let gone = old.values().filter(|item| !new.contains_key(&key_of(item)));
    let (originals, others): (Vec<_>, Vec<_>) = gone.partition(is_original);
    for item in originals.into_iter().chain(others) {
        tell(item, reason_of(after, &item.article.extent));
    }
}

fn key_of(item: &PublicArticle) -> (ArticleId, Lang) {
    (item.article.id.clone(), item.article.lang.clone())
}

fn effect(item: &PublicArticle, kind: EffectKind) -> Effect {
    let name = ruby::base_text(&item.article.title.value).into_owned();
    Effect { kind, name, place: item.article.extent.clone() }
}

fn changed(old: &PublicArticle, new: &PublicArticle) -> Vec<EffectKind> {
    let mut kinds = Vec::new();
    if old.over != new.over {
        kinds.push(EffectKind::EventPast);
    } else if old.applications_closed != new.applications_closed {
        kinds.push(EffectKind::ApplicationsClosed);
    }
    if (&old.edition, old.public_from) != (&new.edition, new.public_from) {
        kinds.push(EffectKind::JoinsEdition);
    }
    kinds
}

fn facilities(before: &Selection, after: &Selection, effects: &mut BTreeSet<Effect>) {
    let by_id = |public: &Public| -> BTreeMap<FacilityId, PublicFacility> {
        public.facilities.iter().map(|item| (item.facility.id.clone(), item.clone())).collect()
    };
    let (old, new) = (by_id(&before.public), by_id(&after.public));
    let mut tell = |item: &PublicFacility, kind: EffectKind| {
        effects.insert(Effect { kind, name: item.facility.name.clone(), place: item.facility.row.clone() });
    };
    for (id, item) in &new {
        match old.get(id) {
            None => tell(item, EffectKind::FacilityListed),
            Some(known) if known.stale != item.stale => tell(item, EffectKind::VerificationStale),
            Some(_) => {}
        }
    }
    for (id, item) in &old {
        if !new.contains_key(id) {
            tell(item, reason_of(after, &item.facility.row));
        }
    }
}

/// Rows of indicators and surveys, or what is said of a year, that were not public before.
fn figures(before: &Public, after: &Public, effects: &mut BTreeSet<Effect>) {
    let language = after.config.default_language();
    for one in &after.figures.indicators {
        let counts = |other: &&Indicator| (other.values.len(), other.years.len());
        let old = before.figures.indicators.iter().find(|other| other.id == one.id);
        if let Some(place) = one.values.last().map(|value| value.row.clone())
            && old.as_ref().map(counts) != Some(counts(&one))
        {
            let name = one.name.get(language).to_owned();
            effects.insert(Effect { kind: EffectKind::FiguresPublished, name, place });
        }
    }
    for one in &after.figures.surveys {
        let counts = |other: &&Survey| (other.rows.len(), other.years.len());
        let old = before.figures.surveys.iter().find(|other| other.id == one.id);
        if let Some(place) = one.rows.last().map(|row| row.row.clone())
            && old.as_ref().map(counts) != Some(counts(&one))
        {
            let name = one.name.as_ref().map_or_else(|| one.id.to_string(), |name| name.get(language).to_owned());
            effects.insert(Effect { kind: EffectKind::FiguresPublished, name, place });
        }
    }
}

/// Why something is withheld now.
fn reason_of(after: &Selection, span: &Span) -> EffectKind {
    let withheld = after.withheld.iter().find(|item| &item.span == span);
    withheld.map_or(EffectKind::Withheld, |item| kind_of(&item.reason))
}

fn kind_of(reason: &Reason) -> EffectKind {
    match reason {
        Reason::Expired => EffectKind::ArticleExpired,
        Reason::Closed => EffectKind::FacilityClosed,
        Reason::Unconfirmed => EffectKind::FacilityUnconfirmed,
        Reason::Consent(ConsentState::Withdrawn) => EffectKind::ConsentWithdrawn,
        Reason::Consent(_) => EffectKind::ConsentEnded,
        Reason::Translation(original) => kind_of(original),
        Reason::Draft | Reason::NotYet(_) | Reason::Unlisted | Reason::Professionals | Reason::Broken => {
            EffectKind::Withheld
        }
    }
}
