//! Words that may be names: where they stand, how they are written, and how they sound. Knows one passage
//! at a time, and nothing of what other versions say there.

use super::concepts::{Concept, Words, transliterates};
use super::scripts::{Script, script};
use super::skeleton::{self, Ch, Skeleton};
use super::words::Word;
use crate::vocab::lang::Lang;

/// A word that may be a name, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Byte offset where it begins.
    pub from: u32,
    /// Byte offset where it ends.
    pub to: u32,
    /// How it is written.
    pub case: Case,
    /// How it sounds.
    pub sound: Sound,
}

/// What the writing of a word says about its being a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// A small letter in front: a common word.
    Small,
    /// Its script has no capitals.
    Without,
    /// A capital in front that its place demands: the first word of a sentence.
    First,
    /// A capital inside a sentence.
    Capital,
    /// Capitals only, two or more.
    Capitals,
}

/// How many letters of a romanised word are kept.
const KEPT: usize = 20;

/// A romanised word with its consonant skeletons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    roman: [u8; KEPT],
    length: u8,
    hard: Skeleton,
    soft: Skeleton,
    variants: u64,
    alphabet: Alphabet,
}

/// How faithfully a script writes the sounds of a foreign name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alphabet {
    /// Consonants and vowels.
    Full,
    /// Consonants, and some of the vowels.
    Consonants,
    /// Syllables, with sounds of other languages brought to the nearest.
    Syllables,
}

/// The fewest consonants by which names of two scripts can be told to be one.
const FEWEST: u32 = 3;

impl Sound {
    /// How a romanised word sounds.
    fn of(word: &Word, kind: Script) -> Self {
        let mut roman = [0; KEPT];
        let length = word.roman.len().min(KEPT);
        for (kept, byte) in roman.iter_mut().zip(&word.roman) {
            *kept = *byte;
        }
        let hard = skeleton::skeleton(&word.roman, Ch::Hard);
        let soft = if word.roman.windows(2).any(|pair| pair == b"ch") {
            skeleton::skeleton(&word.roman, Ch::Soft)
        } else {
            hard
        };
        let alphabet = match kind {
            Script::Han | Script::Katakana | Script::Hangul => Alphabet::Syllables,
            Script::Arabic => Alphabet::Consonants,
            Script::Caseless if hebrew(word) => Alphabet::Consonants,
            _ => Alphabet::Full,
        };
        let variants = skeleton::variants(&word.roman);
        Self { roman, length: length as u8, hard, soft, variants, alphabet }
    }

    /// The romanised word: its first twenty letters, in lower case.
    pub fn letters(&self) -> &[u8] {
        self.roman.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The keys of the shelves on which words that may be the same lie together; two where `ch` can be
    /// read in two ways, or the word is so short that it is known by its letters only.
    pub fn shelves(&self) -> [u64; 2] {
        if self.hard.len() < FEWEST {
            let key = super::hash::hash(self.letters()) | 1 << 63;
            return [key, key];
        }
        [self.hard.first(FEWEST).key(), self.soft.first(FEWEST).key()]
    }

    /// How alike two words sound, from 0 (not at all) to 100 (letter by letter).
    pub fn likeness(&self, other: &Self) -> u8 {
        if self.letters() == other.letters() && self.length >= 3 {
            return 100;
        }
        let pairs = [(self.hard, other.hard), (self.soft, other.soft)];
        let pairs = pairs.into_iter().chain([(self.hard, other.soft), (self.soft, other.hard)]);
        pairs.map(|(a, b)| self.compared(other, a, b)).max().unwrap_or(0)
    }

    /// How alike two words sound in one reading of each.
    fn compared(&self, other: &Self, a: Skeleton, b: Skeleton) -> u8 {
        let shared = a.len().min(b.len());
        let rest = a.len().max(b.len()) - shared;
        let ending = self.ending(other);
        if shared < FEWEST || rest > 2 || a.first(shared) != b.first(shared) || rest > 0 && !ending
        {
            return 0;
        }
        let alike = (0..shared).filter(|&at| self.variant(at) == other.variant(at)).count() as u32;
        let vowels = self.vowels(other);
        // Each consonant is a witness; those that agree in voice and manner are better ones.
        let base = match shared {
            3 => 30,
            4 => 50,
            5 => 62,
            _ => 72,
        };
        let score = base + 20 * alike / shared + vowels;
        (score - 8 * rest.min(2)).min(99) as u8
    }

    /// Whether a difference behind the shared beginning may be an ending: both words begin alike, letter
    /// by letter, for as long as the shorter one, but for two letters at most.
    fn ending(&self, other: &Self) -> bool {
        let (a, b) = (self.letters(), other.letters());
        let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        same >= 4 && same + 2 >= a.len().min(b.len())
    }

    /// The manner of the consonant at a place, from the front.
    fn variant(&self, at: u32) -> u64 {
        self.variants >> (3 * at) & 7
    }

    /// What the vowels add: up to 25 where both alphabets write them, less where they are not written.
    fn vowels(&self, other: &Self) -> u32 {
        let full = self.alphabet == Alphabet::Full && other.alphabet == Alphabet::Full;
        if !full {
            let opens = |it: &Self| it.letters().first().is_some_and(|it| b"aeiou".contains(it));
            return if opens(self) == opens(other) { 10 } else { 0 };
        }
        let (a, b) = (self.letters(), other.letters());
        let longest = a.len().max(b.len()).max(1);
        let distance = distance(a, b).min(longest);
        (25 * (longest - distance) / longest) as u32
    }
}

/// Whether the letters are Hebrew, which leaves vowels out.
fn hebrew(word: &Word) -> bool {
    word.folded.first().is_some_and(|c| matches!(u32::from(*c), 0x5d0..=0x5f2))
}

/// How many letters must be changed, added or left out to make one word of the other (Levenshtein 1966).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row = [0_usize; KEPT + 1];
    for (at, cell) in row.iter_mut().enumerate() {
        *cell = at;
    }
    for (line, x) in a.iter().enumerate() {
        let mut corner = line;
        let mut left = line + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let best = (corner + usize::from(x != y)).min(*cell + 1).min(left + 1);
            corner = *cell;
            *cell = best;
            left = best;
        }
    }
    row.get(b.len()).copied().unwrap_or(0)
}

