//! Where each piece of evidence stands in a statement, so that only what meets is ever compared.
//!
//! Keys are numbered, and each knows the segments that hold it; words are widened by their glosses.
//! Knows segments and keys, and nothing of order.

use super::lexicon::Glosses;
use super::segment::Segment;
use crate::vocab::lists::Lists;

/// What can match one word of a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clue {
    /// The number of the key.
    pub(crate) key: u32,
    /// How surely the word's counterpart bears the key, between 0 and 1.
    pub(crate) trust: f32,
    /// Whether the key is a gloss, which the word itself does not bear.
    pub(crate) gloss: bool,
}

/// The evidence of a statement's segments.
pub(crate) struct Index {
    /// The clues of all words; any of a word's is enough.
    clues: Vec<Clue>,
    /// Where those of each word end.
    words: Vec<u32>,
    /// Where the words of each segment end.
    segments: Vec<u32>,
    /// The segments that hold each key, in order, each once.
    holders: Lists<u32>,
    /// The versions that do, too.
    bearers: Lists<u32>,
    /// Where the segments of each version begin, and where the last ones end.
    starts: Vec<usize>,
}

/// Tells every key of every segment with the segment's number, or another one that grows with it; each once.
fn held(
    segments: &[Segment],
    keys: usize,
    number: impl Fn(usize, &Segment) -> usize,
) -> impl Iterator<Item = (u32, u32)> {
    let mut last = vec![u32::MAX; keys];
    let each = segments.iter().enumerate().map(move |(at, it)| (number(at, it) as u32, it));
    let marks = each.flat_map(|(at, it)| it.marks.iter().map(move |mark| (mark.key, at)));
    marks.filter(move |&(key, at)| {
        last.get_mut(key as usize).is_some_and(|last| std::mem::replace(last, at) != at)
    })
}

impl Index {
    /// Reads segments, which stand in the order of their versions.
    pub(crate) fn new(segments: &[Segment], glosses: &Glosses, witnesses: usize) -> Self {
        let start = |witness| segments.partition_point(|it| it.witness < witness);
        let marks = || segments.iter().flat_map(|it| &it.marks);
        let clues = marks().map(|it| 1 + glosses.of(it.key).len()).sum();
        let mut index = Self {
            clues: Vec::with_capacity(clues),
            words: Vec::with_capacity(marks().count()),
            segments: Vec::with_capacity(segments.len()),
            holders: Lists::new(glosses.keys(), || held(segments, glosses.keys(), |at, _| at)),
            bearers: Lists::new(glosses.keys(), || {
                held(segments, glosses.keys(), |_, it| it.witness)
            }),
            starts: (0..=witnesses).map(start).collect(),
        };
        for segment in segments {
            index.enter(segment, glosses);
        }
        index
    }

    /// Enters the words of a segment with their clues; what stands in one place is one word.
    fn enter(&mut self, segment: &Segment, glosses: &Glosses) {
        for some in segment.marks.chunk_by(|a, b| a.at == b.at) {
            for mark in some {
                self.clues.push(Clue { key: mark.key, trust: mark.trust, gloss: false });
                let glosses = glosses.of(mark.key).iter();
                let held = glosses.filter(|it| !self.holders.of(it.0).is_empty());
                let clue =
                    |&(key, trust): &(u32, f32)| Clue { key, trust: trust.min(MOST), gloss: true };
                self.clues.extend(held.map(clue));
            }
            self.words.push(self.clues.len() as u32);
        }
        self.segments.push(self.words.len() as u32);
    }

    /// How many versions there are.
    pub(crate) fn witnesses(&self) -> usize {
        self.starts.len() - 1
    }

    /// The segments of a version.
    pub(crate) fn own(&self, witness: usize) -> std::ops::Range<usize> {
        let at = |witness: usize| self.starts.get(witness).copied().unwrap_or(0);
        at(witness)..at(witness + 1)
    }

    /// The words of a segment, each as its clues.
    pub(crate) fn words(&self, at: usize) -> impl Iterator<Item = &[Clue]> {
        let end = |ends: &[u32], at: Option<usize>| {
            at.and_then(|it| ends.get(it)).map_or(0, |it| *it as usize)
        };
        let own = end(&self.segments, at.checked_sub(1))..end(&self.segments, Some(at));
        own.map(move |word| {
            let clues = end(&self.words, word.checked_sub(1))..end(&self.words, Some(word));
            self.clues.get(clues).unwrap_or_default()
        })
    }

    /// The versions that hold a key.
    pub(crate) fn bearing(&self, key: u32) -> &[u32] {
        self.bearers.of(key)
    }

    /// The segments of a version that hold a key.
    pub(crate) fn holding(&self, key: u32, witness: usize) -> &[u32] {
        let all = self.holders.of(key);
        let own = self.own(witness);
        let before = |end: usize| all.partition_point(|&it| (it as usize) < end);
        all.get(before(own.start)..before(own.end)).unwrap_or_default()
    }
}

/// The most that a gloss is trusted.
const MOST: f32 = 0.9;
