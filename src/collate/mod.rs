//! Collate, the third stage: the versions of a statement are set against each other.
//!
//! Takes the passages of a statement's versions and gives the [`Synopsis`]: rows of aligned passages,
//! what is moved, missing, repeated, and the facts that differ. One statement at a time, from any
//! thread; what the archive as a whole teaches is learned once before, by [`learn`].

mod affinity;
mod cut;
mod lexicon;
mod path;
mod rounds;
mod segment;
mod sentence;
mod units;
mod weave;

use crate::vocab::lang::Lang;

/// One version of a statement, as collating sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The document's name: `pl/komentarz-25dd91`.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// Its passages in plain text: first the title, then those of the body in order, so that passage
    /// `n` is `#pn` of the document page and passage 0 is the title.
    pub passages: Vec<String>,
}

/// What the archive teaches about its languages: lengths and words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    glosses: lexicon::Glosses,
}

/// A statement's versions set against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synopsis {
    /// The units, in the order of the version that leads.
    pub units: Vec<Unit>,
    /// The facts that differ.
    pub findings: Vec<Finding>,
}

/// What all versions say in one place: a row of the synopsis.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// One cell a version, in the order of the witnesses.
    pub cells: Vec<Cell>,
    /// The unit sentence by sentence: what says the same in each version.
    pub lines: Vec<Line>,
    /// How sure the alignment is, from 0 to 100.
    pub confidence: u8,
    /// Whether a curator has looked at it.
    pub reviewed: bool,
}

/// What the versions of a unit say in one sentence of it: a link to follow by eye.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Witness and part, by witness and in each version's order.
    pub parts: Vec<(u32, Part)>,
}

/// What one version has of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The parts of passages that stand here, in the version's order; empty is a lacuna.
    pub parts: Vec<Part>,
    /// Whether it stands elsewhere in this version's own order than in the leading one.
    pub moved: bool,
}

/// A passage, or some sentences of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Which passage of the witness.
    pub passage: u32,
    /// The bytes of the passage's plain text: whole sentences.
    pub from: u32,
    /// Where they end.
    pub to: u32,
    /// Whether this says again what another part of the cell already says.
    pub again: bool,
}

/// A fact that versions state differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which unit.
    pub unit: u32,
    /// What kind of fact.
    pub kind: Kind,
    /// The words in each version that says something here: witness and words; empty words where the
    /// version lacks what the others have.
    pub readings: Vec<(u32, String)>,
    /// How sure it is, from 0 to 100.
    pub confidence: u8,
}

/// The kinds of facts that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number, an ordinal or a percentage.
    Number,
    /// A date.
    Date,
    /// A person, a place or a body.
    Name,
    /// "About", "at least", "according to preliminary data".
    Hedge,
    /// A negation.
    Negation,
    /// A term that the curator watches.
    Term,
    /// Quotation marks.
    Quotation,
}

/// How the versions of a statement are fetched by its number.
pub type Fetch<'a> = &'a (dyn Fn(usize) -> Vec<Witness> + Sync);

/// Learns from `count` statements what collating any of them stands on. Statements are fetched one at
/// a time, so that they need not stand in memory together.
pub fn learn(count: usize, fetch: Fetch) -> Lexicon {
    let mut lexicon = Lexicon::default();
    if count < 3 { return lexicon; }
    for round in 0..lexicon::g("lrounds", 2.0) as usize {
    use rayon::prelude::*;
    let mut all: Vec<lexicon::RowWords> = (0..count).into_par_iter().flat_map_iter(|at| {
        let witnesses = fetch(at);
        let mut sorted: Vec<&Witness> = witnesses.iter().collect();
        sorted.sort_by(|a,b| a.name.cmp(&b.name));
        let woven = rounds::weave(&sorted, &lexicon.glosses);
        let _ = round;
        woven.row_words(at as u32, &sorted)
    }).collect();
    lexicon.glosses = lexicon::Glosses::learn(&all, lexicon::g("stm",2.0) as u32, lexicon::g("disc", 0.7));
    }
    lexicon
}
pub static ROUNDS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(2);

/// Sets the versions of one statement against each other.
pub fn collate(witnesses: &[Witness], lexicon: &Lexicon) -> Synopsis {
    let mut order: Vec<usize> = (0..witnesses.len()).collect();
    order.sort_by(|&a,&b| witnesses[a].name.cmp(&witnesses[b].name));
    let sorted: Vec<&Witness> = order.iter().map(|&a| &witnesses[a]).collect();
    let woven = rounds::weave(&sorted, &lexicon.glosses);
    let mut units = units::units(&woven, witnesses.len());
    for unit in &mut units {
        let mut cells = vec![Cell::default(); witnesses.len()];
        for (w, cell) in unit.cells.drain(..).enumerate() { cells[order[w]] = cell; }
        unit.cells = cells;
        for line in &mut unit.lines { for part in &mut line.parts { part.0 = order[part.0 as usize] as u32; } line.parts.sort(); }
    }
    Synopsis { units, findings: Vec::new() }
}
