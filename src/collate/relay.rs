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
/// The chance from which it is laid on a second row.
const COVER: f32 = 0.7;
/// How far a second row may be from the first.
const REACH: usize = 2;

/// Lays every version anew.
pub(crate) fn relay(segments: &mut [Segment], index: &Index, mut rows: Vec<Row>) -> Vec<Row> {
    let pairs = Pairs::new(segments, index);
    let order = order(index, &pairs);
    for _ in 0..PASSES {
        for &witness in &order {
            rows = laid(segments, index, &pairs, rows, witness);
        }
    }
    rows
}

/// The rows with one version laid anew; notes how sure each of its segments is.
fn laid(
    segments: &mut [Segment],
    index: &Index,
    pairs: &Pairs,
    mut rows: Vec<Row>,
    witness: usize,
) -> Vec<Row> {
    for cell in rows.iter_mut().filter_map(|row| row.cells.get_mut(witness)) {
        cell.clear();
    }
    rows.retain(|row| !row.is_empty());
    let own = index.own(witness);
    let passage = |at: usize| segments.get(at).map(|it| it.passage);
    let grid = Grid {
        width: rows.len(),
        cells: sums(index, pairs, &rows, witness),
        inside: own.clone().map(|at| at > own.start && passage(at) == passage(at - 1)).collect(),
    };
    let chances = grid.chances();
    let mut chances = chances.chunks(rows.len().max(1));
    let mut fresh = Vec::new();
    let mut after = 0;
    for at in own {
        let chances = chances.next().unwrap_or_default();
        let best = (0..chances.len())
            .max_by_key(|&row| (milli(chances.get(row).copied().unwrap_or(0.0)), Reverse(row)));
        let chance = best.and_then(|row| chances.get(row)).copied().unwrap_or(0.0);
        if let Some(segment) = segments.get_mut(at) {
            segment.sure = (chance * 100.0) as u8;
        }
        let Some(best) = best.filter(|_| chance >= HOME) else {
            fresh.push((after, Row::of(index.witnesses(), witness, at)));
            continue;
        };
        for row in covered(chances, best) {
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.cells.get_mut(witness)) {
                cell.push(at);
            }
            after = row + 1;
        }
    }
    merge(rows, fresh)
}

/// The rows that a segment covers, around the one where it most likely stands.
fn covered(chances: &[f32], best: usize) -> std::ops::RangeInclusive<usize> {
    let likely = |row: &usize| chances.get(*row).is_some_and(|&it| it >= COVER);
    let from = (best.saturating_sub(REACH)..best).find(likely).unwrap_or(best);
    let to = (best + 1..=best + REACH).rev().find(likely).unwrap_or(best);
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
