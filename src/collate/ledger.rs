//! The ledger: what each version does with each unit, in one word, and how often.

use super::{Cell, Synopsis, Unit};

/// What a version does with a unit. The first that holds is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It does not have it.
    Missing,
    /// It alone has it.
    Only,
    /// It says it more than once.
    Repeated,
    /// It has it elsewhere than the version that leads.
    Moved,
    /// It spreads it over more passages than most versions.
    Split,
    /// It has it in one passage with another unit, where most versions do not.
    Merged,
    /// It has it where the others do.
    Present,
}

impl Mark {
    /// It in one word, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Only => "only",
            Self::Repeated => "repeated",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Present => "present",
        }
    }
}

/// What the ledger says of one unit in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the version does with the unit.
    pub mark: Mark,
    /// How sure that is, from 0 to 100: of a lacuna, how sure the others' alignment is.
    pub confidence: u8,
    /// Where it stands if it is moved: behind this unit in the version's own order; `None` at its head.
    pub behind: Option<u32>,
    /// The passages in which the version says it again.
    pub again: Vec<u32>,
}

/// How often a version does what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that it has.
    pub present: u32,
    /// Units that it lacks.
    pub missing: u32,
    /// Units that it alone has.
    pub only: u32,
    /// Units that stand elsewhere in it.
    pub moved: u32,
    /// Units that it says more than once.
    pub repeated: u32,
    /// Units that share a passage with another one.
    pub merged: u32,
    /// Units that are spread over several passages.
    pub split: u32,
}

impl Synopsis {
    /// What a version does with a unit; [`Mark::Missing`] where there is no such unit or version.
    pub fn mark(&self, unit: usize, witness: usize) -> Mark {
        let Some(row) = self.units.get(unit) else { return Mark::Missing };
        let Some(cell) = row.cells.get(witness).filter(|cell| !cell.parts.is_empty()) else {
            return Mark::Missing;
        };
        let passages = passages(row, witness);
        if present(row) == 1 && row.cells.len() > 1 {
            Mark::Only
        } else if cell.parts.iter().any(|part| part.again) {
            Mark::Repeated
        } else if cell.moved {
            Mark::Moved
        } else if passages.len() > 1 && most(row, witness, |it| passages_of(row, it) <= 1) {
            Mark::Split
        } else if self.shares(unit, witness, &passages)
            && most(row, witness, |it| !self.shares(unit, it, &self::passages(row, it)))
        {
            Mark::Merged
        } else {
            Mark::Present
        }
    }

    /// What the ledger says of a unit in a version; `None` where there is no such unit or version.
    pub fn entry(&self, unit: usize, witness: usize) -> Option<Entry> {
        let row = self.units.get(unit)?;
        let cell = row.cells.get(witness)?;
        let again = cell.parts.iter().filter(|part| part.again).map(|part| part.passage);
        Some(Entry {
            mark: self.mark(unit, witness),
            confidence: row.confidence_of(cell),
            behind: self.behind(unit, witness),
            again: again.collect(),
        })
    }

    /// The unit that stands before another one in a version's own order.
    fn behind(&self, unit: usize, witness: usize) -> Option<u32> {
        let first =
            |it: &Unit| it.cells.get(witness)?.parts.first().map(|part| (part.passage, part.from));
        let own = self.units.get(unit).and_then(first)?;
        let placed = self.units.iter().enumerate().filter_map(|(at, it)| Some((first(it)?, at)));
        placed.filter(|it| it.0 < own).max().map(|it| it.1 as u32)
    }

    /// Whether a version has a passage of a unit in another unit, too.
    fn shares(&self, unit: usize, witness: usize, own: &[u32]) -> bool {
        let others = self.units.iter().enumerate().filter(|&(it, _)| it != unit);
        let mut parts = others.filter_map(|(_, it)| it.cells.get(witness)).flat_map(|it| &it.parts);
        parts.any(|part| own.contains(&part.passage))
    }

    /// How often a version does what.
    pub fn tally(&self, witness: usize) -> Tally {
        let mut tally = Tally::default();
        for unit in 0..self.units.len() {
            let mark = self.mark(unit, witness);
            tally.present += u32::from(mark != Mark::Missing);
            match mark {
                Mark::Missing => tally.missing += 1,
                Mark::Only => tally.only += 1,
                Mark::Moved => tally.moved += 1,
                Mark::Repeated => tally.repeated += 1,
                Mark::Merged => tally.merged += 1,
                Mark::Split => tally.split += 1,
                Mark::Present => {}
            }
        }
        tally
    }
}

impl Unit {
    /// How sure it is, from 0 to 100, what one of its cells holds: of a lacuna, how sure the others'
    /// alignment is.
    pub fn confidence_of(&self, cell: &Cell) -> u8 {
        if cell.parts.is_empty() { self.confidence } else { cell.confidence }
    }
}

/// How many versions have a unit.
fn present(unit: &Unit) -> usize {
    unit.cells.iter().filter(|cell| !cell.parts.is_empty()).count()
}

/// The passages in which a version has a unit, each once, without repeats.
fn passages(unit: &Unit, witness: usize) -> Vec<u32> {
    let parts = unit.cells.get(witness).map(|cell| cell.parts.as_slice()).unwrap_or_default();
    let mut passages: Vec<u32> =
        parts.iter().filter(|part| !part.again).map(|part| part.passage).collect();
    passages.dedup();
    passages
}

/// In how many passages a version has a unit.
fn passages_of(unit: &Unit, witness: usize) -> usize {
    passages(unit, witness).len()
}

/// Whether something holds of most other versions that have a unit.
fn most(unit: &Unit, witness: usize, holds: impl Fn(usize) -> bool) -> bool {
    let others = (0..unit.cells.len())
        .filter(|&it| it != witness && unit.cells.get(it).is_some_and(|it| !it.parts.is_empty()));
    let (yes, no): (Vec<usize>, Vec<usize>) = others.partition(|&it| holds(it));
    yes.len() > no.len()
}
