//! What an earlier run saw in pairs of texts, by all that it was seen from: a pair of which nothing has
//! changed is not looked for and not measured again, and what readers are told of it is not worked out
//! again. Knows weighed texts and what verdicts need of a pair.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::DocumentId;
use super::bag::Bag;
use super::candidates::{Breadth, Field, Pair, candidates};
use super::cluster::Rules;
use super::corpus::Text;
use super::counterparts::Taught;
use super::found::{Before, Crowd, Found};
use super::glosses::Glossary;
use super::islands::{Clusters, cluster_all};
use super::lexicon::Lexicon;
use super::links::Links;
use super::mix::Mix;
use super::rarity::Census;
use super::reasons::{Reason, Shared};
use super::verdicts::{Offsets, Sight};

/// What was seen in the pairs that a run looked at.
///
/// It may save measuring, and never changes what is found: a pair is looked up by a hash of everything that
/// is measured, so that a pair that is found there is the pair that was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Look by look.
    looks: Vec<Look>,
    /// What readers are told of pairs.
    told: Vec<Told>,
    /// Which member of each cluster leads, by all that this hangs on.
    leaders: Vec<(u64, u32)>,
    /// Who the texts were.
    crowd: Crowd,
    /// What was found for each text, search by search.
    found: Vec<Found>,
    /// The clusters of each island, by all that they hang on.
    clusters: Vec<(u64, Clusters)>,
    /// What each language was taught, by what it was taught by.
    taught: Vec<(u64, Taught)>,
    /// How many of the pairs had to be measured.
    #[serde(skip)]
    measured: usize,
    /// How many texts were glossed, lexicon by lexicon, before any of them was asked for.
    #[serde(skip)]
    glossed: usize,
}

/// What was seen in pairs at one look at all that were worth it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Look {
    /// The key of each pair, in the order in which they were looked at.
    keys: Vec<u64>,
    /// What was seen in each.
    sights: Vec<Sight>,
}

/// What readers are told of a pair of texts.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Told {
    key: u64,
    shared: Vec<Shared>,
    agree: u32,
    of: u32,
}

impl Seen {
    /// How many pairs were looked at.
    pub fn pairs(&self) -> usize {
        self.looks.iter().map(|it| it.keys.len()).sum()
    }

    /// How many of them had to be measured.
    pub fn measured(&self) -> usize {
        self.measured
    }

    /// How many texts were given their glosses beforehand.
    pub fn glossed(&self) -> usize {
        self.glossed
    }

    /// How many texts had to be looked for in its searches.
    pub fn searched(&self) -> usize {
        self.found.iter().map(|it| it.searched).sum()
    }

    /// Keeps what readers are told of pairs, by key.
    pub(super) fn keep_told<'a>(&mut self, told: impl Iterator<Item = (u64, &'a Reason)>) {
        let kept = |(key, reason): (u64, &Reason)| {
            let Reason { with: _, shared, agree, of } = reason.clone();
            Told { key, shared, agree, of }
        };
        self.told = told.map(kept).collect();
    }

    /// Keeps which members of clusters lead, by key.
    pub(super) fn keep_leaders(&mut self, leaders: impl Iterator<Item = (u64, u32)>) {
        self.leaders = leaders.collect();
    }
}

/// What an earlier run told of pairs of texts.
pub(super) struct Tales<'a> {
    before: FxHashMap<u64, &'a Told>,
    leaders: FxHashMap<u64, u32>,
    /// The print of each text as it is weighed now.
    prints: Vec<u64>,
}

/// All that a reason hangs on besides the weighed texts.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The print of the first text's signature, from which examples are taken.
    pub(super) signature: u32,
    /// The logarithm of the ratio of lengths expected.
    pub(super) offset: f32,
    /// Whether both texts are in one language.
    pub(super) within: bool,
}

impl Tales<'_> {
    /// The key of a pair.
    pub(super) fn key(&self, (a, b): (u32, u32), asked: Asked) -> u64 {
        let print = |text: u32| self.prints.get(text as usize).copied().unwrap_or(0);
        let mut hash = Mix(print(a));
        hash.add(print(b));
        hash.add(u64::from(asked.signature) << 32 | u64::from(asked.offset.to_bits()));
        hash.add(u64::from(asked.within));
        hash.0
    }

    /// The place of the member of a cluster that leads it.
    pub(super) fn leader(&self, key: u64) -> Option<u32> {
        self.leaders.get(&key).copied()
    }

    /// The reason that was told of a pair.
    pub(super) fn find(&self, key: u64, with: DocumentId) -> Option<Reason> {
        let Told { shared, agree, of, .. } = self.before.get(&key)?;
        Some(Reason { with, shared: shared.clone(), agree: *agree, of: *of })
    }
}

