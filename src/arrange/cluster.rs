//! Average-link clustering over a sparse graph: pairs that were not looked at count as strangers. Knows
//! numbers of texts and links, no texts.
//!
//! The average link rule (UPGMA; Sokal and Michener 1958) with a heap; all arithmetic in integers, ties
//! by number, so that the result hangs on nothing but the links.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::candidates::Pair;
use super::corpus::UNKNOWN;
use super::links::Links;

/// The chance that two texts are versions of one statement, in ten-thousandths.
pub(super) type Chance = u32;

/// Certainty, in [`Chance`].
pub(super) const CERTAIN: Chance = 10_000;

/// What a join by a single link needs above the threshold; joins by more links need less of it.
const FEW_LINKS: Chance = 3500;

/// How close two clusters must be to each other, in hundredths of how close they are in themselves.
const ACROSS: u64 = 55;

/// What clustering is told.
pub(super) struct Rules<'a> {
    /// The language of each text, as a number.
    pub(super) langs: &'a [u16],
    /// The mean chance from which on clusters with many links are joined.
    pub(super) threshold: Chance,
    /// The chance below which two texts of one language keep their clusters apart.
    pub(super) same_language: Chance,
    /// The statement that each text is pinned to: texts with different pins stay apart.
    pub(super) pins: &'a [Option<u32>],
}

/// The clusters that one is linked to, by number, with how close they are in all.
type Row = Vec<(u32, u64)>;

/// Pairs of clusters, the closest on top; of equal ones the first.
pub(super) type Heap = BinaryHeap<(u64, Reverse<(u32, u32)>)>;

/// The growing clusters, each by the number of one of its texts.
pub(super) struct Growing<'a> {
    rules: &'a Rules<'a>,
    links: &'a Links,
    members: Vec<Vec<u32>>,
    inner: Vec<u64>,
    sums: Vec<Row>,
}

/// The clusters of two and more texts, each sorted, in the order of their first texts.
pub(super) fn cluster(links: &Links, rules: &Rules<'_>) -> Vec<Vec<u32>> {
    let mut firsts: BTreeMap<u32, u32> = BTreeMap::new();
    let first = |(text, pin): (u32, &Option<u32>)| {
        pin.map_or(text, |pin| *firsts.entry(pin).or_insert(text))
    };
    let told: Vec<u32> = (0..).zip(rules.pins).map(first).collect();
    let chances = links.iter().map(|(pair, chance)| (pair, u64::from(chance)));
    let mut clusters = Growing::new(&told, (links, rules), chances);
    let mut heap = Heap::new();
    (0..told.len() as u32).for_each(|it| clusters.offer(it, it, &mut heap));
    while let Some((mean, Reverse((a, b)))) = heap.pop() {
        if clusters.mean(a, b) == Some(mean) && !clusters.forbidden(a, b) {
            clusters.join(a, b);
            clusters.offer(a, 0, &mut heap);
        }
    }
    clusters.found()
}

