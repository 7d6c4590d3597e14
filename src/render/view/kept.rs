//! Views that many pages show.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// A view with its form in the template engine, made once: a page that shows it takes both as they are.
pub struct Kept<T>(Arc<Both<T>>);

struct Both<T> {
    view: T,
    value: Value,
}

impl<T: Serialize> From<T> for Kept<T> {
    fn from(view: T) -> Self {
        let value = Value::from_serializable(&view);
        Self(Arc::new(Both { view, value }))
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.view
    }
}

impl<T: Serialize + Default> Default for Kept<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes a value of its own as it is.
        self.0.value.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_what_it_keeps() {
        let view = (1, "二");
        let kept = Kept::from(view);
        assert_eq!(serde_json::to_string(&[&kept]).ok(), serde_json::to_string(&[&view]).ok());
        assert_eq!(Value::from_serializable(&kept), Value::from_serializable(&view));
        assert_eq!((*kept, format!("{kept:?}")), (view, format!("{view:?}")));
    }
}
