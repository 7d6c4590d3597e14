//! What the lists themselves give: places by category, service and area, and for how many people aged 75 and over.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::area::AreaId;
use crate::facility::{Serves, Status};
use crate::select::Public;
use crate::site::FacilityNo;
use crate::site::facilities::FacilityIndex;
use crate::vocabulary::{CategoryId, ServiceId};

/// Places by area.
#[derive(Clone, Debug, Default)]
pub struct Supply {
    /// The areas, in their order.
    pub areas: Vec<AreaId>,
    /// People aged 75 and over in each area, with the year they were counted.
    pub over_75: Vec<Option<(i16, u64)>>,
    /// By category: places that stand in the area.
    pub categories: Vec<(CategoryId, SupplyRow)>,
    /// By service: places that stand in the area or come to it, and say that they do it.
    pub services: Vec<(ServiceId, SupplyRow)>,
    /// The latest day on which a row was confirmed.
    pub as_of: Option<Date>,
}

/// One kind of place, area by area.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupplyRow {
    /// Everywhere; places that stand in no area or come to several count once.
    pub all: usize,
    /// By area.
    pub areas: Vec<usize>,
}

impl Supply {
    /// True when there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty() || self.categories.is_empty()
    }

    /// Places for 1,000 people aged 75 and over in an area.
    #[must_use]
    pub fn rate(&self, row: &SupplyRow, area: usize) -> Option<f64> {
        let (_, people) = self.over_75.get(area).copied().flatten().filter(|(_, people)| *people > 0)?;
        Some(rate(*row.areas.get(area)?, people))
    }

    /// The same over all areas, where every area's people are known.
    #[must_use]
    pub fn rate_of_all(&self, row: &SupplyRow) -> Option<f64> {
        let people: Option<u64> = self.over_75.iter().map(|known| known.map(|(_, people)| people)).sum();
        people.filter(|people| *people > 0).map(|people| rate(row.all, people))
    }

    /// The years in which people were counted.
    #[must_use]
    pub fn years(&self) -> Vec<i16> {
        let years: BTreeSet<i16> = self.over_75.iter().flatten().map(|(year, _)| *year).collect();
        years.into_iter().collect()
    }
}

fn rate(places: usize, people: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of places and people are far below 2^52")]
    let rate = places as f64 * 1000.0 / people as f64;
    rate
}

pub(super) fn supply(public: &Public, index: &FacilityIndex) -> Supply {
    let areas: Vec<AreaId> = public.areas.iter().map(|area| area.id.clone()).collect();
    let over_75 = public
        .areas
        .iter()
        .map(|area| area.figures.iter().rev().find_map(|figures| Some((figures.year, figures.over_75?))));
    let order: BTreeMap<&AreaId, usize> = areas.iter().enumerate().map(|(at, area)| (area, at)).collect();
    let count = |of: &[FacilityNo], comes: bool| {
        let mut row = SupplyRow { all: 0, areas: vec![0; areas.len()] };
        let places = of.iter().filter_map(|no| public.facilities.get(no.0)).map(|one| &one.facility);
        for facility in places.filter(|facility| facility.status != Status::Paused) {
            row.all += 1;
            let mut reached: BTreeSet<usize> =
                facility.area.iter().filter_map(|area| order.get(area)).copied().collect();
            match &facility.serves {
                Serves::All if comes => reached.extend(0..areas.len()),
                Serves::Areas(served) if comes => reached.extend(served.iter().filter_map(|area| order.get(area))),
                Serves::All | Serves::Areas(_) => {}
            }
            for at in reached {
                if let Some(number) = row.areas.get_mut(at) {
                    *number += 1;
                }
            }
        }
        row
    };
    let categories = public.vocabulary.categories.iter().filter_map(|category| {
        let of = index.by_category.get(&category.id)?;
        Some((category.id.clone(), count(of, false)))
    });
    let services = public.vocabulary.services.iter().filter_map(|service| {
        let of = &index.by_service.get(&service.id)?.yes;
        Some((service.id.clone(), count(of, true))).filter(|(_, row)| row.all > 0)
    });
    let answered = |no: &FacilityNo| public.facilities.get(no.0).and_then(|public| public.facility.verified_on);
    Supply {
        over_75: over_75.collect(),
        categories: categories.collect(),
        services: services.collect(),
        as_of: index.all.iter().filter_map(answered).max(),
        areas,
    }
}
