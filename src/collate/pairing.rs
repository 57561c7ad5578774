//! Which words of two languages gloss each other: those that stand in the same rows more often than
//! chance (Dice coefficient over rows, discounted; after Levy, Søgaard and Goldberg 2017), and that are
//! the best for each other in those rows.
//!
//! Knows rows of numbered words, and nothing of texts. One word at a time walks through all that it meets,
//! with lists of all words at hand (the sparse accumulator of Gustavson 1978), three times: to count what
//! it shares with each, to tell in every row how strong its best partner is there, and to share the row
//! among its partners. A pair that is too weak to be kept is dropped at once: a share is never more than
//! the count, so that a weak pair is never the best of a word that has a strong one.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::taught::Taught;

/// The words of one row, by version.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct RowWords {
    /// Which statement the row is from, among those that are learned from.
    #[serde(skip)]
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
/// How many words a worker takes at a time.
const BATCH: usize = 64;

/// What a word must come to, to teach anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demand {
    /// In how many statements two words must meet.
    pub(crate) statements: u32,
    /// What is taken from the rows that two words share.
    pub(crate) discount: f32,
    /// Whether all workers take part: for a whole archive.
    pub(crate) shared: bool,
}

/// Where words stand in rows, and how often. A word is known by its place among those that can teach
/// anything.
pub(crate) struct Counts {
    demand: Demand,
    /// The numbers of the words, in order.
    numbers: Vec<u32>,
    /// Their languages, by their places among all.
    langs: Vec<u16>,
    /// Word by word, in how many of its rows each language is present.
    beside: Vec<u32>,
    /// How many languages there are.
    tongues: usize,
    /// Where the stands of each word begin, and where the last ones end.
    starts: Vec<usize>,
    /// Where words stand, word by word, in the order of the rows: the version, and the place in it.
    stands: Vec<(u32, u32)>,
    /// The versions of all rows, row by row.
    versions: Vec<Version>,
    /// The words of all versions, in order in each.
    cells: Vec<u32>,
    /// How many tops there are: one for each cell and each version of its row.
    tops: usize,
}

/// A version in a row.
#[derive(Clone, Debug)]
struct Version {
    statement: u32,
    lang: u16,
    /// The versions of its row.
    row: Range<u32>,
    /// Its cells.
    cells: Range<usize>,
    /// Where the tops of its cells begin.
    tops: usize,
}

impl Version {
    /// Where the top of one of its cells is, against another version of its row.
    fn top(&self, place: u32, other: u32) -> usize {
        self.tops + (place * (self.row.end - self.row.start) + other - self.row.start) as usize
    }
}

/// Two words that meet.
struct Meeting {
    other: u32,
    statement: u32,
    /// The top of the one against the version of the other, and the other way round.
    tops: [usize; 2],
}

/// What one word shares with another.
#[derive(Clone, Copy, Debug, Default)]
struct Joint {
    count: u32,
    statements: u32,
    last: u32,
}

impl Joint {
    /// Counts a row of a statement; statements come one after the other.
    fn add(&mut self, statement: u32) {
        self.statements += u32::from(self.count == 0 || self.last != statement);
        self.last = statement;
        self.count += 1;
    }
}

/// The words behind a word that could gloss it, and how strong their rows make each.
type Partners = Vec<(u32, f32)>;

impl Counts {
    /// Counts the words of rows, all of whose numbers are below `size`.
    pub(crate) fn new(rows: &[RowWords], size: usize, demand: Demand) -> Self {
        let telling = telling(rows, size, demand.statements);
        let numbers: Vec<u32> = (0..).zip(&telling).filter(|it| *it.1).map(|it| it.0).collect();
        let mut places = vec![u32::MAX; size];
        for (place, &number) in (0..).zip(&numbers) {
            if let Some(slot) = places.get_mut(number as usize) {
                *slot = place;
            }
        }
        let mut tongues: Vec<u16> = Vec::new();
        for (lang, _) in rows.iter().flat_map(|row| &row.versions) {
            if !tongues.contains(lang) {
                tongues.push(*lang);
            }
        }
        let mut counts = Self {
            demand,
            langs: vec![0; numbers.len()],
            beside: vec![0; numbers.len() * tongues.len()],
            tongues: tongues.len(),
            numbers,
            starts: Vec::new(),
            stands: Vec::new(),
            versions: Vec::new(),
            cells: Vec::new(),
            tops: 0,
        };
        for row in rows {
            counts.enter(row, &places, &tongues);
        }
        counts.stand();
        counts
    }

