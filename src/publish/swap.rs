//! Puts the new release in the place of the old one, in one call where the system has it.

#![expect(clippy::disallowed_methods, reason = "edge: moves folders")]

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, Mode, OFlags};

use super::Output;
use super::output::remove;
use crate::fault::{Action, Fault};

/// Trouble after the switch: the site is published by then, so that it comes back as a value.
#[derive(Default)]
pub(super) struct Aftermath {
    /// The switch could not be brought safely to disk.
    pub(super) unsynced: Option<Fault>,
    /// The old release could not be removed.
    pub(super) leftover: Option<Fault>,
}

/// Brings the staged release to the disk and switches over. What is removed afterwards is the old release.
pub(super) fn switch(output: &Output) -> Result<Aftermath, Fault> {
    let staging = output.staging();
    sync_all(&staging)?;
    let swap = |cause| Fault::io(Action::Swap, output.folder(), cause);
    if std::fs::symlink_metadata(output.folder()).is_err() {
        std::fs::rename(&staging, output.folder()).map_err(swap)?;
        return Ok(Aftermath { unsynced: sync_folder(output.parent()).err(), leftover: None });
    }
    let old = if exchange(&staging, output.folder()).map_err(swap)? {
        staging
    } else {
        let aside = output.aside();
        std::fs::rename(output.folder(), &aside).map_err(swap)?;
        if let Err(cause) = std::fs::rename(&staging, output.folder()) {
            let _ = std::fs::rename(&aside, output.folder());
            return Err(swap(cause));
        }
        aside
    };
    Ok(Aftermath { unsynced: sync_folder(output.parent()).err(), leftover: remove(&old).err() })
}

/// Exchanges two folders; false where the system or the file system can't.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::io::Errno;
    match rustix::fs::renameat_with(CWD, one, CWD, other, rustix::fs::RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// One call for the whole file system: ten thousand small files would take a minute one by one.
#[cfg(target_os = "linux")]
fn sync_all(folder: &Path) -> Result<(), Fault> {
    let sync = |cause: rustix::io::Errno| Fault::io(Action::Sync, folder, cause.into());
    let handle = open_folder(folder)?;
    match rustix::fs::syncfs(&handle) {
        Err(rustix::io::Errno::NOSYS) => sync_each(folder),
        result => result.map_err(sync),
    }
}

#[cfg(not(target_os = "linux"))]
fn sync_all(folder: &Path) -> Result<(), Fault> {
    sync_each(folder)
}

/// Files first, then the folders that name them.
fn sync_each(folder: &Path) -> Result<(), Fault> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.map_err(|problem| Fault::io(Action::Sync, folder, io::Error::other(problem.to_string())))?;
        let synced = File::open(entry.path()).and_then(|file| file.sync_all());
        synced.map_err(|cause| Fault::io(Action::Sync, entry.path(), cause))?;
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> Result<(), Fault> {
    let handle = open_folder(folder)?;
    rustix::fs::fsync(&handle).map_err(|cause| Fault::io(Action::Sync, folder, cause.into()))
}

fn open_folder(folder: &Path) -> Result<File, Fault> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let opened = rustix::fs::openat(CWD, folder, flags, Mode::empty());
    opened.map(File::from).map_err(|cause| Fault::io(Action::Sync, folder, cause.into()))
}
