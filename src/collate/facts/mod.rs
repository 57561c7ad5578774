//! The facts that differ: what versions of one unit state differently.
//!
//! What a version leaves out altogether is the ledger's business. Everything here would rather be silent
//! than wrong.

mod clocks;
mod exchanges;
mod figures;
pub(super) mod forms;
mod hedges;
mod hours;
mod negations;
mod quotes;
mod surnames;
mod units;
mod zones;

use std::collections::{BTreeMap, BTreeSet};

use self::exchanges::Exchanges;
use self::figures::figures;
use self::hedges::{Hedge, Hedges};
use self::hours::Hours;
use self::negations::Negations;
use self::zones::Zones;
use super::{Evidence, Finding, Kind, Line, Part, Unit, Witness};
use crate::vocab::evidence::quantity::{self, Measure, Quantity};
use crate::vocab::evidence::{Space, Trace, traces};
use crate::vocab::lang::Lang;
use crate::vocab::letter::{is_digit, is_letter};

/// What the program knows of the words of languages: how they say "about", and how they say no.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    hedges: Hedges,
    negations: Negations,
}

impl Tables {
    /// Reads the tables that the program carries.
    pub(crate) fn read() -> Self {
        Self { hedges: Hedges::table(), negations: Negations::table() }
    }
}

/// What one version says in a sentence of a unit.
struct Said<'a> {
    witness: usize,
    lang: &'a Lang,
    text: &'a str,
    /// The passage that holds it.
    passage: &'a str,
    /// Whether the version quotes at all, and not right before this passage, which was torn off.
    quotes: bool,
}

/// How many numbers make a word a jumble.
const JUMBLED: usize = 3;

/// A value with what it measures.
pub(super) type Value = (Measure, u64);

/// The facts of all versions, by witness and passage.
pub(crate) struct Facts<'a> {
    witnesses: &'a [Witness],
    evidence: &'a Evidence,
    tables: &'a Tables,
    quantities: Vec<Vec<Vec<Quantity>>>,
    /// Which versions quote at all.
    quotes: Vec<bool>,
}

/// A figure as a version states it.
#[derive(Clone)]
pub(super) struct Figure {
    pub(super) value: Value,
    /// The line of the unit in which it stands.
    pub(super) line: usize,
    /// How it is written.
    pub(super) words: String,
    /// Where it stands: passage, and the bytes in it.
    pub(super) at: (u32, u32, u32),
    /// The letters to which it is joined, in lower case: `debconf` of `DebConf13`; or the colon behind which
    /// minutes stand, and their hour as a clock with hands shows it: `:3` of `15:30`.
    pub(super) front: String,
}

/// What one version states in a unit.
#[derive(Default)]
pub(super) struct Stated {
    /// What it states firmly, in the order of the text.
    pub(super) firm: Vec<Figure>,
    /// All readings, each with the passages and bytes where it stands.
    all: BTreeMap<Value, BTreeSet<(u32, u32)>>,
    /// How often what is firm stands in the units beside this one.
    near: BTreeMap<Value, usize>,
    /// The lines in which the version stands.
    pub(super) lines: BTreeSet<usize>,
}

impl Stated {
    /// How often a value can be read in the unit.
    pub(super) fn times(&self, value: Value) -> usize {
        self.all.get(&value).map_or(0, BTreeSet::len)
    }

    /// How often a value can be read in the unit and the units beside it.
    pub(super) fn around(&self, value: Value) -> usize {
        self.times(value) + self.near.get(&value).copied().unwrap_or(0)
    }
}

