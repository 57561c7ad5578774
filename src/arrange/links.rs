//! How likely pairs of texts are pairs of versions, to be looked up by pair. Knows numbers of texts, no texts.

use super::candidates::Pair;
use super::cluster::Chance;

/// The chances of pairs that may be linked, each pair once.
#[derive(Default)]
pub(super) struct Links {
    /// Where the partners of each text begin that have higher numbers.
    starts: Vec<u32>,
    /// Partners, in their order, with the chance.
    rows: Vec<(u32, Chance)>,
}

impl Links {
    /// The links of so many texts; pairs without a chance are none.
    pub(super) fn new(texts: usize, pairs: &[(Pair, Chance)]) -> Self {
        let linked = || pairs.iter().filter(|it| it.1 > 0);
        let mut starts = vec![0_u32; texts + 1];
        for (pair, _) in linked() {
            if let Some(start) = starts.get_mut(pair.0 as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut ends = starts.clone();
        let mut rows = vec![(0, 0); sum as usize];
        for (pair, chance) in linked() {
            let Some(end) = ends.get_mut(pair.0 as usize) else { continue };
            if let Some(slot) = rows.get_mut(*end as usize) {
                *slot = (pair.1, *chance);
                *end += 1;
            }
        }
        for ends in starts.windows(2) {
            let row = ends.first().zip(ends.last());
            let row = row.and_then(|(from, to)| rows.get_mut(*from as usize..*to as usize));
            row.unwrap_or_default().sort_unstable();
        }
        Self { starts, rows }
    }

    /// The chance of two texts; 0 where they are not linked.
    pub(super) fn chance(&self, a: u32, b: u32) -> Chance {
        let row = self.row(a.min(b));
        let place = row.binary_search_by_key(&a.max(b), |it| it.0);
        place.ok().and_then(|at| row.get(at)).map_or(0, |it| it.1)
    }

    /// All links, in the order of their pairs.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Pair, Chance)> {
        let texts = 0..self.starts.len().saturating_sub(1) as u32;
        texts.flat_map(|a| self.row(a).iter().map(move |&(b, chance)| (Pair(a, b), chance)))
    }

    /// The partners of a text that have higher numbers.
    pub(super) fn row(&self, text: u32) -> &[(u32, Chance)] {
        let ends = self.starts.get(text as usize..).and_then(<[u32]>::first_chunk);
        ends.and_then(|[from, to]| self.rows.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}
