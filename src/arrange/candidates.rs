//! Which pairs of texts are worth looking at: those that share rare features. Knows weighed texts, no
//! verdicts.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::corpus::{Feature, SPACES, Text, UNKNOWN};

/// A pair of texts, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(pub(super) u32, pub(super) u32);

/// How much a kind of evidence counts when candidates are looked for.
const SHARES: [f32; SPACES] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5];

/// The steps that the search may take for each document, on average.
const STEPS: u64 = 20_000;
/// How many of the best are put in order first; more only where these are of too few languages.
const AT_FIRST: usize = 128;

/// How many candidates are kept for a text.
#[derive(Clone, Copy)]
pub(super) struct Breadth {
    /// Of one language.
    in_language: usize,
    /// Of all.
    in_all: usize,
}

impl Breadth {
    /// For a first look.
    pub(super) const NARROW: Self = Self { in_language: 2, in_all: 16 };
    /// For texts that a first look did not settle.
    pub(super) const WIDE: Self = Self { in_language: 5, in_all: 40 };
}

/// The index from features to texts, with the share that a feature has in each.
struct Index {
    /// Where the texts of each feature begin; those of glosses come behind those of all others.
    starts: Vec<usize>,
    postings: Vec<(u32, f32)>,
    glosses: usize,
}

/// The pairs worth looking at of the wanted texts, sorted, with how much they share. `keys` is one more
/// than the highest number of a feature.
pub(super) fn candidates(
    texts: &[Text],
    wanted: &[bool],
    keys: usize,
    breadth: Breadth,
) -> Vec<(Pair, u32)> {
    let index = Index::new(texts, keys);
    let search = || Search::new(texts.len());
    let mut pairs: Vec<(Pair, u32)> = texts
        .par_iter()
        .enumerate()
        .filter(|(at, _)| wanted.get(*at) == Some(&true))
        .map_init(search, |search, (at, text)| {
            keep_best(at, search.rank(at, text, &index), texts, breadth)
        })
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
    fn new(texts: &[Text], keys: usize) -> Self {
        let mut counts = vec![0_u32; keys * 2];
        for (_, place) in texts.iter().flat_map(|text| features(text, keys)) {
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        let most = highest_frequency(&counts, texts.len());
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
        Self { starts, postings, glosses: keys }
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
fn highest_frequency(counts: &[u32], texts: usize) -> u32 {
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
    let mut left = STEPS * texts.max(50) as u64;
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
struct Search {
    scores: Vec<f32>,
    /// The texts that have a score, as far as is counted; one more has room.
    touched: Vec<u32>,
}

impl Search {
    /// Room for a search among so many texts.
    fn new(texts: usize) -> Self {
        Self { scores: vec![0.0; texts], touched: vec![0; texts + 1] }
    }

    /// The texts that share something with a text, with how much.
    fn rank(&mut self, at: usize, text: &Text, index: &Index) -> Vec<(u32, u32)> {
        let mut met = 0;
        for (feature, place) in features(text, index.glosses) {
            let own = share(text, feature);
            for &(other, share) in index.texts(place) {
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
        let mut ranked: Vec<(u32, u32)> = Vec::with_capacity(met);
        for &other in self.touched.iter().take(met) {
            if let Some(score) = self.scores.get_mut(other as usize) {
                if other as usize != at {
                    ranked.push(((*score * 65536.0) as u32, other));
                }
                *score = 0.0;
            }
        }
        ranked
    }
}

/// The pairs of a text with the best few of each language and of all.
fn keep_best(
    at: usize,
    mut ranked: Vec<(u32, u32)>,
    texts: &[Text],
    breadth: Breadth,
) -> Vec<(Pair, u32)> {
    let order = |it: &(u32, u32)| (Reverse(it.0), it.1);
    if ranked.len() > AT_FIRST {
        ranked.select_nth_unstable_by_key(AT_FIRST, order);
        let best = ranked.get_mut(..AT_FIRST).unwrap_or_default();
        best.sort_unstable_by_key(order);
        let kept = best_of(at, best, texts, breadth);
        if kept.len() >= breadth.in_all {
            return kept;
        }
    }
    ranked.sort_unstable_by_key(order);
    best_of(at, &ranked, texts, breadth)
}

/// The pairs of a text with the first few of each language and of all.
fn best_of(at: usize, ranked: &[(u32, u32)], texts: &[Text], breadth: Breadth) -> Vec<(Pair, u32)> {
    let mut langs: FxHashMap<u16, usize> = FxHashMap::default();
    let mut pairs = Vec::new();
    for &(score, other) in ranked {
        let Some(lang) = texts.get(other as usize).map(|it| it.lang) else { continue };
        let seen = langs.entry(lang).or_default();
        if *seen < breadth.in_language || lang == UNKNOWN {
            *seen += 1;
            let (a, b) = (at as u32, other);
            pairs.push((Pair(a.min(b), a.max(b)), score));
            if pairs.len() >= breadth.in_all {
                break;
            }
        }
    }
    pairs
}
