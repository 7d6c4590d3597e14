//! From the model to artifacts.
//!
//! In: the site as it may be shown, and a theme. Out: artifacts. What templates may see is defined in `view`
//! and nowhere else.

pub mod view;
