//! The daybook: what earlier runs found, by the fingerprint of what they found it from.
//!
//! It stands in `.hexapla/` beside `hexapla.yaml` and may be deleted at any time: a run without it does
//! all the work and comes to the same bytes. Whatever cannot be read, was written by another program or
//! does not carry the digest of its own bytes counts as not there, so that damage costs time and never
//! truth. [`Table`]s are read whole; a [`Drawer`] holds what is large and seldom needed.

pub mod bytes;
mod drawer;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::disk::{self, Hold, Stamp};
use crate::error::Error;
use crate::vocab::digest::{Fingerprint, PROGRAM, Passing};

pub use drawer::Drawer;

/// The first bytes of every file of a daybook.
const MAGIC: &[u8] = b"hexapla daybook 2\n";

/// The file that the run which uses the daybook holds.
const LOCK: &str = "lock";

/// The daybook of an archive, open for one run.
#[derive(Debug, Default)]
pub struct Daybook {
    /// The folder; `None` where nothing is known and nothing is kept.
    folder: Option<PathBuf>,
    /// The lock; `None` where nothing is written.
    hold: Option<Hold>,
}

/// A table of the daybook as it was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<T> {
    /// What it says.
    pub says: T,
    /// When it was written, by the clock of the disk.
    written: i64,
}

impl<T> Table<T> {
    /// Whether a file that still has this stamp still has the bytes it had when the table was written.
    ///
    /// A file that was changed in the same tick of the clock in which it was stamped could change again
    /// and look the same, so only stamps older than the table are trusted.
    pub fn trusts(&self, stamp: &Stamp) -> bool {
        stamp.newest() < self.written
    }
}

impl Daybook {
    /// Opens the daybook of a folder; an error where another run has it. Where nothing can be written
    /// it knows nothing and keeps nothing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        // A file of that name is the user's, and no reason not to build.
        if disk::stamp(folder).is_some() {
            return Ok(Self::default());
        }
        match disk::hold(&folder.join(LOCK)) {
            Ok(hold) => Ok(Self { folder: Some(folder.to_owned()), hold: Some(hold) }),
            Err(Error::Disk { .. }) => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Opens the daybook of a folder to read what it says; nothing is written, and another run may have it.
    pub fn look(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), hold: None }
    }

    /// Whether what is written into it is kept.
    fn keeps(&self) -> bool {
        self.hold.is_some()
    }

    /// Forgets everything.
    pub fn forget(&self) -> Result<(), Error> {
        let Some(folder) = &self.folder else { return Ok(()) };
        for name in disk::Folder::list(folder)?.names().iter().filter(|name| *name != LOCK) {
            disk::remove(folder, name)?;
        }
        Ok(())
    }

    /// Reads a table; an empty one where it is not there or not sound.
    pub fn read<T: DeserializeOwned + Default>(&self, name: &str) -> Table<T> {
        let read = || {
            let path = self.folder.as_ref()?.join(name);
            let written = disk::stamp(&path)?.newest();
            Some(Table { says: open(&disk::read(&path).ok()?)?, written })
        };
        read().unwrap_or_default()
    }

    /// Writes a table. Where it cannot be written there is none, and the next run has more to do.
    pub fn write<T: Serialize>(&self, name: &str, table: &T) {
        let Some(folder) = self.folder.as_ref().filter(|_| self.keeps()) else { return };
        let kept = disk::replace_by(&folder.join(name), |file| seal(file, table));
        if kept.is_err() {
            // An old table is not wrong, only poorer; nothing hangs on its going.
            let _ = disk::remove(folder, name);
        }
    }

    /// Opens a drawer.
    pub fn drawer(&self, name: &str) -> Drawer {
        Drawer::open(self, name)
    }
}

/// The fingerprint of a thing as it would be kept: a tenth of what it takes to write it as JSON. It is for
/// types of which all fields are always written.
pub fn print<T: Serialize>(thing: &T) -> Fingerprint {
    let kept = postcard::to_stdvec(thing).map(|bytes| Fingerprint::of_bytes(&bytes));
    kept.unwrap_or_else(|_| Fingerprint::of(thing))
}

/// What a sealed file holds; `None` where it is damaged or of another program.
fn open<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(PROGRAM.as_bytes())?;
    let (body, digest) = rest.split_last_chunk()?;
    (Fingerprint(*digest) == Fingerprint::of_bytes(body)).then_some(())?;
    postcard::from_bytes(body).ok()
}

/// How many bytes of a table are written at a time.
const AT_ONCE: usize = 1 << 16;

/// Writes a table behind the name of the program, and its digest behind it: some are large, and none stands
/// in memory as it is written.
fn seal<T: Serialize>(mut file: impl Write, table: &T) -> io::Result<()> {
    file.write_all(&[MAGIC, PROGRAM.as_bytes()].concat())?;
    let mut body = BufWriter::with_capacity(AT_ONCE, Passing::new(&mut file));
    postcard::to_io(table, &mut body).map_err(io::Error::other)?;
    let (digest, file) = body.into_inner().map_err(io::IntoInnerError::into_error)?.end();
    file.write_all(&digest.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daybook");
        (folder, path)
    }

    #[test]
    fn a_table_reads_back_until_one_bit_of_it_is_wrong() {
        let (_scratch, folder) = scratch();
        let daybook = Daybook::open(&folder).unwrap();
        daybook.write("words", &vec!["one".to_owned(), "two".to_owned()]);
        assert_eq!(daybook.read::<Vec<String>>("words").says, ["one", "two"]);
        let bytes = disk::read(&folder.join("words")).unwrap();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            disk::put(&folder.join("words"), &damaged).unwrap();
            assert!(daybook.read::<Vec<String>>("words").says.is_empty(), "byte {at}");
        }
        disk::put(&folder.join("words"), &bytes[..bytes.len() - 1]).unwrap();
        assert!(daybook.read::<Vec<String>>("words").says.is_empty());
    }

    #[test]
    fn one_run_at_a_time_has_it() {
        let (_scratch, folder) = scratch();
        let daybook = Daybook::open(&folder).unwrap();
        assert!(matches!(Daybook::open(&folder), Err(Error::Setup(_))));
        drop(daybook);
        assert!(Daybook::open(&folder).is_ok());
    }
}
