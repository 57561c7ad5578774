//! How much any two segments of a statement share.
//!
//! Evidence is weighed by its rarity within the statement: by how many segments of one version hold
//! it, so that what stands once in every version counts most. Knows nothing of order.

use super::lexicon::Glosses;
use super::segment::{Segment, Summing};
use crate::vocab::lists::Lists;

/// The inner products of all pairs of segments.
pub(crate) struct Affinity {
    size: usize,
    dots: Vec<f32>,
    rarity: Rarity,
}

impl Affinity {
    /// Weighs all pairs.
    pub(crate) fn new(segments: &[Segment], glosses: &Glosses) -> Self {
        let size = segments.len();
        let mut dots = vec![0.0; size * size];
        let postings = postings(segments, glosses);
        let rarity = Rarity::of_postings(segments, &postings);
        let mut scaled = Vec::new();
        for (key, held) in postings.each().enumerate() {
            let rarity = rarity.of(key as u32);
            scaled.clear();
            scaled.extend(held.iter().map(|&(at, weight)| (at as usize, damped(weight) * rarity)));
            add(&mut dots, size, &scaled);
        }
        for a in 0..size {
            for b in 0..a {
                let dot = dots.get(b * size + a).copied().unwrap_or(0.0);
                if let Some(cell) = dots.get_mut(a * size + b) {
                    *cell = dot;
                }
            }
        }
        Self { size, dots, rarity }
    }

    /// How rare the keys of the segments are.
    pub(crate) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    /// The inner product of two segments.
    pub(crate) fn dot(&self, a: usize, b: usize) -> f32 {
        self.dots.get(a * self.size + b).copied().unwrap_or(0.0)
    }

    /// The products of one segment with all.
    pub(crate) fn of(&self, a: usize) -> &[f32] {
        self.dots.get(a * self.size..(a + 1) * self.size).unwrap_or_default()
    }

    /// The length of a segment's vector.
    pub(crate) fn norm(&self, a: usize) -> f32 {
        self.dot(a, a).max(1e-6).sqrt()
    }
}

/// How rare each key of a statement is, in natural logarithms, by its number.
pub(crate) struct Rarity(Vec<f32>);

impl Rarity {
    /// Weighs the keys of segments.
    pub(crate) fn new(segments: &[Segment], glosses: &Glosses) -> Self {
        Self::of_postings(segments, &postings(segments, glosses))
    }

    /// Weighs keys by what holds them.
    fn of_postings(segments: &[Segment], postings: &Lists<(u32, f32)>) -> Self {
        let mut versions: Vec<usize> = segments.iter().map(|it| it.witness).collect();
        versions.dedup();
        let mean = segments.len() as f32 / versions.len().max(1) as f32;
        Self(postings.each().map(|held| rarity(segments, held, mean)).collect())
    }

    /// How rare a key is; 0 where it does not occur.
    pub(crate) fn of(&self, key: u32) -> f32 {
        self.0.get(key as usize).copied().unwrap_or(0.0)
    }
}

/// Which segments hold each key, in their order, and with what weight.
fn postings(segments: &[Segment], glosses: &Glosses) -> Lists<(u32, f32)> {
    let mut summing = Summing::new(glosses);
    let marks = segments.iter().flat_map(|it| &it.marks);
    let mut found = Vec::with_capacity(marks.map(|it| 1 + glosses.of(it.key).len()).sum());
    for (at, segment) in (0..).zip(segments) {
        found.extend(summing.vector(segment).map(|(key, weight)| (key, (at, weight))));
    }
    Lists::new(glosses.keys(), || found.iter().copied())
}

/// How rare a key is: over the versions that have it, in how few of their segments it stands.
fn rarity(segments: &[Segment], postings: &[(u32, f32)], mean: f32) -> f32 {
    let mut holders = 0;
    let mut last = usize::MAX;
    let mut mass = 0.0;
    for &(at, weight) in postings {
        let witness = segments.get(at as usize).map_or(0, |segment| segment.witness);
        holders += u32::from(witness != last);
        last = witness;
        mass += weight.min(1.0);
    }
    let frequency = (mass / holders.max(1) as f32).max(0.5);
    ((mean + 4.0) / (frequency + 0.5)).ln().max(0.0)
}

/// How much a key counts in a segment that holds it this often.
pub(crate) fn damped(weight: f32) -> f32 {
    if weight > 1.0 { 1.0 + weight.ln() } else { weight }
}

/// Adds what one key contributes to all pairs of its segments, the first before the second.
fn add(dots: &mut [f32], size: usize, scaled: &[(usize, f32)]) {
    for (place, &(a, x)) in scaled.iter().enumerate() {
        let row = dots.get_mut(a * size..(a + 1) * size).unwrap_or_default();
        for &(b, y) in scaled.get(place..).unwrap_or_default() {
            if let Some(cell) = row.get_mut(b) {
                *cell += x * y;
            }
        }
    }
}
