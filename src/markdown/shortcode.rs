//! Shortcodes: lines of colons at the very beginning of a line, outside code.
//!
//! `::: name key="value"` is a leaf or opens a container; `:::` closes the container that was opened last. A container
//! inside another has fewer colons, or as many. Before pulldown reads the text, each such line is masked by a
//! thematic break of the same length: blocks end there as they would at a break, and every other byte keeps its place.

mod attribute;
mod kind;
mod line;
mod open;

pub use kind::Kind;

pub(super) use kind::references;
pub(super) use line::{Directive, Directives, directives};
pub(super) use open::{Head, head};