/// The words of a passage that may be names, and of the others those that could be cognates of names, in
/// the order of the text. A word may be given more than once: with and without a particle.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut listener = Listener { text, word: Word::default(), found: Vec::new() };
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        at = match script(c) {
            Script::Other | Script::Mark | Script::Digit | Script::Continuous => at + c.len_utf8(),
            kind => listener.token(at, kind),
        };
    }
    listener.found
}

/// Whether a word of a language names a month or a weekday, which some languages write like names.
pub fn is_time(word: &str, lang: &Lang) -> bool {
    let kind = word.chars().map(script).find(|kind| *kind != Script::Mark).unwrap_or(Script::Other);
    let mut read = Word::default();
    read.read(word, kind);
    Words::of(lang).is_some_and(|words| words.concepts(read.stem(kind)).any(Concept::is_time))
}

/// The walk through one passage.
struct Listener<'a> {
    text: &'a str,
    word: Word,
    found: Vec<Mention>,
}

impl Listener<'_> {
    /// Reads the token that begins here; gives the offset behind it.
    fn token(&mut self, from: usize, kind: Script) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        let same = |c: char| matches!(script(c), it if it == kind || it == Script::Mark);
        let to = rest.find(|c: char| !same(c)).map_or(self.text.len(), |length| from + length);
        match kind {
            Script::Han => self.han(from, to),
            Script::Hiragana => {}
            Script::Latin | Script::Cased => self.cased(from, to, kind),
            _ => self.caseless(from, to, kind),
        }
        to
    }

    /// Keeps a stretch as a mention where it is long enough to be recognised.
    fn keep(&mut self, (from, to): (usize, usize), kind: Script, case: Case) {
        let text = self.text.get(from..to).unwrap_or_default();
        self.word.read(text, kind);
        if kind == Script::Arabic {
            self.word.spell_arabic();
        }
        let sound = Sound::of(&self.word, kind);
        if sound.length >= 3 {
            self.found.push(Mention { from: from as u32, to: to as u32, case, sound });
        }
    }

    /// A word of a script that has capitals.
    fn cased(&mut self, from: usize, to: usize, kind: Script) {
        let word = self.text.get(from..to).unwrap_or_default();
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let case = match letters().next() {
            Some(c) if !c.is_uppercase() => Case::Small,
            _ if letters().count() > 1 && letters().all(char::is_uppercase) => Case::Capitals,
            _ if opens(self.text.get(..from).unwrap_or_default()) => Case::First,
            _ => Case::Capital,
        };
        // A common word as short as this is no cognate of a name.
        if case != Case::Small || to - from >= 5 {
            self.keep((from, to), kind, case);
        }
    }

    /// A word of a script without capitals, and the same without the particle that may be in it.
    fn caseless(&mut self, from: usize, to: usize, kind: Script) {
        self.keep((from, to), kind, Case::Without);
        let word = self.text.get(from..to).unwrap_or_default();
        let bare = match kind {
            Script::Arabic | Script::Caseless => {
                let first = word.chars().next().filter(|&c| is_particle(c));
                first.map(|c| (from + c.len_utf8(), to))
            }
            Script::Hangul => korean_ending(word).map(|ending| (from, to - ending)),
            _ => None,
        };
        if let Some(bare) = bare {
            self.keep(bare, kind, Case::Without);
        }
    }

    /// What may be a foreign name in Chinese: runs of characters that transliterate, and their parts.
    fn han(&mut self, from: usize, to: usize) {
        let text = self.text;
        let chars: Vec<(usize, char)> =
            text.get(from..to).unwrap_or_default().char_indices().collect();
        for run in chars.chunk_by(|a, b| transliterates(a.1) && transliterates(b.1)) {
            for size in 3..=run.len().min(6) {
                for window in run.windows(size) {
                    if let (Some(first), Some(last)) = (window.first(), window.last()) {
                        let span = (from + first.0, from + last.0 + last.1.len_utf8());
                        self.keep(span, Script::Han, Case::Without);
                    }
                }
            }
        }
    }
}

