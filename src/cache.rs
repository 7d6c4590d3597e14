//! Keeps what is costly to make: encoded pictures.
//!
//! In: a key, which is a hash of everything that decides the bytes, and the bytes. Out: the bytes, if they are those
//! that were put in. An entry that is broken or foreign counts as absent. Times, names and paths of the site's files
//! play no part. Nothing here may fail a build: what cannot be kept is made again next time.

#![expect(clippy::disallowed_methods, reason = "edge: keeps files between builds")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder of entries. It may be deleted at any time.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// The name of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of these parts, in this order.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }
}

/// What every entry begins with; then the sum of key and bytes, then the bytes.
const MAGIC: &[u8] = b"sumika cache 1\n";
const SUM_LENGTH: usize = 32;

fn sum(key: &Key, bytes: &[u8]) -> [u8; SUM_LENGTH] {
    *blake3::keyed_hash(&key.0, bytes).as_bytes()
}

impl Cache {
    /// A cache in this folder, which is made when the first entry is kept.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn place(&self, key: &Key) -> PathBuf {
        let hex = key.hex();
        let (first, rest) = hex.split_at(2);
        self.folder.join(first).join(rest)
    }

    /// The bytes that were kept under the key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut entry = fs::read(self.place(key)).ok()?;
        let rest = entry.strip_prefix(MAGIC)?;
        let (written, bytes) = rest.split_at_checked(SUM_LENGTH)?;
        if written != sum(key, bytes) {
            return None;
        }
        entry.drain(..MAGIC.len() + SUM_LENGTH);
        Some(entry)
    }

    /// Keeps bytes under the key; a reader sees all of them or none.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let place = self.place(key);
        let Some(folder) = place.parent() else { return };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("unfinished-{}-{number}", std::process::id()));
        let entry = [MAGIC, &sum(key, bytes), bytes].concat();
        let kept = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&unfinished, entry))
            .and_then(|()| fs::rename(&unfinished, &place));
        if kept.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
    }

    /// Every file that is no entry of these keys.
    #[must_use]
    pub fn others(&self, keys: &BTreeSet<Key>) -> Vec<PathBuf> {
        let known: BTreeSet<PathBuf> = keys.iter().map(|key| self.place(key)).collect();
        let files = walkdir::WalkDir::new(&self.folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
        files.filter(|path| !known.contains(path)).collect()
    }

    /// Removes every other entry, and what a killed program left unfinished.
    pub fn keep_only(&self, keys: &BTreeSet<Key>) {
        let keep: BTreeSet<PathBuf> = keys.iter().map(|key| self.place(key)).collect();
        let files = walkdir::WalkDir::new(&self.folder).into_iter().filter_map(Result::ok);
        for file in files.filter(|entry| !entry.file_type().is_dir() && !keep.contains(entry.path())) {
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_put_in_comes_out() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(&folder.path().join("cache"));
        let (key, other) = (Key::of(&[b"a", b"b"]), Key::of(&[b"ab"]));
        assert_ne!(key, other);
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"bytes");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"bytes"[..]));
        let whole = fs::read(cache.place(&key)).unwrap();
        for broken in
            [&whole[..whole.len() - 1], &whole[..3], b"", b"another program's file", &[&whole[..], b"x"].concat()]
        {
            fs::write(cache.place(&key), broken).unwrap();
            assert_eq!(cache.get(&key), None, "{broken:?}");
        }
        fs::create_dir_all(cache.place(&other).parent().unwrap()).unwrap();
        fs::write(cache.place(&other), &whole).unwrap();
        assert_eq!(cache.get(&other), None, "an entry under another name");
        cache.put(&key, b"again");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"again"[..]));
        cache.put(&other, b"withdrawn");
        cache.keep_only(&BTreeSet::from([key]));
        assert_eq!((cache.get(&key).is_some(), cache.get(&other), cache.place(&other).exists()), (true, None, false));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cache"), "a file").unwrap();
        let cache = Cache::at(&folder.path().join("cache"));
        cache.put(&Key::of(&[b"a"]), b"bytes");
        assert_eq!(cache.get(&Key::of(&[b"a"])), None);
    }
}
