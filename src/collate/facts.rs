//! The facts that differ: what versions of one unit state differently.
//!
//! A figure is a finding where most versions of a place state it and another version that stands in
//! the same place states another one instead. What a version leaves out altogether is the ledger's
//! business, but for figures that all others have. Everything here would rather be silent than wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::hedges::Hedges;
use super::{Finding, Kind, Part, Unit, Witness};
use crate::vocab::evidence::quantity::{Measure, Quantity, quantities};

/// A value with what it measures.
type Value = (Measure, u64);

/// Below this (in hundredths) a number is small: it meets others by chance and is often spelled out.
const SMALL: u64 = 1300;

/// The facts of all versions, by witness and passage.
pub(crate) struct Facts<'a> {
    witnesses: &'a [Witness],
    hedges: &'a Hedges,
    quantities: Vec<Vec<Vec<Quantity>>>,
}

/// What one version states in a unit.
#[derive(Default)]
struct Stated {
    /// Firm values, with the line and the words; in the order of the text.
    firm: Vec<(Value, usize, String)>,
    /// All readings.
    all: BTreeSet<Value>,
    /// All readings of this unit and its neighbours.
    near: BTreeSet<Value>,
    /// The lines in which the version stands.
    lines: BTreeSet<usize>,
}

impl<'a> Facts<'a> {
    /// Reads the facts of the versions.
    pub(crate) fn read(witnesses: &'a [Witness], hedges: &'a Hedges) -> Self {
        let of = |witness: &Witness| {
            witness.passages.iter().map(|text| quantities(text, &witness.lang)).collect()
        };
        Self { witnesses, hedges, quantities: witnesses.iter().map(of).collect() }
    }

    /// The findings of all units.
    pub(crate) fn findings(&self, units: &[Unit]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            let stated = self.stated(units, place);
            figures(place, &stated, &mut findings);
            self.hedged(place, unit, &mut findings);
            self.quoted(place, unit, &mut findings);
        }
        findings
    }

    /// The quantities that stand in a part.
    fn within(&self, witness: usize, part: &Part) -> impl Iterator<Item = &Quantity> {
        let passage = self.quantities.get(witness).and_then(|it| it.get(part.passage as usize));
        let inside = |it: &&Quantity| it.from >= part.from && it.to <= part.to;
        passage.map(Vec::as_slice).unwrap_or_default().iter().filter(inside)
    }

    /// The words of a version at some bytes of a passage.
    fn words(&self, witness: usize, passage: u32, from: u32, to: u32) -> String {
        let text = self.witnesses.get(witness).and_then(|it| it.passages.get(passage as usize));
        text.and_then(|it| it.get(from as usize..to as usize)).unwrap_or_default().to_owned()
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
                    own.all.insert((it.measure, it.value));
                    if it.firm {
                        let words = self.words(*witness as usize, part.passage, it.from, it.to);
                        own.firm.push(((it.measure, it.value), number, words));
                    }
                }
            }
        }
        for unit in
            units.get(place.saturating_sub(1)..units.len().min(place + 2)).unwrap_or_default()
        {
            for (witness, (cell, own)) in unit.cells.iter().zip(&mut stated).enumerate() {
                let near = cell.parts.iter().flat_map(|part| self.within(witness, part));
                own.near.extend(near.map(|it| (it.measure, it.value)));
            }
        }
        stated
    }

    /// Figures that some versions hedge and others state as exact.
    fn hedged(&self, place: usize, unit: &Unit, findings: &mut Vec<Finding>) {
        let mut by_value: BTreeMap<Value, BTreeMap<usize, Option<String>>> = BTreeMap::new();
        for (witness, cell) in unit.cells.iter().enumerate() {
            let Some(own) = self.witnesses.get(witness).filter(|it| self.hedges.knows(&it.lang))
            else {
                continue;
            };
            for part in &cell.parts {
                for it in
                    self.within(witness, part).filter(|it| it.firm && it.measure == Measure::Number)
                {
                    let text = own.passages.get(part.passage as usize).map_or("", String::as_str);
                    let text = text.get(..part.to as usize).unwrap_or_default();
                    let hedge = self.hedges.at(text, &own.lang, (it.from as usize, it.to as usize));
                    let known = by_value
                        .entry((it.measure, it.value))
                        .or_default()
                        .entry(witness)
                        .or_default();
                    *known = known.take().or(hedge);
                }
            }
        }
        for hedges in by_value.into_values() {
            let with = hedges.values().flatten().count();
            let without = hedges.len() - with;
            if with >= 2 && without == 1 || with >= 3 && without == 2 {
                let readings = hedges.into_iter().map(|(it, word)| (it, word.unwrap_or_default()));
                findings.push(finding(place, Kind::Hedge, readings.collect(), 70));
            }
        }
    }

    /// Quotation marks that one version alone lacks or has.
    fn quoted(&self, place: usize, unit: &Unit, findings: &mut Vec<Finding>) {
        let mut quotes: BTreeMap<usize, Option<String>> = BTreeMap::new();
        for (witness, cell) in
            unit.cells.iter().enumerate().filter(|(_, cell)| !cell.parts.is_empty())
        {
            let first = cell.parts.iter().find_map(|part| {
                quotation(&self.words(witness, part.passage, part.from, part.to)).map(str::to_owned)
            });
            quotes.insert(witness, first);
        }
        let with = quotes.values().flatten().count();
        let without = quotes.len() - with;
        if with >= 3 && without == 1 {
            let readings = quotes.into_iter().map(|(it, words)| (it, words.unwrap_or_default()));
            findings.push(finding(place, Kind::Quotation, readings.collect(), 55));
        }
    }
}

