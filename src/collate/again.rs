//! What a version says twice.
//!
//! A segment that lies beside others in a row, or in a row of its own, though the same version says
//! nearly the same elsewhere in a row that others share, is a repeat and belongs there.

use super::affinity::Affinity;
use super::segment::Segment;
use super::weave::Row;

/// How much of a segment must stand in the other one, in hundredths.
const SHARE: i32 = 80;

/// Lays repeats where the same version says the same.
pub(crate) fn settle(segments: &[Segment], affinity: &Affinity, rows: &mut Vec<Row>) {
    for at in 0..segments.len() {
        let Some(segment) = segments.get(at) else { continue };
        let witness = segment.witness;
        let home =
            rows.iter().position(|row| row.cells.get(witness).is_some_and(|it| it.contains(&at)));
        let Some(home) = home.filter(|&home| is_loose(rows, home, witness)) else { continue };
        if let Some(there) = twin(segments, affinity, rows, (at, home)) {
            if let Some(cell) = rows.get_mut(home).and_then(|row| row.cells.get_mut(witness)) {
                cell.retain(|&it| it != at);
            }
            if let Some(cell) = rows.get_mut(there).and_then(|row| row.cells.get_mut(witness)) {
                cell.push(at);
                cell.sort_unstable();
            }
        }
    }
    rows.retain(|row| !row.is_empty());
}

/// Whether a version stands in a row with several segments, or alone.
fn is_loose(rows: &[Row], home: usize, witness: usize) -> bool {
    rows.get(home).is_some_and(|row| {
        let others =
            row.cells.iter().enumerate().any(|(it, cell)| it != witness && !cell.is_empty());
        !others || row.cells.get(witness).is_some_and(|cell| cell.len() > 1)
    })
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
            let share = (affinity.dot(at, other) / own * 100.0) as i32;
            if share > best.0 {
                best = (share, Some(place));
            }
        }
    }
    best.1
}
