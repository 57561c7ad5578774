//! Where the words of rows stand, laid out so that one word can walk through all that it meets in one other
//! language.
//!
//! Knows rows of numbered words, and nothing of texts.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::vocab::lists::Lists;

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

/// What a word must come to, to teach anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demand {
    /// In how many statements two words must meet: one or two.
    pub(crate) statements: u32,
    /// What is taken from the rows that two words share.
    pub(crate) discount: f32,
    /// Whether all workers take part: for a whole archive.
    pub(crate) shared: bool,
}

/// Where words stand in rows, and how often. A word is known by its place among those that can teach
/// anything, language by language.
pub(crate) struct Counts {
    demand: Demand,
    /// The numbers of the words.
    numbers: Vec<u32>,
    /// Where the words of each language begin, and where the last ones end.
    begins: Vec<u32>,
    /// For every two languages, in how many rows of each word of the first the second is present.
    beside: Vec<u32>,
    /// Where each word stands, in the order of the rows: the version, and the place in it.
    stands: Lists<(u32, u32)>,
    /// The versions of all rows, row by row.
    versions: Vec<Version>,
    /// The words of all versions, by their places among those of their language.
    cells: Vec<u32>,
    /// How many tops there are: one for each cell and each version of its row.
    tops: usize,
    /// Between which languages it is known what the words gloss; none where that is empty.
    known: Vec<bool>,
}

/// A version in a row.
#[derive(Clone, Debug)]
struct Version {
    statement: u32,
    lang: usize,
    /// The versions of its row.
    row: Range<usize>,
    /// Its cells.
    cells: Range<usize>,
    /// Where the tops of its cells begin: against the first version of the row, then the next.
    tops: usize,
}

/// A version that stands in a row with a word.
pub(super) struct Beside<'a> {
    /// The statement of the row.
    pub(super) statement: u32,
    /// The words of the version, by their places among those of its language.
    pub(super) cells: &'a [u32],
    /// Where the tops of these words against the version of the word are.
    pub(super) tops: Range<usize>,
    /// Where the top of the word against this version is.
    pub(super) top: usize,
}

/// What one word shares with another, in few bytes: a list of all words of a language is to stay at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joint {
    /// How often they stand in one row.
    pub(super) count: u32,
    /// The last statement, and in the highest bit whether there was another one before.
    last: u32,
}

/// The bit of a joint that says that there are several statements.
const SEVERAL: u32 = 1 << 31;

impl Joint {
    /// Counts a row of a statement; statements come one after the other.
    pub(super) fn add(&mut self, statement: u32) {
        let another = self.count > 0 && self.last & !SEVERAL != statement;
        let several = self.last & SEVERAL | u32::from(another) << 31;
        self.last = statement | several;
        self.count += 1;
    }

    /// Whether they meet twice, and in so many statements: one or two.
    pub(super) fn is_often(self, statements: u32) -> bool {
        self.count >= 2 && (statements < 2 || self.last & SEVERAL > 0)
    }
}

impl Counts {
    /// Counts the words of rows, all of whose numbers are below `size`.
    pub(crate) fn new(rows: &[RowWords], size: usize, demand: Demand) -> Self {
        let mut tongues: Vec<u16> = Vec::new();
        for (lang, _) in rows.iter().flat_map(|row| &row.versions) {
            if !tongues.contains(lang) {
                tongues.push(*lang);
            }
        }
        let tongue = |lang: u16| tongues.iter().position(|it| *it == lang).unwrap_or(0);
        let words = telling(rows, size, demand.statements);
        let mut words: Vec<(usize, u32)> =
            words.into_iter().map(|(word, lang)| (tongue(lang), word)).collect();
        words.sort_unstable();
        let begin = |lang: usize| words.partition_point(|it| it.0 < lang) as u32;
        let begins: Vec<u32> = (0..=tongues.len()).map(begin).collect();
        let mut places = vec![u32::MAX; size];
        for (place, (lang, word)) in (0..).zip(&words) {
            if let Some(slot) = places.get_mut(*word as usize) {
                *slot = place - begins.get(*lang).copied().unwrap_or(0);
            }
        }
        let mut counts = Self {
            demand,
            beside: vec![0; words.len() * tongues.len()],
            numbers: words.into_iter().map(|it| it.1).collect(),
            begins,
            stands: Lists::default(),
            versions: Vec::new(),
            cells: Vec::new(),
            tops: 0,
            known: Vec::new(),
        };
        for row in rows {
            counts.enter(row, &places, &tongue);
        }
        counts.stands = Lists::new(counts.numbers.len(), || counts.each_cell());
        counts
    }

    /// Enters the versions of a row.
    fn enter(&mut self, row: &RowWords, places: &[u32], tongue: &dyn Fn(u16) -> usize) {
        let begin = self.versions.len();
        let all = begin..begin + row.versions.len();
        let langs: Vec<usize> = row.versions.iter().map(|it| tongue(it.0)).collect();
        let mut present = langs.clone();
        present.sort_unstable();
        present.dedup();
        for (&lang, (_, own)) in langs.iter().zip(&row.versions) {
            let from = self.cells.len();
            let known = own.iter().filter_map(|&it| places.get(it as usize));
            self.cells.extend(known.filter(|it| **it != u32::MAX));
            let cells = from..self.cells.len();
            let tops = self.tops;
            self.tops += cells.len() * row.versions.len();
            for &other in &present {
                let begin = self.block(lang, other);
                for &place in self.cells.get(cells.clone()).unwrap_or_default() {
                    if let Some(count) = self.beside.get_mut(begin + place as usize) {
                        *count += 1;
                    }
                }
            }
            let (statement, row) = (row.statement, all.clone());
            self.versions.push(Version { statement, lang, row, cells, tops });
        }
    }

