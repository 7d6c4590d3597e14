//! Marks on maps: a shape that holds a number, filled or outlined, in one of few colours.

use super::Colour;

/// A form that can hold a number and is told from the others in grey and when small.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// A square with a roof.
    House,
    /// A square with round ends at the left and right.
    Pill,
    /// A square whose lower edge comes to a point.
    Shield,
    /// A square whose right edge comes to a point.
    Tag,
    /// A wide square that leans to the right.
    Slant,
}

/// How one category is marked on maps and in lists. The shape carries the meaning, the colour helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marker {
    /// Its form.
    pub shape: Shape,
    /// True for white with a coloured edge and number, false for a coloured ground with a white number.
    pub outlined: bool,
    /// The colour of ground or edge.
    pub colour: Colour,
}

impl Shape {
    /// What `shape = "…"` can say: the form, and whether it is outlined.
    pub const CHOICES: &'static [(&'static str, (Self, bool))] = &[
        ("circle", (Self::Circle, false)),
        ("square", (Self::Square, false)),
        ("diamond", (Self::Diamond, false)),
        ("house", (Self::House, false)),
        ("pill", (Self::Pill, false)),
        ("shield", (Self::Shield, false)),
        ("tag", (Self::Tag, false)),
        ("slant", (Self::Slant, false)),
        ("ring", (Self::Circle, true)),
        ("circle-outline", (Self::Circle, true)),
        ("square-outline", (Self::Square, true)),
        ("diamond-outline", (Self::Diamond, true)),
        ("house-outline", (Self::House, true)),
        ("pill-outline", (Self::Pill, true)),
        ("shield-outline", (Self::Shield, true)),
        ("tag-outline", (Self::Tag, true)),
        ("slant-outline", (Self::Slant, true)),
    ];

    /// Its name, for style classes and templates.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Square => "square",
            Self::Diamond => "diamond",
            Self::House => "house",
            Self::Pill => "pill",
            Self::Shield => "shield",
            Self::Tag => "tag",
            Self::Slant => "slant",
        }
    }
}