impl<'a> Facts<'a> {
    /// Reads the facts of the versions.
    pub(crate) fn read(
        (witnesses, evidence): (&'a [Witness], &'a Evidence),
        tables: &'a Tables,
    ) -> Self {
        let zones = Zones::table();
        let of = |(place, own): (usize, &Witness)| {
            let passages = own.passages.iter().zip(evidence.version(place));
            let read = |(text, traces): (&String, &Vec<Trace>)| {
                zones.add_hours(text, quantity::stated(text, &own.lang, traces))
            };
            passages.map(read).collect()
        };
        let quotes = |witness: &Witness| {
            witness.passages.iter().any(|it| !quotes::quotations(it).is_empty())
        };
        Self {
            witnesses,
            evidence,
            tables,
            quantities: witnesses.iter().enumerate().map(of).collect(),
            quotes: witnesses.iter().map(quotes).collect(),
        }
    }

    /// The findings of all units.
    pub(crate) fn findings(&self, units: &[Unit]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let hours = Hours { witnesses: self.witnesses };
        let are_one = |one: (usize, &Figure), other: (usize, &Figure)| {
            hours.are_one(one, other) || units::are_one(self.witnesses, one, other)
        };
        let exchanges = Exchanges::read(self.witnesses, self.evidence, units);
        for (place, unit) in units.iter().enumerate() {
            let stated = self.stated(units, place);
            figures(place, &stated, &are_one, &mut findings);
            self.hedged(place, unit, &mut findings);
            for line in &unit.lines {
                exchanges.findings(place, line, &mut findings);
                let line = self.said(line);
                self.tables.negations.findings(place, &line, &mut findings);
                quotes::findings(place, &line, &mut findings);
                surnames::findings(place, &line, self.witnesses, &mut findings);
            }
        }
        findings
    }

