//! A file that grows at its end and is read at any place.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{disk, rename};
use crate::error::Error;

/// A file that grows at its end and is read at any place, from any thread.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    file: Mutex<File>,
}

impl Pack {
    /// Opens a pack, or begins one.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::options().read(true).append(true).create(true).open(path);
        let file = Mutex::new(file.map_err(|cause| disk("write", path, cause))?);
        Ok(Self { path: path.to_owned(), file })
    }

    /// Opens a pack that is only read.
    pub fn look(path: &Path) -> Result<Self, Error> {
        let file = Mutex::new(File::open(path).map_err(|cause| disk("read", path, cause))?);
        Ok(Self { path: path.to_owned(), file })
    }

    /// Begins an empty pack beside another, to take its place.
    pub fn beside(path: &Path) -> Option<Self> {
        let path = path.with_extension("part");
        let pack = Self::open(&path).ok()?;
        pack.file().set_len(0).ok()?;
        Some(pack)
    }

    /// Puts this pack in the place of another; tells whether it is there.
    pub fn replace(self, path: &Path) -> bool {
        rename(&self.path, path).is_ok()
    }

    /// The bytes at a place; `None` where there are not so many.
    pub fn read(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        let mut file = self.file();
        let end = file.seek(SeekFrom::End(0)).ok()?;
        (at.checked_add(length as u64)? <= end).then_some(())?;
        let mut bytes = vec![0; length];
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Adds bytes at the end; tells where they begin, `None` where they cannot be written.
    pub fn append(&self, bytes: &[u8]) -> Option<u64> {
        let mut file = self.file();
        let at = file.seek(SeekFrom::End(0)).ok()?;
        file.write_all(bytes).ok()?;
        Some(at)
    }

    /// How long it is in bytes.
    pub fn length(&self) -> u64 {
        self.file().metadata().map_or(0, |it| it.len())
    }

    /// The file, for one thread.
    fn file(&self) -> MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
