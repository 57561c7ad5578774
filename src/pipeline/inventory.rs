//! Which bytes the files of a folder hold, told without reading those that nobody has touched.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::accession::Glance;
use crate::daybook::{Daybook, Table};
use crate::disk::{self, Folder, Stamp};
use crate::error::Error;
use crate::vocab::digest::Fingerprint;

/// What the survey keeps of seeds.
pub(super) type Glances = Mutex<BTreeMap<String, Option<Glance>>>;

/// A folder with the digests of its files.
pub(super) struct Stock {
    root: PathBuf,
    /// The files.
    pub(super) folder: Folder,
    /// Their digests.
    pub(super) inventory: Inventory,
    /// Of seeds that had to be read for it what the survey keeps of them, so that they are opened once for both.
    glances: Glances,
}

impl Stock {
    /// Lists a folder that goes by a name in the daybook, and takes its inventory; `notice` is shown each
    /// file that has to be read for it.
    pub(super) fn take(
        root: &Path,
        (daybook, name): (&Daybook, &str),
        notice: Notice,
    ) -> Result<Self, Error> {
        let folder = Folder::list(root)?;
        let inventory = Inventory::take(&folder, (daybook, name), notice);
        Ok(Self { root: root.to_owned(), folder, inventory, glances: Glances::default() })
    }

    /// The same with what the survey keeps of the seeds that had to be read.
    pub(super) fn noted(self, glances: Glances) -> Self {
        Self { glances, ..self }
    }

    /// What the survey keeps of a seed, as it was noted when the seed was read, or else as it is made now. What
    /// was noted is given away, since it is large.
    pub(super) fn glance(
        &self,
        name: &str,
        make: impl FnOnce() -> Option<Glance>,
    ) -> Option<Glance> {
        let noted = self.glances.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        noted.unwrap_or_else(make)
    }

    /// The same with some files laid over it.
    pub(super) fn with(mut self, sheets: BTreeMap<String, Vec<u8>>) -> Self {
        for (name, bytes) in sheets {
            self.inventory.note(&name, &bytes);
            self.folder.lay(&name, bytes);
        }
        self
    }

    /// The same after some of its files were written: of all others it is known what they hold.
    pub(super) fn after(
        mut self,
        written: &BTreeSet<String>,
        (daybook, name): (&Daybook, &str),
    ) -> Self {
        for name in written {
            if let Some(bytes) = self.folder.look_again(&self.root, name) {
                self.inventory.note(name, &bytes);
            }
        }
        self.inventory.keep(&self.folder, (daybook, name));
        self
    }

    /// The full path of the folder; `None` where that is not known.
    pub(super) fn place(&self) -> Option<PathBuf> {
        std::path::absolute(&self.root).ok()
    }

    /// What has become of a file or folder, given as its full path.
    pub(super) fn change(&self, path: &Path) -> Change {
        let Some(Ok(inside)) = self.place().map(|root| path.strip_prefix(root).map(Path::to_owned))
        else {
            return Change::Nothing;
        };
        let parts: Option<Vec<&str>> = inside.iter().map(OsStr::to_str).collect();
        let Some(parts) = parts else { return Change::Other };
        if parts.iter().any(|it| it.starts_with('.')) {
            return Change::Nothing;
        }
        let name = parts.join("/");
        let Some(before) = self.inventory.digest(&name) else {
            // What came and went meanwhile was never of the folder.
            let is_nothing = !disk::is_there(path) && !self.folder.has_below(&name);
            return if is_nothing { Change::Nothing } else { Change::Other };
        };
        match self.folder.read(&name).map(|bytes| Fingerprint::of_bytes(&bytes)) {
            Ok(now) if now == before => Change::Nothing,
            Ok(_) => Change::Edit(name),
            Err(_) => Change::Other,
        }
    }

    /// Takes a file as it stands now; gives its digest before.
    pub(super) fn look_again(&mut self, name: &str) -> Option<Fingerprint> {
        let before = self.inventory.digest(name)?;
        self.inventory.note(name, &self.folder.read(name).ok()?);
        self.glances.get_mut().unwrap_or_else(PoisonError::into_inner).remove(name);
        Some(before)
    }

    /// The fingerprint of all files with one of them as it is now.
    pub(super) fn print_with(&self, name: &str) -> Fingerprint {
        let mut inventory = self.inventory.clone();
        if let Some(bytes) = disk::read_if_there(&self.root.join(name)).ok().flatten() {
            inventory.note(name, &bytes);
        }
        inventory.print()
    }
}

