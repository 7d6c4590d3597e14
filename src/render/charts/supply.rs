//! What the lists give: places by category and service in each area, and for 1,000 people aged 75 and over.

use super::NOTHING;
use crate::chart::{self, Bar, BarRow};
use crate::render::studio::Studio;
use crate::render::view::{ChartView, TableRow, TableView};
use crate::site::{Supply, SupplyRow};

impl Studio<'_> {
    /// For every category with places: bars by area, with the number for 1,000 people beside it.
    pub(in crate::render) fn supply_charts(&self, supply: &Supply) -> Vec<ChartView> {
        let categories = supply.categories.iter().filter(|(_, row)| row.areas.iter().any(|places| *places > 0));
        categories
            .map(|(id, row)| {
                let name = self.category_count(id).label;
                let rows: Vec<BarRow> = supply
                    .areas
                    .iter()
                    .enumerate()
                    .map(|(at, area)| self.supply_bar(supply, row, (at, self.area_name(area))))
                    .collect();
                let title = self.words().fill("chart_supply", &[("name", &name)]);
                let none: Vec<String> = supply
                    .areas
                    .iter()
                    .zip(&row.areas)
                    .filter(|(_, places)| **places == 0)
                    .map(|(area, _)| self.area_name(area))
                    .collect();
                let summary = match none.is_empty() {
                    true => self.words().count("supply_all_summary", row.all),
                    false => {
                        let areas = none.join(self.words().get("list_join"));
                        self.words().fill("supply_gap_summary", &[("n", &row.all.to_string()), ("areas", &areas)])
                    }
                };
                self.drawn((title, summary), None, |caption| chart::bars(caption, &rows, None))
            })
            .collect()
    }

    fn supply_bar(&self, supply: &Supply, row: &SupplyRow, area: (usize, String)) -> BarRow {
        let (at, label) = area;
        let places = row.areas.get(at).copied().unwrap_or(0);
        let count = self.words().count("places", places);
        let shown = match supply.rate(row, at) {
            Some(rate) => {
                let rate = format!("{rate:.2}");
                self.words().fill("places_and_rate", &[("places", &count), ("rate", &rate)])
            }
            None => count,
        };
        #[expect(clippy::cast_precision_loss, reason = "numbers of places are far below 2^52")]
        BarRow { label, bars: vec![Bar { value: Some(places as f64), shown }] }
    }

    /// Categories, their rates, and services, area by area.
    pub(in crate::render) fn supply_tables(&self, supply: &Supply) -> Vec<TableView> {
        let mut columns = vec![self.word("whole")];
        columns.extend(supply.areas.iter().map(|area| self.area_name(area)));
        let counts = |row: &SupplyRow| {
            let numbers = std::iter::once(row.all).chain(row.areas.iter().copied());
            numbers.map(|number| number.to_string()).collect::<Vec<_>>()
        };
        let rates = |row: &SupplyRow| {
            let areas = (0..supply.areas.len()).map(|at| supply.rate(row, at));
            let all = std::iter::once(supply.rate_of_all(row)).chain(areas);
            all.map(|rate| rate.map_or_else(|| NOTHING.to_owned(), |rate| format!("{rate:.2}"))).collect::<Vec<_>>()
        };
        let category = |id: &crate::vocabulary::CategoryId| self.category_count(id).label;
        let table = |caption: &str, corner: &str, rows: Vec<TableRow>| TableView {
            caption: self.word(caption),
            corner: self.word(corner),
            columns: columns.clone(),
            rows,
        };
        let of_categories = supply.categories.iter();
        let by_category = of_categories.clone().map(|(id, row)| TableRow { label: category(id), cells: counts(row) });
        let by_rate = of_categories.map(|(id, row)| TableRow { label: category(id), cells: rates(row) });
        let services = supply.services.iter();
        let by_service = services.map(|(id, row)| TableRow { label: self.service_count(id).label, cells: counts(row) });
        let mut tables = vec![table("supply_categories", "category_heading", by_category.collect())];
        if supply.over_75.iter().any(Option::is_some) {
            tables.push(table("supply_rates", "category_heading", by_rate.collect()));
        }
        if !supply.services.is_empty() {
            tables.push(table("supply_services", "service_heading", by_service.collect()));
        }
        tables
    }
}
