//! Room prepared.
