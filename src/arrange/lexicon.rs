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
use super::counterparts::{Entry, KEPT, Taught, Unit};
use super::rarity::{Census, FINE, ROUGH, coarse, ln};
use super::verdicts::{Offsets, offset};

/// The most units from which a language is learned.
const UNITS: usize = 1500;
/// From how many clusters is learned at once, before it is asked which languages have enough.
const AT_ONCE: usize = 128;
/// The most words of a section that are looked at, and the most of its partner.
const WORDS: usize = 60;

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

impl Lexicon {
    /// Learns from clusters; empty where no two languages meet. Gives what each language is taught, too, by a
    /// hash of what it is taught by; what hashes known `before` stand for is not worked out again.
    pub(super) fn learn(
        (texts, census): (&[Text], &Census),
        clusters: &[Vec<u32>],
        offsets: &Offsets,
        before: &FxHashMap<u64, &Taught>,
    ) -> (Self, Vec<(u64, Taught)>) {
        let Some(pivot) = pivot(texts, clusters) else { return Default::default() };
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
        let taught = |(_, units): &(u16, Vec<Unit>)| {
            let hash = Taught::hash(units, census);
            let known = before.get(&hash).map(|it| (*it).clone());
            (hash, known.unwrap_or_else(|| Taught::by(units, census)))
        };
        let taught: Vec<(u64, Taught)> = langs.par_iter().map(taught).collect();
        let learned = langs.par_iter().zip(&taught).flat_map_iter(|((lang, _), (_, taught))| {
            taught.entries(census).into_iter().map(|(word, entry)| (word, *lang, entry))
        });
        (Self::bound(pivot, census.len(), learned.collect()), taught)
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
