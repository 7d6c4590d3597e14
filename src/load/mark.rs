//! A mark of a site's files that costs no reading: another one when a file came, went or was written.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::walk;
use crate::fault::Fault;
use crate::source::{ContentHash, Limits};

/// Hash over names, sizes, times and inodes of everything that a load would read.
///
/// # Errors
/// A folder can't be listed, or there are more files than the limit.
pub fn mark(root: &Path, limits: &Limits) -> Result<String, Fault> {
    let mut hasher = blake3::Hasher::new();
    for entry in walk::walk(root, limits)? {
        hasher.update(entry.place.as_os_str().as_encoded_bytes()).update(&[0]);
        // A file that goes between listing and looking is a change like any other.
        if let Ok(data) = std::fs::symlink_metadata(&entry.place) {
            let numbers = [data.len(), data.ino()].map(u64::to_le_bytes);
            let times = [data.mtime(), data.mtime_nsec(), data.ctime(), data.ctime_nsec()].map(i64::to_le_bytes);
            numbers.iter().chain(&times).for_each(|number| {
                hasher.update(number);
            });
        }
    }
    Ok(ContentHash(*hasher.finalize().as_bytes()).full())
}
