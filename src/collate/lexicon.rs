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

/// The most glosses that a word has.
const KEEP: usize = 10;
/// The most glosses of a word that the archive's dictionary keeps.
const TAUGHT: usize = 6;
/// How strong a gloss of a statement's own rows must be beside the strongest one of the word: few rows
/// bring many words together by chance.
const NEAR: f32 = 0.6;
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
    /// Learns from the rows of statements, whose words are numbered by their keys.
    pub(crate) fn learn(statements: Vec<(Vec<RowWords>, Keys)>) -> Self {
        let mut all: Vec<u64> = Vec::new();
        for (rows, keys) in &statements {
            let words = rows.iter().flat_map(RowWords::words);
            all.extend(words.filter_map(|word| keys.all().get(word as usize)));
        }
        all.sort_unstable();
        all.dedup();
        let renumbered = statements.into_par_iter().flat_map_iter(|(mut rows, keys)| {
            let number = |word: u32| {
                let key = keys.all().get(word as usize)?;
                all.binary_search(key).ok().map(|it| it as u32)
            };
            for row in &mut rows {
                row.renumber(number);
            }
            rows
        });
        let rows: Vec<RowWords> = renumbered.collect();
        let counts = Counts::new(&rows, all.len(), TEACHING);
        let key = |number: u32| all.get(number as usize).copied().unwrap_or(0);
        let glossed = counts.glosses().into_iter().enumerate();
        let words = glossed.filter(|(_, all)| !all.is_empty()).map(|(word, all)| {
            let all = best(all, TAUGHT).into_iter().map(|(gloss, weight)| (key(gloss), weight));
            (key(word as u32), all.collect())
        });
        Self { words: words.collect() }
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
        let own = counts.glosses().into_iter().zip(&self.of);
        let both = own.map(|(mut own, known)| {
            own = best(own, KEEP);
            let least = own.first().map_or(0.0, |it| it.1 * NEAR);
            own.retain(|it| it.1 >= least);
            own.extend_from_slice(known);
            best(own, KEEP)
        });
        Self { of: both.collect() }
    }
}

/// The strongest glosses, each once. Numbers follow the texts, so that those that are equally strong are
/// taken as if by chance: no version is to come first.
fn best(mut all: Vec<(u32, f32)>, keep: usize) -> Vec<(u32, f32)> {
    let chance = |number: u32| number.wrapping_mul(0x9E37_79B1);
    all.sort_unstable_by_key(|&(gloss, weight)| (Reverse((weight * 4096.0) as u32), chance(gloss)));
    let mut kept: Vec<(u32, f32)> = Vec::with_capacity(all.len().min(keep));
    for gloss in all {
        if kept.len() < keep && kept.iter().all(|it| it.0 != gloss.0) {
            kept.push(gloss);
        }
    }
    kept
}
