//! A quick alignment of two texts by the lengths of their passages and the features they share: how well
//! could the one be a version of the other? Knows weighed texts, no languages and no words.
//!
//! Dynamic programming after Gale and Church, "A program for aligning sentences in bilingual corpora"
//! (1993), with gains for shared features, over ratios of lengths instead of differences.

use super::bag::{Bag, Feature};
use super::corpus::{SECTIONS, Text};
use super::pair::{Meeting, bags};
use super::pieces::{Gain, LANES, Lanes, NEVER, Pieces, fit, gains, greater, lanes, nth};

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
    /// How many columns there is room for: as many as are worked out in whole steps.
    room: usize,
    /// What each row shares with each column, row by row; before each row stands a nothing.
    shared: Vec<f32>,
    /// The best gain up to each corner, row by row; before each row stands what is never taken.
    best: Vec<f32>,
    /// What aligning each row with each column gains, row by row: it alone, with the row above, and with
    /// the column before.
    gains: Vec<[Lanes; 3]>,
    row_pieces: Pieces,
    column_pieces: Pieces,
}

/// How an alignment goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
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

impl Grid {
    /// Sets a text as the rows.
    pub(super) fn set_rows(&mut self, a: &Text) {
        self.rows = a.lengths.len().min(SECTIONS);
        self.row_pieces.read(a);
    }

    /// Sets a text as the columns, and empties the grid.
    pub(super) fn set_columns(&mut self, b: &Text) {
        self.columns = b.lengths.len().min(SECTIONS);
        self.room = self.columns.next_multiple_of(LANES);
        self.column_pieces.read(b);
        self.shared.clear();
        self.shared.resize(self.rows * (self.room + 1), 0.0);
    }

    /// Lays two texts on the grid.
    pub(super) fn lay(&mut self, a: &Text, b: &Text) {
        self.set_rows(a);
        self.set_columns(b);
        for bags in bags(a, b) {
            for shared in Meeting::new(bags.0, bags.1) {
                self.note(bags, shared);
            }
        }
    }

    /// Notes a feature that two bags share.
    pub(super) fn note(&mut self, bags: (&Bag, &Bag), (one, other): (&Feature, &Feature)) {
        let weight = one.weight().min(other.weight());
        self.add(weight, bags.0.sections(one).all(), bags.1.sections(other).all());
    }

    /// Notes a feature of a weight that stands in these sections of both texts.
    fn add(&mut self, weight: f32, rows: &[u8], columns: &[u8]) {
        let part = weight / rows.len().max(columns.len()).max(1) as f32;
        let width = self.room + 1;
        for row in rows.iter().copied().map(usize::from) {
            let cells = self.shared.get_mut(row * width + 1..(row + 1) * width).unwrap_or_default();
            for column in columns {
                if let Some(cell) = cells.get_mut(usize::from(*column)) {
                    *cell += part;
                }
            }
        }
    }

    /// What two sections share.
    fn at(&self, row: usize, column: usize) -> f32 {
        self.shared.get(row * (self.room + 1) + column + 1).copied().unwrap_or(0.0)
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
        let width = self.room + 2;
        self.best.clear();
        self.best.push(-NEVER);
        self.best.extend((0..=self.room).map(|column| -SKIP * column as f32));
        self.best.resize((self.rows + 1) * width, -NEVER);
        self.gains.clear();
        for row in 1..=self.rows {
            self.fill_row(row, offset);
        }
    }

