//! A synopsis as the page shows it: each cell with its state, each version with its counts.

use std::collections::BTreeMap;

use crate::collate::diff::{Change, diff};
use crate::collate::{Cell, Line, Part, Synopsis, Unit, ledger};
use crate::compose::view::{CellView, Differs, Mark, PartView, Piece, Row, Run, Tally};
use crate::vocab::page::Head;

/// For each version: which rows hold a part of each of its passages.
type Holders = Vec<BTreeMap<u32, Vec<usize>>>;

/// How many passages there are of each kind, over all versions.
///
/// Of a moved or repeated passage every cell counts; a passage that one version alone has counts once,
/// and not as missing from the others, which would drown what is really missing.
pub(super) fn tally(synopsis: &Synopsis) -> Tally {
    let mut tally = Tally { findings: synopsis.findings.len(), ..Tally::default() };
    for (at, unit) in synopsis.units.iter().enumerate() {
        for column in 0..unit.cells.len() {
            count(&mut tally, state(synopsis, (at, column)));
        }
    }
    tally
}

/// Counts a cell by its state.
pub(super) fn count(tally: &mut Tally, state: &str) {
    let field = match state {
        "full" => &mut tally.present,
        "gap" => &mut tally.missing,
        "only" => &mut tally.only,
        "moved" => &mut tally.moved,
        "again" => &mut tally.again,
        "merged" => &mut tally.merged,
        "split" => &mut tally.split,
        _ => return,
    };
    *field += 1;
}

/// Which rows hold each passage of each version. What is said again does not count.
pub(super) fn holders(synopsis: &Synopsis) -> Holders {
    let columns = synopsis.units.iter().map(|unit| unit.cells.len()).max().unwrap_or(0);
    let mut holders: Holders = vec![BTreeMap::new(); columns];
    for (row, unit) in synopsis.units.iter().enumerate() {
        for (held, cell) in holders.iter_mut().zip(&unit.cells) {
            for part in cell.parts.iter().filter(|part| !part.again) {
                let rows = held.entry(part.passage).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
    }
    holders
}

/// What the ledger says of a cell, given by its row and its column, as the theme knows it.
fn state(synopsis: &Synopsis, (row, column): (usize, usize)) -> &'static str {
    let Some(unit) = synopsis.units.get(row) else { return "none" };
    let filled = unit.cells.iter().filter(|it| !it.parts.is_empty()).count();
    match synopsis.mark(row, column) {
        // Where one version alone says something, the others lack nothing.
        ledger::Mark::Missing if filled < 2 => "none",
        ledger::Mark::Missing => "gap",
        ledger::Mark::Only => "only",
        ledger::Mark::Repeated => "again",
        ledger::Mark::Moved => "moved",
        ledger::Mark::Merged => "merged",
        ledger::Mark::Split => "split",
        ledger::Mark::Present => "full",
    }
}

/// The other rows that hold a part of a passage of this cell.
fn shares(holders: &Holders, cell: &Cell, (row, column): (usize, usize)) -> Vec<usize> {
    let held = holders.get(column);
    let passages = cell.parts.iter().filter(|part| !part.again).map(|part| part.passage);
    let rows = passages.filter_map(|passage| held?.get(&passage)).flatten().copied();
    let mut rows: Vec<usize> = rows.filter(|&it| it != row).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// How many paragraphs of its version a cell is spread over.
fn split(cell: &Cell) -> usize {
    let passages = cell.parts.iter().filter(|part| !part.again).map(|part| part.passage);
    passages.collect::<std::collections::BTreeSet<_>>().len()
}

/// A version as its cells need it.
pub(super) struct Voice<'a> {
    /// What is stated about it: its language, and that of its passages.
    pub(super) head: &'a Head,
    /// The name of its language, with a number where two versions share it.
    pub(super) label: String,
    /// The way to its document.
    pub(super) href: String,
    /// Its passages; the title first.
    pub(super) passages: Vec<String>,
}

/// The number of the first row: 0 where it holds the titles, so that row 1 is the first of the text.
pub(in crate::compose) fn first(synopsis: &Synopsis) -> usize {
    let titles = synopsis.units.first().is_some_and(|unit| {
        unit.cells.iter().flat_map(|cell| &cell.parts).any(|part| part.passage == 0)
    });
    usize::from(!titles)
}

/// The rows of a synopsis.
pub(super) fn rows<'a>(
    synopsis: &Synopsis,
    holders: &Holders,
    voices: &[Voice<'a>],
) -> Vec<Row<'a>> {
    let first = first(synopsis);
    let row = |at: usize| Row {
        number: at + first,
        cells: (0..voices.len())
            .filter_map(|column| cell(synopsis, holders, voices, (at, column)))
            .collect(),
        sure: synopsis.units.get(at).map_or("low", |unit| sure(unit.confidence)),
        reviewed: synopsis.units.get(at).is_some_and(|unit| unit.reviewed),
    };
    (0..synopsis.units.len()).map(row).collect()
}

/// A cell, given by its row and its column.
fn cell<'a>(
    synopsis: &Synopsis,
    holders: &Holders,
    voices: &[Voice<'a>],
    (row, column): (usize, usize),
) -> Option<CellView<'a>> {
    let unit = synopsis.units.get(row)?;
    let cell = unit.cells.get(column)?;
    let voice = voices.get(column)?;
    let first = first(synopsis);
    let shares: Vec<String> = shares(holders, cell, (row, column))
        .into_iter()
        .map(|row| (row + first).to_string())
        .collect();
    let split = split(cell);
    Some(CellView {
        column: column + 1,
        lang: voice.head.lang.as_str(),
        dir: voice.head.lang.direction(),
        label: voice.label.clone(),
        state: state(synopsis, (row, column)),
        parts: parts(synopsis, voice, (row, column)),
        moved: cell.moved,
        sure: sure(unit.confidence_of(cell)),
        shares: shares.join(", "),
        split: if split > 1 { split } else { 0 },
        differs: differs(synopsis, voices, (row, column)),
    })
}

