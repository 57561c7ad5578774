//! Lessons: what each statement teaches about the words of its languages, and how the lexicon is learned.
//!
//! In every round each statement is woven by what the round before has taught, and all rows together teach
//! anew. What a statement teaches in a round follows from its own texts, the kind of round, and what the
//! lexicon says of its own words: whoever keeps lessons by [`Round::print`] has to make anew only those
//! that can have changed.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::couples::Kept;
use super::evidence::Text;
use super::lexicon::Dictionary;
use super::pairing::RowWords;
use super::rounds::{self, Lessons};
use super::segment::word_key;
use super::{Evidence, Lexicon, Witness};
use crate::vocab::digest::Fingerprint;
use crate::vocab::evidence::Space;

/// How often the dictionary is learned from rows that are only sketched with the one before, until it is
/// learned from rows that are woven whole.
const SKETCHES: usize = 3;
/// With how many statements learning begins: a word must be borne out by two.
const ENOUGH: usize = 3;

/// The words of a statement: what it can read in a lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(Vec<u64>);

impl Words {
    /// The words of some versions, which have been read.
    pub fn of(witnesses: &[Witness], evidence: &Evidence) -> Self {
        let mut all = Vec::new();
        for (place, own) in witnesses.iter().enumerate() {
            let words = evidence.version(place).iter().flatten();
            let words = words.filter(|it| it.space == Space::Word);
            all.extend(words.map(|it| word_key(&own.lang, it.key)));
        }
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// The keys of the words, in order.
    pub(super) fn keys(&self) -> &[u64] {
        &self.0
    }
}

/// One round of learning.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    lexicon: &'a Lexicon,
    whole: bool,
}

/// What a statement teaches in a round: the words of its rows, each by its place among the statement's words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lesson(Vec<RowWords>);

impl Round<'_> {
    /// A fingerprint of all that a lesson of this round hangs on, but for the statement's texts.
    pub fn print(&self, words: &Words) -> Fingerprint {
        Fingerprint::of(&(self.whole, self.lexicon.print(words)))
    }

    /// What a statement teaches, whose words are these.
    pub fn lesson(&self, witnesses: &[Witness], evidence: &Evidence, words: &Words) -> Lesson {
        let teach = if self.whole { rounds::lessons } else { rounds::sketches };
        let sorted = evidence.by_name(witnesses).into_iter();
        let texts: Vec<Text> = sorted.map(|it| it.1).collect();
        let lessons: Lessons = teach(&texts, &self.lexicon.dictionary);
        let mut all = Vec::new();
        for (mut rows, keys) in lessons {
            for row in &mut rows {
                row.renumber(|word| {
                    let key = keys.all().get(word as usize)?;
                    words.0.binary_search(key).ok().map(|it| it as u32)
                });
            }
            all.append(&mut rows);
        }
        Lesson(all)
    }
}

impl Lexicon {
    /// A fingerprint of all that is said here of some words, and so of all that collating their statement
    /// reads here.
    pub fn print(&self, words: &Words) -> Fingerprint {
        self.dictionary.print(words.keys())
    }
}

/// Learns from statements, whose words are known, what collating stands on; `teach` gives the lesson of a
/// statement in a round, and what the rows of all teach of two languages may be `kept`.
pub fn learn_from(
    all: &[Words],
    teach: &(dyn Fn(usize, &Round) -> Lesson + Sync),
    kept: Kept,
) -> Lexicon {
    let mut lexicon = Lexicon::default();
    if all.len() < ENOUGH {
        return lexicon;
    }
    for at in 0..=SKETCHES {
        let round = Round { lexicon: &lexicon, whole: at == SKETCHES };
        let statements = all.par_iter().enumerate();
        let lessons = statements.map(|(at, own)| (teach(at, &round).0, own.keys())).collect();
        lexicon.dictionary = Dictionary::learn(lessons, kept);
    }
    lexicon
}

/// Learns from `count` statements what collating any of them stands on. They are fetched one at a time,
/// so that they need not stand in memory together.
pub fn learn(count: usize, fetch: &(dyn Fn(usize) -> Vec<Witness> + Sync)) -> Lexicon {
    let words = |witnesses: &[Witness]| Words::of(witnesses, &Evidence::of(witnesses));
    let words: Vec<Words> = (0..count).into_par_iter().map(|at| words(&fetch(at))).collect();
    let teach = |at: usize, round: &Round| {
        let witnesses = fetch(at);
        let lesson = |own| round.lesson(&witnesses, &Evidence::of(&witnesses), own);
        words.get(at).map_or_else(Lesson::default, lesson)
    };
    learn_from(&words, &teach, Kept::NOTHING)
}
