//! The lexicon that an archive teaches itself: which stems of a language stand where which stems of the
//! pivot language stand. Knows weighed texts and clusters, no dictionaries.
//!
//! Words meet words by the Dice coefficient (Dice 1945) over aligned sections. A pair of words must be
//! seen in two clusters at least, so that a wrong cluster cannot confirm itself.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::Grid;
use super::corpus::{Feature, GLOSS, Text, UNKNOWN, WORD, finish, ln};
use super::pair::Meeting;
use super::verdicts::{Offsets, offset};

/// The most units from which a language is learned.
const UNITS: usize = 1500;
/// The most words of a section that are looked at, and the most of its partner.
const WORDS: usize = 60;
/// The least Dice coefficient, in thousandths.
const LEAST: u32 = 180;
/// How many words of the pivot language are kept for a word.
const KEPT: usize = 3;
/// The fewest sections in which two words must stand together.
const TOGETHER: u32 = 2;

/// A word's counterparts in the pivot language and how close they are, in thousandths.
type Entry = Vec<(u32, u32)>;

/// The lexicon of an archive.
#[derive(Default)]
pub(super) struct Lexicon {
    pivot: u16,
    entries: FxHashMap<(u16, u32), Entry>,
}

/// Two aligned sections: the words of the one and of the other.
struct Unit {
    cluster: u32,
    words: Vec<u32>,
    pivots: Vec<u32>,
}

/// What is counted of two words.
#[derive(Clone, Copy)]
struct Together {
    count: u32,
    cluster: u32,
    several: bool,
}

impl Lexicon {
    /// Learns from clusters; empty where no two languages meet.
    pub(super) fn learn(texts: &[Text], clusters: &[Vec<u32>], offsets: &Offsets) -> Self {
        let Some(pivot) = pivot(texts, clusters) else { return Self::default() };
        let units: Vec<(u16, Vec<Unit>)> = clusters
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, members)| units(texts, (at as u32, members), pivot, offsets))
            .collect();
        let mut langs: BTreeMap<u16, Vec<Unit>> = BTreeMap::new();
        for (lang, found) in units {
            let list = langs.entry(lang).or_default();
            if list.len() < UNITS {
                list.extend(found);
            }
        }
        let langs: Vec<(u16, Vec<Unit>)> = langs.into_iter().collect();
        let entries = langs
            .par_iter()
            .flat_map_iter(|(lang, units)| {
                entries(units).into_iter().map(|(word, entry)| ((*lang, word), entry))
            })
            .collect();
        Self { pivot, entries }
    }

    /// Whether nothing was learned.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The texts with their glosses as further features.
    pub(super) fn gloss(&self, texts: &[Text]) -> Vec<Text> {
        let glosses: Vec<Glosses> = texts.par_iter().map(|text| self.glosses(text)).collect();
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for key in glosses.iter().flat_map(|it| it.keys()) {
            *counts.entry(*key).or_default() += 1;
        }
        let count = texts.len() as f32;
        let rarity = |key: u32| {
            let frequency = counts.get(&key).copied().filter(|it| *it >= 2)? as f32;
            (frequency < 0.25 * count + 5.0).then(|| ln((count + 50.0) / (frequency + 0.5)))
        };
        let both = texts.par_iter().zip(glosses);
        both.map(|(text, glosses)| with_glosses(text, &glosses, &rarity)).collect()
    }

    /// What the words of a text mean in the pivot language: closeness and the sections where they stand.
    fn glosses(&self, text: &Text) -> Glosses {
        let mut glosses = Glosses::new();
        for feature in text.features.iter().filter(|it| it.space == WORD) {
            let mut add = |pivot: u32, closeness: u32| {
                let slot = glosses.entry(gloss_key(pivot)).or_default();
                slot.0 = slot.0.max(closeness);
                slot.1.extend_from_slice(text.sections(feature));
            };
            if text.lang == self.pivot {
                add(feature.key, 1000);
                continue;
            }
            for &(pivot, closeness) in
                self.entries.get(&(text.lang, feature.key)).into_iter().flatten()
            {
                add(pivot, closeness);
            }
        }
        glosses
    }
}

/// The glosses of a text by key: how close, in thousandths, and in which sections.
type Glosses = BTreeMap<u32, (u32, Vec<u8>)>;

/// The key of a gloss: never that of the word itself.
fn gloss_key(pivot: u32) -> u32 {
    pivot.wrapping_mul(0x9e37_79b1) ^ 0x5bd1_e995
}

/// A text with its glosses as further features.
fn with_glosses(text: &Text, glosses: &Glosses, rarity: &impl Fn(u32) -> Option<f32>) -> Text {
    let mut whole = text.clone();
    let middles = middles(text);
    for (&key, (closeness, sections)) in glosses {
        let Some(rare) = rarity(key) else { continue };
        let mut sections = sections.clone();
        sections.sort_unstable();
        sections.dedup();
        let at = |section: &u8| middles.get(usize::from(*section)).copied().unwrap_or(0.5);
        let position = sections.iter().map(at).sum::<f32>() / sections.len().max(1) as f32;
        let weight = rare * (1.0 + ln(sections.len().max(1) as f32)) * *closeness as f32 / 1000.0;
        let from = whole.places.len() as u32;
        let count = sections.len() as u8;
        whole.places.extend(sections);
        whole.features.push(Feature {
            key,
            from,
            weight,
            position,
            space: GLOSS,
            day: false,
            sections: count,
        });
    }
    whole.features.sort_unstable_by_key(|it| (it.key, it.space));
    whole.features.dedup_by_key(|it| it.key);
    finish(&mut whole);
    whole
}

