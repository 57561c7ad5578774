//! From rows of sentences to units that can be read: joined to paragraphs where most versions join
//! them, in the order of the version that leads.
//!
//! Knows segments and rows, and nothing of how they were found.

use std::cmp::Reverse;

use super::rounds::Woven;
use super::segment::Segment;
use super::weave::Row;
use super::{Cell, Line, Part, Unit};

/// The most letters that a unit gathers from the sentences of a version, where paragraphs are endless.
const ENDLESS: f32 = 1500.0;

/// The units of a statement whose versions are woven; `names` order the versions.
pub(crate) fn units(woven: &Woven, witnesses: usize) -> Vec<Unit> {
    let ways: Vec<Vec<usize>> = (0..witnesses).map(|it| way(woven, it)).collect();
    let lead = leading(&ways);
    let rows = ordered(&woven.rows, lead);
    let mut gathered: Vec<(Vec<&Row>, u32)> = Vec::new();
    for (place, row) in rows {
        let sure = u32::from(woven.certainty.get(place).copied().unwrap_or(0));
        match gathered.last_mut() {
            Some((unit, sum)) if belongs(woven, unit, row) => {
                unit.push(row);
                *sum += sure;
            }
            _ => gathered.push((vec![row], sure)),
        }
    }
    let made = |(rows, sum): &(Vec<&Row>, u32)| Unit {
        confidence: (sum / rows.len().max(1) as u32) as u8,
        ..unit(&woven.segments, rows, witnesses)
    };
    gathered.iter().map(made).collect()
}

/// Marks what stands elsewhere in each version.
pub(crate) fn mark_all_moved(units: &mut [Unit], witnesses: usize) {
    for witness in 0..witnesses {
        mark_moved(units, witness);
    }
}

/// The rows a version walks through in its own order, each where it is met first.
fn way(woven: &Woven, witness: usize) -> Vec<usize> {
    let first = |row: &Row| row.cells.get(witness).and_then(|cell| cell.first().copied());
    let mut met: Vec<(usize, usize)> = woven
        .rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| first(row).map(|at| (at, place)))
        .collect();
    met.sort_unstable();
    met.into_iter().map(|(_, place)| place).collect()
}

/// The version that leads: it has most rows in an order that most others share.
fn leading(ways: &[Vec<usize>]) -> usize {
    let rank = |own: &Vec<usize>| -> usize {
        let shared: usize = ways.iter().map(|other| in_common(own, other)).sum();
        own.len() * ways.len() + shared
    };
    let best = ways.iter().enumerate().max_by_key(|&(place, own)| (rank(own), Reverse(place)));
    best.map_or(0, |(place, _)| place)
}

/// How many rows two versions meet in the same order.
fn in_common(own: &[usize], other: &[usize]) -> usize {
    let places: Vec<usize> =
        other.iter().filter_map(|row| own.iter().position(|it| it == row)).collect();
    rising(&places, |_| 1).len()
}

/// The heaviest rising subsequence, as places in the list.
pub(crate) fn rising(values: &[usize], weight: impl Fn(usize) -> u64) -> Vec<usize> {
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(values.len());
    for (place, &value) in values.iter().enumerate() {
        let before = values.iter().take(place).enumerate().filter(|&(_, &it)| it < value);
        let tail = before
            .map(|(at, _)| (best.get(at).map_or(0, |it| it.0), Reverse(at)))
            .max()
            .map(|(sum, Reverse(at))| (sum, at));
        let (sum, from) = tail.map_or((0, None), |(sum, at)| (sum, Some(at)));
        best.push((sum + weight(place), from));
    }
    let mut at = (0..best.len()).max_by_key(|&at| (best.get(at).map_or(0, |it| it.0), Reverse(at)));
    let mut chain = Vec::new();
    while let Some(place) = at {
        chain.push(place);
        at = best.get(place).and_then(|it| it.1);
    }
    chain.reverse();
    chain
}

/// The rows in the order of the leading version; those it lacks follow the row they stood behind.
fn ordered(rows: &[Row], lead: usize) -> Vec<(usize, &Row)> {
    let mut anchored: Vec<(usize, usize, &Row)> = Vec::new();
    let mut anchor = 0;
    for (place, row) in rows.iter().enumerate() {
        if let Some(&at) = row.cells.get(lead).and_then(|cell| cell.first()) {
            anchor = at + 1;
        }
        anchored.push((anchor, place, row));
    }
    anchored.sort_by_key(|&(anchor, place, _)| (anchor, place));
    anchored.into_iter().map(|(_, place, row)| (place, row)).collect()
}