impl<'a> Growing<'a> {
    /// The clusters that texts are in, each by the number of one of its texts, with how close pairs of texts
    /// are.
    pub(super) fn new(
        clusters: &[u32],
        (links, rules): (&'a Links, &'a Rules<'a>),
        ties: impl Iterator<Item = (Pair, u64)>,
    ) -> Self {
        let count = clusters.len();
        let (mut members, mut inner) = (vec![Vec::new(); count], vec![0; count]);
        let mut sums = vec![Row::new(); count];
        for (text, cluster) in (0..).zip(clusters) {
            members.get_mut(*cluster as usize).into_iter().for_each(|it| it.push(text));
        }
        let of = |text: u32| clusters.get(text as usize).copied().unwrap_or(text);
        for (Pair(a, b), close) in ties {
            let (a, b) = (of(a), of(b));
            if a == b {
                inner.get_mut(a as usize).into_iter().for_each(|it| *it += close);
                continue;
            }
            for (own, other) in [(a, b), (b, a)] {
                sums.get_mut(own as usize).into_iter().for_each(|it| it.push((other, close)));
            }
        }
        sums.iter_mut().for_each(merge);
        Self { rules, links, members, inner, sums }
    }

    /// The clusters of two and more texts, each sorted, in the order of their first texts.
    pub(super) fn found(self) -> Vec<Vec<u32>> {
        let mut found: Vec<Vec<u32>> = self.members.into_iter().filter(|it| it.len() > 1).collect();
        for members in &mut found {
            members.sort_unstable();
        }
        found.sort_unstable();
        found
    }

    /// Offers the links of a cluster to clusters from a number on that are good enough.
    fn offer(&self, cluster: u32, from: u32, heap: &mut Heap) {
        for (other, mean) in self.near(cluster).filter(|it| it.0 >= from) {
            if mean >= self.needed(cluster, other) {
                heap.push((mean, Reverse((cluster.min(other), cluster.max(other)))));
            }
        }
    }

    /// The clusters that one is linked to, by number, with how close they are on average.
    pub(super) fn near(&self, cluster: u32) -> impl Iterator<Item = (u32, u64)> {
        let own = self.size(cluster);
        let row = self.sums.get(cluster as usize).map_or(&[][..], Vec::as_slice);
        row.iter().filter_map(move |it| Some((it.0, it.1.checked_div(own * self.size(it.0))?)))
    }

    /// How many texts are in a cluster.
    pub(super) fn size(&self, cluster: u32) -> u64 {
        self.members.get(cluster as usize).map_or(0, Vec::len) as u64
    }

    /// How close the texts of a cluster are together, and how many pairs they make.
    pub(super) fn inside(&self, cluster: u32) -> (u64, u64) {
        let size = self.size(cluster);
        let close = self.inner.get(cluster as usize).copied().unwrap_or(0);
        (close, size * size.saturating_sub(1) / 2)
    }

    /// How close two clusters are on average; `None` where they are not linked (any more).
    pub(super) fn mean(&self, a: u32, b: u32) -> Option<u64> {
        self.across(a, b)?.checked_div(self.size(a) * self.size(b))
    }

    /// The mean chance that two clusters need to be joined. Two single texts need more than the
    /// threshold: the fewer links, the less they bear each other out. Two clusters need more the closer
    /// each of them is in itself: what is one statement is about as close across as it is inside.
    fn needed(&self, a: u32, b: u32) -> u64 {
        let links = (self.size(a) * self.size(b)).max(1);
        let few = u64::from(self.rules.threshold) + u64::from(FEW_LINKS) / links;
        few.max(self.closeness(a).min(self.closeness(b)) * ACROSS / 100)
    }

    /// The mean chance inside a cluster; 0 for a single text, which is not close to anything.
    fn closeness(&self, cluster: u32) -> u64 {
        let (close, links) = self.inside(cluster);
        close.checked_div(links).unwrap_or(0)
    }

    /// Whether two clusters must stay apart: other pins, or texts of one language that differ.
    pub(super) fn forbidden(&self, a: u32, b: u32) -> bool {
        let of = |cluster: u32| self.members.get(cluster as usize).map_or(&[][..], Vec::as_slice);
        let pin = |text: u32| self.rules.pins.get(text as usize).copied().flatten();
        let lang = |text: u32| self.rules.langs.get(text as usize).copied();
        of(a).iter().any(|&one| {
            of(b).iter().any(|&other| {
                let pinned = pin(one).is_some() && pin(other).is_some() && pin(one) != pin(other);
                let alike = lang(one) == lang(other) && lang(one) != Some(UNKNOWN);
                pinned || alike && self.links.chance(one, other) < self.rules.same_language
            })
        })
    }

    /// Joins the second cluster into the first.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let take = |list: &mut Vec<Vec<u32>>| list.get_mut(b as usize).map(std::mem::take);
        let moved = take(&mut self.members).unwrap_or_default();
        if let Some(members) = self.members.get_mut(a as usize) {
            members.extend(moved);
        }
        let gained =
            self.across(a, b).unwrap_or(0) + self.inner.get(b as usize).copied().unwrap_or(0);
        if let Some(inner) = self.inner.get_mut(a as usize) {
            *inner += gained;
        }
        let row = self.sums.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        for &(other, sum) in &row {
            let Some(back) = self.sums.get_mut(other as usize) else { continue };
            if let Ok(at) = place(back, b) {
                back.remove(at);
            }
            if other != a {
                add(back, a, sum);
            }
        }
        if let Some(own) = self.sums.get_mut(a as usize) {
            row.into_iter().filter(|it| it.0 != a).for_each(|(other, sum)| add(own, other, sum));
        }
    }

    /// How close two clusters are in all; `None` where they are not linked (any more).
    fn across(&self, a: u32, b: u32) -> Option<u64> {
        let row = self.sums.get(a as usize)?;
        row.get(place(row, b).ok()?).map(|it| it.1)
    }
}

/// Brings a row into order, each cluster once.
fn merge(row: &mut Row) {
    row.sort_unstable_by_key(|it| it.0);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
}

/// Where a cluster stands in a row, or would stand.
fn place(row: &[(u32, u64)], cluster: u32) -> Result<usize, usize> {
    row.binary_search_by_key(&cluster, |it| it.0)
}

/// Adds to the sum of a cluster in a row.
fn add(row: &mut Row, cluster: u32, sum: u64) {
    match place(row, cluster) {
        Ok(at) => {
            if let Some(it) = row.get_mut(at) {
                it.1 += sum;
            }
        }
        Err(at) => row.insert(at, (cluster, sum)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(
        links: &[(u32, u32, Chance)],
        langs: &[u16],
        pins: &[Option<u32>],
    ) -> Vec<Vec<u32>> {
        let links: Vec<(Pair, Chance)> =
            links.iter().map(|&(a, b, chance)| (Pair(a, b), chance)).collect();
        let links = Links::new(langs.len(), || links.iter().copied());
        let rules = Rules { langs, threshold: 3000, same_language: 5000, pins };
        cluster(&links, &rules)
    }

    #[test]
    fn the_mean_decides() {
        let langs = [0, 1, 2, 3];
        let links = [(0, 1, 9950), (1, 2, 9900), (2, 3, 4000)];
        assert_eq!(clusters(&links, &langs, &[None; 4]), [vec![0, 1, 2]]);
    }

    #[test]
    fn different_texts_in_one_language_stay_apart() {
        let links = [(0, 1, 9000), (1, 2, 8000), (0, 2, 1000)];
        assert_eq!(clusters(&links, &[0, 1, 0], &[None; 3]), [[0, 1]]);
    }

    #[test]
    fn pins_keep_apart() {
        let pins = [Some(1), Some(2)];
        assert!(clusters(&[(0, 1, 9999)], &[0, 1], &pins).is_empty());
    }
}
