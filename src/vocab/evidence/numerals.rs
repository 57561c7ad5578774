//! Words for numbers in many languages: enough to know that `twenty-three` and `23` are one.
//!
//! One word by itself only meets what another version states. Several that make one number state it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::forms::{Form, Forms, When};
use super::magnitudes;
use super::quantity::{Measure, Quantity};
use super::scripts::digit;
use super::signs;
use super::spellings::{Word, plain, words};
use super::sums::{Part, Rules, Sum};
use crate::vocab::lang::Lang;
use crate::vocab::yaml;

/// Languages that write a number of several words as one, each with what joins a unit to a ten.
const JOINED: &[(&str, &[&str])] = &[
    ("cs", &["a"]),
    ("da", &["og"]),
    ("de", &["und"]),
    ("et", &[]),
    ("fi", &[]),
    ("hu", &[]),
    ("hy", &[]),
    ("it", &[]),
    ("ka", &[]),
    ("nb", &["og"]),
    ("nl", &["en", "ën"]),
    ("nn", &["og"]),
    ("sk", &[]),
    ("sl", &["in"]),
    ("sv", &[]),
    ("tr", &[]),
];

/// Little words between two parts of one number.
const BETWEEN: &[(&str, &str)] = &[
    ("ar", "و"),
    ("bg", "и"),
    ("bs", "i"),
    ("ca", "i"),
    ("da", "og"),
    ("el", "και"),
    ("en", "and"),
    ("es", "y"),
    ("fa", "و"),
    ("fr", "et"),
    ("gl", "e"),
    ("hr", "i"),
    ("mk", "и"),
    ("nb", "og"),
    ("pt", "e"),
    ("ro", "și"),
    ("sq", "e"),
    ("sr", "и"),
    ("sw", "na"),
];

/// The table that the program carries, by language.
fn table() -> &'static BTreeMap<String, Forms<Part>> {
    static TABLE: OnceLock<BTreeMap<String, Forms<Part>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../tables/numerals.yaml");
        let rows = yaml::read::<BTreeMap<String, String>>(text).unwrap_or_default();
        rows.into_iter().map(|(lang, row)| (lang, Forms::read(&row, Part::read))).collect()
    })
}

/// Adds the numbers that a passage spells out.
pub(super) fn spelled(text: &str, lang: &Lang, found: &mut Vec<Quantity>) {
    let base = match lang.base() {
        "bs" => "hr",
        "no" => "nb",
        other => other,
    };
    if matches!(base, "zh" | "ja" | "ko" | "yue" | "th") {
        signs::spelled(text, base, found);
        return;
    }
    let Some(forms) = table().get(base) else { return };
    let words = words(text);
    let letters = words.iter().map(|it| plain(it.of(text))).collect();
    let reader = Reader { text, base, forms, words, letters, rules: Rules(base) };
    let mut from = 0;
    for place in 0..reader.words.len() {
        let several = if place >= from { reader.several(place) } else { None };
        if let Some((it, next)) = several {
            found.push(it);
            from = next;
        }
        reader.single(place, place >= from, found);
    }
}

/// One passage in a language whose number words are known.
struct Reader<'a> {
    text: &'a str,
    base: &'a str,
    forms: &'a Forms<Part>,
    words: Vec<Word>,
    /// The letters of each word, as tables are asked for it.
    letters: Vec<String>,
    rules: Rules<'a>,
}

/// What stands at a place: the parts of a number that the words there are, and the place behind them.
struct Met {
    parts: Vec<Part>,
    next: usize,
    /// Whether a little word that joins numbers stands in front of it, or is its first letter.
    joined: bool,
}

