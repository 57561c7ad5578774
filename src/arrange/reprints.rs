//! Texts that are printed again word for word, as an agency's report is: they are studied once, and every
//! printing stands where the first one stands, so that a hundred copies weigh no more than one.
//!
//! Knows documents by number and signatures, and nothing of pairs.

use std::hash::Hash;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::mix::Mix;
use super::signature::Signature;
use super::study::LEAST_SAID;
use crate::vocab::digest::Fingerprint;

/// The length from which on a body can be known again under another title, in letters, counted as signatures
/// do.
const KNOWN_BY_BODY: u32 = 240;

/// Which documents print what an earlier one says.
pub(super) struct Reprints {
    /// The first document that says what each one says.
    first: Vec<u32>,
}

impl Reprints {
    /// Finds them among all documents. `kin` is what printings must have in common besides their texts; what
    /// has none is never one.
    pub(super) fn find<K: Eq + Hash>(
        signatures: &[Signature],
        kin: impl Fn(usize) -> Option<K>,
    ) -> Self {
        // Most texts are like no other already in the outlines of their passages, and are not read further.
        let outlined: Vec<Option<u64>> = signatures.par_iter().map(outlined).collect();
        let key = |at: usize| outlined.get(at).copied().flatten().zip(kin(at));
        let mut alike: FxHashMap<(u64, K), u32> = FxHashMap::default();
        for key in (0..signatures.len()).filter_map(key) {
            *alike.entry(key).or_default() += 1;
        }
        let is_alike = |at: usize| key(at).and_then(|it| alike.get(&it)) > Some(&1);
        let alike: Vec<bool> = (0..signatures.len()).map(is_alike).collect();
        let both = signatures.par_iter().zip(alike);
        let said: Vec<Option<Fingerprint>> =
            both.map(|(signature, alike)| alike.then(|| said(signature))?).collect();
        let mut known: FxHashMap<(Fingerprint, K), u32> = FxHashMap::default();
        let first = |(at, said): (usize, Option<Fingerprint>)| {
            let own = at as u32;
            let key = said.zip(kin(at));
            key.map_or(own, |key| *known.entry(key).or_insert(own))
        };
        Self { first: said.into_iter().enumerate().map(first).collect() }
    }

    /// The first document that says what a document says.
    pub(super) fn first(&self, document: u32) -> u32 {
        self.first.get(document as usize).copied().unwrap_or(document)
    }

    /// The documents that print what an earlier one says.
    pub(super) fn later(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.first).filter(|(own, first)| own != *first).map(|it| it.0)
    }

    /// Clusters of first documents with all printings, each sorted.
    pub(super) fn gathered(&self, mut clusters: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
        let mut place: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, members) in clusters.iter().enumerate() {
            place.extend(members.iter().map(|it| (*it, at)));
        }
        for own in self.later() {
            let first = self.first(own);
            let at = *place.entry(first).or_insert_with(|| {
                clusters.push(vec![first]);
                clusters.len() - 1
            });
            if let Some(members) = clusters.get_mut(at) {
                members.push(own);
            }
        }
        for members in &mut clusters {
            members.sort_unstable();
        }
        clusters
    }
}

/// From which outline on a text is known again: a longer one from its body on, since an outlet gives a report
/// another title. `None` where it says too little to be known again.
fn known_from(signature: &Signature) -> Option<usize> {
    let letters =
        |from: usize| signature.outlines().skip(from).map(|it| u32::from(it.length)).sum();
    let (body, whole): (u32, u32) = (letters(1), letters(0));
    (whole as f32 >= LEAST_SAID).then_some(usize::from(body >= KNOWN_BY_BODY))
}

/// A hash of the outlines by which a text is known again.
fn outlined(signature: &Signature) -> Option<u64> {
    let mut hash = Mix(0);
    for outline in signature.outlines().skip(known_from(signature)?) {
        hash.add(u64::from(outline.print) << 16 | u64::from(outline.length));
    }
    Some(hash.0)
}

/// A fingerprint of what a text says; `None` where it says too little to be known again. Of the title of a
/// longer text only numbers and days count: pages of one form differ in the year that their titles name.
fn said(signature: &Signature) -> Option<Fingerprint> {
    let from = known_from(signature)?;
    let mut bytes = Vec::new();
    for outline in signature.outlines().skip(from) {
        bytes.extend(outline.print.to_le_bytes());
        bytes.extend(outline.length.to_le_bytes());
    }
    // Outlines do not tell digits apart; numbers do.
    for mark in signature.marks() {
        for passage in mark.passages().filter(|it| mark.counts() || *it >= from) {
            bytes.extend(mark.key.to_le_bytes());
            bytes.extend((passage as u16).to_le_bytes());
        }
    }
    Some(Fingerprint::of_bytes(&bytes))
}