    /// Tells of every cell its word, its version, and its place in it.
    fn each_cell(&self) -> impl Iterator<Item = (u32, (u32, u32))> {
        (0..).zip(&self.versions).flat_map(|(at, version)| {
            let own = self.cells.get(version.cells.clone()).unwrap_or_default();
            let begin = self.own(version.lang).start;
            (0..).zip(own).map(move |(place, word)| (begin + word, (at, place)))
        })
    }

    /// The same where some languages need not be walked through, since it is known what they teach.
    pub(super) fn knowing(self, known: Vec<bool>) -> Self {
        let mut counts = Self { known, tops: 0, ..self };
        for at in 0..counts.versions.len() {
            let Some(own) = counts.versions.get(at).cloned() else { continue };
            let row = counts.versions.get(own.row.clone()).unwrap_or_default();
            // Where no language of the row is walked through, nobody asks for its tops.
            let walked = row.iter().any(|it| !counts.knows(own.lang, it.lang));
            let room = if walked { own.cells.len() * row.len() } else { 0 };
            if let Some(version) = counts.versions.get_mut(at) {
                version.tops = counts.tops;
            }
            counts.tops += room;
        }
        counts
    }

    /// Whether it is known what two languages teach each other.
    pub(super) fn knows(&self, one: usize, other: usize) -> bool {
        self.known.get(self.between(one, other)) == Some(&true)
    }

    /// The number of two languages among all.
    pub(super) fn between(&self, one: usize, other: usize) -> usize {
        one.min(other) * self.tongues() + one.max(other)
    }

    /// The rows in their order: the statement of each, and language and cells of its versions.
    pub(super) fn each_row(
        &self,
    ) -> impl Iterator<Item = (u32, impl Iterator<Item = (usize, &[u32])>)> {
        let rows = self.versions.chunk_by(|a, b| a.row == b.row);
        rows.map(|row| {
            let cells = |it: &Version| self.cells.get(it.cells.clone()).unwrap_or_default();
            let statement = row.first().map_or(0, |it| it.statement);
            (statement, row.iter().map(move |it| (it.lang, cells(it))))
        })
    }

    /// The numbers of the words, by their places among all.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// What is demanded.
    pub(super) fn demand(&self) -> Demand {
        self.demand
    }

    /// How many tops there are.
    pub(super) fn tops(&self) -> usize {
        self.tops
    }

    /// How many languages there are.
    pub(super) fn tongues(&self) -> usize {
        self.begins.len() - 1
    }

    /// The words of a language, by their places among all.
    pub(super) fn own(&self, lang: usize) -> Range<u32> {
        let begin = |lang: usize| self.begins.get(lang).copied().unwrap_or(0);
        begin(lang)..begin(lang + 1)
    }

    /// The language of a word.
    pub(super) fn lang(&self, word: u32) -> usize {
        self.begins.partition_point(|begin| *begin <= word).saturating_sub(1)
    }

    /// The most words that a language has.
    pub(super) fn most(&self) -> usize {
        self.begins.windows(2).map(|it| (it[1] - it[0]) as usize).max().unwrap_or(0)
    }

    /// Where it begins to be told in how many rows of each word of a language another one is present.
    fn block(&self, lang: usize, other: usize) -> usize {
        let own = self.own(lang);
        own.start as usize * self.tongues() + other * own.len()
    }

    /// In how many rows of each word of a language another one is present.
    pub(super) fn rows(&self, lang: usize, other: usize) -> &[u32] {
        let begin = self.block(lang, other);
        self.beside.get(begin..begin + self.own(lang).len()).unwrap_or_default()
    }

    /// The versions of a language that stand in a row with a word, in the order of the rows.
    pub(super) fn beside(&self, word: u32, lang: usize) -> impl Iterator<Item = Beside<'_>> {
        let stands = self.stands.of(word).iter();
        let stands = stands
            .filter_map(|&(at, place)| Some((at as usize, place, self.versions.get(at as usize)?)));
        stands.flat_map(move |(at, place, own)| {
            let row = self.versions.get(own.row.clone()).unwrap_or_default();
            let others = row.iter().enumerate().filter(move |it| it.1.lang == lang);
            others.map(move |(its, other)| {
                let tops = other.tops + (at - own.row.start) * other.cells.len();
                Beside {
                    statement: own.statement,
                    cells: self.cells.get(other.cells.clone()).unwrap_or_default(),
                    tops: tops..tops + other.cells.len(),
                    top: own.tops + its * own.cells.len() + place as usize,
                }
            })
        })
    }
}

/// The words that are neither too rare nor too common to teach anything, in order, with their languages.
fn telling(rows: &[RowWords], size: usize, statements: u32) -> Vec<(u32, u16)> {
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
    let is_telling = |(_, (lang, found)): &(u32, &(u16, Joint))| {
        found.is_often(statements) && found.count * 5 <= rows(*lang).max(20)
    };
    (0..).zip(&counts).filter(is_telling).map(|(word, it)| (word, it.0)).collect()
}
