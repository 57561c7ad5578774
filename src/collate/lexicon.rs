//! The dictionary that an archive teaches itself.
//!
//! Words of two languages that stand in the same rows more often than chance gloss each other (Dice
//! coefficient over rows, discounted; after Levy, Søgaard and Goldberg 2017). Knows rows of word keys,
//! and nothing of texts.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// The words of one row, by version.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowWords {
    /// Which statement the row is from.
    pub(crate) statement: u32,
    /// Language number and distinct word keys of every version that stands in the row.
    pub(crate) versions: Vec<(u16, Vec<u64>)>,
}

impl RowWords {
    /// The words of every two versions in different languages.
    fn pairs(&self) -> impl Iterator<Item = [&[u64]; 2]> {
        self.versions.iter().enumerate().flat_map(|(place, (lang, words))| {
            let others = self.versions.iter().skip(place + 1).filter(move |it| it.0 != *lang);
            others.map(move |(_, others)| [words.as_slice(), others.as_slice()])
        })
    }
}

/// What words of one language say in others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Glosses {
    words: FxHashMap<u64, Vec<(u64, f32)>>,
}

/// The most glosses that a word keeps.
const KEEP: usize = 10;
/// The least association that is kept.
const LEAST: f32 = 0.15;
/// A whole row, in the unit in which shares of rows are counted.
const WHOLE: f32 = 256.0;
/// What is taken from the shared rows of two words, for those that chance brings together.
const CHANCE: f32 = 1.0;

