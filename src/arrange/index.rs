//! The index from features to the texts in which they stand. Knows weighed texts, searches nothing.

use rayon::prelude::*;

use super::bag::{Bag, Feature};
use super::candidates::Field;
use super::corpus::{SPACES, Text};
use super::glosses::Desk;
use super::rarity::Census;

/// How much a kind of evidence counts when candidates are looked for.
const SHARES: [f32; SPACES] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 1.5];

/// How many documents an archive is taken to have at least where steps are counted.
const FEW: usize = 50;

/// How many binary digits are heeded of the frequency from which on features are left out: one text more or
/// less seldom changes which these are.
const DIGITS: u32 = 6;

/// How many texts are gone through by all workers before what they found is put in its place.
const AT_ONCE: usize = 1024;

/// In how many texts each feature stands: those of glosses come behind those of all others.
pub(super) struct Counts {
    texts: Vec<u32>,
    /// How many features there are besides glosses.
    plain: usize,
    /// The highest frequency of a feature that is looked through.
    most: u32,
}

impl Counts {
    /// Counts the features of all texts.
    pub(super) fn take(field: &Field<'_>) -> Self {
        let plain = field.census.len();
        let mut counts = count(field.texts, plain);
        let glosses = counts.iter_mut().skip(plain);
        let own = field.glossary.iter().flat_map(|it| &it.texts);
        glosses.zip(own).for_each(|(slot, count)| *slot = *count);
        let steps = field.breadth.steps * field.texts.len().max(FEW) as u64;
        let most = highest_frequency(&counts, steps);
        let dropped = (u32::BITS - most.leading_zeros()).saturating_sub(DIGITS);
        Self { texts: counts, plain, most: most >> dropped << dropped }
    }

    /// The features that stand in too many texts to be looked through, by key, and whether they are glosses;
    /// sorted.
    pub(super) fn common(&self, census: &Census) -> Vec<(u32, bool)> {
        let places = self.texts.iter().enumerate().filter(|it| *it.1 > self.most);
        let mut common: Vec<(u32, bool)> = places
            .filter_map(|(place, _)| {
                let gloss = place >= self.plain;
                let number = if gloss { place - self.plain } else { place };
                Some((census.key(number as u32)?, gloss))
            })
            .collect();
        common.sort_unstable();
        common
    }

    /// In how many texts a feature stands that is looked through; 0 for all others.
    fn of(&self, place: usize) -> u32 {
        let count = self.texts.get(place).copied();
        count.filter(|it| (2..=self.most).contains(it)).unwrap_or(0)
    }
}

/// In how many texts each feature stands, by its place; glosses are not counted.
fn count(texts: &[Text], plain: usize) -> Vec<u32> {
    let share = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = texts.par_chunks(share).map(|some| {
        let mut counts = vec![0_u32; plain * 2];
        for (_, place) in some.iter().flat_map(plain_features) {
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        counts
    });
    let add = |mut sums: Vec<u32>, more: Vec<u32>| {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        sums
    };
    parts.reduce_with(add).unwrap_or_else(|| vec![0; plain * 2])
}

/// The texts of features, with the share that the feature has in each.
pub(super) struct Index {
    /// Where the texts of each feature begin.
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
    /// How many features there are besides glosses.
    plain: usize,
}

impl Index {
    /// Makes the index of all features that stand in some of the texts.
    pub(super) fn new(field: &Field<'_>, counts: &Counts, some: &[bool]) -> Self {
        let (texts, plain) = (field.texts, counts.plain);
        let mut left = vec![0_u32; counts.texts.len()];
        let wanted = texts.iter().zip(some).filter(|it| *it.1).map(|it| it.0);
        for text in wanted.map(|it| field.whole(it)) {
            for place in features(&text, plain).map(|it| it.1) {
                if let Some(slot) = left.get_mut(place).filter(|it| **it == 0) {
                    *slot = counts.of(place);
                }
            }
        }
        let mut starts = Vec::with_capacity(left.len() + 1);
        let mut sum = 0;
        for count in &left {
            starts.push(sum);
            sum += count;
        }
        starts.push(sum);
        let mut postings = vec![(0, 0.0); sum as usize];
        let listed: Vec<bool> = left.iter().map(|it| *it > 0).collect();
        let is_listed = |place: usize| listed.get(place) == Some(&true);
        let glossary = field.glossary.filter(|_| texts.iter().any(|it| it.deferred));
        let glossary = glossary.map(|it| (it, it.wanted(|word| is_listed(word as usize + plain))));
        let listed = |desk: &mut Desk, text: &Text| -> Vec<(u32, f32)> {
            let put_off = glossary.as_ref().filter(|_| text.deferred);
            let put_off = put_off.map(|(all, wanted)| all.of(text, Some(wanted), desk));
            let glosses = gloss_features(put_off.as_ref().unwrap_or(&text.glosses), plain);
            let all = plain_features(text).chain(glosses).filter(|it| is_listed(it.1));
            all.map(|(feature, place)| (place as u32, share(text, feature))).collect()
        };
        for (some, texts) in (0_u32..).zip(texts.chunks(AT_ONCE)) {
            let found: Vec<Vec<(u32, f32)>> =
                texts.par_iter().map_init(Desk::default, listed).collect();
            for (at, found) in (some * AT_ONCE as u32..).zip(found) {
                for (place, share) in found {
                    // What is left of the counts says where the next text of the feature goes.
                    let place = place as usize;
                    if let (Some(left @ 1..), Some(end)) =
                        (left.get_mut(place), starts.get(place + 1))
                        && let Some(slot) = postings.get_mut((end - *left) as usize)
                    {
                        *slot = (at, share);
                        *left -= 1;
                    }
                }
            }
        }
        Self { starts, postings, plain }
    }

    /// The features of a text that stand in others, too: what each counts in it, and the texts.
    pub(super) fn lists<'a>(
        &'a self,
        text: &Text,
    ) -> impl Iterator<Item = (f32, &'a [(u32, f32)])> {
        features(text, self.plain).filter_map(|(feature, place)| {
            let [from, to] = *self.starts.get(place..)?.first_chunk()?;
            let texts = self.postings.get(from as usize..to as usize)?;
            (!texts.is_empty()).then(|| (share(text, feature), texts))
        })
    }
}

/// What a feature contributes to the length of its text's vector.
fn share(text: &Text, feature: &Feature) -> f32 {
    let space = usize::from(feature.space());
    let norm = text.norm(space);
    let share = SHARES.get(space).copied().unwrap_or(0.0);
    // Texts with little of a kind must not count that little as if it were much.
    feature.weight() / (norm + 4.0) * share.sqrt()
}

/// All features of a text, with their places in the index.
pub(super) fn features(text: &Text, keys: usize) -> impl Iterator<Item = (&Feature, usize)> {
    plain_features(text).chain(gloss_features(&text.glosses, keys))
}

/// The features of a text that are no glosses, with their places.
fn plain_features(text: &Text) -> impl Iterator<Item = (&Feature, usize)> {
    let all = text.features.features().iter().chain(text.words.features());
    all.map(|it| (it, it.key as usize))
}

/// Glosses with their places.
fn gloss_features(glosses: &Bag, keys: usize) -> impl Iterator<Item = (&Feature, usize)> {
    glosses.features().iter().map(move |it| (it, it.key as usize + keys))
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
