//! How likely pairs of texts are pairs of versions, to be looked up by pair. Knows numbers of texts, no texts.

use super::candidates::Pair;
use super::cluster::Chance;
use crate::vocab::lists::Lists;

/// The chances of pairs that may be linked, each pair once.
#[derive(Default)]
pub(super) struct Links {
    /// For each text the partners that have higher numbers, in their order, with the chance.
    partners: Lists<(u32, Chance)>,
}

impl Links {
    /// The links of so many texts; pairs without a chance are none. They are asked for twice, and are the same.
    pub(super) fn new<I: Iterator<Item = (Pair, Chance)>>(
        texts: usize,
        pairs: impl Fn() -> I,
    ) -> Self {
        let linked = || pairs().filter(|it| it.1 > 0);
        let told = || linked().map(|(pair, chance)| (pair.0, (pair.1, chance)));
        let mut partners = Lists::new(texts, told);
        partners.sort_by_key(|it| it.0);
        Self { partners }
    }

    /// The chance of two texts; 0 where they are not linked.
    pub(super) fn chance(&self, a: u32, b: u32) -> Chance {
        let row = self.row(a.min(b));
        let place = row.binary_search_by_key(&a.max(b), |it| it.0);
        place.ok().and_then(|at| row.get(at)).map_or(0, |it| it.1)
    }

    /// All links, in the order of their pairs.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Pair, Chance)> {
        let rows = (0..).zip(self.partners.each());
        rows.flat_map(|(a, row)| row.iter().map(move |&(b, chance)| (Pair(a, b), chance)))
    }

    /// The partners of a text that have higher numbers.
    pub(super) fn row(&self, text: u32) -> &[(u32, Chance)] {
        self.partners.of(text)
    }
}
