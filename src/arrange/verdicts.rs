//! From candidate pairs to how likely each is a pair of versions. Knows pairs and their rivals, no groups.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::alike::numbers_object;
use super::candidates::Pair;
use super::cluster::{CERTAIN, Chance};
use super::corpus::Text;
use super::density::sparsity;
use super::glosses::Glossary;
use super::networks;
use super::pair::{self, Bench, Measures, Rivals, compete, contest, likeness, measure};
use super::rarity::ln;
use super::seats::{Best, Seat, Seats};
use super::seen::Looks;
use super::sparse_networks;
use super::weights::{self, Weights};
use super::within_network::WITHIN;

/// The expected logarithm of the ratio of lengths for each language, against the others.
pub(super) type Offsets = Vec<f32>;

/// The logit at which a network is as sure as can be of a pair's own measures.
const SURE: f32 = 12.0;

/// What the network counts beside the sum: within one language, where it is surer and where it is less sure,
/// and across with the lexicon. So the sets that are recorded, and four of other kinds, are arranged best.
const SURER: f32 = 0.75;
const LESS_SURE: f32 = 0.1;
const WITH_LEXICON: f32 = 0.61;

/// What the logits of the network of sparse archives are lowered by, in a large archive and more in a small one: by a
/// text that is put beside a stranger more is lost than by one that is left alone.
const CAUTION: f32 = 0.4;
const MORE_CAUTION: f32 = 0.8;
/// How much surer than the verdict of dense archives that of sparse ones can be.
const AHEAD: f32 = 2.0;

/// How many pairs are measured in a row at least: those of one text come together.
const IN_A_ROW: usize = 256;

/// How many pairs are looked up before those of them are measured that nobody has seen: so what is needed on
/// the way is never held for all.
const AT_ONCE: usize = 1 << 17;

/// What a verdict needs to know of a measured pair, besides its rivals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sight {
    /// How much the two texts share over all kinds.
    pub(super) likeness: f32,
    /// What their best alignment gains, section by section.
    gain: f32,
    /// What the pair's own measures add to the sum of each round, in ten-thousandths.
    said: [f32; 2],
    /// What a network makes of them: a logit.
    network: f32,
    /// What the network of sparse archives makes of them: a logit.
    sparse: f32,
    /// Whether both texts are in one language.
    within: bool,
    /// Whether numbers speak against them then.
    doubtful: bool,
}

impl Sight {
    /// What is kept of a pair's own measures.
    fn of(measures: &Measures) -> Self {
        let within = measures.get(pair::SAME_LANGUAGE).is_some_and(|it| *it > 0.5);
        let said = |round: Round| {
            let own = measures.iter().zip(&round.weights(within).1).take(pair::OWN);
            own.map(|(it, weight)| it * *weight as f32).sum()
        };
        let own = measures.iter().copied();
        let sparse = sparse_networks::OWN.says(own.clone().take(pair::OWN));
        let network = if within {
            WITHIN.says(own.take(pair::OWN))
        } else {
            networks::OWN.says(own.take(pair::ACROSS))
        };
        Self {
            likeness: likeness(measures),
            gain: measures.get(pair::GAIN).copied().unwrap_or(0.0),
            said: [said(Round::First), said(Round::Second)],
            network: network.clamp(-SURE, SURE),
            sparse: sparse.clamp(-SURE, SURE),
            within,
            doubtful: within && measures.get(pair::ACROSS..pair::OWN).is_some_and(numbers_object),
        }
    }

    /// The verdict in an archive where most texts have versions, as a logit in [steps](coarse): a sum, to which
    /// networks add what no sum says. Within one language, a mean nearer to whichever is surer: the network knows
    /// what is printed again, edited or left half translated, the sum what is translated twice; where numbers speak
    /// against it, whichever is less sure. Across languages, with the lexicon, the mean: networks are better at
    /// damaged texts, the sum at large archives of whole ones.
    fn dense(&self, standing: impl Iterator<Item = f32> + Clone, round: Round) -> f32 {
        let (bias, weights) = round.weights(self.within);
        let own = match round {
            Round::First => self.said[0],
            Round::Second => self.said[1],
        };
        let weighed = standing.clone().zip(weights.iter().skip(pair::OWN));
        let said = weighed.fold(own, |sum, (it, weight)| sum + it * *weight as f32);
        let said = (*bias as f32 + said) / 10_000.0;
        coarse(if self.doubtful {
            said.min(self.network)
        } else if self.within {
            between(said, self.network, if self.network > said { SURER } else { LESS_SURE })
        } else if round == Round::Second {
            let own = [self.network, self.likeness, self.gain].into_iter();
            between(said, networks::STANDING.says(own.chain(standing)), WITH_LEXICON)
        } else {
            said
        })
    }

