//! Which pairs of texts are worth looking at: those that share rare features. Knows weighed texts, no
//! verdicts.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::corpus::{Feature, SPACES, Text, UNKNOWN};

/// A pair of texts, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(pub(super) u32, pub(super) u32);

/// How much a kind of evidence counts when candidates are looked for.
const SHARES: [f32; SPACES] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5];

/// How many documents an archive is taken to have at least where steps are counted.
const FEW: usize = 50;

/// How far candidates are looked for, and how many are kept for a text.
#[derive(Clone, Copy)]
pub(super) struct Breadth {
    /// The steps that the search may take for each document, on average.
    steps: u64,
    /// Of one language.
    in_language: usize,
    /// Of all.
    in_all: usize,
}

impl Breadth {
    /// For a first look.
    pub(super) const NARROW: Self = Self { steps: 20_000, in_language: 2, in_all: 16 };
    /// For texts that a first look did not settle.
    pub(super) const WIDE: Self = Self { steps: 30_000, in_language: 5, in_all: 40 };
}

/// The index from features to texts, with the share that a feature has in each.
struct Index {
    /// Where the texts of each feature begin; those of glosses come behind those of all others.
    starts: Vec<usize>,
    postings: Vec<(u32, f32)>,
    glosses: usize,
    /// The language of each text; one that is not known has the number behind all others.
    langs: Vec<u16>,
    unknown: u16,
}

/// The pairs worth looking at of the wanted texts, sorted, with how much they share. `keys` is one more
/// than the highest number of a feature.
pub(super) fn candidates(
    texts: &[Text],
    wanted: &[bool],
    keys: usize,
    breadth: Breadth,
) -> Vec<(Pair, u32)> {
    let index = Index::new(texts, keys, breadth.steps);
    let search = || Search::new(&index, breadth);
    let mut pairs: Vec<(Pair, u32)> = texts
        .par_iter()
        .enumerate()
        .filter(|(at, _)| wanted.get(*at) == Some(&true))
        .map_init(search, |search, (at, text)| search.pairs(at, text))
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup_by_key(|it| it.0);
    pairs
}

/// What a feature contributes to the length of its text's vector.
fn share(text: &Text, feature: &Feature) -> f32 {
    let space = usize::from(feature.space());
    let norm = text.norms.get(space).copied().unwrap_or(0.0);
    let share = SHARES.get(space).copied().unwrap_or(0.0);
    // Texts with little of a kind must not count that little as if it were much.
    feature.weight() / (norm + 4.0) * share.sqrt()
}

impl Index {
    /// Makes the index, leaving out features that stand in too many texts to be looked through.
    fn new(texts: &[Text], keys: usize, steps: u64) -> Self {
        let mut counts = vec![0_u32; keys * 2];
        for (_, place) in texts.iter().flat_map(|text| features(text, keys)) {
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        let most = highest_frequency(&counts, steps * texts.len().max(FEW) as u64);
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut sum = 0;
        for count in &mut counts {
            starts.push(sum);
            if *count < 2 || *count > most {
                *count = 0;
            }
            sum += *count as usize;
        }
        starts.push(sum);
        let mut postings = vec![(0, 0.0); sum];
        for (at, text) in texts.iter().enumerate() {
            for (feature, place) in features(text, keys) {
                // What is left of the counts says where the next text of the feature goes.
                if let (Some(left @ 1..), Some(end)) =
                    (counts.get_mut(place), starts.get(place + 1))
                    && let Some(slot) = postings.get_mut(end - *left as usize)
                {
                    *slot = (at as u32, share(text, feature));
                    *left -= 1;
                }
            }
        }
        let known = texts.iter().map(|it| it.lang).filter(|it| *it != UNKNOWN);
        let unknown = known.max().map_or(0, |it| it + 1);
        let langs = texts.iter().map(|it| it.lang.min(unknown)).collect();
        Self { starts, postings, glosses: keys, langs, unknown }
    }

    /// The texts in which a feature stands.
    fn texts(&self, place: usize) -> &[(u32, f32)] {
        let Some([from, to]) = self.starts.get(place..).and_then(<[usize]>::first_chunk) else {
            return &[];
        };
        self.postings.get(*from..*to).unwrap_or_default()
    }
}

/// All features of a text, with their places in the index.
fn features(text: &Text, keys: usize) -> impl Iterator<Item = (&Feature, usize)> {
    let plain = text.features.features().iter().chain(text.words.features());
    let plain = plain.map(|it| (it, it.key as usize));
    plain.chain(text.glosses.features().iter().map(move |it| (it, it.key as usize + keys)))
}

/// The highest frequency up to which all features together stay within the steps allowed.
fn highest_frequency(counts: &[u32], steps: u64) -> u32 {
    let mut often: Vec<u64> = Vec::new();
    for &count in counts.iter().filter(|it| **it >= 2) {
        let count = count as usize;
        if often.len() <= count {
            often.resize(count + 1, 0);
        }
        if let Some(slot) = often.get_mut(count) {
            *slot += 1;
        }
    }
    let mut left = steps;
    let mut highest = 2;
    for (count, features) in often.into_iter().enumerate().filter(|it| it.1 > 0) {
        let cost = features * (count as u64).pow(2);
        if cost > left {
            break;
        }
        left -= cost;
        highest = count as u32;
    }
    highest
}

/// Room for a search.
struct Search<'a> {
    index: &'a Index,
    scores: Vec<f32>,
    /// The texts that have a score, as far as is counted; one more has room.
    touched: Vec<u32>,
    /// Where each feature of the text stands.
    lists: Vec<List<'a>>,
    breadth: Breadth,
    /// The best of each language, and those of no known language behind them.
    best: Vec<Best>,
}

