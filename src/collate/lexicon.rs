//! The dictionary that an archive teaches itself, and the glosses that it and a statement's own rows
//! give to the words of a statement.
//!
//! Knows keys and their numbers, and nothing of texts.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::classes::Classes;
use super::couples::Kept;
use super::keys::Keys;
use super::pairing::{Counts, Demand, RowWords};
use crate::vocab::digest::{Fingerprint, hash64};

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
    words: FxHashMap<u64, Entry>,
    /// Their keys, by place.
    keys: Vec<u64>,
    /// The glosses of words, which may have them in common: each is a word, too, and known by its place.
    glosses: Vec<(u32, f32)>,
}

/// What a dictionary says of a word.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Entry {
    /// Its place among all words.
    place: u32,
    /// Where its glosses begin among all, and where they end.
    glosses: (u32, u32),
    /// A digest of them.
    print: u64,
}

impl Dictionary {
    /// Learns from the rows of statements, whose words are numbered by their places among some keys, beside
    /// what is kept of that.
    pub(crate) fn learn(statements: Vec<(Vec<RowWords>, &[u64])>, kept: Kept) -> Self {
        let mut all: Vec<u64> = Vec::new();
        for (rows, keys) in &statements {
            let mut told = vec![false; keys.len()];
            for word in rows.iter().flat_map(RowWords::words) {
                if let Some(told) = told.get_mut(word as usize) {
                    *told = true;
                }
            }
            all.extend(keys.iter().zip(told).filter(|it| it.1).map(|it| it.0));
        }
        all.sort_unstable();
        all.dedup();
        let statements = statements.into_par_iter().enumerate();
        let renumbered = statements.flat_map_iter(|(statement, (mut rows, keys))| {
            let numbers: Vec<Option<u32>> =
                keys.iter().map(|key| all.binary_search(key).ok().map(|it| it as u32)).collect();
            for row in &mut rows {
                row.statement = statement as u32;
                row.renumber(|word| numbers.get(word as usize).copied().flatten());
            }
            rows
        });
        let rows: Vec<RowWords> = renumbered.collect();
        let classes = Classes::new(&rows, all.len());
        let counts = Counts::new(classes.rows(), classes.size(), TEACHING);
        let first = |class: u32| all.get(*classes.members(class).first()? as usize).copied();
        let keys: Vec<u64> =
            (0..classes.size() as u32).map(|it| first(it).unwrap_or_default()).collect();
        let taught = counts.glosses_beside(&keys, kept);
        let mut dictionary = Self::default();
        let mut told = vec![Told::default(); all.len()];
        for &word in taught.each().flat_map(|it| classes.members(it.0)) {
            if let (Some(told), Some(&key)) = (told.get_mut(word as usize), all.get(word as usize))
            {
                *told = Told { key, place: dictionary.keys.len() as u32 };
                dictionary.keys.push(key);
            }
        }
        let told = |number: u32| told.get(number as usize).copied().unwrap_or_default();
        let mut room = Vec::new();
        for (class, glosses) in taught.each() {
            let glosses = classes.spread(glosses.iter().copied());
            room.extend(glosses.map(|(gloss, weight)| Gloss::new(told(gloss), weight)));
            best(&mut room, TAUGHT);
            let words = classes.members(class).iter();
            dictionary.enter(words.map(|&it| told(it)), &mut room);
        }
        dictionary
    }

    /// Enters words with the glosses that they have in common.
    fn enter(&mut self, words: impl Iterator<Item = Told>, glosses: &mut Vec<Gloss<Told>>) {
        let mut bytes = Vec::with_capacity(glosses.len() * 12);
        for gloss in glosses.iter() {
            bytes.extend(gloss.word.key.to_le_bytes());
            bytes.extend(gloss.weight.to_le_bytes());
        }
        let print = hash64(&bytes);
        let from = self.glosses.len() as u32;
        self.glosses.extend(glosses.drain(..).map(|it| (it.word.place, it.weight)));
        let glosses = (from, self.glosses.len() as u32);
        let entries = words.map(|it| (it.key, Entry { place: it.place, glosses, print }));
        self.words.extend(entries);
    }

    /// A fingerprint of all that is said here of some words.
    pub(crate) fn print(&self, words: &[u64]) -> Fingerprint {
        let mut bytes = Vec::with_capacity(words.len() * 16);
        for (word, entry) in words.iter().filter_map(|it| self.words.get_key_value(it)) {
            bytes.extend(word.to_le_bytes());
            bytes.extend(entry.print.to_le_bytes());
        }
        Fingerprint::of_bytes(&bytes)
    }

    /// The glosses of all keys of a statement; they get numbers, too.
    pub(crate) fn glosses(&self, keys: &mut Keys) -> Glosses {
        let count = keys.all().len();
        let entries: Vec<Option<Entry>> =
            keys.all().iter().map(|key| self.words.get(key).copied()).collect();
        // By place; a word of the dictionary that the statement does not have has none yet.
        let mut numbers = vec![u32::MAX; self.keys.len()];
        for (number, entry) in (0..).zip(&entries) {
            if let Some(slot) = entry.and_then(|it| numbers.get_mut(it.place as usize)) {
                *slot = number;
            }
        }
        let mut glosses = Glosses::with_room(count, count * TAUGHT);
        for entry in entries {
            let (from, to) = entry.map_or((0, 0), |it| it.glosses);
            let found = self.glosses.get(from as usize..to as usize).unwrap_or_default();
            for &(place, weight) in found {
                let place = place as usize;
                let (Some(number), Some(&key)) = (numbers.get_mut(place), self.keys.get(place))
                else {
                    continue;
                };
                if *number == u32::MAX {
                    *number = keys.add(key);
                }
                glosses.all.push((*number, weight));
            }
            glosses.ends.push(glosses.all.len());
        }
        glosses.ends.resize(keys.all().len(), glosses.all.len());
        glosses
    }
}