    /// Enters the versions of a row.
    fn enter(&mut self, row: &RowWords, places: &[u32], tongues: &[u16]) {
        let begin = self.versions.len() as u32;
        let all = begin..begin + row.versions.len() as u32;
        let place = |lang: u16| tongues.iter().position(|it| *it == lang).unwrap_or(0) as u16;
        let langs: Vec<u16> = row.versions.iter().map(|it| place(it.0)).collect();
        let mut beside = langs.clone();
        beside.sort_unstable();
        beside.dedup();
        for (&lang, (_, own)) in langs.iter().zip(&row.versions) {
            let from = self.cells.len();
            let known = own.iter().filter_map(|&it| places.get(it as usize));
            self.cells.extend(known.filter(|it| **it != u32::MAX));
            let cells = self.cells.get_mut(from..).unwrap_or_default();
            cells.sort_unstable();
            for &word in cells.iter() {
                if let Some(own) = self.langs.get_mut(word as usize) {
                    *own = lang;
                }
                let word = word as usize * self.tongues;
                let counts = self.beside.get_mut(word..word + self.tongues).unwrap_or_default();
                for &lang in &beside {
                    if let Some(count) = counts.get_mut(usize::from(lang)) {
                        *count += 1;
                    }
                }
            }
            let (count, tops) = (cells.len(), self.tops);
            self.tops += count * row.versions.len();
            let cells = from..from + count;
            let (statement, row) = (row.statement, all.clone());
            self.versions.push(Version { statement, lang, row, cells, tops });
        }
    }

