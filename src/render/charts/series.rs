//! An indicator: a line over the years, bars by area, the table of both.

use super::{HIDDEN, NOTHING, Unit};
use crate::chart::{self, Bar, BarRow, Dot};
use crate::figure::{Indicator, Number};
use crate::render::studio::Studio;
use crate::render::view::{ChartView, TableRow, TableView};
use crate::site::{Point, Reading, Series};

impl Studio<'_> {
    /// The drawings of an indicator's page; the first one brings the table.
    pub(in crate::render) fn series_charts(&self, indicator: &Indicator, series: &Series) -> Vec<ChartView> {
        let mut charts: Vec<ChartView> = self.over_years(indicator, series).into_iter().collect();
        charts.extend(self.by_area(indicator, series));
        if let Some(first) = charts.first_mut() {
            first.table = Some(self.series_table(indicator, series));
        }
        charts
    }

    /// The line over the years, where the whole has a value.
    pub(in crate::render) fn over_years(&self, indicator: &Indicator, series: &Series) -> Option<ChartView> {
        let unit = Unit(indicator.unit.get(self.lang));
        let points = series.points.iter().filter(|point| point.whole.is_some());
        let dots: Vec<Dot> = points
            .map(|point| Dot {
                year: point.year,
                label: self.short_year(point.year),
                value: point.whole.as_ref().and_then(|whole| whole.number).map(|number| number.value),
                shown: told(point.whole.as_ref(), unit),
            })
            .collect();
        let name = indicator.name.get(self.lang);
        let title = self.words().fill("chart_over_years", &[("name", name)]);
        let table = None;
        (!dots.is_empty()).then(|| {
            self.drawn((title, self.line_summary(series, unit)), table, |caption| chart::line(caption, &dots, None))
        })
    }

    fn line_summary(&self, series: &Series, unit: Unit<'_>) -> String {
        let words = |number: Number| self.measured(number, unit.0);
        match (series.oldest(), series.newest()) {
            (Some((first, from)), Some((last, to))) if first != last => self.words().fill(
                "chart_line_summary",
                &[
                    ("from_year", &self.short_year(first)),
                    ("from", &words(from)),
                    ("to_year", &self.short_year(last)),
                    ("to", &words(to)),
                ],
            ),
            (_, Some((year, value))) => {
                let (year, value) = (self.short_year(year), words(value));
                self.words().fill("chart_one_summary", &[("year", &year), ("value", &value)])
            }
            _ => self.word("chart_nothing_summary"),
        }
    }

    /// Bars by area of the newest year that has areas.
    pub(in crate::render) fn by_area(&self, indicator: &Indicator, series: &Series) -> Option<ChartView> {
        let unit = Unit(indicator.unit.get(self.lang));
        let point = series.newest_by_area()?;
        let row = |label: String, reading: &Reading| BarRow {
            label,
            bars: vec![Bar { value: reading.number.map(|number| number.value), shown: told(Some(reading), unit) }],
        };
        let rows: Vec<BarRow> = point.areas.iter().map(|(area, reading)| row(self.area_name(area), reading)).collect();
        let year = self.short_year(point.year);
        let title = self.words().fill("chart_by_area", &[("name", indicator.name.get(self.lang)), ("year", &year)]);
        let summary = self.area_summary(point, unit);
        Some(self.drawn((title, summary), None, |caption| chart::bars(caption, &rows, None)))
    }

    fn area_summary(&self, point: &Point, unit: Unit<'_>) -> String {
        let known = || point.areas.iter().filter_map(|(area, reading)| Some((reading.number?, area)));
        let most = known().reduce(|a, b| if b.0.value > a.0.value { b } else { a });
        let least = known().reduce(|a, b| if b.0.value < a.0.value { b } else { a });
        let (Some(most), Some(least)) = (most, least) else { return self.word("chart_nothing_summary") };
        if most.0.value <= least.0.value {
            return self.words().fill("chart_even_summary", &[("value", &self.measured(most.0, unit.0))]);
        }
        self.words().fill(
            "chart_area_summary",
            &[
                ("most", &self.area_name(most.1)),
                ("most_value", &self.measured(most.0, unit.0)),
                ("least", &self.area_name(least.1)),
                ("least_value", &self.measured(least.0, unit.0)),
            ],
        )
    }

    /// Years down, the whole and the areas across.
    fn series_table(&self, indicator: &Indicator, series: &Series) -> TableView {
        let unit = Unit(indicator.unit.get(self.lang));
        let mut areas = Vec::new();
        for (area, _) in series.points.iter().flat_map(|point| &point.areas) {
            if !areas.contains(area) {
                areas.push(area.clone());
            }
        }
        areas.sort_by_key(|area| self.site.public.areas.order(area));
        let has_n = series
            .points
            .iter()
            .any(|point| point.whole.as_ref().is_some_and(|whole| whole.n != crate::site::Count::Absent));
        let mut columns = vec![self.word("whole")];
        columns.extend(areas.iter().map(|area| self.area_name(area)));
        columns.extend(has_n.then(|| self.word("people_asked")));
        let rows = series.points.iter().rev().map(|point| {
            let of = |area| point.areas.iter().find(|(id, _)| id == area).map(|(_, reading)| reading);
            let mut cells = vec![told(point.whole.as_ref(), unit)];
            cells.extend(areas.iter().map(|area| told(of(area), unit)));
            cells.extend(
                has_n.then(|| point.whole.as_ref().map_or_else(|| NOTHING.to_owned(), |whole| self.people(whole.n))),
            );
            TableRow { label: self.short_year(point.year), cells }
        });
        let name = indicator.name.get(self.lang);
        TableView {
            caption: self.words().fill("table_of_values", &[("name", name), ("unit", unit.0)]),
            corner: self.word("fiscal_year_heading"),
            columns,
            rows: rows.collect(),
        }
    }
}

fn told(reading: Option<&Reading>, unit: Unit<'_>) -> String {
    match reading {
        None => NOTHING.to_owned(),
        Some(Reading { number: None, .. }) => HIDDEN.to_owned(),
        Some(Reading { number: Some(number), .. }) => unit.short(*number),
    }
}
