//! What the archive itself shows: a line that opens or closes many texts is furniture.
//!
//! Texts that share most of their paragraphs are printings of one text and count once, so that a
//! statement printed many times keeps its lines.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::draft::Line;
use super::fold::{fold, mask, width};

/// In how many texts a line must stand.
const MANY: usize = 3;

/// How many lines at either end of a text are looked at.
const EDGE: usize = 14;

/// The widest line that can be furniture by repetition; longer ones are prose.
const SHORT: usize = 160;

/// The narrowest line that tells printings of one text from different texts.
const PROSE: usize = 90;

/// A line that stands in more texts than this tells nothing about which texts are one.
const COMMON: usize = 64;

/// What is kept of one text while the survey runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traces {
    head: Vec<u64>,
    tail: Vec<u64>,
    prose: Vec<u64>,
}

/// Lines that stand at the edges of many texts.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    heads: FxHashSet<u64>,
    tails: FxHashSet<u64>,
}

impl Traces {
    /// The traces of a text.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let edge = |line: &&Line| width(&line.text) <= SHORT && !line.fixed;
        let long = |line: &&Line| width(&line.text) >= PROSE;
        let mut traces = Self {
            head: lines.iter().take(EDGE).filter(edge).map(|it| head_key(&it.text)).collect(),
            tail: lines.iter().rev().take(EDGE).filter(edge).map(|it| tail_key(&it.text)).collect(),
            prose: lines.iter().filter(long).map(|it| hash(&it.text)).collect(),
        };
        for keys in [&mut traces.head, &mut traces.tail, &mut traces.prose] {
            keys.sort_unstable();
            keys.dedup();
        }
        traces
    }
}

impl Survey {
    /// Counts in how many different texts each line stands.
    pub(crate) fn of(texts: &[Traces]) -> Self {
        let printings = printings(texts);
        let count = |keys: fn(&Traces) -> &[u64]| {
            let mut voices: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
            for (text, &printing) in texts.iter().zip(&printings) {
                for &key in keys(text) {
                    let heard = voices.entry(key).or_default();
                    if heard.len() < MANY && !heard.contains(&printing) {
                        heard.push(printing);
                    }
                }
            }
            voices
                .into_iter()
                .filter(|(_, heard)| heard.len() >= MANY)
                .map(|(key, _)| key)
                .collect()
        };
        Self { heads: count(|it| &it.head), tails: count(|it| &it.tail) }
    }

    /// Whether a line opens many texts.
    pub(crate) fn opens_many(&self, line: &str) -> bool {
        width(line) <= SHORT && self.heads.contains(&head_key(line))
    }

    /// Whether a line closes many texts, its numbers aside.
    pub(crate) fn closes_many(&self, line: &str) -> bool {
        width(line) <= SHORT && self.tails.contains(&tail_key(line))
    }
}

/// The key of a line before a text: numbers count, because titles that differ in them are different.
fn head_key(line: &str) -> u64 {
    hash(&fold(line))
}

/// The key of a line after a text.
fn tail_key(line: &str) -> u64 {
    hash(&mask(&fold(line)))
}

/// A hash for this run alone.
fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// For each text the number of the first text that is a printing of the same: the two share at least
/// half of the paragraphs of the shorter one.
fn printings(texts: &[Traces]) -> Vec<usize> {
    let mut stands: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut printings: Vec<usize> = (0..texts.len()).collect();
    for (at, text) in texts.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for key in &text.prose {
            let places = stands.entry(*key).or_default();
            if places.len() < COMMON {
                places.iter().for_each(|&other| *shared.entry(other).or_default() += 1);
                places.push(at);
            }
        }
        let same = |other: usize, count: usize| {
            let shorter = texts.get(other).map_or(0, |it| it.prose.len()).min(text.prose.len());
            count * 2 >= shorter
        };
        let first =
            shared.into_iter().filter(|&(other, count)| same(other, count)).map(|it| it.0).min();
        if let Some(earlier) = first.and_then(|first| printings.get(first).copied()) {
            printings[at] = earlier;
        }
    }
    printings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces(text: &str) -> Traces {
        let lines: Vec<Line> = text.lines().map(|line| Line::plain(1, line)).collect();
        Traces::of(&lines)
    }

    fn paragraph(seed: &str) -> String {
        format!("{seed} ").repeat(120 / seed.len())
    }

    #[test]
    fn a_line_in_three_texts_is_furniture() {
        let texts: Vec<Traces> = ["one", "two", "three"]
            .iter()
            .map(|it| {
                traces(&format!("Evening Bell\n{}\nVisits today: 1{}", paragraph(it), it.len()))
            })
            .collect();
        let survey = Survey::of(&texts);
        assert!(survey.opens_many("EVENING BELL"));
        assert!(survey.closes_many("Visits today: 77"));
        assert!(!survey.opens_many("Morning Bell"));
    }

    #[test]
    fn printings_of_one_text_count_once() {
        let text =
            format!("A title\n{}\n{}\nSigned in two copies", paragraph("long"), paragraph("words"));
        let survey = Survey::of(&vec![traces(&text); 5]);
        assert!(!survey.opens_many("A title"));
        assert!(!survey.closes_many("Signed in two copies"));
    }
}
