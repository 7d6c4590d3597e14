//! Lists of facilities in the order in which pages show them.

use std::collections::BTreeMap;

use super::FacilityNo;
use crate::area::AreaId;
use crate::facility::{Answer, Facility, FacilityId, Serves, Status};
use crate::select::{Public, PublicFacility};
use crate::vocabulary::{CategoryId, ServiceId};

/// Facilities by what pages ask for. Every list is in one order: category, open before paused, reading, id.
#[derive(Debug, Default)]
pub struct FacilityIndex {
    /// By id.
    pub by_id: BTreeMap<FacilityId, FacilityNo>,
    /// All.
    pub all: Vec<FacilityNo>,
    /// Those that stand in an area.
    pub standing: BTreeMap<AreaId, Vec<FacilityNo>>,
    /// Those that stand elsewhere and visit an area.
    pub visiting: BTreeMap<AreaId, Vec<FacilityNo>>,
    /// By category.
    pub by_category: BTreeMap<CategoryId, Vec<FacilityNo>>,
    /// By service: those that offer it, and those that want to be asked first.
    pub by_service: BTreeMap<ServiceId, Offers>,
}

/// Who offers a service.
#[derive(Debug, Default)]
pub struct Offers {
    /// Answered yes.
    pub yes: Vec<FacilityNo>,
    /// Answered "ask first".
    pub ask: Vec<FacilityNo>,
}

impl FacilityIndex {
    pub(super) fn new(public: &Public) -> Self {
        let mut index = Self::default();
        let rank: BTreeMap<&CategoryId, usize> =
            public.vocabulary.categories.iter().enumerate().map(|(rank, category)| (&category.id, rank)).collect();
        let key = |facility: &Facility| {
            let category = rank.get(&facility.category).copied().unwrap_or(usize::MAX);
            let reading = facility.name_kana.clone().unwrap_or_else(|| facility.name.clone());
            (category, facility.status == Status::Paused, reading, facility.id.clone())
        };
        let mut order: Vec<(_, FacilityNo, &PublicFacility)> = public
            .facilities
            .iter()
            .enumerate()
            .map(|(at, facility)| (key(&facility.facility), FacilityNo(at), facility))
            .collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, no, facility) in order {
            index.add(no, &facility.facility, public);
        }
        index
    }

    fn add(&mut self, no: FacilityNo, facility: &Facility, public: &Public) {
        self.by_id.insert(facility.id.clone(), no);
        self.all.push(no);
        self.by_category.entry(facility.category.clone()).or_default().push(no);
        if let Some(area) = &facility.area {
            self.standing.entry(area.clone()).or_default().push(no);
        }
        let served: Vec<&AreaId> = match &facility.serves {
            Serves::All => public.areas.iter().map(|area| &area.id).collect(),
            Serves::Areas(areas) => areas.iter().collect(),
        };
        for area in served {
            if facility.area.as_ref() != Some(area) {
                self.visiting.entry(area.clone()).or_default().push(no);
            }
        }
        for (service, answer) in &facility.services {
            match answer {
                Answer::Yes => self.by_service.entry(service.clone()).or_default().yes.push(no),
                Answer::Ask => self.by_service.entry(service.clone()).or_default().ask.push(no),
                Answer::No => {}
            }
        }
    }
}
