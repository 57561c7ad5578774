//! A quick alignment of two texts by the lengths of their passages and the features they share: how well
//! could the one be a version of the other? Knows weighed texts, no languages and no words.
//!
//! Dynamic programming after Gale and Church, "A program for aligning sentences in bilingual corpora"
//! (1993), with gains for shared features, over ratios of lengths instead of differences.

use super::corpus::{SECTIONS, Text};

/// What an alignment of two texts shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// The gain of the best alignment.
    pub(super) gain: f32,
    /// The part of it that comes from lengths.
    pub(super) lengths: f32,
    /// The share of the first text that is aligned.
    pub(super) first: f32,
    /// The share of the second text that is aligned.
    pub(super) second: f32,
    /// How many pairs of sections are aligned.
    pub(super) pairs: f32,
    /// How much of the features of aligned sections is shared, on average.
    pub(super) shared: f32,
    /// How much of their features the first sections share: the titles, as a rule.
    pub(super) title: f32,
    /// The share of the texts that is in sections which are each other's best, in whatever order.
    pub(super) mutual: f32,
}

/// What sections share, and room for the alignment.
#[derive(Default)]
pub(super) struct Grid {
    rows: usize,
    columns: usize,
    shared: Vec<f32>,
    best: Vec<f32>,
    step: Vec<Step>,
    row_pieces: Pieces,
    column_pieces: Pieces,
}

/// The sections of a text, alone and joined to the one before, made ready for comparison.
#[derive(Default)]
struct Pieces {
    /// Each section alone.
    single: Vec<Measure>,
    /// Each section joined to the one before it; the first is empty.
    double: Vec<Measure>,
}

/// A piece of a text in numbers.
#[derive(Clone, Copy, Default)]
struct Measure {
    length: f32,
    /// The natural logarithm of the length.
    log: f32,
    /// What a perfect fit of the length gains.
    spread: f32,
    /// How fast the gain falls with the squared distance.
    steepness: f32,
    mass: f32,
}

impl Measure {
    /// A piece of this length and mass.
    fn new(length: f32, mass: f32) -> Self {
        if length < 1.0 {
            return Self::default();
        }
        let variance = VARIANCE / length + FLOOR;
        let spread = 0.5 * std::f32::consts::LN_2 * log2(CHANCE / variance);
        let steepness = 0.5 * (1.0 / variance - 1.0 / CHANCE);
        Self { length, log: std::f32::consts::LN_2 * log2(length), spread, steepness, mass }
    }
}

impl Pieces {
    /// Reads a text.
    fn read(&mut self, text: &Text) {
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

/// How an alignment goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    Start,
    SkipRow,
    SkipColumn,
    Pair,
    TwoRows,
    TwoColumns,
}

/// A piece of an alignment: the corner behind it, and how many rows and columns it takes.
type Piece = ((usize, usize), (usize, usize));

/// The share of features from which on two sections are said to agree.
const AGREES: f32 = 0.15;
/// What it costs to leave a section alone.
const SKIP: f32 = 0.25;
/// What it costs to join two sections.
const JOIN: f32 = 1.2;
/// What full agreement of features gains.
const CONTENT: f32 = 4.0;
/// The variance of the logarithm of the ratio of two lengths of one letter, after Gale and Church.
const VARIANCE: f32 = 4.0;
/// The least variance.
const FLOOR: f32 = 0.02;
/// What no fit of lengths can cost more than.
const WORST: f32 = -4.0;
/// The variance of the logarithm of the ratio of two lengths that have nothing to do with each other.
const CHANCE: f32 = 1.2;

impl Grid {
    /// Empties the grid for two texts.
    pub(super) fn reset(&mut self, a: &Text, b: &Text) {
        self.rows = a.lengths.len().min(SECTIONS);
        self.columns = b.lengths.len().min(SECTIONS);
        self.shared.clear();
        self.shared.resize(self.rows * self.columns, 0.0);
        self.row_pieces.read(a);
        self.column_pieces.read(b);
    }

    /// Notes a feature of a weight that stands in these sections of both texts.
    pub(super) fn add(&mut self, weight: f32, rows: &[u8], columns: &[u8]) {
        let part = weight / rows.len().max(columns.len()).max(1) as f32;
        for &row in rows {
            for &column in columns {
                let at = usize::from(row) * self.columns + usize::from(column);
                if let Some(cell) = self.shared.get_mut(at) {
                    *cell += part;
                }
            }
        }
    }