/// The relative position of each section's middle.
fn middles(text: &Text) -> Vec<f32> {
    let whole = text.length().max(1.0);
    let mut behind = 0.0;
    let middle = |length: &f32| {
        behind += length;
        (behind - length / 2.0) / whole
    };
    text.lengths.iter().map(middle).collect()
}

/// The language that stands in most clusters of two and more languages; the first of equals.
fn pivot(texts: &[Text], clusters: &[Vec<u32>]) -> Option<u16> {
    let mut counts: BTreeMap<u16, u32> = BTreeMap::new();
    for members in clusters {
        let mut langs: Vec<u16> =
            members.iter().filter_map(|it| texts.get(*it as usize)).map(|it| it.lang).collect();
        langs.sort_unstable();
        langs.dedup();
        for lang in langs.iter().filter(|it| langs.len() > 1 && **it != UNKNOWN) {
            *counts.entry(*lang).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|&(lang, count)| (count, Reverse(lang))).map(|it| it.0)
}

/// The units that a cluster gives for each of its languages.
fn units(
    texts: &[Text],
    (cluster, members): (u32, &[u32]),
    pivot: u16,
    offsets: &Offsets,
) -> Vec<(u16, Vec<Unit>)> {
    let all: Vec<&Text> = members.iter().filter_map(|it| texts.get(*it as usize)).collect();
    let Some(hub) = all.iter().find(|it| it.lang == pivot) else { return Vec::new() };
    let pivots = words_by_section(hub);
    let mut grid = Grid::default();
    let mut found = Vec::new();
    for text in all.iter().filter(|it| it.lang != pivot && it.lang != UNKNOWN) {
        grid.reset(text, hub);
        for (one, other) in Meeting::new(text, hub) {
            let weight = one.weight.min(other.weight);
            grid.add(weight, text.sections(one), hub.sections(other));
        }
        let words = words_by_section(text);
        let aligned = grid.aligned(offset(offsets, text, hub));
        let unit = |(rows, columns): (Vec<usize>, Vec<usize>)| Unit {
            cluster,
            words: gathered(&words, &rows),
            pivots: gathered(&pivots, &columns),
        };
        found.push((text.lang, aligned.into_iter().map(unit).collect()));
    }
    found
}

/// The words of some sections, sorted.
fn gathered(words: &[Vec<u32>], sections: &[usize]) -> Vec<u32> {
    let mut all: Vec<u32> =
        sections.iter().filter_map(|it| words.get(*it)).flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(WORDS);
    all
}

/// The words of each section of a text.
fn words_by_section(text: &Text) -> Vec<Vec<u32>> {
    let mut words = vec![Vec::new(); text.lengths.len()];
    for feature in text.features.iter().filter(|it| it.space == WORD) {
        for &section in text.sections(feature) {
            if let Some(list) = words.get_mut(usize::from(section)) {
                list.push(feature.key);
            }
        }
    }
    words
}

/// The entries that the units of one language give.
fn entries(units: &[Unit]) -> Vec<(u32, Entry)> {
    let mut own: FxHashMap<u32, u32> = FxHashMap::default();
    let mut pivots: FxHashMap<u32, u32> = FxHashMap::default();
    let mut together: FxHashMap<(u32, u32), Together> = FxHashMap::default();
    for unit in units {
        unit.words.iter().for_each(|it| *own.entry(*it).or_default() += 1);
        unit.pivots.iter().for_each(|it| *pivots.entry(*it).or_default() += 1);
    }
    for unit in units {
        let often = |counts: &FxHashMap<u32, u32>, word: &u32| {
            counts.get(word).is_some_and(|it| *it >= TOGETHER)
        };
        for word in unit.words.iter().filter(|it| often(&own, it)) {
            for pivot in unit.pivots.iter().filter(|it| often(&pivots, it)) {
                let new = Together { count: 0, cluster: unit.cluster, several: false };
                let slot = together.entry((*word, *pivot)).or_insert(new);
                slot.count += 1;
                slot.several |= slot.cluster != unit.cluster;
            }
        }
    }
    let mut best: BTreeMap<u32, Entry> = BTreeMap::new();
    let mut together: Vec<((u32, u32), Together)> = together.into_iter().collect();
    together.sort_unstable_by_key(|it| it.0);
    for ((word, pivot), it) in together {
        let (a, b) = (own.get(&word).copied(), pivots.get(&pivot).copied());
        let whole = a.unwrap_or(0) + b.unwrap_or(0);
        let closeness = (2000 * it.count).checked_div(whole).unwrap_or(0);
        if it.several && it.count >= TOGETHER && closeness >= LEAST {
            best.entry(word).or_default().push((pivot, closeness));
        }
    }
    for entry in best.values_mut() {
        entry.sort_unstable_by_key(|&(pivot, closeness)| (Reverse(closeness), pivot));
        entry.truncate(KEPT);
    }
    best.into_iter().collect()
}
