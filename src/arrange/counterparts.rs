//! Which words of two languages stand in the same sections, as units show that were aligned before. Knows
//! words by number and by key, no texts.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::mix::Mix;
use super::rarity::Census;

/// The least Dice coefficient, in thousandths.
const LEAST: u32 = 180;
/// How many words of the pivot language are kept for a word.
pub(super) const KEPT: usize = 3;
/// The fewest sections in which two words must stand together.
const TOGETHER: u32 = 2;

/// A word's counterparts in the pivot language and how close they are, in thousandths.
pub(super) type Entry = Vec<(u32, u32)>;

/// Two aligned sections: the words of the one and of the other.
pub(super) struct Unit {
    /// The cluster in which they stand; its units come together.
    pub(super) cluster: u32,
    /// The words of the one, by number.
    pub(super) words: Vec<u32>,
    /// The words of the other, in the pivot language.
    pub(super) pivots: Vec<u32>,
}

/// What units taught about the words of a language, by keys, which no other text can change.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Taught {
    /// The words, and how many counterparts each has.
    words: Vec<(u32, u8)>,
    /// The counterparts with their closeness in thousandths, word by word.
    pivots: Vec<(u32, u16)>,
}

impl Taught {
    /// What the units of one language teach.
    pub(super) fn by(units: &[Unit], census: &Census) -> Self {
        let mut taught = Self::default();
        for (word, entry) in entries(units) {
            let key = |number: u32| census.key(number).unwrap_or(0);
            taught.words.push((key(word), entry.len() as u8));
            taught.pivots.extend(entry.iter().map(|it| (key(it.0), it.1 as u16)));
        }
        taught
    }

    /// A hash of all that units teach by.
    pub(super) fn hash(units: &[Unit], census: &Census) -> u64 {
        let mut hash = Mix(units.len() as u64);
        let mut last = None;
        for unit in units {
            let (words, pivots) = (unit.words.len() as u64, unit.pivots.len() as u64);
            let again = u64::from(last.replace(unit.cluster) == Some(unit.cluster));
            hash.add(words << 32 | pivots << 1 | again);
            for word in unit.words.iter().chain(&unit.pivots) {
                hash.add(u64::from(census.key(*word).unwrap_or(0)));
            }
        }
        hash.0
    }

    /// The words with their counterparts, by number.
    pub(super) fn entries(&self, census: &Census) -> Vec<(u32, Entry)> {
        let number = |key: u32| census.find(key).map(|it| it.0);
        let mut rest = self.pivots.as_slice();
        let entry = |&(word, count): &(u32, u8)| {
            let (own, behind) = rest.split_at_checked(usize::from(count))?;
            rest = behind;
            let pivot = |it: &(u32, u16)| Some((number(it.0)?, u32::from(it.1)));
            Some((number(word)?, own.iter().filter_map(pivot).collect()))
        };
        self.words.iter().filter_map(entry).collect()
    }
}

/// What is counted of two words.
#[derive(Clone, Copy, Default)]
struct Together {
    count: u32,
    cluster: u32,
    several: bool,
}

/// The words of one side of units, by small numbers: how often each stands there, and each unit's.
struct Side {
    words: Vec<u32>,
    counts: Vec<u32>,
    units: Vec<Vec<u32>>,
}

impl Side {
    /// Numbers the words that stand in enough units.
    fn new<'a>(units: impl Iterator<Item = &'a Vec<u32>> + Clone) -> Self {
        let mut all: Vec<u32> = units.clone().flatten().copied().collect();
        all.sort_unstable();
        let often = all.chunk_by(|a, b| a == b).filter(|it| it.len() >= TOGETHER as usize);
        let (words, counts): (Vec<u32>, Vec<u32>) =
            often.filter_map(|it| Some((*it.first()?, it.len() as u32))).unzip();
        let numbers: FxHashMap<u32, u32> = words.iter().copied().zip(0..).collect();
        let numbered = |unit: &Vec<u32>| -> Vec<u32> {
            unit.iter().filter_map(|it| numbers.get(it).copied()).collect()
        };
        let units = units.map(numbered).collect();
        Self { words, counts, units }
    }

    /// The units in which each word stands.
    fn places(&self) -> Vec<Vec<u32>> {
        let mut places = vec![Vec::new(); self.words.len()];
        for (unit, words) in (0..).zip(&self.units) {
            for word in words {
                if let Some(list) = places.get_mut(*word as usize) {
                    list.push(unit);
                }
            }
        }
        places
    }
}

/// The entries that the units of one language give.
fn entries(units: &[Unit]) -> Vec<(u32, Entry)> {
    let own = Side::new(units.iter().map(|it| &it.words));
    let other = Side::new(units.iter().map(|it| &it.pivots));
    let mut together = vec![Together::default(); other.words.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut entries = Vec::new();
    for ((word, count), places) in own.words.iter().zip(&own.counts).zip(own.places()) {
        for unit in places {
            let cluster = units.get(unit as usize).map_or(0, |it| it.cluster);
            for &pivot in other.units.get(unit as usize).into_iter().flatten() {
                let Some(slot) = together.get_mut(pivot as usize) else { continue };
                if slot.count == 0 {
                    touched.push(pivot);
                    slot.cluster = cluster;
                }
                slot.count += 1;
                slot.several |= slot.cluster != cluster;
            }
        }
        let mut entry = Entry::new();
        for pivot in touched.drain(..) {
            let it = together.get_mut(pivot as usize).map(std::mem::take).unwrap_or_default();
            let whole = count + other.counts.get(pivot as usize).copied().unwrap_or(0);
            let closeness = (2000 * it.count).checked_div(whole).unwrap_or(0);
            if it.several && it.count >= TOGETHER && closeness >= LEAST {
                entry.extend(other.words.get(pivot as usize).map(|it| (*it, closeness)));
            }
        }
        entry.sort_unstable_by_key(|&(pivot, closeness)| (Reverse(closeness), pivot));
        entry.truncate(KEPT);
        if !entry.is_empty() {
            entries.push((*word, entry));
        }
    }
    entries
}
