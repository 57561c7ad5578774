//! A drawer of the daybook: results of one kind, each fetched by the fingerprint of what it was made from.
//!
//! Results stand one behind the other in a file that grows at its end; a table says where each begins.
//! The table is written last, so that what a killed run had added is not looked for; each result is
//! checked against its own digest, so that a table and a file that do not belong together give nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Daybook;
use crate::disk::Pack;
use crate::vocab::digest::{Fingerprint, hash64};

/// Where a result stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    at: u64,
    length: u32,
    check: u64,
}

/// Results by the fingerprint of what they were made from. Any thread may use it at any time.
#[derive(Debug)]
pub struct Drawer {
    name: String,
    pack: Option<Pack>,
    /// What was there when the drawer was opened.
    old: FxHashMap<Fingerprint, Slot>,
    /// What this run has asked for or put in.
    live: Mutex<BTreeMap<Fingerprint, Slot>>,
}

impl Drawer {
    /// Opens a drawer of a daybook.
    pub(super) fn open(daybook: &Daybook, name: &str) -> Self {
        let old: BTreeMap<Fingerprint, Slot> = daybook.read(&table(name)).says;
        let path = daybook.folder.as_ref().map(|folder| folder.join(name));
        let opened = |path: PathBuf| {
            if daybook.keeps() { Pack::open(&path) } else { Pack::look(&path) }
        };
        Self {
            name: name.to_owned(),
            pack: path.and_then(|path| opened(path).ok()),
            old: old.into_iter().collect(),
            live: Mutex::default(),
        }
    }

    /// The result for some inputs, where an earlier run left it or this one put it in.
    pub fn get(&self, inputs: Fingerprint) -> Option<Vec<u8>> {
        let fresh = self.live().get(&inputs).copied();
        let slot = fresh.or_else(|| self.old.get(&inputs).copied())?;
        let bytes = self.pack.as_ref()?.read(slot.at, slot.length as usize)?;
        (hash64(&bytes) == slot.check).then_some(())?;
        self.live().insert(inputs, slot);
        Some(bytes)
    }

    /// The result for some inputs as what it was.
    pub fn recall<T: DeserializeOwned>(&self, inputs: Fingerprint) -> Option<T> {
        postcard::from_bytes(&self.get(inputs)?).ok()
    }

    /// Puts in the result for some inputs.
    pub fn record<T: Serialize>(&self, inputs: Fingerprint, result: &T) {
        if let Ok(bytes) = postcard::to_stdvec(result) {
            self.put(inputs, &bytes);
        }
    }

    /// The result for some inputs as an earlier run left it, or made and put in now. Where the inputs are not
    /// known nothing is kept.
    pub fn result<T>(&self, inputs: Option<Fingerprint>, make: impl FnOnce() -> T) -> T
    where
        T: Serialize + DeserializeOwned,
    {
        inputs.and_then(|inputs| self.recall(inputs)).unwrap_or_else(|| {
            let result = make();
            if let Some(inputs) = inputs {
                self.record(inputs, &result);
            }
            result
        })
    }

    /// Keeps a result that is still good, without reading it; tells whether it is there.
    pub fn keep(&self, inputs: Fingerprint) -> bool {
        let Some(slot) = self.old.get(&inputs) else { return false };
        self.live().insert(inputs, *slot);
        true
    }

    /// A hash of the result for some inputs, told without reading it; `None` where there is none.
    pub fn check(&self, inputs: Fingerprint) -> Option<u64> {
        let fresh = self.live().get(&inputs).copied();
        fresh.or_else(|| self.old.get(&inputs).copied()).map(|it| it.check)
    }

    /// Whether there is a result for some inputs.
    pub fn has(&self, inputs: Fingerprint) -> bool {
        self.live().contains_key(&inputs) || self.old.contains_key(&inputs)
    }

