//! Entries merged: the postings of all documents brought together by term.
//!
//! Documents come in the order of their numbers, in batches; each of the sections has its own worker, so
//! that no two meet. What is kept of a posting is eight bytes and its positions, until it is written.
//! What comes of it is a part of the index; parts are brought together in `parts.rs`.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::entry::{Entry, SECTIONS};
use super::postings::Lists;

/// How many bits of a posting are its weight.
pub(super) const WEIGHT: u32 = 3;

/// A document that has a term, number and weight in one, and the positions.
pub(super) type Posting<'a> = (u32, &'a [u8]);

/// The postings of all documents that have come so far.
pub(super) struct Merge {
    sections: Vec<Section>,
}

/// The postings of the terms of one section.
#[derive(Default)]
struct Section {
    ids: FxHashMap<Box<[u8]>, u32>,
    /// How many postings each term has.
    counts: Vec<u32>,
    /// Term and document with weight, in the order in which they came.
    found: Vec<(u32, u32)>,
    positions: Vec<u8>,
}

/// A term of a section with its postings, as they are handed on to be written.
pub(super) struct Gathered<'a> {
    /// The term.
    pub(super) term: &'a [u8],
    /// Its documents in the order of their numbers: number and weight in one, and positions.
    pub(super) postings: &'a [Posting<'a>],
}

impl Merge {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self { sections: (0..SECTIONS).map(|_| Section::default()).collect() }
    }

    /// Adds documents that follow those added before; each with its number.
    pub(super) fn add(&mut self, batch: &[(u32, Entry)]) {
        self.sections.par_iter_mut().enumerate().for_each(|(number, section)| {
            for (document, entry) in batch {
                section.add(*document, entry, number);
            }
        });
    }

    /// Writes the postings of each term; one list of terms a section.
    pub(super) fn finish(self) -> Vec<Lists> {
        self.sections.into_par_iter().map(Section::finish).collect()
    }
}

impl Section {
    /// Adds the postings of a document.
    fn add(&mut self, document: u32, entry: &Entry, number: usize) {
        for posting in entry.section(number) {
            let id = match self.ids.get(posting.term) {
                Some(&id) => id,
                None => self.name(posting.term),
            };
            if let Some(count) = self.counts.get_mut(id as usize) {
                *count += 1;
            }
            self.found.push((id, document << WEIGHT | u32::from(posting.weight)));
            self.positions.extend(posting.positions);
        }
    }

    /// Gives a new term its number.
    fn name(&mut self, term: &[u8]) -> u32 {
        let id = self.counts.len() as u32;
        self.ids.insert(term.into(), id);
        self.counts.push(0);
        id
    }

    /// Writes the postings of each term, in the order of the terms.
    fn finish(self) -> Lists {
        let mut terms: Vec<(Box<[u8]>, u32)> = self.ids.into_iter().collect();
        terms.sort_unstable();
        let (order, ends) = by_term(&self.found, &self.counts);
        let places = places(&self.positions, self.found.len());
        let mut lists = Lists::default();
        let mut postings = Vec::new();
        for (term, id) in terms {
            let end = ends.get(id as usize).copied().unwrap_or(0) as usize;
            let count = self.counts.get(id as usize).copied().unwrap_or(0) as usize;
            postings.clear();
            for &at in order.get(end - count..end).unwrap_or_default() {
                let at = at as usize;
                let from = places.get(at).copied().unwrap_or(0) as usize;
                let to = places.get(at + 1).map_or(self.positions.len(), |it| *it as usize);
                let positions = self.positions.get(from..to).unwrap_or_default();
                postings.push((self.found.get(at).map_or(0, |it| it.1), positions));
            }
            lists.add_whole(&Gathered { term: &term, postings: &postings });
        }
        lists
    }
}

/// The places of the postings ordered by term, those of one term in the order in which they came; and
/// where each term ends.
fn by_term(found: &[(u32, u32)], counts: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut next = Vec::with_capacity(counts.len());
    let mut sum = 0;
    for count in counts {
        next.push(sum);
        sum += count;
    }
    let mut order = vec![0; found.len()];
    for (at, (id, _)) in found.iter().enumerate() {
        if let Some(place) = next.get_mut(*id as usize) {
            if let Some(slot) = order.get_mut(*place as usize) {
                *slot = at as u32;
            }
            *place += 1;
        }
    }
    (order, next)
}

/// Where the positions of each posting begin.
fn places(positions: &[u8], postings: usize) -> Vec<u32> {
    let mut places = Vec::with_capacity(postings);
    let (mut new_list, mut new_number, mut last) = (true, true, false);
    for (at, byte) in positions.iter().enumerate() {
        if new_number {
            last = byte & 1 == 1;
            if new_list {
                places.push(at as u32);
            }
        }
        new_number = byte & 0x80 == 0;
        new_list = new_number && last;
    }
    places
}
