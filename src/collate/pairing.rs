//! Which words of two languages gloss each other: those that stand in the same rows more often than
//! chance (Dice coefficient over rows, discounted; after Levy, Søgaard and Goldberg 2017), and that are
//! the best for each other in those rows.
//!
//! Knows rows of numbered words, and nothing of texts. What two words share is summed for one word at a
//! time over a list of all (the sparse accumulator of Gustavson 1978), and a pair that is too weak to be
//! kept is dropped at once: a share is never more than the count, so that a weak pair is never the best
//! of a word that has a strong one.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The words of one row, by version.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowWords {
    /// Which statement the row is from.
    pub(crate) statement: u32,
    /// Language number and the numbers of the distinct words of every version that stands in the row.
    pub(crate) versions: Vec<(u16, Vec<u32>)>,
}

impl RowWords {
    /// The words of all versions.
    pub(crate) fn words(&self) -> impl Iterator<Item = u32> {
        self.versions.iter().flat_map(|it| it.1.iter().copied())
    }

    /// Gives every word another number; a word without one is forgotten.
    pub(crate) fn renumber(&mut self, number: impl Fn(u32) -> Option<u32>) {
        for (_, words) in &mut self.versions {
            *words = words.iter().filter_map(|&word| number(word)).collect();
        }
    }
}

/// The least association that is kept.
const LEAST: f32 = 0.15;
/// A whole row, in the unit in which shares of rows are counted.
const WHOLE: f32 = 256.0;
/// What is taken from the shared rows of two words, for those that chance brings together.
const CHANCE: f32 = 1.0;
/// How many words are counted in one go, each go with a list of all.
const BATCH: usize = 8192;

/// How often words stand in rows, and in which.
pub(crate) struct Counts {
    /// The rows with the words that can teach anything, in the order of their numbers.
    rows: Vec<RowWords>,
    words: Vec<Word>,
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
struct Word {
    lang: u16,
    /// The rows in which it stands, once for each version that has it there.
    rows: Vec<u32>,
    /// Languages, and in how many of its rows each is present.
    beside: Vec<(u16, u32)>,
}

/// Two words, the first with the lower number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    words: [u32; 2],
    /// How strong their rows make it.
    strength: f32,
    /// In how many rows they are the best for each other.
    share: u32,
}

/// What one word shares with another.
#[derive(Clone, Copy, Debug, Default)]
struct Joint {
    count: u32,
    statements: u32,
    last: u32,
}

impl Counts {
    /// Counts the words of rows, all of whose numbers are below `size`.
    pub(crate) fn new(mut rows: Vec<RowWords>, size: usize) -> Self {
        let telling = telling(&rows, size);
        let is_telling = |word: u32| telling.get(word as usize).copied().unwrap_or(false);
        let mut words = vec![Word::default(); size];
        for (place, row) in rows.iter_mut().enumerate() {
            let mut langs: Vec<u16> = row.versions.iter().map(|it| it.0).collect();
            langs.sort_unstable();
            langs.dedup();
            for (lang, own) in &mut row.versions {
                own.retain(|&word| is_telling(word));
                own.sort_unstable();
                for &word in own.iter() {
                    let Some(word) = words.get_mut(word as usize) else { continue };
                    word.lang = *lang;
                    word.rows.push(place as u32);
                    for &lang in &langs {
                        word.meets(lang);
                    }
                }
            }
        }
        Self { rows, words }
    }

    /// What is known of a word.
    fn word(&self, number: u32) -> Option<&Word> {
        self.words.get(number as usize)
    }

    /// The pairs that could gloss each other.
    pub(crate) fn pairs(&self, statements: u32, discount: f32) -> Vec<Pair> {
        let demand = (statements, discount);
        self.pairs_of(0..self.words.len() as u32, demand)
    }

    /// The same by all workers, for a whole archive.
    pub(crate) fn all_pairs(&self, statements: u32, discount: f32) -> Vec<Pair> {
        let size = self.words.len();
        let batches = (0..size.div_ceil(BATCH)).into_par_iter();
        let batch = |at: usize| at as u32 * BATCH as u32..size.min((at + 1) * BATCH) as u32;
        batches.flat_map_iter(|at| self.pairs_of(batch(at), (statements, discount))).collect()
    }

    /// The pairs of which the first word is one of some.
    fn pairs_of(&self, some: std::ops::Range<u32>, demand: (u32, f32)) -> Vec<Pair> {
        let mut joint = vec![Joint::default(); self.words.len()];
        let mut met = Vec::new();
        let mut pairs = Vec::new();
        for own in some {
            self.meet(own, &mut joint, &mut met);
            for other in met.drain(..) {
                let Some(found) = joint.get_mut(other as usize).map(std::mem::take) else {
                    continue;
                };
                let strength = self.dice([own, other], found.count as f32 - demand.1);
                if found.count >= 2 && found.statements >= demand.0 && strength >= LEAST {
                    pairs.push(Pair { words: [own, other], strength, share: 0 });
                }
            }
        }
        pairs
    }

    /// Counts what stands beside a word in other languages and has a higher number.
    fn meet(&self, own: u32, joint: &mut [Joint], met: &mut Vec<u32>) {
        let Some(word) = self.word(own) else { return };
        for &row in &word.rows {
            let Some(row) = self.rows.get(row as usize) else { continue };
            for (_, words) in row.versions.iter().filter(|it| it.0 != word.lang) {
                let behind = words.partition_point(|&other| other <= own);
                for &other in words.get(behind..).unwrap_or_default() {
                    let Some(found) = joint.get_mut(other as usize) else { continue };
                    if found.count == 0 {
                        met.push(other);
                    }
                    found.statements += u32::from(found.count == 0 || found.last != row.statement);
                    found.last = row.statement;
                    found.count += 1;
                }
            }
        }
    }

