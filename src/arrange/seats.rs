//! Where pairs compete: each text has a seat for every language of its partners, for one of which only it can
//! be the version. Knows pairs and the languages of texts, no measures.

use super::candidates::Pair;
use super::corpus::Text;
use super::rows::starts;

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
        let starts = starts(texts.len(), pairs.iter().flat_map(|it| [it.0, it.1]));
        let places = starts.last().map_or(0, |it| *it as usize);
        let mut langs: Vec<Option<u16>> = vec![None; places];
        let mut seat = |own: u32, other: u32| {
            let lang = texts.get(other as usize).map(|it| it.lang);
            let start = starts.get(own as usize).copied().unwrap_or_default();
            let mut row = langs.iter_mut().skip(start as usize).zip(0..);
            row.find(|(it, _)| it.is_none() || **it == lang).map_or(0, |(slot, at)| {
                *slot = lang;
                at
            })
        };
        let mut seats: Vec<Seat> =
            pairs.iter().map(|it| [seat(it.0, it.1), seat(it.1, it.0)]).collect();
        // The room that texts do not need is left out.
        let mut places = 0;
        let first = |ends: &[u32]| {
            let row = ends.first().zip(ends.last());
            let row = row.and_then(|(from, to)| langs.get(*from as usize..*to as usize));
            let first = places;
            places += row.unwrap_or_default().iter().flatten().count();
            first as u32
        };
        let firsts: Vec<u32> = starts.windows(2).map(first).collect();
        let first = |text: u32| firsts.get(text as usize).copied().unwrap_or_default();
        for ([one, other], pair) in seats.iter_mut().zip(pairs) {
            *one += first(pair.0);
            *other += first(pair.1);
        }
        Self { pairs: seats, places }
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