/// A word while a dictionary is learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Told {
    key: u64,
    /// Its place among the words of the dictionary.
    place: u32,
}

/// What words of a statement say in others, by the numbers of their keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glosses {
    /// Where those of each word end.
    ends: Vec<usize>,
    all: Vec<(u32, f32)>,
}

impl Glosses {
    /// Room for the glosses of so many keys.
    fn with_room(keys: usize, glosses: usize) -> Self {
        Self { ends: Vec::with_capacity(keys), all: Vec::with_capacity(glosses) }
    }

    /// How many keys there are.
    pub(crate) fn keys(&self) -> usize {
        self.ends.len()
    }

    /// The glosses of a word, best first.
    pub(crate) fn of(&self, number: u32) -> &[(u32, f32)] {
        let end = |at: Option<usize>| at.and_then(|it| self.ends.get(it)).copied().unwrap_or(0);
        let number = number as usize;
        self.all.get(end(number.checked_sub(1))..end(Some(number))).unwrap_or_default()
    }

    /// The same with what the rows of the statement itself teach; the stronger association counts.
    pub(crate) fn with(&self, rows: &[RowWords]) -> Self {
        let classes = Classes::new(rows, self.keys());
        let counts = Counts::new(classes.rows(), classes.size(), OWN);
        let mut nearest = vec![Vec::new(); classes.size()];
        for (class, own) in counts.glosses().each() {
            if let Some(room) = nearest.get_mut(class as usize) {
                near(own, &classes, room);
            }
        }
        let mut both = Self::with_room(self.keys(), self.all.len() + self.keys() * KEEP / 2);
        let mut room = Vec::new();
        for word in 0..self.keys() as u32 {
            let own = nearest.get(classes.of(word) as usize);
            room.extend_from_slice(own.map(Vec::as_slice).unwrap_or_default());
            room.extend(self.of(word).iter().map(|&(gloss, weight)| Gloss::new(gloss, weight)));
            best(&mut room, KEEP);
            both.all.extend(room.drain(..).map(|it| (it.word, it.weight)));
            both.ends.push(both.all.len());
        }
        both
    }
}

/// Gathers the strongest of the glosses that a statement's own rows give to the words of a class: words of
/// other classes.
fn near(own: &[(u32, f32)], classes: &Classes, room: &mut Vec<Gloss<u32>>) {
    let top = own.iter().map(|it| it.1).fold(0.0, f32::max);
    // What is weaker takes no place from any that is near.
    let near = own.iter().copied().filter(|it| it.1 >= top * NEAR - 3.0 / STEPS);
    room.extend(classes.spread(near).map(|(gloss, weight)| Gloss::new(gloss, weight)));
    if room.len() > KEEP {
        room.select_nth_unstable_by_key(KEEP, |it| it.rank);
        room.truncate(KEEP);
    }
    let least = room.iter().min_by_key(|it| it.rank).map_or(0.0, |it| it.weight * NEAR);
    room.retain(|it| it.weight >= least);
}

/// A gloss of a word, with its place among others.
#[derive(Clone, Copy, Debug)]
struct Gloss<T: Name> {
    rank: T::Rank,
    word: T,
    weight: f32,
}

impl<T: Name> Gloss<T> {
    /// A gloss of some weight.
    fn new(word: T, weight: f32) -> Self {
        Self { rank: word.rank((weight * STEPS) as u32), word, weight }
    }
}

/// What a gloss is known by.
trait Name: Copy + Eq {
    /// What glosses are ranked by, the best first: their weight in steps, and among those that are equally
    /// strong something that has nothing to do with the texts.
    type Rank: Copy + Ord;

    /// The rank of a gloss of so many steps.
    fn rank(self, steps: u32) -> Self::Rank;
}

/// The number of a key: numbers follow the texts.
impl Name for u32 {
    type Rank = u64;

    fn rank(self, steps: u32) -> u64 {
        u64::from(!steps) << 32 | u64::from(self.wrapping_mul(0x9E37_79B1))
    }
}

/// A key: it is a hash, and the same whatever else stands in the archive. Its last bits come first.
impl Name for Told {
    type Rank = (u32, u64);

    fn rank(self, steps: u32) -> (u32, u64) {
        (!steps, self.key.rotate_right(16))
    }
}

/// Keeps the strongest glosses, each once, of a list in which none is more than twice. Those that are equally
/// strong are taken as if by chance: no version is to come first.
fn best<T: Name>(all: &mut Vec<Gloss<T>>, keep: usize) {
    if all.len() < 2 {
        return;
    }
    if all.len() > 2 * keep {
        all.select_nth_unstable_by_key(2 * keep, |it| it.rank);
        all.truncate(2 * keep);
    }
    all.sort_unstable_by_key(|it| it.rank);
    let mut kept = 0;
    for at in 0..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let before = before.get(..kept).unwrap_or_default();
        let Some(gloss) = rest.first().copied().filter(|_| kept < keep) else { break };
        if before.iter().all(|it| it.word != gloss.word) {
            if let Some(slot) = all.get_mut(kept) {
                *slot = gloss;
            }
            kept += 1;
        }
    }
    all.truncate(kept);
}