/// Where each key of a list stands in it. A list of pairs is long, and a map with the keys in it takes four
/// times as much.
#[derive(Default)]
struct Places(HashTable<u32>);

impl Places {
    /// The places of all keys of a list.
    fn new(list: &[u64]) -> Self {
        let mut places = HashTable::with_capacity(list.len());
        let hash =
            |place: &u32| list.get(*place as usize).map_or(0, |it| FxBuildHasher.hash_one(it));
        for (place, key) in (0..u32::MAX).zip(list) {
            places.insert_unique(FxBuildHasher.hash_one(key), place, hash);
        }
        Self(places)
    }

    /// Where a key stands.
    fn find(&self, list: &[u64], key: u64) -> Option<u32> {
        let is_it = |it: &u32| list.get(*it as usize) == Some(&key);
        self.0.find(FxBuildHasher.hash_one(key), is_it).copied()
    }
}

/// Pairs looked at with what an earlier run saw in them at hand.
pub(super) struct Looks<'a> {
    seen: &'a Seen,
    /// Where each pair stands among those that the same look of the earlier run has seen.
    before: Places,
    clusters: FxHashMap<u64, &'a Clusters>,
    /// The print of each text.
    prints: Vec<u64>,
    /// The print of each text without its glosses, which is what the lexicon changes.
    plain: Vec<u64>,
    now: Seen,
}

impl<'a> Looks<'a> {
    /// With what was seen before.
    pub(super) fn new(seen: &'a Seen, crowd: &Crowd) -> Self {
        let before = Places::default();
        let clusters = seen.clusters.iter().map(|(hash, it)| (*hash, it)).collect();
        let now = Seen { crowd: crowd.clone(), ..Seen::default() };
        Self { seen, before, clusters, prints: Vec::new(), plain: Vec::new(), now }
    }

    /// Takes the prints of the texts as they are weighed now.
    pub(super) fn read(&mut self, texts: &[Text], census: &Census) {
        self.plain = texts.par_iter().map(|text| plain(text, census)).collect();
        self.prints.clone_from(&self.plain);
    }

    /// What a lexicon says of the words of all texts. Those that are wanted get their glosses; the others put them
    /// off, and so do all of which it is known how long their vector is, since they are as they were in an earlier
    /// run.
    pub(super) fn gloss(
        &mut self,
        lexicon: Lexicon,
        (texts, census): (&mut [Text], &Census),
        wanted: &[bool],
    ) -> Glossary {
        let (glossary, prints) = Glossary::new(lexicon, (texts, census), &self.plain);
        self.prints = prints;
        if let Some(norms) = self.before().norms(&self.now.crowd, &self.prints) {
            self.now.glossed += norms.iter().filter(|it| it.is_none()).count();
            glossary.defer(texts, &norms);
        } else {
            self.now.glossed += texts.len();
            glossary.gloss(texts, wanted);
        }
        glossary
    }

