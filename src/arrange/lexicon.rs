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
use super::corpus::{Bag, Filling, GLOSS, Kind, SECTIONS, Text, UNKNOWN};
use super::rarity::{FINE, ROUGH, coarse, ln};
use super::verdicts::{Offsets, offset};

/// The most units from which a language is learned.
const UNITS: usize = 1500;
/// From how many clusters is learned at once, before it is asked which languages have enough.
const AT_ONCE: usize = 128;
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
    /// Where the meanings of each word begin, whatever its language.
    starts: Vec<u32>,
    meanings: Vec<Meaning>,
}

/// A counterpart of a word of a language.
#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    lang: u16,
    pivot: u32,
    /// In thousandths.
    closeness: u32,
}

/// Two aligned sections: the words of the one and of the other.
struct Unit {
    cluster: u32,
    words: Vec<u32>,
    pivots: Vec<u32>,
}

/// What is counted of two words.
#[derive(Clone, Copy, Default)]
struct Together {
    count: u32,
    cluster: u32,
    several: bool,
}

impl Lexicon {
    /// Learns from clusters; empty where no two languages meet. `keys` is one more than the highest number of
    /// a word.
    pub(super) fn learn(
        (texts, keys): (&[Text], usize),
        clusters: &[Vec<u32>],
        offsets: &Offsets,
    ) -> Self {
        let Some(pivot) = pivot(texts, clusters) else { return Self::default() };
        let clusters: Vec<(u32, &Vec<u32>)> = (0..).zip(clusters).collect();
        let mut langs: BTreeMap<u16, Vec<Unit>> = BTreeMap::new();
        for some in clusters.chunks(AT_ONCE) {
            let full = |lang: u16| langs.get(&lang).is_some_and(|it| it.len() >= UNITS);
            let units: Vec<(u16, Vec<Unit>)> = some
                .par_iter()
                .flat_map_iter(|it| units((texts, offsets), (it.0, it.1), pivot, &full))
                .collect();
            for (lang, found) in units {
                let list = langs.entry(lang).or_default();
                if list.len() < UNITS {
                    list.extend(found);
                }
            }
        }
        let langs: Vec<(u16, Vec<Unit>)> = langs.into_iter().collect();
        let learned = langs.par_iter().flat_map_iter(|(lang, units)| {
            entries(units).into_iter().map(|(word, entry)| (word, *lang, entry))
        });
        Self::bound(pivot, keys, learned.collect())
    }

    /// The lexicon of entries.
    fn bound(pivot: u16, keys: usize, mut learned: Vec<(u32, u16, Entry)>) -> Self {
        learned.par_sort_unstable_by_key(|it| (it.0, it.1));
        let mut starts = Vec::with_capacity(keys + 1);
        let mut meanings = Vec::with_capacity(learned.len() * KEPT);
        let mut learned = learned.into_iter().peekable();
        for word in 0..=keys as u32 {
            starts.push(meanings.len() as u32);
            while let Some((_, lang, entry)) = learned.next_if(|it| it.0 == word) {
                let meaning = |(pivot, closeness)| Meaning { lang, pivot, closeness };
                meanings.extend(entry.into_iter().map(meaning));
            }
        }
        Self { pivot, starts, meanings }
    }

    /// What a word means, in whatever language.
    fn meanings(&self, word: u32) -> &[Meaning] {
        let ends = self.starts.get(word as usize..).and_then(<[u32]>::first_chunk);
        let all = ends.and_then(|[from, to]| self.meanings.get(*from as usize..*to as usize));
        all.unwrap_or_default()
    }

    /// Whether nothing was learned.
    pub(super) fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// Gives the texts their glosses as further features.
    pub(super) fn gloss(&self, texts: &mut [Text], keys: usize) {
        let glosses: Vec<Vec<Gloss>> = texts.par_iter().map(|text| self.glosses(text)).collect();
        let mut counts = vec![0_u32; keys];
        for gloss in glosses.iter().flatten() {
            if let Some(count) = counts.get_mut(gloss.pivot() as usize) {
                *count += 1;
            }
        }
        let scale = Scale::new(&counts, texts.len());
        texts.par_iter_mut().zip(glosses).for_each(|(text, glosses)| {
            text.glosses = weighed(text, &glosses, &scale);
            text.sum_up();
        });
    }

    /// What the words of a text mean in the pivot language, by pivot.
    fn glosses(&self, text: &Text) -> Vec<Gloss> {
        let words = (0..).zip(text.words.features());
        if text.lang == self.pivot {
            // Words are in the order of their numbers.
            return words.map(|(word, it)| Gloss::new(it.key, 1000, word)).collect();
        }
        let mut glosses = Vec::with_capacity(text.words.features().len());
        for (word, feature) in words {
            let own = self.meanings(feature.key).iter().filter(|it| it.lang == text.lang);
            glosses.extend(own.map(|it| Gloss::new(it.pivot, it.closeness, word)));
        }
        glosses.sort_unstable();
        glosses
    }
}