    /// What the versions say in a line; nothing of a line in which one of them stands in several parts.
    fn said(&self, line: &Line) -> Vec<Said<'a>> {
        let said = |&(witness, part): &(u32, Part)| {
            let own = self.witnesses.get(witness as usize)?;
            let text = self.words(witness as usize, part.passage, (part.from, part.to));
            let passage = own.passages.get(part.passage as usize)?;
            let quotes = self.quotes.get(witness as usize).is_some_and(|it| *it)
                && !quotes::are_torn_off(&own.passages, part.passage as usize);
            Some(Said { witness: witness as usize, lang: &own.lang, text, passage, quotes })
        };
        if is_single(line) { line.parts.iter().filter_map(said).collect() } else { Vec::new() }
    }

    /// The quantities that stand in a part.
    fn within(&self, witness: usize, part: &Part) -> impl Iterator<Item = &Quantity> {
        let passage = self.quantities.get(witness).and_then(|it| it.get(part.passage as usize));
        let inside = |it: &&Quantity| it.from >= part.from && it.to <= part.to;
        passage.map(Vec::as_slice).unwrap_or_default().iter().filter(inside)
    }

    /// The words of a version at some bytes of a passage.
    fn words(&self, witness: usize, passage: u32, (from, to): (u32, u32)) -> &'a str {
        words(self.witnesses, witness, (passage, from, to))
    }

    /// What every version states in a unit.
    fn stated(&self, units: &[Unit], place: usize) -> Vec<Stated> {
        let mut stated: Vec<Stated> = self.witnesses.iter().map(|_| Stated::default()).collect();
        let lines = units.get(place).map(|unit| unit.lines.as_slice()).unwrap_or_default();
        for (number, line) in lines.iter().enumerate() {
            for (witness, part) in &line.parts {
                let Some(own) = stated.get_mut(*witness as usize) else { continue };
                own.lines.insert(number);
                for it in self.within(*witness as usize, part) {
                    let at = (part.passage, it.from);
                    own.all.entry((it.measure, it.value)).or_default().insert(at);
                    if it.firm && !self.is_jumbled(*witness as usize, part.passage, it) {
                        own.firm.push(self.figure(*witness as usize, part.passage, it, number));
                    }
                }
            }
        }
        let around = place.saturating_sub(1)..units.len().min(place + 2);
        for (_, unit) in
            around.filter(|it| *it != place).filter_map(|it| Some((it, units.get(it)?)))
        {
            for (witness, (cell, own)) in unit.cells.iter().zip(&mut stated).enumerate() {
                let near = cell.parts.iter().flat_map(|part| self.within(witness, part));
                for it in near.filter(|it| it.firm) {
                    *own.near.entry((it.measure, it.value)).or_default() += 1;
                }
            }
        }
        stated
    }

    /// Whether a quantity stands in a jumble of letters and digits that means nothing, a checksum or a key; or
    /// tells a time zone.
    fn is_jumbled(&self, witness: usize, passage: u32, it: &Quantity) -> bool {
        let inner = |c: char| c.is_ascii_alphanumeric();
        let before = self.words(witness, passage, (0, it.from));
        if zones::ends_in_offset(before) {
            return true;
        }
        let text = self.witnesses.get(witness).and_then(|it| it.passages.get(passage as usize));
        let behind = text.and_then(|text| text.get(it.from as usize..)).unwrap_or_default();
        let before = before.get(before.trim_end_matches(inner).len()..).unwrap_or_default();
        let behind = behind.split(|c: char| !inner(c)).next().unwrap_or_default();
        let digits = |text: &str| {
            text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).count()
        };
        digits(before) + digits(behind) >= JUMBLED
    }

    /// A quantity as it is written in a passage of a version.
    fn figure(&self, witness: usize, passage: u32, it: &Quantity, line: usize) -> Figure {
        let words = self.words(witness, passage, (it.from, it.to)).to_owned();
        let before = self.words(witness, passage, (0, it.from));
        let hour = before.strip_suffix(':').and_then(quantity::trailing);
        let front = hour.map(|it| format!(":{}", it % 12));
        let front = front.unwrap_or_else(|| letters_before(before).to_lowercase());
        Figure { value: (it.measure, it.value), line, words, at: (passage, it.from, it.to), front }
    }

    /// Figures that some versions hedge and others state as exact.
    fn hedged(&self, place: usize, unit: &Unit, findings: &mut Vec<Finding>) {
        let mut by_value: BTreeMap<Value, Vec<(usize, &Part, &Quantity)>> = BTreeMap::new();
        for (witness, cell) in unit.cells.iter().enumerate() {
            for part in &cell.parts {
                for it in
                    self.within(witness, part).filter(|it| self.can_be_hedged(witness, part, it))
                {
                    by_value.entry((it.measure, it.value)).or_default().push((witness, part, it));
                }
            }
        }
        let from = findings.len();
        for figures in by_value.into_values() {
            let sure = figures.iter().filter(|it| self.hedge_words(it.0, it.1, it.2).is_some());
            if sure.map(|it| it.0).collect::<BTreeSet<usize>>().len() < 2 {
                continue;
            }
            let mut hedges: BTreeMap<usize, Hedge> = BTreeMap::new();
            for (witness, part, it) in figures {
                let known = hedges.entry(witness).or_insert(Hedge::None);
                if *known == Hedge::None {
                    *known = self.hedge(witness, part, it);
                }
            }
            let told = hedges.into_iter().filter_map(|(witness, hedge)| match hedge {
                Hedge::Words(words) => Some((witness, words)),
                Hedge::None => Some((witness, String::new())),
                Hedge::Unclear => None,
            });
            let told: BTreeMap<usize, String> = told.collect();
            let without = told.values().filter(|it| it.is_empty()).count();
            let with = told.len() - without;
            if with >= 2 && without == 1 || with >= 3 && without == 2 {
                let finding = finding(place, Kind::Hedge, told, 60 + 5 * with.min(4) as u8);
                if !findings.iter().skip(from).any(|it| it.readings == finding.readings) {
                    findings.push(finding);
                }
            }
        }
    }

    /// Whether a figure can be inexact: a number that is no year and no word, no part of an hour or of a name such
    /// as `2.6`, `PC-680` or `IPv6`, and counts no place in a row.
    fn can_be_hedged(&self, witness: usize, part: &Part, it: &Quantity) -> bool {
        let text = self.words(witness, part.passage, (0, it.from));
        let behind = self.words(witness, part.passage, (it.to, part.to));
        let hour = text.ends_with(':') || behind.starts_with(':');
        let joined = text.ends_with('.') || !letters_before(text.trim_end_matches('-')).is_empty();
        let year = (100_000..=210_000).contains(&it.value) && it.to - it.from == 4;
        let version = it.value < 1000 && !it.value.is_multiple_of(100) || is_dotted(behind);
        let number = it.firm && it.measure == Measure::Number && it.value > 0;
        number
            && !self.is_spelled(witness, part, it)
            && !hour
            && !year
            && !version
            && !joined
            && !hedges::is_ordinal(text, behind)
    }

    /// Whether a number is written in words, of which the beginning may be a hedge itself. Han numerals are figures.
    fn is_spelled(&self, witness: usize, part: &Part, it: &Quantity) -> bool {
        let han = |lang: &Lang| matches!(lang.base(), "zh" | "ja" | "yue");
        let figures = self.witnesses.get(witness).is_some_and(|own| han(&own.lang));
        !figures && !self.words(witness, part.passage, (it.from, it.to)).contains(is_digit)
    }

    /// The hedge that belongs to a figure.
    fn hedge_words(&self, witness: usize, part: &Part, it: &Quantity) -> Option<String> {
        let own = self.witnesses.get(witness)?;
        let text = self.words(witness, part.passage, (0, part.to));
        self.tables.hedges.words(text, &own.lang, (it.from as usize, it.to as usize))
    }

    /// What stands at a figure.
    fn hedge(&self, witness: usize, part: &Part, it: &Quantity) -> Hedge {
        let Some(own) = self.witnesses.get(witness) else { return Hedge::Unclear };
        let text = self.words(witness, part.passage, (0, part.to));
        self.tables.hedges.at(text, &own.lang, (it.from as usize, it.to as usize))
    }
}