    /// Lays down where each word stands: counted first, then word by word.
    fn stand(&mut self) {
        self.starts = vec![0; self.numbers.len() + 1];
        for &word in &self.cells {
            if let Some(count) = self.starts.get_mut(word as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = self.starts.clone();
        self.stands = vec![(0, 0); self.cells.len()];
        for (at, version) in (0..).zip(&self.versions) {
            let own = self.cells.get(version.cells.clone()).unwrap_or_default();
            for (place, &word) in (0..).zip(own) {
                let Some(next) = next.get_mut(word as usize) else { continue };
                if let Some(stand) = self.stands.get_mut(*next) {
                    *stand = (at, place);
                }
                *next += 1;
            }
        }
    }

    /// Where a word stands.
    fn stands(&self, word: u32) -> &[(u32, u32)] {
        let at = |word: usize| self.starts.get(word).copied().unwrap_or(0);
        self.stands.get(at(word as usize)..at(word as usize + 1)).unwrap_or_default()
    }

    /// The words that could gloss each other, by the first.
    fn partners(&self) -> Vec<Partners> {
        let room = || (vec![Joint::default(); self.numbers.len()], Vec::new());
        let walk = |(joint, met): &mut (Vec<Joint>, Vec<u32>), own: u32| {
            self.walk(own, |it| {
                let Some(found) = joint.get_mut(it.other as usize) else { return };
                if found.count == 0 {
                    met.push(it.other);
                }
                found.add(it.statement);
            });
            let met = met.drain(..);
            met.filter_map(|other| {
                let found = joint.get_mut(other as usize).map(std::mem::take)?;
                let often = found.count >= 2 && found.statements >= self.demand.statements;
                let strength =
                    || self.dice([own, other], found.count as f32 - self.demand.discount);
                Some((other, often.then(strength)?)).filter(|it| it.1 >= LEAST)
            })
            .collect()
        };
        self.each().map_init(room, walk).collect()
    }

    /// Lets a word meet what stands beside it in other languages and comes behind it.
    fn walk(&self, own: u32, mut meet: impl FnMut(Meeting)) {
        let lang = self.langs.get(own as usize).copied().unwrap_or(0);
        for &(at, place) in self.stands(own) {
            let Some(version) = self.versions.get(at as usize) else { continue };
            let row = version.row.start as usize..version.row.end as usize;
            let row = self.versions.get(row).unwrap_or_default();
            for (its, other) in (version.row.start..).zip(row).filter(|it| it.1.lang != lang) {
                let cells = self.cells.get(other.cells.clone()).unwrap_or_default();
                let top = version.top(place, its);
                let last = cells.len().wrapping_sub(1) as u32;
                let behind = cells.iter().rev().take_while(|it| **it > own);
                for (back, &word) in (0..).zip(behind) {
                    let tops = [top, other.top(last - back, at)];
                    meet(Meeting { other: word, statement: other.statement, tops });
                }
            }
        }
    }

    /// How strong the best partner of each cell is in each version of its row, as the bits of a number: those
    /// of positive numbers are in the order of the numbers.
    fn tops(&self, partners: &[Partners]) -> Vec<AtomicU32> {
        let tops: Vec<AtomicU32> = (0..self.tops).map(|_| AtomicU32::new(0)).collect();
        let room = || vec![0.0_f32; self.numbers.len()];
        self.each().for_each_init(room, |strengths, own| {
            let partners = partners.get(own as usize).map_or(&[][..], Vec::as_slice);
            set(strengths, partners, |it| *it);
            self.walk(own, |it| {
                let strength = strengths.get(it.other as usize).copied().unwrap_or(0.0).to_bits();
                let raised = |top: &&AtomicU32| top.load(Ordering::Relaxed) < strength;
                for top in it.tops.iter().filter_map(|it| tops.get(*it)).filter(raised) {
                    top.fetch_max(strength, Ordering::Relaxed);
                }
            });
            set(strengths, partners, |_| 0.0);
        });
        tops
    }

    /// What is left of the partners when they have competed in every row.
    fn won(&self, partners: &[Partners]) -> Vec<Partners> {
        let tops = self.tops(partners);
        let top =
            |it: usize| tops.get(it).map_or(0.0, |it| f32::from_bits(it.load(Ordering::Relaxed)));
        let room = || vec![(0.0_f32, 0_u32); self.numbers.len()];
        let walk = |shares: &mut Vec<(f32, u32)>, own: u32| {
            let partners = partners.get(own as usize).map_or(&[][..], Vec::as_slice);
            set(shares, partners, |it| (*it, 0));
            self.walk(own, |it| {
                let Some((strength, sum)) = shares.get_mut(it.other as usize) else { return };
                if *strength > 0.0 {
                    let share = *strength * *strength / (top(it.tops[0]) * top(it.tops[1]));
                    *sum += (share * share * WHOLE) as u32;
                }
            });
            let dice = |&(other, _): &(u32, f32)| {
                let share = shares.get(other as usize).map_or(0, |it| it.1);
                (other, self.dice([own, other], share as f32 / WHOLE - CHANCE))
            };
            let won = partners.iter().map(dice).filter(|it| it.1 >= LEAST).collect();
            set(shares, partners, |_| (0.0, 0));
            won
        };
        self.each().map_init(room, walk).collect()
    }

    /// What glosses each word: pairs compete in every row, and count as much as each is the best that both
    /// words can find.
    pub(crate) fn glosses(&self) -> Taught {
        let won = self.won(&self.partners());
        let pairs = || (0..).zip(&won).flat_map(|(own, won)| won.iter().map(move |it| (own, *it)));
        Taught::new(&self.numbers, &pairs)
    }

    /// All words, for one worker or all.
    fn each(&self) -> impl IndexedParallelIterator<Item = u32> {
        let batch = if self.demand.shared { BATCH } else { usize::MAX };
        (0..self.numbers.len() as u32).into_par_iter().with_min_len(batch)
    }

    /// The Dice coefficient of two words over the rows where both languages stand.
    fn dice(&self, [a, b]: [u32; 2], joint: f32) -> f32 {
        let beside = |word: u32, other: u32| {
            let lang = self.langs.get(other as usize).copied().unwrap_or(0);
            let count = self.beside.get(word as usize * self.tongues + usize::from(lang));
            count.copied().unwrap_or(0)
        };
        let rows = beside(a, b) + beside(b, a);
        2.0 * joint / (rows as f32).max(1.0)
    }
}

/// Sets what a list of all words says of some partners.
fn set<T>(list: &mut [T], partners: &[(u32, f32)], value: impl Fn(&f32) -> T) {
    for (other, strength) in partners {
        if let Some(slot) = list.get_mut(*other as usize) {
            *slot = value(strength);
        }
    }
}

/// Which words are neither too rare nor too common to teach anything.
fn telling(rows: &[RowWords], size: usize, statements: u32) -> Vec<bool> {
    let mut of_lang: FxHashMap<u16, u32> = FxHashMap::default();
    let mut counts: Vec<(u16, Joint)> = vec![Default::default(); size];
    for row in rows {
        for (lang, words) in &row.versions {
            *of_lang.entry(*lang).or_default() += 1;
            for &word in words {
                let Some((own, found)) = counts.get_mut(word as usize) else { continue };
                *own = *lang;
                found.add(row.statement);
            }
        }
    }
    let rows = |lang| of_lang.get(&lang).copied().unwrap_or(0);
    let is_telling = |(lang, found): &(u16, Joint)| {
        let often = found.count >= 2 && found.statements >= statements;
        often && found.count * 5 <= rows(*lang).max(20)
    };
    counts.iter().map(is_telling).collect()
}