/// What has become of a file or folder.
pub(super) enum Change {
    /// Nothing that concerns the folder.
    Nothing,
    /// The file of this name has other bytes.
    Edit(String),
    /// Files may have come or gone.
    Other,
}

/// Who is shown the name and the bytes of a file.
pub(super) type Notice<'a> = &'a (dyn Fn(&str, &[u8]) + Sync);

/// A file as it was when its bytes were last read.
type Item = (Stamp, Fingerprint);

/// Files by name, in order.
type Items = Vec<(String, Item)>;

/// The digests of the files of a folder, by name, in order.
#[derive(Clone, Default)]
pub(super) struct Inventory {
    digests: Vec<(String, Fingerprint)>,
    /// The places of names, by their hashes, as far as they are known: every file is asked for several times.
    places: FxHashMap<u64, u32>,
}

impl Inventory {
    /// Takes the inventory of a folder that goes by a name in the daybook. Whether a file is read again
    /// hangs on its stamp; what is then said of it, on its bytes alone.
    pub(super) fn take(folder: &Folder, (daybook, name): (&Daybook, &str), notice: Notice) -> Self {
        let name = table(name);
        let before: Table<Items> = daybook.read(&name);
        let names = folder.names();
        let looked: Vec<(Option<Item>, bool)> =
            names.par_iter().map(|name| look(folder, &before, name, notice)).collect();
        let all_known = looked.iter().all(|it| it.1) && looked.len() == before.says.len();
        let items = names.into_iter().zip(looked).filter_map(|(name, it)| Some((name, it.0?)));
        let items: Items = items.collect();
        if !all_known {
            daybook.write(&name, &items);
        }
        Self::of(items.into_iter().map(|(name, it)| (name, it.1)).collect())
    }

    /// Digests by name, in order.
    fn of(digests: Vec<(String, Fingerprint)>) -> Self {
        let places = digests.iter().zip(0..).map(|((name, _), at)| (hash(name), at)).collect();
        Self { digests, places }
    }

    /// Keeps it for the next run, with the stamps that the files of the folder had.
    fn keep(&self, folder: &Folder, (daybook, name): (&Daybook, &str)) {
        let item = |it: &(String, Fingerprint)| Some((it.0.clone(), (folder.stamp(&it.0)?, it.1)));
        daybook.write(&table(name), &self.digests.iter().filter_map(item).collect::<Items>());
    }

    /// The place of a file, or else where it would stand.
    fn place(&self, name: &str) -> Result<usize, usize> {
        let known = self.places.get(&hash(name)).map(|at| *at as usize);
        let is_it = |at: &usize| self.digests.get(*at).is_some_and(|it| it.0 == name);
        let search = || self.digests.binary_search_by(|it| it.0.as_str().cmp(name));
        known.filter(is_it).map_or_else(search, Ok)
    }

    /// The digest of a file; `None` where there is none, or it cannot be read.
    pub(super) fn digest(&self, name: &str) -> Option<Fingerprint> {
        self.digests.get(self.place(name).ok()?).map(|it| it.1)
    }

    /// Notes what a file holds now.
    fn note(&mut self, name: &str, bytes: &[u8]) {
        let digest = Fingerprint::of_bytes(bytes);
        match self.place(name) {
            Ok(at) => self.digests.iter_mut().skip(at).take(1).for_each(|it| it.1 = digest),
            Err(at) => {
                self.places.clear();
                self.digests.insert(at, (name.to_owned(), digest));
            }
        }
    }

    /// The fingerprint of all files, with their names.
    pub(super) fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.digests)
    }
}

/// The table of a folder.
fn table(name: &str) -> String {
    format!("inventory-{name}")
}

/// The hash by which a name is looked up.
fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

/// What a list by name, in order, says of one.
fn find<'a, T>(all: &'a [(String, T)], name: &str) -> Option<&'a T> {
    let at = all.binary_search_by(|it| it.0.as_str().cmp(name)).ok()?;
    all.get(at).map(|it| &it.1)
}

/// The stamp and the digest of a file, and whether it was known.
fn look(
    folder: &Folder,
    before: &Table<Items>,
    name: &str,
    notice: Notice,
) -> (Option<Item>, bool) {
    let stamp = folder.stamp(name).unwrap_or_default();
    match find(&before.says, name) {
        Some(known) if known.0 == stamp && before.trusts(&stamp) => (Some(*known), true),
        _ => {
            let bytes = folder.read(name).ok();
            let digest = bytes.map(|bytes| {
                notice(name, &bytes);
                Fingerprint::of_bytes(&bytes)
            });
            (digest.map(|digest| (stamp, digest)), false)
        }
    }
}
