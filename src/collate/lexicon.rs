//! The dictionary that an archive teaches itself, and the glosses that it and a statement's own rows
//! give to the words of a statement.
//!
//! Knows keys and their numbers, and nothing of texts.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::pairing::{Counts, Demand, RowWords};
use crate::vocab::digest::Fingerprint;

/// The most glosses that a word has.
const KEEP: usize = 10;
/// The most glosses of a word that the archive's dictionary keeps.
const TAUGHT: usize = 6;
/// How strong a gloss of a statement's own rows must be beside the strongest one of the word: few rows
/// bring many words together by chance.
const NEAR: f32 = 0.6;
/// In how many steps weights of glosses are told apart.
const STEPS: f32 = 4096.0;
/// What the archive's dictionary demands: two statements that bear it out; the discount is less where many
/// statements speak.
const TEACHING: Demand = Demand { statements: 2, discount: 0.7, shared: true };
/// What is demanded of the rows of one statement.
const OWN: Demand = Demand { statements: 1, discount: 1.0, shared: false };

/// What words of one language say in others, as the archive teaches it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Dictionary {
    words: FxHashMap<u64, Vec<(u64, f32)>>,
}

impl Dictionary {
    /// Learns from the rows of statements, whose words are numbered by their places among some keys.
    pub(crate) fn learn(statements: Vec<(Vec<RowWords>, &[u64])>) -> Self {
        let mut all: Vec<u64> = Vec::new();
        for (rows, keys) in &statements {
            let words = rows.iter().flat_map(RowWords::words);
            all.extend(words.filter_map(|word| keys.get(word as usize)));
        }
        all.sort_unstable();
        all.dedup();
        let statements = statements.into_par_iter().enumerate();
        let renumbered = statements.flat_map_iter(|(statement, (mut rows, keys))| {
            let number = |word: u32| {
                let key = keys.get(word as usize)?;
                all.binary_search(key).ok().map(|it| it as u32)
            };
            for row in &mut rows {
                row.statement = statement as u32;
                row.renumber(number);
            }
            rows
        });
        let rows: Vec<RowWords> = renumbered.collect();
        let counts = Counts::new(&rows, all.len(), TEACHING);
        let key = |number: u32| all.get(number as usize).copied().unwrap_or(0);
        let words = counts.glosses().map(|(word, all)| {
            let all = all.into_iter().map(|(gloss, weight)| (key(gloss), weight)).collect();
            (key(word), best(all, TAUGHT))
        });
        Self { words: words.collect() }
    }

    /// A fingerprint of all that is said here of some words.
    pub(crate) fn print(&self, words: &[u64]) -> Fingerprint {
        let mut bytes = Vec::new();
        for (word, glosses) in words.iter().filter_map(|it| self.words.get_key_value(it)) {
            bytes.extend(word.to_le_bytes());
            bytes.extend(glosses.len().to_le_bytes());
            for (key, weight) in glosses {
                bytes.extend(key.to_le_bytes());
                bytes.extend(weight.to_le_bytes());
            }
        }
        Fingerprint::of_bytes(&bytes)
    }

    /// The glosses of all keys of a statement; they get numbers, too.
    pub(crate) fn glosses(&self, keys: &mut Keys) -> Glosses {
        let mut of = Vec::with_capacity(keys.all().len());
        for at in 0..keys.all().len() {
            let found = keys.all().get(at).and_then(|key| self.words.get(key));
            let found = found.map_or(&[][..], Vec::as_slice).iter();
            of.push(found.map(|&(key, weight)| (keys.number(key), weight)).collect());
        }
        of.resize(keys.all().len(), Vec::new());
        Glosses { of }
    }
}

/// What words of a statement say in others, by the numbers of their keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glosses {
    of: Vec<Vec<(u32, f32)>>,
}

impl Glosses {
    /// How many keys there are.
    pub(crate) fn keys(&self) -> usize {
        self.of.len()
    }

    /// The glosses of a word, best first.
    pub(crate) fn of(&self, number: u32) -> &[(u32, f32)] {
        self.of.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The same with what the rows of the statement itself teach; the stronger association counts.
    pub(crate) fn with(&self, rows: &[RowWords]) -> Self {
        let counts = Counts::new(rows, self.of.len(), OWN);
        let mut taught = counts.glosses().peekable();
        let both = (0..).zip(&self.of).map(|(word, known)| {
            let own = taught.next_if(|it| it.0 == word).map(|it| it.1);
            let mut own = near(own.unwrap_or_default());
            own.extend_from_slice(known);
            best(own, KEEP)
        });
        Self { of: both.collect() }
    }
}

/// The strongest glosses that a statement's own rows give to a word, each of which is there once.
fn near(mut own: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let top = own.iter().map(|it| it.1).fold(0.0, f32::max);
    // What is so weak takes no place from any that is near.
    own.retain(|it| it.1 >= top * NEAR - 3.0 / STEPS);
    let mut own = best(own, KEEP);
    let least = own.first().map_or(0.0, |it| it.1 * NEAR);
    own.retain(|it| it.1 >= least);
    own
}

/// What a gloss is known by.
trait Name: Copy + Eq {
    /// An order that has nothing to do with the texts.
    fn chance(self) -> u64;
}

/// The number of a key: numbers follow the texts.
impl Name for u32 {
    fn chance(self) -> u64 {
        self.wrapping_mul(0x9E37_79B1).into()
    }
}

/// A key: it is a hash, and the same whatever else stands in the archive. Its last bits come first.
impl Name for u64 {
    fn chance(self) -> u64 {
        self.rotate_right(16)
    }
}

/// The strongest glosses, each once. Those that are equally strong are taken as if by chance: no version is
/// to come first.
fn best<T: Name>(mut all: Vec<(T, f32)>, keep: usize) -> Vec<(T, f32)> {
    all.sort_unstable_by_key(|&(gloss, weight)| (Reverse((weight * STEPS) as u32), gloss.chance()));
    let mut kept: Vec<(T, f32)> = Vec::with_capacity(all.len().min(keep));
    for gloss in all {
        if kept.len() < keep && kept.iter().all(|it| it.0 != gloss.0) {
            kept.push(gloss);
        }
    }
    kept
}
