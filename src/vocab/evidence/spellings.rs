//! Words made comparable with the tables of words: by languages, with where they stand.

use super::scripts::{Script, script};
use crate::vocab::fold::fold;

/// A word of a passage: byte offsets of its beginning and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The beginning.
    pub(super) from: usize,
    /// Behind the end.
    pub(super) to: usize,
}

impl Word {
    /// What is written there.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.from..self.to).unwrap_or_default()
    }
}

/// The words of a passage, which hold letters and their marks.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, c) in text.char_indices() {
        if matches!(script(c), Script::Other | Script::Digit) {
            continue;
        }
        let to = at + c.len_utf8();
        match words.last_mut() {
            Some(last) if last.to == at => last.to = to,
            _ => words.push(Word { from: at, to }),
        }
    }
    words
}

/// A word as tables are asked for it: in small letters, without what some writers leave out.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(word.len());
    for c in fold(word).chars() {
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => plain.push('ا'),
            'ى' | 'ی' => plain.push('ي'),
            'ة' | 'ۀ' => plain.push('ه'),
            'ک' => plain.push('ك'),
            '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{654}' => {}
            _ => plain.push(without_dot(c)),
        }
    }
    plain
}

/// A letter of India without the dot below with which it is one character.
fn without_dot(c: char) -> char {
    match c {
        '\u{958}' => 'क',
        '\u{959}' => 'ख',
        '\u{95a}' => 'ग',
        '\u{95b}' => 'ज',
        '\u{95c}' => 'ड',
        '\u{95d}' => 'ढ',
        '\u{95e}' => 'फ',
        '\u{95f}' | 'य' => 'य',
        '\u{9dc}' => 'ড',
        '\u{9dd}' => 'ঢ',
        '\u{9df}' => 'য',
        '\u{a33}' => 'ਲ',
        '\u{a36}' => 'ਸ',
        '\u{a5b}' => 'ਜ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_marks() {
        let text = "২.৫ কোটি, l'été Nisan'da";
        let found: Vec<&str> = words(text).into_iter().map(|it| it.of(text)).collect();
        assert_eq!(found, ["কোটি", "l", "été", "Nisan", "da"]);
    }

    #[test]
    fn one_word_in_two_spellings_is_one() {
        for (one, other) in [("أبريل", "ابريل"), ("करोड़", "करोड"), ("Μαρτίου", "ΜΑΡΤΙΟΥ")]
        {
            assert_eq!(plain(one), plain(other));
        }
    }
}
