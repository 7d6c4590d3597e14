//! From artifacts to a published folder: whole or not at all.
//!
//! In: artifacts, one after the other, and the folder that was published last. Out: the folder, switched over
//! in one call, and what changed. `manifest` and `changeset` are pure; `output`, `lock`, `stage`, `swap`,
//! `record` and `verify` are the edge.
//!
//! # Why is the list of sums called `SHA256SUMS`, and no JSON?
//! An auditor or a server's operator can check the site with `sha256sum -c SHA256SUMS` and nothing of ours. The
//! file is a pure function of the other files: no time, no host, no version, nothing about what is withheld. Its
//! first line, a comment to `sha256sum`, is also how we know a folder for one of our own.
//!
//! # Why are unchanged files compared, and not trusted by their sums or times?
//! Somebody may have edited the output by hand. A build must give the same bytes as a clean build, so an old
//! file is taken over only when its bytes equal the new ones. Only the shortcut for "nothing changed at all"
//! looks at sizes and times, of files that we ourselves recorded (see `record`).

pub mod changeset;
pub mod derive;
pub mod lock;
pub mod manifest;
pub mod output;
pub mod record;
pub mod stage;
mod swap;
pub mod verify;

pub use changeset::Changeset;
pub use derive::Pictures;
pub use lock::Lock;
pub use manifest::{Manifest, Sum};
pub use output::Output;
pub use stage::{Derive, Outcome, Stage};
