//! How a report looks: one small file a format.

pub mod github;
pub mod human;
pub mod json;
mod place;
pub mod sarif;

#[cfg(test)]
mod tests;
