//! The ribbons of a statement: how its passages lie in each version, and how they cross from one to the
//! next, as shapes for a picture.
//!
//! Each version is an upright axis on which its passages stand in its own order, as tall as they are
//! long; a ribbon leads from each passage to the same one on the next axis.

use std::fmt::Write as _;

use crate::collate::{Cell, Synopsis};
use crate::compose::view::{Ribbon, Ribbons};

/// The distance of two axes, in units of the picture.
const WIDE: usize = 200;
/// The height of an axis.
const TALL: usize = 1000;
/// Half the width of the blocks on an axis.
const HALF: usize = 9;

/// Beyond this many cells a picture would be a thicket and half a megabyte.
const MOST: usize = 2500;

/// A stretch of one version that belongs to one unit.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// Where it stands in its version: passage and byte.
    place: (u32, u32),
    unit: usize,
    again: bool,
    top: usize,
    bottom: usize,
}

/// The ribbons of a synopsis; `None` where there is nothing to cross, or too much.
pub(super) fn ribbons(synopsis: &Synopsis, first: usize) -> Option<Ribbons> {
    let versions = synopsis.units.first()?.cells.len();
    if versions < 2 || synopsis.units.len() < 2 || versions * synopsis.units.len() > MOST {
        return None;
    }
    let axes: Vec<Vec<Block>> = (0..versions).map(|version| axis(synopsis, version)).collect();
    let rows = (0..synopsis.units.len()).map(|unit| ribbon(synopsis, &axes, (unit, first)));
    Some(Ribbons { width: versions * WIDE, height: TALL, rows: rows.collect() })
}

/// The numbers of the rows in a version's own order, each where the version has it first.
pub(super) fn own_order(synopsis: &Synopsis, version: usize, first: usize) -> Vec<usize> {
    let blocks = blocks(synopsis, version);
    blocks.iter().filter(|it| !it.again).map(|it| it.unit + first).collect()
}

/// The stretches of a version in its own order; those of one unit that follow each other are one.
fn blocks(synopsis: &Synopsis, version: usize) -> Vec<Block> {
    let of = |(unit, cell): (usize, &Cell)| {
        let block = move |again: bool| {
            let mut own = cell.parts.iter().filter(|it| it.again == again);
            let place = own.clone().map(|it| (it.passage, it.from)).min()?;
            let length: u32 = own.by_ref().map(|it| it.to.saturating_sub(it.from)).sum();
            // Until it is laid out, a block that stands at 0 ends at its length.
            Some(Block { place, unit, again, top: 0, bottom: length.max(1) as usize })
        };
        [block(false), block(true)].into_iter().flatten()
    };
    let cells = synopsis.units.iter().map(|unit| unit.cells.get(version));
    let cells = cells.enumerate().filter_map(|(unit, cell)| Some((unit, cell?)));
    let mut blocks: Vec<Block> = cells.flat_map(of).collect();
    blocks.sort_by_key(|it| it.place);
    blocks
}

/// The stretches of a version laid out on its axis, as tall as they are long, with a gap between them.
fn axis(synopsis: &Synopsis, version: usize) -> Vec<Block> {
    let mut blocks = blocks(synopsis, version);
    let long: usize = blocks.iter().map(|it| it.bottom).sum();
    let gap = (TALL / 4 / blocks.len().max(1)).min(8);
    let room = TALL - gap * blocks.len();
    let mut sum = 0;
    for (at, block) in blocks.iter_mut().enumerate() {
        let from = sum * room / long.max(1);
        sum += block.bottom;
        let to = sum * room / long.max(1);
        block.top = from + gap * at;
        block.bottom = to.max(from + 2) + gap * at;
    }
    blocks
}

/// The shapes of one unit: its blocks on all axes, and the ribbons between neighbouring ones.
fn ribbon(synopsis: &Synopsis, axes: &[Vec<Block>], (unit, first): (usize, usize)) -> Ribbon {
    let mut shapes = Ribbon { number: unit + first, ..Ribbon::default() };
    let of = |axis: usize| {
        let blocks = axes.get(axis).map(Vec::as_slice).unwrap_or_default();
        blocks.iter().filter(move |it| it.unit == unit).copied()
    };
    for axis in 0..axes.len() {
        let x = axis * WIDE + WIDE / 2;
        for block in of(axis) {
            let (left, top, tall) = (x - HALF, block.top, block.bottom - block.top);
            // Writing into a String cannot fail.
            let _ = write!(shapes.blocks, "M{left} {top}h{}v{tall}h-{}z", 2 * HALF, 2 * HALF);
        }
        for (from, to) in of(axis).flat_map(|from| of(axis + 1).map(move |to| (from, to))) {
            let path = match (from.again, to.again) {
                (true, true) => continue,
                (false, false) if strays(synopsis, unit, axis) => &mut shapes.moved,
                (false, false) => &mut shapes.plain,
                _ => &mut shapes.again,
            };
            band(path, (from, x + HALF), (to, x + WIDE - HALF));
        }
    }
    shapes
}

/// Whether a unit stands elsewhere in one of two neighbouring versions and not in the other.
fn strays(synopsis: &Synopsis, unit: usize, axis: usize) -> bool {
    let cells = synopsis.units.get(unit).map(|it| it.cells.as_slice()).unwrap_or_default();
    let moved = |at: usize| cells.get(at).is_some_and(|cell| cell.moved);
    moved(axis) != moved(axis + 1)
}

/// A ribbon from the edge of one block to the edge of another.
fn band(path: &mut String, (from, left): (Block, usize), (to, right): (Block, usize)) {
    let middle = usize::midpoint(left, right);
    let _ = write!(
        path,
        "M{left} {}C{middle} {} {middle} {} {right} {}V{}C{middle} {} {middle} {} {left} {}z",
        from.top, from.top, to.top, to.top, to.bottom, to.bottom, from.bottom, from.bottom
    );
}
