//! How likely two segments are to say the same, from the words they hold.
//!
//! A logarithm of a likelihood ratio: each word that has its counterpart speaks for the pair, the more
//! the rarer the counterpart is in its version; each word that should have one and has not speaks
//! against it; lengths speak a little. What is common to all pairs of a segment is taken away, so that
//! scores of several versions can be added.

use super::index::{Clue, Index};
use super::segment::Segment;

/// Half of what a word without counterpart costs: the other half is asked of the other side.
const BLAME: f32 = 0.5;
/// The most that a pair can score either way.
const CAP: f32 = 11.0;
/// The variance of the logarithm of the ratio of two lengths, where segments say the same.
const LENGTHS: f32 = 0.15;

/// The scores of all pairs of segments of different versions.
pub(crate) struct Pairs<'a> {
    index: &'a Index,
    /// By versions, the first one before the second: segments of the first by those of the second.
    tables: Vec<Vec<f32>>,
}

impl<'a> Pairs<'a> {
    /// Scores every two versions; `stretch` says how much longer than the mean each says things.
    pub(crate) fn new(segments: &[Segment], index: &'a Index, stretch: &[f32]) -> Self {
        let count = index.witnesses();
        let mut tables = vec![Vec::new(); count * count];
        let costs = costs(segments, index);
        let read = Read { segments, index, stretch, costs: &costs };
        for (place, table) in tables.iter_mut().enumerate() {
            let (one, other) = (place / count, place % count);
            if one < other {
                *table = Scorer::new(&read, [one, other]).table();
            }
        }
        Self { index, tables }
    }

    /// The score of two segments, each with its version; 0 inside one version.
    pub(crate) fn of(&self, one: (usize, usize), other: (usize, usize)) -> f32 {
        let ((a, at), (b, its)) = if one.0 < other.0 { (one, other) } else { (other, one) };
        let (rows, columns) = (self.index.own(a), self.index.own(b));
        let place = (at - rows.start) * columns.len() + its - columns.start;
        let table = self.tables.get(a * self.index.witnesses() + b);
        table.and_then(|it| it.get(place)).copied().unwrap_or(0.0)
    }
}

/// What scoring stands on.
struct Read<'a> {
    segments: &'a [Segment],
    index: &'a Index,
    /// How much longer than the mean each version says things.
    stretch: &'a [f32],
    /// What the words of each segment cost when none is met in a version, version by version.
    costs: &'a [f32],
}

/// Scores two versions.
struct Scorer<'a> {
    read: &'a Read<'a>,
    sides: [usize; 2],
    /// How much longer than the second version the first says things.
    apart: f32,
    /// What a word gains with each segment of the second version, and where it gains anything.
    gains: Vec<f32>,
    met: Vec<u32>,
}

impl<'a> Scorer<'a> {
    /// Makes ready for two versions.
    fn new(read: &'a Read, sides: [usize; 2]) -> Self {
        let gains = vec![0.0; read.index.own(sides[1]).len()];
        let [one, other] = sides.map(|it| read.stretch.get(it).copied().unwrap_or(0.0));
        Self { read, sides, apart: one - other, gains, met: Vec::new() }
    }

    /// All scores, centred.
    fn table(mut self) -> Vec<f32> {
        let mut table = Vec::new();
        for at in self.read.index.own(self.sides[0]) {
            self.row(at, &mut table);
        }
        center(&mut table, self.gains.len());
        table
    }

    /// What the words of a segment cost when none of them is met in a version.
    fn cost(&self, at: usize, other: usize) -> f32 {
        self.read.costs.get(at * self.read.index.witnesses() + other).copied().unwrap_or(0.0)
    }