impl Glosses {
    /// The glosses of a word, best first.
    pub(crate) fn of(&self, key: u64) -> &[(u64, f32)] {
        self.words.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Takes in the glosses of another dictionary; the stronger association counts.
    pub(crate) fn merge(mut self, other: &Self) -> Self {
        let mut keys: Vec<&u64> = other.words.keys().collect();
        keys.sort_unstable();
        for key in keys {
            let mut all: Vec<(u64, f32)> = self.of(*key).to_vec();
            all.extend_from_slice(other.of(*key));
            self.words.insert(*key, best(all));
        }
        self
    }

    /// Learns from rows. `statements` is how many statements must bear an association out, and
    /// `discount` what is taken from the joint count.
    pub(crate) fn learn(rows: &[RowWords], statements: u32, discount: f32) -> Self {
        let singles = Singles::count(rows);
        let mut joint: FxHashMap<(u64, u64), Joint> = FxHashMap::default();
        for row in rows {
            for [words, others] in row.pairs() {
                pair(&mut joint, row.statement, &singles, [words, others]);
            }
        }
        joint.retain(|_, found| found.count >= 2 && found.statements >= statements);
        let mut shares: FxHashMap<(u64, u64), u32> = FxHashMap::default();
        let first = |a: u64, b: u64| -> f32 {
            joint
                .get(&(a.min(b), a.max(b)))
                .map_or(0.0, |found| singles.dice((a, b), found.count as f32 - discount).max(0.0))
        };
        for [words, others] in rows.iter().flat_map(RowWords::pairs) {
            compete(&mut shares, &first, [words, others]);
        }
        let mut words: FxHashMap<u64, Vec<(u64, f32)>> = FxHashMap::default();
        let mut pairs: Vec<&(u64, u64)> = joint.keys().collect();
        pairs.sort_unstable();
        for &(a, b) in pairs {
            let share = shares.get(&(a, b)).copied().unwrap_or(0) as f32 / WHOLE;
            let dice = singles.dice((a, b), share - CHANCE);
            if dice >= LEAST {
                words.entry(a).or_default().push((b, dice));
                words.entry(b).or_default().push((a, dice));
            }
        }
        let words = words.into_iter().map(|(word, all)| (word, best(all))).collect();
        Self { words }
    }
}

/// The strongest glosses, each once.
fn best(mut all: Vec<(u64, f32)>) -> Vec<(u64, f32)> {
    let rank = |&(key, weight): &(u64, f32)| (std::cmp::Reverse((weight * 4096.0) as u32), key);
    all.sort_unstable_by_key(rank);
    let mut seen = FxHashSet::default();
    all.retain(|&(key, _)| seen.insert(key));
    all.truncate(KEEP);
    all
}

/// How often two words stand in one row, and in how many statements (counted to two).
#[derive(Clone, Copy, Debug, Default)]
struct Joint {
    count: u32,
    statements: u32,
    last: u32,
}

/// Counts the pairs of two versions' words.
fn pair(
    joint: &mut FxHashMap<(u64, u64), Joint>,
    statement: u32,
    singles: &Singles,
    [words, others]: [&[u64]; 2],
) {
    for &a in words.iter().filter(|word| singles.is_telling(**word)) {
        for &b in others.iter().filter(|word| singles.is_telling(**word)) {
            let found = joint.entry((a.min(b), a.max(b))).or_default();
            found.statements += u32::from(found.count == 0 || found.last != statement);
            found.last = statement;
            found.count += 1;
        }
    }
}

/// Lets the words of two versions of a row compete for each other: a pair counts as much as it is the
/// best that both can find.
fn compete(
    shares: &mut FxHashMap<(u64, u64), u32>,
    strength: &impl Fn(u64, u64) -> f32,
    [words, others]: [&[u64]; 2],
) {
    let table: Vec<Vec<f32>> =
        words.iter().map(|&a| others.iter().map(|&b| strength(a, b)).collect()).collect();
    let mut tops = vec![0.0_f32; others.len()];
    for row in &table {
        for (top, &value) in tops.iter_mut().zip(row) {
            *top = top.max(value);
        }
    }
    for (&a, row) in words.iter().zip(&table) {
        let top = row.iter().copied().fold(0.0, f32::max);
        for ((&b, &value), &other) in others.iter().zip(row).zip(&tops) {
            if value > 0.0 {
                let share = value * value / (top * other);
                *shares.entry((a.min(b), a.max(b))).or_default() += (share * share * WHOLE) as u32;
            }
        }
    }
}

/// How often words stand alone.
struct Singles {
    /// Rows of each language.
    rows: FxHashMap<u16, u32>,
    /// The language of each word and the rows it stands in.
    words: FxHashMap<u64, (u16, u32)>,
    /// Rows in which a word stands and another language is present.
    beside: FxHashMap<(u64, u16), u32>,
}

impl Singles {
    /// Counts words and languages.
    fn count(rows: &[RowWords]) -> Self {
        let mut singles = Self {
            rows: FxHashMap::default(),
            words: FxHashMap::default(),
            beside: FxHashMap::default(),
        };
        for row in rows {
            for (lang, words) in &row.versions {
                *singles.rows.entry(*lang).or_default() += 1;
                let others: BTreeSet<u16> = row.versions.iter().map(|version| version.0).collect();
                for &word in words {
                    singles.words.entry(word).or_insert((*lang, 0)).1 += 1;
                    for other in &others {
                        *singles.beside.entry((word, *other)).or_default() += 1;
                    }
                }
            }
        }
        singles
    }

    /// Whether a word is neither too rare nor too common to teach anything.
    fn is_telling(&self, word: u64) -> bool {
        let Some(&(lang, count)) = self.words.get(&word) else { return false };
        let rows = self.rows.get(&lang).copied().unwrap_or(0);
        count >= 2 && count * 5 <= rows.max(20)
    }

    /// The Dice coefficient of two words over the rows where both languages stand.
    fn dice(&self, (a, b): (u64, u64), joint: f32) -> f32 {
        let lang = |word| self.words.get(&word).map_or(0, |&(lang, _)| lang);
        let beside = |word, lang| self.beside.get(&(word, lang)).copied().unwrap_or(0) as f32;
        2.0 * joint / (beside(a, lang(b)) + beside(b, lang(a))).max(1.0)
    }
}
