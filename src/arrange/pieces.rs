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

/// The sections of a text, alone and joined to the one before, made ready for comparison.
#[derive(Default)]
pub(super) struct Pieces {
    /// Each section alone.
    pub(super) single: Measures,
    /// Each section joined to the one before it; the first is empty.
    pub(super) double: Measures,
}

/// Pieces of a text in numbers, one list a number, so that several can be worked out in one step.
#[derive(Default)]
pub(super) struct Measures {
    lengths: Vec<f32>,
    logs: Vec<f32>,
    spreads: Vec<f32>,
    slopes: Vec<f32>,
    worths: Vec<f32>,
    /// What it costs to use the piece: nothing, or more than can be gained where it is empty.
    costs: Vec<f32>,
}

/// A piece of a text in numbers.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    length: f32,
    /// The natural logarithm of the length.
    log: f32,
    /// What a perfect fit of the length gains.
    spread: f32,
    /// How fast the gain falls with the squared distance.
    slope: f32,
    /// What sharing one unit of weight counts.
    worth: f32,
}

impl Measure {
    /// What is said of a piece without any length.
    const EMPTY: Self = Self { length: 0.0, log: 0.0, spread: 0.0, slope: 0.0, worth: 0.0 };

    /// A piece of this length and mass.
    fn new(length: f32, mass: f32) -> Self {
        if length < 1.0 {
            return Self::EMPTY;
        }
        let variance = VARIANCE / length + FLOOR;
        let spread = 0.5 * std::f32::consts::LN_2 * log2(CHANCE / variance);
        let slope = 0.5 * (1.0 / variance - 1.0 / CHANCE);
        let log = std::f32::consts::LN_2 * log2(length);
        Self { length, log, spread, slope, worth: 1.0 / (mass + 6.0) }
    }
}

impl Measures {
    /// Forgets all pieces.
    fn clear(&mut self) {
        let Self { lengths, logs, spreads, slopes, worths, costs } = self;
        [lengths, logs, spreads, slopes, worths, costs].into_iter().for_each(Vec::clear);
    }

    /// Adds a piece.
    fn push(&mut self, it: Measure) {
        self.lengths.push(it.length);
        self.logs.push(it.log);
        self.spreads.push(it.spread);
        self.slopes.push(it.slope);
        self.worths.push(it.worth);
        self.costs.push(if it.length < 1.0 { NEVER } else { 0.0 });
    }

    /// A piece; `None` where it is empty.
    pub(super) fn get(&self, at: usize) -> Option<Measure> {
        let value = |list: &[f32]| list.get(at).copied().unwrap_or(0.0);
        let length = value(&self.lengths);
        (length >= 1.0).then(|| Measure {
            length,
            log: value(&self.logs),
            spread: value(&self.spreads),
            slope: value(&self.slopes),
            worth: value(&self.worths),
        })
    }
}

impl Pieces {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &Text) {
        self.single.clear();
        self.double.clear();
        let mut before = (0.0, 0.0);
        for (&length, &mass) in text.lengths.iter().zip(&text.masses).take(SECTIONS) {
            self.single.push(Measure::new(length, mass));
            let both = before.0 >= 1.0 && length >= 1.0;
            let joined = if both { length + before.0 } else { 0.0 };
            self.double.push(Measure::new(joined, mass + before.1));
            before = (length, mass);
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

/// How two pieces that are not empty fit each other, if they share so much.
pub(super) fn fit(a: &Measure, b: &Measure, shared: f32, offset: f32) -> Gain {
    let shorter = if a.length < b.length { a } else { b };
    let ratio = a.log - b.log - offset;
    let lengths = (shorter.spread - ratio * ratio * shorter.slope).max(WORST);
    Gain { lengths, content: (shared * a.worth.max(b.worth)).min(1.0) }
}

/// What aligning one piece with each of others gains, as [`fit`] says it; much less than nothing where
/// one of them is empty.
pub(super) fn gains(
    one: Option<Measure>,
    others: &Measures,
    shared: &[f32],
    offset: f32,
    out: &mut Vec<f32>,
) {
    out.clear();
    let Some(one) = one else {
        out.resize(shared.len(), -NEVER);
        return;
    };
    let log = one.log - offset;
    let lengths = others.lengths.iter().zip(&others.logs);
    let shapes = others.spreads.iter().zip(&others.slopes);
    let rest = others.worths.iter().zip(&others.costs).zip(shared);
    out.extend(lengths.zip(shapes).zip(rest).map(
        |(((length, other), (spread, slope)), ((worth, cost), shared))| {
            let shorter = one.length < *length;
            let spread = if shorter { one.spread } else { *spread };
            let slope = if shorter { one.slope } else { *slope };
            let ratio = log - other;
            let lengths = (spread - ratio * ratio * slope).max(WORST);
            lengths + CONTENT * (shared * one.worth.max(*worth)).min(1.0) - cost
        },
    ));
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