    /// Adds the scores of one segment of the first version.
    fn row(&mut self, at: usize, table: &mut Vec<f32>) {
        let begin = table.len();
        let [one, other] = self.sides;
        let (own, its) = (self.cost(at, other), self.read.index.own(other));
        table.extend(its.clone().map(|it| -BLAME * (own + self.cost(it, one))));
        let Some(row) = table.get_mut(begin..) else { return };
        for word in self.read.index.words(at) {
            for clue in word {
                self.meet(*clue);
            }
            for place in self.met.drain(..) {
                if let (Some(cell), Some(gain)) =
                    (row.get_mut(place as usize), self.gains.get_mut(place as usize))
                {
                    *cell += std::mem::take(gain);
                }
            }
        }
        let length = |at: usize| self.read.segments.get(at).map_or(0.0, |it| it.length);
        for (it, cell) in its.zip(row) {
            *cell = (*cell + lengths(length(at) - length(it) - self.apart)).clamp(-CAP, CAP);
        }
    }

    /// Notes where a clue is met; the best clue of a word counts.
    fn meet(&mut self, clue: Clue) {
        let [one, other] = self.sides;
        let met = self.read.index.holding(clue.key, other);
        if met.is_empty() {
            return;
        }
        let own = self.read.index.own(other);
        let share = |count: usize, size: usize| (count as f32 + 0.5) / (size as f32 + 1.0);
        let mut rare = share(met.len(), own.len());
        if !clue.gloss {
            let ours = self.read.index.holding(clue.key, one).len();
            rare = (rare * share(ours, self.read.index.own(one).len())).sqrt();
        }
        let gain = (1.0 + clue.trust / (1.0 - clue.trust) / rare).ln();
        for &it in met {
            let place = it as usize - own.start;
            if let Some(best) = self.gains.get_mut(place) {
                if *best == 0.0 {
                    self.met.push(place as u32);
                }
                *best = best.max(gain);
            }
        }
    }
}

/// What the words of each segment cost when none of them is met in a version, version by version.
fn costs(segments: &[Segment], index: &Index) -> Vec<f32> {
    let count = index.witnesses();
    let mut costs = vec![0.0; segments.len() * count];
    let mut best = vec![0.0_f32; count];
    for (at, costs) in costs.chunks_mut(count.max(1)).enumerate() {
        for word in index.words(at) {
            for clue in word {
                for &version in index.bearing(clue.key) {
                    if let Some(best) = best.get_mut(version as usize) {
                        *best = best.max(clue.trust);
                    }
                }
            }
            for (cost, best) in costs.iter_mut().zip(&mut best).filter(|it| *it.1 > 0.0) {
                *cost -= (1.0 - std::mem::take(best)).ln();
            }
        }
    }
    costs
}

/// What two lengths say, from the difference of their logarithms.
pub(crate) fn lengths(apart: f32) -> f32 {
    let square = apart * apart / 2.0;
    (square - square / LENGTHS - LENGTHS.ln() / 2.0).clamp(-2.0, 1.0)
}

/// Takes half the level of its row and half that of its column from every cell.
fn center(table: &mut [f32], columns: usize) {
    let levels = levels(table, columns);
    for row in table.chunks_mut(columns.max(1)) {
        let own = level(row.iter().copied());
        for (cell, its) in row.iter_mut().zip(&levels) {
            *cell -= f32::midpoint(own, *its);
        }
    }
}

/// The level of each column, found row by row, as the table lies.
fn levels(table: &[f32], columns: usize) -> Vec<f32> {
    let rows = || table.chunks(columns.max(1));
    let count = rows().count().max(1) as f32;
    let mut tops = vec![f32::MIN; columns];
    for row in rows() {
        tops.iter_mut().zip(row).for_each(|(top, it)| *top = top.max(*it));
    }
    let mut sums = vec![0.0; columns];
    for row in rows() {
        let each = sums.iter_mut().zip(&tops).zip(row);
        each.for_each(|((sum, top), it)| *sum += (it - top).exp());
    }
    tops.iter().zip(sums).map(|(top, sum)| top + (sum / count).ln()).collect()
}

/// The logarithm of the mean of what logarithms stand for.
pub(crate) fn level(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let top = values.clone().fold(f32::MIN, f32::max);
    let count = values.clone().count().max(1) as f32;
    top + (values.map(|it| (it - top).exp()).sum::<f32>() / count).ln()
}