/// A cell against the first one of its row in the same language, where there is one before it.
fn differs(
    synopsis: &Synopsis,
    voices: &[Voice],
    (row, column): (usize, usize),
) -> Option<Differs> {
    let said = |at: usize| {
        let parts = parts(synopsis, voices.get(at)?, (row, at)).into_iter().filter(|it| !it.again);
        let words =
            |it: PartView| it.pieces.into_iter().map(|piece| piece.text).collect::<String>();
        Some(parts.map(words).collect::<Vec<_>>().join(" ")).filter(|it| !it.is_empty())
    };
    let own = voices.get(column)?;
    let same =
        |at: &usize| voices.get(*at).is_some_and(|it| it.head.lang.base() == own.head.lang.base());
    let before = (0..column).filter(same).find_map(|at| Some((at, said(at)?)));
    let (other, old) = before?;
    let runs: Vec<Run> = diff(&old, &said(column)?).into_iter().map(run).collect();
    Some(Differs {
        column: other + 1,
        label: voices.get(other)?.label.clone(),
        same: runs.iter().all(|it| it.state == "same"),
        runs,
    })
}

/// A change as a theme sees it.
fn run(change: Change) -> Run {
    let (state, text) = match change {
        Change::Same(text) => ("same", text),
        Change::New(text) => ("added", text),
        Change::Gone(text) => ("omitted", text),
    };
    Run { state, text }
}

/// The text of a cell, given by its row and its column. Parts that follow each other in one passage are
/// set as one.
fn parts(synopsis: &Synopsis, voice: &Voice, (row, column): (usize, usize)) -> Vec<PartView> {
    let Some(unit) = synopsis.units.get(row) else { return Vec::new() };
    let mut parts: Vec<PartView> = Vec::new();
    for part in unit.cells.get(column).map(|it| it.parts.as_slice()).unwrap_or_default() {
        let Some(passage) = voice.passages.get(part.passage as usize) else { continue };
        let pieces = pieces(passage, part, &lines(unit, column));
        let other = voice.head.lang_of(part.passage);
        match parts.last_mut() {
            Some(last) if last.passage == part.passage && last.again == part.again => {
                last.pieces.push(Piece { text: " ".to_owned(), line: 0 });
                last.pieces.extend(pieces);
            }
            _ => parts.push(PartView {
                lang: other.map(ToString::to_string).unwrap_or_default(),
                dir: other.unwrap_or(&voice.head.lang).direction(),
                pieces,
                passage: part.passage,
                href: format!("{}#p{}", voice.href, part.passage),
                again: part.again,
            }),
        }
    }
    parts
}

/// Where in one version the lines of a unit stand that several versions share, with their numbers from 1;
/// none where the unit is one line, since then the whole row says the same.
fn lines(unit: &Unit, column: usize) -> Vec<(Part, usize)> {
    let shared = |line: &&Line| {
        let mut versions = line.parts.iter().map(|(version, _)| version);
        let one = versions.next();
        versions.any(|it| Some(it) != one)
    };
    let shared: Vec<&Line> = unit.lines.iter().filter(shared).collect();
    if shared.len() < 2 {
        return Vec::new();
    }
    let own = |(line, number): (&&Line, usize)| {
        let parts: Vec<_> = line.parts.iter().filter(|(it, _)| *it as usize == column).collect();
        parts.into_iter().map(|(_, part)| (*part, number)).collect::<Vec<_>>()
    };
    shared.iter().zip(1..).flat_map(own).collect()
}

/// The words of a part, cut where a line begins or ends.
fn pieces(passage: &str, part: &Part, lines: &[(Part, usize)]) -> Vec<Piece> {
    let inside = |it: &u32| (part.from..part.to).contains(it);
    let own: Vec<&(Part, usize)> =
        lines.iter().filter(|(line, _)| line.passage == part.passage).collect();
    let edges = own.iter().flat_map(|(line, _)| [line.from, line.to]).filter(inside);
    let mut edges: Vec<u32> = edges.chain([part.from, part.to]).collect();
    edges.sort_unstable();
    edges.dedup();
    let line_at = |at: u32| {
        let found = own.iter().find(|(line, _)| (line.from..line.to).contains(&at));
        found.map_or(0, |(_, number)| *number)
    };
    let cut = |edge: &[u32]| {
        let &[from, to] = edge else { return None };
        let text = passage.get(from as usize..to as usize)?;
        Some(Piece { text: text.to_owned(), line: line_at(from) })
    };
    let mut found: Vec<Piece> = edges.windows(2).filter_map(cut).collect();
    if found.is_empty() {
        found.push(Piece { text: passage.to_owned(), line: 0 });
    }
    trim(&mut found);
    found
}

/// Takes white space from both ends.
fn trim(pieces: &mut [Piece]) {
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
}

/// The strip of one version: a mark for each row.
pub(super) fn strip(synopsis: &Synopsis, column: usize) -> Vec<Mark> {
    let first = first(synopsis);
    (0..synopsis.units.len())
        .map(|row| Mark { row: row + first, state: state(synopsis, (row, column)) })
        .collect()
}

/// A confidence from 0 to 100 as readers are told it.
pub(crate) fn sure(confidence: u8) -> &'static str {
    match confidence {
        75.. => "high",
        45.. => "middle",
        _ => "low",
    }
}
