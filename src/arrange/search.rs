//! The texts that share most with a text, language by language. Knows an index and numbers of texts, no
//! pairs.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::candidates::{Breadth, Field};
use super::corpus::Text;
use super::index::Index;

/// How many texts of a language are kept besides those that are taken, so that some may go.
const SPARE: usize = 2;

/// The texts that share most with one.
///
/// Of the texts of a language that are not among them each stands behind all that are, and has no more than
/// the bound of its language; where that has none, no more than the floor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Row {
    /// The best first, of equal ones the first.
    best: Vec<(Reverse<u32>, u32)>,
    /// Languages of which there may be others, with the most that any of them has.
    bounds: Vec<(u16, u32)>,
    /// The most that any other text has.
    floor: u32,
    /// Whether texts have come or gone since it was known who is taken.
    #[serde(skip)]
    changed: bool,
    /// Whether a text has come that has no more than the bound, and may stand before those that are like it.
    #[serde(skip)]
    tied: bool,
}

impl Row {
    /// Adds a text of a language.
    pub(super) fn add(&mut self, score: u32, text: u32, lang: u16) {
        self.changed = true;
        if score > self.bound(lang) {
            self.best.push((Reverse(score), text));
        } else {
            self.tied = true;
        }
    }

    /// The row with the texts and languages that are left, by the numbers that they have now.
    pub(super) fn renumbered(
        &self,
        text: impl Fn(u32) -> Option<u32>,
        lang: impl Fn(u16) -> Option<u16>,
    ) -> Self {
        let best: Vec<(Reverse<u32>, u32)> =
            self.best.iter().filter_map(|it| Some((it.0, text(it.1)?))).collect();
        let changed = best.len() < self.best.len();
        let bounds = self.bounds.iter().filter_map(|it| Some((lang(it.0)?, it.1))).collect();
        Self { best, bounds, floor: self.floor, changed, tied: false }
    }

    /// The most that another text of a language has.
    fn bound(&self, lang: u16) -> u32 {
        let bound = self.bounds.iter().find(|it| it.0 == lang).map_or(0, |it| it.1);
        bound.max(self.floor)
    }

    /// Sets the bound of a language no lower than this.
    fn raise(&mut self, lang: u16, score: u32) {
        match self.bounds.iter_mut().find(|it| it.0 == lang) {
            Some(bound) => bound.1 = bound.1.max(score),
            None => self.bounds.push((lang, score)),
        }
    }
}

/// How many texts are kept and taken, and of which languages they are.
pub(super) struct Limits {
    breadth: Breadth,
    /// The language of each text.
    langs: Vec<u16>,
    /// The number of a language that is not known: behind all others.
    unknown: u16,
}

impl Limits {
    /// For a field.
    pub(super) fn new(field: &Field<'_>) -> Self {
        let unknown = field.crowd.tongues.len() as u16;
        let langs = field.texts.iter().map(|it| it.lang.min(unknown)).collect();
        Self { breadth: field.breadth, langs, unknown }
    }

    /// The language of a text.
    pub(super) fn lang(&self, text: u32) -> u16 {
        self.langs.get(text as usize).copied().unwrap_or(self.unknown)
    }

    /// How many texts of a language are taken.
    fn taken(&self, lang: u16) -> usize {
        if lang < self.unknown { self.breadth.in_language } else { self.breadth.in_all }
    }

    /// How many texts of a language are looked for: one more than are kept.
    fn depth(&self, lang: u16) -> usize {
        self.taken(lang) + SPARE + 1
    }

    /// How many texts are kept for one: half of them are always among the first of their language.
    fn most(&self) -> usize {
        self.breadth.in_all * 2
    }

    /// Sorts a row and cuts it to what is kept.
    pub(super) fn settle(&self, row: &mut Row) {
        let mut best = std::mem::take(&mut row.best);
        if row.tied {
            best.retain(|it| it.0.0 > row.bound(self.lang(it.1)));
        }
        best.sort_unstable();
        let mut counts = vec![0; usize::from(self.unknown) + 1];
        let mut kept = Vec::with_capacity(best.len().min(self.most()));
        for (score, text) in best {
            if kept.len() >= self.most() {
                row.floor = row.floor.max(score.0);
                break;
            }
            let lang = self.lang(text);
            let Some(count) = counts.get_mut(usize::from(lang)) else { continue };
            *count += 1;
            if *count < self.depth(lang) {
                kept.push((score, text));
            } else if *count == self.depth(lang) {
                row.raise(lang, score.0);
            }
        }
        row.best = kept;
    }

    /// The texts of a row that are taken, with their scores.
    pub(super) fn best(&self, row: &Row) -> impl Iterator<Item = (u32, u32)> {
        let mut counts = vec![0; usize::from(self.unknown) + 1];
        let taken = row.best.iter().filter(move |it| {
            let lang = self.lang(it.1);
            let Some(count) = counts.get_mut(usize::from(lang)) else { return false };
            *count += 1;
            *count <= self.taken(lang)
        });
        taken.take(self.breadth.in_all).map(|it| (it.0.0, it.1))
    }