/// The words of a version at a passage and some bytes of it.
fn words(witnesses: &[Witness], witness: usize, (passage, from, to): (u32, u32, u32)) -> &str {
    let text = witnesses.get(witness).and_then(|it| it.passages.get(passage as usize));
    text.and_then(|it| it.get(from as usize..to as usize)).unwrap_or_default()
}

/// The letters of a script with capitals at the end of a text.
fn letters_before(text: &str) -> &str {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    text.get(text.trim_end_matches(cased).len()..).unwrap_or_default()
}

/// Whether more digits follow behind a point, as in `6.0.4`.
fn is_dotted(behind: &str) -> bool {
    behind.strip_prefix('.').and_then(|it| it.chars().next()).is_some_and(char::is_numeric)
}

/// Whether every version of a line stands in it in one part.
fn is_single(line: &Line) -> bool {
    line.parts.windows(2).all(|it| it[0].0 != it[1].0)
}

/// Whether words are in Latin letters though the language is not: they are quoted.
fn is_foreign(text: &str, lang: &Lang) -> bool {
    if lang.written_in().is_none_or(|it| it == "Latn") {
        return false;
    }
    let letters = || text.chars().filter(|c| is_letter(*c));
    letters().filter(char::is_ascii).count() * 2 > letters().count()
}

/// What can be recognised in a text of any language.
fn keys(text: &str, lang: &Lang) -> BTreeSet<(Space, u64)> {
    let traces = traces(text, lang).into_iter().filter(|it| it.space != Space::Word);
    traces.map(|it| (it.space, it.key)).collect()
}

/// What kind of fact a value is.
pub(super) fn kind(value: Value) -> Kind {
    match value.0 {
        Measure::Number => Kind::Number,
        Measure::Day => Kind::Date,
    }
}

/// A finding out of its readings.
pub(super) fn finding(
    unit: usize,
    kind: Kind,
    readings: BTreeMap<usize, String>,
    confidence: u8,
) -> Finding {
    let readings = readings.into_iter().map(|(witness, words)| (witness as u32, words)).collect();
    Finding { unit: unit as u32, kind, readings, confidence }
}
