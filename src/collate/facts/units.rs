//! One measure in two units: 50 miles are 80 kilometres, and neither version is wrong.
//!
//! Is asked only where two numbers are about to be told as differing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::hedges::{first, last};
use super::zones::{self, ends};
use super::{Figure, words};
use crate::collate::Witness;
use crate::vocab::evidence::quantity::Measure;
use crate::vocab::yaml;

/// How far from a number its unit may reach, in letters.
const REACH: usize = 24;
/// By how much of the larger one two measures may differ that were rounded.
const ROUNDED: f64 = 0.05;
/// By how many degrees two temperatures may differ that were rounded.
const DEGREE: f64 = 0.6;
/// What is measured in degrees.
const TEMPERATURE: &str = "temperature";

/// Units by what they measure and how much they are, each with its forms.
type Set = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The table as it is written.
#[derive(Default, Deserialize)]
struct Table {
    imperial: Set,
    metric: Set,
}

/// A unit that stands at a number: what it measures and how much it is.
type Unit<'a> = (&'a str, f64);

/// The table that the program carries, read when it is first asked.
fn table() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| yaml::read(include_str!("../../tables/units.yaml")).unwrap_or_default());
    &TABLE
}

/// Whether figures of two versions may be one measure in two units.
pub(super) fn are_one(
    witnesses: &[Witness],
    one: (usize, &Figure),
    other: (usize, &Figure),
) -> bool {
    let around = |(witness, figure): (usize, &Figure)| {
        let (passage, from, to) = figure.at;
        let number = figure.value.0 == Measure::Number;
        number.then(|| {
            let before = words(witnesses, witness, (passage, 0, from));
            let text = witnesses.get(witness).and_then(|it| it.passages.get(passage as usize));
            let behind = text.and_then(|it| it.get(to as usize..)).unwrap_or_default();
            (figure.value.1 as f64 / 100.0, near(before, behind))
        })
    };
    match (around(one), around(other)) {
        (Some(one), Some(other)) => {
            fit((one.0, &one.1), (other.0, &other.1)) || fit((other.0, &other.1), (one.0, &one.1))
        }
        _ => false,
    }
}

/// What stands around a number, in lower case.
fn near(before: &str, behind: &str) -> (String, String) {
    let parts = [' ', '-', '\u{a0}', '\u{202f}'];
    let before = last(before, REACH).trim_end_matches(parts).to_lowercase();
    (before, first(behind.trim_start_matches(parts), REACH).to_lowercase())
}

/// The units of a set that stand at a number.
fn units<'a>(
    set: &'a Set,
    (before, behind): &'a (String, String),
) -> impl Iterator<Item = Unit<'a>> {
    let here = move |form: &String| zones::first(behind, form).is_some() || ends(before, form);
    set.iter().flat_map(move |(measured, units)| {
        let met = units.iter().filter(move |it| it.1.iter().any(here));
        met.filter_map(move |(size, _)| Some((measured.as_str(), size.parse().ok()?)))
    })
}

/// Whether a number of an imperial unit is a number of a metric one.
fn fit(one: (f64, &(String, String)), other: (f64, &(String, String))) -> bool {
    let metric: Vec<Unit> = units(&table().metric, other.1).collect();
    units(&table().imperial, one.1).any(|(measured, size)| {
        metric.iter().filter(|it| it.0 == measured).any(|(_, metric)| {
            if measured == TEMPERATURE {
                return ((one.0 - 32.0) / 1.8 - other.0).abs() <= DEGREE;
            }
            let (a, b) = (one.0 * size, other.0 * metric);
            (a - b).abs() <= ROUNDED * a.max(b)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two numbers, each with the words around it, may be one measure.
    fn one(a: (&str, f64, &str), b: (&str, f64, &str)) -> bool {
        fit((a.1, &near(a.0, a.2)), (b.1, &near(b.0, b.2)))
    }

    #[test]
    fn one_measure_in_two_units() {
        for (a, b) in [
            (("lies ", 50.0, " miles north"), ("liegt ", 80.0, " Kilometer nördlich")),
            (("at ", 62.0, " miles an hour"), ("med ", 28.0, " meter i sekunden")),
            (("at ", 62.0, " mph"), ("mit ", 100.0, " km/h")),
            (("fell to ", 104.0, " Fahrenheit"), ("à ", 40.0, " degrés")),
            (("burned ", 120.0, " acres"), ("quemó ", 48.0, " hectáreas")),
            (("about ", 20.0, " inches"), ("около ", 51.0, " сантиметра")),
            (("weighs ", 220.0, " pounds"), ("wiegt ", 100.0, " Kilo")),
            (("up to ", 15.0, " feet"), ("do ", 4.5, " metra")),
            (("some ", 12.0, " miles"), ("离岛约", 20.0, "公里")),
            (("umbali wa maili ", 50.0, ""), ("", 80.0, "km entfernt")),
        ] {
            assert!(one(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn what_no_unit_explains_is_no_measure() {
        for (a, b) in [
            (("lies ", 50.0, " miles north"), ("liegt ", 90.0, " Kilometer nördlich")),
            (("lies ", 50.0, " miles north"), ("liegt ", 80.0, " Hektar groß")),
            (("it took ", 50.0, " people"), ("es waren ", 80.0, " Kilometer")),
            (("rose to ", 104.0, " Fahrenheit"), ("auf ", 44.0, " Grad")),
        ] {
            assert!(!one(a, b), "{a:?} {b:?}");
        }
    }
}
