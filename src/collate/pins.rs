//! The curator's alignments, laid over what was found: passages tied together stand in one unit.

use std::collections::BTreeSet;

use super::align_file::Tied;
use super::{Line, Part, Unit};

/// Brings the passages of each tied group into one unit and marks it as reviewed.
pub(crate) fn apply(units: &mut Vec<Unit>, tied: &Tied) {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for passages in tied.values() {
        let homes = passages.iter().filter_map(|&(witness, passage)| {
            units.iter().position(|unit| holds(unit, witness, passage))
        });
        let Some(home) = homes.into_iter().find(|home| !taken.contains(home)) else { continue };
        taken.insert(home);
        for &(witness, passage) in passages {
            tie(units, home, (witness, passage));
        }
        if let Some(unit) = units.get_mut(home) {
            unit.reviewed = true;
            unit.confidence = 100;
            for cell in unit.cells.iter_mut().filter(|cell| !cell.parts.is_empty()) {
                cell.confidence = 100;
            }
        }
    }
    units.retain(|unit| unit.cells.iter().any(|cell| !cell.parts.is_empty()));
}

/// Whether a unit has a part of a passage.
fn holds(unit: &Unit, witness: usize, passage: u32) -> bool {
    unit.cells.get(witness).is_some_and(|it| it.parts.iter().any(|part| part.passage == passage))
}

/// Brings all parts of a passage into a unit.
fn tie(units: &mut [Unit], home: usize, (witness, passage): (usize, u32)) {
    let mut moved: Vec<Part> = Vec::new();
    for (_, unit) in units.iter_mut().enumerate().filter(|&(place, _)| place != home) {
        if let Some(cell) = unit.cells.get_mut(witness) {
            moved.extend(cell.parts.iter().filter(|part| part.passage == passage));
            cell.parts.retain(|part| part.passage != passage);
        }
        for line in &mut unit.lines {
            line.parts.retain(|(it, part)| *it as usize != witness || part.passage != passage);
        }
        unit.lines.retain(|line| !line.parts.is_empty());
    }
    let Some(unit) = units.get_mut(home).filter(|_| !moved.is_empty()) else { return };
    let parts: Vec<Part> = moved.into_iter().map(|part| Part { again: false, ..part }).collect();
    if let Some(cell) = unit.cells.get_mut(witness) {
        cell.parts.extend(&parts);
        cell.parts.sort_unstable();
    }
    let parts = parts.into_iter().map(|part| (witness as u32, part)).collect();
    unit.lines.push(Line { parts });
}
