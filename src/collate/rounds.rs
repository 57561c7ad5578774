//! From witnesses to rows: weaving, learning the statement's own words, cutting, and weaving again.

use std::collections::BTreeSet;

use super::Witness;
use super::affinity::Affinity;
use super::again;
use super::certainty;
use super::cut::{self, Knife};
use super::index::Index;
use super::lexicon::{Glosses, RowWords};
use super::relay;
use super::segment::{self, Segment};
use super::weave::{Loom, Row, Tuning};

/// Segments and the rows they stand in.
pub(crate) struct Woven {
    pub(crate) segments: Vec<Segment>,
    pub(crate) rows: Vec<Row>,
    /// How sure each row is, from 0 to 100.
    pub(crate) certainty: Vec<u8>,
}

/// How sure a segment is, in hundredths, that its words alone have laid where no way leads.
const BY_WORDS: u8 = 50;

/// How often the rows are woven anew with what the statement itself has taught.
const ROUNDS: usize = 2;

/// Weaves the versions of a statement.
pub(crate) fn weave(witnesses: &[&Witness], glosses: &Glosses) -> Woven {
    let segments = witnesses.iter().enumerate();
    let mut woven = Woven {
        segments: segments.flat_map(|(place, it)| segment::segments(place, it)).collect(),
        rows: Vec::new(),
        certainty: Vec::new(),
    };
    let mut stretch = vec![0.0; witnesses.len()];
    for round in 0..ROUNDS {
        let local = Glosses::learn(&woven.row_words(0, witnesses), 1, 1.0);
        let glosses = local.merge(glosses);
        let affinity = Affinity::new(&woven.segments, &glosses, witnesses.len());
        stretch = woven.round(
            round,
            &Knife { witnesses, affinity: &affinity, glosses: &glosses },
            stretch,
        );
        woven.tidy();
    }
    woven.relay(witnesses, glosses);
    let affinity = Affinity::new(&woven.segments, glosses, witnesses.len());
    for at in again::settle(&woven.segments, &affinity, &mut woven.rows) {
        if let Some(segment) = woven.segments.get_mut(at) {
            segment.sure = segment.sure.max(BY_WORDS);
        }
    }
    woven.certainty = certainty::certainties(&woven.segments, &affinity, &woven.rows);
    woven
}

impl Woven {
    /// Weaves once more; after the first time rows are parted and segments cut, too. Gives how much
    /// longer than the mean each version says things.
    fn round(&mut self, round: usize, knife: &Knife, stretch: Vec<f32>) -> Vec<f32> {
        let own = self.by_witness(stretch.len());
        let mut loom = Loom {
            segments: &self.segments,
            affinity: knife.affinity,
            witnesses: stretch.len(),
            stretch,
            tuning: Tuning::default(),
        };
        let rows = std::mem::take(&mut self.rows);
        let rows = if round == 0 { loom.weave(&own) } else { loom.refine(rows, &own) };
        let mut rows = loom.refine(rows, &own);
        loom.stretch = loom.stretches(&rows);
        if round > 0 {
            rows = cut::part(&loom, rows);
        }
        let stretch = loom.stretch;
        if round > 0 {
            knife.cut(&mut self.segments, &mut rows);
        }
        self.rows = rows;
        stretch
    }

    /// Lays every version anew by likelihood, with what the rows have taught.
    fn relay(&mut self, witnesses: &[&Witness], glosses: &Glosses) {
        let glosses = Glosses::learn(&self.row_words(0, witnesses), 1, 1.0).merge(glosses);
        let index = Index::new(&self.segments, &glosses, witnesses.len());
        let rows = std::mem::take(&mut self.rows);
        self.rows = relay::relay(&mut self.segments, &index, rows);
        let affinity = Affinity::new(&self.segments, &glosses, witnesses.len());
        let knife = Knife { witnesses, affinity: &affinity, glosses: &glosses };
        knife.cut(&mut self.segments, &mut self.rows);
        self.tidy();
    }

    /// Forgets segments that stand in no row, and numbers the rest in the order of the texts.
    fn tidy(&mut self) {
        let mut used: Vec<usize> =
            self.rows.iter().flat_map(|row| row.cells.iter().flatten().copied()).collect();
        used.sort_unstable();
        used.dedup();
        used.retain(|&at| at < self.segments.len());
        used.sort_by_key(|&at| {
            self.segments.get(at).map(|it| (it.witness, it.passage, it.range.0))
        });
        let mut number = vec![usize::MAX; self.segments.len()];
        for (new, &old) in used.iter().enumerate() {
            if let Some(place) = number.get_mut(old) {
                *place = new;
            }
        }
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let renumbered = cell.iter().filter_map(|&at| number.get(at).copied());
            let mut fresh: Vec<usize> = renumbered.filter(|&at| at != usize::MAX).collect();
            fresh.sort_unstable();
            *cell = fresh;
        }
        self.rows.retain(|row| !row.is_empty());
        self.segments = used.iter().filter_map(|&at| self.segments.get(at).cloned()).collect();
    }

    /// Segment numbers by witness, in each version's order.
    fn by_witness(&self, witnesses: usize) -> Vec<Vec<usize>> {
        let mut own = vec![Vec::new(); witnesses];
        for (at, segment) in self.segments.iter().enumerate() {
            if let Some(list) = own.get_mut(segment.witness) {
                list.push(at);
            }
        }
        own
    }

    /// The words of every row in which versions meet, for learning.
    pub(crate) fn row_words(&self, statement: u32, witnesses: &[&Witness]) -> Vec<RowWords> {
        let number = |witness: usize| {
            let base = witnesses.get(witness).map_or("", |it| it.lang.base());
            base.bytes().fold(0u16, |sum, byte| sum.wrapping_mul(37).wrapping_add(u16::from(byte)))
        };
        let words = |cell: &Vec<usize>| -> Vec<u64> {
            let segments = cell.iter().filter_map(|&at| self.segments.get(at));
            let marks = segments.flat_map(|segment| segment.marks.iter().filter(|mark| mark.word));
            let found: BTreeSet<u64> = marks.map(|mark| mark.key).collect();
            found.into_iter().collect()
        };
        self.rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
                let versions =
                    cells.map(|(witness, cell)| (number(witness), words(cell))).collect();
                RowWords { statement, versions }
            })
            .filter(|row| row.versions.len() > 1)
            .collect()
    }
}
