//! The values of one row, held close together: half a million rows have to fit into memory.

use crate::facility::Column;

/// A published row fills hardly more columns than this.
const COLUMNS_OF_MOST: usize = 18;

/// Values by column. Empty values are not held.
#[derive(Clone, Debug, Default)]
pub struct Values {
    text: String,
    places: Vec<(Column, u32, u32)>,
}

impl Values {
    /// No values yet, and room for so many bytes of them; what is left over is given back when the row is done.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), places: Vec::with_capacity(COLUMNS_OF_MOST) }
    }

    /// The value in a column; empty where there is none.
    #[must_use]
    pub fn get(&self, column: Column) -> &str {
        let place = self.places.iter().find(|(of, ..)| *of == column);
        place.map_or("", |&(_, start, end)| self.slice(start, end))
    }

    /// All values by the place of their column; empty where there is none.
    pub(super) fn by_place(&self) -> [&str; Column::ALL.len()] {
        let mut values = [""; Column::ALL.len()];
        for (column, value) in self.iter() {
            if let Some(slot) = values.get_mut(column.index()) {
                *slot = value;
            }
        }
        values
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Sets a value; what stood there before is forgotten.
    pub fn insert(&mut self, column: Column, value: impl AsRef<str>) {
        let value = value.as_ref();
        if self.places.iter().any(|(of, ..)| *of == column) {
            let others: Vec<(Column, String)> =
                self.iter().filter(|(of, _)| *of != column).map(|(of, text)| (of, text.to_owned())).collect();
            *self = others.into_iter().collect();
        }
        if value.is_empty() {
            return;
        }
        let offset = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let start = offset(self.text.len());
        self.text.push_str(value);
        self.places.push((column, start, offset(self.text.len())));
    }

    /// All values in the order in which they were set.
    pub fn iter(&self) -> impl Iterator<Item = (Column, &str)> {
        self.places.iter().map(|&(column, start, end)| (column, self.slice(start, end)))
    }

    /// Gives back what was held ready for more. Copied rather than cut: the room of one row is then the next one's,
    /// and the rows lie close together.
    pub(super) fn close(&mut self) {
        self.text = self.text.as_str().to_owned();
        self.places = self.places.as_slice().to_vec();
    }
}

impl<T: AsRef<str>> FromIterator<(Column, T)> for Values {
    fn from_iter<I: IntoIterator<Item = (Column, T)>>(values: I) -> Self {
        let mut found = Self::default();
        values.into_iter().for_each(|(column, value)| found.insert(column, value));
        found
    }
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.places.len() == other.places.len() && self.iter().all(|(column, value)| other.get(column) == value)
    }
}

impl Eq for Values {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_set_and_set_again() {
        let mut values: Values = [(Column::Id, "a"), (Column::Name, "朝日医院")].into_iter().collect();
        values.insert(Column::Id, "tel-1");
        values.insert(Column::Note, "");
        assert_eq!(
            (values.get(Column::Id), values.get(Column::Name), values.get(Column::Note)),
            ("tel-1", "朝日医院", "")
        );
        let same: Values = [(Column::Id, "tel-1"), (Column::Name, "朝日医院")].into_iter().collect();
        assert_eq!(values, same);
        values.insert(Column::Name, "");
        assert_ne!(values, same);
    }
}
