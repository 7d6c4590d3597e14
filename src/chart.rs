//! Charts as SVG: a line over years, bars, parts of a whole, parts to both sides of a middle.
//!
//! In: numbers with the words that stand beside them. Out: one `<svg>` each, with a name and a description. The
//! geometry is a pure function of the input; nothing here knows what is measured, nor the language.
//!
//! Drawn for a column of 360 units: at 320 px of screen the lettering is 12 px, in a wide column a little
//! over the size of the text. Labels stand above what they name, so that Japanese and English names of any length
//! have the whole width. Colours grow lighter in one order, so that they can be told apart without
//! colour and on grey paper; the order of parts is the order of the legend.

mod bars;
mod colour;
mod line;
mod parts;
mod pen;

pub use bars::{Bar, BarRow, bars};
pub use colour::swatch;
pub use line::{Dot, line};
pub use parts::{Part, PartRow, Parts, diverging, stacked};

/// What a drawing is called.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Begins the drawing's ids; different for each drawing of a page.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What can be seen in it, in a sentence or two.
    pub summary: &'a str,
}

#[cfg(test)]
mod tests;