impl Reader<'_> {
    /// Adds what one word means by itself; `alone` is whether it is no part of a number of several words.
    fn single(&self, place: usize, alone: bool, found: &mut Vec<Quantity>) {
        let Some((forms, next)) = self.forms_at(place) else { return };
        let Some(at) = self.span(place, next) else { return };
        if let Some(value) = self.apart(place, &forms).and_then(|it| self.sum(&it)) {
            // With a capital and no other word, `Ottocento` is a century.
            let century = self.base == "it" && at.of(self.text).starts_with(char::is_uppercase);
            found.push(quantity(at, value, alone && self.is_whole(at, value) && !century));
            return;
        }
        let means = |it: &&Form<Part>| match it.means {
            Part::Value(value) if it.when != When::Part => Some(value),
            _ => None,
        };
        found.extend(forms.iter().filter_map(means).map(|value| quantity(at, value, false)));
    }

    /// The number that several words from a place on make, and the place behind them.
    fn several(&self, place: usize) -> Option<(Quantity, usize)> {
        let first = self.words.get(place)?;
        let before = self.text.get(..first.from)?.trim_end();
        if before.ends_with(|c| digit(c).is_some()) {
            return None;
        }
        let mut sum = Sum::default();
        let (mut next, mut count) = (place, 0);
        while let Some(met) = self.met(next, count > 0) {
            let mut longer = sum.clone();
            let late = self.base == "vi" && count > 0 && self.is(met.next - 1, "năm");
            let all = met.parts.iter().all(|it| longer.add(*it, met.joined, self.rules));
            if !all || late {
                break;
            }
            (sum, next, count) = (longer, met.next, count + 1);
        }
        let value = sum.value().filter(|_| count >= 2)?;
        let at = self.span(place, next)?;
        Some((quantity(at, value, self.is_whole(at, value)), next))
    }

    /// Whether words state a number by themselves: no half, which may be one of an hour, and no beginning of a
    /// number that goes on in figures.
    fn is_whole(&self, at: Word, value: u64) -> bool {
        let behind = self.text.get(at.to..).unwrap_or_default().trim_start();
        value.is_multiple_of(100) && !behind.starts_with(|c| digit(c).is_some())
    }

    /// The parts of a number at a place; behind others a little word may stand in front.
    fn met(&self, place: usize, behind: bool) -> Option<Met> {
        if behind && !self.is_near(place) {
            return None;
        }
        let little = BETWEEN.iter().find(|it| it.0 == self.base).map(|it| it.1);
        if behind && little.is_some_and(|it| self.is(place, it)) && self.is_near(place + 1) {
            let met = self.met(place + 1, false)?;
            return Some(Met { joined: true, ..met });
        }
        let word = self.letters.get(place)?;
        let (forms, next) = self.forms_at(place)?;
        if let Some(parts) = self.apart(place, &forms) {
            return Some(Met { parts, next: place + 1, joined: true });
        }
        if let Some(form) = forms.first() {
            return Some(Met { parts: vec![form.means], next, joined: false });
        }
        let prefixed = self.prefixed(word);
        let named = || Some(Part::Value(magnitudes::named(word, self.base)?.checked_mul(100)?));
        let part = prefixed.or_else(named)?;
        Some(Met { parts: vec![part], next: place + 1, joined: prefixed.is_some() })
    }

    /// The forms that the words from a place on are: several where hyphens or apostrophes join them.
    fn forms_at(&self, place: usize) -> Option<(Vec<&Form<Part>>, usize)> {
        let first = self.words.get(place)?;
        let several = (2..=4).rev().find_map(|count| {
            let words = self.words.get(place..place + count)?;
            let sign = |pair: &[Word]| {
                let gap = self.text.get(pair[0].to..pair[1].from).unwrap_or_default();
                matches!(gap, "-" | "'" | "’" | "ʼ" | "‘" | "ʻ")
            };
            let whole = self.text.get(first.from..words.last()?.to)?;
            let forms = words.windows(2).all(sign).then(|| self.forms.of(&plain(whole)))?;
            let parted = |it: &&Form<Part>| it.letters.contains(['-', '\'']);
            forms.iter().any(parted).then_some((forms, place + count))
        });
        several.or_else(|| Some((self.forms.of(self.letters.get(place)?), place + 1)))
    }

    /// What a word is behind a letter that stands for "and" or a preposition in Arabic and Hebrew.
    fn prefixed(&self, word: &str) -> Option<Part> {
        let bare = match self.base {
            "ar" => word.strip_prefix('و'),
            "he" => word.strip_prefix('ו'),
            _ => None,
        };
        self.forms.of(bare?).first().map(|it| it.means)
    }

    /// The parts of a number that is written as one word, which is none of these forms as it stands: `tjugotvå`.
    fn apart(&self, place: usize, forms: &[&Form<Part>]) -> Option<Vec<Part>> {
        let joints = JOINED.iter().find(|it| it.0 == self.base)?.1;
        let word = self.letters.get(place)?;
        if word.chars().count() < 6 || forms.iter().any(|it| it.letters == *word) {
            return None;
        }
        let mut parts = Vec::new();
        self.take_apart(word, joints, &mut parts).then_some(())?;
        self.sum(&parts).map(|_| parts)
    }

    /// Takes a word apart from left to right, the longest forms first.
    fn take_apart(&self, word: &str, joints: &[&str], parts: &mut Vec<Part>) -> bool {
        let mut forms = self.forms.begun(word);
        forms.sort_by_key(|it| std::cmp::Reverse(it.letters.len()));
        forms.into_iter().any(|form| {
            let rest = word.get(form.letters.len()..).unwrap_or_default();
            let ends = rest.is_empty() || form.when == When::Begins && rest.chars().count() <= 2;
            parts.push(form.means);
            let done = ends && parts.len() >= 2
                || parts.len() < 6
                    && !rest.is_empty()
                    && (self.take_apart(rest, joints, parts)
                        || joints
                            .iter()
                            .filter_map(|it| rest.strip_prefix(it))
                            .any(|it| self.take_apart(it, joints, parts)));
            if !done {
                parts.pop();
            }
            done
        })
    }

    /// The value of parts that are one word.
    fn sum(&self, parts: &[Part]) -> Option<u64> {
        let mut sum = Sum::default();
        parts.iter().all(|it| sum.add(*it, true, self.rules)).then(|| sum.value())?
    }

    /// Whether a word is this one.
    fn is(&self, place: usize, word: &str) -> bool {
        self.letters.get(place).is_some_and(|it| it == word)
    }

    /// Whether a word stands right behind the one before it, but for a space or a hyphen.
    fn is_near(&self, place: usize) -> bool {
        let pair = place.checked_sub(1).and_then(|it| self.words.get(it..it + 2));
        let gap = pair.and_then(|pair| self.text.get(pair[0].to..pair[1].from));
        gap.is_some_and(|it| matches!(it, " " | "-" | "\u{a0}" | "\u{202f}"))
    }

    /// Where the words from a place to before another stand.
    fn span(&self, place: usize, next: usize) -> Option<Word> {
        let (first, last) = (self.words.get(place)?, self.words.get(next.checked_sub(1)?)?);
        Some(Word { from: first.from, to: last.to })
    }
}

