//! The words of the domain: what the public sees under an identifier that code and data use.
//!
//! Scenes, viewpoints, audiences, methods and stages come from the programme's own texts and are fixed
//! (`fixed`). Categories of facilities and the services they offer have a built-in table (`builtin.toml`) that
//! a site's `resources/categories.toml` extends and overrides (`categories`). Every name and explanation is
//! Japanese and English; nothing here knows a facility.

mod categories;
mod colour;
mod fixed;
mod marker;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::source::Span;

pub use categories::{CATEGORIES_FILE, read};
pub use colour::Colour;
pub use fixed::{Audience, Method, Scene, Stage, Viewpoint};
pub use marker::{Marker, Shape};

/// A text in Japanese and in English.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Words {
    /// Japanese.
    pub ja: Cow<'static, str>,
    /// English, shown to readers of every other language as well.
    pub en: Cow<'static, str>,
}

impl Words {
    /// Words known at compile time.
    #[must_use]
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja: Cow::Borrowed(ja), en: Cow::Borrowed(en) }
    }

    /// The text for a language tag: Japanese for `ja` and `ja-…`, else English.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        if language == "ja" || language.starts_with("ja-") { &self.ja } else { &self.en }
    }
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identifier in this text, which its table has checked.
            #[must_use]
            pub fn new(id: &str) -> Self {
                Self(Arc::from(id))
            }

            /// As text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, formatter)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

identifier! {
    /// Names a kind of facility: `visiting_nursing`.
    CategoryId
}
identifier! {
    /// Names something that facilities do: `around_the_clock`.
    ServiceId
}

/// A kind of facility, with its mark on the maps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    /// Its identifier, part of the page's address.
    pub id: CategoryId,
    /// What the public calls it.
    pub name: Words,
    /// What such a place does, in a plain sentence.
    pub description: Words,
    /// Its mark on maps and in lists.
    pub marker: Marker,
    /// Columns of the lists that only this kind has.
    pub columns: Vec<ExtraColumn>,
    /// Where the site's own table names it; none for a built-in one.
    pub span: Option<Span>,
}

/// A column that a category declares beyond the common ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtraColumn {
    /// Its identifier, a valid heading.
    pub id: Arc<str>,
    /// Its heading for the public, a valid heading too.
    pub name: Words,
    /// True when its values are never published.
    pub professionals_only: bool,
}

/// Something that facilities do, answered yes, no or "ask first".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// Its identifier, part of the page's address.
    pub id: ServiceId,
    /// What the public calls it.
    pub name: Words,
    /// What it means, in a plain sentence.
    pub description: Words,
    /// The scenes on whose pages it is shown.
    pub scenes: Vec<Scene>,
    /// Where the site's own table names it; none for a built-in one.
    pub span: Option<Span>,
}

/// All categories and services of a site, in the order in which they are shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vocabulary {
    /// Kinds of facilities.
    pub categories: Vec<Category>,
    /// What they do.
    pub services: Vec<Service>,
}

impl Vocabulary {
    /// The tables that come with the program.
    #[must_use]
    pub fn builtin() -> Self {
        categories::builtin()
    }

    /// The category with this identifier.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id.as_str() == id)
    }

    /// The service with this identifier.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id.as_str() == id)
    }
}
