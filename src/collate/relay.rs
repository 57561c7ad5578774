//! Each version is taken out of the rows and laid anew on all that the others say there.
//!
//! A segment stands where it most likely stands, in further rows that it covers too, or in a row of its
//! own where nothing is likely. Knows rows, scores and chances, and nothing of words.

use std::cmp::Reverse;

use super::index::Index;
use super::lattice::Grid;
use super::score::Pairs;
use super::segment::Segment;
use super::weave::{Row, merge};

/// How often every version is laid anew.
const PASSES: usize = 2;
/// The chance from which a segment is laid on a row.
const HOME: f32 = 0.3;
/// The same where it is laid by what is known before its statement has taught anything.
const SURE_HOME: f32 = 0.7;
/// The chance of standing in any row from which it then stays where it is, if no row is sure.
const SOMEWHERE: f32 = 0.15;
/// The chance from which it is laid on a second row.
const COVER: f32 = 0.7;
/// How far a second row may be from the first.
const REACH: usize = 2;

/// The variance of the logarithm of the ratio of two lengths, where they say the same.
const LENGTHS: f32 = 0.16;
/// The most that its length speaks for a second row, a logarithm.
const LONG: f32 = 2.6;

/// By what words versions are laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// By those that were known before: much may be unsure, and what a version's own place teaches does not bear
    /// itself out.
    Before,
    /// By what the rows have taught, too.
    Taught,
}

/// What laying stands on.
struct Relay<'a> {
    index: &'a Index,
    pairs: Pairs<'a>,
    /// How much longer than the mean each version says things: a natural logarithm by witness.
    stretch: &'a [f32],
    known: Known,
}

/// Lays every version anew; `stretch` says how much longer than the mean each says things.
pub(crate) fn relay(
    segments: &mut [Segment],
    (index, known): (&Index, Known),
    mut rows: Vec<Row>,
    stretch: &[f32],
) -> Vec<Row> {
    let relay = Relay { index, pairs: Pairs::new(segments, index, stretch), stretch, known };
    let order = order(index, &relay.pairs);
    for _ in 0..PASSES {
        for &witness in &order {
            rows = relay.laid(segments, rows, witness);
        }
    }
    rows
}

impl Relay<'_> {
    /// The rows with one version laid anew; notes how sure each of its segments is.
    fn laid(&self, segments: &mut [Segment], mut rows: Vec<Row>, witness: usize) -> Vec<Row> {
        let before = self.lift(&mut rows, witness);
        let own = self.index.own(witness);
        let mut lengths = Lengths::new(self.stretch, segments, &rows);
        let chances = self.grid(segments, &rows, witness, &lengths).chances();
        let chances: Vec<&[f32]> = chances.chunks(rows.len().max(1)).collect();
        let of = |place: usize| chances.get(place).copied().unwrap_or_default();
        let homes: Vec<(Option<usize>, f32)> = (0..own.len()).map(|it| self.home(of(it))).collect();
        lengths.take(homes.iter().filter_map(|it| it.0));
        let (mut fresh, mut after) = (Vec::new(), 0);
        for (place, (at, (home, chance))) in own.zip(homes).enumerate() {
            let Some(segment) = segments.get_mut(at) else { continue };
            segment.sure = (chance * 100.0) as u8;
            let length = lengths.of(witness, segment);
            let covered: Vec<usize> = match home {
                Some(home) => {
                    covered(of(place), home, &|row| lengths.speak(length, home, row)).collect()
                }
                None => self.kept(before.get(place), of(place)),
            };
            if covered.is_empty() {
                fresh.push((after, Row::of(self.index.witnesses(), witness, at)));
            }
            for row in covered {
                if let Some(cell) = rows.get_mut(row).and_then(|row| row.cells.get_mut(witness)) {
                    cell.push(at);
                }
                after = row + 1;
            }
        }
        merge(rows, fresh)
    }

    /// Takes a version out of the rows; tells in which of those that are left each of its segments stood.
    fn lift(&self, rows: &mut Vec<Row>, witness: usize) -> Vec<Vec<usize>> {
        let own = self.index.own(witness);
        let mut before = vec![Vec::new(); own.len()];
        let mut left = 0;
        rows.retain_mut(|row| {
            let cell = row.cells.get_mut(witness).map(std::mem::take).unwrap_or_default();
            if row.is_empty() {
                return false;
            }
            for at in cell {
                if let Some(stood) = before.get_mut(at - own.start) {
                    stood.push(left);
                }
            }
            left += 1;
            true
        });
        before
    }

    /// What a version's segments and rows without it measure.
    fn grid(&self, segments: &[Segment], rows: &[Row], witness: usize, lengths: &Lengths) -> Grid {
        let own = self.index.own(witness);
        let passage = |at: usize| segments.get(at).map(|it| it.passage);
        let inside = |at: usize| at > own.start && passage(at) == passage(at - 1);
        let letters = segments.get(own.clone()).unwrap_or_default().iter();
        Grid {
            width: rows.len(),
            cells: sums(self.index, &self.pairs, rows, witness),
            inside: own.clone().map(inside).collect(),
            letters: [
                letters.map(|it| lengths.of(witness, it).exp()).collect(),
                lengths.letters.clone(),
            ],
            versions: lengths.versions.clone(),
        }
    }

    /// The row where a segment most likely stands, where that is likely enough; and how likely it is.
    fn home(&self, chances: &[f32]) -> (Option<usize>, f32) {
        let chance = |row: usize| chances.get(row).copied().unwrap_or(0.0);
        let best = (0..chances.len()).max_by_key(|&row| (milli(chance(row)), Reverse(row)));
        let most = best.map_or(0.0, chance);
        let least = if self.known == Known::Before { SURE_HOME } else { HOME };
        (best.filter(|_| most >= least), most)
    }

    /// The rows where a segment without a home stays: where it stood before, as long as nothing was taught and it
    /// stands somewhere at all.
    fn kept(&self, before: Option<&Vec<usize>>, chances: &[f32]) -> Vec<usize> {
        let stays = self.known == Known::Before && chances.iter().sum::<f32>() >= SOMEWHERE;
        before.filter(|_| stays).cloned().unwrap_or_default()
    }
}

