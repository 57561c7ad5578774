//! What an earlier run saw in pairs of texts, by all that it was seen from: a pair of which nothing has
//! changed is not measured again. Knows weighed texts and what verdicts need of a pair.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::candidates::Pair;
use super::corpus::{Bag, Text};
use super::rarity::Census;
use super::verdicts::Sight;
use crate::vocab::digest::hash64;

/// What was seen in the pairs that a run looked at.
///
/// It may save measuring, and never changes what is found: a pair is looked up by a hash of everything that
/// is measured, so that a pair that is found there is the pair that was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// In the order in which they were looked at.
    pairs: Vec<(u64, Sight)>,
    /// How many of them had to be measured.
    #[serde(skip)]
    measured: usize,
}

impl Seen {
    /// How many pairs were looked at.
    pub fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// How many of them had to be measured.
    pub fn measured(&self) -> usize {
        self.measured
    }
}

/// Pairs looked at with what an earlier run saw in them at hand.
pub(super) struct Looks<'a> {
    before: FxHashMap<u64, &'a Sight>,
    /// The print of each text.
    prints: Vec<u64>,
    now: Seen,
}

impl<'a> Looks<'a> {
    /// With what was seen before.
    pub(super) fn new(before: &'a Seen) -> Self {
        let before = before.pairs.iter().map(|(key, sight)| (*key, sight)).collect();
        Self { before, prints: Vec::new(), now: Seen::default() }
    }

    /// Takes the prints of the texts as they are weighed now.
    pub(super) fn read(&mut self, texts: &[Text], census: &Census) {
        self.prints = texts.par_iter().map(|text| print(text, census)).collect();
    }

    /// What is seen in pairs, one by one: as it was seen before, or else as it is found now.
    pub(super) fn see(
        &mut self,
        keys: &[u64],
        measure: impl FnOnce(&[usize]) -> Vec<Sight>,
    ) -> Vec<Sight> {
        let known = keys.par_iter().map(|key| self.before.get(key).map(|it| **it));
        let mut sights: Vec<Option<Sight>> = known.collect();
        let missing = sights.iter().enumerate().filter(|it| it.1.is_none());
        let missing: Vec<usize> = missing.map(|it| it.0).collect();
        self.now.measured += missing.len();
        let mut found = measure(&missing).into_iter();
        for sight in sights.iter_mut().filter(|it| it.is_none()) {
            *sight = found.next();
        }
        let sights: Vec<Sight> = sights.into_iter().map(Option::unwrap_or_default).collect();
        self.now.pairs.extend(keys.iter().copied().zip(sights.iter().copied()));
        sights
    }

    /// The key of a pair of which the languages let expect some ratio of lengths.
    pub(super) fn key(&self, pair: Pair, offset: f32, within: bool) -> u64 {
        let print = |text: u32| self.prints.get(text as usize).copied().unwrap_or(0);
        let mut bytes = [0; 21];
        let parts = print(pair.0).to_le_bytes().into_iter().chain(print(pair.1).to_le_bytes());
        let parts = parts.chain(offset.to_bits().to_le_bytes()).chain([u8::from(within)]);
        bytes.iter_mut().zip(parts).for_each(|(slot, part)| *slot = part);
        hash64(&bytes)
    }

    /// What this run has seen.
    pub(super) fn done(self) -> Seen {
        self.now
    }
}

/// A hash of all of a text that is measured: by keys, not by numbers, which any other text can change.
fn print(text: &Text, census: &Census) -> u64 {
    let mut bytes = Vec::with_capacity(8 << 10);
    bytes.extend(text.passages.to_le_bytes());
    bytes.extend((text.lengths.len() as u32).to_le_bytes());
    text.lengths.iter().for_each(|it| bytes.extend(it.to_le_bytes()));
    for bag in [&text.features, &text.words, &text.glosses] {
        add(&mut bytes, bag, census);
    }
    hash64(&bytes)
}

/// Adds the features of a bag with their places.
fn add(bytes: &mut Vec<u8>, bag: &Bag, census: &Census) {
    bytes.extend((bag.features().len() as u32).to_le_bytes());
    for feature in bag.features() {
        bytes.extend(census.key(feature.key).unwrap_or(0).to_le_bytes());
        bytes.extend(feature.weight().to_le_bytes());
        bytes.extend(feature.position().to_le_bytes());
        let sections = bag.sections(feature);
        bytes.extend([feature.space(), u8::from(feature.is_day()), sections.count() as u8]);
        bytes.extend(sections.iter().map(|it| it as u8));
    }
}
