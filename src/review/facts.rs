//! What a reviewer wants to know of a row: the names of its category and area, its association, its place.

use super::roll::{Field, Roll};
use super::{Context, Item};
use crate::facility::Column;
use crate::geo::Position;
use crate::japan::kana;
use crate::source::{SourcePath, Span};

/// Names things.
pub(super) struct Facts<'a> {
    context: Context<'a>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(context: Context<'a>) -> Self {
        Self { context }
    }

    pub(super) fn item(&self, roll: &Roll<'_>, row: usize) -> Item {
        let entry = roll.entries.get(row);
        let path = entry.and_then(|entry| roll.list(*entry)).map(|list| list.path.clone());
        let path = path.or_else(|| SourcePath::new("list.csv"));
        let nowhere = || unreachable!("a plain name");
        let path = path.unwrap_or_else(nowhere);
        Item {
            id: roll.text(row, Column::Id),
            name: roll.text(row, Column::Name),
            category: self.category(&roll.text(row, Column::Category)),
            area: self.area(roll, row),
            source: roll.text(row, Column::Source),
            line: entry.map_or(0, |entry| entry.line),
            span: roll.span(row).unwrap_or_else(|| Span::file(&path)),
            path: path.to_string(),
        }
    }

    /// The name of a category, or what is written.
    fn category(&self, written: &str) -> String {
        let mut categories = self.context.vocabulary.categories.iter();
        let found = categories.find(|category| is_called(written, category.id.as_str(), &category.name.ja));
        found.map_or_else(|| written.to_owned(), |category| category.name.ja.to_string())
    }

    fn area(&self, roll: &Roll<'_>, row: usize) -> String {
        let written = roll.text(row, Column::Area);
        let areas = self.context.areas;
        if !written.is_empty() {
            let named = areas.iter().find(|area| is_called(&written, area.id.as_str(), &area.name));
            return named.map_or(written, |area| area.name.clone());
        }
        let located =
            position(roll, row).and_then(|position| areas.locate(position).first().map(|area| area.name.clone()));
        located.unwrap_or_default()
    }

    /// The identifier that a word in a cell stands for, where it names a category, service or area of ours.
    pub(super) fn identifier(&self, column: Column, written: &str) -> Option<String> {
        let vocabulary = self.context.vocabulary;
        match column {
            Column::Category => {
                let mut all = vocabulary.categories.iter();
                all.find(|item| is_called(written, item.id.as_str(), &item.name.ja)).map(|item| item.id.to_string())
            }
            Column::Services => {
                let mut all = vocabulary.services.iter();
                all.find(|item| is_called(written, item.id.as_str(), &item.name.ja)).map(|item| item.id.to_string())
            }
            Column::Area | Column::Serves => {
                let mut all = self.context.areas.iter();
                all.find(|area| is_called(written, area.id.as_str(), &area.name)).map(|area| area.id.to_string())
            }
            _ => None,
        }
    }
}

fn is_called(written: &str, id: &str, name: &str) -> bool {
    written == id || kana::fold(written) == kana::fold(name)
}

/// Where a row stands, if it says so in two columns or in one.
pub(super) fn position(roll: &Roll<'_>, row: usize) -> Option<Position> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let (lat, lon) = match roll.cell(row, &Field::Location) {
        Some(cell) => {
            let value = cell.value();
            let (lat, lon) = value.split_once(',')?;
            (number(lat)?, number(lon)?)
        }
        None => (number(&roll.text(row, Column::Lat))?, number(&roll.text(row, Column::Lon))?),
    };
    let position = Position { lat, lon };
    (position.is_on_earth() && (lat != 0.0 || lon != 0.0)).then_some(position)
}
