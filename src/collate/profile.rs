//! What a version and the rows woven so far have in common, measured once for each step of a path.

use super::path::Fit;
use super::sentence::Mark as Pause;
use super::weave::{Loom, Row, Tuning};

/// The rows as one version meets them.
pub(super) struct Profile {
    tuning: Tuning,
    rows: usize,
    /// Inner products of segments (first) and rows.
    dots: Vec<f32>,
    /// What segments and rows measure: alone, then two and three in a row.
    segments: [Vec<Size>; 3],
    row_sizes: [Sizes; 3],
}

/// The sizes of rows, measure by measure.
#[derive(Default)]
struct Sizes {
    squares: Vec<f32>,
    logs: Vec<f32>,
    means: Vec<f32>,
    deviations: Vec<f32>,
}

impl Sizes {
    /// Parts sizes into their measures.
    fn of(sizes: &[Size]) -> Self {
        Self {
            squares: sizes.iter().map(|it| it.square).collect(),
            logs: sizes.iter().map(|it| it.log).collect(),
            means: sizes.iter().map(|it| it.mean).collect(),
            deviations: sizes.iter().map(|it| it.deviation).collect(),
        }
    }
}

/// What a segment or a row measures, or what some of them do together.
#[derive(Clone, Copy, Default)]
struct Size {
    /// The squared norm.
    square: f32,
    /// The length in letters, and its natural logarithm.
    letters: f32,
    log: f32,
    /// Mean and deviation of the cosines with all of the other side.
    mean: f32,
    deviation: f32,
    /// The price of covering a further row.
    spill: f32,
}

/// The sizes of single ones, of each with the next one, and with the next two.
fn spans(single: &[Size]) -> [Vec<Size>; 3] {
    let together = |some: &[Size]| {
        let sum = |of: fn(&Size) -> f32| some.iter().map(of).sum::<f32>();
        let letters = sum(|it| it.letters);
        let count = some.len() as f32;
        Size {
            square: sum(|it| it.square),
            letters,
            log: letters.ln(),
            mean: sum(|it| it.mean) / count,
            deviation: sum(|it| it.deviation) / count,
            spill: sum(|it| it.spill) / count,
        }
    };
    let all = |count: usize| single.windows(count).map(together).collect();
    [all(1), all(2), all(3)]
}