    /// Puts in the result for some inputs, in the place of one that an earlier run left. Where it cannot be
    /// written the next run has more to do.
    pub fn put(&self, inputs: Fingerprint, bytes: &[u8]) {
        let at = self.pack.as_ref().and_then(|pack| pack.append(bytes));
        if let (Some(at), Ok(length)) = (at, u32::try_from(bytes.len())) {
            self.live().insert(inputs, Slot { at, length, check: hash64(bytes) });
        }
    }

    /// Closes the drawer: what this run had no use for is forgotten.
    pub fn close(self, daybook: &Daybook) {
        let live = self.live().clone();
        let used: u64 = live.values().map(|it| u64::from(it.length)).sum();
        let Some(pack) = self.pack.as_ref().filter(|_| daybook.keeps()) else { return };
        if pack.length() > 2 * used {
            self.rewrite(daybook, &live);
        } else if live.len() != self.old.len()
            || live.iter().any(|(inputs, slot)| self.old.get(inputs) != Some(slot))
        {
            daybook.write(&table(&self.name), &live);
        }
    }

    /// Writes the file anew with what is still good, when more than half of it is of no use.
    fn rewrite(&self, daybook: &Daybook, live: &BTreeMap<Fingerprint, Slot>) {
        let Some(path) = daybook.folder.as_ref().map(|folder| folder.join(&self.name)) else {
            return;
        };
        let Some(fresh) = self.pack.as_ref().and_then(|_| Pack::beside(&path)) else { return };
        let moved = live.iter().filter_map(|(&inputs, slot)| {
            let bytes = self.pack.as_ref()?.read(slot.at, slot.length as usize)?;
            Some((inputs, Slot { at: fresh.append(&bytes)?, ..*slot }))
        });
        let moved: BTreeMap<Fingerprint, Slot> = moved.collect();
        if fresh.replace(&path) {
            daybook.write(&table(&self.name), &moved);
        }
    }

    /// What this run has asked for or put in.
    fn live(&self) -> MutexGuard<'_, BTreeMap<Fingerprint, Slot>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of the table of a drawer.
fn table(name: &str) -> String {
    format!("{name}.table")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk;

    #[test]
    fn results_come_back_in_the_next_run_and_only_as_they_were() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("daybook");
        let key = |n: u8| Fingerprint([n; 16]);
        let daybook = Daybook::open(&folder).unwrap();
        let drawer = daybook.drawer("things");
        (0..9).for_each(|n| drawer.put(key(n), &[n; 100]));
        assert_eq!(drawer.get(key(3)).unwrap(), [3; 100]);
        drawer.close(&daybook);
        let drawer = daybook.drawer("things");
        assert_eq!(drawer.get(key(8)).unwrap(), [8; 100]);
        assert!(drawer.keep(key(2)) && !drawer.keep(key(99)));
        drawer.close(&daybook);
        let drawer = daybook.drawer("things");
        assert!(drawer.get(key(0)).is_none(), "what nobody asked for is gone");
        assert_eq!(drawer.get(key(2)).unwrap(), [2; 100]);
        assert_eq!(drawer.check(key(2)), Some(hash64(&[2; 100])));
        assert_eq!(drawer.check(key(0)), None);
        let mut bytes = disk::read(&folder.join("things")).unwrap();
        assert_eq!(bytes.len(), 200, "and takes no room");
        bytes.fill(7);
        disk::put(&folder.join("things"), &bytes).unwrap();
        assert!(drawer.get(key(8)).is_none(), "damage is seen");
    }

    #[test]
    fn a_result_can_take_the_place_of_another() {
        let scratch = tempfile::tempdir().unwrap();
        let daybook = Daybook::open(&scratch.path().join("daybook")).unwrap();
        let key = Fingerprint::default();
        for words in ["one", "two", "three"] {
            let drawer = daybook.drawer("things");
            let _ = drawer.get(key);
            drawer.put(key, words.as_bytes());
            assert_eq!(drawer.get(key).unwrap(), words.as_bytes());
            drawer.close(&daybook);
            assert_eq!(daybook.drawer("things").get(key).unwrap(), words.as_bytes());
        }
    }
}