/// How long the rows are in the mean version's letters, and which of them are free: half of the other
/// versions stand there, and no segment of the version has it for its home.
struct Lengths<'a> {
    stretch: &'a [f32],
    letters: Vec<f32>,
    /// How many versions stand in each row.
    versions: Vec<f32>,
    free: Vec<bool>,
}

impl<'a> Lengths<'a> {
    /// Measures rows in which a version does not stand yet.
    fn new(stretch: &'a [f32], segments: &[Segment], rows: &[Row]) -> Self {
        let mut lengths =
            Self { stretch, letters: Vec::new(), versions: Vec::new(), free: Vec::new() };
        for row in rows {
            let (mut sum, mut versions) = (0.0, 0.0);
            for (witness, cell) in row.cells.iter().enumerate().filter(|it| !it.1.is_empty()) {
                let own = cell.iter().filter_map(|&at| segments.get(at));
                sum += own.map(|it| lengths.of(witness, it).exp()).sum::<f32>();
                versions += 1.0;
            }
            let others = row.cells.len().saturating_sub(1) as f32;
            lengths.free.push(versions * 2.0 >= others);
            lengths.letters.push(sum / f32::max(versions, 1.0));
            lengths.versions.push(versions);
        }
        lengths
    }

    /// Takes the rows where the version's segments have their homes: they are free no more.
    fn take(&mut self, homes: impl Iterator<Item = usize>) {
        for home in homes {
            if let Some(free) = self.free.get_mut(home) {
                *free = false;
            }
        }
    }

    /// The logarithm of how long a segment of a version is in the mean version's letters.
    fn of(&self, witness: usize, segment: &Segment) -> f32 {
        segment.length - self.stretch.get(witness).copied().unwrap_or(0.0)
    }

    /// How much the length of a segment speaks for its covering the rows from its home up to another one, a
    /// logarithm: nothing where one of them is not free.
    fn speak(&self, length: f32, home: usize, row: usize) -> f32 {
        let (from, to) = (home.min(row), home.max(row));
        let free = |row: usize| row == home || self.free.get(row).is_some_and(|it| *it);
        if !(from..=to).all(free) {
            return 0.0;
        }
        let letters = |from: usize, to: usize| -> f32 {
            self.letters.get(from..=to).unwrap_or_default().iter().sum()
        };
        longer(length, letters(home, home), letters(from, to)).clamp(0.0, LONG)
    }
}

/// How much better a length, given by its logarithm, fits more letters than some, a logarithm too.
pub(crate) fn longer(length: f32, some: f32, more: f32) -> f32 {
    let off = |letters: f32| {
        let apart = length - letters.max(1.0).ln();
        apart * apart / (2.0 * LENGTHS)
    };
    off(some) - off(more)
}