/// Figures that one version states and another states otherwise.
fn figures(place: usize, stated: &[Stated], findings: &mut Vec<Finding>) {
    let mut used: BTreeSet<(usize, Value)> = BTreeSet::new();
    for (value, line) in values(stated) {
        let here: Vec<usize> = (0..stated.len())
            .filter(|&it| stated.get(it).is_some_and(|own| own.lines.contains(&line)))
            .collect();
        let has =
            |witness: &usize| stated.get(*witness).is_some_and(|own| own.all.contains(&value));
        let (have, lack): (Vec<usize>, Vec<usize>) = here.iter().partition(|it| has(it));
        if have.len() < lack.len() || lack.is_empty() {
            continue;
        }
        let mut readings: BTreeMap<usize, String> = BTreeMap::new();
        for &witness in &lack {
            let instead = alone(stated, witness).into_iter().find(|(other, at, _)| {
                other.0 == value.0 && *at == line && !used.contains(&(witness, *other))
            });
            if let Some((other, _, words)) = instead {
                used.insert((witness, other));
                readings.insert(witness, words);
            }
        }
        let confidence = if readings.is_empty() { 50 } else { 70 + 10 * have.len().min(2) as u8 };
        if readings.is_empty() {
            let silent = left_out(stated, value, &have, &lack);
            readings.extend(silent.map(|witness| (witness, String::new())));
        }
        if readings.is_empty() || (have.len() == 1 && used.contains(&(have[0], value))) {
            continue;
        }
        for &witness in &have {
            used.insert((witness, value));
            let own = stated.get(witness).and_then(|own| own.firm.iter().find(|it| it.0 == value));
            readings
                .entry(witness)
                .or_insert_with(|| own.map_or_else(String::new, |it| it.2.clone()));
        }
        findings.push(finding(place, kind(value), readings, confidence));
    }
}

/// The distinct firm values of a unit, each with the line where it is stated first by most.
fn values(stated: &[Stated]) -> Vec<(Value, usize)> {
    let mut lines: BTreeMap<Value, BTreeMap<usize, usize>> = BTreeMap::new();
    for (value, line, _) in stated.iter().flat_map(|own| &own.firm) {
        *lines.entry(*value).or_default().entry(*line).or_default() += 1;
    }
    let most = |counts: BTreeMap<usize, usize>| {
        counts.into_iter().max_by_key(|&(line, count)| (count, std::cmp::Reverse(line)))
    };
    let mut values: Vec<(Value, usize, usize)> = lines
        .into_iter()
        .filter_map(|(value, counts)| most(counts).map(|(line, count)| (value, line, count)))
        .collect();
    values.sort_by_key(|&(value, line, count)| (line, std::cmp::Reverse(count), value));
    values.into_iter().map(|(value, line, _)| (value, line)).collect()
}

/// The firm values of a version that no other version of the unit or its neighbours has.
fn alone(stated: &[Stated], witness: usize) -> Vec<(Value, usize, String)> {
    let others = || stated.iter().enumerate().filter(|&(it, _)| it != witness).map(|it| it.1);
    let own = stated.get(witness).map(|own| own.firm.as_slice()).unwrap_or_default();
    own.iter().filter(|it| !others().any(|other| other.near.contains(&it.0))).cloned().collect()
}

/// The one version that leaves out a figure that at least three others write in figures.
fn left_out(
    stated: &[Stated],
    value: Value,
    have: &[usize],
    lack: &[usize],
) -> impl Iterator<Item = usize> {
    let firm = have
        .iter()
        .filter_map(|&it| stated.get(it))
        .filter(|own| own.firm.iter().any(|it| it.0 == value))
        .count();
    let telling = value.0 == Measure::Day || value.1 >= SMALL;
    let alone = firm >= 3 && firm == have.len() && telling && lack.len() == 1;
    let absent =
        move |it: &usize| alone && !stated.get(*it).is_some_and(|own| own.near.contains(&value));
    lack.iter().copied().filter(absent).collect::<Vec<_>>().into_iter()
}

/// What kind of fact a value is.
fn kind(value: Value) -> Kind {
    match value.0 {
        Measure::Number => Kind::Number,
        Measure::Day => Kind::Date,
    }
}

/// A finding out of its readings.
fn finding(unit: usize, kind: Kind, readings: BTreeMap<usize, String>, confidence: u8) -> Finding {
    let readings = readings.into_iter().map(|(witness, words)| (witness as u32, words)).collect();
    Finding { unit: unit as u32, kind, readings, confidence }
}

/// The first quotation of a text, with its marks.
fn quotation(text: &str) -> Option<&str> {
    let open = text.find(['„', '“', '«', '"', '「', '『', '”', '‹'])?;
    let rest = text.get(open..)?;
    let inside = rest.chars().next().map_or(0, char::len_utf8);
    let close = rest.get(inside..)?.find(['”', '“', '»', '"', '」', '』', '«', '›'])? + inside;
    let end = close + rest.get(close..)?.chars().next().map_or(0, char::len_utf8);
    rest.get(..end)
}
