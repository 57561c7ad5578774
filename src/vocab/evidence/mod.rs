//! What can be recognised in a passage of any language: numbers, dates, names, concepts, words.
//!
//! Arranging and collating both stand on this. It knows texts and languages, and no documents.
//!
//! What each space holds, and what an equal key means:
//! - [`Space::Number`]: the same value (`2,500` = `2 500` = `٢٬٥٠٠` = `2.5 thousand`); [`number`] reads it
//!   back from the key.
//! - [`Space::Day`]: the same day of the year (`10 January` = `10 stycznia` = `1月10日`); [`day`] reads it.
//! - [`Space::Latin`]: the same word in Latin letters that stands out (a capital, a Latin word in a text of
//!   another script) or the same address, but for case, accents and the last letter of longer words.
//! - [`Space::Skeleton`]: words with the same consonants in any script; short ones meet by chance.
//! - [`Space::Stub`]: longer words that begin with the same four consonants: cognates, inflected names.
//! - [`Space::Concept`]: words of which at least one sense in Unicode CLDR is the same.
//! - [`Space::Word`]: the same stem; comparable inside one language only.

mod concepts;
mod days;
mod eastern;
mod elsewhere;
mod forms;
mod hash;
mod magnitudes;
mod months;
mod myriads;
pub mod names;
mod numbers;
mod numerals;
pub mod quantity;
mod reader;
mod scripts;
mod signs;
mod skeleton;
mod spellings;
mod sums;
mod unspaced;
mod words;

use super::lang::Lang;

/// The kinds of evidence that are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Space {
    /// Numbers, in any notation brought to one value.
    Number,
    /// Months with their days.
    Day,
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
    /// Its length in bytes.
    pub len: u32,
}

impl Trace {
    /// What stands in the passage.
    pub fn surface<'a>(&self, passage: &'a str) -> &'a str {
        let at = self.at as usize;
        passage.get(at..at + self.len as usize).unwrap_or_default()
    }
}

/// Everything that can be recognised in a passage, in the order of the text. One word may leave several
/// traces.
pub fn traces(text: &str, lang: &Lang) -> Vec<Trace> {
    traces_into(Vec::with_capacity(text.len() / 3), text, lang)
}

/// The same as [`traces`], in the room of a list that is no longer needed.
pub fn traces_into(room: Vec<Trace>, text: &str, lang: &Lang) -> Vec<Trace> {
    reader::Reader::new(text, lang, room).read()
}

/// The value behind the key of a [`Space::Number`], in hundredths.
pub fn number(key: u64) -> u64 {
    key
}

/// Month and day behind the key of a [`Space::Day`].
pub fn day(key: u64) -> (u32, u32) {
    ((key / 100) as u32, (key % 100) as u32)
}

/// Whether the key of a [`Space::Concept`] is a month, a weekday or a magnitude: what many languages write
/// like names, and what is none.
pub fn is_time(key: u64) -> bool {
    key < u64::from(concepts::MONTHS) + 11
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, tag: &str, space: Space) -> Vec<u64> {
        let lang = Lang::parse(tag).unwrap();
        traces(text, &lang).into_iter().filter(|it| it.space == space).map(|it| it.key).collect()
    }

    #[test]
    fn one_day_in_many_languages() {
        for (text, tag) in [
            ("10 stycznia 2022 r.", "pl"),
            ("le 10 janvier 2022", "fr"),
            ("on January 10, 2022", "en"),
            ("el 10 de enero de 2022", "es"),
            ("10 января 2022 года", "ru"),
            ("في 10 يناير", "ar"),
            ("2022年1月10日", "ja"),
            ("2022년 1월 10일", "ko"),
            ("10.01.2022", "de"),
        ] {
            assert_eq!(keys(text, tag, Space::Day), [110], "{text}");
        }
        assert_eq!(keys("10 stycznia 2022 r.", "pl", Space::Number), [1000, 202_200]);
    }

    #[test]
    fn magnitudes_are_multiplied() {
        for (text, tag) in [("8 thousand", "en"), ("8 tys.", "pl"), ("8000", "und"), ("8千", "zh")]
        {
            assert_eq!(keys(text, tag, Space::Number), [800_000], "{text}");
        }
    }

    #[test]
    fn names_meet_across_scripts() {
        let name = keys("Tokayev", "en", Space::Skeleton);
        for (text, tag) in [
            ("Tokajew", "pl"),
            ("Токаев", "ru"),
            ("توكاييف", "ar"),
            ("トカエフ", "ja"),
            ("토카예프", "ko"),
            ("托卡耶夫", "zh"),
        ] {
            let found = keys(text, tag, Space::Skeleton);
            assert!(found.contains(&name[0]), "{text}");
        }
        assert_eq!(keys("NATO", "en", Space::Latin), keys("الناتو (NATO)", "ar", Space::Latin));
    }

    #[test]
    fn concepts_meet_across_languages() {
        let russia = keys("Russia", "en", Space::Concept);
        for (text, tag) in [("Rosja", "pl"), ("Россия", "ru"), ("俄罗斯", "zh"), ("روسيا", "ar")]
        {
            let found = keys(text, tag, Space::Concept);
            assert!(russia.iter().any(|it| found.contains(it)), "{text}");
        }
    }

    #[test]
    fn surfaces_are_what_stands_there() {
        let text = "Ось 2 500 людей у місті Київ";
        let lang = Lang::parse("uk").unwrap();
        let surfaces: Vec<&str> = traces(text, &lang)
            .iter()
            .filter(|it| matches!(it.space, Space::Number | Space::Skeleton))
            .map(|it| it.surface(text))
            .collect();
        assert_eq!(surfaces, ["2 500"]);
    }

    proptest::proptest! {
        #[test]
        fn any_numbers_can_be_read(
            text in "([0-9]{1,24}|٣|۵/۲|[,.:/،]| |and|و|million|兆|百|万|億|ล้าน|แสน|구|천|억|만|mil|bin|elfu|月|日){0,40}",
            tag in "(en|es|tr|sw|fa|ar|zh|ja|ko|th|und)",
        ) {
            let lang = Lang::parse(&tag).unwrap();
            for it in quantity::quantities(&text, &lang) {
                assert!(text.get(it.from as usize..it.to as usize).is_some());
            }
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC{0,80}", tag in "(en|ar|zh|ja|ko|th|und)") {
            let lang = Lang::parse(&tag).unwrap();
            for trace in traces(&text, &lang) {
                assert!(!trace.surface(&text).is_empty());
                assert!(trace.weight > 0.0 && trace.weight <= 1.0);
            }
        }
    }
}
