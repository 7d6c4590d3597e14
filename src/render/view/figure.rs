//! Figures: the list of them, and one indicator or survey.

use super::{Kept, LegendEntry, Link};

super::views! {
    /// A drawing with its table.
    ChartView {
        /// The drawing.
        svg_html: String,
        /// Its name.
        title: String,
        /// What can be seen in it, in words.
        summary: String,
        /// What its colours mean; empty where there is one only.
        legend: Vec<LegendEntry>,
        /// The same numbers as a table; `none` where another table of the page holds them.
        table: Option<TableView>,
    }

    /// A table of numbers.
    TableView {
        /// What is in it, with the unit.
        caption: String,
        /// The heading of the first column.
        corner: String,
        /// The other headings.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<TableRow>,
    }

    /// A row of a table.
    TableRow {
        /// Its heading.
        label: String,
        /// Its numbers in words.
        cells: Vec<String>,
    }

    /// Why a figure changed, or did not.
    ChangeView {
        /// The year.
        year: String,
        /// The reason in words.
        text: String,
    }

    /// A figure in a list.
    FigureCard {
        /// Its name.
        title: String,
        /// Its page.
        href: String,
        /// Its newest value with the unit; may be empty.
        value: String,
        /// The year of that value, or the years that there are.
        year: String,
    }

    /// Figures of one kind.
    FigureGroup {
        /// Structure, process, outcome, surveys or lists, in words.
        title: String,
        /// What they tell.
        lead: String,
        /// The figures.
        items: Vec<FigureCard>,
    }

    /// A part of a figure's page: a question of a survey.
    FigureSection {
        /// Where it stands on the page.
        anchor: String,
        /// Its title.
        title: String,
        /// Its drawings.
        charts: Vec<ChartView>,
        /// Tables without drawings.
        tables: Vec<TableView>,
        /// Why it changed, the newest first.
        changes: Vec<ChangeView>,
    }

    /// One figure's page.
    FigureView {
        /// Its identifier.
        id: String,
        /// Its kind in words.
        kind: String,
        /// What must be known before one reads it; may be empty.
        notice: String,
        /// Its drawings.
        charts: Vec<ChartView>,
        /// Why it changed, the newest first.
        changes: Vec<ChangeView>,
        /// Its parts.
        sections: Vec<FigureSection>,
        /// What is counted.
        definition: String,
        /// The unit.
        unit: String,
        /// Who counted.
        source: String,
        /// Why it is looked at.
        why: String,
        /// On which days or in which years it was counted.
        dated: String,
        /// The rule for small numbers, where one is hidden.
        hidden_note: String,
        /// Goals that are seen by it.
        goals: Vec<Kept<Link>>,
        /// The numbers as data; may be empty.
        data_href: String,
        /// The other figures of the site.
        others: Vec<Kept<Link>>,
    }
}
