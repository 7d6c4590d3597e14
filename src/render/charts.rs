//! Charts of figures with their words: drawing, summary, legend, table.
//!
//! In: what the site may show of figures. Out: `ChartView`s for pages and articles. Geometry is `crate::chart`'s.

mod poll;
mod series;
mod supply;

use poll::Beside;

use super::studio::Studio;
use super::view::{ChartShortcode, ChartView, Kept, Link, TableView};
use crate::chart::Caption;
use crate::figure::{FigureId, Number, Survey};
use crate::markdown::Shortcode;
use crate::site::{Count, PageKind};

/// Stands for a hidden number, in tables and drawings.
pub(super) const HIDDEN: &str = "＊";
/// Stands for a number that there is not.
const NOTHING: &str = "－";

/// How a value is written: beside a `%` it stands alone.
#[derive(Clone, Copy)]
pub(super) struct Unit<'a>(pub(super) &'a str);

impl Unit<'_> {
    fn is_share(self) -> bool {
        self.0.starts_with(['%', '％'])
    }

    /// The value for drawings and tables, whose caption tells the unit.
    fn short(self, number: Number) -> String {
        if self.is_share() { format!("{}%", number.shown()) } else { number.shown() }
    }
}

impl Studio<'_> {
    /// 2025年度.
    pub(super) fn short_year(&self, year: i16) -> String {
        self.words().fill("year_short", &[("year", &year.to_string())])
    }

    /// A value with its unit: 17か所, 52.1%.
    pub(super) fn measured(&self, number: Number, unit: &str) -> String {
        match Unit(unit).is_share() {
            true => Unit(unit).short(number),
            false => self.words().fill("with_unit", &[("value", &number.shown()), ("unit", unit)]),
        }
    }

    /// The page of a figure.
    pub(super) fn figure_href(&self, id: &FigureId) -> String {
        self.href(&PageKind::Figure(id.clone()))
    }

    /// The name of a survey; its identifier where it has none.
    pub(super) fn survey_name(&self, survey: &Survey) -> String {
        survey.name.as_ref().map_or_else(|| survey.id.to_string(), |name| name.get(self.lang).to_owned())
    }

    /// What a `::: chart` shows; none where no year of it is public.
    pub(super) fn chart_of(&self, shortcode: &Shortcode) -> Option<ChartShortcode> {
        let (figures, public) = (&self.site.figures, &self.site.public);
        let year = shortcode.get("year").and_then(|year| year.parse().ok()).unwrap_or(i16::MAX);
        let by_area = shortcode.get("by") == Some("area");
        if let Some(indicator) = shortcode.get("indicator").and_then(|id| public.figures.indicator(id)) {
            let mut series = figures.series_of(public, indicator.id.as_str())?.clone();
            series.points.retain(|point| point.year <= year);
            let series = &series;
            let mut charts = self.series_charts(indicator, series);
            let table = charts.first_mut().and_then(|chart| chart.table.take());
            let chart = if by_area { self.by_area(indicator, series) } else { self.over_years(indicator, series) };
            return Some(ChartShortcode {
                chart: ChartView { table, ..chart? },
                more: self.more(indicator.name.get(self.lang), self.figure_href(&indicator.id)),
                source: indicator.source.as_ref().map_or_else(String::new, |text| text.get(self.lang).to_owned()),
                hidden_note: if series.hides { self.word("hidden_note") } else { String::new() },
            });
        }
        let survey = public.figures.survey(shortcode.get("survey")?)?;
        let poll = figures.poll_of(public, survey.id.as_str(), shortcode.get("question")?)?;
        let beside = if by_area { Beside::Areas } else { Beside::Years };
        let href = format!("{}#{}", self.figure_href(&survey.id), poll.anchor);
        Some(ChartShortcode {
            chart: self.poll_chart(survey, poll, (beside, year))?,
            more: self.more(&self.survey_name(survey), href),
            source: survey.source.as_ref().map_or_else(String::new, |text| text.get(self.lang).to_owned()),
            hidden_note: if poll.hides { self.word("hidden_note") } else { String::new() },
        })
    }

    fn more(&self, name: &str, href: String) -> Kept<Link> {
        Link { label: self.words().fill("chart_more", &[("name", name)]), href }.into()
    }

    fn people(&self, count: Count) -> String {
        match count {
            Count::Told(count) => Number::whole(count).shown(),
            Count::Hidden => HIDDEN.to_owned(),
            Count::Absent => NOTHING.to_owned(),
        }
    }

    /// A drawing, given its words.
    fn drawn(
        &self,
        text: (String, String),
        table: Option<TableView>,
        draw: impl Fn(Caption<'_>) -> String,
    ) -> ChartView {
        let (title, summary) = text;
        let id = format!("c-{}", short_hash(&format!("{title}{summary}")));
        let svg_html = draw(Caption { id: &id, title: &title, summary: &summary });
        ChartView { svg_html, title, summary, legend: Vec::new(), table }
    }
}

/// A name for a drawing's ids that is the same in every build.
fn short_hash(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}").chars().take(10).collect()
}

/// A share in per cent with one decimal.
fn percent(share: f64) -> String {
    format!("{share:.1}%")
}
