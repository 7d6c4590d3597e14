//! Areas, layers and maps on real boundary files from `../shared`; each test skips with a line where they are absent.
//!
//! With `SUMIKA_MAPS_OUT=DIR` the drawings are written there, to be looked at.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files and may stop at what it cannot read"
)]

mod maps {
    pub(crate) mod draw;
    pub(crate) mod read;
}

use std::path::{Path, PathBuf};

/// The shared data, or `None` with a line that says so.
fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !found.exists() {
        println!("skipped: shared/{path} is not here");
        return None;
    }
    Some(found)
}
