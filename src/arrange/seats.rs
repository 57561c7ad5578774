//! Where pairs compete: each text has a seat for every language of its partners, for one of which only it can
//! be the version. Knows pairs and the languages of texts, no measures.

use super::candidates::Pair;
use super::corpus::{Text, UNKNOWN};
use crate::vocab::lists::Lists;

/// Where a pair competes: the place of the first text among the texts of the second one's language, and the
/// other way round.
pub(super) type Seat = [u32; 2];

/// Where each of all pairs competes.
pub(super) struct Seats {
    /// Pair by pair. The places of a text stand together, one for each language that it meets.
    pairs: Vec<Seat>,
    /// How many places there are: far fewer than pairs, so that what is known of each stays near.
    places: usize,
}

/// What those that compete in one place have: the best, and the second best.
pub(super) type Best = (f32, f32);

impl Seats {
    /// The seats of some pairs of texts.
    pub(super) fn new(texts: &[Text], pairs: &[Pair]) -> Self {
        let lang = |text: u32| texts.get(text as usize).map_or(UNKNOWN, |it| it.lang);
        let both = |it: &Pair| [(it.0, lang(it.1)), (it.1, lang(it.0))];
        let all = Lists::new(texts.len(), || pairs.iter().flat_map(both));
        let (mut langs, mut own) = (Lists::default(), Vec::new());
        for list in all.each() {
            own.extend_from_slice(list);
            own.sort_unstable();
            own.dedup();
            langs.push(&mut own);
        }
        let seat = |own: u32, other: u32| {
            let place = langs.of(own).binary_search(&lang(other)).unwrap_or_default();
            (langs.before(own) + place) as u32
        };
        let seats = pairs.iter().map(|it| [seat(it.0, it.1), seat(it.1, it.0)]);
        Self { pairs: seats.collect(), places: langs.things() }
    }

    /// Where each pair competes.
    pub(super) fn each(&self) -> &[Seat] {
        &self.pairs
    }

    /// The best two values of the pairs that compete in each place, but no less than `least`.
    pub(super) fn best_two(&self, values: impl Iterator<Item = f32>, least: f32) -> Vec<Best> {
        let mut rows = vec![(least, least); self.places];
        for (seat, value) in self.pairs.iter().zip(values) {
            for place in seat {
                let Some(best) = rows.get_mut(*place as usize) else { continue };
                if value > best.0 {
                    *best = (value, best.0);
                } else if value > best.1 {
                    best.1 = value;
                }
            }
        }
        rows
    }

    /// What the values of the pairs that compete in each place sum up to.
    pub(super) fn sums(&self, values: impl Iterator<Item = f32>) -> Vec<f32> {
        let mut sums = vec![0.0; self.places];
        for (seat, value) in self.pairs.iter().zip(values) {
            for place in seat {
                if let Some(sum) = sums.get_mut(*place as usize) {
                    *sum += value;
                }
            }
        }
        sums
    }
}
