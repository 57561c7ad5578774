//! Texts and clusters that belong together though no mean chance says so, as those of damaged texts do. How
//! close versions are is taken from the archive itself: where they are close together, what is only near is
//! another statement; where they are not, it is a version, unless something that would exclude it is nearly
//! as near. Knows numbers of texts, clusters and chances, no texts.
//!
//! A mean of chances hardly tells a pair that little speaks for from one that is out of the question: here
//! logits are added up, as naive Bayes does.

use std::cmp::Reverse;

use super::candidates::Pair;
use super::cluster::{CERTAIN, Chance, Growing, Heap, Rules};
use super::links::Links;
use super::rarity::ln;

/// How close two texts are, in thousandths of a logit above [`STRANGERS`].
pub(super) type Close = u64;

/// How far below even odds the logit of strangers is, and how far above that of certainty: a pair that was not
/// looked at is no closer than strangers.
const STRANGERS: f32 = 6.0;
/// How close two clusters must be at least.
const LEAST: Close = 3250;
/// What two single texts need besides; the more pairs two clusters make, the less of it they need.
const FEW_LINKS: Close = 700;
/// How much closer two clusters must be than each is to any other that excludes it.
const LEAD: Close = 1000;
/// How many pairs as close as usual each cluster is thought to have besides its own.
const USUAL_PAIRS: u64 = 4;

/// How close versions are in a clean archive, and in how many statements that is supposed before any is seen: a
/// small archive tells little of itself.
const CLEAN: Close = 11_000;
const SUPPOSED: u64 = 4;

/// How much less close two clusters may be to each other than versions are in themselves, in [`Close`].
#[derive(Clone, Copy)]
pub(super) struct Reach(pub(super) u64);

/// How close two texts are, by their chance each for itself, and by that once third texts were heard.
pub(super) fn close(alone: Chance, heard: Chance) -> Close {
    let logit =
        |chance: Chance| ln((chance + 1) as f32 / (CERTAIN + 1 - chance.min(CERTAIN)) as f32);
    let mean = f32::midpoint(logit(alone), logit(heard)).clamp(-STRANGERS, STRANGERS);
    ((mean + STRANGERS) * 1000.0) as Close
}

/// The clusters with all stragglers, each sorted, in the order of their first texts.
pub(super) fn gather(
    found: &[Vec<u32>],
    (links, rules): (&Links, &Rules<'_>),
    ties: impl Iterator<Item = (Pair, Close)>,
    reach: Reach,
) -> Vec<Vec<u32>> {
    let clusters = numbered(found, rules.langs.len());
    let all = Growing::new(&clusters, (links, rules), ties.filter(|it| it.1 > 0));
    let leads = found.iter().filter_map(|it| it.first());
    let inside = leads.map(|it| all.inside(*it)).filter_map(|it| it.0.checked_div(it.1));
    let usual = (inside.sum::<Close>() + CLEAN * SUPPOSED) / (found.len() as u64 + SUPPOSED);
    let mut late = Late { all, usual, reach };
    let mut heap = Heap::new();
    (0..clusters.len() as u32).for_each(|it| late.offer(it, it, &mut heap));
    while let Some((mean, Reverse((a, b)))) = heap.pop() {
        if late.all.mean(a, b) == Some(mean) && late.belong(a, b, mean) {
            late.all.join(a, b);
            // What was kept apart by one of the two, or by what was near it, may now be free.
            let near: Vec<u32> = late.all.near(a).map(|it| it.0).collect();
            near.into_iter().chain([a]).for_each(|it| late.offer(it, 0, &mut heap));
        }
    }
    late.all.found()
}

/// The cluster of each text, by its first text.
fn numbered(found: &[Vec<u32>], texts: usize) -> Vec<u32> {
    let mut clusters: Vec<u32> = (0..texts as u32).collect();
    for members in found {
        for text in members {
            if let (Some(slot), Some(first)) = (clusters.get_mut(*text as usize), members.first()) {
                *slot = *first;
            }
        }
    }
    clusters
}

/// Clusters that are gathered.
struct Late<'a> {
    all: Growing<'a>,
    /// How close the texts of a cluster are to each other, as a rule.
    usual: Close,
    reach: Reach,
}