impl Profile {
    /// Measures rows (in which the version does not stand yet) and the version's segments.
    pub(super) fn new(loom: &Loom, rows: &[Row], witness: usize, list: &[usize]) -> Self {
        let mut profile = Self {
            tuning: loom.tuning,
            rows: rows.len(),
            dots: vec![0.0; rows.len() * list.len()],
            segments: Default::default(),
            row_sizes: Default::default(),
        };
        let mut segments: Vec<Size> =
            list.iter().map(|&at| size_of(loom, witness, &[at])).collect();
        let mut sizes = Vec::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            sizes.push(profile.measure(loom, place, row, list));
        }
        profile.center(&mut segments, &mut sizes);
        profile.segments = spans(&segments);
        profile.row_sizes = spans(&sizes).map(|it| Sizes::of(&it));
        profile
    }

    /// Measures one row, and every segment against it.
    fn measure(&mut self, loom: &Loom, place: usize, row: &Row, list: &[usize]) -> Size {
        let mut square = 0.0;
        let mut lengths = (0.0, 0.0);
        let present = || row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let norms: Vec<f32> = present().map(|(_, cell)| loom.norm(cell)).collect();
        for ((witness, cell), norm) in present().zip(&norms) {
            lengths = (lengths.0 + loom.length(witness, cell), lengths.1 + 1.0);
            for &at in cell {
                let dots = loom.affinity.of(at);
                for (segment, &own) in list.iter().enumerate() {
                    if let Some(sum) = self.dots.get_mut(segment * self.rows + place) {
                        *sum += dots.get(own).copied().unwrap_or(0.0) / norm;
                    }
                }
                for ((_, other), its) in present().zip(&norms) {
                    let shared: f32 =
                        other.iter().map(|&b| dots.get(b).copied().unwrap_or(0.0)).sum();
                    square += shared / (norm * its);
                }
            }
        }
        let length: f32 = lengths.0 / f32::max(lengths.1, 1.0);
        Size { square: square.max(1e-6), letters: length.exp(), ..Size::default() }
    }

    /// Takes mean and deviation of the cosines of every segment and every row.
    fn center(&self, segments: &mut [Size], rows: &mut [Size]) {
        let (height, width) = (segments.len() as f32, rows.len() as f32);
        for (segment, dots) in segments.iter_mut().zip(self.dots.chunks(self.rows.max(1))) {
            for (row, dot) in rows.iter_mut().zip(dots) {
                let cosine = dot / (segment.square * row.square).sqrt();
                segment.mean += cosine / width;
                segment.deviation += cosine * cosine / width;
                row.mean += cosine / height;
                row.deviation += cosine * cosine / height;
            }
        }
        for size in segments.iter_mut().chain(rows) {
            size.deviation =
                (size.deviation - size.mean * size.mean).max(0.0).sqrt().max(self.tuning.least);
        }
    }

    /// The inner products of some segments and of every row together with those behind it that are given, too.
    fn dots(&self, segments: std::ops::Range<usize>, given: usize) -> Vec<f32> {
        let mut sums = vec![0.0; (self.rows + 1).saturating_sub(given)];
        for segment in segments {
            let begin = segment * self.rows;
            let one = self.dots.get(begin..begin + self.rows).unwrap_or_default();
            let (two, three) = (one.iter().skip(1), one.iter().skip(2));
            let each = sums.iter_mut().zip(one);
            match given {
                1 => each.for_each(|(sum, a)| *sum += a),
                2 => each.zip(two).for_each(|((sum, a), b)| *sum += a + b),
                _ => each.zip(two).zip(three).for_each(|(((sum, a), b), c)| *sum += a + b + c),
            }
        }
        sums
    }
}

/// What some segments of one version measure.
fn size_of(loom: &Loom, witness: usize, cell: &[usize]) -> Size {
    let norm = loom.norm(cell);
    let pause = cell.iter().filter_map(|&at| loom.segments.get(at)?.pause).max();
    let [stop, comma, space] = loom.tuning.spill;
    let spill = match pause {
        Some(Pause::Stop) => stop,
        Some(Pause::Comma) => comma,
        Some(Pause::Space) | None => space,
    };
    Size {
        square: norm * norm,
        letters: loom.length(witness, cell).exp(),
        spill,
        ..Size::default()
    }
}

impl Fit for Profile {
    fn beads(&self, from: usize, taken: usize, given: usize, scores: &mut Vec<i32>) {
        scores.clear();
        let some = self.segments.get(taken - 1).and_then(|it| it.get(from)).copied();
        let (some, tuning) = (some.unwrap_or_default(), self.tuning);
        let Some(rows) = self.row_sizes.get(given - 1) else { return };
        let shape = tuning.shape * (taken - 1) as f32 + some.spill * (given - 1) as f32;
        let bulk = BULK.get(taken + given - 2).copied().unwrap_or(1.0);
        let dots = self.dots(from..from + taken, given);
        let each = dots.iter().zip(&rows.squares).zip(&rows.logs);
        let each = each.zip(&rows.means).zip(&rows.deviations);
        // Nothing here hangs on what comes out for another row, so that several are told at once.
        scores.extend(each.map(|((((dot, square), log), mean), deviation)| {
            let cosine = dot / (some.square * square).sqrt();
            let above = [cosine - some.mean, cosine - mean];
            let standing = f32::midpoint(above[0] / some.deviation, above[1] / deviation);
            let evidence = tuning.slope * standing.min(tuning.top) - tuning.floor
                + tuning.content * f32::midpoint(above[0], above[1]);
            let ratio = (some.log - log) / tuning.spread;
            let length = (ratio * ratio / 2.0).min(tuning.length_cap);
            ((evidence * bulk - length - shape) * 1000.0) as i32
        }));
    }
}

/// How much more the evidence of larger beads counts: half the number of what meets, to the power 0.1.
const BULK: [f32; 3] = [1.0, 1.041_38, 1.071_773];