    /// What an earlier run found in the search that comes next.
    fn before(&self) -> Before<'a> {
        let seen = self.seen;
        Before { crowd: &seen.crowd, found: seen.found.get(self.now.found.len()) }
    }

    /// The pairs worth looking at of the wanted texts, sorted, with how much they share.
    pub(super) fn candidates(
        &mut self,
        (texts, census, glossary): (&[Text], &Census, Option<&Glossary>),
        wanted: &[bool],
        breadth: Breadth,
    ) -> Vec<(Pair, u32)> {
        let (prints, crowd) = (self.prints.as_slice(), &self.now.crowd);
        let field = Field { texts, wanted, census, prints, crowd, glossary, breadth };
        let (pairs, found) = candidates(&field, &self.before());
        self.now.found.push(found);
        pairs
    }

    /// The clusters that links make.
    pub(super) fn cluster(&mut self, links: &Links, rules: &Rules<'_>) -> Clusters {
        let (found, kept) = cluster_all(links, rules, &self.clusters);
        self.now.clusters.extend(kept);
        found
    }

    /// The lexicon that clusters teach.
    pub(super) fn learn(
        &mut self,
        (texts, census): (&[Text], &Census),
        clusters: &Clusters,
        offsets: &Offsets,
    ) -> Lexicon {
        let before = self.seen.taught.iter().map(|(hash, it)| (*hash, it)).collect();
        let (lexicon, taught) = Lexicon::learn((texts, census), clusters, offsets, &before);
        self.now.taught.extend(taught);
        lexicon
    }

    /// Begins to look at pairs.
    pub(super) fn begin(&mut self) {
        let before = self.seen.looks.get(self.now.looks.len());
        self.before = before.map(|it| Places::new(&it.keys)).unwrap_or_default();
        self.now.looks.push(Look::default());
    }

    /// Makes room for so many pairs, and for those that they may lead to.
    pub(super) fn make_room(&mut self, pairs: usize) {
        if let Some(look) = self.now.looks.last_mut() {
            let room = pairs + pairs / 8;
            look.keys.reserve_exact(room);
            look.sights.reserve_exact(room);
        }
    }

    /// Sees what there is in pairs, one by one: as it was seen before, or else as it is found now.
    pub(super) fn see(&mut self, keys: Vec<u64>, measure: impl FnOnce(&[usize]) -> Vec<Sight>) {
        let at = self.now.looks.len().saturating_sub(1);
        let before = self.seen.looks.get(at);
        let find = |key: &u64| self.before.find(&before?.keys, *key);
        let known: Vec<u32> = keys.par_iter().map(|it| find(it).unwrap_or(u32::MAX)).collect();
        let missing = (0..known.len()).filter(|it| known.get(*it) == Some(&u32::MAX));
        let missing: Vec<usize> = missing.collect();
        self.now.measured += missing.len();
        let mut found = measure(&missing).into_iter();
        let sight = |place: &u32| {
            let known = before.and_then(|it| it.sights.get(*place as usize)).copied();
            known.or_else(|| found.next()).unwrap_or_default()
        };
        if let Some(look) = self.now.looks.last_mut() {
            look.keys.extend(keys);
            look.sights.extend(known.iter().map(sight));
        }
    }

    /// What this look has seen in each pair.
    pub(super) fn sights(&self) -> &[Sight] {
        self.now.looks.last().map_or(&[], |it| &it.sights)
    }

    /// The key of a pair of which the languages let expect some ratio of lengths.
    pub(super) fn key(&self, pair: Pair, offset: f32, within: bool) -> u64 {
        let print = |text: u32| self.prints.get(text as usize).copied().unwrap_or(0);
        let mut hash = Mix(print(pair.0));
        hash.add(print(pair.1));
        hash.add(u64::from(offset.to_bits()) << 1 | u64::from(within));
        hash.0
    }

    /// What this run has seen, and what the earlier one told.
    pub(super) fn done(self) -> (Seen, Tales<'a>) {
        let before = self.seen.told.iter().map(|it| (it.key, it)).collect();
        let leaders = self.seen.leaders.iter().copied().collect();
        (self.now, Tales { before, leaders, prints: self.prints })
    }
}

/// A hash of all of a text that is measured but its glosses: by keys, not by numbers, which any other text can
/// change.
fn plain(text: &Text, census: &Census) -> u64 {
    let mut hash = Mix(text.passages() as u64);
    hash.add(text.lengths.len() as u64);
    text.lengths.iter().for_each(|it| hash.add(u64::from(it.to_bits())));
    for keys in [&text.numbers, &text.dated] {
        hash.add(keys.len() as u64);
        keys.iter().for_each(|it| hash.add(u64::from(*it)));
    }
    text.prints.each().for_each(|it| hash.add(u64::from(it.0) << 16 | u64::from(it.1)));
    add(&mut hash, &text.features, census);
    add(&mut hash, &text.words, census);
    hash.0
}

/// Adds the features of a bag with their places to a hash.
fn add(hash: &mut Mix, bag: &Bag, census: &Census) {
    hash.add(bag.features().len() as u64);
    for feature in bag.features() {
        let key = census.key(feature.key).unwrap_or(0);
        let sections = bag.sections(feature);
        hash.add(u64::from(key) << 32 | u64::from(feature.facts()));
        let mut places = sections.count() as u64;
        for (section, at) in sections.iter().zip(1_u32..) {
            places = places << 8 | section as u64;
            if at.is_multiple_of(7) {
                hash.add(std::mem::take(&mut places));
            }
        }
        hash.add(places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_in_its_place_and_no_other_is_found() {
        for count in [0_u64, 1, 2, 3, 100, 1024] {
            // Most keys begin with the same bits, so that they want the same slot.
            let key = |it: u64| if it.is_multiple_of(3) { it << 40 } else { u64::MAX - it };
            let list: Vec<u64> = (1..=count).map(key).collect();
            let places = Places::new(&list);
            for (place, key) in (0..).zip(&list) {
                assert_eq!(places.find(&list, *key), Some(place), "{count}");
            }
            assert_eq!(places.find(&list, key(count + 1)), None, "{count}");
            assert_eq!(places.find(&list, 0), None, "{count}");
        }
    }
}
