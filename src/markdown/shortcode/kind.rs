//! The shortcodes that there are.

use crate::markdown::{Reference, Shortcode};
use crate::source::Spanned;

/// A shortcode by its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A picture with a caption.
    Figure,
    /// A facility's card.
    Facility,
    /// The map of an area.
    Map,
    /// An event's card.
    Event,
    /// A QR code.
    Qr,
    /// What a person said.
    Quote,
    /// A box that stands out.
    Callout,
    /// A film with its transcript.
    Video,
    /// A comic with its words.
    Manga,
    /// A figure as a drawing.
    Chart,
}

/// An attribute that a shortcode takes.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// What it may say; empty where anything is allowed.
    pub(super) values: &'static [&'static str],
}

const fn required(name: &'static str) -> Key {
    Key { name, required: true, values: &[] }
}

const fn optional(name: &'static str) -> Key {
    Key { name, required: false, values: &[] }
}

/// What a chart can set beside each other.
const BESIDE: &[&str] = &["year", "area"];

/// The kinds of callout.
const CALLOUTS: &[&str] = &["note", "tip", "important", "warning", "emergency"];

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 10] = [
        Self::Figure,
        Self::Facility,
        Self::Map,
        Self::Event,
        Self::Qr,
        Self::Quote,
        Self::Callout,
        Self::Video,
        Self::Manga,
        Self::Chart,
    ];

    /// The name that authors write.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Facility => "facility",
            Self::Map => "map",
            Self::Event => "event",
            Self::Qr => "qr",
            Self::Quote => "quote",
            Self::Callout => "callout",
            Self::Video => "video",
            Self::Manga => "manga",
            Self::Chart => "chart",
        }
    }

    /// True if it holds a body and needs a closing line.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self, Self::Quote | Self::Callout | Self::Video | Self::Manga)
    }

    pub(super) fn keys(self) -> &'static [Key] {
        match self {
            Self::Figure => const { &[required("src"), required("alt"), optional("caption")] },
            Self::Facility | Self::Event => const { &[required("id")] },
            Self::Map => const { &[required("area")] },
            Self::Qr => const { &[optional("url"), optional("label")] },
            Self::Quote => const { &[optional("who")] },
            Self::Callout => const { &[Key { name: "kind", required: false, values: CALLOUTS }, optional("title")] },
            Self::Video => const { &[optional("src"), optional("url"), optional("title"), optional("poster")] },
            Self::Manga => const { &[optional("title")] },
            Self::Chart => {
                const {
                    &[
                        optional("indicator"),
                        optional("survey"),
                        optional("question"),
                        optional("year"),
                        Key { name: "by", required: false, values: BESIDE },
                    ]
                }
            }
        }
    }
}

/// What a shortcode names.
pub(in crate::markdown) fn references(shortcode: &Shortcode) -> impl Iterator<Item = Reference<'_>> {
    type Make = for<'a> fn(&'a Spanned<String>) -> Reference<'a>;
    let named: &[(&str, Make)] = match shortcode.kind {
        Kind::Figure => &[("src", |value| Reference::Picture(value))],
        Kind::Facility => &[("id", |value| Reference::Facility(value))],
        Kind::Map => &[("area", |value| Reference::Area(value))],
        Kind::Event => &[("id", |value| Reference::Event(value))],
        Kind::Qr => &[("url", |value| Reference::Link(value))],
        Kind::Video => &[
            ("src", |value| Reference::File(value)),
            ("poster", |value| Reference::Picture(value)),
            ("url", |value| Reference::Link(value)),
        ],
        // Figures are looked up by several keys at once.
        Kind::Chart | Kind::Quote | Kind::Callout | Kind::Manga => &[],
    };
    named.iter().filter_map(|(key, make)| shortcode.attributes.get(key).map(make))
}
