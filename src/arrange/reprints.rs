//! Texts that are printed again word for word, as an agency's report is: they are studied once, and every
//! printing stands where the first one stands, so that a hundred copies weigh no more than one.
//!
//! Knows documents by number and signatures, and nothing of pairs.

use std::hash::Hash;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::signature::Signature;
use super::study::LEAST_SAID;
use crate::vocab::digest::Fingerprint;
use crate::vocab::evidence::Space;

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
        let said: Vec<Option<Fingerprint>> = signatures.par_iter().map(said).collect();
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

/// A fingerprint of what a text says; `None` where it says too little to be known again. Of the title of a
/// longer text only numbers and days count: an outlet gives a report another title, and pages of one form
/// differ in the year that their titles name.
fn said(signature: &Signature) -> Option<Fingerprint> {
    let letters =
        |from: usize| signature.outlines().skip(from).map(|it| u32::from(it.length)).sum();
    let (body, whole): (u32, u32) = (letters(1), letters(0));
    if (whole as f32) < LEAST_SAID {
        return None;
    }
    let from = usize::from(body >= KNOWN_BY_BODY);
    let mut bytes = Vec::new();
    for outline in signature.outlines().skip(from) {
        bytes.extend(outline.print.to_le_bytes());
        bytes.extend(outline.length.to_le_bytes());
    }
    // Outlines do not tell digits apart; numbers do.
    for mark in signature.marks() {
        let counted = mark.space == Space::Number as u8 || mark.space == Space::Day as u8;
        for passage in mark.passages().filter(|it| counted || *it >= from) {
            bytes.extend(mark.key.to_le_bytes());
            bytes.extend((passage as u16).to_le_bytes());
        }
    }
    Some(Fingerprint::of_bytes(&bytes))
}