/// Whether a capital behind this text says nothing: at the beginning, and behind the end of a sentence, a
/// colon or an opening quotation mark.
fn opens(before: &str) -> bool {
    let before = before.trim_end();
    before.chars().next_back().is_none_or(|c| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | ':'
                | '…'
                | '"'
                | '“'
                | '„'
                | '«'
                | '‘'
                | '('
                | '['
                | '–'
                | '—'
                | '•'
                | '*'
                | '¿'
                | '¡'
        ) && !initial(before)
    })
}

/// Whether a text ends with the initial of a name: `K.`.
fn initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    let (dot, letter, before) = (back.next(), back.next(), back.next());
    dot == Some('.')
        && letter.is_some_and(char::is_uppercase)
        && before.is_none_or(|c| !c.is_alphanumeric())
}

/// Arabic and Hebrew particles of one letter that are written with the word behind them.
fn is_particle(c: char) -> bool {
    matches!(c, 'و' | 'ف' | 'ب' | 'ك' | 'ل' | 'ו' | 'ב' | 'ל' | 'מ' | 'ה' | 'ש' | 'כ')
}

/// The bytes of the particle at the end of a Korean word.
fn korean_ending(word: &str) -> Option<usize> {
    const ENDINGS: &str =
        "에서는 에서 에게 께서 으로 까지 부터 라고 이라 은 는 이 가 을 를 의 에 와 과 도 로 만 측";
    let ending = ENDINGS.split(' ').find(|ending| word.ends_with(ending))?;
    (word.chars().count() >= ending.chars().count() + 2).then_some(ending.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From here on words are taken for spellings of one name where their versions meet.
    const LIKELY: u8 = 50;

    /// How a word sounds as a whole; of a Chinese one, parts are mentioned too.
    fn sound(text: &str) -> Sound {
        mentions(text).into_iter().max_by_key(|it| it.to - it.from).unwrap().sound
    }

    #[test]
    fn names_sound_alike_in_any_script() {
        let name = sound("Tokayev");
        for other in ["Tokajew", "Токаев", "توكاييف", "トカエフ", "托卡耶夫"] {
            let like = name.likeness(&sound(other));
            let shared = name.shelves().iter().any(|it| sound(other).shelves().contains(it));
            assert!(like >= LIKELY && shared, "{other}: {like}");
        }
        assert_eq!(sound("Nazarbayev").likeness(&sound("Tokayev")), 0);
        assert_eq!(sound("Иран").likeness(&sound("Iran")), 100);
    }

    #[test]
    fn the_case_of_a_word_is_told() {
        let text = "Gestern kam K. Tokajew nach Nur. Er sprach mit der NATO.";
        let cases: Vec<(&str, Case)> = mentions(text)
            .iter()
            .map(|it| (text.get(it.from as usize..it.to as usize).unwrap(), it.case))
            .filter(|it| it.1 != Case::Small)
            .collect();
        let (capital, capitals) = (Case::Capital, Case::Capitals);
        let first = ("Gestern", Case::First);
        assert_eq!(cases, [first, ("Tokajew", capital), ("Nur", capital), ("NATO", capitals)]);
    }

    #[test]
    fn particles_are_left_away() {
        let name = sound("Tokayev");
        for text in ["وتوكاييف", "토카예프는"] {
            assert!(mentions(text).iter().any(|it| it.sound.likeness(&name) >= LIKELY), "{text}");
        }
    }

    #[test]
    fn words_differ_by_letters() {
        assert_eq!(distance(b"tokayev", b"tokajew"), 2);
        assert_eq!(distance(b"", b"abc"), 3);
        assert_eq!(distance(b"abc", b""), 3);
    }
}
