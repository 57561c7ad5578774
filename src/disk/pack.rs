//! A file that grows at its end and is read at any place.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{disk, rename};
use crate::error::Error;

/// A file that grows at its end and is read at any place, from any thread.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    file: File,
    /// Where it ends. Who adds to it holds this.
    end: Mutex<u64>,
}

impl Pack {
    /// Opens a pack, or begins one.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::options().read(true).append(true).create(true).open(path);
        Ok(Self::of(path, file.map_err(|cause| disk("write", path, cause))?))
    }

    /// Opens a pack that is only read.
    pub fn look(path: &Path) -> Result<Self, Error> {
        Ok(Self::of(path, File::open(path).map_err(|cause| disk("read", path, cause))?))
    }

    /// A pack in an open file.
    fn of(path: &Path, file: File) -> Self {
        let end = Mutex::new(length(&file));
        Self { path: path.to_owned(), file, end }
    }

    /// Begins an empty pack beside another, to take its place.
    pub fn beside(path: &Path) -> Option<Self> {
        let path = path.with_extension("part");
        let pack = Self::open(&path).ok()?;
        pack.file.set_len(0).ok()?;
        *pack.end() = 0;
        Some(pack)
    }

    /// Puts this pack in the place of another; tells whether it is there.
    pub fn replace(self, path: &Path) -> bool {
        rename(&self.path, path).is_ok()
    }

    /// The bytes at a place; `None` where there are not so many.
    pub fn read(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        (at.checked_add(length as u64)? <= self.length()).then_some(())?;
        let mut bytes = vec![0; length];
        self.read_at(at, &mut bytes).ok()?;
        Some(bytes)
    }

    /// Reads the bytes at a place, whoever else reads or adds.
    #[cfg(unix)]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt as _;
        self.file.read_exact_at(bytes, at)
    }

    /// Reads the bytes at a place, whoever else reads or adds.
    #[cfg(not(unix))]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }

    /// Adds bytes at the end; tells where they begin, `None` where they cannot be written.
    pub fn append(&self, bytes: &[u8]) -> Option<u64> {
        let mut end = self.end();
        let at = *end;
        let written = (&self.file).write_all(bytes);
        *end = if written.is_ok() { at + bytes.len() as u64 } else { length(&self.file) };
        written.is_ok().then_some(at)
    }

    /// How long it is in bytes.
    pub fn length(&self) -> u64 {
        *self.end()
    }

    /// Where it ends.
    fn end(&self) -> MutexGuard<'_, u64> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long a file is in bytes; 0 where the disk does not tell.
fn length(file: &File) -> u64 {
    file.metadata().map_or(0, |it| it.len())
}
