//! The terms that a curator watches, and where a version has another word.

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::forms::met;
use super::{Finding, Kind, Unit, Witness};
use crate::vocab::yaml::{self, Fault};

/// Concepts and their forms by language: `islamist: { pl: [islamistyczn*], ar: [إسلام*] }`. A form is
/// met as whole words whatever their case; `*` stands for any end of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Terms(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Terms {
    /// Reads `terms.yaml`.
    pub fn read(text: &str) -> Result<Self, Fault> {
        yaml::read(text).map(Self)
    }

    /// Where some versions of a unit have a form of a concept and others, whose language the concept
    /// knows, have none.
    pub(crate) fn findings(&self, witnesses: &[Witness], units: &[Unit]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            for forms in self.0.values() {
                let readings = readings(forms, witnesses, unit);
                let with = readings.iter().filter(|it| !it.1.is_empty()).count();
                if with > 0 && with < readings.len() {
                    let kind = Kind::Term;
                    findings.push(Finding { unit: place as u32, kind, readings, confidence: 60 });
                }
            }
        }
        findings
    }
}

/// What each version has for a concept: its word, or nothing.
fn readings(
    forms: &BTreeMap<String, Vec<String>>,
    witnesses: &[Witness],
    unit: &Unit,
) -> Vec<(u32, String)> {
    let mut readings = Vec::new();
    for (place, (witness, cell)) in witnesses.iter().zip(&unit.cells).enumerate() {
        let tag = [witness.lang.as_str(), witness.lang.base()];
        let Some(forms) = tag.iter().find_map(|it| forms.get(*it)) else { continue };
        let mut texts = cell.parts.iter().filter_map(|part| {
            witness.passages.get(part.passage as usize)?.get(part.from as usize..part.to as usize)
        });
        if !cell.parts.is_empty() {
            let word = texts.find_map(|text| forms.iter().find_map(|form| met(text, form)));
            readings.push((place as u32, word.unwrap_or_default().to_owned()));
        }
    }
    readings
}
