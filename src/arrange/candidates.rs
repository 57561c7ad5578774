//! Which pairs of texts are worth looking at: those that share rare features. Knows weighed texts, no
//! verdicts.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::corpus::{SPACES, Text, UNKNOWN};

/// A pair of texts, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(pub(super) u32, pub(super) u32);

/// How much a kind of evidence counts when candidates are looked for.
const SHARES: [f32; SPACES] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5];

/// The steps that the search may take for each document, on average.
const STEPS: u64 = 20_000;
/// How many texts of one other language are kept for a text.
const IN_LANGUAGE: usize = 2;
/// How many texts are kept for a text.
const IN_ALL: usize = 16;

/// Texts in which a feature stands, with the share it has in them.
type Postings = Vec<Vec<(u32, f32)>>;

/// The index from features to texts.
struct Index {
    places: FxHashMap<u32, u32>,
    postings: Postings,
}

/// The pairs worth looking at, sorted, with how much they share.
pub(super) fn candidates(texts: &[Text]) -> Vec<(Pair, u32)> {
    let index = index(texts);
    let mut pairs: Vec<(Pair, u32)> = texts
        .par_iter()
        .enumerate()
        .map_init(
            || (vec![0.0_f32; texts.len()], Vec::new()),
            |(scores, touched), (at, text)| nearest(at, text, texts, &index, (scores, touched)),
        )
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup_by_key(|it| it.0);
    pairs
}

/// What a feature contributes to the length of its text's vector.
fn share(text: &Text, weight: f32, space: u8) -> f32 {
    let space = usize::from(space);
    let norm = text.norms.get(space).copied().unwrap_or(0.0);
    let share = SHARES.get(space).copied().unwrap_or(0.0);
    // Texts with little of a kind must not count that little as if it were much.
    weight / (norm + 4.0) * share.sqrt()
}

/// Makes the index, leaving out features that stand in too many texts to be looked through.
fn index(texts: &[Text]) -> Index {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for feature in texts.iter().flat_map(|it| &it.features) {
        *counts.entry(feature.key).or_default() += 1;
    }
    let most = highest_frequency(&counts, texts.len());
    let mut places = FxHashMap::default();
    let mut postings: Postings = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        for feature in &text.features {
            let count = counts.get(&feature.key).copied().unwrap_or(0);
            if count >= 2 && count <= most {
                let place = *places.entry(feature.key).or_insert_with(|| {
                    postings.push(Vec::with_capacity(count as usize));
                    postings.len() as u32 - 1
                });
                if let Some(list) = postings.get_mut(place as usize) {
                    list.push((at as u32, share(text, feature.weight, feature.space)));
                }
            }
        }
    }
    Index { places, postings }
}

/// The highest frequency up to which all features together stay within the steps allowed.
fn highest_frequency(counts: &FxHashMap<u32, u32>, texts: usize) -> u32 {
    let mut all: Vec<u32> = counts.values().copied().filter(|&count| count >= 2).collect();
    all.sort_unstable();
    let mut left = STEPS * texts.max(50) as u64;
    let mut highest = 2;
    for count in all {
        let cost = u64::from(count) * u64::from(count);
        if cost > left {
            break;
        }
        left -= cost;
        highest = count;
    }
    highest
}

/// The pairs of a text with those nearest to it.
fn nearest(
    at: usize,
    text: &Text,
    texts: &[Text],
    index: &Index,
    (scores, touched): (&mut Vec<f32>, &mut Vec<u32>),
) -> Vec<(Pair, u32)> {
    touched.clear();
    for feature in &text.features {
        let Some(list) = index.places.get(&feature.key) else { continue };
        let own = share(text, feature.weight, feature.space);
        for &(other, share) in index.postings.get(*list as usize).into_iter().flatten() {
            if let Some(score) = scores.get_mut(other as usize) {
                if *score == 0.0 {
                    touched.push(other);
                }
                *score += own * share;
            }
        }
    }
    let mut ranked: Vec<(u32, u32)> = Vec::with_capacity(touched.len());
    for &other in touched.iter() {
        if let Some(score) = scores.get_mut(other as usize) {
            if other as usize != at {
                ranked.push(((*score * 65536.0) as u32, other));
            }
            *score = 0.0;
        }
    }
    keep_best(at, ranked, texts)
}

/// The best few of each language and of all.
fn keep_best(at: usize, mut ranked: Vec<(u32, u32)>, texts: &[Text]) -> Vec<(Pair, u32)> {
    ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut langs: FxHashMap<u16, usize> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (score, other) in ranked {
        let Some(lang) = texts.get(other as usize).map(|it| it.lang) else { continue };
        let seen = langs.entry(lang).or_default();
        if *seen < IN_LANGUAGE || lang == UNKNOWN {
            *seen += 1;
            let (a, b) = (at as u32, other);
            pairs.push((Pair(a.min(b), a.max(b)), score));
            if pairs.len() >= IN_ALL {
                break;
            }
        }
    }
    pairs
}
