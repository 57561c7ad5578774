//! Collate, the third stage: the versions of a statement are set against each other.
//!
//! Takes the passages of a statement's versions and gives the [`Synopsis`]: rows of aligned passages,
//! what is moved, missing, repeated, and the facts that differ. One statement at a time, from any
//! thread; what the archive as a whole teaches is learned once before, in [`lessons`].

mod affinity;
mod again;
pub mod align_file;
mod certainty;
mod classes;
pub mod couples;
mod cut;
pub mod diff;
mod evidence;
mod facts;
mod index;
mod keys;
mod lattice;
pub mod ledger;
pub mod lessons;
mod lexicon;
pub mod names;
mod overlong;
mod pairing;
mod partners;
mod path;
mod pins;
mod profile;
mod quires;
mod relay;
mod rounds;
mod score;
mod segment;
mod sentence;
mod stretch;
mod taught;
pub mod terms;
mod units;
mod weave;

use serde::{Deserialize, Serialize};

use self::align_file::{Fault, Pin};
pub use self::evidence::Evidence;
use self::evidence::Text;
use self::facts::{Facts, Tables};
use self::lexicon::Dictionary;
use self::terms::Terms;
use crate::vocab::lang::Lang;
use crate::vocab::page::Page;
use crate::vocab::prose;

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

impl Witness {
    /// A page as collating sees it.
    pub fn of(name: &str, page: &Page) -> Self {
        let body = prose::passages(&page.body).into_iter().map(|passage| passage.text);
        Self::with(name, (page, page.has_own_title()), body)
    }

    /// The same page where it is known whether its title is its own, and what its passages are.
    pub fn with(
        name: &str,
        (page, titled): (&Page, bool),
        passages: impl Iterator<Item = String>,
    ) -> Self {
        let title = if titled { page.head.title.clone() } else { String::new() };
        Self {
            name: name.to_owned(),
            lang: page.head.lang.clone(),
            passages: std::iter::once(title).chain(passages).collect(),
        }
    }
}

/// What the archive teaches about its languages, and what the program knows of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    dictionary: Dictionary,
    #[serde(skip, default = "Tables::read")]
    tables: Tables,
}

impl Default for Lexicon {
    /// What is known before any archive has taught anything.
    fn default() -> Self {
        Self { dictionary: Dictionary::default(), tables: Tables::read() }
    }
}

/// What a curator says of a statement before it is collated.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Guide {
    /// The passages that the curator tied together, of this statement only.
    pub pins: Vec<Pin>,
    /// The terms that the curator watches.
    pub terms: Terms,
}

/// A statement's versions set against each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Synopsis {
    /// The units, in the order of the version that leads.
    pub units: Vec<Unit>,
    /// The facts that differ.
    pub findings: Vec<Finding>,
}

/// What all versions say in one place: a row of the synopsis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Witness and part, by witness and in each version's order.
    pub parts: Vec<(u32, Part)>,
}

/// What one version has of a unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The parts of passages that stand here, in the version's order; empty is a lacuna.
    pub parts: Vec<Part>,
    /// Whether it stands elsewhere in this version's own order than in the leading one.
    pub moved: bool,
    /// How likely the parts belong here, from 0 to 100; 0 for a lacuna.
    pub confidence: u8,
}

/// A passage, or some sentences of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// How sure a finding must be to be told. A figure that one version seems to leave out has more often
/// been written in another way or stands elsewhere; a report with false alarms is not read.
const TOLD: u8 = 60;

/// Sets the versions of one statement against each other.
pub fn collate(witnesses: &[Witness], lexicon: &Lexicon) -> Synopsis {
    collate_guided(witnesses, &Evidence::of(witnesses), lexicon, &Guide::default()).0
}

/// Sets the versions of one statement, which have been read, against each other where a curator has a word
/// in it; and what of that word could not be followed.
pub fn collate_guided(
    witnesses: &[Witness],
    evidence: &Evidence,
    lexicon: &Lexicon,
    guide: &Guide,
) -> (Synopsis, Vec<Fault>) {
    let (places, texts): (Vec<usize>, Vec<Text>) = evidence.by_name(witnesses).into_iter().unzip();
    let woven = rounds::weave(&texts, &lexicon.dictionary);
    let mut units = units::units(&woven, witnesses.len());
    restore(&mut units, &places);
    let (tied, faults) = align_file::found(&guide.pins, witnesses);
    pins::apply(&mut units, &tied);
    units::mark_all_moved(&mut units, witnesses.len());
    let mut findings = findings((witnesses, evidence), lexicon, &units);
    findings.extend(guide.terms.findings(witnesses, &units));
    findings.sort_by_key(|it| (it.unit, it.kind));
    (Synopsis { units, findings }, faults)
}

/// The facts that differ in rows that are known, but for the terms that a curator watches.
fn findings(read: (&[Witness], &Evidence), lexicon: &Lexicon, units: &[Unit]) -> Vec<Finding> {
    let mut findings = Facts::read(read, &lexicon.tables).findings(units);
    findings.retain(|it| it.confidence >= TOLD);
    findings
}

/// Brings the cells back from the order of the names into the order of the list, in which each has its place.
fn restore(units: &mut [Unit], places: &[usize]) {
    for unit in units {
        let mut cells = vec![Cell::default(); places.len()];
        for (cell, &place) in unit.cells.drain(..).zip(places) {
            if let Some(slot) = cells.get_mut(place) {
                *slot = cell;
            }
        }
        unit.cells = cells;
        for line in &mut unit.lines {
            for (witness, _) in &mut line.parts {
                *witness = places.get(*witness as usize).copied().unwrap_or(0) as u32;
            }
            line.parts.sort_unstable();
        }
    }
}
