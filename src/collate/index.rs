//! Where each piece of evidence stands in a statement, so that only what meets is ever compared.
//!
//! Keys are numbered, and each knows the segments that hold it; words are widened by their glosses.
//! Knows segments and keys, and nothing of order.

use super::lexicon::Glosses;
use super::segment::Segment;

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

/// The clues of one word: any of them is enough.
type Word = Vec<Clue>;

/// The evidence of a statement's segments.
pub(crate) struct Index {
    /// The words of every segment.
    words: Vec<Vec<Word>>,
    /// The segments that hold each key, in order, each once.
    holders: Vec<Vec<u32>>,
    /// Where the segments of each version begin, and where the last ones end.
    starts: Vec<usize>,
}

impl Index {
    /// Reads segments, which stand in the order of their versions.
    pub(crate) fn new(segments: &[Segment], glosses: &Glosses, witnesses: usize) -> Self {
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); glosses.keys()];
        for (at, segment) in segments.iter().enumerate() {
            for mark in &segment.marks {
                if let Some(held) = holders.get_mut(mark.key as usize)
                    && held.last() != Some(&(at as u32))
                {
                    held.push(at as u32);
                }
            }
        }
        let words = segments.iter().map(|it| words(it, &holders, glosses)).collect();
        let start = |witness| segments.partition_point(|it| it.witness < witness);
        Self { words, holders, starts: (0..=witnesses).map(start).collect() }
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

    /// The words of a segment.
    pub(crate) fn words(&self, at: usize) -> &[Word] {
        self.words.get(at).map_or(&[], Vec::as_slice)
    }

    /// The segments of a version that hold a key.
    pub(crate) fn holding(&self, key: u32, witness: usize) -> &[u32] {
        let all = self.holders.get(key as usize).map_or(&[][..], Vec::as_slice);
        let own = self.own(witness);
        let before = |end: usize| all.partition_point(|&it| (it as usize) < end);
        all.get(before(own.start)..before(own.end)).unwrap_or_default()
    }
}

/// The words of a segment with their clues; what stands in one place is one word.
fn words(segment: &Segment, holders: &[Vec<u32>], glosses: &Glosses) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last = None;
    for mark in &segment.marks {
        if last != Some(mark.at) {
            words.push(Vec::new());
            last = Some(mark.at);
        }
        let Some(word) = words.last_mut() else { continue };
        word.push(Clue { key: mark.key, trust: mark.trust, gloss: false });
        let held = |key: u32| holders.get(key as usize).is_some_and(|it| !it.is_empty());
        let glosses = glosses.of(mark.key).iter().filter(|it| held(it.0));
        word.extend(glosses.map(|&(key, trust)| Clue { key, trust: trust.min(MOST), gloss: true }));
    }
    words
}

/// The most that a gloss is trusted.
const MOST: f32 = 0.9;
