//! What rows have taught: the glosses of each word.
//!
//! Knows numbers of words, and nothing of how pairs were found.

use crate::vocab::lists::Lists;

/// The glosses of words.
pub(crate) struct Taught {
    /// The words that could have any, in order, each with its place among all.
    words: Vec<(u32, u32)>,
    /// The glosses of each, by its place.
    glosses: Lists<(u32, f32)>,
}

/// Two words, by their places among all, and how strongly they gloss each other.
pub(super) type Pair = (u32, (u32, f32));

impl Taught {
    /// Gathers pairs of words, which are told twice.
    pub(super) fn new<P: Iterator<Item = Pair>>(words: &[u32], pairs: &dyn Fn() -> P) -> Self {
        let number = |word: u32| words.get(word as usize).copied().unwrap_or(0);
        let both = |(own, (other, strength)): Pair| {
            [(own, (number(other), strength)), (other, (number(own), strength))]
        };
        let glosses = Lists::new(words.len(), || pairs().flat_map(both));
        let mut words: Vec<(u32, u32)> = words.iter().copied().zip(0..).collect();
        words.sort_unstable();
        Self { words, glosses }
    }

    /// The words that have glosses, in order, with what glosses each.
    pub(crate) fn each(&self) -> impl Iterator<Item = (u32, &[(u32, f32)])> {
        let own = self.words.iter().map(|&(word, place)| (word, self.glosses.of(place)));
        own.filter(|it| !it.1.is_empty())
    }
}
