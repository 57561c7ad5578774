//! How sure a row is: how many of its versions would be laid there by their words alone.

use super::affinity::Affinity;
use super::segment::Segment;
use super::weave::Row;

/// What a row is worth that only one version has, in hundredths: nothing confirms or denies it.
const ALONE: u8 = 50;

/// The certainty of every row, from 0 to 100: the share of its segments that are more like the other
/// versions of this row than like those of any other row.
pub(crate) fn certainties(segments: &[Segment], affinity: &Affinity, rows: &[Row]) -> Vec<u8> {
    let mut homes = vec![Vec::new(); segments.len()];
    for (place, row) in rows.iter().enumerate() {
        for &at in row.cells.iter().flatten() {
            if let Some(list) = homes.get_mut(at) {
                list.push(place);
            }
        }
    }
    let sure = |at: usize, place: usize| -> bool {
        let mut likeness = vec![0.0_f32; rows.len()];
        let witness = segments.get(at).map(|it| it.witness);
        for (other, segment) in segments.iter().enumerate() {
            if Some(segment.witness) != witness {
                for &row in homes.get(other).into_iter().flatten() {
                    if let Some(sum) = likeness.get_mut(row) {
                        *sum += affinity.dot(at, other) / affinity.norm(other);
                    }
                }
            }
        }
        let own = likeness.get(place).copied().unwrap_or(0.0);
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