    /// The verdict in an archive where few texts have versions, as a logit: what a network says, lowered by `caution`,
    /// and not much surer than `dense`, the verdict in the other kind of archive; where numbers speak against two
    /// texts in one language, no surer.
    fn sparse(&self, standing: impl Iterator<Item = f32>, dense: f32, caution: f32) -> f32 {
        let own = [self.sparse, self.likeness, self.gain].into_iter();
        let most = if self.doubtful { dense } else { dense + AHEAD };
        (sparse_networks::STANDING.says(own.chain(standing)) - caution).min(most)
    }
}

/// The mean of a sum and a network that counts by its share.
fn between(sum: f32, network: f32, share: f32) -> f32 {
    sum + (network - sum) * share
}

/// A logit in steps of 1/64, so that no machine's last bit decides anything.
fn coarse(logit: f32) -> f32 {
    (logit * 64.0).round().clamp(-1024.0, 1024.0) / 64.0
}

/// The chance that a logit stands for.
pub(super) fn chance(logit: f32) -> Chance {
    (CERTAIN as f32 / (1.0 + (-coarse(logit)).exp())).round() as Chance
}

/// Sees what there is in pairs, each for itself, as far as an earlier run has not seen it. Sorted pairs take the
/// least time. Texts that are looked at get the glosses that were put off.
pub(super) fn see_each(
    (texts, glossary): (&mut [Text], Option<&Glossary>),
    pairs: &[Pair],
    offsets: &Offsets,
    looks: &mut Looks<'_>,
) {
    looks.make_room(pairs.len());
    for pairs in pairs.chunks(AT_ONCE) {
        let key = |pair: &Pair| {
            let both = texts.get(pair.0 as usize).zip(texts.get(pair.1 as usize));
            both.map_or(0, |(a, b)| looks.key(*pair, offset(offsets, a, b), a.speaks_as(b)))
        };
        let keys: Vec<u64> = pairs.par_iter().map(key).collect();
        looks.see(keys, |new| {
            let new: Vec<Pair> = new.iter().filter_map(|at| pairs.get(*at).copied()).collect();
            if let Some(glossary) = glossary {
                glossary.catch_up(texts, new.iter().flat_map(|it| [it.0, it.1]));
            }
            each(texts, &new, offsets, Sight::of)
        });
    }
}

/// All measures of pairs.
pub(super) fn measure_each(texts: &[Text], pairs: &[Pair], offsets: &Offsets) -> Vec<Measures> {
    let mut all = each(texts, pairs, offsets, |measures| *measures);
    let sights: Vec<Sight> = all.iter().map(Sight::of).collect();
    let standings = compete_all(texts, pairs, &sights, |_, standing| *standing);
    for (measures, standing) in all.iter_mut().zip(standings) {
        for (slot, value) in measures.iter_mut().skip(pair::OWN).zip(standing) {
            *slot = value;
        }
    }
    all
}

/// What is told of the measures of each pair.
fn each<T: Send>(
    texts: &[Text],
    pairs: &[Pair],
    offsets: &Offsets,
    tell: impl Fn(&Measures) -> T + Sync,
) -> Vec<T> {
    pairs
        .par_iter()
        .with_min_len(IN_A_ROW)
        .map_init(Bench::default, |bench, pair| {
            let (Some(a), Some(b)) = (texts.get(pair.0 as usize), texts.get(pair.1 as usize))
            else {
                return tell(&[0.0; pair::MEASURES]);
            };
            bench.set(pair.0, a);
            tell(&measure(a, b, offset(offsets, a, b), bench))
        })
        .collect()
}

/// How likely each of all pairs is a pair of versions: between what it is in a dense archive and what in a sparse
/// one, as [sparse](sparsity) as this one is.
pub(super) fn chances(
    texts: &[Text],
    pairs: &[Pair],
    sights: &[Sight],
    round: Round,
) -> Vec<Chance> {
    let caution = CAUTION + MORE_CAUTION * smallness(texts);
    let both = compete_all(texts, pairs, sights, |sight, standing| {
        let standing = standing.iter().copied();
        let dense = sight.dense(standing.clone(), round);
        (dense, sight.sparse(standing, dense, caution))
    });
    let sparsity = sparsity(texts.len(), pairs, both.iter().map(|it| it.1));
    both.par_iter().map(|it| chance(between(it.0, it.1, sparsity))).collect()
}

/// How a pair stands among its rivals: the measures that are not its own.
type Standing = [f32; pair::MEASURES - pair::OWN];

