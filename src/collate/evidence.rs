//! What can be recognised in the versions of a statement: read once, for all who ask.
//!
//! Knows passages, and nothing of how they are aligned.

use std::ops::Range;

use super::Witness;
use crate::vocab::evidence::{Trace, traces_into};
use crate::vocab::lang::Lang;

/// The traces in the passages of some versions.
#[derive(Clone, Debug, Default)]
pub struct Evidence(Vec<Vec<Vec<Trace>>>);

impl Evidence {
    /// Reads versions.
    pub fn of(witnesses: &[Witness]) -> Self {
        let mut room = Vec::new();
        let mut read = |text: &str, lang: &Lang| {
            room = traces_into(std::mem::take(&mut room), text, lang);
            room.as_slice().to_vec()
        };
        let mut all = |own: &Witness| own.passages.iter().map(|it| read(it, &own.lang)).collect();
        Self(witnesses.iter().map(&mut all).collect())
    }

    /// What was found in each passage of a version.
    pub(crate) fn version(&self, witness: usize) -> &[Vec<Trace>] {
        self.0.get(witness).map_or(&[], Vec::as_slice)
    }

    /// The versions with what was found in them, in the order of their names, so that their order in the
    /// list changes nothing; each with its place in the list.
    pub(crate) fn by_name<'a>(&'a self, witnesses: &'a [Witness]) -> Vec<(usize, Text<'a>)> {
        let mut sorted: Vec<(usize, &Witness)> = witnesses.iter().enumerate().collect();
        sorted.sort_by(|a, b| (&a.1.name, &a.1.passages).cmp(&(&b.1.name, &b.1.passages)));
        let text = |(place, own): (usize, &'a Witness)| {
            let (lang, passages) = (&own.lang, own.passages.as_slice());
            (place, Text { lang, passages, traces: self.version(place) })
        };
        sorted.into_iter().map(text).collect()
    }
}

/// A version, or a part of it, with what was found in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) lang: &'a Lang,
    pub(crate) passages: &'a [String],
    traces: &'a [Vec<Trace>],
}

impl<'a> Text<'a> {
    /// Its passages with what was found in each.
    pub(crate) fn read(&self) -> impl Iterator<Item = (&'a str, &'a [Trace])> {
        let traces = self.traces.iter().map(Vec::as_slice);
        self.passages.iter().map(String::as_str).zip(traces)
    }

    /// Some of its passages.
    pub(crate) fn part(&self, passages: Range<usize>) -> Self {
        Self {
            lang: self.lang,
            passages: self.passages.get(passages.clone()).unwrap_or_default(),
            traces: self.traces.get(passages).unwrap_or_default(),
        }
    }
}