/// Whether a row continues a unit: more versions than not have it in the same passage as what stands
/// there, right behind it.
fn belongs(woven: &Woven, unit: &[&Row], row: &Row) -> bool {
    let mut joined = 0;
    let mut votes = 0;
    let mut letters: f32 = 0.0;
    for (witness, cell) in row.cells.iter().enumerate() {
        let own = || unit.iter().filter_map(|row| row.cells.get(witness)).flatten();
        let before: Vec<&Segment> = own().filter_map(|&at| woven.segments.get(at)).collect();
        letters = letters.max(before.iter().map(|it| it.length.exp()).sum());
        if let (Some(&first), false) = (cell.first(), before.is_empty()) {
            votes += 1;
            let passage = woven.segments.get(first).map(|it| it.passage);
            let behind = own().any(|&at| at + 1 == first);
            joined += u32::from(behind && before.iter().any(|it| Some(it.passage) == passage));
        }
    }
    let held = |rows: &[&Row], witness: usize| {
        rows.iter().any(|row| row.cells.get(witness).is_some_and(|cell| !cell.is_empty()))
    };
    let within = |some: &[&Row], others: &[&Row]| {
        (0..row.cells.len()).all(|witness| !held(some, witness) || held(others, witness))
    };
    let nested = within(unit, &[row]) || within(&[row], unit);
    joined * 3 > votes * 2 && nested && letters < ENDLESS
}

/// A unit out of its rows.
fn unit(segments: &[Segment], rows: &[&Row], witnesses: usize) -> Unit {
    let cells = (0..witnesses)
        .map(|witness| {
            let own = rows.iter().filter_map(|row| row.cells.get(witness)).flatten();
            let mut own: Vec<usize> = own.copied().collect();
            own.sort_unstable();
            Cell { parts: parts(segments, &own), moved: false, confidence: sure(segments, &own) }
        })
        .collect();
    let lines = rows.iter().map(|row| line(segments, row)).collect();
    Unit { cells, lines, confidence: 0, reviewed: false }
}

/// How sure some segments stand where they do, from 0 to 100, longer ones counting more.
fn sure(segments: &[Segment], own: &[usize]) -> u8 {
    let own = || own.iter().filter_map(|&at| segments.get(at));
    let mass: f32 = own().map(|it| it.length.exp()).sum();
    let sum: f32 = own().map(|it| it.length.exp() * f32::from(it.sure)).sum();
    (sum / mass.max(1.0)).round() as u8
}

/// One row as the sentences of each version.
fn line(segments: &[Segment], row: &Row) -> Line {
    let own = |(witness, cell): (usize, &Vec<usize>)| {
        parts(segments, cell).into_iter().map(move |part| (witness as u32, part))
    };
    Line { parts: row.cells.iter().enumerate().flat_map(own).collect() }
}

/// Segments as parts of passages: neighbours are joined; a stretch apart from the first says it again.
fn parts(segments: &[Segment], own: &[usize]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    let mut again = false;
    for &at in own {
        let Some(segment) = segments.get(at) else { continue };
        let (from, to) = segment.range;
        again |= last.is_some_and(|last| at != last + 1);
        match parts.last_mut() {
            Some(part) if part.passage == segment.passage && part.to == from => part.to = to,
            _ => parts.push(Part { passage: segment.passage, from, to, again }),
        }
        last = Some(at);
    }
    parts
}

/// Marks the cells of a version that stand outside the longest stretch of common order.
fn mark_moved(units: &mut [Unit], witness: usize) {
    let mut met: Vec<((u32, u32), usize, u64)> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let parts = unit.cells.get(witness).map_or(&[][..], |cell| &cell.parts);
        if let Some(first) = parts.first() {
            let size = parts.iter().map(|part| u64::from(part.to - part.from)).sum();
            met.push(((first.passage, first.from), place, size));
        }
    }
    met.sort_unstable();
    let places: Vec<usize> = met.iter().map(|it| it.1).collect();
    let kept = rising(&places, |at| met.get(at).map_or(0, |it| it.2));
    for (at, place) in places.iter().enumerate() {
        let cell = units.get_mut(*place).and_then(|unit| unit.cells.get_mut(witness));
        if let Some(cell) = cell.filter(|_| !kept.contains(&at)) {
            cell.moved = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_rising_subsequence_wins() {
        assert_eq!(rising(&[3, 0, 1, 2], |_| 1), [1, 2, 3]);
        assert_eq!(rising(&[3, 0, 1, 2], |at| if at == 0 { 9 } else { 1 }), [0]);
        assert!(rising(&[], |_| 1).is_empty());
    }
}