    /// Whether none but the texts of a row can be taken.
    pub(super) fn is_sure(&self, row: &Row) -> bool {
        let taken: Vec<(u32, u32)> = self.best(row).collect();
        let full = taken.len() >= self.breadth.in_all;
        let last = taken.last().filter(|_| full).map_or(0, |it| it.0);
        let complete = |lang: u16| {
            taken.iter().filter(|it| self.lang(it.1) == lang).count() >= self.taken(lang)
        };
        !row.changed
            || (row.floor == 0 || last > row.floor)
                && row.bounds.iter().all(|&(lang, bound)| last > bound || complete(lang))
    }
}

/// What a text of a language must score at least to come into the row of a text.
pub(super) struct Bars {
    bars: Vec<u32>,
    langs: usize,
}

impl Bars {
    /// Those of the rows that there are; no text comes into others.
    pub(super) fn new(rows: &[Option<Row>], limits: &Limits) -> Self {
        let langs = usize::from(limits.unknown) + 1;
        let bar = |row: Option<&Row>, lang: u16| row.map_or(u32::MAX, |row| row.bound(lang));
        let bars = rows
            .iter()
            .flat_map(|row| (0..=limits.unknown).map(move |lang| bar(row.as_ref(), lang)))
            .collect();
        Self { bars, langs }
    }

    /// Whether a text of a language comes into the row of another text.
    fn lets(&self, text: u32, lang: u16, score: u32) -> bool {
        let bar = self.bars.get(text as usize * self.langs + usize::from(lang));
        bar.is_some_and(|bar| score >= *bar)
    }
}

/// In whose rows a text comes, with what score.
pub(super) type Calls = Vec<(u32, u32)>;

/// Room for a search.
pub(super) struct Search<'a> {
    index: &'a Index,
    limits: &'a Limits,
    scores: Vec<f32>,
    /// The texts that have a score, as far as is counted; one more has room.
    touched: Vec<u32>,
    /// Where each feature of the text stands.
    lists: Vec<List<'a>>,
    /// The best of each language, and those of no known language behind them.
    best: Vec<Best>,
}

/// The texts in which a feature stands: what it counts in the text at hand, the first of them, and all
/// others.
type List<'a> = (f32, (u32, f32), &'a [(u32, f32)]);

/// The few best texts of one language: the best first, of equal ones the first.
#[derive(Default)]
struct Best {
    rows: Vec<(Reverse<u32>, u32)>,
    /// The score below which no further text is among them.
    least: u32,
}

impl Best {
    /// Takes a text, if it is among the best so many.
    fn offer(&mut self, score: u32, text: u32, most: usize) {
        if score < self.least {
            return;
        }
        let row = (Reverse(score), text);
        let at = self.rows.partition_point(|it| *it < row);
        if at < most {
            self.rows.truncate(most - 1);
            self.rows.insert(at, row);
            self.least = self.rows.get(most - 1).map_or(0, |it| it.0.0);
        }
    }
}

impl<'a> Search<'a> {
    /// Room for a search in an index.
    pub(super) fn new(index: &'a Index, limits: &'a Limits) -> Self {
        let texts = limits.langs.len();
        let best = (0..=limits.unknown).map(|_| Best::default()).collect();
        let (scores, touched) = (vec![0.0; texts], vec![0; texts + 1]);
        Self { index, limits, scores, touched, lists: Vec::new(), best }
    }

    /// The row of a text, and in whose rows it comes with what score.
    pub(super) fn row(&mut self, at: u32, text: &Text, bars: Option<&Bars>) -> (Row, Calls) {
        let met = self.score(text);
        let calls = self.rank(at, met, bars);
        let mut row = Row::default();
        row.best.extend(self.best.iter_mut().flat_map(|it| it.rows.drain(..)));
        self.best.iter_mut().for_each(|it| it.least = 0);
        self.limits.settle(&mut row);
        (row, calls)
    }

    /// Sums up what each text shares with a text; says how many share anything.
    fn score(&mut self, text: &Text) -> usize {
        // All first texts are fetched before any is counted: so many waits for memory are one.
        self.lists.clear();
        self.lists.extend(self.index.lists(text).filter_map(|(own, texts)| {
            let (first, others) = texts.split_first()?;
            Some((own, *first, others))
        }));
        let (scores, touched) = (self.scores.as_mut_slice(), self.touched.as_mut_slice());
        let mut met = 0;
        for &(own, first, others) in &self.lists {
            let mut count = |(other, share): (u32, f32)| {
                if let (Some(score), Some(slot)) =
                    (scores.get_mut(other as usize), touched.get_mut(met))
                {
                    // Written always and kept when new: so the loop has no branch that cannot be foreseen.
                    *slot = other;
                    met += usize::from(*score == 0.0);
                    *score += own * share;
                }
            };
            count(first);
            others.iter().copied().for_each(count);
        }
        met
    }

    /// Finds the best of each language among the texts that were met, and the rows in which the text comes,
    /// and empties the scores.
    fn rank(&mut self, at: u32, met: usize, bars: Option<&Bars>) -> Calls {
        let own = self.limits.lang(at);
        let mut calls = Calls::new();
        for &other in self.touched.iter().take(met) {
            let Some(score) = self.scores.get_mut(other as usize) else { continue };
            let score = (std::mem::take(score) * 65536.0) as u32;
            if score == 0 || other == at {
                continue;
            }
            if bars.is_some_and(|it| it.lets(other, own, score)) {
                calls.push((other, score));
            }
            let lang = self.limits.lang(other);
            if let Some(best) = self.best.get_mut(usize::from(lang)) {
                best.offer(score, other, self.limits.depth(lang));
            }
        }
        calls
    }
}
