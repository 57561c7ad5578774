//! What a version says twice, or far from where the others say it.
//!
//! A segment that is little like what others have in its row, though the same version says nearly the
//! same elsewhere in a row that fits better, is a repeat and belongs there.

use super::affinity::Affinity;
use super::certainty::likeness;
use super::segment::Segment;
use super::weave::Row;

/// How much of a segment must stand in the other one, in hundredths.
const SHARE: i32 = 70;

/// How much of the other one must stand in the segment: a cell of a table that names what a long sentence
/// names, too, does not say it again.
const BACK: i32 = 30;

/// The likeness, in thousandths, from which a segment that stands alone is laid on another row.
const PLAIN: i32 = 120;

/// Lays repeats where the same version says the same, and what stands alone where it has its like.
/// Gives the segments that were laid elsewhere.
pub(crate) fn settle(segments: &[Segment], affinity: &Affinity, rows: &mut Vec<Row>) -> Vec<usize> {
    let mut laid = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        let held = |row: &Row| row.cells.get(segment.witness).is_some_and(|it| it.contains(&at));
        let Some(home) = rows.iter().position(held) else { continue };
        let likeness = likeness(segments, affinity, rows, at);
        let like = |row: usize| likeness.get(row).copied().unwrap_or(0);
        let own = like(home).max(1);
        let again = twin(segments, affinity, rows, (at, home)).filter(|&it| like(it) * 2 > own * 3);
        let there = again.or_else(|| vacant(rows, segment.witness, home, &likeness));
        if let Some(there) = there {
            relay(rows, segment.witness, at, [home, there]);
            laid.push(at);
        }
    }
    rows.retain(|row| !row.is_empty());
    laid
}

/// The row that a segment which stands alone is most like, if others stand there and its own version
/// does not: it was moved there, or from there.
fn vacant(rows: &[Row], witness: usize, home: usize, likeness: &[i32]) -> Option<usize> {
    let alone = rows.get(home)?.cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
    let best = likeness.iter().enumerate().max_by_key(|&(row, &it)| (it, std::cmp::Reverse(row)));
    let (row, _) = best.filter(|&(_, &like)| alone && like >= PLAIN)?;
    rows.get(row)?.cells.get(witness).is_some_and(Vec::is_empty).then_some(row)
}

/// Takes a segment out of one row and lays it on another.
fn relay(rows: &mut [Row], witness: usize, at: usize, [home, there]: [usize; 2]) {
    if let Some(cell) = rows.get_mut(home).and_then(|row| row.cells.get_mut(witness)) {
        cell.retain(|&it| it != at);
    }
    if let Some(cell) = rows.get_mut(there).and_then(|row| row.cells.get_mut(witness)) {
        cell.push(at);
        cell.sort_unstable();
    }
}

/// The row in which the same version says nearly the same, in company of others.
fn twin(
    segments: &[Segment],
    affinity: &Affinity,
    rows: &[Row],
    (at, home): (usize, usize),
) -> Option<usize> {
    let witness = segments.get(at)?.witness;
    let own = affinity.dot(at, at).max(1e-6);
    let mut best = (SHARE, None);
    for (place, row) in rows.iter().enumerate().filter(|&(place, _)| place != home) {
        let company = row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
        for &other in row.cells.get(witness).filter(|_| company).into_iter().flatten() {
            let dot = affinity.dot(at, other) * 100.0;
            let share = (dot / own) as i32;
            let back = (dot / affinity.dot(other, other).max(1e-6)) as i32;
            if share > best.0 && back >= BACK {
                best = (share, Some(place));
            }
        }
    }
    best.1
}
