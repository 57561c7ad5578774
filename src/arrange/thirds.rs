//! What third texts say of a pair: two versions of one statement are versions of its other versions, too, and
//! a text has one partner in a language at most, as a rule. Where each pair for itself shows little, as in
//! damaged texts and in texts almost without names and numbers, this shows much. Knows how likely pairs are
//! each for itself, and no texts but their languages.

use rayon::prelude::*;

use super::candidates::Pair;
use super::cluster::{CERTAIN, Chance};
use super::corpus::Text;
use super::pair::lead;
use super::rarity::ln;
use super::seats::{Seat, Seats};
use super::third_networks::THIRDS;
use super::verdicts;
use crate::vocab::lists::Lists;

/// How many numbers say it.
pub(super) const SAID: usize = 14;

/// What third texts say of a pair, in numbers.
pub(super) type Said = [f32; SAID];

/// The odds that a text has no partner in a language, against those of its candidates.
const NONE: f32 = 0.02;
/// The most odds that count.
const MOST: f32 = 3000.0;
/// How close texts must be to say anything of each other's partners.
const LEAST: f32 = 0.01;

/// Makes pairs as likely as they are once third texts were heard. Pairs within one language are left as they
/// are; for two issues of what comes out again and again no third text speaks.
pub(super) fn hear(texts: &[Text], pairs: &[Pair], chances: &mut [Chance]) {
    let thirds = Thirds::new(texts, pairs, chances);
    let all = chances.par_iter_mut().zip(pairs).enumerate();
    all.for_each(|(at, (chance, pair))| {
        let both = texts.get(pair.0 as usize).zip(texts.get(pair.1 as usize));
        let Some((a, b)) = both.filter(|(a, b)| !a.speaks_as(b)) else { return };
        let said = thirds.say(at, *pair, *chance);
        let heard = verdicts::chance(THIRDS.says(said.into_iter()));
        *chance = if a.is_other_issue(b) { heard.min(*chance) } else { heard };
    });
}

/// What third texts say of each of all pairs, in numbers.
pub(super) fn say(texts: &[Text], pairs: &[Pair], chances: &[Chance]) -> Vec<Said> {
    let thirds = Thirds::new(texts, pairs, chances);
    let both = pairs.iter().zip(chances).enumerate();
    both.map(|(at, (pair, chance))| thirds.say(at, *pair, *chance)).collect()
}

/// All that third texts say, pair by pair. An archive has millions of pairs, so that nothing is held that is
/// asked for once.
struct Thirds {
    claims: Claims,
    /// Of the web of claims.
    partners: Heard,
    /// How far each pair's support is from that of its best rival.
    leads: Vec<f32>,
    /// Of the web of chances.
    linked: Heard,
}

/// How far each pair has its texts for itself.
struct Claims {
    /// The share of the odds that the pair has among its rivals: the mean of that of both texts, by their
    /// product.
    close: Vec<f32>,
    /// The lesser of both.
    weaker: Vec<f32>,
}

/// What was heard in a web.
struct Heard {
    /// Of each pair.
    pairs: Vec<Voice>,
    /// How close all others are together, for each text.
    degrees: Vec<f32>,
}

impl Thirds {
    /// Listens to all texts.
    fn new(texts: &[Text], pairs: &[Pair], chances: &[Chance]) -> Self {
        let seats = Seats::new(texts, pairs);
        let claims = Claims::new(&seats, chances);
        let partners = Web::new(texts.len(), pairs, || claims.close.iter().copied()).hear(pairs);
        let support = partners.pairs.iter().map(|it| it.support);
        let best = seats.best_two(support.clone(), 0.0);
        let of = |place: u32| best.get(place as usize).copied().unwrap_or_default();
        let lead =
            |(seat, support): (&Seat, f32)| seat.map(|it| lead(support, of(it))).iter().sum();
        let leads = seats.each().iter().zip(support).map(lead).collect();
        drop((seats, best));
        let linked =
            Web::new(texts.len(), pairs, || chances.iter().map(|it| share(*it))).hear(pairs);
        Self { claims, partners, leads, linked }
    }

    /// What is said of the pair at a place.
    fn say(&self, at: usize, pair: Pair, chance: Chance) -> Said {
        let of = |list: &[f32]| list.get(at).copied().unwrap_or(0.0);
        let (first, [least, most]) = self.partners.of(at, pair);
        let (second, [fewest, many]) = self.linked.of(at, pair);
        let close = of(&self.claims.close);
        [
            ln(odds(chance)),
            close,
            ln(close + 0.001),
            first.support,
            ln(1.0 + first.support),
            first.strongest,
            first.common / (least + most - first.common - close + 0.3),
            of(&self.claims.weaker),
            of(&self.leads),
            least,
            second.support,
            second.strongest,
            fewest,
            many,
        ]
    }
}

impl Claims {
    /// Of pairs that compete in these seats.
    fn new(seats: &Seats, chances: &[Chance]) -> Self {
        let odds = chances.iter().map(|it| odds(*it));
        let sums = seats.sums(odds.clone());
        let claims = seats.each().iter().zip(odds).map(|(seat, odds)| claims(*seat, odds, &sums));
        let (close, weaker) =
            claims.map(|[one, other]| ((one * other).sqrt(), one.min(other))).unzip();
        Self { close, weaker }
    }
}

