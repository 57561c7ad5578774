//! Where pages are written: in the content folder, or in memory where nothing may be written.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::disk::{self, Folder};
use crate::error::Error;

/// Where what belongs in the content folder is written.
pub(super) enum Desk {
    /// In the folder itself.
    Folder(PathBuf),
    /// In memory, by path.
    Sheets(Mutex<BTreeMap<String, Vec<u8>>>),
}

impl Desk {
    /// A desk from which nothing reaches the disk.
    pub(super) fn of_sheets() -> Self {
        Self::Sheets(Mutex::default())
    }

    /// Writes a file, unless the folder, as it was listed, holds these bytes; tells whether it wrote.
    pub(super) fn write(&self, there: &Folder, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        match self {
            Self::Folder(root) => disk::write(&root.join(name), bytes),
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
            Self::Folder(_) => BTreeMap::new(),
            Self::Sheets(sheets) => {
                std::mem::take(&mut *sheets.lock().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }
}
