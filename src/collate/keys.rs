//! The keys of a statement's evidence, numbered, so that what is counted by key stands in plain lists.
//!
//! Numbers follow the order in which keys are met. Knows keys, and nothing of what they stand for.

use rustc_hash::{FxBuildHasher, FxHashMap};

/// The keys of one statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    numbers: FxHashMap<u64, u32>,
    all: Vec<u64>,
}

impl Keys {
    /// Room for so many keys.
    pub(crate) fn with_room(count: usize) -> Self {
        let numbers = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { numbers, all: Vec::with_capacity(count) }
    }

    /// The number of a key, which it gets where it has none.
    pub(crate) fn number(&mut self, key: u64) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.all.push(key);
            self.all.len() as u32 - 1
        })
    }

    /// The number of a key that is not among those that have one, and is not looked for again.
    pub(crate) fn add(&mut self, key: u64) -> u32 {
        self.all.push(key);
        self.all.len() as u32 - 1
    }

    /// All keys, by number.
    pub(crate) fn all(&self) -> &[u64] {
        &self.all
    }
}
