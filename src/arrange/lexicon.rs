//! The lexicon that an archive teaches itself: which stems of a language stand where which stems of the
//! pivot language stand. Knows weighed texts and clusters, no dictionaries.
//!
//! Words meet words by the Dice coefficient (Dice 1945) over aligned sections. A pair of words must be
//! seen in two clusters at least, so that a wrong cluster cannot confirm itself.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::Grid;
use super::corpus::{Text, UNKNOWN};
use super::counterparts::{Entry, KEPT, Taught, Unit};
use super::rarity::Census;
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
pub(super) struct Meaning {
    lang: u16,
    /// The word of the pivot language, by number.
    pub(super) pivot: u32,
    /// In thousandths.
    pub(super) closeness: u16,
    /// Whether it is the first of the word in its language.
    pub(super) first: bool,
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
                let meaning = |(at, (pivot, closeness)): (usize, (u32, u32))| {
                    let closeness = closeness as u16;
                    Meaning { pivot, closeness, lang, first: at == 0 }
                };
                meanings.extend(entry.into_iter().enumerate().map(meaning));
            }
        }
        Self { pivot, starts, meanings }
    }

    /// Keeps the meanings of which the words of the pivot language are to be kept.
    pub(super) fn keep(&mut self, is_kept: impl Fn(u32) -> bool) {
        let (starts, all) = (std::mem::take(&mut self.starts), std::mem::take(&mut self.meanings));
        for bounds in starts.windows(2) {
            let start = self.meanings.len();
            self.starts.push(start as u32);
            let own = bounds.first().zip(bounds.last());
            let own = among(&all, own.map(|it| *it.0 as usize..*it.1 as usize));
            for meaning in own.iter().filter(|it| is_kept(it.pivot)) {
                let before = self.meanings.get(start..).and_then(<[Meaning]>::last);
                let first = before.is_none_or(|it| it.lang != meaning.lang);
                self.meanings.push(Meaning { first, ..*meaning });
            }
        }
        self.starts.push(self.meanings.len() as u32);
    }

    /// Whether nothing was learned.
    pub(super) fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// The language in which words are told what they mean.
    pub(super) fn pivot(&self) -> u16 {
        self.pivot
    }

    /// The meanings of all words, each word's together, and of these each language's.
    pub(super) fn all(&self) -> &[Meaning] {
        &self.meanings
    }

    /// The meanings of a word in all languages.
    pub(super) fn of(&self, word: u32) -> &[Meaning] {
        self.among(self.span(word))
    }

    /// The meanings that stand in some places among all.
    pub(super) fn among(&self, places: Option<Range<usize>>) -> &[Meaning] {
        among(&self.meanings, places)
    }

    /// Where the meanings of a word stand among all.
    fn span(&self, word: u32) -> Option<Range<usize>> {
        let [from, to] = *self.starts.get(word as usize..)?.first_chunk()?;
        Some(from as usize..to as usize)
    }

    /// Where the meanings of a word of a language stand among all.
    pub(super) fn meant(&self, word: u32, lang: u16) -> Option<Range<usize>> {
        let span = self.span(word)?;
        let all = self.meanings.get(span.clone())?;
        let first = all.iter().position(|it| it.lang == lang)?;
        let own = all.iter().skip(first).take_while(|it| it.lang == lang).count();
        let first = span.start + first;
        Some(first..first + own)
    }
}

/// The meanings that stand in some places.
fn among(all: &[Meaning], places: Option<Range<usize>>) -> &[Meaning] {
    places.and_then(|it| all.get(it)).unwrap_or_default()
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
