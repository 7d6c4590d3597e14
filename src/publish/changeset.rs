//! What differs between two releases. Pure.

use super::Manifest;
use crate::artifact::OutputPath;

/// The paths of a new release, sorted by what becomes of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changeset {
    /// Not there before.
    pub added: Vec<OutputPath>,
    /// There with other bytes.
    pub changed: Vec<OutputPath>,
    /// No longer there.
    pub removed: Vec<OutputPath>,
    /// How many stay as they are.
    pub kept: usize,
}

impl Changeset {
    /// Compares two manifests.
    #[must_use]
    pub fn between(old: &Manifest, new: &Manifest) -> Self {
        let mut changes = Self::default();
        for (path, sum) in new.iter() {
            match old.get(path) {
                None => changes.added.push(path.clone()),
                Some(before) if before != sum => changes.changed.push(path.clone()),
                Some(_) => changes.kept += 1,
            }
        }
        changes.removed.extend(old.iter().map(|(path, _)| path).filter(|path| new.get(path).is_none()).cloned());
        changes
    }

    /// True when both releases are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sum;
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let mut manifest = Manifest::default();
        for (path, body) in files {
            manifest.insert(OutputPath::new(path).unwrap(), Sum::of(body.as_bytes()));
        }
        manifest
    }

    #[test]
    fn each_path_is_added_changed_removed_or_kept() {
        let old = manifest(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let new = manifest(&[("a", "1"), ("b", "2"), ("d", "1")]);
        let changes = Changeset::between(&old, &new);
        let paths = |paths: &[OutputPath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(paths(&changes.added), ["d"]);
        assert_eq!(paths(&changes.changed), ["b"]);
        assert_eq!(paths(&changes.removed), ["c"]);
        assert_eq!(changes.kept, 1);
        assert!(Changeset::between(&old, &old).is_empty());
    }
}