    /// Fills in the best gain up to each corner of one row.
    fn fill_row(&mut self, row: usize, offset: f32) {
        let Self { shared, best, gains: all_gains, row_pieces, column_pieces, room, .. } = self;
        let (one, two) = (nth(&row_pieces.single, row - 1), nth(&row_pieces.double, row - 1));
        let shared = |row: usize| row_of(shared, row, *room + 1);
        let (own, over) = (shared(row - 1), shared(row.saturating_sub(2)));
        let both = steps(own, 1).zip(steps(own, 0)).zip(steps(over, 1));
        let width = *room + 2;
        let (above, own) = best.split_at_mut(row * width);
        // The first row has none above it, with which it could be joined.
        let (above, farther) =
            (row_of(above, row - 1, width), row_of(above, row.saturating_sub(2), width));
        let corners = steps(above, 1).zip(steps(above, 0)).zip(steps(above, 2));
        let corners = corners.zip(steps(farther, 1));
        let Some((left, own)) = own.get_mut(1..).and_then(<[f32]>::split_first_mut) else { return };
        *left = above.get(1).copied().unwrap_or(0.0) - SKIP;
        let mut left = *left;
        let columns = column_pieces.single.iter().zip(&column_pieces.double);
        let all = columns.zip(both).zip(corners).zip(own.as_chunks_mut::<LANES>().0);
        for ((((single, double), ((share, before), over)), (((here, last), next), far)), slots) in
            all
        {
            let sum = |a: &Lanes, b: &Lanes| lanes(|at| a[at] + b[at]);
            let pair = gains(&one, single, share, offset);
            let rows = gains(&two, single, &sum(share, over), offset);
            let columns = gains(&one, double, &sum(before, share), offset);
            all_gains.push([pair, rows, columns]);
            let ways = lanes(|at| {
                let joined = greater(far[at] + rows[at] - JOIN, last[at] + columns[at] - JOIN);
                greater(greater(next[at] - SKIP, here[at] + pair[at]), joined)
            });
            for (slot, way) in slots.iter_mut().zip(ways) {
                left = greater(way, left - SKIP);
                *slot = left;
            }
        }
    }

    /// The best gain up to a corner.
    fn corner(&self, row: usize, column: usize) -> f32 {
        self.best.get(row * (self.room + 2) + column + 1).copied().unwrap_or(-NEVER)
    }

    /// The step that leads to a corner in the best alignment, of equal ones the first; `None` for the first
    /// corner.
    fn step(&self, row: usize, column: usize) -> Option<Step> {
        if row == 0 || column == 0 {
            return match (row, column) {
                (0, 0) => None,
                (0, _) => Some(Step::SkipColumn),
                _ => Some(Step::SkipRow),
            };
        }
        let gains = self.gains.get((row - 1) * (self.room / LANES) + (column - 1) / LANES);
        let [pair, two_rows, _] =
            gains.map_or([-NEVER; 3], |it| it.map(|it| it[(column - 1) % LANES]));
        let own = self.corner(row, column);
        Some(if own <= self.corner(row - 1, column) - SKIP {
            Step::SkipRow
        } else if own <= self.corner(row, column - 1) - SKIP {
            Step::SkipColumn
        } else if own <= self.corner(row - 1, column - 1) + pair || row + column == 2 {
            Step::Pair
        } else if column == 1
            || row > 1 && own <= self.corner(row - 2, column - 1) + two_rows - JOIN
        {
            Step::TwoRows
        } else {
            Step::TwoColumns
        })
    }

    /// How two pieces before a corner fit each other; nothing where one of them is empty.
    fn gain(&self, offset: f32, piece: Piece) -> Option<Gain> {
        let ((row, column), (rows, columns)) = piece;
        let of = |pieces: &Pieces, at: usize, count: usize| {
            let list = if count == 2 { &pieces.double } else { &pieces.single };
            nth(list, at - 1)
        };
        let a = of(&self.row_pieces, row, rows);
        let b = of(&self.column_pieces, column, columns);
        let mut shared = self.at(row - 1, column - 1);
        if rows == 2 {
            shared += self.at(row - 2, column - 1);
        }
        if columns == 2 {
            shared += self.at(row - 1, column - 2);
        }
        (!a.is_empty() && !b.is_empty()).then(|| fit(&a, &b, shared, offset))
    }

