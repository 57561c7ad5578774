//! Figures that versions of one unit state differently: numbers and days.
//!
//! A figure is a finding where most versions of a place state it and another version that stands in the
//! same place states another one instead, of a kind that a slip or a hand could have made of it, and
//! written in a like way: `3.1` does not stand for `4`, nor `DebConf13` for `12`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Finding, Stated, Value, finding, kind};
use crate::vocab::evidence::quantity::Measure;

/// Below this (in hundredths) a number is small: it meets others by chance and is often spelled out.
const SMALL: u64 = 1300;

/// One of how many other versions may have a figure as often as the one that states it instead of another.
const FEW: usize = 4;

/// How sure a figure that another stands for is, by how many versions have it: one, two, more.
const SURE: [u8; 3] = [80, 90, 93];

/// Figures that one version states and another states otherwise; `are_one` tells whether figures of two versions
/// may be one thing, told in two ways.
pub(super) fn figures(
    place: usize,
    stated: &[Stated],
    are_one: &impl Fn((usize, &Figure), (usize, &Figure)) -> bool,
    findings: &mut Vec<Finding>,
) {
    let mut used: BTreeSet<(usize, Value)> = BTreeSet::new();
    for (value, line) in values(stated) {
        let here: Vec<usize> = (0..stated.len())
            .filter(|&it| stated.get(it).is_some_and(|own| own.lines.contains(&line)))
            .collect();
        let times = expected(stated, &here, value);
        let has = |it: &usize| stated.get(*it).is_some_and(|own| own.times(value) >= times);
        let (have, mut lack): (Vec<usize>, Vec<usize>) = here.iter().partition(|it| has(it));
        lack.extend(apart(stated, &here, value));
        if have.is_empty() || lack.is_empty() {
            continue;
        }
        let written: Vec<(usize, &Figure)> =
            firm(stated).filter(|it| it.1.value == value).collect();
        let mut readings: BTreeMap<usize, String> = BTreeMap::new();
        let mut slips = true;
        for &witness in &lack {
            let free = alone(stated, witness, value).into_iter().filter(|it| {
                it.value != value
                    && !used.contains(&(witness, it.value))
                    && (comparable(value, it.value) && written.iter().any(|one| alike(one.1, it))
                        || written.iter().any(|one| are_powers_apart(one.1, it)))
            });
            // In another sentence of the unit only what looks like a slip stands for the value.
            let away = !here.contains(&witness);
            let instead = free
                .filter(|it| {
                    let (a, b) = (value.1, it.value.1);
                    let long = a.min(b) >= 1000 || !away && digits(a).len() == digits(b).len();
                    it.line == line || long && slip(a, b)
                })
                .min_by_key(|it| (it.line != line, !slip(value.1, it.value.1)));
            let own = |it: &Figure| is_own_manner(stated, &written, (witness, it), are_one);
            if let Some(it) = instead.filter(|it| !own(it)) {
                slips &= slip(value.1, it.value.1)
                    || written.iter().any(|one| are_powers_apart(one.1, &it));
                used.insert((witness, it.value));
                readings.insert(witness, it.words.clone());
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

/// What the versions state firmly, each with its version.
fn firm(stated: &[Stated]) -> impl Iterator<Item = (usize, &Figure)> {
    let all = stated.iter().enumerate();
    all.flat_map(|(witness, own)| own.firm.iter().map(move |it| (witness, it)))
}

/// Whether a version tells in its own manner what others write, or its figure what others tell in theirs.
fn is_own_manner(
    stated: &[Stated],
    written: &[(usize, &Figure)],
    (witness, figure): (usize, &Figure),
    are_one: &impl Fn((usize, &Figure), (usize, &Figure)) -> bool,
) -> bool {
    let is_written = |it: &Figure| written.iter().any(|one| are_one(*one, (witness, it)));
    let is_met = |(at, it): (usize, &Figure)| {
        let beside = at != witness && it.line == figure.line && it.value != figure.value;
        beside && are_one((at, it), (witness, figure))
    };
    stated.get(witness).is_some_and(|own| own.firm.iter().any(is_written))
        || firm(stated).any(is_met)
}

/// The words with which a version states a value.
fn words(stated: &[Stated], witness: usize, value: Value) -> String {
    let own = stated.get(witness).and_then(|own| own.firm.iter().find(|it| it.value == value));
    own.map_or_else(String::new, |it| it.words.clone())
}

/// The versions that say something in the unit, though not in the line where a value stands, and do not
/// state it anywhere in the unit.
fn apart(stated: &[Stated], here: &[usize], value: Value) -> Vec<usize> {
    let away = |at: &usize| {
        let own = stated.get(*at);
        own.is_some_and(|own| !own.lines.is_empty() && own.times(value) == 0)
    };
    (0..stated.len()).filter(|it| !here.contains(it)).filter(away).collect()
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

/// Whether two figures are written in one manner: both behind the same letters or behind none, and if they
/// are small, both with a point in them or both without. Days are written in many.
fn alike(one: &Figure, other: &Figure) -> bool {
    if one.value.0 == Measure::Day {
        return true;
    }
    let foreign = !one.front.is_ascii() || !other.front.is_ascii();
    let front =
        one.front == other.front || foreign && one.front.is_empty() == other.front.is_empty();
    let parted = |it: &Figure| it.words.contains(['.', ',', '٫']);
    let small = one.value.1.max(other.value.1) < SMALL;
    front && (!small || parted(one) == parted(other))
}

/// Whether two numbers with magnitudes differ in these alone: `1.25 billion` and `1,25 Millionen`.
fn are_powers_apart(one: &Figure, other: &Figure) -> bool {
    let scaled =
        |it: &Figure| it.words.contains(char::is_alphabetic) && it.words.contains(char::is_numeric);
    let (a, b) = (one.value.1.min(other.value.1), one.value.1.max(other.value.1));
    let power = |it: u32| a.checked_mul(10_u64.pow(it)) == Some(b);
    one.value.0 == Measure::Number
        && one.value.0 == other.value.0
        && a > 0
        && scaled(one)
        && scaled(other)
        && (2..=9).any(power)
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
    for it in stated.iter().flat_map(|own| &own.firm) {
        *lines.entry(it.value).or_default().entry(it.line).or_default() += 1;
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

/// The figures of a version whose values it has more often than the others, in the unit and with the units
/// beside it. Where a version does not state a number at all, a few of many other versions may have what it has
/// instead: something is read as a small number by chance in nearly every sentence of some languages.
fn alone(stated: &[Stated], witness: usize, instead_of: Value) -> Vec<Figure> {
    let Some(own) = stated.get(witness) else { return Vec::new() };
    let others: Vec<&Stated> = stated
        .iter()
        .enumerate()
        .filter(|(it, other)| *it != witness && !other.lines.is_empty())
        .map(|it| it.1)
        .collect();
    let lacks = instead_of.0 == Measure::Number && own.times(instead_of) == 0;
    let few = if lacks { others.len() / FEW } else { 0 };
    let as_often = |it: &Stated, value: Value| {
        own.times(value) <= it.times(value) || own.around(value) <= it.around(value)
    };
    let more = |value: Value| others.iter().filter(|it| as_often(it, value)).count() <= few;
    own.firm.iter().filter(|it| more(it.value)).cloned().collect()
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

    #[test]
    fn a_figure_stands_for_another_in_its_manner() {
        let figure = |value: u64, words: &str, front: &str| Figure {
            value: (Measure::Number, value),
            line: 0,
            words: words.into(),
            at: (0, 0, 0),
            front: front.into(),
        };
        assert!(alike(&figure(1300, "13", "debconf"), &figure(1200, "12", "debconf")));
        assert!(!alike(&figure(1300, "13", "debconf"), &figure(100, "1", "")));
        assert!(!alike(&figure(600, "6.0", ""), &figure(100, "1", "")));
        assert!(alike(&figure(600, "6,0", ""), &figure(500, "5.0", "")));
        assert!(alike(&figure(250_000, "2,500", ""), &figure(260_000, "2600", "")));
        let million = figure(125_000_000, "1,25 Millionen", "");
        assert!(are_powers_apart(&figure(125_000_000_000, "1.25 billion", ""), &million));
        assert!(!are_powers_apart(&figure(125_000, "1250", ""), &million));
    }
}
