//! Keeps two builds of one output folder apart.
//!
//! The lock is the system's own (`flock`), on a file near the output: it goes when its holder goes, however
//! that ends, so there is never a file to delete by hand. The file itself stays; removing it would let two
//! builds lock two different files of one name. It belongs to the output and not to the site that is built,
//! because two sites could be told to publish to one place.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use rustix::fs::{CWD, Mode, OFlags};

use super::Output;
use crate::fault::{Action, Fault};

/// Held while one build reads the site, writes and switches over.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock. If somebody holds it, `waiting` is told who (a process number, if known) first.
    ///
    /// # Errors
    /// The lock file can't be made or locked.
    pub fn take(output: &Output, waiting: impl FnOnce(&str)) -> Result<Self, Fault> {
        let path = output.lock_file();
        let fault = |cause| Fault::io(Action::Lock, &path, cause);
        let mut file = open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = (&file).take(20).read_to_string(&mut holder);
                waiting(holder.trim());
                file.lock().map_err(fault)?;
            }
            Err(TryLockError::Error(cause)) => return Err(fault(cause)),
        }
        sign(&mut file).map_err(fault)?;
        Ok(Self { _file: file })
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mode = Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH;
    Ok(File::from(rustix::fs::openat(CWD, path, flags, mode)?))
}

/// Says who holds it, for those who wait.
fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}
