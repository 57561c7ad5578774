//! From witnesses to rows: weaving, learning the statement's own words, cutting, and weaving again.

use std::collections::BTreeSet;

use super::Witness;
use super::affinity::Affinity;
use super::lexicon::{Glosses, RowWords};
use super::segment::{self, Segment};
use super::weave::{Loom, Row, Tuning, by_witness};

/// Segments and the rows they stand in.
pub(crate) struct Woven {
    pub(crate) segments: Vec<Segment>,
    pub(crate) rows: Vec<Row>,
}

/// Weaves the versions of a statement.
pub(crate) fn weave(witnesses: &[&Witness], glosses: &Glosses) -> Woven {
    let segments: Vec<Segment> = witnesses
        .iter()
        .enumerate()
        .flat_map(|(place, witness)| segment::segments(place, witness))
        .collect();
    let own = by_witness(&segments, witnesses.len());
    let affinity = Affinity::new(&segments, glosses, witnesses.len());
    let mut loom = Loom {
        segments: &segments,
        affinity: &affinity,
        witnesses: witnesses.len(),
        stretch: vec![0.0; witnesses.len()],
        tuning: Tuning::default(),
    };
    let mut rows = loom.weave(&own);
    loom.stretch = loom.stretches(&rows);
    rows = loom.refine(rows, &own);
    let stretch = loom.stretch.clone();
    let local = Glosses::learn(&row_words(0, witnesses, &segments, &rows), 1, 1.0);
    if !local.is_empty() {
        let glosses = local.merge(glosses);
        let affinity = Affinity::new(&segments, &glosses, witnesses.len());
        let loom = Loom { affinity: &affinity, stretch, ..loom };
        rows = loom.refine(rows, &own);
        rows = loom.refine(rows, &own);
    }
    Woven { segments, rows }
}

/// The words of every row, for learning.
pub(crate) fn row_words(
    statement: u32,
    witnesses: &[&Witness],
    segments: &[Segment],
    rows: &[Row],
) -> Vec<RowWords> {
    let number = |witness: usize| {
        let base = witnesses.get(witness).map_or("", |it| it.lang.base());
        base.bytes().fold(0u16, |sum, byte| sum.wrapping_mul(37).wrapping_add(u16::from(byte)))
    };
    let words = |cell: &Vec<usize>| -> Vec<u64> {
        let found: BTreeSet<u64> = cell
            .iter()
            .filter_map(|&at| segments.get(at))
            .flat_map(|segment| segment.marks.iter().filter(|mark| mark.word).map(|mark| mark.key))
            .collect();
        found.into_iter().collect()
    };
    rows.iter()
        .map(|row| RowWords {
            statement,
            versions: row
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(witness, cell)| (number(witness), words(cell)))
                .collect(),
        })
        .filter(|row| row.versions.len() > 1)
        .collect()
}
