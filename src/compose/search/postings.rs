//! Postings as they are written: which documents have a term, how much they are about it, and where in
//! them it stands.
//!
//! The list of a term has one group for each language: its number and whether another follows, its
//! length in bytes where another follows, then the documents. A document is the distance from the one
//! before, less one, and its weight. Documents are counted from the first of their language, so that a
//! new text in one language leaves the others' lists as they are.

use serde::{Deserialize, Serialize};

use super::merge::{Gathered, Posting, WEIGHT};
use super::{entry, varint};
use crate::daybook::bytes;

/// The most bytes of positions that are kept for one term. Of words that stand in nearly every text the
/// positions would be half of the index; a phrase with such a word is checked in the texts instead.
pub(super) const MOST_POSITIONS: usize = 1 << 16;

/// The number of a document that is no longer there.
pub(super) const GONE: u32 = u32::MAX;

/// The terms of a section with their postings, in order.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists {
    #[serde(with = "bytes")]
    terms: Vec<u8>,
    #[serde(with = "bytes")]
    documents: Vec<u8>,
    #[serde(with = "bytes")]
    positions: Vec<u8>,
    ends: Vec<Ends>,
}

/// Where what belongs to a term ends.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Ends {
    term: u32,
    list: u32,
    positions: u32,
}

/// A term as it is written.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    /// The term.
    pub(super) term: &'a [u8],
    /// Its documents.
    pub(super) list: &'a [u8],
    /// Its positions in each of them, in the same order; empty where they are not kept.
    pub(super) positions: &'a [u8],
}

impl Lists {
    /// No lists yet, and room for what others hold together.
    pub(super) fn with_room(others: &[&Self]) -> Self {
        let all = |of: fn(&Self) -> usize| others.iter().map(move |it| of(it));
        let sum = |of| all(of).sum();
        let most = |of| all(of).max().unwrap_or(0);
        Self {
            terms: Vec::with_capacity(most(|it| it.terms.len())),
            documents: Vec::with_capacity(sum(|it| it.documents.len())),
            positions: Vec::with_capacity(sum(|it| it.positions.len())),
            ends: Vec::with_capacity(most(|it| it.ends.len())),
        }
    }

    /// Adds a term that comes after all before it. `languages` holds the number of the first document
    /// of each language.
    pub(super) fn add(&mut self, gathered: &Gathered, languages: &[u32]) {
        self.terms.extend(gathered.term);
        write_list(&mut self.documents, gathered.postings, languages);
        let positions = gathered.postings.iter().map(|it| it.1);
        if positions.clone().map(<[u8]>::len).sum::<usize>() <= MOST_POSITIONS {
            positions.for_each(|it| self.positions.extend(it));
        }
        self.end();
    }

    /// Adds a term that comes after all before it, in the form in which parts are kept: without languages,
    /// and with all positions, however many.
    pub(super) fn add_whole(&mut self, gathered: &Gathered) {
        self.terms.extend(gathered.term);
        write_group(&mut self.documents, gathered.postings, 0);
        gathered.postings.iter().for_each(|it| self.positions.extend(it.1));
        self.end();
    }

    /// Ends what belongs to a term.
    fn end(&mut self) {
        self.ends.push(Ends {
            term: self.terms.len() as u32,
            list: self.documents.len() as u32,
            positions: self.positions.len() as u32,
        });
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The nth term.
    pub(super) fn get(&self, at: usize) -> Option<Listed<'_>> {
        let to = self.ends.get(at)?;
        let from = at.checked_sub(1).and_then(|it| self.ends.get(it)).copied().unwrap_or_default();
        Some(Listed {
            term: self.terms.get(from.term as usize..to.term as usize)?,
            list: self.documents.get(from.list as usize..to.list as usize)?,
            positions: self.positions.get(from.positions as usize..to.positions as usize)?,
        })
    }
}

impl Listed<'_> {
    /// Reads what [`Lists::add_whole`] wrote. Each document gets the number that `numbers` has in its place;
    /// one whose number is [`GONE`] is left out.
    pub(super) fn read<'l>(&self, numbers: &[u32], postings: &mut Vec<Posting<'l>>)
    where
        Self: 'l,
    {
        let (mut list, mut positions, mut next) = (self.list, self.positions, 0);
        while !list.is_empty() {
            let word = varint::read(&mut list);
            let number = next + (word >> WEIGHT);
            next = number + 1;
            let own = entry::positions(&mut positions);
            let number = numbers.get(number as usize).copied().unwrap_or(GONE);
            if number != GONE {
                postings.push((number << WEIGHT | word & ((1 << WEIGHT) - 1), own));
            }
        }
    }
}

/// Writes the documents of a term.
fn write_list(bytes: &mut Vec<u8>, mut postings: &[Posting], languages: &[u32]) {
    let mut group = Vec::new();
    while let Some(first) = postings.first() {
        let number = first.0 >> WEIGHT;
        let language = languages.partition_point(|&it| it <= number).saturating_sub(1);
        let start = languages.get(language).copied().unwrap_or(0);
        let end = languages.get(language + 1).copied().unwrap_or(u32::MAX);
        let (own, rest) = postings.split_at(postings.partition_point(|it| it.0 >> WEIGHT < end));
        let more = !rest.is_empty();
        varint::write(bytes, (language as u32) << 1 | u32::from(more));
        group.clear();
        write_group(&mut group, own, start);
        if more {
            varint::write(bytes, group.len() as u32);
        }
        bytes.append(&mut group);
        postings = rest;
    }
}

/// Writes documents, counted from a first one.
fn write_group(bytes: &mut Vec<u8>, postings: &[Posting], first: u32) {
    let mut next = first;
    for (posting, _) in postings {
        let number = posting >> WEIGHT;
        let weight = posting & ((1 << WEIGHT) - 1);
        varint::write(bytes, (number - next) << WEIGHT | weight);
        next = number + 1;
    }
}
