//! Which pairs of texts are worth looking at: those that share rare features. Knows weighed texts and what
//! an earlier run found, no verdicts.
//!
//! What an earlier run found is put right rather than found again: texts that are new, or weigh something
//! else than before, are looked for once more, and each of them calls on the others. Only where that leaves
//! open what another text's best are, is that one looked for again, too.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::corpus::Text;
use super::found::{Before, Changes, Crowd, Found};
use super::glosses::{Glossary, whole};
use super::index::{Counts, Index};
use super::rarity::Census;
use super::search::{Bars, Calls, Limits, Row, Search};

/// A pair of texts, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(pub(super) u32, pub(super) u32);

/// How far candidates are looked for, and how many are taken for a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Breadth {
    /// The steps that the search may take for each document, on average.
    pub(super) steps: u64,
    /// Of one language.
    pub(super) in_language: usize,
    /// Of all.
    pub(super) in_all: usize,
}

impl Breadth {
    /// For a first look at some texts: with 40,000 candidates together where they are few.
    pub(super) fn narrow(wanted: &[bool]) -> Self {
        let least = Self { steps: 20_000, in_language: 2, in_all: 16 };
        least.spread(40_000 / count(wanted).max(1), 64)
    }

    /// For texts that a first look did not settle: with 120,000.
    pub(super) fn wide(wanted: &[bool]) -> Self {
        let least = Self { steps: 30_000, in_language: 5, in_all: 40 };
        least.spread(120_000 / count(wanted).max(1), 200)
    }

    /// With as many candidates for a text as there is `room` for, if that is more, but no more than `most`. To
    /// look for twice as many is to look four times as far.
    fn spread(self, room: usize, most: usize) -> Self {
        let in_all = self.in_all.max(room.min(most));
        let steps = self.steps * (in_all * in_all) as u64 / (self.in_all * self.in_all) as u64;
        Self { steps, in_language: self.in_language.max(in_all / 8), in_all }
    }
}

/// Where candidates are looked for.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// The texts.
    pub(super) texts: &'a [Text],
    /// For which of them.
    pub(super) wanted: &'a [bool],
    /// The keys of the archive.
    pub(super) census: &'a Census,
    /// A hash of each text as it is weighed.
    pub(super) prints: &'a [u64],
    /// Who the texts are.
    pub(super) crowd: &'a Crowd,
    /// What words mean, once that was learned.
    pub(super) glossary: Option<&'a Glossary>,
    /// How far.
    pub(super) breadth: Breadth,
}

impl Field<'_> {
    /// A text with its glosses.
    pub(super) fn whole<'a>(&self, text: &'a Text) -> Cow<'a, Text> {
        whole(self.glossary, text)
    }
}

/// The pairs worth looking at, sorted, with how much they share; and what was found for each text. That an
/// earlier run has found something saves work and changes nothing.
pub(super) fn candidates(field: &Field<'_>, before: &Before<'_>) -> (Vec<(Pair, u32)>, Found) {
    let counts = Counts::take(field);
    let common = counts.common(field.census);
    let limits = Limits::new(field);
    let (rows, searched) = if let Some(changes) = before.changes(field, &common) {
        put_right(field, &counts, &limits, changes)
    } else {
        let rows = field.wanted.iter().map(|_| None).collect();
        (find(field, &counts, &limits, (field.wanted, rows)), count(field.wanted))
    };
    let pair = |at: u32, it: u32, score: u32| (Pair(at.min(it), at.max(it)), score);
    let mut pairs: Vec<(Pair, u32)> = (0..)
        .zip(&rows)
        .filter_map(|(at, row)| Some((at, row.as_ref()?)))
        .flat_map(|(at, row)| limits.best(row).map(move |(score, it)| pair(at, it, score)))
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup_by_key(|it| it.0);
    (pairs, Found::new(field, common, (rows, searched)))
}

/// How many are so.
fn count(some: &[bool]) -> usize {
    some.iter().filter(|it| **it).count()
}

/// Finds the rows of some texts.
fn find(
    field: &Field<'_>,
    counts: &Counts,
    limits: &Limits,
    (missing, mut rows): (&[bool], Vec<Option<Row>>),
) -> Vec<Option<Row>> {
    let index = Index::new(field, counts, missing);
    let search = || Search::new(&index, limits);
    let slots = rows.par_iter_mut().zip(field.texts).enumerate();
    slots.filter(|(at, _)| missing.get(*at) == Some(&true)).for_each_init(
        search,
        |search, (at, (row, text))| {
            *row = Some(search.row(at as u32, &field.whole(text), None).0);
        },
    );
    rows
}

/// Puts the rows of an earlier run right; says how many texts had to be looked for.
fn put_right(
    field: &Field<'_>,
    counts: &Counts,
    limits: &Limits,
    changes: Changes,
) -> (Vec<Option<Row>>, usize) {
    let Changes { fresh, mut rows } = changes;
    let index = Index::new(field, counts, &fresh);
    let bars = Bars::new(&rows, limits);
    let texts = field.texts.par_iter().enumerate();
    let found: Vec<(u32, Row, Calls)> = texts
        .filter(|(at, _)| fresh.get(*at) == Some(&true))
        .map_init(
            || Search::new(&index, limits),
            |search, (at, text)| {
                let (row, calls) = search.row(at as u32, &field.whole(text), Some(&bars));
                (at as u32, row, calls)
            },
        )
        .collect();
    for (at, own, calls) in found {
        for (other, score) in calls {
            if let Some(Some(row)) = rows.get_mut(other as usize) {
                row.add(score, at, limits.lang(at));
            }
        }
        if field.wanted.get(at as usize) == Some(&true)
            && let Some(slot) = rows.get_mut(at as usize)
        {
            *slot = Some(own);
        }
    }
    rows.par_iter_mut().flatten().for_each(|row| limits.settle(row));
    let sure = |row: &Option<Row>| row.as_ref().is_some_and(|row| limits.is_sure(row));
    let open = rows.par_iter().zip(field.wanted).map(|(row, wanted)| *wanted && !sure(row));
    let open: Vec<bool> = open.collect();
    let searched = count(&fresh) + count(&open);
    if open.contains(&true) {
        rows = find(field, counts, limits, (&open, rows));
    }
    (rows, searched)
}
