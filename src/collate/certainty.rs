//! How sure a row is: how many of its versions would be laid there by their words alone.

use super::affinity::Affinity;
use super::segment::Segment;
use super::weave::Row;

/// What a row is worth that only one version has, in hundredths: nothing confirms or denies it.
const ALONE: u8 = 50;

/// How much a segment is like the other versions of each row: the mean cosine, in thousandths.
pub(crate) fn likeness(
    segments: &[Segment],
    affinity: &Affinity,
    rows: &[Row],
    at: usize,
) -> Vec<i32> {
    let witness = segments.get(at).map_or(usize::MAX, |it| it.witness);
    let one = |row: &Row| {
        let (mut sum, mut versions) = (0.0, 0.0);
        let others =
            row.cells.iter().enumerate().filter(|&(it, cell)| it != witness && !cell.is_empty());
        for (_, cell) in others {
            let square: f32 = cell.iter().map(|&it| affinity.dot(it, it)).sum();
            let dots: f32 = cell.iter().map(|&it| affinity.dot(at, it)).sum();
            sum += dots / square.max(1e-6).sqrt();
            versions += 1.0;
        }
        (sum / f32::max(versions, 1.0) / affinity.norm(at) * 1000.0) as i32
    };
    rows.iter().map(one).collect()
}

/// The certainty of every row, from 0 to 100: the share of its segments that are more like the other
/// versions of this row than like those of any other row.
pub(crate) fn certainties(segments: &[Segment], affinity: &Affinity, rows: &[Row]) -> Vec<u8> {
    let sure = |at: usize, place: usize| {
        let likeness = likeness(segments, affinity, rows, at);
        let own = likeness.get(place).copied().unwrap_or(0);
        likeness.iter().all(|&it| it <= own)
    };
    rows.iter()
        .enumerate()
        .map(|(place, row)| {
            if row.cells.iter().filter(|cell| !cell.is_empty()).count() < 2 {
                return ALONE;
            }
            let own: Vec<usize> = row.cells.iter().flatten().copied().collect();
            let hits = own.iter().filter(|&&at| sure(at, place)).count();
            (hits * 100 / own.len().max(1)) as u8
        })
        .collect()
}
