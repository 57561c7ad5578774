//! How much any two segments of a statement share.
//!
//! Evidence is weighed by its rarity within the statement: by how many segments of one version hold
//! it, so that what stands once in every version counts most. Knows nothing of order.

use rustc_hash::FxHashMap;

use super::lexicon::Glosses;
use super::segment::Segment;

/// The inner products of all pairs of segments.
pub(crate) struct Affinity {
    size: usize,
    dots: Vec<f32>,
    /// How rare each key is, in natural logarithms.
    rarity: FxHashMap<u64, f32>,
}

/// What carries a key: segment and weight.
type Postings = Vec<(u32, f32)>;

impl Affinity {
    /// Weighs all pairs; `witnesses` is how many versions there are.
    pub(crate) fn new(segments: &[Segment], glosses: &Glosses, witnesses: usize) -> Self {
        let mut dots = vec![0.0; segments.len() * segments.len()];
        let mean = segments.len() as f32 / witnesses.max(1) as f32;
        let mut rarities = FxHashMap::default();
        for (key, postings) in index(segments, glosses) {
            let rarity = rarity(segments, &postings, mean);
            rarities.insert(key, rarity);
            add(&mut dots, segments.len(), &postings, rarity);
        }
        Self { size: segments.len(), dots, rarity: rarities }
    }

    /// How rare a key is; 0 where it does not occur.
    pub(crate) fn rarity(&self, key: u64) -> f32 {
        self.rarity.get(&key).copied().unwrap_or(0.0)
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

/// The segments that hold each key, in the order in which keys first occur.
fn index(segments: &[Segment], glosses: &Glosses) -> Vec<(u64, Postings)> {
    let mut places: FxHashMap<u64, u32> = FxHashMap::default();
    let mut all: Vec<(u64, Postings)> = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        for (key, weight) in segment.vector(glosses) {
            let place = *places.entry(key).or_insert_with(|| {
                all.push((key, Vec::new()));
                all.len() as u32 - 1
            });
            if let Some((_, postings)) = all.get_mut(place as usize) {
                postings.push((at as u32, weight));
            }
        }
    }
    all
}

/// How rare a key is: over the versions that have it, in how few of their segments it stands.
fn rarity(segments: &[Segment], postings: &Postings, mean: f32) -> f32 {
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
    weight.min(1.0) + weight.max(1.0).ln()
}

/// Adds what one key contributes to all pairs of its segments.
fn add(dots: &mut [f32], size: usize, postings: &Postings, rarity: f32) {
    let scaled: Vec<(usize, f32)> =
        postings.iter().map(|&(at, weight)| (at as usize, damped(weight) * rarity)).collect();
    for &(a, x) in &scaled {
        let row = dots.get_mut(a * size..).unwrap_or_default();
        for &(b, y) in &scaled {
            if let Some(cell) = row.get_mut(b) {
                *cell += x * y;
            }
        }
    }
}
