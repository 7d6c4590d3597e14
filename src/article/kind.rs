//! What an article is.

/// The kinds of articles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// The story of a family or of someone who cares.
    Story,
    /// A question and its answer.
    Faq,
    /// How to do something.
    Guide,
    /// Something that takes place.
    Event,
    /// An announcement.
    News,
    /// A page of its own.
    Page,
    /// A word of the glossary.
    Term,
}

impl Kind {
    /// Every kind with its identifier.
    pub const CHOICES: &'static [(&'static str, Kind)] = &[
        ("story", Kind::Story),
        ("faq", Kind::Faq),
        ("guide", Kind::Guide),
        ("event", Kind::Event),
        ("news", Kind::News),
        ("page", Kind::Page),
        ("term", Kind::Term),
    ];

    /// The identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::CHOICES.iter().find(|(_, kind)| *kind == self).map_or("", |(id, _)| id)
    }

    /// The top folders of `content/` with the kind that each holds.
    pub const FOLDERS: &'static [(&'static str, Kind)] = &[
        ("stories", Kind::Story),
        ("faq", Kind::Faq),
        ("guides", Kind::Guide),
        ("events", Kind::Event),
        ("news", Kind::News),
        ("pages", Kind::Page),
        ("glossary", Kind::Term),
    ];

    /// Names by which people may call a folder in Japanese.
    pub const JAPANESE_FOLDERS: &'static [(&'static str, Kind)] = &[
        ("体験", Kind::Story),
        ("物語", Kind::Story),
        ("手記", Kind::Story),
        ("声", Kind::Story),
        ("看取り", Kind::Story),
        ("ストーリー", Kind::Story),
        ("質問", Kind::Faq),
        ("手引", Kind::Guide),
        ("ガイド", Kind::Guide),
        ("催し", Kind::Event),
        ("行事", Kind::Event),
        ("イベント", Kind::Event),
        ("お知らせ", Kind::News),
        ("用語", Kind::Term),
    ];

    /// The top folder of `content/` that holds this kind.
    #[must_use]
    pub fn folder(self) -> Option<&'static str> {
        Self::FOLDERS.iter().find(|(_, kind)| *kind == self).map(|(name, _)| *name)
    }

    /// The kind that a top folder of `content/` holds.
    #[must_use]
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::FOLDERS.iter().find(|(name, _)| *name == folder).map(|(_, kind)| *kind)
    }

    /// First part of the addresses of this kind; `None` for pages, which stand at the top.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        match self {
            Self::Story => Some("stories"),
            Self::Faq => Some("faq"),
            Self::Guide => Some("guides"),
            Self::Event => Some("events"),
            Self::News => Some("news"),
            Self::Page => None,
            Self::Term => Some("glossary"),
        }
    }
}
