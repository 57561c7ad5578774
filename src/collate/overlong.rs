//! Sentences that are too long for their row, beside a row that their version lacks.
//!
//! Where others say in two sentences what a version says in one, words alone often do not show it. The length
//! of the sentence does: it fits both rows together, and not its own.

use super::cut::Knife;
use super::relay::longer;
use super::sentence::Mark;
use super::weave::{Loom, Row};

/// How much better both rows must fit than one, a natural logarithm in millionths.
const BETTER: i32 = 1_200_000;
/// Which share of the other versions must stand in the row that is lacking.
const SHARE: f32 = 0.5;
/// How well the sentence must fall into a piece for each of the two rows, by its words, of 1.
const PARTED: f32 = 0.7;

/// Lets sentences that are too long for their row stand in the next one or the one before, too, where their
/// version has nothing there. Gives these: they are to be cut, and laid anew by what the pieces say.
pub(crate) fn stretch_out(loom: &Loom, knife: &Knife, rows: &mut [Row]) -> Vec<usize> {
    let mut long = Vec::new();
    for witness in 0..loom.witnesses {
        for place in 0..rows.len() {
            let Some((free, at)) = loom.neighbour(rows, witness, place) else { continue };
            let both = rows.get(place.min(free)).zip(rows.get(place.max(free)));
            let parted = both
                .is_some_and(|(one, other)| knife.parts(loom.segments, [one, other], at) >= PARTED);
            let cell = rows.get_mut(free).and_then(|it| it.cells.get_mut(witness));
            if let Some(cell) = cell.filter(|_| parted) {
                cell.push(at);
                long.push(at);
            }
        }
    }
    long
}

impl Loom<'_> {
    /// The free row beside a row, and the sentence of a version in the row that is long enough for both.
    fn neighbour(&self, rows: &[Row], witness: usize, place: usize) -> Option<(usize, usize)> {
        let cell = rows.get(place)?.cells.get(witness)?;
        let (first, last) = (*cell.first()?, *cell.last()?);
        let before = place.checked_sub(1).map(|it| (it, first));
        let sides = before.into_iter().chain([(place + 1, last)]);
        let better = |&(row, at): &(usize, usize)| {
            let pause = self.segments.get(at)?.pause;
            let free = rows.get(row).is_some_and(|it| self.lacks(it, witness));
            (free && pause >= Some(Mark::Comma)).then(|| self.better(rows, witness, (place, row)))
        };
        let found = sides.filter_map(|it| better(&it).map(|gain| (gain, it)));
        found.max().filter(|it| it.0 >= BETTER).map(|it| it.1)
    }

    /// Whether a version has nothing in a row in which most others stand.
    fn lacks(&self, row: &Row, witness: usize) -> bool {
        let present = row.cells.iter().filter(|it| !it.is_empty()).count() as f32;
        let others = (self.witnesses.max(2) - 1) as f32;
        row.cells.get(witness).is_some_and(Vec::is_empty) && present >= SHARE * others
    }

    /// How much better what a version has in a row fits two rows than the one, by its length, in millionths.
    fn better(&self, rows: &[Row], witness: usize, (own, other): (usize, usize)) -> i32 {
        let letters = |place: usize| rows.get(place).and_then(|row| self.letters(row, witness));
        let (Some(one), Some(more)) = (letters(own), letters(other)) else { return 0 };
        let cell = rows.get(own).and_then(|row| row.cells.get(witness));
        let length = self.length(witness, cell.map(Vec::as_slice).unwrap_or_default());
        (longer(length, one, one + more) * 1e6) as i32
    }

    /// How long the other versions are in a row on average, in the mean version's letters.
    fn letters(&self, row: &Row, witness: usize) -> Option<f32> {
        let others = row.cells.iter().enumerate().filter(|it| it.0 != witness && !it.1.is_empty());
        let lengths: Vec<f32> = others.map(|(at, cell)| self.length(at, cell).exp()).collect();
        (!lengths.is_empty()).then(|| lengths.iter().sum::<f32>() / lengths.len() as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::super::affinity::Affinity;
    use super::super::lexicon::Glosses;
    use super::super::segment::Segment;
    use super::*;

    #[test]
    fn a_sentence_as_long_as_two_rows_is_laid_on_the_one_that_its_version_lacks() {
        let segment = |witness, letters: f32, pause| Segment {
            witness,
            length: letters.ln(),
            pause,
            ..Segment::default()
        };
        let comma = Some(Mark::Comma);
        let segments = [
            segment(0, 180.0, comma),
            segment(1, 60.0, None),
            segment(1, 110.0, comma),
            segment(0, 180.0, None),
            segment(0, 60.0, comma),
        ];
        let affinity = Affinity::new(&segments, &Glosses::default());
        let loom = Loom::new(&segments, &affinity, vec![0.0; 2]);
        let beside = |own: &[usize], next: &[usize]| {
            let cells = [vec![own.to_vec(), vec![1]], vec![next.to_vec(), vec![2]]];
            loom.neighbour(&cells.map(|cells| Row { cells }), 0, 0)
        };
        assert_eq!(beside(&[0], &[]), Some((1, 0)));
        assert_eq!(beside(&[0], &[4]), None, "the row is not free");
        assert_eq!(beside(&[3], &[]), None, "nothing marks a place to cut");
        assert_eq!(beside(&[4], &[]), None, "the sentence is as long as its row");
    }
}
