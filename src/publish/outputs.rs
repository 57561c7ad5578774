//! What the last run left in the output folder: by this a file is known without being read or set.

use std::cmp::Ordering;
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

/// Files in the order of their paths. There may be hundreds of thousands: they are read back in three
/// pieces.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Rows {
    /// The paths as the manifest lists them.
    paths: String,
    /// Where each path ends.
    ends: Vec<u32>,
    files: Vec<Output>,
}

impl Rows {
    /// Adds a file whose path comes after all others.
    pub(super) fn push(&mut self, path: &str, file: Output) {
        self.paths.push_str(path);
        self.ends.push(self.paths.len() as u32);
        self.paths.push('\n');
        self.files.push(file);
    }

    /// The path of a file.
    fn path(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |it| *it as usize);
        let begin = at.checked_sub(1).map_or(0, |before| end(before) + 1);
        self.paths.get(begin..end(at)).unwrap_or_default()
    }

    /// The file at a path.
    fn get(&self, path: &str) -> Option<&Output> {
        let (mut from, mut to) = (0, self.files.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.path(middle).cmp(path) {
                Ordering::Equal => return self.files.get(middle),
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// All files with their paths.
    fn all(&self) -> impl Iterator<Item = (&str, &Output)> {
        self.files.iter().enumerate().map(|(at, file)| (self.path(at), file))
    }
}

/// The files of an output folder by their paths.
#[derive(Debug)]
pub(super) struct Outputs {
    name: String,
    table: Table<Rows>,
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

    /// Whether the last run had a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.table.says.get(path).is_some()
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
    pub(super) fn write(&self, daybook: &Daybook, files: &Rows) {
        daybook.write(&self.name, files);
    }

    /// The size in bytes of each file, with its path in order, if nobody has touched any of them and the
    /// manifest has these bytes.
    pub(super) fn untouched(
        &self,
        out: &Path,
        manifest: &[u8],
    ) -> Option<impl Iterator<Item = (&str, u64)>> {
        let rows = &self.table.says;
        let is_same = |(at, known): (usize, &Output)| {
            let path = rows.path(at);
            let stamp = disk::stamp(&out.join(path));
            self.is_untouched(&Place { out, path, stamp }, known)
        };
        let whole =
            rows.paths.as_bytes() == manifest && rows.files.par_iter().enumerate().all(is_same);
        whole.then(|| rows.all().map(|(path, it)| (path, it.stamp.size)))
    }

    /// How many files there were.
    pub(super) fn count(&self) -> usize {
        self.table.says.files.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_path_and_no_other() {
        let paths = ["404.html", "a/b.html", "a/bc.html", "é.html"];
        let mut rows = Rows::default();
        assert_eq!(rows.get("a/b.html"), None);
        for (size, path) in (1..).zip(paths) {
            let stamp = Stamp { size, ..Stamp::default() };
            let (inputs, digest) = Default::default();
            rows.push(path, Output { inputs, digest, stamp });
        }
        let sizes = paths.map(|path| rows.get(path).map(|it| it.stamp.size));
        assert_eq!(sizes, [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(["", "a/b.htm", "a/bb.html", "z"].map(|it| rows.get(it)), [None; 4]);
        assert_eq!(rows.paths, "404.html\na/b.html\na/bc.html\né.html\n");
        assert!(rows.all().map(|it| it.0).eq(paths));
    }
}