    /// What two sections share.
    fn at(&self, row: usize, column: usize) -> f32 {
        self.shared.get(row * self.columns + column).copied().unwrap_or(0.0)
    }

    /// The best alignment of the two texts; `offset` is the logarithm of the ratio of lengths expected.
    pub(super) fn fit(&mut self, a: &Text, b: &Text, offset: f32) -> Fit {
        self.fill(offset);
        let mut fit = self.sum_up(a, b, offset);
        fit.mutual = self.mutual(a, b);
        fit
    }

    /// Fills in the best gain up to each corner.
    fn fill(&mut self, offset: f32) {
        let width = self.columns + 1;
        self.best.clear();
        self.best.resize((self.rows + 1) * width, 0.0);
        self.step.clear();
        self.step.resize((self.rows + 1) * width, Step::Start);
        for row in 0..=self.rows {
            for column in 0..=self.columns {
                let (gain, step) = self.best_step(offset, row, column);
                let at = row * width + column;
                if let (Some(best), Some(slot)) = (self.best.get_mut(at), self.step.get_mut(at)) {
                    *best = gain;
                    *slot = step;
                }
            }
        }
    }

    /// The best way to reach a corner.
    fn best_step(&self, offset: f32, row: usize, column: usize) -> (f32, Step) {
        let width = self.columns + 1;
        let before = |rows: usize, columns: usize| {
            let at = (row - rows) * width + column - columns;
            self.best.get(at).copied().unwrap_or(0.0)
        };
        if row == 0 || column == 0 {
            return match (row, column) {
                (0, 0) => (0.0, Step::Start),
                (0, _) => (before(0, 1) - SKIP, Step::SkipColumn),
                _ => (before(1, 0) - SKIP, Step::SkipRow),
            };
        }
        let mut best = (before(1, 0) - SKIP, Step::SkipRow);
        let mut offer = |gain: f32, step: Step| {
            if gain > best.0 {
                best = (gain, step);
            }
        };
        offer(before(0, 1) - SKIP, Step::SkipColumn);
        let mut piece = |rows: usize, columns: usize, step: Step| {
            if let Some(part) = self.gain(offset, ((row, column), (rows, columns))) {
                offer(before(rows, columns) + part.0, step);
            }
        };
        piece(1, 1, Step::Pair);
        if row > 1 {
            piece(2, 1, Step::TwoRows);
        }
        if column > 1 {
            piece(1, 2, Step::TwoColumns);
        }
        best
    }

    /// The gain of aligning the sections before a corner, and the parts from lengths and features.
    fn gain(&self, offset: f32, piece: Piece) -> Option<(f32, f32, f32)> {
        let ((row, column), (rows, columns)) = piece;
        let of = |pieces: &Pieces, at: usize, count: usize| {
            let list = if count == 2 { &pieces.double } else { &pieces.single };
            list.get(at - 1).copied().filter(|it| it.length >= 1.0)
        };
        let a = of(&self.row_pieces, row, rows)?;
        let b = of(&self.column_pieces, column, columns)?;
        let shorter = if a.length < b.length { a } else { b };
        let ratio = a.log - b.log - offset;
        let lengths = (shorter.spread - ratio * ratio * shorter.steepness).max(WORST);
        let mut shared = self.at(row - 1, column - 1);
        if rows == 2 {
            shared += self.at(row - 2, column - 1);
        }
        if columns == 2 {
            shared += self.at(row - 1, column - 2);
        }
        let content = (shared / (a.mass.min(b.mass) + 6.0)).min(1.0);
        let joined = if rows + columns > 2 { JOIN } else { 0.0 };
        Some((lengths + CONTENT * content - joined, lengths, content))
    }

    /// Walks the best alignment back: the corner behind each aligned piece and its rows and columns.
    fn pieces(&self) -> Vec<Piece> {
        let width = self.columns + 1;
        let (mut row, mut column) = (self.rows, self.columns);
        let mut pieces = Vec::new();
        loop {
            let (rows, columns) = match self.step.get(row * width + column) {
                Some(Step::SkipRow) => (1, 0),
                Some(Step::SkipColumn) => (0, 1),
                Some(Step::Pair) => (1, 1),
                Some(Step::TwoRows) => (2, 1),
                Some(Step::TwoColumns) => (1, 2),
                Some(Step::Start) | None => break,
            };
            if rows * columns > 0 {
                pieces.push(((row, column), (rows, columns)));
            }
            (row, column) = (row - rows, column - columns);
        }
        pieces
    }

