//! The rules: which article, facility, edition or plan may be shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{
    ArticleKey, ConsentState, FacilityKey, Medium, Moment, PublicArticle, PublicEdition, PublicFacility, Reason,
    Request, Verdicts, Withheld,
};
use crate::article::{Article, Consent, Event, Kind, Scope};
use crate::diag::{Code, Diagnostic, Report};
use crate::facility::{Facility, Status};
use crate::library::Library;
use crate::plan::{Edition, Plan};
use crate::source::{Places, SourcePath, Span};

/// All that the rules look at.
pub(super) struct Judge<'a> {
    pub library: &'a Library,
    pub request: &'a Request,
    pub moment: &'a Moment,
    pub errors: &'a Places,
}

type Verdict = Result<(), (Reason, Option<jiff::Timestamp>)>;

impl Judge<'_> {
    /// The articles that are withheld.
    pub(super) fn articles(&self) -> Verdicts<ArticleKey> {
        let mut withheld = BTreeMap::new();
        for article in &self.library.articles {
            if let Err((reason, until)) = self.article(article) {
                let key = (article.id.clone(), article.lang.clone());
                withheld.insert(key, Withheld { span: article.extent.clone(), reason, until });
            }
        }
        self.translations(&mut withheld);
        withheld
    }

    /// A translation is never shown without its original's leave.
    pub(super) fn translations(&self, withheld: &mut Verdicts<ArticleKey>) {
        let default = self.library.config.default_language();
        for article in self.library.articles.iter().filter(|article| &article.lang != default) {
            let original = withheld.get(&(article.id.clone(), default.clone())).cloned();
            let key = (article.id.clone(), article.lang.clone());
            if let Some(original) = original
                && !withheld.contains_key(&key)
            {
                let reason = Reason::Translation(Box::new(original.reason));
                withheld.insert(key, Withheld { span: article.extent.clone(), reason, until: original.until });
            }
        }
    }

    /// Tells each shown article that readers would see confirmed on a day that has not come yet.
    pub(super) fn confirmed_ahead(&self, withheld: &mut Verdicts<ArticleKey>, report: &mut Report) {
        let today = self.moment.zone().to_datetime(self.request.now.max(self.request.at)).date();
        for article in &self.library.articles {
            let key = (article.id.clone(), article.lang.clone());
            let ahead = article.updated.as_ref().filter(|day| day.value > today && !withheld.contains_key(&key));
            let Some(day) = ahead else { continue };
            // A translation has the day from its original, where it is told.
            if day.span.path == article.path {
                let told = Diagnostic::new(Code::ConfirmedAhead).at(&day.span).arg("key", "updated");
                report.push(told.arg("value", day.value).arg("today", today));
            }
            if self.request.quarantine {
                withheld.insert(key, Withheld { span: article.extent.clone(), reason: Reason::Broken, until: None });
            }
        }
        self.translations(withheld);
    }

    fn article(&self, article: &Article) -> Verdict {
        self.broken(&article.extent)?;
        if self.is_of_broken_edition(article) {
            return Err((Reason::Broken, None));
        }
        if article.draft && !self.request.drafts {
            return Err((Reason::Draft, None));
        }
        self.begun(article)?;
        if let Some(expire) = &article.expire
            && self.moment.reached(expire.value)
        {
            return Err((Reason::Expired, None));
        }
        match &article.consent {
            Some(consent) => self.consent(consent),
            None if article.kind == Kind::Story && !article.is_index() => consent_state(ConsentState::Missing),
            None => Ok(()),
        }
    }

    fn broken(&self, extent: &Span) -> Verdict {
        if self.has_error(extent) { Err((Reason::Broken, None)) } else { Ok(()) }
    }

    /// True when quarantine takes it.
    pub(super) fn has_error(&self, extent: &Span) -> bool {
        self.request.quarantine && self.errors.any_in(extent)
    }

    /// `publish` decides where it is written; else the edition's release.
    fn begun(&self, article: &Article) -> Verdict {
        if let Some(publish) = &article.publish {
            return match self.moment.reached(publish.value) {
                true => Ok(()),
                false => Err((Reason::NotYet(publish.span.clone()), Some(publish.value))),
            };
        }
        let Some(slug) = &article.edition else { return Ok(()) };
        let Some(edition) = self.edition_of(article) else { return Err((Reason::NotYet(slug.span.clone()), None)) };
        match self.moment.reached(edition.release.value) {
            true => Ok(()),
            false => Err((Reason::NotYet(edition.release.span.clone()), Some(edition.release.value))),
        }
    }

    fn edition_of(&self, article: &Article) -> Option<&Edition> {
        let slug = article.edition.as_ref()?.value.as_str();
        self.library.plans.iter().flat_map(|plan| &plan.editions).find(|edition| edition.id.as_str() == slug)
    }

    fn consent(&self, consent: &Consent) -> Verdict {
        if consent.withdrawn.as_ref().is_some_and(|day| self.moment.reached_day(day.value)) {
            return consent_state(ConsentState::Withdrawn);
        }
        if !self.moment.reached_day(consent.obtained.value) {
            return Err((Reason::Consent(ConsentState::NotYet), self.moment.start_of(consent.obtained.value)));
        }
        if consent.until.as_ref().is_some_and(|day| self.moment.is_past(day.value)) {
            return consent_state(ConsentState::Ended);
        }
        let scope = match self.request.medium {
            Medium::Web => Scope::Web,
            Medium::Print => Scope::Print,
        };
        if consent.scope.iter().any(|covered| covered.value == scope) {
            Ok(())
        } else {
            consent_state(ConsentState::OutOfScope)
        }
    }

    /// The facilities that are withheld, by id; of rows with one id, all or none.
    pub(super) fn facilities(&self) -> Verdicts<FacilityKey> {
        let mut withheld = BTreeMap::new();
        let distrusted = self.distrusted_lists();
        for facility in &self.library.facilities {
            let verdict = match distrusted.contains(facility.path()) {
                true => Err((Reason::Broken, None)),
                false => self.facility(facility),
            };
            if let Err((reason, until)) = verdict {
                withheld.insert(facility.id.clone(), Withheld { span: facility.row.clone(), reason, until });
            }
        }
        withheld
    }

    /// Lists whose headings have a mistake, where quarantine takes it: any cell of theirs may stand in a column that
    /// it does not belong to, and what a row says of being listed may not be read at all.
    pub(super) fn distrusted_lists(&self) -> BTreeSet<&SourcePath> {
        let heads = self.library.list_heads.iter().filter(|(_, head)| self.has_error(head));
        heads.map(|(path, _)| path).collect()
    }

    /// What quarantine takes whole: files and rows of which nothing could be read, and lists that can't be trusted.
    pub(super) fn unreadable(&self, withheld: &mut Vec<Withheld>) {
        let broken = |span: Span| Withheld { span, reason: Reason::Broken, until: None };
        let distrusted = self.distrusted_lists();
        // One line for the list says it all.
        withheld.retain(|item| !distrusted.contains(&item.span.path));
        withheld.extend(
            self.library.unreadable.iter().filter(|span| !distrusted.contains(&span.path)).cloned().map(broken),
        );
        withheld.extend(self.broken_leads().map(broken));
        withheld
            .extend(distrusted.into_iter().map(|path| broken(Span { path: path.clone(), start: 0, end: u32::MAX })));
    }

    /// What editions say of leading articles with a mistake, as one that nobody knows.
    fn broken_leads(&self) -> impl Iterator<Item = Span> {
        let editions = self.library.plans.iter().flat_map(|plan| &plan.editions);
        editions.filter_map(|edition| edition.lead_extent.clone().filter(|lead| self.has_error(lead)))
    }

    /// True when quarantine takes the article with its edition, of which perhaps nothing could be read.
    fn is_of_broken_edition(&self, article: &Article) -> bool {
        let is_asked = self.request.quarantine && article.edition.is_some();
        is_asked && self.edition_of(article).is_none_or(|edition| self.breaks(edition))
    }

    /// True when quarantine takes the edition: an error is in it, and not only in what it says of its lead.
    fn breaks(&self, edition: &Edition) -> bool {
        let whole = &edition.extent;
        let Some(lead) = &edition.lead_extent else { return self.has_error(whole) };
        let (before, behind) = (Span { end: lead.start, ..whole.clone() }, Span { start: lead.end, ..whole.clone() });
        self.has_error(&before) || self.has_error(&behind)
    }

    /// An edition goes out without a lead that has a mistake.
    fn shown(&self, edition: &Edition) -> Edition {
        let is_sound = edition.lead_extent.as_ref().is_none_or(|lead| !self.has_error(lead));
        let lead = edition.lead.clone().filter(|_| is_sound);
        Edition { lead, ..edition.clone() }
    }

    fn facility(&self, facility: &Facility) -> Verdict {
        self.broken(&facility.row)?;
        if facility.status == Status::Unlisted {
            return Err((Reason::Unlisted, None));
        }
        if facility.closed_on.is_some_and(|day| self.moment.reached_day(day)) {
            return Err((Reason::Closed, None));
        }
        let hidden_after = self.library.config.hidden_after_months;
        let unconfirmed = facility.verified_on.zip(hidden_after).is_some_and(|(day, months)| self.is_over(day, months));
        if unconfirmed { Err((Reason::Unconfirmed, None)) } else { Ok(()) }
    }

    /// What of the articles may be shown.
    pub(super) fn public_articles(
        &self,
        verdicts: &Verdicts<ArticleKey>,
        withheld: &mut Vec<Withheld>,
    ) -> Vec<PublicArticle> {
        withheld.extend(verdicts.values().cloned());
        let shown = |article: &&Arc<Article>| !verdicts.contains_key(&(article.id.clone(), article.lang.clone()));
        self.library.articles.iter().filter(shown).map(|article| self.public_article(article, withheld)).collect()
    }

    fn public_article(&self, article: &Arc<Article>, withheld: &mut Vec<Withheld>) -> PublicArticle {
        let edition = self.edition_of(article).filter(|edition| self.moment.reached(edition.release.value));
        let published = article.publish.as_ref().map(|publish| publish.value);
        let event = article.event.as_ref();
        let end = event.and_then(|event| event.is_over_at(self.moment.zone()));
        let over = end.is_some_and(|end| self.moment.reached(end));
        let deadline = event.and_then(|event| event.apply_deadline);
        PublicArticle {
            article: for_everybody(article, (over, end), withheld),
            edition: edition.map(|edition| edition.id.clone()),
            public_from: published.or(edition.map(|edition| edition.release.value)),
            over,
            // Where nobody is taken any more, the deadline changes nothing.
            applications_closed: event.is_some_and(Event::takes_nobody)
                || deadline.is_some_and(|day| self.moment.is_past(day)),
        }
    }

    /// What of the facilities may be shown.
    pub(super) fn public_facilities(
        &self,
        verdicts: &Verdicts<FacilityKey>,
        withheld: &mut Vec<Withheld>,
    ) -> Vec<PublicFacility> {
        let mut public = Vec::new();
        for facility in &self.library.facilities {
            match verdicts.get(&facility.id) {
                Some(verdict) => withheld.push(Withheld { span: facility.row.clone(), ..verdict.clone() }),
                None => public.push(self.public_facility(facility, withheld)),
            }
        }
        public
    }

    fn public_facility(&self, facility: &Arc<Facility>, withheld: &mut Vec<Withheld>) -> PublicFacility {
        let stale = facility.verified_on.is_none_or(|day| self.is_stale(day));
        if !facility.extra.iter().any(|extra| extra.professionals_only) {
            return PublicFacility { facility: Arc::clone(facility), stale };
        }
        let mut shown = Facility::clone(facility);
        let (hidden, extra) = shown.extra.into_iter().partition(|extra| extra.professionals_only);
        shown.extra = extra;
        withheld.extend(hidden.into_iter().map(|extra| Withheld {
            span: extra.span,
            reason: Reason::Professionals,
            until: None,
        }));
        PublicFacility { facility: Arc::new(shown), stale }
    }

    fn is_stale(&self, verified_on: Date) -> bool {
        self.is_over(verified_on, self.library.config.verified_within_months)
    }

    /// Whether so many months have passed since a day.
    fn is_over(&self, since: Date, months: u32) -> bool {
        let last = since.checked_add(jiff::Span::new().months(i64::from(months)));
        last.is_ok_and(|day| self.moment.reached_day(day))
    }

    /// What is withheld of an edition that is still to come, or that quarantine takes: all of it.
    pub(super) fn waiting(&self, edition: &Edition) -> Option<Withheld> {
        if self.breaks(edition) {
            return Some(Withheld { span: edition.extent.clone(), reason: Reason::Broken, until: None });
        }
        let is_waiting = !self.moment.reached(edition.release.value);
        is_waiting.then(|| Withheld {
            span: edition.extent.clone(),
            reason: Reason::NotYet(edition.release.span.clone()),
            until: Some(edition.release.value),
        })
    }

    /// Released editions, the newest first.
    pub(super) fn editions(&self, withheld: &mut Vec<Withheld>) -> Vec<PublicEdition> {
        let mut public = Vec::new();
        for plan in &self.library.plans {
            for edition in &plan.editions {
                let fiscal_year = plan.fiscal_year.value;
                match self.waiting(edition) {
                    Some(waiting) => withheld.push(waiting),
                    None => public.push(PublicEdition { fiscal_year, edition: Arc::new(self.shown(edition)) }),
                }
            }
        }
        public.sort_by(|a, b| {
            let key = |item: &PublicEdition| (item.edition.release.value, item.edition.id.clone());
            key(b).cmp(&key(a))
        });
        public
    }

    /// A plan is public from its own `publish`, else from the first day of its year, and with its first edition.
    pub(super) fn plans(&self, withheld: &mut Vec<Withheld>) -> Vec<Arc<Plan>> {
        let mut public: Vec<Arc<Plan>> = Vec::new();
        for plan in self.library.plans.iter().rev() {
            if let Some(waiting) = self.waiting_plan(plan) {
                withheld.push(waiting);
                continue;
            }
            let released = plan.editions.iter().filter(|edition| self.waiting(edition).is_none());
            let released = released.map(|edition| self.shown(edition)).collect();
            public.push(Arc::new(Plan { editions: released, ..Plan::clone(plan) }));
        }
        public
    }

    /// What is withheld of a plan that is still to come: all of it.
    pub(super) fn waiting_plan(&self, plan: &Plan) -> Option<Withheld> {
        let first_day = jiff::civil::date(plan.fiscal_year.value, 4, 1);
        let begins = plan.publish.as_ref().map(|at| at.value).or_else(|| self.moment.start_of(first_day));
        // Each is asked, for each is an instant at which the site changes.
        let released = plan.editions.iter().filter(|edition| self.waiting(edition).is_none()).count();
        if begins.is_some_and(|at| self.moment.reached(at)) || released > 0 {
            return None;
        }
        let span = plan.publish.as_ref().map_or(&plan.fiscal_year.span, |at| &at.span).clone();
        let file = Span { path: plan.path.clone(), start: 0, end: u32::MAX };
        Some(Withheld { span: file, reason: Reason::NotYet(span), until: begins })
    }
}

/// What came of an event is not told before the event is over, and what was expected of it is for staff.
fn for_everybody(
    article: &Arc<Article>,
    (over, end): (bool, Option<jiff::Timestamp>),
    withheld: &mut Vec<Withheld>,
) -> Arc<Article> {
    let Some(event) = article.event.as_ref() else { return Arc::clone(article) };
    let result = event.result.as_ref().filter(|_| !over);
    withheld.extend(result.map(|result| Withheld {
        span: result.extent.clone(),
        reason: Reason::NotYet(event.starts.span.clone()),
        until: end,
    }));
    withheld.extend(event.expected.as_ref().map(|expected| Withheld {
        span: expected.extent.clone(),
        reason: Reason::Professionals,
        until: None,
    }));
    if result.is_none() && event.expected.is_none() {
        return Arc::clone(article);
    }
    let result = event.result.clone().filter(|_| over);
    Arc::new(Article { event: Some(Event { result, expected: None, ..event.clone() }), ..Article::clone(article) })
}

fn consent_state(state: ConsentState) -> Verdict {
    Err((Reason::Consent(state), None))
}
