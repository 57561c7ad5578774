//! One word of a text in the forms that evidence is made from: folded, romanised, stemmed. Knows words,
//! no positions.

use any_ascii::any_ascii_char;

use super::scripts::{Script, script};
use crate::vocab::letter::each_small;

/// The longest word that is read, in characters; what is behind is passed over.
const LONGEST: usize = 40;

/// A word, read.
#[derive(Default)]
pub(super) struct Word {
    /// Its characters in lower case, without marks; Latin ones without accents.
    pub(super) folded: Vec<char>,
    /// The same in lower-case ASCII letters, as `any_ascii` romanises.
    pub(super) roman: Vec<u8>,
    /// How many letters it has, and how many are capitals.
    pub(super) letters: u32,
    /// How many of the letters are capitals.
    pub(super) capitals: u32,
}

impl Word {
    /// Reads a word of a script into the space of the last one.
    pub(super) fn read(&mut self, text: &str, kind: Script) {
        self.folded.clear();
        self.roman.clear();
        self.letters = 0;
        self.capitals = 0;
        if text.is_ascii() {
            self.read_ascii(text.as_bytes());
            return;
        }
        for c in text.chars().filter(|&c| script(c) != Script::Mark).take(LONGEST) {
            self.letters += 1;
            self.capitals += u32::from(c.is_uppercase());
            self.add(c, kind);
        }
        if kind == Script::Arabic {
            self.romanise_arabic();
        }
    }

    /// Reads a word in ASCII letters.
    fn read_ascii(&mut self, word: &[u8]) {
        let word = word.get(..LONGEST).unwrap_or(word);
        self.letters = word.len() as u32;
        self.capitals = word.iter().map(|it| u32::from(it.is_ascii_uppercase())).sum();
        self.roman.extend(word.iter().map(u8::to_ascii_lowercase));
        self.folded.extend(self.roman.iter().map(|&it| char::from(it)));
    }

    /// Romanises an Arabic word without its particles and article. Long vowels and glides are written
    /// alike: only in front they are consonants.
    fn romanise_arabic(&mut self) {
        let bare = self.folded.iter().skip(arabic_prefix(&self.folded)).enumerate();
        for (at, &c) in bare.filter(|&(at, &c)| at == 0 || !matches!(c, 'و' | 'ي')) {
            let first = at == 0 && c == 'ا';
            let letters = if first { "a" } else { any_ascii_char(c) };
            self.roman.extend(letters.bytes().filter(u8::is_ascii_lowercase));
        }
    }

    /// Romanises an Arabic word anew with the vowels that its glides may stand for.
    pub(super) fn spell_arabic(&mut self) {
        self.roman.clear();
        let bare = self.folded.iter().skip(arabic_prefix(&self.folded)).enumerate();
        for (at, &c) in bare {
            let letters = match c {
                'ا' => "a",
                'و' if at > 0 => "u",
                'ي' if at > 0 => "i",
                _ => any_ascii_char(c),
            };
            self.roman.extend(letters.bytes().filter(u8::is_ascii_lowercase));
        }
    }

    /// Adds a character in both forms.
    fn add(&mut self, c: char, kind: Script) {
        if c.is_ascii() {
            let c = c.to_ascii_lowercase();
            self.folded.push(c);
            self.roman.push(c as u8);
            return;
        }
        let letters = any_ascii_char(c).bytes().filter(u8::is_ascii_alphabetic);
        let letters = letters.map(|byte| byte.to_ascii_lowercase());
        match kind {
            Script::Latin => {
                let from = self.roman.len();
                self.roman.extend(letters);
                self.folded.extend(self.roman.iter().skip(from).map(|&byte| char::from(byte)));
            }
            Script::Arabic => self.folded.push(plain_arabic(c)),
            _ => {
                self.roman.extend(letters);
                each_small(c, |it| self.folded.push(it));
            }
        }
    }

    /// Whether a name may be meant: a capital in a script that has them.
    pub(super) fn stands_out(&self) -> bool {
        self.capitals > 0
    }

    /// The part of the word that carries its meaning, by plain truncation: the first
    /// max(4, min(6, n − 2)) letters; of an Arabic word those behind particle and article; of a Korean
    /// word the first syllables.
    pub(super) fn stem(&self, kind: Script) -> &[char] {
        let all = self.folded.as_slice();
        let (from, length) = match kind {
            Script::Arabic => {
                let from = arabic_prefix(all);
                (from, truncated(all.len() - from))
            }
            Script::Hangul => (0, all.len().saturating_sub(1).clamp(2, 3)),
            _ => (0, truncated(all.len())),
        };
        all.get(from..all.len().min(from + length)).unwrap_or(all)
    }
}

/// How many letters of a word of so many make its stem.
fn truncated(letters: usize) -> usize {
    letters.saturating_sub(2).clamp(4, 6)
}

/// Arabic letters whose spelling varies, in one form.
fn plain_arabic(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ؤ' => 'و',
        _ => c,
    }
}

/// How many letters of an Arabic word are particles and article; at least three letters stay.
fn arabic_prefix(word: &[char]) -> usize {
    let particle = usize::from(matches!(word.first(), Some('و' | 'ف' | 'ب' | 'ك' | 'ل')));
    let article = |at: usize| {
        let pair = (word.get(at).copied(), word.get(at + 1).copied());
        pair == (Some('ا'), Some('ل')) || at == 0 && pair == (Some('ل'), Some('ل'))
    };
    let prefix = if article(particle) {
        particle + 2
    } else if article(0) {
        2
    } else {
        0
    };
    if word.len() >= prefix + 3 { prefix } else { 0 }
}
