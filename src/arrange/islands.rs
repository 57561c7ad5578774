//! Clustering island by island: texts between which no link reaches the threshold cannot come into one
//! cluster, so that each island is clustered for itself, and not again where nothing in it has changed. Knows
//! numbers of texts and links, no texts.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::candidates::Pair;
use super::cluster::{Chance, Rules, cluster};
use super::corpus::UNKNOWN;
use super::links::Links;
use super::mix::Mix;

/// The clusters of an island, in the numbers of its texts in it.
pub(super) type Clusters = Vec<Vec<u32>>;

/// The clusters of two and more texts, each sorted, in the order of their first texts; and those of each
/// island, by a hash of all that they hang on. What hashes known `before` stand for is not found again.
pub(super) fn cluster_all(
    links: &Links,
    rules: &Rules<'_>,
    before: &FxHashMap<u64, &Clusters>,
) -> (Clusters, Vec<(u64, Clusters)>) {
    let islands = islands(links, rules);
    let places = places(&islands, rules.langs.len());
    let (found, kept): (Vec<Clusters>, Vec<(u64, Clusters)>) = islands
        .par_iter()
        .map(|texts| {
            let island = Island::new(texts, links, &places, rules);
            let hash = island.hash(rules);
            let known = before.get(&hash).map(|it| (*it).clone());
            let clusters = known.unwrap_or_else(|| island.clusters(rules));
            let text = |it: &u32| texts.get(*it as usize).copied();
            let global = |one: &Vec<u32>| one.iter().filter_map(text).collect();
            (clusters.iter().map(global).collect::<Clusters>(), (hash, clusters))
        })
        .unzip();
    let mut found: Clusters = found.into_iter().flatten().collect();
    found.sort_unstable();
    (found, kept)
}

/// The islands of two and more texts: their texts, in their order.
fn islands(links: &Links, rules: &Rules<'_>) -> Vec<Vec<u32>> {
    let mut leads: Vec<u32> = (0..rules.langs.len() as u32).collect();
    let strong = links.iter().filter(|it| it.1 >= rules.threshold).map(|it| it.0);
    let mut firsts: FxHashMap<u32, u32> = FxHashMap::default();
    let pins = (0..).zip(rules.pins).filter_map(|(text, pin)| Some((text, (*pin)?)));
    let told = pins.map(|(text, pin)| Pair(*firsts.entry(pin).or_insert(text), text));
    for Pair(a, b) in strong.chain(told) {
        let (a, b) = (lead(&mut leads, a), lead(&mut leads, b));
        if let Some(slot) = leads.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }
    let mut texts: Vec<(u32, u32)> =
        (0..leads.len() as u32).map(|it| (lead(&mut leads, it), it)).collect();
    texts.par_sort_unstable();
    let islands = texts.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1);
    islands.map(|it| it.iter().map(|it| it.1).collect()).collect()
}

/// The first text of the island of a text; the way there is halved.
fn lead(leads: &mut [u32], mut text: u32) -> u32 {
    let next = |leads: &[u32], it: u32| leads.get(it as usize).copied().unwrap_or(it);
    loop {
        let (one, two) = (next(leads, text), next(leads, next(leads, text)));
        if one == two {
            return one;
        }
        if let Some(slot) = leads.get_mut(text as usize) {
            *slot = two;
        }
        text = two;
    }
}

/// The island of each text, and its number in it.
fn places(islands: &[Vec<u32>], texts: usize) -> Vec<Option<(u32, u32)>> {
    let mut places = vec![None; texts];
    for (island, texts) in (0..).zip(islands) {
        for (place, text) in (0..).zip(texts) {
            if let Some(slot) = places.get_mut(*text as usize) {
                *slot = Some((island, place));
            }
        }
    }
    places
}

/// An island by itself: nothing in it hangs on any text outside.
struct Island {
    /// The language of each text: the first text of it.
    langs: Vec<u16>,
    /// The statement that each text is pinned to: the first text that is.
    pins: Vec<Option<u32>>,
    links: Vec<(Pair, Chance)>,
}

impl Island {
    /// The island of some texts.
    fn new(texts: &[u32], links: &Links, places: &[Option<(u32, u32)>], rules: &Rules<'_>) -> Self {
        let place = |text: u32| places.get(text as usize).copied().flatten();
        let own = |text: u32| links.row(text).iter().map(move |it| (text, it.0, it.1));
        let within = |(a, b, chance): (u32, u32, Chance)| {
            let (one, two) = place(a).zip(place(b)).filter(|(one, two)| one.0 == two.0)?;
            Some((Pair(one.1, two.1), chance))
        };
        let links = texts.iter().flat_map(|it| own(*it)).filter_map(within).collect();
        let lang = |it: &u32| rules.langs.get(*it as usize).copied().unwrap_or(UNKNOWN);
        let pin = |it: &u32| rules.pins.get(*it as usize).copied().flatten();
        let langs = renumbered(texts.iter().map(|it| Some(lang(it)).filter(|it| *it != UNKNOWN)));
        let langs = langs.into_iter().map(|it| it.map_or(UNKNOWN, |it| it as u16)).collect();
        Self { langs, pins: renumbered(texts.iter().map(pin)), links }
    }

    /// A hash of all that the clusters hang on.
    fn hash(&self, rules: &Rules<'_>) -> u64 {
        let mut hash = Mix(u64::from(rules.threshold) << 32 | u64::from(rules.same_language));
        for (lang, pin) in self.langs.iter().zip(&self.pins) {
            hash.add(u64::from(pin.map_or(u32::MAX, |it| it)) << 32 | u64::from(*lang));
        }
        for (pair, chance) in &self.links {
            hash.add(u64::from(pair.0) << 32 | u64::from(pair.1));
            hash.add(u64::from(*chance));
        }
        hash.0
    }

    /// The clusters of its texts.
    fn clusters(&self, rules: &Rules<'_>) -> Clusters {
        let links = Links::new(self.langs.len(), || self.links.iter().copied());
        cluster(&links, &Rules { langs: &self.langs, pins: &self.pins, ..*rules })
    }
}

/// What is the same gets the number of the first place where it stands.
fn renumbered<T: Eq + std::hash::Hash>(all: impl Iterator<Item = Option<T>>) -> Vec<Option<u32>> {
    let mut firsts: FxHashMap<T, u32> = FxHashMap::default();
    (0..).zip(all).map(|(at, it)| Some(*firsts.entry(it?).or_insert(at))).collect()
}