    /// The Dice coefficient of two words over the rows where both languages stand.
    fn dice(&self, [a, b]: [u32; 2], joint: f32) -> f32 {
        let (Some(a), Some(b)) = (self.word(a), self.word(b)) else { return 0.0 };
        2.0 * joint / ((a.beside(b.lang) + b.beside(a.lang)) as f32).max(1.0)
    }
}

impl Word {
    /// Notes a language beside it.
    fn meets(&mut self, lang: u16) {
        match self.beside.iter_mut().find(|it| it.0 == lang) {
            Some(found) => found.1 += 1,
            None => self.beside.push((lang, 1)),
        }
    }

    /// In how many of its rows a language is present.
    fn beside(&self, lang: u16) -> u32 {
        self.beside.iter().find(|it| it.0 == lang).map_or(0, |it| it.1)
    }
}

/// Which words are neither too rare nor too common to teach anything.
fn telling(rows: &[RowWords], size: usize) -> Vec<bool> {
    let mut of_lang: FxHashMap<u16, u32> = FxHashMap::default();
    let mut counts: Vec<(u16, u32)> = vec![(0, 0); size];
    for (lang, words) in rows.iter().flat_map(|row| &row.versions) {
        *of_lang.entry(*lang).or_default() += 1;
        for &word in words {
            if let Some(count) = counts.get_mut(word as usize) {
                *count = (*lang, count.1 + 1);
            }
        }
    }
    let rows = |lang| of_lang.get(&lang).copied().unwrap_or(0);
    counts.iter().map(|&(lang, count)| count >= 2 && count * 5 <= rows(lang).max(20)).collect()
}

/// The glosses of every word, by number: pairs compete in every row, and count as much as each is the
/// best that both words can find.
pub(crate) fn glosses(counts: &Counts, mut pairs: Vec<Pair>) -> Vec<Vec<(u32, f32)>> {
    let mut contest = Contest::new(counts.words.len(), &pairs);
    for row in &counts.rows {
        for (place, (lang, words)) in row.versions.iter().enumerate() {
            contest.enter(words, 0.0);
            let before = row.versions.iter().take(place).filter(|it| it.0 != *lang);
            before.for_each(|(_, others)| contest.settle(others, &mut pairs));
            contest.enter(words, OFF);
        }
    }
    let mut glosses = vec![Vec::new(); counts.words.len()];
    for pair in pairs {
        let [a, b] = pair.words;
        let dice = counts.dice(pair.words, pair.share as f32 / WHOLE - CHANCE);
        for (word, gloss) in [(a, b), (b, a)] {
            if let Some(all) = glosses.get_mut(word as usize).filter(|_| dice >= LEAST) {
                all.push((gloss, dice));
            }
        }
    }
    glosses
}

/// What competing stands on.
struct Contest {
    /// The pairs of every word: the other word, and the place of the pair.
    pairs: Vec<Vec<(u32, u32)>>,
    /// The best that each word of the version that is looked at finds; [`OFF`] for all others.
    tops: Vec<f32>,
    /// The pairs of two versions: the word on the field, the place, and the best that the other finds.
    met: Vec<(u32, u32, f32)>,
}

/// A word that is not on the field.
const OFF: f32 = -1.0;

impl Contest {
    /// Makes ready.
    fn new(size: usize, all: &[Pair]) -> Self {
        let mut pairs = vec![Vec::new(); size];
        for (place, pair) in all.iter().enumerate() {
            let [a, b] = pair.words;
            for (word, other) in [(a, b), (b, a)] {
                if let Some(own) = pairs.get_mut(word as usize) {
                    own.push((other, place as u32));
                }
            }
        }
        Self { pairs, tops: vec![OFF; size], met: Vec::new() }
    }

    /// Sets the words of a version on the field, or takes them off.
    fn enter(&mut self, words: &[u32], begin: f32) {
        for &word in words {
            if let Some(top) = self.tops.get_mut(word as usize) {
                *top = begin;
            }
        }
    }

    /// Lets the words of another version compete for those on the field.
    fn settle(&mut self, words: &[u32], pairs: &mut [Pair]) {
        for &word in words {
            let begin = self.met.len();
            let mut best = 0.0_f32;
            for &(other, place) in self.pairs.get(word as usize).into_iter().flatten() {
                let Some(top) = self.tops.get_mut(other as usize).filter(|top| **top >= 0.0) else {
                    continue;
                };
                let strength = pairs.get(place as usize).map_or(0.0, |it| it.strength);
                *top = top.max(strength);
                best = best.max(strength);
                self.met.push((other, place, 0.0));
            }
            for met in self.met.iter_mut().skip(begin) {
                met.2 = best;
            }
        }
        for &(other, place, best) in &self.met {
            let top = self.tops.get(other as usize).copied().unwrap_or(best);
            if let Some(pair) = pairs.get_mut(place as usize) {
                let share = pair.strength * pair.strength / (best * top);
                pair.share += (share * share * WHOLE) as u32;
            }
        }
        for (other, _, _) in self.met.drain(..) {
            if let Some(top) = self.tops.get_mut(other as usize) {
                *top = 0.0;
            }
        }
    }
}