/// The rows that a segment covers, around the one where it most likely stands: those where it is likely to
/// stand, too, as far as its length speaks for it.
fn covered(
    chances: &[f32],
    home: usize,
    length: &dyn Fn(usize) -> f32,
) -> std::ops::RangeInclusive<usize> {
    let odds = |chance: f32| (chance / (1.0 - chance)).ln();
    let likely = |row: &usize| {
        chances.get(*row).is_some_and(|&it| it >= COVER || odds(it) + length(*row) >= odds(COVER))
    };
    let from = (home.saturating_sub(REACH)..home).find(likely).unwrap_or(home);
    let to = (home + 1..=home + REACH).rev().find(likely).unwrap_or(home);
    from..=to
}

/// A chance in thousandths.
fn milli(chance: f32) -> i32 {
    (chance * 1000.0) as i32
}

/// The scores of a version's segments (first) and rows: those with all versions of a row together, by
/// the root of their number, for what is said by chance grows so.
fn sums(index: &Index, pairs: &Pairs, rows: &[Row], witness: usize) -> Vec<f32> {
    let own = index.own(witness);
    let mut sums = Vec::with_capacity(own.len() * rows.len());
    for at in own {
        for row in rows {
            let present = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
            let best = |(other, cell): (usize, &Vec<usize>)| {
                let scores = cell.iter().map(|&its| pairs.of((witness, at), (other, its)));
                scores.fold(f32::MIN, f32::max)
            };
            let count = present.clone().count().max(1) as f32;
            sums.push(present.map(best).sum::<f32>() / count.sqrt());
        }
    }
    sums
}

/// The order in which versions are laid: always the one that is closest to those before it.
fn order(index: &Index, pairs: &Pairs) -> Vec<usize> {
    let near = |one: usize, other: usize| -> i32 {
        let (a, b) = (one.min(other), one.max(other));
        let best = |at| index.own(b).map(|its| pairs.of((a, at), (b, its))).fold(0.0, f32::max);
        index.own(a).map(|at| milli(best(at))).sum()
    };
    let all: Vec<usize> = (0..index.witnesses()).collect();
    let near: Vec<Vec<i32>> =
        all.iter().map(|&one| all.iter().map(|&other| near(one, other)).collect()).collect();
    let mut left = all;
    let mut laid: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let among = if laid.is_empty() { &left } else { &laid };
        let total = |own: usize| -> i32 {
            among.iter().filter(|&&it| it != own).filter_map(|&it| near.get(own)?.get(it)).sum()
        };
        let best = (0..left.len())
            .max_by_key(|&at| (left.get(at).map(|&it| total(it)), Reverse(at)))
            .unwrap_or(0);
        laid.push(left.remove(best));
    }
    laid
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Glosses;
    use super::*;

    #[test]
    fn a_long_sentence_covers_a_row_that_is_free() {
        let segment =
            |witness, letters: f32| Segment { witness, length: letters.ln(), ..Segment::default() };
        let segments = [segment(0, 100.0), segment(1, 50.0), segment(1, 50.0)];
        let rows = [1, 2].map(|at| Row { cells: vec![Vec::new(), vec![at]] });
        let speak = |homes: &[usize]| {
            let mut lengths = Lengths::new(&[0.0, 0.0], &segments, &rows);
            lengths.take(homes.iter().copied());
            lengths.speak(lengths.of(0, &segments[0]), 0, 1)
        };
        let (free, taken) = (speak(&[0]), speak(&[0, 1]));
        assert!(free > 1.0 && taken <= 0.0, "{free}, {taken}");
        let chances = [0.9, 0.4, 0.0];
        assert_eq!(covered(&chances, 0, &|_| free), 0..=1);
        assert_eq!(covered(&chances, 0, &|_| taken), 0..=0);
    }

    #[test]
    fn what_nothing_speaks_for_stays_until_words_are_taught() {
        let segment =
            |witness, passage| Segment { witness, passage, length: 4.0, ..Segment::default() };
        let mut segments: Vec<Segment> =
            [0, 1].into_iter().flat_map(|own| (0..6).map(move |at| segment(own, at))).collect();
        let rows: Vec<Row> = (0..6).map(|at| Row { cells: vec![vec![at], vec![6 + at]] }).collect();
        let index = Index::new(&segments, &Glosses::default(), 2);
        let mut laid =
            |known| relay(&mut segments, (&index, known), rows.clone(), &[0.0, 0.0]).len();
        assert_eq!(laid(Known::Before), 6);
        assert!(laid(Known::Taught) > 6, "no row is likely");
    }
}