/// What a word of a text means in the pivot language: the word of the pivot language, by number; how close it
/// is, in thousandths; and which of the text's words it is, packed so that they sort in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gloss(u64);

impl Gloss {
    /// The bits that say which of the text's words it is.
    const WORD: u32 = 22;

    /// A gloss of a word.
    fn new(pivot: u32, closeness: u32, word: u32) -> Self {
        let word = word & ((1 << Self::WORD) - 1);
        Self(u64::from(pivot) << 32 | u64::from(closeness) << Self::WORD | u64::from(word))
    }

    /// The word of the pivot language.
    fn pivot(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// How close it is, in thousandths.
    fn closeness(self) -> u32 {
        self.0 as u32 >> Self::WORD
    }

    /// Which of the text's words it is.
    fn word(self) -> usize {
        self.0 as usize & ((1 << Self::WORD) - 1)
    }
}

/// What glosses weigh, worked out once for all texts.
struct Scale {
    /// How rare each word of the pivot language is as a gloss; 0 for those that are too rare or too common.
    rare: Vec<f32>,
    /// What so many places weigh against one.
    places: Vec<f32>,
}

impl Scale {
    /// For words of the pivot language that stand so often in an archive of so many texts.
    fn new(counts: &[u32], texts: usize) -> Self {
        let all = coarse(texts as u32 + 50, FINE);
        let rarity = |count: &u32| {
            let frequency = coarse(*count, ROUGH);
            let counts = *count >= 2 && frequency < 0.25 * all;
            if counts { ln(all / (frequency + 0.5)) } else { 0.0 }
        };
        let places = (0..=SECTIONS).map(|it| 1.0 + ln(it.max(1) as f32)).collect();
        Self { rare: counts.iter().map(rarity).collect(), places }
    }

    /// How rare a word is; `None` where it does not count.
    fn of(&self, pivot: u32) -> Option<f32> {
        self.rare.get(pivot as usize).copied().filter(|it| *it > 0.0)
    }
}

/// The glosses of a text, weighed.
fn weighed(text: &Text, glosses: &[Gloss], scale: &Scale) -> Bag {
    let middles = middles(text);
    let mut bag = Filling::default();
    let mut sections: Vec<usize> = Vec::new();
    for same in glosses.chunk_by(|a, b| a.pivot() == b.pivot()) {
        let Some(gloss) = same.last() else { continue };
        let Some(rare) = scale.of(gloss.pivot()) else { continue };
        sections.clear();
        let words = same.iter().filter_map(|it| text.words.features().get(it.word()));
        sections.extend(words.flat_map(|it| text.words.sections(it).iter()));
        if same.len() > 1 {
            sections.sort_unstable();
            sections.dedup();
        }
        let at = |section: &usize| middles.get(*section).copied().unwrap_or(0.5);
        let places = scale.places.get(sections.len()).copied().unwrap_or(1.0);
        let kind = Kind {
            key: gloss.pivot(),
            weight: rare * places * gloss.closeness() as f32 / 1000.0,
            position: sections.iter().map(at).sum::<f32>() / sections.len().max(1) as f32,
            space: GLOSS,
            day: false,
        };
        bag.add(kind, sections.iter().copied());
    }
    bag.done()
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

/// The units that a cluster gives for each of its languages, but for those that have enough.
fn units(
    (texts, offsets): (&[Text], &Offsets),
    (cluster, members): (u32, &[u32]),
    pivot: u16,
    full: &impl Fn(u16) -> bool,
) -> Vec<(u16, Vec<Unit>)> {
    let all: Vec<&Text> = members.iter().filter_map(|it| texts.get(*it as usize)).collect();
    let Some(hub) = all.iter().find(|it| it.lang == pivot) else { return Vec::new() };
    let wanted = |it: &&&Text| it.lang != pivot && it.lang != UNKNOWN && !full(it.lang);
    if !all.iter().any(|it| wanted(&it)) {
        return Vec::new();
    }
    let pivots = words_by_section(hub);
    let mut grid = Grid::default();
    let mut found = Vec::new();
    for text in all.iter().filter(wanted) {
        grid.lay(text, hub);
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
    for feature in text.words.features() {
        for section in text.words.sections(feature).iter() {
            if let Some(list) = words.get_mut(section) {
                list.push(feature.key);
            }
        }
    }
    words
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