    /// Sums up what the best alignment shows.
    fn sum_up(&self, a: &Text, b: &Text, offset: f32) -> Fit {
        let mut fit = Fit { gain: self.best.last().copied().unwrap_or(0.0), ..Fit::default() };
        let part = |lengths: &[f32], to: usize, count: usize| -> f32 {
            lengths.get(to - count..to).unwrap_or_default().iter().sum()
        };
        for piece in self.pieces() {
            let Some((_, lengths, content)) = self.gain(offset, piece) else { continue };
            let ((row, column), (rows, columns)) = piece;
            fit.lengths += lengths;
            fit.shared += content;
            fit.pairs += 1.0;
            fit.first += part(&a.lengths, row, rows);
            fit.second += part(&b.lengths, column, columns);
        }
        if !self.shared.is_empty() {
            fit.title = self.gain(offset, ((1, 1), (1, 1))).map_or(0.0, |it| it.2);
        }
        fit.shared /= fit.pairs.max(1.0);
        fit.first /= a.length().max(1.0);
        fit.second /= b.length().max(1.0);
        fit
    }

    /// The sections that belong together in the best alignment, where lengths or features speak for it.
    pub(super) fn aligned(&mut self, offset: f32) -> Vec<(Vec<usize>, Vec<usize>)> {
        self.fill(offset);
        let sound =
            |piece: &Piece| self.gain(offset, *piece).is_some_and(|(gain, _, _)| gain > 0.0);
        let pieces = self.pieces().into_iter().filter(sound);
        pieces
            .map(|((row, column), (rows, columns))| {
                ((row - rows..row).collect(), (column - columns..column).collect())
            })
            .collect()
    }

    /// How many aligned pieces also share what they say, by their features.
    pub(super) fn agreeing(&mut self, offset: f32) -> usize {
        self.fill(offset);
        let agrees = |piece: &Piece| {
            self.gain(offset, *piece).is_some_and(|(_, _, content)| content >= AGREES)
        };
        self.pieces().iter().filter(|it| agrees(it)).count()
    }

    /// The share of both texts in sections that are each other's best partner by features.
    fn mutual(&self, a: &Text, b: &Text) -> f32 {
        let best_column = |row: usize| best_of((0..self.columns).map(|c| self.at(row, c)));
        let mut length = 0.0;
        for row in 0..self.rows {
            let Some(column) = best_column(row) else { continue };
            if best_of((0..self.rows).map(|r| self.at(r, column))) == Some(row) {
                length += a.lengths.get(row).copied().unwrap_or(0.0);
                length += b.lengths.get(column).copied().unwrap_or(0.0);
            }
        }
        length / (a.length() + b.length()).max(1.0)
    }
}

/// The place of the greatest value above a little; the first of equals.
fn best_of(values: impl Iterator<Item = f32>) -> Option<usize> {
    let mut best = (1.0, None);
    for (at, value) in values.enumerate() {
        if value > best.0 {
            best = (value, Some(at));
        }
    }
    best.1
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

    fn text(lengths: &[f32]) -> Text {
        let masses = vec![0.0; lengths.len()];
        Text { lengths: lengths.to_vec(), masses, ..Text::default() }
    }

    fn fit(a: &[f32], b: &[f32]) -> Fit {
        let (a, b) = (text(a), text(b));
        let mut grid = Grid::default();
        grid.reset(&a, &b);
        grid.fit(&a, &b, 0.0)
    }

    #[test]
    fn the_logarithm_is_near() {
        for x in [0.01_f32, 0.3, 1.0, 1.5, 7.0, 1e6] {
            assert!((log2(x) - x.log2()).abs() < 0.011, "{x}");
        }
    }

    #[test]
    fn like_lengths_align() {
        let same = fit(&[40.0, 300.0, 120.0, 500.0], &[44.0, 280.0, 130.0, 510.0]);
        assert_eq!(same.pairs as u32, 4);
        assert!(same.first > 0.99 && same.second > 0.99);
        let other = fit(&[40.0, 300.0, 120.0, 500.0], &[200.0, 60.0, 900.0, 90.0]);
        assert!(other.gain < same.gain / 2.0, "{other:?} {same:?}");
        let dropped = fit(&[40.0, 300.0, 120.0, 500.0], &[44.0, 130.0, 510.0]);
        assert_eq!(dropped.pairs as u32, 3);
    }

    #[test]
    fn joined_passages_are_found() {
        let joined = fit(&[400.0, 300.0, 120.0], &[410.0, 415.0]);
        assert_eq!(joined.pairs as u32, 2);
        assert_eq!(fit(&[], &[10.0]).pairs as u32, 0);
    }
}