/// What is told of how each of all pairs stands among the others: by what they share, and by how likely
/// they are at a glance.
fn compete_all<T: Send>(
    texts: &[Text],
    pairs: &[Pair],
    sights: &[Sight],
    tell: impl Fn(&Sight, &Standing) -> T + Sync,
) -> Vec<T> {
    let seats = Seats::new(texts, pairs);
    let likest = seats.best_two(sights.iter().map(|it| it.likeness), STRANGER);
    let small = smallness(texts);
    let standing = |seat: &Seat, sight: &Sight| {
        compete(sight.likeness, sight.gain, small, &rivals(&likest, *seat))
    };
    let both = seats.each().par_iter().zip(sights);
    let glances: Vec<f32> = both
        .clone()
        .map(|(seat, it)| it.dense(standing(seat, it).into_iter(), Round::First))
        .collect();
    let best = seats.best_two(glances.iter().copied(), HOPELESS);
    both.zip(&glances)
        .map(|((seat, sight), glance)| {
            let mut all = Standing::default();
            let contest = contest(*glance, &rivals(&best, *seat));
            let values = standing(seat, sight).into_iter().chain(contest);
            all.iter_mut().zip(values).for_each(|(slot, value)| *slot = value);
            tell(sight, &all)
        })
        .collect()
}

/// The expected logarithm of the ratio of two texts' lengths.
pub(super) fn offset(offsets: &Offsets, a: &Text, b: &Text) -> f32 {
    let of = |text: &Text| offsets.get(usize::from(text.lang)).copied().unwrap_or(0.0);
    of(a) - of(b)
}

/// The rivals of a pair.
fn rivals(rows: &[Best], [first, second]: Seat) -> Rivals {
    let row = |seat: u32| rows.get(seat as usize).copied().unwrap_or((STRANGER, STRANGER));
    let ((first_best, first_second), (second_best, second_second)) = (row(first), row(second));
    Rivals { first_best, first_second, second_best, second_second }
}

/// Learns from the likest pairs how long texts of each language are against the others: medians,
/// language by language, in a few passes.
pub(super) fn learn_offsets(texts: &[Text], pairs: &[(Pair, u32)], langs: usize) -> Offsets {
    let mut ranked: Vec<(u32, Pair)> = pairs.iter().map(|it| (it.1, it.0)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate(pairs.len() / 10 + 1);
    let mut ratios: Vec<Vec<(u16, f32)>> = vec![Vec::new(); langs];
    for (_, pair) in ranked {
        let (Some(a), Some(b)) = (texts.get(pair.0 as usize), texts.get(pair.1 as usize)) else {
            continue;
        };
        let ratio = ln((a.length() + 1.0) / (b.length() + 1.0));
        for (own, other, ratio) in [(a.lang, b.lang, ratio), (b.lang, a.lang, -ratio)] {
            if let Some(list) = ratios.get_mut(usize::from(own)).filter(|_| own != other) {
                list.push((other, ratio));
            }
        }
    }
    let mut offsets = vec![0.0_f32; langs];
    let coarse = |offset: f32| (offset * 32.0).round() / 32.0;
    for _ in 0..5 {
        for (lang, list) in ratios.iter().enumerate() {
            let at = |other: u16| offsets.get(usize::from(other)).copied().unwrap_or(0.0);
            let mut values: Vec<i32> =
                list.iter().map(|(other, ratio)| ((ratio + at(*other)) * 1024.0) as i32).collect();
            // Sixteen made-up observations of no difference keep rare languages calm.
            values.extend([0; 16]);
            values.sort_unstable();
            let median = values.get(values.len() / 2).copied().unwrap_or(0);
            if let Some(offset) = offsets.get_mut(lang) {
                *offset = (median as f32 / 1024.0).clamp(-1.0, 1.0);
            }
        }
    }
    // In steps, so that one text more or less seldom changes what is measured of all others.
    offsets.into_iter().map(coarse).collect()
}

/// Which look at the pairs it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// With what all languages share, each pair for itself.
    First,
    /// With the glosses of the archive's own lexicon, and with the first verdicts on rivals.
    Second,
}

impl Round {
    /// The weights of its verdicts, within one language or across.
    fn weights(self, within: bool) -> &'static Weights {
        match (self, within) {
            (Self::First, false) => &weights::FIRST_ACROSS,
            (Self::First, true) => &weights::FIRST_WITHIN,
            (Self::Second, false) => &weights::SECOND_ACROSS,
            (Self::Second, true) => &weights::SECOND_WITHIN,
        }
    }
}

/// The logit of a pair that nothing speaks for.
const HOPELESS: f32 = -3.0;
/// The likeness of a text that is no version: in a small archive, where no other text competes, a pair
/// has to beat this one at least.
const STRANGER: f32 = 0.5;

/// How small an archive is, from 0 to 1.
fn smallness(texts: &[Text]) -> f32 {
    SMALL / (SMALL + texts.len() as f32)
}

/// How many texts make an archive that is half small.
const SMALL: f32 = 20.0;
