//! What the last run left in the output folder: by this a file is known without being read or set.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::daybook::{Daybook, Table};
use crate::disk::{self, Stamp};
use crate::error::Error;
use crate::vocab::digest::{self, Fingerprint};

/// One file of the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Output {
    /// What its bytes hang on.
    pub(super) inputs: Fingerprint,
    /// The digest of its bytes.
    pub(super) digest: Fingerprint,
    /// Its stamp when it was written or last looked at.
    pub(super) stamp: Stamp,
}

/// A file of the output folder as it is found.
pub(super) struct Place<'a> {
    /// The output folder.
    pub(super) out: &'a Path,
    /// The file's path inside it.
    pub(super) path: &'a str,
    /// Its stamp; `None` where it is not there.
    pub(super) stamp: Option<Stamp>,
}

/// The files of an output folder by their paths.
#[derive(Debug)]
pub(super) struct Outputs {
    name: String,
    table: Table<BTreeMap<String, Output>>,
}

impl Outputs {
    /// What the daybook says of an output folder.
    pub(super) fn read(daybook: &Daybook, out: &Path) -> Self {
        let place = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let name = digest::short(place.as_os_str().as_encoded_bytes(), 12);
        let name = format!("output-{name}");
        Self { table: daybook.read(&name), name }
    }

    /// What is known of a file that hangs on these inputs, if nobody has touched it since.
    pub(super) fn known(&self, file: &Place, inputs: Fingerprint) -> Option<Output> {
        self.known_once(file, inputs).filter(|known| self.is_untouched(file, known))
    }

    /// What was known of a file that hangs on these inputs, if it still holds the same bytes.
    pub(super) fn read_again(&self, file: &Place, inputs: Fingerprint) -> Option<Output> {
        let known = self.known_once(file, inputs)?;
        let bytes = disk::read(&file.out.join(file.path)).ok()?;
        let same = Fingerprint::of_bytes(&bytes) == known.digest;
        same.then_some(Output { stamp: file.stamp?, ..known })
    }

    /// Whether the last run made a file from these inputs.
    pub(super) fn hung_on(&self, path: &str, inputs: Fingerprint) -> bool {
        self.table.says.get(path).is_some_and(|it| it.inputs == inputs)
    }

    /// What was known of a file that hangs on these inputs.
    fn known_once(&self, file: &Place, inputs: Fingerprint) -> Option<Output> {
        self.table.says.get(file.path).copied().filter(|it| it.inputs == inputs)
    }

    /// Whether a file holds some bytes, given with their digest; it is read where that is not known.
    pub(super) fn holds(
        &self,
        file: &Place,
        bytes: &[u8],
        digest: Fingerprint,
    ) -> Result<bool, Error> {
        let known = self.table.says.get(file.path).filter(|it| self.is_untouched(file, it));
        match (known, file.stamp) {
            (Some(known), _) => Ok(known.digest == digest),
            (None, Some(stamp)) if stamp.size == bytes.len() as u64 => {
                let there = disk::read_if_there(&file.out.join(file.path))?;
                Ok(there.is_some_and(|there| there == bytes))
            }
            (None, _) => Ok(false),
        }
    }

    /// Whether nobody has touched a file since this was written of it.
    fn is_untouched(&self, file: &Place, known: &Output) -> bool {
        file.stamp.is_some_and(|stamp| stamp == known.stamp && self.table.trusts(&stamp))
    }

    /// Writes down what stands in the output folder now.
    pub(super) fn write(&self, daybook: &Daybook, files: &BTreeMap<String, Output>) {
        daybook.write(&self.name, files);
    }

    /// The size in bytes of each file, by its path, if nobody has touched any of them.
    pub(super) fn untouched(&self, out: &Path) -> Option<BTreeMap<&str, u64>> {
        let files: Vec<(&String, &Output)> = self.table.says.iter().collect();
        let all = files.par_iter().all(|(path, known)| {
            let stamp = disk::stamp(&out.join(path));
            self.is_untouched(&Place { out, path, stamp }, known)
        });
        all.then(|| files.into_iter().map(|(path, it)| (path.as_str(), it.stamp.size)).collect())
    }

    /// How many files there were.
    pub(super) fn count(&self) -> usize {
        self.table.says.len()
    }
}
