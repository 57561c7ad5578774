//! Figures that versions of one unit state differently: numbers and days.
//!
//! A figure is a finding where most versions of a place state it and another version that stands in the
//! same place states another one instead, of a kind that a slip or a hand could have made of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Stated, Value, finding, kind};
use crate::vocab::evidence::quantity::Measure;

/// Below this (in hundredths) a number is small: it meets others by chance and is often spelled out.
const SMALL: u64 = 1300;

/// How sure a figure that another stands for is, by how many versions have it: one, two, more.
const SURE: [u8; 3] = [80, 90, 93];

/// Figures that one version states and another states otherwise.
pub(super) fn figures(place: usize, stated: &[Stated], findings: &mut Vec<Finding>) {
    let mut used: BTreeSet<(usize, Value)> = BTreeSet::new();
    for (value, line) in values(stated) {
        let here: Vec<usize> = (0..stated.len())
            .filter(|&it| stated.get(it).is_some_and(|own| own.lines.contains(&line)))
            .collect();
        let times = expected(stated, &here, value);
        let has = |it: &usize| stated.get(*it).is_some_and(|own| own.times(value) >= times);
        let (have, lack): (Vec<usize>, Vec<usize>) = here.iter().partition(|it| has(it));
        if have.is_empty() || lack.is_empty() {
            continue;
        }
        let mut readings: BTreeMap<usize, String> = BTreeMap::new();
        let mut slips = true;
        for &witness in &lack {
            let free = alone(stated, witness).into_iter().filter(|(other, _, _)| {
                comparable(value, *other) && !used.contains(&(witness, *other))
            });
            // In another sentence of the unit only what looks like a slip stands for the value.
            let instead = free
                .filter(|(other, at, _)| {
                    let long = value.1.min(other.1) >= 1000
                        || digits(value.1).len() == digits(other.1).len();
                    *at == line || long && slip(value.1, other.1)
                })
                .min_by_key(|(other, at, _)| (*at != line, !slip(value.1, other.1)));
            if let Some((other, _, words)) = instead {
                slips &= slip(value.1, other.1);
                used.insert((witness, other));
                readings.insert(witness, words);
            }
        }
        let against = readings.len();
        let few = have.len() == 1 && here.len() > 2 && !slips;
        let turned = have.len() == 1 && used.contains(&(have[0], value));
        if against == 0 || have.len() < against || few || turned {
            continue;
        }
        for &witness in &have {
            used.insert((witness, value));
            readings.entry(witness).or_insert_with(|| words(stated, witness, value));
        }
        let sure = SURE.get(have.len() - 1).or(SURE.last()).copied().unwrap_or(0);
        findings.push(finding(place, kind(value), readings, sure));
    }
}

/// The words with which a version states a value.
fn words(stated: &[Stated], witness: usize, value: Value) -> String {
    let own = stated.get(witness).and_then(|own| own.firm.iter().find(|it| it.0 == value));
    own.map_or_else(String::new, |it| it.2.clone())
}

/// How often a value is expected in a version: as often as most of the versions that have it.
fn expected(stated: &[Stated], here: &[usize], value: Value) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for own in here.iter().filter_map(|&it| stated.get(it)) {
        let times = own.times(value);
        if times > 0 {
            *counts.entry(times).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|&(times, versions)| (versions, times)).map_or(1, |it| it.0)
}

/// Whether one value can stand for another: days for days; numbers of a like size, or that differ by a
/// digit or two.
fn comparable(a: Value, b: Value) -> bool {
    if a.0 != b.0 {
        return false;
    }
    let (small, large) = (a.1.min(b.1), a.1.max(b.1));
    a.0 == Measure::Day || large <= small.saturating_mul(3) || large < SMALL || slip(a.1, b.1)
}

/// Whether the digits of two numbers differ by one that was added, left out or changed.
fn slip(a: u64, b: u64) -> bool {
    let (a, b) = (digits(a), digits(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let front = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let back = short.bytes().rev().zip(long.bytes().rev()).take_while(|(a, b)| a == b).count();
    long.len() - short.len() <= 1 && front + back + 1 >= long.len()
}

/// The digits of a value in hundredths, without idle noughts behind the point.
fn digits(hundredths: u64) -> String {
    if hundredths.is_multiple_of(100) {
        (hundredths / 100).to_string()
    } else {
        hundredths.to_string()
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

/// The firm values of a version that it has more often than any other version, in the unit and with the
/// units beside it.
fn alone(stated: &[Stated], witness: usize) -> Vec<(Value, usize, String)> {
    let Some(own) = stated.get(witness) else { return Vec::new() };
    let others = || stated.iter().enumerate().filter(|&(it, _)| it != witness).map(|it| it.1);
    let more = |value: Value| {
        others()
            .all(|it| own.times(value) > it.times(value) && own.around(value) > it.around(value))
    };
    own.firm.iter().filter(|it| more(it.0)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_for_another_of_its_kind() {
        let number = |value: u64| (Measure::Number, value * 100);
        for (a, b) in [(2500, 2600), (2500, 250), (106, 108), (6387, 638), (16, 160)] {
            assert!(comparable(number(a), number(b)), "{a} {b}");
        }
        for (a, b) in [(2008, 12), (1757, 1), (4000, 3)] {
            assert!(!comparable(number(a), number(b)), "{a} {b}");
        }
        assert!(!comparable((Measure::Day, 110), number(1)));
    }
}
