//! Rows out of segments: all versions are laid on one another.
//!
//! One version lends its order to begin with; the others are laid on the rows one by one, each against
//! everything that already stands there, and then each is taken out and laid anew against the rest
//! until nothing is gained (progressive alignment with iterative refinement, after Barton and Sternberg
//! 1987). Knows segments and what they share, and nothing of passages' words.

use super::affinity::Affinity;
use super::path::{self, Prices, Step};
use super::profile::Profile;
use super::segment::Segment;

/// What stands in one row: the segments of every version, by witness.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Vec<usize>>,
}

impl Row {
    /// A row with one segment.
    pub(crate) fn of(witnesses: usize, witness: usize, segment: usize) -> Self {
        let mut cells = vec![Vec::new(); witnesses];
        if let Some(cell) = cells.get_mut(witness) {
            cell.push(segment);
        }
        Self { cells }
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.iter().all(Vec::is_empty)
    }
}

/// What weaving stands on: the segments of a statement and how they are alike.
pub(crate) struct Loom<'a> {
    pub(crate) segments: &'a [Segment],
    pub(crate) affinity: &'a Affinity,
    pub(crate) witnesses: usize,
    /// How much longer than the mean each version says things: a natural logarithm by witness.
    pub(crate) stretch: Vec<f32>,
    pub(crate) tuning: Tuning,
}

/// The constants of alignment, in natural logarithms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuning {
    pub(crate) content: f32,
    pub(crate) skip: f32,
    pub(crate) extra: f32,
    pub(crate) jump: f32,
    pub(crate) inside: f32,
    pub(crate) spread: f32,
    pub(crate) length_cap: f32,
    pub(crate) shape: f32,
    /// For every further row that one segment covers: where it could be cut at a stop, at a comma,
    /// or nowhere but between words.
    pub(crate) spill: [f32; 3],
    pub(crate) floor: f32,
    pub(crate) slope: f32,
    pub(crate) top: f32,
    pub(crate) least: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            content: 9.0,
            skip: 1.0,
            extra: 2.3,
            jump: 18.0,
            inside: 2.0,
            spread: 0.39,
            length_cap: 6.0,
            shape: 2.5,
            spill: [1.5, 2.5, 3.5],
            floor: 0.0,
            slope: 1.7,
            top: 6.0,
            least: 0.02,
        }
    }
}

impl<'a> Loom<'a> {
    /// A loom for segments; `stretch` has one number a version.
    pub(crate) fn new(segments: &'a [Segment], affinity: &'a Affinity, stretch: Vec<f32>) -> Self {
        let (witnesses, tuning) = (stretch.len(), Tuning::default());
        Self { segments, affinity, witnesses, stretch, tuning }
    }

    /// Rows from segments; `own` lists the segments of each witness that take part. The version that
    /// is closest to all others comes first, then always the one that is closest to those laid.
    pub(crate) fn weave(&self, own: &[Vec<usize>]) -> Vec<Row> {
        let near = self.nearness(own);
        let total = |witness: usize, among: &[usize]| -> i32 {
            among.iter().filter_map(|&other| near.get(witness)?.get(other)).sum()
        };
        let mut left: Vec<usize> = (0..own.len()).collect();
        let mut laid: Vec<usize> = Vec::new();
        let mut rows = Vec::new();
        while !left.is_empty() {
            let among = if laid.is_empty() { &left } else { &laid };
            let best = left
                .iter()
                .enumerate()
                .max_by_key(|&(place, &witness)| (total(witness, among), std::cmp::Reverse(place)));
            let Some(witness) = best.map(|(place, _)| place).map(|place| left.remove(place)) else {
                break;
            };
            let list = own.get(witness).map(Vec::as_slice).unwrap_or_default();
            rows = self.laid(rows, witness, list);
            laid.push(witness);
        }
        rows
    }

    /// How close any two versions are, in thousandths: what the best partners of their segments share
    /// beyond the mean, summed over the segments.
    fn nearness(&self, own: &[Vec<usize>]) -> Vec<Vec<i32>> {
        let one = |a: &[usize], b: &[usize]| -> i32 {
            a.iter().map(|&at| (self.best_of(at, b) * 1000.0) as i32).sum()
        };
        own.iter().map(|a| own.iter().map(|b| one(a, b) + one(b, a)).collect()).collect()
    }

    /// How far the best partner of a segment stands out.
    fn best_of(&self, at: usize, others: &[usize]) -> f32 {
        let cosine = |other: &usize| {
            self.affinity.dot(at, *other) / (self.affinity.norm(at) * self.affinity.norm(*other))
        };
        let (mut best, mut sum) = (0.0_f32, 0.0);
        for value in others.iter().map(cosine) {
            best = best.max(value);
            sum += value;
        }
        best - sum / others.len().max(1) as f32
    }

