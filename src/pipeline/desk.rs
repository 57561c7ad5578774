//! Where pages are written: in the content folder, or in memory where nothing may be written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::disk::{self, Folder};
use crate::error::Error;

/// Where what belongs in the content folder is written.
pub(super) enum Desk {
    /// In the folder itself; and which files were written there.
    Folder(PathBuf, Mutex<BTreeSet<String>>),
    /// In memory, by path.
    Sheets(Mutex<BTreeMap<String, Vec<u8>>>),
}

impl Desk {
    /// A desk from which everything reaches the folder at a path.
    pub(super) fn of_folder(root: &Path) -> Self {
        Self::Folder(root.to_owned(), Mutex::default())
    }

    /// A desk from which nothing reaches the disk.
    pub(super) fn of_sheets() -> Self {
        Self::Sheets(Mutex::default())
    }

    /// Writes a file, unless the folder, as it was listed, holds these bytes; tells whether it wrote.
    pub(super) fn write(&self, there: &Folder, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        match self {
            Self::Folder(root, written) => {
                let differs = disk::write(&root.join(name), bytes)?;
                if differs {
                    let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
                    written.insert(name.to_owned());
                }
                Ok(differs)
            }
            Self::Sheets(sheets) => {
                let differs = there.read(name).ok().as_deref() != Some(bytes);
                if differs {
                    let mut sheets = sheets.lock().unwrap_or_else(PoisonError::into_inner);
                    sheets.insert(name.to_owned(), bytes.to_vec());
                }
                Ok(differs)
            }
        }
    }

    /// Takes the sheets that have been written in memory.
    pub(super) fn sheets(&self) -> BTreeMap<String, Vec<u8>> {
        match self {
            Self::Folder(..) => BTreeMap::new(),
            Self::Sheets(sheets) => {
                std::mem::take(&mut *sheets.lock().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }
}
