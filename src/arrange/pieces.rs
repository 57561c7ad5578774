//! Pieces of two texts set against each other: how well their lengths fit and how much they share. Part of
//! the quick alignment; knows lengths and weights, no texts.

use super::corpus::{SECTIONS, Text};

/// The variance of the logarithm of the ratio of two lengths of one letter, after Gale and Church.
const VARIANCE: f32 = 4.0;
/// The least variance.
const FLOOR: f32 = 0.02;
/// What no fit of lengths can cost more than.
const WORST: f32 = -4.0;
/// The variance of the logarithm of the ratio of two lengths that have nothing to do with each other.
const CHANCE: f32 = 1.2;
/// More than any alignment gains.
pub(super) const NEVER: f32 = 1e6;
/// What full agreement of features gains.
const CONTENT: f32 = 4.0;

/// How many pieces are worked out in one step.
pub(super) const LANES: usize = 4;
/// A number of each of so many pieces.
pub(super) type Lanes = [f32; LANES];

/// So many numbers, each made of its place.
pub(super) fn lanes(number: impl Fn(usize) -> f32) -> Lanes {
    std::array::from_fn(number)
}

/// The greater of two numbers. Unlike that of the standard library it need not heed what is no number.
pub(super) fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The lesser of two numbers.
fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The sections of a text, alone and joined to the one before, made ready for comparison.
#[derive(Default)]
pub(super) struct Pieces {
    /// Each section alone.
    pub(super) single: Vec<Measures>,
    /// Each section joined to the one before it; the first is empty.
    pub(super) double: Vec<Measures>,
}

/// So many pieces of a text in numbers. Behind the last piece of a text they are filled up with empty ones.
pub(super) struct Measures {
    logs: Lanes,
    spreads: Lanes,
    slopes: Lanes,
    worths: Lanes,
    costs: Lanes,
}

/// A piece of a text in numbers.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// The natural logarithm of the length.
    log: f32,
    /// What a perfect fit of the length gains: the more, the longer it is.
    spread: f32,
    /// How fast the gain falls with the squared distance: the faster, the longer it is.
    slope: f32,
    /// What sharing one unit of weight counts.
    worth: f32,
    /// What it costs to use the piece: nothing, or more than can be gained where it is empty.
    cost: f32,
}

impl Measure {
    /// A piece without any length.
    const EMPTY: Self = Self { log: 0.0, spread: 0.0, slope: 0.0, worth: 0.0, cost: NEVER };

    /// Whether there is anything in it.
    pub(super) fn is_empty(&self) -> bool {
        self.cost > 0.0
    }
}

impl Measures {
    /// Pieces of these lengths and masses; those without any length are empty, and say nothing.
    fn new(lengths: Lanes, masses: Lanes) -> Self {
        let known = |at: usize, value: f32| if lengths[at] < 1.0 { 0.0 } else { value };
        let variance = lanes(|at| VARIANCE / greater(lengths[at], 1.0) + FLOOR);
        let spread = |at: usize| 0.5 * std::f32::consts::LN_2 * log2(CHANCE / variance[at]);
        Self {
            logs: lanes(|at| known(at, std::f32::consts::LN_2 * log2(lengths[at]))),
            spreads: lanes(|at| known(at, spread(at))),
            slopes: lanes(|at| known(at, 0.5 * (1.0 / variance[at] - 1.0 / CHANCE))),
            worths: lanes(|at| known(at, 1.0 / (masses[at] + 6.0))),
            costs: lanes(|at| if lengths[at] < 1.0 { NEVER } else { 0.0 }),
        }
    }
}

/// A piece of a text by its place; an empty one where there is none.
pub(super) fn nth(pieces: &[Measures], at: usize) -> Measure {
    let Some(all) = pieces.get(at / LANES) else { return Measure::EMPTY };
    let at = at % LANES;
    Measure {
        log: all.logs[at],
        spread: all.spreads[at],
        slope: all.slopes[at],
        worth: all.worths[at],
        cost: all.costs[at],
    }
}

impl Pieces {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &Text) {
        self.single.clear();
        self.double.clear();
        let mut before = (0.0, 0.0);
        let lengths = text.lengths.chunks(LANES).take(SECTIONS / LANES);
        for (lengths, masses) in lengths.zip(text.masses.chunks(LANES)) {
            let filled = |some: &[f32]| lanes(|at| some.get(at).copied().unwrap_or(0.0));
            let (lengths, masses) = (filled(lengths), filled(masses));
            let last = |all: &Lanes, first: f32| [first, all[0], all[1], all[2]];
            let (above, load) = (last(&lengths, before.0), last(&masses, before.1));
            let both = |at: usize| above[at] >= 1.0 && lengths[at] >= 1.0;
            let joined = lanes(|at| if both(at) { lengths[at] + above[at] } else { 0.0 });
            self.single.push(Measures::new(lengths, masses));
            self.double.push(Measures::new(joined, lanes(|at| masses[at] + load[at])));
            before = (lengths[LANES - 1], masses[LANES - 1]);
        }
    }
}

/// How two pieces fit each other.
#[derive(Clone, Copy)]
pub(super) struct Gain {
    /// What their lengths gain.
    pub(super) lengths: f32,
    /// The share of their features that they have in common.
    pub(super) content: f32,
}

impl Gain {
    /// What aligning them gains.
    pub(super) fn whole(self) -> f32 {
        self.lengths + CONTENT * self.content
    }
}

/// How two pieces that are not empty fit each other, if they share so much. The shorter one says how well
/// their lengths do.
pub(super) fn fit(a: &Measure, b: &Measure, shared: f32, offset: f32) -> Gain {
    let ratio = a.log - b.log - offset;
    let (spread, slope) = (lesser(a.spread, b.spread), lesser(a.slope, b.slope));
    let lengths = greater(spread - ratio * ratio * slope, WORST);
    Gain { lengths, content: lesser(shared * greater(a.worth, b.worth), 1.0) }
}

/// What aligning one piece with each of others gains, as [`fit`] says it; much less than nothing where
/// one of them is empty.
#[inline]
pub(super) fn gains(one: &Measure, others: &Measures, shared: &Lanes, offset: f32) -> Lanes {
    let log = one.log - offset;
    lanes(|at| {
        let spread = lesser(one.spread, others.spreads[at]);
        let slope = lesser(one.slope, others.slopes[at]);
        let ratio = log - others.logs[at];
        let lengths = greater(spread - ratio * ratio * slope, WORST);
        let content = lesser(shared[at] * greater(one.worth, others.worths[at]), 1.0);
        lengths + CONTENT * content - (one.cost + others.costs[at])
    })
}

/// A binary logarithm that every machine computes alike: exponent and a quadratic of the mantissa, right
/// to 0.01.
fn log2(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    exponent + (-0.344_845 * mantissa + 2.024_658) * mantissa - 1.674_873
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_near() {
        for x in [0.01_f32, 0.3, 1.0, 1.5, 7.0, 1e6] {
            assert!((log2(x) - x.log2()).abs() < 0.011, "{x}");
        }
    }
}
