//! The repository's own files, read once: never what is built, installed or published.

use std::path::{Path, PathBuf};

/// A file of the repository.
pub(crate) struct File {
    /// Path below the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Folders that hold no source of ours.
const NOT_OURS: [&str; 8] =
    ["target", ".git", "public", "node_modules", "shots", ".sumika", "proptest-regressions", "fuzz"];

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file that must exist.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// Every text file below `folder` (empty: the root) whose name ends in one of `endings` (none: every text file).
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let start = root().join(folder);
    let mut found: Vec<File> = walkdir::WalkDir::new(&start)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !NOT_OURS.contains(&entry.file_name().to_string_lossy().as_ref()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = below_root(entry.path());
            let wanted = endings.is_empty() || endings.iter().any(|ending| path.ends_with(ending));
            let text = wanted.then(|| std::fs::read_to_string(entry.path()).ok())??;
            Some(File { path, text })
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn below_root(path: &Path) -> String {
    let below = path.strip_prefix(root()).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
