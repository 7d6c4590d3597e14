//! How a report looks: one small file a format.

pub mod human;