    /// Takes every version out in turn and lays it anew.
    pub(crate) fn refine(&self, mut rows: Vec<Row>, own: &[Vec<usize>]) -> Vec<Row> {
        for (witness, list) in own.iter().enumerate() {
            for row in &mut rows {
                if let Some(cell) = row.cells.get_mut(witness) {
                    cell.clear();
                }
            }
            rows.retain(|row| !row.is_empty());
            rows = self.laid(rows, witness, list);
        }
        rows
    }

    /// The rows with one more version laid on them.
    pub(crate) fn laid(&self, rows: Vec<Row>, witness: usize, list: &[usize]) -> Vec<Row> {
        let steps = self.path(&rows, witness, list);
        self.insert(rows, &steps, witness, list)
    }

    /// The best path of some segments of a version through rows.
    pub(crate) fn path(&self, rows: &[Row], witness: usize, list: &[usize]) -> Vec<Step> {
        if rows.is_empty() {
            return (0..list.len()).map(|from| Step { from, taken: 1, row: 0, given: 0 }).collect();
        }
        let profile = Profile::new(self, rows, witness, list);
        let milli = |price: f32| (price * 1000.0) as i32;
        let others = (self.witnesses - 1).max(1) as f32;
        let share =
            |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count() as f32 / others;
        let prices = Prices {
            skip: rows.iter().map(|row| milli(self.tuning.skip * share(row))).collect(),
            extra: milli(self.tuning.extra),
            jump: self.jumps(list),
        };
        path::best(list.len(), rows.len(), &prices, &profile)
    }

    /// What a jump costs before each segment: more inside a passage than between passages.
    fn jumps(&self, list: &[usize]) -> Vec<i32> {
        let passage =
            |at: Option<&usize>| at.and_then(|&at| self.segments.get(at)).map(|it| it.passage);
        let price = |place: usize| {
            let inside = place > 0 && passage(list.get(place)) == passage(list.get(place - 1));
            let factor = if inside { self.tuning.inside } else { 1.0 };
            (self.tuning.jump * factor * 1000.0) as i32
        };
        (0..list.len()).map(price).collect()
    }

    /// Puts segments into the rows of their path; those left out become rows of their own, after the
    /// row of the segment before them.
    fn insert(
        &self,
        mut rows: Vec<Row>,
        steps: &[Step],
        witness: usize,
        list: &[usize],
    ) -> Vec<Row> {
        let mut fresh: Vec<(usize, Row)> = Vec::new();
        let next = steps.iter().find(|step| step.given > 0).map_or(rows.len(), |step| step.row);
        let mut after = next;
        for step in steps {
            let taken = list.get(step.from..step.from + step.taken).unwrap_or_default();
            if step.given == 0 {
                let own = taken.iter().map(|&at| (after, Row::of(self.witnesses, witness, at)));
                fresh.extend(own);
                continue;
            }
            after = step.row + step.given;
            for row in rows.get_mut(step.row..after).unwrap_or_default() {
                if let Some(cell) = row.cells.get_mut(witness) {
                    cell.extend_from_slice(taken);
                }
            }
        }
        merge(rows, fresh)
    }

    /// The logarithm of how long a cell is in the mean version's letters.
    pub(super) fn length(&self, witness: usize, cell: &[usize]) -> f32 {
        let total: f32 =
            cell.iter().filter_map(|&at| self.segments.get(at)).map(|it| it.length.exp()).sum();
        total.max(1.0).ln() - self.stretch.get(witness).copied().unwrap_or(0.0)
    }

    /// The norm of a cell's vector.
    pub(super) fn norm(&self, cell: &[usize]) -> f32 {
        let pairs = cell.iter().flat_map(|&a| cell.iter().map(move |&b| (a, b)));
        pairs.map(|(a, b)| self.affinity.dot(a, b)).sum::<f32>().max(1e-6).sqrt()
    }
}

/// Puts new rows between the old ones; `fresh` says before which old row, in order of arrival.
pub(crate) fn merge(rows: Vec<Row>, mut fresh: Vec<(usize, Row)>) -> Vec<Row> {
    fresh.sort_by_key(|&(before, _)| before);
    let mut fresh = fresh.into_iter().peekable();
    let mut merged = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        while let Some((_, new)) = fresh.next_if(|&(before, _)| before <= at) {
            merged.push(new);
        }
        merged.push(row);
    }
    merged.extend(fresh.map(|(_, row)| row));
    merged
}