/// The texts in which a feature stands: what it counts in the text at hand, the first of them, and all
/// others.
type List<'a> = (f32, (u32, f32), &'a [(u32, f32)]);

/// The few best texts of one language: the best first, of equal ones the first.
#[derive(Default)]
struct Best {
    rows: Vec<(Reverse<u32>, u32)>,
    /// The score below which no further text is among them.
    least: u32,
}

impl Best {
    /// Takes a text, if it is among the best so many.
    fn offer(&mut self, score: u32, text: u32, most: usize) {
        if score < self.least {
            return;
        }
        let row = (Reverse(score), text);
        let at = self.rows.partition_point(|it| *it < row);
        if at < most {
            self.rows.truncate(most - 1);
            self.rows.insert(at, row);
            self.least = self.rows.get(most - 1).map_or(0, |it| it.0.0);
        }
    }
}

impl<'a> Search<'a> {
    /// Room for a search in an index.
    fn new(index: &'a Index, breadth: Breadth) -> Self {
        let texts = index.langs.len();
        let best = (0..=index.unknown).map(|_| Best::default()).collect();
        let (scores, touched) = (vec![0.0; texts], vec![0; texts + 1]);
        Self { index, scores, touched, lists: Vec::new(), breadth, best }
    }

    /// The pairs of a text with those that share most with it.
    fn pairs(&mut self, at: usize, text: &Text) -> Vec<(Pair, u32)> {
        let met = self.score(text);
        self.rank(at, met);
        let mut best: Vec<(Reverse<u32>, u32)> =
            self.best.iter_mut().flat_map(|it| it.rows.drain(..)).collect();
        self.best.iter_mut().for_each(|it| it.least = 0);
        best.sort_unstable();
        best.truncate(self.breadth.in_all);
        let (at, best) = (at as u32, best.into_iter());
        best.map(|(score, it)| (Pair(at.min(it), at.max(it)), score.0)).collect()
    }

    /// Sums up what each text shares with a text; says how many share anything.
    fn score(&mut self, text: &Text) -> usize {
        // All first texts are fetched before any is counted: so many waits for memory are one.
        self.lists.clear();
        let index = self.index;
        self.lists.extend(features(text, index.glosses).filter_map(|(feature, place)| {
            let (first, others) = index.texts(place).split_first()?;
            Some((share(text, feature), *first, others))
        }));
        let mut met = 0;
        for &(own, first, others) in &self.lists {
            for (other, share) in std::iter::once(first).chain(others.iter().copied()) {
                if let (Some(score), Some(slot)) =
                    (self.scores.get_mut(other as usize), self.touched.get_mut(met))
                {
                    // Written always and kept when new: so the loop has no branch that cannot be foreseen.
                    *slot = other;
                    met += usize::from(*score == 0.0);
                    *score += own * share;
                }
            }
        }
        met
    }

    /// Finds the best of each language among the texts that were met, and empties the scores.
    fn rank(&mut self, at: usize, met: usize) {
        for &other in self.touched.iter().take(met) {
            let Some(score) = self.scores.get_mut(other as usize) else { continue };
            let score = (std::mem::take(score) * 65536.0) as u32;
            let lang = self.index.langs.get(other as usize).copied().unwrap_or_default();
            let known = lang < self.index.unknown;
            let most = if known { self.breadth.in_language } else { self.breadth.in_all };
            if let Some(best) =
                self.best.get_mut(usize::from(lang)).filter(|_| other as usize != at)
            {
                best.offer(score, other, most);
            }
        }
    }
}
