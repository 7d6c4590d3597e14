//! The numbers of indicators, surveys and lists as rows of open data, in the site's first language.

use crate::area::AreaId;
use crate::figure::{FigureId, Indicator, Number, Survey};
use crate::render::open_data::FigureRecord;
use crate::render::studio::Studio;
use crate::site::{Count, Poll, Reading, Series, SupplyRow};

/// Every number that may be shown, hidden ones named as hidden.
pub(super) fn rows(studio: &Studio<'_>) -> Vec<FigureRecord> {
    let (figures, index) = (&studio.site.public.figures, &studio.site.figures);
    let mut rows = Vec::new();
    for (indicator, series) in figures.indicators.iter().zip(&index.series) {
        of_indicator(studio, indicator, series, &mut rows);
    }
    for (survey, polls) in figures.surveys.iter().zip(&index.polls) {
        for poll in polls {
            of_poll(studio, survey, poll, &mut rows);
        }
    }
    of_lists(studio, &mut rows);
    rows
}

fn in_area(studio: &Studio<'_>, area: Option<&AreaId>, record: &FigureRecord) -> FigureRecord {
    let name = area.map_or_else(String::new, |area| studio.area_name(area));
    FigureRecord { area: area.map_or_else(String::new, ToString::to_string), area_name: name, ..record.clone() }
}

fn of_indicator(studio: &Studio<'_>, indicator: &Indicator, series: &Series, rows: &mut Vec<FigureRecord>) {
    let text = |text: &Option<crate::config::Localised>| {
        text.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned())
    };
    for point in &series.points {
        let said = indicator.years.iter().find(|note| note.year.value == point.year);
        let said = said.map_or_else(String::new, |note| text(&note.changed));
        let record = FigureRecord {
            figure: indicator.id.to_string(),
            name: indicator.name.get(studio.lang).to_owned(),
            kind: indicator.kind.id().to_owned(),
            year: point.year.to_string(),
            unit: indicator.unit.get(studio.lang).to_owned(),
            source: text(&indicator.source),
            ..FigureRecord::default()
        };
        let mut add = |area: Option<&AreaId>, reading: &Reading| {
            let whole_note = if area.is_none() { said.clone() } else { String::new() };
            rows.push(FigureRecord {
                value: reading.number.map_or_else(String::new, Number::plain),
                n: reading.n.told().map_or_else(String::new, |n| n.to_string()),
                status: status(reading.number.is_none()),
                note: reading.note.clone().unwrap_or(whole_note),
                ..in_area(studio, area, &record)
            });
        };
        if let Some(whole) = &point.whole {
            add(None, whole);
        }
        point.areas.iter().for_each(|(area, reading)| add(Some(area), reading));
    }
}

fn status(hidden: bool) -> String {
    if hidden { "hidden".to_owned() } else { String::new() }
}

fn of_poll(studio: &Studio<'_>, survey: &Survey, poll: &Poll, rows: &mut Vec<FigureRecord>) {
    for year in &poll.years {
        let whole = std::iter::once((None, &year.whole));
        for (area, answers) in whole.chain(year.areas.iter().map(|(area, answers)| (Some(area), answers))) {
            for (answer, count) in poll.answers.iter().zip(&answers.counts).filter(|(_, c)| **c != Count::Absent) {
                let record = FigureRecord {
                    figure: survey.id.to_string(),
                    name: studio.survey_name(survey),
                    kind: "survey".to_owned(),
                    question: poll.text.to_string(),
                    item: answer.to_string(),
                    year: year.year.to_string(),
                    value: count.told().map_or_else(String::new, |count| count.to_string()),
                    unit: studio.word("unit_people"),
                    n: answers.n.told().map_or_else(String::new, |n| n.to_string()),
                    status: status(*count == Count::Hidden),
                    source: survey.source.as_ref().map_or_else(String::new, |text| text.get(studio.lang).to_owned()),
                    ..FigureRecord::default()
                };
                rows.push(in_area(studio, area, &record));
            }
        }
    }
}

fn of_lists(studio: &Studio<'_>, rows: &mut Vec<FigureRecord>) {
    let supply = &studio.site.figures.supply;
    if supply.is_empty() {
        return;
    }
    let mut add = |item: String, row: &SupplyRow| {
        let record = FigureRecord {
            figure: FigureId::LISTS.to_owned(),
            name: studio.word("figure_lists"),
            kind: "structure".to_owned(),
            item,
            year: supply.as_of.map_or_else(String::new, |day| day.to_string()),
            unit: studio.word("unit_places"),
            source: studio.word("lists_source"),
            ..FigureRecord::default()
        };
        rows.push(FigureRecord { value: row.all.to_string(), ..record.clone() });
        for (area, places) in supply.areas.iter().zip(&row.areas) {
            rows.push(FigureRecord { value: places.to_string(), ..in_area(studio, Some(area), &record) });
        }
    };
    for (id, row) in &supply.categories {
        add(studio.category_count(id).label, row);
    }
    for (id, row) in &supply.services {
        add(studio.service_count(id).label, row);
    }
}