    /// Walks the best alignment back: the corner behind each aligned piece and its rows and columns.
    fn pieces(&self) -> Vec<Piece> {
        let (mut row, mut column) = (self.rows, self.columns);
        let mut pieces = Vec::new();
        loop {
            let (rows, columns) = match self.step(row, column) {
                Some(Step::SkipRow) => (1, 0),
                Some(Step::SkipColumn) => (0, 1),
                Some(Step::Pair) => (1, 1),
                Some(Step::TwoRows) => (2, 1),
                Some(Step::TwoColumns) => (1, 2),
                None => break,
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
        let mut fit = Fit { gain: self.corner(self.rows, self.columns), ..Fit::default() };
        let part = |lengths: &[f32], to: usize, count: usize| -> f32 {
            lengths.get(to - count..to).unwrap_or_default().iter().sum()
        };
        for piece in self.pieces() {
            let Some(Gain { lengths, content }) = self.gain(offset, piece) else { continue };
            let ((row, column), (rows, columns)) = piece;
            fit.lengths += lengths;
            fit.shared += content;
            fit.pairs += 1.0;
            fit.first += part(&a.lengths, row, rows);
            fit.second += part(&b.lengths, column, columns);
        }
        if !self.shared.is_empty() {
            fit.title = self.gain(offset, ((1, 1), (1, 1))).map_or(0.0, |it| it.content);
        }
        fit.shared /= fit.pairs.max(1.0);
        fit.first /= a.length().max(1.0);
        fit.second /= b.length().max(1.0);
        fit
    }

    /// The sections that belong together in the best alignment, where lengths or features speak for it.
    pub(super) fn aligned(&mut self, offset: f32) -> Vec<(Vec<usize>, Vec<usize>)> {
        self.fill(offset);
        let sound = |piece: &Piece| {
            let (rows, columns) = piece.1;
            let joined = if rows + columns > 2 { JOIN } else { 0.0 };
            self.gain(offset, *piece).is_some_and(|it| it.whole() > joined)
        };
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
        let agrees =
            |piece: &Piece| self.gain(offset, *piece).is_some_and(|it| it.content >= AGREES);
        self.pieces().iter().filter(|it| agrees(it)).count()
    }

    /// The share of both texts in sections that are each other's best partner by features: those that share
    /// the most, and more than a little; the first of equals.
    fn mutual(&self, a: &Text, b: &Text) -> f32 {
        // What is shared, and in the lower half how early the partner stands: the higher, the better.
        const NONE: u64 = (1.0_f32.to_bits() as u64) << 32 | 0xffff;
        let rank = |shared: f32, partner: usize| {
            u64::from(shared.to_bits()) << 32 | (SECTIONS - partner) as u64
        };
        let partner = |best: u64| SECTIONS.checked_sub(best as u32 as usize);
        let (mut rows, mut columns) = ([NONE; SECTIONS], [NONE; SECTIONS]);
        let cells = self.shared.chunks_exact(self.room + 1);
        for (row, (cells, best_column)) in cells.zip(&mut rows).enumerate() {
            let cells = cells.iter().skip(1).take(self.columns);
            for (column, (&shared, best_row)) in cells.zip(&mut columns).enumerate() {
                *best_column = rank(shared, column).max(*best_column);
                *best_row = rank(shared, row).max(*best_row);
            }
        }
        let mut length = 0.0;
        for (row, best) in rows.into_iter().enumerate() {
            let Some(column) = partner(best) else { continue };
            if columns.get(column).is_some_and(|it| partner(*it) == Some(row)) {
                length += a.lengths.get(row).copied().unwrap_or(0.0);
                length += b.lengths.get(column).copied().unwrap_or(0.0);
            }
        }
        length / (a.length() + b.length()).max(1.0)
    }
}

/// A row of many that are so wide.
fn row_of(rows: &[f32], row: usize, width: usize) -> &[f32] {
    rows.get(row * width..(row + 1) * width).unwrap_or_default()
}

/// The numbers of a row from a place on, in whole steps.
fn steps(row: &[f32], from: usize) -> impl Iterator<Item = &Lanes> {
    row.get(from..).unwrap_or_default().as_chunks().0.iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lengths: &[f32]) -> Text {
        let masses = vec![0.0; lengths.len()];
        Text { lengths: lengths.into(), masses: masses.into(), ..Text::default() }
    }

    fn fit(a: &[f32], b: &[f32]) -> Fit {
        let (a, b) = (text(a), text(b));
        let mut grid = Grid::default();
        grid.lay(&a, &b);
        grid.fit(&a, &b, 0.0)
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
