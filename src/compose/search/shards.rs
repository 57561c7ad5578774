//! The terms of the archive cut into shards: files small enough to be read for one word.
//!
//! A shard holds the terms of a range, so that all words with one beginning stand together. Where one
//! ends is told by the hash of the next term and not by counting, so that a change in one text moves no
//! border far from it. Long lists have files of their own.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::entry::hash;
use super::postings::{Listed, Lists};
use super::varint;

/// The smallest shard, unless it is the last, in bytes; a shard has twice as many on average.
const LEAST: u32 = 8 << 10;
/// The size from which on a shard ends wherever it can.
const MOST: u32 = 4 * LEAST;
/// From how many bytes on a list has a file of its own.
const LONG: usize = 4 << 10;
/// The longest beginning of a term that may name a shard, in bytes.
const LONGEST_KEY: usize = 12;

/// All terms, in shards.
pub(super) struct Shards {
    sections: Vec<Lists>,
    /// Section and place of every term, in the order of the terms.
    order: Vec<(u8, u32)>,
    /// The shards, in order.
    pub(super) ranges: Vec<Shard>,
}

/// A range of terms.
pub(super) struct Shard {
    /// The shortest text that is above every term before the range and not above its first.
    pub(super) key: String,
    /// Which terms, as places in the order.
    from: usize,
    to: usize,
    /// The places of terms whose lists have files of their own.
    pub(super) long: Vec<usize>,
}

impl Shards {
    /// Cuts the terms of all sections into shards.
    pub(super) fn cut(sections: Vec<Lists>) -> Self {
        let order = order(&sections);
        let mut all = Self { sections, order, ranges: Vec::new() };
        let mut cutter = Cutter { from: 0, size: 0, key: String::new() };
        let mut shards = Vec::new();
        for at in 0..all.order.len() {
            let Some(listed) = all.term(at) else { continue };
            let own = listed.term.len() as u32 / 2 + 4;
            let list = if listed.list.len() < LONG { listed.list.len() as u32 } else { 0 };
            cutter.size += own + list;
            let next = all.term(at + 1).map(|it| it.term);
            if let Some(key) = next.and_then(|next| cutter.border(listed.term, next, own + list)) {
                shards.push(cutter.end(at + 1, key));
            }
        }
        shards.push(cutter.end(all.order.len(), String::new()));
        for shard in &mut shards {
            let long = |at: &usize| all.term(*at).is_some_and(|it| it.list.len() >= LONG);
            shard.long = (shard.from..shard.to).filter(long).collect();
        }
        all.ranges = shards;
        all
    }

    /// How many terms there are.
    pub(super) fn terms(&self) -> usize {
        self.order.len()
    }

    /// The nth term.
    fn term(&self, at: usize) -> Option<Listed<'_>> {
        let &(section, place) = self.order.get(at)?;
        self.sections.get(usize::from(section))?.get(place as usize)
    }

    /// The terms of a shard.
    fn range(&self, shard: &Shard) -> impl Iterator<Item = Listed<'_>> {
        (shard.from..shard.to).filter_map(|at| self.term(at))
    }

    /// A shard as bytes: the length of its dictionary and that of its names; the dictionary, each term with how much it shares
    /// with the one before, how many bytes follow, those bytes, and the length of its list twice, plus
    /// one where the list is elsewhere; the names; then the lists.
    pub(super) fn write(&self, shard: &Shard, names: &[u8]) -> Vec<u8> {
        let mut dictionary = Vec::new();
        let mut inline = Vec::new();
        let mut before: &[u8] = &[];
        for listed in self.range(shard) {
            let same = shared(before, listed.term);
            let rest = listed.term.get(same..).unwrap_or_default();
            dictionary.extend([same as u8, rest.len() as u8]);
            dictionary.extend(rest);
            let long = listed.list.len() >= LONG;
            varint::write(&mut dictionary, (listed.list.len() as u32) << 1 | u32::from(long));
            if !long {
                inline.extend(listed.list);
            }
            before = listed.term;
        }
        let mut bytes = Vec::with_capacity(dictionary.len() + inline.len() + 4);
        varint::write(&mut bytes, dictionary.len() as u32);
        varint::write(&mut bytes, names.len() as u32);
        bytes.append(&mut dictionary);
        bytes.extend(names);
        bytes.append(&mut inline);
        bytes
    }

    /// The positions of a shard as bytes: for each term their length, 0 where they are elsewhere or are
    /// not kept; then the positions.
    pub(super) fn write_positions(&self, shard: &Shard) -> Vec<u8> {
        let here = |it: &Listed| it.list.len() < LONG;
        let mut bytes = Vec::new();
        for listed in self.range(shard) {
            let length = if here(&listed) { listed.positions.len() } else { 0 };
            varint::write(&mut bytes, length as u32);
        }
        self.range(shard).filter(here).for_each(|it| bytes.extend(it.positions));
        bytes
    }

    /// A list that has a file of its own, by the place of its term.
    pub(super) fn long(&self, at: usize) -> Option<Listed<'_>> {
        self.term(at)
    }
}

/// The places of all terms in their order: the sections, each in order, merged.
fn order(sections: &[Lists]) -> Vec<(u8, u32)> {
    let head = |section: usize, at: usize| {
        let term = sections.get(section)?.get(at)?.term;
        Some(Reverse((term, section, at)))
    };
    let mut heads: BinaryHeap<_> = (0..sections.len()).filter_map(|it| head(it, 0)).collect();
    let mut order = Vec::with_capacity(sections.iter().map(Lists::len).sum());
    while let Some(Reverse((_, section, at))) = heads.pop() {
        order.push((section as u8, at as u32));
        heads.extend(head(section, at + 1));
    }
    order
}

/// Where the present shard began, and what it has so far.
struct Cutter {
    from: usize,
    size: u32,
    key: String,
}

impl Cutter {
    /// Whether the shard ends between two terms: the key of the next one, where it does.
    fn border(&self, last: &[u8], next: &[u8], cost: u32) -> Option<String> {
        let chance = u64::from(cost) * (1 << 32) / u64::from(LEAST);
        let falls = self.size >= MOST || u64::from(hash(next)) < chance;
        if self.size < LEAST || !falls {
            return None;
        }
        let next = std::str::from_utf8(next).ok()?;
        let differ = shared(last, next.as_bytes());
        let end = (differ + 1..=next.len()).find(|&it| next.is_char_boundary(it))?;
        next.get(..end).filter(|_| end <= LONGEST_KEY).map(str::to_owned)
    }

    /// Ends the shard before a place and begins the next.
    fn end(&mut self, to: usize, key: String) -> Shard {
        let from = std::mem::replace(&mut self.from, to);
        self.size = 0;
        Shard { key: std::mem::replace(&mut self.key, key), from, to, long: Vec::new() }
    }
}

/// How many bytes two terms share in front.
fn shared(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