impl Heard {
    /// What was heard of the pair at a place, and the degrees of its texts: the lesser, and the greater.
    fn of(&self, at: usize, pair: Pair) -> (Voice, [f32; 2]) {
        let degree = |text: u32| self.degrees.get(text as usize).copied().unwrap_or(0.0);
        let (one, other) = (degree(pair.0), degree(pair.1));
        (self.pairs.get(at).copied().unwrap_or_default(), [one.min(other), one.max(other)])
    }
}

/// A chance as a share of certainty.
fn share(chance: Chance) -> f32 {
    chance as f32 / CERTAIN as f32
}

/// The odds of a chance.
fn odds(chance: Chance) -> f32 {
    let chance = share(chance);
    ((chance + 1e-4) / (1.0001 - chance)).min(MOST)
}

/// What share of the odds a pair has among those that compete with it, for each of its texts.
fn claims(seat: Seat, odds: f32, sums: &[f32]) -> [f32; 2] {
    seat.map(|place| odds / (sums.get(place as usize).copied().unwrap_or(odds) + NONE))
}

/// Texts, and how close each is to others.
struct Web {
    /// For each text the others, in their order.
    near: Lists<(u32, f32)>,
}

/// What third texts say of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Voice {
    /// The sum over third texts of how close they are to the one text, times how close to the other.
    support: f32,
    /// How close the one is to both to which it is closest, by the lesser.
    strongest: f32,
    /// The sum of the lesser of both.
    common: f32,
}

impl Web {
    /// Of so many texts, and how close those of each pair are.
    fn new<I: Iterator<Item = f32>>(texts: usize, pairs: &[Pair], close: impl Fn() -> I) -> Self {
        let near = || pairs.iter().zip(close()).filter(|it| it.1 > LEAST);
        let both =
            |(pair, close): (&Pair, f32)| [(pair.0, (pair.1, close)), (pair.1, (pair.0, close))];
        let mut near = Lists::new(texts, || near().flat_map(both));
        near.sort_by_key(|it| it.0);
        Self { near }
    }

    /// What third texts say of each of all pairs. Pairs of one text in a row take the least time.
    fn hear(&self, pairs: &[Pair]) -> Heard {
        let texts = self.near.count();
        let mut voices = vec![Voice::default(); pairs.len()];
        let mut left = voices.as_mut_slice();
        let mut rows = Vec::new();
        for row in pairs.chunk_by(|a, b| a.0 == b.0) {
            let (own, behind) =
                std::mem::take(&mut left).split_at_mut_checked(row.len()).unwrap_or_default();
            rows.push((row, own));
            left = behind;
        }
        rows.into_par_iter().for_each_init(
            || (vec![Voice::default(); texts], Vec::new()),
            |(heard, touched), (row, voices)| {
                if let Some(pair) = row.first() {
                    self.hear_of(pair.0, heard, touched);
                }
                for (pair, voice) in row.iter().zip(voices) {
                    *voice = heard.get(pair.1 as usize).copied().unwrap_or_default();
                }
                for text in touched.drain(..) {
                    if let Some(slot) = heard.get_mut(text as usize) {
                        *slot = Voice::default();
                    }
                }
            },
        );
        let degrees = self.near.each().map(|it| it.iter().map(|it| it.1).sum()).collect();
        Heard { pairs: voices, degrees }
    }

    /// What third texts say of a text and each that has a higher number.
    fn hear_of(&self, own: u32, heard: &mut [Voice], touched: &mut Vec<u32>) {
        for (third, near) in self.near.of(own) {
            let others = self.near.of(*third);
            let higher = others.partition_point(|it| it.0 <= own);
            for (other, far) in others.iter().skip(higher) {
                let Some(slot) = heard.get_mut(*other as usize) else { continue };
                if slot.support == 0.0 {
                    touched.push(*other);
                }
                let both = near.min(*far);
                slot.support += near * far;
                slot.strongest = slot.strongest.max(both);
                slot.common += both;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lang: u16) -> Text {
        Text { lang, ..Text::default() }
    }

    #[test]
    fn a_third_text_speaks_for_a_pair() {
        let pairs = [Pair(0, 1), Pair(0, 2), Pair(1, 2)];
        let web = Web::new(3, &pairs, || [0.5, 0.4, 0.2].into_iter());
        let heard = web.hear(&pairs);
        let of = |support: f32, lesser: f32| Voice { support, strongest: lesser, common: lesser };
        assert_eq!(heard.pairs, [of(0.4 * 0.2, 0.2), of(0.5 * 0.2, 0.2), of(0.5 * 0.4, 0.4)]);
        let (_, [least, most]) = heard.of(2, Pair(1, 2));
        assert!((least - 0.6).abs() < 1e-6 && (most - 0.7).abs() < 1e-6);
    }

    #[test]
    fn a_pair_that_third_texts_know_is_likelier_than_one_they_do_not() {
        // Texts 0 to 3 are versions of one statement, 4 is another one in the language of 1.
        let texts: Vec<Text> = [0, 1, 2, 3, 1].map(text).into();
        let pairs = [
            Pair(0, 1),
            Pair(0, 2),
            Pair(0, 3),
            Pair(0, 4),
            Pair(1, 2),
            Pair(1, 3),
            Pair(2, 3),
            Pair(2, 4),
        ];
        let mut heard = [2000, 9000, 9000, 2000, 9000, 9000, 9000, 100];
        hear(&texts, &pairs, &mut heard);
        assert!(heard[0] > 8000 && heard[3] < 2000, "{heard:?}");
    }

    #[test]
    fn within_one_language_nothing_changes() {
        let mut heard = [4321];
        hear(&[text(0), text(0)], &[Pair(0, 1)], &mut heard);
        assert_eq!(heard, [4321]);
    }
}
