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
    /// Squared norms, lengths in letters and mean cosines of segments and rows.
    segments: Vec<Size>,
    row_sizes: Vec<Size>,
}

/// What a segment or a row measures.
#[derive(Clone, Copy, Default)]
struct Size {
    square: f32,
    letters: f32,
    mean: f32,
    deviation: f32,
    spill: f32,
}

impl Profile {
    /// Measures rows (in which the version does not stand yet) and the version's segments.
    pub(super) fn new(loom: &Loom, rows: &[Row], witness: usize, list: &[usize]) -> Self {
        let mut profile = Self {
            tuning: loom.tuning,
            rows: rows.len(),
            dots: vec![0.0; rows.len() * list.len()],
            segments: list.iter().map(|&at| size_of(loom, witness, &[at])).collect(),
            row_sizes: Vec::with_capacity(rows.len()),
        };
        for (place, row) in rows.iter().enumerate() {
            let size = profile.measure(loom, place, row, list);
            profile.row_sizes.push(size);
        }
        profile.center();
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
        Size {
            square: square.max(1e-6),
            letters: length.exp(),
            mean: 0.0,
            deviation: 0.0,
            spill: 0.0,
        }
    }

    /// Takes the mean cosine of every segment and every row.
    fn center(&mut self) {
        let (rows, segments) = (self.rows, self.segments.len());
        for row in 0..rows {
            for segment in 0..segments {
                let cosine = self.cosine(segment, 1, row, 1);
                if let Some(size) = self.segments.get_mut(segment) {
                    size.mean += cosine / rows as f32;
                    size.deviation += cosine * cosine / rows as f32;
                }
                if let Some(size) = self.row_sizes.get_mut(row) {
                    size.mean += cosine / segments as f32;
                    size.deviation += cosine * cosine / segments as f32;
                }
            }
        }
        for size in self.segments.iter_mut().chain(&mut self.row_sizes) {
            size.deviation =
                (size.deviation - size.mean * size.mean).max(0.0).sqrt().max(self.tuning.least);
        }
    }

    /// The cosine of some segments and some rows.
    fn cosine(&self, from: usize, taken: usize, row: usize, given: usize) -> f32 {
        let mut dot = 0.0;
        for segment in from..from + taken {
            let start = segment * self.rows + row;
            dot += self.dots.get(start..start + given).unwrap_or_default().iter().sum::<f32>();
        }
        let square = |sizes: &[Size], at: usize, count: usize| {
            sizes.get(at..at + count).unwrap_or_default().iter().map(|it| it.square).sum::<f32>()
        };
        dot / (square(&self.segments, from, taken) * square(&self.row_sizes, row, given)).sqrt()
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
        mean: 0.0,
        deviation: 0.0,
        spill,
    }
}

impl Fit for Profile {
    fn bead(&self, from: usize, taken: usize, row: usize, given: usize) -> i32 {
        let segments = self.segments.get(from..from + taken).unwrap_or_default();
        let rows = self.row_sizes.get(row..row + given).unwrap_or_default();
        let mean = |of: fn(&Size) -> f32, sizes: &[Size]| {
            sizes.iter().map(of).sum::<f32>() / sizes.len().max(1) as f32
        };
        let letters = |sizes: &[Size]| sizes.iter().map(|it| it.letters).sum::<f32>();
        let cosine = self.cosine(from, taken, row, given);
        let above = [segments, rows].map(|sizes| cosine - mean(|it| it.mean, sizes));
        let spread = [segments, rows].map(|sizes| mean(|it| it.deviation, sizes));
        let standing = f32::midpoint(above[0] / spread[0], above[1] / spread[1]);
        let evidence = self.tuning.slope * standing.min(self.tuning.top) - self.tuning.floor
            + self.tuning.content * f32::midpoint(above[0], above[1]);
        let ratio = (letters(segments) / letters(rows)).ln() / self.tuning.spread;
        let length = (ratio * ratio / 2.0).min(self.tuning.length_cap);
        let shape = self.tuning.shape * (taken - 1) as f32
            + mean(|it| it.spill, segments) * (given - 1) as f32;
        ((evidence * ((taken + given) as f32 / 2.0).powf(self.tuning.bulk) - length - shape)
            * 1000.0) as i32
    }
}
