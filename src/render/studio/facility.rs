//! Facilities in lists.

use super::parts::Entries;
use super::{Service, Studio, phone_view};
use crate::calendar::hours::{DayHours, Exception, OpeningHours};
use crate::diag::Diagnostic;
use crate::facility::{Answer, Facility, Status};
use crate::markdown::ruby;
use crate::render::view::{
    AnswerView, CategoryTag, EntryFacts, EntryFactsPart, FacilityEntry, FacilityGroup, HoursRow, HoursView, Kept, Link,
};
use crate::site::{FacilityNo, PageKind};
use crate::vocabulary::CategoryId;

/// What a map knows of an entry: its number and grid cell.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct OnMap {
    pub number: Option<u32>,
    pub cell: String,
    /// True when there is a map, and the entry is not on it.
    pub off: bool,
}

impl Studio<'_> {
    pub(in crate::render) fn category_tag(&self, id: &CategoryId) -> Kept<CategoryTag> {
        self.shared.categories.get(id).cloned().unwrap_or_default()
    }

    pub(in crate::render) fn entry(
        &self,
        no: FacilityNo,
        on_map: OnMap,
        visits: bool,
    ) -> Result<FacilityEntry, Box<Diagnostic>> {
        let facility = &self.site.facility(no).facility;
        Ok(FacilityEntry {
            id: facility.id.to_string(),
            anchor: anchor(facility),
            number: on_map.number,
            on_map: self.on_map_in_words(&on_map, visits),
            href: self.href(&PageKind::Facility(no)),
            name: name(facility),
            kana: facility.name_kana.clone().unwrap_or_default(),
            category: self.category_tag(&facility.category),
            area: facility.area.as_ref().map(|area| self.area_link(area)),
            address: address_line(facility),
            phone: facility.phone.as_ref().map(phone_view),
            fax: facility.fax.as_ref().map_or_else(String::new, |fax| fax.shown().to_owned()),
            paused: facility.status == Status::Paused,
            visits,
            facts_html: self.facts_of(no)?,
        })
    }

    fn on_map_in_words(&self, on_map: &OnMap, visits: bool) -> String {
        match on_map.cell.as_str() {
            "" if on_map.off && !visits => self.word("not_on_map"),
            "" => String::new(),
            cell => self.words().fill("map_cell", &[("cell", cell)]),
        }
    }

    /// What every list says of a facility, made once however many lists show it.
    fn facts_of(&self, no: FacilityNo) -> Result<Kept<String>, Box<Diagnostic>> {
        let make = || self.make_facts(no);
        self.shared.facilities.get(no.0).map_or_else(make, |words| words.facts.get_or_init(make).clone())
    }

    fn make_facts(&self, no: FacilityNo) -> Result<Kept<String>, Box<Diagnostic>> {
        let public = self.site.facility(no);
        let facility = &public.facility;
        let facts = EntryFacts {
            hours: self.hours_in_list(facility),
            services: self.answered(facility, Answer::Yes, |service| &service.name),
            ask: self.answered(facility, Answer::Ask, |service| &service.name),
            verified: facility.verified_on.map(|day| self.date(day)),
            stale: public.stale,
        };
        let address = self.href(&PageKind::Facility(no));
        self.room.render("parts/entry-facts.html", EntryFactsPart { facts }, &address).map(Kept::from)
    }

    /// In the order of the vocabulary.
    fn answered<T>(&self, facility: &Facility, wanted: Answer, view: impl Fn(&Service) -> &Kept<T>) -> Vec<Kept<T>> {
        let given = facility.services.iter().filter(|(_, answer)| **answer == wanted);
        let mut ranked: Vec<&Service> = given.filter_map(|(id, _)| self.shared.services.get(id)).collect();
        ranked.sort_unstable_by_key(|service| service.rank);
        ranked.into_iter().map(|service| view(service).clone()).collect()
    }

    /// Its services with this answer.
    pub(in crate::render) fn answers(&self, facility: &Facility, wanted: Answer) -> Vec<Kept<AnswerView>> {
        self.answered(facility, wanted, |service| &service.answer)
    }

    /// A link to its page.
    pub(in crate::render) fn facility_link(&self, no: FacilityNo) -> Kept<Link> {
        let link = || self.link(&name(&self.site.facility(no).facility), &PageKind::Facility(no));
        self.shared.facilities.get(no.0).map_or_else(link, |words| words.link.get_or_init(link).clone())
    }

    /// Groups by category, in the order in which the numbers stand.
    pub(in crate::render) fn by_category(
        &self,
        numbers: &[FacilityNo],
        entries: Entries<'_>,
    ) -> Result<Vec<FacilityGroup>, Box<Diagnostic>> {
        let category = |no: &FacilityNo| &self.site.facility(*no).facility.category;
        let runs = numbers.chunk_by(|a, b| category(a) == category(b));
        let groups = runs.filter_map(|run| run.first().map(|first| (category(first), run)));
        let group = |(category, run): (&CategoryId, &[FacilityNo])| {
            let count = self.category_count(category);
            Ok(FacilityGroup {
                title: count.label,
                anchor: format!("c-{category}"),
                mark_html: count.mark_html,
                href: count.href,
                description: count.description,
                count: run.len(),
                entries_html: self.entries_html(run, entries)?,
            })
        };
        groups.map(group).collect()
    }

    /// The days on which it is open; one row without a day where that is all there is to say.
    fn hours_in_list(&self, facility: &Facility) -> Vec<HoursRow> {
        let said = |times: String| vec![HoursRow { times, ..HoursRow::default() }];
        let Some(hours) = &facility.hours else { return facility.hours_raw.clone().map_or_else(Vec::new, said) };
        if hours.week().around_the_clock() {
            return said(self.word("around_the_clock"));
        }
        let mut rows = self.hours_rows(hours);
        // An empty line would look as if nobody knew.
        if never_opens(hours) {
            return rows.into_iter().next().map_or_else(Vec::new, |first| said(first.times));
        }
        rows.retain(|row| !row.closed);
        rows
    }

    pub(in crate::render) fn hours_view(&self, facility: &Facility) -> Option<HoursView> {
        let note = self.hours_note(facility);
        if facility.hours.is_none() && facility.hours_raw.is_none() && note.is_empty() {
            return None;
        }
        Some(HoursView {
            rows: facility.hours.as_ref().map_or_else(Vec::new, |hours| self.hours_rows(hours)),
            always: facility.hours.as_ref().is_some_and(|hours| hours.week().around_the_clock()),
            raw: if facility.hours.is_some() { String::new() } else { facility.hours_raw.clone().unwrap_or_default() },
            note,
        })
    }

    /// Monday to Sunday and public holidays; neighbours with equal hours share a row.
    fn hours_rows(&self, hours: &OpeningHours) -> Vec<HoursRow> {
        let week = hours.week();
        let mut rows: Vec<HoursRow> = Vec::new();
        if week.regular || never_opens(hours) {
            let weekdays: Vec<&str> = self.words().get("weekdays").split(' ').collect();
            let mut first = 0;
            for run in week.days.chunk_by(|a, b| a == b) {
                let names = weekdays.get(first..first + run.len()).unwrap_or_default();
                first += run.len();
                rows.extend(run.first().map(|day| self.hours_row(self.day_names(names), day)));
            }
        }
        rows.extend(week.holidays.as_ref().map(|day| self.hours_row(self.word("public_holiday"), day)));
        rows
    }

    /// 月, 土・日, 月〜金.
    fn day_names(&self, names: &[&str]) -> String {
        match names {
            [first, .., last] if names.len() > 2 => self.words().fill("day_range", &[("from", first), ("to", last)]),
            names => names.join(self.words().get("day_join")),
        }
    }

    fn hours_row(&self, day: String, hours: &DayHours) -> HoursRow {
        let times = if self.lang.is_japanese() { hours.ja() } else { hours.en() };
        HoursRow { day, times, closed: hours.closed && hours.sometimes.is_empty() }
    }

    /// What differs on some dates, or in some weeks where there are no rows to say it in; then the row's own note.
    fn hours_note(&self, facility: &Facility) -> String {
        let week = facility.hours.as_ref().map(OpeningHours::week);
        let is_told = |one: &Exception| one.is_of_week() && week.as_ref().is_some_and(|week| week.regular);
        let exceptions = week.iter().flat_map(|week| &week.exceptions).filter(|one| !is_told(one));
        let said = exceptions.map(|rule| if self.lang.is_japanese() { rule.ja() } else { rule.en() });
        let parts: Vec<String> = said.chain(facility.hours_note.clone()).collect();
        parts.join(self.words().get("list_join"))
    }
}

/// `off` and nothing else: an ordinary week of closed days, with no exceptions that could be told instead.
fn never_opens(hours: &OpeningHours) -> bool {
    let week = hours.week();
    !week.regular && week.exceptions.is_empty()
}

/// The name as plain text: of ruby, the base.
pub(in crate::render) fn name(facility: &Facility) -> String {
    ruby::base_text(&facility.name).into_owned()
}

/// The entry's id in a list.
pub(in crate::render) fn anchor(facility: &Facility) -> String {
    format!("f-{}", facility.id)
}

/// Address and building in one line.
pub(in crate::render) fn address_line(facility: &Facility) -> String {
    let building = facility.building.as_deref().unwrap_or_default();
    let address = facility.address.as_deref().unwrap_or_default();
    if building.is_empty() || address.ends_with(building) {
        address.to_owned()
    } else {
        format!("{address} {building}")
    }
}