impl Late<'_> {
    /// Offers what belongs to a cluster, among clusters from a number on.
    fn offer(&self, cluster: u32, from: u32, heap: &mut Heap) {
        for (other, mean) in self.all.near(cluster).filter(|it| it.0 >= from && it.1 >= LEAST) {
            if self.belong(cluster, other, mean) {
                heap.push((mean, Reverse((cluster.min(other), cluster.max(other)))));
            }
        }
    }

    /// Whether two clusters that are so close belong together.
    fn belong(&self, a: u32, b: u32, mean: Close) -> bool {
        let few = FEW_LINKS / (self.all.size(a) * self.all.size(b)).max(1);
        let expected = self.closeness(a).min(self.closeness(b)).saturating_sub(self.reach.0);
        mean >= LEAST.max(expected + few)
            && !self.all.forbidden(a, b)
            && !self.is_rivalled(a, b, mean)
            && !self.is_rivalled(b, a, mean)
    }

    /// How close the texts of a cluster are to each other, where it has few after what is usual.
    fn closeness(&self, cluster: u32) -> Close {
        let (close, pairs) = self.all.inside(cluster);
        (close + self.usual * USUAL_PAIRS) / (pairs + USUAL_PAIRS)
    }

    /// Whether a cluster is nearly as close, or closer, to one that cannot be joined with the other.
    fn is_rivalled(&self, cluster: u32, other: u32, mean: Close) -> bool {
        let mut near = self.all.near(cluster).filter(|it| it.0 != other && it.1 + LEAD > mean);
        near.any(|it| self.all.forbidden(it.0, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text joins a cluster of three: in it and in twenty of two texts each has this chance, and the
    /// text has others of being a version of the three and of two others.
    fn joins(inside: Chance, own: Chance, others: Chance, lang: u16) -> bool {
        let twos: Vec<Vec<u32>> = (0..20).map(|at| vec![3 + 2 * at, 4 + 2 * at]).collect();
        let known = [(0, 1, inside), (0, 2, inside), (1, 2, inside)].into_iter();
        let known = known.chain(twos.iter().map(|it| (it[0], it[1], inside)));
        let near = [(0, own), (1, own), (2, own), (3, others), (4, others)];
        let near = near.into_iter().map(|it| (it.0, 43, it.1));
        let pairs: Vec<(Pair, Chance)> =
            known.chain(near).map(|it| (Pair(it.0, it.1), it.2)).collect();
        let langs: Vec<u16> =
            [0, 1, 2].into_iter().chain([0, 1].repeat(20)).chain([lang]).collect();
        let rules =
            Rules { langs: &langs, threshold: 2500, same_language: 2500, pins: &[None; 44] };
        let links = Links::new(44, || pairs.iter().copied());
        let ties = pairs.iter().map(|it| (it.0, close(it.1, it.1)));
        let found: Vec<Vec<u32>> = [vec![0, 1, 2]].into_iter().chain(twos.clone()).collect();
        let all = gather(&found, (&links, &rules), ties, Reach(3500));
        assert_eq!(all[1..], twos);
        all[0] == [0, 1, 2, 43]
    }

    #[test]
    fn what_is_near_is_a_version_where_versions_are_no_closer() {
        // A damaged archive, and a clean one.
        assert!(joins(6667, 1500, 0, 3));
        assert!(!joins(9995, 1500, 0, 3));
    }

    #[test]
    fn what_is_as_near_to_others_stays_alone() {
        assert!(!joins(6667, 1500, 1200, 3));
        assert!(joins(6667, 1500, 100, 3));
    }

    #[test]
    fn another_text_in_the_same_language_stays_out() {
        assert!(!joins(6667, 1500, 0, 2));
    }

    #[test]
    fn closeness_grows_with_both_chances() {
        assert_eq!(close(0, 0), 0);
        let steps = [0, 20, 100, 1000, 5000, 9000, 9990];
        for both in steps.windows(2) {
            assert!(close(both[0], 5000) < close(both[1], 5000), "{both:?}");
            assert_eq!(close(both[0], both[1]), close(both[1], both[0]));
        }
    }
}
