//! The pieces that are set against each other: sentences with the evidence found in them.
//!
//! Knows one witness at a time, and nothing of how pieces are aligned.

use super::evidence::Text;
use super::keys::Keys;
use super::lexicon::Glosses;
use super::sentence::{self, Mark as Pause, is_wide};
use crate::vocab::evidence::{Space, Trace};
use crate::vocab::lang::Lang;
use crate::vocab::letter::is_letter_or_digit;

/// A sentence of a witness, or a piece of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    /// Whose it is: the witness's place.
    pub(crate) witness: usize,
    /// Which passage of the witness.
    pub(crate) passage: u32,
    /// The bytes of the passage.
    pub(crate) range: (u32, u32),
    /// Natural logarithm of its length in letters.
    pub(crate) length: f32,
    /// The strongest mark at which it could be cut.
    pub(crate) pause: Option<Pause>,
    /// What was found in it, in the order of the text.
    pub(crate) marks: Vec<Mark>,
    /// How likely it stands where it was laid, in hundredths.
    pub(crate) sure: u8,
}

/// One piece of evidence in a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// The number of what it is; words carry their language in the key.
    pub(crate) key: u32,
    /// How much it counts before rarity is weighed in.
    pub(crate) weight: f32,
    /// Byte offset in the passage.
    pub(crate) at: u32,
    /// How surely a counterpart bears it, too, between 0 and 1.
    pub(crate) trust: f32,
    /// Whether it is a word of the language, which the lexicon can gloss.
    pub(crate) word: bool,
}

/// The segments of a witness, in its order; their keys get numbers.
pub(crate) fn segments(place: usize, own: &Text, keys: &mut Keys) -> Vec<Segment> {
    let mut all = Vec::new();
    for (passage, (text, traces)) in (0..).zip(own.read()) {
        let mut marks = marks(traces, own.lang, keys);
        marks.extend(signs(text, own.lang, keys));
        let whole = Segment { witness: place, passage, marks, ..Segment::default() };
        let sentences = sentence::sentences(text, own.lang).into_iter();
        all.extend(sentences.map(|range| whole.piece(text, range)));
    }
    all
}

impl Segment {
    /// The part of a segment that stands in a byte range of the passage.
    pub(crate) fn piece(&self, text: &str, range: (u32, u32)) -> Self {
        let inside = || self.marks.iter().filter(|it| (range.0..range.1).contains(&it.at));
        let mut marks = Vec::with_capacity(inside().count());
        marks.extend(inside());
        Self {
            witness: self.witness,
            passage: self.passage,
            range,
            length: letters(text.get(range.0 as usize..range.1 as usize).unwrap_or_default()).ln(),
            pause: sentence::pause(text, range),
            marks,
            sure: self.sure,
        }
    }
}

/// Sums the evidence of segments by key.
pub(crate) struct Summing<'a> {
    glosses: &'a Glosses,
    sums: Vec<f32>,
    met: Vec<u32>,
}

impl<'a> Summing<'a> {
    /// Makes ready.
    pub(crate) fn new(glosses: &'a Glosses) -> Self {
        Self { glosses, sums: vec![0.0; glosses.keys()], met: Vec::new() }
    }

    /// The evidence of a segment and the glosses of its words, in the order in which keys are met.
    pub(crate) fn vector(&mut self, segment: &Segment) -> impl Iterator<Item = (u32, f32)> {
        for mark in &segment.marks {
            self.add(mark.key, mark.weight);
            for &(key, weight) in self.glosses.of(mark.key) {
                self.add(key, mark.weight * weight);
            }
        }
        let sums = &mut self.sums;
        self.met.drain(..).map(|key| (key, sums.get_mut(key as usize).map_or(0.0, std::mem::take)))
    }

    /// Adds to a key.
    fn add(&mut self, key: u32, weight: f32) {
        let Some(sum) = self.sums.get_mut(key as usize) else { return };
        if *sum == 0.0 {
            self.met.push(key);
        }
        *sum += weight;
    }
}

/// How much the kinds of evidence count.
fn worth(space: Space) -> f32 {
    match space {
        Space::Number | Space::Day => 1.5,
        Space::Latin | Space::Skeleton | Space::Word => 1.0,
        Space::Concept => 0.8,
        Space::Stub => 0.6,
    }
}

/// How surely the counterpart of what bears a key bears it, too.
fn trust(space: Space) -> f32 {
    match space {
        Space::Number | Space::Day => 0.8,
        Space::Latin | Space::Word => 0.6,
        Space::Skeleton | Space::Concept => 0.4,
        Space::Stub => 0.3,
    }
}

/// The key of a word of a language.
pub(crate) fn word_key(lang: &Lang, key: u64) -> u64 {
    let salt = lang.base().bytes().fold(0u64, |salt, byte| salt * 131 + u64::from(byte));
    salted(salt << 8, key)
}

/// A key that meets no key of another kind.
fn salted(salt: u64, key: u64) -> u64 {
    (key ^ salt.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(17)
}

/// Everything found in a passage.
pub(crate) fn marks(traces: &[Trace], lang: &Lang, keys: &mut Keys) -> Vec<Mark> {
    traces
        .iter()
        .map(|trace| {
            let word = trace.space == Space::Word;
            Mark {
                key: keys.number(if word {
                    word_key(lang, trace.key)
                } else {
                    salted(trace.space as u64, trace.key)
                }),
                weight: trace.weight * worth(trace.space),
                at: trace.at,
                trust: trust(trace.space) * trace.weight,
                word,
            }
        })
        .collect()
}

/// What keys of punctuation are salted with, beside the kinds of traces.
const OF_SIGNS: u64 = 77;
/// How much a sign of punctuation counts, and how surely a counterpart bears it, too.
const SIGN: (f32, f32) = (0.85, 0.5);

/// The signs of punctuation in a passage that translators keep: questions, cries, quotations, brackets, colons,
/// semicolons and dashes, whatever they look like in a language.
fn signs(text: &str, lang: &Lang, keys: &mut Keys) -> Vec<Mark> {
    let greek = lang.base() == "el";
    let kind = |c: char| match c {
        ';' if greek => Some(0),
        '?' | '？' | '؟' | '՞' | '\u{37e}' => Some(0),
        '!' | '！' | '՜' => Some(1),
        '"' | '“' | '„' | '«' | '「' | '『' => Some(2),
        '(' | '（' | '[' => Some(3),
        ':' | '：' => Some(4),
        ';' | '；' | '؛' | '፤' => Some(5),
        '—' | '–' => Some(6),
        _ => None,
    };
    let found = text.char_indices().filter_map(|(at, c)| Some((at as u32, kind(c)?)));
    let (weight, trust) = SIGN;
    let mark = |(at, kind)| Mark {
        key: keys.number(salted(OF_SIGNS, kind)),
        weight,
        at,
        trust,
        word: false,
    };
    found.map(mark).collect()
}

/// How long a text is in letters of an alphabet; a Han character or kana counts three. At least one.
fn letters(text: &str) -> f32 {
    let count = |c: char| if is_wide(c) { 3 } else { u32::from(is_letter_or_digit(c)) };
    text.chars().map(count).sum::<u32>().max(1) as f32
}