/// A number in hundredths that some words spell out.
pub(super) fn quantity(at: Word, value: u64, firm: bool) -> Quantity {
    Quantity { from: at.from as u32, to: at.to as u32, measure: Measure::Number, value, firm }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, tag: &str, firm: bool) -> Vec<u64> {
        let mut found = Vec::new();
        spelled(text, &Lang::parse(tag).unwrap(), &mut found);
        found.into_iter().filter(|it| it.firm == firm).map(|it| it.value).collect()
    }

    #[test]
    fn several_words_are_one_number() {
        for (text, tag) in [
            ("twenty-three people", "en"),
            ("vingt-trois personnes", "fr"),
            ("veintitrés personas", "es"),
            ("ventitré persone", "it"),
            ("vinte e três pessoas", "pt"),
            ("dreiundzwanzig Menschen", "de"),
            ("drieëntwintig mensen", "nl"),
            ("tjugotre personer", "sv"),
            ("tjuetre personer", "nb"),
            ("treogtyve personer", "da"),
            ("dwadzieścia trzy osoby", "pl"),
            ("dvacet tři lidí", "cs"),
            ("двадцать три человека", "ru"),
            ("двадцять три людини", "uk"),
            ("douăzeci și trei de oameni", "ro"),
            ("huszonhárom ember", "hu"),
            ("kaksikymmentäkolme ihmistä", "fi"),
            ("είκοσι τρία άτομα", "el"),
            ("yirmi üç kişi", "tr"),
            ("ثلاثة وعشرون شخصا", "ar"),
            ("بیست و سه نفر", "fa"),
            ("עשרים ושלושה אנשים", "he"),
            ("तेईस लोग", "hi"),
            ("hai mươi ba người", "vi"),
            ("dua puluh tiga orang", "id"),
            ("ishirini na tatu", "sw"),
            ("ოცდასამი ადამიანი", "ka"),
            ("քսաներեք մարդ", "hy"),
            ("жиырма үш адам", "kk"),
            ("스물세 명", "ko"),
            ("ยี่สิบสามคน", "th"),
        ] {
            let all = [values(text, tag, true), values(text, tag, false)].concat();
            assert!(all.contains(&2300), "{tag}: {text}: {all:?}");
        }
    }

    #[test]
    fn large_numbers_and_halves_are_read() {
        for (text, tag, value) in [
            ("two hundred and fifty", "en", 250),
            ("five million people", "en", 5_000_000),
            ("zweitausendfünfhundert", "de", 2500),
            ("tjugotvå tusen", "sv", 22_000),
            ("etthundrasjuttio tusen", "sv", 170_000),
            ("quatre-vingt-dix-sept", "fr", 97),
            ("двести тысяч", "ru", 200_000),
            ("मारे गए ढाई लाख लोग", "hi", 250_000),
            ("আড়াই লাখ মানুষ", "bn", 250_000),
            ("ألفي شخص", "ar", 2000),
            ("כאן אלפיים איש", "he", 2000),
            ("on yedi kişi", "tr", 17),
            ("mười bảy người", "vi", 17),
            ("hai mươi năm", "vi", 20),
            ("이천 명", "ko", 2000),
            ("สองพันคน", "th", 2000),
        ] {
            let all = [values(text, tag, true), values(text, tag, false)].concat();
            assert!(all.contains(&(value * 100)), "{tag}: {text}: {all:?}");
        }
    }

    #[test]
    fn words_that_make_no_number_state_none() {
        for (text, tag) in [
            ("one of the two", "en"),
            ("twenty and more", "en"),
            ("elfu mbili", "sw"),
            ("Hundertschaft", "de"),
            ("neuf livres neuf", "fr"),
        ] {
            let found = values(text, tag, true);
            assert!(found.is_empty(), "{tag}: {text}: {found:?}");
        }
    }
}
