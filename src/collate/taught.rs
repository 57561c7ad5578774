//! What rows have taught: the glosses of each word, word by word in one list.
//!
//! Knows numbers of words, and nothing of how pairs were found.

/// The glosses of words.
pub(crate) struct Taught {
    /// The words that could have any, in order, each with its place among all.
    words: Vec<(u32, u32)>,
    /// Where the glosses of each end, by its place.
    ends: Vec<usize>,
    all: Vec<(u32, f32)>,
}

/// Two words, by their places among all, and how strongly they gloss each other.
type Pair = (u32, (u32, f32));

impl Taught {
    /// Gathers pairs of words, which are told twice: counted first, then laid down by word.
    pub(super) fn new<P: Iterator<Item = Pair>>(words: &[u32], pairs: &dyn Fn() -> P) -> Self {
        let mut ends = vec![0; words.len() + 1];
        for word in pairs().flat_map(|(own, (other, _))| [own, other]) {
            if let Some(count) = ends.get_mut(word as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut all = vec![(0, 0.0); sum];
        let number = |word: u32| words.get(word as usize).copied().unwrap_or(0);
        for (own, (other, strength)) in pairs() {
            for (word, gloss) in [(own, other), (other, own)] {
                let Some(next) = ends.get_mut(word as usize) else { continue };
                if let Some(slot) = all.get_mut(*next) {
                    *slot = (number(gloss), strength);
                }
                *next += 1;
            }
        }
        let mut words: Vec<(u32, u32)> = words.iter().copied().zip(0..).collect();
        words.sort_unstable();
        Self { words, ends, all }
    }

    /// The words that have glosses, in order, with what glosses each.
    pub(crate) fn each(&self) -> impl Iterator<Item = (u32, &[(u32, f32)])> {
        let end = |place: Option<u32>| {
            place.and_then(|it| self.ends.get(it as usize)).copied().unwrap_or(0)
        };
        let own = self.words.iter().map(move |&(word, place)| {
            let own = end(place.checked_sub(1))..end(Some(place));
            (word, self.all.get(own).unwrap_or_default())
        });
        own.filter(|it| !it.1.is_empty())
    }
}
